package org.lama.backtest.sweep;

import java.io.IOException;
import org.lama.core.base.Api;

/**
 * Watches a sweep. Called by the thread that runs it, between batches.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public interface SweepMonitor {
    /**
     * A batch is finished and stored.
     *
     * @param done finished trials, those of earlier runs included
     * @param planned trials that were asked for
     */
    void progress(long done, long planned);

    /**
     * Whether to stop after this batch. What is finished is kept and can be resumed.
     *
     * @return true to stop
     */
    boolean cancelled();

    /**
     * Called before a batch is evaluated: its trials will have been seen, whatever happens to this process.
     *
     * @param identity which sweep
     * @param upTo number of trials once the batch is done
     * @param planned trials that were asked for
     * @throws IOException if they cannot be counted; the batch is then not evaluated
     */
    default void begins(SweepIdentity identity, long upTo, long planned) throws IOException {
        // nobody counts
    }

    /**
     * Watches nothing.
     *
     * @return the silent monitor
     */
    static SweepMonitor none() {
        return new SweepMonitor() {
            @Override
            public void progress(long done, long planned) {
                // nobody listens
            }

            @Override
            public boolean cancelled() {
                return false;
            }
        };
    }
}
