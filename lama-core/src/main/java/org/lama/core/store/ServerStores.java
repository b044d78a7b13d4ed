package org.lama.core.store;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.store.internal.ServerAccess;
import org.lama.core.store.internal.ServerDriver;
import org.lama.core.store.internal.ServerLink;

/**
 * Market records on a PostgreSQL server, with TimescaleDB where it is installed. Its libraries are optional: without
 * them the errors name what to add. Stateless and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class ServerStores {
    /** What must be on the class path. */
    static final String LIBRARIES = "org.postgresql:postgresql:42.7.14, com.zaxxer:HikariCP:7.1.0 and"
            + " org.flywaydb:flyway-database-postgresql:11.8.0";

    private static final String MISSING = "a store on a server needs optional libraries, add " + LIBRARIES
            + " to the class path, or start the command line with LAMA_FULL=1";

    /** Known by name alone: the file is not there in builds without its libraries. */
    private static final String DRIVER = "org.lama.core.store.internal.PostgresDriver";

    private ServerStores() {}

    /**
     * Brings the schema {@code lama} of a database to the version of this library; the database itself must exist, and
     * the user must own it or may make schemas in it. Nothing happens if it is up to date.
     *
     * @param settings how the server is reached
     * @return number of migrations that were applied
     * @throws IOException if the server cannot be reached or refuses, or the optional libraries are missing
     */
    public static int initialise(ServerSettings settings) throws IOException {
        try (ServerDriver driver = driver(settings, DRIVER)) {
            return ServerLink.migrate(settings.toString(), driver);
        }
    }

    /**
     * Opens a store. With a spool it also opens while the server is away.
     *
     * @param settings how the server is reached
     * @return the store; close it
     * @throws IOException if the server cannot be reached, its schema is missing, older or newer, another process uses
     *     the spool, or the optional libraries are missing
     */
    public static ServerStore open(ServerSettings settings) throws IOException {
        return ServerStore.open(settings, driver(settings, DRIVER));
    }

    static ServerDriver driver(ServerSettings settings, String driver) throws IOException {
        Check.notNull(settings, "settings");
        try {
            return Class.forName(driver)
                    .asSubclass(ServerDriver.class)
                    .getConstructor(ServerAccess.class)
                    .newInstance(settings.access());
        } catch (ClassNotFoundException | NoClassDefFoundError e) {
            throw new IOException(MISSING, e);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof NoClassDefFoundError) {
                throw new IOException(MISSING, e);
            }
            throw new IOException(settings + ": the pool of connections does not start: " + e.getCause(), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(driver + " has another constructor than expected", e);
        }
    }
}
