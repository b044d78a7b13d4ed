package org.lama.backtest.walkforward;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.lama.backtest.order.OrderEvent;
import org.lama.backtest.strategy.Context;
import org.lama.backtest.strategy.Strategy;

/**
 * One account handed from strategy to strategy: each leg decides at the closes after its start, until the next begins. A
 * strategy sees the bars of its run-in before; what it wants then is kept and asked for when its turn comes, orders it
 * sends then are refused. When the baton passes, orders of the leg before end and what the new one does not want is sold.
 */
final class RelayStrategy implements Strategy {
    private final List<Leg> legs;
    private final List<@Nullable Runner> runners = new ArrayList<>();
    private int current = -1;

    /**
     * One leg.
     *
     * @param fromNanos it decides at closes after this time
     * @param runInNanos from this time on it sees bars
     * @param maker makes its strategy
     * @param goesOn whether the strategy of the leg before goes on
     */
    record Leg(long fromNanos, long runInNanos, Supplier<Strategy> maker, boolean goesOn) {
        private static final Strategy NOTHING = context -> {};

        /** A leg without a position. */
        static Leg flat(long fromNanos) {
            return new Leg(fromNanos, fromNanos, () -> NOTHING, false);
        }

        static Leg goesOn(long fromNanos) {
            return new Leg(fromNanos, Long.MAX_VALUE, () -> NOTHING, true);
        }
    }

    /** A strategy with its view of the run. */
    private static final class Runner {
        private final Strategy strategy;
        private final RelayContext context;

        Runner(Strategy strategy, Context context, int leg) {
            this.strategy = strategy;
            this.context = new RelayContext(context, leg, strategy.warmUpBars());
        }

        void start() {
            strategy.onStart(context);
            tell();
        }

        void onBar() {
            strategy.onBar(context);
            tell();
        }

        /** Tells what became of orders that were sent too early. */
        private void tell() {
            for (OrderEvent event : context.refusals()) {
                strategy.onOrder(context, event);
            }
        }
    }

    RelayStrategy(List<Leg> legs) {
        this.legs = List.copyOf(legs);
        legs.forEach(leg -> runners.add(null));
    }

    @Override
    public void onBar(Context context) {
        long now = context.timeNanos();
        int next = current;
        while (next + 1 < legs.size() && now > legs.get(next + 1).fromNanos()) {
            next++;
        }
        for (int k = Math.max(0, current); k < legs.size(); k++) {
            Leg leg = legs.get(k);
            boolean sees = !leg.goesOn() && (k <= next ? k >= current : now > leg.runInNanos());
            if (sees && runners.get(k) == null && k > current) {
                Runner made = new Runner(leg.maker().get(), context, k);
                runners.set(k, made);
                made.start();
            }
        }
        pass(context, next);
        for (Runner runner : runners) {
            if (runner != null) {
                runner.onBar();
            }
        }
    }

    /** Hands over; a leg that goes on keeps the runner of the one before. */
    private void pass(Context context, int next) {
        if (next == current) {
            return;
        }
        int before = current;
        current = next;
        for (int k = Math.max(0, before + 1); k <= next; k++) {
            if (legs.get(k).goesOn() && k > 0) {
                runners.set(k, runners.get(k - 1));
                runners.set(k - 1, null);
            }
        }
        Runner old = before < 0 ? null : runners.get(before);
        for (int k = 0; k < next; k++) {
            runners.set(k, null);
        }
        Runner now = runners.get(next);
        if (now == null || now.context.isOpen()) {
            return;
        }
        if (old != null) {
            old.context.close();
        }
        now.context.open(context);
    }

    @Override
    public void onTrade(Context context, int instrument) {
        for (Runner runner : runners) {
            if (runner != null) {
                runner.strategy.onTrade(runner.context, instrument);
                runner.tell();
            }
        }
    }

    @Override
    public void onBook(Context context, int instrument) {
        for (Runner runner : runners) {
            if (runner != null) {
                runner.strategy.onBook(runner.context, instrument);
                runner.tell();
            }
        }
    }

    @Override
    public void onOrder(Context context, OrderEvent event) {
        Runner runner = current < 0 ? null : runners.get(current);
        if (runner != null) {
            runner.strategy.onOrder(runner.context, event);
        }
    }

    @Override
    public void onTimer(Context context, String name) {
        int end = name.indexOf(RelayContext.MARK);
        int leg = Integer.parseInt(name.substring(0, end));
        for (Runner runner : runners) {
            if (runner != null && runner.context.leg() == leg) {
                runner.strategy.onTimer(runner.context, name.substring(end + 1));
                runner.tell();
            }
        }
    }

    @Override
    public void onEnd(Context context) {
        Runner runner = current < 0 ? null : runners.get(current);
        if (runner != null) {
            runner.strategy.onEnd(runner.context);
        }
    }
}
