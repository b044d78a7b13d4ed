package org.lama.backtest.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lama.backtest.analytics.Breakdown;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Tabular;

/**
 * The figures of finished runs. Stateless and thread-safe; drawing is linear in the rows.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class BacktestFigures {
    private BacktestFigures() {}

    /**
     * Every figure of a run by a short name, in reading order: tearSheet, months, years, distribution, rolling, price,
     * excursions, split, hours, weekdays, and where known costs and capacity.
     *
     * @param record the run
     * @return the figures
     */
    public static Map<String, Figure> overview(BacktestRecord record) {
        Map<String, Figure> all = new LinkedHashMap<>();
        all.put("tearSheet", tearSheet(record));
        all.put("months", Figures.monthlyReturns(record.curve()));
        all.put("years", ResultFigures.years(record));
        all.put("distribution", ResultFigures.distribution(record));
        all.put("rolling", ResultFigures.rolling(record));
        all.put("price", price(record));
        all.put("excursions", TradeFigures.excursions(record.trades()));
        all.put("split", ResultFigures.waterfall(record.split(), record.result().currency()));
        all.put("hours", profits("Net profit by hour of entry, UTC", Breakdown.byHour(record.trades())));
        all.put("weekdays", profits("Net profit by weekday of entry, UTC", Breakdown.byWeekday(record.trades())));
        if (!record.costs().isEmpty()) {
            all.put("costs", costs(record));
        }
        record.capacity()
                .ifPresent(curve -> all.put(
                        "capacity",
                        CapacityReport.figure(
                                curve,
                                record.result().capital(),
                                record.result().currency())));
        return all;
    }

    /**
     * Equity on a log axis with benchmark, regimes and trades, drawdown, and rolling Sharpe ratio on one time axis.
     *
     * @param record the run
     * @return the figure
     */
    public static Figure tearSheet(BacktestRecord record) {
        return Figures.tearSheet(record.curve()).withTitle("Equity, drawdown and rolling Sharpe ratio");
    }

    /**
     * The price of the asset traded most, with a mark at each fill.
     *
     * @param record the run
     * @return the figure
     */
    public static Figure price(BacktestRecord record) {
        return TradeFigures.price(record, TradeFigures.busiest(record));
    }

    /**
     * The price of one asset, with a mark at each fill.
     *
     * @param record the run
     * @param symbol name of the symbol
     * @return the figure
     */
    public static Figure price(BacktestRecord record, String symbol) {
        return TradeFigures.price(record, Check.notBlank(symbol, "symbol"));
    }

    /**
     * Net return of each round trip against its largest loss and gain on the way.
     *
     * @param record the run
     * @return the figure
     */
    public static Figure excursions(BacktestRecord record) {
        return TradeFigures.excursions(record.trades());
    }

    /**
     * Sharpe ratio at multiples of the costs.
     *
     * @param record a run with {@link BacktestRecord#withCostRuns cost runs}
     * @return the figure
     */
    public static Figure costs(BacktestRecord record) {
        return Figures.costSensitivity(
                "Sharpe ratio a year",
                record.costs().stream()
                        .mapToDouble(BacktestRecord.CostPoint::multiple)
                        .toArray(),
                record.costs().stream()
                        .mapToDouble(BacktestRecord.CostPoint::sharpe)
                        .toArray());
    }

    /**
     * Equity of several runs as multiples of their starts.
     *
     * @param records at least one run
     * @return the figure
     */
    public static Figure overlaid(List<BacktestRecord> records) {
        Check.that(!records.isEmpty(), "records must hold at least one run");
        return ResultFigures.overlaid(List.copyOf(records));
    }

    static Figure profits(String title, Tabular breakdown) {
        List<String> names = breakdown.columns().get(0).cells().stream()
                .map(String::valueOf)
                .map(name -> name.matches("[1-7] [A-Z][a-z]{2}") ? name.substring(2) : name)
                .toList();
        double[] profits = breakdown.columns().stream()
                .filter(column -> column.name().equals("netProfit"))
                .findFirst()
                .orElseThrow()
                .cells()
                .stream()
                .mapToDouble(cell -> ((Number) cell).doubleValue())
                .toArray();
        return PlainFigures.profits(title, names, profits);
    }
}
