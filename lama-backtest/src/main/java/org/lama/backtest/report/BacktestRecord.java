package org.lama.backtest.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.lama.backtest.analytics.ActivityMetrics;
import org.lama.backtest.analytics.BootstrapResult;
import org.lama.backtest.analytics.BreakEven;
import org.lama.backtest.analytics.CapacityCurve;
import org.lama.backtest.analytics.Drawdown;
import org.lama.backtest.analytics.PerformanceMetrics;
import org.lama.backtest.analytics.PnlSplit;
import org.lama.backtest.analytics.PricePath;
import org.lama.backtest.analytics.ReturnPeriods;
import org.lama.backtest.analytics.StationaryBootstrap;
import org.lama.backtest.analytics.TradeMetrics;
import org.lama.backtest.analytics.TradeOutcome;
import org.lama.backtest.engine.BacktestResult;
import org.lama.backtest.execution.IntrabarPath;
import org.lama.backtest.honesty.Waterfall;
import org.lama.backtest.order.Fill;
import org.lama.backtest.order.FixedPoint;
import org.lama.backtest.order.FixedPoint.Rounding;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Issue;
import org.lama.core.data.MarketData;
import org.lama.core.series.TimeIndex;
import org.lama.core.signal.RegimeLabel;

/**
 * A finished run as reports, tables, figures and exports see it: the engine's result joined with the prices it ran on.
 * Performance is measured on calendar days in UTC where bars are shorter than a day and span at least 30 days, else on the
 * bars, with the returns per year that follow (365 for days); drawdowns are always those of the bars. What needs further runs (costs, capacity) is added by the {@code with} methods, which return copies.
 * Immutable and thread-safe; building costs O(bars · symbols + fills + bars held).
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class BacktestRecord {
    private static final int RESAMPLES = 2000;
    private static final long DAY_NANOS = 86_400_000_000_000L;
    private static final int FEWEST_DAYS = 30;
    private static final int LARGEST_MULTIPLE = 10;
    private static final int REFINEMENTS = 5;

    private String name;
    private final BacktestResult result;
    private final MarketData data;
    private final double[] equity;
    private final ReturnPeriods periods;
    private final double[] returns;
    private final List<TradeOutcome> trades;
    private final List<FillRow> fills;
    private double[] benchmark;
    private String benchmarkName = "buy and hold";
    private Map<String, String> settings = new LinkedHashMap<>();
    private List<String> assumptions;
    private List<RegimeLabel> regimes = List.of();
    private List<CostPoint> costs = List.of();
    private double breakEven = Double.NaN;
    private String whyNoCosts = "Runs at other costs were not asked for.";
    private boolean onlyRun;
    private @Nullable CapacityCurve capacity;
    private String whyNoCapacity = "";
    private Ambiguity ambiguity;
    private List<String> failures;
    private double[] returnsWithoutCosts = new double[0];
    private Optional<Waterfall> waterfall = Optional.empty();
    private String whyNoWaterfall = "Runs under naive rules were not asked for.";

    /**
     * A fill in decimal numbers.
     *
     * @param tsNanos when, UTC epoch nanoseconds
     * @param symbol name of the symbol
     * @param side {@code buy} or {@code sell}
     * @param quantity above 0, in base units
     * @param price in quote currency, slippage included
     * @param fee in quote currency; negative for a rebate
     * @param orderId number of the order, 0 for a forced exit
     */
    public record FillRow(
            long tsNanos, String symbol, String side, double quantity, double price, double fee, long orderId) {}

    /**
     * The result at a multiple of the costs.
     *
     * @param multiple of fees and slippage, at least 0
     * @param totalReturn a fraction
     * @param sharpe a year
     * @param maxDrawdown a fraction, at most 0
     * @param costs fees and slippage paid, in the currency of the account
     */
    public record CostPoint(double multiple, double totalReturn, double sharpe, double maxDrawdown, double costs) {}

    /**
     * How much hangs on the order of prices inside bars, which bars do not tell.
     *
     * @param bars bars in which several fills were possible
     * @param pessimisticReturn total return if the worst came first, NaN if not run
     * @param optimisticReturn total return if the best came first, NaN if not run
     */
    public record Ambiguity(long bars, double pessimisticReturn, double optimisticReturn) {
        /**
         * Whether bars can tell a gain from a loss.
         *
         * @return false if both are known and only one of them is a gain
         */
        public boolean isDecidable() {
            return isUnknown() || pessimisticReturn > 0 == optimisticReturn > 0;
        }

        boolean isUnknown() {
            return Double.isNaN(pessimisticReturn) || Double.isNaN(optimisticReturn);
        }
    }

    private BacktestRecord(String name, BacktestResult result, MarketData data) {
        this.name = Check.notBlank(name, "name");
        this.result = Check.notNull(result, "result");
        this.data = Check.notNull(data, "data");
        Check.that(
                result.symbols().equals(data.symbols()),
                "data must hold the symbols of the run " + result.symbols() + ", got " + data.symbols());
        double cash = result.capital();
        equity = result.equity();
        periods = ReturnPeriods.ofCloses(result.times(), data.barNanos());
        returns = periods.returnsOf(equity, cash);
        Map<String, PricePath> paths = new TreeMap<>();
        data.frames().forEach(frame -> paths.put(frame.symbol(), PricePath.of(frame)));
        trades = TradeOutcome.of(result.roundTrips(), paths);
        fills = result.fills().stream().map(fill -> row(result, fill)).toList();
        benchmark = HeldMarket.hold(data, result.times(), cash);
        assumptions = Assumptions.of(result.settings());
        ambiguity = new Ambiguity(result.ambiguousBars(), Double.NaN, Double.NaN);
        failures = result.failures().stream()
                .map(e -> String.valueOf(e.getMessage()))
                .toList();
    }

    private BacktestRecord(BacktestRecord other) {
        name = other.name;
        result = other.result;
        data = other.data;
        equity = other.equity;
        periods = other.periods;
        returns = other.returns;
        trades = other.trades;
        fills = other.fills;
        benchmark = other.benchmark;
        benchmarkName = other.benchmarkName;
        settings = other.settings;
        assumptions = other.assumptions;
        regimes = other.regimes;
        costs = other.costs;
        breakEven = other.breakEven;
        whyNoCosts = other.whyNoCosts;
        onlyRun = other.onlyRun;
        capacity = other.capacity;
        whyNoCapacity = other.whyNoCapacity;
        ambiguity = other.ambiguity;
        failures = other.failures;
        returnsWithoutCosts = other.returnsWithoutCosts;
        waterfall = other.waterfall;
        whyNoWaterfall = other.whyNoWaterfall;
    }

    private static FillRow row(BacktestResult result, Fill fill) {
        org.lama.backtest.order.Scale scale = org.lama.backtest.order.Scale.of(
                result.contracts().get(fill.symbol()).instrument());
        return new FillRow(
                fill.tsNanos(),
                result.symbols().get(fill.symbol()),
                fill.side().sign() > 0 ? "buy" : "sell",
                scale.quantity(fill.lots()),
                scale.price(fill.priceTicks()),
                FixedPoint.toDouble(fill.feeUnits(), FixedPoint.MONEY_DECIMALS),
                fill.orderId());
    }

    /**
     * A run with the data it ran on, buy and hold of all symbols as the benchmark, and the capacity curve of its recorded
     * fills under square-root impact where the bars have volume.
     *
     * @param name what to call it, such as the name of the strategy
     * @param result what the engine found
     * @param data the bars of the run
     * @return the record
     */
    public static BacktestRecord of(String name, BacktestResult result, MarketData data) {
        BacktestRecord record = new BacktestRecord(name, result, data);
        record.ofRecordedFills();
        return record;
    }

    private void ofRecordedFills() {
        if (fills.isEmpty()) {
            whyNoCapacity = "Nothing was traded.";
            return;
        }
        Fill[] made = result.fills().toArray(Fill[]::new);
        double[] notional =
                fills.stream().mapToDouble(f -> f.quantity() * f.price()).toArray();
        double[] perRow = HeldMarket.impact(data, new HeldMarket.Run(result.times(), equity, made, notional));
        if (perRow.length == 0) {
            whyNoCapacity =
                    "No volume is known where most was traded, so nothing says how much a larger order would move the price.";
            return;
        }
        double[] impact = periods.sumOf(perRow);
        double[] before = returns.clone();
        if (result.settings().cost().dependsOnMarket()) {
            Arrays.setAll(before, t -> before[t] + impact[t]);
        }
        double cash = result.capital();
        capacity = CapacityCurve.ofFills(
                new CapacityCurve.Fills(cash, before, impact),
                CapacityRuns.capitals(cash),
                periods.perYear(),
                StationaryBootstrap.of(RESAMPLES, 1));
    }

    /**
     * With another benchmark.
     *
     * @param label its name
     * @param equity its account value at each row of the run, finite
     * @return a copy
     */
    public BacktestRecord withBenchmark(String label, double[] equity) {
        Check.that(
                equity.length == result.times().size(),
                "benchmark must have " + result.times().size() + " rows, got " + equity.length);
        BacktestRecord copy = new BacktestRecord(this);
        copy.benchmarkName = Check.notBlank(label, "label");
        copy.benchmark = equity.clone();
        return copy;
    }

    /**
     * Without runs at other costs and on other paths, which could not be made.
     *
     * @param reason a sentence for the reader
     * @return a copy
     */
    public BacktestRecord withoutFurtherRuns(String reason) {
        BacktestRecord copy = new BacktestRecord(this);
        copy.whyNoCosts = Check.notBlank(reason, "reason");
        return copy;
    }

    /**
     * As the one run that was asked for: no runs at other costs, on other paths and under naive rules were wanted, and the
     * break-even cost is not known.
     *
     * @param reason a sentence for the reader
     * @return a copy
     */
    public BacktestRecord asOnlyRun(String reason) {
        BacktestRecord copy = withoutFurtherRuns(reason).withoutWaterfall(reason);
        copy.onlyRun = true;
        return copy;
    }

    /** Why there are no runs at other costs. */
    String whyNoCosts() {
        return whyNoCosts;
    }

    /**
     * With another name: versions of one strategy need different ones to be compared.
     *
     * @param label what to call it, not blank
     * @return a copy
     */
    public BacktestRecord withName(String label) {
        BacktestRecord copy = new BacktestRecord(this);
        copy.name = Check.notBlank(label, "label");
        return copy;
    }

    /**
     * With the settings to print and to compare: strategy, parameters, data, costs and whatever else was chosen.
     *
     * @param values by name, in the order to print
     * @return a copy
     */
    public BacktestRecord withSettings(Map<String, String> values) {
        BacktestRecord copy = new BacktestRecord(this);
        copy.settings = new LinkedHashMap<>(values);
        return copy;
    }

    /**
     * With further assumptions of the execution in words.
     *
     * @param words one sentence each
     * @return a copy
     */
    public BacktestRecord withAssumptions(List<String> words) {
        BacktestRecord copy = new BacktestRecord(this);
        List<String> all = new ArrayList<>(assumptions);
        all.addAll(words);
        copy.assumptions = List.copyOf(all);
        return copy;
    }

    /**
     * With the regime of each row.
     *
     * @param labels one per row of the run; none at all if they are not known
     * @return a copy
     */
    public BacktestRecord withRegimes(List<RegimeLabel> labels) {
        Check.that(
                labels.isEmpty() || labels.size() == result.times().size(),
                "labels must have " + result.times().size() + " rows, got " + labels.size());
        BacktestRecord copy = new BacktestRecord(this);
        copy.regimes = List.copyOf(labels);
        return copy;
    }

    /**
     * With runs at 0, 1, 2 and 3 times the costs, and as many more as the break-even cost needs: up to 10 times, and up to five
     * between two of these.
     *
     * @param run runs the same strategy at a multiple of the costs
     * @return a copy
     */
    public BacktestRecord withCostRuns(DoubleFunction<BacktestResult> run) {
        Map<Double, OtherRun> done = new TreeMap<>();
        DoubleFunction<OtherRun> at =
                multiple -> done.computeIfAbsent(multiple, m -> new OtherRun(m == 1 ? result : run.apply(m), data));
        BacktestRecord copy = new BacktestRecord(this);
        List<CostPoint> points = new ArrayList<>();
        for (double multiple : new double[] {0, 1, 2, 3}) {
            OtherRun other = at.apply(multiple);
            points.add(
                    new CostPoint(multiple, other.totalReturn(), other.sharpe(), other.maxDrawdown(), other.costs()));
        }
        copy.costs = List.copyOf(points);
        copy.returnsWithoutCosts = at.apply(0).returns();
        copy.breakEven = BreakEven.rerun(multiple -> at.apply(multiple).totalReturn(), LARGEST_MULTIPLE, REFINEMENTS);
        return copy;
    }

    /**
     * With the same strategy from naive to honest rules.
     *
     * @param steps the waterfall
     * @return a copy
     */
    public BacktestRecord withWaterfall(Waterfall steps) {
        BacktestRecord copy = new BacktestRecord(this);
        copy.waterfall = Optional.of(steps);
        return copy;
    }

    /**
     * Without runs under naive rules, which could not be made.
     *
     * @param reason a sentence for the reader
     * @return a copy
     */
    public BacktestRecord withoutWaterfall(String reason) {
        BacktestRecord copy = new BacktestRecord(this);
        copy.whyNoWaterfall = Check.notBlank(reason, "reason");
        return copy;
    }

    /**
     * Returns per period of another run, in the periods of this one: where the other run has no bar its account stands
     * still.
     *
     * @param other a run of the same strategy on the same bars, or on some of them
     * @return fractions, one per period of this run
     */
    public double[] returnsOf(BacktestResult other) {
        double[] values = other.equity();
        double[] aligned = new double[equity.length];
        for (int row = 0; row < aligned.length; row++) {
            int at = other.times().floor(times().at(row));
            aligned[row] = at < 0 ? other.capital() : values[at];
        }
        return periods.returnsOf(aligned, other.capital());
    }

    /**
     * Returns per period of the run without costs that {@link #withCostRuns} made.
     *
     * @return fractions, a copy; empty if it was not made
     */
    public double[] returnsWithoutCosts() {
        return returnsWithoutCosts.clone();
    }

    /**
     * The same strategy from naive to honest rules.
     *
     * @return empty if it was not run
     */
    public Optional<Waterfall> waterfall() {
        return waterfall;
    }

    /** Why there is no waterfall. */
    String whyNoWaterfall() {
        return whyNoWaterfall;
    }

    /**
     * With the capacity curve by running again at 0.1 to 1,000 times the capital, at most 10^9, instead of the one of recorded
     * fills. That one stays where a strategy trades the same quantities at any capital, since more money in the account
     * then says nothing about its size. Nothing is run where there is no curve, see {@link #whyNoCapacity}.
     *
     * @param run runs the same strategy with a capital under costs that grow with size; empty if that outgrows the engine
     * @return a copy
     */
    public BacktestRecord withCapacityRuns(DoubleFunction<Optional<BacktestResult>> run) {
        BacktestRecord copy = new BacktestRecord(this);
        if (capacity != null) {
            CapacityRuns.curve(run, result.capital(), data, periods.perYear())
                    .ifPresent(curve -> copy.capacity = curve);
        }
        return copy;
    }

    /**
     * With runs under both extreme orders of the prices inside bars, made only if any bar was ambiguous.
     *
     * @param run runs the same strategy under an order of prices
     * @return a copy
     */
    public BacktestRecord withPathRuns(Function<IntrabarPath, BacktestResult> run) {
        BacktestRecord copy = new BacktestRecord(this);
        if (ambiguity.bars() > 0) {
            copy.ambiguity = new Ambiguity(
                    ambiguity.bars(),
                    OtherRun.totalReturn(run.apply(IntrabarPath.PESSIMISTIC)),
                    OtherRun.totalReturn(run.apply(IntrabarPath.OPTIMISTIC)));
        }
        return copy;
    }

    /**
     * What it is called.
     *
     * @return a name
     */
    public String name() {
        return name;
    }

    /**
     * What the engine found.
     *
     * @return the result
     */
    public BacktestResult result() {
        return result;
    }

    /**
     * The bars of the run.
     *
     * @return the data
     */
    public MarketData data() {
        return data;
    }

    /**
     * Round trips with their excursions.
     *
     * @return in the order of the exits
     */
    public List<TradeOutcome> trades() {
        return trades;
    }

    /**
     * All fills in decimal numbers.
     *
     * @return in the order of booking
     */
    public List<FillRow> fills() {
        return fills;
    }

    /**
     * Returns per period, after costs.
     *
     * @return fractions, a copy
     */
    public double[] returns() {
        return returns.clone();
    }

    /**
     * Returns of the benchmark in the same periods.
     *
     * @return fractions, a copy
     */
    public double[] benchmarkReturns() {
        return periods.returnsOf(benchmark, result.capital());
    }

    /**
     * The ends of the periods.
     *
     * @return UTC epoch nanoseconds, a copy
     */
    public long[] periodNanos() {
        return periods.closeNanos();
    }

    /**
     * Periods per year, the annualisation factor.
     *
     * @return 365 for days
     */
    public double periodsPerYear() {
        return periods.perYear();
    }

    /**
     * All figures of performance against the benchmark.
     *
     * @return the figures
     */
    public PerformanceMetrics metrics() {
        PerformanceMetrics all = PerformanceMetrics.of(returns, benchmarkReturns(), periods.perYear());
        return isTooShortForYears() ? all.withoutYears() : all;
    }

    /**
     * The drawdowns of the bars: one inside a day counts too.
     *
     * @return the drawdowns
     */
    public Drawdown drawdown() {
        return Drawdown.of(barReturns());
    }

    double[] barReturns() {
        return ReturnPeriods.ofRows(equity, result.capital());
    }

    /**
     * The drawdowns of the benchmark, those of its bars too.
     *
     * @return the drawdowns
     */
    public Drawdown benchmarkDrawdown() {
        return Drawdown.of(ReturnPeriods.ofRows(benchmark, result.capital()));
    }

    /**
     * All figures of the benchmark itself.
     *
     * @return the figures
     */
    public PerformanceMetrics benchmarkMetrics() {
        PerformanceMetrics all = PerformanceMetrics.of(benchmarkReturns(), periods.perYear());
        return isTooShortForYears() ? all.withoutYears() : all;
    }

    /**
     * Whether the run is too short for figures of a year, such as growth, volatility and Sharpe ratio a year: those are NaN
     * then, since a few days say nothing of a year.
     *
     * @return true if the bars span less than 30 days
     */
    public boolean isTooShortForYears() {
        int n = times().size();
        return n == 0 || times().at(n - 1) - times().at(0) + data.barNanos() < FEWEST_DAYS * DAY_NANOS;
    }

    /**
     * What of the data could not be used as it is: what loading left out or had to put right, then rows without a usable
     * price and funding off the contract's interval.
     *
     * @return one per symbol and reason; empty for clean data
     */
    public List<Issue> issues() {
        // what cost money stands first
        List<Issue> issues = new ArrayList<>(result.issues());
        issues.addAll(result.closedInGaps().size(), DataFindings.of(data));
        return issues;
    }

    /**
     * All figures of the round trips.
     *
     * @return the figures
     */
    public TradeMetrics tradeMetrics() {
        return TradeMetrics.of(trades);
    }

    /**
     * Turnover and exposure.
     *
     * @return the figures
     */
    public ActivityMetrics activity() {
        double[] traded = new double[result.times().size()];
        for (FillRow fill : fills) {
            int row = Math.max(0, result.times().floor(fill.tsNanos()));
            if (row < traded.length && equity[row] > 0) {
                traded[row] += fill.quantity() * fill.price() / equity[row];
            }
        }
        double barsPerYear = 365 * 86_400e9 / data.barNanos();
        return ActivityMetrics.of(result.exposure(), traded, barsPerYear);
    }

    /**
     * Intervals of mean and Sharpe ratio per period: stationary bootstrap of 2,000 resamples with a fixed seed.
     *
     * @return the intervals
     */
    public BootstrapResult bootstrap() {
        return StationaryBootstrap.of(RESAMPLES, 1).run(returns);
    }

    /**
     * What the profit is made of; the parts sum to the change of equity exactly.
     *
     * @return the split
     */
    public PnlSplit split() {
        BacktestResult.Profit profit = result.profit();
        long haircut = units(profit.haircut());
        return PnlSplit.ofTotal(
                        result.endEquityUnits() - units(result.capital()),
                        units(profit.fees()),
                        units(profit.slippage()) + haircut,
                        units(profit.funding()),
                        units(profit.rest()))
                .withHaircut(haircut);
    }

    private static long units(double amount) {
        return FixedPoint.fromDouble(amount, FixedPoint.MONEY_DECIMALS, Rounding.NEAREST);
    }

    /**
     * Equity at the end over capital at the start, less 1.
     *
     * @return a fraction
     */
    public double totalReturn() {
        return OtherRun.totalReturn(result);
    }

    /**
     * What the figures over time draw.
     *
     * @return equity with benchmark, regimes and trades
     */
    public EquityCurve curve() {
        EquityCurve curve = EquityCurve.of(result.times(), equity)
                .withBenchmark(benchmark)
                .withTrades(fills.stream()
                        .map(f -> new EquityCurve.Marker(f.tsNanos(), f.side().equals("buy")))
                        .toList());
        return regimes.isEmpty() ? curve : curve.withRegimes(regimes);
    }

    /**
     * Multiple of the costs at which nothing is left: by running again where that was done, else by the linear form.
     *
     * @return the multiple; NaN if nothing is earned without costs or only one run was wanted, infinite if more than ten times the costs are borne
     */
    public double breakEven() {
        return onlyRun ? Double.NaN : costs.isEmpty() ? linearBreakEven() : breakEven;
    }

    /**
     * Whether one run was all that was wanted, {@link #asOnlyRun}: then the break-even cost is not known.
     *
     * @return true if so
     */
    public boolean isOnlyRun() {
        return onlyRun;
    }

    /**
     * The linear form of the break-even cost: gross profit / costs paid.
     *
     * @return the multiple
     */
    public double linearBreakEven() {
        double paid = result.totalFees() + result.slippageCost();
        double net = totalReturn() * result.capital();
        return BreakEven.linear(new double[] {net + paid}, new double[] {paid});
    }

    /**
     * Whether any of the prices were generated.
     *
     * @return true for synthetic data
     */
    public boolean isSynthetic() {
        return result.isSynthetic();
    }

    ReturnPeriods periods() {
        return periods;
    }

    TimeIndex times() {
        return result.times();
    }

    double[] benchmark() {
        return benchmark.clone();
    }

    String benchmarkName() {
        return benchmarkName;
    }

    Map<String, String> settings() {
        return new LinkedHashMap<>(settings);
    }

    List<String> assumptions() {
        return assumptions;
    }

    List<RegimeLabel> regimes() {
        return regimes;
    }

    List<CostPoint> costs() {
        return costs;
    }

    /**
     * Sharpe ratio and return against capital.
     *
     * @return the curve; empty if nothing was traded or the bars have no volume
     */
    public Optional<CapacityCurve> capacity() {
        return Optional.ofNullable(capacity);
    }

    /**
     * Why there is no capacity curve.
     *
     * @return a sentence; empty if there is one
     */
    public String whyNoCapacity() {
        return whyNoCapacity;
    }

    /**
     * How much hangs on the order of prices inside bars.
     *
     * @return bars in question and both bounds
     */
    public Ambiguity ambiguity() {
        return ambiguity;
    }

    List<String> failures() {
        return failures;
    }
}
