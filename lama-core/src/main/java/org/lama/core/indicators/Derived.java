package org.lama.core.indicators;

/** Columns made of a row and perhaps the one before, for kernels of windows behind them. */
final class Derived extends Kernel {
    private final Kind kind;
    private final double[][] scratch;
    private int pending;

    /** What is derived. */
    enum Kind {
        /** Typical price (high + low + close) / 3. */
        TYPICAL(3, 1, 0),
        /** Typical price times volume, and volume. */
        VALUE(4, 2, 0),
        /** Typical price times volume where the typical price rose (else 0), and where it moved. */
        FLOW(4, 2, 1),
        /** Close less the true low, and the true range. */
        PRESSURE(3, 2, 1),
        /** Returns x / last x - 1 of two columns, 0 where the last is 0. */
        RETURNS(2, 2, 1);

        private final int inputs;
        private final int lines;
        private final int lead;

        Kind(int inputs, int lines, int lead) {
            this.inputs = inputs;
            this.lines = lines;
            this.lead = lead;
        }
    }

    Derived(Kind kind) {
        super(kind.inputs, kind.lines, 1 + kind.lead, kind.lead);
        this.kind = kind;
        scratch = new double[kind == Kind.PRESSURE || kind == Kind.RETURNS ? 4 : 0][BLOCK_ROWS];
        pending = kind.lead;
    }

    @Override
    void restart() {
        pending = kind.lead;
    }

    @Override
    void run(double[][] in, int from, int to, double[][] out, int shift) {
        int lead = Math.min(pending, to - from);
        pending -= lead;
        blank(out, from + shift, from + lead + shift);
        int start = from + lead;
        if (start == to) {
            return;
        }
        switch (kind) {
            case TYPICAL -> typical(in, start, to, out[0], shift);
            case VALUE -> value(in, start, to, out, shift);
            case FLOW -> flow(in, start, to, out, shift);
            case PRESSURE -> pressure(in, start, to, out, shift);
            case RETURNS -> {
                returns(in[0], start, to, out[0], shift);
                returns(in[1], start, to, out[1], shift);
            }
        }
    }

    static double typical(double[][] in, int row) {
        return (in[0][row] + in[1][row] + in[2][row]) / 3;
    }

    private static void typical(double[][] in, int from, int to, double[] out, int shift) {
        double[] high = in[0];
        double[] low = in[1];
        double[] close = in[2];
        for (int i = from; i < to; i++) {
            out[i + shift] = (high[i] + low[i] + close[i]) / 3;
        }
    }

    private static void value(double[][] in, int from, int to, double[][] out, int shift) {
        typical(in, from, to, out[0], shift);
        double[] value = out[0];
        double[] volume = in[3];
        double[] copy = out[1];
        for (int i = from; i < to; i++) {
            value[i + shift] *= volume[i];
            copy[i + shift] = volume[i];
        }
    }

    private static void flow(double[][] in, int from, int to, double[][] out, int shift) {
        double[] above = out[0];
        double[] moved = out[1];
        double[] volume = in[3];
        double before = typical(in, from - 1);
        typical(in, from, to, above, shift);
        for (int i = from; i < to; i++) {
            double price = above[i + shift];
            double flow = price * volume[i];
            double change = price - before;
            // as bits, without a branch: either sign is as likely
            long rose = ~(Double.doubleToRawLongBits(change) >> 63);
            above[i + shift] = change == 0 ? 0 : Double.longBitsToDouble(Double.doubleToRawLongBits(flow) & rose);
            moved[i + shift] = change == 0 ? 0 : flow;
            before = price;
        }
    }

    private void pressure(double[][] in, int from, int to, double[][] out, int shift) {
        for (int i = from; i < to; i += BLOCK_ROWS) {
            int rows = Math.min(to - i, BLOCK_ROWS);
            double[] low = scratch[1];
            double[] close = scratch[2];
            double[] before = scratch[3];
            System.arraycopy(in[0], i, scratch[0], 0, rows);
            System.arraycopy(in[1], i, low, 0, rows);
            System.arraycopy(in[2], i, close, 0, rows);
            System.arraycopy(in[2], i - 1, before, 0, rows);
            pressure(rows, low, close, before);
            System.arraycopy(close, 0, out[0], i + shift, rows);
            TrueRange.of(rows, scratch[0], low, before, close);
            System.arraycopy(close, 0, out[1], i + shift, rows);
        }
    }

    /** Over copies with one index, which compile to vector code. */
    private static void pressure(int rows, double[] low, double[] close, double[] before) {
        for (int j = 0; j < rows; j++) {
            close[j] -= Math.min(low[j], before[j]);
        }
    }

    private static void returns(double[] x, int from, int to, double[] out, int shift) {
        double before = x[from - 1];
        for (int i = from; i < to; i++) {
            out[i + shift] = before == 0 ? 0 : x[i] / before - 1;
            before = x[i];
        }
    }
}
