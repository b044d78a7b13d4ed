package org.lama.models.arima;

import java.util.Arrays;
import org.lama.core.math.Sums;

/**
 * Exact Gaussian likelihood of a seasonal model with regression and missing levels, without a Kalman filter: the algebra of
 * {@link ExactLikelihood} with cascaded sparse filters and several columns. With e_c the conditional errors of column c
 * (data, missing levels, regressors), b_c their inner products with the shifted impulse response of 1/theta(B) Theta(B^m), and
 * Sigma = (I + P G)^-1 P, the inner product of two columns under the inverse covariance is e_c'e_k - b_c' Sigma b_k. Normal
 * equations of these give the regression; the determinant of the missing levels' block belongs to the likelihood
 * of the observed ones. The gradient comes by reverse mode, also that of the determinant: it is a sum of quadratic forms.
 *
 * <p>Cost O(n (p+q+P+Q) c^2 + n r + r^3) with c columns and r the longest lag. Allocates nothing after construction; owned by
 * one thread.
 */
final class SeasonalLikelihood extends SeasonalObjective {
    private static final double NEGLIGIBLE = 1e-11;
    private static final double MAX_STATE_VARIANCE = 1e8;

    private final int n;
    private final int r;
    /** Data, pulses, regressors. */
    private final double[][] input;

    private final double[][] errors;
    private final double[][] shifts;
    private final int count;
    private final int pulses;
    private final double[] inner;
    private final double[] solution;
    private final double[] weights;
    private final StateCovariance state;
    private final double[] gram;
    private final double[] m;
    private final double[] sigma;
    private final double[] z;
    private final double[] w;
    private final int[] pivot;
    private final double[] g;
    private final double[] work;
    private final double[] other;
    private final double[] series;
    private final double[] rho;
    private final double[] shift;
    private final double[] collapsed;
    private final double[] byPhi;
    private final double[] byTheta;
    private int kept;

    SeasonalLikelihood(RegressionSample sample, ArimaSpec spec) {
        super(sample, spec);
        n = sample.w.length;
        r = parameters.reach();
        pulses = sample.pulses.length;
        count = 1 + pulses + sample.columns.length;
        input = new double[count][];
        input[0] = sample.w;
        System.arraycopy(sample.pulses, 0, input, 1, pulses);
        System.arraycopy(sample.columns, 0, input, 1 + pulses, sample.columns.length);
        errors = new double[count][n];
        shifts = new double[count][r];
        inner = new double[count * count];
        solution = new double[count];
        weights = new double[count];
        state = new StateCovariance(r);
        gram = new double[r * r];
        m = new double[r * r];
        sigma = new double[r * r];
        z = new double[r * r];
        w = new double[r * r];
        pivot = new int[r];
        g = new double[n];
        work = new double[n];
        other = new double[n];
        series = new double[n];
        rho = new double[n];
        shift = new double[r];
        collapsed = new double[2 * r + 1];
        byPhi = new double[parameters.fullPhi.length];
        byTheta = new double[parameters.fullTheta.length];
    }

    @Override
    double valueOfCoefficients() {
        for (int c = 0; c < count; c++) {
            filter(input[c], errors[c]);
        }
        double logs = 0;
        if (r > 0) {
            state.solve(parameters.fullPhi, byPhi.length, parameters.fullTheta, byTheta.length);
            if (!(state.p[0] >= 0 && state.p[0] <= MAX_STATE_VARIANCE)) {
                return Double.POSITIVE_INFINITY;
            }
            logs = initialState();
        }
        innerProducts();
        double determinant = regress();
        // a determinant below 1 is rounding gone wrong, S of a perfect fit has no logarithm
        if (!(logs >= -0.7 && sumOfSquares > 0 && determinant < Double.POSITIVE_INFINITY)) {
            return Double.POSITIVE_INFINITY;
        }
        return 0.5 * (observations() * Math.log(sumOfSquares) + logs + determinant);
    }

