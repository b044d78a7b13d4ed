package org.lama.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Issue;
import org.lama.core.series.Provenance;

/** What the server store does beyond the contract of every store: precision, other columns, many buckets, origins. */
class PostgresStoreTest {
    private static final long HOUR = 3_600_000_000_000L;
    private static final long DAY = 24 * HOUR;
    private static final long START = 1_704_067_200_000_000_000L;
    private static final SeriesKey TRADES = SeriesKey.of("BINANCE.SPOT.BTC-USDT", RecordKind.TRADES);
    private static final SeriesKey BARS = SeriesKey.bars("BINANCE.SPOT.BTC-USDT", HOUR);
    private static final Provenance ORIGIN =
            new Provenance(Provenance.Kind.EXCHANGE, "trades.csv", "ab".repeat(32), "");

    private PostgresServer server;
    private String database;
    private ServerStore store;

    @BeforeEach
    void open() throws IOException {
        server = PostgresServer.get();
        database = server.database();
        store = ServerStores.open(server.settings(database));
    }

    @AfterEach
    void close() throws IOException {
        if (store != null) {
            store.close();
        }
    }

    private static ParquetTable trades(long[] times, long[] sequences, double... prices) {
        long[] sides = new long[times.length];
        double[] sizes = new double[times.length];
        Arrays.setAll(sides, i -> i % 3 - 1);
        Arrays.setAll(sizes, i -> 0.25 + i);
        ParquetTable.Builder table = ParquetTable.builder(times.length).times("time", times);
        if (sequences.length > 0) {
            table.longs("seq", sequences);
        }
        return table.doubles("price", prices)
                .doubles("size", sizes)
                .longs("side", sides)
                .build();
    }

    private static ParquetTable bars(long[] times, double[] volumes) {
        double[] prices = new double[times.length];
        Arrays.fill(prices, 100.5);
        ParquetTable.Builder table = ParquetTable.builder(times.length)
                .times("time", times)
                .doubles("open", prices)
                .doubles("high", prices)
                .doubles("low", prices)
                .doubles("close", prices);
        return volumes.length == 0
                ? table.build()
                : table.doubles("volume", volumes).build();
    }

    @Test
    void nanosecondsAndTradesOfOneMicrosecondSurvive() throws IOException {
        long[] times = {START + 1, START + 2, START + 999, START + 1_000, START + 1_000};
        MarketStore.Written written = store.write(TRADES, trades(times, new long[0], 1, 2, 3, 4, 5), ORIGIN, true);
        assertThat(written).isEqualTo(new MarketStore.Written(5, 0, 0, 0, List.of()));

        ParquetTable read = store.read(MarketStore.Query.all(TRADES));
        assertThat(read.names()).containsExactly("time", "seq", "available", "price", "size", "side");
        assertThat(read.times("time")).containsExactly(times);
        assertThat(read.times("available")).containsExactly(times);
        assertThat(read.longs("seq")).containsExactly(0, 0, 0, 0, 1);
        assertThat(read.doubles("price")).containsExactly(1, 2, 3, 4, 5);
        assertThat(read.longs("side")).containsExactly(-1, 0, 1, -1, 0);

        ParquetTable part = store.read(
                MarketStore.Query.all(TRADES).between(START + 2, START + 1_000).only(List.of("size", "time")));
        assertThat(part.names()).containsExactly("time", "size");
        assertThat(part.times("time")).containsExactly(START + 2, START + 999);
        assertThat(part.doubles("size")).containsExactly(1.25, 2.25);
    }

    @Test
    void timesAtTheEndsOfTimeSurvive() throws IOException {
        long[] times = {Long.MIN_VALUE + 1, -1, 0, Long.MAX_VALUE - 1};
        store.write(TRADES, trades(times, new long[0], 1, 2, 3, 4), ORIGIN, true);
        assertThat(store.read(MarketStore.Query.all(TRADES)).times("time")).containsExactly(times);
        assertThat(store.read(MarketStore.Query.all(TRADES).between(-1, 0)).times("time"))
                .containsExactly(-1);
        assertThat(store.read(MarketStore.Query.all(TRADES).knownBy(-1)).times("time"))
                .containsExactly(Long.MIN_VALUE + 1, -1);
    }

