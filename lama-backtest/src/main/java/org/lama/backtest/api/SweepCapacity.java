package org.lama.backtest.api;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.lama.backtest.analytics.BreakEven;
import org.lama.backtest.analytics.CapacityCurve;
import org.lama.backtest.analytics.StationaryBootstrap;
import org.lama.backtest.cost.SquareRootCost;
import org.lama.backtest.engine.EngineSettings;
import org.lama.backtest.engine.StrategyException;
import org.lama.backtest.sweep.TrialFinding;
import org.lama.backtest.sweep.TrialFunction;
import org.lama.backtest.verdict.Verdict;
import org.lama.core.data.MarketData;
import org.lama.core.search.ParameterSet;

/** What costs and what capital the best trial of a sweep bears, by running it again as backtests and studies do. */
final class SweepCapacity {
    private static final double[] MULTIPLES = {0.1, 0.3, 1, 3, 10, 30, 100, 300, 1000};
    private static final double LARGEST_CASH = 1e9;
    private static final int LARGEST_MULTIPLE = 10;
    private static final int REFINEMENTS = 5;
    private static final int RESAMPLES = 2000;

    private final EngineSettings engine;
    private final Function<EngineSettings, ? extends TrialFunction> trials;
    private final ParameterSet best;

    SweepCapacity(EngineSettings engine, Function<EngineSettings, ? extends TrialFunction> trials, ParameterSet best) {
        this.engine = engine;
        this.trials = trials;
        this.best = best;
    }

    /** NaN where bars have no volume, or nothing is earned. */
    Verdict addTo(Verdict verdict, MarketData data, double perYear, long seed) {
        CapacityCurve.Zero zero = data.withoutVolume().isEmpty()
                ? curve(perYear, seed).zero()
                : new CapacityCurve.Zero(Double.NaN, Double.NaN, Double.NaN);
        return verdict.withFigure("breakEvenCost", breakEven())
                .withFigure("capacityZeroReturn", zero.capital())
                .withFigure("capacityZeroReturnLow", zero.low())
                .withFigure("capacityZeroReturnHigh", zero.high());
    }

    /** NaN, too, if a multiple of the costs is beyond their range before that. */
    private double breakEven() {
        try {
            return BreakEven.rerun(
                    multiple -> trials.apply(engine.toBuilder()
                                    .cost(engine.cost().scaled(multiple))
                                    .build())
                            .run(best, TrialFunction.ALL, false)
                            .figures()
                            .totalReturn(),
                    LARGEST_MULTIPLE,
                    REFINEMENTS);
        } catch (ArithmeticException | IllegalArgumentException | StrategyException beyond) {
            return Double.NaN;
        }
    }

    private CapacityCurve curve(double perYear, long seed) {
        Map<Double, double[]> returns = new TreeMap<>();
        for (double multiple : MULTIPLES) {
            double cash = multiple * engine.cash();
            if (cash <= LARGEST_CASH) {
                EngineSettings sized = engine.toBuilder()
                        .cost(SquareRootCost.withSize(engine.cost()))
                        .cash(cash)
                        .build();
                at(sized).ifPresent(found -> returns.put(cash, found.returns()));
            }
        }
        return CapacityCurve.rerun(
                returns.keySet().stream().mapToDouble(c -> c).toArray(),
                cash -> returns.getOrDefault(cash, new double[0]),
                perYear,
                StationaryBootstrap.of(RESAMPLES, seed));
    }

    /** Empty where numbers outgrow the engine. */
    private Optional<TrialFinding> at(EngineSettings settings) {
        try {
            return Optional.of(trials.apply(settings).run(best, TrialFunction.ALL, true));
        } catch (ArithmeticException | StrategyException beyond) {
            return Optional.empty();
        }
    }
}