    /** out = phi(B) Phi(B^m) in / (theta(B) Theta(B^m)), zero before the first row. */
    private void filter(double[] in, double[] out) {
        System.arraycopy(in, 0, out, 0, n);
        CascadeFilter.autoregress(parameters.phi, 1, out, n);
        CascadeFilter.autoregress(parameters.seasonalPhi, parameters.period, out, n);
        invert(out);
    }

    private void invert(double[] x) {
        CascadeFilter.invert(parameters.theta, 1, x, n);
        CascadeFilter.invert(parameters.seasonalTheta, parameters.period, x, n);
    }

    private void invertBackward(double[] x) {
        CascadeFilter.invertBackward(parameters.theta, 1, x, n);
        CascadeFilter.invertBackward(parameters.seasonalTheta, parameters.period, x, n);
    }

    /** g, G, b of every column, M = I + P G (factorised), Sigma; returns log det M. */
    private double initialState() {
        Arrays.fill(g, 0);
        g[0] = 1;
        invert(g);
        kept = n;
        while (kept > 1 && Math.abs(g[kept - 1]) < NEGLIGIBLE) {
            kept--;
        }
        gramOfShifts();
        for (int c = 0; c < count; c++) {
            System.arraycopy(errors[c], 0, work, 0, n);
            invertBackward(work);
            for (int j = 0; j < r; j++) {
                shifts[c][j] = j < n ? work[j] : 0;
            }
        }
        DenseLinear.multiply(state.p, gram, m, r);
        for (int i = 0; i < r; i++) {
            m[i * r + i] += 1;
        }
        double logs = DenseLinear.factor(m, r, pivot);
        System.arraycopy(state.p, 0, sigma, 0, r * r);
        DenseLinear.solve(m, r, pivot, sigma, r);
        return logs;
    }

    private double g(int s) {
        return s >= 0 && s < kept ? g[s] : 0;
    }

    /** G_jk = sum over t of g_(t-j) g_(t-k), exact at the end of the sample. */
    private void gramOfShifts() {
        for (int lag = 0; lag < r; lag++) {
            int length = Math.min(kept - lag, n - r + 1);
            double sum = length > 0 ? Sums.dot(g, 0, g, lag, length) : 0;
            for (int k = r - 1; k >= lag; k--) {
                int s = n - 1 - k;
                if (k < r - 1) {
                    sum += s >= 0 ? g(s) * g(s + lag) : 0;
                }
                gram[k * r + k - lag] = sum;
                gram[(k - lag) * r + k] = sum;
            }
        }
    }

    private void innerProducts() {
        for (int c = 0; c < count; c++) {
            for (int i = 0; i < r; i++) {
                shift[i] = Sums.dot(sigma, i * r, shifts[c], 0, r);
            }
            for (int k = c; k < count; k++) {
                double value = Sums.dot(errors[c], 0, errors[k], 0, n);
                value -= r > 0 ? Sums.dot(shift, 0, shifts[k], 0, r) : 0;
                inner[c * count + k] = value;
                inner[k * count + c] = value;
            }
        }
    }

    /** Cholesky of the columns' block with the data as the last row; returns the log-determinant of the pulses' block. */
    private double regress() {
        double logs = 0;
        for (int j = 1; j < count; j++) {
            double diagonal = inner[j * count + j];
            double pivotValue = diagonal;
            for (int k = 1; k < j; k++) {
                pivotValue -= inner[j * count + k] * inner[j * count + k];
            }
            if (!(pivotValue > 1e-13 * diagonal)) {
                return Double.POSITIVE_INFINITY;
            }
            double root = Math.sqrt(pivotValue);
            inner[j * count + j] = root;
            logs += j <= pulses ? 2 * Math.log(root) : 0;
            for (int i = j + 1; i <= count; i++) {
                int row = i == count ? 0 : i;
                double sum = inner[row * count + j];
                for (int k = 1; k < j; k++) {
                    sum -= inner[row * count + k] * inner[j * count + k];
                }
                inner[row * count + j] = sum / root;
            }
        }
        double rest = inner[0];
        for (int j = 1; j < count; j++) {
            rest -= inner[j] * inner[j];
        }
        sumOfSquares = rest;
        backSubstitute();
        return logs;
    }

