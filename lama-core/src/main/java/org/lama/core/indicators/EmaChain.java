package org.lama.core.indicators;

import java.util.Arrays;

/**
 * Exponential means of exponential means, each begun with the mean of the first n values of the one before, and what is
 * made of them: DEMA and TEMA (Mulloy 1994), T3 (Tillson 1998) and TRIX (Hutson 1983).
 */
final class EmaChain extends Kernel {
    private static final double PERCENT = 100;

    private final int window;
    private final double weight;
    private final double[] factors;
    private final boolean change;
    private final double[] means;
    private final int[] seen;

    /** The line is the sum of factor times mean, deepest last; with {@code change} its relative change in per cent. */
    private EmaChain(int window, boolean change, double... factors) {
        super(1, 1, factors.length * (window - 1) + 1 + (change ? 1 : 0), 0);
        this.window = window;
        this.weight = Ema.weight(window);
        this.factors = factors;
        this.change = change;
        this.means = new double[factors.length];
        this.seen = new int[factors.length];
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
                window,
                false,
                0,
                0,
                1 + v3 + 3 * v2 + 3 * volume,
                -6 * v2 - 3 * (volume + v3),
                3 * (v2 + v3),
                -v3);
    }

    @Override
    void restart() {
        Arrays.fill(means, 0);
        Arrays.fill(seen, 0);
    }

    @Override
    void run(double[][] in, int from, int to, double[][] out, int shift) {
        double[] x = in[0];
        double[] line = out[0];
        int last = means.length - 1;
        int i = from;
        for (; i < to && seen[last] < window; i++) {
            warm(x[i], 0);
            line[i + shift] = seen[last] == window && !change ? value() : Double.NaN;
        }
        double k = weight;
        double q = 1 - k;
        for (; i < to; i++) {
            double before = means[last];
            double v = x[i];
            double sum = 0;
            for (int stage = 0; stage <= last; stage++) {
                v = means[stage] * q + v * k;
                means[stage] = v;
                sum += factors[stage] * v;
            }
            line[i + shift] = change ? relative(sum, before) : sum;
        }
    }

    private static double relative(double now, double before) {
        return before == 0 ? 0 : (now / before - 1) * PERCENT;
    }

    private void warm(double value, int stage) {
        if (seen[stage] < window) {
            means[stage] += value;
            if (++seen[stage] < window) {
                return;
            }
            means[stage] /= window;
        } else {
            means[stage] = means[stage] * (1 - weight) + value * weight;
        }
        if (stage + 1 < means.length) {
            warm(means[stage], stage + 1);
        }
    }

    private double value() {
        double sum = 0;
        for (int stage = 0; stage < means.length; stage++) {
            sum += factors[stage] * means[stage];
        }
        return sum;
    }
}
