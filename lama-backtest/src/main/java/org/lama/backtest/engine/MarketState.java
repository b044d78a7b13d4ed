package org.lama.backtest.engine;

import java.util.Arrays;
import org.lama.backtest.execution.MarketExecution;
import org.lama.backtest.order.Scale;
import org.lama.core.features.TradingConditions;
import org.lama.core.market.CostModel;
import org.lama.core.market.Side;
import org.lama.core.series.Frame;

/**
 * What costs depend on, per symbol: spread and volatility of a day at the close of each row, and the traded value of 24
 * hours. Columns are taken from the data if they are there, else made when a symbol is first asked for. A fill at a row
 * sees the row before, so nothing of its own bar.
 */
final class MarketState {
    private static final double[] UNMADE = new double[0];

    private final MarketTape tape;
    private final boolean needed;
    private final double[][] spread;
    private final double[][] volatilityDay;

    MarketState(MarketTape tape, CostModel cost) {
        this.tape = tape;
        needed = cost.dependsOnMarket();
        spread = new double[tape.symbols.size()][];
        volatilityDay = new double[tape.symbols.size()][];
        Arrays.fill(spread, UNMADE);
        Arrays.fill(volatilityDay, UNMADE);
    }

    MarketTape tape() {
        return tape;
    }

    /** Relative spread known at the close of a row; NaN if unknown or the row is -1. */
    double spread(int symbol, int row) {
        make(symbol);
        return row < 0 ? Double.NaN : spread[symbol][row];
    }

    /** Standard deviation of daily returns known at the close of a row; NaN if unknown or the row is -1. */
    double volatilityDay(int symbol, int row) {
        make(symbol);
        return row < 0 ? Double.NaN : volatilityDay[symbol][row];
    }

    /** Price of a fill of some lots within a row, after slippage. */
    long fillTicks(MarketExecution execution, int symbol, int row, long signedLots, long referenceTicks) {
        Scale scale = tape.scales[symbol];
        Side side = signedLots > 0 ? Side.BUY : Side.SELL;
        if (!needed) {
            return execution.fillTicks(side, referenceTicks, scale);
        }
        int known = row > tape.segmentFrom(symbol, row) ? row - 1 : -1;
        double notional = Math.abs(scale.quantity(signedLots)) * scale.price(referenceTicks);
        double participation = notional / tape.dayValue(symbol, known);
        double slippage = execution.slippage(participation, spread(symbol, known), volatilityDay(symbol, known));
        return execution.fillTicks(side, referenceTicks, scale, slippage);
    }

    private void make(int symbol) {
        if (spread[symbol] != UNMADE) {
            return;
        }
        Frame frame = tape.frame(symbol);
        double[] spreads = new double[frame.size()];
        double[] volatilities = new double[frame.size()];
        for (int from = 0; from < spreads.length; ) {
            Frame segment = tape.segment(symbol, from);
            copy(column(segment, TradingConditions.SPREAD), spreads, from);
            copy(column(segment, TradingConditions.VOLATILITY_DAY), volatilities, from);
            from += segment.size();
        }
        spread[symbol] = spreads;
        volatilityDay[symbol] = volatilities;
    }

    private static double[] column(Frame segment, String name) {
        if (segment.has(name)) {
            return segment.column(name).toArray();
        }
        return name.equals(TradingConditions.SPREAD)
                ? TradingConditions.DEFAULT.spread(segment)
                : TradingConditions.DEFAULT.volatilityDay(segment);
    }

    private static void copy(double[] from, double[] to, int at) {
        System.arraycopy(from, 0, to, at, from.length);
    }
}
