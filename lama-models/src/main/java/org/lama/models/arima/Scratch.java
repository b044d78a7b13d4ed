package org.lama.models.arima;

import org.jspecify.annotations.Nullable;

/** The long arrays, shared by all orders that are fitted one after the other. */
final class Scratch {
    private static final int LONGEST_KEPT = 12;

    final double[] e;
    final double[] ones;
    final double[] g;
    final double[] gamma;
    final double[] lambda;
    final double[] centred;
    private final double[][] small = {{}, {}, {}, {}};
    /** By the length of the state, for the usual orders. */
    private final @Nullable StateArrays[] states = new StateArrays[LONGEST_KEPT + 1];

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

    /** The small arrays for a state of r elements. */
    StateArrays state(int r) {
        if (r > LONGEST_KEPT) {
            return new StateArrays(r);
        }
        StateArrays present = states[r];
        if (present == null) {
            present = new StateArrays(r);
            states[r] = present;
        }
        return present;
    }

    /** One of four small arrays, of at least this length. */
    double[] small(int slot, int length) {
        if (small[slot].length < length) {
            small[slot] = new double[length];
        }
        return small[slot];
    }
}
