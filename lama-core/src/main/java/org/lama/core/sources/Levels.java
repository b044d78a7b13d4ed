package org.lama.core.sources;

import java.util.List;
import org.lama.core.store.Node;

/** Collects the levels of a whole book, best price first on each side, bids before asks. Not thread-safe. */
final class Levels {
    private final Reading reading;
    private final List<Row> rows;
    private final long time;
    private final long available;
    private final long update;
    private final double[] best = {Double.NaN, Double.NaN};
    private final double[] worst = {Double.NaN, Double.NaN};
    private final int[] depth = new int[2];

    Levels(Reading reading, List<Row> rows, long time, long available, long update) {
        this.reading = reading;
        this.rows = rows;
        this.time = time;
        this.available = available;
        this.update = update;
    }

    /** Adds a level; side 0 bid, 1 ask. */
    void add(Node level, int side, double price, double size) throws SourceException {
        boolean behind = Double.isNaN(worst[side]) || (side == 0 ? price < worst[side] : price > worst[side]);
        if (!behind || !(price > 0)) {
            throw reading.wrong(level, "a level behind the one before");
        }
        if (depth[side] == 0) {
            best[side] = price;
        }
        worst[side] = price;
        rows.add(new Row(time, available, rows.size(), side, depth[side], price, size, update));
        depth[side]++;
    }

    /** A crossed or locked book is no book. */
    void check(Node reply) throws SourceException {
        if (best[0] >= best[1]) {
            throw reading.wrong(reply, "a book whose best bid lies below its best ask " + best[1]);
        }
    }
}
