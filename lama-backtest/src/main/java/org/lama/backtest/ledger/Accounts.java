package org.lama.backtest.ledger;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Balances of all accounts, debits positive, and the journal they come from. Per currency: cash, capital, fees,
 * exchange, rounding, insurance. Per instrument, in its settlement currency: cost, commitment (the counterpart of the
 * cost of what is not paid), margin, realised, funding; and in lots: position and market. Cash, cost, commitment and
 * margin are assets, the other money accounts are claims on them. Single-threaded.
 */
final class Accounts {
    static final int CASH = 0;
    static final int CAPITAL = 1;
    static final int FEES = 2;
    static final int EXCHANGE = 3;
    static final int ROUNDING = 4;
    static final int INSURANCE = 5;
    static final int COST = 0;
    static final int COMMITMENT = 1;
    static final int MARGIN = 2;
    static final int REALISED = 3;
    static final int FUNDING = 4;
    private static final int POSITION = 5;
    private static final int MARKET = 6;
    private static final List<String> CURRENCY_KINDS =
            List.of("cash", "capital", "fees", "exchange", "rounding", "insurance");
    private static final List<String> INSTRUMENT_KINDS =
            List.of("cost", "commitment", "margin", "realised", "funding", "position", "market");
    private static final int PER_CURRENCY = CURRENCY_KINDS.size();
    private static final int PER_INSTRUMENT = INSTRUMENT_KINDS.size();

    final List<String> currencies;
    final Journal journal;
    private final int firstOfInstruments;
    private final long[] balances;
    /** Index into the totals of each account: assets of currency c at 2c, claims at 2c + 1. */
    private final int[] total;

    private final long[] totals;

    Accounts(List<String> currencies, int[] currencyOfInstrument, int capacity) {
        this.currencies = List.copyOf(currencies);
        journal = new Journal(capacity);
        firstOfInstruments = currencies.size() * PER_CURRENCY;
        balances = new long[firstOfInstruments + currencyOfInstrument.length * PER_INSTRUMENT];
        total = new int[balances.length];
        totals = new long[2 * currencies.size()];
        for (int account = 0; account < firstOfInstruments; account++) {
            total[account] = 2 * (account / PER_CURRENCY) + (account % PER_CURRENCY == CASH ? 0 : 1);
        }
        for (int account = firstOfInstruments; account < total.length; account++) {
            int rest = account - firstOfInstruments;
            int kind = rest % PER_INSTRUMENT;
            total[account] =
                    2 * currencyOfInstrument[rest / PER_INSTRUMENT] + (kind == REALISED || kind == FUNDING ? 1 : 0);
        }
    }

    static int ofCurrency(int currency, int kind) {
        return currency * PER_CURRENCY + kind;
    }

    int ofInstrument(int instrument, int kind) {
        return firstOfInstruments + instrument * PER_INSTRUMENT + kind;
    }

    long currencyBalance(int currency, int kind) {
        return balances[currency * PER_CURRENCY + kind];
    }

    long instrumentBalance(int instrument, int kind) {
        return balances[firstOfInstruments + instrument * PER_INSTRUMENT + kind];
    }

    void post(long tsNanos, int debit, int credit, long units) {
        if (units != 0) {
            balances[debit] = Math.addExact(balances[debit], units);
            balances[credit] = Math.subtractExact(balances[credit], units);
            totals[total[debit]] = Math.addExact(totals[total[debit]], units);
            totals[total[credit]] = Math.subtractExact(totals[total[credit]], units);
            journal.append(tsNanos, debit, credit, units);
        }
    }

    /** Lots come from the market and go back to it; they enter no total of money. */
    void moveLots(long tsNanos, int instrument, long lots) {
        int position = ofInstrument(instrument, POSITION);
        int market = ofInstrument(instrument, MARKET);
        balances[position] = Math.addExact(balances[position], lots);
        balances[market] = Math.subtractExact(balances[market], lots);
        journal.append(tsNanos, position, market, lots);
    }

    long lots(int instrument) {
        return instrumentBalance(instrument, POSITION);
    }

    /** Cash, margin and the cost of what is paid, before any unrealised profit. */
    long assets(int currency) {
        return totals[2 * currency];
    }

    void check(int currency) {
        if (totals[2 * currency] + totals[2 * currency + 1] != 0) {
            throw broken(
                    "assets " + totals[2 * currency] + " and claims " + totals[2 * currency + 1] + " do not sum to 0");
        }
    }

    static IllegalStateException broken(String what) {
        return new IllegalStateException("ledger identity broken: " + what + " (a bug; results are void)");
    }

    int size() {
        return balances.length;
    }

    long balance(int account) {
        return balances[account];
    }

    int instrumentOf(int account) {
        return account < firstOfInstruments ? -1 : (account - firstOfInstruments) / PER_INSTRUMENT;
    }

    String kindOf(int account) {
        return account < firstOfInstruments
                ? CURRENCY_KINDS.get(account % PER_CURRENCY) + " " + currencies.get(account / PER_CURRENCY)
                : INSTRUMENT_KINDS.get((account - firstOfInstruments) % PER_INSTRUMENT);
    }

    /** The balances of the journal alone. */
    long[] fromJournal() {
        long[] again = new long[balances.length];
        for (int entry = 0; entry < journal.size(); entry++) {
            again[journal.debit(entry)] += journal.units(entry);
            again[journal.credit(entry)] -= journal.units(entry);
        }
        return again;
    }

    /** What does not agree with the journal: accounts by number, and totals. */
    List<String> audit() {
        List<String> differ = new ArrayList<>();
        long[] again = fromJournal();
        long[] sums = new long[totals.length];
        for (int i = 0; i < again.length; i++) {
            if (again[i] != balances[i]) {
                differ.add(kindOf(i) + " (account " + i + "): journal " + again[i] + ", balance " + balances[i]);
            }
            int instrument = instrumentOf(i);
            int kind = instrument < 0 ? 0 : (i - firstOfInstruments) % PER_INSTRUMENT;
            if (kind < POSITION) {
                sums[total[i]] += again[i];
            }
        }
        for (int i = 0; i < sums.length; i++) {
            if (sums[i] != totals[i]) {
                differ.add((i % 2 == 0 ? "assets " : "claims ") + currencies.get(i / 2) + ": journal " + sums[i]
                        + ", total " + totals[i]);
            }
        }
        if (Arrays.stream(again).sum() != 0) {
            differ.add("entries do not sum to 0");
        }
        return differ;
    }
}
