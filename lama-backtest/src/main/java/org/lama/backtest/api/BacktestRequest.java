package org.lama.backtest.api;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.lama.backtest.strategies.Blueprint;
import org.lama.backtest.strategies.Parameters;
import org.lama.backtest.strategies.StrategyFinder;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * Which strategy to run on which data, and how. Immutable.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class BacktestRequest {
    private final DataRequest data;
    private final String strategy;
    private final Optional<Path> jar;
    private final Map<String, String> parameters;
    private final BacktestSettings settings;
    private final Optional<Blueprint> code;
    private final BacktestTerms terms;
    private final boolean quick;

    private BacktestRequest(
            DataRequest data,
            String strategy,
            Optional<Path> jar,
            Map<String, String> parameters,
            BacktestSettings settings,
            Optional<Blueprint> code,
            BacktestTerms terms,
            boolean quick) {
        this.data = Check.notNull(data, "data");
        this.strategy = Check.notBlank(strategy, "strategy");
        this.jar = jar;
        this.parameters = new LinkedHashMap<>(parameters);
        this.settings = Check.notNull(settings, "settings");
        this.code = code;
        this.terms = Check.notNull(terms, "terms");
        this.quick = quick;
    }

    /**
     * A strategy by name, with its defaults, on the synthetic market.
     *
     * @param strategy built-in name, class name, or path of a source file
     * @return the request
     */
    public static BacktestRequest of(String strategy) {
        return new BacktestRequest(
                DataRequest.synthetic(),
                strategy,
                Optional.empty(),
                Map.of(),
                BacktestSettings.defaults(),
                Optional.empty(),
                BacktestTerms.NONE,
                false);
    }

    /**
     * A strategy by name on a file or folder of bars.
     *
     * @param bars where the data are
     * @param strategy built-in name, class name, or path of a source file
     * @return the request
     */
    public static BacktestRequest of(Path bars, String strategy) {
        return of(strategy).withData(DataRequest.of(bars));
    }

    /**
     * A strategy of the caller on a file or folder of bars.
     *
     * @param bars where the data are
     * @param type the strategy's class, whose name stands in the result
     * @param maker its constructor, such as {@code MyStrategy::new}; asks for all parameters
     * @return the request
     */
    public static BacktestRequest of(Path bars, Class<? extends Strategy> type, Function<Parameters, Strategy> maker) {
        return of(type, maker).withData(DataRequest.of(bars));
    }

    /**
     * A strategy of the caller on the synthetic market; {@link #withData} changes the data.
     *
     * @param type the strategy's class, whose name stands in the result
     * @param maker its constructor, such as {@code MyStrategy::new}; asks for all parameters
     * @return the request
     */
    public static BacktestRequest of(Class<? extends Strategy> type, Function<Parameters, Strategy> maker) {
        return of(Blueprint.of(type, maker));
    }

    /**
     * One strategy object on the synthetic market. It serves one run and cannot begin anew, so the result lacks what needs
     * further runs: other costs and other orders of the prices inside bars.
     *
     * @param strategy decides; has not run before
     * @return the request
     */
    public static BacktestRequest of(Strategy strategy) {
        return of(Blueprint.ofObject(strategy));
    }

    private static BacktestRequest of(Blueprint blueprint) {
        return new BacktestRequest(
                DataRequest.synthetic(),
                blueprint.name(),
                Optional.empty(),
                Map.of(),
                BacktestSettings.defaults(),
                Optional.of(blueprint),
                BacktestTerms.NONE,
                false);
    }

    /**
     * With other data.
     *
     * @param other which
     * @return a copy
     */
    public BacktestRequest withData(DataRequest other) {
        return new BacktestRequest(other, strategy, jar, parameters, settings, code, terms, quick);
    }

    /**
     * With a parameter of the strategy.
     *
     * @param name of the parameter
     * @param value as text, such as {@code 20}
     * @return a copy
     */
    public BacktestRequest with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(parameters);
        more.put(Check.notBlank(name, "name"), value);
        return new BacktestRequest(data, strategy, jar, more, settings, code, terms, quick);
    }

    /**
     * With a whole number as a parameter of the strategy.
     *
     * @param name of the parameter
     * @param value the number
     * @return a copy
     */
    public BacktestRequest with(String name, long value) {
        return with(name, Long.toString(value));
    }

    /**
     * With other settings.
     *
     * @param other capital, costs, sizing and the rest
     * @return a copy
     */
    public BacktestRequest withSettings(BacktestSettings other) {
        return new BacktestRequest(data, strategy, jar, parameters, other, code, terms, quick);
    }

    /**
     * With what goes beyond the settings: fees, limits, contracts, streams from files, several strategies.
     *
     * @param other replace all terms
     * @return a copy
     */
    public BacktestRequest withTerms(BacktestTerms other) {
        return new BacktestRequest(data, strategy, jar, parameters, settings, code, other, quick);
    }

    /**
     * With the one run that is asked for, or with all that judge it. By default the strategy also runs at other costs, on
     * the extreme orders of the prices inside bars and under naive rules: five times in all, or more.
     *
     * @param once true for one run: the break-even cost and all else that needs further runs is then undefined, and the
     *     result says so
     * @return a copy
     */
    public BacktestRequest withQuick(boolean once) {
        return new BacktestRequest(data, strategy, jar, parameters, settings, code, terms, once);
    }

    /** With another strategy, whose parameters these are. */
    BacktestRequest withStrategy(String name, Optional<Path> where, Map<String, String> values) {
        return new BacktestRequest(data, name, where, values, settings, Optional.empty(), terms, quick);
    }

    /**
     * Which data.
     *
     * @return the data request
     */
    public DataRequest data() {
        return data;
    }

    /**
     * Which strategy.
     *
     * @return built-in name, class name, or path of a source file
     */
    public String strategy() {
        return strategy;
    }

    /**
     * Where the class of the strategy lies.
     *
     * @return a jar; empty for the class path and for source files
     */
    public Optional<Path> jar() {
        return jar;
    }

    /**
     * The parameters that were given.
     *
     * @return texts by name, a copy
     */
    public Map<String, String> parameters() {
        return new LinkedHashMap<>(parameters);
    }

    /**
     * How it is run.
     *
     * @return the settings
     */
    public BacktestSettings settings() {
        return settings;
    }

    /**
     * What goes beyond the settings.
     *
     * @return the terms
     */
    public BacktestTerms terms() {
        return terms;
    }

    /** Whether the strategy was given as code of this process, which no other process can find by name. */
    boolean isMadeHere() {
        return code.isPresent();
    }

    /**
     * Whether only the one run is made that is asked for.
     *
     * @return false unless {@link #withQuick} said so
     */
    public boolean isQuick() {
        return quick;
    }

    /** The name of the strategy, or the names of those that share the capital. */
    String title() {
        List<StrategyShare> shares = terms.strategies();
        return shares.isEmpty()
                ? strategy
                : shares.stream().map(StrategyShare::name).collect(Collectors.joining(" + "));
    }

    /**
     * Finds the strategy and checks its parameters.
     *
     * @return what builds it
     * @throws IOException if its file cannot be read or does not compile
     * @throws IllegalArgumentException if the strategy or one of its parameters is unknown, naming the nearest
     */
    public Blueprint blueprint() throws IOException {
        List<StrategyShare> shares = terms.strategies();
        if (!shares.isEmpty()) {
            for (StrategyShare share : shares.subList(1, shares.size())) {
                share.blueprint();
            }
            return shares.get(0).blueprint();
        }
        Blueprint found = code.isPresent() ? code.get() : StrategyFinder.find(strategy, jar);
        found.effective(parameters);
        return found;
    }
}
