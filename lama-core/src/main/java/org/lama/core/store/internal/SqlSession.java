package org.lama.core.store.internal;

import java.io.IOException;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.lama.core.base.Api;
import org.lama.core.base.Tabular;

/**
 * DuckDB in memory, reached through JDBC alone, so that nothing is compiled against it. Once locked it reads what was
 * allowed and nothing else. Not thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.INTERNAL)
public final class SqlSession implements AutoCloseable {
    private static final String URL = "jdbc:duckdb:";

    private final Connection connection;

    private SqlSession(Connection connection) {
        this.connection = connection;
    }

    /**
     * Starts an empty database.
     *
     * @param libraries what to add where the driver is missing
     * @return the session
     * @throws IOException if the driver is missing or does not start
     */
    public static SqlSession open(String libraries) throws IOException {
        try {
            return new SqlSession(DriverManager.getConnection(URL, new Properties()));
        } catch (SQLException e) {
            throw new IOException(
                    "SQL over a store needs an optional library, add " + libraries
                            + " to the class path, or start the command line with LAMA_FULL=1 (" + e.getMessage() + ")",
                    e);
        }
    }

    /**
     * Does something that has no answer.
     *
     * @param sql the statement
     * @throws IOException if it fails
     */
    public void execute(String sql) throws IOException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /**
     * Asks a question.
     *
     * @param sql the question
     * @param maxRows how many rows an answer may have
     * @return its columns
     * @throws IOException if it fails or has more rows
     */
    public List<Tabular.Column> query(String sql, int maxRows) throws IOException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            ResultSetMetaData names = rows.getMetaData();
            List<List<Object>> cells = new ArrayList<>();
            for (int column = 0; column < names.getColumnCount(); column++) {
                cells.add(new ArrayList<>());
            }
            while (rows.next()) {
                for (int column = 0; column < cells.size(); column++) {
                    cells.get(column).add(cell(rows, column + 1));
                }
                if (cells.get(0).size() > maxRows) {
                    throw new IOException("the answer has more than " + maxRows + " rows; add a LIMIT, or export");
                }
            }
            List<Tabular.Column> columns = new ArrayList<>();
            for (int column = 0; column < cells.size(); column++) {
                columns.add(new Tabular.Column(names.getColumnLabel(column + 1), cells.get(column)));
            }
            return columns;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private static Object cell(ResultSet rows, int column) throws SQLException {
        Object value = rows.getObject(column);
        if (value instanceof Boolean) {
            return value;
        }
        if (value instanceof Timestamp time) {
            return time.toLocalDateTime().toInstant(ZoneOffset.UTC);
        }
        if (value instanceof OffsetDateTime time) {
            return time.toInstant();
        }
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        if (value instanceof BigInteger big && big.bitLength() < Long.SIZE) {
            return big.longValue();
        }
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        return value == null ? "" : value.toString();
    }

    /** The first lines say what is wrong. */
    private static IOException failed(SQLException e) {
        // the driver puts its own state before what the question is wrong with
        String message = String.valueOf(e.getMessage())
                .replaceFirst("Attempting to execute an unsuccessful or closed pending query result\\s*(Error: )?", "")
                .strip();
        return new IOException("SQL: " + message.replaceAll("\\s*\\R\\s*", " "), e);
    }

    @Override
    public void close() throws IOException {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failed(e);
        }
    }
}
