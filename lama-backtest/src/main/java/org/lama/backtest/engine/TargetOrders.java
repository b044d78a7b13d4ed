package org.lama.backtest.engine;

import java.util.Arrays;
import org.lama.backtest.execution.ExecutionSettings;
import org.lama.backtest.execution.FillTiming;
import org.lama.backtest.execution.OrderSizing;
import org.lama.backtest.order.FixedPoint;
import org.lama.backtest.order.OrderEvent.Reason;
import org.lama.backtest.order.OrderState;
import org.lama.backtest.order.Scale;
import org.lama.backtest.risk.BindingLimit;
import org.lama.backtest.risk.MarketLiquidity;
import org.lama.backtest.risk.RiskLimits;
import org.lama.core.market.CostModel.Role;
import org.lama.core.market.Side;

/**
 * Targets of one account on their way to a trade: at most one order per symbol, which fills at the first valid price at
 * or after its arrival, sales before purchases, each in the order of the symbols.
 */
final class TargetOrders {
    private final MarketTape tape;
    private final MarketCursor cursor;
    private final EngineSettings settings;
    private final Account account;
    private final PendingOrders sent;
    private final Prices prices;
    private final int symbols;
    private final long latencyNanos;
    private final FillTiming timing;
    private final VolumeShare share;
    private final Liquidation liquidation;

    /** One pending order per symbol: number, arrival, value or weight, wanted lots, and whether lots are what is wanted. */
    private final long[] orderId;

    private final long[] dueNanos;
    private final double[] wantedValue;
    private final double[] wantedWeight;
    private final long[] wantedLots;
    private final boolean[] inLots;
    private final long[] delta;
    private final long[] reference;
    private final double[] weights;
    private final double[] working;
    private final double[] dayValue;
    private final double[] volatilityDay;
    private final double[] spread;
    private final MarketLiquidity liquidity;
    private final double[] quantities;
    private int pending;
    private double equityAtOpen;

    TargetOrders(Account account, PendingOrders sent, RunSetting setting) {
        this.account = account;
        this.sent = sent;
        tape = setting.tape();
        cursor = setting.cursor();
        settings = setting.settings();
        prices = setting.prices();
        ExecutionSettings execution = settings.execution();
        latencyNanos = execution.latency().toNanos();
        timing = execution.timing();
        share = setting.share();
        liquidation = new Liquidation(account, setting);
        symbols = tape.symbols.size();
        orderId = new long[symbols];
        dueNanos = new long[symbols];
        wantedValue = new double[symbols];
        wantedWeight = new double[symbols];
        wantedLots = new long[symbols];
        inLots = new boolean[symbols];
        delta = new long[symbols];
        reference = new long[symbols];
        weights = new double[symbols];
        working = new double[symbols];
        dayValue = new double[symbols];
        volatilityDay = new double[symbols];
        spread = new double[symbols];
        liquidity = new MarketLiquidity(dayValue, volatilityDay, spread);
        quantities = new double[symbols];
    }

    /** Ends the order of a symbol, if there is one. */
    void cancel(int symbol, long tsNanos, Reason reason) {
        if (orderId[symbol] != 0) {
            account.refuse(tsNanos, symbol, orderId[symbol], reason);
            done(symbol);
        }
    }

    void cancelAll(long tsNanos, Reason reason) {
        for (int s = 0; pending > 0 && s < symbols; s++) {
            cancel(s, tsNanos, reason);
        }
    }

    /** Makes all orders due at a time; for engines that cheat. */
    void redate(long tsNanos) {
        Arrays.fill(dueNanos, tsNanos);
    }

    boolean isEmpty() {
        return pending == 0;
    }

    /** The value of the position that is asked for and not yet traded; 0 if nothing is under way. */
    double wishedValue(int symbol) {
        return orderId[symbol] == 0 ? 0 : wantedValue[symbol];
    }

    /**
     * The position in lots, held or asked for and not yet traded, that lies further in a direction: what an order of that
     * side comes on top of.
     */
    long furthestLots(int symbol, int sign) {
        long held = account.ledger.lots(symbol);
        if (orderId[symbol] == 0) {
            return held;
        }
        return sign > 0 ? Math.max(held, wantedLots[symbol]) : Math.min(held, wantedLots[symbol]);
    }

    private void done(int symbol) {
        pending -= orderId[symbol] == 0 ? 0 : 1;
        orderId[symbol] = 0;
    }

