package org.lama.models.arima;

/** The long arrays, shared by all orders that are fitted one after the other. */
final class Scratch {
    final double[] e;
    final double[] ones;
    final double[] g;
    final double[] gamma;
    final double[] lambda;
    final double[] centred;
    private final double[][] small = {{}, {}, {}, {}};

    Scratch(int n) {
        e = new double[n];
        ones = new double[n];
        g = new double[n];
        gamma = new double[n];
        lambda = new double[n];
        centred = new double[n];
    }

    int length() {
        return e.length;
    }

    /** One of four small arrays, of at least this length. */
    double[] small(int slot, int length) {
        if (small[slot].length < length) {
            small[slot] = new double[length];
        }
        return small[slot];
    }
}
