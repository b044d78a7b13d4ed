package org.lama.core.net;

import java.io.IOException;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.lama.core.base.Api;

/**
 * A talk with the outside world that failed: says with whom (redacted), which rule was broken and what to do.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class NetException extends IOException {
    private static final long serialVersionUID = 1L;

    /** What was broken, so that it can be counted. */
    private final Reason reason;

    /** With whom, redacted. */
    private final String endpoint;

    /** Status of the reply, 0 if there was none. */
    private final int status;

    /** When to come back, UTC epoch nanoseconds, 0 if nothing was said. */
    private final long retryAtNanos;

    /** Kinds of failure. */
    public enum Reason {
        /** Nobody answered at the address. */
        CONNECT(true),
        /** The other side did not prove who it is. */
        TLS(false),
        /** The name leads to an address that must not be called. */
        ADDRESS(false),
        /** The reply led to another host, to plain http or in a circle. */
        REDIRECT(false),
        /** No bytes, or too few, for too long. */
        STALLED(true),
        /** The connection or the compressed body broke off. */
        BROKEN(true),
        /** A status of 500 and above, or 408. */
        SERVER(true),
        /** A status that says that the question is wrong. */
        REFUSED(false),
        /** Too many requests. */
        RATE_LIMITED(true),
        /** The venue does not want to hear from us. */
        BANNED(false),
        /** More bytes, or a higher ratio of compression, than allowed. */
        TOO_LARGE(false),
        /** Another type of content, or a required field is missing. */
        CONTENT(false),
        /** The bytes do not have the checksum they should have. */
        CHECKSUM(false),
        /** An archive that is broken or dangerous. */
        ARCHIVE(false),
        /** The thread was interrupted. */
        INTERRUPTED(false);

        private final boolean passing;

        Reason(boolean passing) {
            this.passing = passing;
        }

        /**
         * Whether the same question may get an answer later.
         *
         * @return true if a retry makes sense
         */
        public boolean isPassing() {
            return passing;
        }
    }

    /**
     * Describes a failure.
     *
     * @param reason kind of failure
     * @param endpoint with whom; must be redacted
     * @param rule what was broken, with the value
     * @param remedy what to do
     */
    public NetException(Reason reason, String endpoint, String rule, String remedy) {
        this(reason, endpoint, rule + "; " + remedy, 0, 0, null);
    }

    NetException(
            Reason reason,
            String endpoint,
            String ruleAndRemedy,
            int status,
            long retryAtNanos,
            @Nullable Throwable cause) {
        super(endpoint + ": " + ruleAndRemedy, cause);
        this.reason = reason;
        this.endpoint = endpoint;
        this.status = status;
        this.retryAtNanos = retryAtNanos;
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
     * With whom.
     *
     * @return method and address, redacted
     */
    public String endpoint() {
        return endpoint;
    }

    /**
     * The status of the reply.
     *
     * @return the status; empty if there was no reply
     */
    public OptionalInt status() {
        return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
    }

    /**
     * When the other side wants to hear from us again.
     *
     * @return UTC epoch nanoseconds; empty if nothing was said
     */
    public OptionalLong retryAtNanos() {
        return retryAtNanos == 0 ? OptionalLong.empty() : OptionalLong.of(retryAtNanos);
    }
}
