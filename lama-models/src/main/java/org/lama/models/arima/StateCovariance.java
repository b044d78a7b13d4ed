package org.lama.models.arima;

/**
 * Covariance P of the state a_1 of an ARMA process in the form x_t = a_t[1] + e_t, a_(t+1) = T a_t + K e_t (unit noise
 * variance), from an r x r linear system for its first row, and the adjoint of that map. Allocation-free after
 * construction; owned by one thread.
 */
final class StateCovariance {
    final int r;
    final double[] p;
    final double[] phi;
    final double[] gain;
    private final double[] system;
    private final int[] pivot;
    private final double[] first;
    private final double[] adjoint;
    private final double[] multiplier;

    StateCovariance(int r) {
        this.r = r;
        p = new double[r * r];
        phi = new double[r];
        gain = new double[r];
        system = new double[r * r];
        pivot = new int[r];
        first = new double[r + 1];
        adjoint = new double[r * r];
        multiplier = new double[r];
    }

    /** Computes P; the result is useless (not finite or not positive) for a polynomial on the border. */
    void solve(double[] ar, int orderP, double[] ma, int orderQ) {
        for (int i = 0; i < r; i++) {
            phi[i] = i < orderP ? ar[i] : 0;
            gain[i] = phi[i] + (i < orderQ ? ma[i] : 0);
        }
        buildSystem();
        SmallLinear.factor(system, r, pivot);
        SmallLinear.solve(system, r, pivot, first, 1);
        fillFromFirstRow();
    }

    private void buildSystem() {
        java.util.Arrays.fill(system, 0);
        for (int j = 0; j < r; j++) {
            int row = j * r;
            double constant = 0;
            system[row + j] += 1;
            for (int k = 0; j + k < r; k++) {
                constant += gain[k] * gain[j + k];
                system[row] -= phi[k] * phi[j + k];
                if (j + k + 1 < r) {
                    system[row + j + k + 1] -= phi[k];
                }
                if (k + 1 < r) {
                    system[row + k + 1] -= phi[j + k];
                }
            }
            first[j] = constant;
        }
        first[r] = 0;
    }

    private void fillFromFirstRow() {
        for (int i = r - 1; i >= 0; i--) {
            for (int j = r - 1; j >= i; j--) {
                double below = i + 1 < r && j + 1 < r ? p[(i + 1) * r + j + 1] : 0;
                double value = below
                        + phi[i] * phi[j] * first[0]
                        + phi[i] * first[j + 1]
                        + phi[j] * first[i + 1]
                        + gain[i] * gain[j];
                p[i * r + j] = value;
                p[j * r + i] = value;
            }
        }
    }

    /**
     * Adds the gradient of sum W_ij P_ij to the gradients of phi and theta.
     *
     * @param w symmetric weights, destroyed
     */
    void backward(double[] w, double[] gradientPhi, int orderP, double[] gradientTheta, int orderQ) {
        double[] v = adjoint;
        for (int i = 0; i < r; i++) {
            for (int j = 0; j < r; j++) {
                v[i * r + j] = w[i * r + j] + (i > 0 && j > 0 ? v[(i - 1) * r + j - 1] : 0);
            }
        }
        multipliers(v);
        for (int j = 0; j < r; j++) {
            double half = j == 0 ? multiplier[0] : 0.5 * multiplier[j];
            for (int k = 0; j + k < r; k++) {
                v[k * r + j + k] += half;
                if (j > 0) {
                    v[(j + k) * r + k] += half;
                }
            }
        }
        for (int i = 0; i < r; i++) {
            double viaGain = 0;
            double viaTransition = 0;
            for (int j = 0; j < r; j++) {
                double vij = v[i * r + j];
                viaGain += vij * gain[j];
                viaTransition += vij * (phi[j] * first[0] + first[j + 1]);
            }
            if (i < orderP) {
                gradientPhi[i] += 2 * (viaTransition + viaGain);
            }
            if (i < orderQ) {
                gradientTheta[i] += 2 * viaGain;
            }
        }
    }

    private void multipliers(double[] v) {
        double quadratic = 0;
        for (int i = 0; i < r; i++) {
            for (int j = 0; j < r; j++) {
                quadratic += phi[i] * v[i * r + j] * phi[j];
            }
        }
        multiplier[0] = quadratic;
        for (int l = 1; l < r; l++) {
            double sum = 0;
            for (int i = 0; i < r; i++) {
                sum += v[i * r + l - 1] * phi[i];
            }
            multiplier[l] = 2 * sum;
        }
        SmallLinear.solveTransposed(system, r, pivot, multiplier);
    }
}