    private void backSubstitute() {
        for (int i = count - 1; i >= 1; i--) {
            double sum = inner[i];
            for (int k = i + 1; k < count; k++) {
                sum -= inner[k * count + i] * solution[k];
            }
            solution[i] = sum / inner[i * count + i];
        }
        int k = gamma.length;
        for (int i = 0; i < k; i++) {
            gamma[i] = solution[1 + pulses + i];
            for (int j = 0; j <= i; j++) {
                information[i * k + j] = inner[(1 + pulses + i) * count + 1 + pulses + j];
            }
        }
    }

    @Override
    public double evaluate(double[] u, double[] gradient) {
        double value = value(u);
        if (!(value < Double.POSITIVE_INFINITY)) {
            return Double.POSITIVE_INFINITY;
        }
        parameters.clearGradient();
        Arrays.fill(w, 0);
        weights[0] = 1;
        for (int c = 1; c < count; c++) {
            weights[c] = -solution[c];
        }
        quadraticForm(0.5 * observations() / sumOfSquares);
        for (int j = 1; j <= pulses; j++) {
            inversePulse(j);
            quadraticForm(0.5);
        }
        if (r > 0) {
            viaState();
        }
        parameters.chain(gradient);
        return value;
    }

    /** weights = column j of the inverse transposed factor of the pulses' block. */
    private void inversePulse(int j) {
        Arrays.fill(weights, 0);
        for (int i = j; i >= 1; i--) {
            double sum = i == j ? 1 : 0;
            for (int k = i + 1; k <= j; k++) {
                sum -= inner[k * count + i] * weights[k];
            }
            weights[i] = sum / inner[i * count + i];
        }
    }

    /** Adds factor times the derivative of the quadratic form of the weighted sum of columns. */
    private void quadraticForm(double factor) {
        combine();
        Arrays.fill(other, 0);
        for (int i = 0; i < Math.min(r, n); i++) {
            other[i] = Sums.dot(sigma, i * r, shift, 0, r);
        }
        invert(other);
        for (int t = 0; t < n; t++) {
            work[t] -= other[t];
        }
        // work = smoothed errors, other = lambda
        System.arraycopy(work, 0, other, 0, n);
        invertBackward(other);
        for (int i = 0; i < Math.min(r, n); i++) {
            double scaled = factor * other[i];
            for (int j = 0; j < Math.min(r, n); j++) {
                w[i * r + j] -= scaled * other[j];
            }
        }
        viaErrors(-2 * factor);
    }

    /** series, work and shift = weighted sums of inputs, errors and shifts. */
    private void combine() {
        Arrays.fill(series, 0);
        Arrays.fill(work, 0);
        Arrays.fill(shift, 0);
        for (int c = 0; c < count; c++) {
            double weight = weights[c];
            if (weight != 0) {
                addScaled(series, weight, input[c], n);
                addScaled(work, weight, errors[c], n);
                addScaled(shift, weight, shifts[c], r);
            }
        }
    }

    private static void addScaled(double[] a, double factor, double[] b, int n) {
        for (int t = 0; t < n; t++) {
            a[t] += factor * b[t];
        }
    }

