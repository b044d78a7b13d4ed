package org.lama.backtest.engine;

import org.jspecify.annotations.Nullable;
import org.lama.backtest.execution.WorkingOrders;
import org.lama.core.market.Side;

/** How far the sent orders of one account can carry its positions: limits on targets and on orders both count them. */
final class PendingOrders {
    private final Account account;
    private final MarketTape tape;
    private final Prices prices;
    private @Nullable WorkingOrders venue;

    PendingOrders(Account account, RunSetting setting) {
        this.account = account;
        tape = setting.tape();
        prices = setting.prices();
    }

    /** The venue is set up with the first order. */
    void at(WorkingOrders opened) {
        venue = opened;
    }

    /**
     * By how much sent orders can make a position larger than it is: all of the worse side fill. Orders that only reduce
     * cannot. All values in reporting currency.
     */
    double beyond(int symbol, double value) {
        WorkingOrders orders = venue;
        if (orders == null || orders.isEmpty(symbol)) {
            return 0;
        }
        double price = tape.scales[symbol].price(account.ledger.markTicks(symbol));
        double unit = 1 / prices.quantity(account, symbol, 1, price);
        double bought = tape.scales[symbol].quantity(orders.openingLots(symbol, Side.BUY)) * unit;
        double sold = tape.scales[symbol].quantity(orders.openingLots(symbol, Side.SELL)) * unit;
        return Math.max(0, Math.max(Math.abs(value + bought), Math.abs(value - sold)) - Math.abs(value));
    }

    /** What all orders of one side may still fill, the reduce-only ones too. */
    long lots(int symbol, Side side) {
        WorkingOrders orders = venue;
        return orders == null ? 0 : orders.pendingLots(symbol, side);
    }

    /** Lets the orders of a side lead to a position of so many lots, whatever prices do until they fill. */
    void promise(int symbol, Side side, long lots) {
        WorkingOrders orders = venue;
        if (orders != null && lots > 0) {
            orders.promise(symbol, side, lots);
        }
    }

    /**
     * The orders that are out may come on top of a target that was granted beside them: by a value that was counted when it
     * was, no more.
     */
    void promiseBeside(int symbol, long wantedLots, double counted) {
        WorkingOrders orders = venue;
        if (orders == null || orders.isEmpty(symbol)) {
            return;
        }
        double price = tape.scales[symbol].price(account.ledger.markTicks(symbol));
        double quantity = prices.quantity(account, symbol, counted, price);
        long most = Math.abs(wantedLots) + (long) (quantity / tape.scales[symbol].quantity(1));
        promise(symbol, Side.BUY, Math.min(most, wantedLots + orders.openingLots(symbol, Side.BUY)));
        promise(symbol, Side.SELL, Math.min(most, orders.openingLots(symbol, Side.SELL) - wantedLots));
    }

    /** The largest position that an order may lead to, whatever prices did since; 0 if none was promised. */
    long promisedLots(long order) {
        WorkingOrders orders = venue;
        return orders == null ? 0 : orders.promisedLots(order);
    }
}
