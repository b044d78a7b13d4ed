package org.lama.backtest.engine;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lama.backtest.ledger.Ledger;
import org.lama.backtest.order.FixedPoint;
import org.lama.backtest.order.OrderEvent;
import org.lama.backtest.order.OrderEvent.Reason;
import org.lama.backtest.order.OrderRequest;
import org.lama.backtest.strategy.Context;
import org.lama.core.base.Check;
import org.lama.core.base.Suggestion;
import org.lama.core.series.Frame;
import org.lama.core.series.Series;

/** What a strategy sees at one moment; the loop moves it on, the strategy only reads and asks. */
final class BarContext implements Context {
    private static final int SYMBOLS_NAMED = 8;

    private final MarketTape tape;
    private final MarketCursor cursor;
    private final int[] bars;
    private final int[] lastRow;
    private final Series[] closes;
    private final Account account;
    private final OrderDesk orders;
    private final Gate gate;
    private final Ledger ledger;
    private final Ticker ticker;
    private final Prices prices;
    private final EngineObserver observer;
    private final double[] targets;
    private final double[] quantities;
    private final LongerBars longer;
    private final @Nullable Frame[] views;
    private final int[] viewRow;
    private long timeNanos = Long.MIN_VALUE;
    private boolean asked;
    /** Whether the strategy asked for anything at all, granted or not. */
    private boolean used;
    /** Whether the marks of the ledger may lie behind the rows shown, and the row of the first symbol that they are of. */
    private boolean marksLag;

    private int markedRow;

    /** Says whether the strategy may trade, and keeps its timers. */
    interface Gate {
        Reason verdict(int instrument);

        void setTimer(String name, long atNanos);
    }

    BarContext(RunSetting setting, Account account, OrderDesk orders, Gate gate) {
        this.account = account;
        this.orders = orders;
        this.gate = gate;
        tape = setting.tape();
        cursor = setting.cursor();
        bars = cursor.bars;
        lastRow = cursor.lastRow;
        closes = tape.close;
        ticker = setting.ticker();
        prices = setting.prices();
        observer = setting.observer();
        ledger = account.ledger;
        int n = tape.symbols.size();
        targets = new double[n];
        quantities = new double[n];
        Arrays.fill(targets, Double.NaN);
        Arrays.fill(quantities, Double.NaN);
        longer = new LongerBars(tape);
        views = new Frame[n];
        viewRow = new int[n];
    }

    /** From now on the ledger is marked when somebody looks at it, since until then no figure depends on it. */
    void letMarksLag() {
        marksLag = true;
        markedRow = MarketCursor.NO_ROW;
    }

    /** From now on others mark the ledger. */
    void endLag() {
        catchUp();
        marksLag = false;
    }

    /** Marks the ledger at the closes of the rows that are shown. */
    void catchUp() {
        if (marksLag && markedRow != lastRow[0]) {
            markedRow = lastRow[0];
            for (int s = 0; s < lastRow.length; s++) {
                ledger.mark(s, tape.closeTicks(s, lastRow[s]));
            }
        }
    }

    /** Moves the clock on; it never goes back, since nothing can be unlearnt. */
    void moveTo(long nanos) {
        timeNanos = Math.max(timeNanos, nanos);
    }

    boolean wasUsed() {
        return used;
    }

    void forgetUse() {
        used = false;
    }

    private void use() {
        used = true;
        catchUp();
    }

    boolean asked() {
        return asked;
    }

    /** Forgets the wishes of this moment. */
    void forget() {
        Arrays.fill(targets, Double.NaN);
        Arrays.fill(quantities, Double.NaN);
        asked = false;
    }

    /** The wishes of this moment as weights, NaN where there is none; the limits cut them in place. */
    double[] targets() {
        return targets;
    }

    /** The quantities that were asked for, NaN where a weight was. */
    double[] quantities() {
        return quantities;
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
        requireThere(instrument);
        return bars[instrument];
    }

    @Override
    public boolean isTradable(int instrument) {
        requireThere(instrument);
        return cursor.tradable[instrument];
    }

    @Override
    public double open(int instrument, int barsAgo) {
        requireThere(instrument);
        return cell(tape.open[instrument], instrument, barsAgo);
    }

    @Override
    public double high(int instrument, int barsAgo) {
        requireThere(instrument);
        return cell(tape.high[instrument], instrument, barsAgo);
    }

    @Override
    public double low(int instrument, int barsAgo) {
        requireThere(instrument);
        return cell(tape.low[instrument], instrument, barsAgo);
    }

    @Override
    public double close(int instrument, int barsAgo) {
        requireThere(instrument);
        return closes[instrument].get(row(instrument, barsAgo));
    }

    @Override
    public double close(int instrument) {
        requireThere(instrument);
        int row = lastRow[instrument];
        return row < 0 ? Double.NaN : closes[instrument].get(row);
    }

    @Override
    public double volume(int instrument, int barsAgo) {
        requireThere(instrument);
        return cell(tape.volume[instrument], instrument, barsAgo);
    }

