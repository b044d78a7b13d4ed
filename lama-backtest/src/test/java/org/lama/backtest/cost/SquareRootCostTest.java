package org.lama.backtest.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.market.CostModel;
import org.lama.core.market.CostModel.Role;

class SquareRootCostTest {
    private static final SquareRootCost COST = SquareRootCost.DEFAULT;
    private static final double NAN = Double.NaN;

    @Test
    void addsHalfTheSpreadAndTheImpactOfTheSquareRootLaw() {
        // ½ · 20 bp + 4 % · √1 % = 10 bp + 40 bp
        assertThat(COST.slippage(0.01, 0.0020, 0.04)).isCloseTo(0.0050, within(1e-17));
        // ½ · 2 bp + 4 % · √1e-6 = 1 bp + 0.4 bp is below the floor
        assertThat(COST.slippage(1e-6, 0.0002, 0.04)).isEqualTo(0.0005);
        assertThat(COST.withImpact(2).slippage(0.01, 0, 0.04)).isCloseTo(0.0080, within(1e-17));
    }

    @Test
    void whatIsUnknownLeavesOutItsPart() {
        for (double unknown : new double[] {NAN, -1, Double.NEGATIVE_INFINITY}) {
            assertThat(COST.slippage(unknown, 0.01, 0.04)).isEqualTo(0.005);
            assertThat(COST.slippage(0.01, unknown, 0.04)).isCloseTo(0.004, within(1e-18));
            assertThat(COST.slippage(0.01, 0.01, unknown)).isEqualTo(0.005);
            assertThat(COST.slippage(unknown, unknown, unknown)).isEqualTo(0.0005);
        }
        assertThat(COST.slippage(0.01, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY))
                .isEqualTo(0.0005);
    }

    @Test
    void theLawHasNoEndAndNoPriceWhereNothingWasTraded() {
        assertThat(COST.slippage(Double.POSITIVE_INFINITY, 0, 0.04)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(COST.slippage(Double.POSITIVE_INFINITY, 0.002, 0)).isEqualTo(0.001);
        assertThat(COST.withImpact(0).slippage(Double.POSITIVE_INFINITY, 0.002, 0.04))
                .isEqualTo(0.001);
        assertThat(COST.slippage(1e12, 0, 0.04)).isEqualTo(0.04e6);
    }

    @Test
    void costsMoreForMoreOfEachAndIsAlwaysFiniteAndNotBelowTheFloor() {
        Rng rng = Seeds.rng(7, 1);
        for (int i = 0; i < 10_000; i++) {
            double participation = rng.nextDouble() * 200;
            double spread = rng.nextDouble() * 0.1;
            double sigma = rng.nextDouble() * 0.5;
            double base = COST.slippage(participation, spread, sigma);
            assertThat(base).isBetween(COST.floor(), 0.05 + 0.5 * Math.sqrt(200));
            assertThat(COST.slippage(participation * 1.5, spread, sigma)).isGreaterThanOrEqualTo(base);
            assertThat(COST.slippage(participation, spread * 1.5, sigma)).isGreaterThanOrEqualTo(base);
            assertThat(COST.slippage(participation, spread, sigma * 1.5)).isGreaterThanOrEqualTo(base);
        }
    }

    @Test
    void aMultipleMultipliesEveryPart() {
        SquareRootCost triple = COST.scaled(3);
        assertThat(triple.slippage(0.01, 0.002, 0.04)).isCloseTo(3 * COST.slippage(0.01, 0.002, 0.04), within(1e-16));
        assertThat(triple.slippage(NAN, NAN, NAN)).isEqualTo(3 * 0.0005);
        assertThat(triple.feeRate(Role.TAKER, 0)).isEqualTo(0.0030);
        assertThat(COST.scaled(0).slippage(0.01, 0.002, 0.04)).isZero();
        assertThat(COST.scaled(0).dependsOnMarket()).isFalse();
        assertThat(COST.scaled(1)).isEqualTo(COST);
    }

    @Test
    void withoutImpactAndSpreadItIsTheFlatModel() {
        CostModel flat = new SquareRootCost(FeeSchedule.DEFAULT, 0.0005, 0, 0);
        assertThat(flat.dependsOnMarket()).isFalse();
        assertThat(flat.slippage(0.5, 0.1, 0.1)).isEqualTo(FlatCost.DEFAULT.slippage(0.5, 0.1, 0.1));
        assertThat(flat.describe()).isEqualTo(FlatCost.DEFAULT.describe());
        assertThat(new SquareRootCost(FeeSchedule.DEFAULT, 0, 0.5, 0).slippage(0.5, 0.01, 0.1))
                .isEqualTo(0.005);
    }

    @Test
    void saysWhatItAssumes() {
        assertThat(COST.describe())
                .isEqualTo("commission 0.10 %, slippage max(0.05 %, ½·spread + σ·√participation) per fill and side");
        assertThat(new SquareRootCost(FeeSchedule.makerTaker(-0.0001, 0.0005), 0, 0, 0.8).describe())
                .isEqualTo(
                        "maker -0.01 %, taker 0.05 %, slippage max(0.00 %, 0.800·σ·√participation) per fill and side");
    }

    @Test
    void feesFollowTheSchedule() {
        SquareRootCost tiered = COST.withFees(FeeSchedule.parse("0:0.0002/0.0005,1e6:-0.0001/0.0003"));
        assertThat(tiered.feeRate(Role.MAKER, 2e6)).isEqualTo(-0.0001);
        assertThat(tiered.feeRate(Role.TAKER, 5e5)).isEqualTo(0.0005);
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new SquareRootCost(FeeSchedule.DEFAULT, 1, 0.5, 1))
                .hasMessage("floor must be in [0, 1), got 1.0");
        assertThatThrownBy(() -> COST.withImpact(NAN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> COST.scaled(-1)).hasMessageStartingWith("multiple must be");
    }

    @Test
    void anOrderOfManyTimesTheDaysTradePaysTheRootOfIt() {
        assertThat(COST.slippage(4, 0, 0.05)).isEqualTo(0.10);
        assertThat(COST.slippage(25, 0.02, 0.05)).isEqualTo(0.26);
        assertThat(COST.slippage(1e4, 0, 0.05)).isEqualTo(5);
        assertThat(COST.slippage(Double.POSITIVE_INFINITY, 0, 0)).isEqualTo(0.0005);
    }
}
