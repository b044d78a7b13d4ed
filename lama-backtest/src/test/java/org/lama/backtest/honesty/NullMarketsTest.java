package org.lama.backtest.honesty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.data.MarketData;
import org.lama.core.market.Columns;
import org.lama.core.series.Frame;
import org.lama.core.series.Provenance;
import org.lama.core.series.TimeIndex;

final class NullMarketsTest {
    private static final long DAY = 86_400_000_000_000L;
    private static final PerfectTrader.Terms TERMS = new PerfectTrader.Terms(false, 0.0005, 0.4);

    /** Trending assets with a common factor: an edge that the null markets must not inherit. */
    static MarketData base(int assets, int rows) {
        double[] market = new double[rows];
        Rng common = Seeds.rng(77, 0);
        double scale = 0.02;
        for (int t = 0; t < rows; t++) {
            scale = 0.001 + 0.95 * scale * (0.7 + 0.6 * common.nextDouble());
            market[t] = 0.004 + scale * common.nextGaussian();
        }
        List<Frame> frames = new ArrayList<>();
        for (int a = 0; a < assets; a++) {
            Rng rng = Seeds.rng(77, a + 1);
            double[][] p = new double[5][rows];
            double last = 10 + a;
            for (int t = 0; t < rows; t++) {
                p[0][t] = last * Math.exp(0.001 * rng.nextGaussian());
                p[3][t] = p[0][t] * Math.exp(market[t] + 0.01 * rng.nextGaussian());
                p[1][t] = Math.max(p[0][t], p[3][t]) * (1 + 0.005 * rng.nextDouble());
                p[2][t] = Math.min(p[0][t], p[3][t]) / (1 + 0.005 * rng.nextDouble());
                p[4][t] = 1e6 * (1 + rng.nextDouble());
                last = p[3][t];
            }
            frames.add(Frame.of(
                            "A" + a,
                            TimeIndex.regular(0, DAY, rows),
                            DAY,
                            new Provenance(Provenance.Kind.SYNTHETIC, "test", "", ""))
                    .with(Columns.OPEN, p[0])
                    .with(Columns.HIGH, p[1])
                    .with(Columns.LOW, p[2])
                    .with(Columns.CLOSE, p[3])
                    .with(Columns.VOLUME, p[4]));
        }
        return new MarketData(frames, List.of(), List.of());
    }

    @ParameterizedTest
    @EnumSource(NullMarkets.Kind.class)
    void everyBarIsWholeAndEqualSeedsGiveEqualBits(NullMarkets.Kind kind) {
        NullMarkets markets = NullMarkets.of(base(3, 400));
        MarketData first = markets.draw(kind, 500, new NullMarkets.Plant(0.3, 0.8), 5);
        MarketData again = markets.draw(kind, 500, new NullMarkets.Plant(0.3, 0.8), 5);
        MarketData other = markets.draw(kind, 500, new NullMarkets.Plant(0.3, 0.8), 6);
        assertThat(first.symbols()).containsExactly("A0", "A1", "A2");
        for (String symbol : first.symbols()) {
            Frame frame = first.frame(symbol);
            assertThat(frame.size()).isEqualTo(500);
            double[] open = frame.column(Columns.OPEN).toArray();
            double[] high = frame.column(Columns.HIGH).toArray();
            double[] low = frame.column(Columns.LOW).toArray();
            double[] close = frame.column(Columns.CLOSE).toArray();
            for (int t = 0; t < open.length; t++) {
                assertThat(high[t]).isGreaterThanOrEqualTo(Math.max(open[t], close[t]));
                assertThat(low[t]).isPositive().isLessThanOrEqualTo(Math.min(open[t], close[t]));
                assertThat(frame.column(Columns.VOLUME).get(t)).isPositive().isFinite();
            }
            assertThat(close)
                    .containsExactly(again.frame(symbol).column(Columns.CLOSE).toArray());
            assertThat(close)
                    .isNotEqualTo(other.frame(symbol).column(Columns.CLOSE).toArray());
        }
        assertThat(first.quality()).hasSize(3);
    }

