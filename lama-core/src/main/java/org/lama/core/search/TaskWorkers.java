package org.lama.core.search;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.lama.core.base.Api;
import org.lama.core.base.Named;
import org.lama.core.base.Suggestion;

/**
 * Finds task workers on the class path by explicit name.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class TaskWorkers {
    private TaskWorkers() {}

    /**
     * A worker.
     *
     * @param name its name
     * @return the worker
     * @throws IllegalArgumentException if there is none, listing what was found
     */
    public static TaskWorker named(String name) {
        List<TaskWorker> found = new ArrayList<>();
        ServiceLoader.load(TaskWorker.class, TaskWorker.class.getClassLoader()).forEach(found::add);
        List<String> names = found.stream().map(Named::name).sorted().toList();
        return found.stream()
                .filter(worker -> worker.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no task worker is called '" + name + "'; found: "
                        + names + Suggestion.alike(name, names)
                        + "; its jar must be on the class path of this process too"));
    }
}
