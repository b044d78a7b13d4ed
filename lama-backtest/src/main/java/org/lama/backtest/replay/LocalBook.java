package org.lama.backtest.replay;

import org.jspecify.annotations.Nullable;
import org.lama.backtest.matching.QueueModel;
import org.lama.core.book.BookEvents;
import org.lama.core.book.BookView;
import org.lama.core.book.LevelBook;
import org.lama.core.book.OrderQueueBook;

/** The book as we see it, by level or by order as its feed is. Not thread-safe. */
final class LocalBook {
    private final BookView view;
    private final @Nullable LevelBook levels;
    private final @Nullable OrderQueueBook orders;

    private LocalBook(BookView view, @Nullable LevelBook levels, @Nullable OrderQueueBook orders) {
        this.view = view;
        this.levels = levels;
        this.orders = orders;
    }

    static LocalBook of(ReplayMarket market) {
        if (market.queue() instanceof QueueModel.Fifo) {
            OrderQueueBook orders = OrderQueueBook.of(market.feed().scale());
            return new LocalBook(orders, null, orders);
        }
        LevelBook levels = LevelBook.of(market.feed().scale(), market.windowTicks());
        return new LocalBook(levels, levels, null);
    }

    BookView view() {
        return view;
    }

    void apply(BookEvents events, int row) {
        if (levels != null) {
            events.applyTo(row, levels);
        } else if (orders != null) {
            events.applyTo(row, orders);
        }
    }
}
