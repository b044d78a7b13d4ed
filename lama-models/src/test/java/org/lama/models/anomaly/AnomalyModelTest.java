package org.lama.models.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.lama.core.features.BarFeatures;
import org.lama.core.features.BookFeatures;
import org.lama.core.market.Columns;
import org.lama.core.series.Frame;
import org.lama.core.signal.FitContext;
import org.lama.core.signal.FitStatus;
import org.lama.core.signal.Providers;
import org.lama.core.signal.Scorer;
import org.lama.core.signal.Signal;
import org.lama.core.signal.SignalModel;

class AnomalyModelTest {
    private static final FitContext CONTEXT = FitContext.backtest(42);
    private static final int TRAIN_FROM = 800;
    private static final int TRAIN_TO = 3000;

    private final SignalModel model = AnomalyModel.of(AnomalySettings.defaults());

    @Test
    void barsWithoutABookGiveARiskSignalWithinItsBounds() {
        Frame frame = model.indicators(TestBars.bars(4000, TestBars.HOUR, 1));
        Scorer scorer = model.fit(frame.slice(TRAIN_FROM, TRAIN_TO), CONTEXT);
        assertThat(scorer.status().converged()).isTrue();
        assertThat(scorer.summary().notes().get(0)).isEqualTo("profile = BAR, role = RISK");
        assertThat(scorer.summary().notes().get(2)).contains(BarFeatures.RANGE, BarFeatures.GAP);
        assertThat(scorer.summary().values()).containsKeys("threshold", "coverage", "trees");
        assertThat(scorer.trainingSignal()).hasSize(TRAIN_TO - TRAIN_FROM).containsOnly(Double.NaN);
        int valid = 0;
        for (int t = TRAIN_TO; t < 4000; t++) {
            Signal signal = scorer.score(frame.head(t + 1));
            assertThat(signal.role()).isEqualTo(Signal.Role.RISK);
            assertThat(signal.value()).isZero();
            assertThat(signal.availableAt()).isEqualTo(frame.availableAt(t));
            if (signal.valid()) {
                valid++;
                assertThat(signal.level()).isBetween(0.0, 1.0);
                if (signal.alarm()) {
                    assertThat(signal.sizeMultiplier()).isBetween(0.25, 0.5);
                } else {
                    assertThat(signal.sizeMultiplier()).isEqualTo(1);
                }
            }
        }
        assertThat(valid).isGreaterThan(900);
    }

    @Test
    void contaminationIsTheShareOfTrainingRowsAboveTheThreshold() {
        Frame frame = model.indicators(TestBars.bars(3000, TestBars.HOUR, 2));
        Scorer scorer = model.fit(frame.slice(TRAIN_FROM, TRAIN_TO), CONTEXT);
        int alarms = 0;
        int rows = 0;
        for (int t = TRAIN_FROM; t < TRAIN_TO; t++) {
            Signal signal = scorer.score(frame.head(t + 1));
            rows += signal.valid() ? 1 : 0;
            alarms += signal.alarm() ? 1 : 0;
        }
        assertThat((double) alarms / rows).isBetween(0.008, 0.012);
        assertThat(scorer.summary().values()).containsEntry("rows", (double) rows);
    }

    @Test
    void crashBarIsAnAnomalyAndShrinksTheSize() {
        Frame bars = TestBars.bars(4000, TestBars.HOUR, 3);
        double[] low = bars.column(Columns.LOW).toArray();
        double[] volume = bars.column(Columns.VOLUME).toArray();
        int crash = 3500;
        for (String name : new String[] {Columns.OPEN, Columns.HIGH, Columns.CLOSE}) {
            assertThat(bars.column(name).get(crash)).isFinite();
        }
        low[crash] *= 0.6;
        volume[crash] *= 50;
        Frame frame = model.indicators(bars.with(Columns.LOW, low).with(Columns.VOLUME, volume));
        Signal signal = model.fit(frame.slice(TRAIN_FROM, TRAIN_TO), CONTEXT).score(frame.head(crash + 1));
        assertThat(signal.alarm()).isTrue();
        assertThat(signal.sizeMultiplier()).isLessThan(0.5);
    }

