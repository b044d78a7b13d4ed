package org.lama.backtest.walkforward;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.lama.backtest.analytics.EffectiveTrials;
import org.lama.backtest.analytics.ProbabilisticSharpe;
import org.lama.backtest.analytics.TrialSpread;
import org.lama.core.base.Api;
import org.lama.core.search.Trial;

/**
 * Where the number of trials of the deflated Sharpe ratio comes from: everything ever tried on the same data and a
 * window that overlaps, this study included.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
@FunctionalInterface
public interface TrialBook {
    /**
     * Enters the trials of this study and counts all.
     *
     * @param tried what this study tried
     * @param testFromNanos first decision, UTC epoch nanoseconds
     * @param testToNanos end of the last bar, exclusive
     * @return the counts
     */
    Count count(Tried tried, long testFromNanos, long testToNanos);

    /**
     * What a study tried, and how many different trials that amounts to.
     *
     * @param entries the trials
     * @param observations returns of each
     * @param effective their effective number
     */
    record Tried(List<Entry> entries, int observations, double effective) {
        /**
         * Copies the list.
         *
         * @param entries the trials
         * @param observations returns of each
         * @param effective their effective number
         */
        public Tried {
            entries = List.copyOf(entries);
        }

        /**
         * The trials with the returns of each.
         *
         * @param names what was tried
         * @param returns of each, all of one length
         * @return the trials
         */
        public static Tried of(List<String> names, double[][] returns) {
            EffectiveTrials different = EffectiveTrials.of(returns);
            List<Entry> entries = new ArrayList<>();
            for (int i = 0; i < returns.length; i++) {
                entries.add(new Entry(
                        names.get(i), ProbabilisticSharpe.of(returns[i]).sharpePerPeriod()));
            }
            int rows = returns.length == 0 ? 0 : returns[0].length;
            return new Tried(entries, rows, different.effective());
        }

        /**
         * The figures of one trial as a ledger keeps them: the effective number is spread evenly over the trials.
         *
         * @param entry one of the entries
         * @return by name, for {@link Trial}
         */
        public Map<String, Double> metrics(Entry entry) {
            return Map.of(
                    Trial.SHARPE_PER_PERIOD, entry.sharpePerPeriod(), Trial.EFFECTIVE, effective / entries.size());
        }
    }

    /**
     * One configuration whose out-of-sample result was computed.
     *
     * @param combiner the combiner that was tried; all else stands in the study's settings
     * @param sharpePerPeriod unannualised Sharpe ratio of its daily returns, NaN if undefined
     */
    record Entry(String combiner, double sharpePerPeriod) {}

    /**
     * What was counted.
     *
     * @param raw distinct trials on the same data and an overlapping window, at least 1
     * @param onWindow how many of them are on the very window of this study, at least 1
     * @param effective how many independent ones that are, from 1 to raw
     * @param variance of their unannualised Sharpe ratios as the deflated Sharpe ratio takes it, at least 0
     * @param ledgerStarted when the ledger began, ISO-8601 UTC, empty if none is kept
     */
    record Count(int raw, int onWindow, double effective, double variance, String ledgerStarted) {}

    /**
     * Counts the trials of this study only and keeps no record.
     *
     * @return the book
     */
    static TrialBook ofThisStudyOnly() {
        return (tried, from, to) -> {
            List<Trial> lines = new ArrayList<>();
            for (Entry entry : tried.entries()) {
                lines.add(new Trial("this", entry.combiner(), "this", 0, 1, tried.metrics(entry)));
            }
            TrialSpread spread = TrialSpread.of(lines, tried.observations());
            int raw = (int) Math.max(1, spread.raw());
            return new Count(raw, raw, spread.effective(), spread.variance(), "");
        };
    }
}
