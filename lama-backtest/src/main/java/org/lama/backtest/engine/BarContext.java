package org.lama.backtest.engine;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lama.backtest.ledger.Ledger;
import org.lama.backtest.order.FixedPoint;
import org.lama.backtest.order.OrderRequest;
import org.lama.backtest.strategy.Context;
import org.lama.core.base.Check;
import org.lama.core.base.Suggestion;
import org.lama.core.series.Frame;
import org.lama.core.series.Series;

/** What a strategy sees at one moment; the loop moves it on, the strategy only reads and asks. */
final class BarContext implements Context {
    private final MarketTape tape;
    private final MarketCursor cursor;
    private final Account account;
    private final Ledger ledger;
    private final EngineObserver observer;
    private final double[] targets;
    private final LongerBars longer;
    private final @Nullable Frame[] views;
    private final int[] viewRow;
    private long timeNanos = Long.MIN_VALUE;
    private boolean asked;

    BarContext(MarketTape tape, MarketCursor cursor, Account account, EngineObserver observer) {
        this.tape = tape;
        this.cursor = cursor;
        this.account = account;
        this.ledger = account.ledger;
        this.observer = observer;
        int n = tape.symbols.size();
        targets = new double[n];
        Arrays.fill(targets, Double.NaN);
        longer = new LongerBars(tape);
        views = new Frame[n];
        viewRow = new int[n];
    }

    /** Moves the clock on; it never goes back, since nothing can be unlearnt. */
    void moveTo(long nanos) {
        timeNanos = Math.max(timeNanos, nanos);
        if (asked) {
            Arrays.fill(targets, Double.NaN);
            asked = false;
        }
    }

    boolean asked() {
        return asked;
    }

    /** The wishes of this moment, NaN where there is none; the limits cut them in place. */
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
    public int instrument(String symbol) {
        int found = tape.symbols.indexOf(symbol);
        if (found < 0) {
            throw new IllegalArgumentException("instrument '" + symbol + "' is not in the run; nearest of "
                    + tape.symbols.size() + " is " + Suggestion.nearest(symbol, tape.symbols));
        }
        return found;
    }

    @Override
    public int bars(int instrument) {
        int row = cursor.lastRow[instrument];
        return row < 0 ? 0 : row + 1 - tape.segmentFrom(instrument, row);
    }

    @Override
    public boolean isTradable(int instrument) {
        return cursor.tradable[instrument];
    }

    @Override
    public double open(int instrument, int barsAgo) {
        return cell(tape.open[instrument], instrument, barsAgo);
    }

    @Override
    public double high(int instrument, int barsAgo) {
        return cell(tape.high[instrument], instrument, barsAgo);
    }

    @Override
    public double low(int instrument, int barsAgo) {
        return cell(tape.low[instrument], instrument, barsAgo);
    }

    @Override
    public double close(int instrument, int barsAgo) {
        return cell(tape.close[instrument], instrument, barsAgo);
    }

    @Override
    public double close(int instrument) {
        int row = cursor.lastRow[instrument];
        return row < 0 ? Double.NaN : tape.close[instrument].get(row);
    }

    @Override
    public double volume(int instrument, int barsAgo) {
        return cell(tape.volume[instrument], instrument, barsAgo);
    }

    private double cell(Series column, int instrument, int barsAgo) {
        int bars = bars(instrument);
        if (barsAgo < 0 || barsAgo >= bars) {
            throw new IllegalArgumentException("barsAgo must be in [0, " + (bars - 1) + "], got " + barsAgo + ": "
                    + tape.symbols.get(instrument) + " has " + bars + " closed bars");
        }
        return column == MarketTape.ABSENT ? Double.NaN : column.get(cursor.lastRow[instrument] - barsAgo);
    }

    @Override
    public Frame past(int instrument) {
        int row = cursor.lastRow[instrument];
        Frame view = views[instrument];
        if (view == null || viewRow[instrument] != row) {
            view = tape.past(instrument, row);
            views[instrument] = view;
            viewRow[instrument] = row;
        }
        return view;
    }

    @Override
    public Frame past(int instrument, Duration timeFrame) {
        return longer.past(instrument, cursor.lastRow[instrument], timeFrame);
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
    public double weight(int instrument) {
        return account.weight(instrument);
    }

    @Override
    public double equity() {
        return FixedPoint.toDouble(ledger.equityUnits(), FixedPoint.MONEY_DECIMALS);
    }

    @Override
    public double cash() {
        return FixedPoint.toDouble(ledger.cashUnits(0), FixedPoint.MONEY_DECIMALS);
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
