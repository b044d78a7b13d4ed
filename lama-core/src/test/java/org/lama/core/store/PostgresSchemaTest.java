package org.lama.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lama.core.market.InstrumentId;
import org.lama.core.store.internal.RawColumn;
import org.lama.core.store.internal.ReadRequest;
import org.lama.core.store.internal.RowBlock;
import org.lama.core.store.internal.ServerDriver;
import org.lama.core.store.internal.ServerReading;
import org.lama.core.store.internal.ServerRegister;
import org.lama.core.store.internal.ServerSeries;
import org.lama.core.store.internal.ServerTable;
import org.lama.core.store.internal.ServerWriting;

/** The schema: versions, columns, rules of the database itself, partitions, hostile names. */
class PostgresSchemaTest {
    private static final long START = MarketStoreContract.START;
    private static final long SECOND = MarketStoreContract.SECOND;

    private PostgresServer server;

    @BeforeEach
    void start() {
        server = PostgresServer.get();
    }

    @Test
    void anUninitialisedOlderOrNewerDatabaseSaysWhatToDo() throws IOException {
        String database = server.database(false);
        ServerSettings settings = server.settings(database);
        assertThatThrownBy(() -> ServerStores.open(settings))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("init-db");
        assertThat(ServerStores.initialise(settings)).isEqualTo(2);
        assertThat(ServerStores.initialise(settings)).isZero();
        ServerStores.open(settings).close();

        server.run(database, "UPDATE lama.flyway_schema_history SET success = false");
        assertThatThrownBy(() -> ServerStores.open(settings)).hasMessageContaining("init-db");
        server.run(database, "UPDATE lama.flyway_schema_history SET success = true, version = '999'");
        assertThatThrownBy(() -> ServerStores.open(settings)).hasMessageContaining("newer");
    }

