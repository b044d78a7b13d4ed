package org.lama.core.book;

import java.util.Comparator;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A book of two sorted maps in which the older side yields, as simple as can be: twin of {@link LevelBook} in tests. */
final class NaiveBook {
    final NavigableMap<Integer, Long> bids = new TreeMap<>(Comparator.reverseOrder());
    final NavigableMap<Integer, Long> asks = new TreeMap<>();
    private final boolean keeping;
    int bid;
    int ask;
    long crossings;

    NaiveBook(boolean keeping) {
        this.keeping = keeping;
    }

    long setBid(int ticks, long lots) {
        long before = put(bids, ticks, lots);
        if (lots == 0) {
            bid = ticks == bid ? next(bids, ticks) : bid;
        } else if (ticks > bid) {
            bid = ticks;
        }
        if (lots != 0 && ticks == bid && ask != 0 && bid >= ask) {
            crossings++;
            ask = keeping ? ask : next(asks, bid);
        }
        return before;
    }

    long setAsk(int ticks, long lots) {
        long before = put(asks, ticks, lots);
        if (lots == 0) {
            ask = ticks == ask ? next(asks, ticks) : ask;
        } else if (ask == 0 || ticks < ask) {
            ask = ticks;
        }
        if (lots != 0 && ticks == ask && bid != 0 && ask <= bid) {
            crossings++;
            bid = keeping ? bid : next(bids, ask);
        }
        return before;
    }

    void quoteBid(int ticks, long lots) {
        while (bid > ticks) {
            setBid(bid, 0);
        }
        setBid(ticks, lots);
    }

    void quoteAsk(int ticks, long lots) {
        while (ask != 0 && ask < ticks) {
            setAsk(ask, 0);
        }
        setAsk(ticks, lots);
    }

    void clear() {
        bids.clear();
        asks.clear();
        bid = 0;
        ask = 0;
    }

    private static long put(NavigableMap<Integer, Long> side, int ticks, long lots) {
        Long before = lots == 0 ? side.remove(ticks) : side.put(ticks, lots);
        return before == null ? 0 : before;
    }

    /** The next level behind a price in the order of the side. */
    static int next(NavigableMap<Integer, Long> side, int ticks) {
        Integer found = side.higherKey(ticks);
        return found == null ? 0 : found;
    }
}
