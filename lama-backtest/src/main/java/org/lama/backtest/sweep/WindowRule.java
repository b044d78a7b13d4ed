package org.lama.backtest.sweep;

import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * A rule of window sums: long while the mean of the last {@code fastBars} closes is above that of the last {@code slowBars}
 * closes, else flat; decided from the first full slow window on. Two means that agree to twelve digits are equal, as in the
 * built-in strategy {@code sma-cross}.
 *
 * @param fastBars length of the fast window in bars, at least 1
 * @param slowBars length of the slow window in bars, above fastBars
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record WindowRule(int fastBars, int slowBars) {
    /**
     * Checks the order of the windows.
     *
     * @param fastBars length of the fast window in bars, at least 1
     * @param slowBars length of the slow window in bars, above fastBars
     */
    public WindowRule {
        Check.atLeast(fastBars, 1, "fastBars");
        Check.that(fastBars < slowBars, "fastBars must be below slowBars=" + slowBars + ", got " + fastBars);
    }
}
