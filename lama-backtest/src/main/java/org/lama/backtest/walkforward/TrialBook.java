package org.lama.backtest.walkforward;

import java.util.List;
import org.lama.backtest.analytics.ProbabilisticSharpe;
import org.lama.core.base.Api;

/**
 * Where the number of trials of the deflated Sharpe ratio comes from: everything ever tried on the same data and test
 * window, this study included.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
@FunctionalInterface
public interface TrialBook {
    /**
     * Enters the trials of this study and counts all.
     *
     * @param entries what this study tried
     * @param testFromNanos first decision, UTC epoch nanoseconds
     * @param testToNanos end of the last bar, exclusive
     * @return the counts
     */
    Count count(List<Entry> entries, long testFromNanos, long testToNanos);

    /**
     * One configuration whose out-of-sample result was computed.
     *
     * @param combiner the combiner that was tried; all else stands in the study's settings
     * @param sharpePerPeriod unannualised Sharpe ratio of its daily returns, NaN if undefined
     * @param weight for how many independent trials it counts, in (0, 1]: clusters of this study's trials over their number
     */
    record Entry(String combiner, double sharpePerPeriod, double weight) {}

    /**
     * What was counted.
     *
     * @param raw distinct trials, at least 1
     * @param effective the sum of their weights, from 1 to raw
     * @param variance variance of their unannualised Sharpe ratios, at least 0
     * @param ledgerStarted when the ledger began, ISO-8601 UTC, empty if none is kept
     */
    record Count(int raw, double effective, double variance, String ledgerStarted) {}

    /**
     * Counts the trials of this study only and keeps no record.
     *
     * @return the book
     */
    static TrialBook ofThisStudyOnly() {
        return (entries, from, to) -> new Count(
                Math.max(1, entries.size()),
                Math.max(1, entries.stream().mapToDouble(Entry::weight).sum()),
                ProbabilisticSharpe.trialVariance(
                        entries.stream().mapToDouble(Entry::sharpePerPeriod).toArray()),
                "");
    }
}
