package org.lama.backtest.engine;

import org.lama.backtest.ledger.AccountMode;
import org.lama.backtest.ledger.Ledger;
import org.lama.backtest.order.FixedPoint;
import org.lama.backtest.order.FixedPoint.Rounding;
import org.lama.backtest.order.OrderEvent;
import org.lama.backtest.order.OrderEvent.Reason;
import org.lama.core.market.Contract.Payoff;
import org.lama.core.market.Side;

/** Where a position of one account is liquidated, and what then happens to it. */
final class Liquidation {
    private static final long NOWHERE = 0;

    private final MarketTape tape;
    private final MarketCursor cursor;
    private final Prices prices;
    private final Account account;
    private final boolean guarded;

    Liquidation(Account account, RunSetting setting) {
        this.account = account;
        tape = setting.tape();
        cursor = setting.cursor();
        prices = setting.prices();
        AccountMode mode = account.ledger.mode();
        guarded = mode == AccountMode.ISOLATED || mode == AccountMode.CROSS;
    }

    /** The first whole tick at which the maintenance margin is reached while all else stays; 0 if there is none. */
    long dueTicks(int s) {
        Ledger ledger = account.ledger;
        long lots = ledger.lots(s);
        if (!guarded || lots == 0 || tape.contracts.get(s).payoff() == Payoff.PAID) {
            return NOWHERE;
        }
        double price = ledger.liquidationPrice(s);
        int decimals = tape.scales[s].priceDecimals();
        if (!(price > 0) || !FixedPoint.fits(price, decimals)) {
            return NOWHERE;
        }
        return FixedPoint.fromDouble(price, decimals, lots > 0 ? Rounding.FLOOR : Rounding.CEILING);
    }

    /** {@link #dueTicks} where no other position moves the money that this one stands on in the bars that are open. */
    long levelTicks(int s) {
        if (!guarded || (account.ledger.mode() == AccountMode.CROSS && !movesAlone(s))) {
            return NOWHERE;
        }
        return dueTicks(s);
    }

    private boolean movesAlone(int s) {
        String settlement = tape.contracts.get(s).settlement();
        for (int k = 0; k < tape.scales.length; k++) {
            boolean moves = account.ledger.lots(k) != 0 && cursor.rowNow[k] != MarketCursor.NO_ROW;
            if (k != s && moves && tape.contracts.get(k).settlement().equals(settlement)) {
                return false;
            }
        }
        return true;
    }

    /** Closes a position at a price, which slips as any market order's. Target and orders of the symbol are the caller's to end. */
    void take(long tsNanos, int s, long referenceTicks) {
        Ledger ledger = account.ledger;
        long lots = ledger.lots(s);
        Side side = lots > 0 ? Side.SELL : Side.BUY;
        long ticks = Math.max(1, prices.slipped(s, side, referenceTicks, lots));
        long fee = ledger.liquidationFeeUnits(s, ticks);
        ledger.liquidate(tsNanos, s, ticks, fee);
        account.note(s, tsNanos, -lots, ticks, referenceTicks, fee, OrderEvent.NO_ORDER);
        account.forced(Reason.LIQUIDATED);
    }
}
