package org.lama.backtest.api;

import java.util.Map;
import java.util.OptionalInt;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.search.ParameterSpace;

/**
 * Which strategy to try with which parameters, on which data, and how to search. Immutable.
 *
 * <pre>{@code
 * SweepRequest.of(BacktestRequest.of(bars, "sma-cross"), "fast=5..60:5,slow=80..400:20").withSampler("grid")
 * }</pre>
 *
 * @param backtest strategy, data, costs; its parameters are those that all trials share
 * @param space what may be chosen
 * @param sampler one of {@code Samplers.names()} (default grid)
 * @param trials how many sets to try; empty for all points of a grid, else 100
 * @param metric key of the metric that ranks trials (default sharpe)
 * @param batch sets that are asked for before any is told; empty for 64 with a sampler that learns, else 256
 * @param pruner {@code none}, {@code halving}, {@code hyperband} or {@code median}: stops trials on a prefix of the bars (default
 *     none)
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record SweepRequest(
        BacktestRequest backtest,
        ParameterSpace space,
        String sampler,
        OptionalInt trials,
        String metric,
        OptionalInt batch,
        String pruner) {
    /**
     * Checks that the space does not choose what is given.
     *
     * @param backtest strategy, data, costs; its parameters are those that all trials share
     * @param space what may be chosen
     * @param sampler one of {@code Samplers.names()}
     * @param trials how many sets to try; empty for all points of a grid, else 100
     * @param metric key of the metric that ranks trials
     * @param batch sets that are asked for before any is told; empty for 64 with a sampler that learns, else 256
     * @param pruner none, halving, hyperband or median
     */
    public SweepRequest {
        Check.notNull(backtest, "backtest");
        Check.notNull(space, "space");
        Check.notBlank(sampler, "sampler");
        Check.notBlank(metric, "metric");
        Check.notBlank(pruner, "pruner");
        Map<String, String> given = backtest.parameters();
        space.names()
                .forEach(name -> Check.that(
                        !given.containsKey(name),
                        "parameter " + name + " is given as " + given.get(name) + " and stands in the space too: leave one out"));
        Check.that(
                backtest.terms().strategies().isEmpty(), "a sweep tries one strategy, got " + backtest.title());
    }

    /**
     * A grid over a space, ranked by Sharpe ratio.
     *
     * @param backtest strategy, data, costs
     * @param space such as {@code fast=5..60:5,slow=80..400:20}
     * @return the request
     * @throws IllegalArgumentException if the space is not understood or empty
     */
    public static SweepRequest of(BacktestRequest backtest, String space) {
        return new SweepRequest(
                backtest,
                ParameterSpace.parse(space),
                "grid",
                OptionalInt.empty(),
                "sharpe",
                OptionalInt.empty(),
                "none");
    }

    /**
     * With another sampler.
     *
     * @param name such as {@code tpe}
     * @return a copy
     */
    public SweepRequest withSampler(String name) {
        return new SweepRequest(backtest, space, name, trials, metric, batch, pruner);
    }

    /**
     * With a number of trials.
     *
     * @param count at least 1
     * @return a copy
     */
    public SweepRequest withTrials(int count) {
        return new SweepRequest(backtest, space, sampler, OptionalInt.of(count), metric, batch, pruner);
    }

    /**
     * With another metric.
     *
     * @param key such as {@code calmar}
     * @return a copy
     */
    public SweepRequest withMetric(String key) {
        return new SweepRequest(backtest, space, sampler, trials, key, batch, pruner);
    }

    /**
     * With another size of batches.
     *
     * @param size at least 1
     * @return a copy
     */
    public SweepRequest withBatch(int size) {
        return new SweepRequest(backtest, space, sampler, trials, metric, OptionalInt.of(size), pruner);
    }

    /**
     * With another pruner.
     *
     * @param name none, halving, hyperband or median
     * @return a copy
     */
    public SweepRequest withPruner(String name) {
        return new SweepRequest(backtest, space, sampler, trials, metric, batch, name);
    }
}
