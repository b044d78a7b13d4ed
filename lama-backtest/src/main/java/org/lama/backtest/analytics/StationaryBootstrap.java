package org.lama.backtest.analytics;

import java.util.Arrays;
import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.math.Quantiles;
import org.lama.core.search.TaskExecutor;

/**
 * Resampling of a series in blocks of random, geometrically distributed length that start anywhere and wrap around, which
 * keeps its short-term dependence (Politis and Romano 1994, doi:10.1080/01621459.1994.10476870). It gives percentile
 * intervals of the mean and of the Sharpe ratio per period, and a p-value.
 *
 * <p>Null hypothesis of the p-value: the mean is at most 0; upper tail; (1 + number of resamples whose mean exceeds the
 * sample mean by at least the sample mean) / (resamples + 1). Assumes a stationary series. Percentile intervals are a
 * little too narrow in short samples.
 *
 * <p>Settings and seed decide the bits: resamples are cut into fixed chunks with a generator each, so threads do not
 * matter. NaN policy: FAIL. Fewer than 30 rows give the mean and NaN for
 * the rest: a few rows cannot be resampled into knowledge. Block sums come from prefix sums, so a resample costs
 * the number of its blocks: O(resamples · n / blockLength), and O(n + resamples) memory. Immutable and thread-safe.
 *
 * @param resamples number of resamples, at least 100
 * @param blockLength mean length of a block in rows, at least 1; NaN for the automatic one of each series
 * @param confidence of the intervals, inside (0.5, 1)
 * @param seed seed of the generators
 * @since 0.1.0
 */
@Api(Api.Status.STABLE)
public record StationaryBootstrap(int resamples, double blockLength, double confidence, long seed) {
    /** Fewer rows than this give no interval and no p-value. */
    public static final int MINIMUM_ROWS = 30;

    private static final int CHUNK = 256;

    /**
     * Checks the ranges.
     *
     * @param resamples number of resamples, at least 100
     * @param blockLength mean length of a block in rows, at least 1; NaN for the automatic one of each series
     * @param confidence of the intervals, inside (0.5, 1)
     * @param seed seed of the generators
     */
    public StationaryBootstrap {
        Check.atLeast(resamples, 100, "resamples");
        Check.that(
                Double.isNaN(blockLength) || (blockLength >= 1 && blockLength < Double.POSITIVE_INFINITY),
                "blockLength must be finite and >= 1, or NaN for automatic, got " + blockLength);
        Check.that(confidence > 0.5 && confidence < 1, "confidence must be in (0.5, 1), got " + confidence);
    }

    /**
     * A bootstrap with automatic block length and 95 % confidence.
     *
     * @param resamples number of resamples, at least 100
     * @param seed seed of the generators
     * @return the settings
     */
    public static StationaryBootstrap of(int resamples, long seed) {
        return new StationaryBootstrap(resamples, Double.NaN, 0.95, seed);
    }

    /**
     * The same with another seed.
     *
     * @param other seed of the generators
     * @return the settings
     */
    public StationaryBootstrap withSeed(long other) {
        return new StationaryBootstrap(resamples, blockLength, confidence, other);
    }

    /**
     * The same with a given block length.
     *
     * @param rows mean length of a block, at least 1
     * @return the settings
     */
    public StationaryBootstrap withBlockLength(double rows) {
        return new StationaryBootstrap(resamples, rows, confidence, seed);
    }

    /**
     * The block length that this bootstrap would use for a series.
     *
     * @param x finite values
     * @return rows, 1 to the number of rows
     */
    public double blockLengthFor(double[] x) {
        double length = Double.isNaN(blockLength) ? BlockLength.stationary(x) : blockLength;
        return Math.max(1, Math.min(length, x.length));
    }

    /**
     * Resamples one series.
     *
     * @param x finite values, for example net excess returns per period
     * @return intervals and p-value
     */
    public BootstrapResult run(double[] x) {
        Moments moments = Moments.of(Moments.requireFinite(x, "x"));
        if (x.length < MINIMUM_ROWS) {
            return BootstrapResult.undefined(x.length, moments.mean());
        }
        double length = blockLengthFor(x);
        double[] sums = new double[resamples];
        double[] squares = new double[resamples];
        Blocks blocks = new Blocks(x, moments.mean(), length);
        for (int from = 0; from < resamples; from += CHUNK) {
            Rng rng = Seeds.rng(seed, from / CHUNK);
            for (int k = from; k < Math.min(resamples, from + CHUNK); k++) {
                blocks.draw(rng);
                sums[k] = blocks.sum;
                squares[k] = blocks.square;
            }
        }
        return result(moments, length, sums, squares);
    }

    /**
     * Resamples many series, each with a seed of its own that follows from its index.
     *
     * @param series one row of finite values per series
     * @param executor runs the series
     * @return one result per series, in order
     */
    public List<BootstrapResult> runAll(double[][] series, TaskExecutor executor) {
        return executor.map(series.length, k -> withSeed(Seeds.derive(seed, k)).run(series[k]));
    }

    private BootstrapResult result(Moments moments, double length, double[] sums, double[] squares) {
        int n = moments.count();
        double[] means = new double[resamples];
        double[] sharpes = new double[resamples];
        int exceeding = 0;
        for (int k = 0; k < resamples; k++) {
            double shift = sums[k] / n;
            means[k] = moments.mean() + shift;
            // The values are centred on the sample mean, so this difference of squares loses no digits that matter.
            double variance = (squares[k] - sums[k] * shift) / (n - 1);
            sharpes[k] = variance > 0 ? means[k] / Math.sqrt(variance) : Double.NaN;
            if (shift >= moments.mean()) {
                exceeding++;
            }
        }
        return new BootstrapResult(
                n,
                length,
                interval(moments.mean(), means),
                interval(moments.sharpe(), sharpes),
                (1.0 + exceeding) / (resamples + 1.0));
    }

    private BootstrapResult.Interval interval(double estimate, double[] draws) {
        double[] sorted =
                Arrays.stream(draws).filter(v -> !Double.isNaN(v)).sorted().toArray();
        double tail = (1 - confidence) / 2;
        return new BootstrapResult.Interval(
                estimate,
                Quantiles.ofSorted(sorted, sorted.length, tail),
                Quantiles.ofSorted(sorted, sorted.length, 1 - tail),
                Quantiles.ofSorted(sorted, sorted.length, 1 - confidence));
    }

    /** Draws resamples of one series; single-threaded, allocates nothing per draw. */
    private static final class Blocks {
        private final int n;
        private final double[] prefix;
        private final double[] prefixSquare;
        private final GeometricLengths lengths;
        private double sum;
        private double square;

        Blocks(double[] x, double mean, double blockLength) {
            n = x.length;
            prefix = new double[2 * n + 1];
            prefixSquare = new double[2 * n + 1];
            for (int i = 0; i < 2 * n; i++) {
                double d = x[i % n] - mean;
                prefix[i + 1] = prefix[i] + d;
                prefixSquare[i + 1] = prefixSquare[i] + d * d;
            }
            lengths = new GeometricLengths(blockLength, n);
        }

        /** Sum and sum of squares of one resample of n centred values. */
        void draw(Rng rng) {
            double s = 0;
            double q = 0;
            int left = n;
            while (left > 0) {
                int from = rng.nextInt(n);
                int to = from + Math.min(left, lengths.next(rng));
                s += prefix[to] - prefix[from];
                q += prefixSquare[to] - prefixSquare[from];
                left -= to - from;
            }
            sum = s;
            square = q;
        }
    }
}
