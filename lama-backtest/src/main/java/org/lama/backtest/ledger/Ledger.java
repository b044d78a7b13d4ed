package org.lama.backtest.ledger;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lama.backtest.order.FixedPoint;
import org.lama.backtest.order.Scale;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.market.Instrument;
import org.lama.core.market.Instrument.Kind;

/**
 * Double-entry accounts in fixed point: money in units of 10^-8, prices in ticks, quantities in lots. Per currency there
 * are the accounts cash, capital and fees; per instrument cost, valuation, realised and unrealised. A position is
 * carried at {@code cost + valuation = lots · mark}, its cost is the average cost, and
 * {@code equity = cash + Σ (cost + valuation)}.
 *
 * <p>After every event the ledger checks, in O(1) and without rounding:
 *
 * <ol>
 *   <li>Δequity = price P&amp;L − fee, where the price P&amp;L is recomputed from lots and ticks;
 *   <li>the position account equals lots · mark;
 *   <li>assets plus claims are 0;
 *   <li>the price P&amp;L is within two money units of the change of price times the lots (each product is rounded once,
 *       half to even).
 * </ol>
 *
 * A failed check is a bug and throws {@link IllegalStateException}. Amounts that do not fit throw
 * {@link ArithmeticException}; nothing wraps. After either, the ledger must be thrown away. A spot position cannot go
 * below zero, and cash neither unless the ledger was opened with a margin account; such an event is refused before
 * anything is booked.
 *
 * <p>Mutable, single-threaded. Events allocate nothing once the journal has grown to its size.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Ledger {
    private static final int PER_CURRENCY = 3;
    private static final int CASH = 0;
    private static final int CAPITAL = 1;
    private static final int FEES = 2;
    private static final int PER_INSTRUMENT = 4;
    private static final int COST = 0;
    private static final int VALUATION = 1;
    private static final int REALISED = 2;
    private static final int UNREALISED = 3;
    private static final long ROUNDED_PRODUCTS = 2;

    private final List<Instrument> instruments;
    private final List<String> currencies;
    private final boolean margin;
    private final Scale[] scales;
    private final int[] currencyOf;
    private final long[] balances;
    private final long[] assets;
    private final long[] claims;
    private final long[] lots;
    private final long[] marks;
    /** lots · mark of each instrument, renewed whenever one of both changes. */
    private final long[] values;

    private final long[] slippage;
    private final long[] traded;
    private final Journal journal;
    private final TripBook trips;

    private Ledger(List<Instrument> instruments, boolean margin, int capacity) {
        this.instruments = List.copyOf(instruments);
        this.margin = margin;
        this.currencies = instruments.stream().map(Instrument::quote).distinct().toList();
        int n = instruments.size();
        scales = instruments.stream().map(Scale::of).toArray(Scale[]::new);
        currencyOf = instruments.stream()
                .mapToInt(each -> currencies.indexOf(each.quote()))
                .toArray();
        balances = new long[currencies.size() * PER_CURRENCY + n * PER_INSTRUMENT];
        assets = new long[currencies.size()];
        claims = new long[currencies.size()];
        lots = new long[n];
        marks = new long[n];
        values = new long[n];
        slippage = new long[currencies.size()];
        traded = new long[currencies.size()];
        journal = new Journal(capacity);
        trips = new TripBook(n, Math.max(16, capacity / 8));
    }

    /**
     * An empty ledger for fully paid positions.
     *
     * @param instruments at least one; their quote currencies are the ledger's currencies
     * @param capacity entries to make room for at once; more are added when needed
     * @return the ledger
     */
    public static Ledger cashOnly(List<Instrument> instruments, int capacity) {
        Check.that(!instruments.isEmpty(), "instruments must not be empty");
        return new Ledger(instruments, false, Check.atLeast(capacity, 0, "capacity"));
    }

    /**
     * An empty ledger whose cash may go below zero, for perpetuals; limits are somebody else's business.
     *
     * @param instruments at least one
     * @param capacity entries to make room for at once
     * @return the ledger
     */
    public static Ledger onMargin(List<Instrument> instruments, int capacity) {
        Check.that(!instruments.isEmpty(), "instruments must not be empty");
        return new Ledger(instruments, true, Check.atLeast(capacity, 0, "capacity"));
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
                margin || Math.addExact(balances[account(currency, CASH)], money.units()) >= 0,
                "cash must stay >= 0, but " + money + " was taken out");
        post(tsNanos, account(currency, CASH), account(currency, CAPITAL), money.units());
        assets[currency] = Math.addExact(assets[currency], money.units());
        claims[currency] = Math.subtractExact(claims[currency], money.units());
        checkBalance(currency);
    }

    /**
     * Books a fill. A fill through zero closes the old position and opens the new one, the fee shared by lots.
     *
     * @param tsNanos when, UTC epoch nanoseconds
     * @param instrument position in the list of instruments
     * @param filledLots signed change of the position, not 0
     * @param priceTicks price after slippage, at least 0
     * @param referenceTicks price before slippage, for the report of slippage alone
     * @param feeUnits fee in units of 10^-8 of the quote currency, negative for a rebate
     * @throws IllegalStateException if cash or a spot position would go below zero, naming the instrument
     */
    public void fill(
            long tsNanos, int instrument, long filledLots, long priceTicks, long referenceTicks, long feeUnits) {
        Check.that(filledLots != 0, "filledLots must not be 0");
        notNegative(priceTicks);
        long held = lots[instrument];
        long after = Math.addExact(held, filledLots);
        long notional = scales[instrument].notionalUnits(filledLots, priceTicks);
        admit(instrument, after, Math.addExact(notional, feeUnits));
        if (held == 0 && marks[instrument] == 0) {
            marks[instrument] = priceTicks;
        }
        long mark = marks[instrument];
        int currency = currencyOf[instrument];
        long equityBefore = assets[currency];
        long valueBefore = values[instrument];
        long slipped = scales[instrument].notionalUnits(filledLots, Math.subtractExact(priceTicks, referenceTicks));
        long moved = book(tsNanos, instrument, filledLots, priceTicks, feeUnits, slipped);
        revalue(tsNanos, instrument);
        long priceProfit = Math.subtractExact(Math.subtractExact(values[instrument], valueBefore), moved);
        long exact = scales[instrument].notionalUnits(filledLots, Math.subtractExact(mark, priceTicks));
        slippage[currency] = Math.addExact(slippage[currency], slipped);
        traded[currency] = Math.addExact(traded[currency], Math.abs(moved));
        checkEvent(instrument, equityBefore, priceProfit, feeUnits, exact);
    }

    /**
     * Values a position at a new price.
     *
     * @param tsNanos when, UTC epoch nanoseconds
     * @param instrument position in the list of instruments
     * @param priceTicks the price, at least 0
     */
    public void mark(long tsNanos, int instrument, long priceTicks) {
        notNegative(priceTicks);
        long before = marks[instrument];
        if (lots[instrument] == 0 || before == priceTicks) {
            marks[instrument] = priceTicks;
            return;
        }
        long equityBefore = assets[currencyOf[instrument]];
        long valueBefore = values[instrument];
        long exact = scales[instrument].notionalUnits(lots[instrument], Math.subtractExact(priceTicks, before));
        marks[instrument] = priceTicks;
        revalue(tsNanos, instrument);
        checkEvent(instrument, equityBefore, Math.subtractExact(values[instrument], valueBefore), 0, exact);
    }

    /** Unlike {@link Check} this builds no message unless it fails: it runs for every bar. */
    private static void notNegative(long priceTicks) {
        if (priceTicks < 0) {
            throw new IllegalArgumentException("priceTicks must be >= 0, got " + priceTicks);
        }
    }

    private void admit(int instrument, long after, long spentUnits) {
        if (after < 0 && instruments.get(instrument).kind() == Kind.SPOT) {
            throw new IllegalStateException(
                    "position of " + instruments.get(instrument).id() + " must stay >= 0, but the fill would make it "
                            + after + " lots");
        }
        int currency = currencyOf[instrument];
        long cash = Math.subtractExact(balances[account(currency, CASH)], spentUnits);
        if (cash < 0 && spentUnits > 0 && !margin) {
            throw new IllegalStateException("cash must stay >= 0, but the fill of "
                    + instruments.get(instrument).id() + " would make it " + new Money(cash, currencies.get(currency)));
        }
    }

    /** Books the parts of a fill and returns the signed notional that went through cash. */
    private long book(long tsNanos, int instrument, long filled, long priceTicks, long feeUnits, long slipped) {
        long held = lots[instrument];
        boolean enlarges = held == 0 || (held > 0) == (filled > 0);
        if (enlarges) {
            trips.costs(instrument, feeUnits, slipped);
            pay(tsNanos, instrument, feeUnits);
            return open(tsNanos, instrument, filled, priceTicks);
        }
        if (Math.abs(filled) <= Math.abs(held)) {
            trips.costs(instrument, feeUnits, slipped);
            pay(tsNanos, instrument, feeUnits);
            return close(tsNanos, instrument, filled, priceTicks);
        }
        long feeOfClose = FixedPoint.multiplyDivide(feeUnits, Math.abs(held), Math.abs(filled));
        long slippedOfClose = FixedPoint.multiplyDivide(slipped, Math.abs(held), Math.abs(filled));
        long closed = book(tsNanos, instrument, -held, priceTicks, feeOfClose, slippedOfClose);
        long opened =
                book(tsNanos, instrument, filled + held, priceTicks, feeUnits - feeOfClose, slipped - slippedOfClose);
        return Math.addExact(closed, opened);
    }

    private void pay(long tsNanos, int instrument, long feeUnits) {
        int currency = currencyOf[instrument];
        if (feeUnits != 0) {
            post(tsNanos, account(currency, FEES), account(currency, CASH), feeUnits);
            assets[currency] = Math.subtractExact(assets[currency], feeUnits);
            claims[currency] = Math.addExact(claims[currency], feeUnits);
        }
    }

    private long open(long tsNanos, int instrument, long added, long priceTicks) {
        long notional = scales[instrument].notionalUnits(added, priceTicks);
        post(tsNanos, position(instrument, COST), account(currencyOf[instrument], CASH), notional);
        lots[instrument] += added;
        trips.opened(instrument, tsNanos, added, notional);
        return notional;
    }

    private long close(long tsNanos, int instrument, long removed, long priceTicks) {
        long notional = scales[instrument].notionalUnits(removed, priceTicks);
        int currency = currencyOf[instrument];
        int cost = position(instrument, COST);
        long held = lots[instrument];
        long costPart = removed == -held
                ? balances[cost]
                : FixedPoint.multiplyDivide(balances[cost], Math.abs(removed), Math.abs(held));
        long gain = Math.negateExact(Math.addExact(notional, costPart));
        post(tsNanos, account(currency, CASH), cost, costPart);
        post(tsNanos, account(currency, CASH), position(instrument, REALISED), gain);
        assets[currency] = Math.addExact(assets[currency], gain);
        claims[currency] = Math.subtractExact(claims[currency], gain);
        lots[instrument] += removed;
        trips.closed(instrument, notional, gain);
        if (lots[instrument] == 0) {
            trips.flat(instrument, tsNanos);
        }
        return notional;
    }

    private void revalue(long tsNanos, int instrument) {
        int valuation = position(instrument, VALUATION);
        values[instrument] = scales[instrument].notionalUnits(lots[instrument], marks[instrument]);
        long wanted = Math.subtractExact(values[instrument], balances[position(instrument, COST)]);
        long change = Math.subtractExact(wanted, balances[valuation]);
        if (change != 0) {
            int currency = currencyOf[instrument];
            post(tsNanos, valuation, position(instrument, UNREALISED), change);
            assets[currency] = Math.addExact(assets[currency], change);
            claims[currency] = Math.subtractExact(claims[currency], change);
        }
    }

    private void post(long tsNanos, int debit, int credit, long units) {
        balances[debit] = Math.addExact(balances[debit], units);
        balances[credit] = Math.subtractExact(balances[credit], units);
        journal.append(tsNanos, debit, credit, units);
    }

    private void checkEvent(int instrument, long equityBefore, long priceProfit, long feeUnits, long exact) {
        int currency = currencyOf[instrument];
        long change = Math.subtractExact(assets[currency], equityBefore);
        if (change != priceProfit - feeUnits) {
            broken("change of equity " + change + " is not price P&L " + priceProfit + " less fee " + feeUnits);
        }
        long carried = balances[position(instrument, COST)] + balances[position(instrument, VALUATION)];
        if (carried != values[instrument]) {
            broken("position of " + instruments.get(instrument).id() + " is carried at " + carried + ", not at "
                    + values[instrument]);
        }
        if (Math.abs(priceProfit - exact) > ROUNDED_PRODUCTS) {
            broken("price P&L " + priceProfit + " is not lots times change of price, " + exact);
        }
        checkBalance(currency);
    }

    private void checkBalance(int currency) {
        if (assets[currency] + claims[currency] != 0) {
            broken("assets " + assets[currency] + " and claims " + claims[currency] + " do not sum to 0");
        }
    }

    private static void broken(String what) {
        throw new IllegalStateException("ledger identity broken: " + what + " (a bug; results are void)");
    }

    /**
     * Cash of an instrument's quote currency.
     *
     * @param instrument position in the list of instruments
     * @return money units
     */
    public long cashUnits(int instrument) {
        return balances[account(currencyOf[instrument], CASH)];
    }

    /**
     * Equity: cash plus all positions at their marks.
     *
     * @return money units
     * @throws IllegalStateException if the ledger holds more than one currency, naming the first two
     */
    public long equityUnits() {
        return assets[only()];
    }

    /**
     * Equity in one currency.
     *
     * @param currency upper-case name
     * @return cash plus the positions quoted in it
     */
    public Money equity(String currency) {
        return new Money(assets[currency(currency)], currency);
    }

    /**
     * All fees so far, less rebates.
     *
     * @return money units; the ledger must hold one currency
     */
    public long feeUnits() {
        return balances[account(only(), FEES)];
    }

    /**
     * What slipped prices cost so far against their references; it is already part of the price P&amp;L.
     *
     * @return money units; the ledger must hold one currency
     */
    public long slippageUnits() {
        return slippage[only()];
    }

    /**
     * Sum of the absolute notionals of all fills.
     *
     * @return money units; the ledger must hold one currency
     */
    public long tradedUnits() {
        return traded[only()];
    }

    /**
     * The position.
     *
     * @param instrument position in the list of instruments
     * @return lots, negative if short
     */
    public long lots(int instrument) {
        return lots[instrument];
    }

    /**
     * The price at which a position is carried.
     *
     * @param instrument position in the list of instruments
     * @return ticks, 0 if there was none yet
     */
    public long markTicks(int instrument) {
        return marks[instrument];
    }

    /**
     * The value of a position at its mark.
     *
     * @param instrument position in the list of instruments
     * @return money units, negative if short
     */
    public long valueUnits(int instrument) {
        return values[instrument];
    }

    /**
     * Price P&amp;L of closed lots, before fees.
     *
     * @param instrument position in the list of instruments
     * @return money units
     */
    public long realisedUnits(int instrument) {
        return -balances[position(instrument, REALISED)];
    }

    /**
     * Price P&amp;L of the lots still held, before fees.
     *
     * @param instrument position in the list of instruments
     * @return money units
     */
    public long unrealisedUnits(int instrument) {
        return -balances[position(instrument, UNREALISED)];
    }

    /**
     * The instruments in their given order.
     *
     * @return at least one
     */
    public List<Instrument> instruments() {
        return instruments;
    }

    /**
     * The journal, for readers.
     *
     * @return the ledger's own journal, which grows with it
     */
    public Journal journal() {
        return journal;
    }

    /**
     * The finished round trips in the order of their exits.
     *
     * @param symbols name of each instrument
     * @return the trips; O(number of trips)
     */
    public List<RoundTrip> roundTrips(List<String> symbols) {
        Check.that(symbols.size() == lots.length, "symbols must have " + lots.length + " names");
        return trips.list(symbols, scales);
    }

    /**
     * Number of accounts; they are numbered from 0.
     *
     * @return at least 7
     */
    public int accounts() {
        return balances.length;
    }

    /**
     * The balance of an account, debits positive.
     *
     * @param account 0 up to, not including, {@link #accounts()}
     * @return money units
     */
    public long balanceUnits(int account) {
        return balances[account];
    }

    /**
     * What an account is called.
     *
     * @param account 0 up to, not including, {@link #accounts()}
     * @return for example {@code cash USD} or {@code cost UNKNOWN.SPOT.BTC-USD}
     */
    public String accountName(int account) {
        int first = currencies.size() * PER_CURRENCY;
        if (account < first) {
            return List.of("cash", "capital", "fees").get(account % PER_CURRENCY) + " "
                    + currencies.get(account / PER_CURRENCY);
        }
        int rest = account - first;
        return List.of("cost", "valuation", "realised", "unrealised").get(rest % PER_INSTRUMENT) + " "
                + instruments.get(rest / PER_INSTRUMENT).id();
    }

    /**
     * Recomputes all balances from the journal alone and compares; for tests and for doubt. O(journal).
     *
     * @return the accounts that differ, empty if all agree
     */
    public List<String> audit() {
        long[] again = new long[balances.length];
        for (int entry = 0; entry < journal.size(); entry++) {
            again[journal.debit(entry)] += journal.units(entry);
            again[journal.credit(entry)] -= journal.units(entry);
        }
        List<String> differ = new ArrayList<>();
        for (int i = 0; i < again.length; i++) {
            if (again[i] != balances[i]) {
                differ.add(accountName(i) + ": journal " + again[i] + ", balance " + balances[i]);
            }
        }
        if (Arrays.stream(again).sum() != 0) {
            differ.add("entries do not sum to 0");
        }
        return differ;
    }

    private int only() {
        if (currencies.size() > 1) {
            throw new IllegalStateException("cannot add " + currencies.get(1) + " to " + currencies.get(0)
                    + ": convert at an explicit rate first");
        }
        return 0;
    }

    private int currency(String name) {
        int found = currencies.indexOf(name);
        Check.that(found >= 0, "currency '" + name + "' is not in the ledger, which has " + currencies);
        return found;
    }

    private static int account(int currency, int kind) {
        return currency * PER_CURRENCY + kind;
    }

    private int position(int instrument, int kind) {
        return currencies.size() * PER_CURRENCY + instrument * PER_INSTRUMENT + kind;
    }
}
