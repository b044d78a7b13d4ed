package org.lama.backtest.engine;

import java.util.HashMap;
import java.util.Map;
import org.lama.backtest.order.OrderRequest;

/** The tags of an account's orders by their numbers, which count up by one from {@value #FIRST} + 1; empty ones take no room. */
final class OrderTags {
    static final long FIRST = 1_000_000_000_000L;

    private final Map<Long, String> tags = new HashMap<>();
    private long last = FIRST;

    /** Takes the requests that get the next numbers, in their order. */
    void next(OrderRequest... requests) {
        for (OrderRequest request : requests) {
            last++;
            if (!request.tag().isEmpty()) {
                tags.put(last, request.tag());
            }
        }
    }

    /** How many orders were sent. */
    long count() {
        return last - FIRST;
    }

    String of(long order) {
        return tags.getOrDefault(order, "");
    }
}
