package org.lama.core.indicators;

/**
 * True range max(high - low, |high - last close|, |low - last close|), its Wilder mean (ATR; Wilder 1978), begun with the
 * mean of the first n true ranges, and that in per cent of the close (NATR; 0 where the close is 0).
 */
final class TrueRange extends Kernel {
    private static final double PERCENT = 100;

    private final int window;
    private final boolean normal;
    private final Recurrence mean;
    private final double[] high = new double[BLOCK_ROWS];
    private final double[] low = new double[BLOCK_ROWS];
    private final double[] lastClose = new double[BLOCK_ROWS];
    private final double[] range = new double[BLOCK_ROWS];
    private double sum;
    /** 0 unless a range was not finite. */
    private double checked;

    private int seen;

    private TrueRange(int window, boolean normal) {
        super(3, 1, window + 1, 1);
        this.window = window;
        this.normal = normal;
        mean = new Recurrence(1.0 / window);
    }

    static TrueRange plain() {
        return new TrueRange(1, false);
    }

    static TrueRange mean(int window) {
        return new TrueRange(window, false);
    }

    static TrueRange normal(int window) {
        return new TrueRange(window, true);
    }

    /** By Math.max, since data that fell on either side would be mispredicted. */
    static double of(double high, double low, double lastClose) {
        return Math.max(high - low, Math.max(Math.abs(high - lastClose), Math.abs(low - lastClose)));
    }

    /** Rows that all have a row before them; a loop over copies with one index compiles to vector code. */
    static void of(int rows, double[] high, double[] low, double[] lastClose, double[] range) {
        for (int j = 0; j < rows; j++) {
            range[j] = Math.max(
                    high[j] - low[j], Math.max(Math.abs(high[j] - lastClose[j]), Math.abs(low[j] - lastClose[j])));
        }
    }

    @Override
    void restart() {
        sum = 0;
        seen = 0;
        checked = 0;
    }

    @Override
    boolean proves() {
        return true;
    }

    @Override
    double proof() {
        return sum + mean.state() + checked;
    }

    @Override
    void run(double[][] in, int from, int to, double[][] out, int shift) {
        double[] line = out[0];
        int i = from;
        for (; i < to && seen <= window; i++) {
            sum += seen > 0 ? of(in[0][i], in[1][i], in[2][i - 1]) : 0;
            line[i + shift] = Double.NaN;
            if (seen == window) {
                mean.begin(sum / window);
                line[i + shift] = normal ? share(sum / window, in[2][i]) : sum / window;
            }
            seen++;
        }
        for (; i < to; i += BLOCK_ROWS) {
            steady(in, i, Math.min(to - i, BLOCK_ROWS), line, i + shift);
        }
    }

    private void steady(double[][] in, int from, int rows, double[] line, int at) {
        if (rows == 1) {
            double range = of(in[0][from], in[1][from], in[2][from - 1]);
            line[at] = window > 1 ? mean.next(range) : range;
            if (normal) {
                line[at] = share(line[at], in[2][from]);
            }
            return;
        }
        System.arraycopy(in[0], from, high, 0, rows);
        System.arraycopy(in[1], from, low, 0, rows);
        System.arraycopy(in[2], from - 1, lastClose, 0, rows);
        of(rows, high, low, lastClose, range);
        if (window > 1) {
            mean.run(range, 0, rows, line, at);
        } else {
            System.arraycopy(range, 0, line, at, rows);
            checked += sum(range, 0, rows) * 0;
        }
        if (normal) {
            share(rows, in[2], from, line, at);
        }
    }

    private static double share(double range, double close) {
        return close == 0 ? 0 : range / close * PERCENT;
    }

    /** Quotients side by side compile to vector code; closes of 0 come after. */
    private void share(int rows, double[] closes, int from, double[] line, int at) {
        System.arraycopy(line, at, range, 0, rows);
        System.arraycopy(closes, from, high, 0, rows);
        divide(rows, range, high);
        if (!Double.isFinite(sum(range, 0, rows))) {
            zero(rows, range, high);
        }
        System.arraycopy(range, 0, line, at, rows);
    }

    private static void divide(int rows, double[] x, double[] y) {
        for (int j = 0; j < rows; j++) {
            x[j] = x[j] / y[j] * PERCENT;
        }
    }
}
