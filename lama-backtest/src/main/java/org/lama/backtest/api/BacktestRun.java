package org.lama.backtest.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.lama.backtest.analytics.Drawdown;
import org.lama.backtest.analytics.Metric;
import org.lama.backtest.analytics.MetricsTable;
import org.lama.backtest.analytics.PerformanceMetrics;
import org.lama.backtest.analytics.ProbabilisticSharpe;
import org.lama.backtest.cost.FeeSchedule;
import org.lama.backtest.cost.FlatCost;
import org.lama.backtest.cost.SquareRootCost;
import org.lama.backtest.engine.BacktestResult;
import org.lama.backtest.engine.BarEngine;
import org.lama.backtest.engine.EngineObserver;
import org.lama.backtest.engine.EngineSettings;
import org.lama.backtest.engine.Market;
import org.lama.backtest.engine.StrategyBook;
import org.lama.backtest.execution.ExecutionSettings;
import org.lama.backtest.execution.FillTiming;
import org.lama.backtest.execution.IntrabarPath;
import org.lama.backtest.execution.OrderSizing;
import org.lama.backtest.honesty.HonestySettings;
import org.lama.backtest.honesty.StrategyHonesty;
import org.lama.backtest.honesty.StrategyHonestyReport;
import org.lama.backtest.ledger.RoundTrip;
import org.lama.backtest.order.Fill;
import org.lama.backtest.order.FixedPoint;
import org.lama.backtest.order.OrderEvent;
import org.lama.backtest.order.Scale;
import org.lama.backtest.report.BacktestRecord;
import org.lama.backtest.risk.DrawdownLimits;
import org.lama.backtest.sizing.AllocationSettings;
import org.lama.backtest.sizing.Allocations;
import org.lama.backtest.strategies.Blueprint;
import org.lama.backtest.strategies.SizedStrategy;
import org.lama.backtest.strategies.Strategies;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.base.Check;
import org.lama.core.base.TimeSource;
import org.lama.core.data.Instruments;
import org.lama.core.data.MarketData;
import org.lama.core.market.Contract;
import org.lama.core.market.CostModel;
import org.lama.core.market.Instrument;
import org.lama.core.market.MarginTiers;
import org.lama.core.market.Side;
import org.lama.core.market.TradingRules;
import org.lama.core.search.Trial;
import org.lama.core.search.TrialCounts;
import org.lama.core.search.TrialLedger;
import org.lama.core.series.Frame;
import org.lama.core.series.Provenance;
import org.lama.core.series.TimeIndex;
import org.lama.core.store.Checksums;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;

/** Runs the strategy of a request and its benchmark through the engine, and puts what they did into plain values. */
final class BacktestRun {
    private static final String FUNDING = "funding.rate";
    private static final String PERPETUAL = "PERP";
    private static final String BENCHMARK = "buy-and-hold";
    private static final double YEAR_NANOS = 365 * 86_400e9;

    private final BacktestRequest request;
    private final Blueprint blueprint;
    private final MarketData data;
    private final StrategyMembers members;
    private final Market market;

    BacktestRun(BacktestRequest request, Blueprint blueprint, MarketData data) throws IOException {
        this.request = request;
        this.blueprint = blueprint;
        this.data = data;
        this.members = StrategyMembers.of(request, blueprint);
        this.market = market(request, data);
    }

    /** What came out: plain values to keep, and the record from which the report is made. */
    record Finished(BacktestOutcome outcome, BacktestRecord record) {}

