package org.lama.models.garch;

import java.util.ArrayList;
import java.util.List;

/**
 * The long arrays of one fit, kept by the thread for the next one of the same length, so that refitting many windows leaves
 * no garbage of their size. Contents are undefined when taken. A fit inside another one on the same thread (from a deadline,
 * say) gets arrays of its own; beyond {@link #KEPT} numbers nothing is kept.
 */
final class GarchArrays implements AutoCloseable {
    /** 8 MiB. */
    private static final int KEPT = 1 << 20;

    private static final ThreadLocal<GarchArrays> OF_THREAD = ThreadLocal.withInitial(GarchArrays::new);

    private final List<double[]> arrays = new ArrayList<>();
    private int taken;
    private boolean busy;

    private GarchArrays() {}

    /** The arrays of this thread, to be closed by the same thread. */
    static GarchArrays open() {
        GarchArrays own = OF_THREAD.get();
        if (own.busy) {
            return new GarchArrays();
        }
        own.busy = true;
        return own;
    }

    /** The next array, of exactly this length. */
    double[] take(int length) {
        if (taken == arrays.size()) {
            arrays.add(new double[length]);
        } else if (arrays.get(taken).length != length) {
            arrays.set(taken, new double[length]);
        }
        return arrays.get(taken++);
    }

    @Override
    public void close() {
        long size = 0;
        for (double[] array : arrays) {
            size += array.length;
        }
        if (size > KEPT) {
            arrays.clear();
        }
        taken = 0;
        busy = false;
    }
}
