package org.lama.backtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.backtest.BarTexts;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.store.Node;

/** The choice of a sweep walked forward: what is planted is kept out of sample, what is luck is not. */
class SweepWalkForwardTest {
    private static final int DAYS = 1100;
    private static final long FIRST_DAY = 1_577_836_800_000L;

    @TempDir
    private Path folder;

    /** Days that drift up and down in turn, or not at all. */
    private Path bars(String name, long seed, double drift) throws IOException {
        Rng rng = Seeds.rng(seed, 0);
        List<String> rows = new ArrayList<>();
        double price = 100;
        for (int day = 0; day < DAYS; day++) {
            double open = price;
            double trend = day / 40 % 2 == 0 ? drift : -drift;
            price *= StrictMath.exp(trend + 0.015 * rng.nextGaussian());
            rows.add(String.format(
                    Locale.ROOT,
                    "%d,%.4f,%.4f,%.4f,%.4f,1000",
                    FIRST_DAY + day * 86_400_000L,
                    open,
                    Math.max(open, price) * 1.001,
                    Math.min(open, price) * 0.999,
                    price));
        }
        return BarTexts.write(folder.resolve(name + ".csv"), rows);
    }

    private Shell.Outcome walk(Path bars, String out, String... more) {
        List<String> args = new ArrayList<>(List.of(
                "sweep",
                "--strategy",
                "sma-cross",
                "--data",
                bars.toString(),
                "--ledger",
                folder.resolve("ledger-" + out).toString(),
                "--out",
                folder.resolve(out).toString(),
                "--commission",
                "0.0001",
                "--slippage",
                "0",
                "--json"));
        if (!List.of(more).contains("--space")) {
            args.addAll(List.of("--space", "fast=2..8:2,slow=10..70:10"));
        }
        if (!List.of(more).contains("--walk-forward")) {
            args.addAll(List.of("--walk-forward", "train=365,test=90,warmup=100"));
        }
        args.addAll(List.of(more));
        Shell.Outcome outcome = Shell.run(args.toArray(String[]::new));
        assertThat(outcome.out() + outcome.err()).doesNotContain("\tat ");
        return outcome;
    }

    @Test
    void aPlantedEdgeIsKeptOutOfSample() throws IOException {
        Path bars = bars("planted", 3, 0.006);
        Shell.Outcome outcome = walk(bars, "planted");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        Node walk = outcome.json().get("walkForward");
        assertThat(walk.get("settings").asText()).isEqualTo("train=365,test=90,purge=0,embargo=0,inner=3,warmup=100");
        assertThat(walk.get("candidates").asInt()).isEqualTo(28);
        assertThat(walk.get("folds").size()).isEqualTo(9);
        assertThat(walk.get("evaluations").asInt()).isEqualTo(9 * 28 * 3);
        assertThat(walk.get("inSampleSharpe").asDouble()).isGreaterThan(1.5);
        assertThat(walk.get("outOfSampleSharpe").asDouble()).isGreaterThan(1);
        assertThat(walk.get("deflatedSharpe").asDouble()).isGreaterThan(0.95);
        assertThat(walk.get("trials").asInt()).isEqualTo(1);
        assertThat(walk.get("folds").at(0).get("parameters").asText()).startsWith("fast=");
        assertThat(outcome.err()).contains("walk-forward: ", "promised in sample", "counting this walk alone");
        // the last word is that of the stronger test
        assertThat(outcome.err())
                .contains("Verdict: " + walk.get("verdict").get("headline").asText());
        assertThat(Files.readString(folder.resolve("planted/report.html")))
                .contains("Walk-forward: chosen inside each fold", "The best trial, shaken", "Monte Carlo on trades");
        List<String> equity = Files.readAllLines(folder.resolve("planted/walk-forward.csv"));
        assertThat(equity.get(0)).isEqualTo("time,equity");
        assertThat(equity).hasSize(DAYS - 365 + 1);
        assertThat(folder.resolve("planted/walk-forward-folds.svg")).isNotEmptyFile();
        // a head, which data these are, how far the sweep goes, its sets, its end, and the walk as one trial
        assertThat(Files.readAllLines(folder.resolve("ledger-planted/trials.jsonl")))
                .hasSize(1 + 1 + 1 + 28 + 1 + 1);

        Shell.Outcome alone = walk(bars, "alone", "--threads", "1");
        assertThat(alone.json().get("walkForward")).isEqualTo(walk);
        assertThat(alone.json().get("movedParameters")).isEqualTo(outcome.json().get("movedParameters"));
        assertThat(alone.json().get("noisyPrices")).isEqualTo(outcome.json().get("noisyPrices"));
    }

    @Test
    void luckIsPromisedInSampleAndNotKept() throws IOException {
        double promised = 0;
        double kept = 0;
        int walks = 6;
        for (int seed = 1; seed <= walks; seed++) {
            Shell.Outcome outcome = walk(bars("noise-" + seed, 100 + seed, 0), "noise-" + seed);
            assertThat(outcome.code()).as(outcome.err()).isZero();
            Node walk = outcome.json().get("walkForward");
            promised += walk.get("inSampleSharpe").asDouble() / walks;
            kept += walk.get("outOfSampleSharpe").asDouble() / walks;
            assertThat(walk.get("verdict").get("outcome").asText()).isNotEqualTo("EDGE");
        }
        assertThat(promised).isGreaterThan(0.7);
        // two years in each of six walks: a mean of zero has a standard error of 1/sqrt(12) = 0.29
        assertThat(kept).isBetween(-0.87, 0.87).isLessThan(promised - 0.5);
    }

    @Test
    void anEarlierLookAtTheSameDataIsCounted() throws IOException {
        Path bars = bars("twice", 5, 0.002);
        assertThat(walk(bars, "twice", "--space", "fast=2..3,slow=10..11").code())
                .isZero();
        Shell.Outcome second = walk(bars, "twice", "--space", "fast=4..5,slow=10..11", "--force");
        // four sets and one walk of the first look, and this walk
        assertThat(second.json().get("walkForward").get("trials").asInt()).isEqualTo(6);
        assertThat(second.err()).contains("counting 6 trials");
    }

    @Test
    void whatAWalkCannotDoIsSaidBeforeTheWork() throws IOException {
        Path bars = bars("short", 7, 0);
        refused(
                "--walk-forward must have data longer than its training window of 2000 days, got 1100",
                bars,
                "--walk-forward",
                "train=2000");
        refused("--walk-forward must have a whole number for train, got 'x'", bars, "--walk-forward", "train=x");
        refused("got 'tran=3'; did you mean 'train'?", bars, "--walk-forward", "tran=3");
        refused("--walk-forward must give train once", bars, "--walk-forward", "train=3,train=4");
        refused("inner must be in [1, 20]", bars, "--walk-forward", "inner=0");
        refused("--walk-forward must have a sampler that does not learn", bars, "--sampler", "tpe");
        refused("--walk-forward must have the metric sharpe", bars, "--metric", "calmar");
        refused("takes at most 10000, got", bars, "--space", "fast=2..200,slow=201..300");
        refused("executor must be threads, spark or spark:MASTER", bars, "--executor", "sparkle");
    }

    private void refused(String message, Path bars, String... args) {
        Shell.Outcome outcome = walk(bars, "refused", args);
        assertThat(outcome.err()).contains("lama: ").contains(message);
        assertThat(outcome.code()).isEqualTo(2);
    }
}
