package org.lama.models.arima;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.lama.core.math.Sums;

/**
 * Exact Gaussian likelihood of an ARMA sample with few or no missing levels, without a Kalman filter: conditional errors by one filter, then
 * the unknown initial state (at most max(p,q) numbers) as a generalised least squares problem; value and gradient (by
 * reverse mode) cost O(n (p+q)). Equal to the Kalman value up to rounding.
 *
 * <p>With e0 the errors for a zero state, g the impulse response of 1/theta(B), G and b the inner products of its
 * shifts with themselves and with e0, and P the covariance of the state: M = I + P G, Sigma = M^-1 P, S = e0'e0 - b'
 * Sigma b, logdet = log det M. The constant is concentrated out by the same algebra, and so are missing levels ({@link
 * MissingPulses}): S has the gradient of the completed series, and the determinant of the pulses is
 * differentiated by filtering each of them. Allocates nothing after construction; owned by one thread.
 */
final class ExactLikelihood extends ArmaObjective {

    private final double[] x;
    private final int n;
    private final int r;
    private final StateArrays arrays;
    private final StateCovariance state;
    private final Scratch scratch;
    private final double[] gram;
    private final double[] shift;
    private final double[] shiftOnes;
    private final double[] m;
    private final double[] sigma;
    private final double[] z;
    private final double[] estimate;
    private final double[] weight;
    private final double[] gradientPhi;
    private final double[] gradientTheta;
    private final double[] firstScores;
    private final double[] stateWeights;
    private final MissingPulses.Point point;
    private final MissingPulses.Work work;
    private final int[] pivot;
    private final @Nullable MissingPulses pulses;
    private final double[] crossedSum;
    private final int[] crossedStamp;
    private int kept;
    private int settled;
    private double settledOne;

    /** The likelihood of a complete series. */
    ExactLikelihood(double[] x, int p, int q, boolean constant, Scratch scratch) {
        this(x, p, q, constant, scratch, null);
    }

    private ExactLikelihood(
            double[] x, int p, int q, boolean constant, Scratch scratch, @Nullable MissingPulses pulses) {
        super(p, q, constant);
        this.pulses = pulses;
        this.x = x;
        this.n = x.length;
        this.scratch = scratch;
        r = Math.max(p, q);
        arrays = scratch.state(r);
        state = arrays.covariance;
        gram = arrays.gram;
        shift = arrays.shift;
        // stays zero without a constant, so it is not shared
        shiftOnes = new double[r];
        m = arrays.m;
        sigma = arrays.sigma;
        z = arrays.z;
        estimate = arrays.estimate;
        weight = arrays.weight;
        stateWeights = arrays.weights;
        pivot = arrays.pivot;
        crossedSum = arrays.crossedSum;
        crossedStamp = arrays.crossedStamp;
        firstScores = arrays.firstScores;
        gradientPhi = new double[p];
        gradientTheta = new double[q];
        point = new MissingPulses.Point(ar.coefficients, p, theta, q, scratch.g, sigma);
        work = new MissingPulses.Work(scratch.ones, scratch.gamma, scratch.centred);
    }

    /** The likelihood of the observed levels of a sample with at most {@link MissingPulses#MOST} missing ones. */
    static ExactLikelihood of(ArimaSample sample, int p, int q, Scratch scratch) {
        int n = sample.w.length;
        MissingPulses pulses = sample.gaps ? new MissingPulses(sample.missing(), sample.d, n, Math.max(p, q)) : null;
        return new ExactLikelihood(sample.w, p, q, sample.constant, scratch, pulses);
    }

    @Override
    int observations() {
        return pulses == null ? n : n - pulses.count();
    }

    @Override
    double valueOfCoefficients() {
        filterErrors(x, scratch.e);
        impulseResponse();
        if (constant) {
            filterOnes(scratch.ones);
        }
        double determinant = 1;
        if (r > 0) {
            state.solve(ar.coefficients, p, theta, q);
            if (!(state.p[0] >= 0 && state.p[0] <= MAX_STATE_VARIANCE)) {
                return Double.POSITIVE_INFINITY;
            }
            determinant = initialState();
        }
        double logDeterminant = Math.log(determinant);
        if (pulses != null) {
            if (!factorise(pulses)) {
                return Double.POSITIVE_INFINITY;
            }
            logDeterminant += pulses.logDeterminant();
        }
        solveLevel();
        // S of a perfect fit has no logarithm; a determinant below 1 is rounding gone wrong
        if (!(sumOfSquares > 0 && determinant >= 0.5)) {
            return Double.POSITIVE_INFINITY;
        }
        return 0.5 * observations() * Math.log(sumOfSquares) + 0.5 * logDeterminant;
    }

    private boolean factorise(MissingPulses missing) {
        return missing.factorise(ar.coefficients, p, theta, q, scratch.g, kept, sigma);
    }

    /** out = phi(B) in / theta(B), zero before the first row. */
    private void filterErrors(double[] in, double[] out) {
        ArFilter.apply(ar.coefficients, p, in, out, n);
        MaFilter.forward(theta, q, out, n);
    }

