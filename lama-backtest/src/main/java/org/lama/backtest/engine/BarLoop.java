package org.lama.backtest.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lama.backtest.execution.MarketExecution;
import org.lama.backtest.execution.OrderSizing;
import org.lama.backtest.ledger.Ledger;
import org.lama.backtest.ledger.Money;
import org.lama.backtest.order.FixedPoint;
import org.lama.backtest.order.OrderEvent;
import org.lama.backtest.order.OrderEvent.Reason;
import org.lama.backtest.order.Scale;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.market.Instrument.Kind;
import org.lama.core.market.Side;

/** The state of one run; used once, by one thread. */
final class BarLoop {
    private static final int NO_ROW = -1;

    private final MarketTape tape;
    private final EngineSettings settings;
    private final EngineObserver observer;
    private final FillTiming timing;
    private final MarketExecution execution;
    private final Ledger ledger;
    private final FillLog fills = new FillLog();
    private final List<OrderEvent> exceptions = new ArrayList<>();
    private final BarContext context;
    private final int symbols;

    /** Next row not yet reached, last row reached, and the row of this bar or NO_ROW. */
    private final int[] nextRow;

    private final int[] lastRow;
    private final int[] rowNow;
    private final boolean[] tradable;
    private final long[] lastPriceNanos;

    /** One pending order per symbol: number, decision time, weight with equity, or wanted lots. */
    private final long[] orderId;

    private final long[] decidedNanos;
    private final double[] wantedValue;
    private final long[] wantedLots;
    private final long[] delta;
    private final double[] weights;
    private final double[] dayValue;
    private long orders;
    private boolean ruined;

    private final double[] equity;
    private final double[] cash;
    private final double[] gross;
    private final double[] net;

    BarLoop(MarketTape tape, EngineSettings settings, EngineObserver observer, FillTiming timing) {
        this.tape = tape;
        this.settings = settings;
        this.observer = observer;
        this.timing = timing;
        execution = new MarketExecution(settings.cost());
        symbols = tape.symbols.size();
        int bars = tape.grid.length;
        int capacity = 1024 + 4 * bars;
        ledger = settings.kind() == Kind.SPOT
                ? Ledger.cashOnly(tape.instruments, capacity)
                : Ledger.onMargin(tape.instruments, capacity);
        nextRow = new int[symbols];
        lastRow = filled(NO_ROW);
        rowNow = filled(NO_ROW);
        tradable = new boolean[symbols];
        lastPriceNanos = new long[symbols];
        orderId = new long[symbols];
        decidedNanos = new long[symbols];
        wantedValue = new double[symbols];
        wantedLots = new long[symbols];
        delta = new long[symbols];
        weights = new double[symbols];
        dayValue = new double[symbols];
        equity = new double[bars];
        cash = new double[bars];
        gross = new double[bars];
        net = new double[bars];
        context = new BarContext(tape, ledger, observer, lastRow, tradable);
    }

    BacktestResult run(Strategy strategy) {
        long start = tape.grid.length == 0 ? 0 : tape.grid[0];
        ledger.deposit(start, Money.of(settings.cash(), tape.instruments.get(0).quote()));
        if (ledger.currencies().size() > 1) {
            throw new IllegalStateException("cannot add " + ledger.currencies().get(1) + " to "
                    + ledger.currencies().get(0) + ": convert at an explicit rate first");
        }
        for (int bar = 0; bar < tape.grid.length; bar++) {
            long open = tape.grid[bar];
            long close = open + tape.barNanos;
            advance(open);
            if (timing == FillTiming.NEXT_OPEN) {
                fillPending(open, tape.openTicks);
            }
            mark(close);
            closeSilent(close);
            decide(strategy, close);
            if (timing == FillTiming.SAME_BAR) {
                Arrays.fill(decidedNanos, open);
                fillPending(open, tape.closeTicks);
            }
            note(bar, close);
        }
        return new BacktestResult(tape, settings, ledger, fills, exceptions, equity, cash, gross, net);
    }

