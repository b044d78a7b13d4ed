package org.lama.backtest.engine;

import java.util.ArrayList;
import java.util.List;
import org.lama.backtest.order.OrderEvent.Reason;

/** The state of one run; used once, by one thread. */
final class BarLoop {
    private final MarketTape tape;
    private final EngineSettings settings;
    private final EngineObserver observer;
    private final TargetTiming timing;
    private final MarketCursor cursor;
    private final Desk[] desks;
    private final int symbols;
    private final long silenceNanos;

    /** An account with the way in and out of it. */
    private record Desk(Account account, TargetOrders targets, BarContext context) {}

    BarLoop(MarketTape tape, StrategyBook book, EngineSettings settings, EngineObserver observer, TargetTiming timing) {
        this.tape = tape;
        this.settings = settings;
        this.observer = observer;
        this.timing = timing;
        symbols = tape.symbols.size();
        silenceNanos = settings.delistingAfter().toNanos();
        cursor = new MarketCursor(tape);
        desks = new Desk[book.entries().size()];
        for (int i = 0; i < desks.length; i++) {
            Account account = new Account(book.entries().get(i), tape, settings, observer);
            desks[i] = new Desk(
                    account,
                    new TargetOrders(tape, cursor, settings, account),
                    new BarContext(tape, cursor, account, observer));
        }
    }

    BacktestResult run() {
        for (int bar = 0; bar < tape.grid.length; bar++) {
            step(bar);
        }
        List<Account> accounts = new ArrayList<>();
        for (Desk desk : desks) {
            accounts.add(desk.account);
        }
        return new BacktestResult(tape, settings, accounts);
    }

    private void step(int bar) {
        long open = tape.grid[bar];
        long close = open + tape.barNanos;
        cursor.open(bar, open);
        for (Desk desk : desks) {
            beginSegments(desk, open);
            if (timing == TargetTiming.NEXT_OPEN) {
                desk.targets.fill(open, tape.openTicks);
            }
        }
        cursor.close(close);
        long equityUnits = 0;
        for (Desk desk : desks) {
            mark(desk, close);
            closeSilent(desk, close);
            decide(desk, close);
            if (timing == TargetTiming.SAME_BAR) {
                desk.targets.redate(open);
                desk.targets.fill(open, tape.closeTicks);
            }
            desk.account.note(bar);
            equityUnits += desk.account.ledger.equityUnits();
        }
        observer.onBar(close, equityUnits);
    }

    private void beginSegments(Desk desk, long open) {
        for (int i = 0; i < cursor.begun; i++) {
            int symbol = cursor.beginning[i];
            desk.targets.cancel(symbol, open, Reason.NEW_SEGMENT);
            desk.account.closeOut(symbol, open, Reason.NEW_SEGMENT);
            // the old instrument's price must not size orders of the new one
            desk.account.ledger.mark(symbol, 0);
        }
    }

    private void mark(Desk desk, long close) {
        for (int s = 0; s < symbols; s++) {
            if (cursor.tradable[s]) {
                desk.account.ledger.mark(s, tape.closeTicks[s][cursor.rowNow[s]]);
            }
        }
    }

    private void closeSilent(Desk desk, long close) {
        for (int s = 0; s < symbols; s++) {
            if (!cursor.tradable[s]
                    && close - cursor.lastPriceNanos[s] >= silenceNanos
                    && desk.account.ledger.lots(s) != 0) {
                desk.targets.cancel(s, close, Reason.DELISTED);
                desk.account.closeOut(s, close, Reason.DELISTED);
            }
        }
    }

    private void decide(Desk desk, long close) {
        Account account = desk.account;
        desk.context.moveTo(close);
        if (account.ruined) {
            return;
        }
        if (account.ledger.equityUnits() <= 0) {
            account.ruined = true;
            for (int s = 0; s < symbols; s++) {
                desk.targets.order(s, close, 0);
            }
            return;
        }
        account.strategy.onBar(desk.context);
        if (desk.context.asked()) {
            desk.targets.decide(close, desk.context.targets());
        }
    }
}
