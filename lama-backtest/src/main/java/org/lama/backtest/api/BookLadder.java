package org.lama.backtest.api;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.lama.core.base.Api;
import org.lama.core.base.Tabular;
import org.lama.core.book.BookScale;

/**
 * The best levels of a book as it had come to us by a moment. Immutable.
 *
 * @param time the moment on our clock
 * @param isValid whether the book could be used: no hole since its snapshot, both sides there, bid below ask, and the feed
 *     not over
 * @param ageMillis how long ago the last row had come; NaN before the first
 * @param bids best first
 * @param asks best first
 * @param lastTrade price of the last print; NaN before the first
 * @param scale steps of price and quantity
 * @param bidsKnownBps how far from the mid all bids are known, in basis points: up to the last level that the snapshot told;
 *     infinite where all there is is known, NaN of a book that is not valid
 * @param asksKnownBps the same of asks
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record BookLadder(
        Instant time,
        boolean isValid,
        double ageMillis,
        List<Level> bids,
        List<Level> asks,
        double lastTrade,
        BookScale scale,
        double bidsKnownBps,
        double asksKnownBps)
        implements Tabular {
    /**
     * Copies the lists.
     *
     * @param time the moment on our clock
     * @param isValid whether the book could be used
     * @param ageMillis how long ago the last row had come; NaN before the first
     * @param bids best first
     * @param asks best first
     * @param lastTrade price of the last print; NaN before the first
     * @param scale steps of price and quantity
     * @param bidsKnownBps how far from the mid all bids are known, in basis points
     * @param asksKnownBps the same of asks
     */
    public BookLadder {
        bids = List.copyOf(bids);
        asks = List.copyOf(asks);
    }

    /**
     * A level.
     *
     * @param price in quote currency
     * @param quantity in base units or contracts
     */
    public record Level(double price, double quantity) {}

    /** Prices and quantities with all decimals of their steps: six digits would hide the ticks of a high price. */
    @Override
    public List<Column> columns() {
        int rows = Math.max(bids.size(), asks.size());
        return List.of(
                column("bidQuantity", rows, bids, Level::quantity, scale.lotSize()),
                column("bid", rows, bids, Level::price, scale.tickSize()),
                column("ask", rows, asks, Level::price, scale.tickSize()),
                column("askQuantity", rows, asks, Level::quantity, scale.lotSize()));
    }

    private static Column column(String name, int rows, List<Level> side, ToDoubleFunction<Level> value, double step) {
        int decimals = Math.max(0, BigDecimal.valueOf(step).stripTrailingZeros().scale());
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            texts.add(
                    i < side.size()
                            ? String.format(
                                    Locale.ROOT,
                                    "%,." + decimals + "f",
                                    BigDecimal.valueOf(value.applyAsDouble(side.get(i))))
                            : "");
        }
        int width = texts.stream().mapToInt(String::length).max().orElse(0);
        return new Column(
                name,
                texts.stream()
                        .map(text -> " ".repeat(width - text.length()) + text)
                        .toList());
    }
}
