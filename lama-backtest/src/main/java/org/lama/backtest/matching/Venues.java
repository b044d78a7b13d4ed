package org.lama.backtest.matching;

import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.book.BookScale;
import org.lama.core.book.LevelBook;
import org.lama.core.book.OrderQueueBook;

/**
 * Makes venues. Stateless and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Venues {
    private Venues() {}

    /**
     * An empty venue.
     *
     * @param scale what ticks and lots are worth
     * @param windowTicks ticks that its book holds in arrays, a power of two from 256 on; matters for speed only
     * @param queue where own orders stand; {@link QueueModel.Fifo} needs a feed by order, all others one by level
     * @param rules how much of an order fills
     * @param answers hears what happens to own orders
     * @return the venue
     */
    public static Venue of(BookScale scale, int windowTicks, QueueModel queue, FillRules rules, Venue.Answers answers) {
        Check.notNull(rules, "rules");
        Check.notNull(answers, "answers");
        if (Check.notNull(queue, "queue") instanceof QueueModel.ByLevel model) {
            return new LevelVenue(LevelBook.of(scale, windowTicks), model, rules, answers);
        }
        return new OrderVenue(OrderQueueBook.of(scale), rules, answers);
    }
}
