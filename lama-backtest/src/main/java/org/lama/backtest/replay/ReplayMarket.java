package org.lama.backtest.replay;

import org.lama.backtest.cost.FeeSchedule;
import org.lama.backtest.matching.FillRules;
import org.lama.backtest.matching.OrderLatency;
import org.lama.backtest.matching.QueueModel;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.book.BookFeed;
import org.lama.core.book.LevelBook;

/**
 * One instrument at one venue: its feed, and how the venue treats us. The same instrument at two venues is two markets.
 * Immutable; as thread-safe as its feed.
 *
 * @param symbol by what strategies know it, not blank
 * @param feed what happened
 * @param queue where own orders stand in the queues of their levels; a feed by order needs {@link QueueModel.Fifo}
 * @param rules how much of an order fills
 * @param latency how long orders and answers take
 * @param fees what the venue charges
 * @param windowTicks ticks that books hold in arrays, a power of two from 256 on; matters for speed only
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record ReplayMarket(
        String symbol,
        BookFeed feed,
        QueueModel queue,
        FillRules rules,
        OrderLatency latency,
        FeeSchedule fees,
        int windowTicks) {
    /**
     * Checks ranges.
     *
     * @param symbol by what strategies know it, not blank
     * @param feed what happened
     * @param queue where own orders stand in the queues of their levels; a feed by order needs {@link QueueModel.Fifo}
     * @param rules how much of an order fills
     * @param latency how long orders and answers take
     * @param fees what the venue charges
     * @param windowTicks ticks that books hold in arrays, a power of two from 256 on; matters for speed only
     */
    public ReplayMarket {
        Check.notBlank(symbol, "symbol");
        Check.notNull(feed, "feed");
        Check.notNull(queue, "queue");
        Check.notNull(rules, "rules");
        Check.notNull(latency, "latency");
        Check.notNull(fees, "fees");
        Check.atLeast(windowTicks, 1, "windowTicks");
    }

    /**
     * A market whose queues give us the last place (risk-averse) and where orders fill whole, without latency of orders and without fees.
     *
     * @param symbol by what strategies know it, not blank
     * @param feed what happened
     * @return the market
     */
    public static ReplayMarket of(String symbol, BookFeed feed) {
        return new ReplayMarket(
                symbol,
                feed,
                new QueueModel.RiskAverse(),
                FillRules.whole(),
                new OrderLatency.Constant(0, 0),
                FeeSchedule.flat(0),
                LevelBook.DEFAULT_WINDOW_TICKS);
    }

    /**
     * The same market with another queue model, to see what it is worth.
     *
     * @param other the model
     * @return a copy
     */
    public ReplayMarket withQueue(QueueModel other) {
        return new ReplayMarket(symbol, feed, other, rules, latency, fees, windowTicks);
    }

    /**
     * The same market with orders that fill by other rules.
     *
     * @param other the rules
     * @return a copy
     */
    public ReplayMarket withRules(FillRules other) {
        return new ReplayMarket(symbol, feed, queue, other, latency, fees, windowTicks);
    }

    /**
     * The same market with other ways of orders and answers.
     *
     * @param other how long they take
     * @return a copy
     */
    public ReplayMarket withLatency(OrderLatency other) {
        return new ReplayMarket(symbol, feed, queue, rules, other, fees, windowTicks);
    }

    /**
     * The same market with other fees.
     *
     * @param other what the venue charges
     * @return a copy
     */
    public ReplayMarket withFees(FeeSchedule other) {
        return new ReplayMarket(symbol, feed, queue, rules, latency, other, windowTicks);
    }

    /**
     * The same market with another window of its books.
     *
     * @param ticks held in arrays, a power of two from 256 on
     * @return a copy
     */
    public ReplayMarket withWindow(int ticks) {
        return new ReplayMarket(symbol, feed, queue, rules, latency, fees, ticks);
    }
}
