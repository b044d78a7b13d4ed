package org.lama.backtest.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.lama.backtest.ledger.Journal;
import org.lama.backtest.ledger.Ledger;
import org.lama.backtest.ledger.RoundTrip;
import org.lama.backtest.order.Fill;
import org.lama.backtest.order.FixedPoint;
import org.lama.backtest.order.OrderEvent;
import org.lama.backtest.order.OrderEvent.Reason;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Issue;
import org.lama.core.base.Tabular;
import org.lama.core.market.Contract;
import org.lama.core.series.Provenance;
import org.lama.core.series.TimeIndex;

/**
 * What a run did: equity per bar, fills, round trips and what they cost, in total and for each strategy. Money is in the
 * reporting currency unless said otherwise; floating-point figures are views of fixed-point books. Arrays are copied on
 * the way out. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class BacktestResult implements Tabular {
    private final MarketTape tape;
    private final EngineSettings settings;
    private final List<Account> accounts;
    private final RunNotes notes;
    /** Made when they are first asked for; whoever comes second makes equal ones. */
    private @Nullable TimeIndex closes;

    private @Nullable List<RoundTrip> roundTrips;

    BacktestResult(MarketTape tape, EngineSettings settings, List<Account> accounts, RunNotes notes) {
        this.tape = tape;
        this.settings = settings;
        this.accounts = List.copyOf(accounts);
        this.notes = notes;
    }

    /**
     * Where profit came from: {@code equity − capital = price − slippage − haircut − fees − funding + rest}.
     *
     * @param price profit of all positions had every order filled at its reference price
     * @param slippage what slipped prices cost against their references
     * @param haircut what exits that a delisting or a new segment forced lost against the last price
     * @param fees paid, less rebates
     * @param funding paid, less received
     * @param rest what insurance bore, roundings and changes of conversion rates
     */
    public record Profit(double price, double slippage, double haircut, double fees, double funding, double rest) {
        /**
         * All of it.
         *
         * @return change of equity over the run
         */
        public double total() {
            return price - slippage - haircut - fees - funding + rest;
        }
    }

    /**
     * What one strategy made with one symbol; {@code realised + unrealised − fees − funding + insurance} over all symbols
     * is the change of the strategy's equity, to the unit while all is settled in one currency and no redenomination was rounded.
     *
     * @param strategy its name
     * @param symbol the symbol
     * @param realisedUnits price profit of closed lots, slippage included, in money units of the symbol's settlement
     *     currency, as all below
     * @param unrealisedUnits price profit of lots still held
     * @param feeUnits fees of its fills
     * @param slippageUnits a part of the price profit
     * @param fundingUnits funding paid
     * @param insuranceUnits what the venue bore of losses beyond the margin
     * @param fills number of fills
     */
    public record Attribution(
            String strategy,
            String symbol,
            long realisedUnits,
            long unrealisedUnits,
            long feeUnits,
            long slippageUnits,
            long fundingUnits,
            long insuranceUnits,
            int fills) {
        /**
         * What is left of it.
         *
         * @return money units
         */
        public long netUnits() {
            return realisedUnits + unrealisedUnits - feeUnits - fundingUnits + insuranceUnits;
        }
    }

    /**
     * The times of all per-bar figures: the CLOSE of each bar of the union of all symbols' times.
     *
     * @return strictly increasing
     */
    public TimeIndex times() {
        TimeIndex made = closes;
        if (made == null) {
            long[] times = tape.grid.copyRange(0, tape.grid.size());
            for (int i = 0; i < times.length; i++) {
                times[i] += tape.barNanos;
            }
            made = TimeIndex.of(times);
            closes = made;
        }
        return made;
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
     * The contracts on which they were traded, as given or inferred.
     *
     * @return one per symbol
     */
    public List<Contract> contracts() {
        return tape.contracts;
    }

    /**
     * Where the bars come from; {@link Provenance.Kind#SYNTHETIC} says nothing about any market.
     *
     * @return one per symbol
     */
    public List<Provenance> provenance() {
        List<Provenance> origins = new ArrayList<>();
        for (int s = 0; s < tape.scales.length; s++) {
            origins.add(tape.frame(s).provenance());
        }
        return origins;
    }

    /**
     * Whether any of the bars were generated.
     *
     * @return true if so
     */
    public boolean isSynthetic() {
        return provenance().stream().anyMatch(each -> each.kind() == Provenance.Kind.SYNTHETIC);
    }

    /**
     * The names of the strategies in the order of their book.
     *
     * @return at least one
     */
    public List<String> strategies() {
        return accounts.stream().map(each -> each.name).toList();
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
     * The currency of all figures.
     *
     * @return upper-case name
     */
    public String currency() {
        return tape.reporting;
    }

    /**
     * Capital at the start: what was shared out to the strategies.
     *
     * @return in reporting currency
     */
    public double capital() {
        return money(sum(each -> each.capitalUnits));
    }

    /**
     * Equity at each close, positions at their last prices.
     *
     * @return one value per bar, a copy
     */
    public double[] equity() {
        return columns(accounts).equity();
    }

    /**
     * Equity of one strategy at each close.
     *
     * @param strategy its name
     * @return one value per bar, a copy
     */
    public double[] equity(String strategy) {
        return columns(List.of(account(strategy))).equity();
    }

    /**
     * Cash at each close, without what is set aside as margin.
     *
     * @return one value per bar, a copy
     */
    public double[] cash() {
        return columns(accounts).cash();
    }

    /**
     * Sum of the absolute position values as a share of equity at each close, 0 where equity is not above 0. Positions of
     * two strategies are not netted.
     *
     * @return one value per bar, a copy
     */
    public double[] exposure() {
        return columns(accounts).exposure();
    }

    /**
     * Long less short positions as a share of equity at each close, 0 where equity is not above 0.
     *
     * @return one value per bar, a copy
     */
    public double[] netExposure() {
        return columns(accounts).netExposure();
    }

    private BarColumns columns(List<Account> of) {
        return new BarColumns(tape.grid.size(), of);
    }

    /**
     * Equity at the end, exactly.
     *
     * @return money units of 10^-8; the capital if there was no bar
     */
    public long endEquityUnits() {
        return sum(each -> each.ledger.equityUnits());
    }

    /**
     * Equity of one strategy at the end, exactly.
     *
     * @param strategy its name
     * @return money units of 10^-8; over all strategies they sum to {@link #endEquityUnits()}
     */
    public long endEquityUnits(String strategy) {
        return account(strategy).ledger.equityUnits();
    }

    /**
     * Price P&amp;L of closed lots before fees, slippage included.
     *
     * @return one value per symbol
     */
    public double[] realisedPnl() {
        return perSymbol(Ledger::realisedUnits);
    }

    /**
     * Price P&amp;L of the lots still held at the end, before fees.
     *
     * @return one value per symbol
     */
    public double[] unrealisedPnl() {
        return perSymbol(Ledger::unrealisedUnits);
    }

    private interface OfSymbol {
        long units(Ledger ledger, int symbol);
    }

    private double[] perSymbol(OfSymbol figure) {
        double[] pnl = new double[tape.symbols.size()];
        Arrays.setAll(pnl, s -> money(sum(each -> each.ledger.reportedUnits(s, figure.units(each.ledger, s)))));
        return pnl;
    }

    /**
     * Where the profit of the run came from.
     *
     * @return its parts
     */
    public Profit profit() {
        return profit(accounts);
    }

    /**
     * Where the profit of one strategy came from.
     *
     * @param strategy its name
     * @return its parts
     */
    public Profit profit(String strategy) {
        return profit(List.of(account(strategy)));
    }

    private Profit profit(List<Account> of) {
        ProfitSums sums = new ProfitSums();
        of.forEach(each -> sums.add(each, tape.scales.length));
        return new Profit(
                money(sums.priced + sums.slippage),
                money(sums.slippage - sums.haircut),
                money(sums.haircut),
                money(sums.fees),
                money(sums.funding),
                money(sums.rest()));
    }

    /**
     * What each strategy made with each symbol.
     *
     * @return strategies in their order, symbols in theirs
     */
    public List<Attribution> attribution() {
        List<Attribution> rows = new ArrayList<>();
        for (Account account : accounts) {
            for (int s = 0; s < tape.scales.length; s++) {
                rows.add(attribution(account, s));
            }
        }
        return rows;
    }

    private Attribution attribution(Account account, int symbol) {
        Ledger ledger = account.ledger;
        return new Attribution(
                account.name,
                tape.symbols.get(symbol),
                ledger.realisedUnits(symbol),
                ledger.unrealisedUnits(symbol),
                account.fills.feeUnitsOf(symbol),
                account.fills.slippageUnitsOf(symbol),
                ledger.fundingUnits(symbol),
                ledger.insuranceUnits(symbol),
                account.fills.countOf(symbol));
    }

    /**
     * Finished positions of all strategies in the order of their exits.
     *
     * @return from open to flat
     */
    public List<RoundTrip> roundTrips() {
        List<RoundTrip> made = roundTrips;
        if (made == null) {
            made = merged(this::trips, Comparator.comparingLong(RoundTrip::exitNanos));
            roundTrips = made;
        }
        return made;
    }

    private List<RoundTrip> trips(Account account) {
        List<RoundTrip> trips = account.ledger.roundTrips(tape.symbols);
        if (accounts.size() == 1) {
            return trips;
        }
        return trips.stream().map(each -> each.of(account.name)).toList();
    }

    /**
     * All fills, forced exits included, in the order of time.
     *
     * @return made on each call, O(n)
     */
    public List<Fill> fills() {
        return merged(BacktestResult::fills, Comparator.comparingLong(Fill::tsNanos));
    }

    /**
     * The fills of one strategy in the order of booking.
     *
     * @param strategy its name
     * @return made on each call, O(n)
     */
    public List<Fill> fills(String strategy) {
        return fills(account(strategy));
    }

    private static List<Fill> fills(Account account) {
        List<Fill> list = new ArrayList<>(account.fills.size());
        for (int i = 0; i < account.fills.size(); i++) {
            list.add(account.fills.fill(i));
        }
        return list;
    }

    /**
     * Number of fills, forced exits included.
     *
     * @return at least 0
     */
    public int fillCount() {
        return accounts.stream().mapToInt(each -> each.fills.size()).sum();
    }

    /**
     * Orders that ended without a trade and positions that were closed without an order.
     *
     * @return in the order of their times
     */
    public List<OrderEvent> exceptions() {
        return merged(each -> each.exceptions, Comparator.comparingLong(OrderEvent::tsNanos));
    }

    /**
     * Targets that were not taken as the strategies gave them.
     *
     * @return per strategy, in the order of the symbols; empty if there are none
     */
    public List<Cut> cuts() {
        List<Cut> all = new ArrayList<>();
        accounts.forEach(each -> all.addAll(each.cuts.list(tape.symbols)));
        return all;
    }

    /**
     * Where strategies were stopped: by the drawdown control, because no equity was left, or because they failed.
     *
     * @return per strategy, in the order of the first times; empty if there were none
     */
    public List<Stop> stops() {
        return accounts.stream().flatMap(each -> each.stops.values().stream()).toList();
    }

    /**
     * How often orders were refused, by reason.
     *
     * @return reasons that occurred, in the order of the enumeration
     */
    public Map<Reason, Integer> rejections() {
        Map<Reason, Integer> counts = new EnumMap<>(Reason.class);
        for (OrderEvent event : exceptions()) {
            if (event instanceof OrderEvent.Rejected rejected) {
                counts.merge(rejected.reason(), 1, Integer::sum);
            }
        }
        return counts;
    }

    /**
     * What an order was tagged with.
     *
     * @param strategy name of the strategy that sent it
     * @param order its number, as fills and events carry it
     * @return the tag of its request; empty for targets, forced closes and unknown numbers
     */
    public String tag(String strategy, long order) {
        return account(strategy).tags.of(order);
    }

    /**
     * Positions that were closed as if delisted although the data of their symbol go on later: rather gaps of the data.
     *
     * @return one per position, the first strategy's first; they are the first of {@link #issues()} too
     */
    public List<Issue> closedInGaps() {
        return notes.gaps();
    }

    /**
     * What of the data could not be used as it is: gaps in which a position was closed, rows without a usable price, without a
     * volume or with the volume 0 (where that matters), and funding off the contract's interval.
     *
     * @return the gaps, then one per instrument, column and reason, in the order of the symbols; made on each call, O(rows)
     */
    public List<Issue> issues() {
        List<Issue> issues = new ArrayList<>(notes.gaps());
        issues.addAll(DataIssues.rows(tape));
        issues.addAll(DataIssues.volumes(tape, settings));
        issues.addAll(notes.issues());
        return issues;
    }

    /**
     * Funding payments of held positions.
     *
     * @return in the order of their times
     */
    public List<OrderEvent.Funded> funding() {
        return merged(each -> each.funded, Comparator.comparingLong(OrderEvent.Funded::tsNanos));
    }

    /**
     * Strategies that threw and were halted.
     *
     * @return empty if none did
     */
    public List<StrategyException> failures() {
        return notes.failures();
    }

    /**
     * Bars in which the order of prices decided what filled.
     *
     * @return at least 0
     */
    public long ambiguousBars() {
        return notes.ambiguousBars();
    }

    /**
     * Orders that the strategies sent themselves, beside the weights and quantities they asked for.
     *
     * @return at least 0, refused ones among them
     */
    public long submittedOrders() {
        return accounts.stream().mapToLong(each -> each.tags.count()).sum();
    }

    /**
     * Whether anything was traded because a strategy asked for a weight or a quantity.
     *
     * @return false if all fills are those of submitted orders and forced exits
     */
    public boolean tradedTargets() {
        return fills().stream().anyMatch(fill -> fill.orderId() > 0 && fill.orderId() <= OrderTags.FIRST);
    }

    /**
     * The warm-up that each strategy declared.
     *
     * @return bars, in the order of {@link #strategies()}
     */
    public List<Integer> warmUpBars() {
        return notes.warmUpBars();
    }

    /**
     * All fees.
     *
     * @return in reporting currency
     */
    public double totalFees() {
        return money(sum(each -> each.ledger.feeUnits()));
    }

    /**
     * What slippage cost against the reference prices; a part of the price P&amp;L.
     *
     * @return in reporting currency, at least 0
     */
    public double slippageCost() {
        return money(sum(each -> each.ledger.slippageUnits() - each.haircutUnits));
    }

    /**
     * What exits that a delisting or a new segment forced lost against the last price.
     *
     * @return in reporting currency, at least 0
     */
    public double haircutCost() {
        return money(sum(each -> each.haircutUnits));
    }

    /**
     * Funding paid, less received.
     *
     * @return in reporting currency
     */
    public double fundingPaid() {
        return money(sum(each -> each.ledger.fundingUnits()));
    }

    /**
     * Sum of the absolute notionals of all fills.
     *
     * @return in reporting currency
     */
    public double tradedNotional() {
        return accounts.stream()
                .mapToDouble(each -> each.ledger.tradedNotional())
                .sum();
    }

    /**
     * Traded notional, both sides, over mean equity, for the whole run.
     *
     * @return at least 0; NaN without bars
     */
    public double turnover() {
        double sum = 0;
        double[] equity = equity();
        for (double value : equity) {
            sum += value;
        }
        return tradedNotional() / (sum / equity.length);
    }

    /**
     * All entries of the books of the first strategy, which is the only one unless a book of several was run.
     *
     * @return the journal
     */
    public Journal journal() {
        return ledger().journal();
    }

    /**
     * All entries of the books of one strategy.
     *
     * @param strategy its name
     * @return the journal
     */
    public Journal journal(String strategy) {
        return account(strategy).ledger.journal();
    }

    /**
     * Recomputes every balance of every strategy from the journals alone.
     *
     * @return the accounts that differ, empty if all agree
     */
    public List<String> audit() {
        return accounts.stream().flatMap(each -> each.ledger.audit().stream()).toList();
    }

    /**
     * What an account of the journals is called; all strategies number theirs alike.
     *
     * @param account number of the account
     * @return for example {@code cash USD}
     */
    public String accountName(int account) {
        return ledger().accountName(account);
    }

    /** The books of the first strategy, for tests. */
    Ledger ledger() {
        return accounts.get(0).ledger;
    }

    private Account account(String strategy) {
        for (Account account : accounts) {
            if (account.name.equals(strategy)) {
                return account;
            }
        }
        Check.that(false, "strategy '" + strategy + "' is not in the run, which has " + strategies());
        return accounts.get(0);
    }

    private long sum(ToLongFunction<Account> figure) {
        long total = 0;
        for (Account account : accounts) {
            total = Math.addExact(total, figure.applyAsLong(account));
        }
        return total;
    }

    /** Lists of all accounts in one, stably sorted; one account's list keeps its own order. */
    private <T> List<T> merged(Function<Account, List<T>> part, Comparator<T> order) {
        if (accounts.size() == 1) {
            return List.copyOf(part.apply(accounts.get(0)));
        }
        return accounts.stream()
                .flatMap(each -> part.apply(each).stream())
                .sorted(order)
                .toList();
    }

    @Override
    public List<Column> columns() {
        List<Instant> times = new ArrayList<>();
        for (int bar = 0; bar < tape.grid.size(); bar++) {
            times.add(TimeIndex.instant(tape.grid.at(bar) + tape.barNanos));
        }
        return List.of(
                new Column("time", times),
                new Column("equity", boxed(equity())),
                new Column("cash", boxed(cash())),
                new Column("exposure", boxed(exposure())));
    }

    private static List<Double> boxed(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }

    private static double money(long units) {
        return FixedPoint.toDouble(units, FixedPoint.MONEY_DECIMALS);
    }
}
