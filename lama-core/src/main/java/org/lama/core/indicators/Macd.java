package org.lama.core.indicators;

import org.lama.core.base.Check;

/**
 * Difference of two exponential means, its own exponential mean, and their difference (Appel 1979). As in TA-Lib the
 * fast mean is begun with the mean of the last rows before the slow one's first value, and no line shows before the
 * signal.
 */
final class Macd extends Kernel {
    private final int fastBars;
    private final int slowBars;
    private final int signalBars;
    private final double[] weights;
    private double fast;
    private double slow;
    private double signal;
    private int seen;

    Macd(int fastBars, int slowBars, int signalBars) {
        super(1, 3, slowBars + signalBars - 1, 0);
        Check.that(fastBars <= slowBars, "fast must be <= slow " + slowBars + ", got " + fastBars);
        this.fastBars = fastBars;
        this.slowBars = slowBars;
        this.signalBars = signalBars;
        weights = new double[] {Ema.weight(fastBars), Ema.weight(slowBars), Ema.weight(signalBars)};
    }

    @Override
    void restart() {
        fast = 0;
        slow = 0;
        signal = 0;
        seen = 0;
    }

    @Override
    boolean proves() {
        return true;
    }

    @Override
    double proof() {
        return slow;
    }

    @Override
    void run(double[][] in, int from, int to, double[][] out, int shift) {
        int i = from;
        for (; i < to && seen < warmUpBars; i++) {
            warm(in[0][i]);
            boolean ready = seen == warmUpBars;
            out[0][i + shift] = ready ? fast - slow : Double.NaN;
            out[1][i + shift] = ready ? signal : Double.NaN;
            out[2][i + shift] = ready ? fast - slow - signal : Double.NaN;
        }
        steady(in[0], i, to, out, shift);
    }

    private void warm(double x) {
        seen++;
        if (seen > slowBars) {
            fast = fast * (1 - weights[0]) + x * weights[0];
            slow = slow * (1 - weights[1]) + x * weights[1];
        } else {
            slow += x;
            fast += seen > slowBars - fastBars ? x : 0;
            if (seen == slowBars) {
                slow /= slowBars;
                fast /= fastBars;
            }
        }
        if (seen >= slowBars) {
            signal += fast - slow;
            if (seen == warmUpBars) {
                signal /= signalBars;
            }
        }
    }

    private void steady(double[] x, int from, int to, double[][] out, int shift) {
        double f = fast;
        double s = slow;
        double g = signal;
        double kf = weights[0];
        double ks = weights[1];
        double kg = weights[2];
        double qf = 1 - kf;
        double qs = 1 - ks;
        double qg = 1 - kg;
        double[] line = out[0];
        double[] signalLine = out[1];
        double[] histogram = out[2];
        for (int i = from; i < to; i++) {
            f = f * qf + x[i] * kf;
            s = s * qs + x[i] * ks;
            double difference = f - s;
            g = g * qg + difference * kg;
            line[i + shift] = difference;
            signalLine[i + shift] = g;
            histogram[i + shift] = difference - g;
        }
        fast = f;
        slow = s;
        signal = g;
    }

    /**
     * Percentage price oscillator (Appel): fast less slow exponential mean in per cent of the slow one; 0 where that is 0.
     * Unlike in {@link Macd} both begin with the first rows of all, as in TA-Lib.
     */
    static final class Percentage extends Kernel {
        private static final double PERCENT = 100;

        private final int fastBars;
        private final int slowBars;
        private double fast;
        private double slow;
        private int seen;

        Percentage(int fastBars, int slowBars) {
            super(1, 1, slowBars, 0);
            Check.that(fastBars <= slowBars, "fast must be <= slow " + slowBars + ", got " + fastBars);
            this.fastBars = fastBars;
            this.slowBars = slowBars;
        }

        @Override
        void restart() {
            fast = 0;
            slow = 0;
            seen = 0;
        }

        @Override
        boolean proves() {
            return true;
        }

        @Override
        double proof() {
            return slow;
        }

        @Override
        void run(double[][] in, int from, int to, double[][] out, int shift) {
            double[] x = in[0];
            int i = from;
            for (; i < to && seen < slowBars; i++) {
                warm(x[i]);
                out[0][i + shift] = seen == slowBars ? share() : Double.NaN;
            }
            double fastWeight = Ema.weight(fastBars);
            double slowWeight = Ema.weight(slowBars);
            for (; i < to; i++) {
                fast = fast * (1 - fastWeight) + x[i] * fastWeight;
                slow = slow * (1 - slowWeight) + x[i] * slowWeight;
                out[0][i + shift] = share();
            }
        }

        private void warm(double x) {
            seen++;
            slow += x;
            if (seen <= fastBars) {
                fast = seen == fastBars ? (fast + x) / fastBars : fast + x;
            } else {
                fast = fast * (1 - Ema.weight(fastBars)) + x * Ema.weight(fastBars);
            }
            if (seen == slowBars) {
                slow /= slowBars;
            }
        }

        private double share() {
            return slow == 0 ? 0 : (fast - slow) / slow * PERCENT;
        }
    }
}
