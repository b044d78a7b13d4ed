package org.lama.backtest.api;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.lama.backtest.strategies.Blueprint;
import org.lama.backtest.sweep.SweepMetric;
import org.lama.backtest.sweep.SweepSettings;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Suggestion;
import org.lama.core.search.ParameterSpace;
import org.lama.core.search.Sampler;
import org.lama.core.search.Samplers;

/**
 * Which strategy to try with which parameters, on which data, and how to search. Immutable.
 *
 * <pre>{@code
 * SweepRequest.of(BacktestRequest.of(bars, "sma-cross"), "fast=5..60:5,slow=80..400:20").withSampler("grid")
 * }</pre>
 *
 * @param backtest strategy, data, costs; its parameters are those that all trials share
 * @param space what may be chosen
 * @param sampler one of {@code Samplers.names()}, {@code lhs} for {@code latin} (default grid)
 * @param trials how many sets to try; empty for all points of a grid, else 100
 * @param metric key of the metric that ranks trials (default sharpe)
 * @param batch sets that are asked for before any is told; empty for 64 with a sampler that learns, else 256
 * @param pruner {@code none}, {@code halving}, {@code hyperband} or {@code median}: stops trials on a prefix of the bars (default
 *     none)
 * @param walk how the choice is walked forward besides; empty for not at all (default)
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
        String pruner,
        Optional<SweepWalk> walk) {
    static final List<String> LEARNING = List.of("tpe", "cmaes");
    private static final String LATIN = "lhs";
    private static final int TRIALS = 100;
    private static final int BATCH_LEARNING = 64;
    private static final int BATCH = 256;
    /** Trials of an even sample that are run to the end though the pruner stopped them. */
    private static final int FEWEST_COMPLETED = 50;

    private static final int MOST_COMPLETED = 200;
    private static final List<String> PRUNERS = List.of("none", "halving", "hyperband", "median");

    /**
     * Checks that the space does not choose what is given.
     *
     * @param backtest strategy, data, costs; its parameters are those that all trials share
     * @param space what may be chosen
     * @param sampler one of {@code Samplers.names()}, {@code lhs} for {@code latin}
     * @param trials how many sets to try; empty for all points of a grid, else 100
     * @param metric key of the metric that ranks trials
     * @param batch sets that are asked for before any is told; empty for 64 with a sampler that learns, else 256
     * @param pruner none, halving, hyperband or median
     * @param walk how the choice is walked forward besides; empty for not at all
     */
    public SweepRequest {
        Check.notNull(backtest, "backtest");
        Check.notNull(space, "space");
        sampler = sampler.equals(LATIN) ? "latin" : sampler;
        choice(sampler.equals("latin") ? LATIN : sampler, samplers(), "sampler");
        SweepMetric.named(metric);
        choice(pruner, PRUNERS, "pruner");
        Map<String, String> given = backtest.parameters();
        space.names()
                .forEach(name -> Check.that(
                        !given.containsKey(name),
                        "parameter " + name + " is given as " + given.get(name)
                                + " and stands in the space too: leave one out"));
        if (walk.isPresent()) {
            Check.that(
                    !LEARNING.contains(sampler),
                    "walkForward must have a sampler that does not learn from the whole history, one of "
                            + samplers().stream()
                                    .filter(each -> !LEARNING.contains(each))
                                    .toList()
                            + ", got " + sampler);
            Check.that(
                    metric.equals("sharpe"),
                    "walkForward must have the metric sharpe, by which it chooses in each fold, got " + metric);
        }
        Check.that(backtest.terms().strategies().isEmpty(), "a sweep tries one strategy, got " + backtest.title());
    }

    /** As people type them; {@code lhs} stands in the help. */
    private static List<String> samplers() {
        return Samplers.names().stream()
                .map(each -> each.equals("latin") ? LATIN : each)
                .toList();
    }

    private static void choice(String word, List<String> words, String name) {
        Check.that(
                words.contains(word),
                name + " must be one of " + words + ", got '" + word + "'" + Suggestion.alike(word, words));
    }

    /**
     * Checks what can be checked without data: the size of the space and the number of trials, for this sampler. A sweep does
     * it too, but once the data are read.
     *
     * @return this request
     * @throws IllegalArgumentException if there are no or too many trials or points
     */
    public SweepRequest requirePossible() {
        newSampler(sweepSettings().trials());
        return this;
    }

    SweepSettings sweepSettings() {
        int points = sampler.equals("grid") && trials.isEmpty()
                ? (int) space.requireSizeAtMost(SweepSettings.LARGEST)
                : trials.orElse(TRIALS);
        SweepSettings settings = SweepSettings.of(points, backtest.settings().seed());
        boolean all = pruner.equals("none");
        return (all ? settings : settings.withSampled(Math.max(FEWEST_COMPLETED, Math.min(MOST_COMPLETED, points / 4))))
                .withBatch(batch.orElse(LEARNING.contains(sampler) ? BATCH_LEARNING : BATCH));
    }

    Sampler newSampler(int planned) {
        return Samplers.named(
                sampler,
                space,
                SweepMetric.named(metric).direction(),
                backtest.settings().seed(),
                planned);
    }

    /**
     * Finds the strategy, and checks that it has all parameters of the space.
     *
     * @return what builds it
     * @throws IOException if its file cannot be read or does not compile
     * @throws IllegalArgumentException if it lacks a parameter, naming the nearest, or is a single object
     */
    public Blueprint blueprint() throws IOException {
        Blueprint found = backtest.blueprint();
        Check.that(
                found.isRepeatable(),
                "a strategy object serves one run; give its class and constructor, which make a new one for each");
        List<String> known = List.copyOf(found.effective(backtest.parameters()).keySet());
        for (String name : space.names()) {
            Check.that(
                    known.contains(name),
                    "strategy " + found.name() + " has no parameter '" + name + "'; "
                            + (known.isEmpty() ? "it has none" : "it has " + known + Suggestion.alike(name, known)));
        }
        return found;
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
                "none",
                Optional.empty());
    }

    /**
     * With another sampler.
     *
     * @param name such as {@code tpe}
     * @return a copy
     */
    public SweepRequest withSampler(String name) {
        return new SweepRequest(backtest, space, name, trials, metric, batch, pruner, walk);
    }

    /**
     * With a number of trials.
     *
     * @param count at least 1
     * @return a copy
     */
    public SweepRequest withTrials(int count) {
        return new SweepRequest(backtest, space, sampler, OptionalInt.of(count), metric, batch, pruner, walk);
    }

    /**
     * With another metric.
     *
     * @param key such as {@code calmar}
     * @return a copy
     */
    public SweepRequest withMetric(String key) {
        return new SweepRequest(backtest, space, sampler, trials, key, batch, pruner, walk);
    }

    /**
     * With another size of batches.
     *
     * @param size at least 1
     * @return a copy
     */
    public SweepRequest withBatch(int size) {
        return new SweepRequest(backtest, space, sampler, trials, metric, OptionalInt.of(size), pruner, walk);
    }

    /**
     * With another pruner.
     *
     * @param name none, halving, hyperband or median
     * @return a copy
     */
    public SweepRequest withPruner(String name) {
        return new SweepRequest(backtest, space, sampler, trials, metric, batch, name, walk);
    }

    /**
     * With a walk-forward of the choice besides the trials over the whole history.
     *
     * @param how windows, gaps, inner folds
     * @return a copy
     * @throws IllegalArgumentException if the sampler learns, or the metric is not the Sharpe ratio
     */
    public SweepRequest withWalkForward(SweepWalk how) {
        return new SweepRequest(backtest, space, sampler, trials, metric, batch, pruner, Optional.of(how));
    }
}
