package org.lama.core.store.internal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.lama.core.base.Api;
import org.postgresql.Driver;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyOut;

/**
 * PostgreSQL's driver, HikariCP and Flyway: the only file that knows them. It is left out of builds without these
 * libraries and reached by its name only.
 *
 * @since 0.1.0
 */
@Api(Api.Status.INTERNAL)
public final class PostgresDriver implements ServerDriver {
    private static final int MIN_WAIT_MILLIS = 250;

    private final Connections server;
    private final HikariDataSource pool;
    private volatile boolean reached;

    /**
     * Opens a pool; it connects at the first use.
     *
     * @param access how the server is reached
     */
    public PostgresDriver(ServerAccess access) {
        HikariConfig config = new HikariConfig();
        server = new Connections(access);
        config.setDataSource(server);
        config.setPoolName("lama");
        config.setMaximumPoolSize(access.connections());
        config.setMinimumIdle(0);
        config.setAutoCommit(false);
        config.setInitializationFailTimeout(-1);
        config.setConnectionTimeout(
                Math.max(MIN_WAIT_MILLIS, access.poolTimeout().toMillis()));
        config.setValidationTimeout(config.getConnectionTimeout());
        pool = new HikariDataSource(config);
    }

    @Override
    public Connection connect() throws SQLException {
        if (!reached) {
            // a pool tries until its time is up, whatever the reason: the first time nobody should wait for a wrong
            // address
            server.getConnection().close();
            reached = true;
        }
        return pool.getConnection();
    }

    @Override
    public long copyIn(Connection connection, String sql, Source source) throws SQLException, IOException {
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
        try {
            source.write((bytes, length) -> {
                try {
                    copy.writeToCopy(bytes, 0, length);
                } catch (SQLException e) {
                    throw new BrokenCopy(e);
                }
            });
            return copy.endCopy();
        } catch (BrokenCopy e) {
            throw e.reason;
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    @Override
    public Rows copyOut(Connection connection, String sql) throws SQLException {
        CopyOut copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(sql);
        return new Rows() {
            @Override
            public byte[] next() throws SQLException {
                byte @Nullable [] row = copy.readFromCopy();
                return row == null ? new byte[0] : row;
            }

            @Override
            public void abandon() throws SQLException {
                if (copy.isActive()) {
                    // a cancelled COPY can leave the connection out of step: give it up, the server notices
                    connection.abort(Runnable::run);
                }
            }
        };
    }

    @Override
    public int migrate(String location) throws SQLException, IOException {
        // tells an unreachable server from a migration that fails
        connect().close();
        try {
            return Flyway.configure(PostgresDriver.class.getClassLoader())
                    .dataSource(pool)
                    .locations("classpath:" + location)
                    .defaultSchema("lama")
                    .createSchemas(true)
                    .placeholderReplacement(false)
                    .validateMigrationNaming(true)
                    .load()
                    .migrate()
                    .migrationsExecuted;
        } catch (FlywayException e) {
            throw new IOException("the schema could not be brought to the newest version: " + words(e), e);
        }
    }

    /** Two files of one version are no fault of the database: one was renamed, and a build left the old one. */
    private static String words(FlywayException failure) {
        List<String> lines = String.valueOf(failure.getMessage()).lines().toList();
        if (!lines.get(0).startsWith("Found more than one migration with version")) {
            return String.join(" ", lines);
        }
        List<String> files = lines.stream()
                .filter(line -> line.startsWith("-> "))
                .map(line -> line.replaceFirst("^-> (.*[/\\\\])?", "").replaceFirst(" \\(.*", ""))
                .toList();
        return "several migrations have one version: " + String.join(", ", files)
                + "; one is left over from an earlier build: build anew with 'mvn clean install', or delete that file among"
                + " the classes";
    }

    @Override
    public void close() {
        pool.close();
    }

    /** Carries an error of the server through the writer of the rows. */
    private static final class BrokenCopy extends IOException {
        private static final long serialVersionUID = 1L;

        private final transient SQLException reason;

        BrokenCopy(SQLException reason) {
            super(reason);
            this.reason = reason;
        }
    }

    /** Asks for the password at each connection, so that nobody keeps it in between. */
    private static final class Connections implements DataSource {
        private final ServerAccess access;
        private final Driver driver = new Driver();

        Connections(ServerAccess access) {
            this.access = access;
        }

        @Override
        public Connection getConnection() throws SQLException {
            Properties properties = new Properties();
            access.properties().forEach(properties::setProperty);
            properties.setProperty("user", access.user());
            properties.setProperty(
                    "connectTimeout", seconds(access.connectTimeout().toSeconds()));
            properties.setProperty(
                    "loginTimeout", seconds(access.connectTimeout().toSeconds()));
            properties.setProperty("socketTimeout", seconds(access.readTimeout().toSeconds()));
            properties.setProperty("tcpKeepAlive", "true");
            // messages of the server could repeat rows
            properties.setProperty("logServerErrorDetail", "false");
            char[] password = access.password().get();
            try {
                if (password.length > 0) {
                    properties.setProperty("password", new String(password));
                }
                Connection connection =
                        driver.connect("jdbc:postgresql://" + access.host() + "/" + access.database(), properties);
                if (connection == null) {
                    throw new SQLException("the driver does not know the address of " + access, "08001");
                }
                return connection;
            } finally {
                Arrays.fill(password, '\0');
            }
        }

        private static String seconds(long seconds) {
            return Long.toString(Math.max(1, seconds));
        }

        @Override
        public Connection getConnection(String user, String password) throws SQLException {
            throw new SQLFeatureNotSupportedException("the settings name the user");
        }

        @Override
        public @Nullable PrintWriter getLogWriter() {
            return null;
        }

        @Override
        public void setLogWriter(@Nullable PrintWriter out) {
            // nothing is logged
        }

        @Override
        public void setLoginTimeout(int seconds) {
            // the settings say it
        }

        @Override
        public int getLoginTimeout() {
            return (int) access.connectTimeout().toSeconds();
        }

        @Override
        public Logger getParentLogger() throws SQLFeatureNotSupportedException {
            throw new SQLFeatureNotSupportedException("nothing is logged");
        }

        @Override
        public <T> T unwrap(Class<T> type) throws SQLException {
            throw new SQLException("not a wrapper of " + type);
        }

        @Override
        public boolean isWrapperFor(Class<?> type) {
            return false;
        }
    }
}