    /** Fills what is due at the opens of the bars that open now. */
    void fillAtOpen(long openNanos) {
        if (pending == 0) {
            return;
        }
        for (int s = 0; s < symbols; s++) {
            int row = cursor.rowNow[s];
            boolean due = orderId[s] != 0 && row != MarketCursor.NO_ROW && dueNanos[s] <= openNanos;
            reference[s] = due ? tape.openTicks(s, row) : -1;
        }
        fill(openNanos);
    }

    /** Fills what arrives inside the bars that are open, when it arrives and at the price of that time. */
    void fillInside(long openNanos) {
        if (pending == 0 || timing != FillTiming.CLOSE_WITH_LATENCY) {
            return;
        }
        long closeNanos = openNanos + tape.barNanos;
        for (long due = nextInside(openNanos, closeNanos); due != Long.MAX_VALUE; due = nextInside(due, closeNanos)) {
            for (int s = 0; s < symbols; s++) {
                boolean now = orderId[s] != 0 && cursor.rowNow[s] != MarketCursor.NO_ROW && dueNanos[s] == due;
                reference[s] = now ? inside(s, due, (due - openNanos) / (double) tape.barNanos) : -1;
            }
            fill(due);
        }
    }

    /** The first arrival after a time and before the close; {@link Long#MAX_VALUE} if there is none. */
    private long nextInside(long afterNanos, long closeNanos) {
        long next = Long.MAX_VALUE;
        for (int s = 0; s < symbols; s++) {
            boolean open = orderId[s] != 0 && cursor.rowNow[s] != MarketCursor.NO_ROW;
            if (open && dueNanos[s] > afterNanos && dueNanos[s] < closeNanos) {
                next = Math.min(next, dueNanos[s]);
            }
        }
        return next;
    }

    private long inside(int s, long dueNanos, double share) {
        Side side = wantedLots[s] >= account.ledger.lots(s) ? Side.BUY : Side.SELL;
        long price = prices.inside(s, cursor.rowNow[s], share, side);
        long end = price > 0 ? liquidation.levelTicks(s) : 0;
        if (end > 0 && Long.signum(account.ledger.lots(s)) * (price - end) <= 0) {
            liquidation.take(dueNanos, s, end);
            cancel(s, dueNanos, Reason.LIQUIDATED);
            return -1;
        }
        return price;
    }

    /** Fills what has been due since the open at the closes of the bars that close now. */
    void fillAtClose(long openNanos, long tsNanos) {
        if (pending == 0) {
            return;
        }
        for (int s = 0; s < symbols; s++) {
            int row = cursor.rowNow[s];
            boolean due = orderId[s] != 0 && row != MarketCursor.NO_ROW && dueNanos[s] <= openNanos;
            reference[s] = due ? tape.closeTicks(s, row) : -1;
        }
        fill(tsNanos);
    }

    private void fill(long tsNanos) {
        if (settings.orderSizing() == OrderSizing.AT_OPEN) {
            equityAtOpen = prices.equityAtOpen(account);
        }
        boolean buys = false;
        for (int s = 0; s < symbols; s++) {
            delta[s] = 0;
            if (reference[s] > 0 && prices.hasPrice(s)) {
                delta[s] = prices.wholeSteps(s, wantedChange(s, tsNanos, reference[s]));
                buys |= delta[s] > 0;
                if (delta[s] < 0) {
                    fillOrder(s, tsNanos);
                } else if (delta[s] == 0) {
                    done(s);
                }
            }
        }
        for (int s = 0; buys && s < symbols; s++) {
            if (delta[s] > 0) {
                fillOrder(s, tsNanos);
            }
        }
    }

    private long wantedChange(int symbol, long tsNanos, long referenceTicks) {
        long held = account.ledger.lots(symbol);
        if (inLots[symbol] || settings.orderSizing() == OrderSizing.AT_DECISION) {
            return wantedLots[symbol] - held;
        }
        if (settings.orderSizing() == OrderSizing.AT_OPEN) {
            long bought = prices.slipped(symbol, Side.BUY, referenceTicks, 0);
            double room = 1 + settings.cost().feeRate(Role.TAKER, 0);
            return lotsFor(symbol, tsNanos, wantedWeight[symbol] * equityAtOpen / room, bought) - held;
        }
        long atReference = lotsFor(symbol, tsNanos, wantedValue[symbol], referenceTicks) - held;
        if (atReference == 0 || orderId[symbol] == 0) {
            return 0;
        }
        Side side = atReference > 0 ? Side.BUY : Side.SELL;
        long slipped = prices.slipped(symbol, side, referenceTicks, atReference);
        long change = slipped == 0 ? atReference : lotsFor(symbol, tsNanos, wantedValue[symbol], slipped) - held;
        return Long.signum(change) == side.sign() ? change : 0;
    }

