package org.lama.backtest.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;

/** What all commands over tables share: files, columns, pages, documents, errors. */
class StatisticsCommandsTest {
    @TempDir
    private Path folder;

    private String lake = "";

    @BeforeEach
    void copyTheSeries() {
        lake = TableFixtures.copy(folder, "lake_huron.csv");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "arima",
                "arima fit",
                "arima auto",
                "arima forecast",
                "garch",
                "garch fit",
                "garch forecast",
                "anomaly",
                "anomaly fit",
                "anomaly score",
                "test"
            })
    void everyCommandHasHelpWithTwoExamples(String command) {
        Shell.Outcome outcome = Shell.run((command + " --help").split(" ", -1));
        assertThat(outcome.code()).isZero();
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).startsWith("Usage: lama " + command).contains("--json", "--debug");
        assertThat(outcome.out()
                        .split("Examples:", -1)[1]
                        .lines()
                        .filter(line -> line.contains("lama " + command.split(" ", -1)[0])))
                .hasSizeGreaterThanOrEqualTo(2);
        assertThat(outcome.out().lines()).allMatch(line -> line.length() <= 100, "lines of at most 100 letters");
    }

    @Test
    void aGroupWithoutCommandShowsItsHelp() {
        for (String group : List.of("arima", "garch", "anomaly")) {
            assertThat(Shell.run(group).out())
                    .startsWith("Usage: lama " + group)
                    .contains("fit");
        }
        assertThat(Shell.run().out()).containsSubsequence("Studies:", "study", "Statistics of any CSV file:", "arima");
        assertThat(Shell.run().out()).containsSubsequence("garch", "anomaly", "test", "Around:", "models", "doctor");
    }

    @Test
    void aPageShowsCoefficientsCriteriaAndTheForecast() {
        Shell.Outcome page = fit("--column", "value", "--horizon", "2", "--level", "50,99.5");
        assertThat(page.code()).isZero();
        assertThat(page.err()).isEmpty();
        assertThat(page.out())
                .startsWith("ARIMA(1,0,0)")
                .containsPattern("coefficient +estimate +standard error +z +P")
                .containsPattern("log-likelihood -\\d+\\.\\d{3}   AIC \\d+")
                .containsPattern("step +forecast +standard error +low 50 % +high 50 % +low 99.5 % +high 99.5 %")
                .doesNotContain("STATUS", "Figures:");
    }

    @Test
    void levelsBesides80And95AreMeanPlusQuantileTimesError() throws IOException {
        Node forecast = fit("--column", "value", "--horizon", "3", "--level", "80,68.27", "--json")
                .json()
                .get("forecast");
        assertThat(forecast.names())
                .containsExactly("mean", "standardError", "lower80", "upper80", "lower68.27", "upper68.27");
        for (int i = 0; i < 3; i++) {
            double mean = forecast.get("mean").at(i).asDouble();
            double error = forecast.get("standardError").at(i).asDouble();
            // 68.27 % lie within one standard error, by the rounding of the level
            assertThat(forecast.get("lower68.27").at(i).asDouble()).isCloseTo(mean - error, within(1e-4 * error));
            assertThat(forecast.get("upper80").at(i).asDouble())
                    .isCloseTo(mean + 1.2815515655446 * error, within(1e-9));
        }
        assertThat(fit("--column", "value", "--horizon", "0", "--json").json().has("forecast"))
                .isFalse();
    }

    @Test
    void theOnlyColumnOfNumbersNeedsNoNameAndSeveralAreNamed() throws IOException {
        assertThat(fit("--json").err())
                .isEqualTo("lama: lake_huron.csv: several columns hold numbers; name one with "
                        + "--column, there are [value, x1, x2]\n");
        String single =
                write("single.csv", "t,depth,note\n0,1,a\n1,2,b\n2,1.5,c\n3,3,d\n4,2,e\n5,2.5,f\n6,1,g\n7,2,h\n");
        assertThat(run("arima", "fit", single, "--order", "0,0,0", "--json")
                        .json()
                        .get("column")
                        .asText())
                .isEqualTo("depth");
        assertThat(fit("--column", "valu").err()).contains("did you mean 'value'?");
        Shell.Outcome text = run("arima", "fit", single, "--column", "note");
        assertThat(text.err()).startsWith("lama: single.csv, line 2, column note: 'a' is no number;");
        assertThat(text.code()).isEqualTo(2);
        assertThat(text.out()).isEmpty();
    }

    @Test
    void severalFilesGiveALineEachAndABadOneStopsNoOther() throws IOException {
        String bad = write("bad.csv", "value\nfour\n");
        String absent = folder.resolve("absent.csv").toString();
        Shell.Outcome outcome = run("arima", "fit", lake, bad, absent, lake, "--column", "value", "--json");
        assertThat(outcome.code()).isEqualTo(2);
        List<Node> lines = new ArrayList<>();
        for (String line : outcome.out().lines().toList()) {
            lines.add(Documents.parseJson(line, "line"));
        }
        assertThat(lines).extracting(line -> line.get("file").asText()).containsExactly(lake, bad, absent, lake);
        assertThat(lines.get(0)).isEqualTo(lines.get(3));
        assertThat(lines.get(1).get("error").asText()).contains("line 2, column value: 'four' is no number");
        assertThat(lines.get(2).get("error").asText()).contains("no such file");
        assertThat(outcome.err().lines()).hasSize(2);
        Shell.Outcome pages = run("arima", "fit", lake, bad, "--column", "value");
        assertThat(pages.out()).startsWith("== " + lake + "\nARIMA(1,1,1)");
        assertThat(pages.err()).startsWith("lama: " + bad + ": bad.csv, line 2");
        assertThat(pages.code()).isEqualTo(2);
    }

    @Test
    void aDashReadsStandardInputOnce() throws IOException {
        byte[] table = TableFixtures.bytes("lake_huron.csv");
        Shell.Outcome piped = TableFixtures.piped(
                table, () -> run("arima", "fit", "-", "--order", "1,0,0", "--mean", "--column", "value", "--json"));
        assertThat(piped.json().get("file").asText()).isEqualTo("-");
        assertThat(piped.json().get("coefficients"))
                .isEqualTo(fit("--column", "value", "--json").json().get("coefficients"));
        assertThat(run("arima", "fit", "-", "-").err()).contains("standard input (-) can be read once, got it 2 times");
        Shell.Outcome broken = TableFixtures.piped(
                "a\nx\n".getBytes(StandardCharsets.UTF_8), () -> run("arima", "fit", "-", "--column", "a"));
        assertThat(broken.err()).startsWith("lama: standard input, line 2, column a: 'x' is no number");
    }

    @Test
    void wrongUsageIsOneClearLineWithoutAStack() {
        for (String[] wrong : new String[][] {
            {"--order", "1,1"},
            {"--order", "a,b,c"},
            {"--order", "1,-1,0"},
            {"--level", "100"},
            {"--level", "80,80"},
            {"--column", "x1", "--xreg", "x1"},
            {"--future", "f.csv"},
            {"--horizon", "-1"},
            {"--column", "value", "--xreg", "no"},
            {"--order", "40,0,40"}
        }) {
            List<String> args = new ArrayList<>(List.of("arima", "fit", lake, "--json"));
            args.addAll(List.of(wrong));
            if (!args.contains("--column")) {
                args.addAll(List.of("--column", "value"));
            }
            Shell.Outcome outcome = Shell.run(args.toArray(String[]::new));
            assertThat(outcome.code()).as(args.toString()).isEqualTo(2);
            assertThat(outcome.out()).isEmpty();
            assertThat(outcome.err()).startsWith("lama: ").hasLineCount(1).doesNotContain("Exception");
        }
        assertThat(run("arima", "fit").err()).contains("Missing required parameter: 'FILE'");
        assertThat(run("arima", "fit", lake, "--colum", "value").err()).contains("did you mean --column");
        assertThat(fit("--column", "nope", "--debug").err()).contains("DataException");
        assertThat(run("arima", "fit", folder.toString()).err()).contains("this is a folder");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "arima fit short.csv --order 3,1,3|needs",
                "arima fit constant.csv|constant",
                "arima fit infinite.csv|finite",
                "arima fit twins.csv --column y --xreg a,b|b",
                "arima fit twins.csv --column y --xreg a --order 1,0,0 --seasonal 0,1,1,40|period must be below",
                "arima forecast twins.csv --column y --xreg a --order 1,0,0|future must hold rows of [a]",
                "garch fit constant.csv|all 30 returns are equal to 2.0",
                "garch fit twins.csv --column y --model gjrr|did you mean 'gjr'",
                "anomaly fit twins.csv --trees 0|trees must be >= 1",
                "anomaly fit missing.csv|choose --missing skip",
                "anomaly score twins.csv --model short.csv|is not a saved isolation forest",
                "test adf constant.csv|the series is constant",
                "test adff short.csv|did you mean 'adf'?",
                "test adf missing.csv --column y|missing",
                "test johansen short.csv|johansen takes at least two columns: name them with --columns y,x",
                "test kpss twins.csv --columns y,a|kpss takes one column, got 2",
                "test ljung-box twins.csv --column y --lags x|lags must be a whole number, got 'x'",
                "test jarque-bera twins.csv --column y --lags 2|jarque-bera takes no options"
            })
    void badInputEndsWithTwoAndOneLineThatSaysWhatIsWrong(String command, String message) throws IOException {
        StringBuilder twins = new StringBuilder("y,a,b\n");
        for (int i = 0; i < 30; i++) {
            twins.append(i * 7 % 11)
                    .append(',')
                    .append(i * 3 % 7)
                    .append(',')
                    .append(2 * (i * 3 % 7))
                    .append('\n');
        }
        write("twins.csv", twins.toString());
        write("short.csv", "v\n1\n3\n2\n4\n3\n5\n");
        write("constant.csv", "v\n" + "2\n".repeat(30));
        write("infinite.csv", "v\n" + "1\n2\n".repeat(15) + "Inf\n");
        write("missing.csv", "y,a\n" + "1,2\n3,1\n2,\n,4\n".repeat(8));
        String[] args = command.split(" ", -1);
        for (int i = 0; i < args.length; i++) {
            args[i] = args[i].endsWith(".csv") ? folder.resolve(args[i]).toString() : args[i];
        }
        Shell.Outcome outcome = Shell.run(args);
        assertThat(outcome.err()).startsWith("lama: ").contains(message).hasLineCount(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.code()).isEqualTo(2);
    }

    @Test
    void figuresAreWrittenOnceOrInAFolderForEachFile() throws IOException {
        Path figures = folder.resolve("figures");
        Shell.Outcome one = fit("--column", "value", "--figures", figures.toString());
        assertThat(one.out()).endsWith("\nFigures: " + figures.resolve("model.html") + "\n");
        assertThat(figures.resolve("forecast.svg")).exists();
        String twin = TableFixtures.copy(Files.createDirectory(folder.resolve("twin")), "lake_huron.csv");
        Path both = folder.resolve("both");
        run("arima", "fit", lake, twin, "--column", "value", "--figures", both.toString());
        try (Stream<Path> found = Files.list(both)) {
            assertThat(found.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("lake_huron", "lake_huron-2");
        }
        assertThat(fit("--column", "value", "--json", "--figures", figures.toString())
                        .json()
                        .get("figures")
                        .asText())
                .endsWith("model.html");
    }

    @Test
    void numbersThatJsonDoesNotHaveAreNull() {
        assertThat(Documents.compactJson(Numbers.list(1, 2.5, Double.NaN, Double.POSITIVE_INFINITY, -3)))
                .isEqualTo("[1,2.5,null,null,-3]");
    }

    private Shell.Outcome fit(String... more) {
        List<String> args = new ArrayList<>(List.of("arima", "fit", lake, "--order", "1,0,0", "--mean"));
        args.addAll(List.of(more));
        return run(args.toArray(String[]::new));
    }

    private static Shell.Outcome run(String... args) {
        return Shell.run(args);
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }
}
