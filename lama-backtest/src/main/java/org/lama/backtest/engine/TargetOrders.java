package org.lama.backtest.engine;

import java.util.Arrays;
import org.lama.backtest.execution.MarketExecution;
import org.lama.backtest.execution.OrderSizing;
import org.lama.backtest.order.FixedPoint;
import org.lama.backtest.order.OrderEvent;
import org.lama.backtest.order.OrderEvent.Reason;
import org.lama.backtest.order.Scale;
import org.lama.core.market.Instrument.Kind;
import org.lama.core.market.Side;

/**
 * Targets of one account on their way to a trade: at most one order per symbol, which fills at the first valid open at or
 * after its decision, sales before purchases, each in the order of the symbols.
 */
final class TargetOrders {
    private final MarketTape tape;
    private final MarketCursor cursor;
    private final EngineSettings settings;
    private final Account account;
    private final int symbols;

    /** One pending order per symbol: number, decision time, weight with equity, or wanted lots. */
    private final long[] orderId;

    private final long[] decidedNanos;
    private final double[] wantedValue;
    private final long[] wantedLots;
    private final long[] delta;
    private final double[] weights;
    private final double[] dayValue;
    private int pending;

    TargetOrders(MarketTape tape, MarketCursor cursor, EngineSettings settings, Account account) {
        this.tape = tape;
        this.cursor = cursor;
        this.settings = settings;
        this.account = account;
        symbols = tape.symbols.size();
        orderId = new long[symbols];
        decidedNanos = new long[symbols];
        wantedValue = new double[symbols];
        wantedLots = new long[symbols];
        delta = new long[symbols];
        weights = new double[symbols];
        dayValue = new double[symbols];
    }

    /** Ends the order of a symbol, if there is one. */
    void cancel(int symbol, long tsNanos, Reason reason) {
        if (orderId[symbol] != 0) {
            done(symbol);
            account.exceptions.add(new OrderEvent.Rejected(tsNanos, symbol, 0, reason));
        }
    }

    void redate(long tsNanos) {
        Arrays.fill(decidedNanos, tsNanos);
    }

    private void done(int symbol) {
        pending -= orderId[symbol] == 0 ? 0 : 1;
        orderId[symbol] = 0;
    }

    /** Fills what is due at the prices of the open bars. */
    void fill(long tsNanos, long[][] priceTicks) {
        if (pending == 0) {
            return;
        }
        boolean buys = false;
        for (int s = 0; s < symbols; s++) {
            delta[s] = 0;
            int row = cursor.rowNow[s];
            boolean due = orderId[s] != 0 && row != MarketCursor.NO_ROW && decidedNanos[s] <= tsNanos;
            if (due && priceTicks[s][row] > 0) {
                delta[s] = wantedChange(s, tsNanos, priceTicks[s][row]);
                buys |= delta[s] > 0;
                if (delta[s] < 0) {
                    fillOrder(s, tsNanos, priceTicks[s][row]);
                } else if (delta[s] == 0) {
                    done(s);
                }
            }
        }
        for (int s = 0; buys && s < symbols; s++) {
            if (delta[s] > 0) {
                fillOrder(s, tsNanos, priceTicks[s][cursor.rowNow[s]]);
            }
        }
    }

    private long wantedChange(int symbol, long tsNanos, long referenceTicks) {
        long held = account.ledger.lots(symbol);
        if (settings.orderSizing() == OrderSizing.AT_DECISION) {
            return wantedLots[symbol] - held;
        }
        long atReference = lotsFor(symbol, tsNanos, referenceTicks) - held;
        if (atReference == 0 || orderId[symbol] == 0) {
            return 0;
        }
        Side side = atReference > 0 ? Side.BUY : Side.SELL;
        long slipped = account.execution().fillTicks(side, referenceTicks, tape.scales[symbol]);
        long change = slipped == 0 ? atReference : lotsFor(symbol, tsNanos, slipped) - held;
        return Long.signum(change) == side.sign() ? change : 0;
    }

    /** Lots worth the wanted value at a price; a quantity that does not fit ends the order. */
    private long lotsFor(int symbol, long tsNanos, long ticks) {
        Scale scale = tape.scales[symbol];
        double quantity = wantedValue[symbol] / scale.price(ticks);
        if (!FixedPoint.fits(4 * quantity, scale.quantityDecimals())) {
            done(symbol);
            account.exceptions.add(new OrderEvent.Rejected(tsNanos, symbol, 0, Reason.QUANTITY_TOO_LARGE));
            return account.ledger.lots(symbol);
        }
        return scale.lots(quantity);
    }

    private void fillOrder(int symbol, long tsNanos, long referenceTicks) {
        Scale scale = tape.scales[symbol];
        Side side = delta[symbol] > 0 ? Side.BUY : Side.SELL;
        MarketExecution execution = account.execution();
        long ticks = execution.fillTicks(side, referenceTicks, scale);
        long lots = delta[symbol];
        if (side == Side.BUY && settings.kind() == Kind.SPOT) {
            lots = execution.affordableLots(account.ledger.cashUnits(symbol), lots, ticks, scale);
        }
        long id = orderId[symbol];
        done(symbol);
        if (lots == 0) {
            account.exceptions.add(new OrderEvent.Rejected(tsNanos, symbol, 0, Reason.NO_CASH));
        } else {
            account.trade(symbol, tsNanos, lots, ticks, referenceTicks, id);
        }
    }

    /** Cuts the wishes of a strategy to the limits and makes orders of them. */
    void decide(long tsNanos, double[] targets) {
        double equity = FixedPoint.toDouble(account.ledger.equityUnits(), FixedPoint.MONEY_DECIMALS);
        boolean capped = settings.limits().maxParticipation() != Double.POSITIVE_INFINITY;
        for (int s = 0; s < symbols; s++) {
            weights[s] = account.weight(s);
            dayValue[s] = capped && !Double.isNaN(targets[s]) ? tape.dayValue(s, cursor.lastRow[s]) : Double.NaN;
            if (settings.kind() == Kind.SPOT && targets[s] < 0) {
                targets[s] = 0;
            }
        }
        settings.limits().apply(targets, weights, dayValue, equity);
        for (int s = 0; s < symbols; s++) {
            if (!Double.isNaN(targets[s])) {
                order(s, tsNanos, targets[s] * equity);
            }
        }
    }

    /** Asks for a position of a value, whatever the limits. */
    void order(int symbol, long tsNanos, double value) {
        long mark = account.ledger.markTicks(symbol);
        if (mark == 0) {
            if (value != 0) {
                account.exceptions.add(new OrderEvent.Rejected(tsNanos, symbol, 0, Reason.NO_PRICE));
            }
            return;
        }
        pending += orderId[symbol] == 0 ? 1 : 0;
        orderId[symbol] = account.nextOrder();
        decidedNanos[symbol] = tsNanos;
        wantedValue[symbol] = value;
        wantedLots[symbol] = lotsFor(symbol, tsNanos, mark);
        if (settings.orderSizing() == OrderSizing.AT_DECISION && wantedLots[symbol] == account.ledger.lots(symbol)) {
            done(symbol);
        }
    }
}
