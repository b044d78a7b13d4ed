package org.lama.backtest.sizing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.lama.backtest.sizing.AllocationSettings.FixedUnit;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.signal.FitStatus;

class AllocationsTest {
    private static final AllocationSettings BOTH_WAYS =
            AllocationSettings.builder().longOnly(false).build();

    private static double[] weights(String mode, AllocationSettings settings, double[] strength, ReturnWindow window) {
        double[] out = new double[strength.length];
        double[] unit = new double[strength.length];
        Arrays.fill(unit, 50);
        Allocations.named(mode, settings).weights(new AllocationInput(strength, unit, 1_000, window), out);
        return out;
    }

    private static double[] plain(String mode, double... strength) {
        return weights(mode, BOTH_WAYS, strength, ReturnWindow.none(strength.length));
    }

    static ReturnWindow random(long seed, int instruments, int rows) {
        Rng rng = Seeds.rng(seed, 7);
        double[][] columns = new double[instruments][rows];
        for (int t = 0; t < rows; t++) {
            double market = rng.nextGaussian();
            for (int i = 0; i < instruments; i++) {
                columns[i][t] = 0.01 * (i + 1) * (0.6 * market + 0.8 * rng.nextGaussian() + 0.05);
            }
        }
        return new ReturnWindow(columns, 0, rows);
    }

    @Test
    void plainModesFollowTheirFormulas() {
        assertThat(plain("equal-weight", 1, 0, -0.5, Double.NaN)).containsExactly(0.5, 0, -0.25, 0);
        assertThat(plain("all-in", 1, 0, -0.5, Double.NaN)).containsExactly(1 / 1.5, 0, -0.5 / 1.5, 0);
        assertThat(plain("all-in", 0.2)).containsExactly(1);
        assertThat(plain("equal-weight", 7, -9)).containsExactly(0.5, -0.5);
        assertThat(plain("equal-weight", 0, 0)).containsExactly(0, 0);
    }

    @Test
    void aFixedPositionIsAnAmountOrAQuantity() {
        AllocationSettings amount =
                BOTH_WAYS.toBuilder().fixed(FixedUnit.AMOUNT, 250).build();
        AllocationSettings quantity =
                BOTH_WAYS.toBuilder().fixed(FixedUnit.QUANTITY, 4).build();
        double[] strength = {1, -0.5};
        assertThat(weights("fixed", amount, strength, ReturnWindow.none(2))).containsExactly(0.25, -0.125);
        assertThat(weights("fixed", quantity, strength, ReturnWindow.none(2))).containsExactly(0.2, -0.1);
        double[] out = new double[1];
        AllocationInput unknown =
                new AllocationInput(new double[] {1}, new double[] {Double.NaN}, 1_000, ReturnWindow.none(1));
        Allocations.named("fixed", quantity).weights(unknown, out);
        assertThat(out).containsExactly(0);
    }

    @Test
    void withoutEquityNothingIsWanted() {
        for (String name : Allocations.names()) {
            double[] out = {9};
            AllocationInput ruined = new AllocationInput(new double[] {1}, new double[] {1}, 0, random(1, 1, 50));
            Allocations.named(name, BOTH_WAYS).weights(ruined, out);
            assertThat(out).as(name).containsExactly(0);
        }
    }

    @Test
    void inverseVolatilityGivesEqualStandAloneRisk() {
        ReturnWindow window = random(2, 3, 100);
        AllocationSettings sample =
                BOTH_WAYS.toBuilder().covariance(Covariance.Kind.SAMPLE).build();
        double[] w = weights("inverse-vol", sample, new double[] {1, -1, 1}, window);
        Covariance covariance = Covariance.of(window, SizingOracle.all(3), Covariance.Kind.SAMPLE, 60, 20);
        assertThat(-w[1] * covariance.deviation(1)).isCloseTo(w[0] * covariance.deviation(0), within(1e-16));
        assertThat(w[2] * covariance.deviation(2)).isCloseTo(w[0] * covariance.deviation(0), within(1e-16));
        assertThat(w[0] - w[1] + w[2]).isCloseTo(1, within(1e-15));
    }

