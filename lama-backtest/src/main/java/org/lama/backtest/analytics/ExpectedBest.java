package org.lama.backtest.analytics;

import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.math.Cholesky;
import org.lama.core.math.Distributions;
import org.lama.core.math.Sums;

/**
 * How good the best of many standard normal figures is by luck alone: E max z. For n independent ones it is the integral of 1 −
 * Φⁿ above 0 less that of Φⁿ below, for any real n of at least 1. For ones with a correlation matrix it is simulated with a seed
 * of its own: half the range of each draw, which has the same expectation and less spread. Equal matrices give equal bits.
 */
final class ExpectedBest {
    /** No more tries than this are told apart. */
    static final double MOST_TRIES = 1e15;

    private static final long SEED = 20140904;
    private static final int LEAST_DRAWS = 1000;
    private static final int MOST_DRAWS = 10_000;
    private static final double WORK = 1.6e8;
    /** Makes singular matrices, as mirror images have, positive definite; moves no figure by more than 0.001. */
    private static final double RIDGE = 1e-6;

    private static final int NODES = 1000;
    private static final double STEP = 0.01;
    private static final double[] LOG_BELOW = new double[NODES + 1];
    private static final double[] LOG_ABOVE = new double[NODES + 1];

    static {
        for (int i = 0; i <= NODES; i++) {
            double tail = Distributions.normalCdf(-i * STEP);
            LOG_BELOW[i] = Math.log1p(-tail);
            LOG_ABOVE[i] = Math.log(tail);
        }
    }

    private ExpectedBest() {}

    /** Of independent figures; 0 for one, rising with their number. Simpson's rule from 0 to 10; within 1e-8. */
    static double ofIndependent(double tries) {
        double sum = 0;
        for (int i = 0; i <= NODES; i++) {
            int weight = i == 0 || i == NODES ? 1 : 2 + 2 * (i % 2);
            sum += weight * (-Math.expm1(tries * LOG_BELOW[i]) - Math.exp(tries * LOG_ABOVE[i]));
        }
        return sum * STEP / 3;
    }

    /** How many independent figures have a best that good; from 1 to {@link #MOST_TRIES}. */
    static double tries(double best) {
        double low = 0;
        double high = Math.log(MOST_TRIES);
        for (int i = 0; i < 50; i++) {
            double middle = (low + high) / 2;
            if (ofIndependent(Math.exp(middle)) < best) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return Math.exp(low);
    }

    /** Of figures with this correlation matrix; 0 for fewer than two. O(m³ + draws · m²). */
    static double of(double[][] correlation) {
        int m = correlation.length;
        if (m < 2) {
            return 0;
        }
        double[] factor = new double[m * m];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < i; j++) {
                factor[i * m + j] = (1 - RIDGE) * correlation[i][j];
            }
            factor[i * m + i] = (1 - RIDGE) * correlation[i][i] + RIDGE;
        }
        int rows = Cholesky.factor(factor, m);
        if (rows < m) {
            throw new IllegalStateException("a correlation matrix must have no negative eigenvalue, row " + rows);
        }
        int draws = (int) Math.max(LEAST_DRAWS, Math.min(MOST_DRAWS, WORK / ((double) m * m)));
        Rng rng = Seeds.rng(SEED, 0);
        double[] own = new double[m];
        double sum = 0;
        for (int d = 0; d < draws; d++) {
            for (int i = 0; i < m; i++) {
                own[i] = rng.nextGaussian();
            }
            sum += halfRange(factor, own);
        }
        return sum / draws;
    }

    private static double halfRange(double[] factor, double[] own) {
        double highest = Double.NEGATIVE_INFINITY;
        double lowest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < own.length; i++) {
            double figure = Sums.dot(factor, i * own.length, own, 0, i + 1);
            highest = Math.max(highest, figure);
            lowest = Math.min(lowest, figure);
        }
        return (highest - lowest) / 2;
    }
}
