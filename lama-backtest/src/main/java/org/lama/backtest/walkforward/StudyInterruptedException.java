package org.lama.backtest.walkforward;

import org.lama.core.base.Api;

/**
 * A study was stopped before it had anything to keep.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class StudyInterruptedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Says how far it came.
     *
     * @param message one sentence
     */
    public StudyInterruptedException(String message) {
        super(message);
    }
}
