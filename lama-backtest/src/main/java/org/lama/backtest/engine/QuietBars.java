package org.lama.backtest.engine;

import org.lama.backtest.ledger.Ledger;
import org.lama.core.series.TimeIndex;

/**
 * The short way through bars in which nothing is under way: no order, no news, no stream, no timer, all prices there. Such
 * a bar is marked, shown to the strategy and written down, and nothing else could happen in it; most bars of most runs are
 * like that. Gives the same bits as {@link BarLoop}'s own steps.
 *
 * <p>Where equity needs no conversion, bars are taken in batches: first the figures of all, then the strategy is asked about
 * each, then what came of the bars it let pass is written down. The ledger itself is marked where somebody looks at it and
 * at the end of each batch. Batches begin small and double, so that little is thrown away when a strategy acts.
 */
final class QuietBars {
    private static final int CELLS = 4096;
    private static final int FIRST_BATCH = 32;
    private static final int NOWHERE = -1;

    private final MarketTape tape;
    private final MarketCursor cursor;
    private final Desk desk;
    private final Account account;
    private final Agenda agenda;
    private final EngineObserver observer;
    private final int symbols;
    private final int rowsPerBlock;
    /** Closes in ticks of the rows of a block, for each symbol. */
    private final long[][] block;

    private final MarksAhead ahead;
    private final boolean batches;

    private int blockFrom = NOWHERE;
    /** The first row behind {@link #blockFrom} that has no price of some symbol, or the end of the block. */
    private int blockTo = NOWHERE;

    QuietBars(RunSetting setting, Desk desk) {
        tape = setting.tape();
        cursor = setting.cursor();
        agenda = setting.agenda();
        observer = setting.observer();
        this.desk = desk;
        account = desk.account;
        symbols = tape.symbols.size();
        rowsPerBlock = Math.max(1, CELLS / Math.max(1, symbols));
        block = new long[symbols][rowsPerBlock];
        ahead = new MarksAhead(symbols);
        batches = MarksAhead.arePossible(account.ledger);
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
        int most = FIRST_BATCH;
        boolean quiet = true;
        while (quiet && bar < tape.grid.size()) {
            if (bar >= blockTo || bar < blockFrom) {
                fill(bar);
            }
            int end = Math.min(blockTo, bar + most);
            int to = run(bar, end);
            quiet = to == end && to > bar && desk.isIdle();
            bar = to;
            most = Math.min(2 * most, MarksAhead.MOST_ROWS);
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
        return batches && ahead.look(account.ledger, block, from - blockFrom, to - from)
                ? runBatch(from, to)
                : runMarked(from, to);
    }

    private int runBatch(int from, int to) {
        desk.context.letMarksLag();
        int end = ask(from, to, agenda.nextNanos());
        desk.context.endLag();
        account.note(from, end - from, ahead);
        return end;
    }

    /** Asks the strategy about bars that close before a time; the bar after the last one. */
    private int ask(int from, int to, long beforeNanos) {
        TimeIndex grid = tape.grid;
        long barNanos = tape.barNanos;
        long[] equity = ahead.equity;
        for (int bar = from; bar < to; bar++) {
            long close = grid.at(bar) + barNanos;
            if (close >= beforeNanos) {
                return bar;
            }
            cursor.showRow(bar);
            boolean quiet = desk.quietBar(close, equity[bar - from]);
            observer.onBar(close, equity[bar - from]);
            if (!quiet) {
                return bar + 1;
            }
        }
        return to;
    }

    /** Bar by bar with every mark in the ledger, where its equity needs rates or what it says must be thrown. */
    private int runMarked(int from, int to) {
        TimeIndex grid = tape.grid;
        Ledger ledger = account.ledger;
        for (int bar = from; bar < to; bar++) {
            long close = grid.at(bar) + tape.barNanos;
            if (agenda.nextNanos() <= close) {
                return bar;
            }
            cursor.showRow(bar);
            for (int s = 0; s < symbols; s++) {
                ledger.mark(s, block[s][bar - blockFrom]);
            }
            long units = ledger.equityUnits();
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

    private void fill(int from) {
        int rows = Math.min(rowsPerBlock, tape.grid.size() - from);
        int priced = rows;
        for (int s = 0; s < symbols; s++) {
            priced = Math.min(priced, tape.closeTicks(s, from, priced, block[s]));
        }
        blockFrom = from;
        blockTo = from + priced;
    }
}
