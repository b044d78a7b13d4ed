package org.lama.core.indicators;

/**
 * Highest high and lowest low of the window and where the close stands between them: Donchian's channel with its middle,
 * Williams' %R = -100 (highest - close) / (highest - lowest), and Lane's raw %K = 100 (close - lowest) / (highest -
 * lowest); both ratios are 0 where the channel has no width, as in TA-Lib.
 */
final class Channel extends WindowKernel {
    private static final double PERCENT = 100;

    private final Kind kind;
    private final double[] tailHigh;
    private final double[] tailLow;
    private double headHigh;
    private double headLow;

    /** What is shown. */
    enum Kind {
        DONCHIAN,
        WILLIAMS,
        STOCHASTIC,
        /** Stochastic of one column instead of high, low and close. */
        STOCHASTIC_OF_ONE
    }

    Channel(int window, Kind kind) {
        super(inputs(kind), kind == Kind.DONCHIAN ? 3 : 1, window, 0);
        this.kind = kind;
        tailHigh = new double[window];
        tailLow = new double[window];
    }

    private static int inputs(Kind kind) {
        return switch (kind) {
            case DONCHIAN -> 2;
            case WILLIAMS, STOCHASTIC -> 3;
            case STOCHASTIC_OF_ONE -> 1;
        };
    }

    private double[] lows(double[][] in) {
        return kind == Kind.STOCHASTIC_OF_ONE ? in[0] : in[1];
    }

    @Override
    void turn(double[][] in, int row, double[][] out, int shift) {
        tails(in[0], row, true, tailHigh);
        tails(lows(in), row, false, tailLow);
        headHigh = tailHigh[window - 1];
        headLow = tailLow[window - 1];
        put(tailHigh[0], tailLow[0], in[in.length - 1][row], out, row + shift);
    }

    @Override
    void slide(double[][] in, int from, int to, double[][] out, int shift) {
        double[] high = in[0];
        double[] low = lows(in);
        double[] close = in[in.length - 1];
        int toTail = phase + 1 - from;
        double highest = headHigh;
        double lowest = headLow;
        for (int i = from; i < to; i++) {
            highest = Math.max(highest, high[i]);
            lowest = Math.min(lowest, low[i]);
            double top = Math.max(highest, tailHigh[i + toTail]);
            double bottom = Math.min(lowest, tailLow[i + toTail]);
            put(top, bottom, close[i], out, i + shift);
        }
        headHigh = highest;
        headLow = lowest;
    }

    /** Running extremes backwards from a row over the length of the array. */
    private static void tails(double[] x, int row, boolean largest, double[] tail) {
        int start = row - tail.length + 1;
        double extreme = x[row];
        for (int p = tail.length - 1; p >= 0; p--) {
            extreme = largest ? Math.max(extreme, x[start + p]) : Math.min(extreme, x[start + p]);
            tail[p] = extreme;
        }
    }

    private void put(double highest, double lowest, double close, double[][] out, int at) {
        double width = highest - lowest;
        if (kind == Kind.DONCHIAN) {
            out[0][at] = highest;
            out[1][at] = lowest;
            out[2][at] = (highest + lowest) / 2;
        } else if (kind == Kind.WILLIAMS) {
            out[0][at] = width == 0 ? 0 : (highest - close) / width * -PERCENT;
        } else {
            out[0][at] = width == 0 ? 0 : (close - lowest) / width * PERCENT;
        }
    }
}