    @Test
    void bookGivesADirectionalSignalWithTheSignOfTheImbalance() {
        Frame frame = model.indicators(TestBars.withBook(TestBars.bars(4000, TestBars.HOUR, 4), 0, 4));
        Scorer scorer = model.fit(frame.slice(TRAIN_FROM, TRAIN_TO), CONTEXT);
        assertThat(scorer.summary().notes().get(0)).isEqualTo("profile = BOOK, role = DIRECTIONAL");
        double mean = 0;
        int n = 0;
        int alarms = 0;
        for (int t = TRAIN_FROM; t < 4000; t++) {
            Signal signal = scorer.score(frame.head(t + 1));
            if (signal.alarm()) {
                alarms++;
                assertThat(signal.role()).isEqualTo(Signal.Role.DIRECTIONAL);
                assertThat(Math.abs(signal.value())).isPositive();
                assertThat(signal.sizeMultiplier()).isLessThanOrEqualTo(0.5);
                assertThat(signal.confidence()).isBetween(0.5, 1.0);
                double imbalance = frame.column(BookFeatures.IMBALANCE + 5).get(t);
                mean += Math.signum(imbalance) * Math.signum(signal.value());
                n++;
            } else if (signal.valid()) {
                assertThat(signal.role()).isEqualTo(Signal.Role.RISK);
                assertThat(signal.value()).isZero();
                assertThat(signal.sizeMultiplier()).isEqualTo(1);
            }
        }
        assertThat(alarms).isPositive();
        assertThat(mean / n).isGreaterThan(0.8);
        long known = Arrays.stream(scorer.trainingSignal())
                .filter(v -> !Double.isNaN(v))
                .count();
        assertThat(known).isGreaterThan(1500);
        double[] training = scorer.trainingSignal();
        for (int r = 0; r < training.length; r++) {
            Signal signal = scorer.score(frame.head(TRAIN_FROM + r + 1));
            if (signal.valid()) {
                assertThat(training[r]).isEqualTo(signal.value());
            } else {
                assertThat(training[r]).isNaN();
            }
        }
    }

    @Test
    void directionCanBeSwitchedOff() {
        SignalModel risk = AnomalyModel.of(new AnomalySettings(0.05, 50, 128, 100, AnomalySettings.Direction.NEVER));
        Frame frame = risk.indicators(TestBars.withBook(TestBars.bars(2500, TestBars.HOUR, 5), 0, 5));
        Scorer scorer = risk.fit(frame.slice(TRAIN_FROM, 2500), CONTEXT);
        assertThat(scorer.summary().notes().get(0)).isEqualTo("profile = BOOK, role = RISK");
        assertThat(scorer.score(frame).role()).isEqualTo(Signal.Role.RISK);
    }

    @Test
    void bookThatCoversLessThanHalfOfTheWindowIsLeftAside() {
        Frame frame = model.indicators(TestBars.withBook(TestBars.bars(3000, TestBars.HOUR, 6), 2000, 6));
        assertThat(model.fit(frame.slice(TRAIN_FROM, TRAIN_TO), CONTEXT)
                        .summary()
                        .notes()
                        .get(0))
                .startsWith("profile = BAR");
        assertThat(AnomalyProfile.of(frame.slice(2000, TRAIN_TO))).isEqualTo(AnomalyProfile.BOOK);
    }

    @Test
    void shortOrEmptyWindowsAreNeutralWithAReason() {
        Frame frame = model.indicators(TestBars.bars(300, TestBars.HOUR, 7));
        Scorer few = model.fit(frame.slice(250, 300), CONTEXT);
        assertThat(few.status().outcome()).isEqualTo(FitStatus.Outcome.FALLBACK_RW);
        assertThat(few.status().reason()).contains("training rows are complete, but 100 are needed");
        assertThat(few.score(frame).valid()).isFalse();
        assertThat(few.score(frame).sizeMultiplier()).isEqualTo(1);
        assertThat(few.trainingSignal()).hasSize(50).containsOnly(Double.NaN);
        assertThat(few.summary().values()).doesNotContainKey("threshold");
        Scorer none = model.fit(frame.slice(0, 0), CONTEXT);
        assertThat(none.status().reason()).startsWith("no feature of the profile BAR");
        assertThat(none.score(frame.slice(0, 0)).valid()).isFalse();
    }

    @Test
    void deadlineLeavesASmallerForestAndSaysSo() {
        Frame frame = model.indicators(TestBars.bars(2000, TestBars.HOUR, 10));
        Scorer scorer = model.fit(frame.slice(TRAIN_FROM, 2000), new FitContext(42, 2_000, 100, () -> true));
        assertThat(scorer.status().outcome()).isEqualTo(FitStatus.Outcome.TIMEOUT);
        assertThat(scorer.status().reason()).isEqualTo("the deadline came after 1 of 100 trees");
        assertThat(scorer.score(frame).valid()).isTrue();
    }

    @Test
    void constantPricesHaveNoAnomaly() {
        Frame bars = TestBars.bars(2000, TestBars.HOUR, 8);
        double[] one = new double[2000];
        Arrays.fill(one, 1);
        for (String name : bars.columnNames()) {
            bars = bars.with(name, one);
        }
        Frame frame = model.indicators(bars);
        Signal signal = model.fit(frame.slice(TRAIN_FROM, 2000), CONTEXT).score(frame);
        assertThat(signal.alarm()).isFalse();
        assertThat(signal.sizeMultiplier()).isEqualTo(1);
    }

