package org.lama.backtest.engine;

import java.util.Arrays;
import java.util.List;
import org.lama.backtest.ledger.Ledger;
import org.lama.backtest.order.FixedPoint;
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
}
