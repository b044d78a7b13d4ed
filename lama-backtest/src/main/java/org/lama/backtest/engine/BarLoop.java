package org.lama.backtest.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lama.backtest.execution.FillTiming;
import org.lama.backtest.ledger.Ledger;
import org.lama.backtest.order.OrderEvent.Reason;
import org.lama.core.base.Issue;

/**
 * The state of one run; used once, by one thread. For each bar of the union grid: what streams told up to its open;
 * liquidations and fills at the open; what streams told before its close; fills and liquidations inside; fills at its
 * close; marks there; what streams tell at the close; decisions.
 */
final class BarLoop {
    private final MarketTape tape;
    private final EngineSettings settings;
    private final EngineObserver observer;
    private final TargetTiming timing;
    private final MarketCursor cursor;
    private final Desk[] desks;
    /** Most runs have one desk, and a loop over one costs more than what it does; the others follow in loops. */
    private final Desk first;

    private final Desk[] others;
    private final List<Issue> issues;
    private final Streams streams;
    private final Agenda agenda = new Agenda();
    private final MarginCall margin;
    private @Nullable QuietBars quiet;
    private final int symbols;
    private final long silenceNanos;
    private final boolean fillsAtClose;

    BarLoop(Market market, StrategyBook book, EngineSettings settings, EngineObserver observer, TargetTiming timing) {
        this.settings = settings;
        this.observer = observer;
        this.timing = timing;
        tape = new MarketTape(market, settings);
        issues = new ArrayList<>(DataIssues.unfunded(market, tape));
        issues.addAll(DataIssues.funding(market, tape));
        symbols = tape.symbols.size();
        silenceNanos = settings.delistingAfter().toNanos();
        fillsAtClose = settings.execution().timing() == FillTiming.NEXT_CLOSE;
        cursor = new MarketCursor(tape);
        Ticker ticker = new Ticker(symbols);
        Prices prices = new Prices(market, tape, cursor, settings);
        VolumeShare share = new VolumeShare(tape, cursor, settings.execution().barParticipation());
        RunSetting setting = new RunSetting(tape, cursor, prices, share, ticker, agenda, settings, observer);
        desks = new Desk[book.entries().size()];
        for (int i = 0; i < desks.length; i++) {
            desks[i] = new Desk(book.entries().get(i), setting);
        }
        first = desks[0];
        others = Arrays.copyOfRange(desks, 1, desks.length);
        streams = new Streams(market, setting, desks);
        margin = new MarginCall(setting);
        boolean honest = timing == TargetTiming.NEXT_OPEN;
        quiet = honest && QuietBars.arePossible(tape, desks, streams) ? new QuietBars(setting, desks[0]) : null;
    }

    /** Takes every step in full: the same bits, later. */
    BarLoop withoutShortWay() {
        quiet = null;
        return this;
    }

    BacktestResult run() {
        int bars = tape.grid.size();
        long start = bars == 0 ? 0 : tape.grid.at(0);
        for (Desk desk : desks) {
            desk.start(start);
        }
        int bar = 0;
        while (bar < bars) {
            step(bar++);
            if (quiet != null) {
                bar = quiet.skip(bar);
            }
        }
        long end = bars == 0 ? 0 : tape.grid.at(bars - 1) + tape.barNanos;
        List<Account> accounts = new ArrayList<>();
        List<StrategyException> failures = new ArrayList<>();
        long ambiguous = 0;
        for (Desk desk : desks) {
            desk.end(end);
            accounts.add(desk.account);
            StrategyException failure = desk.failure();
            if (failure != null) {
                failures.add(failure);
            }
            ambiguous += desk.orders.ambiguousBars();
        }
        return new BacktestResult(
                tape,
                settings,
                accounts,
                new RunNotes(failures, ambiguous, warmUps(), issues, SilentGaps.of(tape, settings, accounts)));
    }