    /** Runs it; the trial is entered once the result is there. */
    Finished finished(Optional<Path> ledger, TimeSource clock) throws IOException {
        EngineSettings asked = engine(request, data);
        BacktestResult result = run(asked);
        // a position that grew beyond the finer quantities is traded in lots rather than not at all
        boolean outgrown = asked.quantityMode() == EngineSettings.QuantityMode.FRACTIONAL && outgrew(result);
        EngineSettings settings = outgrown ? inLots(asked) : asked;
        result = outgrown ? run(settings) : result;
        BacktestResult held = held(settings);
        String checksum = request.terms().files().checksum(DataBits.of(data.frames()));
        BacktestRecord record = withFurtherRuns(record(members.title(), result, held), settings);
        Map<String, Double> metrics = metrics(record.returns(), record.periodsPerYear(), record.drawdown());
        addActivity(metrics, result);
        metrics.put("breakEvenCost", record.breakEven());
        BacktestOutcome outcome = new BacktestOutcome(
                worst(),
                checksum,
                members.codeSha256(),
                series(),
                money(result.endEquityUnits()),
                metrics,
                metrics(record.benchmarkReturns(), record.periodsPerYear(), record.benchmarkDrawdown()),
                costs(result),
                trials(checksum, ProbabilisticSharpe.of(record.returns()), ledger, clock),
                trades(result),
                fills(result),
                events(result, outgrown),
                strategies(result),
                new BacktestOutcome.Curve(
                        result.times().copyRange(0, result.times().size()),
                        result.equity(),
                        result.cash(),
                        result.exposure(),
                        held.equity()));
        return new Finished(outcome, record);
    }

    private static EngineSettings inLots(EngineSettings settings) {
        return settings.toBuilder()
                .quantityMode(EngineSettings.QuantityMode.LOTS)
                .build();
    }

    private static boolean outgrew(BacktestResult result) {
        return result.exceptions().stream()
                .anyMatch(event -> event instanceof OrderEvent.Rejected rejected
                        && rejected.reason() == OrderEvent.Reason.QUANTITY_TOO_LARGE);
    }

    /** The run alone, without further ones: what a comparison needs. */
    BacktestRecord record(String name) throws IOException {
        EngineSettings settings = engine(request, data);
        return record(name, run(settings), held(settings));
    }

    private BacktestRecord record(String name, BacktestResult result, BacktestResult held) throws IOException {
        return BacktestRecord.of(name, result, data)
                .withBenchmark("buy and hold", held.equity())
                .withSettings(words());
    }

    /** Buy and hold at the same costs, without the limits of the strategy. */
    BacktestResult held(EngineSettings settings) {
        EngineSettings free = settings.toBuilder()
                .drawdown(DrawdownLimits.NONE)
                .limits(BacktestTerms.NONE.limits(settings.leverage()))
                .build();
        Strategy strategy = Strategies.named(BENCHMARK).create(Map.of());
        return run(StrategyBook.of(List.of(new StrategyBook.Entry(BENCHMARK, strategy, 1))), free);
    }

    /** The figures under the names of the command line, and beside them the numbers that explain them. */
    private static Map<String, Double> metrics(double[] returns, double periodsPerYear, Drawdown drawdown) {
        Map<String, Double> values =
                new LinkedHashMap<>(MetricsTable.of(returns, periodsPerYear).values());
        // a drawdown inside a day is one too
        double deepest = drawdown.maximum();
        values.put("maxDrawdown", deepest);
        values.put("ulcerIndex", drawdown.ulcerIndex());
        values.put("calmar", deepest < 0 ? values.getOrDefault("cagr", Double.NaN) / -deepest : Double.NaN);
        PerformanceMetrics all = PerformanceMetrics.of(returns, periodsPerYear);
        values.put("totalReturn", all.value(Metric.TOTAL_RETURN));
        values.put("volatilityAnnual", all.value(Metric.VOLATILITY_ANNUAL));
        values.put("sharpePerPeriod", all.value(Metric.SHARPE_PER_PERIOD));
        values.put("periods", (double) returns.length);
        values.put("periodsPerYear", periodsPerYear);
        return values;
    }

    /** Other costs and paths, in lots: without costs, money can outgrow the finer quantities of the run itself. */
    private BacktestRecord withFurtherRuns(BacktestRecord record, EngineSettings settings) {
        return members.isRepeatable() ? withFurtherRuns(record, settings, this::run) : record;
    }

