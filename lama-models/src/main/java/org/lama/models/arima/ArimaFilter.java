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
    private static final double[] NO_REGRESSORS = {};

    private final LevelFilter filter;
    private final Units units;
    private double row;

    /**
     * Wraps a filter whose values are (y - level - slope row - beta'x) / scale.
     *
     * @param row number of the next row for the slope
     */
    ArimaFilter(LevelFilter filter, Units units, double row) {
        this.filter = filter;
        this.units = units;
        this.row = row;
    }

    /** How the filter's numbers become those of the series. */
    static final class Units {
        private final double level;
        private final double slope;
        private final double scale;
        private final double sigma;
        private final double[] beta;

        Units(double level, double slope, double scale, double sigma, double... beta) {
            this.level = level;
            this.slope = slope;
            this.scale = scale;
            this.sigma = sigma;
            this.beta = beta;
        }
    }

    /**
     * A filter at the same place that moves on by itself.
     *
     * @return a new filter
     */
    public ArimaFilter copy() {
        return new ArimaFilter(filter.copy(), units, row);
    }

    /** How many regressors each row needs. */
    int columns() {
        return units.beta.length;
    }

    private double deterministic(double[] x) {
        Check.that(x.length == units.beta.length, "x must have " + units.beta.length + " regressors, got " + x.length);
        double sum = units.slope == 0 ? units.level : units.level + units.slope * row;
        for (int j = 0; j < x.length; j++) {
            sum += units.beta[j] * x[j];
        }
        return sum;
    }

    /**
     * Expected value of the next observation.
     *
     * @return the one-step prediction in units of the series
     */
    public double mean() {
        return mean(NO_REGRESSORS);
    }

    /**
     * Expected value of the next observation in a model with regressors.
     *
     * @param x the regressors of that row, in the order of the fit
     * @return the one-step prediction in units of the series
     */
    public double mean(double[] x) {
        return deterministic(x) + units.scale * filter.mean();
    }

    /**
     * Standard error of the one-step prediction, without parameter uncertainty.
     *
     * @return units of the series, at least 0; infinite where the rows so far say nothing about the next level
     */
    public double standardError() {
        return filter.diffuse() ? Double.POSITIVE_INFINITY : units.sigma * Math.sqrt(filter.variance());
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
        update(y, NO_REGRESSORS);
    }

    /**
     * Takes the next observation of a model with regressors and moves on by one row.
     *
     * @param y the value, NaN if missing; infinite values count as missing
     * @param x the regressors of that row, in the order of the fit
     */
    public void update(double y, double[] x) {
        double value = Double.isFinite(y) ? (y - deterministic(x)) / units.scale : Double.NaN;
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
        return forecast(horizon, Regressors.none());
    }

    /**
     * The values of the next rows in a model with regressors. The filter itself stays where it is.
     *
     * @param future the regressors of those rows, in the order of the fit
     * @return one step per row with 80 % and 95 % intervals
     */
    public List<ForecastStep> forecast(Regressors future) {
        return forecast(Check.atLeast(future.rows(), 1, "rows of future"), future);
    }

    List<ForecastStep> forecast(int horizon, Regressors future) {
        Check.that(
                future.count() == columns(),
                "future must have " + columns() + " regressors, got " + future.count() + " " + future.names());
        ArimaFilter ahead = copy();
        List<ForecastStep> steps = new ArrayList<>(horizon);
        for (int h = 1; h <= horizon; h++) {
            double mean = ahead.mean(future.count() == 0 ? NO_REGRESSORS : future.row(h - 1));
            double error = ahead.standardError();
            steps.add(new ForecastStep(
                    h, mean, error, mean - Z80 * error, mean + Z80 * error, mean - Z95 * error, mean + Z95 * error));
            ahead.filter.skip();
            ahead.row++;
        }
        return steps;
    }

    /** Says that the wrapped filter was moved on by one row from outside. */
    void moved() {
        row++;
    }

    /** Moves on by some rows without observations and without copying. */
    void skip(int rows) {
        for (int i = 0; i < rows; i++) {
            filter.skip();
            row++;
        }
    }
}
