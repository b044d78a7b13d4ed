package org.lama.backtest.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.lama.backtest.BarTexts;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;

/** The example of the README, taken from its text: it must compile without a warning and do what is said there. */
class ReadmeExampleTest {
    private static final Pattern EXAMPLE = Pattern.compile("```java\n(.*?class (\\w+).*?)```", Pattern.DOTALL);

    @Test
    void theExampleOfTheReadmeCompilesAndWritesAStudy(@TempDir Path folder) throws Exception {
        Matcher example = EXAMPLE.matcher(Files.readString(readme()));
        assertThat(example.find()).as("a Java example in the README").isTrue();
        assertThat(example.group(1).lines()).hasSizeLessThanOrEqualTo(15);
        Path bars = BarTexts.write(folder.resolve("bars.csv"), BarTexts.walk(7, 430));
        Path out = folder.resolve("out");
        String source =
                example.group(1).replace("\"bars.csv.gz\"", quoted(bars)).replace("\"lama-out/first\"", quoted(out));

        run(folder, example.group(2), source);

        assertThat(out.resolve("report.html")).exists();
        Node manifest = Documents.read(out.resolve("result.json"));
        assertThat(manifest.get("data").at(0).get("symbol").asText()).isEqualTo("BARS");
        assertThat(manifest.get("folds").size()).isEqualTo(3);
        assertThat(manifest.get("verdict").asText()).isNotEqualTo("EDGE");
    }

    @Test
    void theStrategyOfTheReadmeCompilesAndWritesABacktest(@TempDir Path folder) throws Exception {
        Matcher example = EXAMPLE.matcher(Files.readString(readme()));
        assertThat(example.find()).as("a Java example in the README").isTrue();
        assertThat(example.find()).as("a second one").isTrue();
        assertThat(example.group(1).lines()).hasSizeLessThanOrEqualTo(25);
        Path bars = BarTexts.write(folder.resolve("bars.csv"), BarTexts.walk(7, 430));
        Path out = folder.resolve("out");
        String source =
                example.group(1).replace("\"bars.csv.gz\"", quoted(bars)).replace("\"lama-out/trend\"", quoted(out));

        run(folder, example.group(2), source);

        assertThat(out.resolve("report.html")).exists();
        assertThat(Documents.read(out.resolve("result.json")).get("fills").asInt())
                .isPositive();
    }

