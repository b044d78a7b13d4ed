package org.lama.backtest.replay;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * Replays feeds of order books to a strategy, several instruments and venues merged by time. Each row happens twice: at
 * the venue at its exchange time, where it meets own orders, and with us at its local time, where the strategy sees it.
 * Orders and answers take their time between the two, in the order in which they were sent. Of equal times the market
 * that was named first goes first; within it data that come to us, then answers, then data at the venue, then orders that
 * arrive there; timers come after all of them. Where a clock steps back it stands still instead. The run ends when
 * nothing is left but timers.
 *
 * <p>The strategy hears {@link Strategy#onBook} once the rows of one local time have changed the book, and when nothing
 * came for too long; {@link Strategy#onTrade} for each print, {@link Strategy#onOrder} for each answer, and its timers.
 * There are no bars. Orders of a book that is stale or not valid are cancelled if the settings say so; nothing fills
 * there. All markets count in one quote currency. Not thread-safe; one run has one strategy object. O(rows · markets) at
 * worst, O(rows) for one; rows make no garbage, orders do; of a feed only the rows between its two times lie in memory.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Replay {
    private final Strategy strategy;
    private final ReplayContext context;
    private final Clock clock = new Clock();
    private final double cash;
    private final MarketRun[] markets;

    private Replay(Strategy strategy, List<ReplayMarket> list, ReplaySettings settings) throws IOException {
        this.strategy = Check.notNull(strategy, "strategy");
        cash = settings.cash();
        LocalSide[] sides = new LocalSide[list.size()];
        for (int i = 0; i < sides.length; i++) {
            sides[i] = new LocalSide(i, list.get(i), settings, clock);
        }
        context = new ReplayContext(list, sides, cash, clock);
        Caller caller = new Caller(strategy, context, clock);
        markets = new MarketRun[sides.length];
        for (int i = 0; i < sides.length; i++) {
            markets[i] = new MarketRun(sides[i], list.get(i), settings.cancelsWhenStale(), caller);
        }
    }

    /**
     * Runs a strategy over one market.
     *
     * @param strategy a fresh object
     * @param market the market
     * @param settings under what rules
     * @return what came of it
     * @throws IOException if the feed cannot be read, naming its source
     * @throws IllegalArgumentException if a row came to us before it happened, naming it
     */
    public static ReplayResult run(Strategy strategy, ReplayMarket market, ReplaySettings settings) throws IOException {
        return run(strategy, List.of(market), settings);
    }

    /**
     * Runs a strategy over several markets, which it knows by their places in the list.
     *
     * @param strategy a fresh object
     * @param markets 1 to 1,024 with different symbols, in one quote currency
     * @param settings under what rules
     * @return what came of it
     * @throws IOException if a feed cannot be read, naming its source
     * @throws IllegalArgumentException if a row came to us before it happened, naming it
     */
    public static ReplayResult run(Strategy strategy, List<ReplayMarket> markets, ReplaySettings settings)
            throws IOException {
        Check.that(
                !markets.isEmpty() && markets.size() <= OwnOrders.MOST_MARKETS,
                "markets must be 1 to " + OwnOrders.MOST_MARKETS + ", got " + markets.size());
        Set<String> symbols = new HashSet<>();
        for (ReplayMarket market : markets) {
            Check.that(
                    symbols.add(market.symbol()),
                    "symbols must differ, got " + market.symbol() + " twice; name the venue too");
        }
        Replay replay = new Replay(strategy, List.copyOf(markets), Check.notNull(settings, "settings"));
        try {
            return replay.run();
        } finally {
            replay.close();
        }
    }

    private void close() throws IOException {
        for (MarketRun market : markets) {
            market.close();
        }
    }

    private ReplayResult run() throws IOException {
        long first = MarketRun.NEVER;
        for (MarketRun market : markets) {
            market.begin();
            first = Math.min(first, market.nextNanos());
        }
        clock.now = first == MarketRun.NEVER ? 0 : first;
        strategy.onStart(context);
        while (Arrays.stream(markets).anyMatch(market -> !market.isDone())) {
            step();
        }
        clock.ended = true;
        strategy.onEnd(context);
        return new ReplayResult(
                cash, Arrays.stream(markets).map(MarketRun::result).toList());
    }

    /** The market whose turn it is goes on until it is another's, or a timer's. */
    private void step() throws IOException {
        int turn = 0;
        for (int i = 1; i < markets.length; i++) {
            if (markets[i].nextNanos() < markets[turn].nextNanos()) {
                turn = i;
            }
        }
        long timer = context.timers.nextNanos();
        if (timer < markets[turn].nextNanos()) {
            clock.now = Math.max(clock.now, timer);
            strategy.onTimer(context, context.timers.take());
        } else if (markets[turn].isDone()) {
            markets[turn].fallSilent();
        } else {
            clock.begin(turn, Math.min(timer, MarketRun.NEVER - 1));
            for (int i = 0; i < markets.length; i++) {
                clock.expect(i, markets[i].nextNanos());
            }
            markets[turn].run();
        }
    }
}
