package org.lama.core.indicators;

/** Arithmetic mean of the window. */
final class Sma extends WindowKernel {
    private final double[] tail;
    private double head;

    Sma(int window) {
        super(1, 1, window, 0);
        tail = new double[window];
    }

    @Override
    void turn(double[][] in, int row, double[][] out, int shift) {
        double[] x = in[0];
        int start = row - window + 1;
        double sum = 0;
        for (int p = window - 1; p >= 0; p--) {
            sum += x[start + p];
            tail[p] = sum;
        }
        head = 0;
        out[0][row + shift] = sum / window;
    }

    @Override
    void slide(double[][] in, int from, int to, double[][] out, int shift) {
        double[] x = in[0];
        double[] line = out[0];
        double sum = head;
        int toTail = phase + 1 - from;
        for (int i = from; i < to; i++) {
            sum += x[i];
            line[i + shift] = (sum + tail[i + toTail]) / window;
        }
        head = sum;
    }
}
