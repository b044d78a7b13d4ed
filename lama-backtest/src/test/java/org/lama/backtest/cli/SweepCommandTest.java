package org.lama.backtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.backtest.BarTexts;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;
import org.lama.core.store.ParquetFrames;

/** A sweep from the shell: its trials, its files, its resume, and everything that can be wrong about it. */
class SweepCommandTest {
    @TempDir
    private Path folder;

    private Path bars(int days) throws IOException {
        List<String> rows =
                BarTexts.walk(5, days).stream().map(SweepCommandTest::inCents).toList();
        return BarTexts.write(folder.resolve("BTCUSDT.csv"), rows);
    }

    private static String inCents(String row) {
        String[] cells = row.split(",", -1);
        for (int c = 1; c < 5; c++) {
            cells[c] = String.format(Locale.ROOT, "%.2f", Double.parseDouble(cells[c]));
        }
        return String.join(",", cells);
    }

    private Shell.Outcome sweep(String... more) throws IOException {
        List<String> args = new ArrayList<>(List.of(
                "sweep",
                "--data",
                bars(500).toString(),
                "--ledger",
                folder.resolve("ledger").toString()));
        if (Arrays.stream(more).noneMatch(each -> each.equals("--out") || each.equals("--resume"))) {
            args.addAll(List.of("--out", folder.resolve("out").toString(), "--force"));
        }
        args.addAll(List.of(more));
        Shell.Outcome outcome = Shell.run(args.toArray(String[]::new));
        assertThat(outcome.out() + outcome.err()).doesNotContain("\tat ");
        return outcome;
    }

    private static String[] grid(String... more) {
        List<String> args =
                new ArrayList<>(List.of("--strategy", "sma-cross", "--space", "fast=3..12:3,slow=15..60:5"));
        args.addAll(List.of(more));
        return args.toArray(String[]::new);
    }

    private void refused(String message, String... args) throws IOException {
        Shell.Outcome outcome = sweep(args);
        assertThat(outcome.err()).contains("lama: ").contains(message);
        assertThat(outcome.code()).isEqualTo(2);
    }

    @Test
    void aGridWritesItsTrialsItsFiguresAndAnHonestVerdict() throws IOException {
        Shell.Outcome outcome = sweep(grid("--json"));
        assertThat(outcome.code()).as(outcome.err()).isZero();
        Node json = outcome.json();
        assertThat(json.get("schema").asText()).isEqualTo("lama.sweep/1");
        assertThat(json.get("trials").get("count").asInt()).isEqualTo(40);
        assertThat(json.get("trials").get("raw").asInt()).isEqualTo(40);
        assertThat(json.get("trials").get("effective").asDouble()).isBetween(1.0, 40.0);
        assertThat(json.get("verdict").get("outcome").asText()).isIn("NO EDGE", "NOT ENOUGH DATA");
        assertThat(json.get("verdict").get("figures").names())
                .contains("breakEvenCost", "capacityZeroReturn", "capacityZeroReturnLow", "capacityZeroReturnHigh");
        assertThat(json.get("overfittingProbability").asDouble()).isBetween(0.0, 1.0);
        assertThat(json.get("realityCheck").asDouble()).isBetween(0.0, 1.0);
        assertThat(json.get("best").size()).isEqualTo(20);
        assertThat(json.get("plateau").get("neighbours").asInt()).isGreaterThan(3);
        assertThat(json.get("importance").names()).containsExactly("fast", "slow");
        assertThat(outcome.err())
                .contains("trials: 40 of 40", "Best: fast=", "Deflated Sharpe ratio: ", "if all were different")
                .contains("Verdict: ", "Why: ", "Next: ");
        Path out = folder.resolve("out");
        assertThat(Documents.read(out.resolve("result.json"))).isEqualTo(json);
        assertThat(Files.readAllLines(out.resolve("trials.csv")))
                .hasSize(41)
                .first()
                .asString()
                .isEqualTo(
                        "trial,fast,slow,value,sharpePerPeriod,totalReturn,maxDrawdown,roundTrips,state,path,reason");
        assertThat(ParquetFrames.read(out.resolve("trials.parquet")).rows()).isEqualTo(40);
        assertThat(Files.readAllLines(out.resolve("trials.jsonl"))).hasSize(40);
        assertThat(Files.readString(out.resolve("report.html")))
                .contains("Sweep of sma-cross", "Robust region", "Over the parameters", "Probability of overfitting");
        for (String figure : List.of("heat-map", "parallel-coordinates", "importance", "slice-fast", "slice-slow")) {
            assertThat(Files.readString(out.resolve(figure + ".svg")))
                    .startsWith("<svg")
                    .contains("</svg>");
        }
        assertThat(Files.readAllLines(folder.resolve("ledger/trials.jsonl"))).hasSize(44);
    }