    @ParameterizedTest
    @EnumSource(NullMarkets.Kind.class)
    void noBodyAndNoGapHasAnExpectedReturn(NullMarkets.Kind kind) {
        MarketData market = NullMarkets.of(base(3, 600)).draw(kind, 40_000, NullMarkets.Plant.NONE, 9);
        for (Frame frame : market.frames()) {
            double[] open = frame.column(Columns.OPEN).toArray();
            double[] close = frame.column(Columns.CLOSE).toArray();
            double[] bodies = new double[open.length];
            double[] gaps = new double[open.length - 1];
            double[] following = new double[open.length - 1];
            for (int t = 0; t < open.length; t++) {
                bodies[t] = close[t] / open[t] - 1;
                if (t > 0) {
                    gaps[t - 1] = open[t] / close[t - 1] - 1;
                    following[t - 1] = bodies[t] * Math.signum(bodies[t - 1]);
                }
            }
            // Four standard errors; the third says that yesterday does not foretell today.
            assertThat(tValue(bodies)).isBetween(-4.0, 4.0);
            assertThat(tValue(gaps)).isBetween(-4.0, 4.0);
            assertThat(tValue(following)).isBetween(-4.0, 4.0);
        }
    }

    private static double tValue(double[] x) {
        double mean = 0;
        for (double v : x) {
            mean += v / x.length;
        }
        double square = 0;
        for (double v : x) {
            square += (v - mean) * (v - mean) / x.length;
        }
        return mean / Math.sqrt(square / x.length);
    }

    @ParameterizedTest
    @EnumSource(NullMarkets.Kind.class)
    void volatilityAndDependenceBetweenAssetsStay(NullMarkets.Kind kind) {
        MarketData base = base(3, 1_500);
        MarketData market = NullMarkets.of(base).draw(kind, 6_000, NullMarkets.Plant.NONE, 3);
        double[][] before = {moves(base, "A0"), moves(base, "A1")};
        double[][] after = {moves(market, "A0"), moves(market, "A1")};
        assertThat(deviation(after[0]) / deviation(before[0])).isBetween(0.85, 1.15);
        assertThat(correlation(after[0], after[1])).isCloseTo(correlation(before[0], before[1]), within(0.12));
        double[] sizes = new double[after[0].length];
        for (int t = 0; t < sizes.length; t++) {
            sizes[t] = Math.abs(after[0][t]);
        }
        assertThat(correlation(lagged(sizes, 0), lagged(sizes, 1)))
                .as("large moves follow large ones")
                .isGreaterThan(0.03);
    }

    private static double[] lagged(double[] x, int lag) {
        return java.util.Arrays.copyOfRange(x, 1 - lag, x.length - lag);
    }

    private static double[] moves(MarketData data, String symbol) {
        double[] open = data.frame(symbol).column(Columns.OPEN).toArray();
        double[] close = data.frame(symbol).column(Columns.CLOSE).toArray();
        double[] moves = new double[open.length];
        for (int t = 0; t < open.length; t++) {
            moves[t] = Math.log(close[t] / open[t]);
        }
        return moves;
    }

    private static double deviation(double[] x) {
        return Math.sqrt(MarketMoves.meanSquare(x));
    }

    private static double correlation(double[] x, double[] y) {
        double sum = 0;
        double mx = 0;
        double my = 0;
        for (int t = 0; t < x.length; t++) {
            mx += x[t] / x.length;
            my += y[t] / x.length;
        }
        double sx = 0;
        double sy = 0;
        for (int t = 0; t < x.length; t++) {
            sum += (x[t] - mx) * (y[t] - my);
            sx += (x[t] - mx) * (x[t] - mx);
            sy += (y[t] - my) * (y[t] - my);
        }
        return sum / Math.sqrt(sx * sy);
    }

