package org.lama.backtest.strategies;

import org.lama.backtest.order.OrderEvent;
import org.lama.backtest.order.OrderState;
import org.lama.backtest.strategy.Context;
import org.lama.core.market.Side;

/**
 * The one order that a maker keeps on one side of one book. It is replaced when the price that is wanted has moved far
 * enough or when it is old, and the next one goes out only once the last has ended: more than one order is never at risk
 * on a side. Not thread-safe.
 */
final class QuotedSide {
    private final int instrument;
    private final Side side;
    private final MakerSettings.Pace pace;
    private long order;
    private boolean acknowledged;
    private int ticks;
    private long sentNanos;
    private boolean unwanted;

    QuotedSide(int instrument, Side side, MakerSettings.Pace pace) {
        this.instrument = instrument;
        this.side = side;
        this.pace = pace;
    }

    /** Wants a quote at a price; 0 ticks for none. */
    void want(Context context, int wantedTicks, double quantity) {
        if (order == OrderEvent.NO_ORDER) {
            if (wantedTicks > 0) {
                send(context, wantedTicks, quantity);
            }
            return;
        }
        boolean moved = Math.abs(wantedTicks - ticks) >= pace.requoteTicks();
        boolean old = context.timeNanos() - sentNanos >= pace.mostAgeNanos();
        if (wantedTicks == 0 || moved || old) {
            pull(context);
        }
    }

    private void send(Context context, int wantedTicks, double quantity) {
        double price = context.book(instrument).scale().price(wantedTicks);
        ticks = wantedTicks;
        sentNanos = context.timeNanos();
        acknowledged = false;
        unwanted = false;
        order = context.quote(instrument, side, quantity, price);
    }

    /** Takes the quote out; one that the venue has not answered yet goes as soon as it has. */
    void pull(Context context) {
        if (order != OrderEvent.NO_ORDER && !unwanted) {
            unwanted = true;
            if (acknowledged) {
                context.cancel(order);
            }
        }
    }

    /** Hears of an order; whether it was this one and has ended. */
    boolean hears(Context context, OrderEvent event) {
        if (event.orderId() != order || order == OrderEvent.NO_ORDER) {
            return false;
        }
        if (isEnd(event)) {
            order = OrderEvent.NO_ORDER;
            return true;
        }
        if (event instanceof OrderEvent.Moved) {
            // taken by the venue, or a cancel that failed on its way
            acknowledged = true;
            if (unwanted) {
                context.cancel(order);
            }
        }
        return false;
    }

    private static boolean isEnd(OrderEvent event) {
        if (event instanceof OrderEvent.Moved moved) {
            return moved.state().isFinal();
        }
        if (event instanceof OrderEvent.Filled filled) {
            return filled.state() == OrderState.FILLED;
        }
        return event instanceof OrderEvent.Rejected;
    }
}
