package org.lama.core.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.market.Columns;
import org.lama.core.series.Frame;
import org.lama.core.series.Provenance;
import org.lama.core.series.TimeIndex;

class TradingConditionsTest {
    private static final long DAY = 86_400_000_000_000L;
    private static final TradingConditions DEFAULT = TradingConditions.DEFAULT;
    private static final double VOLATILITY_DAY = 0.04;

    /** Trades at a random walk's price that bounce between bid and ask, gathered into bars. */
    private static Frame bars(int rows, long barNanos, double spread, int trades, long seed) {
        Rng rng = Seeds.rng(seed, 0);
        double step = VOLATILITY_DAY * Math.sqrt((double) barNanos / DAY / trades);
        double[][] prices = new double[4][rows];
        double log = Math.log(100);
        for (int t = 0; t < rows; t++) {
            prices[1][t] = 0;
            prices[2][t] = Double.POSITIVE_INFINITY;
            for (int k = 0; k < trades; k++) {
                log += step * rng.nextGaussian();
                double trade = Math.exp(log) * (1 + (rng.nextDouble() < 0.5 ? 0.5 : -0.5) * spread);
                prices[0][t] = k == 0 ? trade : prices[0][t];
                prices[1][t] = Math.max(prices[1][t], trade);
                prices[2][t] = Math.min(prices[2][t], trade);
                prices[3][t] = trade;
            }
        }
        return frame(barNanos, rows)
                .with(Columns.OPEN, prices[0])
                .with(Columns.HIGH, prices[1])
                .with(Columns.LOW, prices[2])
                .with(Columns.CLOSE, prices[3]);
    }

    private static Frame frame(long barNanos, int rows) {
        return Frame.of(
                "A",
                TimeIndex.regular(0, barNanos, rows),
                barNanos,
                new Provenance(Provenance.Kind.SYNTHETIC, "test", "", ""));
    }

    /** Mean and root mean squared error of the estimate after a year, in basis points. */
    private static double[] bias(long barNanos, double spread, int trades, int markets) {
        int rows = (int) (366 * DAY / barNanos);
        double sum = 0;
        double squares = 0;
        for (int m = 0; m < markets; m++) {
            double error = DEFAULT.spread(bars(rows, barNanos, spread, trades, 1000 + m))[rows - 1] - spread;
            sum += 1e4 * error;
            squares += 1e8 * error * error;
        }
        return new double[] {sum / markets, Math.sqrt(squares / markets)};
    }

    @Test
    void dailyBarsShowNoSpreadWhereThereIsNoneAndAWideOneWhereItIs() {
        // one in twenty passes by chance, with about 40 bp each: 2 bp on average
        assertThat(bias(DAY, 1e-4, 60, 40)[0]).isBetween(-1.0, 6.0);
        double[] wide = bias(DAY, 100e-4, 60, 40);
        assertThat(wide[0]).isBetween(-15.0, 10.0);
        assertThat(wide[1]).isLessThan(35);
    }

    @Test
    void hourlyBarsResolveTwentyBasisPoints() {
        double[] twenty = bias(DAY / 24, 20e-4, 20, 6);
        assertThat(twenty[0]).isBetween(-4.0, 4.0);
        assertThat(bias(DAY / 24, 1e-4, 20, 6)[0]).isBetween(-1.0, 4.0);
    }

    /** The table of docs/models/costs.md. */
    @Tag("slow")
    @ParameterizedTest
    @CsvSource({"1, 1, 9", "5, -2, 10", "20, -15, 21", "100, -3, 17"})
    void theTableOfThePageHolds(double spreadBps, double meanError, double rootMeanSquare) {
        double[] measured = bias(DAY, spreadBps * 1e-4, 390, 200);
        assertThat(measured[0]).isCloseTo(meanError, within(5.0));
        assertThat(measured[1]).isCloseTo(rootMeanSquare, within(8.0));
    }

    @Test
    void aQuoteIsTakenAsItIsAndGapsInItFallBack() {
        int rows = 100;
        double[] bid = new double[rows];
        double[] ask = new double[rows];
        Arrays.fill(bid, 99.95);
        Arrays.fill(ask, 100.05);
        bid[50] = Double.NaN;
        ask[51] = 99; // crossed
        Frame bars = bars(rows, DAY, 0.0001, 20, 3);
        double[] estimated = DEFAULT.spread(bars);
        double[] spread = DEFAULT.spread(bars.with(Columns.BOOK_BID, bid).with(Columns.BOOK_ASK, ask));
        assertThat(spread[49]).isCloseTo(0.0010, within(1e-15));
        assertThat(spread[50]).isEqualTo(estimated[50]).isNotNaN();
        assertThat(spread[51]).isEqualTo(estimated[51]).isNotNaN();
        assertThat(spread[0]).isCloseTo(0.0010, within(1e-15));
    }

    @Test
    void theVolatilityIsThatOfADayWhateverTheBars() {
        assertThat(DEFAULT.volatilityDay(bars(400, DAY, 0, 20, 4))[399]).isCloseTo(VOLATILITY_DAY, within(0.02));
        assertThat(DEFAULT.volatilityDay(bars(4000, DAY / 24, 0, 5, 4))[3999]).isCloseTo(VOLATILITY_DAY, within(0.005));
        assertThat(DEFAULT.volatilityDay(bars(60, 7 * DAY, 0, 20, 4))[59]).isCloseTo(VOLATILITY_DAY, within(0.02));
    }

    @Test
    void nothingIsKnownBeforeTheWarmUpAndWithoutThePrices() {
        Frame bars = DEFAULT.addTo(bars(60, DAY, 0.001, 20, 5));
        double[] spread = bars.column(TradingConditions.SPREAD).toArray();
        double[] volatility = bars.column(TradingConditions.VOLATILITY_DAY).toArray();
        assertThat(spread[29]).isNaN(); // 30 pairs are there at row 30, the week's renewal at row 34
        assertThat(spread[33]).isNaN();
        assertThat(spread[34]).isNotNaN();
        assertThat(volatility[9]).isNaN();
        assertThat(volatility[10]).isNotNaN();
        double[] close = new double[50];
        Arrays.fill(close, 3);
        Frame closes = frame(DAY, 50).with(Columns.CLOSE, close);
        assertThat(DEFAULT.spread(closes)).containsOnly(Double.NaN);
        assertThat(DEFAULT.volatilityDay(closes)[49]).isZero();
        assertThat(DEFAULT.addTo(bars.head(0)).size()).isZero();
    }

    @Test
    void theFutureMovesNoBitOfThePast() {
        Frame bars = bars(200, DAY, 0.005, 20, 6);
        Frame whole = DEFAULT.addTo(bars);
        for (int cut = 1; cut < 200; cut += 13) {
            Frame part = DEFAULT.addTo(bars.head(cut));
            for (String name : new String[] {TradingConditions.SPREAD, TradingConditions.VOLATILITY_DAY}) {
                assertThat(part.column(name).toArray())
                        .isEqualTo(Arrays.copyOf(whole.column(name).toArray(), cut));
            }
        }
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        Duration day = Duration.ofDays(1);
        assertThatThrownBy(() -> new TradingConditions(Duration.ZERO, 1, day, day))
                .hasMessageContaining("> 0");
        assertThatThrownBy(() -> new TradingConditions(day, -1, day, day)).hasMessageStartingWith("errors");
    }
}
