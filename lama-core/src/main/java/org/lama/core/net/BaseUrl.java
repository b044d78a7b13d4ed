package org.lama.core.net;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * Where a source lives: scheme, host, port and perhaps a first part of the path. Always {@code https} or {@code wss};
 * plain {@code http} and {@code ws} only to this machine by a loopback name. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class BaseUrl {
    private static final Set<String> PLAIN = Set.of("http", "ws");
    private static final Set<String> SECURE = Set.of("https", "wss");

    private final URI uri;
    private final boolean privateAllowed;

    private BaseUrl(URI uri, boolean privateAllowed) {
        this.uri = uri;
        this.privateAllowed = privateAllowed;
    }

    /**
     * A source in the public network, or on this machine by a loopback name.
     *
     * @param url for example {@code https://api.binance.com}
     * @return the base
     * @throws IllegalArgumentException if it is no such address, or plain http to another machine
     */
    public static BaseUrl of(String url) {
        return new BaseUrl(parse(url), false);
    }

    /**
     * A source that may live in a private network, such as one's own node. Still {@code https} unless it is this machine.
     *
     * @param url for example {@code https://10.0.0.7:8545}
     * @return the base
     * @throws IllegalArgumentException if it is no such address, or plain http to another machine
     */
    public static BaseUrl inPrivateNetwork(String url) {
        return new BaseUrl(parse(url), true);
    }

    private static URI parse(String url) {
        String shown = Redactor.of(List.of()).redact(url);
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("base URL must be an address such as https://host, got " + shown);
        }
        String scheme = Optional.ofNullable(uri.getScheme()).orElse("").toLowerCase(Locale.ROOT);
        String host = uri.getHost();
        Check.that(
                host != null && (PLAIN.contains(scheme) || SECURE.contains(scheme)),
                "base URL must be https://host or wss://host, got " + shown);
        Check.that(
                uri.getRawUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null,
                "base URL must have no user, query or fragment, got " + shown);
        Check.that(
                SECURE.contains(scheme) || isLoopback(Check.notNull(host, "host")),
                "plain " + scheme + " goes to this machine only; use https or wss, got " + shown);
        String text = uri.toString();
        return URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    }

    /** By name, so that no lookup can turn another machine's name into a loopback. */
    static boolean isLoopback(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost") || name.equals("[::1]") || name.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
    }

    /**
     * The host.
     *
     * @return its name or number
     */
    public String host() {
        return uri.getHost();
    }

    /** Whether this machine is meant. */
    boolean isLoopback() {
        return isLoopback(host());
    }

    /** Whether addresses of private networks may be called. */
    boolean privateAllowed() {
        return privateAllowed;
    }

    /** Joins the base and a path that begins with a slash. */
    URI resolve(String pathAndQuery) {
        return URI.create(uri + pathAndQuery);
    }

    /** Whether an address has the same scheme, host and port. */
    boolean isSamePlace(URI other) {
        return other.getHost() != null
                && uri.getScheme().equalsIgnoreCase(other.getScheme())
                && uri.getHost().equalsIgnoreCase(other.getHost())
                && port(uri) == port(other)
                && other.getRawUserInfo() == null;
    }

    private static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return SECURE.contains(uri.getScheme().toLowerCase(Locale.ROOT)) ? 443 : 80;
    }

    /**
     * The address.
     *
     * @return the address, with parts of the path masked that look like keys
     */
    @Override
    public String toString() {
        return Redactor.of(List.of()).redact(uri.toString());
    }
}
