package org.lama.core.split;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * The plan of a walk-forward study: at every retrain time R the model is fitted on the calendar window
 * [R - trainDays, R) and decides until R + stepDays. Pure index arithmetic on the opening times of bars; a bar belongs to
 * a window by the time of its close, because that is when it is known.
 *
 * <p>With bars that open at t and last d: row i is known at R when t[i] + d &lt;= R. Training rows are those known at R
 * that open at or after R - trainDays (after the first row of the segment if anchored), less the last
 * {@code purgeBars + embargoBars} of them; test rows are those with R &lt; t[i] + d &lt;= R + stepDays. So a label that
 * looks {@code purgeBars} bars ahead of a training row never reaches a test row. Days are calendar days of 24 hours: a
 * missing bar does not lengthen a window.
 *
 * <p>Every answer for a time R depends only on rows known at R + stepDays; cutting off later rows changes nothing (see
 * {@link Fold#complete()} for the last fold). Immutable and thread-safe. Reference: López de Prado 2018, Advances in
 * Financial Machine Learning, chapters 7 and 12 (purge and embargo).
 *
 * @param trainDays length of the training window in calendar days, 1 to 36,500; the minimum history if anchored
 * @param stepDays days from one retrain to the next, 1 to 36,500
 * @param purgeBars the horizon of the labels in bars, at least 0: rows left out at the end of the training window because
 *     their labels reach past it
 * @param embargoBars further rows left out there against serial correlation, at least 0
 * @param anchored true if the training window starts at the first row of the segment and grows, false if it rolls
 * @since 0.1.0
 */
@Api(Api.Status.STABLE)
public record WalkForward(int trainDays, int stepDays, int purgeBars, int embargoBars, boolean anchored) {
    private static final long DAY_NANOS = 86_400_000_000_000L;
    private static final int MAXIMUM_DAYS = 36_500;

    /**
     * Checks the ranges.
     *
     * @param trainDays length of the training window in calendar days, 1 to 36,500; the minimum history if anchored
     * @param stepDays days from one retrain to the next, 1 to 36,500
     * @param purgeBars the horizon of the labels in bars, at least 0: rows left out at the end of the training window because
     *     their labels reach past it
     * @param embargoBars further rows left out there against serial correlation, at least 0
     * @param anchored true if the training window starts at the first row of the segment and grows, false if it rolls
     */
    public WalkForward {
        Check.inRange(trainDays, 1, MAXIMUM_DAYS, "trainDays");
        Check.inRange(stepDays, 1, MAXIMUM_DAYS, "stepDays");
        Check.atLeast(purgeBars, 0, "purgeBars");
        Check.atLeast(embargoBars, 0, "embargoBars");
    }

    /**
     * The default plan: 365 days of training, a retrain every 30 days, purge and embargo of one label horizon each,
     * rolling.
     *
     * @param horizonBars bars from a decision to the end of its label, at least 0
     * @return the plan
     */
    public static WalkForward ofHorizon(int horizonBars) {
        return new WalkForward(365, 30, horizonBars, horizonBars, false);
    }

    /**
     * The same plan with another training window.
     *
     * @param days calendar days, 1 to 36,500
     * @return the plan
     */
    public WalkForward withTrainDays(int days) {
        return new WalkForward(days, stepDays, purgeBars, embargoBars, anchored);
    }

    /**
     * The same plan with another distance between retrains.
     *
     * @param days calendar days, 1 to 36,500
     * @return the plan
     */
    public WalkForward withStepDays(int days) {
        return new WalkForward(trainDays, days, purgeBars, embargoBars, anchored);
    }

    /**
     * The same plan with a training window that grows from the first row.
     *
     * @return the plan
     */
    public WalkForward withAnchor() {
        return new WalkForward(trainDays, stepDays, purgeBars, embargoBars, true);
    }

    /**
     * The retrain calendar that all assets of a study share: first + trainDays, then every stepDays, as long as a
     * decision can follow. O(number of retrains).
     *
     * @param firstNanos open of the study's first bar, UTC epoch nanoseconds
     * @param lastNanos close of the study's last bar, UTC epoch nanoseconds
     * @return ascending retrain times before lastNanos; empty if there is no full window
     */
    public long[] retrainTimes(long firstNanos, long lastNanos) {
        long train = trainDays * DAY_NANOS;
        long step = stepDays * DAY_NANOS;
        // A difference that overflows is negative and gives no retrain, which is also what an empty study gives.
        long room = lastNanos - firstNanos - train;
        if (lastNanos <= firstNanos || room <= 0) {
            return new long[0];
        }
        long[] times = new long[Math.toIntExact((room - 1) / step + 1)];
        for (int k = 0; k < times.length; k++) {
            times[k] = firstNanos + train + k * step;
        }
        return times;
    }

    /**
     * The folds of one series on its own calendar, which starts at its first row. O(folds · log rows).
     *
     * @param times strictly increasing opens of the bars, UTC epoch nanoseconds
     * @param barNanos length of a bar, above 0
     * @return the folds in time order; steps without a test row or without a training row are left out
     */
    public List<Fold> folds(long[] times, long barNanos) {
        checkBars(times, barNanos);
        List<Fold> folds = new ArrayList<>();
        if (times.length == 0) {
            return folds;
        }
        for (long retrain : retrainTimes(times[0], times[times.length - 1] + barNanos)) {
            fold(times, barNanos, retrain).ifPresent(folds::add);
        }
        return folds;
    }

    /**
     * The fold of one asset at a retrain time of the shared calendar, where the asset's history starts at row 0.
     * O(log rows).
     *
     * @param times strictly increasing opens of the asset's bars, UTC epoch nanoseconds
     * @param barNanos length of a bar, above 0
     * @param retrainNanos a time of {@link #retrainTimes(long, long)}
     * @return the fold, or empty as in {@link #fold(long[], long, long, int)}
     */
    public Optional<Fold> fold(long[] times, long barNanos, long retrainNanos) {
        return fold(times, barNanos, retrainNanos, 0);
    }

    /**
     * The fold of one asset at a retrain time of the shared calendar. O(log rows).
     *
     * @param times strictly increasing opens of the asset's bars, UTC epoch nanoseconds
     * @param barNanos length of a bar, above 0
     * @param retrainNanos a time of {@link #retrainTimes(long, long)}
     * @param segmentRow first row that may be used: 0, or the first row after a redenomination or a break of identity
     * @return the fold; empty when the asset has no full training window since its listing or the start of its segment,
     *     no training row is left after purge and embargo, or no bar closes in (retrain, retrain + stepDays]
     */
    public Optional<Fold> fold(long[] times, long barNanos, long retrainNanos, int segmentRow) {
        checkBars(times, barNanos);
        Check.inRange(segmentRow, 0, times.length, "segmentRow");
        int rows = times.length;
        long windowFrom = retrainNanos - trainDays * DAY_NANOS;
        if (segmentRow == rows || times[segmentRow] > windowFrom) {
            return Optional.empty();
        }
        long until = retrainNanos + stepDays * DAY_NANOS;
        int known = firstOpenAfter(times, segmentRow, retrainNanos - barNanos);
        int testTo = firstOpenAfter(times, known, until - barNanos);
        int trainFrom = anchored ? segmentRow : firstOpenAfter(times, segmentRow, windowFrom - 1);
        int trainTo = known - purgeBars - embargoBars;
        if (trainTo <= trainFrom || testTo <= known) {
            return Optional.empty();
        }
        // Complete once no further bar could close inside the step.
        boolean complete = testTo < rows || times[rows - 1] + 2 * barNanos > until;
        return Optional.of(new Fold(trainFrom, trainTo, known, testTo, complete));
    }

    /** First row from {@code from} on that opens after the bound: a lower-bound search on increasing times. */
    private static int firstOpenAfter(long[] times, int from, long bound) {
        int low = from;
        int high = times.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (times[middle] > bound) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private static void checkBars(long[] times, long barNanos) {
        Check.notNull(times, "times");
        Check.that(barNanos > 0, "barNanos must be > 0, got " + barNanos);
    }
}
