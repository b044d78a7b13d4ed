package org.lama.backtest.sizing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.signal.FitStatus;

class AllocationsPropertyTest {
    private static final AllocationSettings SETTINGS =
            AllocationSettings.builder().longOnly(false).maxGross(1.5).build();

    @Test
    void riskContributionsAreEqualToTenDigits() {
        Rng rng = Seeds.rng(41, 0);
        for (int round = 0; round < 200; round++) {
            int n = 1 + rng.nextInt(30);
            double[] covariance = covariance(rng, n);
            double[] budget = new double[n];
            Arrays.fill(budget, 1.0 / n);
            double[] share = new double[n];
            FitStatus status = RiskParity.shares(covariance, budget, share);
            assertThat(status.converged()).as("round %d", round).isTrue();
            double[] contribution = new double[n];
            double total = 0;
            double sum = 0;
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    contribution[i] += share[i] * covariance[i * n + j] * share[j];
                }
                total += contribution[i];
                sum += share[i];
                assertThat(share[i]).isPositive();
            }
            assertThat(sum).isCloseTo(1, within(1e-14));
            for (int i = 0; i < n; i++) {
                assertThat(contribution[i] / total * n).as("round %d", round).isCloseTo(1, within(1e-10));
            }
        }
    }

    /** A random factor model: from almost one factor to almost none, deviations over four decades, any signs. */
    private static double[] covariance(Rng rng, int n) {
        double noise = Math.pow(10, -4 * rng.nextDouble());
        double[] loading = new double[n];
        double[] deviation = new double[n];
        for (int i = 0; i < n; i++) {
            loading[i] = 0.3 + 0.7 * rng.nextDouble();
            loading[i] *= rng.nextInt(4) == 0 ? -0.3 : 1;
            deviation[i] = Math.pow(10, -4 * rng.nextDouble());
        }
        double[] covariance = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                covariance[i * n + j] =
                        deviation[i] * deviation[j] * (loading[i] * loading[j] + (i == j ? noise + 0.1 : 0));
            }
        }
        return covariance;
    }

    @Test
    void hierarchicalSharesArePositiveAndSumToOne() {
        Rng rng = Seeds.rng(41, 1);
        for (int round = 0; round < 200; round++) {
            int n = 1 + rng.nextInt(40);
            double[] share = new double[n];
            HierarchicalRiskParity.shares(covariance(rng, n), n, share);
            double sum = 0;
            for (double value : share) {
                assertThat(value).isPositive();
                sum += value;
            }
            assertThat(sum).isCloseTo(1, within(1e-13));
        }
    }

    @Test
    void equalInstrumentsShareEquallyWhateverTheTies() {
        for (int n = 1; n <= 16; n *= 2) {
            double[] covariance = new double[n * n];
            for (int k = 0; k < n * n; k++) {
                covariance[k] = k % (n + 1) == 0 ? 4 : 1;
            }
            double[] share = new double[n];
            HierarchicalRiskParity.shares(covariance, n, share);
            for (double value : share) {
                assertThat(value).isCloseTo(1.0 / n, within(1e-15));
            }
        }
    }

    @Test
    void everyModeKeepsSignsAndGrossWhateverTheData() {
        Rng rng = Seeds.rng(41, 2);
        for (int round = 0; round < 300; round++) {
            int n = 1 + rng.nextInt(6);
            int rows = rng.nextInt(60);
            double[][] columns = new double[n][rows];
            double[] strength = new double[n];
            double scale = Math.pow(10, rng.nextInt(41) - 20);
            for (int i = 0; i < n; i++) {
                strength[i] = rng.nextInt(4) == 0 ? Double.NaN : 1.5 * rng.nextGaussian();
                int kind = rng.nextInt(5);
                for (int t = 0; t < rows; t++) {
                    columns[i][t] = kind == 0
                            ? scale
                            : rng.nextInt(9) == 0
                                    ? Double.NaN
                                    : kind == 1 && i > 0 ? -columns[0][t] : scale * rng.nextGaussian();
                }
            }
            for (String name : Allocations.names()) {
                double[] out = new double[n];
                AllocationInput input =
                        new AllocationInput(strength, strength, 1_000, new ReturnWindow(columns, 0, rows));
                Allocations.named(name, SETTINGS).weights(input, out);
                double gross = 0;
                for (int i = 0; i < n; i++) {
                    assertThat(out[i]).as("%s, round %d", name, round).isFinite();
                    assertThat(out[i] == 0 || out[i] * strength[i] > 0).isTrue();
                    gross += Math.abs(out[i]);
                }
                if (!name.equals("fixed")) {
                    assertThat(gross).as("%s, round %d", name, round).isLessThanOrEqualTo(1.5 * (1 + 1e-12));
                }
            }
        }
    }

    @Test
    void theUnitOfReturnsAndTheOrderOfInstrumentsDoNotMatterToShares() {
        for (String name : new String[] {"inverse-vol", "risk-parity"}) {
            ReturnWindow window = AllocationsTest.random(8, 5, 120);
            double[][] columns = new double[5][120];
            double[][] reversed = new double[5][120];
            for (int i = 0; i < 5; i++) {
                for (int t = 0; t < 120; t++) {
                    columns[i][t] = 1e6 * window.at(i, t);
                    reversed[4 - i][t] = window.at(i, t);
                }
            }
            double[] a = weights(name, window);
            double[] b = weights(name, new ReturnWindow(columns, 0, 120));
            double[] c = weights(name, new ReturnWindow(reversed, 0, 120));
            for (int i = 0; i < 5; i++) {
                assertThat(b[i]).as(name).isCloseTo(a[i], within(1e-12));
                assertThat(c[4 - i]).as(name).isCloseTo(a[i], within(1e-12));
            }
        }
    }

    private static double[] weights(String name, ReturnWindow window) {
        double[] ones = {1, 1, 1, 1, 1};
        double[] out = new double[5];
        Allocations.named(name, SETTINGS).weights(new AllocationInput(ones, ones, 1, window), out);
        return out;
    }
}
