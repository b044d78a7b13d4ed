package org.lama.core.sources;

import java.io.IOException;
import org.lama.core.base.Api;

/**
 * A source that answered, but not what it should: says which source, which field or rule, and what to do. Failures of
 * the talk itself are {@link org.lama.core.net.NetException}.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class SourceException extends IOException {
    private static final long serialVersionUID = 1L;

    /** What was broken. */
    private final Reason reason;

    /** Name of the source. */
    private final String source;

    /** Which field, symbol or path. */
    private final String where;

    /** Kinds of failure. */
    public enum Reason {
        /** A required field is not in the reply. */
        MISSING_FIELD,
        /** A field holds something of another type, or text that is no number. */
        WRONG_VALUE,
        /** The source does not know the symbol. */
        UNKNOWN_SYMBOL,
        /** The source does not give this kind, bar length or range. */
        NOT_OFFERED,
        /** Pages go in circles, backward or on without end. */
        PAGING,
        /** The venue said no in words of its own. */
        REFUSED
    }

    /**
     * Describes a failure.
     *
     * @param reason kind of failure
     * @param source name of the source
     * @param where which field, symbol or path, without secrets
     * @param sentence which rule was broken, with the value, and what to do
     */
    public SourceException(Reason reason, String source, String where, String sentence) {
        super(source + ": " + sentence);
        this.reason = reason;
        this.source = source;
        this.where = where;
    }

    /**
     * The kind of failure.
     *
     * @return the reason
     */
    public Reason reason() {
        return reason;
    }

    /**
     * Which source.
     *
     * @return its name
     */
    public String source() {
        return source;
    }

    /**
     * Which field, symbol or path.
     *
     * @return for example {@code [3].fundingRate}
     */
    public String where() {
        return where;
    }
}