    static BacktestRecord withFurtherRuns(
            BacktestRecord record, EngineSettings settings, Function<EngineSettings, BacktestResult> run) {
        EngineSettings coarse = inLots(settings);
        try {
            return record.withCostRuns(multiple -> run.apply(coarse.toBuilder()
                            .cost(settings.cost().scaled(multiple))
                            .build()))
                    .withPathRuns(path -> run.apply(coarse.toBuilder()
                            .execution(settings.execution().withPath(path))
                            .build()));
        } catch (TooLarge beyond) {
            return record.withoutFurtherRuns("Runs at other costs and on other paths could not be made: "
                    + Objects.requireNonNullElse(beyond.getMessage(), "the numbers became too large") + ".");
        }
    }

    /** Spoils the future of the bars and runs anew, as the run itself is done. */
    StrategyHonestyReport honesty(HonestySettings honesty) {
        Check.that(members.isSingle(), "the honesty of strategies is checked one at a time, got " + members.title());
        Check.that(
                blueprint.isRepeatable(),
                "a strategy object serves one run; give its class and constructor, which make a new one for each");
        return StrategyHonesty.check(data, bars -> strategy(), engine(request, data), honesty);
    }

    /** Money or quantities that 64 bits do not hold. */
    private static final class TooLarge extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        TooLarge(ArithmeticException cause) {
            super(
                    "money or quantities outgrew 64 bits (" + cause.getMessage()
                            + "); start with less cash, or trade in lots instead of fractional quantities",
                    cause);
        }
    }

    private BacktestResult run(EngineSettings settings) {
        return run(members.book(this::strategy), settings);
    }

    BacktestResult run(StrategyBook book, EngineSettings settings) {
        try {
            return BarEngine.run(market, book, settings, EngineObserver.SILENT);
        } catch (ArithmeticException overflow) {
            throw new TooLarge(overflow);
        }
    }

    /** The bars, streams from files, and funding that stands beside the bars of perpetuals, paid at the close of its row. */
    static Market market(BacktestRequest request, MarketData data) throws IOException {
        Market.Builder market = Market.builder(data);
        MarketFiles files = request.terms().files();
        long from = data.frames().stream()
                .filter(frame -> frame.size() > 0)
                .mapToLong(frame -> frame.index().at(0))
                .min()
                .orElse(0);
        files.addTo(market, data.symbols(), from);
        for (Frame frame : data.frames()) {
            if (frame.has(FUNDING) && isPerpetual(request, frame.symbol()) && !files.funds(frame.symbol())) {
                double[] rates = frame.column(FUNDING).toArray();
                long[] times = new long[rates.length];
                double[] kept = new double[rates.length];
                int count = 0;
                for (int i = 0; i < rates.length; i++) {
                    if (Double.isFinite(rates[i])) {
                        times[count] = frame.availableAt(i);
                        kept[count++] = rates[i];
                    }
                }
                market.funding(frame.symbol(), Arrays.copyOf(times, count), Arrays.copyOf(kept, count));
            }
        }
        return market.build();
    }

    /** As the contracts say; else among spot symbols those whose name ends in PERP are perpetuals. */
    private static boolean isPerpetual(BacktestRequest request, String symbol) {
        return request.terms()
                .contracts()
                .flatMap(terms -> ContractTerms.isPerpetual(terms, symbol))
                .orElseGet(() -> request.data().kind() == Instrument.Kind.PERP
                        || symbol.toUpperCase(Locale.ROOT).endsWith(PERPETUAL));
    }

    /** Explicit contracts where spot and perpetuals are mixed; else none, so that they are inferred. */
    private static List<Contract> contracts(BacktestRequest request, MarketData data) {
        Optional<Node> terms = request.terms().contracts();
        if (terms.isPresent()) {
            return ContractTerms.of(
                    terms.get(), data.symbols(), request.data().venue(), symbol -> contract(request, symbol));
        }
        boolean mixed = request.data().kind() == Instrument.Kind.SPOT
                && data.symbols().stream().anyMatch(symbol -> isPerpetual(request, symbol));
        if (!mixed) {
            return List.of();
        }
        return data.symbols().stream().map(symbol -> contract(request, symbol)).toList();
    }

    private static Contract contract(BacktestRequest request, String symbol) {
        boolean perpetual = isPerpetual(request, symbol);
        String pair = symbol.toUpperCase(Locale.ROOT).replaceFirst("(.)[-_.:/]?PERP$", "$1");
        Instrument instrument = Instruments.fromSymbol(
                request.data().venue() + (perpetual ? ".PERP" : ".SPOT"), perpetual ? pair : symbol);
        return perpetual
                ? Contract.linearPerpetual(instrument, TradingRules.NONE, MarginTiers.DEFAULT, Duration.ofHours(8))
                : Contract.spot(instrument, TradingRules.NONE);
    }

    private Map<String, String> words() throws IOException {
        Map<String, String> words = new LinkedHashMap<>();
        if (request.terms().strategies().isEmpty()) {
            blueprint.effective(request.parameters()).forEach((name, value) -> words.put("parameter " + name, value));
        }
        Node settings = BacktestConfig.document(request).get("backtest");
        settings.names().forEach(name -> words.put(name, word(settings.get(name))));
        Node terms = request.terms().document();
        terms.names().forEach(name -> words.put("terms " + name, word(terms.get(name))));
        return words;
    }

    private static String word(Node value) {
        return value.kind() == Node.Kind.STRING
                ? value.asText()
                : Documents.compactJson(value).strip();
    }

    /** A new strategy, with the sizing of the request. */
    Strategy strategy() {
        return strategy(blueprint, request.parameters());
    }

    Strategy strategy(Blueprint code, Map<String, String> parameters) {
        Strategy own = code.create(parameters);
        BacktestSettings settings = request.settings();
        String mode = settings.sizing().replaceFirst(":.*", "");
        BacktestTerms terms = request.terms();
        if (mode.equals("own")) {
            Check.that(
                    !terms.hasSizing(),
                    "sizing and rebalancing need a mode in backtest.sizing, one of " + BacktestSettings.SIZINGS
                            + " but own");
            return own;
        }
        double size = BacktestSettings.sizeOf(settings.sizing());
        AllocationSettings.Builder allocation = terms.allocation(AllocationSettings.builder())
                .longOnly(request.data().kind() == Instrument.Kind.SPOT)
                .maxGross(settings.leverage())
                .periodsPerYear(YEAR_NANOS / data.barNanos());
        switch (mode) {
            case "fixed" ->
                allocation.fixed(AllocationSettings.FixedUnit.AMOUNT, Double.isNaN(size) ? settings.cash() / 10 : size);
            case "vol-target" -> allocation.targetVolatilityAnnual(Double.isNaN(size) ? 0.4 : size);
            case "kelly" -> allocation.kellyFraction(Double.isNaN(size) ? 0.5 : size);
            default -> {}
        }
        return SizedStrategy.of(
                own, Allocations.named(mode, allocation.build()), terms.windowBars(), terms.rebalancing());
    }

    static EngineSettings engine(BacktestRequest request, MarketData data) {
        BacktestSettings settings = request.settings();
        BacktestTerms terms = request.terms();
        return EngineSettings.builder()
                .cash(settings.cash())
                .kind(request.data().kind())
                .contracts(contracts(request, data))
                .currency(terms.currency().orElse(EngineSettings.DEFAULT.currency()))
                .cost(cost(settings, terms))
                .execution(execution(settings, terms))
                .orderSizing(settings.fill().equals("next-open") ? OrderSizing.AT_OPEN : OrderSizing.AT_FILL)
                .quantityMode(word(EngineSettings.QuantityMode.class, settings.quantityMode()))
                .limits(terms.limits(settings.leverage()))
                .drawdown(terms.drawdown())
                .marginMode(word(EngineSettings.MarginMode.class, settings.margin()))
                .leverage(settings.leverage())
                .onFailure(word(EngineSettings.FailurePolicy.class, settings.onFailure()))
                .build();
    }

    private static CostModel cost(BacktestSettings settings, BacktestTerms terms) {
        Optional<FeeSchedule> fees = terms.fees();
        if (settings.slippageModel().equals("flat")) {
            Check.that(
                    !terms.hasImpact(),
                    "costs.impact and costs.spreadShare need backtest.slippageModel square-root, got flat");
            return fees.<CostModel>map(given -> new SquareRootCost(given, settings.slippage(), 0, 0))
                    .orElseGet(() -> new FlatCost(settings.commission(), settings.slippage()));
        }
        return terms.spreadOf(new SquareRootCost(
                fees.orElseGet(() -> FeeSchedule.flat(settings.commission())),
                settings.slippage(),
                SquareRootCost.DEFAULT.spreadShare(),
                SquareRootCost.DEFAULT.impact()));
    }

    private static ExecutionSettings execution(BacktestSettings settings, BacktestTerms terms) {
        IntrabarPath path = switch (settings.path()) {
            case "ohlc" -> IntrabarPath.OPEN_HIGH_LOW_CLOSE;
            case "olhc" -> IntrabarPath.OPEN_LOW_HIGH_CLOSE;
            default -> word(IntrabarPath.class, settings.path());
        };
        return terms.execution(ExecutionSettings.builder())
                .timing(word(FillTiming.class, settings.fill()))
                .path(path)
                .barParticipation(settings.participation())
                .build();
    }

    private static <E extends Enum<E>> E word(Class<E> type, String word) {
        return Enum.valueOf(type, word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    private static void addActivity(Map<String, Double> metrics, BacktestResult result) {
        List<RoundTrip> trips = result.roundTrips();
        long won = trips.stream().filter(trip -> trip.pnl() > 0).count();
        double exposure = 0;
        for (double each : result.exposure()) {
            exposure += each;
        }
        metrics.put("trades", (double) trips.size());
        metrics.put("tradesWon", trips.isEmpty() ? Double.NaN : won / (double) trips.size());
        metrics.put("turnover", result.turnover());
        metrics.put("exposure", exposure / Math.max(1, result.exposure().length));
    }

    private static Map<String, Double> costs(BacktestResult result) {
        Map<String, Double> costs = new LinkedHashMap<>();
        costs.put("fees", result.totalFees());
        costs.put("slippage", result.slippageCost());
        costs.put("funding", result.fundingPaid());
        costs.put("traded", result.tradedNotional());
        return costs;
    }

    private String worst() {
        return data.frames().stream()
                .map(frame -> frame.provenance().kind())
                .max(Comparator.naturalOrder())
                .orElse(Provenance.Kind.HISTORICAL)
                .name();
    }

    private List<BacktestOutcome.SeriesRow> series() {
        List<BacktestOutcome.SeriesRow> rows = new ArrayList<>();
        for (Frame frame : data.frames()) {
            rows.add(new BacktestOutcome.SeriesRow(
                    frame.symbol(),
                    frame.provenance().source(),
                    frame.provenance().sha256(),
                    frame.provenance().kind().name(),
                    frame.provenance().note(),
                    frame.size(),
                    frame.size() == 0 ? 0 : frame.index().at(0),
                    frame.size() == 0 ? 0 : frame.availableAt(frame.size() - 1)));
        }
        return rows;
    }

    private static List<BacktestOutcome.Trade> trades(BacktestResult result) {
        return result.roundTrips().stream()
                .map(trip -> new BacktestOutcome.Trade(
                        trip.symbol(),
                        trip.side() == Side.BUY ? "LONG" : "SHORT",
                        trip.entryNanos(),
                        trip.exitNanos(),
                        trip.entryPrice(),
                        trip.exitPrice(),
                        trip.quantity(),
                        trip.fees(),
                        trip.slippage(),
                        trip.pnl()))
                .toList();
    }

    private static List<BacktestOutcome.FillRow> fills(BacktestResult result) {
        List<Scale> scales = result.contracts().stream()
                .map(contract -> Scale.of(contract.instrument()))
                .toList();
        List<BacktestOutcome.FillRow> rows = new ArrayList<>();
        for (Fill fill : result.fills()) {
            Scale scale = scales.get(fill.symbol());
            rows.add(new BacktestOutcome.FillRow(
                    fill.tsNanos(),
                    result.symbols().get(fill.symbol()),
                    fill.side().name(),
                    scale.price(fill.priceTicks()),
                    scale.quantity(fill.lots()),
                    money(fill.feeUnits())));
        }
        return rows;
    }

    /** What each of several strategies made of its share; empty for one. */
    private static List<BacktestOutcome.StrategyRow> strategies(BacktestResult result) {
        List<BacktestOutcome.StrategyRow> rows = new ArrayList<>();
        for (String name : result.strategies().size() > 1 ? result.strategies() : List.<String>of()) {
            BacktestResult.Profit profit = result.profit(name);
            double end = money(result.endEquityUnits(name));
            rows.add(new BacktestOutcome.StrategyRow(
                    name,
                    end - profit.total(),
                    end,
                    profit.price(),
                    profit.slippage(),
                    profit.fees(),
                    profit.funding(),
                    profit.rest(),
                    result.fills(name).size()));
        }
        return rows;
    }

    private static Map<String, Integer> events(BacktestResult result, boolean outgrown) {
        Map<String, Integer> counts = new TreeMap<>();
        for (OrderEvent event : result.exceptions()) {
            if (event instanceof OrderEvent.Rejected rejected) {
                counts.merge("rejected " + rejected.reason(), 1, Integer::sum);
            } else if (event instanceof OrderEvent.Forced forced) {
                counts.merge("forced " + forced.reason(), 1, Integer::sum);
            }
        }
        result.failures().forEach(failure -> counts.merge("failed: " + failure.getMessage(), 1, Integer::sum));
        if (outgrown) {
            counts.put("fractional quantities grew too large, traded in lots", 1);
        }
        if (result.ambiguousBars() > 0) {
            counts.put("ambiguous bars", (int) Math.min(Integer.MAX_VALUE, result.ambiguousBars()));
        }
        return counts;
    }

    private BacktestOutcome.TrialCount trials(
            String checksum, ProbabilisticSharpe sharpe, Optional<Path> ledger, TimeSource clock) throws IOException {
        if (ledger.isEmpty()) {
            return new BacktestOutcome.TrialCount(1, 0, sharpe.deflated(1, 0), "");
        }
        double perPeriod = Double.isInfinite(sharpe.sharpePerPeriod()) ? Double.NaN : sharpe.sharpePerPeriod();
        long from = data.frames().stream()
                .mapToLong(frame -> frame.index().at(0))
                .min()
                .orElse(0);
        long to = data.frames().stream()
                .mapToLong(frame -> frame.availableAt(frame.size() - 1))
                .max()
                .orElse(1);
        Trial own = new Trial(
                Versions.lama(), settingsHash(), checksum, from, to, Map.of(Trial.SHARPE_PER_PERIOD, perPeriod));
        TrialLedger book = TrialLedger.in(ledger.get(), TimeSource.fixed(clock.nowNanos()));
        try {
            book.append(own);
            TrialLedger.Contents contents = book.contents();
            TrialCounts all = TrialCounts.of(contents.on(checksum, from, to));
            double variance = all.variance();
            int raw = (int) Math.min(Integer.MAX_VALUE, Math.max(1, all.raw()));
            return new BacktestOutcome.TrialCount(
                    raw,
                    variance,
                    sharpe.deflated(raw, variance),
                    contents.started()
                            .orElse(TimeIndex.instant(clock.nowNanos()))
                            .toString());
        } catch (IOException unusable) {
            throw LedgerBook.unusable(ledger.get(), unusable);
        }
    }

    /** The strategy's code, its parameters and all settings, wherever the data and the code lie. */
    private String settingsHash() {
        return settingsHash(blueprint.effective(request.parameters()));
    }

    /** The same with other effective parameters. */
    String settingsHash(Map<String, String> parameters) {
        BacktestRequest anywhere = request.withData(DataRequest.synthetic());
        BacktestTerms terms = request.terms().anywhere();
        String more = terms.equals(BacktestTerms.NONE) ? "" : " " + terms;
        String text = members.codeSha256() + " " + request.data().kind() + " " + parameters + " "
                + Documents.compactJson(BacktestConfig.document(anywhere).get("backtest"))
                + more;
        return Checksums.sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    private static double money(long units) {
        return FixedPoint.toDouble(units, FixedPoint.MONEY_DECIMALS);
    }
}
