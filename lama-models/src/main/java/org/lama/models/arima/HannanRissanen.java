package org.lama.models.arima;

import java.util.Arrays;
import org.lama.core.math.Sums;

/**
 * Starting values for all orders from one Gram matrix (Hannan and Rissanen 1982): a long autoregression by Levinson with
 * the order by AIC gives residuals; regressing x_t on its own and the residuals' lags gives phi and theta.
 */
final class HannanRissanen {
    private static final double RIDGE_FLOOR = 1e-10;

    private final double[] x;
    private final int n;
    private final int lags;
    private final int size;
    private final double[] residuals;
    private final Scratch scratch;
    private final double[] gram;
    private final boolean usable;

    /** Uses the long work array during construction only, and a small one in each start. */
    HannanRissanen(double[] x, int lags, Scratch scratch) {
        this.x = x;
        this.scratch = scratch;
        this.lags = lags;
        n = x.length;
        size = 2 * lags + 1;
        gram = new double[size * size];
        residuals = scratch.lambda;
        int order = longAutoregression();
        int from = order + lags;
        usable = n - from >= 4 * lags + 4 || n - from >= lags + 3;
        if (usable) {
            fillGram(from);
        }
    }

    /** Levinson's recursion with the order by AIC; fills the residuals. */
    private int longAutoregression() {
        int largest = Math.min(n / 4, (int) Math.max(6, 10 * Math.log10(n)));
        double[] gamma = new double[largest + 1];
        for (int k = 0; k <= largest; k++) {
            gamma[k] = Sums.dot(x, 0, x, k, n - k) / n;
        }
        double[] a = new double[largest];
        double[] best = new double[largest];
        int bestOrder = 0;
        double variance = gamma[0];
        double bestAic = n * Math.log(variance);
        for (int k = 0; k < largest && variance > 0; k++) {
            double sum = gamma[k + 1];
            for (int j = 0; j < k; j++) {
                sum -= a[j] * gamma[k - j];
            }
            double r = sum / variance;
            for (int low = 0, high = k - 1; low <= high; low++, high--) {
                double first = a[low];
                double last = a[high];
                a[low] = first - r * last;
                a[high] = last - r * first;
            }
            a[k] = r;
            variance *= 1 - r * r;
            double aic = n * Math.log(variance) + 2 * (k + 1);
            if (k + 1 <= 5 || aic < bestAic) {
                bestAic = Math.min(aic, bestAic);
                bestOrder = k + 1;
                System.arraycopy(a, 0, best, 0, bestOrder);
            }
        }
        filter(best, bestOrder);
        return bestOrder;
    }

    private void filter(double[] a, int order) {
        System.arraycopy(x, 0, residuals, 0, n);
        for (int i = 1; i <= order; i++) {
            double factor = a[i - 1];
            for (int t = order; t < n; t++) {
                residuals[t] -= factor * x[t - i];
            }
        }
    }

    /** Inner products of [x_t, x_(t-1..lags), e_(t-1..lags)] over t in [from, n), by shifting along diagonals. */
    private void fillGram(int from) {
        block(x, 0, 0, x, 0, 0, from);
        block(x, 0, 0, residuals, lags + 1, 1, from);
        block(residuals, lags + 1, 1, residuals, lags + 1, 1, from);
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < i; j++) {
                gram[i * size + j] = gram[j * size + i];
            }
        }
    }

    /** Rows a_(t-i), columns b_(t-j); lags begin at aLag and bLag, positions at aAt and bAt. */
    private void block(double[] a, int aAt, int aLag, double[] b, int bAt, int bLag, int from) {
        int rows = lags - aLag + 1;
        int columns = lags - bLag + 1;
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                int la = i + aLag;
                int lb = j + bLag;
                double value;
                if (i > 0 && j > 0) {
                    value = gram[(aAt + i - 1) * size + bAt + j - 1]
                            + a[from - la] * b[from - lb]
                            - a[n - la] * b[n - lb];
                } else {
                    value = Sums.dot(a, from - la, b, from - lb, n - from);
                }
                gram[(aAt + i) * size + bAt + j] = value;
            }
        }
    }

    /** u of the start for one order; zeros when the sample is too short or collinear. */
    double[] start(int p, int q) {
        double[] u = new double[p + q];
        int k = p + q;
        if (!usable || k == 0) {
            return u;
        }
        int[] pick = new int[k];
        for (int i = 0; i < k; i++) {
            pick[i] = i < p ? i + 1 : lags + 1 + i - p;
        }
        double[] a = scratch.small(0, k * k);
        double[] b = new double[k];
        for (int i = 0; i < k; i++) {
            b[i] = gram[pick[i]];
            for (int j = 0; j < k; j++) {
                a[i * k + j] = gram[pick[i] * size + pick[j]];
            }
        }
        if (!SmallLinear.cholesky(a, k, RIDGE_FLOOR)) {
            return u;
        }
        SmallLinear.solveCholesky(a, k, b);
        Pacf.inverse(Arrays.copyOf(b, p), 1, u, 0);
        Pacf.inverse(Arrays.copyOfRange(b, p, k), -1, u, p);
        return u;
    }
}
