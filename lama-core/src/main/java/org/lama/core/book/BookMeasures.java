package org.lama.core.book;

import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.market.Side;

/**
 * What a book says at one moment. Prices and notionals are in quote currency, quantities in base units, shares without
 * unit. Every measure is NaN while the book is not valid. Nothing is allocated; the cost is that of the levels looked at.
 * Stateless.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class BookMeasures {
    private static final double BPS = 1e-4;
    private static final double NEAR_BPS = 10;
    private static final double MIDDLE_BPS = 25;
    private static final double WIDE_BPS = 50;

    private BookMeasures() {}

    /**
     * Mid price (bid + ask) / 2.
     *
     * @param book the book
     * @return above 0
     */
    public static double mid(BookView book) {
        return book.isValid() ? 0.5 * book.scale().price((long) book.bidTicks() + book.askTicks()) : Double.NaN;
    }

    private static double midTicks(BookView book) {
        return 0.5 * ((long) book.bidTicks() + book.askTicks());
    }

    /**
     * Spread over mid, (ask - bid) / mid.
     *
     * @param book the book
     * @return above 0
     */
    public static double relativeSpread(BookView book) {
        return book.isValid() ? (book.askTicks() - book.bidTicks()) / midTicks(book) : Double.NaN;
    }

    /**
     * Microprice (ask · bidSize + bid · askSize) / (bidSize + askSize) of the best level.
     *
     * @param book the book
     * @return between bid and ask
     */
    public static double microprice(BookView book) {
        if (!book.isValid()) {
            return Double.NaN;
        }
        double bidLots = book.bidLots(book.bidTicks());
        double askLots = book.askLots(book.askTicks());
        double ticks = (book.askTicks() * bidLots + book.bidTicks() * askLots) / (bidLots + askLots);
        return book.scale().tickSize() * ticks;
    }

    /**
     * Imbalance (bid - ask) / (bid + ask) of the sizes of the best levels.
     *
     * @param book the book
     * @param levels how many levels with lots on each side, at least 1; a side with fewer gives what it has
     * @return in [-1, 1], above 0 where more is bid
     */
    public static double imbalance(BookView book, int levels) {
        double bid = depth(book, Side.BUY, levels);
        double ask = depth(book, Side.SELL, levels);
        return (bid - ask) / (bid + ask);
    }

    /**
     * Size of the best levels of a side.
     *
     * @param book the book
     * @param side BUY for bids, SELL for asks
     * @param levels how many levels with lots, at least 1; a side with fewer gives what it has
     * @return base units, above 0; NaN also where the levels reach beyond what is known of the side
     */
    public static double depth(BookView book, Side side, int levels) {
        Check.atLeast(levels, 1, "levels");
        if (!book.isValid()) {
            return Double.NaN;
        }
        boolean bids = side == Side.BUY;
        long sum = 0;
        int ticks = best(book, bids);
        int known = bids ? book.knownBidTicks() : book.knownAskTicks();
        for (int i = 0; i < levels; i++) {
            if (known != 0 && (ticks == 0 || isBehind(bids, ticks, known))) {
                return Double.NaN;
            }
            sum += ticks == 0 ? 0 : lots(book, bids, ticks);
            ticks = ticks == 0 ? 0 : next(book, bids, ticks);
        }
        return book.scale().quantity(sum);
    }

    private static boolean isBehind(boolean bids, int ticks, int known) {
        return bids ? ticks < known : ticks > known;
    }

    /**
     * Whether all levels of a side within a distance from the mid are known: a snapshot of the best thousand levels says
     * nothing about those behind.
     *
     * @param book a valid book
     * @param side BUY for bids, SELL for asks
     * @param bps distance, above 0
     * @return false if levels that were never told may lie there
     */
    public static boolean isKnownWithin(BookView book, Side side, double bps) {
        boolean bids = side == Side.BUY;
        int known = bids ? book.knownBidTicks() : book.knownAskTicks();
        double mid = midTicks(book);
        int unknown = bids ? known - 1 : known + 1;
        return known == 0 || (bids ? mid - unknown : unknown - mid) > mid * bps * BPS;
    }

    /**
     * Notional of the levels of a side whose distance from the mid is at most some basis points.
     *
     * @param book the book
     * @param side BUY for bids, SELL for asks
     * @param bps distance, above 0
     * @return quote currency, at least 0; 0 where the best price is farther away; NaN also where not all levels within the
     *     distance are known
     */
    public static double depthWithin(BookView book, Side side, double bps) {
        Check.positive(bps, "bps");
        if (!book.isValid() || !isKnownWithin(book, side, bps)) {
            return Double.NaN;
        }
        boolean bids = side == Side.BUY;
        double mid = midTicks(book);
        double reach = mid * bps * BPS;
        double sum = 0;
        for (int ticks = best(book, bids); ticks != 0; ticks = next(book, bids, ticks)) {
            if (Math.abs(ticks - mid) > reach) {
                break;
            }
            sum += (double) ticks * lots(book, bids, ticks);
        }
        return sum * book.scale().tickSize() * book.scale().lotSize();
    }

    /**
     * Slope of depth: the least-squares slope of ln depth of both sides on ln distance over 10, 25 and 50 basis points from
     * the mid. 1 means that depth grows in proportion to distance, less that it lies close to the mid.
     *
     * @param book the book
     * @return NaN also where nothing lies within 10 basis points
     */
    public static double depthSlope(BookView book) {
        double x1 = StrictMath.log(NEAR_BPS);
        double x2 = StrictMath.log(MIDDLE_BPS);
        double x3 = StrictMath.log(WIDE_BPS);
        double mean = (x1 + x2 + x3) / 3;
        double squares = (x1 - mean) * (x1 - mean) + (x2 - mean) * (x2 - mean) + (x3 - mean) * (x3 - mean);
        return ((x1 - mean) * logDepth(book, NEAR_BPS)
                        + (x2 - mean) * logDepth(book, MIDDLE_BPS)
                        + (x3 - mean) * logDepth(book, WIDE_BPS))
                / squares;
    }

    private static double logDepth(BookView book, double bps) {
        double depth = depthWithin(book, Side.BUY, bps) + depthWithin(book, Side.SELL, bps);
        return depth > 0 ? Math.log(depth) : Double.NaN;
    }

    /**
     * Average price of an order that takes from the best level on, level by level.
     *
     * @param book the book
     * @param side BUY takes asks, SELL takes bids
     * @param quantity base units, above 0
     * @return price; NaN also where the side holds less, or less is known of it
     */
    public static double sweepPrice(BookView book, Side side, double quantity) {
        Check.positive(quantity, "quantity");
        if (!book.isValid()) {
            return Double.NaN;
        }
        boolean bids = side == Side.SELL;
        double wanted = quantity / book.scale().lotSize();
        double missing = wanted;
        double cost = 0;
        int known = bids ? book.knownBidTicks() : book.knownAskTicks();
        int ticks = best(book, bids);
        while (ticks != 0 && (known == 0 || !isBehind(bids, ticks, known))) {
            double taken = Math.min(missing, (double) lots(book, bids, ticks));
            cost += taken * ticks;
            missing -= taken;
            if (!(missing > 0)) {
                return cost / wanted * book.scale().tickSize();
            }
            ticks = next(book, bids, ticks);
        }
        return Double.NaN;
    }

    /**
     * What an order that takes level by level pays beyond the mid, as a share of the mid.
     *
     * @param book the book
     * @param side BUY takes asks, SELL takes bids
     * @param quantity base units, above 0
     * @return above 0; NaN also where the side holds less
     */
    public static double sweepCost(BookView book, Side side, double quantity) {
        return side.sign() * (sweepPrice(book, side, quantity) / mid(book) - 1);
    }

    private static int best(BookView book, boolean bids) {
        return bids ? book.bidTicks() : book.askTicks();
    }

    private static int next(BookView book, boolean bids, int ticks) {
        return bids ? book.nextBid(ticks) : book.nextAsk(ticks);
    }

    private static long lots(BookView book, boolean bids, int ticks) {
        return bids ? book.bidLots(ticks) : book.askLots(ticks);
    }
}
