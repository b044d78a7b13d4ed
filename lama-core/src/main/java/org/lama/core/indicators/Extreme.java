package org.lama.core.indicators;

/** Largest or smallest value of the window. */
final class Extreme extends WindowKernel {
    private final boolean largest;
    private final double[] tail;
    private double head;

    Extreme(int window, boolean largest) {
        super(1, 1, window, 0);
        this.largest = largest;
        tail = new double[window];
    }

    @Override
    void turn(double[][] in, int row, double[][] out, int shift) {
        tails(in[0], row, largest, tail);
        head = tail[window - 1];
        out[0][row + shift] = tail[0];
    }

    /** Running extremes backwards from a row over the length of the array. */
    static void tails(double[] x, int row, boolean largest, double[] tail) {
        int start = row - tail.length + 1;
        double extreme = x[row];
        if (largest) {
            for (int p = tail.length - 1; p >= 0; p--) {
                extreme = Math.max(extreme, x[start + p]);
                tail[p] = extreme;
            }
        } else {
            for (int p = tail.length - 1; p >= 0; p--) {
                extreme = Math.min(extreme, x[start + p]);
                tail[p] = extreme;
            }
        }
    }

    @Override
    void slide(double[][] in, int from, int to, double[][] out, int shift) {
        double[] x = in[0];
        double[] line = out[0];
        int toTail = phase + 1 - from;
        // the row before the head ends every tail, so it may begin the head as well
        double extreme = head;
        if (largest) {
            for (int i = from; i < to; i++) {
                extreme = Math.max(extreme, x[i]);
                line[i + shift] = Math.max(extreme, tail[i + toTail]);
            }
        } else {
            for (int i = from; i < to; i++) {
                extreme = Math.min(extreme, x[i]);
                line[i + shift] = Math.min(extreme, tail[i + toTail]);
            }
        }
        head = extreme;
    }
}