    /** Lots worth a value at a price; a quantity that does not fit ends the order. */
    private long lotsFor(int symbol, long tsNanos, double value, long ticks) {
        Scale scale = tape.scales[symbol];
        double quantity = prices.quantity(account, symbol, value, scale.price(ticks));
        if (!FixedPoint.fits(4 * quantity, scale.quantityDecimals())) {
            account.refuse(tsNanos, symbol, orderId[symbol], Reason.QUANTITY_TOO_LARGE);
            done(symbol);
            return account.ledger.lots(symbol);
        }
        return scale.lots(quantity);
    }

    private void fillOrder(int symbol, long tsNanos) {
        Side side = delta[symbol] > 0 ? Side.BUY : Side.SELL;
        long id = orderId[symbol];
        long most = share.left(symbol);
        boolean cut = Math.abs(delta[symbol]) > most;
        if (cut) {
            delta[symbol] = side.sign() * prices.wholeSteps(symbol, most);
            if (delta[symbol] == 0) {
                return;
            }
        }
        done(symbol);
        Reason verdict = prices.check(symbol, Math.abs(delta[symbol]), reference[symbol], account.ledger.lots(symbol));
        if (verdict != Reason.ACCEPTED) {
            account.refuse(tsNanos, symbol, id, verdict);
            return;
        }
        long ticks = prices.slipped(symbol, side, reference[symbol], delta[symbol]);
        long allowed = account.allowedLots(symbol, tsNanos, delta[symbol], ticks, Role.TAKER);
        long lots = prices.wholeSteps(symbol, allowed);
        if (lots == 0) {
            account.refuse(tsNanos, symbol, id, account.refusal(symbol, delta[symbol]));
        } else {
            account.trade(symbol, tsNanos, lots, ticks, reference[symbol], id, Role.TAKER);
            share.spend(symbol, lots);
            boolean waits = cut && orderId[symbol] == 0;
            account.filled(waits ? OrderState.PARTIAL : OrderState.FILLED);
            if (waits) {
                // the rest waits for the next bar
                orderId[symbol] = id;
                pending++;
            }
        }
    }

    /** Cuts wishes that would enlarge or turn a position: to what is held, or to nothing; and says by which limit. */
    void onlyReduce(double[] targets, double[] wantedQuantities, String limit, long tsNanos) {
        for (int s = 0; s < symbols; s++) {
            if (!Double.isNaN(targets[s])) {
                double held = account.weight(s);
                boolean turns = targets[s] * held <= 0;
                boolean enlarges = Math.abs(targets[s]) > Math.abs(held);
                double granted = turns ? 0 : enlarges ? held : targets[s];
                if (account.cuts.isFirst(s, targets[s], granted)) {
                    account.cuts.name(s, limit);
                }
                account.cuts.limited(s, tsNanos, targets[s], granted);
                targets[s] = turns ? 0 : enlarges ? Double.NaN : targets[s];
                wantedQuantities[s] = turns || enlarges ? Double.NaN : wantedQuantities[s];
            }
        }
    }

    /** Ends what is under way and would enlarge a position, and cuts to nothing what would turn one. */
    void onlyReduceWhatIsOut(long tsNanos) {
        for (int s = 0; pending > 0 && s < symbols; s++) {
            if (orderId[s] != 0) {
                long held = account.ledger.lots(s);
                if (held == 0 || Long.signum(held) * (wantedLots[s] - held) > 0) {
                    cancel(s, tsNanos, Reason.LIMIT);
                } else {
                    // in lots, so that no later price makes more of it
                    boolean turns = Long.signum(held) * wantedLots[s] < 0;
                    wantedLots[s] = turns ? 0 : wantedLots[s];
                    wantedValue[s] = turns ? 0 : wantedValue[s];
                    wantedWeight[s] = turns ? 0 : wantedWeight[s];
                    inLots[s] = true;
                }
            }
        }
    }

