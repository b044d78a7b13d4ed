package org.lama.core.indicators;

/**
 * Wilder's parabolic stop and reverse (1978), with TA-Lib's choice of the first direction: short if the second row's low
 * fell further than its high rose. While short, all prices are negated, so that only the long side is written out.
 */
final class ParabolicSar extends Kernel {
    private final double step;
    private final double limit;
    private int direction;
    private double stop;
    private double extreme;
    private double factor;
    private double lastHigh;
    private double lastLow;
    private int seen;

    ParabolicSar(double step, double limit) {
        super(2, 1, 2, 0);
        this.step = Math.min(step, limit);
        this.limit = limit;
    }

    @Override
    void restart() {
        seen = 0;
    }

    @Override
    void run(double[][] in, int from, int to, double[][] out, int shift) {
        int i = from;
        for (; i < to && seen < 2; i++) {
            seen++;
            if (seen == 2) {
                begin(in[0][i], in[1][i]);
                steady(in, i, i + 1, out[0], shift);
            } else {
                lastHigh = in[0][i];
                lastLow = in[1][i];
                out[0][i + shift] = Double.NaN;
            }
        }
        steady(in, i, to, out[0], shift);
    }

    private void begin(double high, double low) {
        double down = lastLow - low;
        direction = down > 0 && down > high - lastHigh ? -1 : 1;
        stop = direction > 0 ? lastLow : -lastHigh;
        extreme = direction > 0 ? high : -low;
        factor = step;
        lastHigh = high;
        lastLow = low;
    }

    /** The state of the position lies in local variables: a turn is rare and well predicted. */
    private void steady(double[][] in, int from, int to, double[] line, int shift) {
        double[] highs = in[0];
        double[] lows = in[1];
        boolean rising = direction > 0;
        double s = stop;
        double e = extreme;
        double f = factor;
        double high = lastHigh;
        double low = lastLow;
        for (int i = from; i < to; i++) {
            double top = rising ? highs[i] : -lows[i];
            double bottom = rising ? lows[i] : -highs[i];
            double before = rising ? low : -high;
            if (bottom <= s) {
                before = rising ? -high : low;
                rising = !rising;
                s = lowest(-e, before, -top);
                e = -bottom;
                bottom = -top;
                f = step;
                line[i + shift] = rising ? s : -s;
            } else {
                line[i + shift] = rising ? s : -s;
                if (top > e) {
                    e = top;
                    f = Math.min(f + step, limit);
                }
            }
            s = lowest(s + f * (e - s), before, bottom);
            high = highs[i];
            low = lows[i];
        }
        direction = rising ? 1 : -1;
        stop = s;
        extreme = e;
        factor = f;
        lastHigh = high;
        lastLow = low;
    }

    private static double lowest(double a, double b, double c) {
        double least = b < a ? b : a;
        return c < least ? c : least;
    }
}
