package org.lama.backtest.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.lama.backtest.analytics.Perturbation;
import org.lama.backtest.sweep.SweepTrial;
import org.lama.backtest.sweep.TrialFunction;
import org.lama.core.base.Rng;
import org.lama.core.data.MarketData;
import org.lama.core.search.Parameter;
import org.lama.core.search.ParameterSet;
import org.lama.core.search.ParameterSpace;
import org.lama.core.search.TaskExecutor;

/** Repeats the best trial with moved parameters and under noise on prices. These runs choose nothing and are no trials. */
final class SweepShake {
    private static final int DRAWS = 20;
    private static final double[] MOVES = {0.05, 0.1, 0.2};
    private static final double[] NOISES = {0.05, 0.1};

    private final SweepTrial best;
    private final ParameterSpace space;
    private final long seed;

    SweepShake(SweepTrial best, ParameterSpace space, long seed) {
        this.best = best;
        this.space = space;
        this.seed = seed;
    }

    /** Both; empty where nothing can be moved. */
    record Shaken(Optional<Perturbation> parameters, Optional<Perturbation> prices) {}

    /** Each number moved by up to a share of itself; empty if no parameter is a number. */
    Optional<Perturbation> parameters(TrialFunction trials, TaskExecutor executor) {
        List<Parameter> numbers = space.parameters().stream()
                .filter(each -> !(each instanceof Parameter.Categorical))
                .filter(each -> best.parameters().isActive(each.name()))
                .toList();
        if (numbers.isEmpty()) {
            return Optional.empty();
        }
        double[] at = numbers.stream()
                .mapToDouble(each -> best.parameters().number(each.name()))
                .toArray();
        return Optional.of(Perturbation.of(
                (strength, rng) -> value(trials, moved(numbers, Perturbation.near(at, strength, rng))),
                MOVES,
                DRAWS,
                seed,
                executor));
    }

    private ParameterSet moved(List<Parameter> numbers, double[] values) {
        Map<String, String> texts = new LinkedHashMap<>(best.parameters().values());
        for (int k = 0; k < values.length; k++) {
            Parameter each = numbers.get(k);
            boolean whole = each instanceof Parameter.Whole;
            texts.put(each.name(), whole ? Long.toString(Math.round(values[k])) : Double.toString(values[k]));
        }
        return ParameterSet.of(texts);
    }

    /** Noise on all prices, in parts of a bar's own move. */
    Perturbation prices(MarketData data, Function<MarketData, TrialFunction> over, TaskExecutor executor) {
        return Perturbation.of(
                (strength, rng) -> value(over.apply(noisy(data, strength, rng)), best.parameters()),
                NOISES,
                DRAWS,
                seed,
                executor);
    }

    private static MarketData noisy(MarketData data, double strength, Rng rng) {
        return new MarketData(
                data.frames().stream()
                        .map(frame -> Perturbation.noisy(frame, strength, rng))
                        .toList(),
                data.quality(),
                data.planted());
    }

    /** A set that the strategy refuses has no value. */
    private static double value(TrialFunction trials, ParameterSet parameters) {
        try {
            return trials.run(parameters, TrialFunction.ALL, false).value();
        } catch (CancellationException interrupted) {
            throw interrupted;
        } catch (RuntimeException | StackOverflowError failed) {
            return Double.NaN;
        }
    }
}
