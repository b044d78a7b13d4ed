package org.lama.backtest.api;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.lama.core.base.Issue;
import org.lama.core.search.TrialLedger;
import org.lama.core.store.Node;

/**
 * What a backtest found, in plain values, computed or read back. Arrays are shared and never changed.
 *
 * @param provenance HISTORICAL, SYNTHETIC or whatever the worst of the series is
 * @param dataChecksum of all bars
 * @param codeChecksum of the strategy's code
 * @param series one per symbol
 * @param endEquity in quote currency
 * @param metrics of the strategy by name
 * @param benchmarkMetrics of buy and hold at the same costs
 * @param costs fees, slippage and the like in quote currency
 * @param trials how often these data were tried
 * @param trades round trips
 * @param fills all of them
 * @param events orders that ended without a trade and positions that were closed without an order, counted by reason
 * @param issues of the data, which could not be used as they are
 * @param strategies each of several; empty for one
 * @param curve per bar
 * @param checks the run under other rules, as it stands in the manifest
 * @param reasons why a figure is undefined, by its name
 * @param held what the benchmark is called
 * @param firsts where and when events happened first, by the names of their counts
 */
record BacktestOutcome(
        String provenance,
        String dataChecksum,
        String codeChecksum,
        List<SeriesRow> series,
        double endEquity,
        Map<String, Double> metrics,
        Map<String, Double> benchmarkMetrics,
        Map<String, Double> costs,
        TrialCount trials,
        List<Trade> trades,
        List<FillRow> fills,
        Map<String, Integer> events,
        List<Issue> issues,
        List<StrategyRow> strategies,
        Curve curve,
        Node checks,
        Map<String, String> reasons,
        String held,
        Map<String, String> firsts) {

    /**
     * One round trip; times in UTC epoch nanoseconds; pnl is grossProfit - slippage - fees - funding + insurance, funding
     * being what was paid.
     */
    record Trade(
            String symbol,
            String side,
            long entryTime,
            long exitTime,
            double entryPrice,
            double exitPrice,
            double quantity,
            double fees,
            double slippage,
            double pnl,
            double grossProfit,
            double funding,
            double insurance) {}

    /** One of several strategies; end less start is price - slippage - haircut - fees - funding + rest. */
    record StrategyRow(
            String name,
            double startEquity,
            double endEquity,
            double price,
            double slippage,
            double haircut,
            double fees,
            double funding,
            double rest,
            int fills) {}

    /** One fill. */
    record FillRow(long time, String symbol, String side, double price, double quantity, double fee) {}

    /** Data of one symbol. */
    record SeriesRow(
            String symbol, String path, String sha256, String provenance, String note, int rows, long from, long to) {}

    /**
     * Raw trials on the same data and an overlapping window, those of them on this very window, how many different ones all
     * are, the variance of their Sharpe ratios per period, what follows, and how the ledger ended then.
     */
    record TrialCount(
            int raw,
            long onWindow,
            double effective,
            double variance,
            double deflatedSharpe,
            String ledgerStarted,
            Optional<TrialLedger.Tip> ledger) {
        /** As reports show it. */
        String words() {
            return String.format(Locale.ROOT, raw == 1 ? "%,d trial" : "%,d trials", raw)
                    + (effective < raw ? String.format(Locale.ROOT, " (%,.1f effective)", effective) : "")
                    + " on these data"
                    + (onWindow < raw ? String.format(Locale.ROOT, " (%,d of them on this very window)", onWindow) : "")
                    + (ledgerStarted.isEmpty() ? " (no trial ledger is kept)" : "");
        }
    }

    /** Equity and its companions at the close of each bar; the benchmark is buy and hold. */
    @SuppressWarnings("ArrayRecordComponent") // a private carrier that is never compared
    record Curve(long[] times, double[] equity, double[] cash, double[] exposure, double[] benchmark) {
        int size() {
            return times.length;
        }
    }
}
