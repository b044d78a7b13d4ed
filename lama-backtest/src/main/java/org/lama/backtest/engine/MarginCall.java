package org.lama.backtest.engine;

import java.util.Arrays;
import java.util.List;
import org.lama.backtest.ledger.AccountMode;
import org.lama.backtest.ledger.Ledger;
import org.lama.backtest.order.OrderEvent;
import org.lama.backtest.order.OrderEvent.Reason;
import org.lama.backtest.order.Scale;
import org.lama.core.market.Contract;
import org.lama.core.market.Contract.Payoff;
import org.lama.core.market.Side;

/**
 * Liquidations. At a bar's extremes the view is pessimistic: all positions are taken to stand at their worst price at the
 * same time, after the orders of the bar have filled. A position with its own margin, and one that alone moves an account
 * in a bar, is liquidated at the price at which the maintenance margin is reached, at the open if the bar opened beyond it.
 * Where several positions move one account the order of their prices is not known: they are liquidated at their worst prices,
 * the largest loss first, until what is left suffices. The price slips as any market order's.
 */
final class MarginCall {
    private static final int NONE = -1;

    private final MarketTape tape;
    private final MarketCursor cursor;
    private final Prices prices;
    /** Number of the settlement currency of each instrument, and how many positions of it move in the bar. */
    private final int[] currency;

    private final int[] moving;

    MarginCall(RunSetting setting) {
        tape = setting.tape();
        cursor = setting.cursor();
        prices = setting.prices();
        List<String> settlements =
                tape.contracts.stream().map(Contract::settlement).distinct().toList();
        currency = tape.contracts.stream()
                .mapToInt(each -> settlements.indexOf(each.settlement()))
                .toArray();
        moving = new int[settlements.size()];
    }

    /** Looks at the extremes of the bars that are open; marks are left there, for the close to renew. */
    void atExtremes(Desk desk, long tsNanos) {
        if (!desk.guarded) {
            return;
        }
        Ledger ledger = desk.account.ledger;
        boolean any = false;
        Arrays.fill(moving, 0);
        for (int s = 0; s < tape.scales.length; s++) {
            long worst = worstTicks(ledger, s);
            if (worst > 0) {
                ledger.mark(s, worst);
                moving[currency[s]]++;
                any = true;
            }
        }
        if (any) {
            liquidateAll(desk, tsNanos, true);
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
            long lots = ledger.lots(s);
            long mark = ledger.markTicks(s);
            boolean exact = inside && (ledger.mode() == AccountMode.ISOLATED || moving[currency[s]] == 1);
            long reference = exact ? reachedTicks(ledger, s, mark) : mark;
            Side side = lots > 0 ? Side.SELL : Side.BUY;
            long ticks = Math.max(1, prices.slipped(s, side, reference, lots));
            long fee = ledger.liquidationFeeUnits(s, ticks);
            ledger.liquidate(tsNanos, s, ticks, fee);
            desk.targets.cancel(s, tsNanos, Reason.LIQUIDATED);
            desk.orders.end(s, tsNanos, Reason.LIQUIDATED);
            desk.account.note(s, tsNanos, -lots, ticks, reference, fee, OrderEvent.NO_ORDER);
            desk.account.forced(Reason.LIQUIDATED);
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
    private long reachedTicks(Ledger ledger, int s, long worst) {
        Scale scale = tape.scales[s];
        long open = tape.openTicks(s, cursor.rowNow[s]);
        long reached = scale.ticksOrMissing(ledger.liquidationPrice(s));
        if (reached <= 0 || tape.contracts.get(s).payoff() == Payoff.PAID) {
            return worst;
        }
        if (ledger.lots(s) > 0) {
            return Math.max(worst, open > 0 ? Math.min(open, reached) : reached);
        }
        return Math.min(worst, open > 0 ? Math.max(open, reached) : reached);
    }
}
