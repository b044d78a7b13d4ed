package org.lama.models.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lama.models.anomaly.IsolationForestOptions.Missing;
import org.lama.models.anomaly.IsolationForestOptions.Scoring;

class AttributionPropertyTest {
    @ParameterizedTest
    @CsvSource({
        "1,DEPTH,REFUSE",
        "1,DENSITY,SKIP",
        "1,BOXED_DENSITY,MEDIAN",
        "1,DEPTH,BRANCH",
        "2,DEPTH,REFUSE",
        "3,DENSITY,BRANCH",
        "4,DEPTH,MEDIAN"
    })
    void contributionsAddUpToTheDeficit(int width, Scoring scoring, Missing missing) {
        double[][] columns = IsolationForestTest.gaussian(4, 400, 81);
        for (int r = 0; r < 400; r++) {
            columns[2][r] = Math.rint(columns[2][r]);
        }
        if (missing != Missing.REFUSE) {
            for (int r = 0; r < 400; r += 7) {
                columns[r % 4][r] = Double.NaN;
            }
        }
        IsolationForestOptions options = new IsolationForestOptions(50, 128, 8, missing, scoring, width, 0);
        IsolationForestModel model = IsolationForest.fit(columns, 400, options);
        double usualPath = Trees.averagePath(128);
        for (int r = 0; r < 400; r++) {
            double[] row = {columns[0][r], columns[1][r], columns[2][r], columns[3][r]};
            Attribution why = model.explain(row);
            assertThat(Double.valueOf(why.score())).isEqualTo(Double.valueOf(model.score(row)));
            if (Double.isNaN(why.score())) {
                assertThat(missing).isEqualTo(Missing.SKIP);
                assertThat(why.contributions()).containsOnly(Double.NaN);
                continue;
            }
            double sum = Arrays.stream(why.contributions()).sum();
            assertThat(sum).isCloseTo(why.baseline() - why.value(), within(1e-12)); // 50 trees of 7 steps each
            double score = scoring == Scoring.DEPTH
                    ? Math.pow(2, -(why.baseline() - sum) / usualPath)
                    : 1 / (1 + Math.pow(2, why.baseline() - sum));
            assertThat(score).isCloseTo(why.score(), within(1e-12));
        }
    }

    /** The mean over all rows of a tree's own sample is its root: contributions average to 0 where the sample is everything. */
    @ParameterizedTest
    @CsvSource({"1,DEPTH", "2,DEPTH", "1,DENSITY"})
    void contributionsAverageToZeroOverTheSample(int width, Scoring scoring) {
        double[][] columns = IsolationForestTest.gaussian(3, 200, 82);
        IsolationForestModel model = IsolationForest.fit(
                columns, 200, new IsolationForestOptions(20, 200, 3, Missing.REFUSE, scoring, width, 0));
        double total = 0;
        for (int r = 0; r < 200; r++) {
            double[] row = {columns[0][r], columns[1][r], columns[2][r]};
            total += Arrays.stream(model.explain(row).contributions()).sum();
        }
        assertThat(total / 200).isCloseTo(0, within(1e-12));
    }

    @Test
    void farFeatureIsTheStrongest() {
        double[][] columns = IsolationForestTest.gaussian(5, 1_000, 83);
        columns[3][10] = 12;
        for (int width = 1; width <= 2; width++) {
            IsolationForestModel model = IsolationForest.fit(
                    columns, 1_000, IsolationForestOptions.defaults().withFeaturesPerSplit(width));
            double[] row = {columns[0][10], columns[1][10], columns[2][10], 12, columns[4][10]};
            Attribution why = model.explain(row);
            assertThat(why.strongest()).isEqualTo(3);
            double[] parts = why.contributions();
            double others = Arrays.stream(parts).sum() - parts[3];
            assertThat(parts[3]).isGreaterThan(others);
            assertThat(why.toString()).startsWith("score 0.").endsWith("most by feature 3");
        }
    }

    @Test
    void missingFeatureHasNoShareOfASlantedSplit() {
        double[][] columns = IsolationForestTest.gaussian(2, 300, 84);
        IsolationForestModel model = IsolationForest.fit(
                columns,
                300,
                IsolationForestOptions.defaults().withMissing(Missing.BRANCH).withFeaturesPerSplit(2));
        double[] parts = model.explain(new double[] {Double.NaN, 0.5}).contributions();
        assertThat(parts[0]).isZero();
        assertThat(parts[1]).isNotZero();
        double[] both = model.explain(new double[] {Double.NaN, Double.NaN}).contributions();
        assertThat(both[0] + both[1]).isNegative(); // the middle of every node lies deep
    }
}
