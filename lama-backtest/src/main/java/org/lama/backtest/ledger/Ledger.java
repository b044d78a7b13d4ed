package org.lama.backtest.ledger;

import java.util.List;
import org.lama.backtest.order.FixedPoint;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.market.Contract;
import org.lama.core.market.Contract.Payoff;
import org.lama.core.market.Instrument;
import org.lama.core.market.TradingRules;

/**
 * Double-entry accounts in fixed point for spot, options, linear and inverse perpetuals, in any number of currencies:
 * money in units of 10^-8, prices in ticks, quantities in lots. A position stands in the accounts at its average cost,
 * its unrealised profit is derived from the mark, so {@code equity = cash + margin + cost of what is paid + unrealised}
 * and a mark writes no journal row.
 *
 * <p>After every event the ledger checks, in O(1) and without rounding:
 *
 * <ol>
 *   <li>Δequity = price P&amp;L − fees − funding, where the price P&amp;L is recomputed from lots and ticks;
 *   <li>the lots booked are the lots held, and what is not held has no cost;
 *   <li>assets plus claims of the currency are 0;
 *   <li>the price P&amp;L is within two money units (three for inverse contracts) of the change of price times the lots
 *       (each product is rounded once, half to even).
 * </ol>
 *
 * A failed check is a bug and throws {@link IllegalStateException}. Amounts that do not fit throw
 * {@link ArithmeticException}; nothing wraps. After either, the ledger must be thrown away. What an {@link AccountMode}
 * does not allow is refused before anything is booked.
 *
 * <p>Mutable, single-threaded. Events allocate nothing once the journal has grown to its size.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Ledger extends Readings {
    private Ledger(List<Contract> contracts, LedgerSettings settings) {
        super(contracts, settings);
        for (Contract each : contracts) {
            Check.that(
                    each.payoff() == Payoff.PAID || settings.mode() != AccountMode.CASH,
                    each.id() + " is traded on margin, which an account of mode CASH does not have");
        }
    }

    /**
     * An empty ledger.
     *
     * @param contracts at least one; their settlement currencies are currencies of the ledger
     * @param settings mode, reporting currency, leverage
     * @return the ledger
     */
    public static Ledger of(List<Contract> contracts, LedgerSettings settings) {
        return new Ledger(contracts, settings);
    }

    /**
     * An empty ledger for fully paid positions.
     *
     * @param instruments at least one; their quote currencies are the ledger's currencies
     * @param capacity entries to make room for at once; more are added when needed
     * @return the ledger
     */
    public static Ledger cashOnly(List<Instrument> instruments, int capacity) {
        return new Ledger(paid(instruments), LedgerSettings.of(AccountMode.CASH).withCapacity(capacity));
    }

    /**
     * An empty ledger whose cash may go below zero, for paid positions on credit; limits are somebody else's business.
     *
     * @param instruments at least one
     * @param capacity entries to make room for at once
     * @return the ledger
     */
    public static Ledger onMargin(List<Instrument> instruments, int capacity) {
        return new Ledger(
                paid(instruments), LedgerSettings.of(AccountMode.CREDIT).withCapacity(capacity));
    }

    private static List<Contract> paid(List<Instrument> instruments) {
        return instruments.stream()
                .map(each -> Contract.spot(each, TradingRules.NONE))
                .toList();
    }

    /**
     * Books capital that comes in, or goes out if negative.
     *
     * @param tsNanos when, UTC epoch nanoseconds
     * @param money the amount, in a currency of the ledger
     */
    public void deposit(long tsNanos, Money money) {
        int currency = currency(money.currency());
        Check.that(
                mode == AccountMode.CREDIT
                        || Math.addExact(accounts.currencyBalance(currency, Accounts.CASH), money.units()) >= 0,
                "cash must stay >= 0, but " + money + " was taken out");
        accounts.post(
                tsNanos,
                Accounts.ofCurrency(currency, Accounts.CASH),
                Accounts.ofCurrency(currency, Accounts.CAPITAL),
                money.units());
        accounts.check(currency);
    }

    /**
     * Books a fill whose fee is in the settlement currency. A fill through zero closes the old position and opens the
     * new one, the fee shared by lots.
     *
     * @param tsNanos when, UTC epoch nanoseconds
     * @param instrument position in the list of contracts
     * @param filledLots signed change of the position, not 0
     * @param priceTicks price after slippage, at least 0, above 0 for inverse contracts
     * @param referenceTicks price before slippage, for the report of slippage alone
     * @param feeUnits fee in units of 10^-8 of the settlement currency, negative for a rebate
     * @throws IllegalStateException if the mode does not allow it, naming the instrument
     */
    public void fill(
            long tsNanos, int instrument, long filledLots, long priceTicks, long referenceTicks, long feeUnits) {
        fill(tsNanos, instrument, filledLots, priceTicks, referenceTicks, feeUnits, positions.currency[instrument]);
    }

    /**
     * Books a fill whose fee is in any currency and is taken from the balance of that currency.
     *
     * @param tsNanos when, UTC epoch nanoseconds
     * @param instrument position in the list of contracts
     * @param filledLots signed change of the position, not 0
     * @param priceTicks price after slippage, at least 0, above 0 for inverse contracts
     * @param referenceTicks price before slippage, for the report of slippage alone
     * @param feeUnits fee in units of 10^-8 of the fee's currency, negative for a rebate
     * @param feeCurrency number of the fee's currency, see {@link #currency(String)}
     * @throws IllegalStateException if the mode does not allow it, naming the instrument
     */
    public void fill(
            long tsNanos,
            int instrument,
            long filledLots,
            long priceTicks,
            long referenceTicks,
            long feeUnits,
            int feeCurrency) {
        if (filledLots == 0) {
            throw new IllegalArgumentException("filledLots must not be 0");
        }
        if (priceTicks < 0) {
            throw new IllegalArgumentException("priceTicks must be >= 0, got " + priceTicks);
        }
        boolean ownFee = feeCurrency == positions.currency[instrument];
        if (!margin.canOpen(instrument, filledLots, priceTicks, ownFee ? feeUnits : 0)) {
            throw new IllegalStateException(margin.refusal(instrument, filledLots, priceTicks, ownFee ? feeUnits : 0));
        }
        if (!ownFee && mode != AccountMode.CREDIT && feeUnits > 0) {
            long cash = Math.subtractExact(accounts.currencyBalance(feeCurrency, Accounts.CASH), feeUnits);
            if (cash < 0) {
                throw new IllegalStateException("cash must stay >= 0, but the fee of "
                        + contracts.get(instrument).id() + " would make it "
                        + new Money(cash, currencies.get(feeCurrency)));
            }
        }
        book.trade(tsNanos, instrument, filledLots, priceTicks, referenceTicks, feeUnits, feeCurrency);
    }

    /**
     * Values a position at a new price. Writes no journal row, allocates nothing.
     *
     * @param instrument position in the list of contracts
     * @param priceTicks the price, at least 0; above 0 for an open position of an inverse contract
     */
    public void mark(int instrument, long priceTicks) {
        positions.mark(instrument, priceTicks);
        if (guarded) {
            margin.renew(instrument);
        }
    }

    /**
     * Exchanges one currency for another: {@code units · rate} of the second come in.
     *
     * @param tsNanos when, UTC epoch nanoseconds
     * @param from upper-case name of the currency given
     * @param to upper-case name of the currency received, another one
     * @param units money units given, above 0
     * @param rate units of {@code to} for one unit of {@code from}, above 0, kept to 10^-12
     * @return money units received
     */
    public long convert(long tsNanos, String from, String to, long units, double rate) {
        int given = currency(from);
        int taken = currency(to);
        Check.that(given != taken, "a currency is not converted into itself, got " + from);
        Check.that(units > 0, "units must be > 0, got " + units);
        long cash = Math.subtractExact(accounts.currencyBalance(given, Accounts.CASH), units);
        if (cash < 0 && mode != AccountMode.CREDIT) {
            throw new IllegalStateException(
                    "cash must stay >= 0, but the conversion would make it " + new Money(cash, from));
        }
        long received = RateTable.times(units, RateTable.fixed(rate));
        accounts.post(
                tsNanos,
                Accounts.ofCurrency(given, Accounts.EXCHANGE),
                Accounts.ofCurrency(given, Accounts.CASH),
                units);
        accounts.post(
                tsNanos,
                Accounts.ofCurrency(taken, Accounts.CASH),
                Accounts.ofCurrency(taken, Accounts.EXCHANGE),
                received);
        accounts.check(given);
        accounts.check(taken);
        return received;
    }

    /**
     * Sets the conversion mark of a currency: what one unit is worth in the reporting currency. Values equity, and
     * what costs from now on count in the reporting currency; those before the first mark take that. Nothing is booked.
     *
     * @param currency upper-case name
     * @param rate above 0, kept to 10^-12
     */
    public void rate(String currency, double rate) {
        int number = currency(currency);
        boolean first = !rates.known(number);
        rates.mark(number, rate);
        if (first) {
            book.firstMark(number);
        }
    }

    /**
     * Books funding: {@code rate · |V(lots, mark)|}, longs pay if the rate is above 0. With its own margin a position
     * pays from that.
     *
     * @param tsNanos when, UTC epoch nanoseconds
     * @param instrument position in the list of contracts, not PAID
     * @param rate of the interval, a fraction of the value, kept to 10^-12
     * @param markTicks the venue's mark at that time
     * @return money units of the settlement currency paid, negative if received, 0 without a position
     */
    public long funding(long tsNanos, int instrument, double rate, long markTicks) {
        long held = positions.lots[instrument];
        if (positions.paid[instrument]) {
            throw new IllegalArgumentException(contracts.get(instrument).id() + " pays no funding");
        }
        long value = held == 0 ? 0 : Math.abs(positions.worth[instrument].units(held, markTicks));
        long units = RateTable.times(value, RateTable.signed(rate));
        long paid = held < 0 ? -units : units;
        int currency = positions.currency[instrument];
        long equity = positions.equity(currency);
        margin.fund(tsNanos, instrument, paid);
        book.trips.funded(instrument, paid);
        book.reportedFunding.add(positions.currency[instrument], paid);
        if (positions.equity(currency) != equity - paid) {
            throw Accounts.broken("funding " + paid + " changed equity by " + (positions.equity(currency) - equity));
        }
        accounts.check(currency);
        return paid;
    }

    /**
     * Closes a whole position as the venue does when its margin is gone: at a given price, with a fee. What is lost
     * beyond the margin (with cross margin: beyond all that the account owns in the currency, once no other position is
     * left) is borne by the insurance account, the fee first.
     *
     * @param tsNanos when, UTC epoch nanoseconds
     * @param instrument position in the list of contracts, held
     * @param priceTicks price of the liquidation
     * @param feeUnits fee in the settlement currency, see {@link #liquidationFeeUnits(int, long)}
     * @return money units borne by insurance, at least 0
     */
    public long liquidate(long tsNanos, int instrument, long priceTicks, long feeUnits) {
        requireHeld(instrument);
        long borne = margin.shortfall(instrument, priceTicks, feeUnits);
        int currency = positions.currency[instrument];
        book.trips.insured(instrument, borne);
        close(tsNanos, instrument, priceTicks, feeUnits);
        accounts.post(
                tsNanos,
                Accounts.ofCurrency(currency, Accounts.CASH),
                Accounts.ofCurrency(currency, Accounts.INSURANCE),
                borne);
        accounts.check(currency);
        return borne;
    }

    /**
     * Reduces a winning position because the venue needs its other side for a bankrupt one: at that one's bankruptcy
     * price, without fee.
     *
     * @param tsNanos when, UTC epoch nanoseconds
     * @param instrument position in the list of contracts, held with a profit at its mark
     * @param closedLots above 0, at most what is held
     * @param bankruptcyTicks price of the other side's bankruptcy
     */
    public void deleverage(long tsNanos, int instrument, long closedLots, long bankruptcyTicks) {
        requireHeld(instrument);
        long held = positions.lots[instrument];
        Check.that(
                closedLots > 0 && closedLots <= Math.abs(held),
                "closedLots must be in [1, " + Math.abs(held) + "], got " + closedLots);
        Check.that(
                positions.profit(instrument) > 0,
                "only a winning position is deleveraged, but "
                        + contracts.get(instrument).id() + " has a profit of " + positions.profit(instrument)
                        + " units");
        book.trade(
                tsNanos,
                instrument,
                held > 0 ? -closedLots : closedLots,
                bankruptcyTicks,
                bankruptcyTicks,
                0,
                positions.currency[instrument]);
    }

    /**
     * Ends a contract: the whole position is closed at what one unit pays, without slippage. Nothing happens without a
     * position.
     *
     * @param tsNanos when, UTC epoch nanoseconds
     * @param instrument position in the list of contracts
     * @param payoffTicks payoff of one unit in ticks of its price, at least 0
     * @param feeUnits delivery fee in the settlement currency
     */
    public void settle(long tsNanos, int instrument, long payoffTicks, long feeUnits) {
        if (payoffTicks < 0) {
            throw new IllegalArgumentException("payoffTicks must be >= 0, got " + payoffTicks);
        }
        if (positions.lots[instrument] != 0) {
            close(tsNanos, instrument, payoffTicks, feeUnits);
        }
    }

    private void close(long tsNanos, int instrument, long ticks, long feeUnits) {
        book.trade(
                tsNanos,
                instrument,
                -positions.lots[instrument],
                ticks,
                ticks,
                feeUnits,
                positions.currency[instrument]);
    }

    private void requireHeld(int instrument) {
        Check.that(
                positions.lots[instrument] != 0,
                "there is no position of " + contracts.get(instrument).id());
    }

    /**
     * The price at which a position is left when its market ends: the mark less a haircut, against us, at least 0.
     *
     * @param instrument position in the list of contracts
     * @param haircut share of the price that is lost, in [0, 1]
     * @return ticks
     */
    public long haircutTicks(int instrument, double haircut) {
        Check.inRange(haircut, 0, 1, "haircut");
        long last = positions.marks[instrument];
        long lost = (long) Math.ceil(last * haircut);
        return positions.lots[instrument] < 0 ? Math.addExact(last, lost) : Math.max(0, last - lost);
    }

    /**
     * Renames an instrument; the position goes on.
     *
     * @param instrument position in the list of contracts
     * @param contract the same terms under another name
     */
    public void rename(int instrument, Contract contract) {
        Contract old = contracts.get(instrument);
        Check.that(
                contract.payoff() == old.payoff()
                        && contract.settlement().equals(old.settlement())
                        && contract.contractSize() == old.contractSize()
                        && contract.margin().equals(old.margin())
                        && contract.instrument().priceDecimals()
                                == old.instrument().priceDecimals()
                        && contract.instrument().quantityDecimals()
                                == old.instrument().quantityDecimals(),
                "a renamed contract must keep payoff, settlement, size, margin table and decimals: " + old + " became "
                        + contract);
        contracts.set(instrument, contract);
        positions.contracts[instrument] = contract;
    }

    /**
     * Gives a position new units: {@code oldUnits} old ones become {@code newUnits} new ones, at prices that are smaller
     * by the same factor. Lots and mark are rounded, half to even; what that changes in value goes to the rounding
     * account. A position of less than one new lot is closed at its mark.
     *
     * @param tsNanos when, UTC epoch nanoseconds
     * @param instrument position in the list of contracts
     * @param newUnits above 0
     * @param oldUnits above 0
     */
    public void redenominate(long tsNanos, int instrument, long newUnits, long oldUnits) {
        Check.that(
                newUnits > 0 && oldUnits > 0, "newUnits and oldUnits must be > 0, got " + newUnits + ", " + oldUnits);
        long held = positions.lots[instrument];
        long after = FixedPoint.multiplyDivide(held, newUnits, oldUnits);
        if (held != 0 && after == 0) {
            close(tsNanos, instrument, positions.marks[instrument], 0);
        }
        long mark = FixedPoint.multiplyDivide(positions.marks[instrument], oldUnits, newUnits);
        if (positions.lots[instrument] == 0) {
            positions.marks[instrument] = mark;
            return;
        }
        Check.that(
                mark > 0,
                "the mark of " + contracts.get(instrument).id() + " must be at least one tick in the new units");
        book.rescale(tsNanos, instrument, after, mark, newUnits, oldUnits);
    }

    /**
     * Sets the leverage of an instrument's next position.
     *
     * @param instrument position in the list of contracts, not held
     * @param times in [1, the venue's largest]
     */
    public void leverage(int instrument, double times) {
        margin.leverage(instrument, times);
    }

    /**
     * Moves money between cash and the own margin of a position.
     *
     * @param tsNanos when, UTC epoch nanoseconds
     * @param instrument position in the list of contracts, held in mode ISOLATED
     * @param units into the margin, or out of it if negative
     */
    public void moveMargin(long tsNanos, int instrument, long units) {
        requireHeld(instrument);
        Check.that(margin.isolated(instrument), contracts.get(instrument).id() + " has no margin of its own");
        long cash = accounts.currencyBalance(positions.currency[instrument], Accounts.CASH);
        long aside = accounts.instrumentBalance(instrument, Accounts.MARGIN);
        Check.that(units <= cash && -units <= aside, "units must be in [-" + aside + ", " + cash + "], got " + units);
        margin.move(tsNanos, instrument, units);
        accounts.check(positions.currency[instrument]);
    }
}
