package org.lama.models.arima;

import java.util.Arrays;

/**
 * Kalman filter of a (seasonal) ARIMA process in levels (Harvey 1989, section 3.3): ARMA state of max(p,q+1) elements and
 * the last d levels, unit noise variance. The start is exact: either it conditions on d consecutive observed levels, which
 * carry no information under a diffuse prior, or the prior itself is diffuse (Koopman 1997; Durbin and Koopman 2012, section
 * 5.2) and every observed row takes away what it can. Missing observations skip the update. More columns (regressors) run
 * through the same gains. O(m^2) per row with m = max(p,q+1) + d, O(m) once the gain has settled. Mutable, owned by one
 * thread; rows allocate nothing.
 */
final class LevelFilter {
    private static final double SETTLED = 1e-13;
    private static final int DOUBLINGS = 40;
    /** Infinite variances are whole numbers of the prior's unit, up to rounding. */
    private static final double INFINITE = 1e-8;

    final int d;
    final int r;
    final int m;
    private final double[] phi;
    private final double[] noise;
    private final double[] delta;
    final double[] state;
    private double[][] columns = {};
    private final double[] innovations;
    final double[] covariance;
    private final double[] next;
    private final double[] gain;
    private final double[] work;
    private double variance;
    private boolean settled;
    private int quiet;
    /** Infinite part of the covariance, of the levels only; empty before it is asked for. */
    private double[] infinite = {};

    private final double[] infiniteWork;
    private int unknown;
    private double infiniteVariance;

    LevelFilter(double[] ar, double[] ma, int d) {
        this(ar, ma, differencing(d), 1);
    }

    /**
     * A filter of any differencing polynomial.
     *
     * @param delta y_t = delta_1 y_(t-1) + ... + w_t
     * @param mostColumns how many columns may run along
     */
    LevelFilter(double[] ar, double[] ma, double[] delta, int mostColumns) {
        d = delta.length;
        this.delta = delta.clone();
        r = Math.max(ar.length, ma.length + 1);
        m = r + d;
        phi = Arrays.copyOf(ar, r);
        noise = new double[r];
        noise[0] = 1;
        System.arraycopy(ma, 0, noise, 1, ma.length);
        state = new double[m];
        innovations = new double[mostColumns];
        infiniteWork = new double[d];
        covariance = new double[m * m];
        next = new double[m * m];
        gain = new double[m];
        work = new double[m];
    }

    /** A copy at the same place in time. */
    LevelFilter copy() {
        LevelFilter other = new LevelFilter(phi, Arrays.copyOfRange(noise, 1, r), delta, innovations.length);
        System.arraycopy(state, 0, other.state, 0, m);
        other.columns = new double[columns.length][];
        for (int c = 0; c < columns.length; c++) {
            other.columns[c] = columns[c].clone();
        }
        other.infinite = infinite.clone();
        other.unknown = unknown;
        other.infiniteVariance = infiniteVariance;
        System.arraycopy(covariance, 0, other.covariance, 0, m * m);
        System.arraycopy(gain, 0, other.gain, 0, m);
        System.arraycopy(work, 0, other.work, 0, m);
        other.variance = variance;
        other.settled = settled;
        other.quiet = quiet;
        return other;
    }

    /** y_t = delta_1 y_(t-1) + ... + delta_d y_(t-d) + w_t. */
    static double[] differencing(int d) {
        double[] delta = new double[d];
        double binomial = 1;
        for (int k = 1; k <= d; k++) {
            binomial = binomial * (d - k + 1) / k;
            delta[k - 1] = k % 2 == 1 ? binomial : -binomial;
        }
        return delta;
    }

    /** New coefficients of the same orders; call {@link #begin(int)} afterwards. */
    void coefficients(double[] ar, double[] ma) {
        System.arraycopy(ar, 0, phi, 0, ar.length);
        System.arraycopy(ma, 0, noise, 1, ma.length);
    }

    /** The stationary start with unknown levels set to zero and some columns beside the first. */
    void begin(int carried) {
        if (columns.length != carried) {
            columns = new double[carried][m];
        }
        Arrays.fill(state, 0);
        for (double[] column : columns) {
            Arrays.fill(column, 0);
        }
        Arrays.fill(covariance, 0);
        unknown = 0;
        infiniteVariance = 0;
        unsettle();
        stationary();
        refreshVariance();
    }

    /** The stationary start with a diffuse prior on all levels. */
    void beginDiffuse(int carried) {
        begin(carried);
        if (infinite.length == 0) {
            infinite = new double[d * d];
        }
        Arrays.fill(infinite, 0);
        for (int k = 0; k < d; k++) {
            infinite[k * d + k] = 1;
        }
        unknown = d;
        refreshInfinite();
    }

