package org.lama.core.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

class SymmetricEigenTest {
    @Test
    void vectorsAndValuesMakeTheMatrixAgain() {
        Rng rng = Seeds.rng(3, 0);
        for (int n : new int[] {1, 2, 5, 12}) {
            double[] a = new double[n * n];
            for (int i = 0; i < n; i++) {
                for (int j = 0; j <= i; j++) {
                    a[i * n + j] = rng.nextGaussian();
                    a[j * n + i] = a[i * n + j];
                }
            }
            SymmetricEigen eigen = SymmetricEigen.of(a.clone(), n);
            for (int i = 0; i < n; i++) {
                assertThat(i == 0 || eigen.value(i - 1) >= eigen.value(i)).isTrue();
                for (int j = 0; j < n; j++) {
                    double sum = 0;
                    for (int k = 0; k < n; k++) {
                        sum += eigen.value(k) * eigen.vector(k)[i] * eigen.vector(k)[j];
                    }
                    assertThat(sum).isCloseTo(a[i * n + j], within(1e-12));
                }
            }
        }
    }

    @Test
    void sizesAreChecked() {
        assertThatThrownBy(() -> SymmetricEigen.of(new double[0], 0)).hasMessage("n must be >= 1, got 0");
        assertThatThrownBy(() -> SymmetricEigen.of(new double[3], 2)).hasMessage("a must have 4 entries, got 3");
    }
}
