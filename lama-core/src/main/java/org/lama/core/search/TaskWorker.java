package org.lama.core.search;

import org.lama.core.base.Api;
import org.lama.core.base.Named;

/**
 * The far side of a {@link PortableTask}: code that another process finds by name through {@link java.util.ServiceLoader}
 * and feeds with bytes. Needs a public constructor without arguments. Stateless and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public interface TaskWorker extends Named {
    /**
     * Prepares what all tasks of a family need, once per process.
     *
     * @param shared as the task gave it; not to be changed
     * @return runs the tasks
     * @throws IllegalArgumentException if the bytes are damaged or name what this process does not have
     */
    Work setUp(byte[] shared);

    /** Runs tasks of one family, on many threads at a time. */
    @FunctionalInterface
    interface Work {
        /**
         * Computes one result: a pure function of the shared bytes and the input.
         *
         * @param input of one index
         * @return the result as bytes
         */
        byte[] run(byte[] input);
    }
}
