package org.lama.backtest.engine;

import java.util.Arrays;
import org.lama.core.features.BarEstimator;
import org.lama.core.features.RollingWindow;
import org.lama.core.series.Series;

/**
 * What cost models ask of a market: volatility of a day from the closes of the last 30 days, and the spread that closes,
 * highs and lows of the last 30 days imply (Abdi and Ranaldo 2017). Columns are made when a symbol is first asked for;
 * every row is a function of the rows up to it.
 */
final class MarketFigures {
    private static final double NANOS_PER_DAY = 86_400e9;
    private static final int DAYS = 30;
    private static final int LEAST_TERMS = 5;

    private final MarketTape tape;
    private final double[][] spread;
    private final double[][] volatility;
    private final double barsPerDay;

    MarketFigures(MarketTape tape) {
        this.tape = tape;
        int n = tape.symbols.size();
        spread = new double[n][];
        volatility = new double[n][];
        barsPerDay = NANOS_PER_DAY / tape.barNanos;
    }

    /** Relative spread known at the close of a row, NaN if unknown. */
    double spread(int symbol, int row) {
        return row < 0 ? Double.NaN : columns(symbol, spread)[row];
    }

    /** Standard deviation of daily returns known at the close of a row, NaN if unknown. */
    double volatilityDay(int symbol, int row) {
        return row < 0 ? Double.NaN : columns(symbol, volatility)[row];
    }

    private double[] columns(int symbol, double[][] wanted) {
        if (wanted[symbol] == null) {
            compute(symbol);
        }
        return wanted[symbol];
    }

    private void compute(int symbol) {
        double[][] bars = {
            column(tape.open[symbol], symbol),
            column(tape.high[symbol], symbol),
            column(tape.low[symbol], symbol),
            column(tape.close[symbol], symbol),
            column(tape.volume[symbol], symbol)
        };
        int size = bars[0].length;
        int terms = (int) Math.max(LEAST_TERMS, Math.min(Integer.MAX_VALUE, Math.round(DAYS * barsPerDay)));
        RollingWindow window = new RollingWindow(terms, LEAST_TERMS);
        double[] wide = new double[size];
        double[] moved = new double[size];
        BarEstimator.ABDI_RANALDO.compute(bars, window, wide);
        BarEstimator.CLOSE_TO_CLOSE.compute(bars, window, moved);
        for (int i = 0; i < size; i++) {
            moved[i] *= Math.sqrt(barsPerDay);
        }
        spread[symbol] = wide;
        volatility[symbol] = moved;
    }

    private double[] column(Series series, int symbol) {
        if (series != MarketTape.ABSENT) {
            return series.toArray();
        }
        double[] none = new double[tape.close[symbol].size()];
        Arrays.fill(none, Double.NaN);
        return none;
    }
}
