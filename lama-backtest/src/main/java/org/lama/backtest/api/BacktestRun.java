package org.lama.backtest.api;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.lama.backtest.analytics.ProbabilisticSharpe;
import org.lama.backtest.cost.SquareRootCost;
import org.lama.backtest.engine.BacktestResult;
import org.lama.backtest.engine.BarEngine;
import org.lama.backtest.engine.EngineObserver;
import org.lama.backtest.engine.EngineSettings;
import org.lama.backtest.engine.Market;
import org.lama.backtest.engine.StrategyBook;
import org.lama.backtest.engine.StrategyException;
import org.lama.backtest.honesty.HonestySettings;
import org.lama.backtest.honesty.StrategyHonesty;
import org.lama.backtest.honesty.StrategyHonestyReport;
import org.lama.backtest.order.OrderEvent;
import org.lama.backtest.report.BacktestRecord;
import org.lama.backtest.sizing.AllocationSettings;
import org.lama.backtest.sizing.Allocations;
import org.lama.backtest.strategies.Blueprint;
import org.lama.backtest.strategies.SizedStrategy;
import org.lama.backtest.strategy.Strategy;
import org.lama.backtest.sweep.EngineRecipe;
import org.lama.backtest.walkforward.MarketRegimes;
import org.lama.core.base.Check;
import org.lama.core.data.MarketData;
import org.lama.core.market.CostModel;
import org.lama.core.market.Instrument;
import org.lama.core.series.TimeIndex;
import org.lama.core.signal.Providers;
import org.lama.core.signal.RegimeLabel;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;

/** Runs the strategy of a request and its benchmark through the engine, and puts what they did into plain values. */
final class BacktestRun implements BacktestWaterfall.Runs {
    /** The default detector of studies. */
    private static final String REGIMES = "four-regimes";

