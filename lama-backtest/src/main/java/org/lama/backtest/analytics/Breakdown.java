package org.lama.backtest.analytics;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Tabular;
import org.lama.core.market.Side;
import org.lama.core.series.TimeIndex;

/**
 * Profits and figures split by a label: strategy, asset, regime, hour of day, weekday, side. The groups are in the order of
 * their labels, and what they earn sums to the whole; trips whose profit is not known are left out. Immutable and thread-safe. O(n log n).
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Breakdown implements Tabular {
    private final List<Column> columns;

    private Breakdown(List<Column> columns) {
        this.columns = List.copyOf(columns);
    }

    /**
     * Round trips by a label of one's own, such as the name of the strategy.
     *
     * @param name heading of the first column
     * @param trades outcomes in the order of the exits
     * @param label label of a trade
     * @return columns name, roundTrips, netProfit, fees, slippage, winRate, profitFactor, meanReturn,
     *     capitalWeightedReturn, meanHours
     */
    public static Breakdown ofTrades(String name, List<TradeOutcome> trades, Function<TradeOutcome, String> label) {
        Map<String, List<TradeOutcome>> groups = new TreeMap<>();
        for (TradeOutcome trade : TradeMetrics.known(trades)) {
            groups.computeIfAbsent(label.apply(trade), k -> new ArrayList<>()).add(trade);
        }
        List<TradeMetrics> metrics = groups.values().stream().map(TradeMetrics::of).toList();
        List<Column> columns = new ArrayList<>();
        columns.add(new Column(Check.notBlank(name, "name"), List.copyOf(groups.keySet())));
        columns.add(new Column(
                "roundTrips", groups.values().stream().map(g -> (long) g.size()).toList()));
        columns.add(column(metrics, TradeMetric.NET_PROFIT));
        columns.add(new Column(
                "fees",
                groups.values().stream()
                        .map(g -> g.stream().mapToDouble(t -> t.trip().fees()).sum())
                        .toList()));
        columns.add(new Column(
                "slippage",
                groups.values().stream()
                        .map(g -> g.stream().mapToDouble(t -> t.trip().slippage()).sum())
                        .toList()));
        for (TradeMetric metric : List.of(
                TradeMetric.WIN_RATE,
                TradeMetric.PROFIT_FACTOR,
                TradeMetric.MEAN_RETURN,
                TradeMetric.CAPITAL_WEIGHTED_RETURN,
                TradeMetric.MEAN_HOURS)) {
            columns.add(column(metrics, metric));
        }
        return new Breakdown(columns);
    }

    /**
     * Round trips by the strategy that held them.
     *
     * @param trades outcomes in the order of the exits
     * @return one row per strategy; an empty name is the account as a whole
     */
    public static Breakdown byStrategy(List<TradeOutcome> trades) {
        return ofTrades("strategy", trades, trade -> trade.trip().strategy());
    }

    /**
     * Round trips by asset.
     *
     * @param trades outcomes in the order of the exits
     * @return one row per symbol
     */
    public static Breakdown byAsset(List<TradeOutcome> trades) {
        return ofTrades("asset", trades, trade -> trade.trip().symbol());
    }

    /**
     * Round trips by side.
     *
     * @param trades outcomes in the order of the exits
     * @return rows {@code long} and {@code short}
     */
    public static Breakdown bySide(List<TradeOutcome> trades) {
        return ofTrades("side", trades, trade -> trade.trip().side() == Side.BUY ? "long" : "short");
    }

    /**
     * Round trips by the hour of the entry in UTC.
     *
     * @param trades outcomes in the order of the exits
     * @return one row per hour with a trade, from {@code 00} to {@code 23}
     */
    public static Breakdown byHour(List<TradeOutcome> trades) {
        return ofTrades("hour", trades, trade -> hour(trade.trip().entryNanos()));
    }

    /**
     * Round trips by the weekday of the entry in UTC.
     *
     * @param trades outcomes in the order of the exits
     * @return one row per weekday with a trade, from {@code 1 Mon} to {@code 7 Sun}
     */
    public static Breakdown byWeekday(List<TradeOutcome> trades) {
        return ofTrades("weekday", trades, trade -> weekday(trade.trip().entryNanos()));
    }

    /**
     * Round trips by what held at their entry, such as the regime.
     *
     * @param name heading of the first column
     * @param trades outcomes in the order of the exits
     * @param times ascending times from which the labels held
     * @param labels one label per time
     * @return one row per label with a trade; {@code unknown} for entries before the first time
     */
    public static Breakdown byState(String name, List<TradeOutcome> trades, TimeIndex times, List<String> labels) {
        Check.that(labels.size() == times.size(), "labels must have " + times.size() + " rows, got " + labels.size());
        return ofTrades(name, trades, trade -> {
            int row = times.floor(trade.trip().entryNanos());
            return row < 0 ? "unknown" : labels.get(row);
        });
    }

    /**
     * Returns by a label per row, such as regime, hour or weekday.
     *
     * @param name heading of the first column
     * @param labels one label per row
     * @param returns fractions per row, finite
     * @param periodsPerYear annualisation factor, above 0
     * @return columns name, periods, share, sum (of the returns), meanAnnual, sharpe, winRate, worst
     */
    public static Breakdown ofReturns(
            String name, List<String> labels, double[] returns, double periodsPerYear) {
        Moments.requireFinite(returns, "returns");
        Check.that(
                labels.size() == returns.length,
                "labels must have as many rows as returns=" + returns.length + ", got " + labels.size());
        Map<String, double[]> groups = new TreeMap<>();
        Map<String, Integer> counts = new TreeMap<>();
        labels.forEach(label -> counts.merge(label, 1, Integer::sum));
        counts.forEach((label, count) -> groups.put(label, new double[count]));
        Map<String, Integer> filled = new TreeMap<>();
        for (int t = 0; t < returns.length; t++) {
            double[] group = groups.get(labels.get(t));
            if (group != null) {
                group[filled.merge(labels.get(t), 1, Integer::sum) - 1] = returns[t];
            }
        }
        List<PerformanceMetrics> metrics = groups.values().stream()
                .map(group -> PerformanceMetrics.of(group, periodsPerYear))
                .toList();
        List<double[]> rows = List.copyOf(groups.values());
        return new Breakdown(List.of(
                new Column(Check.notBlank(name, "name"), List.copyOf(groups.keySet())),
                new Column("periods", rows.stream().map(g -> (long) g.length).toList()),
                new Column(
                        "share",
                        rows.stream().map(g -> (double) g.length / returns.length).toList()),
                new Column("sum", rows.stream().map(g -> Arrays.stream(g).sum()).toList()),
                new Column(
                        "meanAnnual",
                        metrics.stream()
                                .map(m -> m.value(Metric.MEAN) * periodsPerYear)
                                .toList()),
                new Column("sharpe", metrics.stream().map(PerformanceMetrics::sharpe).toList()),
                new Column("winRate", metrics.stream().map(m -> m.value(Metric.WIN_RATE)).toList()),
                new Column(
                        "worst", metrics.stream().map(m -> m.value(Metric.WORST_PERIOD)).toList())));
    }

    /**
     * The hour of a time in UTC, as a label.
     *
     * @param tsNanos UTC epoch nanoseconds
     * @return {@code 00} to {@code 23}
     */
    public static String hour(long tsNanos) {
        int hour = utc(tsNanos).getHour();
        return hour < 10 ? "0" + hour : String.valueOf(hour);
    }

    /**
     * The weekday of a time in UTC, as a label that sorts.
     *
     * @param tsNanos UTC epoch nanoseconds
     * @return {@code 1 Mon} to {@code 7 Sun}
     */
    public static String weekday(long tsNanos) {
        java.time.DayOfWeek day = utc(tsNanos).getDayOfWeek();
        return day.getValue() + " " + day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
    }

    private static LocalDateTime utc(long tsNanos) {
        return LocalDateTime.ofInstant(TimeIndex.instant(tsNanos), ZoneOffset.UTC);
    }

    private static Column column(List<TradeMetrics> metrics, TradeMetric metric) {
        return new Column(
                metric.key(), metrics.stream().map(m -> m.value(metric)).toList());
    }

    @Override
    public List<Column> columns() {
        return columns;
    }
}
