package org.lama.backtest.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.backtest.BarTexts;
import org.lama.backtest.analytics.ProbabilisticSharpe;
import org.lama.backtest.strategies.Parameters;
import org.lama.backtest.strategy.Context;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.base.TimeSource;

/** Whatever is run, in whatever order, the bar that the best must beat never falls. */
class SweepCountPropertyTest {
    private static final int DIFFERENT = 20;
    private static final TimeSource CLOCK = TimeSource.fixed(1_700_000_000_000_000_000L);

    @TempDir
    private Path folder;

    /** Different coin tosses up to 20, and hardly different versions of the third of them beyond. */
    public static final class Coins implements Strategy {
        private final Rng rng;
        private final double size;
        private int row;

        /** One parameter. */
        public Coins(Parameters parameters) {
            int a = parameters.integer("a", 1);
            rng = Seeds.rng(a <= DIFFERENT ? a : 3, 7);
            size = a <= DIFFERENT ? 0.9 : 0.9 - (a - DIFFERENT) * 2e-4;
        }

        @Override
        public void onBar(Context now) {
            if (row++ % 5 == 0) {
                now.target(0, rng.nextInt(2) == 0 ? size : 0);
            }
        }
    }

    /** Coin tosses that are the more often long the larger the parameter is. */
    public static final class Leaning implements Strategy {
        private final Rng rng;
        private final int lean;
        private final double size;
        private int row;

        /** One parameter. */
        public Leaning(Parameters parameters) {
            int a = parameters.integer("a", 1);
            lean = a <= DIFFERENT ? a : 3;
            rng = Seeds.rng(lean, 9);
            size = a <= DIFFERENT ? 0.9 : 0.9 - (a - DIFFERENT) * 2e-4;
        }

        @Override
        public void onBar(Context now) {
            if (row++ % 5 == 0) {
                now.target(0, rng.nextInt(DIFFERENT) < lean ? size : 0);
            }
        }
    }

    /** Coin tosses that give up near the end unless they won something. */
    public static final class Quitters implements Strategy {
        /** Little beside what is traded in a day: what is lost is lost by luck, not by impact. */
        private static final double CASH = 10_000;

        private final Rng rng;
        private final double least;
        private int row;

        /** Two parameters. */
        public Quitters(Parameters parameters) {
            int a = parameters.integer("a", 1);
            if (a > 90) {
                throw new IllegalArgumentException("a must be at most 90, got " + a);
            }
            rng = Seeds.rng(a, 11);
            least = parameters.number("least", 0);
        }

        @Override
        public void onBar(Context now) {
            if (row++ % 5 == 0) {
                now.target(0, rng.nextInt(2) == 0 ? 0.9 : 0);
            }
            if (row == 290 && now.equity() < least * CASH) {
                throw new IllegalStateException("risk limit");
            }
        }
    }

    private Dataset data() throws IOException {
        return Lama.load(BarTexts.write(folder.resolve("BTCUSDT.csv"), BarTexts.walk(5, 300)));
    }

    private SweepOutcome sweep(String space, String ledger) throws IOException {
        return sweep(space, ledger, CLOCK);
    }

    private SweepOutcome sweep(String space, String ledger, TimeSource clock) throws IOException {
        return Lama.sweep(
                SweepRequest.of(BacktestRequest.of(Coins.class, Coins::new), space),
                data(),
                Lama.Options.defaults()
                        .withLedger(folder.resolve(ledger), clock)
                        .withThreads(1),
                Optional.empty());
    }

    private static double bar(SweepOutcome outcome) {
        return ProbabilisticSharpe.expectedMaximum(
                outcome.trials().effective(), outcome.trials().variance());
    }

    private static void assertNoLess(SweepOutcome after, SweepOutcome before) {
        assertThat(after.trials().effective())
                .isGreaterThanOrEqualTo(before.trials().effective() - 1e-6);
        assertThat(bar(after)).isGreaterThanOrEqualTo(bar(before) * (1 - 1e-6));
    }

    @Test
    void nearCopiesThatAreRunAgainAloneLeaveTheOthersTried() throws IOException {
        SweepOutcome all = sweep("a=1..60", "one");
        assertThat(all.trials().effective()).isBetween(5.0, 9.0);
        SweepOutcome copies = sweep("a=21..60", "one");
        assertNoLess(copies, all);
        assertThat(copies.trials().effective()).isLessThan(all.trials().effective() + 0.1);
    }

    @Test
    void whatAreCopiesOfEachOtherAddsLittleAndTheRestAllOfIt() throws IOException {
        SweepOutcome copies = sweep("a=21..60", "other");
        assertThat(copies.trials().effective()).isLessThan(2);
        SweepOutcome all = sweep("a=1..60", "other");
        assertThat(all.trials().effective()).isBetween(5.0, 9.0);
        Backtest single = Lama.backtest(
                BacktestRequest.of(Coins.class, Coins::new).with("a", 77),
                data(),
                Lama.Options.defaults().withLedger(folder.resolve("other"), CLOCK));
        assertThat(single.manifest().get("trials").get("effective").asDouble())
                .as("what a sweep was found to amount to is still there when it is not run again")
                .isGreaterThanOrEqualTo(all.trials().effective());
    }

    @Test
    void noBatchLowersTheBar() throws IOException {
        Rng rng = Seeds.rng(11, 0);
        SweepOutcome before = sweep("a=5..12", "many");
        for (int round = 0; round < 5; round++) {
            int from = 1 + rng.nextInt(40);
            int step = 1 + rng.nextInt(3);
            SweepOutcome after = sweep("a=" + from + ".." + (from + step * (2 + rng.nextInt(14))) + ":" + step, "many");
            assertNoLess(after, before);
            before = after;
        }
    }