    private static final double YEAR_NANOS = 365 * 86_400e9;
    private static final String QUICK =
            "The strategy was run once, as --quick asks: what needs further runs is not known.";

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
        this.market = EngineTerms.market(request, data);
    }

    /** What came out: plain values to keep, and the record from which the report is made. */
    record Finished(BacktestOutcome outcome, BacktestRecord record) {}

    /** What the ledger knows it by. */
    String settingsHash() {
        return new OwnTrial(request, blueprint, members, data).settingsHash();
    }

    /** Runs it; the trial is entered once the result is there. */
    Finished finished(LedgerUse ledger, BacktestWatch watch) throws IOException {
        EngineSettings asked = EngineTerms.engine(request, data);
        List<SizedStrategy> sized = new ArrayList<>();
        BacktestResult result = watched(asked, watch, sized);
        // a position that grew beyond the finer quantities is traded in lots rather than not at all
        boolean outgrown = asked.quantityMode() == EngineSettings.QuantityMode.FRACTIONAL && outgrew(result);
        EngineSettings settings = outgrown ? EngineTerms.inLots(asked, data) : asked;
        result = outgrown ? watched(settings, watch, sized) : result;
        Map<String, Integer> unsized = unsized(sized);
        result.cuts().forEach(cut -> unsized.merge(cut.words(), cut.count(), Integer::sum));
        boolean one = result.strategies().size() == 1;
        result.stops()
                .forEach(stop -> unsized.merge(
                        one ? stop.words() : stop.strategy() + ": " + stop.words(), stop.count(), Integer::sum));
        BacktestResult held = held(settings);
        String checksum = request.terms().files().checksum(DataBits.of(data.frames()));
        BacktestRecord alone = record(members.title(), result, held)
                .withAssumptions(
                        unsized.keySet().stream().map(BacktestRun::sentence).toList());
        List<Node> delistings = request.isQuick() || !members.isRepeatable()
                ? List.of()
                : DelistingRuns.of(result, settings, this::run);
        if (!delistings.isEmpty()) {
            alone = alone.withAssumptions(List.of(DelistingRuns.sentence(delistings) + "."));
        }
        BacktestRecord record = request.isQuick() ? alone.asOnlyRun(QUICK) : withFurtherRuns(alone, settings);
        BacktestOutcome.TrialCount trials = new OwnTrial(request, blueprint, members, data)
                .count(checksum, ProbabilisticSharpe.of(record.returns()), ledger);
        record = withWaterfall(record, settings, trials);
        BacktestOutcome outcome = new BacktestOutcome(
                OutcomeRows.worst(data),
                checksum,
                members.codeSha256(),
                OutcomeRows.series(data),
                OutcomeRows.money(result.endEquityUnits()),
                OutcomeRows.metrics(record),
                OutcomeRows.benchmark(record),
                OutcomeRows.costs(result),
                trials,
                OutcomeRows.trades(result),
                OutcomeRows.fills(result),
                OutcomeRows.events(result, outgrown, unsized),
                record.issues(),
                OutcomeRows.strategies(result),
                curve(result, held),
                DelistingRuns.addTo(ChecksManifest.of(record), delistings),
                OutcomeRows.reasons(record),
                benchmark(settings).label(),
                OutcomeRows.firsts(result));
        return new Finished(outcome, record);
    }

    private BacktestRecord withWaterfall(
            BacktestRecord record, EngineSettings settings, BacktestOutcome.TrialCount trials) throws IOException {
        if (request.isQuick()) {
            return record;
        }
        return members.isRepeatable()
                ? new BacktestWaterfall(this, settings).addTo(record, trials)
                : record.withoutWaterfall(BacktestWaterfall.NOT_REPEATABLE);
    }

    private static BacktestOutcome.Curve curve(BacktestResult result, BacktestResult held) {
        return new BacktestOutcome.Curve(
                result.times().copyRange(0, result.times().size()),
                result.equity(),
                result.cash(),
                result.exposure(),
                held.equity());
    }

    /** The run with all that is run besides to judge it; nothing is entered into a ledger. */
    BacktestRecord judged(BacktestOutcome.TrialCount trials) throws IOException {
        EngineSettings asked = EngineTerms.engine(request, data);
        BacktestResult result = run(asked);
        boolean outgrown = asked.quantityMode() == EngineSettings.QuantityMode.FRACTIONAL && outgrew(result);
        EngineSettings settings = outgrown ? EngineTerms.inLots(asked, data) : asked;
        result = outgrown ? run(settings) : result;
        BacktestRecord record = withFurtherRuns(record(members.title(), result, held(settings)), settings);
        return new BacktestWaterfall(this, settings).addTo(record, trials);
    }

    private static boolean outgrew(BacktestResult result) {
        return result.exceptions().stream()
                .anyMatch(event -> event instanceof OrderEvent.Rejected rejected
                        && rejected.reason() == OrderEvent.Reason.QUANTITY_TOO_LARGE);
    }

    /** The run alone, without further ones: what a comparison needs. */
    BacktestRecord record(String name) throws IOException {
        EngineSettings settings = EngineTerms.engine(request, data);
        return record(name, run(settings), held(settings));
    }

    private BacktestRecord record(String name, BacktestResult result, BacktestResult held) throws IOException {
        return BacktestRecord.of(name, result, data)
                .withBenchmark(benchmark(EngineTerms.engine(request, data)).label(), held.equity())
                .withRegimes(regimes(result.times()))
                .withSettings(words());
    }

    /** Those of a study's default detector; none where the models are not on the class path. */
    private List<RegimeLabel> regimes(TimeIndex times) {
        return Providers.regimes().stream()
                .filter(each -> each.name().equals(REGIMES))
                .findFirst()
                .map(detector -> MarketRegimes.of(data, detector, times))
                .orElse(List.of());
    }

    HeldBenchmark benchmark(EngineSettings settings) {
        return HeldBenchmark.of(request.terms().benchmark(), settings.contracts(), data.symbols());
    }

    /** Buy and hold at the same costs, without leverage, margin and the limits of the strategy. */
    BacktestResult held(EngineSettings settings) {
        return run(benchmark(settings).book(), HeldBenchmark.settings(settings));
    }

    /** Other costs and paths, in lots: without costs, money can outgrow the finer quantities of the run itself. */
    private BacktestRecord withFurtherRuns(BacktestRecord record, EngineSettings settings) {
        return members.isRepeatable() ? withFurtherRuns(record, settings, this::run) : record;
    }

    static BacktestRecord withFurtherRuns(
            BacktestRecord record, EngineSettings settings, Function<EngineSettings, BacktestResult> run) {
        EngineSettings coarse = EngineTerms.inLots(settings, record.data());
        boolean known = coarse.quantityMode() == settings.quantityMode()
                && SquareRootCost.withSize(settings.cost()).equals(settings.cost());
        try {
            return record.withCostRuns(multiple -> run.apply(coarse.toBuilder()
                            .cost(scaled(settings.cost(), multiple))
                            .build()))
                    .withPathRuns(path -> run.apply(coarse.toBuilder()
                            .execution(settings.execution().withPath(path))
                            .build()))
                    .withCapacityRuns(cash -> known && cash == settings.cash()
                            ? Optional.of(record.result())
                            : atCapital(coarse, cash, run));
        } catch (TooLarge beyond) {
            return record.withoutFurtherRuns("Runs at other costs and on other paths could not be made: "
                    + Objects.requireNonNullElse(beyond.getMessage(), "the numbers became too large") + ".");
        }
    }

    /** Under costs that grow with size; empty where numbers outgrow the engine. */
    private static Optional<BacktestResult> atCapital(
            EngineSettings settings, double cash, Function<EngineSettings, BacktestResult> run) {
        try {
            BacktestResult result = run.apply(settings.toBuilder()
                    .cost(SquareRootCost.withSize(settings.cost()))
                    .cash(cash)
                    .build());
            return outgrew(result) ? Optional.empty() : Optional.of(result);
        } catch (TooLarge | StrategyException beyond) {
            return Optional.empty();
        }
    }

    /** A commission of a half cannot be tripled. */
    private static CostModel scaled(CostModel cost, double multiple) {
        try {
            return cost.scaled(multiple);
        } catch (IllegalArgumentException beyond) {
            throw new TooLarge(PlainNumbers.of(multiple) + " times the costs are beyond their range", beyond);
        }
    }

    /** Spoils the future of the bars and runs anew, as the run itself is done. */
    StrategyHonestyReport honesty(HonestySettings honesty) {
        Check.that(members.isSingle(), "the honesty of strategies is checked one at a time, got " + members.title());
        Check.that(
                blueprint.isRepeatable(),
                "a strategy object serves one run; give its class and constructor, which make a new one for each");
        return StrategyHonesty.check(data, bars -> strategy(), EngineTerms.engine(request, data), honesty);
    }

    /** Money or quantities that 64 bits do not hold, or costs of more than all. */
    private static final class TooLarge extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        TooLarge(ArithmeticException cause) {
            this(
                    "money or quantities outgrew 64 bits (" + cause.getMessage()
                            + "); start with less cash, or trade in lots instead of fractional quantities",
                    cause);
        }

        TooLarge(String message, RuntimeException cause) {
            super(message, cause);
        }
    }

    private BacktestResult run(EngineSettings settings) {
        return run(members.book(this::strategy), settings);
    }

    /** The run that was asked for; notes whose weights were to be sized. */
    private BacktestResult watched(EngineSettings settings, BacktestWatch watch, List<SizedStrategy> sized) {
        sized.clear();
        watch.begins();
        try {
            StrategyBook book = members.book((code, parameters) -> {
                Strategy made = strategy(code, parameters);
                if (made instanceof SizedStrategy each) {
                    sized.add(each);
                }
                return made;
            });
            return run(book, settings);
        } finally {
            watch.ends();
        }
    }

    /** Where a sizing was asked for and the strategy gave quantities itself, how often. */
    private Map<String, Integer> unsized(List<SizedStrategy> sized) {
        Map<String, Integer> counts = new TreeMap<>();
        for (SizedStrategy each : sized) {
            if (each.ownQuantities() > 0) {
                String where = each.askedForWeights()
                        ? " where the strategy gave quantities itself"
                        : ": the strategy gave quantities itself";
                counts.merge(
                        "sizing " + request.settings().sizing() + " had no effect" + where,
                        (int) Math.min(Integer.MAX_VALUE, each.ownQuantities()),
                        Integer::sum);
            }
        }
        return counts;
    }

    private static String sentence(String words) {
        return Character.toUpperCase(words.charAt(0)) + words.substring(1) + ".";
    }

    @Override
    public BacktestResult run(EngineSettings settings, boolean sameBar) {
        return sameBar ? runInDecidingBar(members.book(this::strategy), settings) : run(settings);
    }

    BacktestResult runInDecidingBar(StrategyBook book, EngineSettings settings) {
        try {
            return BarEngine.runInDecidingBar(market, book, settings);
        } catch (ArithmeticException overflow) {
            throw new TooLarge(overflow);
        }
    }

    @Override
    public BacktestRun on(MarketData other) throws IOException {
        return new BacktestRun(request, blueprint, other);
    }

    @Override
    public EngineSettings settings() {
        return EngineTerms.engine(request, data);
    }

    @Override
    public MarketData data() {
        return data;
    }

    BacktestResult run(StrategyBook book, EngineSettings settings) {
        try {
            return BarEngine.run(market, book, settings, EngineObserver.SILENT);
        } catch (ArithmeticException overflow) {
            throw new TooLarge(overflow);
        }
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
                : PlainNumbers.onPage(Documents.compactJson(value).strip());
    }

    /** A new strategy, with the sizing of the request. */
    Strategy strategy() {
        return strategy(blueprint, request.parameters());
    }

    Strategy strategy(Blueprint code, Map<String, String> parameters) {
        Strategy own = code.create(parameters);
        return sizing().map(each -> SizedStrategy.of(
                        own, Allocations.named(each.mode(), each.settings()), each.windowBars(), each.rebalancing()))
                .orElse(own);
    }

    /** Sizes other than the strategy's own, if the request has them. */
    Optional<EngineRecipe.Sizing> sizing() {
        BacktestSettings settings = request.settings();
        String mode = settings.sizing().replaceFirst(":.*", "");
        BacktestTerms terms = request.terms();
        if (mode.equals("own")) {
            Check.that(
                    !terms.hasSizing(),
                    "sizing and rebalancing need a mode in backtest.sizing, one of " + BacktestSettings.SIZINGS
                            + " but own");
            return Optional.empty();
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
        return Optional.of(new EngineRecipe.Sizing(mode, allocation.build(), terms.windowBars(), terms.rebalancing()));
    }
}
