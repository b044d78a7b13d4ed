package org.lama.core.indicators;

/** A line and its own simple mean, both shown from the mean's first value on, as TA-Lib does for the stochastics. */
final class Smoothed extends Kernel {
    private final Kernel source;
    private final Sma mean;
    private final Tape tape;
    private final double[][] second = new double[1][];
    private int pending;

    Smoothed(Kernel source, int window) {
        super(source.inputs, 2, source.warmUpBars + window - 1, source.historyRows);
        this.source = source;
        mean = new Sma(window);
        tape = new Tape(1, mean.historyRows, BLOCK_ROWS);
    }

    @Override
    void restart() {
        source.restart();
        mean.restart();
        pending = warmUpBars - 1;
    }

    @Override
    void run(double[][] in, int from, int to, double[][] out, int shift) {
        second[0] = out[1];
        for (int i = from; i < to; i += BLOCK_ROWS) {
            int rows = Math.min(to - i, BLOCK_ROWS);
            int at = tape.reserve(rows);
            source.run(in, i, i + rows, tape.columns, at - i);
            int blank = Math.min(pending, rows);
            // rows of the source's own warm-up are not for the mean
            int unfit = Math.max(0, Math.min(rows, pending - (mean.warmUpBars - 1)));
            pending -= blank;
            if (unfit < rows) {
                mean.run(tape.columns, at + unfit, at + rows, second, i + shift - at);
            }
            System.arraycopy(tape.columns[0], at, out[0], i + shift, rows);
            blank(out, i + shift, i + blank + shift);
        }
    }
}
