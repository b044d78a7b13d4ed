package org.lama.models.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

class DiagnosticsTest {
    private static double[] noise(int n, double phi) {
        Rng rng = Seeds.rng(4, 4);
        double[] x = new double[n];
        for (int t = 1; t < n; t++) {
            x[t] = phi * x[t - 1] + rng.nextGaussian();
        }
        return x;
    }

    @Test
    void whiteNoisePassesAndAnAutoregressionFails() {
        Diagnostics white = Diagnostics.of(noise(500, 0), 0);
        assertThat(white.ljungBox().rejects(0.01)).isFalse();
        assertThat(white.lobatoNankervisSavin().rejects(0.01)).isFalse();
        assertThat(white.jarqueBera().rejects(0.01)).isFalse();
        assertThat(white.acf()).hasSize(41);
        Diagnostics coloured = Diagnostics.of(noise(500, 0.5), 0);
        assertThat(coloured.ljungBox().rejects(0.01)).isTrue();
        assertThat(coloured.lobatoNankervisSavin().rejects(0.01)).isTrue();
        assertThat(coloured.asText()).contains("Ljung-Box");
    }

    @Test
    void missingResidualsAreLeftOutAndQuantilesAscend() {
        double[] x = noise(300, 0);
        x[0] = Double.NaN;
        x[150] = Double.NaN;
        Diagnostics diagnostics = Diagnostics.of(x, 3);
        assertThat(diagnostics.quantiles()).hasSize(298);
        for (int i = 1; i < 298; i++) {
            assertThat(diagnostics.quantiles().get(i).theoretical())
                    .isGreaterThan(diagnostics.quantiles().get(i - 1).theoretical());
            assertThat(diagnostics.quantiles().get(i).sample())
                    .isGreaterThanOrEqualTo(diagnostics.quantiles().get(i - 1).sample());
        }
        assertThat(diagnostics.ljungBox().lags()).isEqualTo(10);
        assertThat(Diagnostics.of(x, 12).ljungBox().lags()).isEqualTo(13);
    }

    @Test
    void constantAndEmptyResidualsGiveUndefinedTests() {
        double[] constant = new double[50];
        Arrays.fill(constant, 1);
        for (double[] x : new double[][] {constant, {}, {1}}) {
            Diagnostics diagnostics = Diagnostics.of(x, 0);
            assertThat(diagnostics.ljungBox().statistic()).isNaN();
            assertThat(diagnostics.quantiles()).isEmpty();
        }
        assertThatThrownBy(() -> Diagnostics.of(constant, -1)).hasMessageContaining("fitted must be >= 0");
    }
}
