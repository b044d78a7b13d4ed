package org.lama.backtest.report;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.DoubleFunction;
import org.lama.backtest.analytics.CapacityCurve;
import org.lama.backtest.analytics.StationaryBootstrap;
import org.lama.backtest.engine.BacktestResult;
import org.lama.backtest.order.Fill;
import org.lama.core.data.MarketData;

/** The capacity curve by running again with other capitals. */
final class CapacityRuns {
    /** The engine takes at most this. */
    private static final double LARGEST_CASH = 1e9;

    /** Sizes follow the capital unless this share of it trades more than that share of the quantities. */
    private static final double LESS = 0.3;

    private static final double MOST_ALIKE = 0.8;
    private static final int RESAMPLES = 2000;
    private static final double[] MULTIPLES = {0.1, 0.3, 1, 3, 10, 30, 100, 300, 1000};

    private CapacityRuns() {}

    static double[] capitals(double cash) {
        return Arrays.stream(MULTIPLES).map(multiple -> multiple * cash).toArray();
    }

    /** Empty if the run outgrows the engine, or trades the same quantities at any capital. */
    static Optional<CapacityCurve> curve(
            DoubleFunction<Optional<BacktestResult>> run, double cash, MarketData data, double perYear) {
        Optional<BacktestResult> own = run.apply(cash);
        double near = LESS * cash;
        Optional<BacktestResult> other = run.apply(near);
        if (own.isEmpty() || other.isEmpty() || lots(other.get()) > MOST_ALIKE * lots(own.get())) {
            return Optional.empty();
        }
        Map<Double, double[]> returns = new TreeMap<>();
        returns.put(cash, new OtherRun(own.get(), data).returns());
        returns.put(near, new OtherRun(other.get(), data).returns());
        for (double capital : capitals(cash)) {
            if (!returns.containsKey(capital) && capital <= LARGEST_CASH) {
                run.apply(capital).ifPresent(found -> returns.put(capital, new OtherRun(found, data).returns()));
            }
        }
        return Optional.of(CapacityCurve.rerun(
                returns.keySet().stream().mapToDouble(c -> c).toArray(),
                capital -> returns.getOrDefault(capital, new double[0]),
                perYear,
                StationaryBootstrap.of(RESAMPLES, 1)));
    }

    private static double lots(BacktestResult run) {
        return run.fills().stream().mapToDouble(Fill::lots).sum();
    }
}