    private void advance(long open) {
        for (int s = 0; s < symbols; s++) {
            int row = nextRow[s];
            boolean here = row < tape.rowTimes[s].length && tape.rowTimes[s][row] == open;
            rowNow[s] = here ? row : NO_ROW;
            tradable[s] = here && tape.closeTicks[s][row] > 0;
            if (here) {
                nextRow[s] = row + 1;
                lastRow[s] = row;
                if (row > 0 && tape.segmentFrom[s][row] == row) {
                    end(s, open, Reason.NEW_SEGMENT);
                }
            }
        }
    }

    /** Closes out what another instrument or silence ends: at the last price, less the haircut, without slippage. */
    private void end(int symbol, long tsNanos, Reason reason) {
        if (orderId[symbol] != 0) {
            orderId[symbol] = 0;
            exceptions.add(new OrderEvent.Rejected(tsNanos, symbol, 0, reason));
        }
        long held = ledger.lots(symbol);
        if (held != 0) {
            long last = ledger.markTicks(symbol);
            long lost = (long) Math.ceil(last * settings.delistingHaircut());
            trade(symbol, tsNanos, -held, held > 0 ? Math.max(0, last - lost) : last + lost, last, 0);
            exceptions.add(new OrderEvent.Forced(fills.fill(fills.size() - 1), reason));
        }
        if (reason == Reason.NEW_SEGMENT) {
            // the old instrument's price must not size orders of the new one
            ledger.mark(symbol, 0);
        }
    }

    private void fillPending(long tsNanos, long[][] priceTicks) {
        boolean buys = false;
        for (int s = 0; s < symbols; s++) {
            delta[s] = 0;
            boolean due = orderId[s] != 0 && rowNow[s] != NO_ROW && decidedNanos[s] <= tsNanos;
            if (due && priceTicks[s][rowNow[s]] > 0) {
                delta[s] = wantedChange(s, tsNanos, priceTicks[s][rowNow[s]]);
                buys |= delta[s] > 0;
                if (delta[s] < 0) {
                    fillOrder(s, tsNanos, priceTicks[s][rowNow[s]]);
                } else if (delta[s] == 0) {
                    orderId[s] = 0;
                }
            }
        }
        for (int s = 0; buys && s < symbols; s++) {
            if (delta[s] > 0) {
                fillOrder(s, tsNanos, priceTicks[s][rowNow[s]]);
            }
        }
    }

    private long wantedChange(int symbol, long tsNanos, long referenceTicks) {
        long held = ledger.lots(symbol);
        if (settings.orderSizing() == OrderSizing.AT_DECISION) {
            return wantedLots[symbol] - held;
        }
        long atReference = lotsFor(symbol, tsNanos, referenceTicks) - held;
        if (atReference == 0 || orderId[symbol] == 0) {
            return 0;
        }
        Side side = atReference > 0 ? Side.BUY : Side.SELL;
        long slipped = execution.fillTicks(side, referenceTicks, tape.scales[symbol]);
        long change = slipped == 0 ? atReference : lotsFor(symbol, tsNanos, slipped) - held;
        return Long.signum(change) == side.sign() ? change : 0;
    }

    /** Lots worth the wanted value at a price; a quantity that does not fit ends the order. */
    private long lotsFor(int symbol, long tsNanos, long ticks) {
        Scale scale = tape.scales[symbol];
        double quantity = wantedValue[symbol] / scale.price(ticks);
        if (!FixedPoint.fits(4 * quantity, scale.quantityDecimals())) {
            orderId[symbol] = 0;
            exceptions.add(new OrderEvent.Rejected(tsNanos, symbol, 0, Reason.QUANTITY_TOO_LARGE));
            return ledger.lots(symbol);
        }
        return scale.lots(quantity);
    }

