package org.lama.core.indicators;

import java.util.Arrays;

/**
 * Average directional index with both directional indicators (Wilder 1978). Directional movement and true range are
 * Wilder sums x - x / n + new, begun with the plain sum of the first n - 1 moves; DI = 100 DM / TR, 0 where TR is 0;
 * DX = 100 |DI+ - DI-| / (DI+ + DI-), from which TR cancels; ADX is its Wilder mean, begun with the mean of the first n,
 * and stands still where neither direction moved.
 */
final class DirectionalMovement extends Kernel {
    private static final double PERCENT = 100;

    private final int window;
    private final double[] state = new double[7];
    private int seen;

    /** Places in the state. */
    private static final int HIGH = 0;

    private static final int LOW = 1;
    private static final int CLOSE = 2;
    private static final int PLUS = 3;
    private static final int MINUS = 4;
    private static final int RANGE = 5;
    private static final int INDEX = 6;

    DirectionalMovement(int window) {
        super(3, 3, 2 * window, 0);
        this.window = window;
    }

    @Override
    void restart() {
        Arrays.fill(state, 0);
        seen = 0;
    }

    @Override
    boolean proves() {
        return true;
    }

    @Override
    double proof() {
        return state[RANGE];
    }

    @Override
    void run(double[][] in, int from, int to, double[][] out, int shift) {
        int i = from;
        for (; i < to && seen < warmUpBars; i++) {
            warm(in[0][i], in[1][i], in[2][i]);
            boolean directed = seen > window;
            out[0][i + shift] = seen == warmUpBars ? state[INDEX] : Double.NaN;
            out[1][i + shift] = directed ? share(state[PLUS], state[RANGE]) : Double.NaN;
            out[2][i + shift] = directed ? share(state[MINUS], state[RANGE]) : Double.NaN;
        }
        if (i < to) {
            steady(in, i, to, out, shift);
        }
    }

    private void warm(double high, double low, double close) {
        if (seen > 0) {
            double keep = seen < window ? 1 : 1 - 1.0 / window;
            double up = high - state[HIGH];
            double down = state[LOW] - low;
            state[PLUS] = state[PLUS] * keep + stronger(up, down);
            state[MINUS] = state[MINUS] * keep + stronger(down, up);
            state[RANGE] = state[RANGE] * keep + TrueRange.of(high, low, state[CLOSE]);
        }
        state[HIGH] = high;
        state[LOW] = low;
        state[CLOSE] = close;
        seen++;
        if (seen > window) {
            state[INDEX] += divergence(state[PLUS], state[MINUS], 0);
            if (seen == warmUpBars) {
                state[INDEX] /= window;
            }
        }
    }

    /** The move if it is above 0 and above the other, else 0, without a branch: either sign is as likely. */
    private static double stronger(double move, double other) {
        long positive = ~(Double.doubleToRawLongBits(move) >> 63);
        long larger = Double.doubleToRawLongBits(other - move) >> 63;
        return Double.longBitsToDouble(Double.doubleToRawLongBits(move) & positive & larger);
    }

    private static double share(double movement, double range) {
        return range > 0 ? PERCENT * (movement / range) : 0;
    }

    private static double divergence(double plus, double minus, double otherwise) {
        double both = plus + minus;
        return both > 0 ? PERCENT * (Math.abs(plus - minus) / both) : otherwise;
    }

    private void steady(double[][] in, int from, int to, double[][] out, int shift) {
        double[] highs = in[0];
        double[] lows = in[1];
        double[] closes = in[2];
        double k = 1.0 / window;
        double q = 1 - k;
        double high = state[HIGH];
        double low = state[LOW];
        double close = state[CLOSE];
        double plus = state[PLUS];
        double minus = state[MINUS];
        double range = state[RANGE];
        double index = state[INDEX];
        for (int i = from; i < to; i++) {
            double up = highs[i] - high;
            double down = low - lows[i];
            high = highs[i];
            low = lows[i];
            plus = plus * q + stronger(up, down);
            minus = minus * q + stronger(down, up);
            range = range * q + TrueRange.of(high, low, close);
            close = closes[i];
            index = index * q + divergence(plus, minus, index) * k;
            out[0][i + shift] = index;
            out[1][i + shift] = share(plus, range);
            out[2][i + shift] = share(minus, range);
        }
        state[HIGH] = high;
        state[LOW] = low;
        state[CLOSE] = close;
        state[PLUS] = plus;
        state[MINUS] = minus;
        state[RANGE] = range;
        state[INDEX] = index;
    }
}
