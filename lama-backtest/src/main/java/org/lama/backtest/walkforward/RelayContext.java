package org.lama.backtest.walkforward;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lama.backtest.order.OrderEvent;
import org.lama.backtest.order.OrderRequest;
import org.lama.backtest.strategy.Context;
import org.lama.backtest.strategy.ForwardingContext;
import org.lama.core.base.Check;

/**
 * What one strategy of a relay sees: the run as it is, but no position and no trade before its turn, as long as its own
 * warm-up lasts, and after its turn.
 */
final class RelayContext implements ForwardingContext {
    /** Stands between the number of a leg and the name of a timer. */
    static final char MARK = ':';

    private final Context context;
    private final int leg;
    private final int warmUpBars;
    private final double[] weights;
    private final double[] quantities;
    private final List<Long> orders = new ArrayList<>();
    private final List<OrderEvent> refused = new ArrayList<>();
    private boolean open;
    private long refusals;

    RelayContext(Context context, int leg, int warmUpBars) {
        this.context = context;
        this.leg = leg;
        this.warmUpBars = warmUpBars;
        weights = new double[context.symbols().size()];
        quantities = new double[weights.length];
        Arrays.fill(weights, Double.NaN);
        Arrays.fill(quantities, Double.NaN);
    }

    @Override
    public Context delegate() {
        return context;
    }

    int leg() {
        return leg;
    }

    boolean isOpen() {
        return open;
    }

    /** Its turn begins: what it wanted last is asked for, what it did not want is sold. */
    void open(Context now) {
        open = true;
        for (int s = 0; s < weights.length; s++) {
            if (!Double.isNaN(quantities[s])) {
                now.targetQuantity(s, quantities[s]);
            } else if (!Double.isNaN(weights[s])) {
                now.target(s, weights[s]);
            } else if (now.position(s) != 0) {
                now.target(s, 0);
            }
        }
    }

    /** Its turn ends: its orders do, too. */
    void close() {
        open = false;
        orders.forEach(context::cancel);
        orders.clear();
    }

    /** Orders that were refused since the last call. */
    List<OrderEvent> refusals() {
        List<OrderEvent> told = List.copyOf(refused);
        refused.clear();
        return told;
    }

    private boolean isReady(int instrument) {
        return context.bars(instrument) >= warmUpBars;
    }

    @Override
    public double position(int instrument) {
        return open ? context.position(instrument) : 0;
    }

    @Override
    public double weight(int instrument) {
        return open ? context.weight(instrument) : 0;
    }

    @Override
    public void target(int instrument, double weight) {
        Check.inRange(instrument, 0, weights.length - 1, "instrument");
        if (open && isReady(instrument)) {
            context.target(instrument, weight);
        } else if (isReady(instrument)) {
            weights[instrument] = Check.finite(weight, "weight");
            quantities[instrument] = Double.NaN;
        }
    }

    @Override
    public void targetQuantity(int instrument, double quantity) {
        Check.inRange(instrument, 0, weights.length - 1, "instrument");
        if (open && isReady(instrument)) {
            context.targetQuantity(instrument, quantity);
        } else if (isReady(instrument)) {
            quantities[instrument] = Check.finite(quantity, "quantity");
        }
    }

    /** Numbers below 0 belong to orders that never went out. */
    private long refuse(OrderRequest request) {
        refusals--;
        refused.add(new OrderEvent.Rejected(
                context.timeNanos(), request.instrument(), refusals, OrderEvent.Reason.WARM_UP));
        return refusals;
    }

    private boolean mayTrade(OrderRequest request) {
        return open && isReady(request.instrument());
    }

    @Override
    public long submit(OrderRequest request) {
        if (!mayTrade(request)) {
            return refuse(request);
        }
        long order = context.submit(request);
        orders.add(order);
        return order;
    }

    @Override
    public long[] submitOneCancelsOther(OrderRequest first, OrderRequest second) {
        if (!mayTrade(first)) {
            return new long[] {refuse(first), refuse(second)};
        }
        return kept(context.submitOneCancelsOther(first, second));
    }

    @Override
    public long[] submitBracket(OrderRequest entry, OrderRequest takeProfit, OrderRequest stopLoss) {
        if (!mayTrade(entry)) {
            return new long[] {refuse(entry), refuse(takeProfit), refuse(stopLoss)};
        }
        return kept(context.submitBracket(entry, takeProfit, stopLoss));
    }

    private long[] kept(long[] sent) {
        Arrays.stream(sent).forEach(orders::add);
        return sent;
    }

    @Override
    public void cancel(long order) {
        if (order > 0) {
            context.cancel(order);
        }
    }

    @Override
    public void timer(String name, long atNanos) {
        context.timer(leg + String.valueOf(MARK) + name, atNanos);
    }
}
