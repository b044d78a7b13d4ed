package org.lama.models.arima;

import org.lama.core.base.Rng;

/** The likelihood by definition: covariance matrix of the sample and its Cholesky factor. Slow and independent. */
final class DenseLikelihood {
    private DenseLikelihood() {}

    /** Autocovariances of an ARMA process with unit noise, from the moving average form. */
    static double[] autocovariance(double[] phi, double[] theta, int n) {
        int terms = 20_000;
        double[] psi = new double[terms];
        for (int s = 0; s < terms; s++) {
            double sum = s == 0 ? 1 : s <= theta.length ? theta[s - 1] : 0;
            for (int i = 1; i <= Math.min(phi.length, s); i++) {
                sum += phi[i - 1] * psi[s - i];
            }
            psi[s] = sum;
        }
        double[] gamma = new double[n];
        for (int k = 0; k < n; k++) {
            for (int s = 0; s + k < terms; s++) {
                gamma[k] += psi[s] * psi[s + k];
            }
        }
        return gamma;
    }

    /**
     * Concentrated log-likelihood of levels (NaN = missing): the levels from row d on are a linear map of w and of the
     * first d levels, which must be observed; contrast with them, keep the observed rows.
     */
    static double logLikelihood(double[] y, int d, double[] phi, double[] theta, boolean constant) {
        int n = y.length - d;
        double[] gamma = autocovariance(phi, theta, n);
        // integration weights: level row t = start part + sum of c(t - s) w_s
        double[] c = new double[n];
        for (int k = 0; k < n; k++) {
            c[k] = d == 0 ? (k == 0 ? 1 : 0) : d == 1 ? 1 : k + 1;
        }
        int kept = 0;
        for (int t = 0; t < n; t++) {
            kept += Double.isNaN(y[t + d]) ? 0 : 1;
        }
        double[][] a = new double[kept][kept];
        double[] z = new double[kept];
        double[] ones = new double[kept];
        int[] rows = new int[kept];
        int next = 0;
        for (int t = 0; t < n; t++) {
            if (!Double.isNaN(y[t + d])) {
                rows[next] = t;
                double base = d == 0 ? 0 : d == 1 ? y[0] : y[1] + (t + 1) * (y[1] - y[0]);
                z[next] = y[t + d] - base;
                for (int s = 0; s <= t; s++) {
                    ones[next] += c[t - s];
                }
                next++;
            }
        }
        for (int i = 0; i < kept; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int s = 0; s <= rows[i]; s++) {
                    for (int u = 0; u <= rows[j]; u++) {
                        sum += c[rows[i] - s] * c[rows[j] - u] * gamma[Math.abs(s - u)];
                    }
                }
                a[i][j] = sum;
            }
        }
        return concentrated(a, z, ones, constant);
    }

    private static double concentrated(double[][] a, double[] z, double[] ones, boolean constant) {
        int n = z.length;
        double logDeterminant = 0;
        for (int j = 0; j < n; j++) {
            for (int i = j; i < n; i++) {
                double sum = a[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= a[i][k] * a[j][k];
                }
                a[i][j] = i == j ? Math.sqrt(sum) : sum / a[j][j];
            }
            logDeterminant += 2 * Math.log(a[j][j]);
        }
        double[] x = solve(a, z);
        double[] o = solve(a, ones);
        double mean = constant ? dot(x, o) / dot(o, o) : 0;
        double s = dot(x, x) - mean * dot(x, o);
        return -0.5 * (n * Math.log(2 * Math.PI * s / n) + n + logDeterminant);
    }

    private static double[] solve(double[][] l, double[] b) {
        double[] x = b.clone();
        for (int i = 0; i < b.length; i++) {
            for (int k = 0; k < i; k++) {
                x[i] -= l[i][k] * x[k];
            }
            x[i] /= l[i][i];
        }
        return x;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** A sample path of an ARMA process, burnt in. */
    static double[] simulate(Rng rng, double[] phi, double[] theta, int n) {
        int burn = 200;
        double[] x = new double[n + burn];
        double[] e = new double[n + burn];
        for (int t = 0; t < x.length; t++) {
            e[t] = rng.nextGaussian();
            x[t] = e[t];
            for (int i = 1; i <= Math.min(t, phi.length); i++) {
                x[t] += phi[i - 1] * x[t - i];
            }
            for (int j = 1; j <= Math.min(t, theta.length); j++) {
                x[t] += theta[j - 1] * e[t - j];
            }
        }
        double[] tail = new double[n];
        System.arraycopy(x, burn, tail, 0, n);
        return tail;
    }
}
