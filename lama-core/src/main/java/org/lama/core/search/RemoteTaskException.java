package org.lama.core.search;

import org.lama.core.base.Api;

/**
 * A task failed in another process. Holds what is known of the failure as texts, since its class need not exist here.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class RemoteTaskException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Class name of what was thrown. */
    private final String thrown;

    /** Where it was thrown. */
    private final String trace;

    /**
     * A failure.
     *
     * @param message what went wrong
     * @param thrown class name of what was thrown there
     * @param trace its stack trace, empty if unknown
     */
    public RemoteTaskException(String message, String thrown, String trace) {
        super(message);
        this.thrown = thrown;
        this.trace = trace;
    }

    /**
     * What was thrown.
     *
     * @return a class name
     */
    public String thrown() {
        return thrown;
    }

    /**
     * Where it was thrown.
     *
     * @return lines of a stack trace of the other process; empty if unknown
     */
    public String trace() {
        return trace;
    }
}
