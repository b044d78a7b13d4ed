package org.lama.backtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.backtest.BarTexts;
import org.lama.core.store.Node;

/** compare, diff, metrics and new. */
class ResultCommandsTest {
    @TempDir
    private Path folder;

    private String result(String name, String... more) throws IOException {
        Path bars = folder.resolve("BTCUSDT.csv");
        if (!Files.exists(bars)) {
            BarTexts.write(bars, BarTexts.walk(5, 300));
        }
        String out = folder.resolve(name).toString();
        List<String> all = new java.util.ArrayList<>(
                List.of("backtest", "--ledger", folder.resolve("l").toString(), "--out", out));
        if (!List.of(more).contains("--data")) {
            all.addAll(List.of("--data", bars.toString()));
        }
        if (!List.of(more).contains("--strategy")) {
            all.addAll(List.of("--strategy", "sma-cross", "--param", "slow=30"));
        }
        all.addAll(List.of(more));
        Shell.Outcome outcome = Shell.run(all.toArray(String[]::new));
        assertThat(outcome.code()).as(outcome.err()).isZero();
        return out;
    }

    @Test
    void compareShowsFiguresSideBySide() throws IOException {
        String first = result("first");
        String second = result("second", "--param", "fast=10");
        Shell.Outcome text = Shell.run("compare", first, second);
        assertThat(text.code()).isZero();
        assertThat(text.out())
                .contains("first", "second", "difference", "endEquity", "sharpe", "fees")
                .contains("Next: ./lama diff");
        Path page = folder.resolve("page.html");
        Shell.Outcome json = Shell.run("compare", first, second, first, "--json", "--report", page.toString());
        assertThat(json.json().get("results").size()).isEqualTo(3);
        assertThat(json.json().get("results").at(2).get("name").asText()).isEqualTo("first (2)");
        assertThat(page).content().contains("Figures side by side");
        assertThat(Shell.run("compare", first).code()).isEqualTo(2);
        Shell.Outcome missing =
                Shell.run("compare", first, folder.resolve("nothing").toString());
        assertThat(missing.code()).isEqualTo(2);
        assertThat(missing.err()).contains("no such file or directory").hasLineCount(1);
    }

    @Test
    void resultsOnDifferentDataAreMarkedInTextDocumentAndReport() throws IOException {
        String first = result("first");
        String later = result("later", "--from", "2020-03-01");
        Shell.Outcome text = Shell.run("compare", first, later);
        assertThat(text.out())
                .startsWith("Careful: The results come from different data")
                .contains("first has BTCUSDT from 2020-01-01 to ", "later has BTCUSDT from 2020-03-01 to ");
        Path page = folder.resolve("page.html");
        Shell.Outcome json = Shell.run("compare", first, later, "--json", "--report", page.toString());
        assertThat(json.json().get("notes").at(0).asText()).contains("different data");
        assertThat(page).content().contains("DIFFERENT DATA", "later saw BTCUSDT from 2020-03-01");
        assertThat(Shell.run("compare", first, result("again")).out()).doesNotContain("Careful");
    }

