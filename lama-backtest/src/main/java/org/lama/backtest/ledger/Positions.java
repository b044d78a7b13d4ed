package org.lama.backtest.ledger;

import java.util.List;
import org.lama.core.market.Contract;
import org.lama.core.market.Contract.Payoff;

/**
 * What is held and what it is worth now. A position stands in the accounts at its cost; its value at the mark and the
 * unrealised profit are derived, so a mark writes no journal row. Single-threaded.
 */
final class Positions {
    final Accounts accounts;
    final Contract[] contracts;
    final ContractValue[] worth;
    final boolean[] paid;
    final int[] currency;
    final long[] lots;
    final long[] marks;
    /** V(lots, mark) of each instrument, renewed whenever one of both changes. */
    final long[] values;

    /** Unrealised profit: of currency c at c, of its positions with own margin at c + number of currencies. */
    private final long[] unrealised;

    private final int[] pool;

    Positions(List<Contract> contracts, int[] currency, boolean isolated, Accounts accounts) {
        int n = contracts.size();
        this.accounts = accounts;
        this.contracts = contracts.toArray(Contract[]::new);
        this.currency = currency;
        worth = new ContractValue[n];
        paid = new boolean[n];
        pool = new int[n];
        for (int i = 0; i < n; i++) {
            worth[i] = new ContractValue(this.contracts[i]);
            paid[i] = this.contracts[i].payoff() == Payoff.PAID;
            pool[i] = currency[i] + (isolated && !paid[i] ? accounts.currencies.size() : 0);
        }
        lots = new long[n];
        marks = new long[n];
        values = new long[n];
        unrealised = new long[2 * accounts.currencies.size()];
    }

    int size() {
        return lots.length;
    }

    void mark(int i, long ticks) {
        if (ticks < 0) {
            throw new IllegalArgumentException("priceTicks must be >= 0, got " + ticks);
        }
        long held = lots[i];
        if (held != 0) {
            long value = worth[i].units(held, ticks);
            int at = pool[i];
            unrealised[at] = Math.addExact(unrealised[at], Math.subtractExact(value, values[i]));
            values[i] = value;
        }
        marks[i] = ticks;
    }

    /** Values the position again after lots or cost changed, given its profit before. */
    void revalue(int i, long profitBefore) {
        values[i] = lots[i] == 0 ? 0 : worth[i].units(lots[i], marks[i]);
        int at = pool[i];
        unrealised[at] = Math.addExact(unrealised[at], Math.subtractExact(profit(i), profitBefore));
    }

    long cost(int i) {
        return accounts.instrumentBalance(i, Accounts.COST);
    }

    long profit(int i) {
        return Math.subtractExact(values[i], cost(i));
    }

    long equity(int currency) {
        int second = currency + (unrealised.length >> 1);
        return Math.addExact(Math.addExact(accounts.assets(currency), unrealised[currency]), unrealised[second]);
    }

    /** Unrealised profit of the positions that stand on the whole account. */
    long sharedProfit(int currency) {
        return unrealised[currency];
    }

    void move(long tsNanos, int i, long change) {
        lots[i] = Math.addExact(lots[i], change);
        accounts.moveLots(tsNanos, i, change);
    }

    /** Recomputes lots, values and unrealised profits from the journal and the marks. */
    void audit(List<String> differ) {
        long[] again = new long[unrealised.length];
        for (int i = 0; i < lots.length; i++) {
            if (accounts.lots(i) != lots[i]) {
                differ.add("lots of " + contracts[i].id() + ": journal " + accounts.lots(i) + ", position " + lots[i]);
            }
            long value = lots[i] == 0 ? 0 : worth[i].units(lots[i], marks[i]);
            if (value != values[i]) {
                differ.add("value of " + contracts[i].id() + ": at its mark " + value + ", carried " + values[i]);
            }
            again[pool[i]] += value - cost(i);
        }
        for (int k = 0; k < again.length; k++) {
            if (again[k] != unrealised[k]) {
                differ.add("unrealised profit of pool " + k + ": " + again[k] + ", carried " + unrealised[k]);
            }
        }
    }
}
