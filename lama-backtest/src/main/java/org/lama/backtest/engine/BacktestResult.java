package org.lama.backtest.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lama.backtest.ledger.Journal;
import org.lama.backtest.ledger.Ledger;
import org.lama.backtest.ledger.RoundTrip;
import org.lama.backtest.order.Fill;
import org.lama.backtest.order.FixedPoint;
import org.lama.backtest.order.OrderEvent;
import org.lama.backtest.order.Scale;
import org.lama.core.base.Api;
import org.lama.core.base.Tabular;
import org.lama.core.series.TimeIndex;

/**
 * What a run did: equity per bar, fills, round trips and what they cost. Money is in quote currency; floating-point
 * figures are views of fixed-point books. Arrays are copied on the way out. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class BacktestResult implements Tabular {
    private final MarketTape tape;
    private final EngineSettings settings;
    private final List<Account> accounts;
    private final Ledger ledger;
    private final FillLog fills;
    private final List<OrderEvent> exceptions;
    private final List<RoundTrip> roundTrips;
    private final TimeIndex closes;
    private final double[] equity;
    private final double[] cash;
    private final double[] gross;
    private final double[] net;

    BacktestResult(MarketTape tape, EngineSettings settings, List<Account> accounts) {
        this.tape = tape;
        this.settings = settings;
        this.accounts = List.copyOf(accounts);
        Account first = accounts.get(0);
        this.ledger = first.ledger;
        this.fills = first.fills;
        this.exceptions = List.copyOf(first.exceptions);
        this.roundTrips = ledger.roundTrips(tape.symbols);
        this.equity = first.equity;
        this.cash = first.cash;
        this.gross = first.gross;
        this.net = first.net;
        long[] times = tape.grid.clone();
        for (int i = 0; i < times.length; i++) {
            times[i] += tape.barNanos;
        }
        this.closes = TimeIndex.of(times);
    }

    /**
     * The times of all per-bar figures: the CLOSE of each bar of the union of all symbols' times.
     *
     * @return strictly increasing
     */
    public TimeIndex times() {
        return closes;
    }

    /**
     * The symbols in the order of the data.
     *
     * @return at least one
     */
    public List<String> symbols() {
        return tape.symbols;
    }

    /**
     * Ticks and lots of a symbol, which turn its fills into prices and quantities.
     *
     * @param symbol position of the symbol
     * @return the scale of the run
     */
    public Scale scale(int symbol) {
        return tape.scales[symbol];
    }

    /**
     * The settings of the run.
     *
     * @return settings
     */
    public EngineSettings settings() {
        return settings;
    }

    /**
     * Equity at each close, positions at their last prices.
     *
     * @return one value per bar, a copy
     */
    public double[] equity() {
        return equity.clone();
    }

    /**
     * Cash at each close.
     *
     * @return one value per bar, a copy
     */
    public double[] cash() {
        return cash.clone();
    }

    /**
     * Sum of the absolute position values as a share of equity at each close, 0 where equity is not above 0.
     *
     * @return one value per bar, a copy
     */
    public double[] exposure() {
        return gross.clone();
    }

    /**
     * Long less short positions as a share of equity at each close, 0 where equity is not above 0.
     *
     * @return one value per bar, a copy
     */
    public double[] netExposure() {
        return net.clone();
    }

    /**
     * Equity at the end, exactly.
     *
     * @return money units of 10^-8; the capital if there was no bar
     */
    public long endEquityUnits() {
        return ledger.equityUnits();
    }

    /**
     * Price P&amp;L of closed lots before fees, slippage included.
     *
     * @return one value per symbol
     */
    public double[] realisedPnl() {
        double[] pnl = new double[tape.symbols.size()];
        Arrays.setAll(pnl, i -> money(ledger.realisedUnits(i)));
        return pnl;
    }

    /**
     * Price P&amp;L of the lots still held at the end, before fees.
     *
     * @return one value per symbol
     */
    public double[] unrealisedPnl() {
        double[] pnl = new double[tape.symbols.size()];
        Arrays.setAll(pnl, i -> money(ledger.unrealisedUnits(i)));
        return pnl;
    }

    /**
     * Finished positions in the order of their exits.
     *
     * @return from open to flat
     */
    public List<RoundTrip> roundTrips() {
        return roundTrips;
    }

    /**
     * All fills, forced exits included, in the order of booking.
     *
     * @return made on each call, O(n)
     */
    public List<Fill> fills() {
        List<Fill> list = new ArrayList<>(fills.size());
        for (int i = 0; i < fills.size(); i++) {
            list.add(fills.fill(i));
        }
        return list;
    }

    /**
     * Number of fills, forced exits included.
     *
     * @return at least 0
     */
    public int fillCount() {
        return fills.size();
    }

    /**
     * Orders that ended without a trade and positions that were closed without an order.
     *
     * @return in the order of their times
     */
    public List<OrderEvent> exceptions() {
        return exceptions;
    }

    /**
     * All fees.
     *
     * @return in quote currency
     */
    public double totalFees() {
        return money(ledger.feeUnits());
    }

    /**
     * What slippage and delisting haircuts cost against the reference prices; a part of the price P&amp;L.
     *
     * @return in quote currency, at least 0
     */
    public double slippageCost() {
        return money(ledger.slippageUnits());
    }

    /**
     * Sum of the absolute notionals of all fills.
     *
     * @return in quote currency
     */
    public double tradedNotional() {
        return money(ledger.tradedUnits());
    }

    /**
     * Traded notional, both sides, over mean equity, for the whole run.
     *
     * @return at least 0; NaN without bars
     */
    public double turnover() {
        double sum = 0;
        for (double value : equity) {
            sum += value;
        }
        return tradedNotional() / (sum / equity.length);
    }

    /**
     * All entries of the books.
     *
     * @return the journal
     */
    public Journal journal() {
        return ledger.journal();
    }

    /**
     * Recomputes every balance from the journal alone.
     *
     * @return the accounts that differ, empty if all agree
     */
    public List<String> audit() {
        return ledger.audit();
    }

    /**
     * What an account of the journal is called.
     *
     * @param account number of the account
     * @return for example {@code cash USD}
     */
    public String accountName(int account) {
        return ledger.accountName(account);
    }

    /** The books themselves, for tests. */
    Ledger ledger() {
        return ledger;
    }

    @Override
    public List<Column> columns() {
        List<Instant> times = new ArrayList<>();
        for (int i = 0; i < closes.size(); i++) {
            times.add(TimeIndex.instant(closes.at(i)));
        }
        return List.of(
                new Column("time", times),
                new Column("equity", boxed(equity)),
                new Column("cash", boxed(cash)),
                new Column("exposure", boxed(gross)));
    }

    private static List<Double> boxed(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }

    private static double money(long units) {
        return FixedPoint.toDouble(units, FixedPoint.MONEY_DECIMALS);
    }
}