    private double cell(Series column, int instrument, int barsAgo) {
        int row = row(instrument, barsAgo);
        return column == MarketTape.ABSENT ? Double.NaN : column.get(row);
    }

    private int row(int instrument, int barsAgo) {
        if (barsAgo < 0 || barsAgo >= bars[instrument]) {
            throw unknown(instrument, barsAgo);
        }
        return lastRow[instrument] - barsAgo;
    }

    private IllegalArgumentException unknown(int instrument, int barsAgo) {
        int known = bars[instrument];
        return new IllegalArgumentException("barsAgo must be in [0, " + (known - 1) + "], got " + barsAgo + ": "
                + tape.symbols.get(instrument) + " has " + known + " closed bars");
    }

    @Override
    public Frame past(int instrument) {
        requireThere(instrument);
        int row = lastRow[instrument];
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
        requireThere(instrument);
        return longer.past(instrument, lastRow[instrument], timeFrame);
    }

    @Override
    public double lastTradePrice(int instrument) {
        requireThere(instrument);
        return ticker.price[instrument];
    }

    @Override
    public double lastTradeQuantity(int instrument) {
        requireThere(instrument);
        return ticker.quantity[instrument];
    }

    @Override
    public double bid(int instrument) {
        requireThere(instrument);
        return ticker.bid[instrument];
    }

    @Override
    public double ask(int instrument) {
        requireThere(instrument);
        return ticker.ask[instrument];
    }

    @Override
    public double position(int instrument) {
        requireThere(instrument);
        return tape.scales[instrument].quantity(ledger.lots(instrument));
    }

    @Override
    public double weight(int instrument) {
        requireThere(instrument);
        catchUp();
        return account.weight(instrument);
    }

    @Override
    public double equity() {
        catchUp();
        return account.equity();
    }

    @Override
    public double cash() {
        return FixedPoint.toDouble(ledger.cashUnits(), FixedPoint.MONEY_DECIMALS);
    }

    @Override
    public void target(int symbol, double weight) {
        requireThere(symbol);
        Check.finite(weight, "weight");
        use();
        if (admitted(symbol)) {
            targets[symbol] = weight;
            quantities[symbol] = Double.NaN;
            asked = true;
            observer.onTarget(timeNanos, symbol, weight);
        }
    }

    @Override
    public void targetQuantity(int instrument, double quantity) {
        requireThere(instrument);
        Check.finite(quantity, "quantity");
        use();
        if (admitted(instrument)) {
            double equity = account.equity();
            long mark = ledger.markTicks(instrument);
            double unit = mark == 0
                    ? Double.NaN
                    : 1 / prices.quantity(account, instrument, 1, tape.scales[instrument].price(mark));
            // without a price or equity any weight but 0 says that something was asked for; the order is refused
            double weight = mark == 0 || equity <= 0 ? Math.signum(quantity) : quantity * unit / equity;
            targets[instrument] = weight;
            quantities[instrument] = quantity;
            asked = true;
            observer.onTarget(timeNanos, instrument, weight);
        }
    }

    private boolean admitted(int instrument) {
        Reason verdict = gate.verdict(instrument);
        if (verdict != Reason.ACCEPTED) {
            account.refuse(timeNanos, instrument, OrderEvent.NO_ORDER, verdict);
        }
        return verdict == Reason.ACCEPTED;
    }

    @Override
    public long submit(OrderRequest request) {
        return orders.submit(request, timeNanos, verdict(request));
    }

    private Reason verdict(OrderRequest request) {
        use();
        int instrument = Check.notNull(request, "request").instrument();
        requireThere(instrument);
        return gate.verdict(instrument);
    }

    /** The message is made only where it is needed: this is asked with every price and every order. */
    private void requireThere(int instrument) {
        if (instrument < 0 || instrument >= targets.length) {
            throw notThere(instrument);
        }
    }

    private IllegalArgumentException notThere(int instrument) {
        int count = tape.symbols.size();
        int last = count - 1;
        String more = count > SYMBOLS_NAMED ? " and " + (count - SYMBOLS_NAMED) + " more" : "";
        return new IllegalArgumentException("instrument " + instrument + " is not in the run, which has "
                + (last == 0 ? "only 0" : "0 to " + last) + ": "
                + String.join(", ", tape.symbols.subList(0, Math.min(SYMBOLS_NAMED, count))) + more
                + "; instrument(\"SYMBOL\") gives the number of a symbol");
    }

    @Override
    public long[] submitOneCancelsOther(OrderRequest first, OrderRequest second) {
        return orders.submitOneCancelsOther(first, second, timeNanos, verdict(first));
    }

    @Override
    public long[] submitBracket(OrderRequest entry, OrderRequest takeProfit, OrderRequest stopLoss) {
        return orders.submitBracket(entry, takeProfit, stopLoss, timeNanos, verdict(entry));
    }

    @Override
    public String tag(long order) {
        return account.tags.of(order);
    }

    @Override
    public void cancel(long order) {
        use();
        orders.cancel(order, timeNanos);
    }

    @Override
    public void timer(String name, long atNanos) {
        use();
        gate.setTimer(Check.notBlank(name, "name"), atNanos);
    }
}
