package org.lama.backtest.analytics;

import java.util.Arrays;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.math.Sums;

/**
 * The rows of many resamples of the stationary bootstrap, drawn once so that any number of series can be resampled alike,
 * and the variance that the bootstrap gives a mean. Stateless and thread-safe.
 */
final class ResampledBlocks {
    /** Weights below this add nothing that a double could hold. */
    private static final double NEGLIGIBLE = 1e-12;

    private ResampledBlocks() {}

    /** One array per resample: from and to of each block, over the rows written twice in a row. */
    static int[][] draw(int rows, double blockLength, int resamples, long seed) {
        GeometricLengths lengths = new GeometricLengths(Math.min(blockLength, rows), rows);
        int[][] blocks = new int[resamples][];
        int[] scratch = new int[2 * rows];
        for (int b = 0; b < resamples; b++) {
            Rng rng = Seeds.rng(seed, b);
            int used = 0;
            int left = rows;
            while (left > 0) {
                int from = rng.nextInt(rows);
                int length = Math.min(left, lengths.next(rng));
                scratch[used++] = from;
                scratch[used++] = from + length;
                left -= length;
            }
            blocks[b] = Arrays.copyOf(scratch, used);
        }
        return blocks;
    }

    /** Sum of one resample from prefix sums of the rows written twice in a row. */
    static double sum(double[] prefix, int[] blocks) {
        double sum = 0;
        for (int i = 0; i < blocks.length; i += 2) {
            sum += prefix[blocks[i + 1]] - prefix[blocks[i]];
        }
        return sum;
    }

    /** (1 - i/n)(1 - 1/L)^i for i = 0, 1, … as far as they matter. */
    static double[] varianceWeights(int rows, double blockLength) {
        double stay = 1 - 1 / Math.max(1, Math.min(blockLength, rows));
        double[] weights = new double[Math.max(1, rows)];
        int count = 1;
        double power = stay;
        weights[0] = 1;
        while (count < rows && power > NEGLIGIBLE) {
            weights[count] = (1 - (double) count / rows) * power;
            power *= stay;
            count++;
        }
        return Arrays.copyOf(weights, count);
    }

    /**
     * Variance of √n times a resampled mean: c(0) + 2 Σ (1 - i/n)(1 - 1/L)^i c(i) with circular autocovariances c of the
     * centred rows, written twice in a row (Politis and Romano 1994, lemma 1).
     */
    static double variance(double[] centred, int rows, double[] weights) {
        double sum = Sums.dot(centred, 0, centred, 0, rows);
        for (int i = 1; i < weights.length; i++) {
            sum += 2 * weights[i] * Sums.dot(centred, i, centred, 0, rows);
        }
        return sum / rows;
    }
}
