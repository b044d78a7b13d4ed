package org.lama.core.indicators;

/**
 * What follows from the plain and the linearly weighted sum of a window, weights 1 (oldest) to n: the weighted mean, and
 * the value at the newest row and the slope per row of the least-squares line.
 */
final class Weighted extends WindowKernel {
    /** The value is level * centre + weightedFactor * weighted sum + factor * sum, both around the centre. */
    private final double level;

    private final double weightedFactor;
    private final double factor;
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
        double n = window;
        double slope = 12 / (n * (n * n - 1));
        level = kind == Kind.SLOPE ? 0 : 1;
        switch (kind) {
            case MEAN -> {
                weightedFactor = 2 / (n * (n + 1));
                factor = 0;
            }
            case LINE_END -> {
                weightedFactor = slope * (n - 1) / 2;
                factor = 1 / n - slope * (n * n - 1) / 4;
            }
            default -> {
                weightedFactor = slope;
                factor = -slope * (n + 1) / 2;
            }
        }
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
        out[0][row + shift] = level * c + (weighted * weightedFactor + sum * factor);
    }

    @Override
    void slide(double[][] in, int from, int to, double[][] out, int shift) {
        double[] x = in[0];
        double[] line = out[0];
        double[] tails = tail;
        double[] weightedTails = tailWeighted;
        double c = centre;
        double base = level * c;
        double a = weightedFactor;
        double b = factor;
        double sum = head;
        double weighted = headWeighted;
        int toTail = phase + 1 - from;
        double taken = phase;
        double left = window - phase;
        for (int i = from; i < to; i++) {
            double d = x[i] - c;
            taken++;
            left--;
            sum += d;
            // within the head weights count from 1; the rows of the tail lie below
            weighted += taken * d;
            double all = weightedTails[i + toTail] + weighted + left * sum;
            line[i + shift] = base + (all * a + (sum + tails[i + toTail]) * b);
        }
        head = sum;
        headWeighted = weighted;
    }
}
