package org.lama.core.net;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.lama.core.base.Api;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;

/**
 * A good answer: expanded, within its limits and checked. Immutable as long as nobody writes into {@link #bytes()}.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Fetched {
    private final byte[] bytes;
    private final String contentType;
    private final Origin origin;
    private final long receivedNanos;
    private final String endpoint;
    private final Optional<HttpReply> reply;

    /** Where an answer came from. */
    public enum Origin {
        /** The source, now. */
        NETWORK,
        /** The disk, young enough not to be asked again. */
        CACHE,
        /** The disk, after the source said that it has not changed. */
        REVALIDATED
    }

    Fetched(
            byte[] bytes,
            String contentType,
            Origin origin,
            long receivedNanos,
            String endpoint,
            Optional<HttpReply> reply) {
        this.bytes = bytes;
        this.contentType = contentType;
        this.origin = origin;
        this.receivedNanos = receivedNanos;
        this.endpoint = endpoint;
        this.reply = reply;
    }

    /**
     * The content.
     *
     * @return its bytes, lent: not copied, must not be changed
     */
    public byte[] bytes() {
        return bytes;
    }

    /**
     * The content as UTF-8 text.
     *
     * @return the text
     */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /**
     * The content as JSON, with the limits of {@link Documents}.
     *
     * @return the root value
     * @throws NetException if it is no JSON, naming endpoint, line and column
     */
    public Node json() throws NetException {
        try {
            return Documents.parseJson(text(), "the reply");
        } catch (IOException e) {
            throw new NetException(
                    NetException.Reason.CONTENT,
                    endpoint,
                    "the reply is no JSON (" + e.getMessage() + "); compare it with the source's documentation",
                    0,
                    0,
                    e);
        }
    }

    /**
     * The type of the content.
     *
     * @return such as {@code application/json}; empty if the source did not say
     */
    public String contentType() {
        return contentType;
    }

    /**
     * Where it came from.
     *
     * @return the origin
     */
    public Origin origin() {
        return origin;
    }

    /**
     * When the source sent it or last said that it still holds.
     *
     * @return UTC epoch nanoseconds
     */
    public long receivedNanos() {
        return receivedNanos;
    }

    /**
     * Whom it came from.
     *
     * @return method and address, redacted
     */
    public String endpoint() {
        return endpoint;
    }

    /**
     * A header of the reply.
     *
     * @param name its name in any case
     * @return its first value; empty if it is not there or the content lay on the disk
     */
    public Optional<String> header(String name) {
        return reply.flatMap(r -> r.header(name));
    }
}