    private void viaErrors(double factor) {
        if (parameters.p > 0) {
            System.arraycopy(series, 0, rho, 0, n);
            CascadeFilter.autoregress(parameters.seasonalPhi, parameters.period, rho, n);
            lagged(other, rho, 1, factor, parameters.gradientPhi);
        }
        if (parameters.seasonalP > 0) {
            System.arraycopy(series, 0, rho, 0, n);
            CascadeFilter.autoregress(parameters.phi, 1, rho, n);
            lagged(other, rho, parameters.period, factor, parameters.gradientSeasonalPhi);
        }
        if (parameters.q > 0) {
            multiply(parameters.seasonalTheta, parameters.period, work, rho);
            lagged(other, rho, 1, factor, parameters.gradientTheta);
        }
        if (parameters.seasonalQ > 0) {
            multiply(parameters.theta, 1, work, rho);
            lagged(other, rho, parameters.period, factor, parameters.gradientSeasonalTheta);
        }
    }

    /** out = (1 + sum_j b_j B^(j lag)) in. */
    private void multiply(double[] b, int lag, double[] in, double[] out) {
        System.arraycopy(in, 0, out, 0, n);
        for (int j = 1; j <= b.length; j++) {
            for (int t = j * lag; t < n; t++) {
                out[t] += b[j - 1] * in[t - j * lag];
            }
        }
    }

    /** gradient_i += factor sum over t of lambda_t x_(t - i lag). */
    private void lagged(double[] lambda, double[] x, int lag, double factor, double[] gradient) {
        for (int i = 1; i <= gradient.length && i * lag < n; i++) {
            gradient[i - 1] += factor * Sums.dot(lambda, i * lag, x, 0, n - i * lag);
        }
    }

    /** The derivative through the covariance of the state and through the impulse response in log det M. */
    private void viaState() {
        // Z' = M'^-1 G
        System.arraycopy(gram, 0, z, 0, r * r);
        DenseLinear.solveTransposed(m, r, pivot, z, r);
        for (int i = 0; i < r; i++) {
            for (int j = 0; j <= i; j++) {
                double half = 0.25 * (z[i * r + j] + z[j * r + i]);
                w[i * r + j] += half;
                if (j < i) {
                    w[j * r + i] += half;
                }
            }
        }
        Arrays.fill(byPhi, 0);
        Arrays.fill(byTheta, 0);
        state.backward(w, byPhi, byPhi.length, byTheta, byTheta.length);
        parameters.fold(byPhi, byTheta);
        if (byTheta.length > 0) {
            viaImpulseResponse();
        }
    }

    private void viaImpulseResponse() {
        for (int d = -(r - 1); d <= r - 1; d++) {
            double sum = 0;
            for (int b = Math.max(0, -d); b < r && b + d < r; b++) {
                sum += sigma[(b + d) * r + b];
            }
            collapsed[d + r] = sum;
        }
        int last = Math.min(n, kept + r);
        int inside = Math.min(last, n - r);
        Arrays.fill(rho, 0);
        for (int s = 0; s < last; s++) {
            if (s < inside) {
                int low = Math.max(-(r - 1), -s);
                int high = Math.min(r - 1, kept - 1 - s);
                rho[s] = high >= low ? Sums.dot(collapsed, low + r, g, s + low, high - low + 1) : 0;
            } else {
                rho[s] = atTheEnd(s);
            }
        }
        // g / theta(B) in the place of g differentiated by theta, g / Theta(B^m) in that by Theta
        System.arraycopy(g, 0, work, 0, n);
        CascadeFilter.invert(parameters.theta, 1, work, n);
        lagged(rho, work, 1, -1, parameters.gradientTheta);
        System.arraycopy(g, 0, work, 0, n);
        CascadeFilter.invert(parameters.seasonalTheta, parameters.period, work, n);
        lagged(rho, work, parameters.period, -1, parameters.gradientSeasonalTheta);
    }

    /** rho_s where some shifts have already left the sample. */
    private double atTheEnd(int s) {
        double sum = 0;
        for (int a = 0; a < r && s + a < n; a++) {
            for (int b = 0; b < r; b++) {
                sum += sigma[a * r + b] * g(s + a - b);
            }
        }
        return sum;
    }
}
