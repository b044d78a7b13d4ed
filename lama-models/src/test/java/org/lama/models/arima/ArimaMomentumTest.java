package org.lama.models.arima;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Seeds;
import org.lama.core.market.Columns;
import org.lama.core.series.Frame;
import org.lama.core.series.Provenance;
import org.lama.core.series.TimeIndex;
import org.lama.core.signal.FitContext;
import org.lama.core.signal.FitStatus;
import org.lama.core.signal.ModelSummary;
import org.lama.core.signal.Scorer;
import org.lama.core.signal.Signal;

class ArimaMomentumTest {
    private static final long DAY = 86_400_000_000_000L;
    private static final int TRAIN = 300;

    private static Frame frame(double[] close) {
        return Frame.of("TEST", TimeIndex.regular(0, DAY, close.length), DAY, provenance())
                .with(Columns.CLOSE, close);
    }

    private static Provenance provenance() {
        return new Provenance(Provenance.Kind.SYNTHETIC, "test", "", "");
    }

    private static double[] prices(int n, long seed) {
        double[] r = DenseLikelihood.simulate(Seeds.rng(seed, 0), new double[] {0.45}, new double[] {0.2}, n);
        double[] close = new double[n];
        double log = Math.log(100);
        for (int t = 0; t < n; t++) {
            log += 0.02 * r[t];
            close[t] = Math.exp(log);
        }
        return close;
    }

    private static Scorer fit(double[] close) {
        return new ArimaMomentum().fit(frame(close).head(TRAIN), FitContext.backtest(1));
    }

    @Test
    void poisonedFutureChangesNoEarlierScore() {
        double[] close = prices(360, 1);
        Scorer scorer = fit(close);
        for (int cut : new int[] {TRAIN, TRAIN + 1, TRAIN + 20, 359}) {
            double[] poisoned = close.clone();
            Arrays.fill(poisoned, cut, 360, Double.NaN);
            for (int t = cut; t < 360; t += 2) {
                poisoned[t] = 1e6 * close[359 - (t - cut)];
            }
            Scorer other = fit(poisoned);
            for (int rows = TRAIN; rows <= cut; rows++) {
                Signal truth = scorer.score(frame(close).head(rows));
                Signal shown = other.score(frame(poisoned).head(rows));
                assertThat(Double.doubleToLongBits(shown.value())).isEqualTo(Double.doubleToLongBits(truth.value()));
                assertThat(shown).isEqualTo(truth);
            }
        }
    }

    @Test
    void theSignalFollowsItsFormula() {
        double[] close = prices(340, 2);
        Scorer scorer = fit(close);
        assertThat(scorer.status().outcome()).isEqualTo(FitStatus.Outcome.OK);
        ModelSummary summary = scorer.summary();
        double k = summary.values().getOrDefault("scale", Double.NaN);
        double[] training = scorer.trainingSignal();
        assertThat(training).hasSize(TRAIN);
        Signal first = scorer.score(frame(close).head(TRAIN));
        assertThat(first.value()).isCloseTo(training[TRAIN - 1], within(1e-12));
        assertThat(first.value()).isCloseTo(Math.tanh(first.level() / k), within(1e-15));
        assertThat(first.availableAt()).isEqualTo(TRAIN * DAY);
        int large = 0;
        int seen = 0;
        for (double value : training) {
            if (!Double.isNaN(value)) {
                seen++;
                large += Math.abs(value) >= Math.tanh(1) - 1e-9 ? 1 : 0;
            }
        }
        // k is the 0.90 quantile of |z|
        assertThat((double) large / seen).isBetween(0.08, 0.12);
        // the last training row's forecast by hand
        double r = summary.forecast().get(0).mean() - Math.log(close[TRAIN - 1]);
        double s = summary.forecast().get(0).standardError()
                * Math.sqrt(summary.values().getOrDefault("movingVariance", Double.NaN));
        assertThat(first.level()).isCloseTo(r / s, within(1e-9));
        assertThat(summary.values()).containsKeys("ljungBoxPValue", "d", "residualAutocorrelation");
        // an autocorrelated market is forecast in the right direction more often than not
        int right = 0;
        for (int rows = TRAIN; rows < 340; rows++) {
            double value = scorer.score(frame(close).head(rows)).value();
            right += value * (close[rows] - close[rows - 1]) > 0 ? 1 : 0;
        }
        assertThat(right).isGreaterThan(20);
    }

    @Test
    void scoringAfterManyRowsEqualsScoringInAFreshOrder() {
        double[] close = prices(360, 3);
        Scorer scorer = fit(close);
        Signal late = scorer.score(frame(close));
        scorer.score(frame(close).head(TRAIN + 5));
        assertThat(scorer.score(frame(close))).isEqualTo(late);
        // rows are found by time: a frame with an earlier start gives the same
        Frame whole = frame(close);
        assertThat(scorer.score(whole.slice(50, 360))).isEqualTo(late);
        assertThat(scorer.score(whole.slice(0, 0)).valid()).isFalse();
        assertThat(scorer.score(whole.head(10)).valid()).isFalse();
    }