    @Test
    void bothWaysOfComputingGiveTheSameTable() throws IOException {
        String[] flat = {"--commission", "0.001", "--slippage", "0.0005", "--quantity-mode", "fractional"};
        List<String> fast = new ArrayList<>(List.of(grid(flat)));
        Shell.Outcome windows = sweep(fast.toArray(String[]::new));
        assertThat(windows.out()).contains("Computed by rules of window sums");
        List<String> lots = new ArrayList<>(fast);
        lots.set(lots.indexOf("fractional"), "lots");
        lots.addAll(List.of("--out", folder.resolve("lots").toString()));
        Shell.Outcome engine = sweep(lots.toArray(String[]::new));
        assertThat(engine.out()).contains("Computed by event engine (quantities in lots)");
        List<String> first = Files.readAllLines(folder.resolve("out/trials.csv"));
        List<String> second = Files.readAllLines(folder.resolve("lots/trials.csv"));
        assertThat(first).hasSameSizeAs(second);
        for (int row = 1; row < first.size(); row++) {
            String[] one = first.get(row).split(",", -1);
            String[] other = second.get(row).split(",", -1);
            assertThat(one[7]).isEqualTo(other[7]);
            // lots of 1e-8 of a price near 100 are 1e-12 of the capital
            assertThat(Double.parseDouble(one[5]))
                    .isCloseTo(Double.parseDouble(other[5]), org.assertj.core.api.Assertions.within(1e-8));
        }
    }

    @Test
    void aFolderIsResumedAndRefusedForAnotherSweep() throws IOException {
        String kept = folder.resolve("kept").toString();
        assertThat(sweep(grid("--resume", kept)).code()).isZero();
        byte[] log = Files.readAllBytes(folder.resolve("kept/trials.log"));
        byte[] table = Files.readAllBytes(folder.resolve("kept/trials.csv"));
        byte[] result = Files.readAllBytes(folder.resolve("kept/result.json"));
        Files.write(folder.resolve("kept/trials.log"), Arrays.copyOf(log, log.length / 2));
        assertThat(sweep(grid("--resume", kept, "--threads", "3")).code()).isZero();
        assertThat(Files.readAllBytes(folder.resolve("kept/trials.log"))).isEqualTo(log);
        assertThat(Files.readAllBytes(folder.resolve("kept/trials.csv"))).isEqualTo(table);
        assertThat(Files.readAllBytes(folder.resolve("kept/result.json"))).isEqualTo(result);
        refused("other settings: their checksum is ", grid("--resume", kept, "--cash", "5000"));
        refused("(the strategy or what it trades with, such as cash,", grid("--resume", kept, "--cash", "5000"));
        refused("metric was 'sharpe', is 'calmar'", grid("--resume", kept, "--metric", "calmar"));
        // the ledger counts a trial once, however often it is resumed
        assertThat(Files.readAllLines(folder.resolve("ledger/trials.jsonl"))).hasSize(44);
        Files.writeString(
                folder.resolve("other.csv"), Files.readString(bars(500)).replace(",1000\n", ",1001\n"));
        Shell.Outcome other = Shell.run(
                "sweep",
                "--strategy",
                "sma-cross",
                "--space",
                "fast=3..12:3,slow=15..60:5",
                "--resume",
                kept,
                "--data",
                folder.resolve("other.csv").toString());
        assertThat(other.code()).isEqualTo(2);
        assertThat(other.err()).contains("over other data: their checksum is ").contains("these have ");
    }

