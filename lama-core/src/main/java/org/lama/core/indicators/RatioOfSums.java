package org.lama.core.indicators;

import java.util.Arrays;

/**
 * Sum of one column over the window divided by that of another, times a scale. Sums and quotients have loops of their own,
 * for quotients side by side compile to vector code.
 */
final class RatioOfSums extends Kernel {
    private final double scale;
    private final double whenEmpty;
    private final Sums sums;
    private final double[] above = new double[BLOCK_ROWS];
    private final double[] below = new double[BLOCK_ROWS];
    private int pending;

    /** Gives {@code whenEmpty} where the lower sum is 0. */
    RatioOfSums(int window, double scale, double whenEmpty) {
        super(2, 1, window, window - 1);
        this.scale = scale;
        this.whenEmpty = whenEmpty;
        sums = new Sums(window);
    }

    @Override
    void restart() {
        sums.restart();
        pending = warmUpBars - 1;
    }

    @Override
    void run(double[][] in, int from, int to, double[][] out, int shift) {
        for (int i = from; i < to; i += BLOCK_ROWS) {
            int rows = Math.min(to - i, BLOCK_ROWS);
            sums.run(in[0], in[1], i, rows, above, below);
            divide(rows, above, below, scale);
            show(rows, out[0], i + shift);
        }
        int lead = Math.min(pending, to - from);
        pending -= lead;
        blank(out, from + shift, from + lead + shift);
    }

    private void show(int rows, double[] line, int at) {
        for (int j = 0; j < rows; j++) {
            line[at + j] = below[j] == 0 ? whenEmpty : above[j];
        }
    }

    /** Apart from the question for 0, so that it compiles to vector code. */
    private static void divide(int rows, double[] x, double[] y, double scale) {
        for (int j = 0; j < rows; j++) {
            x[j] = scale * (x[j] / y[j]);
        }
    }

    /** Both sums of a window, as in {@link WindowKernel} but with calls that are bound early; meaningless until it is full. */
    private static final class Sums {
        private final int window;
        private final double[] tail;
        private final double[] tailBelow;
        private double head;
        private double headBelow;
        private int taken;

        Sums(int window) {
            this.window = window;
            tail = new double[window];
            tailBelow = new double[window];
        }

        void restart() {
            taken = 0;
            head = 0;
            headBelow = 0;
        }

        void run(double[] x, double[] y, int from, int rows, double[] above, double[] below) {
            int j = 0;
            while (j < rows) {
                int stop = Math.min(rows, j + window - 1 - taken);
                slide(x, y, from, j, stop, above, below);
                j = stop;
                if (j < rows) {
                    turn(x, y, from + j);
                    above[j] = tail[0];
                    below[j] = tailBelow[0];
                    j++;
                }
            }
        }

        private void slide(double[] x, double[] y, int from, int start, int stop, double[] above, double[] below) {
            double[] t = tail;
            double[] u = tailBelow;
            double a = head;
            double b = headBelow;
            int toTail = taken + 1 - start;
            for (int j = start; j < stop; j++) {
                a += x[from + j];
                b += y[from + j];
                above[j] = a + t[j + toTail];
                below[j] = b + u[j + toTail];
            }
            head = a;
            headBelow = b;
            taken += stop - start;
        }

        private void turn(double[] x, double[] y, int row) {
            double[] t = tail;
            double[] u = tailBelow;
            int start = row - window + 1;
            double a = 0;
            double b = 0;
            for (int p = window - 1; p >= 0; p--) {
                a += x[start + p];
                b += y[start + p];
                t[p] = a;
                u[p] = b;
            }
            head = 0;
            headBelow = 0;
            taken = 0;
        }
    }

    /**
     * Williams' ultimate oscillator (1976): 100 (4 a + 2 b + c) / 7 with a, b, c the buying pressure over the true range,
     * both summed over a short, a middle and a long window. A window without any range counts 0.
     */
    static final class Ultimate extends Kernel {
        private static final double[] WEIGHTS = {400.0 / 7, 200.0 / 7, 100.0 / 7};

        private final Sums[] windows;
        /** Sums of the window before, for one that is twice as long. */
        private final Tape[] halves;

        private final double[] above = new double[BLOCK_ROWS];
        private final double[] below = new double[BLOCK_ROWS];
        private final double[] quotient = new double[BLOCK_ROWS];
        private final double[] total = new double[BLOCK_ROWS];
        private int pending;

        /** Takes pressure and range; behind {@link Derived} in a pipe. */
        private Ultimate(int shortBars, int middleBars, int longBars) {
            super(2, 1, longest(shortBars, middleBars, longBars), longest(shortBars, middleBars, longBars) - 1);
            windows = new Sums[] {new Sums(shortBars), new Sums(middleBars), new Sums(longBars)};
            halves = new Tape[windows.length];
            for (int k = 0; k < halves.length; k++) {
                int half = k > 0 && windows[k].window == 2 * windows[k - 1].window ? windows[k - 1].window : 0;
                halves[k] = new Tape(half > 0 ? 2 : 0, half, BLOCK_ROWS);
                if (half > 0) {
                    // room in front: what is read there only reaches windows that are not full
                    halves[k].reserve(half);
                }
            }
        }

        static Kernel of(int shortBars, int middleBars, int longBars) {
            return new Pipe(new Derived(Derived.Kind.PRESSURE), new Ultimate(shortBars, middleBars, longBars));
        }

        private static int longest(int a, int b, int c) {
            return Math.max(a, Math.max(b, c));
        }

        @Override
        void restart() {
            for (Sums window : windows) {
                window.restart();
            }
            pending = warmUpBars - 1;
        }

        @Override
        void run(double[][] in, int from, int to, double[][] out, int shift) {
            for (int i = from; i < to; i += BLOCK_ROWS) {
                int rows = Math.min(to - i, BLOCK_ROWS);
                Arrays.fill(total, 0, rows, 0);
                for (int k = 0; k < WEIGHTS.length; k++) {
                    if (halves[k].columns.length > 0) {
                        twice(halves[k], windows[k - 1].window, rows);
                    } else {
                        windows[k].run(in[0], in[1], i, rows, above, below);
                    }
                    System.arraycopy(above, 0, quotient, 0, rows);
                    divide(rows, quotient, below, WEIGHTS[k]);
                    addUp(rows);
                }
                System.arraycopy(total, 0, out[0], i + shift, rows);
            }
            int lead = Math.min(pending, to - from);
            pending -= lead;
            blank(out, from + shift, from + lead + shift);
        }

        /** From sums of a window to sums of two of them, side by side: cheaper than sums of their own. */
        private void twice(Tape past, int half, int rows) {
            int at = past.reserve(rows);
            lengthen(past.columns[0], at, half, rows, above);
            lengthen(past.columns[1], at, half, rows, below);
        }

        private void lengthen(double[] past, int at, int half, int rows, double[] sums) {
            System.arraycopy(sums, 0, past, at, rows);
            System.arraycopy(past, at - half, quotient, 0, rows);
            add(rows, quotient, sums);
        }

        private void addUp(int rows) {
            if (!Double.isFinite(sum(quotient, 0, rows))) {
                zero(rows, quotient, below);
            }
            add(rows, quotient, total);
        }

        private static void add(int rows, double[] x, double[] total) {
            for (int j = 0; j < rows; j++) {
                total[j] += x[j];
            }
        }
    }
}
