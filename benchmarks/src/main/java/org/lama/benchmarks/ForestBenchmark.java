package org.lama.benchmarks;

import java.util.concurrent.TimeUnit;
import org.lama.core.base.Api;
import org.lama.models.anomaly.IsolationForest;
import org.lama.models.anomaly.IsolationForestModel;
import org.lama.models.anomaly.IsolationForestOptions;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Isolation forest of 100 trees of 256 rows on five features: fit and score on one thread, beside trees of objects and
 * beside a walk of our own trees row by row.
 *
 * @since 0.1.0
 */
@Api(Api.Status.INTERNAL)
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(3)
public class ForestBenchmark {
    private static final int FEATURES = 5;

    /** Rows that are fitted and scored. */
    @Param({"1000", "100000"})
    public int rows;

    private double[][] columns = {};
    private double[][] table = {};
    private double[] scores = {};
    private IsolationForestModel model = IsolationForest.fit(new double[1][1], 1, IsolationForestOptions.defaults());
    private IsolationForestModel extended = model;
    private NaiveForest naive = NaiveForest.fit(new double[1][1]);

    /** Called by the harness. */
    public ForestBenchmark() {}

    /** Makes the rows and both forests. */
    @Setup
    public void prepare() {
        columns = BenchmarkData.normals(rows, FEATURES);
        table = new double[rows][FEATURES];
        for (int r = 0; r < rows; r++) {
            for (int f = 0; f < FEATURES; f++) {
                table[r][f] = columns[f][r];
            }
        }
        scores = new double[rows];
        model = fit();
        extended = extendedFit();
        naive = NaiveForest.fit(table);
    }

    /**
     * Our fit.
     *
     * @return the forest
     */
    @Benchmark
    public IsolationForestModel fit() {
        return IsolationForest.fit(columns, rows, IsolationForestOptions.defaults());
    }

    /**
     * The baseline of the fit.
     *
     * @return the forest
     */
    @Benchmark
    public Object naiveFit() {
        return NaiveForest.fit(table);
    }

    /**
     * Our scores of all rows in blocks.
     *
     * @return the scores
     */
    @Benchmark
    public double[] score() {
        model.score(columns, 0, rows, scores);
        return scores;
    }

    /**
     * Our fit with two features per split.
     *
     * @return the forest
     */
    @Benchmark
    public IsolationForestModel extendedFit() {
        return IsolationForest.fit(
                columns, rows, IsolationForestOptions.defaults().withFeaturesPerSplit(2));
    }

    /**
     * Scores of all rows by the forest with two features per split.
     *
     * @return the scores
     */
    @Benchmark
    public double[] extendedScore() {
        extended.score(columns, 0, rows, scores);
        return scores;
    }

    /**
     * Our trees, walked row by row.
     *
     * @return the scores
     */
    @Benchmark
    public double[] scoreRowByRow() {
        for (int r = 0; r < rows; r++) {
            scores[r] = model.score(table[r]);
        }
        return scores;
    }

    /**
     * The baseline: trees of objects, walked row by row.
     *
     * @return the scores
     */
    @Benchmark
    public double[] naiveScore() {
        for (int r = 0; r < rows; r++) {
            scores[r] = naive.score(table[r]);
        }
        return scores;
    }
}
