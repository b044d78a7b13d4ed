package org.lama.backtest.sweep;

import java.io.IOException;
import org.lama.core.base.Api;
import org.lama.core.base.Named;

/**
 * A kind of cluster. Found through {@link java.util.ServiceLoader} by its explicit name.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public interface ClusterProvider extends Named {
    /**
     * Connects to a cluster, or starts a local one.
     *
     * @param settings which and how
     * @return the executor, which the caller closes
     * @throws IOException if it does not start, with the reason
     */
    ClusterExecutor start(ClusterSettings settings) throws IOException;
}
