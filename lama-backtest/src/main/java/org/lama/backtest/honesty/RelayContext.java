package org.lama.backtest.honesty;

import java.time.Duration;
import java.util.List;
import org.lama.backtest.order.OrderRequest;
import org.lama.backtest.strategy.Context;
import org.lama.core.series.Frame;

/** Hands everything on to another context; what is overridden is heard or held back. */
class RelayContext implements Context {
    final Context context;

    RelayContext(Context context) {
        this.context = context;
    }

    @Override
    public void target(int instrument, double weight) {
        context.target(instrument, weight);
    }

    @Override
    public long timeNanos() {
        return context.timeNanos();
    }

    @Override
    public List<String> symbols() {
        return context.symbols();
    }

    @Override
    public int instrument(String symbol) {
        return context.instrument(symbol);
    }

    @Override
    public int bars(int instrument) {
        return context.bars(instrument);
    }

    @Override
    public boolean isTradable(int instrument) {
        return context.isTradable(instrument);
    }

    @Override
    public double open(int instrument, int barsAgo) {
        return context.open(instrument, barsAgo);
    }

    @Override
    public double high(int instrument, int barsAgo) {
        return context.high(instrument, barsAgo);
    }

    @Override
    public double low(int instrument, int barsAgo) {
        return context.low(instrument, barsAgo);
    }

    @Override
    public double close(int instrument, int barsAgo) {
        return context.close(instrument, barsAgo);
    }

    @Override
    public double close(int instrument) {
        return context.close(instrument);
    }

    @Override
    public double volume(int instrument, int barsAgo) {
        return context.volume(instrument, barsAgo);
    }

    @Override
    public Frame past(int instrument) {
        return context.past(instrument);
    }

    @Override
    public Frame past(int instrument, Duration timeFrame) {
        return context.past(instrument, timeFrame);
    }

    @Override
    public double lastTradePrice(int instrument) {
        return context.lastTradePrice(instrument);
    }

    @Override
    public double lastTradeQuantity(int instrument) {
        return context.lastTradeQuantity(instrument);
    }

    @Override
    public double bid(int instrument) {
        return context.bid(instrument);
    }

    @Override
    public double ask(int instrument) {
        return context.ask(instrument);
    }

    @Override
    public double position(int instrument) {
        return context.position(instrument);
    }

    @Override
    public double weight(int instrument) {
        return context.weight(instrument);
    }

    @Override
    public double equity() {
        return context.equity();
    }

    @Override
    public double cash() {
        return context.cash();
    }

    @Override
    public void targetQuantity(int instrument, double quantity) {
        context.targetQuantity(instrument, quantity);
    }

    @Override
    public long submit(OrderRequest request) {
        return context.submit(request);
    }

    @Override
    public long[] submitOneCancelsOther(OrderRequest first, OrderRequest second) {
        return context.submitOneCancelsOther(first, second);
    }

    @Override
    public long[] submitBracket(OrderRequest entry, OrderRequest takeProfit, OrderRequest stopLoss) {
        return context.submitBracket(entry, takeProfit, stopLoss);
    }

    @Override
    public String tag(long order) {
        return context.tag(order);
    }

    @Override
    public void cancel(long order) {
        context.cancel(order);
    }

    @Override
    public void timer(String name, long atNanos) {
        context.timer(name, atNanos);
    }
}
