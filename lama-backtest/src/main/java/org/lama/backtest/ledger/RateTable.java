package org.lama.backtest.ledger;

import java.util.List;
import org.lama.backtest.order.FixedPoint;
import org.lama.backtest.order.FixedPoint.Rounding;
import org.lama.core.base.Check;

/** What one unit of each currency is worth in the reporting currency, in units of 10^-12. Single-threaded. */
final class RateTable {
    private static final int DECIMALS = 12;

    private final List<String> currencies;
    private final int reporting;
    /** 0 while a currency has no mark. */
    private final long[] rates;

    RateTable(List<String> currencies, int reporting) {
        this.currencies = currencies;
        this.reporting = reporting;
        rates = new long[currencies.size()];
        rates[reporting] = FixedPoint.power(DECIMALS);
    }

    static long fixed(double rate) {
        Check.positive(rate, "rate");
        long fixed = FixedPoint.fromDouble(rate, DECIMALS, Rounding.NEAREST);
        Check.that(fixed > 0, "rate must be at least 1e-12, got " + rate);
        return fixed;
    }

    /** A rate that may be negative or 0, as funding rates are. */
    static long signed(double rate) {
        return FixedPoint.fromDouble(rate, DECIMALS, Rounding.NEAREST);
    }

    void mark(int currency, double rate) {
        Check.that(
                currency != reporting || rate == 1,
                "the rate of the reporting currency " + currencies.get(reporting) + " is 1, got " + rate);
        rates[currency] = fixed(rate);
    }

    boolean known(int currency) {
        return rates[currency] != 0;
    }

    static long times(long units, long fixedRate) {
        return FixedPoint.multiply(units, fixedRate, DECIMALS);
    }

    long reported(int currency, long units) {
        if (currency == reporting || units == 0) {
            return units;
        }
        requireKnown(currency);
        return times(units, rates[currency]);
    }

    void requireKnown(int currency) {
        if (rates[currency] == 0) {
            throw new IllegalStateException("cannot add " + currencies.get(currency) + " to "
                    + currencies.get(reporting) + ": no conversion mark of " + currencies.get(currency)
                    + ", give one with rate(...)");
        }
    }

    /** The mark as a number, 0 while there is none. */
    double rate(int currency) {
        return FixedPoint.toDouble(rates[currency], DECIMALS);
    }

    /** Units of one currency in another at the marks; both must be known. */
    long across(int from, int to, long units) {
        return from == to ? units : FixedPoint.multiplyDivide(units, rates[from], rates[to]);
    }
}
