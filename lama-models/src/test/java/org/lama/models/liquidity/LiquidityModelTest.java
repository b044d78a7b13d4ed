package org.lama.models.liquidity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.features.RollingRank;
import org.lama.core.features.RollingWindow;
import org.lama.core.market.Columns;
import org.lama.core.series.Frame;
import org.lama.core.signal.FitContext;
import org.lama.core.signal.FitStatus;
import org.lama.core.signal.Providers;
import org.lama.core.signal.Scorer;
import org.lama.core.signal.Signal;
import org.lama.core.signal.SignalModel;
import org.lama.models.anomaly.Attack;
import org.lama.models.anomaly.TestBars;

class LiquidityModelTest {
    private static final long DAY = Duration.ofDays(1).toNanos();
    private static final FitContext CONTEXT = FitContext.backtest(1);
    private static final int ROWS = 900;

    private final LiquiditySettings settings = LiquiditySettings.defaults();
    private final SignalModel model = LiquidityModel.of(settings);

    private static Frame daily(long seed) {
        return TestBars.bars(ROWS, DAY, seed);
    }

    @Test
    void scoreOfBarsIsTheMeanOfThreeRanksWithThreeQuartersCoverage() {
        Frame bars = daily(1);
        Frame out = model.indicators(bars);
        RollingWindow window = new RollingWindow(365, 90);
        double[] amihud = LiquidityComponent.AMIHUD.values(bars);
        double[] spread = LiquidityComponent.SPREAD.values(bars);
        double[] volume = LiquidityComponent.VOLUME.values(bars);
        RollingRank.rank(amihud, window, amihud);
        RollingRank.rank(spread, window, spread);
        RollingRank.rank(volume, window, volume);
        int compared = 0;
        for (int t = 0; t < ROWS; t++) {
            double expected = (1 - amihud[t] + 1 - spread[t] + volume[t]) / 3;
            if (Double.isFinite(expected)) {
                compared++;
                assertThat(out.column(LiquidityScore.SCORE).get(t)).isCloseTo(expected, within(1e-14));
                assertThat(out.column(LiquidityScore.COVERAGE).get(t)).isEqualTo(0.75);
            }
        }
        assertThat(compared).isGreaterThan(700);
        assertThat(out.column(LiquidityScore.SCORE).get(60))
                .as("less than 90 days")
                .isNaN();
        assertThat(out.column(LiquidityScore.COVERAGE).get(60)).isZero();
    }

    @Test
    void changeIsTheDifferenceOfScoresWhereTheComponentsAreTheSame() {
        Frame out = model.indicators(TestBars.withPool(daily(2), 2));
        int compared = 0;
        for (int t = 200; t < ROWS; t++) {
            double now = out.column(LiquidityScore.SCORE).get(t);
            double then = out.column(LiquidityScore.SCORE).get(t - 7);
            if (out.column(LiquidityScore.COVERAGE).get(t)
                            == out.column(LiquidityScore.COVERAGE).get(t - 7)
                    && out.column(LiquidityScore.COVERAGE).get(t) == 9 / 12.0) {
                compared++;
                assertThat(out.column(LiquidityScore.CHANGE_7D).get(t)).isCloseTo(now - then, within(1e-14));
            }
        }
        assertThat(compared).isGreaterThan(500);
    }

    @Test
    void componentThatAppearsMovesNoChange() {
        Frame bars = daily(3);
        double[] tvl = new double[ROWS];
        for (int t = 0; t < ROWS; t++) {
            tvl[t] = t < 400 ? Double.NaN : 1e6 * (t + 1);
        }
        LiquiditySettings onChain = settings.withProfile(LiquidityProfile.ON_CHAIN);
        Frame without = LiquidityScore.addTo(bars, onChain);
        Frame with = LiquidityScore.addTo(bars.with(Columns.POOL_TVL, tvl), onChain);
        int row = 491;
        assertThat(with.column(LiquidityScore.COVERAGE).get(row))
                .isGreaterThan(without.column(LiquidityScore.COVERAGE).get(row));
        assertThat(with.column(LiquidityScore.SCORE).get(row))
                .isNotEqualTo(without.column(LiquidityScore.SCORE).get(row));
        assertThat(with.column(LiquidityScore.CHANGE_7D).get(row))
                .isEqualTo(without.column(LiquidityScore.CHANGE_7D).get(row));
    }

