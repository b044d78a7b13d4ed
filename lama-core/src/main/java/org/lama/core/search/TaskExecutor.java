package org.lama.core.search;

import java.util.List;
import org.lama.core.base.Api;

/**
 * Runs independent tasks by index. Result k stands in slot k whatever thread computed it, so that the answer has the same
 * bits for any number of threads as long as each task is a pure function of its index.
 *
 * @since 0.1.0
 */
@Api(Api.Status.STABLE)
public interface TaskExecutor {
    /**
     * Runs the tasks 0 to count - 1.
     *
     * @param <T> type of a result
     * @param count number of tasks, at least 0
     * @param task what to compute; called once per index
     * @param progress told after every finished task
     * @return the results in index order
     * @throws RuntimeException the failure of the lowest index that failed; the tasks above it are not started any more
     */
    <T> List<T> map(int count, Task<T> task, Progress progress);

    /**
     * Runs the tasks 0 to count - 1 without telling anyone.
     *
     * @param <T> type of a result
     * @param count number of tasks, at least 0
     * @param task what to compute; called once per index
     * @return the results in index order
     */
    default <T> List<T> map(int count, Task<T> task) {
        return map(count, task, Progress.none());
    }

    /**
     * One computation of a family of independent ones.
     *
     * @param <T> type of the result
     */
    @FunctionalInterface
    interface Task<T> {
        /**
         * Computes the result of one index.
         *
         * @param index number of the task
         * @return the result
         */
        T run(int index);
    }

    /** Where progress is reported. */
    @FunctionalInterface
    interface Progress {
        /**
         * One more task is finished. Calls never overlap and the count rises by one from call to call; they may come from
         * any thread of the pool.
         *
         * @param finished number of finished tasks, 1 to total
         * @param total number of tasks
         */
        void finished(int finished, int total);

        /**
         * Reports to no one.
         *
         * @return the silent listener
         */
        static Progress none() {
            return (finished, total) -> {};
        }
    }
}
