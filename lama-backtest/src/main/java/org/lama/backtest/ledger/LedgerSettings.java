package org.lama.backtest.ledger;

import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * How a ledger is opened. Immutable.
 *
 * @param mode what the account may owe
 * @param reporting currency of {@link Ledger#equityUnits()}; empty for the settlement currency of the first contract
 * @param currencies further currencies, for fees and conversions; those of the contracts need not be named
 * @param leverage of new positions, at least 1; cut to the venue's largest leverage of each contract
 * @param capacity journal rows to make room for at once; more are added when needed
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record LedgerSettings(
        AccountMode mode, String reporting, List<String> currencies, double leverage, int capacity) {
    /**
     * Checks ranges.
     *
     * @param mode what the account may owe
     * @param reporting currency of {@link Ledger#equityUnits()}; empty for the settlement currency of the first contract
     * @param currencies further currencies, for fees and conversions; those of the contracts need not be named
     * @param leverage of new positions, at least 1; cut to the venue's largest leverage of each contract
     * @param capacity journal rows to make room for at once; more are added when needed
     */
    public LedgerSettings {
        Check.notNull(mode, "mode");
        Check.notNull(reporting, "reporting");
        currencies = List.copyOf(currencies);
        Check.that(leverage >= 1 && leverage <= 1000, "leverage must be in [1, 1000], got " + leverage);
        Check.atLeast(capacity, 0, "capacity");
    }

    /**
     * The usual settings of a mode: reports in the first contract's settlement currency, leverage 1, no further
     * currency, an empty journal.
     *
     * @param mode what the account may owe
     * @return the settings
     */
    public static LedgerSettings of(AccountMode mode) {
        return new LedgerSettings(mode, "", List.of(), 1, 0);
    }

    /**
     * Another reporting currency.
     *
     * @param currency upper-case name
     * @return a copy
     */
    public LedgerSettings withReporting(String currency) {
        return new LedgerSettings(mode, currency, currencies, leverage, capacity);
    }

    /**
     * Other further currencies.
     *
     * @param names upper case
     * @return a copy
     */
    public LedgerSettings withCurrencies(List<String> names) {
        return new LedgerSettings(mode, reporting, names, leverage, capacity);
    }

    /**
     * Another leverage of new positions.
     *
     * @param times at least 1
     * @return a copy
     */
    public LedgerSettings withLeverage(double times) {
        return new LedgerSettings(mode, reporting, currencies, times, capacity);
    }

    /**
     * Another size of the journal at the start.
     *
     * @param rows at least 0
     * @return a copy
     */
    public LedgerSettings withCapacity(int rows) {
        return new LedgerSettings(mode, reporting, currencies, leverage, rows);
    }
}
