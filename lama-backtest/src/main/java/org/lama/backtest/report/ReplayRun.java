package org.lama.backtest.report;

import org.lama.backtest.replay.MarketResult;
import org.lama.backtest.replay.OwnFills;
import org.lama.backtest.replay.PnlSplit;
import org.lama.backtest.replay.QuoteLog;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * One replay of a strategy over one book, with all that figures and tables show of it. Immutable as its parts are.
 *
 * @param queue name of the queue model
 * @param result what came of it
 * @param split where its profit came from
 * @param fills what filled
 * @param quotes what was sent
 * @param lengthNanos how long it lasted on our clock
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record ReplayRun(
        String queue, MarketResult result, PnlSplit split, OwnFills fills, QuoteLog quotes, long lengthNanos) {
    /**
     * Checks the parts.
     *
     * @param queue name of the queue model
     * @param result what came of it
     * @param split where its profit came from
     * @param fills what filled
     * @param quotes what was sent
     * @param lengthNanos how long it lasted on our clock
     */
    public ReplayRun {
        Check.notBlank(queue, "queue");
        Check.notNull(result, "result");
        Check.notNull(split, "split");
        Check.notNull(fills, "fills");
        Check.notNull(quotes, "quotes");
    }

    /**
     * Share of the time in which both sides were quoted.
     *
     * @return in [0, 1]; NaN for a run without length
     */
    public double bothQuoted() {
        return (double) quotes.bothNanos() / lengthNanos;
    }

    /**
     * Share of the time in which any side was quoted.
     *
     * @return in [0, 1]; NaN for a run without length
     */
    public double anyQuoted() {
        return (double) quotes.anyNanos() / lengthNanos;
    }
}
