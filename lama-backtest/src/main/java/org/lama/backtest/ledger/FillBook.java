package org.lama.backtest.ledger;

import org.lama.backtest.order.FixedPoint;

/** Books trades: fee, cost, margin, realised profit, lots; and checks each. Single-threaded. */
final class FillBook {
    private static final long ROUNDED_PRODUCTS = 2;
    private static final long ROUNDED_QUOTIENTS = 3;

    final TripBook trips;
    private final Positions positions;
    private final Accounts accounts;
    private final MarginBook margin;
    private final RateTable rates;
    /** The sum of notionals has two digits of this size: in a long run it outgrows 64 bits long before the money does. */
    private static final long DIGIT = FixedPoint.power(16);

    /** In the reporting currency, each at the mark of its time; unused where there is one currency. */
    final DatedSum reportedFees;

    final DatedSum reportedSlippage;
    final DatedSum reportedTraded;
    final DatedSum reportedFunding;
    private final boolean single;

    private final long[] slippage;
    private final long[] traded;
    private final long[] tradedDigits;
    /** What a reducing fill of an inverse contract earned beyond the difference of its rounded values. */
    private long rounding;

    FillBook(Positions positions, MarginBook margin, RateTable rates, TripBook trips) {
        this.positions = positions;
        this.margin = margin;
        this.rates = rates;
        this.trips = trips;
        accounts = positions.accounts;
        int currencies = accounts.currencies.size();
        single = currencies == 1;
        reportedFees = new DatedSum(rates, currencies);
        reportedSlippage = new DatedSum(rates, currencies);
        reportedTraded = new DatedSum(rates, currencies);
        reportedFunding = new DatedSum(rates, currencies);
        slippage = new long[positions.size()];
        traded = new long[positions.size()];
        tradedDigits = new long[positions.size()];
    }

    /** Values what was booked before the first mark of a currency. */
    void firstMark(int currency) {
        reportedFees.settle(currency);
        reportedSlippage.settle(currency);
        reportedTraded.settle(currency);
        reportedFunding.settle(currency);
    }

    long slippage(int i) {
        return slippage[i];
    }

    /** Sum of the absolute notionals in money units. */
    long traded(int i) {
        return Math.addExact(Math.multiplyExact(tradedDigits[i], DIGIT), traded[i]);
    }

    /** The same as a number, which nothing outgrows. */
    double tradedNotional(int i) {
        return FixedPoint.toDouble(DIGIT, FixedPoint.MONEY_DECIMALS) * tradedDigits[i]
                + FixedPoint.toDouble(traded[i], FixedPoint.MONEY_DECIMALS);
    }

    private void addTraded(int i, long notional) {
        traded[i] += notional % DIGIT;
        tradedDigits[i] += notional / DIGIT;
        if (traded[i] >= DIGIT) {
            traded[i] -= DIGIT;
            tradedDigits[i]++;
        }
    }

    void trade(long tsNanos, int i, long filled, long ticks, long reference, long feeUnits, int feeCurrency) {
        if (positions.lots[i] == 0 && positions.marks[i] == 0) {
            positions.marks[i] = ticks;
        }
        int c = positions.currency[i];
        ContractValue worth = positions.worth[i];
        long equityBefore = positions.equity(c);
        long valueBefore = positions.values[i];
        long profitBefore = positions.profit(i);
        long slipped = worth.change(filled, reference, ticks);
        boolean known = feeCurrency == c || feeUnits == 0 || (rates.known(feeCurrency) && rates.known(c));
        if (!known) {
            trips.unknownFee(i);
        }
        pay(tsNanos, feeUnits, feeCurrency);
        rounding = 0;
        long moved = book(tsNanos, i, filled, ticks, known ? rates.across(feeCurrency, c, feeUnits) : 0, slipped);
        positions.revalue(i, profitBefore);
        margin.renew(i);
        slippage[i] = Math.addExact(slippage[i], slipped);
        addTraded(i, Math.abs(moved));
        if (!single) {
            reportedFees.add(feeCurrency, feeUnits);
            reportedSlippage.add(c, slipped);
            reportedTraded.add(c, Math.abs(moved));
        }
        long priceProfit = Math.subtractExact(Math.subtractExact(positions.values[i], valueBefore), moved);
        check(i, positions.equity(c) - equityBefore, priceProfit, feeCurrency == c ? feeUnits : 0);
        long exact = worth.change(filled, ticks, positions.marks[i]);
        if (Math.abs(priceProfit - exact) > (worth.isInverse() ? ROUNDED_QUOTIENTS : ROUNDED_PRODUCTS)) {
            throw Accounts.broken("price P&L " + priceProfit + " is not " + exact);
        }
        if (feeCurrency != c) {
            accounts.check(feeCurrency);
        }
    }

    private void check(int i, long change, long priceProfit, long feeUnits) {
        if (change != priceProfit + rounding - feeUnits) {
            throw Accounts.broken(
                    "change of equity " + change + " is not price P&L " + priceProfit + " less fee " + feeUnits);
        }
        if (accounts.lots(i) != positions.lots[i] || (positions.lots[i] == 0 && positions.cost(i) != 0)) {
            throw Accounts.broken("position of " + positions.contracts[i].id() + " is " + positions.lots[i]
                    + " lots at cost " + positions.cost(i) + ", booked " + accounts.lots(i));
        }
        accounts.check(positions.currency[i]);
    }

