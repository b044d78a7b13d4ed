package org.lama.core.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class KernelsTest {
    private static final double NAN = Double.NaN;
    private static final double LAST_DIGITS = 1e-14; // a handful of roundings

    @Test
    void logReturnIsMissingBesideAMissingOrImpossiblePrice() {
        double[] out = new double[6];
        Returns.log(new double[] {1, Math.E, NAN, 2, 0, 2}, out);
        assertThat(out[1]).isCloseTo(1, within(LAST_DIGITS));
        assertThat(new double[] {out[0], out[2], out[3], out[4], out[5]}).containsOnly(NAN);
    }

    @Test
    void logReturnOverSeveralBarsAddsUp() {
        double[] price = {1, 2, 4, 8, 16};
        double[] out = new double[5];
        Returns.log(price, 3, out);
        assertThat(out[2]).isNaN();
        assertThat(out[4]).isCloseTo(3 * Math.log(2), within(LAST_DIGITS));
        Returns.log(price, price);
        assertThat(price[4]).isCloseTo(Math.log(2), within(LAST_DIGITS));
        assertThatThrownBy(() -> Returns.log(out, 0, out)).hasMessage("lagBars must be >= 1, got 0");
    }

    @Test
    void ewmaOfConstantSizeIsThatSizeAndGapsAgeNothing() {
        double[] out = new double[6];
        Volatility.ewma(new double[] {NAN, 0.1, -0.1, NAN, 0.1, -0.1}, 2, out);
        assertThat(Arrays.copyOf(out, 2)).containsOnly(NAN);
        for (int t = 2; t < 6; t++) {
            assertThat(out[t]).isCloseTo(0.1, within(LAST_DIGITS));
        }
        assertThat(out[3]).isEqualTo(out[2]);
    }

    @Test
    void ewmaHalvesTheWeightOfAReturnInItsHalfLife() {
        double[] out = new double[2];
        Volatility.ewma(new double[] {0, 1}, 1, out);
        assertThat(out[1]).isCloseTo(Math.sqrt(1 / 1.5), within(LAST_DIGITS));
        assertThatThrownBy(() -> Volatility.ewma(out, NAN, out))
                .hasMessage("halfLifeBars must be finite and > 0, got NaN");
    }

    @Test
    void parkinsonOfAFixedRangeIsItsFormula() {
        double[] out = new double[3];
        Volatility.parkinson(new double[] {2, 2, 1}, new double[] {1, 1, 2}, new RollingWindow(2, 1), out);
        double expected = Math.log(2) / Math.sqrt(4 * Math.log(2));
        assertThat(out[0]).isCloseTo(expected, within(LAST_DIGITS));
        assertThat(out[2]).as("high below low is skipped").isCloseTo(expected, within(LAST_DIGITS));
    }

    @Test
    void candleRatiosAddUpToTheWholeBar() {
        double[][] bars = {{10, 5, 10}, {14, 5, 9}, {9, 5, 8}, {12, 5, 8.5}};
        double[] body = new double[3];
        double[] upper = new double[3];
        double[] lower = new double[3];
        Candles.body(bars, body);
        Candles.upperWick(bars, upper);
        Candles.lowerWick(bars, lower);
        assertThat(body).containsExactly(0.4, 0, NAN);
        assertThat(upper).containsExactly(0.4, 0, NAN);
        assertThat(lower).containsExactly(0.2, 0, NAN);
        assertThatThrownBy(() -> Candles.body(new double[3][3], body))
                .hasMessage("bars must be open, high, low and close, got 3 columns");
    }

    @Test
    void gapComparesWithTheLastClose() {
        double[] out = new double[3];
        Candles.gap(new double[] {1, 2, 3}, new double[] {1, 3, 3}, out);
        assertThat(out[0]).isNaN();
        assertThat(out[1]).isCloseTo(Math.log(2), within(LAST_DIGITS));
        assertThat(out[2]).isEqualTo(0);
        Candles.gap(new double[0], new double[0], new double[0]);
    }

    @Test
    void amihudIsReturnPerQuoteVolumeAndMissingWithoutTrade() {
        double[] out = new double[4];
        Illiquidity.amihud(new double[] {100, 110, 110, 121}, new double[] {1, 2, 0, 1}, out);
        assertThat(out[1]).isCloseTo(0.1 / 220, within(1e-17));
        assertThat(out[0]).isNaN();
        assertThat(out[2]).isNaN();
        assertThat(out[3]).isCloseTo(0.1 / 121, within(1e-17));
    }

    @Test
    void corwinSchultzFindsThePureSpreadOfAnUnmovedPrice() {
        double[] high = {101, 101};
        double[] low = {99, 99};
        double[] out = new double[2];
        Illiquidity.corwinSchultz(high, low, out);
        assertThat(out[0]).isNaN();
        assertThat(out[1])
                .isCloseTo(2 * (101.0 / 99 - 1) / (1 + 101.0 / 99), within(1e-12)); // equation 18 at α = ln(H/L)
    }

    @Test
    void corwinSchultzClipsAtZeroAndRefusesBadBars() {
        double[] out = new double[2];
        Illiquidity.corwinSchultz(new double[] {101, 111}, new double[] {99, 109}, out);
        assertThat(out[1]).isEqualTo(0);
        Illiquidity.corwinSchultz(new double[] {101, 90}, new double[] {99, 91}, out);
        assertThat(out[1]).as("high below low").isNaN();
        Illiquidity.corwinSchultz(new double[] {101, 90}, new double[] {0, 80}, out);
        assertThat(out[1]).as("price of 0 in the bar before").isNaN();
    }

    @Test
    void poolSlippageIsTheShareOfTheQuoteReserve() {
        assertThat(ConstantProduct.slippage(1e6, 1e4)).isEqualTo(0.01);
        assertThat(ConstantProduct.slippage(0, 1e4)).isNaN();
        assertThat(ConstantProduct.notional(1e6, 0.0025)).isEqualTo(2500);
        assertThat(ConstantProduct.notional(NAN, 0.0025)).isNaN();
        double base = 50;
        double quote = 1e6;
        double bought = base - base * quote / (quote + 1e4); // the swap itself, k kept
        assertThat(1e4 / bought / (quote / base) - 1).isCloseTo(ConstantProduct.slippage(quote, 1e4), within(1e-12));
        double[] out = new double[2];
        ConstantProduct.slippage(new double[] {1e6, -1}, 1e5, out);
        assertThat(out).containsExactly(0.1, NAN);
    }

    @Test
    void exchangeCapIsTheTighterOfVolumeAndSlippage() {
        LiquidityCap cap = LiquidityCap.defaults();
        assertThat(cap.exchange(1e6, NAN, NAN)).isEqualTo(1e4);
        assertThat(cap.exchange(1e6, 0.05, 0)).isCloseTo(0.05 * 0.05 * 1e6, within(1e-9));
        assertThat(cap.exchange(1e6, 0.0, 0.0)).isEqualTo(1e4);
        assertThat(cap.exchange(1e6, 0.01, 0.01))
                .as("half of the spread is too much")
                .isEqualTo(0);
        assertThat(cap.exchange(0, 0.01, 0)).isEqualTo(0);
        assertThat(cap.exchange(NAN, 0.01, 0)).isNaN();
    }

    @Test
    void poolCapIsTheTighterOfVolumeAndReserve() {
        LiquidityCap cap = LiquidityCap.defaults();
        assertThat(cap.pool(1e6, 1e6)).isEqualTo(2500);
        assertThat(cap.pool(1e4, 1e6)).isEqualTo(100);
        assertThat(cap.pool(NAN, 1e6)).isEqualTo(2500);
        assertThat(cap.pool(NAN, NAN)).isNaN();
    }

    @Test
    void tighterCapNeverAllowsMore() {
        LiquidityCap wide = new LiquidityCap(0.02, 50e-4);
        LiquidityCap tight = LiquidityCap.defaults();
        for (double volatility = 0; volatility < 0.2; volatility += 0.01) {
            assertThat(tight.exchange(1e6, volatility, 1e-3)).isLessThanOrEqualTo(wide.exchange(1e6, volatility, 1e-3));
        }
        assertThatThrownBy(() -> new LiquidityCap(1.5, 0.1)).hasMessageContaining("maxParticipation must be in [0, 1]");
        assertThatThrownBy(() -> new LiquidityCap(0.1, NAN)).hasMessageContaining("maxSlippage must be finite and > 0");
    }

    @Test
    void bookMeasuresOfAKnownSnapshot() {
        double[] bid = {99, 100, 100, 0};
        double[] ask = {101, 100, NAN, 1};
        double[] out = new double[4];
        OrderBook.relativeSpread(bid, ask, out);
        assertThat(out).as("crossed, locked and missing books are missing").containsExactly(0.02, NAN, NAN, NAN);
        OrderBook.mid(bid, ask, out);
        assertThat(out).containsExactly(100, NAN, NAN, NAN);
        double[] imbalance = new double[4];
        OrderBook.imbalance(new double[] {3, 0, -1, 0}, new double[] {1, 2, 1, 0}, imbalance);
        assertThat(imbalance).containsExactly(0.5, -1, NAN, NAN);
        OrderBook.micropriceOffset(bid, ask, imbalance, out);
        double microprice = (101 * 3 + 99 * 1) / 4.0;
        assertThat(out[0]).isCloseTo((microprice - 100) / 100, within(LAST_DIGITS));
    }

    @Test
    void flowImbalanceSeesWhatCameAndWent() {
        double[][] prices = {{99, 99, 100, 100, 99}, {101, 101, 101, 102, 102}};
        double[][] sizes = {{10, 14, 6, 6, 5}, {10, 8, 8, 3, 3}};
        double[] out = new double[5];
        OrderBook.flowImbalance(prices, sizes, out);
        assertThat(out[0]).isNaN();
        assertThat(out[1]).isCloseTo((14 - 10 - 8 + 10) / (0.25 * 42), within(LAST_DIGITS));
        assertThat(out[2]).as("the bid rose").isCloseTo((6 - 8 + 8) / (0.25 * 36), within(LAST_DIGITS));
        assertThat(out[3]).as("the ask rose").isCloseTo((6 - 6 + 8) / (0.25 * 23), within(LAST_DIGITS));
        assertThat(out[4]).as("the bid fell").isCloseTo((-6 - 3 + 3) / (0.25 * 17), within(LAST_DIGITS));
        prices[0][3] = 103;
        OrderBook.flowImbalance(prices, sizes, out);
        assertThat(Arrays.copyOfRange(out, 3, 5)).as("crossed").containsOnly(NAN);
        assertThatThrownBy(() -> OrderBook.flowImbalance(new double[1][5], sizes, out))
                .hasMessage("prices and sizes must be bid and ask");
    }

    @Test
    void depthSlopeIsTheExponent() {
        double[] out = new double[2];
        OrderBook.depthSlope(new double[] {100, 0}, new double[] {625, 1}, new double[] {2500, 1}, out);
        assertThat(out[0]).isCloseTo(2, within(LAST_DIGITS));
        assertThat(out[1]).isNaN();
    }
}
