package org.lama.core.stats;

import org.lama.core.base.Api;

/**
 * The deterministic part of a unit-root or stationarity regression.
 *
 * @since 0.1.0
 */
@Api(Api.Status.STABLE)
public enum Trend {
    /** Nothing (statsmodels "n"): the series fluctuates around zero. */
    NONE(0),
    /** A level (statsmodels "c"). */
    CONSTANT(1),
    /** A level and a line (statsmodels "ct"). */
    CONSTANT_TREND(2),
    /** A level, a line and a parabola (statsmodels "ctt"). */
    CONSTANT_TREND_SQUARED(3);

    private final int terms;

    Trend(int terms) {
        this.terms = terms;
    }

    /**
     * How many deterministic columns the regression has.
     *
     * @return 0 to 3
     */
    public int terms() {
        return terms;
    }
}
