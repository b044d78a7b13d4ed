package org.lama.backtest.ledger;

import org.lama.backtest.order.FixedPoint;
import org.lama.backtest.order.FixedPoint.Rounding;
import org.lama.core.base.Check;
import org.lama.core.market.Contract;
import org.lama.core.market.Instrument.Kind;
import org.lama.core.market.MarginTiers;

/**
 * What positions must and may stand on: initial and maintenance margin, what is set aside, when a liquidation is due and
 * at which price. Single-threaded; O(1) but where said.
 */
final class MarginBook {
    private static final double UNIT = 1e8;
    private static final double PER_UNIT = 1e-8;
    private static final int TRIES = 64;

    private final Positions positions;
    private final Accounts accounts;
    private final AccountMode mode;
    private final boolean guarded;
    private final MarginTiers[] tiers;
    private final double[] leverage;
    /** Maintenance margin of each position at its mark, and their sum per currency where they share one account. */
    private final long[] required;

    private final long[] requiredTotal;
    private final long[] setAside;

    MarginBook(Positions positions, LedgerSettings settings) {
        this.positions = positions;
        accounts = positions.accounts;
        mode = settings.mode();
        guarded = mode == AccountMode.ISOLATED || mode == AccountMode.CROSS;
        leverage = new double[positions.size()];
        tiers = new MarginTiers[leverage.length];
        for (int i = 0; i < leverage.length; i++) {
            tiers[i] = positions.contracts[i].margin();
            leverage[i] = Math.min(settings.leverage(), tiers[i].maxLeverage());
        }
        required = new long[leverage.length];
        requiredTotal = new long[accounts.currencies.size()];
        setAside = new long[accounts.currencies.size()];
    }

    boolean guarded() {
        return guarded;
    }

    boolean isolated(int i) {
        return mode == AccountMode.ISOLATED && !positions.paid[i];
    }

    double leverage(int i) {
        return leverage[i];
    }

    void leverage(int i, double times) {
        MarginTiers table = tiers[i];
        Check.that(
                times >= 1 && times <= table.maxLeverage(),
                "leverage must be in [1, " + table.maxLeverage() + "], got " + times);
        Check.that(positions.lots[i] == 0, "leverage of an open position cannot be changed; move margin instead");
        leverage[i] = times;
    }

    /** Renews the maintenance margin after a mark or a change of the position. */
    void renew(int i) {
        long held = positions.lots[i];
        long now = 0;
        if (held != 0) {
            // of what is not paid the value has just been renewed
            long notional = positions.paid[i] ? notional(i, held, positions.marks[i]) : Math.abs(positions.values[i]);
            now = (long) Math.rint(tiers[i].maintenance(notional * PER_UNIT) * UNIT);
        }
        if (!isolated(i)) {
            int c = positions.currency[i];
            requiredTotal[c] = Math.addExact(requiredTotal[c], now - required[i]);
        }
        required[i] = now;
    }

    /** What margin is reckoned on: the value, for a short option its strike, for paid long positions nothing. */
    private long notional(int i, long lots, long ticks) {
        if (!positions.paid[i]) {
            return Math.abs(positions.worth[i].units(lots, ticks));
        }
        if (lots >= 0) {
            return 0;
        }
        Contract contract = positions.contracts[i];
        double unit = contract.option()
                .map(terms -> terms.inverse() ? 1 : terms.strike())
                .orElse(0.0);
        ContractValue worth = positions.worth[i];
        return Math.abs(worth.units(lots, unit == 0 ? ticks : worth.ticksOf(unit)));
    }

    long initial(int i, long lots, long ticks) {
        return lots == 0 ? 0 : (long) Math.ceil(notional(i, lots, ticks) / leverage[i]);
    }

    long maintenance(int i) {
        return required[i];
    }

    long maintenanceTotal(int currency) {
        return requiredTotal[currency];
    }

    /** What all positions without own margin stand on. */
    long shared(int currency) {
        return Math.addExact(accounts.assets(currency) - setAside[currency], positions.sharedProfit(currency));
    }

    boolean due(int i) {
        if (!guarded || required[i] == 0) {
            return false;
        }
        return isolated(i)
                ? accounts.instrumentBalance(i, Accounts.MARGIN) + positions.profit(i) <= required[i]
                : accountDue(positions.currency[i]);
    }

    boolean accountDue(int currency) {
        return requiredTotal[currency] != 0 && shared(currency) <= requiredTotal[currency];
    }

    /** Initial margin of all positions on the shared account. O(instruments). */
    long initialTotal(int currency) {
        long sum = 0;
        for (int k = 0; k < leverage.length; k++) {
            if (positions.currency[k] == currency && positions.lots[k] != 0 && !isolated(k)) {
                sum = Math.addExact(sum, initial(k, positions.lots[k], positions.marks[k]));
            }
        }
        return sum;
    }

