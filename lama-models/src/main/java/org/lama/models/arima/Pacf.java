package org.lama.models.arima;

/**
 * The map between unbounded parameters u and the coefficients f of a stationary polynomial 1 - f_1 B - ... - f_p B^p:
 * partial autocorrelations r_i = tanh(u_i), then Durbin and Levinson's recursion f(k)_k = r_k, f(k)_j = f(k-1)_j - r_k
 * f(k-1)_(k-j) (Barndorff-Nielsen and Schou 1973; Monahan 1984). Moving averages use theta_j = -f_j, so that every u is
 * stationary and invertible. Owned by one thread; evaluations allocate nothing.
 */
final class Pacf {
    /** Starts are pulled in until no partial autocorrelation exceeds this. */
    static final double START_BOUND = 0.985;

    private static final double SHRINK = 0.97;

    final int order;
    final double[] coefficients;
    private final double[] partial;
    private final double[] previous;
    /** Row i, column l: d f_i / d r_l. */
    private final double[] jacobian;

    private final double[] previousJacobian;

    Pacf(int order) {
        this.order = order;
        coefficients = new double[order];
        partial = new double[order];
        previous = new double[order];
        jacobian = new double[order * order];
        previousJacobian = new double[order * order];
    }

    /** Computes f from u[from..from+order). */
    void forward(double[] u, int from) {
        for (int k = 0; k < order; k++) {
            double r = Math.tanh(u[from + k]);
            partial[k] = r;
            System.arraycopy(coefficients, 0, previous, 0, k);
            for (int j = 0; j < k; j++) {
                coefficients[j] = previous[j] - r * previous[k - 1 - j];
            }
            coefficients[k] = r;
        }
    }

    /** Computes d f / d r; {@link #forward(double[], int)} must have run on the same u. */
    void differentiate() {
        for (int k = 0; k < order; k++) {
            double r = partial[k];
            System.arraycopy(jacobian, 0, previousJacobian, 0, order * order);
            // coefficients of the previous order, rebuilt because only the last order is kept
            previousOrder(k);
            for (int j = 0; j < k; j++) {
                for (int l = 0; l < k; l++) {
                    jacobian[j * order + l] =
                            previousJacobian[j * order + l] - r * previousJacobian[(k - 1 - j) * order + l];
                }
                jacobian[j * order + k] = -previous[k - 1 - j];
            }
            for (int l = 0; l < k; l++) {
                jacobian[k * order + l] = 0;
            }
            jacobian[k * order + k] = 1;
        }
    }

    private void previousOrder(int k) {
        if (k == 0) {
            return;
        }
        if (k == 1) {
            previous[0] = partial[0];
            return;
        }
        double r = partial[k - 1];
        // in place, pairwise: previous holds order k - 1 and becomes order k
        for (int a = 0, b = k - 2; a <= b; a++, b--) {
            double low = previous[a];
            double high = previous[b];
            previous[a] = low - r * high;
            previous[b] = high - r * low;
        }
        previous[k - 1] = r;
    }

    /** Adds sign * (d f/d u)' times gradientOfCoefficients to out[from..]. */
    void chain(double[] gradientOfCoefficients, double sign, double[] out, int from) {
        for (int l = 0; l < order; l++) {
            double sum = 0;
            for (int i = 0; i < order; i++) {
                sum += jacobian[i * order + l] * gradientOfCoefficients[i];
            }
            out[from + l] = sign * (1 - partial[l] * partial[l]) * sum;
        }
    }

    /** d f_i / d u_l. */
    double derivative(int i, int l) {
        return jacobian[i * order + l] * (1 - partial[l] * partial[l]);
    }

    /**
     * Partial autocorrelations of given coefficients, by the step-down recursion; it doubles as the stationarity test.
     *
     * @return whether all are inside (-1, 1)
     */
    static boolean stepDown(double[] f, int order, double[] partialOut) {
        return stepDown(f, order, partialOut, new double[2 * order]);
    }

    /** The same with a work array of twice the order. */
    static boolean stepDown(double[] f, int order, double[] partialOut, double[] work) {
        System.arraycopy(f, 0, work, 0, order);
        for (int k = order - 1; k >= 0; k--) {
            double r = work[k];
            partialOut[k] = r;
            double scale = 1 - r * r;
            if (!(scale > 0)) {
                return false;
            }
            for (int j = 0; j < k; j++) {
                work[order + j] = (work[j] + r * work[k - 1 - j]) / scale;
            }
            System.arraycopy(work, order, work, 0, k);
        }
        return true;
    }

    /** Whether all roots of 1 - sign (f_1 z + ...) have a modulus above c. */
    static boolean rootsOutside(double[] f, double sign, double c) {
        double[] scaled = new double[f.length];
        double power = sign;
        for (int i = 0; i < f.length; i++) {
            power *= c;
            scaled[i] = f[i] * power;
        }
        return stepDown(scaled, f.length, new double[f.length]);
    }

    /** Writes u of sign * f to out[from..], pulled inside the region when f lies outside or on its border. */
    static void inverse(double[] f, double sign, double[] out, int from) {
        int order = f.length;
        double[] work = new double[order];
        double[] partial = new double[order];
        double[] room = new double[2 * order];
        for (int i = 0; i < order; i++) {
            work[i] = Double.isFinite(f[i]) ? sign * f[i] : 0;
        }
        while (!(stepDown(work, order, partial, room) && within(partial))) {
            double power = 1;
            for (int i = 0; i < order; i++) {
                power *= SHRINK;
                work[i] *= power;
            }
        }
        for (int i = 0; i < order; i++) {
            out[from + i] = atanh(partial[i]);
        }
    }

    private static boolean within(double[] partial) {
        for (double r : partial) {
            if (!(Math.abs(r) <= START_BOUND)) {
                return false;
            }
        }
        return true;
    }

    static double atanh(double r) {
        return 0.5 * (Math.log1p(r) - Math.log1p(-r));
    }
}
