package org.lama.core.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import org.junit.jupiter.api.Test;
import org.lama.core.features.ConcentratedLiquidity.Bounds;
import org.lama.core.features.ConcentratedLiquidity.Ranges;

/** Swaps in pools with ranges, against a swap cut into 400,000 pieces (Python, independent of these formulas). */
class ConcentratedLiquidityTest {
    private static final Ranges POOL =
            Ranges.of(new double[] {1500, 1900, 2000, 2100, 2500}, new double[] {1000, 4000, -2000, 3000, -6000});

    @Test
    void slippageAcrossRangesIsThatOfManySmallSwaps() {
        // tolerance: rounding of 400,000 additions in the oracle
        assertThat(POOL.slippage(1950, 10_000)).isCloseTo(0.05515963360636267, offset(1e-11));
        assertThat(POOL.slippage(1950, 4_000)).isCloseTo(0.0191644038306098, offset(1e-11));
        assertThat(POOL.slippage(1950, 20_000)).isCloseTo(0.09925798754576931, offset(1e-11));
    }

    @Test
    void withinARangeThePoolIsAConstantProduct() {
        double expected = ConstantProduct.slippage(ConcentratedLiquidity.virtualQuote(5000, 1950), 1000);
        assertThat(POOL.slippage(1950, 1000)).isCloseTo(expected, offset(1e-13));
        Bounds bounds = ConcentratedLiquidity.slippage(5000, 1950, 2000, 1000);
        assertThat(bounds.exact()).isTrue();
        assertThat(bounds.atLeast()).isEqualTo(expected);
    }

    @Test
    void beyondTheRangeTheBoundHolds() {
        Bounds bounds = ConcentratedLiquidity.slippage(5000, 1950, 2000, 10_000);
        assertThat(bounds.exact()).isFalse();
        assertThat(bounds.atLeast()).isLessThan(POOL.slippage(1950, 10_000)).isPositive();
        assertThat(bounds.ifContinued()).isEqualTo(10_000 / ConcentratedLiquidity.virtualQuote(5000, 1950));
    }

    @Test
    void costsRiseWithTheNotionalAndEndWhereThePoolDoes() {
        double before = 0;
        for (double notional = 100; notional < 30_000; notional *= 1.3) {
            double now = POOL.slippage(1950, notional);
            assertThat(now).isGreaterThan(before);
            before = now;
        }
        assertThat(POOL.slippage(1950, 1e9)).isNaN();
        assertThat(POOL.slippage(Double.NaN, 1)).isNaN();
        // below the first range nothing is offered until the price has jumped to it
        assertThat(POOL.slippage(1000, 100)).isGreaterThan(0.5);
    }

    @Test
    void missingAndSenselessArgumentsAreNamed() {
        assertThat(ConcentratedLiquidity.virtualQuote(0, 1)).isNaN();
        assertThat(ConcentratedLiquidity.virtualBase(1, Double.NaN)).isNaN();
        assertThat(ConcentratedLiquidity.capacity(1, 2, 1)).isNaN();
        assertThat(ConcentratedLiquidity.slippage(Double.NaN, 1, 2, 1).atLeast())
                .isNaN();
        assertThat(ConcentratedLiquidity.liquidity(1e12, 18, 6)).isEqualTo(1);
        assertThatThrownBy(() -> ConcentratedLiquidity.slippage(1, 1, 2, 0)).hasMessageContaining("notional");
        assertThatThrownBy(() -> Ranges.of(new double[] {2, 1}, new double[2])).hasMessageContaining("ascend");
        assertThatThrownBy(() -> Ranges.of(new double[] {2}, new double[2])).hasMessageContaining("changes");
    }
}
