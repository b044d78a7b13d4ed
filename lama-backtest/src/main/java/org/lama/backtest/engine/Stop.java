package org.lama.backtest.engine;

import java.time.Instant;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * That a strategy was stopped by a limit of its equity, or was not asked any more. Immutable.
 *
 * @param strategy its name
 * @param limit what stopped it, such as {@code drawdown halted 0.25}
 * @param halted true if nothing was traded from then on, false if positions could only be made smaller
 * @param count how often, at least 1
 * @param first when for the first time
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record Stop(String strategy, String limit, boolean halted, int count, Instant first) {
    /**
     * Checks the parts.
     *
     * @param strategy its name
     * @param limit what stopped it, such as {@code drawdown halted 0.25}
     * @param halted true if nothing was traded from then on, false if positions could only be made smaller
     * @param count how often, at least 1
     * @param first when for the first time
     */
    public Stop {
        Check.notBlank(limit, "limit");
        Check.atLeast(count, 1, "count");
        Check.notNull(first, "first");
    }

    /**
     * What happened, in words without the count.
     *
     * @return such as {@code halted, drawdown halted 0.25, first 2020-01-02T00:00:00Z}
     */
    public String words() {
        return (halted ? "halted, " : "only reducing, ") + limit + ", first " + first;
    }
}
