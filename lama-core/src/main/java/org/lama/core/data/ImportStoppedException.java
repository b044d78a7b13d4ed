package org.lama.core.data;

import java.io.IOException;
import java.util.Objects;
import org.lama.core.base.Api;

/**
 * The store could not take any more: its disk is full, it may not be written, or a row revises another one where that must
 * not be. What was imported before stays, and the report says what that was. Immutable but for what every exception has.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class ImportStoppedException extends IOException {
    private static final long serialVersionUID = 1L;

    /** What became of the files so far. */
    private final transient ImportReport report;

    /**
     * Keeps what was done.
     *
     * @param report what became of the files so far; the last one is that at which it stopped
     * @param cause why the store took no more
     */
    public ImportStoppedException(ImportReport report, IOException cause) {
        super(Objects.requireNonNullElse(cause.getMessage(), cause.toString()), cause);
        this.report = report;
    }

    /**
     * What was done.
     *
     * @return what became of the files so far
     */
    public ImportReport report() {
        return report;
    }
}
