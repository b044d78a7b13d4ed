package org.lama.backtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lama.core.signal.FitStatus;
import org.lama.core.signal.ModelSummary;
import org.lama.core.store.Node;

/** What the statistics commands say: in the words of the command line, in one line, counted from 1. */
class StatisticsWordingTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void writeTables() throws IOException {
        StringBuilder plane = new StringBuilder("y,x,bad\n");
        for (int i = 0; i < 60; i++) {
            plane.append(i * i * 7 % 59)
                    .append(',')
                    .append(i == 41 ? 100 : i * 3 % 7)
                    .append(',');
            plane.append(i == 41 ? 1 : 0).append('\n');
        }
        write("plane.csv", plane.toString());
        write("hole.csv", "y,x\n" + "1,2\n3,1\n2,\n".repeat(8));
        write("text.csv", "y\n1\n2\nx\n");
    }

    @Test
    void aSavedForestFindsItsColumnsByName() throws IOException {
        String forest = folder.resolve("forest.bin").toString();
        Node fit = run("anomaly fit plane.csv --columns y,x --model-out " + forest + " --json")
                .json();
        for (String columns : List.of("--columns y,x", "--columns x,y", "", "--label bad")) {
            Node score = run("anomaly score plane.csv " + columns + " --json --model " + forest)
                    .json();
            assertThat(score.get("scores")).as(columns).isEqualTo(fit.get("scores"));
            assertThat(score.get("column").asText()).isEqualTo("y, x");
        }
        Shell.Outcome wrong = run("anomaly score plane.csv --columns y,bad --json --model " + forest);
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.out()).isEmpty();
        assertThat(wrong.err())
                .isEqualTo("lama: --columns must be those of the forest, [y, x], in any order, got [y, bad]\n");
        Files.writeString(folder.resolve("narrow.csv"), "y,z\n1,2\n2,1\n");
        Shell.Outcome narrow = run("anomaly score narrow.csv --model " + forest);
        assertThat(narrow.code()).isEqualTo(2);
        assertThat(narrow.err()).contains("the columns of the forest, [y, x]", "got [y, z]");
    }

    @Test
    void scoringNeedsASavedForest() {
        Shell.Outcome outcome = run("anomaly score plane.csv --columns y,x");
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err())
                .startsWith("lama: Missing required option: '--model=F': ")
                .contains("'lama anomaly fit --model-out F'")
                .endsWith("; see 'lama anomaly score --help'\n")
                .hasLineCount(1);
    }

    @Test
    void theTailOfAFileWithItsHeaderCanBeScored() throws IOException {
        String forest = folder.resolve("forest.bin").toString();
        run("anomaly fit plane.csv --columns y,x --model-out " + forest);
        List<String> lines = Files.readAllLines(folder.resolve("plane.csv"));
        String tail = lines.get(0) + "\n" + String.join("\n", lines.subList(lines.size() - 20, lines.size())) + "\n";
        Shell.Outcome piped = TableFixtures.piped(
                tail.getBytes(StandardCharsets.UTF_8), () -> run("anomaly score - --json --model " + forest));
        assertThat(piped.json().get("scores").size()).isEqualTo(20);
        assertThat(Shell.run("anomaly", "score", "--help").out())
                .contains("(head -n 1 new.csv; tail -n 100 new.csv) |");
    }

    @Test
    void rowsOfDataCountFromOneEverywhere() throws IOException {
        Node fit = run("anomaly fit plane.csv --columns y,x --json").json();
        // row 42 of the data, line 43 of the file, is the strange one
        assertThat(fit.get("topRows").at(0).asLong()).isEqualTo(42);
        assertThat(fit.get("notes").at(0).asText()).startsWith("row 42: score ");
        assertThat(run("anomaly fit plane.csv --columns y,x").out())
                .containsPattern("row +score\\n[- ]*\\n? *42 ")
                .doesNotContain("from 0");
        assertThat(run("anomaly fit hole.csv").err())
                .isEqualTo("lama: column 'x' must hold finite values, got NaN in row 3; "
                        + "choose --missing skip, median or branch\n");
        assertThat(run("test adf hole.csv --column x").err()).contains("missing or infinite value at row 3");
        assertThat(run("anomaly fit hole.csv --columns y --label x --json").code())
                .isEqualTo(2);
        assertThat(run("arima fit text.csv --column y").err())
                .isEqualTo(
                        "lama: text.csv, line 4, column y: 'x' is no number; write a number, or leave the cell empty "
                                + "where the value is missing\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "arima fit plane.csv --column y --order 1,-1,0|must be in [0, ",
                "arima fit plane.csv --column y --order 1,1,0 --mean|--mean must be left out for d + D >= 1",
                "arima fit plane.csv --column y --horizon 100000000|--horizon must be in [0, 100000], got 100000000",
                "garch forecast plane.csv --column y --horizon -1|--horizon must be in [0, 100000], got -1",
                "arima forecast plane.csv --column y --order 1,0,0 --xreg x|--future must hold rows of [x]",
                "arima auto plane.csv --column y --max-p -1|--max-p must be >= 0, got -1",
                "arima auto plane.csv --column y --criterion foo|--criterion must be one of [aic, aicc, bic], got 'foo'",
                "garch fit plane.csv --column y --dist cauchy|--dist must be one of [normal, t], got 'cauchy'",
                "garch fit plane.csv --column y --p 0|--p must be >= 1, got 0",
                "anomaly fit plane.csv --scoring foo|--scoring must be one of [depth, density, boxed-density], got 'foo'",
                "test engle-granger plane.csv|name them with --columns y,x; there are [y, x, bad]",
                "test johansen plane.csv --column y|name them with --columns y,x instead of --column",
                "test foo plane.csv --column y|unknown test 'foo', there are: adf,",
                "test adf plane.csv --column z|column z: there is no such column; there are [y, x, bad]",
                "test adf plane.csv --column y --model-df 1|adf takes no --model-df, but --lags, --regression",
                "test jarque-bera plane.csv --column y --lags 2|jarque-bera takes no options, got --lags",
                "arima fit plane.csv --columm y|; did you mean --column?; see 'lama arima fit --help'",
                "arima fit --json|Missing required parameter: 'FILE'; see 'lama arima fit --help'",
                "garch fit plane.csv --p x|; see 'lama garch fit --help'",
                "arima --json|usage: lama arima COMMAND; the commands are fit, auto, forecast; see 'lama arima --help'",
                "anomaly --json|usage: lama anomaly COMMAND; the commands are fit, score; see",
                "arima fti plane.csv|; the commands are fit, auto, forecast; see 'lama arima --help'"
            })
    void messagesAreOneLineInTheWordsOfTheCommandLine(String line) {
        String[] parts = line.split("\\|", 2);
        Shell.Outcome outcome = run(parts[0]);
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).startsWith("lama: ").contains(parts[1]).hasLineCount(1);
        assertThat(outcome.err())
                .doesNotContainPattern("\\d\\.0\\b")
                .doesNotContainPattern("mean '(adf|y|normal|aic)'");
    }

    @Test
    void boxedDensityNamesTheOptionsToChange() {
        assertThat(run("anomaly fit plane.csv --columns y,x --variant extended --scoring boxed-density")
                        .err())
                .isEqualTo("lama: --scoring boxed-density needs cuts by one column, got 2 columns per cut; "
                        + "choose --variant standard or --scoring density\n");
    }

    @Test
    void effortReachesTheSearch() throws IOException {
        for (String command : List.of("arima fit", "arima forecast", "arima auto", "garch fit", "garch forecast")) {
            for (String effort : List.of("fast", "thorough")) {
                assertThat(run(command + " plane.csv --column y --horizon 1 --json --effort " + effort)
                                .code())
                        .as(command)
                        .isZero();
            }
            assertThat(run(command + " plane.csv --column y --effort much").err())
                    .contains("--effort must be one of [fast, normal, thorough], got 'much'");
        }
        String fit = "arima fit plane.csv --column y --order 2,0,1 --json --effort ";
        assertThat(run(fit + "thorough").json().get("evaluations").asLong())
                .isGreaterThan(run(fit + "fast").json().get("evaluations").asLong());
    }

    @Test
    void keysOfModelsAndTestsAgree() throws IOException {
        Node garch = run("garch fit plane.csv --column y --json").json();
        assertThat(garch.get("standardErrorsClassic").names())
                .isEqualTo(garch.get("coefficients").names());
        assertThat(garch.get("standardErrors").names())
                .isEqualTo(garch.get("coefficients").names());
        assertThat(garch.get("standardisedResiduals").size()).isEqualTo(60);
        assertThat(garch.get("notes").kind()).isEqualTo(Node.Kind.ARRAY);
        Node test = run("test adf plane.csv --column y --json").json();
        assertThat(test.get("notes").kind()).isEqualTo(Node.Kind.ARRAY);
        assertThat(test.has("note")).isFalse();
        ModelSummary raw = new ModelSummary(
                        "model", FitStatus.ok(1, 0), Map.of(), List.of(), List.of(), new double[] {1, -1}, List.of())
                .with("residuals", 2, -2);
        Node.Fields fields = Node.object();
        new SummaryAnswer(raw, "y", List.of(), Optional.empty()).addTo(fields);
        Node both = fields.build();
        assertThat(TableFixtures.numbers(both.get("residuals"))).containsExactly(2, -2);
        assertThat(TableFixtures.numbers(both.get("standardisedResiduals"))).containsExactly(1, -1);
    }

    @Test
    void rootsAreSortedAsNumbers() {
        ModelSummary model = new ModelSummary(
                        "model", FitStatus.ok(1, 0), Map.of(), List.of(), List.of(), new double[0], List.of())
                .with("arRootsReal", 10.5, 2, 0, 1.25)
                .with("arRootsImaginary", 0, 0, -2, 0);
        assertThat(new SummaryPage(model, "y", List.of()).text()).contains(": 1.2500, 2.0000 (2), 10.5000\n");
    }

    private Shell.Outcome run(String command) {
        String[] args = command.trim().split(" +", -1);
        for (int i = 0; i < args.length; i++) {
            args[i] = args[i].endsWith(".csv") ? folder.resolve(args[i]).toString() : args[i];
        }
        return Shell.run(args);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
