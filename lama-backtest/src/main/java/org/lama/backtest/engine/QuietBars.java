package org.lama.backtest.engine;

import org.lama.backtest.ledger.Ledger;
import org.lama.core.series.TimeIndex;

/**
 * The short way through bars in which nothing is under way: no order, no news, no stream, no timer, all prices there. Such
 * a bar is marked, shown to the strategy and written down, and nothing else could happen in it; most bars of most runs are
 * like that. Gives the same bits as {@link BarLoop}'s own steps.
 */
final class QuietBars {
    private static final int CELLS = 4096;
    private static final int NOWHERE = -1;

    private final MarketTape tape;
    private final MarketCursor cursor;
    private final Desk desk;
    private final Agenda agenda;
    private final EngineObserver observer;
    private final int symbols;
    private final int rowsPerBlock;
    /** Closes in ticks of the rows of a block, one row after the other. */
    private final long[] block;

    private int blockFrom = NOWHERE;
    /** The first row behind {@link #blockFrom} that has no price of some symbol, or the end of the block. */
    private int blockTo = NOWHERE;

    QuietBars(RunSetting setting, Desk desk) {
        tape = setting.tape();
        cursor = setting.cursor();
        agenda = setting.agenda();
        observer = setting.observer();
        this.desk = desk;
        symbols = tape.symbols.size();
        rowsPerBlock = Math.max(1, CELLS / Math.max(1, symbols));
        block = new long[rowsPerBlock * symbols];
    }

    /** Whether a run can have quiet bars at all. */
    static boolean arePossible(MarketTape tape, Desk[] desks, Streams streams) {
        return desks.length == 1
                && tape.equalGrids
                && !tape.hasSegments
                && !tape.symbols.isEmpty()
                && !desks[0].guarded
                && !streams.hasOptions();
    }

    /** Steps over the quiet bars from here on; the first bar that is not one, or the number of bars. */
    int skip(int from) {
        if (!desk.isIdle()) {
            return from;
        }
        int bar = from;
        boolean quiet = true;
        while (quiet && bar < tape.grid.size()) {
            if (bar >= blockTo || bar < blockFrom) {
                fill(bar);
            }
            int to = run(bar, blockTo);
            quiet = to == blockTo && to > bar && desk.isIdle();
            bar = to;
        }
        if (bar > from) {
            cursor.leaveQuiet(bar - 1);
        }
        return bar;
    }

    private int run(int from, int to) {
        if (from == to || agenda.nextNanos() <= tape.grid.at(from) + tape.barNanos) {
            return from;
        }
        cursor.enterQuiet();
        desk.context.forgetUse();
        return desk.account.ledger.isFlat() ? runFlat(from, to) : runHeld(from, to);
    }

    /** Without a position a mark changes no figure. */
    private int runFlat(int from, int to) {
        TimeIndex grid = tape.grid;
        long barNanos = tape.barNanos;
        Account account = desk.account;
        long units = account.ledger.equityUnits();
        for (int bar = from; bar < to; bar++) {
            long close = grid.at(bar) + barNanos;
            if (agenda.nextNanos() <= close) {
                return bar;
            }
            show(bar);
            account.equity[bar] = units;
            boolean quiet = desk.quietBar(close, units);
            observer.onBar(close, units);
            if (!quiet) {
                return bar + 1;
            }
        }
        return to;
    }

    private int runHeld(int from, int to) {
        TimeIndex grid = tape.grid;
        long barNanos = tape.barNanos;
        Account account = desk.account;
        for (int bar = from; bar < to; bar++) {
            long close = grid.at(bar) + barNanos;
            if (agenda.nextNanos() <= close) {
                return bar;
            }
            show(bar);
            long units = account.ledger.equityUnits();
            account.equity[bar] = units;
            account.expose(bar);
            boolean quiet = desk.quietBar(close, units);
            observer.onBar(close, units);
            if (!quiet) {
                return bar + 1;
            }
        }
        return to;
    }

    private void show(int bar) {
        int at = (bar - blockFrom) * symbols;
        Ledger ledger = desk.account.ledger;
        if (symbols == 1) {
            cursor.showRow(0, bar);
            ledger.mark(0, block[at]);
            return;
        }
        for (int s = 0; s < symbols; s++) {
            cursor.showRow(s, bar);
            ledger.mark(s, block[at + s]);
        }
    }

    private void fill(int from) {
        int rows = Math.min(rowsPerBlock, tape.grid.size() - from);
        int priced = rows;
        for (int s = 0; s < symbols; s++) {
            priced = Math.min(priced, tape.closeTicks(s, from, priced, block, s, symbols));
        }
        blockFrom = from;
        blockTo = from + priced;
    }
}
