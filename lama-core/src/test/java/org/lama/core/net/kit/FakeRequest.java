package org.lama.core.net.kit;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** A call that the fake venue got: everything as it came, names of headers in lower case. */
public record FakeRequest(String method, String path, String query, Map<String, String> headers, String body) {
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** A query parameter, decoded. */
    public Optional<String> parameter(String name) {
        for (String pair : query.split("&", -1)) {
            if (pair.startsWith(name + "=")) {
                return Optional.of(URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8));
            }
        }
        return Optional.empty();
    }

    /** A query parameter that is a number. */
    public long number(String name, long otherwise) {
        return parameter(name).map(Long::parseLong).orElse(otherwise);
    }
}