    /**
     * The start of conditional least squares: errors before the next row are zero, the differences before it known.
     *
     * @param past the last differences, the newest last, as many as the autoregression reaches back
     */
    void beginConditional(double[] past) {
        begin(0);
        Arrays.fill(covariance, 0);
        for (int i = 0; i < r; i++) {
            for (int j = 0; j < r; j++) {
                covariance[i * m + j] = noise[i] * noise[j];
            }
            double sum = 0;
            for (int k = i; k < r && k - i < past.length; k++) {
                sum += phi[k] * past[past.length - 1 - (k - i)];
            }
            state[i] = sum;
        }
        refreshVariance();
    }

    /** Whether an observation of the next row would only start the levels: its variance is infinite. */
    boolean diffuse() {
        return unknown > 0 && infiniteVariance > INFINITE;
    }

    /** Says that the level k rows ago (1 = the last) was y, and c in the second column. */
    void level(int k, double y, double c) {
        state[r + k - 1] = y;
        if (columns.length > 0) {
            columns[0][r + k - 1] = c;
        }
    }

    /** P = sum of T^k R R' T'^k by doubling: X = X + A X A', A = A A. */
    private void stationary() {
        double[] x = new double[r * r];
        double[] a = new double[r * r];
        double[] ax = new double[r * r];
        for (int i = 0; i < r; i++) {
            a[i * r] = phi[i];
            if (i + 1 < r) {
                a[i * r + i + 1] = 1;
            }
            for (int j = 0; j < r; j++) {
                x[i * r + j] = noise[i] * noise[j];
            }
        }
        for (int k = 0; k < DOUBLINGS; k++) {
            multiply(a, x, ax, false);
            double change = multiply(ax, a, x, true);
            multiply(a, a, ax, false);
            System.arraycopy(ax, 0, a, 0, r * r);
            if (!(change > 1e-17 * Math.abs(x[0]))) {
                break;
            }
        }
        for (int i = 0; i < r; i++) {
            System.arraycopy(x, i * r, covariance, i * m, r);
        }
    }

    /** out = a b, or out += a b' when transposed; returns the largest absolute product. */
    private double multiply(double[] a, double[] b, double[] out, boolean addTransposed) {
        double largest = 0;
        for (int i = 0; i < r; i++) {
            for (int j = 0; j < r; j++) {
                double sum = 0;
                for (int k = 0; k < r; k++) {
                    sum += a[i * r + k] * (addTransposed ? b[j * r + k] : b[k * r + j]);
                }
                out[i * r + j] = addTransposed ? out[i * r + j] + sum : sum;
                largest = Math.max(largest, Math.abs(sum));
            }
        }
        return largest;
    }

    /** Variance of the next innovation in units of the noise variance. */
    double variance() {
        return variance;
    }

    /** Expected next value. */
    double mean() {
        return observe(state);
    }

    /** Expected next value of a column. */
    double columnMean(int c) {
        return observe(columns[c]);
    }

    private double observe(double[] s) {
        double sum = s[0];
        for (int k = 0; k < d; k++) {
            sum += delta[k] * s[r + k];
        }
        return sum;
    }

    /** Takes the next value, NaN where missing, and moves on by one row; with one column its value. */
    void step(double y, double c) {
        if (Double.isNaN(y)) {
            unsettle();
        } else {
            if (columns.length > 0) {
                innovations[0] = c - columnMean(0);
            }
            update(y - mean());
        }
        predict();
    }

    /** Takes the next values of all columns, the first NaN where missing, and moves on by one row. */
    void step(double y, double[] row) {
        if (Double.isNaN(y)) {
            unsettle();
        } else {
            for (int c = 0; c < columns.length; c++) {
                innovations[c] = row[c] - columnMean(c);
            }
            update(y - mean());
        }
        predict();
    }

    /** Moves on by one row without an observation. */
    void skip() {
        unsettle();
        predict();
    }

    private void unsettle() {
        settled = false;
        quiet = 0;
    }

    private void update(double v) {
        if (diffuse()) {
            updateDiffuse(v);
            return;
        }
        if (!settled) {
            double inverse = 1 / variance;
            for (int i = 0; i < m; i++) {
                gain[i] = work[i] * inverse;
            }
            for (int i = 0; i < m; i++) {
                for (int j = 0; j < m; j++) {
                    covariance[i * m + j] -= gain[i] * work[j];
                }
            }
        }
        for (int i = 0; i < m; i++) {
            state[i] += gain[i] * v;
        }
        for (int c = 0; c < columns.length; c++) {
            double vc = innovations[c];
            double[] column = columns[c];
            for (int i = 0; i < m; i++) {
                column[i] += gain[i] * vc;
            }
        }
    }

