package org.lama.benchmarks;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * The baseline of the ledger: the same double entries (cash, cost, realised, fees, position) in {@link BigDecimal} of
 * eight decimals, a journal of objects, and the check that equity changes by price P&amp;L less fee.
 */
final class DecimalLedger {
    private static final int DECIMALS = 8;

    private final List<Entry> journal = new ArrayList<>();
    private final BigDecimal[] quantity;
    private final BigDecimal[] mark;
    private final BigDecimal[] cost;
    private final BigDecimal[] value;
    private BigDecimal cash;
    private BigDecimal equity;
    private BigDecimal fees = BigDecimal.ZERO;
    private BigDecimal realised = BigDecimal.ZERO;

    private record Entry(long tsNanos, String debit, String credit, BigDecimal amount) {}

    DecimalLedger(int instruments, double deposit) {
        cash = BigDecimal.valueOf(deposit);
        equity = cash;
        quantity = zeros(instruments);
        mark = zeros(instruments);
        cost = zeros(instruments);
        value = zeros(instruments);
        journal.add(new Entry(0, "cash", "capital", cash));
    }

    private static BigDecimal[] zeros(int count) {
        BigDecimal[] out = new BigDecimal[count];
        java.util.Arrays.fill(out, BigDecimal.ZERO);
        return out;
    }

    void mark(int i, long ticks) {
        mark[i] = BigDecimal.valueOf(ticks, DECIMALS);
        if (quantity[i].signum() != 0) {
            revalue(i);
        }
    }

    void fill(long tsNanos, int i, long lots, long ticks, long feeUnits) {
        BigDecimal price = BigDecimal.valueOf(ticks, DECIMALS);
        BigDecimal filled = BigDecimal.valueOf(lots, DECIMALS);
        BigDecimal fee = BigDecimal.valueOf(feeUnits, DECIMALS);
        if (mark[i].signum() == 0) {
            mark[i] = price;
        }
        BigDecimal before = equity;
        BigDecimal valueBefore = value[i];
        BigDecimal notional = price.multiply(filled).setScale(DECIMALS, RoundingMode.HALF_EVEN);
        cash = cash.subtract(notional).subtract(fee);
        fees = fees.add(fee);
        equity = equity.subtract(notional).subtract(fee);
        journal.add(new Entry(tsNanos, "fees", "cash", fee));
        bookCost(tsNanos, i, filled, notional);
        quantity[i] = quantity[i].add(filled);
        journal.add(new Entry(tsNanos, "position", "market", filled));
        revalue(i);
        BigDecimal profit = value[i].subtract(valueBefore).subtract(notional);
        if (equity.subtract(before).compareTo(profit.subtract(fee)) != 0) {
            throw new IllegalStateException("equity changed by " + equity.subtract(before) + ", not by " + profit);
        }
    }

    /** Average cost: a fill against the position realises its share, one through zero opens the rest at its price. */
    private void bookCost(long tsNanos, int i, BigDecimal filled, BigDecimal notional) {
        BigDecimal held = quantity[i];
        if (held.signum() * filled.signum() >= 0) {
            cost[i] = cost[i].add(notional);
            journal.add(new Entry(tsNanos, "cost", "cash", notional));
            return;
        }
        BigDecimal closed = filled.abs().min(held.abs());
        BigDecimal costPart = share(cost[i], closed, held.abs());
        BigDecimal closedNotional = share(notional, closed, filled.abs());
        BigDecimal gain = closedNotional.add(costPart).negate();
        realised = realised.add(gain);
        cost[i] = cost[i].subtract(costPart).add(notional.subtract(closedNotional));
        journal.add(new Entry(tsNanos, "cash", "cost", costPart));
        journal.add(new Entry(tsNanos, "cash", "realised", gain));
    }

    private static BigDecimal share(BigDecimal amount, BigDecimal part, BigDecimal whole) {
        return amount.multiply(part).divide(whole, DECIMALS, RoundingMode.HALF_EVEN);
    }

    /** As in the ledger, a value is derived and not booked. */
    private void revalue(int i) {
        BigDecimal now = quantity[i].multiply(mark[i]).setScale(DECIMALS, RoundingMode.HALF_EVEN);
        BigDecimal change = now.subtract(value[i]);
        equity = equity.add(change);
        value[i] = now;
    }

    double equity() {
        return equity.doubleValue();
    }
}
