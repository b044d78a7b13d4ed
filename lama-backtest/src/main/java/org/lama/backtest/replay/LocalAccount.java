package org.lama.backtest.replay;

import org.lama.backtest.cost.FeeSchedule;
import org.lama.core.book.BookScale;
import org.lama.core.market.CostModel.Role;

/**
 * Position and money as far as we have heard of our fills. Money is kept in ticks times lots, without rounding; fees are
 * summed in floating point. Not thread-safe.
 */
final class LocalAccount {
    private final BookScale scale;
    private final FeeSchedule fees;
    private final TradedVolume volume = new TradedVolume();
    private long positionLots;
    private long balanceTickLots;
    private long notionalTickLots;
    private long quantityLots;
    private double paid;
    private long trades;
    private long makerTrades;

    LocalAccount(BookScale scale, FeeSchedule fees) {
        this.scale = scale;
        this.fees = fees;
    }

    /** Books a fill and gives its fee, by the tier that what was traded before it has reached. */
    double book(boolean buy, int ticks, long lots, boolean maker, long tsNanos) {
        long worth = Math.multiplyExact(ticks, lots);
        double before = scale.money(volume.last30Days(tsNanos));
        double fee = fees.rate(maker ? Role.MAKER : Role.TAKER, before) * scale.money(worth);
        volume.add(tsNanos, worth);
        positionLots += buy ? lots : -lots;
        balanceTickLots = Math.addExact(balanceTickLots, buy ? -worth : worth);
        notionalTickLots = Math.addExact(notionalTickLots, worth);
        quantityLots += lots;
        paid += fee;
        trades++;
        makerTrades += maker ? 1 : 0;
        return fee;
    }

    /** Ticks times lots of all fills. */
    long tickLots() {
        return notionalTickLots;
    }

    /** What the fills of so many ticks times lots cost or bring at most, at the rates that hold after all so far. */
    double mostFee(double tickLots) {
        double before = scale.money(notionalTickLots);
        double rate = Math.max(Math.abs(fees.rate(Role.TAKER, before)), Math.abs(fees.rate(Role.MAKER, before)));
        return rate * tickLots * scale.tickSize() * scale.lotSize();
    }

    double position() {
        return scale.quantity(positionLots);
    }

    double balance() {
        return scale.money(balanceTickLots);
    }

    double fees() {
        return paid;
    }

    double notional() {
        return scale.money(notionalTickLots);
    }

    double quantity() {
        return scale.quantity(quantityLots);
    }

    /** What came in less what went out. */
    double cash() {
        return balance() - paid;
    }

    long trades() {
        return trades;
    }

    long makerTrades() {
        return makerTrades;
    }
}
