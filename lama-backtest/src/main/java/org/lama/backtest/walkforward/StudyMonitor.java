package org.lama.backtest.walkforward;

import org.lama.core.base.Api;

/**
 * Watches a study and may ask it to stop; called from the study's own threads, so implementations are thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public interface StudyMonitor {
    /**
     * Something was finished.
     *
     * @param stage what is being done, such as {@code fits}
     * @param done how many steps of the stage are done
     * @param total how many there are
     */
    void progress(String stage, int done, int total);

    /**
     * Hypothesis, metric and rule are fixed. Called once, before the data of the study are opened where the study opens
     * them itself.
     *
     * @param sha256 checksum of the rule's canonical text, which goes into the result
     */
    default void ruleFixed(String sha256) {}

    /**
     * Whether the study should stop after the folds in hand; what is done is kept and labelled partial.
     *
     * @return true once it should stop
     */
    default boolean cancelled() {
        return false;
    }

    /**
     * A monitor that does not look.
     *
     * @return the monitor
     */
    static StudyMonitor none() {
        return (stage, done, total) -> {};
    }
}
