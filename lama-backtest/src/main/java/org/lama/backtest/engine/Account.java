package org.lama.backtest.engine;

import java.util.ArrayList;
import java.util.List;
import org.lama.backtest.execution.MarketExecution;
import org.lama.backtest.ledger.Ledger;
import org.lama.backtest.ledger.Money;
import org.lama.backtest.order.FixedPoint;
import org.lama.backtest.order.OrderEvent;
import org.lama.backtest.order.OrderEvent.Reason;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.market.Instrument.Kind;

/**
 * What one strategy of a run owns: its books, its fills and its figures per bar. Strategies of one portfolio trade
 * separate accounts, so what they own sums to the whole by construction.
 */
final class Account {
    final String name;
    final Strategy strategy;
    final Ledger ledger;
    final FillLog fills = new FillLog();
    final List<OrderEvent> exceptions = new ArrayList<>();
    final double[] equity;
    final double[] cash;
    final double[] gross;
    final double[] net;
    boolean ruined;
    private long orders;

    private final MarketTape tape;
    private final EngineSettings settings;
    private final EngineObserver observer;
    private final MarketExecution execution;

    Account(StrategyBook.Entry entry, MarketTape tape, EngineSettings settings, EngineObserver observer) {
        name = entry.name();
        strategy = entry.strategy();
        this.tape = tape;
        this.settings = settings;
        this.observer = observer;
        execution = new MarketExecution(settings.cost());
        ledger = settings.kind() == Kind.SPOT
                ? Ledger.cashOnly(tape.instruments, 1024)
                : Ledger.onMargin(tape.instruments, 1024);
        int bars = tape.grid.length;
        equity = new double[bars];
        cash = new double[bars];
        gross = new double[bars];
        net = new double[bars];
        long start = bars == 0 ? 0 : tape.grid[0];
        ledger.deposit(
                start,
                Money.of(
                        settings.cash() * entry.share(), tape.instruments.get(0).quote()));
        ledger.equityUnits();
    }

    MarketExecution execution() {
        return execution;
    }

    /** The number of the next order, from 1 on. */
    long nextOrder() {
        return ++orders;
    }

    /** Share of equity held in a symbol, 0 where equity is not above 0. */
    double weight(int symbol) {
        long units = ledger.equityUnits();
        return units > 0 ? ledger.valueUnits(symbol) / (double) units : 0;
    }

    /** Books a trade of the account. */
    void trade(int symbol, long tsNanos, long signedLots, long ticks, long referenceTicks, long id) {
        long fee = execution.feeUnits(Math.abs(tape.scales[symbol].notionalUnits(signedLots, ticks)));
        ledger.fill(tsNanos, symbol, signedLots, ticks, referenceTicks, fee);
        fills.add(tsNanos, symbol, signedLots, ticks, fee, id);
        observer.onFill(tsNanos, symbol, signedLots, ticks, fee);
    }

    /** Closes a position that another instrument or silence ends: at the last price, less the haircut, not slipped. */
    void closeOut(int symbol, long tsNanos, Reason reason) {
        long held = ledger.lots(symbol);
        if (held != 0) {
            long last = ledger.markTicks(symbol);
            long lost = (long) Math.ceil(last * settings.delistingHaircut());
            trade(symbol, tsNanos, -held, held > 0 ? Math.max(0, last - lost) : last + lost, last, 0);
            exceptions.add(new OrderEvent.Forced(fills.fill(fills.size() - 1), reason));
        }
    }

    /** Notes the figures of a bar. */
    void note(int bar) {
        long equityUnits = ledger.equityUnits();
        long cashUnits = ledger.cashUnits(0);
        double absolute = 0;
        for (int s = 0; s < tape.scales.length; s++) {
            absolute += Math.abs((double) ledger.valueUnits(s));
        }
        equity[bar] = FixedPoint.toDouble(equityUnits, FixedPoint.MONEY_DECIMALS);
        cash[bar] = FixedPoint.toDouble(cashUnits, FixedPoint.MONEY_DECIMALS);
        gross[bar] = equityUnits > 0 ? absolute / equityUnits : 0;
        net[bar] = equityUnits > 0 ? (equityUnits - cashUnits) / (double) equityUnits : 0;
    }
}