    @Test
    void theVolatilityTargetIsThatOfThePortfolio() {
        ReturnWindow window = random(3, 4, 200);
        AllocationSettings settings =
                BOTH_WAYS.toBuilder().targetVolatilityAnnual(0.1).build();
        double[] strength = {1, -0.5, 0.25, 1};
        double[] w = weights("vol-target", settings, strength, window);
        Covariance covariance =
                Covariance.of(window, SizingOracle.all(4), Covariance.Kind.CONSTANT_CORRELATION, 60, 20);
        double variance = 0;
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) {
                variance += w[i] * w[j] * covariance.at(i, j);
            }
        }
        assertThat(Math.sqrt(365 * variance)).isCloseTo(0.1, within(1e-14));
        assertThat(w[1] / w[0]).isCloseTo(-0.5, within(1e-15));
        double[] capped = weights(
                "vol-target", settings.toBuilder().targetVolatilityAnnual(9).build(), strength, window);
        assertThat(Arrays.stream(capped).map(Math::abs).sum()).isCloseTo(1, within(1e-15));
    }

    @Test
    void kellyOfOneAssetIsMeanOverVariance() {
        ReturnWindow window = random(4, 1, 300);
        AllocationSettings settings =
                BOTH_WAYS.toBuilder().kellyFraction(0.25).maxGross(100).build();
        Covariance covariance =
                Covariance.of(window, SizingOracle.all(1), Covariance.Kind.CONSTANT_CORRELATION, 60, 20);
        double mean = covariance.mean(0) * 300 / (300 + 365.0);
        double bet = 0.25 * mean / covariance.at(0, 0);
        assertThat(weights("kelly", settings, new double[] {Math.signum(mean)}, window)[0])
                .isCloseTo(Math.signum(mean) * Math.abs(bet), within(1e-12));
        assertThat(weights("kelly", settings, new double[] {-Math.signum(mean)}, window))
                .containsExactly(0);
        assertThat(Math.abs(weights(
                        "kelly",
                        settings.toBuilder().maxWeight(0.01).build(),
                        new double[] {Math.signum(mean)},
                        window)[0]))
                .isEqualTo(0.01);
    }

    @Test
    void instrumentsWithoutMeasurableRiskGetNothing() {
        double[][] columns = {gaussian(60), new double[60], gaussian(60), gaussian(60)};
        Arrays.fill(columns[2], 0, 45, Double.NaN);
        columns[3][10] = Double.POSITIVE_INFINITY;
        ReturnWindow window = new ReturnWindow(columns, 0, 60);
        for (String name : Allocations.names()) {
            if (Allocations.named(name, BOTH_WAYS).needsReturns() && !name.equals("kelly")) {
                double[] w = weights(name, BOTH_WAYS, new double[] {1, 1, 1, 1}, window);
                assertThat(w[0]).as(name).isPositive();
                assertThat(w[1]).as(name + ": constant").isZero();
                assertThat(w[2]).as(name + ": 15 rows").isZero();
                assertThat(w[3]).as(name + ": one infinite row").isPositive();
            }
        }
    }

    private static double[] gaussian(int rows) {
        Rng rng = Seeds.rng(rows, 3);
        double[] values = new double[rows];
        for (int t = 0; t < rows; t++) {
            values[t] = 0.02 * rng.nextGaussian();
        }
        return values;
    }

    @Test
    void gapsAtHeadMiddleAndTailLeaveAnAnswer() {
        for (int at : new int[] {0, 100, 199}) {
            double[][] columns = new double[3][200];
            ReturnWindow full = random(6, 3, 200);
            for (int i = 0; i < 3; i++) {
                for (int t = 0; t < 200; t++) {
                    columns[i][t] = t == at && i == 1 ? Double.NaN : full.at(i, t);
                }
            }
            for (String name : Allocations.names()) {
                double[] w = weights(name, BOTH_WAYS, new double[] {1, 1, 1}, new ReturnWindow(columns, 0, 200));
                for (double value : w) {
                    assertThat(value).as("%s, gap at %d", name, at).isFinite().isNotNegative();
                }
            }
        }
    }

    @Test
    void aPerfectHedgeFallsBackToInverseVolatilityAndSaysSo() {
        double[][] columns = {gaussian(80), gaussian(80)};
        AllocationSettings sample =
                BOTH_WAYS.toBuilder().covariance(Covariance.Kind.SAMPLE).build();
        double[] out = new double[2];
        AllocationInput hedge =
                new AllocationInput(new double[] {1, -1}, new double[2], 1, new ReturnWindow(columns, 0, 80));
        FitStatus status = Allocations.named("risk-parity", sample).weights(hedge, out);
        assertThat(status.outcome()).isEqualTo(FitStatus.Outcome.SINGULAR);
        assertThat(status.reason()).contains("hedge each other");
        assertThat(out[0]).isCloseTo(0.5, within(1e-15));
        assertThat(out[1]).isCloseTo(-0.5, within(1e-15));
    }

    @Test
    void anUnknownNameIsRefusedWithTheNearest() {
        assertThatThrownBy(() -> Allocations.named("risk-party", BOTH_WAYS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no sizing is called 'risk-party'")
                .hasMessageContaining("did you mean 'risk-parity'?");
        assertThat(Allocations.names())
                .containsExactly(
                        "fixed", "all-in", "equal-weight", "inverse-vol", "vol-target", "kelly", "risk-parity", "hrp");
    }

    @Test
    void settingsAreChecked() {
        assertThatThrownBy(() -> AllocationSettings.builder().maxGross(0).build())
                .hasMessageContaining("maxGross");
        assertThatThrownBy(
                        () -> AllocationSettings.builder().maxWeight(Double.NaN).build())
                .hasMessageContaining("maxWeight");
        assertThatThrownBy(() -> AllocationSettings.builder().kellyFraction(1.1).build())
                .hasMessage("kellyFraction must be in (0, 1], got 1.1");
        assertThatThrownBy(() -> AllocationSettings.builder().meanPriorRows(-1).build())
                .hasMessageContaining("meanPriorRows");
        assertThatThrownBy(() -> AllocationSettings.builder().minRows(1).build())
                .hasMessageContaining("minRows");
        assertThatThrownBy(() -> AllocationSettings.builder().halfLifeRows(0).build())
                .hasMessageContaining("halfLifeRows");
        assertThat(AllocationSettings.builder().periodsPerYear(8_760).build().periodsPerYear())
                .isEqualTo(8_760);
        assertThatThrownBy(() -> new AllocationInput(new double[1], new double[2], 1, ReturnWindow.none(1)))
                .hasMessageContaining("as many instruments");
        assertThatThrownBy(() -> new ReturnWindow(new double[1][3], 0, 4)).hasMessageContaining("to=4");
        assertThatThrownBy(() -> new ReturnWindow(new double[1][3], 2, 1)).hasMessageContaining("0 <= from <= to");
    }
}
