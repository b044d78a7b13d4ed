package org.lama.models.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.models.anomaly.IsolationForestOptions.Missing;

class IsolationForestTest {
    private static final IsolationForestOptions OPTIONS = IsolationForestOptions.defaults();

    static double[][] gaussian(int features, int rows, long seed) {
        double[][] columns = new double[features][rows];
        Rng rng = Seeds.rng(seed, 0);
        for (double[] column : columns) {
            for (int r = 0; r < rows; r++) {
                column[r] = rng.nextGaussian();
            }
        }
        return columns;
    }

    private static double[] scores(IsolationForestModel model, double[][] columns) {
        double[] out = new double[columns[0].length];
        model.score(columns, 0, out.length, out);
        return out;
    }

    @Test
    void averagePathIsThatOfAnUnsuccessfulSearch() {
        assertThat(Trees.averagePath(0)).isZero();
        assertThat(Trees.averagePath(1)).isZero();
        assertThat(Trees.averagePath(2)).isEqualTo(1);
        assertThat(Trees.averagePath(256)).isCloseTo(10.244770920119917, within(1e-12)); // the formula in Python
    }

    @Test
    void farPointScoresHighestAndScoresLieBetweenZeroAndOne() {
        double[][] columns = gaussian(3, 1000, 5);
        columns[1][77] = 40;
        double[] scores = scores(IsolationForest.fit(columns, 1000, OPTIONS), columns);
        assertThat(Arrays.stream(scores).max().orElseThrow()).isEqualTo(scores[77]);
        assertThat(Arrays.stream(scores).boxed()).allMatch(s -> s > 0 && s < 1);
        assertThat(scores[77]).isGreaterThan(0.7);
    }

    @Test
    void constantColumnsScoreOneHalfEverywhere() {
        double[][] columns = new double[2][300];
        Arrays.fill(columns[0], 3.25);
        IsolationForestModel model = IsolationForest.fit(columns, 300, OPTIONS);
        double score = model.score(new double[] {99, -4});
        assertThat(score).isCloseTo(0.5, within(1e-12)); // a sum of 100 equal path lengths
        assertThat(scores(model, columns)).containsOnly(score);
    }

    @Test
    void constantColumnBesideAVaryingOneChangesNothingButTheDraws() {
        double[][] columns = gaussian(1, 400, 6);
        columns[0][13] = 25;
        double[][] wider = {columns[0], new double[400]};
        double[] scores = scores(IsolationForest.fit(wider, 400, OPTIONS), wider);
        assertThat(Arrays.stream(scores).max().orElseThrow()).isEqualTo(scores[13]);
    }

    @Test
    void oneRowKnowsNothing() {
        IsolationForestModel model = IsolationForest.fit(new double[][] {{4}}, 1, OPTIONS);
        assertThat(model.sampleSize()).isEqualTo(1);
        assertThat(model.score(new double[] {1e9})).isEqualTo(0.5);
        assertThat(scores(model, new double[][] {{4, 5}})).containsExactly(0.5, 0.5);
    }

    @Test
    void fewerRowsThanTheSampleUseAllOfThem() {
        double[][] columns = gaussian(2, 10, 7);
        IsolationForestModel model = IsolationForest.fit(columns, 10, OPTIONS);
        assertThat(model.sampleSize()).isEqualTo(10);
        assertThat(model.trees()).isEqualTo(100);
        assertThat(model.features()).isEqualTo(2);
        assertThat(Arrays.stream(scores(model, columns)).boxed()).allMatch(s -> s > 0 && s < 1);
        assertThat(IsolationForest.fit(columns, 2, OPTIONS).sampleSize()).isEqualTo(2);
    }

    @Test
    void extremeScalesAndRangesAreSplitSafely() {
        double[][] columns = {
            {-1.7e308, 1.7e308, 0, 1, 2, 3},
            {1e-300, 2e-300, 3e-300, 4e-300, 5e-300, 9e-300},
            {0.0, -0.0, 0.0, -0.0, 0, 1}
        };
        double next = Math.nextUp(1.0);
        double[][] adjacent = {{1.0, next, 1.0, next, 1.0, next}};
        for (double[][] data : new double[][][] {columns, adjacent}) {
            IsolationForestModel model = IsolationForest.fit(data, 6, OPTIONS);
            double[] batch = scores(model, data);
            for (int r = 0; r < 6; r++) {
                double[] row = new double[data.length];
                for (int f = 0; f < row.length; f++) {
                    row[f] = data[f][r];
                }
                assertThat(batch[r]).isEqualTo(model.score(row)).isBetween(0.0, 1.0);
            }
        }
    }

    @Test
    void infinityAtScoringLiesBeyondEveryThreshold() {
        double[][] columns = gaussian(2, 500, 8);
        IsolationForestModel model = IsolationForest.fit(columns, 500, OPTIONS);
        assertThat(model.score(new double[] {Double.POSITIVE_INFINITY, 0}))
                .isEqualTo(model.score(new double[] {1e300, 0}));
        assertThat(scores(model, new double[][] {{Double.NEGATIVE_INFINITY}, {0}})[0])
                .isEqualTo(model.score(new double[] {-1e300, 0}));
    }

