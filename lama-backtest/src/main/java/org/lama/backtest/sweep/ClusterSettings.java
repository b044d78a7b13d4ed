package org.lama.backtest.sweep;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * Which cluster runs tasks, and how.
 *
 * @param master where it is: {@code local[2]} for two threads of this process, {@code local-cluster[2,1,1024]} for two
 *     processes of one core and 1024 MiB each, {@code spark://host:7077} for a cluster
 * @param jars more jars for the far processes; LAMA's own are sent anyway
 * @param options settings of the cluster by their own names; they replace LAMA's
 * @param chunk tasks that travel together, at least 1; 0 for four chunks per slot of the cluster
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record ClusterSettings(String master, List<Path> jars, Map<String, String> options, int chunk) {
    /**
     * Checks and copies.
     *
     * @param master where the cluster is
     * @param jars more jars for the far processes
     * @param options settings of the cluster by their own names
     * @param chunk tasks that travel together; 0 for four chunks per slot of the cluster
     */
    public ClusterSettings {
        Check.notBlank(master, "master");
        jars = List.copyOf(jars);
        options = Collections.unmodifiableMap(new TreeMap<>(options));
        Check.atLeast(chunk, 0, "chunk");
    }

    /**
     * A cluster with LAMA's jars and its own defaults.
     *
     * @param master where it is
     * @return the settings
     */
    public static ClusterSettings of(String master) {
        return new ClusterSettings(master, List.of(), Map.of(), 0);
    }

    /**
     * With more jars.
     *
     * @param other replace all jars
     * @return a copy
     */
    public ClusterSettings withJars(List<Path> other) {
        return new ClusterSettings(master, other, options, chunk);
    }

    /**
     * With one more option.
     *
     * @param name such as {@code spark.executor.memory}
     * @param value such as {@code 4g}
     * @return a copy
     */
    public ClusterSettings with(String name, String value) {
        Map<String, String> more = new TreeMap<>(options);
        more.put(Check.notBlank(name, "name"), Check.notNull(value, "value"));
        return new ClusterSettings(master, jars, more, chunk);
    }

    /**
     * With another chunk.
     *
     * @param tasks that travel together; 0 for four chunks per slot
     * @return a copy
     */
    public ClusterSettings withChunk(int tasks) {
        return new ClusterSettings(master, jars, options, tasks);
    }
}