    @Test
    void resultsOfAnotherCommandAreNotOverwritten() throws IOException {
        Path other = folder.resolve("backtest");
        Shell.Outcome backtest = Shell.run(
                "backtest",
                "--strategy",
                "sma-cross",
                "--data",
                bars(500).toString(),
                "--ledger",
                folder.resolve("ledger").toString(),
                "--out",
                other.toString());
        assertThat(backtest.code()).as(backtest.err()).isZero();
        byte[] report = Files.readAllBytes(other.resolve("report.html"));
        assertThat(new String(report, java.nio.charset.StandardCharsets.UTF_8)).contains("Trial ledger", "started 20");
        Shell.Outcome refused = sweep(grid("--resume", other.toString()));
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("holds results that are no sweep's, in result.json; name another folder");
        assertThat(Files.readAllBytes(other.resolve("report.html"))).isEqualTo(report);
        String kept = folder.resolve("kept").toString();
        assertThat(sweep(grid("--resume", kept)).code()).isZero();
        Files.copy(
                other.resolve("result.json"),
                folder.resolve("kept/result.json"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        refused("holds results of backtest in result.json", grid("--resume", kept));
    }

    @Test
    void reasonsAreFewAndARegionThatLosesIsNotCalledRobust() throws IOException {
        Files.writeString(folder.resolve("Moody.java"), """
                import org.lama.backtest.strategies.Parameters;
                import org.lama.backtest.strategy.Context;
                import org.lama.backtest.strategy.Strategy;
                public final class Moody implements Strategy {
                    private int bar;
                    public Moody(Parameters p) {
                        int k = p.integer("k", 1);
                        if (k > 20) throw new IllegalArgumentException("word " + Integer.toString(k + 400, 36));
                    }
                    public void onBar(Context now) { now.target(0, bar++ % 2); }
                }
                """);
        Shell.Outcome outcome = sweep(
                "--strategy", folder.resolve("Moody.java").toString(), "--space", "k=1..40", "--commission", "0.02");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out())
                .contains("20 have no sharpe: 1 failed: word ")
                .contains("; 17 for other reasons, which the report lists")
                .contains("Robust region: none: in the best region")
                .contains("p = 1.000, p = 1.000 over all 20 trials whose returns vary");
        String report = Files.readString(folder.resolve("out/report.html"));
        assertThat(report)
                .contains("What was asked", "Hypothesis", "SHA-256 of the rule", "From naive to honest")
                .contains("Capacity", "Break-even", "order of prices inside bars", "Trial ledger");
    }

    @Test
    void samplersThatLearnAndPrunersRunToTheEnd() throws IOException {
        for (String sampler : List.of("random", "lhs", "sobol", "tpe", "cmaes")) {
            Shell.Outcome outcome = sweep(
                    "--strategy",
                    "donchian",
                    "--space",
                    "enter=3..15,exit=2..10,exit<enter",
                    "--sampler",
                    sampler,
                    "--trials",
                    "24",
                    "--batch",
                    "8",
                    "--pruner",
                    "halving",
                    "--metric",
                    "totalReturn",
                    "--json");
            assertThat(outcome.code()).as(sampler + outcome.err()).isZero();
            assertThat(outcome.json().get("trials").get("count").asInt()).isEqualTo(24);
            assertThat(outcome.json().get("trials").get("pruned").asInt()).isPositive();
        }
        Shell.Outcome median =
                sweep(grid("--pruner", "median", "--sampler", "random", "--trials", "30", "--batch", "10", "--json"));
        assertThat(median.code()).as(median.err()).isZero();
        Shell.Outcome bands = sweep(grid("--pruner", "hyperband", "--json"));
        assertThat(bands.code()).as(bands.err()).isZero();
    }

    @Test
    void trialsWithoutAValueAreCountedAndNotApplicable() throws IOException {
        Shell.Outcome outcome =
                sweep("--strategy", "sma-cross", "--space", "fast=400..450:10,slow=600..700:50", "--json");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        Node json = outcome.json();
        assertThat(json.get("trials").get("defined").asInt()).isZero();
        assertThat(json.get("trials").get("reasons").get("no trades").asInt()).isEqualTo(18);
        assertThat(json.get("verdict").get("outcome").asText()).isEqualTo("NOT ENOUGH DATA");
        assertThat(outcome.err()).contains("Best: n/a").contains("n/a: 0 configurations with returns, 10 are needed");
    }

    @Test
    void wrongInputIsSaidInOneLine() throws IOException {
        refused("parameter fast must have low <= high", "--strategy", "sma-cross", "--space", "fast=9..5");
        refused(
                "has no parameter 'fst'; it has [fast, slow]; did you mean 'fast'?",
                "--strategy",
                "sma-cross",
                "--space",
                "fst=1..5");
        refused(
                "space must have at most 100000000 points",
                "--strategy",
                "sma-cross",
                "--space",
                "fast=1..100000,slow=1..100000");
        refused("is continuous", "--strategy", "rsi-reversion", "--space", "low=10.0..40.0");
        refused("must leave a point", "--strategy", "sma-cross", "--space", "fast=5..9,slow=1..4,fast<slow");
        refused("one of [grid, random, lhs, sobol, tpe, cmaes]", grid("--sampler", "annealing"));
        refused("no metric is called 'sharp'", grid("--metric", "sharp"));
        refused("needs a benchmark", grid("--metric", "beta"));
        refused("pruner must be one of", grid("--pruner", "shears").clone());
        refused("is given as 5 and stands in the space too", grid("--param", "fast=5"));
        refused("trials", grid("--trials", "0"));
        for (String[] wrong :
                List.of(grid("--trials", "0"), grid("--sampler", "random", "--trials", "200000000"), new String[] {
                    "--strategy", "sma-cross", "--space", "fast=1..100000,slow=1..100000"
                })) {
            assertThat(sweep(wrong).out()).as("said before the data are read").isEmpty();
        }
        assertThat(Shell.run("sweep").code()).isEqualTo(2);
        assertThat(Shell.run("sweep", "--help").out()).contains("--space", "--resume", "tpe");
    }
}