    @Test
    void twoMigrationsOfOneVersionAreNamed() throws IOException {
        ServerSettings settings = server.settings(server.database(false));
        try (ServerDriver driver = ServerStores.driver(settings, "org.lama.core.store.internal.PostgresDriver")) {
            assertThatThrownBy(() -> driver.migrate("two-of-one"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(": several migrations have one version: V1__")
                    .hasMessageContainingAll("V1__first_name.sql", "V1__second_name.sql", "mvn clean install")
                    .hasMessageNotContaining("\n");
        }
    }

    @Test
    void aSchemaThatSomebodyElseMadeIsNotOverwritten() {
        String database = server.database(false);
        server.run(database, "CREATE SCHEMA lama; CREATE TABLE lama.series (x int)");
        assertThatThrownBy(() -> ServerStores.initialise(server.settings(database)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void theTablesHaveTheColumnsOfTheirKinds() {
        String database = server.database();
        for (RecordKind kind : RecordKind.values()) {
            List<String> columns = server.query(
                    database,
                    "SELECT column_name || CASE is_nullable WHEN 'NO' THEN ' required' ELSE '' END"
                            + " FROM information_schema.columns WHERE table_schema = 'lama' AND table_name = '"
                            + ServerTable.nameOf(kind) + "' ORDER BY ordinal_position");
            List<String> expected = new ArrayList<>(List.of("ts required", "symbol required"));
            if (kind == RecordKind.BARS) {
                expected.add("bar_seconds required");
            }
            expected.addAll(List.of("seq required", "ns_rem required"));
            kind.fields().forEach(field -> expected.add(field.name() + (field.required() ? " required" : "")));
            expected.addAll(List.of("revision required", "available", "numbers", "wholes", "texts"));
            assertThat(columns).as(kind.name()).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'NaN', 1, 0, 0",
                "'Infinity', 1, 0, 0",
                "0, 1, 0, 0",
                "-1, 1, 0, 0",
                "1, -1, 0, 0",
                "1, 'NaN', 0, 0",
                "1, 'Infinity', 0, 0",
                "1, 1, 2, 0",
                "1, 1, 0, 1000",
                "1, 1, 0, -1",
                "NULL, 1, 0, 0",
            })
    void theDatabaseItselfRefusesBrokenTrades(String values) {
        String database = server.database();
        server.run(database, "SELECT lama.ensure_partition('ticks', date '2024-01-02')");
        String insert = "INSERT INTO lama.ticks (ts, symbol, seq, price, size, side, ns_rem) VALUES"
                + " ('2024-01-02T00:00:00Z', 'BINANCE.SPOT.BTC-USDT', 1, ";
        assertThatThrownBy(() -> server.run(database, insert + values + ")")).hasCauseInstanceOf(SQLException.class);
        server.run(database, insert + "1, 1, 0, 0)");
    }

    @Test
    void partitionsAreMadeOnDemandAndOnce() throws IOException {
        String database = server.database();
        assertThat(server.query(
                        database,
                        "SELECT inhrelid::regclass FROM pg_inherits WHERE inhparent =" + " 'lama.ticks'::regclass"))
                .isEmpty();
        try (ServerStore store = ServerStores.open(server.settings(database))) {
            store.write(
                    MarketStoreContract.TRADES,
                    MarketStoreContract.trades(START, 12 * 3600 * SECOND, 5, 1),
                    MarketStoreContract.ORIGIN,
                    true);
        }
        assertThat(server.query(
                        database,
                        "SELECT tableoid::regclass || ' ' || count(*) FROM lama.ticks GROUP BY tableoid ORDER BY 1"))
                .containsExactly("lama.ticks_20240131 2", "lama.ticks_20240201 2", "lama.ticks_20240202 1");
        server.run(database, "SELECT lama.ensure_partition('ticks', date '2024-01-31')");
    }

    @Test
    void twoWritersAtOnceStoreEachRowOnce() throws IOException, InterruptedException, ExecutionException {
        String database = server.database();
        ParquetTable all = MarketStoreContract.trades(START, 600 * SECOND, 1_000, 1);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (ServerStore one = ServerStores.open(server.settings(database));
                ServerStore two = ServerStores.open(server.settings(database))) {
            List<Future<Long>> added = new ArrayList<>();
            for (ServerStore store : List.of(one, two)) {
                added.add(threads.submit(() -> {
                    long rows = 0;
                    for (int i = 0; i < 10; i++) {
                        int part = store == one ? i : 9 - i;
                        rows += store.write(
                                        MarketStoreContract.TRADES,
                                        MarketStoreContract.cut(all, part * 100, part * 100 + 100),
                                        MarketStoreContract.ORIGIN,
                                        true)
                                .added();
                    }
                    return rows;
                }));
            }
            assertThat(added.get(0).get() + added.get(1).get()).isEqualTo(1_000);
            MarketStoreContract.assertSame(one.read(MarketStore.Query.all(MarketStoreContract.TRADES)), all);
            assertThat(one.catalogue().get(0).rows()).isEqualTo(1_000);
        } finally {
            threads.shutdownNow();
        }
    }

    /** The embedded server has no TimescaleDB; its one function is played, the statements around it run. */
    @Test
    void withTimescaleTheTablesAreHypertables() throws IOException {
        String database = server.database(true);
        server.run(
                database,
                "CREATE OR REPLACE FUNCTION lama.use_timescale() RETURNS boolean LANGUAGE sql AS 'SELECT true';"
                        + "CREATE TABLE public.asked (t text);"
                        + "CREATE FUNCTION public.create_hypertable(relation regclass, time_column_name name,"
                        + " chunk_time_interval anyelement, create_default_indexes boolean) RETURNS void"
                        + " LANGUAGE sql AS $$INSERT INTO public.asked VALUES (relation || ' ' || time_column_name"
                        + " || ' ' || chunk_time_interval || ' ' || create_default_indexes)$$;"
                        + "DROP TABLE lama.bars; DELETE FROM lama.layout WHERE table_name = 'bars';"
                        + "SELECT lama.make_table('bars', 'month', 'open float8, high float8, low float8, close float8,"
                        + " volume float8, quote_volume float8, trades float8, taker_buy_volume float8, ')");
        assertThat(server.query(database, "SELECT t FROM public.asked")).containsExactly("lama.bars ts 1 mon false");
        assertThat(server.query(database, "SELECT hypertable FROM lama.layout WHERE table_name = 'bars'"))
                .containsExactly("t");
        try (ServerStore store = ServerStores.open(server.settings(database))) {
            ParquetTable bars =
                    MarketStoreContract.bars(new long[] {START, START + 40 * MarketStoreContract.DAY}, 1.5, 2);
            for (int i = 0; i < 2; i++) {
                store.write(MarketStoreContract.BARS, bars, MarketStoreContract.ORIGIN, true);
            }
            MarketStoreContract.assertSame(store.read(MarketStore.Query.all(MarketStoreContract.BARS)), bars);
        }
        assertThat(server.query(database, "SELECT count(*) FROM pg_inherits WHERE inhparent = 'lama.bars'::regclass"))
                .containsExactly("0");
    }

    @Test
    void theMigrationAsksForTimescaleAndCanDoWithoutIt() throws IOException {
        String sql;
        try (InputStream in =
                ServerTable.class.getResourceAsStream("/" + ServerTable.MIGRATIONS + "/V1__market_records.sql")) {
            assertThat(in).isNotNull();
            sql = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        assertThat(sql)
                .contains("pg_available_extensions WHERE name = 'timescaledb'")
                .contains("CREATE EXTENSION IF NOT EXISTS timescaledb")
                .contains("SELECT create_hypertable(%L, %L, chunk_time_interval => interval %L")
                .contains("EXCEPTION WHEN OTHERS")
                .contains("PARTITION BY RANGE (ts)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x'); drop table lama.ticks; --",
                "BINANCE.SPOT.'; DROP SCHEMA lama CASCADE; --",
                "BINANCE.SPOT.BTC-USDT' OR '1'='1",
                "BINANCE.SPOT.$$; drop table lama.ticks; $$",
                "BINANCE.SPOT.BTC\\'; drop table lama.ticks; --",
                "BINANCE.SPOT.\u0000X",
                "BINANCE.SPOT.%s%n",
            })
    void hostileSymbolsAreRefusedAndWouldHarmNothing(String symbol) throws IOException, SQLException {
        assertThatIllegalArgumentException().isThrownBy(() -> InstrumentId.parse(symbol));
        String database = server.database();
        ServerSettings settings = server.settings(database);
        ServerSeries series = new ServerSeries(new ServerTable(RecordKind.TRADES), symbol, 0);
        try (ServerDriver driver = ServerStores.driver(settings, "org.lama.core.store.internal.PostgresDriver")) {
            ServerWriting writing = new ServerWriting(driver, Duration.ofMinutes(1));
            RowBlock block = new RowBlock(
                    1,
                    new long[] {START},
                    new long[1],
                    new long[] {Long.MIN_VALUE},
                    new int[1],
                    List.of(
                            new RawColumn("price", RawColumn.Kind.DOUBLE, new double[] {1}),
                            new RawColumn("size", RawColumn.Kind.DOUBLE, new double[] {1}),
                            new RawColumn("side", RawColumn.Kind.LONG, new long[1])));
            ServerRegister.Origin hostile = new ServerRegister.Origin("VENDOR", symbol.replace("\0", ""), "'", "\\");
            assertThatThrownBy(() -> writing.write(series, block, hostile, true))
                    .isInstanceOf(SQLException.class);
            // a hostile name of a column and of an origin is data
            RowBlock named = new RowBlock(
                    1,
                    block.times(),
                    block.sequences(),
                    block.available(),
                    block.levels(),
                    List.of(new RawColumn(symbol.replace("\0", ""), RawColumn.Kind.DOUBLE, new double[] {5})));
            ServerSeries metrics = new ServerSeries(new ServerTable(RecordKind.METRICS), "X.SPOT.A-B", 0);
            assertThat(writing.write(metrics, named, hostile, true).added()).isEqualTo(1);
            assertThat(writing.write(metrics, named, hostile, true).duplicates())
                    .isEqualTo(1);
            if (symbol.indexOf('\0') < 0) {
                assertThat(ServerReading.open(
                                driver,
                                new ReadRequest(series, 0, Long.MAX_VALUE, List.of(), OptionalLong.empty(), false)))
                        .isEmpty();
            }
        }
        assertThat(server.query(database, "SELECT count(*) FROM lama.ticks")).containsExactly("0");
        assertThat(server.query(database, "SELECT numbers::text FROM lama.metrics"))
                .containsExactly("{5}");
    }

    @Test
    void noMessageHoldsThePassword() {
        // nobody listens on port 1
        ServerSettings settings = ServerSettings.of("postgresql://ann:hunter2@localhost:1/d")
                .withAttempts(1, Duration.ZERO, nanos -> {})
                .withTimeouts(Duration.ofMillis(250), Duration.ofSeconds(1), Duration.ofSeconds(1));
        assertThatThrownBy(() -> ServerStores.open(settings)).satisfies(error -> {
            StringBuilder all = new StringBuilder();
            for (Throwable cause = error; cause != null; cause = cause.getCause()) {
                all.append(cause);
            }
            assertThat(all.toString()).contains("localhost").doesNotContain("hunter2");
        });
    }

    @Test
    void aStatementThatTakesTooLongIsAnError() throws IOException {
        String database = server.database();
        ServerSettings settings = server.settings(database)
                .withTimeouts(Duration.ofSeconds(2), Duration.ofMillis(1), Duration.ofMinutes(1));
        try (ServerStore store = ServerStores.open(settings)) {
            assertThatThrownBy(() -> store.write(
                            MarketStoreContract.TRADES,
                            MarketStoreContract.trades(START, SECOND, 50_000, 1),
                            MarketStoreContract.ORIGIN,
                            true))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("timeout");
        }
        assertThat(server.query(database, "SELECT count(*) FROM lama.ticks")).containsExactly("0");
    }
}
