package org.lama.core.indicators;

/** One kernel fed with the lines of another, which must all begin at the same row. */
final class Pipe extends Kernel {
    private final Kernel first;
    private final Kernel second;
    private final Tape tape;
    private int pending;

    Pipe(Kernel first, Kernel second) {
        super(first.inputs, second.lines, first.warmUpBars - 1 + second.warmUpBars, first.historyRows);
        this.first = first;
        this.second = second;
        tape = new Tape(first.lines, second.historyRows, BLOCK_ROWS);
        pending = first.warmUpBars - 1;
    }

    @Override
    void restart() {
        first.restart();
        second.restart();
        pending = first.warmUpBars - 1;
    }

    @Override
    void run(double[][] in, int from, int to, double[][] out, int shift) {
        for (int i = from; i < to; i += BLOCK_ROWS) {
            int stop = Math.min(to, i + BLOCK_ROWS);
            int at = tape.reserve(stop - i);
            first.run(in, i, stop, tape.columns, at - i);
            int blank = Math.min(pending, stop - i);
            pending -= blank;
            blank(out, i + shift, i + blank + shift);
            if (i + blank < stop) {
                second.run(tape.columns, at + blank, at + stop - i, out, i + shift - at);
            }
        }
    }
}
