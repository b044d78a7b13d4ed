package org.lama.models.garch;

import java.util.Arrays;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

/**
 * A fitted volatility model at one place in time: takes one return after the other without re-estimation and forecasts
 * variances from there. A return that is missing (NaN) or infinite leaves the state as it is, just as missing rows are
 * closed up in a fit. Mutable and single-threaded; {@link #copy()} makes a private one. A row costs O(p+o+q) and allocates
 * nothing.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class GarchFilter {
    private static final double MEAN_SIZE = Math.sqrt(2 / Math.PI);
    private static final int PATHS = 10_000;

    private final GarchSpec spec;
    private final double[] theta;
    /** Drives and states of the last rows, newest first. */
    private final double[] size;

    private final double[] sign;
    private final double[] state;

    private GarchFilter(GarchSpec spec, double[] theta) {
        this.spec = spec;
        this.theta = theta;
        size = new double[spec.p()];
        sign = new double[spec.o()];
        state = new double[spec.q()];
    }

    /** A filter whose past variances were all the same and whose past shocks were of the expected size. */
    static GarchFilter from(GarchSpec spec, double[] theta, double variance) {
        GarchFilter filter = new GarchFilter(spec, theta.clone());
        Arrays.fill(filter.size, spec.logarithmic() ? 0 : variance);
        Arrays.fill(filter.sign, spec.logarithmic() ? 0 : 0.5 * variance);
        Arrays.fill(filter.state, spec.logarithmic() ? Math.log(variance) : variance);
        return filter;
    }

    /** Takes a shock under a given variance. */
    void push(double shock, double variance) {
        shift(size);
        shift(sign);
        shift(state);
        double z = spec.logarithmic() ? shock / Math.sqrt(variance) : 0;
        if (size.length > 0) {
            size[0] = spec.logarithmic() ? Math.abs(z) - MEAN_SIZE : shock * shock;
        }
        if (sign.length > 0) {
            sign[0] = spec.logarithmic() ? z : shock < 0 ? shock * shock : 0;
        }
        if (state.length > 0) {
            state[0] = spec.logarithmic() ? Math.log(variance) : variance;
        }
    }

    /** Takes a shock that is not known, of the expected size. */
    private void pushExpected(double variance) {
        push(0, variance);
        size[0] = variance;
        if (sign.length > 0) {
            sign[0] = 0.5 * variance;
        }
    }

    private static void shift(double[] values) {
        for (int i = values.length - 1; i > 0; i--) {
            values[i] = values[i - 1];
        }
    }

    /**
     * A filter at the same place that moves on by itself.
     *
     * @return a new filter
     */
    public GarchFilter copy() {
        GarchFilter copy = new GarchFilter(spec, theta);
        copy.take(this);
        return copy;
    }

    private void take(GarchFilter other) {
        System.arraycopy(other.size, 0, size, 0, size.length);
        System.arraycopy(other.sign, 0, sign, 0, sign.length);
        System.arraycopy(other.state, 0, state, 0, state.length);
    }

    /**
     * Expected value of the next return.
     *
     * @return mu, or 0
     */
    public double mean() {
        return spec.constantMean() ? theta[0] : 0;
    }

    /**
     * Conditional variance of the next return.
     *
     * @return squared units of the returns
     */
    public double variance() {
        double next = theta[spec.omegaAt()];
        for (int i = 0; i < size.length; i++) {
            next += theta[spec.alphaAt() + i] * size[i];
        }
        for (int i = 0; i < sign.length; i++) {
            next += theta[spec.gammaAt() + i] * sign[i];
        }
        for (int j = 0; j < state.length; j++) {
            next += theta[spec.betaAt() + j] * state[j];
        }
        return spec.logarithmic() ? Math.exp(next) : next;
    }

    /**
     * Takes the next return and moves on by one row.
     *
     * @param value the return; NaN and infinite values leave the state as it is
     */
    public void update(double value) {
        if (Double.isFinite(value)) {
            push(value - mean(), variance());
        }
    }

    /**
     * Conditional variances of the next rows, the filter itself stays where it is. ARCH, GARCH and GJR: the exact
     * recursion in expectations. EGARCH: the first is exact, the others are means over 10,000 simulated paths of seed 0;
     * see {@link #forecastVariance(int, int, long)}.
     *
     * @param horizon rows ahead, at least 1
     * @return variances 1 to horizon rows ahead, squared units of the returns; a new array
     */
    public double[] forecastVariance(int horizon) {
        return forecastVariance(horizon, PATHS, 0);
    }

    /**
     * The same with a choice of paths and seed, which only EGARCH beyond one row uses. With Student's t the expectation of
     * an EGARCH variance two or more rows ahead is infinite where alpha + |gamma| &gt; 0 (its moments of exp|z| do not
     * exist): the mean over the paths is then a description of these paths only.
     *
     * @param horizon rows ahead, at least 1
     * @param paths number of simulated paths, at least 1
     * @param seed of the random numbers
     * @return variances 1 to horizon rows ahead, squared units of the returns; a new array
     */
    public double[] forecastVariance(int horizon, int paths, long seed) {
        Check.atLeast(horizon, 1, "horizon");
        Check.atLeast(paths, 1, "paths");
        if (spec.logarithmic()) {
            return simulated(horizon, paths, seed);
        }
        double[] forecast = new double[horizon];
        GarchFilter ahead = copy();
        for (int h = 0; h < horizon; h++) {
            forecast[h] = ahead.variance();
            ahead.pushExpected(forecast[h]);
        }
        return forecast;
    }

    private double[] simulated(int horizon, int paths, long seed) {
        double[] sums = new double[horizon];
        GarchFilter ahead = copy();
        for (int path = 0; horizon > 1 && path < paths; path++) {
            ahead.take(this);
            Innovations innovations = new Innovations(spec, theta, Seeds.rng(seed, path));
            for (int h = 0; h < horizon; h++) {
                double variance = ahead.variance();
                sums[h] += variance;
                ahead.push(innovations.next() * Math.sqrt(variance), variance);
            }
        }
        for (int h = 1; h < horizon; h++) {
            sums[h] /= paths;
        }
        sums[0] = variance();
        return sums;
    }

    /** Draws the next returns and moves on. */
    double[] draw(int count, Rng rng) {
        Innovations innovations = new Innovations(spec, theta, rng);
        double[] returns = new double[count];
        for (int t = 0; t < count; t++) {
            double variance = variance();
            double shock = innovations.next() * Math.sqrt(variance);
            returns[t] = mean() + shock;
            push(shock, variance);
        }
        return returns;
    }
}
