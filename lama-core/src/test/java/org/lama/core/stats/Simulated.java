package org.lama.core.stats;

import org.lama.core.base.Rng;

/** Seeded series for tests. */
final class Simulated {
    private Simulated() {}

    static double[] noise(Rng rng, int n) {
        double[] x = new double[n];
        for (int t = 0; t < n; t++) {
            x[t] = rng.nextGaussian();
        }
        return x;
    }

    static double[] walk(Rng rng, int n) {
        double[] x = noise(rng, n);
        for (int t = 1; t < n; t++) {
            x[t] += x[t - 1];
        }
        return x;
    }

    /** An AR(1) around zero with GARCH(1,1) errors of variance 1; phi = 0 is the null of the portmanteau tests. */
    static double[] garch(Rng rng, int n, double alpha, double beta, double phi) {
        int burnIn = 300;
        double[] x = new double[n];
        double variance = 1;
        double value = 0;
        for (int t = -burnIn; t < n; t++) {
            double e = Math.sqrt(variance) * rng.nextGaussian();
            value = phi * value + e;
            if (t >= 0) {
                x[t] = value;
            }
            variance = (1 - alpha - beta) + alpha * e * e + beta * variance;
        }
        return x;
    }

    static double[] affine(double[] x, double factor, double shift) {
        double[] y = new double[x.length];
        for (int t = 0; t < x.length; t++) {
            y[t] = factor * x[t] + shift;
        }
        return y;
    }
}
