package org.lama.backtest.sweep.internal;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.lama.core.search.TaskWorker;
import org.lama.core.search.TaskWorkers;

/**
 * What Spark carries to each process once: the name of a worker and bytes, nothing else. The process that unpacks it sets
 * the worker up when the first chunk arrives.
 */
final class SparkParcel implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String worker;
    private final byte[] shared;
    private transient TaskWorker.@Nullable Work work;

    SparkParcel(String worker, byte[] shared) {
        this.worker = worker;
        this.shared = shared;
    }

    boolean holds(String otherWorker, byte[] otherShared) {
        return worker.equals(otherWorker) && shared == otherShared;
    }

    byte[] run(byte[] inputs) {
        return RemoteSlots.run(input -> work().run(input), inputs);
    }

    private synchronized TaskWorker.Work work() {
        if (work == null) {
            work = TaskWorkers.named(worker).setUp(shared);
        }
        return work;
    }
}