    /** Cuts the wishes of a strategy to the limits and makes orders of them. Wishes are weights, or quantities beside them. */
    void decide(long tsNanos, double[] targets, double[] wantedQuantities) {
        double equity = account.equity();
        System.arraycopy(wantedQuantities, 0, quantities, 0, symbols);
        for (int s = 0; s < symbols; s++) {
            weights[s] = account.weight(s);
            look(s, !Double.isNaN(targets[s]));
            if (tape.spot[s] && targets[s] < 0) {
                account.cuts.shortOnSpot(s, tsNanos);
                targets[s] = 0;
                quantities[s] = Double.NaN;
            }
            working[s] = equity > 0 ? underWay(s, targets[s], equity) / equity : 0;
            // what the limits leave as it is keeps its quantity to the lot
            wantedWeight[s] = Double.isNaN(targets[s]) ? wantedWeight[s] : targets[s];
        }
        settings.limits().apply(targets, weights, working, liquidity, equity);
        nameLimits(targets, equity);
        for (int s = 0; s < symbols; s++) {
            if (!Double.isNaN(targets[s])) {
                account.cuts.limited(s, tsNanos, wantedWeight[s], targets[s]);
                boolean exact = !Double.isNaN(quantities[s]) && targets[s] == wantedWeight[s];
                wantedWeight[s] = targets[s];
                order(s, tsNanos, targets[s] * equity);
                if (exact && orderId[s] != 0) {
                    inLots[s] = true;
                    wantedLots[s] = tape.scales[s].lots(quantities[s]);
                }
                if (targets[s] != 0 && working[s] > 0 && orderId[s] != 0) {
                    // nothing but 0 is granted unless it fits together with what is out
                    sent.promiseBeside(s, wantedLots[s], working[s] * equity);
                }
            }
        }
    }

    /** Names the limit that has cut a wish of a symbol for the first time; wishes stand in {@link #wantedWeight}. */
    private void nameLimits(double[] targets, double equity) {
        for (int s = 0; s < symbols; s++) {
            if (!Double.isNaN(targets[s]) && account.cuts.isFirst(s, wantedWeight[s], targets[s])) {
                int symbol = s;
                account.cuts.name(
                        s, BindingLimit.of(settings.limits(), each -> granted(symbol, each, targets, equity)));
            }
        }
    }

    /** What is left of a wish under other limits. */
    private double granted(int symbol, RiskLimits limits, double[] targets, double equity) {
        double[] wishes = targets.clone();
        for (int s = 0; s < symbols; s++) {
            wishes[s] = Double.isNaN(targets[s]) ? Double.NaN : wantedWeight[s];
        }
        limits.apply(wishes, weights, working, liquidity, equity);
        return Math.abs(wishes[symbol]);
    }

    /** What can come on top of the position that is asked for, or of the one that is kept if none is. */
    private double underWay(int symbol, double target, double equity) {
        if (!Double.isNaN(target)) {
            return sent.beyond(symbol, target * equity);
        }
        double held = weights[symbol] * equity;
        double wished = wishedValue(symbol);
        double most =
                Math.max(Math.abs(held) + sent.beyond(symbol, held), Math.abs(wished) + sent.beyond(symbol, wished));
        return most - Math.abs(held);
    }

    /** What the limits may ask of a symbol: only what they do ask is looked up. */
    private void look(int symbol, boolean wished) {
        boolean slippage = wished && settings.limits().maxSlippage() != Double.POSITIVE_INFINITY;
        boolean volume = slippage || (wished && settings.limits().maxParticipation() != Double.POSITIVE_INFINITY);
        int row = cursor.lastRow[symbol];
        dayValue[symbol] = volume ? tape.dayValue(symbol, row) : Double.NaN;
        volatilityDay[symbol] = slippage ? prices.figures().volatilityDay(symbol, row) : Double.NaN;
        spread[symbol] = slippage ? prices.figures().spread(symbol, row) : Double.NaN;
    }

    /** Asks for a position of a value, whatever the limits. */
    void order(int symbol, long tsNanos, double value) {
        long mark = account.ledger.markTicks(symbol);
        Reason closed = prices.closed(symbol);
        if (mark == 0 || closed != Reason.ACCEPTED) {
            if (value != 0) {
                account.refuse(tsNanos, symbol, 0, closed == Reason.ACCEPTED ? Reason.NO_PRICE : closed);
            }
            return;
        }
        pending += orderId[symbol] == 0 ? 1 : 0;
        orderId[symbol] = account.nextOrder();
        dueNanos[symbol] = tsNanos + latencyNanos;
        wantedValue[symbol] = value;
        inLots[symbol] = false;
        wantedLots[symbol] = lotsFor(symbol, tsNanos, value, mark);
        boolean nothingToDo = wantedLots[symbol] == account.ledger.lots(symbol);
        if (settings.orderSizing() == OrderSizing.AT_DECISION && nothingToDo && Double.isNaN(quantities[symbol])) {
            done(symbol);
        }
    }

    /** Asks to close a position. */
    void flatten(int symbol, long tsNanos) {
        wantedWeight[symbol] = 0;
        quantities[symbol] = Double.NaN;
        order(symbol, tsNanos, 0);
    }
}
