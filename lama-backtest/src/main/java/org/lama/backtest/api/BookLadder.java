package org.lama.backtest.api;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.base.Tabular;

/**
 * The best levels of a book as it had come to us by a moment. Immutable.
 *
 * @param time the moment on our clock
 * @param isValid whether the book could be used: no hole since its snapshot, both sides there, bid below ask
 * @param ageMillis how long ago the last row had come; NaN before the first
 * @param bids best first
 * @param asks best first
 * @param lastTrade price of the last print; NaN before the first
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record BookLadder(
        Instant time, boolean isValid, double ageMillis, List<Level> bids, List<Level> asks, double lastTrade)
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

    @Override
    public List<Column> columns() {
        int rows = Math.max(bids.size(), asks.size());
        List<Double> bidQuantity = new ArrayList<>();
        List<Double> bid = new ArrayList<>();
        List<Double> ask = new ArrayList<>();
        List<Double> askQuantity = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            bidQuantity.add(i < bids.size() ? bids.get(i).quantity() : Double.NaN);
            bid.add(i < bids.size() ? bids.get(i).price() : Double.NaN);
            ask.add(i < asks.size() ? asks.get(i).price() : Double.NaN);
            askQuantity.add(i < asks.size() ? asks.get(i).quantity() : Double.NaN);
        }
        return List.of(
                new Column("bidQuantity", bidQuantity),
                new Column("bid", bid),
                new Column("ask", ask),
                new Column("askQuantity", askQuantity));
    }
}
