package org.lama.backtest.strategies;

import org.lama.backtest.order.OrderEvent;
import org.lama.backtest.strategy.Context;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.market.Side;

/**
 * The plainest market maker, to compare others with: at each step it cancels what it has and quotes a fixed quantity at
 * the best bid and the best ask, but on neither side that holds its limit already. It knows no price of its own and no
 * spread; without a valid book it quotes nothing. It quotes anew before it knows what became of the old quote, so that it
 * can hold up to two quantities more than its limit; a step must be longer than the way to the venue and back.
 */
final class TouchQuoter implements Strategy {
    private static final String TIMER = "quote";

    private final long stepNanos;
    private final MakerSize size;
    private long[] bids = new long[0];
    private long[] asks = new long[0];
    private long next;

    TouchQuoter(Parameters parameters) {
        stepNanos = parameters.integer("stepMillis", 100, 1, 3_600_000) * 1_000_000L;
        size = MakerSize.of(parameters);
    }

    @Override
    public void onStart(Context context) {
        bids = new long[context.symbols().size()];
        asks = new long[bids.length];
        next = context.timeNanos() + stepNanos;
        context.timer(TIMER, next);
    }

    @Override
    public void onBar(Context context) {}

    @Override
    public void onTimer(Context context, String name) {
        for (int i = 0; i < bids.length; i++) {
            quote(context, i);
        }
        next += stepNanos;
        context.timer(TIMER, next);
    }

    private void quote(Context context, int i) {
        context.cancel(bids[i]);
        context.cancel(asks[i]);
        bids[i] = OrderEvent.NO_ORDER;
        asks[i] = OrderEvent.NO_ORDER;
        if (!context.book(i).isValid() || context.isStale(i)) {
            return;
        }
        double held = context.position(i);
        double quantity = size.quantity(context.book(i).scale());
        double most = size.mostHeld(context.book(i).scale());
        if (held < most) {
            bids[i] = context.quote(i, Side.BUY, quantity, context.bid(i));
        }
        if (held > -most) {
            asks[i] = context.quote(i, Side.SELL, quantity, context.ask(i));
        }
    }
}
