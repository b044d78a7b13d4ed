package org.lama.core.store.internal;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.lama.core.base.Api;

/**
 * What an error of the server means for the one who writes. Stateless.
 *
 * @since 0.1.0
 */
@Api(Api.Status.INTERNAL)
public final class ServerFailures {
    /** Our own state for a schema that does not fit. */
    static final String SCHEMA = "LA001";

    /** No partition for a row, or a rule broken. */
    private static final String CHECK_VIOLATION = "23514";

    private static final String UNIQUE_VIOLATION = "23505";
    private static final Set<String> GONE = Set.of("57P01", "57P02", "57P03", "57P05", "53300");
    private static final Set<String> AGAIN = Set.of("40001", "40P01", "55P03");
    private static final Set<String> NEVER = Set.of("28", "3D", "LA", "0A");

    /** The client cannot connect; refused, unknown or silent. */
    private static final String UNABLE = "08001";

    /** Somebody answered, and wants a password, or another kind of encryption. */
    private static final String REJECTED = "08004";

    private ServerFailures() {}

    /**
     * Whether the server cannot be reached, so that rows must wait.
     *
     * @param error what was thrown
     * @return true if so
     */
    public static boolean away(SQLException error) {
        boolean pool = false;
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException) {
                String state = state((SQLException) cause);
                if (state.equals(REJECTED)) {
                    return false;
                }
                if (state.length() >= 2 && NEVER.contains(state.substring(0, 2))) {
                    return false;
                }
                if (state.startsWith("08") || GONE.contains(state)) {
                    return true;
                }
                pool |= cause instanceof SQLTransientConnectionException;
            }
        }
        return pool;
    }

    /**
     * Whether the same transaction can succeed if it is run again at once.
     *
     * @param error what was thrown
     * @return true if so
     */
    public static boolean passing(SQLException error) {
        return AGAIN.contains(state(error));
    }

    /** Whether rows met what nobody told us of: others there already, or a partition gone. */
    static boolean collides(SQLException error) {
        return state(error).equals(UNIQUE_VIOLATION) || state(error).equals(CHECK_VIOLATION);
    }

    /**
     * Whether nobody answered in time, so that the same question a moment later costs as long again.
     *
     * @param error what was thrown by a new connection
     * @return true if so
     */
    static boolean silent(SQLException error) {
        boolean told = false;
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof SocketTimeoutException) {
                return true;
            }
            told |= cause instanceof ConnectException || cause instanceof UnknownHostException;
        }
        return !told && error.getCause() == null && state(error).equals(UNABLE);
    }

    /**
     * What is wrong, in the words of who saw it: a pool of connections only says that it has none, and a driver that the
     * attempt failed.
     */
    static String cause(SQLException error) {
        if (silent(error)) {
            return "timed out, nobody answered; look whether host and port are right and no firewall is between, or wait"
                    + " longer with ?connectTimeout=SECONDS in the address";
        }
        String words = String.valueOf(error.getMessage());
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException && cause.getMessage() != null) {
                words = cause.getMessage();
            } else if (cause instanceof UnknownHostException) {
                return "unknown host " + cause.getMessage() + "; look whether its name is right";
            } else if (cause instanceof SSLException) {
                return "TLS failed: " + cause.getMessage();
            }
        }
        return words;
    }

    private static String state(SQLException error) {
        @Nullable String state = error.getSQLState();
        return state == null ? "" : state;
    }
}
