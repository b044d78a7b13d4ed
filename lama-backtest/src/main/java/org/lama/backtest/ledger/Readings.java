package org.lama.backtest.ledger;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.lama.backtest.order.FixedPoint;
import org.lama.core.base.Check;
import org.lama.core.market.Contract;

/** The half of a {@code Ledger} that changes nothing: balances, positions, margins, sums and the audit. */
abstract class Readings {
    private static final double MONEY_UNITS = FixedPoint.power(FixedPoint.MONEY_DECIMALS);

    final List<Contract> contracts;
    final List<String> currencies;
    final AccountMode mode;
    final Accounts accounts;
    final Positions positions;
    final MarginBook margin;
    final RateTable rates;
    final FillBook book;
    final boolean guarded;
    private final boolean single;

    Readings(List<Contract> contracts, LedgerSettings settings) {
        Check.that(!contracts.isEmpty(), "instruments must not be empty");
        this.contracts = new ArrayList<>(contracts);
        mode = settings.mode();
        Set<String> names = new LinkedHashSet<>();
        contracts.forEach(each -> names.add(each.settlement()));
        if (!settings.reporting().isEmpty()) {
            names.add(settings.reporting());
        }
        names.addAll(settings.currencies());
        currencies = List.copyOf(names);
        int[] currency = contracts.stream()
                .mapToInt(each -> currencies.indexOf(each.settlement()))
                .toArray();
        accounts = new Accounts(currencies, currency, settings.capacity());
        positions = new Positions(contracts, currency, mode == AccountMode.ISOLATED, accounts);
        margin = new MarginBook(positions, settings);
        rates = new RateTable(
                currencies, settings.reporting().isEmpty() ? 0 : currencies.indexOf(settings.reporting()));
        book = new FillBook(
                positions, margin, rates, new TripBook(contracts.size(), Math.max(16, settings.capacity() / 8)));
        guarded = margin.guarded();
        single = currencies.size() == 1;
    }

    /**
     * Whether a fill would be allowed: cash for what is paid, free margin for what enlarges a position. With cross
     * margin O(instruments), else O(1).
     *
     * @param instrument position in the list of contracts
     * @param filledLots signed change of the position
     * @param priceTicks price of the fill
     * @param feeUnits fee in the settlement currency
     * @return true if {@code fill} would book it
     */
    public boolean canOpen(int instrument, long filledLots, long priceTicks, long feeUnits) {
        return margin.canOpen(instrument, filledLots, priceTicks, feeUnits);
    }

    /**
     * What is left for new positions of an instrument: cash, or with cross margin the equity, less the initial margins
     * of what is held.
     *
     * @param instrument position in the list of contracts
     * @return money units of the settlement currency, negative if there is nothing
     */
    public long freeUnits(int instrument) {
        return margin.free(instrument);
    }

    /**
     * Whether the margin of a position (with cross margin: of the account in its currency) is at or below the
     * maintenance margin. O(1).
     *
     * @param instrument position in the list of contracts
     * @return false without a position on margin, and in the modes CASH and CREDIT
     */
    public boolean liquidationDue(int instrument) {
        return margin.due(instrument);
    }

    /**
     * Whether the account's equity in a currency, less positions with their own margin, is at or below the sum of its
     * maintenance margins. O(1).
     *
     * @param currency number of the currency
     * @return false if there is nothing to maintain
     */
    public boolean accountLiquidationDue(int currency) {
        return guarded && margin.accountDue(currency);
    }

    /**
     * The price at which {@link #liquidationDue(int)} becomes true while all other marks stay.
     *
     * @param instrument position in the list of contracts
     * @return price in quote currency; NaN if there is none
     */
    public double liquidationPrice(int instrument) {
        return margin.liquidationPrice(instrument);
    }

    /**
     * The fee of liquidating the whole position at a price, by the contract's margin table.
     *
     * @param instrument position in the list of contracts
     * @param priceTicks price of the liquidation
     * @return money units, rounded up
     */
    public long liquidationFeeUnits(int instrument, long priceTicks) {
        return margin.liquidationFee(instrument, priceTicks);
    }

