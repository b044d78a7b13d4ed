package org.lama.models.garch;

import java.util.Arrays;
import java.util.List;

/**
 * Exact Hessian and outer products of the score by forward recursions of first and second order, O(n k^2 (p+o+q)).
 * Kinks of EGARCH in mu are left out: their expected weight is zero, since the score that they multiply is a martingale
 * difference.
 */
final class Curvature {
    private static final double MEAN_SIZE = Math.sqrt(2 / Math.PI);

    private final GarchSpec spec;
    private final double[] x;
    private final double backcast;
    private final int k;
    private final boolean second;
    private final int slots;

    /** State of past rows: h or ln h, with its derivatives; row t stands in slot t % slots. */
    private final double[] state;

    private final double[][] stateBy;
    private final double[][] stateByTwice;
    /** Drives of past rows: e^2 and its negative part, or |z| - c and z. */
    private final double[] size;

    private final double[][] sizeBy;
    private final double[][] sizeByTwice;
    private final double[] sign;
    private final double[][] signBy;
    private final double[][] signByTwice;

    private final double[] logBy;
    private final double[] logByTwice;
    private final double[] score;

    /** Second derivatives of the log-likelihood, row-major. */
    final double[] hessian;
    /** Sum of the outer products of the scores. */
    final double[] products;
    /** Sum of the scores: the gradient. */
    final double[] gradient;
    /** Expected information, first derivatives only; positive semi-definite. */
    final double[] information;

    private Curvature(GarchSpec spec, GarchSample sample, boolean second) {
        this.spec = spec;
        this.second = second;
        x = sample.x;
        backcast = sample.backcast;
        k = spec.parameters();
        slots = spec.maxLag() + 1;
        state = new double[slots];
        stateBy = new double[slots][k];
        int square = second ? k * k : 0;
        stateByTwice = new double[slots][square];
        size = new double[slots];
        sizeBy = new double[slots][k];
        sizeByTwice = new double[slots][square];
        sign = new double[slots];
        signBy = new double[slots][k];
        signByTwice = new double[slots][square];
        logBy = new double[k];
        logByTwice = new double[square];
        score = new double[k];
        hessian = new double[square];
        products = new double[k * k];
        gradient = new double[k];
        information = new double[k * k];
    }

    /** Everything at some parameters. */
    static Curvature at(GarchSpec spec, GarchSample sample, double[] theta) {
        Curvature curvature = new Curvature(spec, sample, true);
        curvature.run(theta);
        return curvature;
    }

    /** First derivatives only: gradient, products and information, at any number of points in turn. */
    static Curvature scores(GarchSpec spec, GarchSample sample) {
        return new Curvature(spec, sample, false);
    }

    /** Computes everything anew at some parameters. */
    void run(double[] theta) {
        clear();
        presample();
        Density density = new Density(spec, theta);
        double mu = spec.constantMean() ? theta[0] : 0;
        for (int t = 0; t < x.length; t++) {
            int slot = t % slots;
            advance(theta, t, slot);
            double e = x[t] - mu;
            logarithm(slot);
            double h = spec.logarithmic() ? Math.exp(state[slot]) : state[slot];
            drive(e, h, slot);
            density.at(e, h);
            collect(density, h);
            if (second) {
                collectHessian(density);
            }
        }
        mirror(products);
        mirror(information);
        mirror(hessian);
    }

    private void clear() {
        for (int s = 0; s < slots; s++) {
            for (double[] slot :
                    List.of(stateBy[s], stateByTwice[s], sizeBy[s], sizeByTwice[s], signBy[s], signByTwice[s])) {
                Arrays.fill(slot, 0);
            }
        }
        for (double[] sum : List.of(hessian, products, gradient, information)) {
            Arrays.fill(sum, 0);
        }
    }

    private void presample() {
        boolean logarithmic = spec.logarithmic();
        for (int s = 0; s < slots; s++) {
            state[s] = logarithmic ? Math.log(backcast) : backcast;
            size[s] = logarithmic ? 0 : backcast;
            sign[s] = logarithmic ? 0 : 0.5 * backcast;
        }
    }

    private void advance(double[] theta, int t, int slot) {
        double value = theta[spec.omegaAt()];
        double[] by = stateBy[slot];
        double[] twice = stateByTwice[slot];
        Arrays.fill(by, 0);
        Arrays.fill(twice, 0);
        by[spec.omegaAt()] = 1;
        // the slot of row t - i, also before the first row, where all slots hold the presample
        for (int i = 1; i <= spec.p(); i++) {
            int from = Math.floorMod(t - i, slots);
            value += add(theta, spec.alphaAt() + i - 1, size[from], sizeBy[from], sizeByTwice[from], slot);
        }
        for (int i = 1; i <= spec.o(); i++) {
            int from = Math.floorMod(t - i, slots);
            value += add(theta, spec.gammaAt() + i - 1, sign[from], signBy[from], signByTwice[from], slot);
        }
        for (int j = 1; j <= spec.q(); j++) {
            int from = Math.floorMod(t - j, slots);
            value += add(theta, spec.betaAt() + j - 1, state[from], stateBy[from], stateByTwice[from], slot);
        }
        state[slot] = value;
    }

