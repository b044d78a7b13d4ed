package org.lama.models.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.models.anomaly.IsolationForestOptions.Missing;

class IsolationForestPropertyTest {
    /** Rounded values make ties between data and thresholds; exponentials make crowded buckets. */
    private static double[][] awkward(int features, int rows, long seed) {
        Rng rng = Seeds.rng(seed, 1);
        double[][] columns = new double[features][rows];
        for (int f = 0; f < features; f++) {
            for (int r = 0; r < rows; r++) {
                double g = rng.nextGaussian();
                columns[f][r] = f % 3 == 0 ? Math.rint(3 * g) : f % 3 == 1 ? StrictMath.exp(4 * g) : g;
            }
        }
        return columns;
    }

    @ParameterizedTest
    @CsvSource({
        "1,256,100,3000",
        "2,256,10,511",
        "6,256,100,2049",
        "30,64,20,1000",
        "128,256,50,600",
        "129,256,50,600",
        "5,2,30,100",
        "4,3,7,513",
        "3,1000,20,1500",
        "3,4096,40,5000",
        "1,4096,300,4500"
    })
    void blockKernelEqualsWalkingEachRowToTheLastBit(int features, int sample, int trees, int rows) {
        double[][] columns = awkward(features, rows, features + sample);
        IsolationForestModel model =
                IsolationForest.fit(columns, rows, new IsolationForestOptions(trees, sample, 3, Missing.REFUSE));
        double[] batch = new double[rows];
        model.score(columns, 0, rows, batch);
        double[] row = new double[features];
        for (int r = 0; r < rows; r++) {
            for (int f = 0; f < features; f++) {
                row[f] = columns[f][r];
            }
            assertThat(Double.doubleToLongBits(batch[r]))
                    .as("row %d", r)
                    .isEqualTo(Double.doubleToLongBits(model.score(row)));
        }
        double[] part = new double[rows - 7];
        model.score(columns, 3, rows - 4, part);
        assertThat(part).containsExactly(Arrays.copyOfRange(batch, 3, rows - 4));
    }

    @ParameterizedTest
    @CsvSource({
        "1,REFUSE,2,700,256",
        "1,BRANCH,3,1025,256",
        "1,BRANCH,64,600,64",
        "1,BRANCH,65,600,64",
        "1,SKIP,3,600,64",
        "1,MEDIAN,3,600,64",
        "2,REFUSE,4,1025,256",
        "2,BRANCH,4,1025,256",
        "2,SKIP,3,600,2",
        "3,MEDIAN,5,600,100",
        "7,BRANCH,140,600,256"
    })
    void blocksOfEveryVariantEqualWalkingEachRowToTheLastBit(
            int width, Missing missing, int features, int rows, int sample) {
        double[][] columns = awkward(features, rows, 5L * features + sample);
        for (int r = 0; r < rows && missing != Missing.REFUSE; r++) {
            columns[r % features][r] = r % 3 == 0 ? Double.NaN : columns[r % features][r];
        }
        IsolationForestModel model = IsolationForest.fit(
                columns,
                rows,
                new IsolationForestOptions(20, sample, 3, missing, IsolationForestOptions.Scoring.DENSITY, width, 0));
        columns[0][1] = Double.POSITIVE_INFINITY;
        columns[features - 1][2] = Double.NEGATIVE_INFINITY;
        columns[0][5] = 1e305;
        columns[0][6] = -0.0;
        double[] batch = new double[rows];
        model.score(columns, 0, rows, batch);
        double[] row = new double[features];
        for (int r = 0; r < rows; r++) {
            for (int f = 0; f < features; f++) {
                row[f] = columns[f][r];
            }
            assertThat(Double.doubleToLongBits(batch[r]))
                    .as("row %d", r)
                    .isEqualTo(Double.doubleToLongBits(model.score(row)));
        }
    }

