package org.lama.models.arima;

import java.util.Arrays;

/**
 * The coefficients of a seasonal model as a function of unbounded parameters u: four blocks of partial autocorrelations
 * (ar, ma, sar, sma, in this order), each expanded by {@link Pacf}, and the two products phi(B) Phi(B^m) and theta(B)
 * Theta(B^m). Owned by one thread; evaluations allocate nothing.
 */
final class SeasonalParameters {
    final int p;
    final int q;
    final int seasonalP;
    final int seasonalQ;
    final int period;
    final double[] phi;
    final double[] theta;
    final double[] seasonalPhi;
    final double[] seasonalTheta;
    /** phi_1.. of the product polynomials. */
    final double[] fullPhi;

    final double[] fullTheta;
    final double[] gradientPhi;
    final double[] gradientTheta;
    final double[] gradientSeasonalPhi;
    final double[] gradientSeasonalTheta;
    private final Pacf[] blocks;

    SeasonalParameters(ArimaSpec spec) {
        p = spec.p();
        q = spec.q();
        seasonalP = spec.seasonal().p();
        seasonalQ = spec.seasonal().q();
        period = spec.seasonal().period();
        phi = new double[p];
        theta = new double[q];
        seasonalPhi = new double[seasonalP];
        seasonalTheta = new double[seasonalQ];
        fullPhi = new double[p + period * seasonalP];
        fullTheta = new double[q + period * seasonalQ];
        gradientPhi = new double[p];
        gradientTheta = new double[q];
        gradientSeasonalPhi = new double[seasonalP];
        gradientSeasonalTheta = new double[seasonalQ];
        blocks = new Pacf[] {new Pacf(p), new Pacf(q), new Pacf(seasonalP), new Pacf(seasonalQ)};
    }

    /** Number of parameters u. */
    int dimension() {
        return p + q + seasonalP + seasonalQ;
    }

    /** Largest lag of either product, the size of the state. */
    int reach() {
        return Math.max(fullPhi.length, fullTheta.length);
    }

    private double[] coefficients(int block) {
        return switch (block) {
            case 0 -> phi;
            case 1 -> theta;
            case 2 -> seasonalPhi;
            default -> seasonalTheta;
        };
    }

    private double[] gradient(int block) {
        return switch (block) {
            case 0 -> gradientPhi;
            case 1 -> gradientTheta;
            case 2 -> gradientSeasonalPhi;
            default -> gradientSeasonalTheta;
        };
    }

    private static double sign(int block) {
        return block % 2 == 0 ? 1 : -1;
    }

    /** Maps u to all coefficients. */
    void unpack(double[] u) {
        int from = 0;
        for (int b = 0; b < 4; b++) {
            blocks[b].forward(u, from);
            double[] target = coefficients(b);
            for (int i = 0; i < target.length; i++) {
                target[i] = sign(b) * blocks[b].coefficients[i];
            }
            from += target.length;
        }
        expand();
    }

    /** Takes coefficients in the order ar, ma, sar, sma as they are. */
    void set(double[] values) {
        int from = 0;
        for (int b = 0; b < 4; b++) {
            double[] target = coefficients(b);
            System.arraycopy(values, from, target, 0, target.length);
            from += target.length;
        }
        expand();
    }

    /** All coefficients in the order ar, ma, sar, sma. */
    double[] values() {
        double[] values = new double[dimension()];
        int from = 0;
        for (int b = 0; b < 4; b++) {
            double[] source = coefficients(b);
            System.arraycopy(source, 0, values, from, source.length);
            from += source.length;
        }
        return values;
    }

    private void expand() {
        Polynomials.product(phi, seasonalPhi, period, -1, fullPhi);
        Polynomials.product(theta, seasonalTheta, period, 1, fullTheta);
    }

    /** Whether both autoregressive factors are stationary. */
    boolean stationary() {
        return Pacf.rootsOutside(phi, 1, 1) && Pacf.rootsOutside(seasonalPhi, 1, 1);
    }

    /** The u of coefficients in the order ar, ma, sar, sma, pulled inside the region where they lie outside. */
    double[] inverse(double[] values) {
        double[] u = new double[dimension()];
        int from = 0;
        for (int b = 0; b < 4; b++) {
            int size = coefficients(b).length;
            Pacf.inverse(Arrays.copyOfRange(values, from, from + size), sign(b), u, from);
            from += size;
        }
        return u;
    }

    /** Copies the gradients of the factors to one array. */
    void gradient(double[] out) {
        int from = 0;
        for (int b = 0; b < 4; b++) {
            double[] source = gradient(b);
            System.arraycopy(source, 0, out, from, source.length);
            from += source.length;
        }
    }

    void clearGradient() {
        for (int b = 0; b < 4; b++) {
            Arrays.fill(gradient(b), 0);
        }
    }

    /** Adds the gradient with respect to the product polynomials to those of the factors. */
    void fold(double[] byFullPhi, double[] byFullTheta) {
        fold(byFullPhi, phi, seasonalPhi, -1, gradientPhi, gradientSeasonalPhi);
        fold(byFullTheta, theta, seasonalTheta, 1, gradientTheta, gradientSeasonalTheta);
    }

    private void fold(double[] full, double[] a, double[] b, double sign, double[] gradientA, double[] gradientB) {
        for (int i = 1; i <= a.length; i++) {
            double sum = full[i - 1];
            for (int k = 1; k <= b.length; k++) {
                sum += sign * b[k - 1] * full[i + period * k - 1];
            }
            gradientA[i - 1] += sum;
        }
        for (int k = 1; k <= b.length; k++) {
            double sum = full[period * k - 1];
            for (int i = 1; i <= a.length; i++) {
                sum += sign * a[i - 1] * full[i + period * k - 1];
            }
            gradientB[k - 1] += sum;
        }
    }

    /** Carries the gradients of the factors to u; {@link #unpack} must have run on the same u. */
    void chain(double[] out) {
        int from = 0;
        for (int b = 0; b < 4; b++) {
            blocks[b].differentiate();
            blocks[b].chain(gradient(b), sign(b), out, from);
            from += blocks[b].order;
        }
    }

    /** d coefficients / d u, row-major, block-diagonal; {@link #unpack} must have run on the same u. */
    double[] jacobian() {
        int k = dimension();
        double[] jacobian = new double[k * k];
        int from = 0;
        for (int b = 0; b < 4; b++) {
            blocks[b].differentiate();
            for (int i = 0; i < blocks[b].order; i++) {
                for (int l = 0; l < blocks[b].order; l++) {
                    jacobian[(from + i) * k + from + l] = sign(b) * blocks[b].derivative(i, l);
                }
            }
            from += blocks[b].order;
        }
        return jacobian;
    }
}
