package org.lama.models.arima;

import java.util.ArrayList;
import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.math.Distributions;
import org.lama.core.signal.ModelSummary.ForecastStep;

/**
 * A fitted ARIMA model at one place in time: takes one observation after the other without re-estimation (Kalman filter)
 * and forecasts from there. NaN is a missing observation. Mutable and single-threaded; {@link #copy()} makes a private
 * one. A row costs O(m^2) with m = max(p, q+1) + d, O(m) once the gain has settled, and allocates nothing.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class ArimaFilter {
    private static final double Z80 = Distributions.normalQuantile(0.9);
    private static final double Z95 = Distributions.normalQuantile(0.975);

    private final LevelFilter filter;
    private final double origin;
    private final double constant;
    private final double scale;
    private final double sigma;
    private double row;

    /**
     * Wraps a filter whose values are (y - origin - constant * column) / scale.
     *
     * @param row value of the second column for the next row at d = 1
     */
    ArimaFilter(LevelFilter filter, Units units, double row) {
        this.filter = filter;
        origin = units.origin;
        constant = units.constant;
        scale = units.scale;
        sigma = units.sigma;
        this.row = row;
    }

    /** How the filter's numbers become those of the series. */
    record Units(double origin, double constant, double scale, double sigma) {}

    /**
     * A filter at the same place that moves on by itself.
     *
     * @return a new filter
     */
    public ArimaFilter copy() {
        return new ArimaFilter(filter.copy(), new Units(origin, constant, scale, sigma), row);
    }

    private double deterministic() {
        return origin + (filter.d == 0 ? constant : filter.d == 1 ? constant * row : 0);
    }

    /**
     * Expected value of the next observation.
     *
     * @return the one-step prediction in units of the series
     */
    public double mean() {
        return deterministic() + scale * filter.mean();
    }

    /**
     * Standard error of the one-step prediction, without parameter uncertainty.
     *
     * @return units of the series, at least 0
     */
    public double standardError() {
        return sigma * Math.sqrt(filter.variance());
    }

    /**
     * How much wider than sigma the next prediction is: 1 in the steady state, more after gaps.
     *
     * @return sqrt(F), at least 1 up to rounding
     */
    public double widening() {
        return Math.sqrt(filter.variance());
    }

    /**
     * Takes the next observation and moves on by one row.
     *
     * @param y the value, NaN if missing; infinite values count as missing
     */
    public void update(double y) {
        double value = Double.isFinite(y) ? (y - deterministic()) / scale : Double.NaN;
        filter.step(value, 0);
        row++;
    }

    /**
     * The value h rows after the last row taken: mean and standard error. The filter itself stays where it is.
     *
     * @param horizon rows ahead, at least 1
     * @return the steps 1 to horizon with 80 % and 95 % intervals
     */
    public List<ForecastStep> forecast(int horizon) {
        Check.atLeast(horizon, 1, "horizon");
        ArimaFilter ahead = copy();
        List<ForecastStep> steps = new ArrayList<>(horizon);
        for (int h = 1; h <= horizon; h++) {
            double mean = ahead.mean();
            double error = ahead.standardError();
            steps.add(new ForecastStep(
                    h, mean, error, mean - Z80 * error, mean + Z80 * error, mean - Z95 * error, mean + Z95 * error));
            ahead.filter.skip();
            ahead.row++;
        }
        return steps;
    }

    /** Moves on by some rows without observations and without copying. */
    void skip(int rows) {
        for (int i = 0; i < rows; i++) {
            filter.skip();
            row++;
        }
    }
}
