package org.lama.backtest.honesty;

import org.lama.backtest.analytics.PairedBootstrap;
import org.lama.backtest.analytics.StationaryBootstrap;

/**
 * What a change of the run costs a strategy: the Sharpe ratios a year of both runs and the 95 % interval of their difference
 * (paired stationary bootstrap). Long runs are summed up in blocks of bars.
 */
final class SharpeLoss {
    private static final int MOST_ROWS = 20_000;
    private static final int RESAMPLES = 500;
    /** Student's t above which a mean is taken to be there at all. */
    private static final double SIGNIFICANT = 1.96;

    private static final double YEAR_NANOS = 365 * 86_400e9;

    private final PairedBootstrap.Difference difference;
    private final double years;

    private SharpeLoss(PairedBootstrap.Difference difference, double years) {
        this.difference = difference;
        this.years = years;
    }

    /** Returns from bar to bar of the two runs; what one has beyond the other is left out. */
    static SharpeLoss of(double[] truth, double[] changed, long barNanos, long seed) {
        int rows = Math.min(truth.length, changed.length);
        int block = Math.max(1, rows / MOST_ROWS);
        double year = YEAR_NANOS / barNanos / block;
        double[] first = sums(truth, rows, block);
        StationaryBootstrap bootstrap = StationaryBootstrap.of(RESAMPLES, seed);
        return new SharpeLoss(
                PairedBootstrap.of(first, sums(changed, rows, block), year, bootstrap)
                        .rows()
                        .get(0),
                first.length / year);
    }

    private static double[] sums(double[] returns, int rows, int block) {
        double[] sums = new double[rows / block];
        for (int i = 0; i < sums.length; i++) {
            for (int k = 0; k < block; k++) {
                double one = returns[i * block + k];
                sums[i] += Double.isFinite(one) ? one : 0;
            }
        }
        return sums;
    }

    double before() {
        return difference.first();
    }

    double after() {
        return difference.second();
    }

    double loss() {
        return -difference.difference();
    }

    double leastLoss() {
        return -difference.high();
    }

    double mostLoss() {
        return -difference.low();
    }

    /** Whether it earned for certain, surely lost, and kept less than a share. */
    boolean keepsLessThan(double share) {
        boolean earned = before() * Math.sqrt(years) > SIGNIFICANT;
        // nothing traded has no Sharpe ratio: nothing is left
        boolean lost = Double.isNaN(after()) || (leastLoss() > 0 && after() < share * before());
        return earned && lost;
    }
}
