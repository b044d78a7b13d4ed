package org.lama.core.search;

import java.util.ArrayList;
import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * Runs tasks one after the other on the calling thread: the reference that every other executor must equal bit for bit.
 * Stateless and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.STABLE)
public final class SequentialTaskExecutor implements TaskExecutor {
    private SequentialTaskExecutor() {}

    /**
     * The executor.
     *
     * @return an executor without threads of its own
     */
    public static SequentialTaskExecutor create() {
        return new SequentialTaskExecutor();
    }

    @Override
    public <T> List<T> map(int count, Task<T> task, Progress progress) {
        Check.atLeast(count, 0, "count");
        List<T> results = new ArrayList<>(count);
        for (int k = 0; k < count; k++) {
            results.add(Check.notNull(task.run(k), "result of task " + k));
            progress.finished(k + 1, count);
        }
        return results;
    }
}
