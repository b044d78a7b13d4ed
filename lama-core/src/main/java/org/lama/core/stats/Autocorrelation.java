package org.lama.core.stats;

import java.util.Arrays;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.math.Distributions;
import org.lama.core.math.LeastSquares;
import org.lama.core.math.Sums;

/**
 * Sample autocorrelations and partial autocorrelations, with lag 0 (always 1) first. A missing value (NaN) takes its
 * products with it and nothing else (statsmodels' "conservative"). A constant series, an infinite value and lags that
 * the series is too short for give NaN. Nothing changes when the series is shifted or multiplied by a positive number.
 * Stateless and thread-safe; the input is not changed.
 *
 * <p>Brockwell and Davis (1991), Time Series: Theory and Methods, 2nd edition, chapters 5, 7 and 8.
 *
 * @since 0.1.0
 */
@Api(Api.Status.STABLE)
public final class Autocorrelation {
    private Autocorrelation() {}

    /** Estimators of partial autocorrelations. */
    public enum PacfMethod {
        /** Yule-Walker equations on autocovariances divided by n - k (may leave [-1, 1]). No gaps. */
        YULE_WALKER_ADJUSTED,
        /** Yule-Walker equations on autocovariances divided by n: always inside [-1, 1]. Gaps allowed. */
        YULE_WALKER,
        /** Last coefficient of the least-squares regression on a constant and k lags, for each k. No gaps. */
        OLS,
        /** Durbin-Levinson recursion on autocovariances divided by n: the same numbers as YULE_WALKER. Gaps allowed. */
        LEVINSON_DURBIN,
        /** Burg's (1967) maximum-entropy recursion on forward and backward errors. No gaps. */
        BURG
    }

    /**
     * Autocorrelations r(k) = c(k) / c(0) with c(k) = sum (x(t) - m)(x(t - k) - m) / n. O(n · maxLag).
     *
     * @param x the series
     * @param maxLag largest lag, at least 0
     * @return maxLag + 1 values; NaN at lags of n or more
     */
    public static double[] acf(double[] x, int maxLag) {
        Check.atLeast(maxLag, 0, "maxLag");
        Centred centred = Centred.of(x);
        double[] r = nan(maxLag + 1);
        if (centred.complaint().isEmpty()) {
            double variance = centred.product(0);
            for (int k = 0; k <= maxLag && k < centred.rows(); k++) {
                r[k] = centred.product(k) / variance;
            }
        }
        return r;
    }

    /**
     * Autocorrelations with c(k) divided by the number of its products, n - k without gaps: less biased, but no longer
     * inside [-1, 1] for sure. O(n · maxLag).
     *
     * @param x the series
     * @param maxLag largest lag, at least 0
     * @return maxLag + 1 values; NaN at lags without a product
     */
    public static double[] acfAdjusted(double[] x, int maxLag) {
        Check.atLeast(maxLag, 0, "maxLag");
        Centred centred = Centred.of(x);
        double[] r = nan(maxLag + 1);
        if (centred.complaint().isEmpty()) {
            double variance = centred.product(0) / centred.observed();
            for (int k = 0; k <= maxLag && k < centred.rows(); k++) {
                int pairs = centred.pairs(k);
                r[k] = pairs > 0 ? centred.product(k) / pairs / variance : Double.NaN;
            }
        }
        return r;
    }

    /**
     * Half widths of confidence intervals by Bartlett's (1946) formula: r(k) -+ z sqrt((1 + 2 sum over j &lt; k of
     * r(j)^2) / n), under the null that the series is a moving average of order k - 1. O(maxLag).
     *
     * @param acf autocorrelations with lag 0 first, as {@link #acf(double[], int)} gives them
     * @param observations number of values behind them, at least 1
     * @param confidence coverage, in (0, 1), usually 0.95
     * @return one half width per lag, 0 at lag 0
     */
    public static double[] bartlettHalfWidths(double[] acf, int observations, double confidence) {
        Check.atLeast(observations, 1, "observations");
        Check.that(confidence > 0 && confidence < 1, "confidence must be in (0, 1), got " + confidence);
        double z = Distributions.normalQuantile(0.5 + confidence / 2);
        double[] widths = new double[acf.length];
        double squares = 0;
        for (int k = 1; k < acf.length; k++) {
            widths[k] = z * Math.sqrt((1 + 2 * squares) / observations);
            squares += acf[k] * acf[k];
        }
        return widths;
    }