    @Test
    void thePurgedPathsOfTheDocumentationRunAndDiffer(@TempDir Path folder) throws Exception {
        Matcher example = EXAMPLE.matcher(Files.readString(readme().resolveSibling("docs/validation.md")));
        assertThat(example.find()).isTrue();
        Path bars = BarTexts.write(folder.resolve("bars.csv"), BarTexts.walk(7, 430));
        String source = example.group(1)
                .replace("\"bars.csv.gz\"", quoted(bars))
                .replace(
                        "public static void main(String[] args)",
                        "public static void main(String[] args, java.io.PrintStream out)")
                .replace("System.out", "out");
        compile(folder, example.group(2), source);
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            loader.loadClass(example.group(2))
                    .getMethod("main", String[].class, PrintStream.class)
                    .invoke(null, new String[0], new PrintStream(printed, true, StandardCharsets.UTF_8));
        }
        List<String> lines = printed.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines)
                .hasSize(5)
                .doesNotHaveDuplicates()
                .allMatch(line -> line.matches("path \\d: -?0\\.\\d+(E-\\d+)?"));
        assertThat(lines.stream().map(line -> line.substring(8)).distinct()).hasSizeGreaterThan(1);
    }

    @Test
    void theStoreOfTheReadmeCompilesAndStudiesAFileThatItImported(@TempDir Path folder) throws Exception {
        Matcher example = EXAMPLE.matcher(Files.readString(readme()));
        for (String which : List.of("first", "second", "third")) {
            assertThat(example.find()).as("a " + which + " example").isTrue();
        }
        assertThat(example.group(1).lines()).hasSizeLessThanOrEqualTo(15);
        Path bars = BarTexts.write(folder.resolve("BTCUSDT.csv"), BarTexts.walk(7, 430));
        Path market = folder.resolve("market");
        String source =
                example.group(1).replace("\"BTCUSDT.csv\"", quoted(bars)).replace("\"market\"", quoted(market));

        run(folder, example.group(2), source);

        try (Store store = Lama.store(market)) {
            assertThat(store.explain()).contains("UNKNOWN.SPOT.BTC-USDT bars 1d: 430 rows");
        }
        assertThat(Files.readString(folder.resolve(".lama/trials.jsonl"))).contains("BTCUSDT");
    }

    @Test
    void theBracketOfTheDocumentationRunsFromItsSource(@TempDir Path folder) throws Exception {
        Matcher example = EXAMPLE.matcher(Files.readString(readme().resolveSibling("docs/command-line.md")));
        assertThat(example.find()).isTrue();
        Path source = Files.writeString(folder.resolve(example.group(2) + ".java"), example.group(1));
        Path bars = BarTexts.write(folder.resolve("bars.csv"), BarTexts.walk(7, 430));
        Backtest test = Lama.backtest(BacktestRequest.of(source.toString()).withData(DataRequest.of(bars)));
        assertThat(test.metrics().get("trades")).isGreaterThan(2);
    }

    /** The scripts that make data, the strategy and the settings, as a reader would copy them. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void theOptionsAndTheCarryOfTheDocumentationRunOnTheDataTheyMake(@TempDir Path folder) throws Exception {
        String page = Files.readString(readme().resolveSibling("docs/command-line.md"));
        for (String script : blocks("sh", page)) {
            Process made = new ProcessBuilder("sh", "-c", script.replaceAll("(?m)^./lama .*$", ""))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            assertThat(new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .isEmpty();
            assertThat(made.waitFor()).isZero();
        }
        Backtest carry = Lama.backtest(
                BacktestRequest.of(folder.resolve("carry.csv"), "funding-carry").with("leverage", 2));
        assertThat(carry.costs().get("funding")).isNegative();

        String source = blocks("java", page).get(1);
        Files.writeString(folder.resolve("Strangle.java"), source);
        String settings = blocks("yaml", page).stream()
                .filter(block -> block.contains("strangle.csv"))
                .findFirst()
                .orElseThrow()
                .replace("path: strangle.csv", "path: " + quoted(folder.resolve("strangle.csv")))
                .replace("strategy: Strangle.java", "strategy: " + quoted(folder.resolve("Strangle.java")));
        Backtest strangle = Lama.backtest(BacktestConfig.apply(
                BacktestRequest.of("buy-and-hold"), Documents.parseYaml(settings, "strangle.yaml")));
        assertThat(strangle.trades().columns().get(0).cells()).hasSize(2);
        assertThat(strangle.trades().columns().get(3).cells()).allMatch(Instant.parse("2024-03-29T00:00:00Z")::equals);
        double paid = 0;
        for (int leg = 0; leg < 2; leg++) {
            paid += (double) strangle.trades().columns().get(9).cells().get(leg);
        }
        assertThat(strangle.endEquity()).isCloseTo(20_000 + paid, within(1e-6));
    }

    private static List<String> blocks(String language, String page) {
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(page)
                .results()
                .map(each -> each.group(1))
                .toList();
    }

    /** Maven runs tests in the module's folder, an editor perhaps in the checkout's. */
    private static Path readme() {
        Path beside = Path.of("..", "README.md");
        return Files.exists(beside) ? beside : Path.of("README.md");
    }

    private static String quoted(Path path) {
        return '"' + path.toString().replace("\\", "\\\\") + '"';
    }

    private static void run(Path folder, String name, String source) throws Exception {
        compile(folder, name, source);
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            loader.loadClass(name).getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        }
    }

    private static void compile(Path folder, String name, String source) throws IOException {
        Path file = Files.writeString(folder.resolve(name + ".java"), source);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            boolean done = compiler.getTask(
                            messages,
                            files,
                            null,
                            List.of(
                                    "-d",
                                    folder.toString(),
                                    "-proc:none",
                                    "-cp",
                                    System.getProperty("java.class.path")),
                            null,
                            files.getJavaFileObjects(file))
                    .call();
            assertThat(done).as(messages.toString()).isTrue();
        }
    }
}