    @Test
    void everyComponentPointsTowardsLiquidity() {
        Frame bars = TestBars.withPool(TestBars.withBook(daily(4), 0, 4), 4);
        double[] cap = new double[ROWS];
        Arrays.fill(cap, 1e9);
        bars = bars.with(Columns.MARKET_CAP, cap).with(Columns.CHAIN_TRANSFERS, cap);
        for (LiquidityComponent component : LiquidityComponent.values()) {
            assertThat(component.isIn(bars)).as(component.name()).isTrue();
            long present = Arrays.stream(component.values(bars))
                    .filter(Double::isFinite)
                    .count();
            assertThat(present).as(component.name()).isGreaterThan(800);
        }
        Frame out = model.indicators(bars);
        assertThat(out.column(LiquidityScore.COVERAGE).last()).isEqualTo(1);
        Frame thin = scaledTail(
                bars,
                0.2,
                Columns.POOL_TVL,
                Columns.POOL_RESERVE_QUOTE,
                Columns.POOL_COUNT,
                Columns.BOOK_BID_DEPTH + 50,
                Columns.BOOK_ASK_DEPTH + 50,
                Columns.VOLUME,
                Columns.POOL_VOLUME);
        assertThat(model.indicators(thin).column(LiquidityScore.SCORE).last())
                .isLessThan(out.column(LiquidityScore.SCORE).last());
        Frame concentrated = scaledTail(bars, 3, Columns.POOL_CONCENTRATION);
        assertThat(model.indicators(concentrated).column(LiquidityScore.SCORE).last())
                .isLessThan(out.column(LiquidityScore.SCORE).last());
    }

    private static Frame scaledTail(Frame bars, double by, String... columns) {
        Frame out = bars;
        for (String name : columns) {
            double[] values = bars.column(name).toArray();
            for (int t = values.length - 20; t < values.length; t++) {
                values[t] *= by;
            }
            out = out.with(name, values);
        }
        return out;
    }

    @Test
    void signalIsTanhOfHalfTheStandardisedChange() {
        Frame frame = model.indicators(daily(5));
        Frame train = frame.slice(300, 700);
        Scorer scorer = model.fit(train, CONTEXT);
        assertThat(scorer.status().converged()).isTrue();
        double mean = scorer.summary().values().getOrDefault("mean change over 7 days", Double.NaN);
        double deviation = scorer.summary().values().getOrDefault("standard deviation of the change", Double.NaN);
        double[] change = Arrays.stream(train.column(LiquidityScore.CHANGE_7D).toArray())
                .filter(Double::isFinite)
                .toArray();
        assertThat(mean).isCloseTo(Arrays.stream(change).average().orElseThrow(), within(0.01));
        for (int t = 700; t < ROWS; t++) {
            Signal signal = scorer.score(frame.head(t + 1));
            double z = (frame.column(LiquidityScore.CHANGE_7D).get(t) - mean) / deviation;
            if (Double.isFinite(z) && frame.column(LiquidityScore.COVERAGE).get(t) >= 0.5) {
                assertThat(signal.value()).isCloseTo(Math.tanh(z / 2), within(1e-14));
                assertThat(signal.confidence()).isBetween(0.5, 0.75);
                assertThat(signal.level())
                        .isEqualTo(frame.column(LiquidityScore.SCORE).get(t));
                assertThat(signal.role()).isEqualTo(Signal.Role.DIRECTIONAL);
            }
        }
        double[] training = scorer.trainingSignal();
        for (int r = 0; r < training.length; r++) {
            Signal signal = scorer.score(frame.head(301 + r));
            if (Double.isNaN(training[r])) {
                assertThat(signal.confidence()).isZero();
            } else {
                assertThat(training[r]).isEqualTo(signal.value());
            }
        }
    }