    @Test
    void aResultWhoseDataChangedIsShownAsItsFilesHoldIt() throws IOException {
        String first = result("first");
        String second = result("second", "--param", "fast=10");
        BarTexts.write(folder.resolve("BTCUSDT.csv"), BarTexts.walk(6, 300));
        Path page = folder.resolve("page.html");
        Shell.Outcome outcome = Shell.run("compare", first, second, "--report", page.toString());
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).contains("endEquity", "Report: ");
        assertThat(page)
                .content()
                .contains(
                        "NOT RUN AGAIN",
                        "first/result.json: the data of BTCUSDT have SHA-256",
                        "Only what the files hold")
                .contains(
                        "Growth of 1", "<td>end equity</td>", "<td>Sharpe ratio a year</td>", "<td>growth a year</td>")
                .doesNotContain("endEquity", "cagr")
                .doesNotContain("Differences and their uncertainty");
    }

    @Test
    void largeNumbersAndUnboundedOnesReadAsTheyAre() throws IOException {
        Path up = BarTexts.write(folder.resolve("UPUSD.csv"), BarTexts.each(BarTexts.walk(5, 300), row -> {
            String[] cells = row.split(",", -1);
            double price = 100 + (Long.parseLong(cells[0]) - 1_577_836_800_000L) / 86_400_000.0;
            return cells[0] + "," + price + "," + (price + 1) + "," + price + "," + (price + 1) + ",1e9";
        }));
        String rich = result("rich", "--data", up.toString(), "--strategy", "buy-and-hold", "--cash", "900000000");
        String poor = result("poor", "--data", up.toString(), "--strategy", "buy-and-hold", "--commission", "0.5");
        assertThat(Files.readString(Path.of(poor, "report.html"))).contains("2 times the costs are beyond their range");
        Node json = Shell.run(
                        "backtest",
                        "--strategy",
                        "buy-and-hold",
                        "--data",
                        up.toString(),
                        "--json",
                        "--out",
                        rich,
                        "--force")
                .json();
        assertThat(json.get("metrics").get("breakEvenCost").isNull()).isTrue();
        assertThat(json.get("reasons").get("breakEvenCost").asText())
                .isEqualTo("more than 10 times the costs are borne");
        rich = result("rich2", "--data", up.toString(), "--strategy", "buy-and-hold", "--cash", "900000000");
        String table = Shell.run("compare", rich, poor).out();
        assertThat(table).contains("> 10").doesNotContain("e+", "NaN", "Infinity");
        assertThat(table.lines()
                        .filter(line -> line.startsWith("endEquity"))
                        .findFirst()
                        .orElseThrow())
                .containsPattern("\\d,\\d{3},\\d{3},\\d{3}");
        String differences = Shell.run("diff", rich, poor).out();
        assertThat(differences)
                .contains("settings.backtest.cash: 900,000,000 -> 1,000,000")
                .doesNotContainPattern("\\dE\\d");
        assertThat(Files.readString(Path.of(rich, "report.html"))).contains("&gt; 10×");
        assertThat(Files.readString(Path.of(rich, "result.json"))).doesNotContainPattern("\\dE[1-9]");
    }

    @Test
    void diffAttributesAChange() throws IOException {
        String first = result("first");
        Shell.Outcome same = Shell.run("diff", first, result("again"));
        assertThat(same.code()).isZero();
        assertThat(same.out()).isEqualTo("Same: data, settings, code and all figures." + System.lineSeparator());
        String costs = result("costs", "--commission", "0.002");
        Shell.Outcome text = Shell.run("diff", first, costs);
        assertThat(text.code()).isEqualTo(4);
        assertThat(text.out())
                .startsWith("The figures differ; the change comes from settings.")
                .contains("settings.backtest.commission: 0.001 -> 0.002", "RESULT", "endEquity")
                .containsPattern("and \\d+ more that changed less; --all shows them")
                .doesNotContainPattern("\\.\\d{9}");
        List<String> lines = text.out().lines().toList();
        assertThat(lines.get(lines.indexOf("RESULT") + 1)).startsWith("  endEquity: ");
        assertThat(lines).hasSizeLessThan(16);
        String all = Shell.run("diff", first, costs, "--all").out();
        assertThat(all.lines()).hasSizeGreaterThan(25);
        assertThat(all).contains("metrics.skewness").doesNotContain("--all");
        Shell.Outcome json = Shell.run("diff", first, costs, "--json");
        assertThat(json.code()).isEqualTo(4);
        assertThat(json.json().get("causes").asTexts()).containsExactly("SETTINGS");
        assertThat(json.json().get("same").asBoolean()).isFalse();
    }

    @Test
    void whatIsNoTextIsNoResult() throws IOException {
        Path binary = Files.write(folder.resolve("bars.csv.gz"), new byte[] {31, (byte) 139, 8, (byte) 200});
        Shell.Outcome outcome = Shell.run("diff", binary.toString(), binary.toString());
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains("bars.csv.gz: is no text; give a result.json");
    }

    @Test
    void metricsOfAllSixSeriesAreThoseOfTheOracle() throws IOException {
        Map<String, String> keys = Map.ofEntries(
                Map.entry("sharpe", "sharpe"),
                Map.entry("sortino", "sortino"),
                Map.entry("cagr", "cagr"),
                Map.entry("calmar", "calmar"),
                Map.entry("maxDrawdown", "max_drawdown"),
                Map.entry("ulcerIndex", "ulcer_index"),
                Map.entry("omega", "omega_0"),
                Map.entry("tailRatio", "tail_ratio"),
                Map.entry("valueAtRisk95", "var_hist_95"),
                Map.entry("conditionalValueAtRisk95", "cvar_hist_95"),
                Map.entry("skewness", "skew_biased"),
                Map.entry("excessKurtosis", "excess_kurtosis_biased"),
                Map.entry("profitFactor", "profit_factor"),
                Map.entry("winRate", "win_rate_nonzero"),
                Map.entry("probabilisticSharpe", "psr_sr0_0"));
        Map<String, Map<String, Double>> expected = MetricsOracle.expected();
        Map<String, double[]> series = MetricsOracle.returns();
        assertThat(series).hasSize(6);
        for (Map.Entry<String, double[]> each : series.entrySet()) {
            StringBuilder text = new StringBuilder("day,return\n");
            for (int i = 0; i < each.getValue().length; i++) {
                text.append(i).append(',').append(each.getValue()[i]).append('\n');
            }
            Path file = Files.writeString(folder.resolve(each.getKey() + ".csv"), text);
            Node json = Shell.run("metrics", file.toString(), "--column", "return", "--periods", "365", "--json")
                    .json();
            keys.forEach((ours, theirs) -> {
                double value = expected.getOrDefault(each.getKey(), Map.of()).getOrDefault(theirs, Double.NaN);
                // numpy adds in another order: the last digits of sums
                assertThat(json.get(ours).asDouble())
                        .as("%s of %s", ours, each.getKey())
                        .isCloseTo(value, org.assertj.core.api.Assertions.within(1e-9 * Math.max(1, Math.abs(value))));
            });
        }
    }

    @Test
    void metricsSayWhatIsWrongWithTheReturns() throws IOException {
        Path gap = Files.writeString(folder.resolve("gap.csv"), "return\n0.01\n\n0.02\n");
        Shell.Outcome outcome = Shell.run("metrics", gap.toString());
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err())
                .contains("row 2 below the header", "a return is missing")
                .hasLineCount(1);
        Path good = Files.writeString(folder.resolve("good.csv"), "return\n0.01\n-0.02\n0.03\n");
        assertThat(Shell.run("metrics", good.toString()).out())
                .contains("return: 3 returns", "sharpe", "maxDrawdown")
                .contains("but 3 returns are less than 30 days of it: do not rely on them");
        assertThat(Shell.run("metrics", good.toString(), "--periods", "12").out())
                .doesNotContain("do not rely");
        assertThat(Shell.run("metrics", good.toString(), "--json")
                        .json()
                        .get("note")
                        .asText())
                .contains("less than 30 days");
        assertThat(Shell.run("metrics", good.toString(), "--periods", "0").code())
                .isEqualTo(2);
        assertThat(Shell.run("metrics", good.toString(), "--column", "x").code())
                .isEqualTo(2);
        Path timed = Files.writeString(folder.resolve("timed.csv"), "time,other,return\n1,5,0.1\n2,6,-0.1\n3,7,0.2\n");
        assertThat(Shell.run("metrics", timed.toString()).out()).contains("return: 3 returns");
        Path text = Files.writeString(folder.resolve("text.csv"), "time,return\n1,0.1\n2,abc\n");
        assertThat(Shell.run("metrics", text.toString()).err())
                .contains("column time: these are times")
                .contains("--column");
        Path prices = Files.writeString(folder.resolve("prices.csv"), "close\n100\n101\n");
        assertThat(Shell.run("metrics", prices.toString()).err()).contains("prices or amounts, not returns");
        Path ruin = Files.writeString(folder.resolve("ruin.csv"), "return\n0.1\n-1.5\n");
        assertThat(Shell.run("metrics", ruin.toString()).err()).contains("row 2", "-1.5 loses more than all");
        Path flat = Files.writeString(folder.resolve("flat.csv"), "return\n0.1\n0.1\n");
        assertThat(Shell.run("metrics", flat.toString()).out()).contains("n/a").doesNotContain("NaN");
        Path one = Files.writeString(folder.resolve("one.csv"), "return\n0.01\n");
        Shell.Outcome single = Shell.run("metrics", one.toString(), "--json");
        assertThat(single.code()).isZero();
        assertThat(single.json().get("sharpe").isNull()).isTrue();
    }

    @Test
    void aNewStrategyCompilesPassesItsHonestyTestAndRuns() throws Exception {
        Shell.Outcome made = Shell.run("new", "Crossing", "--in", folder.toString());
        assertThat(made.code()).as(made.err()).isZero();
        Path project = folder.resolve("Crossing");
        assertThat(made.out()).contains("Wrote ", "pom.xml", "Next: ./lama backtest --strategy ");
        Path strategy = project.resolve("src/main/java/Crossing.java");
        Path test = project.resolve("src/test/java/CrossingTest.java");
        assertThat(project.resolve("pom.xml")).content().contains("lama-backtest", "<artifactId>crossing</artifactId>");
        compile(folder, strategy, test);
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, ResultCommandsTest.class.getClassLoader())) {
            Class<?> type = loader.loadClass("CrossingTest");
            var constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            var honest = type.getDeclaredMethod("decidesFromThePastAlone");
            honest.setAccessible(true);
            honest.invoke(constructor.newInstance());
        }
        String run = result("mine", "--strategy", strategy.toString());
        assertThat(Path.of(run, "result.json")).exists();
    }

    @Test
    void newRefusesToOverwriteAndOddNames() throws IOException {
        Files.createDirectory(folder.resolve("Mine"));
        Shell.Outcome there = Shell.run("new", "Mine", "--in", folder.toString());
        assertThat(there.code()).isEqualTo(2);
        assertThat(there.err()).contains("is there already; choose another name");
        for (String odd : List.of("mine", "../Up", "My Name", "9Lives", "")) {
            Shell.Outcome outcome = Shell.run("new", odd, "--in", folder.toString());
            assertThat(outcome.code()).as(odd).isEqualTo(2);
            assertThat(outcome.err()).contains("must be the name of a Java class");
        }
        assertThat(Shell.run("new", "my-strategy", "--in", folder.toString()).err())
                .contains("such as MyStrategy, got 'my-strategy'");
        for (String taken : List.of("String", "Strategy", "Map", "Object")) {
            assertThat(Shell.run("new", taken, "--in", folder.toString()).err())
                    .contains("must not be the name of a class that every strategy uses");
        }
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThat(Shell.run("new", "Other", "--in", file.toString()).err()).contains("is a file, not a folder");
        assertThat(Shell.run("new", "Other", "--in", folder.toString(), "--json")
                        .json()
                        .get("files")
                        .size())
                .isEqualTo(3);
    }

    private static void compile(Path folder, Path... sources) throws IOException {
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
                            files.getJavaFileObjects(sources))
                    .call();
            assertThat(done).as(messages.toString()).isTrue();
        }
    }
}
