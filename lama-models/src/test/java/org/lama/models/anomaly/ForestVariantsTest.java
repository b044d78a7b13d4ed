package org.lama.models.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.lama.models.anomaly.IsolationForestOptions.Missing;
import org.lama.models.anomaly.IsolationForestOptions.Scoring;

class ForestVariantsTest {
    private static final IsolationForestOptions OPTIONS = IsolationForestOptions.defaults();

    private static double[] scores(IsolationForestModel model, double[][] columns) {
        double[] out = new double[columns[0].length];
        model.score(columns, 0, out.length, out);
        return out;
    }

    /** Two points at 0 and 1: one split at u, so the left leaf has density (1/2) / u and the right one (1/2) / (1 - u). */
    @Test
    void densityOfOneSplitIsShareOfPointsOverShareOfRange() {
        double[][] columns = {{0, 1}};
        for (Scoring scoring : new Scoring[] {Scoring.DENSITY, Scoring.BOXED_DENSITY}) {
            IsolationForestModel model =
                    IsolationForest.fit(columns, 2, new IsolationForestOptions(1, 2, 4, Missing.REFUSE, scoring, 1, 0));
            double left = 1 / model.score(new double[] {0}) - 1; // 2^L
            double right = 1 / model.score(new double[] {1}) - 1;
            assertThat(0.5 / left + 0.5 / right).isCloseTo(1, within(1e-12));
            assertThat(left).isNotCloseTo(right, within(1e-3));
        }
    }

    /** Two tight groups with a hole between: boxes count the hole, ranges of the points do not. */
    @Test
    void pointInAHoleIsFoundByBoxesOnly() {
        double[][] columns = IsolationForestTest.gaussian(1, 601, 71);
        for (int r = 0; r < 600; r++) {
            columns[0][r] = columns[0][r] * 0.1 + (r % 2 == 0 ? -5 : 5);
        }
        columns[0][600] = 0;
        double[] boxed = scores(IsolationForest.fit(columns, 601, OPTIONS.withScoring(Scoring.BOXED_DENSITY)), columns);
        assertThat(Arrays.stream(boxed).max().orElseThrow()).isEqualTo(boxed[600]);
        assertThat(Arrays.stream(boxed).boxed()).allMatch(s -> s > 0 && s < 1);
    }

    @Test
    void slantedSplitsFindWhatBreaksACorrelation() {
        double[][] columns = IsolationForestTest.gaussian(2, 1_000, 72);
        for (int r = 0; r < 1_000; r++) {
            columns[1][r] = columns[0][r] + 0.1 * columns[1][r];
        }
        double[] label = new double[1_000];
        for (int r = 0; r < 1_000; r += 50) {
            label[r] = 1;
            columns[1][r] = -columns[0][r];
        }
        double standard = Ranking.of(scores(IsolationForest.fit(columns, 1_000, OPTIONS), columns), label)
                .auroc();
        double extended = Ranking.of(
                        scores(IsolationForest.fit(columns, 1_000, OPTIONS.withFeaturesPerSplit(2)), columns), label)
                .auroc();
        assertThat(extended).isGreaterThan(standard + 0.05);
    }

    @Test
    void moreFeaturesPerSplitThanThereAreUseThoseThereAre() {
        double[][] one = IsolationForestTest.gaussian(1, 400, 73);
        double[] standard = scores(IsolationForest.fit(one, 400, OPTIONS), one);
        assertThat(scores(IsolationForest.fit(one, 400, OPTIONS.withFeaturesPerSplit(16)), one))
                .containsExactly(standard);
        double[][] beside = {one[0], new double[400], new double[400]};
        double[] scores = scores(IsolationForest.fit(beside, 400, OPTIONS.withFeaturesPerSplit(3)), beside);
        assertThat(scores[argMax(standard)]).isGreaterThan(0.6);
        double[][] constant = new double[3][50];
        for (double score : scores(IsolationForest.fit(constant, 50, OPTIONS.withFeaturesPerSplit(2)), constant)) {
            assertThat(score).isCloseTo(0.5, within(1e-12));
        }
    }

    @Test
    void extremeScalesAreSplitSafelyByEveryVariant() {
        double[][] columns = {
            {-1.7e308, 1.7e308, 0, 1, 2, 3, -1, 5},
            {1e-300, 2e-300, 3e-300, 4e-300, 5e-300, 9e-300, 0, 1e-300},
            {0.0, -0.0, 0.0, -0.0, 0, 1, 4.9e-324, 1},
            {1e300, 1.0000001e300, 1e300, 1e300, 1e300, 2e300, 1e300, 1e300}
        };
        for (Scoring scoring : Scoring.values()) {
            for (int width = 1; width <= (scoring == Scoring.BOXED_DENSITY ? 1 : 4); width++) {
                IsolationForestModel model = IsolationForest.fit(
                        columns, 8, OPTIONS.withScoring(scoring).withFeaturesPerSplit(width));
                double[] batch = scores(model, columns);
                double[][] beyond = {
                    {Double.POSITIVE_INFINITY}, {Double.NEGATIVE_INFINITY}, {Double.POSITIVE_INFINITY}, {-1e308}
                };
                assertThat(scores(model, beyond)[0])
                        .isBetween(0.0, 1.0)
                        .isEqualTo(model.score(new double[] {beyond[0][0], beyond[1][0], beyond[2][0], -1e308}));
                for (int r = 0; r < 8; r++) {
                    double[] row = {columns[0][r], columns[1][r], columns[2][r], columns[3][r]};
                    assertThat(batch[r]).isEqualTo(model.score(row)).isBetween(0.0, 1.0);
                }
            }
        }
    }

