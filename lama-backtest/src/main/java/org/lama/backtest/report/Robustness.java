package org.lama.backtest.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lama.backtest.analytics.Perturbation;
import org.lama.backtest.analytics.TradeResampling;
import org.lama.backtest.analytics.TradeRisk;
import org.lama.backtest.engine.BacktestResult;
import org.lama.backtest.ledger.RoundTrip;
import org.lama.core.base.Api;
import org.lama.core.base.Tabular;

/**
 * How a run holds when its trips are drawn anew, and when its parameters or prices are shaken, as sections of a report.
 * Stateless and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Robustness {
    private static final long SEED = 1;

    private Robustness() {}

    /**
     * The round trips of a run drawn anew.
     *
     * @param result the run
     * @return both ways; without numbers below 10 trips
     */
    public static TradeRisk of(BacktestResult result) {
        double[] profits =
                result.roundTrips().stream().mapToDouble(RoundTrip::pnl).toArray();
        return TradeRisk.of(profits, result.capital(), SEED);
    }

    /**
     * Monte Carlo on trades as a section.
     *
     * @param risk the trips drawn anew
     * @return 5 % to 95 % of end equity and drawdown, chance of a loss and of ruin; n/a with its reason without enough trips
     */
    public static ReportSection trades(TradeRisk risk) {
        ReportSection section = ReportSection.titled("Monte Carlo on trades");
        Optional<String> reason = risk.drawnAgain().reason();
        if (reason.isPresent()) {
            return section.text("n/a: " + reason.get() + ".");
        }
        List<TradeResampling.Row> again = risk.drawnAgain().rows();
        List<TradeResampling.Row> order = risk.reordered().rows();
        List<List<Object>> cells =
                List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        add(cells, "End equity", again.get(0), value -> Numbers.fixed(value, 0));
        add(cells, "Drawdown", again.get(1), value -> Numbers.percent(value, 1));
        add(cells, "Drawdown, reordered", order.get(1), value -> Numbers.percent(value, 1));
        add(cells, "Losing streak", again.get(2), v -> Numbers.fixed(v, 0));
        List<Tabular.Column> columns = new ArrayList<>();
        List<String> names = List.of("figure", "as it was", "5 %", "median", "95 %");
        for (int c = 0; c < names.size(); c++) {
            columns.add(new Tabular.Column(names.get(c), cells.get(c)));
        }
        Tabular table = () -> columns;
        return section.text(
                        "Over " + risk.drawnAgain().trips() + " round trips drawn again, the run ends with a loss in "
                                + Numbers.percent(risk.drawnAgain().lossProbability(), 1)
                                + " of the draws, and falls to half of its capital or below in "
                                + Numbers.percent(risk.drawnAgain().ruinProbability(), 1) + ".")
                .table(ReportTable.of("Trips drawn again", table))
                .note(
                        "Only round trips that have ended count, so that what is still held is missing in the end equity. Drawn with"
                                + " replacement; reordered means the very trips in another order. Each trip is a share of the"
                                + " equity that it found. Trips that overlapped"
                                + " or came in streaks make the true drawdown deeper. It says nothing of an edge: lucky trips are"
                                + " lucky in any order.");
    }

    /** How a number of a row is written. */
    private interface Writing {
        String of(double value);
    }

    private static void add(List<List<Object>> cells, String name, TradeResampling.Row row, Writing writing) {
        cells.get(0).add(name);
        cells.get(1).add(writing.of(row.observed()));
        cells.get(2).add(writing.of(row.p05()));
        cells.get(3).add(writing.of(row.median()));
        cells.get(4).add(writing.of(row.p95()));
    }

    /**
     * A figure under moved parameters and under noise on prices, as a section.
     *
     * @param metric name of the figure
     * @param parameters under moved parameters; empty if none is a number
     * @param prices under noise on prices; empty if it was not made
     * @return a table of both
     */
    public static ReportSection shaken(
            String metric, Optional<Perturbation> parameters, Optional<Perturbation> prices) {
        ReportSection section = ReportSection.titled("The best trial, shaken");
        if (parameters.isEmpty() && prices.isEmpty()) {
            return section.text("n/a: no trial has a value.");
        }
        parameters.ifPresent(each -> section.table(ReportTable.of(metric + ", moved parameters", rows(each))
                .format(ReportTable.Format.PERCENT, "move", "same sign")
                .format(ReportTable.Format.FIXED_2, "5 %", "median", "95 %", "unmoved")));
        if (parameters.isEmpty()) {
            section.text("Moved parameters: n/a, none of them is a number.");
        }
        prices.ifPresent(each -> section.table(ReportTable.of(metric + ", noisy prices", rows(each))
                .format(ReportTable.Format.PERCENT, "move", "same sign")
                .format(ReportTable.Format.FIXED_2, "5 %", "median", "95 %", "unmoved")));
        return section.note(
                "Moved parameters: each is multiplied by a random factor, at most the move away from 1; whole numbers are rounded, choices stay. Sets that"
                        + " the strategy refuses, and runs without trades, are undefined. Noisy prices: open and"
                        + " close move by that share of a bar's usual move. What falls apart when a parameter moves by a"
                        + " tenth, or under noise far below a bar's own move, was fitted to accidents.");
    }

    private static Tabular rows(Perturbation shaken) {
        List<Perturbation.Row> rows = shaken.rows();
        return () -> List.of(
                new Tabular.Column(
                        "move", rows.stream().map(Perturbation.Row::strength).toList()),
                new Tabular.Column(
                        "unmoved", rows.stream().map(each -> shaken.base()).toList()),
                new Tabular.Column(
                        "5 %", rows.stream().map(Perturbation.Row::p05).toList()),
                new Tabular.Column(
                        "median", rows.stream().map(Perturbation.Row::median).toList()),
                new Tabular.Column(
                        "95 %", rows.stream().map(Perturbation.Row::p95).toList()),
                new Tabular.Column(
                        "same sign",
                        rows.stream().map(Perturbation.Row::sameSign).toList()),
                new Tabular.Column(
                        "undefined",
                        rows.stream().map(Perturbation.Row::undefined).toList()));
    }
}
