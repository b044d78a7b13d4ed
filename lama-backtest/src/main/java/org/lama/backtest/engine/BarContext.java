package org.lama.backtest.engine;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.lama.backtest.ledger.Ledger;
import org.lama.backtest.order.FixedPoint;
import org.lama.backtest.order.OrderRequest;
import org.lama.backtest.strategy.Context;
import org.lama.core.base.Check;
import org.lama.core.series.Frame;

/** What a strategy sees at one close; the loop moves it on, the strategy only reads and sets targets. */
final class BarContext implements Context {
    private final MarketTape tape;
    private final Ledger ledger;
    private final EngineObserver observer;
    private final int[] lastRow;
    private final boolean[] tradable;
    private final double[] targets;
    private long timeNanos;
    private boolean asked;

    BarContext(MarketTape tape, Ledger ledger, EngineObserver observer, int[] lastRow, boolean[] tradable) {
        this.tape = tape;
        this.ledger = ledger;
        this.observer = observer;
        this.lastRow = lastRow;
        this.tradable = tradable;
        this.targets = new double[lastRow.length];
        Arrays.fill(targets, Double.NaN);
    }

    void moveTo(long nanos) {
        timeNanos = nanos;
        if (asked) {
            Arrays.fill(targets, Double.NaN);
            asked = false;
        }
    }

    boolean asked() {
        return asked;
    }

    /** The wishes of this close, NaN where there is none; the loop cuts them to the limits in place. */
    double[] targets() {
        return targets;
    }

    @Override
    public long timeNanos() {
        return timeNanos;
    }

    @Override
    public List<String> symbols() {
        return tape.symbols;
    }

    @Override
    public Frame past(int symbol) {
        return tape.past(symbol, lastRow[symbol]);
    }

    @Override
    public boolean isTradable(int symbol) {
        return tradable[symbol];
    }

    @Override
    public double weight(int symbol) {
        long equity = ledger.equityUnits();
        return equity > 0 ? ledger.valueUnits(symbol) / (double) equity : 0;
    }

    @Override
    public double equity() {
        return FixedPoint.toDouble(ledger.equityUnits(), FixedPoint.MONEY_DECIMALS);
    }

    @Override
    public void target(int symbol, double weight) {
        Check.inRange(symbol, 0, targets.length - 1, "symbol");
        Check.finite(weight, "weight");
        targets[symbol] = weight;
        asked = true;
        observer.onTarget(timeNanos, symbol, weight);
    }

    @Override
    public int instrument(String symbol) {
        return tape.symbols.indexOf(symbol);
    }

    @Override
    public int bars(int instrument) {
        return lastRow[instrument] + 1;
    }

    @Override
    public double open(int instrument, int barsAgo) {
        return cell(instrument, "open", barsAgo);
    }

    @Override
    public double high(int instrument, int barsAgo) {
        return cell(instrument, "high", barsAgo);
    }

    @Override
    public double low(int instrument, int barsAgo) {
        return cell(instrument, "low", barsAgo);
    }

    @Override
    public double close(int instrument, int barsAgo) {
        return cell(instrument, "close", barsAgo);
    }

    @Override
    public double volume(int instrument, int barsAgo) {
        return cell(instrument, "volume", barsAgo);
    }

    private double cell(int instrument, String column, int barsAgo) {
        Frame past = past(instrument);
        return past.column(column).get(past.size() - 1 - barsAgo);
    }

    @Override
    public Frame past(int instrument, Duration timeFrame) {
        throw new UnsupportedOperationException("past(timeFrame)");
    }

    @Override
    public double lastTradePrice(int instrument) {
        return Double.NaN;
    }

    @Override
    public double lastTradeQuantity(int instrument) {
        return Double.NaN;
    }

    @Override
    public double bid(int instrument) {
        return Double.NaN;
    }

    @Override
    public double ask(int instrument) {
        return Double.NaN;
    }

    @Override
    public double position(int instrument) {
        return tape.scales[instrument].quantity(ledger.lots(instrument));
    }

    @Override
    public double cash() {
        return FixedPoint.toDouble(ledger.cashUnits(0), FixedPoint.MONEY_DECIMALS);
    }

    @Override
    public void targetQuantity(int instrument, double quantity) {
        throw new UnsupportedOperationException("targetQuantity");
    }

    @Override
    public long submit(OrderRequest request) {
        throw new UnsupportedOperationException("submit");
    }

    @Override
    public long[] submitOneCancelsOther(OrderRequest first, OrderRequest second) {
        throw new UnsupportedOperationException("submitOneCancelsOther");
    }

    @Override
    public long[] submitBracket(OrderRequest entry, OrderRequest takeProfit, OrderRequest stopLoss) {
        throw new UnsupportedOperationException("submitBracket");
    }

    @Override
    public void cancel(long order) {
        throw new UnsupportedOperationException("cancel");
    }

    @Override
    public void timer(String name, long atNanos) {
        throw new UnsupportedOperationException("timer");
    }
}