    @Test
    void missingFeatureMakesTheSignalInvalid() {
        Frame bars = TestBars.bars(3000, TestBars.HOUR, 9);
        double[] high = bars.column(Columns.HIGH).toArray();
        high[2999] = Double.NaN;
        Frame frame = model.indicators(bars.with(Columns.HIGH, high));
        Scorer scorer = model.fit(frame.slice(TRAIN_FROM, TRAIN_TO), CONTEXT);
        assertThat(scorer.score(frame).valid()).isFalse();
        assertThat(scorer.score(bars).valid()).as("frame without indicators").isFalse();
    }

    @Test
    void modelIsFoundByItsName() {
        assertThat(Providers.named(Providers.models(), "anomaly", "model")).isInstanceOf(AnomalyModel.class);
    }

    @Test
    void settingsAreChecked() {
        assertThatThrownBy(() -> new AnomalySettings(0.6, 100, 256, 100, AnomalySettings.Direction.NEVER))
                .hasMessageContaining("contamination must be in [0, 0.5]");
        assertThatThrownBy(() -> new AnomalySettings(0.1, 100, 256, 1, AnomalySettings.Direction.NEVER))
                .hasMessage("minimumRows must be >= 2, got 1");
    }

    @Test
    void standardisedValuesStayFinite() {
        Standardisation scale = new Standardisation(new double[] {0, 1, 2}, new double[] {1e-300, 0, Double.NaN});
        assertThat(scale.standardise(0, 1e200)).isEqualTo(Double.MAX_VALUE);
        assertThat(scale.standardise(1, 5)).isZero();
        assertThat(scale.standardise(2, 5)).isZero();
    }

    /** In a torn book nobody stands near the mid, so that the slope of depth does not exist: that is no missing word. */
    @Test
    void aTornBookIsScoredThoughItsSlopeDoesNotExist() {
        int torn = 3500;
        Frame bars = TestBars.withBook(TestBars.bars(4000, TestBars.HOUR, 12), 0, 12);
        for (int row : new int[] {1500, torn}) {
            for (String side : new String[] {Columns.BOOK_BID_DEPTH, Columns.BOOK_ASK_DEPTH}) {
                bars = changed(bars, side + 10, row, 0);
                bars = changed(bars, side + 25, row, 0);
            }
            bars = changed(
                    bars, Columns.BOOK_ASK, row, bars.column(Columns.BOOK_BID).get(row) * 1.02);
        }
        Frame frame = model.indicators(bars);
        assertThat(frame.column(BookFeatures.DEPTH_SLOPE).get(torn)).isNaN();
        Scorer scorer = model.fit(frame.slice(TRAIN_FROM, TRAIN_TO), CONTEXT);
        Signal signal = scorer.score(frame.head(torn + 1));
        assertThat(signal.valid()).isTrue();
        assertThat(signal.alarm()).isTrue();
        assertThat(signal.sizeMultiplier()).isLessThan(0.5);
        assertThat(scorer.trainingSignal()[1500 - TRAIN_FROM])
                .isEqualTo(scorer.score(frame.head(1501)).value())
                .isNotZero();
        Frame without = model.indicators(changed(bars, Columns.BOOK_ASK, torn, Double.NaN));
        assertThat(scorer.score(without.head(torn + 1)).valid())
                .as("without a spread there is no book")
                .isFalse();
    }

    private static Frame changed(Frame bars, String column, int row, double value) {
        double[] values = bars.column(column).toArray();
        values[row] = value;
        return bars.with(column, values);
    }

    @Test
    void directionMayFollowTheOrderFlow() {
        AnomalySettings settings = new AnomalySettings(0.05, 100, 256, 100, AnomalySettings.Direction.BY_FLOW);
        SignalModel flow = AnomalyModel.of(settings);
        Frame frame = flow.indicators(TestBars.withBook(TestBars.bars(4000, TestBars.HOUR, 13), 0, 13));
        Scorer scorer = flow.fit(frame.slice(TRAIN_FROM, TRAIN_TO), CONTEXT);
        assertThat(scorer.summary().notes().get(0)).isEqualTo("profile = BOOK, role = DIRECTIONAL");
        assertThat(scorer.summary().notes().get(3)).contains(BookFeatures.FLOW_IMBALANCE);
        double mean = 0;
        for (int t = TRAIN_FROM; t < TRAIN_TO; t++) {
            double value = frame.column(BookFeatures.FLOW_IMBALANCE).get(t);
            mean += Double.isFinite(value) ? value : 0;
        }
        int alarms = 0;
        int agreeing = 0;
        for (int t = TRAIN_TO; t < 4000; t++) {
            Signal signal = scorer.score(frame.head(t + 1));
            if (signal.alarm()) {
                alarms++;
                double z = frame.column(BookFeatures.FLOW_IMBALANCE).get(t) - mean / (TRAIN_TO - TRAIN_FROM);
                agreeing += Math.signum(z) == Math.signum(signal.value()) ? 1 : 0;
            }
        }
        assertThat(alarms).isGreaterThan(20);
        // the mean here is of all rows, that of the model of the complete ones
        assertThat(agreeing).isGreaterThanOrEqualTo(alarms - 2);
    }

