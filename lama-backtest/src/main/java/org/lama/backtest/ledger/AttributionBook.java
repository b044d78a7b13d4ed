package org.lama.backtest.ledger;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lama.backtest.order.FixedPoint;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * Whose profit it is: per strategy and instrument a position of its own with cost, realised profit, funding and
 * slippage, and per strategy and currency the fees. The book follows a {@link Ledger}: after each of its events exactly
 * one method here is called, which gives what has changed in the ledger to the strategy that traded, or to all that hold
 * the instrument. So the strategies sum to the account to the unit, whatever the event was; what a division leaves over
 * falls to the later strategy of the list.
 *
 * <p>Strategies may hold opposite positions; the account holds the net, and funding passes between them.
 *
 * <p>Mutable, single-threaded; O(strategies + currencies) per event, allocates nothing but for finished trips.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class AttributionBook {
    private static final int LOTS = 0;
    private static final int COST = 1;
    private static final int REALISED = 2;
    private static final int FUNDING = 3;
    private static final int SLIPPAGE = 4;
    private static final int TRADED = 5;
    private static final int COLUMNS = 6;
    private static final int FEES = 0;
    private static final int INSURANCE = 1;
    private static final int ROUNDING = 2;
    private static final int KINDS = 3;
    private static final int[] ACCOUNTS = {Accounts.FEES, Accounts.INSURANCE, Accounts.ROUNDING};

    private final Ledger ledger;
    private final Positions positions;
    private final List<String> strategies;
    private final int instruments;
    private final int currencies;
    /** Row of strategy s and instrument i: s · instruments + i; the account's own row, as last seen, comes after all. */
    private final long[] cells;
    /** Row of strategy s and currency c: s · currencies + c; the account's own row comes after all. */
    private final long[] money;

    private final TripBook trips;

    private AttributionBook(Ledger ledger, List<String> strategies) {
        this.ledger = ledger;
        this.strategies = List.copyOf(strategies);
        Check.that(!strategies.isEmpty(), "strategies must not be empty");
        Check.that(
                strategies.stream().distinct().count() == strategies.size(),
                "strategies must have different names, got " + strategies);
        Check.that(ledger.journal().size() == 0 || untraded(ledger), "attribution must begin before the first fill");
        positions = ledger.positions();
        instruments = positions.size();
        currencies = ledger.currencies().size();
        cells = new long[(strategies.size() + 1) * instruments * COLUMNS];
        money = new long[(strategies.size() + 1) * currencies * KINDS];
        trips = new TripBook(strategies.size() * instruments, 64);
    }

    private static boolean untraded(Ledger ledger) {
        boolean none = true;
        for (int i = 0; i < ledger.contracts().size(); i++) {
            none &= ledger.tradedUnits(i) == 0;
        }
        return none;
    }

    /**
     * A book that begins with a ledger.
     *
     * @param ledger without any fill yet
     * @param strategies their names, at least one, all different
     * @return the book
     */
    public static AttributionBook of(Ledger ledger, List<String> strategies) {
        return new AttributionBook(ledger, strategies);
    }

    /**
     * After {@link Ledger#fill}: the fill, its fee and its slippage were of one strategy.
     *
     * @param tsNanos when, UTC epoch nanoseconds
     * @param strategy position in the list of strategies
     * @param instrument position in the list of contracts
     */
    public void filled(long tsNanos, int strategy, int instrument) {
        Check.inRange(strategy, 0, strategies.size() - 1, "strategy");
        long slipped = since(instrument, SLIPPAGE, ledger.slippageUnits(instrument));
        long traded = since(instrument, TRADED, ledger.tradedUnits(instrument));
        cells[cell(strategy, instrument) + SLIPPAGE] += slipped;
        cells[cell(strategy, instrument) + TRADED] += traded;
        long fee = 0;
        int own = positions.currency[instrument];
        for (int c = 0; c < currencies; c++) {
            for (int kind = 0; kind < KINDS; kind++) {
                long change = sinceMoney(c, kind);
                money[row(strategy, c) + kind] += change;
                if (kind == FEES && c == own) {
                    fee = change;
                } else if (kind == FEES && change != 0) {
                    trips.unknownFee(slot(strategy, instrument));
                } else if (change != 0) {
                    trips.gained(slot(strategy, instrument), change);
                }
            }
        }
        trade(
                tsNanos,
                strategy,
                instrument,
                sinceLots(instrument),
                sinceValue(instrument),
                fee,
                slipped,
                ledger.lastTicks());
    }

    /**
     * After {@link Ledger#funding}: each position pays or receives on its own value.
     *
     * @param instrument position in the list of contracts
     * @param rate the same as given to the ledger
     * @param markTicks the same as given to the ledger
     */
    public void funded(int instrument, double rate, long markTicks) {
        long fixed = RateTable.signed(rate);
        long lots = 0;
        long before = 0;
        long total = since(instrument, FUNDING, ledger.fundingUnits(instrument));
        for (int s = 0; s < strategies.size(); s++) {
            int at = cell(s, instrument);
            lots += cells[at + LOTS];
            long value = Math.abs(lots == 0 ? 0 : positions.worth[instrument].units(lots, markTicks));
            long upTo = Long.signum(lots) * RateTable.times(value, fixed);
            cells[at + FUNDING] = Math.addExact(cells[at + FUNDING], upTo - before);
            trips.funded(slot(s, instrument), upTo - before);
            before = upTo;
        }
        if (before != total) {
            throw Accounts.broken("funding of the strategies is " + before + ", of the account " + total);
        }
    }

    /**
     * After {@link Ledger#liquidate}, {@link Ledger#deleverage}, {@link Ledger#settle}, and after a fill that nobody
     * ordered: what the account gave up is shared by lots, fee and insurance by absolute lots. If the account held
     * nothing, positions of the strategies that cancel out end against each other at the price.
     *
     * @param tsNanos when, UTC epoch nanoseconds
     * @param instrument position in the list of contracts
     * @param priceTicks price of the event
     */
    public void closed(long tsNanos, int instrument, long priceTicks) {
        long[] held = holdings(instrument);
        long before = cells[cell(strategies.size(), instrument) + LOTS];
        long change = sinceLots(instrument);
        long value = sinceValue(instrument);
        long[] absolute = absolute(held);
        long[] fees = shareMoney(instrument, absolute);
        long[] lots = before == 0 ? negated(held) : shares(change, held, before);
        long[] slipped = shares(since(instrument, SLIPPAGE, ledger.slippageUnits(instrument)), absolute, sum(absolute));
        since(instrument, TRADED, ledger.tradedUnits(instrument));
        long lotsUpTo = 0;
        long valueUpTo = 0;
        for (int s = 0; s < held.length; s++) {
            lotsUpTo += lots[s];
            long upTo = lotsUpTo == 0 ? 0 : positions.worth[instrument].units(lotsUpTo, priceTicks);
            cells[cell(s, instrument) + SLIPPAGE] += slipped[s];
            cells[cell(s, instrument) + TRADED] += Math.abs(upTo - valueUpTo);
            if (lots[s] != 0) {
                trade(tsNanos, s, instrument, lots[s], upTo - valueUpTo, fees[s], slipped[s], priceTicks);
            }
            valueUpTo = upTo;
        }
        if (valueUpTo != value) {
            throw Accounts.broken(
                    "the strategies gave up " + valueUpTo + " at " + priceTicks + " ticks, the account " + value);
        }
    }

    /**
     * After {@link Ledger#redenominate}: every position gets the new units.
     *
     * @param tsNanos when, UTC epoch nanoseconds
     * @param instrument position in the list of contracts
     * @param newUnits the same as given to the ledger
     * @param oldUnits the same as given to the ledger
     */
    public void redenominated(long tsNanos, int instrument, long newUnits, long oldUnits) {
        long[] held = holdings(instrument);
        if (ledger.lots(instrument) == 0 && cells[cell(held.length, instrument) + LOTS] != 0) {
            // too small for the new units: the ledger closed the position at its mark, which it then renewed
            closedAt(tsNanos, instrument, held);
            return;
        }
        sinceLots(instrument);
        long[] absolute = absolute(held);
        long[] values = shares(sinceValue(instrument), absolute, sum(absolute));
        shareMoney(instrument, absolute);
        long upTo = 0;
        long done = 0;
        for (int s = 0; s < held.length; s++) {
            upTo += held[s];
            long now = FixedPoint.multiplyDivide(upTo, newUnits, oldUnits);
            int at = cell(s, instrument);
            cells[at + LOTS] = now - done;
            cells[at + COST] = Math.addExact(cells[at + COST], values[s]);
            trips.rescaled(slot(s, instrument), newUnits, oldUnits);
            done = now;
        }
    }

    /** What the account gave up for all, shared by lots; no price is known any more. */
    private void closedAt(long tsNanos, int instrument, long[] held) {
        long[] absolute = absolute(held);
        long[] values = shares(sinceValue(instrument), absolute, sum(absolute));
        long[] fees = shareMoney(instrument, absolute);
        sinceLots(instrument);
        since(instrument, TRADED, ledger.tradedUnits(instrument));
        for (int s = 0; s < held.length; s++) {
            if (held[s] != 0) {
                trade(tsNanos, s, instrument, -held[s], values[s], fees[s], 0, TripBook.NO_TICKS);
            }
        }
    }

    private void trade(long tsNanos, int s, int i, long change, long value, long fee, long slipped, long ticks) {
        int at = cell(s, i);
        long held = cells[at + LOTS];
        if (held != 0 && (held > 0) != (change > 0) && Math.abs(change) > Math.abs(held)) {
            long closing = FixedPoint.multiplyDivide(value, Math.abs(held), Math.abs(change));
            long feeOfClose = FixedPoint.multiplyDivide(fee, Math.abs(held), Math.abs(change));
            long slippedOfClose = FixedPoint.multiplyDivide(slipped, Math.abs(held), Math.abs(change));
            trade(tsNanos, s, i, -held, closing, feeOfClose, slippedOfClose, ticks);
            trade(tsNanos, s, i, change + held, value - closing, fee - feeOfClose, slipped - slippedOfClose, ticks);
            return;
        }
        trips.costs(slot(s, i), fee, slipped);
        cells[at + LOTS] = Math.addExact(held, change);
        if (held == 0 || (held > 0) == (change > 0)) {
            cells[at + COST] = Math.addExact(cells[at + COST], value);
            trips.opened(slot(s, i), tsNanos, change, value, ticks);
            return;
        }
        long part = change == -held
                ? cells[at + COST]
                : FixedPoint.multiplyDivide(cells[at + COST], Math.abs(change), Math.abs(held));
        long gain = Math.negateExact(Math.addExact(value, part));
        cells[at + COST] -= part;
        cells[at + REALISED] = Math.addExact(cells[at + REALISED], gain);
        trips.closed(slot(s, i), change, value, gain, ticks);
        if (cells[at + LOTS] == 0) {
            trips.flat(slot(s, i), tsNanos);
        }
    }

    /** Fees, insurance and rounding since the last event, by weights; returns the fees in the settlement currency. */
    private long[] shareMoney(int instrument, long[] weights) {
        long[] fees = new long[weights.length];
        for (int c = 0; c < currencies; c++) {
            for (int kind = 0; kind < KINDS; kind++) {
                long[] part = shares(sinceMoney(c, kind), weights, sum(weights));
                for (int s = 0; s < part.length; s++) {
                    money[row(s, c) + kind] += part[s];
                    if (kind != FEES) {
                        trips.gained(slot(s, instrument), part[s]);
                    } else if (c == positions.currency[instrument]) {
                        fees[s] = part[s];
                    }
                }
            }
        }
        return fees;
    }

    /** Rounds the running sums, so that the parts sum to the total. */
    private static long[] shares(long total, long[] weights, long sum) {
        long[] out = new long[weights.length];
        if (sum == 0 || total == 0) {
            return out;
        }
        long upTo = 0;
        long done = 0;
        for (int s = 0; s < out.length; s++) {
            upTo += weights[s];
            long part = FixedPoint.multiplyDivide(sum > 0 ? total : -total, upTo, Math.abs(sum));
            out[s] = part - done;
            done = part;
        }
        return out;
    }

    private static long sum(long[] values) {
        long sum = 0;
        for (long value : values) {
            sum = Math.addExact(sum, value);
        }
        return sum;
    }

    private static long[] absolute(long[] values) {
        long[] out = new long[values.length];
        Arrays.setAll(out, s -> Math.abs(values[s]));
        return out;
    }

    private static long[] negated(long[] values) {
        long[] out = new long[values.length];
        Arrays.setAll(out, s -> -values[s]);
        return out;
    }

    private long[] holdings(int instrument) {
        long[] out = new long[strategies.size()];
        Arrays.setAll(out, s -> cells[cell(s, instrument) + LOTS]);
        return out;
    }

    private int slot(int strategy, int instrument) {
        return strategy * instruments + instrument;
    }

    private int cell(int strategy, int instrument) {
        return slot(strategy, instrument) * COLUMNS;
    }

    private int row(int strategy, int currency) {
        return (strategy * currencies + currency) * KINDS;
    }

    /** What a figure of the account has grown by since it was last asked for. */
    private long since(int instrument, int column, long now) {
        int at = cell(strategies.size(), instrument) + column;
        long change = Math.subtractExact(now, cells[at]);
        cells[at] = now;
        return change;
    }

    private long sinceLots(int instrument) {
        return since(instrument, LOTS, ledger.lots(instrument));
    }

    /** The signed value that went into the position: cost less realised profit. */
    private long sinceValue(int instrument) {
        long cost = since(instrument, COST, ledger.costUnits(instrument));
        return Math.subtractExact(cost, since(instrument, REALISED, ledger.realisedUnits(instrument)));
    }

    private long sinceMoney(int currency, int kind) {
        long balance = positions.accounts.currencyBalance(currency, ACCOUNTS[kind]);
        long now = kind == FEES ? balance : -balance;
        int at = row(strategies.size(), currency) + kind;
        long change = Math.subtractExact(now, money[at]);
        money[at] = now;
        return change;
    }

    /**
     * The names.
     *
     * @return in their given order
     */
    public List<String> strategies() {
        return strategies;
    }

    /**
     * What a strategy holds.
     *
     * @param strategy position in the list of strategies
     * @param instrument position in the list of contracts
     * @return lots, negative if short
     */
    public long lots(int strategy, int instrument) {
        return cells[cell(strategy, instrument) + LOTS];
    }

    /**
     * The cost of what a strategy holds.
     *
     * @param strategy position in the list of strategies
     * @param instrument position in the list of contracts
     * @return money units of the settlement currency
     */
    public long costUnits(int strategy, int instrument) {
        return cells[cell(strategy, instrument) + COST];
    }

    /**
     * The value of what a strategy holds, at the ledger's mark. O(strategies).
     *
     * @param strategy position in the list of strategies
     * @param instrument position in the list of contracts
     * @return money units; over all strategies they sum to the account's
     */
    public long valueUnits(int strategy, int instrument) {
        long before = 0;
        for (int s = 0; s < strategy; s++) {
            before += lots(s, instrument);
        }
        return valueUpTo(before + lots(strategy, instrument), instrument) - valueUpTo(before, instrument);
    }

    private long valueUpTo(long lots, int instrument) {
        return lots == 0 ? 0 : positions.worth[instrument].units(lots, positions.marks[instrument]);
    }

    /**
     * Price P&amp;L of the lots that a strategy has closed.
     *
     * @param strategy position in the list of strategies
     * @param instrument position in the list of contracts
     * @return money units; the account, which nets positions, may realise at other times
     */
    public long realisedUnits(int strategy, int instrument) {
        return cells[cell(strategy, instrument) + REALISED];
    }

    /**
     * Price P&amp;L of the lots that a strategy holds.
     *
     * @param strategy position in the list of strategies
     * @param instrument position in the list of contracts
     * @return money units
     */
    public long unrealisedUnits(int strategy, int instrument) {
        return Math.subtractExact(valueUnits(strategy, instrument), costUnits(strategy, instrument));
    }

    /**
     * Funding that a strategy has paid, less what it received.
     *
     * @param strategy position in the list of strategies
     * @param instrument position in the list of contracts
     * @return money units
     */
    public long fundingUnits(int strategy, int instrument) {
        return cells[cell(strategy, instrument) + FUNDING];
    }

    /**
     * Sum of the absolute notionals that a strategy has traded, against others of the list too.
     *
     * @param strategy position in the list of strategies
     * @param instrument position in the list of contracts
     * @return money units
     */
    public long tradedUnits(int strategy, int instrument) {
        return cells[cell(strategy, instrument) + TRADED];
    }

    /**
     * What a strategy has earned in a currency, term by term; capital and conversions belong to the account alone and
     * are 0 here. Over all strategies every other term sums exactly to that of {@link Ledger#split(String)}.
     *
     * @param strategy position in the list of strategies
     * @param currency upper-case name
     * @return the terms; {@link ProfitSplit#equity()} is the strategy's profit
     */
    public ProfitSplit split(int strategy, String currency) {
        int c = ledger.currency(currency);
        long price = 0;
        long slipped = 0;
        long funding = 0;
        for (int i = 0; i < instruments; i++) {
            if (positions.currency[i] == c) {
                price = Math.addExact(price, realisedUnits(strategy, i) + unrealisedUnits(strategy, i));
                slipped += cells[cell(strategy, i) + SLIPPAGE];
                funding += fundingUnits(strategy, i);
            }
        }
        int row = row(strategy, c);
        return new ProfitSplit(
                currency,
                0,
                price,
                slipped,
                money[row + FEES],
                funding,
                0,
                money[row + INSURANCE],
                money[row + ROUNDING]);
    }

    /**
     * The finished round trips of all strategies, each with its name, in the order of their exits.
     *
     * @param symbols name of each instrument
     * @return the trips
     */
    public List<RoundTrip> roundTrips(List<String> symbols) {
        Check.that(symbols.size() == instruments, "symbols must have " + instruments + " names");
        return trips.list(symbols, positions.worth, strategies);
    }

    /**
     * Compares the sums over all strategies with the account. O(strategies² · instruments).
     *
     * @return what differs, empty if all agree
     */
    public List<String> audit() {
        List<String> differ = new ArrayList<>();
        for (int i = 0; i < instruments; i++) {
            long lots = sum(holdings(i));
            if (lots != ledger.lots(i)) {
                differ.add("lots of " + ledger.contracts().get(i).id() + ": strategies " + lots + ", account "
                        + ledger.lots(i));
            }
        }
        for (String currency : ledger.currencies()) {
            ProfitSplit all = ledger.split(currency);
            long[] mine = new long[6];
            for (int s = 0; s < strategies.size(); s++) {
                ProfitSplit own = split(s, currency);
                long[] terms = terms(own);
                Arrays.setAll(mine, k -> mine[k] + terms[k]);
            }
            if (!Arrays.equals(mine, terms(all))) {
                differ.add(currency + ": strategies " + Arrays.toString(mine) + ", account "
                        + Arrays.toString(terms(all)));
            }
        }
        return differ;
    }

    private static long[] terms(ProfitSplit split) {
        return new long[] {
            split.price(), split.slippage(), split.fees(), split.funding(), split.insurance(), split.rounding()
        };
    }
}
