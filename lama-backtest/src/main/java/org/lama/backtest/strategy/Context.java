package org.lama.backtest.strategy;

import java.time.Duration;
import java.util.List;
import org.lama.backtest.order.OrderRequest;
import org.lama.core.base.Api;
import org.lama.core.book.BookView;
import org.lama.core.market.Side;
import org.lama.core.series.Frame;

/**
 * What a strategy may know and do at one moment. There is no way to reach a later row: bars are known at their close,
 * prints and books when they are available, views end at the last of them. Of a portfolio of several strategies each sees
 * its own positions, cash and equity. Instruments are numbered in the order of {@link #symbols()}. Methods for bars of
 * today read arrays and allocate nothing; {@link #past} makes a view.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public interface Context {
    /**
     * The time of the event.
     *
     * @return UTC epoch nanoseconds; for bars their close
     */
    long timeNanos();

    /**
     * All instruments of the run.
     *
     * @return the symbols
     */
    List<String> symbols();

    /**
     * The number of an instrument.
     *
     * @param symbol its symbol
     * @return position in {@link #symbols()}
     * @throws IllegalArgumentException if there is none, naming the nearest
     */
    int instrument(String symbol);

    /**
     * How many bars of an instrument have closed since it began.
     *
     * @param instrument its number
     * @return at least 0
     */
    int bars(int instrument);

    /**
     * Whether a bar with a valid price of the instrument closed just now.
     *
     * @param instrument its number
     * @return true if so
     */
    boolean isTradable(int instrument);

    /**
     * Open of a closed bar.
     *
     * @param instrument its number
     * @param barsAgo 0 for the last closed bar, up to {@code bars(instrument) − 1}
     * @return NaN where it is missing
     */
    double open(int instrument, int barsAgo);

    /**
     * High of a closed bar.
     *
     * @param instrument its number
     * @param barsAgo 0 for the last closed bar
     * @return NaN where it is missing
     */
    double high(int instrument, int barsAgo);

    /**
     * Low of a closed bar.
     *
     * @param instrument its number
     * @param barsAgo 0 for the last closed bar
     * @return NaN where it is missing
     */
    double low(int instrument, int barsAgo);

    /**
     * Close of a closed bar.
     *
     * @param instrument its number
     * @param barsAgo 0 for the last closed bar
     * @return NaN where it is missing
     */
    double close(int instrument, int barsAgo);

    /**
     * Volume of a closed bar in base units.
     *
     * @param instrument its number
     * @param barsAgo 0 for the last closed bar
     * @return NaN where it is missing
     */
    double volume(int instrument, int barsAgo);

    /**
     * Close of the last closed bar.
     *
     * @param instrument its number
     * @return NaN where it is missing or none has closed
     */
    default double close(int instrument) {
        return bars(instrument) == 0 ? Double.NaN : close(instrument, 0);
    }

    /**
     * All rows of an instrument up to the last closed bar, with every column of its data.
     *
     * @param instrument its number
     * @return a view; empty before the first bar
     */
    Frame past(int instrument);

    /**
     * The closed bars of an instrument in a longer time frame.
     *
     * @param instrument its number
     * @param timeFrame a multiple of the length of its bars; bars begin at multiples of it since 1970 UTC
     * @return only bars that have closed by now; kept between calls, so that a call costs no pass over the data
     */
    Frame past(int instrument, Duration timeFrame);

    /**
     * Price of the last print.
     *
     * @param instrument its number
     * @return NaN before the first
     */
    double lastTradePrice(int instrument);

    /**
     * Quantity of the last print.
     *
     * @param instrument its number
     * @return base units, negative if the aggressor sold; NaN before the first
     */
    double lastTradeQuantity(int instrument);

    /**
     * Best bid of the last snapshot.
     *
     * @param instrument its number
     * @return NaN if there is none
     */
    double bid(int instrument);

    /**
     * Best ask of the last snapshot.
     *
     * @param instrument its number
     * @return NaN if there is none
     */
    double ask(int instrument);

    /**
     * The whole order book as it has come to us.
     *
     * @param instrument its number
     * @return a live view; {@link BookView#none()} in runs without books by level
     */
    default BookView book(int instrument) {
        return BookView.none();
    }

    /**
     * Whether the book of an instrument says nothing about now: it is not valid (before its first snapshot, in a hole, with
     * one side only, or with sides that meet), or nothing came about it for longer than the run allows, prints aside.
     *
     * @param instrument its number
     * @return false where no order book is replayed
     */
    default boolean isStale(int instrument) {
        return false;
    }

    /**
     * The position.
     *
     * @param instrument its number
     * @return base units or contracts, negative if short
     */
    double position(int instrument);

    /**
     * The share of equity now held in an instrument, at its last mark.
     *
     * @param instrument its number
     * @return weight, negative if short
     */
    double weight(int instrument);

    /**
     * Equity now, all positions at their last marks.
     *
     * @return in reporting currency
     */
    double equity();

    /**
     * Cash that is not bound as margin.
     *
     * @return in reporting currency
     */
    double cash();

    /**
     * Asks for a position of a given share of today's equity; an order goes out now and fills by the run's rules.
     *
     * @param instrument its number
     * @param weight wanted share of equity, finite; limits may reduce it
     */
    void target(int instrument, double weight);

    /**
     * Asks for a position of a given size; an order for the difference goes out now.
     *
     * @param instrument its number
     * @param quantity wanted base units or contracts, negative for short; limits may reduce it
     */
    void targetQuantity(int instrument, double quantity);

    /**
     * Sends an order.
     *
     * @param request what is asked
     * @return number of the order; if it is refused the reason comes as an event
     */
    long submit(OrderRequest request);

    /**
     * Sends a limit order that is refused rather than take liquidity. Where orders go out in masses this makes no garbage.
     *
     * @param instrument its number
     * @param side direction
     * @param quantity base units or contracts, above 0
     * @param limitPrice worst price, above 0
     * @return number of the order; if it is refused the reason comes as an event
     */
    default long quote(int instrument, Side side, double quantity, double limitPrice) {
        return submit(OrderRequest.limit(instrument, side, quantity, limitPrice).asPostOnly());
    }

    /**
     * Asks the venue to change an order at rest. Made smaller at its price it keeps its place in the queue; at another price
     * or made larger it loses it. If the order is gone or a request about it is under way nothing happens.
     *
     * @param order its number
     * @param quantity its new size in base units or contracts, what has filled included; no more than that ends the order
     * @param limitPrice its new limit
     * @throws IllegalArgumentException if this run cannot change orders: cancel it then and send another one
     */
    default void amend(long order, double quantity, double limitPrice) {
        throw new IllegalArgumentException(
                "this run cannot change orders; cancel order " + order + " and send another");
    }

    /**
     * Sends two orders of which one cancels the other: the first fill cancels the other side by what was filled.
     *
     * @param first an order that can rest
     * @param second an order that can rest
     * @return numbers of both
     */
    long[] submitOneCancelsOther(OrderRequest first, OrderRequest second);

    /**
     * Sends an order that, as far as it fills, sends a take-profit and a stop which cancel each other.
     *
     * @param entry the entry
     * @param takeProfit exit with profit, of the other side
     * @param stopLoss exit with loss, of the other side
     * @return numbers of entry, take-profit and stop
     */
    long[] submitBracket(OrderRequest entry, OrderRequest takeProfit, OrderRequest stopLoss);

    /**
     * What an order was tagged with, so that {@link Strategy#onOrder} can tell which of its orders an event is about.
     *
     * @param order its number, as {@code submit} gave it and events carry it
     * @return the tag of its request; empty for targets, forced closes and unknown numbers
     */
    String tag(long order);

    /**
     * Asks to cancel an order; unknown or finished orders are ignored.
     *
     * @param order its number
     */
    void cancel(long order);

    /**
     * Asks for {@link Strategy#onTimer} at a time.
     *
     * @param name comes back in the call
     * @param atNanos UTC epoch nanoseconds; a time that has come: before the next bar, print or book
     */
    void timer(String name, long atNanos);
}