    @Test
    void everyWayIsFoundByItsName() {
        assertThat(Providers.named(Providers.models(), "anomaly-flow", "model").name())
                .isEqualTo("anomaly-flow");
        assertThat(Providers.named(Providers.models(), "anomaly-risk", "model").name())
                .isEqualTo("anomaly-risk");
        assertThat(Providers.named(Providers.models(), "anomaly-plain", "model").name())
                .isEqualTo("anomaly-plain");
    }

    @Test
    void byDefaultABookThatEmptiesScoresHigherThanAsItIs() {
        int empty = 3500;
        Frame bars = TestBars.withBook(TestBars.bars(4000, TestBars.HOUR, 14), 0, 14);
        Frame thin = bars;
        for (String name : bars.columnNames()) {
            if (name.startsWith(Columns.BOOK_BID_DEPTH) || name.startsWith(Columns.BOOK_ASK_DEPTH)) {
                thin = changed(thin, name, empty, bars.column(name).get(empty) / 1000);
            }
        }
        Frame frame = model.indicators(thin);
        Frame usual = model.indicators(bars);
        double[] gain = new double[2];
        for (boolean logarithms : new boolean[] {false, true}) {
            SignalModel either = AnomalyModel.of(AnomalySettings.defaults().withLogarithms(logarithms));
            Scorer scorer = either.fit(frame.slice(TRAIN_FROM, TRAIN_TO), CONTEXT);
            gain[logarithms ? 1 : 0] = scorer.score(frame.head(empty + 1)).level()
                    - scorer.score(usual.head(empty + 1)).level();
        }
        assertThat(gain[1]).isGreaterThan(gain[0]);
        assertThat(AnomalySettings.defaults().logarithms()).isTrue();
    }

    @Test
    void ratiosEnterByTheirLogarithmUnlessRefused() {
        assertThat(AnomalyInputs.shaped(BookFeatures.BID_DEPTH_RATIO + 25, 0.05, true))
                .isEqualTo(Math.log(0.05));
        assertThat(AnomalyInputs.shaped(BookFeatures.ASK_DEPTH_RATIO + 10, 0, true))
                .isEqualTo(Math.log(1e-3));
        assertThat(AnomalyInputs.shaped(BookFeatures.RELATIVE_SPREAD, 2e-4, true))
                .isEqualTo(Math.log(2e-4));
        assertThat(AnomalyInputs.shaped(BookFeatures.IMBALANCE + 5, 0.3, true)).isEqualTo(0.3);
        assertThat(AnomalyInputs.shaped(BookFeatures.RELATIVE_SPREAD, 2e-4, false))
                .isEqualTo(2e-4);
        assertThat(AnomalyInputs.shaped(BookFeatures.RELATIVE_SPREAD, Double.NaN, true))
                .isNaN();
        SignalModel asTheyAre = AnomalyModel.of(AnomalySettings.defaults().withLogarithms(false));
        Frame frame = model.indicators(TestBars.withBook(TestBars.bars(3000, TestBars.HOUR, 14), 0, 14));
        Scorer plain = asTheyAre.fit(frame.slice(TRAIN_FROM, TRAIN_TO), CONTEXT);
        Scorer shaped = model.fit(frame.slice(TRAIN_FROM, TRAIN_TO), CONTEXT);
        assertThat(shaped.score(frame).valid()).isEqualTo(plain.score(frame).valid());
        assertThat(shaped.score(frame).level()).isNotEqualTo(plain.score(frame).level());
        Frame bars = model.indicators(TestBars.bars(3000, TestBars.HOUR, 14));
        assertThat(asTheyAre.fit(bars.slice(TRAIN_FROM, TRAIN_TO), CONTEXT).score(bars))
                .as("bars alone are as they were")
                .isEqualTo(model.fit(bars.slice(TRAIN_FROM, TRAIN_TO), CONTEXT).score(bars));
    }
}
