package org.lama.backtest.replay;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lama.backtest.order.Fill;
import org.lama.backtest.order.OrderEvent;
import org.lama.backtest.order.OrderRequest;
import org.lama.backtest.strategy.Context;
import org.lama.backtest.strategy.ForwardingContext;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.book.BookScale;
import org.lama.core.market.Side;

/**
 * Stands between a replay and a strategy and writes down what happened: fills, orders, and how long both sides were
 * quoted. The strategy notices nothing, and the run is the same. One object serves one run. Of orders and fills the first
 * 32,768 each lie in memory and all others in temporary files of 48 and 40 bytes a row, so that memory is bounded whatever
 * the length of the feed; a file that cannot be written ends the run with an {@link java.io.UncheckedIOException}. Not
 * thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class ReplayRecorder implements Strategy {
    private final Strategy own;
    private final List<OwnFills> fills = new ArrayList<>();
    private final List<QuoteLog> quotes = new ArrayList<>();
    private long firstNanos;
    private long lastNanos;
    private @Nullable Recorded recorded;

    private ReplayRecorder(Strategy own) {
        this.own = Check.notNull(own, "own");
    }

    /**
     * A recorder around a strategy.
     *
     * @param own a fresh object
     * @return what to run instead of it
     */
    public static ReplayRecorder of(Strategy own) {
        return new ReplayRecorder(own);
    }

    /**
     * What filled.
     *
     * @param instrument its number
     * @return the fills so far
     */
    public OwnFills fills(int instrument) {
        return fills.get(instrument);
    }

    /**
     * What was sent.
     *
     * @param instrument its number
     * @return the orders so far
     */
    public QuoteLog quotes(int instrument) {
        return quotes.get(instrument);
    }

    /**
     * How long the run lasted on our clock.
     *
     * @return nanoseconds, at least 0
     */
    public long lengthNanos() {
        return lastNanos - firstNanos;
    }

    /** Hands calls on and writes orders down. */
    private record Recorded(Context delegate, List<QuoteLog> quotes) implements ForwardingContext {
        @Override
        public long submit(OrderRequest request) {
            long order = delegate.submit(request);
            boolean limited = request.type() == OrderRequest.Type.LIMIT;
            double price = limited ? request.limitPrice() : Double.NaN;
            write(request.instrument(), order, request.side(), price, request.quantity());
            return order;
        }

        @Override
        public long quote(int instrument, Side side, double quantity, double limitPrice) {
            long order = delegate.quote(instrument, side, quantity, limitPrice);
            write(instrument, order, side, limitPrice, quantity);
            return order;
        }

        @Override
        public void amend(long order, double quantity, double limitPrice) {
            delegate.amend(order, quantity, limitPrice);
            quotes.forEach(log -> log.amending(order, limitPrice, quantity));
        }

        private void write(int instrument, long order, Side side, double price, double quantity) {
            if (order != OrderEvent.NO_ORDER) {
                quotes.get(instrument).sent(order, side == Side.BUY, price, quantity);
            }
        }
    }

    private Context around(Context context) {
        if (recorded == null || recorded.delegate() != context) {
            recorded = new Recorded(context, quotes);
        }
        return recorded;
    }

    @Override
    public int warmUpBars() {
        return own.warmUpBars();
    }

    @Override
    public void onStart(Context context) {
        firstNanos = context.timeNanos();
        for (int i = 0; i < context.symbols().size(); i++) {
            fills.add(new OwnFills());
            quotes.add(new QuoteLog());
            quotes.get(i).begin(firstNanos);
        }
        own.onStart(around(context));
    }

    @Override
    public void onBar(Context context) {
        own.onBar(around(context));
    }

    @Override
    public void onTrade(Context context, int instrument) {
        own.onTrade(around(context), instrument);
    }

    @Override
    public void onBook(Context context, int instrument) {
        own.onBook(around(context), instrument);
    }

    @Override
    public void onOrder(Context context, OrderEvent event) {
        long now = context.timeNanos();
        QuoteLog log = quotes.get(event.symbol());
        if (event instanceof OrderEvent.Moved moved) {
            if (moved.state().isFinal()) {
                log.ended(moved.orderId(), now);
            } else if (moved.reason() == OrderEvent.Reason.ASKED) {
                log.amended(moved.orderId(), now);
            } else {
                log.accepted(moved.orderId(), now);
            }
        } else if (event instanceof OrderEvent.Filled filled) {
            filled(log, filled, now, context.book(event.symbol()).scale());
        } else if (event instanceof OrderEvent.Rejected rejected) {
            log.refused(rejected.reason());
            log.ended(event.orderId(), now);
        }
        own.onOrder(around(context), event);
    }

    private void filled(QuoteLog log, OrderEvent.Filled event, long now, BookScale scale) {
        Fill fill = event.fill();
        fills.get(fill.symbol()).add(fill);
        log.filled(fill.orderId(), scale.quantity(fill.lots()));
        if (event.state().isFinal()) {
            log.ended(fill.orderId(), now);
        }
    }

    @Override
    public void onTimer(Context context, String name) {
        own.onTimer(around(context), name);
    }

    @Override
    public void onEnd(Context context) {
        lastNanos = context.timeNanos();
        quotes.forEach(log -> log.tick(lastNanos));
        own.onEnd(around(context));
    }

    @Override
    public String whyIdle() {
        return own.whyIdle();
    }
}
