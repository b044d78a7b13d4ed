package org.lama.core.net;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * The answer to a call as it came: status, headers and the body as a stream, not yet expanded or checked. The caller
 * closes it. Not thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class HttpReply implements AutoCloseable {
    private final int status;
    private final Map<String, List<String>> headers;
    private final InputStream body;

    private HttpReply(int status, Map<String, List<String>> headers, InputStream body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /**
     * A reply with a stream.
     *
     * @param status from 100 to 999
     * @param headers names in any case
     * @param body its bytes, closed with this reply
     * @return the reply
     */
    public static HttpReply of(int status, Map<String, List<String>> headers, InputStream body) {
        Check.inRange(status, 100, 999, "status");
        Map<String, List<String>> lower = new TreeMap<>();
        headers.forEach((name, values) -> lower.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
        return new HttpReply(status, lower, body);
    }

    /**
     * A reply of bytes that are there.
     *
     * @param status from 100 to 999
     * @param headers names in any case
     * @param body its bytes, not copied
     * @return the reply
     */
    public static HttpReply of(int status, Map<String, List<String>> headers, byte[] body) {
        return of(status, headers, new ByteArrayInputStream(body));
    }

    /**
     * The status.
     *
     * @return from 100 to 999
     */
    public int status() {
        return status;
    }

    /**
     * The first value of a header.
     *
     * @param name its name in any case
     * @return the value; empty if the header is not there
     */
    public Optional<String> header(String name) {
        List<String> values = headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
        return values.isEmpty() ? Optional.empty() : Optional.of(values.get(0));
    }

    /**
     * All headers.
     *
     * @return names in lower case, sorted
     */
    public Map<String, List<String>> headers() {
        return new TreeMap<>(headers);
    }

    /**
     * The body.
     *
     * @return its bytes as they come
     */
    public InputStream body() {
        return body;
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}
