package org.lama.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** COPY beside what a program would write by hand: both into an emptied database, in turn, by the wall. */
class PostgresSpeedTest {
    private static final int ROWS = 100_000;
    private static final int BATCH = 5_000;
    private static final int ROUNDS = 3;

    private final PostgresServer server = PostgresServer.get();

    @Test
    @Tag("slow")
    void copyIsAtLeastThreeTimesAsFastAsBatchesOfInserts() throws Exception {
        ParquetTable table =
                MarketStoreContract.trades(MarketStoreContract.START, MarketStoreContract.DAY / ROWS, ROWS, 1);
        double[] ratios = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            ratios[round] = batchSeconds(table) / copySeconds(table);
        }
        Arrays.sort(ratios);
        assertThat(ratios[ROUNDS / 2]).isGreaterThan(3);
    }

    private double copySeconds(ParquetTable table) throws IOException {
        try (ServerStore store = ServerStores.open(server.settings(server.database()))) {
            long before = System.nanoTime();
            MarketStore.Written written = store.write(key("BTC-USDT"), table, MarketStoreContract.ORIGIN, true);
            double seconds = (System.nanoTime() - before) / 1e9;
            assertThat(written.added()).isEqualTo(ROWS);
            return seconds;
        }
    }

    private double batchSeconds(ParquetTable table) throws IOException, SQLException {
        String database = server.database();
        try (ServerStore store = ServerStores.open(server.settings(database))) {
            // Its partition is there before the clock starts.
            store.write(
                    key("ETH-USDT"),
                    MarketStoreContract.trades(MarketStoreContract.START, 1, 1, 1),
                    MarketStoreContract.ORIGIN,
                    true);
        }
        long[] times = table.times("time");
        double[] prices = table.doubles("price");
        double[] sizes = table.doubles("size");
        try (Connection connection = server.connect(database);
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO lama.ticks (ts, symbol, seq, ns_rem, price, size, side)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")) {
            connection.setAutoCommit(false);
            long before = System.nanoTime();
            for (int i = 0; i < ROWS; i++) {
                insert.setTimestamp(1, new Timestamp(times[i] / 1_000_000));
                insert.setString(2, "BINANCE.SPOT.BTC-USDT");
                insert.setLong(3, i);
                insert.setInt(4, (int) (times[i] % 1_000));
                insert.setDouble(5, prices[i]);
                insert.setDouble(6, sizes[i]);
                insert.setInt(7, 1);
                insert.addBatch();
                if (i % BATCH == BATCH - 1) {
                    insert.executeBatch();
                }
            }
            connection.commit();
            return (System.nanoTime() - before) / 1e9;
        }
    }

    private static SeriesKey key(String pair) {
        return SeriesKey.of("BINANCE.SPOT." + pair, RecordKind.TRADES);
    }
}
