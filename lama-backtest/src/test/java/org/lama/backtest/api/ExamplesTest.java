package org.lama.backtest.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.backtest.walkforward.StudySettings;
import org.lama.core.base.Tabular;
import org.lama.core.store.Documents;

/** The examples that people copy: they compile, run, and give the figures that stand beside them. */
class ExamplesTest {
    private static final double KEY_SHARPE = 3.212;

    @TempDir
    private Path folder;

    /** The library example of the README, between the two marks. */
    private static Study example(Path folder) throws IOException {
        // example: start
        StudyRequest request = new StudyRequest(DataRequest.synthetic(5, 730), StudySettings.defaults());
        Dataset bars = Lama.load(request.data());
        System.out.print(bars.explain()); // what was loaded, and what is wrong with it
        System.out.print(bars.table().asText()); // its quality, one row per series

        Study study = Lama.study(request, bars, Lama.Options.defaults().withThreads(2));
        System.out.print(study.explain()); // uncertainty beside every figure
        System.out.print(study.table().asText()); // strategy and benchmark, one row per metric
        study.closingLines().forEach(System.out::println); // verdict, why, next command

        study.figure().write(folder.resolve("equity.svg"));
        study.write(OutputFolder.prepare(folder.resolve("first-study"), "study", false));
        // example: end
        return study;
    }

    @Test
    void theLibraryExampleGivesItsKeyFigures() throws IOException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        Study study;
        try {
            study = example(folder);
        } finally {
            System.setOut(before);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .startsWith("5 series, bars of 1 d, provenance SYNTHETIC")
                .contains("SYN05USDT", "Deflated Sharpe ratio", "maximum drawdown", "Next: ./lama study --data");
        assertThat(study.result().data()).hasSize(5);
        assertThat(study.result().folds()).hasSize(5 * 13);
        // the ledger of the working directory knows what other tests tried on the same market
        assertThat(study.result().significance().rawTrials()).isGreaterThanOrEqualTo(4);
        assertThat(study.closingLines()).hasSize(3);
        assertThat(study.closingLines().get(0))
                .isEqualTo("Verdict: " + study.verdict().headline());
        // Two digits, as the README shows them; the last bits may differ between processors.
        assertThat(study.result().significance().sharpe()).isCloseTo(KEY_SHARPE, within(0.005));
        assertThat(study.result().planted()).hasSize(3);
        assertThat(folder.resolve("equity.svg")).content().startsWith("<svg");
        assertThat(Documents.read(folder.resolve("first-study/result.json"))
                        .get("verdict")
                        .asText())
                .isEqualTo(study.verdict().outcome().name());
    }

    @Test
    void everyTableAndFigureOfAStudyHasItsRows() throws IOException {
        StudyRequest request = StudyConfig.apply(
                new StudyRequest(DataRequest.synthetic(2, 420), StudySettings.defaults()),
                Documents.parseYaml("study: {trainDays: 120, stepDays: 60, bootstrapSamples: 200}", "text"));
        Study study = Lama.study(request);
        assertThat(study.request()).isEqualTo(request);
        assertThat(rows(study.folds())).isEqualTo(study.result().folds().size());
        assertThat(rows(study.trades())).isEqualTo(study.result().trades().size());
        assertThat(rows(study.assets())).isEqualTo(2);
        assertThat(rows(study.table())).isEqualTo(study.result().strategy().size());
        assertThat(study.manifest().get("settings").get("data").has("path")).isFalse();
        assertThat(study.explain()).contains("Sharpe ratio", "Planted edges: ");
    }

    private static int rows(Tabular table) {
        return table.columns().get(0).cells().size();
    }

    @Test
    void theExampleInTheJavadocOfTheEntryCompiles() throws IOException {
        Path source = Path.of("src/main/java/org/lama/backtest/api/Lama.java");
        assertThat(source).as("tests run in the module's folder").exists();
        Matcher block =
                Pattern.compile("<pre>\\{@code(.*?)\\}</pre>", Pattern.DOTALL).matcher(Files.readString(source));
        assertThat(block.find()).isTrue();
        String body = block.group(1).replaceAll("(?m)^ \\* ?", "");
        String text = "import java.nio.file.Path;\nimport org.lama.backtest.api.*;\n"
                + "class Example { void run() throws Exception {" + body + "} }";
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> findings = new DiagnosticCollector<>();
        JavaFileObject file =
                new SimpleJavaFileObject(URI.create("string:///Example.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return text;
                    }
                };
        List<String> options =
                List.of("-proc:none", "-d", folder.toString(), "-cp", System.getProperty("java.class.path"));
        boolean compiled = compiler.getTask(null, null, findings, options, null, List.of(file))
                .call();
        assertThat(compiled).as(findings.getDiagnostics().toString()).isTrue();
    }
}
