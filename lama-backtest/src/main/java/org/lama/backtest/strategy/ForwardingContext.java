package org.lama.backtest.strategy;

import java.time.Duration;
import java.util.List;
import org.lama.backtest.order.OrderRequest;
import org.lama.core.base.Api;
import org.lama.core.book.BookView;
import org.lama.core.series.Frame;

/**
 * A context that hands every call on to another, for what stands between a run and a strategy: it overrides the calls it
 * hears or holds back. Each call costs one more call and allocates nothing.
 *
 * <pre>{@code
 * record Quiet(Context delegate) implements ForwardingContext {
 *     @Override
 *     public void target(int instrument, double weight) {}
 * }
 * }</pre>
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public interface ForwardingContext extends Context {
    /**
     * The context that calls go to.
     *
     * @return the same at every call
     */
    Context delegate();

    @Override
    default void target(int instrument, double weight) {
        delegate().target(instrument, weight);
    }

    @Override
    default long timeNanos() {
        return delegate().timeNanos();
    }

    @Override
    default List<String> symbols() {
        return delegate().symbols();
    }

    @Override
    default int instrument(String symbol) {
        return delegate().instrument(symbol);
    }

    @Override
    default int bars(int instrument) {
        return delegate().bars(instrument);
    }

    @Override
    default boolean isTradable(int instrument) {
        return delegate().isTradable(instrument);
    }

    @Override
    default double open(int instrument, int barsAgo) {
        return delegate().open(instrument, barsAgo);
    }

    @Override
    default double high(int instrument, int barsAgo) {
        return delegate().high(instrument, barsAgo);
    }

    @Override
    default double low(int instrument, int barsAgo) {
        return delegate().low(instrument, barsAgo);
    }

    @Override
    default double close(int instrument, int barsAgo) {
        return delegate().close(instrument, barsAgo);
    }

    @Override
    default double close(int instrument) {
        return delegate().close(instrument);
    }

    @Override
    default double volume(int instrument, int barsAgo) {
        return delegate().volume(instrument, barsAgo);
    }

    @Override
    default Frame past(int instrument) {
        return delegate().past(instrument);
    }

    @Override
    default Frame past(int instrument, Duration timeFrame) {
        return delegate().past(instrument, timeFrame);
    }

    @Override
    default double lastTradePrice(int instrument) {
        return delegate().lastTradePrice(instrument);
    }

    @Override
    default double lastTradeQuantity(int instrument) {
        return delegate().lastTradeQuantity(instrument);
    }

    @Override
    default double bid(int instrument) {
        return delegate().bid(instrument);
    }

    @Override
    default double ask(int instrument) {
        return delegate().ask(instrument);
    }

    @Override
    default BookView book(int instrument) {
        return delegate().book(instrument);
    }

    @Override
    default boolean isStale(int instrument) {
        return delegate().isStale(instrument);
    }

    @Override
    default double position(int instrument) {
        return delegate().position(instrument);
    }

    @Override
    default double weight(int instrument) {
        return delegate().weight(instrument);
    }

    @Override
    default double equity() {
        return delegate().equity();
    }

    @Override
    default double cash() {
        return delegate().cash();
    }

    @Override
    default void targetQuantity(int instrument, double quantity) {
        delegate().targetQuantity(instrument, quantity);
    }

    @Override
    default long submit(OrderRequest request) {
        return delegate().submit(request);
    }

    @Override
    default long[] submitOneCancelsOther(OrderRequest first, OrderRequest second) {
        return delegate().submitOneCancelsOther(first, second);
    }

    @Override
    default long[] submitBracket(OrderRequest entry, OrderRequest takeProfit, OrderRequest stopLoss) {
        return delegate().submitBracket(entry, takeProfit, stopLoss);
    }

    @Override
    default String tag(long order) {
        return delegate().tag(order);
    }

    @Override
    default void amend(long order, double quantity, double limitPrice) {
        delegate().amend(order, quantity, limitPrice);
    }

    @Override
    default void cancel(long order) {
        delegate().cancel(order);
    }

    @Override
    default void timer(String name, long atNanos) {
        delegate().timer(name, atNanos);
    }
}
