package org.lama.backtest.sizing;

import org.lama.core.base.Api;
import org.lama.core.base.Named;
import org.lama.core.signal.FitStatus;

/**
 * From wanted directions and a window of returns to target weights, all instruments at once. A pure function of its input:
 * no state, no clock, no random numbers; immutable and thread-safe. Called once per rebalance, so it may allocate.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public interface Allocation extends Named {
    /**
     * Whether the window of returns is read.
     *
     * @return false for modes that look at strengths alone
     */
    boolean needsReturns();

    /**
     * Fewest returns in the window with which an instrument can be measured, if returns are read. One that has as many and
     * gets no weight is not wanted.
     *
     * @return at least 1
     */
    default int minRows() {
        return 2;
    }

    /**
     * Computes target weights. An instrument has the sign of its strength or 0; those with strength 0 have 0, and so have,
     * if returns are needed, those with too few of them or without variation: a risk that cannot be measured is not taken.
     *
     * @param input what is known at the decision
     * @param out receives the weights, shares of equity; gross at most {@link AllocationSettings#maxGross()}, except for
     *     {@code fixed}, whose size is fixed
     * @return OK; or why the shares are those of inverse volatility instead
     */
    FitStatus weights(AllocationInput input, double[] out);
}
