package org.lama.backtest.execution;

import org.lama.backtest.order.FixedPoint;
import org.lama.backtest.order.FixedPoint.Rounding;
import org.lama.core.base.Api;
import org.lama.core.market.Side;

/**
 * In which order the prices of a bar are taken to have come. It matters only for bars in which more than one order of a
 * position could fill; such bars are counted as ambiguous. Enum, thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public enum IntrabarPath {
    /**
     * The order worst for each position: stops before limits and take-profits; an exit with profit fills in the bar of
     * its entry only if the prices leave no other way.
     */
    PESSIMISTIC("of several fills that a bar allows the worst comes first"),
    /** The order best for each position: the mirror image. The bound that reports show beside the honest figure. */
    OPTIMISTIC("of several fills that a bar allows the best comes first"),
    /** Open, high, low, close. */
    OPEN_HIGH_LOW_CLOSE("prices come as open, high, low, close"),
    /** Open, low, high, close. */
    OPEN_LOW_HIGH_CLOSE("prices come as open, low, high, close"),
    /** The extreme nearer to the open first; at equal distance the low. */
    NEAREST_FIRST("prices come as open, the nearer extreme, the other, close");

    private final String words;

    IntrabarPath(String words) {
        this.words = words;
    }

    /** Whether a fixed path goes to the low before the high; bars whose extremes hold their open. */
    boolean lowFirst(long open, long high, long low) {
        return this == NEAREST_FIRST ? open - low <= high - open : this == OPEN_LOW_HIGH_CLOSE;
    }

    /**
     * The price, in ticks, when a share of a bar has passed, as an order that takes would find it: on the straight line to
     * the extreme against it (optimistic: for it), on the fixed paths on three legs of equal length.
     *
     * @param side direction of the order
     * @param share of the bar that has passed, in [0, 1)
     * @param open first price of the bar
     * @param high highest price, not below open and close
     * @param low lowest price, not above open and close
     * @param close last price
     * @return ticks from low to high, rounded against the order
     */
    public long ticksAt(Side side, double share, long open, long high, long low, long close) {
        double price;
        if (this == PESSIMISTIC || this == OPTIMISTIC) {
            boolean up = (this == PESSIMISTIC) == (side == Side.BUY);
            price = open + share * ((up ? high : low) - open);
        } else {
            boolean down = lowFirst(open, high, low);
            long first = down ? low : high;
            long second = down ? high : low;
            double at = 3 * share;
            int leg = Math.min(2, (int) at);
            long from = leg == 0 ? open : leg == 1 ? first : second;
            long to = leg == 0 ? first : leg == 1 ? second : close;
            price = from + (at - leg) * (to - from);
        }
        Rounding rounding = side == Side.BUY ? Rounding.CEILING : Rounding.FLOOR;
        return Math.min(high, Math.max(low, FixedPoint.fromDouble(price, 0, rounding)));
    }

    /**
     * The assumption in words.
     *
     * @return one clause for reports
     */
    public String describe() {
        return words;
    }
}