    @Test
    void missingValuesAreRefusedWithColumnAndRow() {
        double[][] columns = gaussian(2, 50, 9);
        IsolationForestModel model = IsolationForest.fit(columns, 50, OPTIONS);
        columns[1][17] = Double.NaN;
        assertThatThrownBy(() -> IsolationForest.fit(columns, 50, OPTIONS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "values must not be NaN, got NaN in column 1, row 17; drop the row or choose the option SKIP,"
                                + " MEDIAN or BRANCH");
        assertThatThrownBy(() -> scores(model, columns)).hasMessageContaining("NaN in column 1, row 17");
        assertThatThrownBy(() -> model.score(new double[] {0, Double.NaN})).hasMessageContaining("NaN in column 1");
        columns[1][17] = Double.NEGATIVE_INFINITY;
        assertThatThrownBy(() -> IsolationForest.fit(columns, 50, OPTIONS.withMissing(Missing.SKIP)))
                .hasMessage("values must be finite, got -Infinity in column 1, row 17");
    }

    @Test
    void skippedRowsTakeNoPartAndScoreNaN() {
        double[][] clean = gaussian(2, 300, 10);
        double[][] gaps = {Arrays.copyOf(clean[0], 301), Arrays.copyOf(clean[1], 301)};
        gaps[0][300] = Double.NaN;
        gaps[1][300] = 1e6;
        IsolationForestModel skipping = IsolationForest.fit(gaps, 301, OPTIONS.withMissing(Missing.SKIP));
        IsolationForestModel plain = IsolationForest.fit(clean, 300, OPTIONS);
        double[] scores = scores(skipping, gaps);
        assertThat(scores[300]).isNaN();
        assertThat(skipping.score(new double[] {Double.NaN, 0})).isNaN();
        assertThat(Arrays.copyOf(scores, 300)).containsExactly(scores(plain, clean));
        double[][] nothing = {{Double.NaN, Double.NaN}};
        assertThatThrownBy(() -> IsolationForest.fit(nothing, 2, OPTIONS.withMissing(Missing.SKIP)))
                .hasMessage("no row is without NaN, so there is nothing to fit; 2 rows were given");
    }

    @Test
    void missingValueTakesTheWayOfTheMedian() {
        double[][] columns = gaussian(2, 301, 11);
        columns[0][5] = Double.NaN;
        IsolationForestModel model = IsolationForest.fit(columns, 301, OPTIONS.withMissing(Missing.MEDIAN));
        double median = org.lama.core.math.Quantiles.of(columns[0], 0.5);
        assertThat(model.score(new double[] {Double.NaN, 0.3})).isEqualTo(model.score(new double[] {median, 0.3}));
        assertThat(scores(model, columns)[5]).isEqualTo(model.score(new double[] {median, columns[1][5]}));
        double[][] allGone = {new double[40], gaussian(1, 40, 1)[0]};
        Arrays.fill(allGone[0], Double.NaN);
        assertThat(Arrays.stream(scores(IsolationForest.fit(allGone, 40, OPTIONS.withMissing(Missing.MEDIAN)), allGone))
                        .boxed())
                .allMatch(s -> s > 0 && s < 1);
    }

    @Test
    void shapesAndSettingsAreChecked() {
        double[][] columns = gaussian(2, 20, 12);
        IsolationForestModel model = IsolationForest.fit(columns, 20, OPTIONS);
        assertThatThrownBy(() -> IsolationForest.fit(new double[0][], 1, OPTIONS))
                .hasMessage("columns must hold at least one feature");
        assertThatThrownBy(() -> IsolationForest.fit(columns, 0, OPTIONS)).hasMessage("rows must be >= 1, got 0");
        assertThatThrownBy(() -> IsolationForest.fit(columns, 21, OPTIONS))
                .hasMessage("column 0 must have at least 21 rows, got 20");
        assertThatThrownBy(() -> model.score(new double[3])).hasMessage("row must have 2 values, got 3");
        assertThatThrownBy(() -> model.score(columns, 0, 20, new double[19]))
                .hasMessage("out must have 20 rows, got 19");
        assertThatThrownBy(() -> model.score(columns, 0, 21, new double[21]))
                .hasMessage("each column must have at least 21 rows, got 20");
        assertThatThrownBy(() -> model.score(columns, 5, 4, new double[1]))
                .hasMessageContaining("rows must be a range");
        assertThatThrownBy(() -> model.score(new double[1][20], 0, 1, new double[1]))
                .hasMessage("columns must hold 2 features, got 1");
        assertThatThrownBy(() -> new IsolationForestOptions(0, 256, 1, Missing.SKIP))
                .hasMessageContaining("trees must be in");
        assertThatThrownBy(() -> new IsolationForestOptions(1, 1, 1, Missing.SKIP))
                .hasMessageContaining("sampleSize must be in");
    }
}