    /** The filtered ones; constant from row {@link #settled} on, where the impulse response has died out. */
    private void filterOnes(double[] out) {
        double sum = 1;
        for (int i = 0; i < Math.min(p, n); i++) {
            out[i] = sum;
            sum -= ar.coefficients[i];
        }
        settled = pulses == null ? Math.min(n, kept + p + r) : n;
        if (p < settled) {
            Arrays.fill(out, p, settled, sum);
        }
        MaFilter.forward(theta, q, out, settled);
        settledOne = settled < n ? out[settled - 1] : 0;
    }

    private static void subtractShifted(double factor, double[] in, double[] out, int lag, int n) {
        for (int t = lag; t < n; t++) {
            out[t] -= factor * in[t - lag];
        }
    }

    /** g, G, b, M = I + P G (factorised), Sigma = M^-1 P. */
    private double initialState() {
        gramOfShifts();
        LagProducts.forward(scratch.g, kept, scratch.e, n, r, shift);
        if (constant) {
            LagProducts.forward(scratch.g, kept, scratch.ones, settled, r, shiftOnes);
        }
        for (int i = 0; i < r; i++) {
            for (int j = 0; j < r; j++) {
                double sum = i == j ? 1 : 0;
                for (int k = 0; k < r; k++) {
                    sum += state.p[i * r + k] * gram[k * r + j];
                }
                m[i * r + j] = sum;
            }
        }
        double determinant = SmallLinear.factor(m, r, pivot);
        System.arraycopy(state.p, 0, sigma, 0, r * r);
        SmallLinear.solve(m, r, pivot, sigma, r);
        return determinant;
    }

    private void impulseResponse() {
        double[] g = scratch.g;
        g[0] = 1;
        int quiet = 0;
        int s = 1;
        for (; s < n && quiet < Math.max(1, q); s++) {
            double sum = 0;
            int last = Math.min(q, s);
            for (int j = last; j >= 1; j--) {
                sum = Math.fma(-theta[j - 1], g[s - j], sum);
            }
            g[s] = sum;
            quiet = Math.abs(sum) < MissingPulses.NEGLIGIBLE ? quiet + 1 : 0;
        }
        kept = s;
    }

    private double g(int s) {
        return s < kept ? scratch.g[s] : 0;
    }

    /** G_jk = sum over t of g_(t-j) g_(t-k); exact at the end of the sample when g has not died out. */
    private void gramOfShifts() {
        for (int lag = 0; lag < r; lag++) {
            int length = Math.min(kept - lag, n - r + 1);
            double sum = length > 0 ? Sums.dot(scratch.g, 0, scratch.g, lag, length) : 0;
            for (int k = r - 1; k >= lag; k--) {
                if (k < r - 1) {
                    int s = n - 1 - k;
                    sum += s >= 0 ? g(s) * g(s + lag) : 0;
                }
                gram[k * r + k - lag] = sum;
                gram[(k - lag) * r + k] = sum;
            }
        }
    }

    /** S and, with a constant, its generalised least squares estimate. */
    private void solveLevel() {
        double a = Sums.dot(scratch.e, 0, scratch.e, 0, n);
        double b = 0;
        double c = 0;
        if (constant) {
            double tail = settledOne;
            b = Sums.dot(scratch.e, 0, scratch.ones, 0, settled) + tail * Sums.plain(scratch.e, settled, n);
            c = Sums.dot(scratch.ones, 0, scratch.ones, 0, settled) + tail * tail * (n - settled);
        }
        for (int i = 0; i < r; i++) {
            double image = 0;
            double imageOnes = 0;
            for (int j = 0; j < r; j++) {
                image += sigma[i * r + j] * shift[j];
                imageOnes += sigma[i * r + j] * shiftOnes[j];
            }
            a -= shift[i] * image;
            b -= shift[i] * imageOnes;
            c -= shiftOnes[i] * imageOnes;
        }
        if (pulses != null) {
            pulses.meet(scratch.e, shift, scratch.ones, shiftOnes, constant, sigma);
            a -= pulses.errorsExplained();
            b -= constant ? pulses.mixedExplained() : 0;
            c -= constant ? pulses.onesExplained() : 0;
        }
        concentrate(a, b, c);
    }

    @Override
    public double evaluate(double[] u, double[] gradient) {
        double value = value(u);
        if (!(value < Double.POSITIVE_INFINITY)) {
            return Double.POSITIVE_INFINITY;
        }
        Arrays.fill(gradientPhi, 0);
        Arrays.fill(gradientTheta, 0);
        smoothErrors();
        viaErrors();
        System.arraycopy(scratch.lambda, 0, firstScores, 0, Math.min(r, n));
        Arrays.fill(stateWeights, 0);
        if (pulses != null) {
            point.keptOfG = kept;
            pulses.differentiate(point, stateWeights, gradientPhi, gradientTheta, work);
        }
        if (r > 0) {
            viaCovariance();
            if (q > 0) {
                viaImpulseResponse();
            }
        }
        ar.differentiate();
        ma.differentiate();
        ar.chain(gradientPhi, 1, gradient, 0);
        ma.chain(gradientTheta, -1, gradient, p);
        return value;
    }