    /** Powers of two are exact, so units must not matter at all; an offset may only round. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void unitsOfFeaturesDoNotMatterToSlantedSplits(long seed) {
        double[][] columns = awkward(4, 500, seed);
        double[][] other = new double[4][];
        for (int f = 0; f < 4; f++) {
            double unit = new double[] {4, 0.125, 1024, 0.5}[f];
            other[f] = Arrays.stream(columns[f]).map(v -> unit * v).toArray();
        }
        double[] a = new double[500];
        double[] b = new double[500];
        IsolationForestOptions options =
                IsolationForestOptions.defaults().withSeed(seed).withFeaturesPerSplit(3);
        IsolationForest.fit(columns, 500, options).score(columns, 0, 500, a);
        IsolationForest.fit(other, 500, options).score(other, 0, 500, b);
        assertThat(b).containsExactly(a);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 17, 300, 5000})
    void rankIsTheNumberOfThresholdsBelow(int thresholds) {
        Rng rng = Seeds.rng(77, thresholds);
        for (double spread : new double[] {1, 1e-300, 1e300, 1e308}) {
            double[] cuts = new double[thresholds];
            for (int i = 0; i < thresholds; i++) {
                double u = 2 * rng.nextDouble() - 1;
                cuts[i] = spread * (rng.nextInt(3) == 0 ? u * u * u * u * u : rng.nextInt(4) == 0 ? 0.25 : u);
            }
            RankTable table = new RankTable(cuts);
            double[] distinct =
                    Arrays.stream(cuts).map(v -> v + 0.0).distinct().sorted().toArray();
            assertThat(table.size()).isEqualTo(distinct.length);
            for (int i = 0; i < 2000; i++) {
                double x = i < thresholds && i % 2 == 0
                        ? cuts[i]
                        : i == 1
                                ? Double.POSITIVE_INFINITY
                                : i == 3 ? Double.NEGATIVE_INFINITY : spread * (2.2 * rng.nextDouble() - 1.1);
                long below = Arrays.stream(distinct).filter(v -> v < x).count();
                assertThat(table.rank(x)).as("x %s", x).isEqualTo((int) below);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void doublingAFeatureChangesNoScore(long seed) {
        double[][] columns = awkward(4, 700, seed);
        double[][] doubled = new double[4][];
        for (int f = 0; f < 4; f++) {
            doubled[f] = Arrays.stream(columns[f]).map(v -> 2 * v).toArray(); // exact in binary
        }
        double[] a = new double[700];
        double[] b = new double[700];
        IsolationForestOptions options = IsolationForestOptions.defaults().withSeed(seed);
        IsolationForest.fit(columns, 700, options).score(columns, 0, 700, a);
        IsolationForest.fit(doubled, 700, options).score(doubled, 0, 700, b);
        assertThat(b).containsExactly(a);
    }

    @ParameterizedTest
    @CsvSource({"1,1", "2,2", "300,256", "256,256", "1000,37", "100000,4096"})
    void samplesAreDistinctRowsAndEveryRowComesUpEquallyOften(int rows, int sample) {
        double[][] columns = {new double[rows]};
        TreeGrower grower =
                new TreeGrower(columns, rows, sample, IsolationForestOptions.defaults(), new Trees(1, 1, 1));
        Rng rng = Seeds.rng(5, rows);
        int draws = 200;
        double low = 0;
        for (int i = 0; i < draws; i++) {
            int[] drawn = grower.draw(rng);
            assertThat(Arrays.stream(drawn).distinct().count()).isEqualTo(sample);
            assertThat(Arrays.stream(drawn).allMatch(r -> r >= 0 && r < rows)).isTrue();
            low += Arrays.stream(drawn).filter(r -> r < rows / 2).count();
        }
        double share = low / draws / sample;
        int half = rows / 2;
        double expected = (double) half / rows;
        assertThat(Math.abs(share - expected)).isLessThan(5 * Math.sqrt(0.25 / (draws * (double) sample))); // 5 sd
    }
}
