package org.lama.core.indicators;

/**
 * Highest high and lowest low of the window and where the close stands between them: Donchian's channel with its middle,
 * Williams' %R = -100 (highest - close) / (highest - lowest), and Lane's raw %K = 100 (close - lowest) / (highest -
 * lowest); both ratios are 0 where the channel has no width, as in TA-Lib.
 */
final class Channel extends Kernel {
    private static final double PERCENT = 100;

    private final Kind kind;
    private final Extreme highest;
    private final Extreme lowest;
    private final double[] top = new double[BLOCK_ROWS];
    private final double[] bottom = new double[BLOCK_ROWS];
    private final double[] close = new double[BLOCK_ROWS];
    private final double[][] column = new double[1][];
    private final double[][] found = new double[1][];

    /** What is shown. */
    enum Kind {
        DONCHIAN,
        WILLIAMS,
        STOCHASTIC,
        /** Stochastic of one column instead of high, low and close. */
        STOCHASTIC_OF_ONE
    }

    Channel(int window, Kind kind) {
        super(inputs(kind), kind == Kind.DONCHIAN ? 3 : 1, window, window - 1);
        this.kind = kind;
        highest = new Extreme(window, true);
        lowest = new Extreme(window, false);
    }

    private static int inputs(Kind kind) {
        return switch (kind) {
            case DONCHIAN -> 2;
            case WILLIAMS, STOCHASTIC -> 3;
            case STOCHASTIC_OF_ONE -> 1;
        };
    }

    @Override
    void restart() {
        highest.restart();
        lowest.restart();
    }

    /** The extremes are NaN until the window is full, and so is what is made of them. */
    @Override
    void run(double[][] in, int from, int to, double[][] out, int shift) {
        for (int i = from; i < to; i += BLOCK_ROWS) {
            int rows = Math.min(to - i, BLOCK_ROWS);
            column[0] = in[0];
            found[0] = top;
            highest.run(column, i, i + rows, found, -i);
            column[0] = kind == Kind.STOCHASTIC_OF_ONE ? in[0] : in[1];
            found[0] = bottom;
            lowest.run(column, i, i + rows, found, -i);
            if (kind == Kind.DONCHIAN) {
                middle(rows, top, bottom, close);
                System.arraycopy(top, 0, out[0], i + shift, rows);
                System.arraycopy(bottom, 0, out[1], i + shift, rows);
                System.arraycopy(close, 0, out[2], i + shift, rows);
            } else {
                System.arraycopy(in[in.length - 1], i, close, 0, rows);
                place(rows, out[0], i + shift);
            }
        }
    }

    private void place(int rows, double[] line, int at) {
        if (kind == Kind.WILLIAMS) {
            belowTop(rows, top, bottom, close);
        } else {
            aboveBottom(rows, top, bottom, close);
        }
        if (!Double.isFinite(sum(close, 0, rows))) {
            for (int j = 0; j < rows; j++) {
                close[j] = top[j] == bottom[j] ? 0 : close[j];
            }
        }
        System.arraycopy(close, 0, line, at, rows);
    }

    /** Apart from the question for 0, so that it compiles to vector code; likewise the next ones. */
    private static void belowTop(int rows, double[] top, double[] bottom, double[] close) {
        for (int j = 0; j < rows; j++) {
            close[j] = (top[j] - close[j]) / (top[j] - bottom[j]) * -PERCENT;
        }
    }

    private static void aboveBottom(int rows, double[] top, double[] bottom, double[] close) {
        for (int j = 0; j < rows; j++) {
            close[j] = (close[j] - bottom[j]) / (top[j] - bottom[j]) * PERCENT;
        }
    }

    private static void middle(int rows, double[] top, double[] bottom, double[] out) {
        for (int j = 0; j < rows; j++) {
            out[j] = (top[j] + bottom[j]) / 2;
        }
    }
}
