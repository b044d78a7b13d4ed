package org.lama.backtest.analytics;

import java.util.Arrays;
import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Tabular;
import org.lama.core.math.Sums;

/**
 * The probability of backtest overfitting by combinatorially symmetric cross-validation: the rows are cut into S blocks of
 * equal length; for each of the C(S, S/2) halves the configuration with the best Sharpe ratio in that half is looked up in
 * the other half. Its rank there among N, divided by N + 1, is ω; the probability is the share of halves with ln(ω / (1 -
 * ω)) &lt;= 0, that is with the chosen one at or below the median.
 *
 * <p>Sharpe ratios are per period with n - 1; a configuration without spread in a half counts as 0 there. Ties share their
 * mean rank; among equally good ones the first is chosen. Rows that do not fill a block are left out at the start.
 * Reference: Bailey, Borwein, López de Prado and Zhu 2017, doi:10.21314/JCF.2016.322. Immutable and thread-safe.
 * O(C(S, S/2) · N · S + N · T).
 *
 * @since 0.1.0
 */
@Api(Api.Status.STABLE)
public final class OverfittingProbability implements Tabular {
    /** The number of blocks used by default. */
    public static final int DEFAULT_BLOCKS = 16;

    /** Below this many configurations the probability is too coarse to be reported. */
    public static final int MINIMUM_CONFIGURATIONS = 10;

    private static final int MAXIMUM_BLOCKS = 20;

    private final int blocks;
    private final double[] logits;
    private final double[] bestInside;
    private final double[] bestOutside;

    private OverfittingProbability(int blocks, int combinations) {
        this.blocks = blocks;
        logits = new double[combinations];
        bestInside = new double[combinations];
        bestOutside = new double[combinations];
    }

    /**
     * The probability with 16 blocks.
     *
     * @param returns one row of finite returns per configuration, all of one length, at least 32
     * @return the result
     */
    public static OverfittingProbability of(double[][] returns) {
        return of(returns, DEFAULT_BLOCKS);
    }

    /**
     * The probability with a chosen number of blocks.
     *
     * @param returns one row of finite returns per configuration, at least 2 configurations, all of one length, at least
     *     two periods per block
     * @param blocks an even number of blocks, 2 to 20
     * @return the result
     */
    public static OverfittingProbability of(double[][] returns, int blocks) {
        Check.inRange(blocks, 2, MAXIMUM_BLOCKS, "blocks");
        Check.that(blocks % 2 == 0, "blocks must be even, got " + blocks);
        Check.atLeast(returns.length, 2, "number of configurations");
        Check.atLeast(returns[0].length, 2 * blocks, "number of periods");
        for (int c = 0; c < returns.length; c++) {
            Moments.requireFinite(returns[c], "returns[" + c + "]");
            Check.that(
                    returns[c].length == returns[0].length,
                    "returns[" + c + "] must have " + returns[0].length + " rows like the first, got "
                            + returns[c].length);
        }
        OverfittingProbability result = new OverfittingProbability(blocks, combinations(blocks));
        result.run(new BlockMoments(returns, blocks));
        return result;
    }

    /**
     * The probability of backtest overfitting.
     *
     * @return share of halves whose best configuration ranks at or below the median of the other half, in [0, 1]
     */
    public double probability() {
        return share(logits, 0, true);
    }

    /**
     * The same without the halves that rank exactly at the median.
     *
     * @return a share, in [0, 1]
     */
    public double strictProbability() {
        return share(logits, 0, false);
    }

    /**
     * The mean of the logits of the relative rank.
     *
     * @return above 0 if the chosen configuration tends to stay above the median
     */
    public double meanLogit() {
        return Sums.mean(logits, 0, logits.length);
    }

    /**
     * How often the chosen configuration loses outside.
     *
     * @return share of halves with a Sharpe ratio below 0 in the other half, in [0, 1]
     */
    public double lossProbability() {
        return share(bestOutside, 0, false);
    }

    /**
     * Slope of the regression of the outside on the inside Sharpe ratio of the chosen configuration.
     *
     * @return below 0 where a better fit inside means a worse result outside; NaN if all halves agree
     */
    public double degradationSlope() {
        double meanX = Sums.mean(bestInside, 0, bestInside.length);
        double meanY = Sums.mean(bestOutside, 0, bestOutside.length);
        double xy = 0;
        double xx = 0;
        for (int i = 0; i < bestInside.length; i++) {
            xy += (bestInside[i] - meanX) * (bestOutside[i] - meanY);
            xx += (bestInside[i] - meanX) * (bestInside[i] - meanX);
        }
        return Ratios.of(xy, xx);
    }

