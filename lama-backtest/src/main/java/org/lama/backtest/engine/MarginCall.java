package org.lama.backtest.engine;

import java.util.Arrays;
import java.util.List;
import org.lama.backtest.execution.FillTiming;
import org.lama.backtest.ledger.AccountMode;
import org.lama.backtest.ledger.Ledger;
import org.lama.backtest.order.OrderEvent.Reason;
import org.lama.core.market.Contract;

/**
 * Liquidations. A bar that opens beyond the margin of a position ends it at the open, before any order. Inside a bar the
 * orders of a symbol are matched together with the end of its position. What is left then is looked at at the extremes,
 * pessimistically: all positions are taken to stand at their worst price at the same time. A position with its own
 * margin, and one that alone moves an account in a bar, is liquidated at the price at which the maintenance margin is reached.
 * Where several positions move one account the order of their prices is not known: they are liquidated at their worst prices,
 * the largest loss first, until what is left suffices. The price slips as any market order's.
 */
final class MarginCall {
    private static final int NONE = -1;

    private final MarketTape tape;
    private final MarketCursor cursor;
    /** Number of the settlement currency of each instrument, and how many positions of it move in the bar. */
    private final int[] currency;

    private final int[] moving;
    private final long[] before;
    /** Whether something fills after the extremes, at the close. */
    private final boolean fillsAtClose;

    MarginCall(RunSetting setting) {
        tape = setting.tape();
        cursor = setting.cursor();
        List<String> settlements =
                tape.contracts.stream().map(Contract::settlement).distinct().toList();
        currency = tape.contracts.stream()
                .mapToInt(each -> settlements.indexOf(each.settlement()))
                .toArray();
        moving = new int[settlements.size()];
        before = new long[tape.scales.length];
        fillsAtClose = setting.settings().execution().timing() == FillTiming.NEXT_CLOSE;
    }

    /** Looks at the opens of the bars that open now, before anything fills at them; marks stay as they are. */
    void atOpens(Desk desk, long tsNanos) {
        if (!desk.guarded || !opensAgainst(desk.account.ledger)) {
            return;
        }
        Ledger ledger = desk.account.ledger;
        for (int s = 0; s < before.length; s++) {
            before[s] = ledger.markTicks(s);
            long open = openTicks(s);
            if (ledger.lots(s) != 0 && open > 0) {
                ledger.mark(s, open);
            }
        }
        liquidateAll(desk, tsNanos, false);
        restore(ledger);
    }

    private boolean opensAgainst(Ledger ledger) {
        for (int s = 0; s < before.length; s++) {
            long open = ledger.lots(s) == 0 ? NONE : openTicks(s);
            if (open > 0 && Long.signum(ledger.lots(s)) * (open - ledger.markTicks(s)) < 0) {
                return true;
            }
        }
        return false;
    }

    private long openTicks(int s) {
        int row = cursor.rowNow[s];
        return row == MarketCursor.NO_ROW ? NONE : tape.openTicks(s, row);
    }

    private void restore(Ledger ledger) {
        for (int s = 0; s < before.length; s++) {
            if (before[s] != ledger.markTicks(s)) {
                ledger.mark(s, before[s]);
            }
        }
    }

    /**
     * Looks at the extremes of the bars that are open, but for what a fixed path has led to its close; marks are left there,
     * for the close to renew, unless something fills before.
     */
    void atExtremes(Desk desk, long tsNanos) {
        if (!desk.guarded) {
            return;
        }
        Ledger ledger = desk.account.ledger;
        boolean any = false;
        Arrays.fill(moving, 0);
        for (int s = 0; s < tape.scales.length; s++) {
            before[s] = ledger.markTicks(s);
            long worst = desk.orders.wasWalked(s) ? NONE : worstTicks(ledger, s);
            if (worst > 0) {
                ledger.mark(s, worst);
                moving[currency[s]]++;
                any = true;
            }
        }
        if (any) {
            liquidateAll(desk, tsNanos, true);
            if (fillsAtClose) {
                restore(ledger);
            }
        }
    }

    /** Looks at the marks as they are. */
    void atMarks(Desk desk, long tsNanos) {
        if (desk.guarded) {
            liquidateAll(desk, tsNanos, false);
        }
    }

    /** The extreme that lies against a position in a bar whose close will be its next mark; NONE without one. */
    private long worstTicks(Ledger ledger, int s) {
        long lots = ledger.lots(s);
        int row = cursor.rowNow[s];
        if (lots == 0 || row == MarketCursor.NO_ROW || tape.closeTicks(s, row) <= 0) {
            return NONE;
        }
        long open = tape.openTicks(s, row);
        long close = tape.closeTicks(s, row);
        long extreme = lots > 0 ? tape.lowTicks(s, row) : tape.highTicks(s, row);
        long known = open <= 0 ? close : lots > 0 ? Math.min(open, close) : Math.max(open, close);
        return extreme <= 0 ? known : lots > 0 ? Math.min(extreme, known) : Math.max(extreme, known);
    }

    private void liquidateAll(Desk desk, long tsNanos, boolean inside) {
        Ledger ledger = desk.account.ledger;
        for (int s = largestLossDue(ledger); s != NONE; s = largestLossDue(ledger)) {
            long mark = ledger.markTicks(s);
            boolean exact = inside && (ledger.mode() == AccountMode.ISOLATED || moving[currency[s]] == 1);
            long reference = exact ? reachedTicks(desk, s, mark) : mark;
            desk.orders.liquidation.take(tsNanos, s, reference);
            desk.targets.cancel(s, tsNanos, Reason.LIQUIDATED);
            desk.orders.end(s, tsNanos, Reason.LIQUIDATED);
        }
    }

    private int largestLossDue(Ledger ledger) {
        int found = NONE;
        for (int s = 0; s < tape.scales.length; s++) {
            boolean due = ledger.lots(s) != 0 && ledger.liquidationDue(s);
            if (due && (found == NONE || reported(ledger, s) < reported(ledger, found))) {
                found = s;
            }
        }
        return found;
    }

    private static long reported(Ledger ledger, int s) {
        return ledger.reportedUnits(s, ledger.unrealisedUnits(s));
    }

    /** Where between the open and the worst price the maintenance margin was reached. */
    private long reachedTicks(Desk desk, int s, long worst) {
        long open = tape.openTicks(s, cursor.rowNow[s]);
        long reached = desk.orders.liquidation.dueTicks(s);
        if (reached <= 0) {
            return worst;
        }
        if (desk.account.ledger.lots(s) > 0) {
            return Math.max(worst, open > 0 ? Math.min(open, reached) : reached);
        }
        return Math.min(worst, open > 0 ? Math.max(open, reached) : reached);
    }
}
