package org.lama.models.arima;

import java.util.Arrays;
import org.lama.core.math.Sums;

/**
 * Missing levels as unknown additive outliers. With x the differences of the filled levels and D one column per missing
 * level (a unit pulse at its row, differenced d times), every completion of the levels is x + D h, and the density of the
 * observed levels is that of x + D h with h integrated out: S is its minimum over h, the determinant gains a factor |D'
 * Omega^-1 D|, and the sum has one term less per missing level (generalised least squares; Gomez and Maravall 1994).
 *
 * <p>All filtered pulses are one sequence a, the impulse response of phi(B)(1-B)^d/theta(B), at different rows: inner
 * products cost its length until it has died out, not the length of the sample. Owned by one thread; allocates nothing
 * after construction.
 */
final class MissingPulses {
    /** Beyond this the pairs of pulses cost more than the Kalman filter. */
    static final int MOST = 100;

    /** A response below this has died out. */
    static final double NEGLIGIBLE = 1e-11;

    private final int[] rows;
    private final int n;
    private final int r;
    private final int k;
    private final double[] delta;
    private final double[] a;
    private final double[] factor;
    private final double[] onState;
    private final double[] images;
    private final double[] onErrors;
    private final double[] onOnes;
    private final double[] solved;
    private final double[] sumOfLag;
    private final int[] stampOfLag;
    private final int[] lengthOfLag;
    private final double[] inverse;
    private final double[] polynomial;
    private final double[] allImages;
    private final double[] scores;
    private int stamp;
    private int kept;
    private int low;
    private int high;
    private double logDeterminant;

    /**
     * Prepares the pulses of a sample.
     *
     * @param rows where levels are missing, counted in differences, ascending
     * @param d order of differencing
     * @param n number of differences
     * @param r size of the initial state
     */
    MissingPulses(int[] rows, int d, int n, int r) {
        this.rows = rows;
        this.n = n;
        this.r = r;
        k = rows.length;
        delta = LevelFilter.differencing(d);
        a = new double[n];
        factor = new double[k * k];
        onState = new double[k * r];
        images = new double[r];
        inverse = new double[k * k];
        polynomial = new double[r + d + 1];
        allImages = new double[k * r];
        scores = new double[k * r];
        onErrors = new double[k];
        onOnes = new double[k];
        solved = new double[k];
        sumOfLag = new double[n];
        stampOfLag = new int[n];
        lengthOfLag = new int[n];
    }

    int count() {
        return k;
    }

    /** Log of |D' Omega^-1 D| at the last factorisation. */
    double logDeterminant() {
        return logDeterminant;
    }

    /**
     * Filters the pulse and factorises D' Omega^-1 D.
     *
     * @param phi AR coefficients, the first p of them
     * @param theta MA coefficients, the first q of them
     * @param g impulse response of 1/theta(B), its first {@code keptOfG} values
     * @param sigma the matrix of the initial state, r by r
     * @return false if it is not positive definite in the numbers at hand
     */
    boolean factorise(double[] phi, int p, double[] theta, int q, double[] g, int keptOfG, double[] sigma) {
        filterPulse(phi, p, theta, q);
        stamp++;
        for (int j = k - 1; j >= 0; j--) {
            for (int i = 0; i < r; i++) {
                onState[j * r + i] = rows[j] < i ? early(i, i - rows[j], g, keptOfG) : stateProduct(j, i, g, keptOfG);
            }
        }
        stamp++;
        // from the last row to the first: pairs at the same distance then differ by the terms they gain at the end
        for (int later = k - 1; later >= 0; later--) {
            image(sigma, later);
            for (int j = 0; j <= later; j++) {
                double product = pulseProduct(rows[later] - rows[j], rows[later]);
                for (int i = 0; i < r; i++) {
                    product -= onState[j * r + i] * images[i];
                }
                factor[later * k + j] = product;
                factor[j * k + later] = product;
            }
        }
        if (!SmallLinear.cholesky(factor, k, 1e-14)) {
            return false;
        }
        logDeterminant = 0;
        for (int j = 0; j < k; j++) {
            logDeterminant += 2 * Math.log(factor[j * k + j]);
        }
        return true;
    }

    private void filterPulse(double[] phi, int p, double[] theta, int q) {
        Arrays.fill(a, 0, Math.min(n, p + delta.length + 1), 0);
        a[0] = 1;
        for (int i = 1; i <= Math.min(p, n - 1); i++) {
            a[i] = -phi[i - 1];
        }
        for (int k1 = 0; k1 < delta.length; k1++) {
            for (int s = Math.min(n - 1, p + k1 + 1); s > 0; s--) {
                a[s] -= a[s - 1];
            }
        }
        int quiet = 0;
        int s = 0;
        int last = p + delta.length;
        for (; s < n && (s <= last || quiet < q); s++) {
            double sum = s <= last ? a[s] : 0;
            for (int j = Math.min(q, s); j >= 1; j--) {
                sum = Math.fma(-theta[j - 1], a[s - j], sum);
            }
            a[s] = sum;
            quiet = Math.abs(sum) < NEGLIGIBLE ? quiet + 1 : 0;
        }
        kept = s;
    }

