package org.lama.backtest.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.lama.backtest.strategies.Parameters;
import org.lama.backtest.strategy.Context;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.data.MarketData;
import org.lama.core.market.Columns;
import org.lama.core.series.Frame;
import org.lama.core.series.Provenance;
import org.lama.core.series.QualityReport;
import org.lama.core.series.TimeIndex;

/** A pruner saves time; it must not make luck look like skill. */
class SweepPruningTest {
    private static final long DAY = 86_400_000_000_000L;
    private static final int BARS = 1_500;
    private static final int TRIALS = 200;

    /** Long while the short mean of closes is above the long one; refuses sets that make no sense. */
    public static final class Crossing implements Strategy {
        private final int fast;
        private final int slow;
        private final double[] closes = new double[BARS];
        private double sumFast;
        private double sumSlow;
        private int count;

        /** Two windows in bars. */
        public Crossing(Parameters parameters) {
            fast = parameters.integer("fast", 20);
            slow = parameters.integer("slow", 100);
        }

        @Override
        public void onBar(Context now) {
            double close = now.close(0, 0);
            closes[count] = close;
            sumFast += close - (count >= fast ? closes[count - fast] : 0);
            sumSlow += close - (count >= slow ? closes[count - slow] : 0);
            count++;
            if (count >= slow) {
                now.target(0, sumFast / fast > sumSlow / slow ? 1 : 0);
            }
        }
    }

    /** A walk without drift. */
    private static Dataset walk(long seed) {
        Rng rng = Seeds.rng(seed, 0);
        double[][] columns = new double[5][BARS];
        double price = 1000;
        for (int t = 0; t < BARS; t++) {
            double open = price;
            price *= StrictMath.exp(0.02 * rng.nextGaussian() - 0.0002);
            columns[0][t] = open;
            columns[1][t] = Math.max(open, price) * 1.002;
            columns[2][t] = Math.min(open, price) * 0.998;
            columns[3][t] = price;
            columns[4][t] = 1e9;
        }
        Frame frame = Frame.of(
                        "WALK",
                        TimeIndex.regular(1_500_000_000_000_000_000L / DAY * DAY, DAY, BARS),
                        DAY,
                        new Provenance(Provenance.Kind.SYNTHETIC, "walk " + seed, "", ""))
                .with(Columns.OPEN, columns[0])
                .with(Columns.HIGH, columns[1])
                .with(Columns.LOW, columns[2])
                .with(Columns.CLOSE, columns[3])
                .with(Columns.VOLUME, columns[4]);
        QualityReport quality = new QualityReport("WALK", "walk", BARS, BARS, BARS, 0, 0, DAY, List.of());
        return Dataset.of(new MarketData(List.of(frame), List.of(quality), List.of()));
    }

    private static SweepOutcome sweep(long seed, String pruner) throws IOException {
        BacktestRequest request = BacktestRequest.of(Crossing.class, Crossing::new)
                .withSettings(BacktestSettings.defaults().withCosts(0, 0));
        return Lama.sweep(
                SweepRequest.of(request, "fast=2..50,slow=10..200,fast<slow")
                        .withTrials(TRIALS)
                        .withSampler("random")
                        .withPruner(pruner),
                walk(seed),
                Lama.Options.defaults().withoutLedger(),
                Optional.empty());
    }

    @Test
    void stoppedTrialsCountAndTheSpreadIsThatOfAllTrials() throws IOException {
        SweepOutcome all = sweep(77, "none");
        assertThat(all.trials().raw()).isEqualTo(TRIALS);
        for (String pruner : List.of("halving", "median")) {
            SweepOutcome pruned = sweep(77, pruner);
            assertThat(pruned.result().statistics().stopped()).as(pruner).isGreaterThan(TRIALS / 4);
            assertThat(pruned.result().statistics().tried()).isGreaterThan(TRIALS * 9 / 10);
            // before, a third of the number and a sixth of the variance
            assertThat(pruned.trials().effective())
                    .isBetween(0.5 * all.trials().effective(), 2 * all.trials().effective());
            assertThat(pruned.trials().variance())
                    .isBetween(0.5 * all.trials().variance(), 2 * all.trials().variance());
            assertThat(pruned.realityCheck()).isEmpty();
            assertThat(pruned.explain())
                    .contains("superior predictive ability: n/a: trials were stopped early")
                    .contains(" of " + pruned.result().statistics().tried() + " trials, the best among them");
        }
    }

    @Test
    @Tag("slow")
    void theBestOfWalksWithoutDriftPassesAsRarelyWithAPrunerAsWithout() throws IOException {
        int markets = 100;
        for (String pruner : List.of("none", "halving", "hyperband", "median")) {
            int alarms = 0;
            for (int market = 0; market < markets; market++) {
                alarms += sweep(77 + market, pruner).deflatedSharpe() >= 0.95 ? 1 : 0;
            }
            // 5 % and two standard errors of a share over 100 markets
            assertThat(alarms).as(pruner).isLessThanOrEqualTo(9);
        }
    }
}
