package org.lama.backtest.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lama.core.market.CostModel;

class FlatCostTest {
    private static final FlatCost COST = new FlatCost(0.0010, 0.0005);

    @Test
    void aRoundTripAtAFlatPriceLosesThirtyBasisPointsPerUnit() {
        for (double price : new double[] {1e-8, 1, 30_000, 1e9}) {
            double bought = price * (1 + COST.slippage(0.1, 0.01, 0.02));
            double sold = price * (1 - COST.slippage(0.1, 0.01, 0.02));
            double paid = bought + bought * COST.feeRate(CostModel.Role.TAKER, 0);
            double received = sold - sold * COST.feeRate(CostModel.Role.MAKER, 1e9);
            // 1.0005·1.001 − 0.9995·0.999 = 0.003 exactly; tolerance: a handful of roundings of numbers near the price
            assertThat((paid - received) / price).isCloseTo(0.0030, within(1e-15));
            assertThat(1 - received / paid).isCloseTo(0.0029955, within(1e-7));
        }
    }

    @Test
    void multiplesScaleBothParts() {
        assertThat(COST.scaled(3)).isEqualTo(new FlatCost(0.0030, 0.0015));
        assertThat(COST.scaled(0)).isEqualTo(FlatCost.NONE);
        assertThat(COST.scaled(1)).isEqualTo(FlatCost.DEFAULT);
        assertThatThrownBy(() -> COST.scaled(-1)).hasMessage("multiple must be finite and >= 0, got -1");
    }

    @Test
    void saysWhatItAssumes() {
        assertThat(COST.describe()).isEqualTo("commission 0.10 %, slippage 0.05 % per fill and side");
    }

    @Test
    void fractionsOutsideOfTheUnitIntervalAreRefused() {
        assertThatThrownBy(() -> new FlatCost(Double.NaN, 0)).hasMessage("commission must be in [0, 1), got NaN");
        assertThatThrownBy(() -> new FlatCost(0, 1)).hasMessage("slippage must be in [0, 1), got 1.0");
    }
}
