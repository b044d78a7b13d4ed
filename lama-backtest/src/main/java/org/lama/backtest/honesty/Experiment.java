package org.lama.backtest.honesty;

import java.util.List;
import java.util.Optional;
import org.lama.core.series.Frame;

/** Runs what is checked on given data and holds what it decided and did against the run on the true data. */
interface Experiment {
    /**
     * A time up to which decisions are compared.
     *
     * @param nanos UTC epoch nanoseconds
     * @param fill whether it is a fill at the open of a bar, which may know that open; else a decision at a close
     */
    record Moment(long nanos, boolean fill) {}

    /**
     * The earliest difference.
     *
     * @param at when it was decided or done
     * @param symbol whose decision it is
     * @param what {@code target}, {@code fill} or the name of an output
     * @param expected on the true data
     * @param found on the other data
     */
    record Difference(Moment at, String symbol, String what, String expected, String found) {}

    /**
     * Runs it.
     *
     * @param frames one per symbol of the true data, in their order
     * @param until what is decided or done later is not compared
     * @return the earliest difference; empty if there is none
     */
    Optional<Difference> differs(List<Frame> frames, Moment until);

    /**
     * The code that made a decision.
     *
     * @param difference tells the decision
     * @param frames data on which it differs
     * @return where it was decided; empty if that cannot be known
     */
    default Optional<CallSite> decidedIn(Difference difference, List<Frame> frames) {
        return Optional.empty();
    }

    /**
     * The call by which values come in, for what is handed its inputs and takes no columns.
     *
     * @param garbled data on which a decision differs
     * @param moment of the decision
     * @return the call; empty if that cannot be known
     */
    default Optional<CallSite> readIn(List<Frame> garbled, Moment moment) {
        return Optional.empty();
    }
}
