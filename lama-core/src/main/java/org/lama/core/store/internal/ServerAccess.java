package org.lama.core.store.internal;

import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.lama.core.base.Api;

/**
 * How a server is reached. Its text never holds the password.
 *
 * @param host name or address, with port if given
 * @param database name of the database
 * @param user who connects
 * @param password asked for at each connection; the array is wiped after use
 * @param properties further properties of the driver
 * @param connections at most so many at once
 * @param connectTimeout for how long a server may take to answer to a new connection
 * @param readTimeout for how long an answer is waited for
 * @since 0.1.0
 */
@Api(Api.Status.INTERNAL)
public record ServerAccess(
        String host,
        String database,
        String user,
        Supplier<char[]> password,
        Map<String, String> properties,
        int connections,
        Duration connectTimeout,
        Duration readTimeout) {
    /**
     * Copies the map.
     *
     * @param host name or address, with port if given
     * @param database name of the database
     * @param user who connects
     * @param password asked for at each connection
     * @param properties further properties of the driver
     * @param connections at most so many at once
     * @param connectTimeout for how long a server may take to answer to a new connection
     * @param readTimeout for how long an answer is waited for
     */
    public ServerAccess {
        properties = Map.copyOf(properties);
    }

    /**
     * For how long a connection of the pool is waited for, once the server has answered: others may hold them all.
     *
     * @return three times as long as for a new connection
     */
    public Duration poolTimeout() {
        return connectTimeout.multipliedBy(3);
    }

    @Override
    public String toString() {
        return "postgresql://" + user + "@" + host + "/" + database;
    }
}
