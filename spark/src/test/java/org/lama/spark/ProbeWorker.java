package org.lama.spark;

import java.nio.ByteBuffer;
import org.lama.core.base.Seeds;
import org.lama.core.search.TaskWorker;

/** Tells where a task ran, and a number that depends on its index alone; fails where it is told to. */
public final class ProbeWorker implements TaskWorker {
    static final String NAME = "probe";

    /** The worker. */
    public ProbeWorker() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Work setUp(byte[] shared) {
        ByteBuffer failing = ByteBuffer.wrap(shared);
        int every = failing.getInt();
        boolean wrongArgument = failing.get() == 1;
        return input -> {
            int index = ByteBuffer.wrap(input).getInt();
            if (every > 0 && index % every == every - 1) {
                if (wrongArgument) {
                    throw new IllegalArgumentException("index must not be " + index);
                }
                throw new IllegalStateException("broken at " + index);
            }
            return ByteBuffer.allocate(16)
                    .putLong(ProcessHandle.current().pid())
                    .putDouble(number(index))
                    .array();
        };
    }

    static double number(int index) {
        return Seeds.rng(7, index).nextGaussian();
    }
}