    @Test
    void depthLimitCutsTheTreesShort() {
        double[][] columns = IsolationForestTest.gaussian(2, 500, 74);
        double[] one = scores(IsolationForest.fit(columns, 500, OPTIONS.withDepthLimit(1)), columns);
        double[] usual = scores(IsolationForest.fit(columns, 500, OPTIONS.withDepthLimit(8)), columns);
        double[] deep = scores(IsolationForest.fit(columns, 500, OPTIONS.withDepthLimit(12)), columns);
        assertThat(usual).containsExactly(scores(IsolationForest.fit(columns, 500, OPTIONS), columns));
        assertThat(spread(one)).isLessThan(spread(usual));
        assertThat(deep).isNotEqualTo(usual);
        assertThatThrownBy(() -> OPTIONS.withDepthLimit(13)).hasMessageContaining("depthLimit must be in");
        assertThatThrownBy(() -> OPTIONS.withFeaturesPerSplit(17)).hasMessageContaining("featuresPerSplit must be in");
    }

    @Test
    void branchWithoutGapsIsTheForestWithoutGaps() {
        double[][] columns = IsolationForestTest.gaussian(3, 400, 75);
        assertThat(scores(IsolationForest.fit(columns, 400, OPTIONS.withMissing(Missing.BRANCH)), columns))
                .containsExactly(scores(IsolationForest.fit(columns, 400, OPTIONS), columns));
    }

    @Test
    void missingValueGoesWithTheMajorityAndIsNoAnomalyByItself() {
        double[][] columns = IsolationForestTest.gaussian(3, 1_000, 76);
        for (int r = 0; r < 1_000; r += 10) {
            columns[1][r] = Double.NaN;
        }
        columns[0][500] = 30;
        columns[1][501] = 30;
        for (int width = 1; width <= 2; width++) {
            IsolationForestModel model = IsolationForest.fit(
                    columns, 1_000, OPTIONS.withMissing(Missing.BRANCH).withFeaturesPerSplit(width));
            double[] scores = scores(model, columns);
            assertThat(Arrays.stream(scores).boxed()).allMatch(s -> s > 0 && s < 1);
            double mean = Arrays.stream(scores).average().orElseThrow();
            double gaps = 0;
            for (int r = 0; r < 1_000; r += 10) {
                gaps += scores[r] / 100;
            }
            assertThat(gaps).as("width %d", width).isLessThan(mean + 0.02);
            assertThat(scores[500]).as("far row with a gap").isGreaterThan(0.6);
            assertThat(scores[501]).isGreaterThan(0.6);
        }
        double[][] allGone = {new double[60], columns[0]};
        Arrays.fill(allGone[0], Double.NaN);
        double[] known = scores(
                IsolationForest.fit(allGone, 60, OPTIONS.withMissing(Missing.BRANCH)),
                new double[][] {allGone[0], Arrays.copyOf(columns[0], 60)});
        assertThat(Arrays.stream(known).boxed()).allMatch(s -> s > 0 && s < 1);
        double[][] nothing = {{Double.NaN, Double.NaN, Double.NaN}};
        for (double score : scores(IsolationForest.fit(nothing, 3, OPTIONS.withMissing(Missing.BRANCH)), nothing)) {
            assertThat(score).isCloseTo(0.5, within(1e-12));
        }
    }

    @Test
    void oneRowNeedsNoMemory() {
        double[][] columns = IsolationForestTest.gaussian(5, 500, 77);
        IsolationForestModel model = IsolationForest.fit(columns, 500, OPTIONS.withMissing(Missing.BRANCH));
        double[] row = {1, 2, 3, 4, 5};
        com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        double sum = 0;
        for (int i = 0; i < 2_000; i++) {
            sum += model.score(row);
        }
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        for (int i = 0; i < 2_000; i++) {
            sum += model.score(row);
        }
        long bytes = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        assertThat(sum).isPositive();
        assertThat(bytes).as("bytes of 2,000 scores").isLessThan(2_000); // less than one byte each
    }

    @Test
    void powerOfTwoEqualsThatOfTheLibraryToTheLastBit() {
        org.lama.core.base.Rng rng = org.lama.core.base.Seeds.rng(78, 0);
        for (int i = 0; i < 200_000; i++) {
            double u = rng.nextDouble();
            double y = i % 4 == 0
                    ? -4 * u
                    : i % 4 == 1 ? 400 * (u - 0.5) : i % 4 == 2 ? rng.nextInt(8_000) / 4.0 - 1_000 : 2_400 * (u - 0.5);
            assertThat(Double.doubleToLongBits(Exp2.of(y)))
                    .as("2^%s", y)
                    .isEqualTo(Double.doubleToLongBits(StrictMath.pow(2, y)));
        }
        for (double y : new double[] {
            0,
            -0.0,
            0.5,
            -0.5,
            1,
            -1,
            1e-300,
            0.500000005546599,
            0.5000000000449889,
            Double.NaN,
            Double.NEGATIVE_INFINITY
        }) {
            assertThat(Double.valueOf(Exp2.of(y))).isEqualTo(Double.valueOf(StrictMath.pow(2, y)));
        }
    }

    private static int argMax(double[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            best = values[i] > values[best] ? i : best;
        }
        return best;
    }

    private static double spread(double[] values) {
        return Arrays.stream(values).max().orElseThrow()
                - Arrays.stream(values).min().orElseThrow();
    }
}
