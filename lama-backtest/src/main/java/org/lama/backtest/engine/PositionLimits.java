package org.lama.backtest.engine;

import org.lama.backtest.order.OrderRequest;
import org.lama.backtest.risk.BindingLimit;
import org.lama.backtest.risk.RiskLimits;
import org.lama.core.market.Side;

/**
 * The limits of the run on what sent orders make of positions: when an order is sent, all that is under way counted as
 * filled, and once more when it fills. What fits when it is sent is promised: prices that move later take nothing of it. What
 * was let out for another reason, or finds another position than the one it was judged by, is held at the fill.
 */
final class PositionLimits {
    /** A limit that is met to rounding is met. */
    private static final double ROUNDING = 1e-9;

    private final Account account;
    private final TargetOrders targets;
    private final PendingOrders pending;
    private final MarketTape tape;
    private final MarketCursor cursor;
    private final Prices prices;
    private final RiskLimits limits;

    PositionLimits(Account account, TargetOrders targets, PendingOrders pending, RunSetting setting) {
        this.account = account;
        this.targets = targets;
        this.pending = pending;
        tape = setting.tape();
        cursor = setting.cursor();
        prices = setting.prices();
        limits = setting.settings().limits();
    }

    /** Whether the order can only make the position smaller. */
    boolean closes(OrderRequest request) {
        int sign = request.side().sign();
        double least = tape.scales[request.instrument()].quantity(targets.furthestLots(request.instrument(), sign));
        return least * sign < 0 && request.quantity() <= Math.abs(least);
    }

    /** Whether the position stays within the limits if this, its target and all pending orders of its side fill. */
    boolean fits(OrderRequest request) {
        int instrument = request.instrument();
        Side side = request.side();
        double unit = unit(instrument, tape.scales[instrument].price(account.ledger.markTicks(instrument)));
        long sameSide = pending.lots(instrument, side);
        double held = tape.scales[instrument].quantity(
                targets.furthestLots(instrument, side.sign()) + side.sign() * sameSide);
        double equity = account.equity();
        double wanted = side.sign() * request.quantity() * unit;
        double allowed = limits.allowedNotional(
                wanted, held * unit, others(instrument, equity), liquidity(limits, instrument), equity);
        return Math.abs(allowed) >= Math.abs(wanted) * (1 - ROUNDING);
    }

    /** Which limits {@link #fits} is false by. */
    String binding(OrderRequest request) {
        int instrument = request.instrument();
        Side side = request.side();
        double unit = unit(instrument, tape.scales[instrument].price(account.ledger.markTicks(instrument)));
        double held = tape.scales[instrument].quantity(
                targets.furthestLots(instrument, side.sign()) + side.sign() * pending.lots(instrument, side));
        double wanted = side.sign() * request.quantity() * unit;
        return binding(instrument, wanted, held * unit);
    }

    /** Which limits bound what {@link #within} leaves. */
    String binding(int instrument) {
        return binding(instrument, Double.POSITIVE_INFINITY, 0);
    }

    private String binding(int instrument, double wanted, double held) {
        double equity = account.equity();
        double others = others(instrument, equity);
        return BindingLimit.of(
                limits,
                each -> Math.abs(each.allowedNotional(wanted, held, others, liquidity(each, instrument), equity)));
    }

    /** After an order that {@link #fits} has gone out: all orders of its side may lead to where it was judged to lead. */
    void promise(int instrument, Side side) {
        int sign = side.sign();
        pending.promise(
                instrument, side, sign * targets.furthestLots(instrument, sign) + pending.lots(instrument, side));
    }

    /**
     * How much of a fill the limits leave: what brings the position to nothing always, beyond that up to what was promised
     * or, if that is more, to what the limits allow now.
     */
    long within(long order, int instrument, long signedLots, long priceTicks) {
        int sign = Long.signum(signedLots);
        long after = sign * (account.ledger.lots(instrument) + signedLots);
        if (after <= 0 || after <= pending.promisedLots(order) || (sign < 0 && tape.spot[instrument])) {
            return signedLots;
        }
        long most = Math.max(pending.promisedLots(order), mostLots(instrument, priceTicks));
        if (after <= most) {
            return signedLots;
        }
        long wanted = Math.abs(signedLots);
        return sign * (wanted - Math.min(after - most, Math.min(wanted, after)));
    }

    /** The largest position that the limits allow now, all others counted as far as they can reach. */
    private long mostLots(int instrument, long priceTicks) {
        double equity = account.equity();
        double most = limits.allowedNotional(
                Double.POSITIVE_INFINITY, 0, others(instrument, equity), liquidity(limits, instrument), equity);
        double quantity = most / unit(instrument, tape.scales[instrument].price(priceTicks)) * (1 + ROUNDING);
        // a cast holds at the largest number
        return (long) (quantity / tape.scales[instrument].quantity(1));
    }

    /** Value of one unit in reporting currency at a price. */
    private double unit(int instrument, double price) {
        return 1 / prices.quantity(account, instrument, 1, price);
    }

    private double others(int instrument, double equity) {
        double others = 0;
        for (int s = 0; s < tape.scales.length; s++) {
            others += s == instrument ? 0 : atMost(s, equity);
        }
        return others;
    }

    private double liquidity(RiskLimits by, int instrument) {
        int row = cursor.lastRow[instrument];
        boolean slippage = by.maxSlippage() != Double.POSITIVE_INFINITY;
        return by.liquidityNotional(
                tape.dayValue(instrument, row),
                slippage ? prices.figures().volatilityDay(instrument, row) : Double.NaN,
                slippage ? prices.figures().spread(instrument, row) : Double.NaN);
    }

    /** The largest value that a position can reach if what is under way in it fills, the worse side of its orders. */
    private double atMost(int s, double equity) {
        double held = account.weight(s) * equity;
        double wished = targets.wishedValue(s);
        return Math.max(Math.abs(held) + pending.beyond(s, held), Math.abs(wished) + pending.beyond(s, wished));
    }
}