    private List<Integer> warmUps() {
        List<Integer> bars = new ArrayList<>();
        for (Desk desk : desks) {
            bars.add(desk.warmUpBars());
        }
        return bars;
    }

    private void step(int bar) {
        long open = tape.grid.at(bar);
        long close = open + tape.barNanos;
        if (agenda.nextNanos() <= open) {
            streams.until(open);
        }
        cursor.open(bar, open);
        open(first, open);
        for (Desk desk : others) {
            open(desk, open);
        }
        if (agenda.nextNanos() < close) {
            streams.until(close - 1);
        }
        inside(first, open, close);
        for (Desk desk : others) {
            inside(desk, open, close);
        }
        cursor.close();
        close(first, close);
        for (Desk desk : others) {
            close(desk, close);
        }
        if (streams.hasOptions()) {
            streams.expire(close);
        }
        if (agenda.nextNanos() <= close) {
            streams.until(close);
        }
        long equityUnits = decide(first, bar, open, close);
        for (Desk desk : others) {
            equityUnits += decide(desk, bar, open, close);
        }
        observer.onBar(close, equityUnits);
    }

    private long decide(Desk desk, int bar, long open, long close) {
        long units = desk.account.ledger.equityUnits();
        desk.decide(close, units);
        if (timing == TargetTiming.SAME_BAR) {
            desk.targets.redate(open);
            desk.targets.fillAtClose(open, open);
            units = desk.account.ledger.equityUnits();
        }
        desk.account.close(bar, units);
        return units;
    }

    private void open(Desk desk, long open) {
        if (cursor.begun > 0) {
            beginSegments(desk, open);
        }
        margin.atOpens(desk, open);
        if (timing == TargetTiming.NEXT_OPEN && !fillsAtClose) {
            desk.targets.fillAtOpen(open);
        }
        desk.orders.matchOpen(open);
        if (desk.hasNews()) {
            desk.context.moveTo(open);
            desk.tellNews();
        }
    }

    private void inside(Desk desk, long open, long close) {
        desk.targets.fillInside(open);
        desk.orders.matchInside(close);
        margin.atExtremes(desk, close);
        desk.orders.matchClose();
        if (fillsAtClose) {
            desk.targets.fillAtClose(open, close);
        }
    }

    private void beginSegments(Desk desk, long open) {
        for (int i = 0; i < cursor.begun; i++) {
            int symbol = cursor.beginning[i];
            desk.targets.cancel(symbol, open, Reason.NEW_SEGMENT);
            desk.orders.end(symbol, open, Reason.NEW_SEGMENT);
            desk.account.closeOut(symbol, open, Reason.NEW_SEGMENT);
            // the old instrument's price must not size orders of the new one
            desk.account.ledger.mark(symbol, 0);
        }
    }

    private void close(Desk desk, long close) {
        mark(desk, close);
        if (!cursor.allTradable) {
            closeSilent(desk, close);
        }
        desk.context.moveTo(close);
        if (desk.hasNews()) {
            desk.tellNews();
        }
    }

    private void mark(Desk desk, long close) {
        Ledger ledger = desk.account.ledger;
        mark(ledger, 0);
        for (int s = 1; s < symbols; s++) {
            mark(ledger, s);
        }
        margin.atMarks(desk, close);
    }

    private void mark(Ledger ledger, int symbol) {
        if (cursor.tradable[symbol]) {
            ledger.mark(symbol, cursor.priceTicks[symbol]);
        }
    }

    private void closeSilent(Desk desk, long close) {
        for (int s = 0; s < symbols; s++) {
            if (!cursor.tradable[s]
                    && close - cursor.lastPriceNanos[s] >= silenceNanos
                    && desk.account.ledger.lots(s) != 0) {
                desk.targets.cancel(s, close, Reason.DELISTED);
                desk.orders.end(s, close, Reason.DELISTED);
                desk.account.closeOut(s, close, Reason.DELISTED);
            }
        }
    }
}
