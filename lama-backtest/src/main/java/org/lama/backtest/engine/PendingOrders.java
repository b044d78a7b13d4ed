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
}