    @Test
    void missingRowsAreSkippedAndNeverScored() {
        double[] close = prices(330, 4);
        for (int t = 10; t < 330; t += 40) {
            close[t] = Double.NaN;
        }
        close[310] = Double.NaN;
        close[311] = 0;
        Scorer scorer = fit(close);
        assertThat(scorer.status().outcome()).isEqualTo(FitStatus.Outcome.OK);
        assertThat(scorer.score(frame(close).head(311)).valid()).isFalse();
        Signal after = scorer.score(frame(close).head(313));
        assertThat(after.valid()).isTrue();
        assertThat(after.level()).isFinite();
        assertThat(scorer.trainingSignal()[10]).isNaN();
        assertThat(scorer.trainingSignal()[12]).isFinite();
    }

    @Test
    void windowsThatCannotBeFittedAreNeutral() {
        double[] constant = new double[TRAIN];
        Arrays.fill(constant, 5);
        double[] gappy = prices(TRAIN, 5);
        for (int t = 0; t < TRAIN; t += 10) {
            gappy[t] = Double.NaN;
        }
        double[] allMissing = new double[TRAIN];
        Arrays.fill(allMissing, Double.NaN);
        for (double[] close : List.of(constant, gappy, allMissing, prices(99, 6), new double[0])) {
            Frame train = frame(close);
            Scorer scorer = new ArimaMomentum().fit(train, FitContext.backtest(1));
            assertThat(scorer.status().outcome()).isEqualTo(FitStatus.Outcome.FALLBACK_RW);
            assertThat(scorer.status().reason()).isNotEmpty();
            Signal signal = scorer.score(train);
            assertThat(signal.value()).isZero();
            assertThat(signal.confidence()).isZero();
            assertThat(scorer.trainingSignal()).containsExactly(new double[close.length]);
            assertThat(scorer.summary().notes()).isNotEmpty();
        }
        Frame empty = Frame.of("TEST", TimeIndex.regular(0, DAY, 200), DAY, provenance());
        assertThat(new ArimaMomentum()
                        .fit(empty, FitContext.backtest(1))
                        .status()
                        .reason())
                .contains("no column");
    }

    @Test
    void confidenceIsAProductOfPenalties() {
        double[] close = prices(TRAIN, 7);
        Frame train = frame(close);
        FitContext late = new FitContext(1, 2_000, 100, () -> true);
        Scorer fallback = new ArimaMomentum().fit(train, late);
        assertThat(fallback.status().outcome()).isEqualTo(FitStatus.Outcome.FALLBACK_111);
        assertThat(fallback.score(train).confidence()).isIn(0.5, 0.25);
        Scorer cut = new ArimaMomentum().fit(train, new FitContext(1, 2_000, 3, () -> false));
        assertThat(cut.status().outcome()).isEqualTo(FitStatus.Outcome.BUDGET);
        assertThat(cut.score(train).confidence()).isIn(0.8, 0.4);
        assertThat(fit(close).score(train).confidence()).isIn(1.0, 0.5);
    }

    @Test
    void threadsGiveEqualBits() throws Exception {
        double[] close = prices(340, 8);
        Frame frame = frame(close);
        Scorer scorer = fit(close);
        List<Signal> expected = new ArrayList<>();
        for (int rows = TRAIN; rows <= 340; rows++) {
            expected.add(scorer.score(frame.head(rows)));
        }
        for (int threads : new int[] {1, 2, 7}) {
            ExecutorService pool = Executors.newFixedThreadPool(threads);
            try {
                List<Future<Signal>> futures = new ArrayList<>();
                for (int rows = TRAIN; rows <= 340; rows++) {
                    Frame past = frame.head(rows);
                    futures.add(pool.submit(() -> fit(close).score(past)));
                }
                for (int i = 0; i < futures.size(); i++) {
                    assertThat(futures.get(i).get()).isEqualTo(expected.get(i));
                }
            } finally {
                pool.shutdownNow();
            }
        }
    }

    @Test
    void longerHorizonsCumulateTheReturn() {
        double[] close = prices(TRAIN, 9);
        ArimaMomentum model = new ArimaMomentum(MomentumSettings.defaults()
                .withHorizon(5)
                .withOrder(AutoArimaOptions.defaults().withOrders(2, 2)));
        Scorer scorer = model.fit(frame(close), FitContext.backtest(1));
        ModelSummary summary = scorer.summary();
        double r = summary.forecast().get(4).mean() - Math.log(close[TRAIN - 1]);
        double s = summary.forecast().get(4).standardError()
                * Math.sqrt(summary.values().getOrDefault("movingVariance", Double.NaN));
        assertThat(scorer.score(frame(close)).level()).isCloseTo(r / s, within(1e-9));
        assertThat(model.settings().horizon()).isEqualTo(5);
        assertThat(model.name()).isEqualTo("momentum");
        assertThatThrownBy(() -> MomentumSettings.defaults().withHorizon(0)).hasMessageContaining("horizon");
    }
}
