package org.lama.backtest.sweep;

import java.io.IOException;
import org.lama.core.base.Api;
import org.lama.core.search.TaskWorker;

/**
 * Evaluates the trials of an {@link EngineRecipe} in another process. Found by its name through
 * {@link java.util.ServiceLoader}. Stateless and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.INTERNAL)
public final class EngineTrialsWorker implements TaskWorker {
    /** The worker. */
    public EngineTrialsWorker() {}

    @Override
    public String name() {
        return EngineRecipe.WORKER;
    }

    @Override
    public Work setUp(byte[] shared) {
        try {
            return TrialWork.of(EngineRecipe.fromBytes(shared).trials());
        } catch (IOException unusable) {
            throw new IllegalArgumentException(unusable.getMessage(), unusable);
        }
    }
}