    /** The product with a state that starts after the pulse. */
    private double early(int start, int lead, double[] g, int keptOfG) {
        int length = Math.min(n - start, Math.min(keptOfG, kept - lead));
        return length > 0 ? Sums.dot(g, 0, a, lead, length) : 0;
    }

    private double stateProduct(int j, int i, double[] g, int keptOfG) {
        int lag = rows[j] - i;
        return product(g, keptOfG, lag, n - rows[j]);
    }

    private double pulseProduct(int lag, int laterRow) {
        return product(a, kept, lag, n - laterRow);
    }

    /** Sum of a_s other_(s+lag) over the first s that are left, continued from the last sum at this lag. */
    private double product(double[] other, int keptOfOther, int lag, int rowsLeft) {
        int length = Math.min(rowsLeft, Math.min(kept, keptOfOther - lag));
        if (length <= 0) {
            return 0;
        }
        if (stampOfLag[lag] != stamp) {
            stampOfLag[lag] = stamp;
            sumOfLag[lag] = 0;
            lengthOfLag[lag] = 0;
        }
        int from = lengthOfLag[lag];
        if (length > from) {
            sumOfLag[lag] += Sums.dot(a, from, other, lag + from, length - from);
            lengthOfLag[lag] = length;
        }
        return sumOfLag[lag];
    }

    /** images = Sigma b of one pulse. */
    private void image(double[] sigma, int pulse) {
        for (int i = 0; i < r; i++) {
            double sum = 0;
            for (int j = 0; j < r; j++) {
                sum += sigma[i * r + j] * onState[pulse * r + j];
            }
            images[i] = sum;
        }
    }

    /** Takes the inner products of the pulses with the errors, and with those of the ones where there is a constant. */
    void meet(double[] e, double[] shift, double[] ones, double[] shiftOnes, boolean constant, double[] sigma) {
        for (int j = 0; j < k; j++) {
            int length = Math.min(kept, n - rows[j]);
            double withErrors = Sums.dot(a, 0, e, rows[j], length);
            double withOnes = constant ? Sums.dot(a, 0, ones, rows[j], length) : 0;
            image(sigma, j);
            for (int i = 0; i < r; i++) {
                withErrors -= images[i] * shift[i];
                withOnes -= images[i] * shiftOnes[i];
            }
            onErrors[j] = withErrors;
            onOnes[j] = withOnes;
        }
    }

    /** f' (D' Omega^-1 D)^-1 f with f the products with the errors. */
    double errorsExplained() {
        return explained(onErrors, onErrors);
    }

    /** The same between errors and ones. */
    double mixedExplained() {
        return explained(onErrors, onOnes);
    }

    /** The same for the ones. */
    double onesExplained() {
        return explained(onOnes, onOnes);
    }

    private double explained(double[] left, double[] right) {
        System.arraycopy(right, 0, solved, 0, k);
        SmallLinear.solveCholesky(factor, k, solved);
        return Sums.dot(left, 0, solved, 0, k);
    }

