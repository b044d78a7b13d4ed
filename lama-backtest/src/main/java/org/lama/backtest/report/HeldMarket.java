package org.lama.backtest.report;

import java.util.Arrays;
import org.lama.backtest.analytics.CapacityCurve;
import org.lama.backtest.order.Fill;
import org.lama.core.data.MarketData;
import org.lama.core.features.TradingConditions;
import org.lama.core.market.Columns;
import org.lama.core.series.Frame;
import org.lama.core.series.TimeIndex;

/** What the market did while a run lasted: the benchmark of simply holding, and what the run's own size would have cost. */
final class HeldMarket {
    private static final double DAY_NANOS = 86_400e9;
    private static final int VOLATILITY_DAYS = 30;

    private HeldMarket() {}

    /**
     * Equal parts in all symbols from their first prices on, never traded again; a part is cash until its symbol is
     * listed and keeps the last price after its end.
     */
    static double[] hold(MarketData data, TimeIndex closes, double cash) {
        double[] total = new double[closes.size()];
        for (Frame frame : data.frames()) {
            double[] close = frame.column(Columns.CLOSE).toArray();
            double first = Double.NaN;
            double level = 1;
            int next = 0;
            for (int row = 0; row < total.length; row++) {
                while (next < close.length && frame.availableAt(next) <= closes.at(row)) {
                    if (close[next] > 0 && Double.isFinite(close[next])) {
                        first = Double.isNaN(first) ? close[next] : first;
                        level = close[next] / first;
                    }
                    next++;
                }
                total[row] += level;
            }
        }
        int parts = data.frames().size();
        Arrays.setAll(total, row -> cash * total[row] / parts);
        return total;
    }

    /**
     * Square-root impact per row at the size of the run; empty if the volume is unknown where more than half was traded.
     * Participation is the share of the traded value of the day before the fill, volatility that of the last 30 days, both
     * known at the fill.
     */
    static double[] impact(MarketData data, Run run) {
        int fills = run.fills().length;
        int[] row = new int[fills];
        double[] fraction = new double[fills];
        double[] volatility = new double[fills];
        double[] participation = new double[fills];
        double unknown = 0;
        double all = 0;
        double[][] traded = new double[data.frames().size()][];
        double[][] spread = new double[data.frames().size()][];
        for (int i = 0; i < fills; i++) {
            Fill fill = run.fills()[i];
            Frame frame = data.frames().get(fill.symbol());
            if (traded[fill.symbol()] == null) {
                traded[fill.symbol()] = dayValue(frame);
                spread[fill.symbol()] = dayVolatility(frame);
            }
            // The last bar that was complete when the fill was made.
            int known = frame.index().floor(fill.tsNanos() - frame.barNanos());
            row[i] = Math.max(0, run.closes().floor(fill.tsNanos()));
            double equity = run.equity()[Math.max(0, row[i] - 1)];
            double value = known < 0 ? Double.NaN : traded[fill.symbol()][known];
            unknown += Double.isNaN(value) ? run.notional()[i] : 0;
            all += run.notional()[i];
            double sigma = known < 0 ? Double.NaN : spread[fill.symbol()][known];
            fraction[i] = equity > 0 ? run.notional()[i] / equity : 0;
            volatility[i] = Double.isFinite(sigma) ? sigma : TradingConditions.PRIOR_VOLATILITY_DAY;
            // where the day before traded nothing an order loses all it is worth
            double ruin = 1 / (volatility[i] * volatility[i]);
            participation[i] = value > 0 ? run.notional()[i] / value : value == 0 && volatility[i] > 0 ? ruin : 0;
        }
        if (unknown > all / 2) {
            return new double[0];
        }
        return CapacityCurve.impact(run.equity().length, row, fraction, volatility, participation, 1);
    }

    /** What the impact is computed from. */
    @SuppressWarnings("ArrayRecordComponent") // a private carrier that is never compared
    record Run(TimeIndex closes, double[] equity, Fill[] fills, double[] notional) {}

    private static int barsPerDay(Frame frame) {
        return (int) Math.max(1, Math.round(DAY_NANOS / frame.barNanos()));
    }

    /** Traded value of the last day, NaN where no volume of it is known: loading gives files without volumes empty ones. */
    private static double[] dayValue(Frame frame) {
        double[] close = frame.column(Columns.CLOSE).toArray();
        double[] out = new double[close.length];
        if (!frame.has(Columns.VOLUME)) {
            Arrays.fill(out, Double.NaN);
            return out;
        }
        double[] volume = frame.column(Columns.VOLUME).toArray();
        int bars = barsPerDay(frame);
        double[] cumulated = new double[close.length + 1];
        int[] known = new int[close.length + 1];
        for (int t = 0; t < close.length; t++) {
            double value = close[t] * volume[t];
            cumulated[t + 1] = cumulated[t] + (Double.isFinite(value) ? value : 0);
            known[t + 1] = known[t] + (Double.isFinite(value) ? 1 : 0);
        }
        Arrays.setAll(out, t -> {
            int from = Math.max(0, t + 1 - bars);
            return known[t + 1] == known[from] ? Double.NaN : cumulated[t + 1] - cumulated[from];
        });
        return out;
    }

    /** Deviation of log returns over the last 30 days around 0, for a day; missing returns are left out. */
    private static double[] dayVolatility(Frame frame) {
        double[] close = frame.column(Columns.CLOSE).toArray();
        int window = VOLATILITY_DAYS * barsPerDay(frame);
        double[] squares = new double[close.length + 1];
        int[] known = new int[close.length + 1];
        for (int t = 0; t < close.length; t++) {
            double r = t > 0 ? Math.log(close[t] / close[t - 1]) : Double.NaN;
            squares[t + 1] = squares[t] + (Double.isFinite(r) ? r * r : 0);
            known[t + 1] = known[t] + (Double.isFinite(r) ? 1 : 0);
        }
        double[] out = new double[close.length];
        double root = Math.sqrt(barsPerDay(frame));
        Arrays.setAll(out, t -> {
            int from = Math.max(0, t + 1 - window);
            int count = known[t + 1] - known[from];
            return count > 1 ? Math.sqrt((squares[t + 1] - squares[from]) / count) * root : Double.NaN;
        });
        return out;
    }
}