    /** What a new position of an instrument may use. O(instruments) with margin, else O(1). */
    long free(int i) {
        int c = positions.currency[i];
        long cash = accounts.currencyBalance(c, Accounts.CASH);
        if (!guarded) {
            return cash;
        }
        return mode == AccountMode.ISOLATED || positions.paid[i]
                ? Math.min(cash, shared(c) - initialTotal(c))
                : shared(c) - initialTotal(c);
    }

    boolean canOpen(int i, long filled, long ticks, long feeUnits) {
        long held = positions.lots[i];
        long after = Math.addExact(held, filled);
        boolean reduces = held > 0 ? after >= 0 && after < held : held < 0 && after <= 0 && after > held;
        if (positions.paid[i]) {
            return canPay(i, filled, ticks, feeUnits, after, reduces);
        }
        if (mode == AccountMode.CASH) {
            return false;
        }
        if (!guarded || reduces || after == 0) {
            return true;
        }
        return mode == AccountMode.ISOLATED
                ? canSetAside(i, filled, ticks, feeUnits, after)
                : canShare(i, filled, ticks, feeUnits, after);
    }

    private boolean canPay(int i, long filled, long ticks, long feeUnits, long after, boolean reduces) {
        if (after < 0
                && (mode == AccountMode.CASH
                        || positions.contracts[i].instrument().kind() == Kind.SPOT)) {
            return false;
        }
        if (mode == AccountMode.CREDIT) {
            return true;
        }
        long spent = Math.addExact(positions.worth[i].units(filled, ticks), feeUnits);
        long cash = Math.subtractExact(accounts.currencyBalance(positions.currency[i], Accounts.CASH), spent);
        if (spent > 0 && cash < 0) {
            return false;
        }
        return after >= 0 || reduces || canShare(i, filled, ticks, feeUnits, after);
    }

    private boolean canSetAside(int i, long filled, long ticks, long feeUnits, long after) {
        long held = positions.lots[i];
        boolean turns = held != 0 && (held > 0) != (after > 0);
        long room = Math.subtractExact(free(i), feeUnits);
        if (turns) {
            long gain = Math.subtractExact(positions.worth[i].units(held, ticks), positions.cost(i));
            room = Math.addExact(room, Math.addExact(accounts.instrumentBalance(i, Accounts.MARGIN), gain));
        }
        return room >= initial(i, turns || held == 0 ? after : filled, ticks);
    }

    private boolean canShare(int i, long filled, long ticks, long feeUnits, long after) {
        int c = positions.currency[i];
        long mark = positions.marks[i] == 0 ? ticks : positions.marks[i];
        long slip = positions.worth[i].change(filled, ticks, mark);
        long equity = Math.subtractExact(Math.addExact(shared(c), slip), feeUnits);
        long others = initialTotal(c) - initial(i, positions.lots[i], mark);
        return equity >= Math.addExact(others, initial(i, after, mark));
    }

    /** Sets margin aside for lots just opened. */
    void opened(long tsNanos, int i, long notional) {
        if (isolated(i)) {
            move(tsNanos, i, (long) Math.ceil(Math.abs(notional) / leverage[i]));
        }
    }

    /** Releases the share of the lots about to be closed. */
    void closing(long tsNanos, int i, long removed) {
        if (isolated(i)) {
            long margin = accounts.instrumentBalance(i, Accounts.MARGIN);
            long held = positions.lots[i];
            move(
                    tsNanos,
                    i,
                    removed == -held ? -margin : -FixedPoint.multiplyDivide(margin, Math.abs(removed), Math.abs(held)));
        }
    }

    /** Between cash and the margin of a position. */
    void move(long tsNanos, int i, long units) {
        int c = positions.currency[i];
        accounts.post(tsNanos, accounts.ofInstrument(i, Accounts.MARGIN), Accounts.ofCurrency(c, Accounts.CASH), units);
        setAside[c] = Math.addExact(setAside[c], units);
    }

    /** Funding goes through the own margin of a position. */
    void fund(long tsNanos, int i, long units) {
        int c = positions.currency[i];
        int funding = accounts.ofInstrument(i, Accounts.FUNDING);
        if (isolated(i)) {
            accounts.post(tsNanos, funding, accounts.ofInstrument(i, Accounts.MARGIN), units);
            setAside[c] = Math.subtractExact(setAside[c], units);
        } else {
            accounts.post(tsNanos, funding, Accounts.ofCurrency(c, Accounts.CASH), units);
        }
    }

