package org.lama.core.indicators;

import java.util.Arrays;

/**
 * Exponential means of exponential means, each begun with the mean of the first n values of the one before, and what is
 * made of them: DEMA and TEMA (Mulloy 1994), T3 (Tillson 1998) and TRIX (Hutson 1983).
 */
final class EmaChain extends Kernel {
    private static final double PERCENT = 100;
    private static final int SHORT = 3;
    private static final int LONG = 6;

    private final int window;
    private final double weight;
    private final double keep;
    private final int depth;
    private final double[] factors;
    private final boolean change;
    private final double[] means;
    private final int[] seen;
    private double previous;

    /** The line is the sum of factor times mean, deepest last; with {@code change} its relative change in per cent. */
    private EmaChain(int window, boolean change, double... given) {
        super(1, 1, given.length * (window - 1) + 1 + (change ? 1 : 0), 0);
        this.window = window;
        this.weight = Ema.weight(window);
        this.keep = 1 - weight;
        this.depth = given.length;
        this.factors = Arrays.copyOf(given, given.length <= SHORT ? SHORT : LONG);
        this.change = change;
        means = new double[factors.length];
        seen = new int[factors.length];
    }

    static EmaChain dema(int window) {
        return new EmaChain(window, false, 2, -1);
    }

    static EmaChain tema(int window) {
        return new EmaChain(window, false, 3, -3, 1);
    }

    static EmaChain trix(int window) {
        return new EmaChain(window, true, 0, 0, 1);
    }

    static EmaChain t3(int window, double volume) {
        double v2 = volume * volume;
        double v3 = v2 * volume;
        return new EmaChain(
                window, false, 0, 0, 1 + v3 + 3 * v2 + 3 * volume, -6 * v2 - 3 * (volume + v3), 3 * (v2 + v3), -v3);
    }

    @Override
    void restart() {
        Arrays.fill(means, 0);
        Arrays.fill(seen, 0);
    }

    @Override
    boolean proves() {
        return true;
    }

    @Override
    double proof() {
        return means[0];
    }

    @Override
    void run(double[][] in, int from, int to, double[][] out, int shift) {
        double[] line = out[0];
        int i = from;
        for (; i < to && seen[depth - 1] < window; i++) {
            double value = warm(in[0][i]);
            previous = value;
            line[i + shift] = change ? Double.NaN : value;
        }
        if (factors.length == SHORT) {
            three(in[0], i, to, line, shift);
        } else {
            six(in[0], i, to, line, shift);
        }
        if (change) {
            relative(line, i + shift, to + shift);
        }
    }

    /** NaN until the deepest mean has begun. */
    private double warm(double x) {
        double value = x;
        double result = 0;
        for (int stage = 0; stage < depth; stage++) {
            if (seen[stage] == window) {
                means[stage] = means[stage] * keep + value * weight;
            } else {
                means[stage] += value;
                if (++seen[stage] < window) {
                    return Double.NaN;
                }
                means[stage] /= window;
            }
            value = means[stage];
            result += factors[stage] * value;
        }
        return result;
    }

    /** All stages in local variables: the chains from row to row run side by side. */
    private void three(double[] x, int from, int to, double[] line, int shift) {
        double k = weight;
        double q = keep;
        double a = means[0];
        double b = means[1];
        double c = means[2];
        for (int i = from; i < to; i++) {
            a = a * q + x[i] * k;
            b = b * q + a * k;
            c = c * q + b * k;
            line[i + shift] = factors[0] * a + factors[1] * b + factors[2] * c;
        }
        means[0] = a;
        means[1] = b;
        means[2] = c;
    }

    private void six(double[] x, int from, int to, double[] line, int shift) {
        double k = weight;
        double q = keep;
        double a = means[0];
        double b = means[1];
        double c = means[2];
        double d = means[3];
        double e = means[4];
        double f = means[5];
        for (int i = from; i < to; i++) {
            a = a * q + x[i] * k;
            b = b * q + a * k;
            c = c * q + b * k;
            d = d * q + c * k;
            e = e * q + d * k;
            f = f * q + e * k;
            line[i + shift] = factors[2] * c + factors[3] * d + factors[4] * e + factors[5] * f;
        }
        means[0] = a;
        means[1] = b;
        means[2] = c;
        means[3] = d;
        means[4] = e;
        means[5] = f;
    }

    private void relative(double[] line, int from, int to) {
        double before = previous;
        for (int r = from; r < to; r++) {
            double now = line[r];
            line[r] = before == 0 ? 0 : (now / before - 1) * PERCENT;
            before = now;
        }
        previous = before;
    }
}