    /**
     * Intercept of the same regression.
     *
     * @return Sharpe ratio per period
     */
    public double degradationIntercept() {
        return Sums.mean(bestOutside, 0, bestOutside.length)
                - degradationSlope() * Sums.mean(bestInside, 0, bestInside.length);
    }

    /**
     * The logits, one per half in lexicographic order of its blocks.
     *
     * @return a copy
     */
    public double[] logits() {
        return logits.clone();
    }

    /**
     * The number of blocks.
     *
     * @return an even number
     */
    public int blocks() {
        return blocks;
    }

    @Override
    public List<Column> columns() {
        return List.of(
                new Column("halves", List.of((long) logits.length)),
                new Column("probability", List.of(probability())),
                new Column("meanLogit", List.of(meanLogit())),
                new Column("lossProbability", List.of(lossProbability())),
                new Column("degradationSlope", List.of(degradationSlope())));
    }

    private void run(BlockMoments moments) {
        int half = blocks / 2;
        int[] inside = new int[half];
        int[] outside = new int[half];
        double[] scoreInside = new double[moments.configurations()];
        double[] scoreOutside = new double[moments.configurations()];
        for (int i = 0; i < half; i++) {
            inside[i] = i;
        }
        for (int k = 0; k < logits.length; k++) {
            complement(inside, outside);
            moments.sharpes(inside, scoreInside);
            moments.sharpes(outside, scoreOutside);
            int best = first(scoreInside);
            double rank = rank(scoreOutside, best);
            logits[k] = Math.log(rank / (scoreOutside.length + 1 - rank));
            bestInside[k] = scoreInside[best];
            bestOutside[k] = scoreOutside[best];
            next(inside);
        }
    }

    private void complement(int[] inside, int[] outside) {
        int i = 0;
        int o = 0;
        for (int b = 0; b < blocks; b++) {
            if (i < inside.length && inside[i] == b) {
                i++;
            } else {
                outside[o++] = b;
            }
        }
    }

    /** The next combination in lexicographic order; after the last one it stays. */
    private void next(int[] combination) {
        int half = combination.length;
        int i = half - 1;
        while (i >= 0 && combination[i] == blocks - half + i) {
            i--;
        }
        if (i >= 0) {
            combination[i]++;
            for (int j = i + 1; j < half; j++) {
                combination[j] = combination[j - 1] + 1;
            }
        }
    }

    private static int first(double[] scores) {
        int best = 0;
        for (int c = 1; c < scores.length; c++) {
            if (scores[c] > scores[best]) {
                best = c;
            }
        }
        return best;
    }

    private static double rank(double[] scores, int index) {
        int below = 0;
        int equal = 0;
        for (double score : scores) {
            if (score < scores[index]) {
                below++;
            } else if (score == scores[index]) {
                equal++;
            }
        }
        return below + (equal + 1) / 2.0;
    }

    private static double share(double[] values, double bound, boolean inclusive) {
        long count = Arrays.stream(values)
                .filter(v -> v < bound || (inclusive && v == bound))
                .count();
        return (double) count / values.length;
    }

    private static int combinations(int blocks) {
        long count = 1;
        for (int i = 1; i <= blocks / 2; i++) {
            count = count * (blocks / 2 + i) / i;
        }
        return Math.toIntExact(count);
    }

    /** Mean and sum of squared deviations of each block of each configuration, from which any half is put together. */
    private static final class BlockMoments {
        private final int length;
        private final double[][] means;
        private final double[][] squares;

        BlockMoments(double[][] returns, int blocks) {
            length = returns[0].length / blocks;
            int offset = returns[0].length - length * blocks;
            means = new double[returns.length][blocks];
            squares = new double[returns.length][blocks];
            for (int c = 0; c < returns.length; c++) {
                for (int b = 0; b < blocks; b++) {
                    int from = offset + b * length;
                    double mean = Sums.mean(returns[c], from, from + length);
                    means[c][b] = mean;
                    for (int t = from; t < from + length; t++) {
                        squares[c][b] += (returns[c][t] - mean) * (returns[c][t] - mean);
                    }
                }
            }
        }

        int configurations() {
            return means.length;
        }

        /** Pools equal blocks (Chan, Golub and LeVeque 1979): no difference of large squares. */
        void sharpes(int[] half, double[] out) {
            double rows = (double) half.length * length;
            for (int c = 0; c < out.length; c++) {
                double sum = 0;
                double square = 0;
                for (int b : half) {
                    sum += means[c][b];
                    square += squares[c][b];
                }
                double mean = sum / half.length;
                for (int b : half) {
                    square += length * (means[c][b] - mean) * (means[c][b] - mean);
                }
                out[c] = square == 0 ? 0 : mean / Math.sqrt(square / (rows - 1));
            }
        }
    }
}