    @Test
    void whoKnowsTheDriftEarnsTheMoreTheStrongerItIsAndLosesTheCostsWithoutOne() {
        NullMarkets markets = NullMarkets.of(base(3, 600));
        double last = Double.NEGATIVE_INFINITY;
        for (double strength : new double[] {0.02, 0.2, 0.5}) {
            NullMarkets.Plant plant = new NullMarkets.Plant(strength, 0.8);
            double mean = 0;
            for (int k = 0; k < 8; k++) {
                MarketData market = markets.draw(NullMarkets.Kind.GARCH, 1_500, plant, 40 + k);
                mean += PerfectTrader.sharpe(market, plant, 100, TERMS) / 8;
            }
            assertThat(mean).isGreaterThan(last);
            last = mean;
        }
        assertThat(last).isGreaterThan(3);
        NullMarkets.Plant believed = new NullMarkets.Plant(0.3, 0.8);
        double fooled = 0;
        for (int k = 0; k < 8; k++) {
            MarketData market = markets.draw(NullMarkets.Kind.BLOCK_BOOTSTRAP, 1_500, NullMarkets.Plant.NONE, 80 + k);
            fooled += PerfectTrader.sharpe(market, believed, 100, TERMS) / 8;
        }
        assertThat(fooled).isBetween(-2.5, 0.5);
    }

    @Test
    void gapsAndMissingPricesAreLeftOutAndTooFewRowsRefused() {
        MarketData whole = base(2, 300);
        double[] close = whole.frame("A1").column(Columns.CLOSE).toArray();
        close[50] = Double.NaN;
        MarketData holed = new MarketData(
                List.of(whole.frame("A0"), whole.frame("A1").with(Columns.CLOSE, close)), List.of(), List.of());
        assertThat(NullMarkets.of(whole).sourceRows()).isEqualTo(299);
        assertThat(NullMarkets.of(holed).sourceRows()).isEqualTo(297);
        assertThat(NullMarkets.of(holed).barDays()).isEqualTo(1);
        assertThatThrownBy(() -> NullMarkets.of(base(2, 150)))
                .hasMessageContaining("at least 200 bars")
                .hasMessageContaining("got 149")
                .hasMessageContaining("--symbols");
        assertThatThrownBy(() -> new NullMarkets.Plant(2.5, 0.5)).hasMessageContaining("strength must be in [0, 2]");
        assertThatThrownBy(() -> new NullMarkets.Plant(0.5, 1)).hasMessageContaining("persistence must be in [0, 1)");
    }

    @Test
    void withoutVolumeNoneIsMade() {
        Frame frame = base(1, 300).frames().get(0);
        Frame bare = Frame.of("A0", frame.index(), DAY, frame.provenance())
                .with(Columns.OPEN, frame.column(Columns.OPEN).toArray())
                .with(Columns.HIGH, frame.column(Columns.HIGH).toArray())
                .with(Columns.LOW, frame.column(Columns.LOW).toArray())
                .with(Columns.CLOSE, frame.column(Columns.CLOSE).toArray());
        MarketData market = NullMarkets.of(new MarketData(List.of(bare), List.of(), List.of()))
                .draw(NullMarkets.Kind.GARCH, 50, NullMarkets.Plant.NONE, 1);
        assertThat(market.frames().get(0).has(Columns.VOLUME)).isFalse();
    }

    @Test
    void aRisingMarketRisesByItsSharpeRatioAndIsTheSameOtherwise() {
        NullMarkets markets = NullMarkets.of(base(2, 400));
        var flat = markets.draw(NullMarkets.Kind.GARCH, 3000, NullMarkets.Plant.NONE, 5);
        var rising = markets.draw(NullMarkets.Kind.GARCH, 3000, NullMarkets.Plant.rising(3), 5);
        double[] one = flat.frames().get(0).column("close").toArray();
        double[] two = rising.frames().get(0).column("close").toArray();
        double perBar = Math.log(two[0] / one[0]);
        assertThat(perBar).isPositive();
        assertThat(Math.log(two[2999] / one[2999]))
                .isCloseTo(3000 * perBar, org.assertj.core.api.Assertions.within(1e-6));
        assertThat(rising.frames().get(0).provenance().source()).contains("rise 3.00");
        assertThatThrownBy(() -> NullMarkets.Plant.rising(6)).hasMessageContaining("rise");
    }
}
