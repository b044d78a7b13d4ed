package org.lama.core.search;

import org.lama.core.base.Api;

/**
 * A family of tasks that another process can run as well as this one. {@link #run} computes here; an executor with processes
 * of its own sends {@link #shared()} to each of them once and {@link #input} with each index, lets the {@link TaskWorker} of
 * that name compute, and gives {@link #result} what came back. Both ways must end with the same bits. Thread-safe.
 *
 * @param <T> type of a result
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public interface PortableTask<T> extends TaskExecutor.Task<T> {
    /**
     * Who computes on the far side.
     *
     * @return name of a {@link TaskWorker}
     */
    String worker();

    /**
     * What all indices need, such as data and settings. Asked for only by executors that need it.
     *
     * @return the same array at each call and for all tasks of a family, so that it travels once; not to be changed
     */
    byte[] shared();

    /**
     * What one index needs.
     *
     * @param index number of the task
     * @return its input
     */
    byte[] input(int index);

    /**
     * Reads a result that came back.
     *
     * @param index number of the task
     * @param output what the worker returned for its input
     * @return the result, equal to that of {@link #run}
     */
    T result(int index, byte[] output);
}
