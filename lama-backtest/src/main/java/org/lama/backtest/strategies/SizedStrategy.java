package org.lama.backtest.strategies;

import java.util.Optional;
import org.lama.backtest.order.OrderEvent;
import org.lama.backtest.order.OrderRequest;
import org.lama.backtest.sizing.Allocation;
import org.lama.backtest.sizing.AllocationInput;
import org.lama.backtest.sizing.Rebalancing;
import org.lama.backtest.sizing.ReturnHistory;
import org.lama.backtest.sizing.ReturnWindow;
import org.lama.backtest.strategy.Context;
import org.lama.backtest.strategy.ForwardingContext;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * Gives the wishes of a strategy other sizes: what it asks for with {@link Context#target} is taken as a direction
 * (for {@code all-in} as a strength too), and an allocation makes the weights of all symbols anew whenever the strategy
 * asks for something. Symbols that could not be measured yet are tried again at the next bar. Targets in quantities and
 * orders pass unchanged and are counted, {@link #ownQuantities()}. For one run, on one thread.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class SizedStrategy implements Strategy {
    private static final int WINDOW_BARS = 120;
    private static final long NEVER = Long.MIN_VALUE;
    private static final String ALL_IN = "all-in";

    private final Strategy strategy;
    private final Allocation allocation;
    private final int windowBars;
    private final Optional<Rebalancing> rebalancing;
    private long lastNanos = NEVER;
    private long barsSince;
    private double[] wishes = new double[0];
    private double[] strengths = new double[0];
    private double[] closes = new double[0];
    private double[] weights = new double[0];
    private double[] targets = new double[0];
    private double[] held = new double[0];
    private ReturnHistory history = new ReturnHistory(1, 1);
    private boolean asked;
    private boolean askedForWeights;
    private long ownQuantities;

    private SizedStrategy(Strategy strategy, Allocation allocation, int windowBars, Optional<Rebalancing> rebalancing) {
        this.strategy = strategy;
        this.allocation = allocation;
        this.windowBars = windowBars;
        this.rebalancing = rebalancing;
    }

    /**
     * A strategy with other sizes.
     *
     * @param strategy decides on directions
     * @param allocation makes weights of them
     * @return a strategy for one run
     */
    public static Strategy of(Strategy strategy, Allocation allocation) {
        return of(strategy, allocation, WINDOW_BARS, Optional.empty());
    }

    /**
     * A strategy with other sizes, made anew by a calendar. With one, weights are made at the first ask and then whenever
     * the calendar is due, asked for or not; what the strategy asks in between waits until then, exits too. Differences
     * inside the band are left alone.
     *
     * @param strategy decides on directions
     * @param allocation makes weights of them
     * @param windowBars bars of returns that the allocation sees, at least 2
     * @param rebalancing calendar and band; empty for new weights whenever the strategy asks
     * @return a strategy for one run
     */
    public static Strategy of(
            Strategy strategy, Allocation allocation, int windowBars, Optional<Rebalancing> rebalancing) {
        Check.atLeast(windowBars, 2, "windowBars");
        return new SizedStrategy(
                Check.notNull(strategy, "strategy"), Check.notNull(allocation, "allocation"), windowBars, rebalancing);
    }

    /**
     * How often the strategy gave a quantity itself, in a target or in an order: no sizing changes those.
     *
     * @return at least 0
     */
    public long ownQuantities() {
        return ownQuantities;
    }

    /**
     * Whether the strategy asked for weights at all, which are what a sizing works on.
     *
     * @return false if the sizing had no effect
     */
    public boolean askedForWeights() {
        return askedForWeights;
    }

    @Override
    public int warmUpBars() {
        return strategy.warmUpBars();
    }

    @Override
    public void onStart(Context context) {
        int symbols = context.symbols().size();
        wishes = new double[symbols];
        strengths = new double[symbols];
        closes = new double[symbols];
        weights = new double[symbols];
        targets = new double[symbols];
        held = new double[symbols];
        history = new ReturnHistory(symbols, allocation.needsReturns() ? windowBars : 1);
        strategy.onStart(new Listening(context));
    }

    @Override
    public void onBar(Context context) {
        for (int i = 0; i < closes.length; i++) {
            closes[i] = context.isTradable(i) ? context.close(i, 0) : Double.NaN;
        }
        if (allocation.needsReturns()) {
            history.push(closes);
        }
        strategy.onBar(new Listening(context));
        barsSince++;
        if (rebalancing.isPresent()) {
            rebalance(context, rebalancing.get());
        } else {
            allocate(context);
        }
    }

    @Override
    public void onTrade(Context context, int instrument) {
        strategy.onTrade(new Listening(context), instrument);
        allocate(context);
    }

    @Override
    public void onBook(Context context, int instrument) {
        strategy.onBook(new Listening(context), instrument);
        allocate(context);
    }

    @Override
    public void onOrder(Context context, OrderEvent event) {
        strategy.onOrder(new Listening(context), event);
        allocate(context);
    }

    @Override
    public void onTimer(Context context, String name) {
        strategy.onTimer(new Listening(context), name);
        allocate(context);
    }

    @Override
    public void onEnd(Context context) {
        strategy.onEnd(new Listening(context));
    }

    private void rebalance(Context context, Rebalancing calendar) {
        boolean begun = lastNanos != NEVER;
        if (begun ? calendar.isDue(lastNanos, context.timeNanos(), barsSince) : asked) {
            lastNanos = context.timeNanos();
            barsSince = 0;
            make(context);
            // nothing could be measured yet: the calendar begins with the first weights
            lastNanos = !begun && asked ? NEVER : lastNanos;
        }
    }

    private void allocate(Context context) {
        if (asked && rebalancing.isEmpty()) {
            make(context);
        }
    }

    private void make(Context context) {
        asked = false;
        boolean graded = allocation.name().equals(ALL_IN);
        double[] before = weights.clone();
        for (int i = 0; i < wishes.length; i++) {
            strengths[i] = graded ? Math.max(-1, Math.min(1, wishes[i])) : Math.signum(wishes[i]);
        }
        ReturnWindow window = allocation.needsReturns() ? history.window() : ReturnWindow.none(wishes.length);
        allocation.weights(new AllocationInput(strengths, closes, context.equity(), window), weights);
        for (int i = 0; i < weights.length; i++) {
            targets[i] = weights[i] != 0 || before[i] != 0 ? weights[i] : Double.NaN;
            held[i] = context.weight(i);
        }
        rebalancing.ifPresent(band -> band.filter(held, targets));
        for (int i = 0; i < weights.length; i++) {
            if (!Double.isNaN(targets[i])) {
                context.target(i, targets[i]);
            }
            // too few returns yet: tried again at the next bar
            asked |= wishes[i] != 0
                    && weights[i] == 0
                    && allocation.needsReturns()
                    && window.present(i) < allocation.minRows();
        }
    }

    /** The context as it is, but for targets, which are noted. */
    private final class Listening implements ForwardingContext {
        private final Context context;

        Listening(Context context) {
            this.context = context;
        }

        @Override
        public Context delegate() {
            return context;
        }

        @Override
        public void target(int instrument, double weight) {
            // says which instruments there are if this is none
            context.bars(instrument);
            wishes[instrument] = Check.finite(weight, "weight");
            asked = true;
            askedForWeights = true;
        }

        @Override
        public void targetQuantity(int instrument, double quantity) {
            context.targetQuantity(instrument, quantity);
            ownQuantities++;
        }

        @Override
        public long submit(OrderRequest request) {
            ownQuantities++;
            return context.submit(request);
        }

        @Override
        public long[] submitOneCancelsOther(OrderRequest first, OrderRequest second) {
            ownQuantities++;
            return context.submitOneCancelsOther(first, second);
        }

        @Override
        public long[] submitBracket(OrderRequest entry, OrderRequest takeProfit, OrderRequest stopLoss) {
            ownQuantities++;
            return context.submitBracket(entry, takeProfit, stopLoss);
        }
    }
}
