package org.lama.backtest.honesty;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.lama.backtest.order.OrderEvent;
import org.lama.backtest.strategy.Context;
import org.lama.backtest.strategy.ForwardingContext;
import org.lama.backtest.strategy.Strategy;

/**
 * A strategy whose targets go out some bars after they were decided. Orders are sent at once: their numbers are wanted, and
 * their prices belong to the moment. For one run, on one thread.
 */
final class DelayedStrategy implements Strategy {
    private final Strategy strategy;
    private final int bars;
    private final Deque<List<Consumer<Context>>> waiting = new ArrayDeque<>();
    private List<Consumer<Context>> now = new ArrayList<>();

    DelayedStrategy(Strategy strategy, int bars) {
        this.strategy = strategy;
        this.bars = bars;
    }

    @Override
    public int warmUpBars() {
        return strategy.warmUpBars();
    }

    @Override
    public void onStart(Context context) {
        strategy.onStart(new Waiting(context));
    }

    @Override
    public void onBar(Context context) {
        strategy.onBar(new Waiting(context));
        waiting.add(now);
        now = new ArrayList<>();
        if (waiting.size() > bars) {
            waiting.remove().forEach(order -> order.accept(context));
        }
    }

    @Override
    public void onTrade(Context context, int instrument) {
        strategy.onTrade(new Waiting(context), instrument);
    }

    @Override
    public void onBook(Context context, int instrument) {
        strategy.onBook(new Waiting(context), instrument);
    }

    @Override
    public void onOrder(Context context, OrderEvent event) {
        strategy.onOrder(new Waiting(context), event);
    }

    @Override
    public void onTimer(Context context, String name) {
        strategy.onTimer(new Waiting(context), name);
    }

    @Override
    public void onEnd(Context context) {
        strategy.onEnd(new Waiting(context));
    }

    /** Notes targets instead of setting them. */
    private final class Waiting implements ForwardingContext {
        private final Context context;

        Waiting(Context context) {
            this.context = context;
        }

        @Override
        public Context delegate() {
            return context;
        }

        @Override
        public void target(int instrument, double weight) {
            now.add(later -> later.target(instrument, weight));
        }

        @Override
        public void targetQuantity(int instrument, double quantity) {
            now.add(later -> later.targetQuantity(instrument, quantity));
        }
    }
}
