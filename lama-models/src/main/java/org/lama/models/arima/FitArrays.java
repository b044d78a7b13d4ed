package org.lama.models.arima;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The long arrays of one fit or search, kept by the thread for the next one of the same length, so that refitting many
 * windows leaves no garbage of their size. Contents are undefined when taken. A fit inside another one on the same thread
 * (from a deadline, say) gets arrays of its own; beyond {@link #KEPT} numbers nothing is kept.
 */
final class FitArrays implements AutoCloseable {
    /** 8 MiB. */
    private static final int KEPT = 1 << 20;

    private static final ThreadLocal<FitArrays> OF_THREAD = ThreadLocal.withInitial(FitArrays::new);

    private final List<double[]> arrays = new ArrayList<>();
    private int taken;
    private boolean busy;
    private @Nullable Scratch scratch;

    private FitArrays() {}

    /** The arrays of this thread, to be closed by the same thread. */
    static FitArrays open() {
        FitArrays own = OF_THREAD.get();
        if (own.busy) {
            return new FitArrays();
        }
        own.busy = true;
        return own;
    }

    /** Arrays that nothing else uses. */
    static FitArrays fresh() {
        return new FitArrays();
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

    /** Work arrays of a likelihood; the same ones for all orders and samples of a length. */
    Scratch scratch(int length) {
        Scratch present = scratch;
        if (present == null || present.length() != length) {
            present = new Scratch(length);
            scratch = present;
        }
        return present;
    }

    @Override
    public void close() {
        long size = scratch == null ? 0 : 6L * scratch.length();
        for (double[] array : arrays) {
            size += array.length;
        }
        if (size > KEPT) {
            arrays.clear();
            scratch = null;
        }
        taken = 0;
        busy = false;
    }
}
