package org.lama.core.net;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.store.Checksums;

/**
 * One question to a source: method, path, query, headers, body, its weight in the venue's budget, and what the answer
 * must look like. Values are percent-encoded, so a symbol such as {@code ../../etc} stays one harmless part of a path.
 * Secrets go in as {@link Secret} and never come out of {@link #shown(BaseUrl)}. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class HttpCall {
    private static final Pattern PART = Pattern.compile("\\{([a-zA-Z][a-zA-Z0-9]*)}");
    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._~{}:@!$&()*+,;=%-]*)+");
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9-]+");
    private static final byte[] NOTHING = {};

    private final Builder made;
    private final Redactor redactor;

    private HttpCall(Builder builder) {
        made = builder;
        List<Secret> secrets = new ArrayList<>();
        for (Map<String, Object> values : List.of(made.parts, made.query, made.headers)) {
            values.values().stream()
                    .filter(Secret.class::isInstance)
                    .map(Secret.class::cast)
                    .forEach(secrets::add);
        }
        redactor = Redactor.of(secrets);
    }

    /**
     * Starts a read.
     *
     * @param path begins with a slash; {@code {name}} stands for a part given later
     * @return a builder
     */
    public static Builder get(String path) {
        return new Builder("GET", path, NOTHING, "");
    }

    /**
     * Starts a question with a body, such as a GraphQL query or a JSON-RPC call. It is not repeated after a failure unless
     * {@link Builder#readOnly()} says that it changes nothing.
     *
     * @param path begins with a slash; {@code {name}} stands for a part given later
     * @param body the body as UTF-8 text; must hold no secret
     * @param contentType its type, such as {@code application/json}
     * @return a builder
     */
    public static Builder post(String path, String body, String contentType) {
        return new Builder("POST", path, body.getBytes(StandardCharsets.UTF_8), contentType);
    }

    /** Collects a call. Not thread-safe; used once. */
    public static final class Builder {
        private final String method;
        private final String path;
        private final byte[] body;
        private final Map<String, Object> parts = new LinkedHashMap<>();
        private final Map<String, Object> query = new LinkedHashMap<>();
        private final Map<String, Object> headers = new LinkedHashMap<>();
        private final List<BodyCheck> checks = new ArrayList<>();
        private List<String> accepted = List.of();
        private boolean readOnly;
        private int weight = 1;
        private Duration timeToLive = Duration.ZERO;

        private Builder(String method, String path, byte[] body, String contentType) {
            Check.that(
                    PATH.matcher(path).matches() && !(path + "/").contains("/../"),
                    "path must be /part/part without blanks, '..', '?' and '#', got "
                            + Redactor.of(List.of()).redact(path));
            this.method = method;
            this.path = path;
            this.body = body;
            readOnly = method.equals("GET");
            if (!contentType.isEmpty()) {
                headers.put("Content-Type", text(contentType, "contentType"));
            }
        }

        private Builder(Builder other) {
            method = other.method;
            path = other.path;
            body = other.body;
            parts.putAll(other.parts);
            query.putAll(other.query);
            headers.putAll(other.headers);
            checks.addAll(other.checks);
            accepted = other.accepted;
            readOnly = other.readOnly;
            weight = other.weight;
            timeToLive = other.timeToLive;
        }

        /**
         * Fills a part of the path.
         *
         * @param name the name within braces
         * @param value its value, encoded here
         * @return this builder
         */
        public Builder part(String name, String value) {
            return put(parts, name, Check.notBlank(value, name));
        }

        /**
         * Fills a part of the path with a key.
         *
         * @param name the name within braces
         * @param value its value
         * @return this builder
         */
        public Builder part(String name, Secret value) {
            return put(parts, name, value);
        }

        /**
         * Adds a query parameter.
         *
         * @param name its name, encoded here
         * @param value its value, encoded here
         * @return this builder
         */
        public Builder query(String name, String value) {
            return put(query, name, value);
        }

        /**
         * Adds a number as a query parameter.
         *
         * @param name its name, encoded here
         * @param value its value
         * @return this builder
         */
        public Builder query(String name, long value) {
            return put(query, name, Long.toString(value));
        }

        /**
         * Adds a key as a query parameter.
         *
         * @param name its name, encoded here
         * @param value its value
         * @return this builder
         */
        public Builder query(String name, Secret value) {
            return put(query, name, value);
        }

        /**
         * Adds a header.
         *
         * @param name its name
         * @param value its value, printable ASCII
         * @return this builder
         */
        public Builder header(String name, String value) {
            return put(headers, header(name), text(value, name));
        }

        /**
         * Adds a key as a header.
         *
         * @param name its name
         * @param value its value
         * @return this builder
         */
        public Builder header(String name, Secret value) {
            return put(headers, header(name), value);
        }

        /**
         * What the call takes from the venue's budget.
         *
         * @param units at least 0; 1 if not set
         * @return this builder
         */
        public Builder weight(int units) {
            weight = Check.atLeast(units, 0, "weight");
            return this;
        }

        /**
         * Says that a call with a body changes nothing, so that it may be repeated after a failure.
         *
         * @return this builder
         */
        public Builder readOnly() {
            readOnly = true;
            return this;
        }

        /**
         * How long a kept answer is used without asking again; after that it is asked with its ETag, if it had one.
         *
         * @param age not negative; zero, if not set, means that the answer is not kept
         * @return this builder
         */
        public Builder keepFor(Duration age) {
            Check.that(!age.isNegative(), "timeToLive must be >= 0, got " + age);
            timeToLive = age;
            return this;
        }

        /**
         * The types of content that are understood.
         *
         * @param types for example {@code application/json}; any type if not set
         * @return this builder
         */
        public Builder accept(String... types) {
            accepted = List.of(types);
            return this;
        }

        /**
         * What the content must fulfil.
         *
         * @param check looks at the expanded body of a good reply
         * @return this builder
         */
        public Builder check(BodyCheck check) {
            checks.add(check);
            return this;
        }

        /**
         * Makes the call.
         *
         * @return the call
         * @throws IllegalArgumentException if a part of the path is missing or not used
         */
        public HttpCall build() {
            Matcher part = PART.matcher(path);
            List<String> wanted = new ArrayList<>();
            while (part.find()) {
                wanted.add(part.group(1));
            }
            Check.that(
                    wanted.size() == parts.size() && parts.keySet().containsAll(wanted),
                    "parts of the path " + path + " must be " + wanted + ", got " + parts.keySet());
            return new HttpCall(this);
        }

        private Builder put(Map<String, Object> values, String name, Object value) {
            Check.notNull(value, name);
            Check.that(values.putIfAbsent(Check.notBlank(name, "name"), value) == null, name + " is set twice");
            return this;
        }

        private static String header(String name) {
            Check.that(HEADER.matcher(name).matches(), "header must be letters, digits and '-', got " + name);
            return name;
        }

        private static String text(String value, String name) {
            Check.that(value.chars().allMatch(c -> c >= ' ' && c < 0x7f), name + " must be printable ASCII");
            return value;
        }
    }

    /**
     * The method.
     *
     * @return GET or POST
     */
    public String method() {
        return made.method;
    }

    /**
     * The body.
     *
     * @return a copy, empty for a read
     */
    public byte[] body() {
        return made.body.clone();
    }

    /**
     * What the call takes from the venue's budget.
     *
     * @return at least 0
     */
    public int weight() {
        return made.weight;
    }

    /**
     * Whether the call may be repeated after a failure.
     *
     * @return true if it changes nothing on the other side
     */
    public boolean isReadOnly() {
        return made.readOnly;
    }

    /**
     * How long a kept answer is used without asking again.
     *
     * @return not negative; zero means that answers are not kept
     */
    public Duration timeToLive() {
        return made.timeToLive;
    }

    /**
     * The types of content that are understood.
     *
     * @return empty if any
     */
    public List<String> accepted() {
        return made.accepted;
    }

    /**
     * The first complaint about a body.
     *
     * @param body the expanded body of a good reply
     * @return what is wrong with it; empty if nothing
     */
    public Optional<String> complaint(byte[] body) {
        return made.checks.stream()
                .map(check -> check.complaint(body))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** The whole address, with its secrets: for the transport only. */
    URI uri(BaseUrl base) {
        return base.resolve(pathAndQuery(true));
    }

    /** This call with one more header, which replaces one of the same name. */
    HttpCall with(String name, String value) {
        Builder copy = new Builder(made);
        copy.headers.put(name, value);
        return new HttpCall(copy);
    }

    /** Headers with their secrets: for the transport only. */
    Map<String, String> headers() {
        Map<String, String> plain = new LinkedHashMap<>();
        made.headers.forEach((name, value) -> plain.put(name, raw(value, true)));
        return plain;
    }

    /** What tells this call from others, without secrets: for the cache. */
    String identity(BaseUrl base) {
        return made.method + " " + base.resolve("") + pathAndQuery(false) + " " + made.accepted + " "
                + Checksums.sha256(made.body);
    }

    /**
     * The call as it may be shown.
     *
     * @param base where it goes
     * @return method and address, redacted
     */
    public String shown(BaseUrl base) {
        return made.method + " " + redactor.redact(base.resolve("") + pathAndQuery(false));
    }

    /**
     * Masks this call's secrets, and what looks like one, in a text.
     *
     * @return its redactor
     */
    public Redactor redactor() {
        return redactor;
    }

    private String pathAndQuery(boolean open) {
        StringBuilder out = new StringBuilder();
        Matcher part = PART.matcher(made.path);
        int from = 0;
        while (part.find()) {
            Object value = Check.notNull(made.parts.get(part.group(1)), part.group(1));
            out.append(made.path, from, part.start()).append(encoded(value, open));
            from = part.end();
        }
        out.append(made.path, from, made.path.length());
        char separator = '?';
        for (Map.Entry<String, Object> entry : made.query.entrySet()) {
            out.append(separator).append(encoded(entry.getKey(), open)).append('=');
            out.append(encoded(entry.getValue(), open));
            separator = '&';
        }
        return out.toString();
    }

    /** Dots alone would climb the path: the URI standard lets them be encoded. */
    private static String encoded(Object value, boolean open) {
        if (value instanceof Secret && !open) {
            return Secret.MASK;
        }
        String text =
                URLEncoder.encode(raw(value, open), StandardCharsets.UTF_8).replace("+", "%20");
        return text.equals(".") || text.equals("..") ? text.replace(".", "%2E") : text;
    }

    private static String raw(Object value, boolean open) {
        if (value instanceof Secret secret) {
            return open ? secret.use(String::new) : Secret.MASK;
        }
        return (String) value;
    }

    /**
     * Method and path, without base and secrets.
     *
     * @return one line
     */
    @Override
    public String toString() {
        return made.method + " " + redactor.redact(pathAndQuery(false));
    }
}
