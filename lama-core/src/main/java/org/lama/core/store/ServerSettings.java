package org.lama.core.store;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.store.internal.ServerAccess;
import org.lama.core.store.internal.ServerLink;

/**
 * How a server store is reached and how patient it is. Immutable; the password never stands in its text, in an address
 * or in a message.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class ServerSettings {
    /** Parameters of an address that may pass to the driver: others can load classes or read files. */
    private static final Set<String> PARAMETERS =
            Set.of("sslmode", "sslrootcert", "sslcert", "sslkey", "ApplicationName");

    private static final String CONNECT_TIMEOUT = "connectTimeout";
    private static final String SCHEME = "postgresql://";
    private static final long DEFAULT_SPOOL_BYTES = 1L << 30;

    private final ServerAccess access;
    private final Optional<Path> spool;
    private final long spoolBytes;
    private final int attempts;
    private final Duration firstPause;
    private final Duration statementTimeout;
    private final Pause pause;

    private ServerSettings(ServerAccess access, Patience patience) {
        this.access = access;
        this.spool = patience.spool;
        this.spoolBytes = patience.spoolBytes;
        this.attempts = patience.attempts;
        this.firstPause = patience.firstPause;
        this.statementTimeout = patience.statementTimeout;
        this.pause = patience.pause;
    }

    /** Waits between two attempts. */
    @FunctionalInterface
    public interface Pause {
        /**
         * Waits.
         *
         * @param nanos for how long
         * @throws InterruptedException if the thread is interrupted meanwhile
         */
        void await(long nanos) throws InterruptedException;
    }

    /** What does not concern the address. */
    private record Patience(
            Optional<Path> spool,
            long spoolBytes,
            int attempts,
            Duration firstPause,
            Duration statementTimeout,
            Pause pause) {}

    /**
     * Settings for an address, with four attempts that wait 0.1, 0.2 and 0.4 s between them, 10 s for the server to answer to
     * a new connection, thrice that for one of the four connections to come free, 5 minutes for a statement, and no spool.
     *
     * @param url {@code postgresql://[user[:password]@]host[:port]/database[?sslmode=require]}, also with {@code jdbc:}
     *     before it; further parameters are connectTimeout (in seconds, 1 to 300), sslrootcert, sslcert, sslkey and
     *     ApplicationName
     * @return the settings
     * @throws IllegalArgumentException if it is no such address; the message does not repeat it
     */
    public static ServerSettings of(String url) {
        String text = Check.notBlank(url, "url");
        text = text.startsWith("jdbc:") ? text.substring("jdbc:".length()) : text;
        text = text.startsWith("postgres://") ? SCHEME + text.substring("postgres://".length()) : text;
        Check.that(
                text.startsWith(SCHEME),
                "address of a server must be postgresql://[user[:password]@]host[:port]/database; it begins otherwise");
        URI uri = uri(text);
        String database = uri.getPath() == null || uri.getPath().length() < 2
                ? ""
                : uri.getRawPath().substring(1);
        Check.that(
                !database.isEmpty() && database.indexOf('/') < 0,
                "address of a server must name a database: postgresql://host/database");
        SortedMap<String, String> parameters = parameters(uri);
        String userInfo = uri.getRawUserInfo() == null ? "" : uri.getRawUserInfo();
        int colon = userInfo.indexOf(':');
        String user = decoded(colon < 0 ? userInfo : userInfo.substring(0, colon));
        String password = colon < 0 ? "" : decoded(userInfo.substring(colon + 1));
        String otherUser = parameters.remove("user");
        String otherPassword = parameters.remove("password");
        user = otherUser != null ? otherUser : user.isEmpty() ? "postgres" : user;
        char[] secret = (otherPassword != null ? otherPassword : password).toCharArray();
        Duration connect = connectTimeout(Optional.ofNullable(parameters.remove(CONNECT_TIMEOUT)));
        for (String name : parameters.keySet()) {
            Check.that(
                    PARAMETERS.contains(name),
                    "parameter '" + name + "' of a server's address is none of "
                            + Stream.concat(Stream.of(CONNECT_TIMEOUT), PARAMETERS.stream())
                                    .sorted()
                                    .toList());
        }
        ServerAccess access = new ServerAccess(
                host(uri), database, user, secret::clone, parameters, 4, connect, Duration.ofMinutes(10));
        return new ServerSettings(
                access,
                new Patience(
                        Optional.empty(),
                        DEFAULT_SPOOL_BYTES,
                        4,
                        Duration.ofMillis(100),
                        Duration.ofMinutes(5),
                        TimeUnit.NANOSECONDS::sleep));
    }

    private static Duration connectTimeout(Optional<String> seconds) {
        if (seconds.isEmpty()) {
            return Duration.ofSeconds(10);
        }
        Check.that(
                seconds.get().matches("[1-9][0-9]{0,2}") && Integer.parseInt(seconds.get()) <= 300,
                "connectTimeout of a server's address must be whole seconds from 1 to 300, got " + seconds.get());
        return Duration.ofSeconds(Integer.parseInt(seconds.get()));
    }

    private static URI uri(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            // the reason would repeat the address, and with it a password
            throw new IllegalArgumentException(
                    "address of a server is broken; percent-encode what is special in user and password");
        }
    }

    private static String host(URI uri) {
        Check.that(uri.getHost() != null, "address of a server must name a host: postgresql://host/database");
        return uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
    }

    private static SortedMap<String, String> parameters(URI uri) {
        SortedMap<String, String> parameters = new TreeMap<>();
        String query = uri.getRawQuery();
        if (query != null) {
            for (String part : query.split("&", -1)) {
                int equals = part.indexOf('=');
                Check.that(equals > 0, "parameters of a server's address must be name=value");
                parameters.put(decoded(part.substring(0, equals)), decoded(part.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private Patience patience() {
        return new Patience(spool, spoolBytes, attempts, firstPause, statementTimeout, pause);
    }

    /**
     * A copy with another user.
     *
     * @param user name of the user
     * @param password asked for at each connection: must give a fresh array each time, which is wiped after use; an
     *     empty one for none
     * @return the copy
     */
    public ServerSettings withUser(String user, Supplier<char[]> password) {
        return new ServerSettings(
                new ServerAccess(
                        access.host(),
                        access.database(),
                        Check.notBlank(user, "user"),
                        Check.notNull(password, "password"),
                        access.properties(),
                        access.connections(),
                        access.connectTimeout(),
                        access.readTimeout()),
                patience());
    }

    /**
     * A copy that keeps rows on disk while the server is away.
     *
     * @param folder of the spool, made if missing; one process at a time uses it
     * @param maxBytes largest size of all its files together, above 0; beyond it a write fails
     * @return the copy
     */
    public ServerSettings withSpool(Path folder, long maxBytes) {
        Check.that(maxBytes > 0, "maxBytes must be > 0, got " + maxBytes);
        return new ServerSettings(
                access,
                new Patience(
                        Optional.of(Check.notNull(folder, "folder")),
                        maxBytes,
                        attempts,
                        firstPause,
                        statementTimeout,
                        pause));
    }

    /**
     * A copy that tries more or less often.
     *
     * @param times how often a part is tried before it fails or goes into the spool, at least 1
     * @param first pause after the first failure, doubled after each further one up to 30 s
     * @param how how to wait
     * @return the copy
     */
    public ServerSettings withAttempts(int times, Duration first, Pause how) {
        Check.that(!first.isNegative(), "first pause must be >= 0, got " + first);
        return new ServerSettings(
                access,
                new Patience(
                        spool,
                        spoolBytes,
                        Check.atLeast(times, 1, "times"),
                        first,
                        statementTimeout,
                        Check.notNull(how, "how")));
    }

    /**
     * A copy with other time-outs.
     *
     * @param connect for how long the server may take to answer to a new connection, at least 250 ms; a connection of the
     *     pool is waited for thrice as long
     * @param statement how long one statement of a write may take on the server, at least 1 ms
     * @param read for how long an answer is waited for before the connection counts as lost, at least 1 s
     * @return the copy
     */
    public ServerSettings withTimeouts(Duration connect, Duration statement, Duration read) {
        Check.that(connect.toMillis() >= 250, "connect must be at least 250 ms, got " + connect);
        Check.that(statement.toMillis() >= 1, "statement must be at least 1 ms, got " + statement);
        Check.that(read.toSeconds() >= 1, "read must be at least 1 s, got " + read);
        return new ServerSettings(
                new ServerAccess(
                        access.host(),
                        access.database(),
                        access.user(),
                        access.password(),
                        access.properties(),
                        access.connections(),
                        connect,
                        read),
                new Patience(spool, spoolBytes, attempts, firstPause, statement, pause));
    }

    ServerAccess access() {
        return access;
    }

    Optional<Path> spool() {
        return spool;
    }

    long spoolBytes() {
        return spoolBytes;
    }

    ServerLink.Terms terms() {
        return new ServerLink.Terms(
                toString(), attempts, firstPause.toNanos(), statementTimeout, nanos -> pause.await(nanos));
    }

    /**
     * The address without password.
     *
     * @return {@code postgresql://user@host/database}
     */
    @Override
    public String toString() {
        return access.toString();
    }
}