    /**
     * The price at which the position's own margin is lost, or with cross margin all that the account owns.
     *
     * @param instrument position in the list of contracts
     * @return price in quote currency; NaN if there is none
     */
    public double bankruptcyPrice(int instrument) {
        return margin.bankruptcyPrice(instrument);
    }

    /**
     * The maintenance margin of a position at its mark.
     *
     * @param instrument position in the list of contracts
     * @return money units; 0 in the modes CASH and CREDIT
     */
    public long maintenanceUnits(int instrument) {
        return margin.maintenance(instrument);
    }

    /**
     * The own margin of a position.
     *
     * @param instrument position in the list of contracts
     * @return money units; 0 but in mode ISOLATED
     */
    public long marginUnits(int instrument) {
        return accounts.instrumentBalance(instrument, Accounts.MARGIN);
    }

    /**
     * What the account may owe.
     *
     * @return as opened
     */
    public AccountMode mode() {
        return mode;
    }

    /**
     * Cash of all currencies in the reporting currency at the present conversion marks.
     *
     * @return money units
     */
    public long cashUnits() {
        return single
                ? accounts.currencyBalance(0, Accounts.CASH)
                : reported(currency -> accounts.currencyBalance(currency, Accounts.CASH));
    }

    /**
     * What lots are worth at a price: q · c · p, or −q · c / p for inverse contracts.
     *
     * @param instrument position in the list of contracts
     * @param lots signed quantity
     * @param priceTicks price, above 0 for inverse contracts
     * @return money units of the settlement currency
     */
    public long notionalUnits(int instrument, long lots, long priceTicks) {
        return positions.worth[instrument].units(lots, priceTicks);
    }

    /**
     * Money of an instrument's settlement currency in the reporting currency at the present conversion mark.
     *
     * @param instrument position in the list of contracts
     * @param units money units of the settlement currency
     * @return money units of the reporting currency
     */
    public long reportedUnits(int instrument, long units) {
        return single ? units : rates.reported(positions.currency[instrument], units);
    }

    /**
     * Cash of an instrument's settlement currency.
     *
     * @param instrument position in the list of contracts
     * @return money units
     */
    public long cashUnits(int instrument) {
        return accounts.currencyBalance(positions.currency[instrument], Accounts.CASH);
    }

    /**
     * Cash of a currency.
     *
     * @param currency upper-case name
     * @return without what is set aside as margin
     */
    public Money cash(String currency) {
        return new Money(accounts.currencyBalance(currency(currency), Accounts.CASH), currency);
    }

    /**
     * Equity in the reporting currency, other currencies at their conversion marks.
     *
     * @return money units
     * @throws IllegalStateException if a currency with equity has no conversion mark, naming it
     */
    public long equityUnits() {
        return single ? positions.equity(0) : reported(positions::equity);
    }

