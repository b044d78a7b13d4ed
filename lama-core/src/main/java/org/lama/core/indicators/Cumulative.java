package org.lama.core.indicators;

/**
 * Totals from the first row on: on-balance volume (Granville 1963), begun with the first volume; accumulation and
 * distribution (Chaikin), volume times ((close - low) - (high - close)) / (high - low), 0 where the bar has no range;
 * and the volume-weighted typical price, NaN until there is volume. A missing row adds nothing, and the total goes on.
 */
final class Cumulative extends Kernel {
    private final Kind kind;
    private double total;
    private double volume;
    private double close;
    private boolean begun;

    /** What is added up. */
    enum Kind {
        BALANCE(2),
        DISTRIBUTION(4),
        VALUE(4);

        private final int inputs;

        Kind(int inputs) {
            this.inputs = inputs;
        }
    }

    Cumulative(Kind kind) {
        super(kind.inputs, 1, 1, 0);
        this.kind = kind;
    }

    @Override
    void restart() {
        total = 0;
        volume = 0;
        begun = false;
    }

    @Override
    boolean proves() {
        return kind == Kind.DISTRIBUTION;
    }

    /** The sum of all that was read; the total itself may pass over a missing number of a bar without range. */
    @Override
    double proof() {
        return volume;
    }

    @Override
    void gap() {
        // the total is kept
    }

    @Override
    void run(double[][] in, int from, int to, double[][] out, int shift) {
        switch (kind) {
            case BALANCE -> balance(in[0], in[1], from, to, out[0], shift);
            case DISTRIBUTION -> distribution(in, from, to, out[0], shift);
            case VALUE -> value(in, from, to, out[0], shift);
        }
    }

    private void balance(double[] closes, double[] volumes, int from, int to, double[] line, int shift) {
        int i = from;
        if (!begun) {
            begun = true;
            total = volumes[i];
            close = closes[i];
            line[i + shift] = total;
            i++;
        }
        double sum = total;
        double before = close;
        for (; i < to; i++) {
            double change = closes[i] - before;
            before = closes[i];
            sum += change == 0 ? 0 : Math.copySign(volumes[i], change);
            line[i + shift] = sum;
        }
        total = sum;
        close = before;
    }

    /** What one bar adds to the accumulation and distribution line. */
    static double distributed(double[][] in, int row) {
        double high = in[0][row];
        double low = in[1][row];
        double shut = in[2][row];
        double range = high - low;
        return range > 0 ? ((shut - low) - (high - shut)) / range * in[3][row] : 0;
    }

    private void distribution(double[][] in, int from, int to, double[] line, int shift) {
        double sum = total;
        double all = volume;
        for (int i = from; i < to; i++) {
            all += (in[0][i] + in[1][i]) + (in[2][i] + in[3][i]);
            sum += distributed(in, i);
            line[i + shift] = sum;
        }
        total = sum;
        volume = all;
    }

    private void value(double[][] in, int from, int to, double[] line, int shift) {
        double above = total;
        double below = volume;
        for (int i = from; i < to; i++) {
            above += Derived.typical(in, i) * in[3][i];
            below += in[3][i];
            line[i + shift] = below == 0 ? Double.NaN : above / below;
        }
        total = above;
        volume = below;
    }

    /**
     * Chaikin's oscillator: fast less slow exponential mean of the accumulation and distribution line, both begun with its
     * first value. Since the line enters by differences only, it may begin anew after a missing row.
     */
    static final class Oscillator extends Kernel {
        private final double fastWeight;
        private final double slowWeight;
        private double line;
        private double fast;
        private double slow;
        private int seen;
        private boolean begun;

        Oscillator(int fastBars, int slowBars) {
            super(4, 1, Math.max(fastBars, slowBars), 0);
            fastWeight = Ema.weight(fastBars);
            slowWeight = Ema.weight(slowBars);
        }

        @Override
        void restart() {
            seen = 0;
            begun = false;
            line = 0;
        }

        @Override
        void run(double[][] in, int from, int to, double[][] out, int shift) {
            double sum = line;
            double f = fast;
            double s = slow;
            if (!begun) {
                begun = true;
                f = Cumulative.distributed(in, from);
                s = f;
            }
            double fk = fastWeight;
            double sk = slowWeight;
            double fq = 1 - fk;
            double sq = 1 - sk;
            for (int i = from; i < to; i++) {
                sum += Cumulative.distributed(in, i);
                f = f * fq + sum * fk;
                s = s * sq + sum * sk;
                out[0][i + shift] = f - s;
            }
            line = sum;
            fast = f;
            slow = s;
            int hidden = Math.min(warmUpBars - 1 - seen, to - from);
            if (hidden > 0) {
                blank(out, from + shift, from + hidden + shift);
            }
            seen = Math.min(warmUpBars - 1, seen + to - from);
        }
    }
}
