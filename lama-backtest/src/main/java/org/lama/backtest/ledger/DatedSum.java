package org.lama.backtest.ledger;

/**
 * Amounts of several currencies in the reporting one, each at the conversion mark of its own time, so that a fee stays
 * what it was when it was paid. What was booked before its currency had a mark is valued at the first. A number and not fixed
 * point: it is for reports, and a sum of notionals outgrows 64 bits long before the money does. Single-threaded.
 */
final class DatedSum {
    private final RateTable rates;
    /** Money units per currency that had no mark yet. */
    private final double[] waiting;

    private double units;

    DatedSum(RateTable rates, int currencies) {
        this.rates = rates;
        waiting = new double[currencies];
    }

    void add(int currency, long amount) {
        if (rates.known(currency)) {
            units += amount * rates.rate(currency);
        } else {
            waiting[currency] += amount;
        }
    }

    /** Values what waited for the first mark of a currency, which is there now. */
    void settle(int currency) {
        units += waiting[currency] * rates.rate(currency);
        waiting[currency] = 0;
    }

    /** Money units of the reporting currency. */
    double units() {
        for (int c = 0; c < waiting.length; c++) {
            if (waiting[c] != 0) {
                rates.requireKnown(c);
            }
        }
        return units;
    }
}
