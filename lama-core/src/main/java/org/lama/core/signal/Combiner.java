package org.lama.core.signal;

import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Named;

/**
 * Fuses the signals of several models into one. Weights and calibrations are learned from training rows and from
 * outcomes that are already known, pooled over symbols.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public interface Combiner extends Named {
    /**
     * Starts a study.
     *
     * @param members names of the members, in the order in which their signals will be given
     * @param barsPerDay bars per 24 hours, above 0
     * @return a session that has learned nothing yet and uses its priors
     */
    Session open(List<String> members, double barsPerDay);

    /** One pass over time; mutable and single-threaded. */
    interface Session {
        /**
         * Learns from training rows at a retrain date. Methods without parameters ignore it.
         *
         * @param rows in-sample signals and the returns that followed them, all before the retrain date
         */
        void train(TrainingRows rows);

        /**
         * Takes the realised outcome of the bar that just closed.
         *
         * @param timeNanos close of the bar, UTC epoch nanoseconds
         * @param memberReturns per member: mean over symbols of (signal at the previous close × return of the bar ÷
         *     volatility known at the previous close); NaN if the member gave no valid directional signal
         */
        void observe(long timeNanos, double[] memberReturns);

        /**
         * Combines the signals of one symbol at one decision time.
         *
         * @param signals one per member, in the order of {@link Combiner#open}
         * @param regime the regime that holds
         * @return the combination; neutral if no member is valid
         */
        Composite combine(List<Signal> signals, RegimeLabel regime);
    }

    /**
     * In-sample signals of all members with the returns that followed, pooled over symbols. Arrays are lent for the
     * duration of the call and must not be changed.
     *
     * @param signals [member][row] values in [-1, 1], NaN where missing
     * @param nextReturns [row] log return of the bar after the row; the last row of a window is left out (purged)
     */
    @SuppressWarnings("ArrayRecordComponent") // lent, read-only, never compared
    record TrainingRows(double[][] signals, double[] nextReturns) {
        /**
         * Checks shapes.
         *
         * @param signals [member][row] values in [-1, 1], NaN where missing
         * @param nextReturns [row] log return of the bar after the row; the last row of a window is left out (purged)
         */
        public TrainingRows {
            for (double[] member : signals) {
                Check.that(
                        member.length == nextReturns.length,
                        "each member must have " + nextReturns.length + " rows, got " + member.length);
            }
        }
    }
}
