package org.lama.core.indicators;

/** Sum of one column over the window divided by that of another, times a scale. */
final class RatioOfSums extends WindowKernel {
    private final double scale;
    private final double whenEmpty;
    private final double[] tail;
    private final double[] tailBelow;
    private double head;
    private double headBelow;

    /** Gives {@code whenEmpty} where the lower sum is 0. */
    RatioOfSums(int window, double scale, double whenEmpty) {
        super(2, 1, window, 0);
        this.scale = scale;
        this.whenEmpty = whenEmpty;
        tail = new double[window];
        tailBelow = new double[window];
    }

    @Override
    void turn(double[][] in, int row, double[][] out, int shift) {
        int start = row - window + 1;
        double above = 0;
        double below = 0;
        for (int p = window - 1; p >= 0; p--) {
            above += in[0][start + p];
            below += in[1][start + p];
            tail[p] = above;
            tailBelow[p] = below;
        }
        head = 0;
        headBelow = 0;
        out[0][row + shift] = ratio(above, below);
    }

    @Override
    void slide(double[][] in, int from, int to, double[][] out, int shift) {
        double[] x = in[0];
        double[] y = in[1];
        double above = head;
        double below = headBelow;
        int toTail = phase + 1 - from;
        for (int i = from; i < to; i++) {
            above += x[i];
            below += y[i];
            out[0][i + shift] = ratio(above + tail[i + toTail], below + tailBelow[i + toTail]);
        }
        head = above;
        headBelow = below;
    }

    private double ratio(double above, double below) {
        return below == 0 ? whenEmpty : scale * (above / below);
    }
}
