package org.lama.backtest.engine;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.lama.core.features.TradingConditions;
import org.lama.core.series.Frame;

/**
 * What cost models and liquidity limits ask of a market: relative spread and volatility of a day as known at the close of
 * each row, by {@link TradingConditions}. Columns of these names in the data are taken as they are; else they are made, each
 * segment for itself, when a symbol is first asked for. Every row is a function of the rows up to it. What one run has made
 * the next run over the same market finds: it is most of the work of a run with market costs.
 */
final class MarketFigures {
    private static final double[] UNMADE = new double[0];

    private final MarketTape tape;
    private final double[][] spread;
    private final double[][] volatilityDay;
    private final KnownFigures known;

    MarketFigures(MarketTape tape, KnownFigures known) {
        this.tape = tape;
        this.known = known;
        spread = new double[tape.symbols.size()][];
        volatilityDay = new double[tape.symbols.size()][];
        Arrays.fill(spread, UNMADE);
        Arrays.fill(volatilityDay, UNMADE);
    }

    /** Relative spread known at the close of a row, NaN if unknown or the row is -1. */
    double spread(int symbol, int row) {
        if (row < 0) {
            return Double.NaN;
        }
        if (spread[symbol] == UNMADE) {
            spread[symbol] = shared(known.spread, symbol, TradingConditions.SPREAD);
        }
        return spread[symbol][row];
    }

    /**
     * Standard deviation of daily returns known at the close of a row; the prior of {@link TradingConditions} while too few
     * returns are known, as an order in the first days moves the price too.
     */
    double volatilityDay(int symbol, int row) {
        if (row < 0) {
            return TradingConditions.PRIOR_VOLATILITY_DAY;
        }
        if (volatilityDay[symbol] == UNMADE) {
            volatilityDay[symbol] = shared(known.volatilityDay, symbol, TradingConditions.VOLATILITY_DAY);
        }
        double known = volatilityDay[symbol][row];
        return Double.isNaN(known) ? TradingConditions.PRIOR_VOLATILITY_DAY : known;
    }

    /** Whoever comes second at the same time makes an equal column. */
    private double[] shared(AtomicReferenceArray<double @Nullable []> columns, int symbol, String name) {
        double[] made = columns.get(symbol);
        if (made == null) {
            made = column(symbol, name);
            columns.set(symbol, made);
        }
        return made;
    }

    private double[] column(int symbol, String name) {
        int rows = tape.frame(symbol).size();
        double[] all = new double[rows];
        for (int from = 0; from < rows; ) {
            Frame segment = tape.segment(symbol, from);
            double[] part = column(segment, name);
            System.arraycopy(part, 0, all, from, part.length);
            from += part.length;
        }
        return all;
    }

    private static double[] column(Frame segment, String name) {
        if (segment.has(name)) {
            return segment.column(name).toArray();
        }
        return name.equals(TradingConditions.SPREAD)
                ? TradingConditions.DEFAULT.spread(segment)
                : TradingConditions.DEFAULT.volatilityDay(segment);
    }
}