    /**
     * Half width of the confidence interval of a partial autocorrelation under the null that it is zero, z / sqrt(n)
     * (Quenouille 1949). O(1).
     *
     * @param observations number of values behind it, at least 1
     * @param confidence coverage, in (0, 1), usually 0.95
     * @return the half width, equal at all lags
     */
    public static double pacfHalfWidth(int observations, double confidence) {
        return bartlettHalfWidths(new double[2], observations, confidence)[1];
    }

    /**
     * Partial autocorrelations. O(n · maxLag), by OLS O(n · maxLag^3).
     *
     * @param x the series
     * @param maxLag largest lag, at least 0
     * @param method the estimator
     * @return maxLag + 1 values; NaN at lags above n / 2, and everywhere but at lag 0 if the series has gaps that the
     *     method cannot bridge
     */
    public static double[] pacf(double[] x, int maxLag, PacfMethod method) {
        Check.atLeast(maxLag, 0, "maxLag");
        Centred centred = Centred.of(x);
        double[] partial = nan(maxLag + 1);
        int most = Math.min(maxLag, x.length / 2);
        if (!centred.complaint().isEmpty()) {
            return partial;
        }
        partial[0] = 1;
        boolean bridges = method == PacfMethod.YULE_WALKER || method == PacfMethod.LEVINSON_DURBIN;
        if (centred.hasGaps() && !bridges) {
            return partial;
        }
        double[] found = switch (method) {
            case YULE_WALKER_ADJUSTED -> levinson(centred, most, true);
            case YULE_WALKER, LEVINSON_DURBIN -> levinson(centred, most, false);
            case OLS -> leastSquares(centred.values(), most);
            case BURG -> burg(centred.values(), most);
        };
        System.arraycopy(found, 1, partial, 1, most);
        return partial;
    }

    /** Durbin-Levinson recursion; its k-th reflection coefficient is the last solution of the k-th Yule-Walker system. */
    private static double[] levinson(Centred centred, int most, boolean adjusted) {
        double[] c = new double[most + 1];
        for (int k = 0; k <= most; k++) {
            c[k] = centred.product(k) / (adjusted ? centred.pairs(k) : 1);
        }
        double[] partial = new double[most + 1];
        double[] phi = new double[most + 1];
        double[] previous = new double[most + 1];
        double variance = c[0];
        for (int k = 1; k <= most; k++) {
            double rest = c[k];
            for (int j = 1; j < k; j++) {
                rest -= previous[j] * c[k - j];
            }
            partial[k] = rest / variance;
            phi[k] = partial[k];
            for (int j = 1; j < k; j++) {
                phi[j] = previous[j] - partial[k] * previous[k - j];
            }
            System.arraycopy(phi, 1, previous, 1, k);
            variance *= 1 - partial[k] * partial[k];
        }
        return partial;
    }

    private static double[] leastSquares(double[] x, int most) {
        double[] partial = new double[most + 1];
        for (int k = 1; k <= most; k++) {
            int rows = x.length - k;
            double[][] columns = new double[k + 1][];
            columns[0] = new double[rows];
            Arrays.fill(columns[0], 1);
            for (int j = 1; j <= k; j++) {
                columns[j] = Arrays.copyOfRange(x, k - j, k - j + rows);
            }
            partial[k] = LeastSquares.fit(columns, Arrays.copyOfRange(x, k, x.length))
                    .coefficient(k);
        }
        return partial;
    }

    private static double[] burg(double[] x, int most) {
        int n = x.length;
        double[] forward = x.clone();
        double[] backward = x.clone();
        double[] partial = new double[most + 1];
        for (int k = 1; k <= most; k++) {
            double power = Sums.dot(forward, k, forward, k, n - k) + Sums.dot(backward, k - 1, backward, k - 1, n - k);
            double reflection = 2 * Sums.dot(forward, k, backward, k - 1, n - k) / power;
            partial[k] = reflection;
            // From the end, because backward[t] still needs its old neighbour at t - 1.
            for (int t = n - 1; t >= k; t--) {
                double error = forward[t];
                forward[t] = error - reflection * backward[t - 1];
                backward[t] = backward[t - 1] - reflection * error;
            }
        }
        return partial;
    }

    private static double[] nan(int length) {
        double[] values = new double[length];
        Arrays.fill(values, Double.NaN);
        return values;
    }
}