    /**
     * Whether nothing is held.
     *
     * @return true if all positions are 0
     */
    public boolean isFlat() {
        for (long held : positions.lots) {
            if (held != 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * Equity in one currency.
     *
     * @param currency upper-case name
     * @return cash, margin and positions settled in it
     */
    public Money equity(String currency) {
        return new Money(positions.equity(currency(currency)), currency);
    }

    /**
     * Equity in an instrument's settlement currency.
     *
     * @param instrument position in the list of contracts
     * @return money units of that currency: cash, margin and positions settled in it
     */
    public long equityUnits(int instrument) {
        return positions.equity(positions.currency[instrument]);
    }

    /**
     * All fees so far, less rebates, in the reporting currency at the conversion marks of their times.
     *
     * @return money units
     */
    public long feeUnits() {
        return single ? accounts.currencyBalance(0, Accounts.FEES) : rounded(book.reportedFees);
    }

    /**
     * All funding paid so far, less what was received, in the reporting currency at the conversion marks of its times.
     *
     * @return money units
     */
    public long fundingUnits() {
        return single ? sum(0, this::fundingUnits) : rounded(book.reportedFunding);
    }

    /**
     * What slipped prices cost so far against their references, in the reporting currency at the conversion marks of
     * their times; it is already part of the price P&amp;L.
     *
     * @return money units
     */
    public long slippageUnits() {
        return single ? sum(0, book::slippage) : rounded(book.reportedSlippage);
    }

    /**
     * Sum of the absolute notionals of all fills in the reporting currency at the conversion marks of their times.
     *
     * @return money units
     * @throws ArithmeticException if they outgrow 64 bits; see {@link #tradedNotional()}
     */
    public long tradedUnits() {
        return single ? sum(0, book::traded) : rounded(book.reportedTraded);
    }

    /**
     * Sum of the absolute notionals of all fills as a number, for reports: in a long run it can outgrow 64 bits of money
     * units long before equity does.
     *
     * @return in the reporting currency at the conversion marks of their times
     */
    public double tradedNotional() {
        if (!single) {
            return book.reportedTraded.units() / MONEY_UNITS;
        }
        double sum = 0;
        for (int i = 0; i < contracts.size(); i++) {
            sum += book.tradedNotional(i);
        }
        return sum;
    }

    private static long rounded(DatedSum sum) {
        return FixedPoint.fromDouble(sum.units() / MONEY_UNITS, FixedPoint.MONEY_DECIMALS, FixedPoint.Rounding.NEAREST);
    }

    /**
     * What slipped prices of one instrument cost so far.
     *
     * @param instrument position in the list of contracts
     * @return money units of its settlement currency
     */
    public long slippageUnits(int instrument) {
        return book.slippage(instrument);
    }

    /**
     * Sum of the absolute notionals of the fills of one instrument.
     *
     * @param instrument position in the list of contracts
     * @return money units of its settlement currency
     */
    public long tradedUnits(int instrument) {
        return book.traded(instrument);
    }

    private interface OfNumber {
        long units(int number);
    }

    private long reported(OfNumber ofCurrency) {
        long sum = 0;
        for (int c = 0; c < currencies.size(); c++) {
            sum = Math.addExact(sum, rates.reported(c, ofCurrency.units(c)));
        }
        return sum;
    }

    private long sum(int currency, OfNumber ofInstrument) {
        long sum = 0;
        for (int i = 0; i < positions.size(); i++) {
            sum = positions.currency[i] == currency ? Math.addExact(sum, ofInstrument.units(i)) : sum;
        }
        return sum;
    }

    /**
     * Where the equity of a currency comes from. O(instruments).
     *
     * @param currency upper-case name
     * @return terms that sum exactly to {@link #equity(String)}
     */
    public ProfitSplit split(String currency) {
        int c = currency(currency);
        return new ProfitSplit(
                currency,
                -accounts.currencyBalance(c, Accounts.CAPITAL),
                sum(c, i -> Math.addExact(realisedUnits(i), unrealisedUnits(i))),
                sum(c, book::slippage),
                accounts.currencyBalance(c, Accounts.FEES),
                sum(c, this::fundingUnits),
                -accounts.currencyBalance(c, Accounts.EXCHANGE),
                -accounts.currencyBalance(c, Accounts.INSURANCE),
                -accounts.currencyBalance(c, Accounts.ROUNDING));
    }

    /**
     * The position.
     *
     * @param instrument position in the list of contracts
     * @return lots, negative if short
     */
    public long lots(int instrument) {
        return positions.lots[instrument];
    }

    /**
     * The price at which a position is valued.
     *
     * @param instrument position in the list of contracts
     * @return ticks, 0 if there was none yet
     */
    public long markTicks(int instrument) {
        return positions.marks[instrument];
    }

    /**
     * The notional of a position at its mark: q · c · p, or −q · c / p for inverse contracts, whose value grows as the
     * price falls.
     *
     * @param instrument position in the list of contracts
     * @return money units of the settlement currency
     */
    public long valueUnits(int instrument) {
        return positions.values[instrument];
    }

    /**
     * What {@link #valueUnits(int)} would be at each of several marks, for who knows the prices to come. Changes nothing.
     *
     * @param instrument position in the list of contracts
     * @param ticks prices, above 0
     * @param from the first of them that counts
     * @param rows how many count
     * @param out takes the money units from 0 on
     * @throws ArithmeticException if one does not fit into a long
     */
    public void valueUnits(int instrument, long[] ticks, int from, int rows, long[] out) {
        positions.worth[instrument].units(positions.lots[instrument], ticks, from, rows, out);
    }

    /**
     * The cost of a position: the notional at its fills.
     *
     * @param instrument position in the list of contracts
     * @return money units of the settlement currency, with the sign of {@link #valueUnits(int)}
     */
    public long costUnits(int instrument) {
        return positions.cost(instrument);
    }

    /**
     * The average price of the lots held, fees aside.
     *
     * @param instrument position in the list of contracts
     * @return price in quote currency; NaN without a position
     */
    public double averagePrice(int instrument) {
        return positions.lots[instrument] == 0
                ? Double.NaN
                : positions.worth[instrument].price(
                        (double) positions.lots[instrument], (double) positions.cost(instrument));
    }

    /**
     * Price P&amp;L of closed lots, before fees and funding.
     *
     * @param instrument position in the list of contracts
     * @return money units
     */
    public long realisedUnits(int instrument) {
        return -accounts.instrumentBalance(instrument, Accounts.REALISED);
    }

    /**
     * Price P&amp;L of the lots still held, before fees and funding.
     *
     * @param instrument position in the list of contracts
     * @return money units
     */
    public long unrealisedUnits(int instrument) {
        return positions.profit(instrument);
    }

    /**
     * Funding paid by a position so far, less what it received.
     *
     * @param instrument position in the list of contracts
     * @return money units
     */
    public long fundingUnits(int instrument) {
        return accounts.instrumentBalance(instrument, Accounts.FUNDING);
    }

    /**
     * What the venue bore so far of an instrument's losses beyond the margin.
     *
     * @param instrument position in the list of contracts
     * @return money units of its settlement currency, at least 0
     */
    public long insuranceUnits(int instrument) {
        return book.trips.insured(instrument);
    }

    /**
     * The contracts in their given order.
     *
     * @return at least one
     */
    public List<Contract> contracts() {
        return Collections.unmodifiableList(contracts);
    }

    /**
     * The currencies: those of the contracts, the reporting one, further ones.
     *
     * @return at least one
     */
    public List<String> currencies() {
        return currencies;
    }

    /**
     * The number of a currency.
     *
     * @param name upper-case name
     * @return position in {@link #currencies()}
     */
    public int currency(String name) {
        int found = currencies.indexOf(name);
        Check.that(found >= 0, "currency '" + name + "' is not in the ledger, which has " + currencies);
        return found;
    }

    /**
     * The journal, for readers.
     *
     * @return the ledger's own journal, which grows with it
     */
    public Journal journal() {
        return accounts.journal;
    }

    /**
     * The finished round trips in the order of their exits.
     *
     * @param symbols name of each instrument
     * @return the trips; O(number of trips)
     */
    public List<RoundTrip> roundTrips(List<String> symbols) {
        Check.that(symbols.size() == positions.size(), "symbols must have " + positions.size() + " names");
        return book.trips.list(symbols, positions.worth);
    }

    /**
     * Number of accounts; they are numbered from 0.
     *
     * @return at least 13
     */
    public int accounts() {
        return accounts.size();
    }

    /**
     * The balance of an account, debits positive.
     *
     * @param account 0 up to, not including, {@link #accounts()}
     * @return money units, or lots for the accounts of position and market
     */
    public long balanceUnits(int account) {
        return accounts.balance(account);
    }

    /**
     * What an account is called.
     *
     * @param account 0 up to, not including, {@link #accounts()}
     * @return for example {@code cash USD} or {@code cost UNKNOWN.SPOT.BTC-USD}
     */
    public String accountName(int account) {
        int instrument = accounts.instrumentOf(account);
        return accounts.kindOf(account)
                + (instrument < 0 ? "" : " " + contracts.get(instrument).id());
    }

    Positions positions() {
        return positions;
    }

    /**
     * Recomputes all balances, positions, values and margins from the journal and the marks alone and compares; for
     * tests and for doubt. O(journal).
     *
     * @return what differs, empty if all agree
     */
    public List<String> audit() {
        List<String> differ = accounts.audit();
        positions.audit(differ);
        margin.audit(differ);
        for (String currency : currencies) {
            if (split(currency).equity() != positions.equity(currency(currency))
                    || split(currency).insurance() != sum(currency(currency), book.trips::insured)) {
                differ.add("split of " + currency + ": " + split(currency));
            }
        }
        return differ;
    }
}