    /** e at the estimated state and constant, and lambda = e filtered backward by 1/theta. */
    private void smoothErrors() {
        double[] e = scratch.e;
        if (constant) {
            subtractShifted(level, scratch.ones, e, 0, settled);
            double tail = level * settledOne;
            for (int t = settled; t < n; t++) {
                e[t] -= tail;
            }
        }
        if (constant || pulses != null) {
            for (int t = 0; t < n; t++) {
                scratch.centred[t] = x[t] - level;
            }
        }
        for (int j = 0; j < r; j++) {
            shift[j] -= level * shiftOnes[j];
        }
        if (pulses != null) {
            pulses.complete(level, e, shift, scratch.centred);
        }
        for (int i = 0; i < r; i++) {
            double sum = 0;
            for (int j = 0; j < r; j++) {
                sum += sigma[i * r + j] * shift[j];
            }
            estimate[i] = sum;
        }
        for (int j = 0; j < r; j++) {
            subtractShifted(estimate[j], scratch.g, e, j, Math.min(n, kept + j));
        }
        MaFilter.backward(theta, q, e, scratch.lambda, n);
    }

    private void viaErrors() {
        double factor = observations() / sumOfSquares;
        double[] series = constant || pulses != null ? scratch.centred : x;
        LagProducts.backward(scratch.lambda, series, n, p, factor, gradientPhi);
        LagProducts.backward(scratch.lambda, scratch.e, n, q, factor, gradientTheta);
    }

    private void viaCovariance() {
        // Z = G M^-1, one row after the other: z_i solves M' z_i = G_i
        for (int i = 0; i < r; i++) {
            System.arraycopy(gram, i * r, estimate, 0, r);
            SmallLinear.solveTransposed(m, r, pivot, estimate);
            System.arraycopy(estimate, 0, z, i * r, r);
        }
        double factor = 0.5 * observations() / sumOfSquares;
        double[] lambda = firstScores;
        for (int i = 0; i < r; i++) {
            for (int j = 0; j <= i; j++) {
                double w = 0.25 * (z[i * r + j] + z[j * r + i]) - factor * lambda[i] * lambda[j];
                w += 0.5 * (stateWeights[i * r + j] + stateWeights[j * r + i]);
                m[i * r + j] = w;
                m[j * r + i] = w;
            }
        }
        state.backward(m, gradientPhi, p, gradientTheta, q);
    }

    private void viaImpulseResponse() {
        arrays.stamp++;
        for (int d = -(r - 1); d <= r - 1; d++) {
            double sum = 0;
            for (int b = Math.max(0, -d); b < r && b + d < r; b++) {
                sum += sigma[(b + d) * r + b];
            }
            weight[d + r] = sum;
        }
        int last = Math.min(n, kept + r);
        double[] gamma = scratch.gamma;
        int own = Math.min(kept, last);
        System.arraycopy(scratch.g, 0, gamma, 0, own);
        Arrays.fill(gamma, own, last, 0);
        MaFilter.forward(theta, q, gamma, last);
        int inner = Math.max(0, Math.min(last, n - r));
        int common = Math.max(0, inner - q);
        for (int d = -(r - 1); d <= r - 1; d++) {
            for (int j = 1; j <= q; j++) {
                gradientTheta[j - 1] -= weight[d + r] * crossed(d + j, common, inner - j);
            }
        }
        for (int s = inner; s < last; s++) {
            double rho = atTheEnd(s);
            for (int j = 1; j <= Math.min(q, s); j++) {
                gradientTheta[j - 1] -= rho * gamma[s - j];
            }
        }
    }

    /** Sum over u in [0, to) of gamma_u g_(u+m); the part below {@code common} is kept for the other (d, j) of this m. */
    private double crossed(int m, int common, int to) {
        double[] gamma = scratch.gamma;
        int from = Math.max(0, -m);
        int slot = m + r;
        if (crossedStamp[slot] != arrays.stamp) {
            crossedStamp[slot] = arrays.stamp;
            int length = Math.min(common, kept - m) - from;
            crossedSum[slot] = length > 0 ? Sums.dot(gamma, from, scratch.g, from + m, length) : 0;
        }
        double sum = crossedSum[slot];
        for (int u = Math.max(from, common); u < Math.min(to, kept - m); u++) {
            sum += gamma[u] * scratch.g[u + m];
        }
        return sum;
    }

    /** rho_s where some shifts have already left the sample: sum over a, b with s + a &lt;= n. */
    private double atTheEnd(int s) {
        double sum = 0;
        for (int a = 0; a < r && s + a < n; a++) {
            for (int b = 0; b < r; b++) {
                int lag = s + a - b;
                sum += lag >= 0 ? sigma[a * r + b] * g(lag) : 0;
            }
        }
        return sum;
    }
}