    @Test
    void littleCoverageMeansNoConfidence() {
        SignalModel onChain = LiquidityModel.of(settings.withProfile(LiquidityProfile.ON_CHAIN));
        Frame frame = onChain.indicators(daily(6));
        Scorer scorer = onChain.fit(frame.slice(300, 700), CONTEXT);
        assertThat(scorer.status().outcome()).isEqualTo(FitStatus.Outcome.FALLBACK_RW);
        assertThat(scorer.status().reason()).startsWith("0 rows have a change over seven days with enough coverage");
        Signal signal = scorer.score(frame);
        assertThat(signal.valid()).isTrue();
        assertThat(signal.confidence()).isZero();
        assertThat(signal.value()).isZero();
        assertThat(signal.level()).isBetween(0.0, 1.0);
        assertThat(scorer.summary().notes().get(0))
                .startsWith("profile = ON_CHAIN")
                .contains("POOL_TVL");
    }

    @Test
    void frozenMarketIsNeutralWithAReason() {
        double[] one = new double[ROWS];
        Arrays.fill(one, 1);
        Frame bars = daily(7);
        for (String name : bars.columnNames()) {
            bars = bars.with(name, one);
        }
        Frame frame = model.indicators(bars);
        Scorer scorer = model.fit(frame.slice(300, 700), CONTEXT);
        assertThat(scorer.status().reason())
                .isEqualTo("the change over seven days does not vary in the training window");
        assertThat(scorer.score(frame).value()).isZero();
    }

    @Test
    void emptyAndStrangeFramesAreMissing() {
        Frame frame = model.indicators(daily(8));
        Scorer scorer = model.fit(frame.slice(300, 700), CONTEXT);
        assertThat(scorer.score(frame.slice(0, 0)).valid()).isFalse();
        assertThat(scorer.score(daily(8)).valid()).isFalse();
        assertThat(scorer.score(frame.head(10)).valid()).isFalse();
        Scorer none = model.fit(daily(8).slice(0, 0), CONTEXT);
        assertThat(none.status().converged()).isFalse();
        assertThat(none.trainingSignal()).isEmpty();
        Frame nothing = Frame.of("X", frame.index(), DAY, frame.provenance());
        assertThat(model.indicators(nothing).column(LiquidityScore.SCORE).toArray())
                .containsOnly(Double.NaN);
    }

    @Test
    void profileComesFromColumnsNotFromValues() {
        double[] missing = new double[ROWS];
        Arrays.fill(missing, Double.NaN);
        assertThat(LiquidityProfile.of(daily(9))).isEqualTo(LiquidityProfile.EXCHANGE_ONLY);
        assertThat(LiquidityProfile.of(daily(9).with(Columns.POOL_TVL, missing)))
                .isEqualTo(LiquidityProfile.ON_CHAIN);
    }

    @ParameterizedTest
    @EnumSource
    void futureMovesNoEarlierSignal(Attack attack) {
        Frame bars = TestBars.withPool(TestBars.withBook(daily(10), 0, 10), 10);
        Frame whole = model.indicators(bars);
        Scorer scorer = model.fit(whole.slice(250, 600), CONTEXT);
        Rng rng = Seeds.rng(33, 0);
        for (int i = 0; i < 20; i++) {
            int cut = 601 + rng.nextInt(ROWS - 601);
            Frame attacked = model.indicators(attack.apply(bars, cut));
            Scorer again = model.fit(attacked.slice(250, 600), CONTEXT);
            assertThat(again.trainingSignal()).containsExactly(scorer.trainingSignal());
            for (int t = 0; t < cut; t++) {
                assertThat(again.score(attacked.head(t + 1))).isEqualTo(scorer.score(whole.head(t + 1)));
            }
        }
    }

    @Test
    void modelIsFoundByItsName() {
        assertThat(Providers.named(Providers.models(), "liquidity", "model")).isInstanceOf(LiquidityModel.class);
        assertThat(LiquidityModel.DEFAULT_WEIGHT).isEqualTo(0.15);
    }

    @Test
    void settingsAreChecked() {
        assertThatThrownBy(() -> new LiquiditySettings(Optional.empty(), Duration.ofDays(1), Duration.ofDays(2), 0.5))
                .hasMessage("rankWindow must be >= rankMinimum PT48H, got PT24H");
        assertThatThrownBy(() -> new LiquiditySettings(Optional.empty(), Duration.ofDays(1), Duration.ZERO, 0.5))
                .hasMessage("rankMinimum must be > 0, got PT0S");
        assertThatThrownBy(() -> new LiquiditySettings(Optional.empty(), Duration.ofDays(1), Duration.ofDays(1), 2))
                .hasMessageContaining("minimumCoverage must be in");
    }
}
