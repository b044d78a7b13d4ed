package org.lama.models.arima;

import java.util.Arrays;
import org.lama.core.math.Sums;

/**
 * Where the search of a seasonal model begins: a regression on lags of the series and of the residuals of a long
 * autoregression (Hannan and Rissanen 1982, with the seasonal lags added and their products ignored), and the
 * Gauss-Newton approximation of the inverse Hessian at any point.
 */
final class SeasonalStarts {
    private static final double RIDGE = 1e-8;

    private final double[] w;
    private final int n;
    private final double[] residuals;
    private final int order;

    SeasonalStarts(double[] w, int period) {
        this.w = w;
        n = w.length;
        residuals = new double[n];
        order = longAutoregression(period);
    }

    /** Levinson's recursion with the order by AIC; fills the residuals. */
    private int longAutoregression(int period) {
        int wanted = Math.max(2 * period + 2, (int) (10 * Math.log10(n)));
        int largest = Math.max(0, Math.min(n / 3, Math.min(wanted, 60)));
        double[] gamma = new double[largest + 1];
        for (int k = 0; k <= largest; k++) {
            gamma[k] = Sums.dot(w, 0, w, k, n - k) / n;
        }
        double[] a = new double[largest];
        double[] old = new double[largest];
        double[] best = {};
        double variance = gamma[0];
        double bestAic = n * Math.log(variance);
        for (int k = 0; k < largest && variance > 0; k++) {
            double sum = gamma[k + 1];
            for (int j = 0; j < k; j++) {
                sum -= a[j] * gamma[k - j];
            }
            double r = sum / variance;
            System.arraycopy(a, 0, old, 0, k);
            for (int j = 0; j < k; j++) {
                a[j] = old[j] - r * old[k - 1 - j];
            }
            a[k] = r;
            variance *= 1 - r * r;
            double aic = n * Math.log(variance) + 2 * (k + 1);
            if (aic < bestAic) {
                bestAic = aic;
                best = Arrays.copyOf(a, k + 1);
            }
        }
        System.arraycopy(w, 0, residuals, 0, n);
        CascadeFilter.autoregress(best, 1, residuals, n);
        return best.length;
    }

    /** Coefficients ar, ma, sar, sma by regression; zeros when the series is too short for it. */
    double[] regression(SeasonalParameters at) {
        int k = at.dimension();
        double[] zeros = new double[k];
        int first = order + at.reach();
        if (k == 0 || n - first < 2 * k + 4) {
            return zeros;
        }
        double[] gram = new double[k * k];
        double[] right = new double[k];
        for (int i = 0; i < k; i++) {
            double[] a = source(at, i);
            int lagA = lag(at, i);
            right[i] = Sums.dot(w, first, a, first - lagA, n - first);
            for (int j = 0; j <= i; j++) {
                gram[i * k + j] = Sums.dot(a, first - lagA, source(at, j), first - lag(at, j), n - first);
                gram[j * k + i] = gram[i * k + j];
            }
        }
        for (int i = 0; i < k; i++) {
            gram[i * k + i] *= 1 + RIDGE;
        }
        if (!SmallLinear.cholesky(gram, k, 1e-12)) {
            return zeros;
        }
        SmallLinear.solveCholesky(gram, k, right);
        return right;
    }

    private double[] source(SeasonalParameters at, int i) {
        boolean ar = i < at.p || (i >= at.p + at.q && i < at.p + at.q + at.seasonalP);
        return ar ? w : residuals;
    }

    private static int lag(SeasonalParameters at, int i) {
        if (i < at.p) {
            return i + 1;
        }
        if (i < at.p + at.q) {
            return i - at.p + 1;
        }
        int seasonal = i - at.p - at.q;
        return at.period * (seasonal < at.seasonalP ? seasonal + 1 : seasonal - at.seasonalP + 1);
    }

    /** A positive definite approximation of the inverse Hessian of n/2 log S at u, row-major. */
    double[] inverseHessian(SeasonalParameters at, double[] u) {
        int k = at.dimension();
        if (k == 0) {
            return new double[0];
        }
        at.unpack(u);
        return inverted(GaussNewton.sandwich(at.jacobian(), information(at), k, true), k);
    }

    /** The same with respect to the coefficients themselves. */
    double[] inverseInformation(SeasonalParameters at, double[] coefficients) {
        at.set(coefficients);
        return at.dimension() == 0 ? new double[0] : inverted(information(at), at.dimension());
    }

    private double[] information(SeasonalParameters at) {
        int k = at.dimension();
        double[] e = w.clone();
        CascadeFilter.autoregress(at.phi, 1, e, n);
        CascadeFilter.autoregress(at.seasonalPhi, at.period, e, n);
        invert(at, e);
        double sum = Sums.dot(e, 0, e, 0, n);
        double[][] derivatives = new double[4][];
        derivatives[0] = w.clone();
        CascadeFilter.autoregress(at.seasonalPhi, at.period, derivatives[0], n);
        invert(at, derivatives[0]);
        derivatives[1] = e.clone();
        CascadeFilter.invert(at.theta, 1, derivatives[1], n);
        derivatives[2] = w.clone();
        CascadeFilter.autoregress(at.phi, 1, derivatives[2], n);
        invert(at, derivatives[2]);
        derivatives[3] = e.clone();
        CascadeFilter.invert(at.seasonalTheta, at.period, derivatives[3], n);
        double[] information = new double[k * k];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j <= i; j++) {
                int a = lag(at, i);
                int b = lag(at, j);
                int most = Math.max(a, b);
                double product = n > most
                        ? Sums.dot(derivatives[block(at, i)], most - a, derivatives[block(at, j)], most - b, n - most)
                        : 0;
                information[i * k + j] = product * n / sum;
                information[j * k + i] = information[i * k + j];
            }
        }
        return information;
    }

    private void invert(SeasonalParameters at, double[] x) {
        CascadeFilter.invert(at.theta, 1, x, n);
        CascadeFilter.invert(at.seasonalTheta, at.period, x, n);
    }

    private static int block(SeasonalParameters at, int i) {
        if (i < at.p + at.q) {
            return i < at.p ? 0 : 1;
        }
        return i < at.p + at.q + at.seasonalP ? 2 : 3;
    }

    private static double[] inverted(double[] h, int k) {
        double largest = 0;
        for (int i = 0; i < k; i++) {
            largest = Math.max(largest, h[i * k + i]);
        }
        for (double ridge = RIDGE * largest; ridge < 1e3 * largest; ridge *= 10) {
            double[] trial = h.clone();
            for (int i = 0; i < k; i++) {
                trial[i * k + i] += ridge;
            }
            if (SmallLinear.cholesky(trial, k, 1e-12)) {
                return SmallLinear.inverseFromCholesky(trial, k);
            }
        }
        return new double[0];
    }
}