    private void fillOrder(int symbol, long tsNanos, long referenceTicks) {
        Scale scale = tape.scales[symbol];
        Side side = delta[symbol] > 0 ? Side.BUY : Side.SELL;
        long ticks = execution.fillTicks(side, referenceTicks, scale);
        long lots = delta[symbol];
        if (side == Side.BUY && settings.kind() == Kind.SPOT) {
            lots = execution.affordableLots(ledger.cashUnits(symbol), lots, ticks, scale);
        }
        long id = orderId[symbol];
        orderId[symbol] = 0;
        if (lots == 0) {
            exceptions.add(new OrderEvent.Rejected(tsNanos, symbol, 0, Reason.NO_CASH));
        } else {
            trade(symbol, tsNanos, lots, ticks, referenceTicks, id);
        }
    }

    private void trade(int symbol, long tsNanos, long signedLots, long ticks, long referenceTicks, long id) {
        long fee = execution.feeUnits(Math.abs(tape.scales[symbol].notionalUnits(signedLots, ticks)));
        ledger.fill(tsNanos, symbol, signedLots, ticks, referenceTicks, fee);
        fills.add(tsNanos, symbol, signedLots, ticks, fee, id);
        observer.onFill(tsNanos, symbol, signedLots, ticks, fee);
    }

    private void mark(long close) {
        for (int s = 0; s < symbols; s++) {
            if (tradable[s]) {
                lastPriceNanos[s] = close;
                ledger.mark(s, tape.closeTicks[s][rowNow[s]]);
            }
        }
    }

    private void closeSilent(long close) {
        long allowed = settings.delistingAfter().toNanos();
        for (int s = 0; s < symbols; s++) {
            if (!tradable[s] && ledger.lots(s) != 0 && close - lastPriceNanos[s] >= allowed) {
                end(s, close, Reason.DELISTED);
            }
        }
    }

    private void decide(Strategy strategy, long close) {
        context.moveTo(close);
        if (ruined) {
            return;
        }
        if (ledger.equityUnits() <= 0) {
            ruined = true;
            for (int s = 0; s < symbols; s++) {
                order(s, close, 0);
            }
            return;
        }
        strategy.onBar(context);
        if (context.asked()) {
            double[] targets = context.targets();
            for (int s = 0; s < symbols; s++) {
                weights[s] = context.weight(s);
                dayValue[s] = tape.dayValue(s, lastRow[s]);
                if (settings.kind() == Kind.SPOT && targets[s] < 0) {
                    targets[s] = 0;
                }
            }
            settings.limits().apply(targets, weights, dayValue, context.equity());
            for (int s = 0; s < symbols; s++) {
                if (!Double.isNaN(targets[s])) {
                    order(s, close, targets[s] * context.equity());
                }
            }
        }
    }

    private void order(int symbol, long close, double value) {
        long mark = ledger.markTicks(symbol);
        if (mark == 0) {
            if (value != 0) {
                exceptions.add(new OrderEvent.Rejected(close, symbol, 0, Reason.NO_PRICE));
            }
            return;
        }
        orderId[symbol] = ++orders;
        decidedNanos[symbol] = close;
        wantedValue[symbol] = value;
        wantedLots[symbol] = lotsFor(symbol, close, mark);
        if (settings.orderSizing() == OrderSizing.AT_DECISION && wantedLots[symbol] == ledger.lots(symbol)) {
            orderId[symbol] = 0;
        }
    }

    private void note(int bar, long close) {
        long equityUnits = ledger.equityUnits();
        long cashUnits = ledger.cashUnits(0);
        double absolute = 0;
        for (int s = 0; s < symbols; s++) {
            absolute += ledger.lots(s) == 0 ? 0 : Math.abs((double) ledger.valueUnits(s));
        }
        equity[bar] = FixedPoint.toDouble(equityUnits, FixedPoint.MONEY_DECIMALS);
        cash[bar] = FixedPoint.toDouble(cashUnits, FixedPoint.MONEY_DECIMALS);
        gross[bar] = equityUnits > 0 ? absolute / equityUnits : 0;
        net[bar] = equityUnits > 0 ? (equityUnits - cashUnits) / (double) equityUnits : 0;
        observer.onBar(close, equityUnits);
    }

    private int[] filled(int value) {
        int[] array = new int[symbols];
        Arrays.fill(array, value);
        return array;
    }
}
