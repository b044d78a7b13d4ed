package org.lama.core.indicators;

/** Columns made of a row and perhaps the one before, for kernels of windows behind them. */
final class Derived extends Kernel {
    private final Kind kind;
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
        for (int i = from; i < to; i++) {
            out[i + shift] = typical(in, i);
        }
    }

    private static void value(double[][] in, int from, int to, double[][] out, int shift) {
        for (int i = from; i < to; i++) {
            out[0][i + shift] = typical(in, i) * in[3][i];
            out[1][i + shift] = in[3][i];
        }
    }

    private static void flow(double[][] in, int from, int to, double[][] out, int shift) {
        double before = typical(in, from - 1);
        for (int i = from; i < to; i++) {
            double price = typical(in, i);
            double flow = price * in[3][i];
            out[0][i + shift] = price > before ? flow : 0;
            out[1][i + shift] = price == before ? 0 : flow;
            before = price;
        }
    }

    private static void pressure(double[][] in, int from, int to, double[][] out, int shift) {
        double before = in[2][from - 1];
        for (int i = from; i < to; i++) {
            double close = in[2][i];
            out[0][i + shift] = close - Math.min(in[1][i], before);
            out[1][i + shift] = TrueRange.of(in[0][i], in[1][i], before);
            before = close;
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
