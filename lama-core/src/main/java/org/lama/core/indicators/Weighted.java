package org.lama.core.indicators;

/**
 * What follows from the plain and the linearly weighted sum of a window, weights 1 (oldest) to n: the weighted mean, and
 * the value at the newest row and the slope per row of the least-squares line.
 */
final class Weighted extends WindowKernel {
    private final Kind kind;
    private final double[] tail;
    private final double[] tailWeighted;
    private double centre;
    private double head;
    private double headWeighted;

    /** Which of them. */
    enum Kind {
        MEAN,
        LINE_END,
        SLOPE
    }

    Weighted(int window, Kind kind) {
        super(1, 1, window, 0);
        this.kind = kind;
        tail = new double[window];
        tailWeighted = new double[window];
    }

    @Override
    void turn(double[][] in, int row, double[][] out, int shift) {
        double[] x = in[0];
        int start = row - window + 1;
        double c = x[row];
        double sum = 0;
        double weighted = 0;
        // the oldest row of a tail has weight 1: one row more in front raises all other weights by one
        for (int p = window - 1; p >= 0; p--) {
            double d = x[start + p] - c;
            sum += d;
            weighted += sum;
            tail[p] = sum;
            tailWeighted[p] = weighted;
        }
        centre = c;
        head = 0;
        headWeighted = 0;
        out[0][row + shift] = value(sum, weighted);
    }

    @Override
    void slide(double[][] in, int from, int to, double[][] out, int shift) {
        double[] x = in[0];
        double sum = head;
        double weighted = headWeighted;
        int taken = phase;
        for (int i = from; i < to; i++) {
            double d = x[i] - centre;
            taken++;
            sum += d;
            // within the head weights count from 1; the rows of the tail lie below
            weighted += taken * d;
            double all = tailWeighted[taken] + weighted + (window - taken) * sum;
            out[0][i + shift] = value(sum + tail[taken], all);
        }
        head = sum;
        headWeighted = weighted;
    }

    private double value(double sum, double weighted) {
        double n = window;
        if (kind == Kind.MEAN) {
            return centre + weighted / (n * (n + 1) / 2);
        }
        double slope = 12 * (weighted - (n + 1) / 2 * sum) / (n * (n * n - 1));
        return kind == Kind.SLOPE ? slope : centre + sum / n + slope * (n - 1) / 2;
    }
}