    /** What a liquidation at a price loses beyond what the position stands on; 0 if it does not. */
    long shortfall(int i, long ticks, long feeUnits) {
        if (!guarded) {
            return 0;
        }
        int c = positions.currency[i];
        long value = positions.worth[i].units(positions.lots[i], ticks);
        if (isolated(i)) {
            long gain = Math.subtractExact(Math.subtractExact(value, positions.cost(i)), feeUnits);
            return Math.max(0, -Math.addExact(accounts.instrumentBalance(i, Accounts.MARGIN), gain));
        }
        if (requiredTotal[c] != required[i]) {
            return 0;
        }
        long gain = Math.subtractExact(Math.subtractExact(value, positions.values[i]), feeUnits);
        return Math.max(0, -Math.addExact(shared(c), gain));
    }

    String refusal(int i, long filled, long ticks, long feeUnits) {
        String id = positions.contracts[i].id();
        long after = positions.lots[i] + filled;
        if (!positions.paid[i]) {
            return "margin of " + id + " does not suffice for " + filled + " lots at " + ticks + " ticks: free "
                    + free(i) + " money units, initial margin " + initial(i, after, ticks);
        }
        if (after < 0
                && (mode == AccountMode.CASH
                        || positions.contracts[i].instrument().kind() == Kind.SPOT)) {
            return "position of " + id + " must stay >= 0, but the fill would make it " + after + " lots";
        }
        int c = positions.currency[i];
        long cash = accounts.currencyBalance(c, Accounts.CASH) - positions.worth[i].units(filled, ticks) - feeUnits;
        return cash < 0
                ? "cash must stay >= 0, but the fill of " + id + " would make it "
                        + new Money(cash, accounts.currencies.get(c))
                : "margin of short " + id + " does not suffice for " + after + " lots: initial margin "
                        + initial(i, after, ticks);
    }

    /**
     * The price at which the liquidation of one position becomes due while all others stay at their marks, not rounded;
     * NaN if there is none. With W the money it stands on and d the tier's deduction: W + V − cost = rate · |V| − d.
     */
    double liquidationPrice(int i) {
        long held = positions.lots[i];
        if (!guarded || held == 0 || positions.paid[i]) {
            return Double.NaN;
        }
        double sign = Math.signum((double) positions.worth[i].units(held, Math.max(1, positions.marks[i])));
        MarginTiers table = tiers[i];
        double stake = stake(i) - (isolated(i) ? 0 : requiredTotal[positions.currency[i]] - required[i]);
        double base = sign * (positions.cost(i) - stake);
        double notional = Math.abs((double) positions.values[i]);
        for (int k = 0; k < TRIES; k++) {
            double next =
                    (base - sign * table.deduction(notional / UNIT) * UNIT) / (1 - sign * table.rate(notional / UNIT));
            if (next == notional) {
                break;
            }
            notional = Math.max(0, next);
        }
        return notional > 0 ? positions.worth[i].price((double) held, notional) : Double.NaN;
    }

    /** The price at which the stake is lost: W + V − cost = 0; NaN if there is none. */
    double bankruptcyPrice(int i) {
        long held = positions.lots[i];
        if (!guarded || held == 0 || positions.paid[i]) {
            return Double.NaN;
        }
        double sign = Math.signum((double) positions.worth[i].units(held, Math.max(1, positions.marks[i])));
        double notional = sign * (positions.cost(i) - stake(i));
        return notional > 0 ? positions.worth[i].price((double) held, notional) : Double.NaN;
    }

    /** The money that a position stands on, its own unrealised profit aside. */
    private double stake(int i) {
        return isolated(i)
                ? accounts.instrumentBalance(i, Accounts.MARGIN)
                : shared(positions.currency[i]) - (double) positions.profit(i);
    }

    /** The liquidation fee of a whole position at a price, rounded up. */
    long liquidationFee(int i, long ticks) {
        double notional = Math.abs((double) positions.worth[i].units(positions.lots[i], ticks)) / UNIT;
        return FixedPoint.fromDouble(notional * tiers[i].liquidationFee(), FixedPoint.MONEY_DECIMALS, Rounding.CEILING);
    }

    /** Recomputes what is set aside and required. */
    void audit(java.util.List<String> differ) {
        long[] aside = new long[setAside.length];
        long[] needed = new long[setAside.length];
        for (int i = 0; i < leverage.length; i++) {
            aside[positions.currency[i]] += accounts.instrumentBalance(i, Accounts.MARGIN);
            needed[positions.currency[i]] += isolated(i) ? 0 : required[i];
        }
        for (int c = 0; c < aside.length; c++) {
            if (aside[c] != setAside[c] || needed[c] != requiredTotal[c]) {
                differ.add("margin of " + accounts.currencies.get(c) + ": " + aside[c] + " and " + needed[c]
                        + ", carried " + setAside[c] + " and " + requiredTotal[c]);
            }
        }
    }
}