    /** Adds theta[at] * f to the derivatives in a slot, given f with its derivatives; returns theta[at] * f. */
    private double add(double[] theta, int at, double f, double[] fBy, double[] fByTwice, int slot) {
        double c = theta[at];
        double[] by = stateBy[slot];
        by[at] += f;
        for (int i = 0; i < k; i++) {
            by[i] += c * fBy[i];
        }
        if (second) {
            double[] twice = stateByTwice[slot];
            for (int i = 0; i < k; i++) {
                for (int j = 0; j <= i; j++) {
                    twice[i * k + j] += c * fByTwice[i * k + j];
                }
            }
            for (int i = 0; i < k; i++) {
                twice[Math.max(at, i) * k + Math.min(at, i)] += (i == at ? 2 : 1) * fBy[i];
            }
        }
        return c * f;
    }

    /** Derivatives of ln h from those of the state. */
    private void logarithm(int slot) {
        double inverse = spec.logarithmic() ? 1 : 1 / state[slot];
        double own = spec.logarithmic() ? 0 : 1;
        for (int i = 0; i < k; i++) {
            logBy[i] = stateBy[slot][i] * inverse;
        }
        for (int i = 0; second && i < k; i++) {
            for (int j = 0; j <= i; j++) {
                logByTwice[i * k + j] = stateByTwice[slot][i * k + j] * inverse - own * logBy[i] * logBy[j];
            }
        }
    }

    private void drive(double e, double h, int slot) {
        if (spec.logarithmic()) {
            driveLogarithmic(e, h, slot);
            return;
        }
        size[slot] = e * e;
        sign[slot] = e < 0 ? e * e : 0;
        if (spec.constantMean()) {
            sizeBy[slot][0] = -2 * e;
            signBy[slot][0] = e < 0 ? -2 * e : 0;
            if (second) {
                sizeByTwice[slot][0] = 2;
                signByTwice[slot][0] = e < 0 ? 2 : 0;
            }
        }
    }

    private void driveLogarithmic(double e, double h, int slot) {
        double precision = 1 / Math.sqrt(h);
        double z = e * precision;
        double side = z < 0 ? -1 : 1;
        int mu = spec.constantMean() ? 0 : -1;
        size[slot] = side * z - MEAN_SIZE;
        sign[slot] = z;
        for (int i = 0; i < k; i++) {
            signBy[slot][i] = -0.5 * z * logBy[i] - (i == mu ? precision : 0);
            sizeBy[slot][i] = side * signBy[slot][i];
        }
        for (int i = 0; second && i < k; i++) {
            for (int j = 0; j <= i; j++) {
                double cross = (i == mu ? logBy[j] : 0) + (j == mu ? logBy[i] : 0);
                double value =
                        0.25 * z * logBy[i] * logBy[j] - 0.5 * z * logByTwice[i * k + j] + 0.5 * precision * cross;
                signByTwice[slot][i * k + j] = value;
                sizeByTwice[slot][i * k + j] = side * value;
            }
        }
    }

    private void collect(Density d, double h) {
        for (int i = 0; i < k; i++) {
            score[i] = d.byVariance * logBy[i];
        }
        if (spec.constantMean()) {
            score[0] -= d.byShock;
            information[0] += 1 / h;
        }
        if (spec.student()) {
            score[k - 1] += d.byNu;
            information[k * k - 1] += d.byNu * d.byNu;
        }
        for (int i = 0; i < k; i++) {
            gradient[i] += score[i];
            for (int j = 0; j <= i; j++) {
                products[i * k + j] += score[i] * score[j];
                information[i * k + j] += 0.5 * logBy[i] * logBy[j];
            }
        }
    }

    private void collectHessian(Density d) {
        for (int i = 0; i < k; i++) {
            for (int j = 0; j <= i; j++) {
                hessian[i * k + j] += d.byVarianceTwice * logBy[i] * logBy[j] + d.byVariance * logByTwice[i * k + j];
            }
        }
        if (spec.constantMean()) {
            hessian[0] += d.byShockTwice - d.byVarianceShock * logBy[0];
            for (int i = 0; i < k; i++) {
                hessian[i * k] -= d.byVarianceShock * logBy[i];
            }
        }
        if (spec.student()) {
            int row = (k - 1) * k;
            for (int j = 0; j < k; j++) {
                hessian[row + j] += d.byNuVariance * logBy[j];
            }
            hessian[row + k - 1] += d.byNuTwice;
            hessian[row] -= spec.constantMean() ? d.byNuShock : 0;
        }
    }

    private void mirror(double[] matrix) {
        for (int i = 0; i < k && matrix.length > 0; i++) {
            for (int j = 0; j < i; j++) {
                matrix[j * k + i] = matrix[i * k + j];
            }
        }
    }
}
