package org.lama.models.arima;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class RegressorsTest {
    private static final double[] ONE_TO_SIX = {1, 2, 3, 4, 5, 6};

    @Test
    void shapeNamesAndValuesAreChecked() {
        assertThatThrownBy(() -> Regressors.of(List.of("a"), new double[2][3])).hasMessageContaining("got 2 for 1");
        assertThatThrownBy(() -> Regressors.of(List.of("a", "b"), new double[][] {new double[3], new double[4]}))
                .hasMessageContaining("4 rows in 'b' and 3 in 'a'");
        assertThatThrownBy(() -> Regressors.of(List.of("a", "a"), new double[2][3]))
                .hasMessageContaining("'a' twice");
        assertThatThrownBy(() -> Regressors.of("drift", new double[3])).hasMessageContaining("'drift'");
        assertThatThrownBy(() -> Regressors.of(" ", new double[3])).hasMessageContaining("blank");
        assertThatThrownBy(() -> Regressors.of("a", new double[] {1, Double.NaN}))
                .hasMessageContaining("'a'")
                .hasMessageContaining("row 2");
        assertThat(Regressors.none().count()).isZero();
        assertThat(Regressors.of("a", ONE_TO_SIX).toString()).isEqualTo("6 rows of [a]");
    }

    @Test
    void rowsColumnsAndPartsAreCopies() {
        Regressors x = Regressors.of("a", ONE_TO_SIX).and(Regressors.of("b", new double[6]));
        x.column(0)[0] = 99;
        x.row(1)[0] = 99;
        assertThat(x.column(0)).containsExactly(ONE_TO_SIX);
        assertThat(x.row(1)).containsExactly(2, 0);
        assertThat(x.slice(2, 4).column(0)).containsExactly(3, 4);
        assertThat(x.names()).containsExactly("a", "b");
        assertThat(x.columns()).hasSize(2);
        assertThat(x.and(Regressors.none())).isSameAs(x);
        assertThat(Regressors.none().and(x)).isSameAs(x);
        assertThatThrownBy(() -> x.slice(3, 9)).hasMessageContaining("got 3 to 9");
        assertThatThrownBy(() -> x.and(Regressors.of("b", new double[6]))).hasMessageContaining("'b' twice");
    }

    @Test
    void fourierColumnsKnowTheirFuture() {
        Regressors all = Regressors.fourier(40, 12, 6).and(Regressors.fourier(40, 7, 1));
        Regressors head = Regressors.fourier(28, 12, 6).and(Regressors.fourier(28, 7, 1));
        assertThat(all.count()).isEqualTo(11 + 2);
        Regressors ahead = head.ahead(12);
        for (int j = 0; j < all.count(); j++) {
            for (int t = 0; t < 12; t++) {
                assertThat(ahead.at(j, t)).as(all.names().get(j)).isEqualTo(all.at(j, 28 + t));
            }
        }
        assertThat(all.at(0, 2)).isCloseTo(Math.sin(2 * Math.PI * 3 / 12), within(1e-15));
        assertThat(all.ahead(1).rows()).isEqualTo(1);
        assertThatThrownBy(() -> Regressors.fourier(40, 12, 7)).hasMessageContaining("harmonics");
        assertThatThrownBy(() -> Regressors.of("a", ONE_TO_SIX).ahead(3)).hasMessageContaining("[a]");
    }
}