    /**
     * Adds half the derivative of {@link #logDeterminant()} by phi and theta at fixed covariance of the state, and that by
     * the covariance to the weights. With H the inverse of the factorised matrix it is the sum over H_ij of the
     * derivative of pulse i's product with pulse j; pulse i is filtered forward, freed of the state, and filtered backward
     * twice, and pulse j is a handful of numbers, so that the cost is k filters and k^2 (p + d) (p + q) products.
     *
     * @param at coefficients, impulse response and state matrix of the last factorisation
     * @param work three arrays of n numbers
     */
    void differentiate(Point at, double[] weights, double[] gradientPhi, double[] gradientTheta, Work work) {
        invert();
        numerator(at.phi, at.p);
        for (int i = 0; i < k; i++) {
            image(at.sigma, i);
            System.arraycopy(images, 0, allImages, i * r, r);
        }
        for (int i = 0; i < k; i++) {
            smooth(i, at, work);
            for (int j = 0; j < k; j++) {
                double h = inverse[i * k + j];
                for (int l = 1; l <= at.p; l++) {
                    gradientPhi[l - 1] -= h * level(work.lambda, rows[j] + l);
                }
                for (int l = 1; l <= at.q; l++) {
                    gradientTheta[l - 1] -= h * filtered(work.kappa, j, l, at.p);
                }
            }
            for (int a = 0; a < r; a++) {
                scores[i * r + a] = a < n ? at(work.lambda, a) : 0;
            }
        }
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                double h = 0.5 * inverse[i * k + j];
                for (int a = 0; a < r; a++) {
                    for (int b = 0; b < r; b++) {
                        weights[a * r + b] -= h * scores[i * r + a] * scores[j * r + b];
                    }
                }
            }
        }
    }

    /** Where a factorisation was made. */
    static final class Point {
        private final double[] phi;
        private final int p;
        private final double[] theta;
        private final int q;
        private final double[] g;
        private final double[] sigma;
        int keptOfG;

        Point(double[] phi, int p, double[] theta, int q, double[] g, double[] sigma) {
            this.phi = phi;
            this.p = p;
            this.theta = theta;
            this.q = q;
            this.g = g;
            this.sigma = sigma;
        }
    }

    /** Three arrays as long as the sample. */
    static final class Work {
        private final double[] errors;
        private final double[] lambda;
        private final double[] kappa;

        Work(double[] errors, double[] lambda, double[] kappa) {
            this.errors = errors;
            this.lambda = lambda;
            this.kappa = kappa;
        }
    }

    private void invert() {
        for (int j = 0; j < k; j++) {
            Arrays.fill(solved, 0);
            solved[j] = 1;
            SmallLinear.solveCholesky(factor, k, solved);
            System.arraycopy(solved, 0, inverse, j * k, k);
        }
    }

    /** phi(B) (1-B)^d. */
    private void numerator(double[] phi, int p) {
        int length = p + delta.length + 1;
        Arrays.fill(polynomial, 0, length, 0);
        polynomial[0] = 1;
        for (int i = 1; i <= p; i++) {
            polynomial[i] = -phi[i - 1];
        }
        for (int times = 0; times < delta.length; times++) {
            for (int s = length - 1; s > 0; s--) {
                polynomial[s] -= polynomial[s - 1];
            }
        }
    }

    /** The rows [low, high) of pulse i where its smoothed errors and what they become backward have not died out. */
    private void smooth(int i, Point at, Work work) {
        int row = rows[i];
        int longest = Math.max(kept, at.keptOfG);
        boolean meetsState = row < longest + r;
        int reach = 2 * longest;
        low = meetsState || row < reach ? 0 : row - reach;
        high = Math.min(n, row + kept);
        if (meetsState) {
            high = Math.max(high, Math.min(n, at.keptOfG + r));
        }
        double[] e = work.errors;
        Arrays.fill(e, low, high, 0);
        System.arraycopy(a, 0, e, row, Math.min(kept, n - row));
        for (int m = 0; m < r && meetsState; m++) {
            double share = allImages[i * r + m];
            int length = Math.min(at.keptOfG, n - m);
            for (int s = 0; s < length; s++) {
                e[m + s] -= share * at.g[s];
            }
        }
        MaFilter.backward(at.theta, at.q, e, work.lambda, low, high);
        MaFilter.backward(at.theta, at.q, work.lambda, work.kappa, low, high);
    }

    private double at(double[] series, int t) {
        return t >= low && t < high ? series[t] : 0;
    }

    /** The differenced pulse at a row, times a series. */
    private double level(double[] series, int row) {
        double sum = at(series, row);
        for (int m = 1; m <= delta.length; m++) {
            sum -= delta[m - 1] * at(series, row + m);
        }
        return sum;
    }

    /** Pulse j after phi(B), freed of the state, moved by some rows, times a series. */
    private double filtered(double[] series, int j, int rowsLater, int p) {
        double sum = 0;
        int row = rows[j] + rowsLater;
        for (int m = 0; m <= p + delta.length; m++) {
            sum += polynomial[m] * at(series, row + m);
        }
        for (int m = 0; m < r; m++) {
            sum -= allImages[j * r + m] * at(series, m + rowsLater);
        }
        return sum;
    }

    /** Moves errors, their products with the state and the series from the filled levels to the expected ones. */
    void complete(double level, double[] e, double[] shift, double[] series) {
        for (int j = 0; j < k; j++) {
            solved[j] = level * onOnes[j] - onErrors[j];
        }
        SmallLinear.solveCholesky(factor, k, solved);
        for (int j = 0; j < k; j++) {
            double h = solved[j];
            int row = rows[j];
            int length = Math.min(kept, n - row);
            for (int s = 0; s < length; s++) {
                e[row + s] += h * a[s];
            }
            for (int i = 0; i < r; i++) {
                shift[i] += h * onState[j * r + i];
            }
            series[row] += h;
            for (int i = 1; i <= delta.length && row + i < n; i++) {
                series[row + i] -= h * delta[i - 1];
            }
        }
    }
}
