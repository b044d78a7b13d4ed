package org.lama.backtest.sweep;

import org.lama.core.base.Api;
import org.lama.core.search.TaskExecutor;

/**
 * An executor that owns other processes. It runs tasks that can travel ({@link org.lama.core.search.PortableTask}) and no
 * others. Thread-safe; one call at a time runs, others wait. Close it when done.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public interface ClusterExecutor extends TaskExecutor, AutoCloseable {
    /** Stops what was started, tasks that still run included. A second call does nothing. */
    @Override
    void close();
}
