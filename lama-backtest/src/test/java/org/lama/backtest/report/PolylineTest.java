package org.lama.backtest.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

class PolylineTest {
    private static final Scale TEN = Scale.linear(0, 9, 0, 90);

    private static double[] index(int n) {
        double[] at = new double[n];
        Arrays.setAll(at, i -> i);
        return at;
    }

    @Test
    void fewPointsAreAllDrawn() {
        String data = Polyline.line(index(4), new double[] {0, 9, 0, 9}, TEN, TEN);
        assertThat(data).isEqualTo("M0 0L10 90L20 0L30 90");
    }

    @Test
    void missingValuesBreakTheLine() {
        double[] values = {Double.NaN, 1, 2, Double.NaN, Double.POSITIVE_INFINITY, 3, 4, Double.NaN};
        String data = Polyline.line(index(8), values, TEN, TEN);
        assertThat(data).isEqualTo("M10 10L20 20M50 30L60 40");
        assertThat(Polyline.line(index(2), new double[] {Double.NaN, Double.NaN}, TEN, TEN))
                .isEmpty();
        assertThat(Polyline.line(new double[0], new double[0], TEN, TEN)).isEmpty();
    }

    @Test
    void areasCloseEachRunAtTheLevel() {
        double[] values = {1, 2, Double.NaN, 3, 4};
        String data = Polyline.area(index(5), values, TEN, TEN, 0);
        assertThat(data).isEqualTo("M0 10L10 20L10 0L0 0ZM30 30L40 40L40 0L30 0Z");
    }

    @Test
    void logScaleLeavesOutWhatHasNoLogarithm() {
        Scale log = Scale.logarithmic(1, 100, 0, 100);
        assertThat(Polyline.line(index(4), new double[] {1, 0, -5, 10}, TEN, log))
                .isEqualTo("M0 0M30 50");
    }

    @Test
    void aSpikeOfOneBarSurvivesThinning() {
        int n = 100_000;
        Rng rng = Seeds.rng(1, 2);
        double[] values = new double[n];
        Arrays.setAll(values, i -> rng.nextDouble());
        values[54_321] = 9;
        values[54_322] = -9;
        String data = Polyline.line(index(n), values, Scale.linear(0, n - 1, 0, 400), Scale.linear(-9, 9, 900, 0));
        assertThat(data).contains(" 0L").contains(" 900L");
        assertThat(Samples.count(data, "L")).isLessThanOrEqualTo(4 * 401);
        assertThat(data).startsWith("M0 ").contains("L400 ");
    }
}
