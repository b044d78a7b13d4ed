package org.lama.core.indicators;

/**
 * Chaikin's oscillator: fast less slow exponential mean of the accumulation and distribution line, both begun with its
 * first value. Since the line enters by differences only, it may begin anew after a missing row.
 */
final class ChaikinOscillator extends Kernel {
    private final double fastWeight;
    private final double slowWeight;
    private double line;
    private double fast;
    private double slow;
    private int seen;
    private boolean begun;

    ChaikinOscillator(int fastBars, int slowBars) {
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
