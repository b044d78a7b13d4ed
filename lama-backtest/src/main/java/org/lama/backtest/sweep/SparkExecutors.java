package org.lama.backtest.sweep;

import java.io.IOException;
import java.util.Iterator;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * Executors on Apache Spark, an optional dependency: without its jars on the class path nothing here works, and says so.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class SparkExecutors {
    private static final String NAME = "spark";

    private SparkExecutors() {}

    /**
     * Starts a Spark application on a cluster with defaults.
     *
     * @param master such as {@code local[2]}, {@code local-cluster[2,1,1024]}, {@code spark://host:7077}
     * @return the executor, which the caller closes
     * @throws IOException if Spark is not on the class path or does not start
     */
    public static ClusterExecutor start(String master) throws IOException {
        return start(ClusterSettings.of(master));
    }

    /**
     * Starts a Spark application.
     *
     * @param settings master, jars, options
     * @return the executor, which the caller closes
     * @throws IOException if Spark is not on the class path or does not start, with the reason
     */
    public static ClusterExecutor start(ClusterSettings settings) throws IOException {
        return start(settings, Check.notNull(SparkExecutors.class.getClassLoader(), "class loader"));
    }

    static ClusterExecutor start(ClusterSettings settings, ClassLoader loader) throws IOException {
        try {
            Iterator<ClusterProvider> found =
                    ServiceLoader.load(ClusterProvider.class, loader).iterator();
            while (found.hasNext()) {
                ClusterProvider provider = found.next();
                if (provider.name().equals(NAME)) {
                    return provider.start(settings);
                }
            }
        } catch (ServiceConfigurationError | NoClassDefFoundError missing) {
            throw missing(missing);
        }
        throw missing(new ClassNotFoundException("no cluster is called " + NAME));
    }

    private static IOException missing(Throwable cause) {
        return new IOException(
                "Apache Spark is not on the class path (" + cause.getMessage() + "): put the jars of Spark 4.2"
                        + " for Scala 2.13 (org.apache.spark:spark-core_2.13:4.2.0) before those of LAMA, and use a"
                        + " LAMA that was built without -Dquick, which ./lama is not; docs/sweeps-spark.md shows how",
                cause);
    }
}
