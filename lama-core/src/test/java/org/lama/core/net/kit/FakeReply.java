package org.lama.core.net.kit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** What the fake venue answers, and how it spoils it. Immutable: every method makes a new one. */
public final class FakeReply {
    /** What happens after some bytes of the body. */
    enum Ending {
        WHOLE,
        STALL,
        RESET,
        CUT,
        DRIP
    }

    /** Makes replies out of requests. */
    @FunctionalInterface
    public interface Handler {
        FakeReply reply(FakeRequest request);
    }

    final int status;
    final Map<String, String> headers;
    final byte[] body;
    final Ending ending;
    final int after;

    private FakeReply(int status, Map<String, String> headers, byte[] body, Ending ending, int after) {
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.ending = ending;
        this.after = after;
    }

    public static FakeReply of(int status, String contentType, byte[] body) {
        return new FakeReply(status, Map.of("Content-Type", contentType), body.clone(), Ending.WHOLE, 0);
    }

    public static FakeReply json(String text) {
        return of(200, "application/json;charset=UTF-8", text.getBytes(StandardCharsets.UTF_8));
    }

    public static FakeReply jsonError(int status, String text) {
        return of(status, "application/json", text.getBytes(StandardCharsets.UTF_8));
    }

    public static FakeReply text(String text) {
        return of(200, "text/plain", text.getBytes(StandardCharsets.UTF_8));
    }

    /** A page of a proxy that stands before the venue. */
    public static FakeReply html(int status) {
        String page = "<html><head><title>" + status + "</title></head><body>Please come back later</body></html>";
        return of(status, "text/html", page.getBytes(StandardCharsets.UTF_8));
    }

    /** 429; seconds or a date of HTTP. */
    public static FakeReply tooManyRequests(String retryAfter) {
        return jsonError(429, "{\"code\":-1003,\"msg\":\"Too many requests.\"}").header("Retry-After", retryAfter);
    }

    /** 418, as Binance bans. */
    public static FakeReply banned(String retryAfter) {
        return jsonError(418, "{\"code\":-1003,\"msg\":\"IP banned.\"}").header("Retry-After", retryAfter);
    }

    public static FakeReply redirect(int status, String location) {
        return of(status, "text/plain", new byte[0]).header("Location", location);
    }

    /** Few bytes that expand to many. */
    public static FakeReply bomb(int expandedBytes) {
        return of(200, "application/json", new byte[expandedBytes]).gzipped();
    }

    /** A file with an ETag that is sent in parts on request. */
    public static Handler file(byte[] content, String etag) {
        return request -> {
            FakeReply whole = of(200, "application/octet-stream", content).header("ETag", etag);
            Optional<String> range = request.header("range");
            boolean same = request.header("if-range").map(etag::equals).orElse(true);
            if (range.isEmpty() || !same) {
                return whole;
            }
            int from = Integer.parseInt(range.get().replaceAll("\\D", ""));
            if (from >= content.length) {
                return of(416, "text/plain", new byte[0]).header("Content-Range", "bytes */" + content.length);
            }
            return of(206, "application/octet-stream", Arrays.copyOfRange(content, from, content.length))
                    .header("ETag", etag)
                    .header("Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
        };
    }

    public FakeReply header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new FakeReply(status, more, body, ending, after);
    }

    public FakeReply gzipped() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new FakeReply(status, headers, out.toByteArray(), ending, after).header("Content-Encoding", "gzip");
    }

    /** The body is shorter than it says of itself, in a way that HTTP does not notice. */
    public FakeReply shortened(int bytes) {
        return new FakeReply(status, headers, Arrays.copyOf(body, bytes), ending, after);
    }

    /** The schema has changed: a field has another name. */
    public FakeReply renamed(String field, String other) {
        String text = new String(body, StandardCharsets.UTF_8).replace('"' + field + '"', '"' + other + '"');
        return new FakeReply(status, headers, text.getBytes(StandardCharsets.UTF_8), ending, after);
    }

    /** Nothing more comes after some bytes, and the connection stays. */
    public FakeReply stallAfter(int bytes) {
        return new FakeReply(status, headers, body, Ending.STALL, bytes);
    }

    /** The connection is reset after some bytes. */
    public FakeReply resetAfter(int bytes) {
        return new FakeReply(status, headers, body, Ending.RESET, bytes);
    }

    /** The connection is closed after some bytes. */
    public FakeReply cutAfter(int bytes) {
        return new FakeReply(status, headers, body, Ending.CUT, bytes);
    }

    /** So many bytes at a time, with a tick of the clock between: slow loris. */
    public FakeReply dripping(int bytes) {
        return new FakeReply(status, headers, body, Ending.DRIP, bytes);
    }
}
