package org.lama.backtest.analytics;

import java.util.List;
import java.util.Optional;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Tabular;
import org.lama.core.math.Sums;

/**
 * Whether the best of many tried variants beats its benchmark by more than the search itself explains: White's reality
 * check and Hansen's test of superior predictive ability (SPA), over all variants that were tried.
 *
 * <p>With d[k][t] the net return of variant k over the benchmark and n rows: V = max_k √n mean(d[k]) (White 2000,
 * doi:10.1111/1468-0262.00152) and T = max(0, max_k √n mean(d[k]) / ω[k]) (Hansen 2005, doi:10.1198/073500105000000063),
 * where ω[k]² is the variance that the stationary bootstrap gives √n mean(d[k]), in closed form (Politis and Romano 1994).
 * Null hypothesis of all four p-values: no variant has a mean above 0; upper tail; (1 + number of resamples at least as
 * large) / (resamples + 1). The three SPA p-values differ in what they hold of variants that are clearly bad: all of them
 * have mean 0 ({@code upper}, the most cautious), those below -√(2 ln ln n) standard errors keep their mean ({@code
 * consistent}, the one to quote), all negative means are kept ({@code lower}). Reality check and {@code upper} lose power
 * when many bad variants are added; {@code consistent} does not.
 *
 * <p>All variants are resampled with the same rows, which keeps their dependence. NaN policy: FAIL. Fewer than {@value
 * #MINIMUM_OBSERVATIONS} rows, or no variant whose returns vary: p-values are NaN and {@link #reason()} says why. A variant
 * with constant returns, such as one that never traded, is counted in {@code skipped} and cannot be the best. Immutable
 * and thread-safe.
 *
 * @param variants number of variants with returns that vary
 * @param skipped number of variants with constant returns
 * @param observations rows per variant
 * @param blockLength mean length of a block in rows
 * @param best number of the variant with the largest mean, -1 if there is none
 * @param bestMean its mean per period, NaN if there is none
 * @param bestRatio the largest √n mean / ω over the variants, NaN if there is none
 * @param realityCheck White's p-value
 * @param lower Hansen's lower p-value
 * @param consistent Hansen's consistent p-value
 * @param upper Hansen's upper p-value
 * @param reason why there is no p-value, empty if there is one
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record RealityCheck(
        long variants,
        long skipped,
        int observations,
        double blockLength,
        long best,
        double bestMean,
        double bestRatio,
        double realityCheck,
        double lower,
        double consistent,
        double upper,
        Optional<String> reason)
        implements Tabular {
    /** Fewer rows give no p-value. */
    public static final int MINIMUM_OBSERVATIONS = 30;

    /**
     * Checks the counts.
     *
     * @param variants number of variants with returns that vary
     * @param skipped number of variants with constant returns
     * @param observations rows per variant
     * @param blockLength mean length of a block in rows
     * @param best number of the variant with the largest mean, -1 if there is none
     * @param bestMean its mean per period, NaN if there is none
     * @param bestRatio the largest √n mean / ω over the variants, NaN if there is none
     * @param realityCheck White's p-value
     * @param lower Hansen's lower p-value
     * @param consistent Hansen's consistent p-value
     * @param upper Hansen's upper p-value
     * @param reason why there is no p-value, empty if there is one
     */
    public RealityCheck {
        Check.that(variants >= 0 && skipped >= 0, "variants and skipped must be >= 0");
        Check.notNull(reason, "reason");
    }

    /**
     * Tests a matrix of variants. O(variants · (resamples · n / blockLength + n · blockLength)).
     *
     * @param returns one row of finite returns over the benchmark per variant, all of one length; in the order of the
     *     trials, because the best is named by its index
     * @param bootstrap resamples, seed, and block length; automatic: the mean of the variants' own Politis–White lengths
     * @return the p-values
     */
    public static RealityCheck of(double[][] returns, StationaryBootstrap bootstrap) {
        Check.notNull(returns, "returns");
        int rows = returns.length == 0 ? 0 : returns[0].length;
        double length = rows == 0 ? 1 : blockLength(returns, bootstrap);
        Stream stream = new Stream(rows, length, bootstrap);
        for (int k = 0; k < returns.length; k++) {
            stream.add(k, returns[k]);
        }
        return stream.result();
    }

    /**
     * The block length that {@link #of} uses: the one that is set, else the mean over the variants of the Politis–White
     * length, constant variants left out.
     *
     * @param returns one row of finite returns per variant
     * @param bootstrap the settings
     * @return rows, at least 1
     */
    public static double blockLength(double[][] returns, StationaryBootstrap bootstrap) {
        if (!Double.isNaN(bootstrap.blockLength())) {
            return bootstrap.blockLength();
        }
        double sum = 0;
        int count = 0;
        for (double[] row : returns) {
            if (Moments.of(Moments.requireFinite(row, "returns")).standardDeviation() > 0) {
                sum += bootstrap.blockLengthFor(row);
                count++;
            }
        }
        return count == 0 ? 1 : sum / count;
    }

    /**
     * Whether there are p-values.
     *
     * @return false if {@link #reason()} says why not
     */
    public boolean isDefined() {
        return reason.isEmpty();
    }

    @Override
    public List<Column> columns() {
        return List.of(
                new Column("test", List.of("reality check", "SPA lower", "SPA consistent", "SPA upper")),
                new Column("pValue", List.of(realityCheck, lower, consistent, upper)));
    }

    /**
     * The same test for variants that come one by one and are not kept: memory depends on rows and resamples, not on the
     * number of variants. Which rows each resample takes is drawn once, from the seed. Mutable, single-threaded; several
     * streams of the same settings, one per thread, are {@link #merge merged} into the same bits as one stream, in any
     * order.
     */
    public static final class Stream {
        private static final int CONSISTENT = 1;
        private static final int HEAD = 5;

        private final int rows;
        private final double blockLength;
        private final int resamples;
        private final int[][] blocks;
        private final double[] weights;
        private final double[] prefix;
        private final double[] centred;
        private final double[] white;
        private final double[][] hansen;
        private long variants;
        private long skipped;
        private long best = -1;
        private double bestMean = Double.NEGATIVE_INFINITY;
        private double bestRatio = Double.NEGATIVE_INFINITY;

        /**
         * Draws the resamples.
         *
         * @param rows returns per variant, at least 0
         * @param blockLength mean length of a block in rows, at least 1; the bootstrap's own setting is not used
         * @param bootstrap number of resamples and seed
         */
        public Stream(int rows, double blockLength, StationaryBootstrap bootstrap) {
            this.rows = Check.atLeast(rows, 0, "rows");
            this.blockLength = Check.inRange(blockLength, 1, Double.MAX_VALUE, "blockLength");
            resamples = bootstrap.resamples();
            blocks = rows < MINIMUM_OBSERVATIONS
                    ? new int[0][]
                    : ResampledBlocks.draw(rows, blockLength, resamples, bootstrap.seed());
            weights = ResampledBlocks.varianceWeights(rows, blockLength);
            prefix = new double[2 * rows + 1];
            centred = new double[2 * rows];
            white = new double[resamples];
            hansen = new double[3][resamples];
            java.util.Arrays.fill(white, Double.NEGATIVE_INFINITY);
        }

        private Stream(Stream other) {
            rows = other.rows;
            blockLength = other.blockLength;
            resamples = other.resamples;
            blocks = other.blocks;
            weights = other.weights;
            prefix = new double[2 * rows + 1];
            centred = new double[2 * rows];
            white = new double[resamples];
            hansen = new double[3][resamples];
            java.util.Arrays.fill(white, Double.NEGATIVE_INFINITY);
        }

        /**
         * An empty stream on the same resamples, for another thread, to be merged later. The draws are shared, not copied.
         *
         * @return a stream without variants
         */
        public Stream sibling() {
            return new Stream(this);
        }

        /**
         * What the variants so far amount to, for {@link #restore} in another process.
         *
         * @return counts and largest statistics, some of them infinite; a copy
         */
        public double[] state() {
            double[] state = new double[HEAD + 4 * resamples];
            state[0] = variants;
            state[1] = skipped;
            state[2] = best;
            state[3] = bestMean;
            state[4] = bestRatio;
            System.arraycopy(white, 0, state, HEAD, resamples);
            for (int h = 0; h < hansen.length; h++) {
                System.arraycopy(hansen[h], 0, state, HEAD + (h + 1) * resamples, resamples);
            }
            return state;
        }

        /**
         * Goes on from a state; what was taken in before is forgotten.
         *
         * @param state of a stream of the same rows, block length and bootstrap
         */
        public void restore(double[] state) {
            Check.that(
                    state.length == HEAD + 4 * resamples,
                    "state must have " + (HEAD + 4 * resamples) + " values, got " + state.length);
            variants = (long) state[0];
            skipped = (long) state[1];
            best = (long) state[2];
            bestMean = state[3];
            bestRatio = state[4];
            System.arraycopy(state, HEAD, white, 0, resamples);
            for (int h = 0; h < hansen.length; h++) {
                System.arraycopy(state, HEAD + (h + 1) * resamples, hansen[h], 0, resamples);
            }
        }

        /**
         * Takes one variant in. O(resamples · rows / blockLength + rows · blockLength), allocates nothing.
         *
         * @param number its number, by which the best is named and ties are settled
         * @param returns finite returns over the benchmark, as many as the rows
         */
        public void add(long number, double[] returns) {
            Check.that(
                    returns.length == rows,
                    "returns of variant " + number + " must have " + rows + " rows, got " + returns.length);
            double mean = centre(Moments.requireFinite(returns, "returns"));
            double variance = rows < MINIMUM_OBSERVATIONS ? 0 : ResampledBlocks.variance(centred, rows, weights);
            if (isConstant(returns)) {
                skipped++;
                return;
            }
            variants++;
            if (mean > bestMean || (mean == bestMean && number < best)) {
                bestMean = mean;
                best = number;
            }
            if (variance > 0) {
                double error = Math.sqrt(variance / rows);
                bestRatio = Math.max(bestRatio, mean / error);
                resample(mean, error);
            }
        }

        private double centre(double[] returns) {
            double mean = Sums.mean(returns, 0, rows);
            for (int i = 0; i < 2 * rows; i++) {
                centred[i] = returns[i < rows ? i : i - rows] - mean;
                prefix[i + 1] = prefix[i] + centred[i];
            }
            return mean;
        }

        private static boolean isConstant(double[] returns) {
            for (double value : returns) {
                if (value != returns[0]) {
                    return false;
                }
            }
            return true;
        }

        /** The largest resampled statistics so far: maxima are exact, so no order of variants changes a bit. */
        private void resample(double mean, double error) {
            double kept = mean < -error * Math.sqrt(2 * Math.log(Math.log(rows))) ? mean : 0;
            double low = Math.min(mean, 0);
            for (int b = 0; b < resamples; b++) {
                double shift = ResampledBlocks.sum(prefix, blocks[b]) / rows;
                white[b] = Math.max(white[b], shift);
                hansen[0][b] = Math.max(hansen[0][b], (shift + low) / error);
                hansen[CONSISTENT][b] = Math.max(hansen[CONSISTENT][b], (shift + kept) / error);
                hansen[2][b] = Math.max(hansen[2][b], shift / error);
            }
        }

        /**
         * Takes in all variants of another stream of the same rows, block length and bootstrap.
         *
         * @param other the other stream; it stays as it is
         */
        public void merge(Stream other) {
            Check.that(
                    rows == other.rows && blockLength == other.blockLength && resamples == other.resamples,
                    "streams must have the same rows, block length and resamples to be merged");
            Check.that(java.util.Arrays.deepEquals(blocks, other.blocks), "streams must have the same seed");
            variants += other.variants;
            skipped += other.skipped;
            if (other.bestMean > bestMean || (other.bestMean == bestMean && other.best < best)) {
                bestMean = other.bestMean;
                best = other.best;
            }
            bestRatio = Math.max(bestRatio, other.bestRatio);
            for (int b = 0; b < resamples; b++) {
                white[b] = Math.max(white[b], other.white[b]);
                for (int h = 0; h < hansen.length; h++) {
                    hansen[h][b] = Math.max(hansen[h][b], other.hansen[h][b]);
                }
            }
        }

        /**
         * The p-values over the variants so far.
         *
         * @return the result, with a reason where there is none
         */
        public RealityCheck result() {
            Optional<String> reason = reason();
            double ratio = Math.max(0, bestRatio);
            boolean known = variants > 0;
            return new RealityCheck(
                    variants,
                    skipped,
                    rows,
                    blockLength,
                    best,
                    known ? bestMean : Double.NaN,
                    known && bestRatio > Double.NEGATIVE_INFINITY ? bestRatio : Double.NaN,
                    reason.isPresent() ? Double.NaN : share(white, bestMean),
                    reason.isPresent() ? Double.NaN : share(hansen[0], ratio),
                    reason.isPresent() ? Double.NaN : share(hansen[CONSISTENT], ratio),
                    reason.isPresent() ? Double.NaN : share(hansen[2], ratio),
                    reason);
        }

        private Optional<String> reason() {
            if (rows < MINIMUM_OBSERVATIONS) {
                return Optional.of(rows + " returns per variant, at least " + MINIMUM_OBSERVATIONS + " are needed");
            }
            if (bestRatio == Double.NEGATIVE_INFINITY) {
                return Optional.of("no variant has returns that vary" + (skipped > 0 ? ", " + skipped + " tried" : ""));
            }
            return Optional.empty();
        }

        private static double share(double[] draws, double statistic) {
            int reached = 0;
            for (double draw : draws) {
                reached += draw >= statistic ? 1 : 0;
            }
            return (1.0 + reached) / (draws.length + 1.0);
        }
    }
}
