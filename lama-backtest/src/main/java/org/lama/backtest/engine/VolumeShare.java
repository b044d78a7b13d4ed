package org.lama.backtest.engine;

import java.util.Arrays;
import org.lama.backtest.order.FixedPoint;
import org.lama.core.market.Contract;
import org.lama.core.market.Contract.Payoff;
import org.lama.core.series.Series;

/**
 * What a run may still trade of each bar's volume: one budget per bar and instrument, which targets and orders of all
 * strategies draw on in the order in which they fill. Here base volume becomes contracts.
 */
final class VolumeShare {
    private final MarketTape tape;
    private final MarketCursor cursor;
    private final double share;
    private final long[] left;
    /** Row of which {@link #left} speaks. */
    private final int[] row;

    VolumeShare(MarketTape tape, MarketCursor cursor, double share) {
        this.tape = tape;
        this.cursor = cursor;
        this.share = share;
        left = new long[tape.scales.length];
        row = new int[tape.scales.length];
        Arrays.fill(row, MarketCursor.NO_ROW);
    }

    /**
     * Lots that ours may still take of the bar that is open. A bar in which nothing was traded gives nothing, whatever the
     * share: there was nobody to trade with. A bar of unknown volume gives all without a share, and nothing with one.
     */
    long left(int symbol) {
        if (share == Double.POSITIVE_INFINITY) {
            return tape.tradedNothing(symbol, cursor.rowNow[symbol]) ? 0 : Long.MAX_VALUE;
        }
        int now = cursor.rowNow[symbol];
        if (row[symbol] != now) {
            row[symbol] = now;
            left[symbol] = now == MarketCursor.NO_ROW ? 0 : offered(symbol, now);
        }
        return left[symbol];
    }

    /** Takes lots that have filled off the budget of the bar that is open. */
    void spend(int symbol, long lots) {
        if (share != Double.POSITIVE_INFINITY) {
            left[symbol] = Math.max(0, left(symbol) - Math.abs(lots));
        }
    }

    private long offered(int symbol, int now) {
        Series volume = tape.volume[symbol];
        double base = volume == MarketTape.ABSENT ? Double.NaN : volume.get(now);
        double contracts = share * contracts(symbol, base, tape.closeTicks(symbol, now));
        int decimals = tape.scales[symbol].quantityDecimals();
        if (!(contracts > 0)) {
            return 0;
        }
        return FixedPoint.fits(contracts, decimals) ? tape.scales[symbol].lots(contracts) : Long.MAX_VALUE;
    }

    /** How many contracts a base volume is: an inverse contract is a sum of money, so its number depends on the price. */
    private double contracts(int symbol, double base, long ticks) {
        Contract contract = tape.contracts.get(symbol);
        boolean inverse = contract.payoff() == Payoff.INVERSE;
        double price = ticks > 0 ? tape.scales[symbol].price(ticks) : Double.NaN;
        return (inverse ? base * price : base) / contract.contractSize();
    }
}
