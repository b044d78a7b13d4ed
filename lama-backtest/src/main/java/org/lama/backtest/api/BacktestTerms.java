package org.lama.backtest.api;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.lama.backtest.cost.FeeSchedule;
import org.lama.backtest.cost.SquareRootCost;
import org.lama.backtest.engine.EngineSettings;
import org.lama.backtest.execution.ExecutionSettings;
import org.lama.backtest.execution.TouchRule;
import org.lama.backtest.risk.DrawdownLimits;
import org.lama.backtest.risk.RiskLimits;
import org.lama.backtest.sizing.AllocationSettings;
import org.lama.backtest.sizing.Rebalancing;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;

/**
 * What a backtest may be told beyond {@link BacktestSettings}: fees, execution, limits, drawdown, rebalancing, sizing,
 * contracts, streams from files and several strategies. It is the part of a configuration file that has no flags, in the
 * same words: groups that are not given leave the engine's defaults. Everything is checked when it is made. Immutable and
 * thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class BacktestTerms {
    /** Nothing beyond the settings. */
    public static final BacktestTerms NONE = new BacktestTerms(Node.object().build());

    static final List<String> GROUPS = List.of(
            "costs",
            "execution",
            "limits",
            "drawdown",
            "delisting",
            "benchmark",
            "sizing",
            "rebalancing",
            "account",
            "contracts",
            "funding",
            "conversions",
            "events",
            "strategies");

    private static final List<String> COSTS = List.of("fees", "impact", "spreadShare");
    private static final List<String> EXECUTION = List.of("touch", "latency", "participation");
    private static final List<String> LIMITS = List.of(
            "maxGross",
            "maxWeight",
            "maxNet",
            "topCount",
            "maxTopWeight",
            "maxParticipation",
            "maxSlippage",
            "maxLeverage");
    private static final List<String> DRAWDOWN =
            List.of("reducing", "halted", "resumeBelow", "coolDown", "maxDailyLoss", "flattenOnHalt");
    private static final List<String> DELISTING = List.of("haircut", "after");
    private static final List<String> SIZING =
            List.of("windowBars", "maxWeight", "covariance", "halfLifeRows", "minRows", "meanPriorRows");
    private static final List<String> REBALANCING = List.of("calendar", "absoluteBand", "relativeBand", "reach");
    private static final int WINDOW_BARS = 120;
    private static final double NONE_BINDS = Double.POSITIVE_INFINITY;

    private final Node document;

    private BacktestTerms(Node document) {
        this.document = document;
    }

    /**
     * Reads them.
     *
     * @param document an object with the groups {@code costs}, {@code execution}, {@code limits}, {@code drawdown}, {@code
     *     delisting}, {@code benchmark}, {@code sizing}, {@code rebalancing}, {@code account}, {@code contracts}, {@code funding}, {@code conversions}, {@code
     *     events} and {@code strategies}, all optional
     * @return the terms
     * @throws IllegalArgumentException for an unknown key or a value out of range, naming key, rule and value
     */
    public static BacktestTerms of(Node document) {
        StudyConfig.known(document, GROUPS);
        return NONE.with(document);
    }

    /**
     * With other groups on top: a key that is missing keeps its value; a contract, a file of a symbol and a list are
     * replaced as a whole.
     *
     * @param more an object; what is none of the groups is not read
     * @return a copy
     * @throws IllegalArgumentException for an unknown key or a value out of range
     */
    BacktestTerms with(Node more) {
        Node.Fields fields = Node.object();
        for (String group : GROUPS) {
            Optional<Node> old = document.find(group);
            Optional<Node> given = more.find(group);
            if (given.isPresent()
                    && old.isPresent()
                    && given.get().kind() == Node.Kind.OBJECT
                    && old.get().kind() == Node.Kind.OBJECT) {
                fields.put(group, merged(old.get(), given.get()));
            } else {
                given.or(() -> old).ifPresent(node -> fields.put(group, node));
            }
        }
        BacktestTerms made = new BacktestTerms(fields.build());
        made.check();
        return made;
    }

    private static Node merged(Node old, Node given) {
        Node.Fields fields = Node.object();
        for (String name : old.names()) {
            fields.put(name, given.find(name).orElse(old.get(name)));
        }
        for (String name : given.names()) {
            if (!old.has(name)) {
                fields.put(name, given.get(name));
            }
        }
        return fields.build();
    }

    /** Reads all groups once, so that whatever is wrong is said before any work. */
    private void check() {
        spreadOf(SquareRootCost.DEFAULT);
        fees();
        execution(ExecutionSettings.builder());
        limits(1);
        drawdown();
        allocation(AllocationSettings.builder());
        windowBars();
        rebalancing();
        delisting(EngineSettings.builder());
        benchmark();
        in("account", node -> {
            StudyConfig.known(node, List.of("currency"));
            return ContractTerms.currency(node);
        });
        in("contracts", node -> ContractTerms.check(node));
        in("funding", node -> MarketFiles.checkFiles(node, false));
        in("conversions", node -> MarketFiles.checkFiles(node, true));
        in("events", node -> MarketFiles.checkEvents(node));
        strategies();
    }

    /** A group read by a function; what is wrong in it is said with its name. */
    private <T> Optional<T> in(String group, Function<Node, T> reader) {
        try {
            return document.find(group).map(reader);
        } catch (IllegalArgumentException wrong) {
            String message = String.valueOf(wrong.getMessage());
            throw new IllegalArgumentException(
                    message.contains("'" + group) || message.startsWith(group) ? message : group + ": " + message,
                    wrong);
        }
    }

    private static double number(Node node, String key, double otherwise) {
        return StudyConfig.value(node, key, Node::asDouble, otherwise);
    }

    /** Maker and taker rates; empty where the commission of the settings holds. */
    Optional<FeeSchedule> fees() {
        return in("costs", node -> {
                    StudyConfig.known(node, COSTS);
                    return node.find("fees").map(BacktestTerms::schedule);
                })
                .flatMap(Function.identity());
    }

    private static FeeSchedule schedule(Node fees) {
        if (fees.kind() == Node.Kind.NUMBER) {
            return FeeSchedule.flat(fees.asDouble());
        }
        if (fees.kind() == Node.Kind.OBJECT) {
            StudyConfig.known(fees, List.of("maker", "taker"));
            return FeeSchedule.makerTaker(
                    fees.get("maker").asDouble(), fees.get("taker").asDouble());
        }
        return FeeSchedule.parse(fees.asText());
    }

    /** The square-root law with the constants that were given. */
    SquareRootCost spreadOf(SquareRootCost base) {
        return in(
                        "costs",
                        node -> new SquareRootCost(
                                base.fees(),
                                base.floor(),
                                number(node, "spreadShare", base.spreadShare()),
                                number(node, "impact", base.impact())))
                .orElse(base);
    }

    /** Whether constants of the square-root law were given. */
    boolean hasImpact() {
        return document.find("costs")
                .filter(node -> node.has("impact") || node.has("spreadShare"))
                .isPresent();
    }

    ExecutionSettings.Builder execution(ExecutionSettings.Builder builder) {
        in("execution", node -> {
            StudyConfig.known(node, EXECUTION);
            ExecutionSettings base = ExecutionSettings.DEFAULT;
            builder.touch(BacktestWords.word(node, "touch", TouchRule.THROUGH))
                    .latency(BacktestWords.duration(node, "latency", Duration.ZERO))
                    .participation(number(node, "participation", base.participation()))
                    .build();
            return builder;
        });
        return builder;
    }

    /** The limits; those that are not given leave room for the leverage. */
    RiskLimits limits(double leverage) {
        return in("limits", node -> {
                    StudyConfig.known(node, LIMITS);
                    return RiskLimits.builder()
                            .maxGross(number(node, "maxGross", leverage))
                            .maxWeight(number(node, "maxWeight", leverage))
                            .maxParticipation(number(node, "maxParticipation", NONE_BINDS))
                            .maxSlippage(number(node, "maxSlippage", NONE_BINDS))
                            .maxNet(number(node, "maxNet", NONE_BINDS))
                            .maxTopWeight(
                                    StudyConfig.value(node, "topCount", Node::asInt, 1),
                                    number(node, "maxTopWeight", NONE_BINDS))
                            .maxLeverage(number(node, "maxLeverage", NONE_BINDS))
                            .build();
                })
                .orElseGet(() -> new RiskLimits(leverage, leverage, NONE_BINDS));
    }

    DrawdownLimits drawdown() {
        return in("drawdown", node -> {
                    StudyConfig.known(node, DRAWDOWN);
                    double halted = number(node, "halted", NONE_BINDS);
                    return new DrawdownLimits(
                            number(node, "reducing", halted),
                            halted,
                            number(node, "resumeBelow", 0),
                            BacktestWords.duration(node, "coolDown", Duration.ZERO),
                            number(node, "maxDailyLoss", NONE_BINDS),
                            StudyConfig.value(node, "flattenOnHalt", Node::asBoolean, false));
                })
                .orElse(DrawdownLimits.NONE);
    }

    /** What is assumed of a held symbol whose prices end. */
    EngineSettings.Builder delisting(EngineSettings.Builder builder) {
        in("delisting", node -> {
            StudyConfig.known(node, DELISTING);
            EngineSettings base = EngineSettings.DEFAULT;
            builder.delisting(
                            number(node, "haircut", base.delistingHaircut()),
                            BacktestWords.duration(node, "after", base.delistingAfter()))
                    .build();
            return builder;
        });
        return builder;
    }

    /** The symbols that are bought and held beside the strategy; empty where its underlyings are. */
    Optional<List<String>> benchmark() {
        return in("benchmark", HeldBenchmark::read);
    }

    AllocationSettings.Builder allocation(AllocationSettings.Builder builder) {
        in("sizing", node -> {
            StudyConfig.known(node, SIZING);
            AllocationSettings base = AllocationSettings.DEFAULT;
            builder.maxWeight(number(node, "maxWeight", base.maxWeight()))
                    .covariance(BacktestWords.word(node, "covariance", base.covariance()))
                    .halfLifeRows(number(node, "halfLifeRows", base.halfLifeRows()))
                    .minRows(StudyConfig.value(node, "minRows", Node::asInt, base.minRows()))
                    .meanPriorRows(number(node, "meanPriorRows", base.meanPriorRows()))
                    .build();
            return builder;
        });
        return builder;
    }

    /** Bars of returns that a sizing sees. */
    int windowBars() {
        return in("sizing", node -> {
                    int bars = StudyConfig.value(node, "windowBars", Node::asInt, WINDOW_BARS);
                    Check.that(bars >= 2 && bars <= 100_000, "windowBars must be in [2, 100000], got " + bars);
                    return bars;
                })
                .orElse(WINDOW_BARS);
    }

    Optional<Rebalancing> rebalancing() {
        return in("rebalancing", node -> {
            StudyConfig.known(node, REBALANCING);
            Rebalancing calendar = Rebalancing.parse(node.find("calendar")
                    .map(each -> each.isInteger() ? Long.toString(each.asLong()) : each.asText())
                    .orElse("every-bar"));
            return calendar.withBand(
                    number(node, "absoluteBand", 0),
                    number(node, "relativeBand", 0),
                    BacktestWords.word(node, "reach", Rebalancing.Reach.TARGET));
        });
    }

    boolean hasSizing() {
        return document.has("sizing") || document.has("rebalancing");
    }

    Optional<String> currency() {
        return document.find("account").map(ContractTerms::currency);
    }

    /** The terms of symbols; empty where all contracts are inferred. */
    Optional<Node> contracts() {
        return document.find("contracts");
    }

    /** Files and events beside the bars. */
    MarketFiles files() {
        return new MarketFiles(document.find("funding"), document.find("conversions"), document.find("events"));
    }

    /** The strategies that share the capital; empty where there is one. */
    List<StrategyShare> strategies() {
        return in("strategies", StrategyShare::list).orElse(List.of());
    }

    BacktestTerms withoutStrategies() {
        return without("strategies");
    }

    /** Without the places of files, whose contents are a part of the data, and what the strategy is compared with. */
    BacktestTerms anywhere() {
        return without("benchmark").without("funding").without("conversions").without("events");
    }

    private BacktestTerms without(String group) {
        Node.Fields fields = Node.object();
        for (String name : document.names()) {
            if (!name.equals(group)) {
                fields.put(name, document.get(name));
            }
        }
        return new BacktestTerms(fields.build());
    }

    /** With the files moved. */
    BacktestTerms moved(UnaryOperator<Path> move) {
        Node.Fields fields = Node.object();
        for (String name : document.names()) {
            Node group = document.get(name);
            fields.put(
                    name,
                    name.equals("strategies")
                            ? StrategyShare.moved(group, move)
                            : name.equals("funding") || name.equals("conversions") || name.equals("events")
                                    ? MarketFiles.moved(group, move)
                                    : group);
        }
        return new BacktestTerms(fields.build());
    }

    /**
     * The terms in the words that {@link #of(Node)} reads.
     *
     * @return an object of the groups that were given
     */
    public Node document() {
        return document;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BacktestTerms terms && document.equals(terms.document);
    }

    @Override
    public int hashCode() {
        return document.hashCode();
    }

    @Override
    public String toString() {
        return Documents.compactJson(document).strip();
    }
}
