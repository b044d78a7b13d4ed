package org.lama.backtest.api;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lama.backtest.cost.FeeSchedule;
import org.lama.backtest.matching.FillRules;
import org.lama.backtest.matching.OrderLatency;
import org.lama.backtest.matching.QueueModel;
import org.lama.backtest.strategies.Blueprint;
import org.lama.backtest.strategies.Strategies;
import org.lama.backtest.strategies.StrategyFinder;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Suggestion;

/**
 * Which strategy is replayed over a book, and under what rules. Immutable.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class ReplayRequest {
    /** Names of queue models, {@code power} with another exponent after a colon. */
    public static final List<String> QUEUES = List.of("risk-averse", "power", "logarithmic");

    private static final double USUAL_EXPONENT = 3;
    private static final Duration USUAL_LATENCY = Duration.ofMillis(10);

    private final String strategy;
    private final Optional<Path> jar;
    private final Map<String, String> parameters;
    private final List<String> queues;
    private final Terms terms;

    /** How far away the venue is, what it charges, and how much of an order fills. */
    private record Terms(Duration order, Duration answer, double maker, double taker, FillRules fills) {}

    private ReplayRequest(
            String strategy, Optional<Path> jar, Map<String, String> parameters, List<String> queues, Terms terms) {
        this.strategy = Check.notBlank(strategy, "strategy");
        this.jar = jar;
        this.parameters = new LinkedHashMap<>(parameters);
        this.queues = List.copyOf(queues);
        this.terms = terms;
    }

    /**
     * A strategy with its defaults: two queue models, 10 ms each way, 2 and 5 basis points, and a tenth of what others
     * trade at most.
     *
     * @param strategy a market maker of {@link Strategies#makers()}, a class, or a source file
     * @return the request
     */
    public static ReplayRequest of(String strategy) {
        return new ReplayRequest(
                strategy,
                Optional.empty(),
                Map.of(),
                List.of("risk-averse", "power"),
                new Terms(USUAL_LATENCY, USUAL_LATENCY, 0.0002, 0.0005, FillRules.realistic()));
    }

    private ReplayRequest with(Terms other) {
        return new ReplayRequest(strategy, jar, parameters, queues, other);
    }

    /**
     * With the jar that holds the class of the strategy.
     *
     * @param file the jar
     * @return a copy
     */
    public ReplayRequest withJar(Path file) {
        return new ReplayRequest(strategy, Optional.of(file), parameters, queues, terms);
    }

    /**
     * With parameters of the strategy.
     *
     * @param values by name; those that are missing have their defaults
     * @return a copy
     */
    public ReplayRequest withParameters(Map<String, String> values) {
        return new ReplayRequest(strategy, jar, values, queues, terms);
    }

    /**
     * Under other queue models.
     *
     * @param names at least one, each different: {@link #QUEUES} or such as {@code power:2}
     * @return a copy
     */
    public ReplayRequest withQueues(List<String> names) {
        Check.that(!names.isEmpty(), "queues must name at least one of " + QUEUES);
        Check.that(
                names.stream().map(ReplayRequest::queue).distinct().count() == names.size(),
                "queues must differ, got " + names + "; power is power:" + (int) USUAL_EXPONENT);
        return new ReplayRequest(strategy, jar, parameters, names, terms);
    }

    /**
     * With other ways of orders and answers.
     *
     * @param order to the venue, at least 0
     * @param answer back, at least 0
     * @return a copy
     */
    public ReplayRequest withLatency(Duration order, Duration answer) {
        Check.that(!order.isNegative(), "order latency must be >= 0, got " + order);
        Check.that(!answer.isNegative(), "answer latency must be >= 0, got " + answer);
        return with(new Terms(order, answer, terms.maker, terms.taker, terms.fills));
    }

    /**
     * With other fees.
     *
     * @param maker fraction of the notional of fills at rest; negative for a rebate
     * @param taker fraction of the notional of fills that take
     * @return a copy
     */
    public ReplayRequest withFees(double maker, double taker) {
        FeeSchedule.makerTaker(maker, taker); // checks both
        return with(new Terms(terms.order, terms.answer, maker, taker, terms.fills));
    }

    /**
     * With other rules of how much of an order fills.
     *
     * @param rules whole orders, parts, or parts up to a share of what others trade or show
     * @return a copy
     */
    public ReplayRequest withFills(FillRules rules) {
        return with(new Terms(terms.order, terms.answer, terms.maker, terms.taker, Check.notNull(rules, "rules")));
    }

    /**
     * What the strategy is called.
     *
     * @return as given
     */
    public String strategy() {
        return strategy;
    }

    /**
     * The queue models.
     *
     * @return their names
     */
    public List<String> queues() {
        return queues;
    }

    /**
     * Time of an order to the venue.
     *
     * @return at least 0
     */
    public Duration orderLatency() {
        return terms.order;
    }

    /**
     * Time of an answer back.
     *
     * @return at least 0
     */
    public Duration answerLatency() {
        return terms.answer;
    }

    /**
     * Fee of fills at rest.
     *
     * @return fraction of the notional, negative for a rebate
     */
    public double makerFee() {
        return terms.maker;
    }

    /**
     * Fee of fills that take.
     *
     * @return fraction of the notional
     */
    public double takerFee() {
        return terms.taker;
    }

    /**
     * How much of an order fills.
     *
     * @return the rules
     */
    public FillRules fills() {
        return terms.fills;
    }

    /**
     * The parameters with the values in force.
     *
     * @return by name, in the order in which the strategy asks for them
     * @throws IOException if the strategy cannot be read
     */
    public Map<String, String> effective() throws IOException {
        return blueprint().effective(parameters);
    }

    /** Builds the strategy anew for each run. */
    Blueprint blueprint() throws IOException {
        boolean own = jar.isPresent() || strategy.contains(".");
        return own ? StrategyFinder.find(strategy, jar) : Strategies.maker(strategy);
    }

    Map<String, String> parameters() {
        return parameters;
    }

    OrderLatency.Constant latency() {
        return new OrderLatency.Constant(terms.order.toNanos(), terms.answer.toNanos());
    }

    /** A queue model by its name. */
    static QueueModel queue(String name) {
        if (name.equals("risk-averse")) {
            return new QueueModel.RiskAverse();
        }
        if (name.equals("logarithmic")) {
            return new QueueModel.Logarithmic();
        }
        if (name.equals("power")) {
            return new QueueModel.Power(USUAL_EXPONENT);
        }
        if (name.startsWith("power:")) {
            try {
                return new QueueModel.Power(Double.parseDouble(name.substring("power:".length())));
            } catch (NumberFormatException wrong) {
                throw new IllegalArgumentException("queue power:N needs a number above 0, got '" + name + "'", wrong);
            }
        }
        List<String> names = new ArrayList<>(QUEUES);
        throw new IllegalArgumentException(
                "queue must be one of " + names + " or power:N, got '" + name + "'" + Suggestion.alike(name, names));
    }
}
