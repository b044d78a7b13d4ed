package org.lama.backtest.sweep.internal;

import java.io.IOException;
import org.lama.backtest.sweep.ClusterExecutor;
import org.lama.backtest.sweep.ClusterProvider;
import org.lama.backtest.sweep.ClusterSettings;
import org.lama.core.base.Api;

/**
 * Offers Apache Spark to {@link java.util.ServiceLoader}.
 *
 * @since 0.1.0
 */
@Api(Api.Status.INTERNAL)
public final class SparkProvider implements ClusterProvider {
    /** The provider. */
    public SparkProvider() {}

    @Override
    public String name() {
        return "spark";
    }

    @Override
    public ClusterExecutor start(ClusterSettings settings) throws IOException {
        return SparkTaskExecutor.start(settings);
    }
}