    void pay(long tsNanos, long feeUnits, int currency) {
        accounts.post(
                tsNanos,
                Accounts.ofCurrency(currency, Accounts.FEES),
                Accounts.ofCurrency(currency, Accounts.CASH),
                feeUnits);
    }

    /** The same position in new units: what rounding changes in its value is rounding, not price. */
    void rescale(long tsNanos, int i, long lots, long mark, long newUnits, long oldUnits) {
        rounding = 0;
        long profit = positions.profit(i);
        int c = positions.currency[i];
        long before = positions.values[i];
        long equity = positions.equity(c);
        positions.move(tsNanos, i, Math.subtractExact(lots, positions.lots[i]));
        positions.marks[i] = mark;
        long change = Math.subtractExact(positions.worth[i].units(lots, mark), before);
        int against = positions.paid[i]
                ? Accounts.ofCurrency(c, Accounts.ROUNDING)
                : accounts.ofInstrument(i, Accounts.COMMITMENT);
        accounts.post(tsNanos, accounts.ofInstrument(i, Accounts.COST), against, change);
        positions.revalue(i, profit);
        margin.renew(i);
        trips.rescaled(i, newUnits, oldUnits);
        if (positions.paid[i]) {
            trips.gained(i, change);
        }
        check(i, positions.equity(c) - equity, positions.paid[i] ? change : 0, 0);
    }

    /** Books the parts of a fill and returns its signed value. A fill through zero is two. */
    private long book(long tsNanos, int i, long filled, long ticks, long fee, long slipped) {
        long held = positions.lots[i];
        if (held == 0 || (held > 0) == (filled > 0)) {
            trips.costs(i, fee, slipped);
            return open(tsNanos, i, filled, ticks);
        }
        if (Math.abs(filled) <= Math.abs(held)) {
            trips.costs(i, fee, slipped);
            return close(tsNanos, i, filled, ticks);
        }
        long feeOfClose = FixedPoint.multiplyDivide(fee, Math.abs(held), Math.abs(filled));
        long slippedOfClose = FixedPoint.multiplyDivide(slipped, Math.abs(held), Math.abs(filled));
        long closed = book(tsNanos, i, -held, ticks, feeOfClose, slippedOfClose);
        long opened = book(tsNanos, i, filled + held, ticks, fee - feeOfClose, slipped - slippedOfClose);
        return Math.addExact(closed, opened);
    }

    /** Where the cost of a position is taken from: cash if it is paid, else a promise. */
    private int source(int i) {
        return positions.paid[i]
                ? Accounts.ofCurrency(positions.currency[i], Accounts.CASH)
                : accounts.ofInstrument(i, Accounts.COMMITMENT);
    }

    private long open(long tsNanos, int i, long added, long ticks) {
        long value = positions.worth[i].units(added, ticks);
        accounts.post(tsNanos, accounts.ofInstrument(i, Accounts.COST), source(i), value);
        positions.move(tsNanos, i, added);
        margin.opened(tsNanos, i, value);
        trips.opened(i, tsNanos, added, value, ticks);
        return value;
    }

    private long close(long tsNanos, int i, long removed, long ticks) {
        long value = positions.worth[i].units(removed, ticks);
        long held = positions.lots[i];
        long cost = positions.cost(i);
        long costPart = removed == -held ? cost : FixedPoint.multiplyDivide(cost, Math.abs(removed), Math.abs(held));
        long gain = Math.negateExact(Math.addExact(value, costPart));
        long correction = positions.worth[i].isInverse() ? correction(i, removed, ticks, value, costPart) : 0;
        margin.closing(tsNanos, i, removed);
        int cash = Accounts.ofCurrency(positions.currency[i], Accounts.CASH);
        accounts.post(tsNanos, source(i), accounts.ofInstrument(i, Accounts.COST), costPart);
        accounts.post(tsNanos, cash, accounts.ofInstrument(i, Accounts.REALISED), gain);
        accounts.post(tsNanos, cash, Accounts.ofCurrency(positions.currency[i], Accounts.ROUNDING), correction);
        rounding += correction;
        positions.move(tsNanos, i, removed);
        trips.closed(i, removed, value, Math.addExact(gain, correction), ticks);
        if (positions.lots[i] == 0) {
            trips.flat(i, tsNanos);
        }
        return value;
    }

    /**
     * The profit of a fill is rounded once, half to even; value and cost share were rounded each for itself. This is the
     * difference, -1, 0 or 1 money unit.
     */
    private long correction(int i, long removed, long ticks, long value, long costPart) {
        long held = Math.abs(positions.lots[i]);
        if (Math.abs(removed) == held) {
            return 0;
        }
        double beyond = positions.worth[i].residue(removed, ticks, value)
                + (positions.cost(i) * Math.abs(removed) - costPart * held) / (double) held;
        boolean odd = ((value + costPart) & 1) != 0;
        if (Math.abs(beyond) > 0.5 || (Math.abs(beyond) == 0.5 && odd)) {
            return beyond > 0 ? -1 : 1;
        }
        return 0;
    }
}
