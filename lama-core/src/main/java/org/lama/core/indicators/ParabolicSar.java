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
        for (int i = from; i < to; i++) {
            double high = in[0][i];
            double low = in[1][i];
            if (seen < 2) {
                seen++;
                if (seen == 2) {
                    begin(high, low);
                }
            }
            out[0][i + shift] = seen < 2 ? Double.NaN : next(high, low);
            lastHigh = high;
            lastLow = low;
        }
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

    private double next(double high, double low) {
        double top = direction > 0 ? high : -low;
        double bottom = direction > 0 ? low : -high;
        double before = direction > 0 ? lastLow : -lastHigh;
        double shown;
        if (bottom <= stop) {
            before = direction > 0 ? -lastHigh : lastLow;
            direction = -direction;
            double mirrored = -bottom;
            bottom = -top;
            stop = lowest(-extreme, before, bottom);
            shown = stop;
            factor = step;
            extreme = mirrored;
        } else {
            shown = stop;
            if (top > extreme) {
                extreme = top;
                factor = Math.min(factor + step, limit);
            }
        }
        stop = lowest(stop + factor * (extreme - stop), before, bottom);
        return direction * shown;
    }

    private static double lowest(double a, double b, double c) {
        double least = b < a ? b : a;
        return c < least ? c : least;
    }
}