    /** An observation with infinite variance fixes one combination of the levels. */
    private void updateDiffuse(double v) {
        double inverse = 1 / infiniteVariance;
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < m; j++) {
                double a = i >= r ? infiniteWork[i - r] * inverse : 0;
                double b = j >= r ? infiniteWork[j - r] * inverse : 0;
                covariance[i * m + j] += a * b * variance - work[i] * b - a * work[j];
            }
        }
        for (int i = 0; i < d; i++) {
            double a = infiniteWork[i] * inverse;
            for (int j = 0; j < d; j++) {
                infinite[i * d + j] -= a * infiniteWork[j];
            }
            state[r + i] += a * v;
            for (int c = 0; c < columns.length; c++) {
                columns[c][r + i] += a * innovations[c];
            }
        }
        unknown--;
    }

    /** Moves the infinite part on and refreshes its image and the infinite variance of the next row. */
    private void predictInfinite() {
        // T P T' on the levels: the newest level is delta' of the old ones, the others move down by one
        refreshInfinite();
        double newest = infiniteVariance;
        for (int i = d - 1; i > 0; i--) {
            for (int j = d - 1; j > 0; j--) {
                infinite[i * d + j] = infinite[(i - 1) * d + j - 1];
            }
        }
        infinite[0] = newest;
        for (int j = 1; j < d; j++) {
            infinite[j] = infiniteWork[j - 1];
            infinite[j * d] = infiniteWork[j - 1];
        }
        refreshInfinite();
    }

    private void refreshInfinite() {
        infiniteVariance = 0;
        for (int i = 0; i < d; i++) {
            double sum = 0;
            for (int j = 0; j < d; j++) {
                sum += infinite[i * d + j] * delta[j];
            }
            infiniteWork[i] = sum;
            infiniteVariance += delta[i] * sum;
        }
    }

    private void predict() {
        move(state);
        for (double[] column : columns) {
            move(column);
        }
        if (settled) {
            return;
        }
        if (unknown > 0) {
            predictInfinite();
        }
        predictCovariance();
        System.arraycopy(next, 0, covariance, 0, m * m);
        quiet = refreshVariance() <= SETTLED * variance ? quiet + 1 : 0;
        // the gain must rest for longer than a change can hide in the unobserved part of the state
        settled = quiet > m + 2 && unknown == 0;
    }

    private void move(double[] s) {
        double first = s[0];
        double newest = observe(s);
        for (int i = 0; i + 1 < r; i++) {
            s[i] = phi[i] * first + s[i + 1];
        }
        s[r - 1] = phi[r - 1] * first;
        if (d > 0) {
            for (int k = d - 1; k > 0; k--) {
                s[r + k] = s[r + k - 1];
            }
            s[r] = newest;
        }
    }

    /** next = T P T' + R R': T from the left column by column, then from the right row by row. */
    private void predictCovariance() {
        for (int j = 0; j < m; j++) {
            double newest = covariance[j];
            for (int k = 0; k < d; k++) {
                newest += delta[k] * covariance[(r + k) * m + j];
            }
            for (int i = 0; i < r; i++) {
                next[i * m + j] = phi[i] * covariance[j] + (i + 1 < r ? covariance[(i + 1) * m + j] : 0);
            }
            for (int k = d - 1; k > 0; k--) {
                next[(r + k) * m + j] = covariance[(r + k - 1) * m + j];
            }
            if (d > 0) {
                next[r * m + j] = newest;
            }
        }
        for (int i = 0; i < m; i++) {
            moveRow(i);
        }
        for (int i = 0; i < r; i++) {
            for (int j = 0; j < r; j++) {
                next[i * m + j] += noise[i] * noise[j];
            }
        }
    }

    private void moveRow(int i) {
        int row = i * m;
        double first = next[row];
        double newest = first;
        for (int k = 0; k < d; k++) {
            newest += delta[k] * next[row + r + k];
        }
        for (int j = 0; j + 1 < r; j++) {
            next[row + j] = phi[j] * first + next[row + j + 1];
        }
        next[row + r - 1] = phi[r - 1] * first;
        if (d > 0) {
            for (int k = d - 1; k > 0; k--) {
                next[row + r + k] = next[row + r + k - 1];
            }
            next[row + r] = newest;
        }
    }

    /** work = P Z', variance = Z P Z'; returns the largest change of work. */
    private double refreshVariance() {
        double change = 0;
        for (int i = 0; i < m; i++) {
            double sum = covariance[i * m];
            for (int k = 0; k < d; k++) {
                sum += delta[k] * covariance[i * m + r + k];
            }
            change = Math.max(change, Math.abs(sum - work[i]));
            work[i] = sum;
        }
        variance = observe(work);
        return change;
    }
}