    private SweepOutcome leaning(String space) throws IOException {
        int[] day = {0};
        List<String> rows = BarTexts.each(BarTexts.walk(5, 300), row -> {
            String[] fields = row.split(",", -1);
            double drift = StrictMath.exp(0.006 * day[0]++);
            for (int i = 1; i <= 4; i++) {
                fields[i] = Double.toString(drift * Double.parseDouble(fields[i]));
            }
            return String.join(",", fields);
        });
        return Lama.sweep(
                SweepRequest.of(BacktestRequest.of(Leaning.class, Leaning::new), space),
                Lama.load(BarTexts.write(folder.resolve("UP.csv"), rows)),
                Lama.Options.defaults().withoutLedger().withThreads(1),
                Optional.empty());
    }

    @Test
    void paddingASweepWhoseTrialsSpreadByMoreThanLuckDoesNotLowerItsBarEither() throws IOException {
        SweepOutcome alone = leaning("a=1..20");
        assertThat(alone.trials().variance()).as("more than luck").isGreaterThan(1.5 / 299);
        assertThat(bar(leaning("a=1..200"))).isGreaterThanOrEqualTo(bar(alone) * (1 - 1e-3));
    }

    @Test
    void whatASampleOfManyCopiesMissedIsMendedByARunThatKeepsAllReturns() throws IOException {
        double alone = sweep("a=1..20", "alone").trials().effective();
        assertThat(sweep("a=1..1020", "padded").trials().effective())
                .as("the sample holds few of the twenty")
                .isLessThan(0.95 * alone);
        assertThat(sweep("a=1..20", "padded").trials().effective()).isGreaterThan(0.999 * alone);
    }

    @Test
    void ofATrialThatTwoLedgersKnowTheLargerShareCounts() throws IOException {
        System.setProperty("lama.ledgers", folder.resolve("home/ledgers").toString());
        try {
            double alone = sweep("a=1..20", "alone").trials().effective();
            TimeSource later = TimeSource.fixed(CLOCK.nowNanos() + 1);
            assertThat(sweep("a=1..1020", "padded", later).trials().effective()).isGreaterThan(0.999 * alone);
        } finally {
            System.clearProperty("lama.ledgers");
        }
    }

    /** Fails at its 200th bar where the parameter is above 5. */
    public static final class Failing implements Strategy {
        private final Rng rng;
        private final int a;
        private int row;

        /** One parameter. */
        public Failing(Parameters parameters) {
            a = parameters.integer("a", 1);
            rng = Seeds.rng(a, 13);
        }

        @Override
        public void onBar(Context now) {
            if (row++ % 5 == 0) {
                now.target(0, rng.nextInt(2) == 0 ? 0.9 : 0);
            }
            if (a > 5 && row == 200) {
                throw new IllegalStateException("divided by zero");
            }
        }
    }

    @Test
    void setsThatFailOnTheWayAreNoCandidatesOfAWalkForward() throws IOException {
        SweepOutcome walked = Lama.sweep(
                SweepRequest.of(BacktestRequest.of(Failing.class, Failing::new), "a=1..8")
                        .withWalkForward(SweepWalk.parse("train=120,test=40,warmup=10")),
                data(),
                Lama.Options.defaults().withoutLedger().withThreads(1),
                Optional.empty());
        assertThat(walked.result().statistics().broken()).isEqualTo(3);
        assertThat(walked.walkForward().orElseThrow().candidates()).isEqualTo(5);
    }

    private SweepOutcome quitters(double least, String space) throws IOException {
        return Lama.sweep(
                SweepRequest.of(
                        BacktestRequest.of(Quitters.class, Quitters::new)
                                .with("least", Double.toString(least))
                                .withSettings(BacktestSettings.defaults().withCash(Quitters.CASH)),
                        space),
                data(),
                Lama.Options.defaults()
                        .withLedger(folder.resolve("quit" + least), CLOCK)
                        .withThreads(1),
                Optional.empty());
    }

    @Test
    void trialsThatGiveUpAfterTheyHaveSeenTheDataCountAsThoseThatDoNot() throws IOException {
        SweepOutcome all = quitters(0, "a=1..80");
        SweepOutcome censored = quitters(0.85, "a=1..80");
        long broken = censored.result().statistics().broken();
        assertThat(broken).isBetween(20L, 77L);
        assertThat(censored.result().statistics().tried()).isEqualTo(80);
        assertThat(censored.trials().effective())
                .isGreaterThan(0.7 * all.trials().effective());
        assertThat(bar(censored)).isGreaterThan(0.9 * bar(all));
        assertThat(censored.explain())
                .contains(broken + " trials failed after they had seen data, and the test needs the returns of all");
    }

    @Test
    void setsThatTheStrategyRefusesSawNothingAndAreNoTries() throws IOException {
        SweepOutcome refused = quitters(0, "a=81..100");
        assertThat(refused.result().statistics().broken()).isZero();
        assertThat(refused.result().statistics().tried()).isEqualTo(10);
        assertThat(refused.trials().effective()).isLessThanOrEqualTo(10);
    }

    @Test
    void paddingASweepWithCopiesDoesNotLowerItsBar() throws IOException {
        assertNoLess(sweep("a=1..80", "padded"), sweep("a=1..20", "alone"));
    }
}