    @Test
    void theSameWriteAgainChangesNothing() throws IOException {
        ParquetTable table = trades(new long[] {START, START, START + DAY}, new long[] {7, 8, 9}, 1, 2, 3);
        assertThat(store.write(TRADES, table, ORIGIN, true).added()).isEqualTo(3);
        List<String> before = dump();
        assertThat(store.write(TRADES, table, ORIGIN, true)).isEqualTo(new MarketStore.Written(0, 3, 0, 0, List.of()));
        assertThat(dump()).isEqualTo(before);
    }

    private List<String> dump() {
        List<String> all = new ArrayList<>(server.query(database, "SELECT t::text FROM lama.ticks t ORDER BY 1"));
        all.addAll(server.query(database, "SELECT b::text FROM lama.series_buckets b ORDER BY 1"));
        all.addAll(server.query(database, "SELECT o::text FROM lama.series_origins o ORDER BY 1"));
        return all;
    }

    @Test
    void revisionsKeepTheirTimesAndTheFirstOneStays() throws IOException {
        long[] time = {START};
        store.write(BARS, revision(time, 1, START + HOUR), ORIGIN, false);
        MarketStore.Written second = store.write(BARS, revision(time, 2, START + 5 * HOUR), ORIGIN, false);
        assertThat(second.revisions()).isEqualTo(1);
        assertThat(second.issues()).singleElement().satisfies(issue -> {
            assertThat(issue.reason()).isEqualTo(Issue.Reason.REVISED);
            assertThat(issue.where()).isEqualTo("2024-01-01T00:00:00Z: volume 1 -> 2");
        });
        // back to the first values, later: a version of its own; what was known in between stays
        assertThat(store.write(BARS, revision(time, 1, START + 9 * HOUR), ORIGIN, false)
                        .revisions())
                .isEqualTo(1);
        // what is there already, at its own time, in any order
        for (double volume : new double[] {2, 1}) {
            long known = volume == 2 ? START + 5 * HOUR : START + HOUR;
            assertThat(store.write(BARS, revision(time, volume, known), ORIGIN, true))
                    .isEqualTo(new MarketStore.Written(0, 1, 0, 0, List.of()));
        }
        assertThat(volume(START + HOUR)).containsExactly(1);
        assertThat(volume(START + 5 * HOUR - 1)).containsExactly(1);
        assertThat(volume(START + 5 * HOUR)).containsExactly(2);
        assertThat(volume(START + 9 * HOUR)).containsExactly(1);
        assertThat(volume(START + HOUR - 1)).isEmpty();
        assertThat(store.catalogue())
                .singleElement()
                .satisfies(entry -> assertThat(entry.rows()).isEqualTo(3));
    }

    private double[] volume(long knownBy) throws IOException {
        return store.read(MarketStore.Query.all(BARS).knownBy(knownBy)).doubles("volume");
    }

    private static ParquetTable revision(long[] time, double volume, long available) {
        return ParquetTable.builder(1)
                .times("time", time)
                .times("available", new long[] {available})
                .doubles("open", new double[] {1})
                .doubles("high", new double[] {1})
                .doubles("low", new double[] {1})
                .doubles("close", new double[] {1})
                .doubles("volume", new double[] {volume})
                .build();
    }

    @Test
    void versionsWithinOneWriteAreToldApart() throws IOException {
        long[] times = {START, START, START, START + HOUR};
        MarketStore.Written written = store.write(BARS, bars(times, new double[] {5, 6, 5, 7}), ORIGIN, false);
        assertThat(written.added()).isEqualTo(2);
        assertThat(written.revisions()).isEqualTo(2);
        assertThat(store.read(MarketStore.Query.all(BARS)).doubles("volume")).containsExactly(5, 7);
        // the same again, and one that the last in force says too
        MarketStore.Written again = store.write(BARS, bars(times, new double[] {5, 6, 5, 7}), ORIGIN, true);
        assertThat(again.duplicates()).isEqualTo(4);
    }

    @Test
    void aStrictWriteStopsAtARevisionAndWritesNothingOfThatPart() throws IOException {
        store.write(BARS, bars(new long[] {START}, new double[] {5}), ORIGIN, true);
        List<String> before = server.query(database, "SELECT b::text FROM lama.bars b");
        assertThatThrownBy(() ->
                        store.write(BARS, bars(new long[] {START, START + HOUR}, new double[] {6, 7}), ORIGIN, true))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("1 rows differ")
                .hasMessageContaining("2024-01-01T00:00:00Z");
        assertThat(server.query(database, "SELECT b::text FROM lama.bars b")).isEqualTo(before);
    }

    @Test
    void columnsThatComeLaterAreMissingBefore() throws IOException {
        store.write(BARS, bars(new long[] {START}, new double[0]), ORIGIN, true);
        store.write(BARS, bars(new long[] {START + HOUR}, new double[] {3}), ORIGIN, true);
        ParquetTable read = store.read(MarketStore.Query.all(BARS));
        assertThat(read.names()).containsExactly("time", "available", "open", "high", "low", "close", "volume");
        assertThat(read.doubles("volume")).containsExactly(Double.NaN, 3);
        assertThat(read.times("available")).containsExactly(START + HOUR, START + 2 * HOUR);
    }

    @Test
    void columnsOfTheWriterKeepNamesTypesAndValues() throws IOException {
        SeriesKey pool = SeriesKey.of("UNISWAP.SPOT.WETH-USDC", RecordKind.METRICS);
        store.write(
                pool,
                ParquetTable.builder(2)
                        .times("time", new long[] {START, START + 1})
                        .longs("holders", new long[] {Long.MAX_VALUE, 5})
                        .doubles("x.y-z", new double[] {-0.0, 1e-300})
                        .texts("note", List.of("it's \"; drop table", ""))
                        .times("seen", new long[] {START + 7, Long.MIN_VALUE})
                        .build(),
                ORIGIN,
                true);
        ParquetTable read = store.read(MarketStore.Query.all(pool));
        assertThat(read.names()).containsExactly("time", "available", "holders", "x.y-z", "note", "seen");
        assertThat(read.longs("holders")).containsExactly(Long.MAX_VALUE, 5);
        assertThat(read.doubles("x.y-z")).containsExactly(-0.0, 1e-300);
        assertThat(read.texts("note")).containsExactly("it's \"; drop table", "");
        assertThat(read.times("seen")).containsExactly(START + 7, Long.MIN_VALUE);

        // integers of the same name become numbers as soon as one is none, and old rows stay known
        store.write(
                pool,
                ParquetTable.builder(3)
                        .times("time", new long[] {START + 1, START + 2, START + 3})
                        .doubles("holders", new double[] {5, 2.5, Double.NaN})
                        .doubles("x.y-z", new double[] {1e-300, 1, 2})
                        .build(),
                ORIGIN,
                true);
        ParquetTable more = store.read(MarketStore.Query.all(pool).only(List.of("holders")));
        assertThat(more.doubles("holders")).containsExactly(Long.MAX_VALUE, 5, 2.5, Double.NaN);
        assertThatThrownBy(() -> store.write(
                        pool,
                        ParquetTable.builder(1)
                                .times("time", new long[] {START + 9})
                                .texts("holders", List.of("many"))
                                .build(),
                        ORIGIN,
                        true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("holders");
    }

    @Test
    void everyKindIsStoredWithAllOfItsColumns() throws IOException {
        for (RecordKind kind : RecordKind.values()) {
            SeriesKey key = kind == RecordKind.BARS ? BARS : SeriesKey.of("DERIBIT.OPTION.BTC-1JAN26-1-C", kind);
            ParquetTable.Builder table =
                    ParquetTable.builder(3).times("time", new long[] {START, START + DAY, START + 40 * DAY});
            List<String> names = new ArrayList<>();
            for (RecordKind.Field field : kind.fields()) {
                names.add(field.name());
                if (field.whole()) {
                    table.longs(field.name(), new long[] {1, 0, 1});
                } else {
                    table.doubles(field.name(), new double[] {0.1, 1.5, field.required() ? 3 : Double.NaN});
                }
            }
            table.doubles("own", new double[] {Double.NaN, 2, 3});
            names.add("own");
            ParquetTable rows = table.build();
            assertThat(store.write(key, rows, ORIGIN, true).added())
                    .as(kind.name())
                    .isEqualTo(3);
            assertThat(store.write(key, rows, ORIGIN, true).duplicates())
                    .as(kind.name())
                    .isEqualTo(3);
            ParquetTable read = store.read(MarketStore.Query.all(key));
            assertThat(read.names()).as(kind.name()).containsAll(names);
            for (String name : names) {
                assertThat(read.doubles(name)).as(kind + " " + name).containsExactly(rows.doubles(name));
                assertThat(read.type(name)).as(kind + " " + name).isEqualTo(rows.type(name));
            }
        }
        assertThat(store.catalogue()).hasSize(RecordKind.values().length);
    }

    @Test
    void batchesComeInOrderAcrossManyBuckets() throws IOException {
        int days = 40;
        int perDay = 3_500;
        long[] times = new long[days * perDay];
        double[] prices = new double[times.length];
        for (int i = 0; i < times.length; i++) {
            // with a hole of a year in the middle
            times[i] = START + i / perDay * DAY + (i / perDay >= 20 ? 365 * DAY : 0) + i % perDay * 1_000L;
            prices[i] = i + 1;
        }
        assertThat(store.write(TRADES, trades(times, new long[0], prices), ORIGIN, true)
                        .added())
                .isEqualTo(times.length);
        int row = 0;
        int batches = 0;
        try (MarketStore.Batches scan = store.scan(MarketStore.Query.all(TRADES).only(List.of("price")))) {
            for (ParquetTable batch = scan.next(); batch != null; batch = scan.next()) {
                assertThat(batch.rows()).isLessThanOrEqualTo(65_536);
                batches++;
                assertThat(batch.doubles("price")).isEqualTo(Arrays.copyOfRange(prices, row, row + batch.rows()));
                row += batch.rows();
            }
            assertThat(scan.next()).isNull();
        }
        assertThat(row).isEqualTo(times.length);
        assertThat(batches).isEqualTo(3);
        assertThat(store.read(MarketStore.Query.all(TRADES)).doubles("price")).isEqualTo(prices);
        // a reader that stops early gives its connection back
        for (int i = 0; i < 10; i++) {
            try (MarketStore.Batches scan = store.scan(MarketStore.Query.all(TRADES))) {
                assertThat(scan.next()).isNotNull();
            }
        }
    }

    @Test
    void anUnknownSeriesNamesTheNearest() throws IOException {
        SeriesKey typo = SeriesKey.of("BINANCE.SPOT.BTC-USDR", RecordKind.TRADES);
        assertThatThrownBy(() -> store.scan(MarketStore.Query.all(typo)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("empty");
        store.write(TRADES, trades(new long[] {START}, new long[0], 1), ORIGIN, true);
        assertThatThrownBy(() -> store.read(MarketStore.Query.all(typo)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("BINANCE.SPOT.BTC-USDT");
        assertThatThrownBy(() -> store.read(MarketStore.Query.all(TRADES).only(List.of("prise"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("prise");
        ParquetTable none = store.read(MarketStore.Query.all(TRADES).between(0, 5));
        assertThat(none.rows()).isZero();
        assertThat(none.names()).containsExactly("time", "seq", "available", "price", "size", "side");
    }

    @Test
    void theCatalogueNamesOriginsOnceInTheirOrder() throws IOException {
        Provenance other = new Provenance(Provenance.Kind.VENDOR, "vendor.csv", "", "note");
        store.write(TRADES, trades(new long[] {START}, new long[0], 1), ORIGIN, true);
        store.write(TRADES, trades(new long[] {START + DAY}, new long[0], 1), other, true);
        store.write(TRADES, trades(new long[] {START + 2 * DAY}, new long[0], 1), ORIGIN, true);
        store.write(BARS, bars(new long[] {START}, new double[0]), ORIGIN, true);
        assertThat(store.catalogue())
                .containsExactly(
                        new MarketStore.Entry(BARS, 1, START, START, 0, List.of(ORIGIN)),
                        new MarketStore.Entry(TRADES, 3, START, START + 2 * DAY, 0, List.of(ORIGIN, other)));
    }

    @Test
    void rowsThatSomebodyElsePutThereAreMet() throws IOException {
        store.write(TRADES, trades(new long[] {START}, new long[] {1}, 5), ORIGIN, true);
        server.run(
                database,
                "SELECT lama.ensure_partition('ticks', date '2024-01-05');"
                        + "INSERT INTO lama.ticks (ts, symbol, seq, price, size, side) VALUES"
                        + " ('2024-01-05T00:00:00Z', 'BINANCE.SPOT.BTC-USDT', 1, 43000, 0.25, -1)");
        MarketStore.Written written =
                store.write(TRADES, trades(new long[] {START + 4 * DAY}, new long[] {1}, 43000), ORIGIN, true);
        assertThat(written.duplicates()).isEqualTo(1);
        server.run(database, "DROP TABLE lama.ticks_20240101");
        assertThat(store.write(TRADES, trades(new long[] {START + 1}, new long[] {1}, 6), ORIGIN, true)
                        .added())
                .isEqualTo(1);
    }
}
