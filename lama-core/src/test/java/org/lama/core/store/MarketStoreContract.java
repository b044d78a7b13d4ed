package org.lama.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Issue;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.series.Provenance;

/** What every store must do; each of them runs it. */
abstract class MarketStoreContract {
    static final long SECOND = 1_000_000_000L;
    static final long HOUR = 3_600 * SECOND;
    static final long DAY = 24 * HOUR;
    /** 2024-01-31T00:00:00Z: the next day is another month. */
    static final long START = 1_706_659_200L * SECOND;

    static final SeriesKey TRADES = SeriesKey.of("BINANCE.SPOT.BTC-USDT", RecordKind.TRADES);
    static final SeriesKey BARS = SeriesKey.bars("BINANCE.PERP.BTC-USDT", HOUR);
    static final SeriesKey FUNDING = SeriesKey.of("BINANCE.PERP.BTC-USDT", RecordKind.FUNDING);
    static final SeriesKey METRICS = SeriesKey.of("COINGECKO.SPOT.BTC-USD", RecordKind.METRICS);
    static final Provenance ORIGIN =
            new Provenance(Provenance.Kind.EXCHANGE, "trades.zip", "0".repeat(64), "as it came");
    static final Provenance OTHER = new Provenance(Provenance.Kind.VENDOR, "vendor.csv", "", "");

    /** An empty store; one for each test. */
    abstract MarketStore store() throws IOException;

    static ParquetTable trades(long from, long stepNanos, int rows, long seed) {
        Rng rng = Seeds.rng(seed, 1);
        long[] time = new long[rows];
        double[] price = new double[rows];
        double[] size = new double[rows];
        long[] side = new long[rows];
        for (int i = 0; i < rows; i++) {
            time[i] = from + i * stepNanos;
            price[i] = 42_000 + rng.nextInt(100_000) / 100.0;
            size[i] = rng.nextInt(1_000_000) / 1e5 + (i % 7 == 0 ? Math.PI : 0);
            side[i] = rng.nextInt(3) - 1L;
        }
        return ParquetTable.builder(rows)
                .times("time", time)
                .doubles("price", price)
                .doubles("size", size)
                .longs("side", side)
                .build();
    }

    static ParquetTable bars(long[] opens, double... closes) {
        double[] high = Arrays.stream(closes).map(close -> close + 1).toArray();
        double[] low = Arrays.stream(closes).map(close -> close - 1).toArray();
        return ParquetTable.builder(opens.length)
                .times("time", opens)
                .doubles("open", closes)
                .doubles("high", high)
                .doubles("low", low)
                .doubles("close", closes)
                .build();
    }

    static ParquetTable barsKnown(long[] opens, long[] available, double... closes) {
        ParquetTable plain = bars(opens, closes);
        return ParquetTable.builder(opens.length)
                .times("time", opens)
                .times("available", available)
                .doubles("open", plain.doubles("open"))
                .doubles("high", plain.doubles("high"))
                .doubles("low", plain.doubles("low"))
                .doubles("close", closes)
                .build();
    }

    /** Rows of a table one after the other. */
    static ParquetTable cut(ParquetTable table, int from, int to) {
        int[] rows = new int[to - from];
        Arrays.setAll(rows, i -> from + i);
        return pick(table, rows);
    }

    static ParquetTable pick(ParquetTable table, int[] rows) {
        ParquetTable.Builder out = ParquetTable.builder(rows.length);
        for (String name : table.names()) {
            switch (table.type(name)) {
                case TIME -> {
                    long[] all = table.times(name);
                    out.times(
                            name, Arrays.stream(rows).mapToLong(row -> all[row]).toArray());
                }
                case LONG -> {
                    long[] all = table.longs(name);
                    out.longs(
                            name, Arrays.stream(rows).mapToLong(row -> all[row]).toArray());
                }
                case DOUBLE -> {
                    double[] all = table.doubles(name);
                    out.doubles(
                            name,
                            Arrays.stream(rows).mapToDouble(row -> all[row]).toArray());
                }
                case TEXT -> {
                    List<String> all = table.texts(name);
                    out.texts(name, Arrays.stream(rows).mapToObj(all::get).toList());
                }
            }
        }
        return out.build();
    }

    /** All bits of some columns. */
    static Map<String, List<Object>> bits(ParquetTable table, List<String> names) {
        Map<String, List<Object>> bits = new LinkedHashMap<>();
        for (String name : names) {
            List<Object> column = new ArrayList<>();
            switch (table.type(name)) {
                case TIME -> Arrays.stream(table.times(name)).forEach(column::add);
                case LONG -> Arrays.stream(table.longs(name)).forEach(column::add);
                case DOUBLE ->
                    Arrays.stream(table.doubles(name)).map(v -> v).forEach(v -> column.add(Double.doubleToLongBits(v)));
                case TEXT -> column.addAll(table.texts(name));
            }
            bits.put(name, column);
        }
        return bits;
    }

    static void assertSame(ParquetTable found, ParquetTable expected) {
        assertThat(found.rows()).isEqualTo(expected.rows());
        assertThat(bits(found, expected.names())).isEqualTo(bits(expected, expected.names()));
    }

    static ParquetTable joined(MarketStore.Batches batches, int mostRows) throws IOException {
        List<ParquetTable> all = new ArrayList<>();
        try (batches) {
            for (ParquetTable next = batches.next(); next != null; next = batches.next()) {
                assertThat(next.rows()).isBetween(1, mostRows);
                all.add(next);
            }
            assertThat(batches.next()).isNull();
        }
        return concat(all);
    }

    static ParquetTable concat(List<ParquetTable> all) {
        int rows = all.stream().mapToInt(ParquetTable::rows).sum();
        ParquetTable.Builder out = ParquetTable.builder(rows);
        for (String name : all.get(0).names()) {
            switch (all.get(0).type(name)) {
                case TIME ->
                    out.times(
                            name,
                            all.stream()
                                    .flatMapToLong(t -> Arrays.stream(t.times(name)))
                                    .toArray());
                case LONG ->
                    out.longs(
                            name,
                            all.stream()
                                    .flatMapToLong(t -> Arrays.stream(t.longs(name)))
                                    .toArray());
                case DOUBLE ->
                    out.doubles(
                            name,
                            all.stream()
                                    .flatMapToDouble(t -> Arrays.stream(t.doubles(name)))
                                    .toArray());
                case TEXT ->
                    out.texts(
                            name,
                            all.stream().flatMap(t -> t.texts(name).stream()).toList());
            }
        }
        return out.build();
    }

    @Test
    void whatIsWrittenComesBackBitForBit() throws IOException {
        try (MarketStore store = store()) {
            ParquetTable table = trades(START + 20 * HOUR, 7 * SECOND, 5_000, 1);
            MarketStore.Written written = store.write(TRADES, table, ORIGIN, true);
            assertThat(written).isEqualTo(new MarketStore.Written(5_000, 0, 0, 0, List.of()));

            ParquetTable back = store.read(MarketStore.Query.all(TRADES));
            assertSame(back, table);
            assertThat(back.names()).containsExactly("time", "seq", "available", "price", "size", "side");
            assertThat(back.longs("seq")).containsOnly(0);
            assertThat(back.times("available")).isEqualTo(table.times("time"));
            assertSame(joined(store.scan(MarketStore.Query.all(TRADES)), 200_000), table);
        }
    }

    @Test
    void textsAreKeptBesideTheRecords() throws IOException {
        try (MarketStore store = store()) {
            assertThat(store.document("notes")).isEmpty();
            store.keepDocument("notes", "first");
            store.keepDocument("notes", "zweites \u2713\n{\"x\": 1}");
            assertThat(store.document("notes")).contains("zweites \u2713\n{\"x\": 1}");
            for (String text : List.of(
                    "",
                    "{\"x\": 1.50}",
                    Documents.json(
                            Node.object().put("x", 1.5).put("\u2713", "a").build()),
                    Documents.json(Node.object().put("text", "x").build()),
                    Documents.json(Node.object().put("version", 7).build()))) {
                store.keepDocument("notes", text);
                assertThat(store.document("notes")).contains(text);
            }
            store.write(BARS, bars(new long[] {START}, 9), ORIGIN, true);
            assertThat(store.catalogue()).hasSize(1);
            for (String name :
                    List.of("", "../notes", "Notes", "a'; drop table lama.series; --", "store", "store.json")) {
                assertThatIllegalArgumentException().isThrownBy(() -> store.keepDocument(name, "x"));
                assertThatIllegalArgumentException().isThrownBy(() -> store.document(name));
            }
        }
    }

    @Test
    void theSameWriteAgainChangesNothing() throws IOException {
        try (MarketStore store = store()) {
            ParquetTable table = trades(START + 20 * HOUR, 60 * SECOND, 600, 1);
            store.write(TRADES, table, ORIGIN, true);
            List<MarketStore.Entry> before = store.catalogue();
            MarketStore.Written again = store.write(TRADES, table, ORIGIN, true);
            assertThat(again).isEqualTo(new MarketStore.Written(0, 600, 0, 0, List.of()));
            assertThat(store.catalogue()).isEqualTo(before);
            assertSame(store.read(MarketStore.Query.all(TRADES)), table);
        }
    }

    @Test
    void aRangeIncludesItsFirstTimeAndExcludesItsEnd() throws IOException {
        try (MarketStore store = store()) {
            ParquetTable table = trades(START, HOUR, 72, 1);
            store.write(TRADES, table, ORIGIN, true);
            MarketStore.Query range = MarketStore.Query.all(TRADES).between(START + 23 * HOUR, START + 49 * HOUR);
            assertSame(store.read(range), cut(table, 23, 49));
            assertSame(joined(store.scan(range), 200_000), cut(table, 23, 49));
            assertSame(store.read(range.between(START + 5 * HOUR, START + 5 * HOUR + 1)), cut(table, 5, 6));
            assertThat(store.read(range.between(START + 1, START + HOUR)).rows())
                    .isZero();
            assertThat(store.read(range.between(START - 5 * DAY, START)).rows()).isZero();
            assertThat(store.read(range.between(START + 5, START + 5)).rows()).isZero();
            assertThat(store.scan(range.between(START + 1, START + HOUR)).next())
                    .isNull();
        }
    }

    @Test
    void onlyTheWantedColumnsComeInTheOrderAskedFor() throws IOException {
        try (MarketStore store = store()) {
            ParquetTable table = trades(START, HOUR, 30, 1);
            store.write(TRADES, table, ORIGIN, true);
            ParquetTable some = store.read(MarketStore.Query.all(TRADES).only(List.of("side", "price")));
            assertThat(some.names()).containsExactly("time", "side", "price");
            assertThat(some.doubles("price")).isEqualTo(table.doubles("price"));
            assertThat(store.read(MarketStore.Query.all(TRADES).only(List.of("time")))
                            .names())
                    .containsExactly("time");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> store.read(MarketStore.Query.all(TRADES).only(List.of("prize"))))
                    .withMessageContaining("prize")
                    .withMessageContaining("price");
        }
    }

    @Test
    void rowsInAnyOrderAndInAnyPiecesBecomeOneSeries() throws IOException {
        ParquetTable table = trades(START + 12 * HOUR, 90 * SECOND, 1_000, 3);
        Rng rng = Seeds.rng(5, 5);
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < table.rows(); i++) {
            order.add(i);
        }
        for (int i = order.size() - 1; i > 0; i--) {
            Collections.swap(order, i, rng.nextInt(i + 1));
        }
        try (MarketStore store = store()) {
            int at = 0;
            while (at < order.size()) {
                int end = Math.min(order.size(), at + 1 + rng.nextInt(120));
                int[] rows = order.subList(at, end).stream().mapToInt(i -> i).toArray();
                assertThat(store.write(TRADES, pick(table, rows), ORIGIN, true).added())
                        .isEqualTo(rows.length);
                at = end;
            }
            assertSame(store.read(MarketStore.Query.all(TRADES)), table);
            assertSame(joined(store.scan(MarketStore.Query.all(TRADES)), 200_000), table);
        }
    }

    @Test
    void rowsOfOneTimeAreKeptInTheirOrderByASequence() throws IOException {
        long[] times = {START, START, START, START + SECOND, START + SECOND};
        ParquetTable table = ParquetTable.builder(5)
                .times("time", times)
                .doubles("price", new double[] {3, 1, 2, 5, 4})
                .doubles("size", new double[5])
                .longs("side", new long[5])
                .build();
        try (MarketStore store = store()) {
            store.write(TRADES, table, ORIGIN, true);
            ParquetTable back = store.read(MarketStore.Query.all(TRADES));
            assertSame(back, table);
            assertThat(back.longs("seq")).containsExactly(0, 1, 2, 0, 1);
        }
    }

    @Test
    void sequencesOfTheVenueOrderRowsOfOneTime() throws IOException {
        ParquetTable table = ParquetTable.builder(3)
                .times("time", new long[] {START, START, START})
                .longs("seq", new long[] {900, 7, 8_000_000_000L})
                .doubles("price", new double[] {1, 2, 3})
                .doubles("size", new double[3])
                .longs("side", new long[3])
                .build();
        try (MarketStore store = store()) {
            store.write(TRADES, table, ORIGIN, true);
            ParquetTable back = store.read(MarketStore.Query.all(TRADES));
            assertThat(back.longs("seq")).containsExactly(7, 900, 8_000_000_000L);
            assertThat(back.doubles("price")).containsExactly(2, 1, 3);
        }
    }

    @Test
    void kindsWithoutSequenceRefuseOne() throws IOException {
        ParquetTable table = ParquetTable.builder(1)
                .times("time", new long[] {START})
                .longs("seq", new long[] {1})
                .doubles("rate", new double[] {0.0001})
                .build();
        try (MarketStore store = store()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> store.write(FUNDING, table, ORIGIN, true))
                    .withMessageContaining("seq");
        }
    }

    @Test
    void rowsWithOtherValuesAreRevisionsKnownFromTheirOwnTime() throws IOException {
        long[] opens = {START, START + HOUR, START + 2 * HOUR};
        long[] late = {START + 10 * HOUR};
        try (MarketStore store = store()) {
            store.write(BARS, bars(opens, 100, 101, 102), ORIGIN, true);
            MarketStore.Written written =
                    store.write(BARS, barsKnown(new long[] {START + HOUR}, late, 111), OTHER, false);
            assertThat(written.revisions()).isEqualTo(1);
            assertThat(written.added()).isZero();
            assertThat(written.issues()).extracting(Issue::reason).containsExactly(Issue.Reason.REVISED);
            assertThat(written.issues().get(0).where())
                    .startsWith("2024-01-31T01:00:00Z: ")
                    .containsPattern("close 101(\\.0)? -> 111(\\.0)?");

            MarketStore.Query all = MarketStore.Query.all(BARS);
            assertThat(store.read(all).doubles("close")).containsExactly(100, 111, 102);
            assertThat(store.read(all).times("available"))
                    .containsExactly(START + HOUR, START + 10 * HOUR, START + 3 * HOUR);
            assertThat(store.read(all.knownBy(START + 10 * HOUR)).doubles("close"))
                    .containsExactly(100, 111, 102);
            assertThat(store.read(all.knownBy(START + 10 * HOUR - 1)).doubles("close"))
                    .containsExactly(100, 101, 102);
            assertThat(store.read(all.knownBy(START + 2 * HOUR)).doubles("close"))
                    .containsExactly(100, 101);
            assertThat(store.read(all.knownBy(START + HOUR - 1)).rows()).isZero();
            assertThat(joined(store.scan(all.knownBy(START + 2 * HOUR)), 200_000)
                            .doubles("close"))
                    .containsExactly(100, 101);

            // neither version is new any more
            assertThat(store.write(BARS, bars(opens, 100, 101, 102), ORIGIN, true)
                            .duplicates())
                    .isEqualTo(3);
            assertThat(store.write(BARS, barsKnown(new long[] {START + HOUR}, late, 111), OTHER, true)
                            .duplicates())
                    .isEqualTo(1);
            assertThat(store.catalogue().get(0).rows()).isEqualTo(4);
        }
    }

    @Test
    void aValueThatComesBackLaterIsARevisionToo() throws IOException {
        long[] open = {START};
        try (MarketStore store = store()) {
            store.write(BARS, barsKnown(open, new long[] {START + HOUR}, 100), ORIGIN, true);
            store.write(BARS, barsKnown(open, new long[] {START + 2 * HOUR}, 200), ORIGIN, false);
            assertThat(store.write(BARS, barsKnown(open, new long[] {START + 3 * HOUR}, 100), ORIGIN, false)
                            .revisions())
                    .isEqualTo(1);
            // the same values a while later are no news
            assertThat(store.write(BARS, barsKnown(open, new long[] {START + 4 * HOUR}, 100), ORIGIN, false)
                            .duplicates())
                    .isEqualTo(1);
            MarketStore.Query all = MarketStore.Query.all(BARS);
            assertThat(store.read(all).doubles("close")).containsExactly(100);
            assertThat(store.read(all.knownBy(START + 2 * HOUR)).doubles("close"))
                    .containsExactly(200);
            assertThat(store.read(all.knownBy(START + HOUR)).doubles("close")).containsExactly(100);
        }
    }

    @Test
    void aRevisionWithoutATimeOfItsOwnReplacesFromTheBeginning() throws IOException {
        long[] open = {START};
        try (MarketStore store = store()) {
            store.write(BARS, bars(open, 100), ORIGIN, true);
            assertThat(store.write(BARS, bars(open, 101), ORIGIN, false).revisions())
                    .isEqualTo(1);
            MarketStore.Query all = MarketStore.Query.all(BARS);
            assertThat(store.read(all).doubles("close")).containsExactly(101);
            assertThat(store.read(all.knownBy(START + HOUR)).doubles("close")).containsExactly(101);
            assertThat(store.write(BARS, bars(open, 101), ORIGIN, true).duplicates())
                    .isEqualTo(1);
            // what is written last is in force, whether or not it was before
            assertThatThrownBy(() -> store.write(BARS, bars(open, 100), ORIGIN, true))
                    .isInstanceOf(IOException.class);
            assertThat(store.read(all).doubles("close")).containsExactly(101);
            assertThat(store.write(BARS, bars(open, 100), ORIGIN, false).revisions())
                    .isEqualTo(1);
            assertThat(store.read(all).doubles("close")).containsExactly(100);
            assertThat(store.write(BARS, bars(open, 100), ORIGIN, true).duplicates())
                    .isEqualTo(1);
            assertThat(store.revisions(all).rows()).isEqualTo(2);
        }
    }

    @Test
    void versionsOfOneTimeThatComeTogetherAreThereIfTheLastOnesAreTheSame() throws IOException {
        long[] twice = {START, START};
        long[] thrice = {START, START, START};
        MarketStore.Query all = MarketStore.Query.all(BARS);
        try (MarketStore store = store()) {
            assertThat(store.write(BARS, bars(thrice, 100, 101, 100), ORIGIN, false)
                            .revisions())
                    .isEqualTo(2);
            assertThat(store.write(BARS, bars(thrice, 100, 101, 100), OTHER, true)
                            .duplicates())
                    .isEqualTo(3);
            assertThat(store.write(BARS, bars(twice, 101, 100), OTHER, true).duplicates())
                    .isEqualTo(2);
            // one more than those that are there
            MarketStore.Written more = store.write(BARS, bars(thrice, 101, 100, 102), OTHER, false);
            assertThat(more.duplicates()).isEqualTo(2);
            assertThat(more.revisions()).isEqualTo(1);
            assertThat(store.read(all).doubles("close")).containsExactly(102);
            // others of the past are in force again, the last of them
            assertThat(store.write(BARS, bars(twice, 100, 101), OTHER, false).revisions())
                    .isEqualTo(2);
            assertThat(store.read(all).doubles("close")).containsExactly(101);
        }
    }

    /** Bars with a volume and a column that the kind does not know, or with neither. */
    private static ParquetTable volumes(double close, double... volumes) {
        long[] opens = {START, START + HOUR};
        ParquetTable.Builder builder = ParquetTable.builder(2).times("time", opens);
        for (String name : List.of("open", "high", "low", "close")) {
            builder.doubles(name, new double[] {100, close});
        }
        if (volumes.length > 0) {
            builder.doubles("volume", volumes)
                    .doubles("vwap", new double[] {3, 4})
                    .longs("count", new long[] {5, 6});
        }
        return builder.build();
    }

    @Test
    void aValueThatIsMissingTakesNothingAwayAndOneThatComesLaterIsAdded() throws IOException {
        MarketStore.Query all = MarketStore.Query.all(BARS);
        try (MarketStore store = store()) {
            store.write(BARS, volumes(101, 7, 8), ORIGIN, true);
            // another file without these columns says nothing else
            MarketStore.Written without = store.write(BARS, volumes(101), OTHER, true);
            assertThat(without.duplicates()).isEqualTo(2);
            assertThat(without.revisions()).isZero();
            assertThat(store.read(all).doubles("volume")).containsExactly(7, 8);
            // a revision of the close keeps what it does not tell
            MarketStore.Written revised = store.write(BARS, volumes(102), OTHER, false);
            assertThat(revised.revisions()).isEqualTo(1);
            assertThat(store.read(all).doubles("close")).containsExactly(100, 102);
            assertThat(store.read(all).doubles("volume")).containsExactly(7, 8);
            assertThat(store.read(all).doubles("vwap")).containsExactly(3, 4);
            assertThat(store.read(all).longs("count")).containsExactly(5, 6);
        }
        try (MarketStore store = store()) {
            SeriesKey other = SeriesKey.bars("KRAKEN.PERP.BTC-USDT", HOUR);
            store.write(other, volumes(101), OTHER, true);
            assertThat(store.write(other, volumes(101, 7, Double.NaN), ORIGIN, false)
                            .revisions())
                    .isEqualTo(2);
            MarketStore.Query query = MarketStore.Query.all(other);
            assertThat(store.read(query).doubles("volume")).containsExactly(7, Double.NaN);
            assertThat(store.read(query).doubles("vwap")).containsExactly(3, 4);
            assertThat(store.write(other, volumes(101), OTHER, true).duplicates())
                    .isEqualTo(2);
            assertThat(store.read(query).doubles("vwap")).containsExactly(3, 4);
        }
    }

    @Test
    void laterVersionsAreToldWithTheirTimesOfKnowledge() throws IOException {
        long[] opens = {START, START + HOUR, START + 2 * HOUR};
        try (MarketStore store = store()) {
            store.write(BARS, bars(opens, 100, 101, 102), ORIGIN, true);
            MarketStore.Query all = MarketStore.Query.all(BARS);
            assertThat(store.revisions(all).rows()).isZero();
            store.write(BARS, bars(new long[] {START + HOUR}, 111), OTHER, false);
            long late = START + 10 * HOUR;
            store.write(BARS, barsKnown(new long[] {START + 2 * HOUR}, new long[] {late}, 112), OTHER, false);
            ParquetTable later = store.revisions(all);
            assertThat(later.times("time")).containsExactly(START + HOUR, START + 2 * HOUR);
            assertThat(later.times("available")).containsExactly(START + 2 * HOUR, late);
            assertThat(store.revisions(all.knownBy(late - 1)).times("time")).containsExactly(START + HOUR);
            assertThat(store.revisions(all.between(START + 2 * HOUR, late)).times("time"))
                    .containsExactly(START + 2 * HOUR);
            assertThat(store.revisions(all.between(START, START + HOUR)).rows()).isZero();
            assertThat(store.revisions(all.between(START, START)).rows()).isZero();
        }
    }

    @Test
    void everyVersionComesBesideTheOthersOfItsRow() throws IOException {
        long[] opens = {START, START + HOUR, START + 2 * HOUR};
        long late = START + DAY;
        try (MarketStore store = store()) {
            store.write(BARS, bars(opens, 101, 102, 103), ORIGIN, true);
            store.write(BARS, barsKnown(opens, new long[] {late, late, late + HOUR}, 111, 102, 113), OTHER, false);
            store.write(BARS, barsKnown(opens, new long[] {late + HOUR, late, late}, 121, 102, 103), OTHER, false);
            MarketStore.Query all = MarketStore.Query.all(BARS);
            assertThat(versions(store, all)).containsExactly(101, 111, 121, 102, 103, 113);
            assertThat(versions(store, all.knownBy(late))).containsExactly(101, 111, 102, 103);
            assertThat(versions(store, all.between(START + 2 * HOUR, late))).containsExactly(103, 113);
        }
    }

    private static double[] versions(MarketStore store, MarketStore.Query query) throws IOException {
        double[] closes = {};
        try (MarketStore.Batches batches = store.scanVersions(query)) {
            for (ParquetTable batch = batches.next(); batch != null; batch = batches.next()) {
                double[] more = batch.doubles("close");
                closes = Arrays.copyOf(closes, closes.length + more.length);
                System.arraycopy(more, 0, closes, closes.length - more.length, more.length);
            }
        }
        return closes;
    }

    @Test
    void aVersionOfEarlierTakesNothingOfOneThatWasKnownLater() throws IOException {
        long late = START + 2 * DAY;
        long[] opens = {START, START + HOUR};
        try (MarketStore store = store()) {
            SeriesKey key = SeriesKey.bars("KRAKEN.PERP.BTC-USDT", HOUR);
            ParquetTable known = volumes(102, 777, 778);
            ParquetTable.Builder later =
                    ParquetTable.builder(2).times("time", opens).times("available", new long[] {late, late});
            for (String name : List.of("open", "high", "low", "close", "volume", "vwap")) {
                later.doubles(name, known.doubles(name));
            }
            store.write(key, later.build(), ORIGIN, true);
            // what was known at the close comes afterwards, without volume
            assertThat(store.write(key, volumes(101), OTHER, false).revisions()).isEqualTo(1);
            MarketStore.Query all = MarketStore.Query.all(key);
            ParquetTable then = store.read(all.knownBy(START + 2 * HOUR));
            assertThat(then.doubles("close")).containsExactly(101);
            assertThat(then.doubles("volume")).containsExactly(Double.NaN);
            assertThat(then.doubles("vwap")).containsExactly(Double.NaN);
            assertThat(store.read(all).doubles("volume")).containsExactly(777, 778);
            // one that is known in between completes what it lacks with what was known by then
            store.write(key, barsKnown(new long[] {START + HOUR}, new long[] {START + DAY}, 109), OTHER, false);
            assertThat(store.read(all.knownBy(START + DAY)).doubles("volume")).containsExactly(Double.NaN);
        }
    }

    @Test
    void aStrictWriteStopsAtARevision() throws IOException {
        long[] opens = {START, START + HOUR};
        try (MarketStore store = store()) {
            store.write(BARS, bars(opens, 100, 101), ORIGIN, true);
            assertThatThrownBy(() -> store.write(BARS, bars(opens, 100, 102), ORIGIN, true))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("2024-01-31T01:00:00Z");
            assertThat(store.read(MarketStore.Query.all(BARS)).doubles("close")).containsExactly(100, 101);
        }
    }

    @Test
    void rowsRepeatedWithinATableAreDroppedOrRevisions() throws IOException {
        long[] opens = {START, START, START + HOUR, START + HOUR};
        try (MarketStore store = store()) {
            MarketStore.Written written = store.write(BARS, bars(opens, 100, 100, 101, 102), ORIGIN, false);
            assertThat(written.added()).isEqualTo(2);
            assertThat(written.duplicates()).isEqualTo(1);
            assertThat(written.revisions()).isEqualTo(1);
            assertThat(store.read(MarketStore.Query.all(BARS)).doubles("close")).containsExactly(100, 102);
            assertThat(store.write(BARS, bars(opens, 100, 100, 101, 102), ORIGIN, true)
                            .duplicates())
                    .isEqualTo(4);
        }
    }

    @Test
    void brokenRowsAreCountedNamedAndNeverStored() throws IOException {
        long[] times = new long[10];
        Arrays.setAll(times, i -> START + i * SECOND);
        times[9] = Long.MIN_VALUE;
        ParquetTable table = ParquetTable.builder(10)
                .times("time", times)
                .doubles("price", new double[] {1, Double.NaN, 0, -1, Double.POSITIVE_INFINITY, 1, 1, 1, 1, 1})
                .doubles("size", new double[] {1, 1, 1, 1, 1, -1, Double.NaN, 1, 1, 1})
                .longs("side", new long[] {0, 0, 0, 0, 0, 0, 0, 2, -1, 0})
                .build();
        try (MarketStore store = store()) {
            MarketStore.Written written = store.write(TRADES, table, ORIGIN, true);
            assertThat(written.added()).isEqualTo(2);
            assertThat(written.refused()).isEqualTo(8);
            assertThat(written.issues())
                    .extracting(Issue::reason)
                    .containsExactlyInAnyOrder(
                            Issue.Reason.NON_FINITE,
                            Issue.Reason.NON_POSITIVE,
                            Issue.Reason.NON_POSITIVE,
                            Issue.Reason.NON_FINITE,
                            Issue.Reason.BROKEN_RECORD,
                            Issue.Reason.BROKEN_RECORD);
            Issue price = written.issues().stream()
                    .filter(issue -> issue.where().contains("row 1,"))
                    .findFirst()
                    .orElseThrow();
            assertThat(price.where()).contains("2024-01-31T00:00:01Z").contains("price");
            assertThat(price.detail()).contains("2 rows");
            assertSame(store.read(MarketStore.Query.all(TRADES)), pick(table, new int[] {0, 8}));
        }
    }

    @Test
    void aTableOfBrokenRowsAloneLeavesNothing() throws IOException {
        try (MarketStore store = store()) {
            MarketStore.Written written = store.write(BARS, bars(new long[] {START}, Double.NaN), ORIGIN, true);
            assertThat(written.refused()).isEqualTo(1);
            assertThat(store.catalogue()).isEmpty();
            assertThat(store.write(BARS, bars(new long[0]), ORIGIN, true))
                    .isEqualTo(new MarketStore.Written(0, 0, 0, 0, List.of()));
        }
    }

    @Test
    void aBarKnownBeforeItsCloseIsNotFinishedAndRefused() throws IOException {
        try (MarketStore store = store()) {
            MarketStore.Written written =
                    store.write(BARS, barsKnown(new long[] {START}, new long[] {START + HOUR - 1}, 100), ORIGIN, true);
            assertThat(written.refused()).isEqualTo(1);
            assertThat(written.issues()).extracting(Issue::reason).containsExactly(Issue.Reason.BROKEN_RECORD);
        }
    }

    @Test
    void otherRowsKnownBeforeTheirTimeAreKnownAtIt() throws IOException {
        ParquetTable table = ParquetTable.builder(2)
                .times("time", new long[] {START, START + HOUR})
                .times("available", new long[] {START - 5, START + HOUR + 5})
                .doubles("rate", new double[] {0.0001, -0.0002})
                .build();
        try (MarketStore store = store()) {
            MarketStore.Written written = store.write(FUNDING, table, ORIGIN, true);
            assertThat(written.added()).isEqualTo(2);
            assertThat(written.issues()).hasSize(1);
            ParquetTable back = store.read(MarketStore.Query.all(FUNDING));
            assertThat(back.times("available")).containsExactly(START, START + HOUR + 5);
            assertThat(back.doubles("rate")).containsExactly(0.0001, -0.0002);
        }
    }

    @Test
    void aMissingRequiredColumnIsNamed() throws IOException {
        ParquetTable table = ParquetTable.builder(1)
                .times("time", new long[] {START})
                .doubles("price", new double[] {1})
                .longs("side", new long[] {0})
                .build();
        try (MarketStore store = store()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> store.write(TRADES, table, ORIGIN, true))
                    .withMessageContaining("size");
        }
    }

    @Test
    void aColumnThatComesLaterIsMissingBefore() throws IOException {
        ParquetTable early = bars(new long[] {START, START + HOUR}, 100, 101);
        ParquetTable late = ParquetTable.builder(2)
                .times("time", new long[] {START + 2 * DAY, START + 400 * DAY})
                .doubles("open", new double[] {5, 6})
                .doubles("high", new double[] {5, 6})
                .doubles("low", new double[] {5, 6})
                .doubles("close", new double[] {5, 6})
                .doubles("trades", new double[] {3, Double.NaN})
                .doubles("vwap", new double[] {5, 6})
                .build();
        try (MarketStore store = store()) {
            store.write(BARS, early, ORIGIN, true);
            store.write(BARS, late, ORIGIN, true);
            ParquetTable back = store.read(MarketStore.Query.all(BARS));
            assertThat(back.names())
                    .containsExactly("time", "available", "open", "high", "low", "close", "trades", "vwap");
            assertThat(back.doubles("trades")).containsExactly(Double.NaN, Double.NaN, 3, Double.NaN);
            assertThat(back.doubles("vwap")).containsExactly(Double.NaN, Double.NaN, 5, 6);
            assertThat(store.read(MarketStore.Query.all(BARS)
                                    .only(List.of("vwap"))
                                    .between(START, START + DAY))
                            .doubles("vwap"))
                    .containsExactly(Double.NaN, Double.NaN);
        }
    }

    @Test
    void aMissingWholeNumberIsTheLeastOne() throws IOException {
        SeriesKey key = SeriesKey.of("BINANCE.SPOT.BTC-USDT", RecordKind.BOOK_UPDATES);
        ParquetTable.Builder plain = ParquetTable.builder(1)
                .times("time", new long[] {START})
                .longs("seq", new long[] {5})
                .longs("side", new long[] {0})
                .doubles("price", new double[] {1})
                .doubles("size", new double[] {0});
        ParquetTable more = ParquetTable.builder(1)
                .times("time", new long[] {START + DAY})
                .longs("seq", new long[] {6})
                .longs("side", new long[] {1})
                .doubles("price", new double[] {1})
                .doubles("size", new double[] {2})
                .longs("first_update", new long[] {9_007_199_254_740_993L})
                .build();
        try (MarketStore store = store()) {
            store.write(key, plain.build(), ORIGIN, true);
            store.write(key, more, ORIGIN, true);
            assertThat(store.read(MarketStore.Query.all(key)).longs("first_update"))
                    .containsExactly(RecordKind.MISSING, 9_007_199_254_740_993L);
        }
    }

    @Test
    void everyKindComesBack() throws IOException {
        try (MarketStore store = store()) {
            for (RecordKind kind : RecordKind.values()) {
                SeriesKey key = kind == RecordKind.BARS ? BARS : SeriesKey.of("DERIBIT.PERP.BTC-USD", kind);
                ParquetTable table = everyColumn(kind);
                assertThat(store.write(key, table, ORIGIN, true).added())
                        .as(kind.name())
                        .isEqualTo(3);
                assertSame(store.read(MarketStore.Query.all(key)), table);
            }
            assertThat(store.catalogue()).hasSize(RecordKind.values().length);
        }
    }

    private static ParquetTable everyColumn(RecordKind kind) {
        long[] times = {START, START + HOUR, START + 40 * DAY};
        ParquetTable.Builder table = ParquetTable.builder(3).times("time", times);
        for (RecordKind.Field field : kind.fields()) {
            if (field.whole()) {
                table.longs(field.name(), new long[] {0, 1, 0});
            } else {
                table.doubles(field.name(), new double[] {1.25, field.required() ? 2.5 : Double.NaN, Math.E});
            }
        }
        return table.doubles("extra", new double[] {-1, Double.NaN, 1e300}).build();
    }

    @Test
    void theCatalogueSaysWhatIsThereAndWhereFrom() throws IOException {
        try (MarketStore store = store()) {
            assertThat(store.catalogue()).isEmpty();
            store.write(TRADES, trades(START, HOUR, 10, 1), ORIGIN, true);
            store.write(TRADES, trades(START + 3 * DAY, HOUR, 10, 1), OTHER, true);
            store.write(TRADES, trades(START + 4 * DAY, HOUR, 10, 1), OTHER, true);
            store.write(BARS, bars(new long[] {START}, 10), ORIGIN, true);
            store.write(SeriesKey.bars("BINANCE.PERP.BTC-USDT", DAY), bars(new long[] {START}, 10), ORIGIN, true);
            List<MarketStore.Entry> entries = new ArrayList<>(store.catalogue());
            entries.sort(Comparator.comparing(entry -> entry.key().toString()));
            assertThat(entries)
                    .extracting(entry -> entry.key().toString())
                    .containsExactly(
                            "BINANCE.PERP.BTC-USDT bars 1d",
                            "BINANCE.PERP.BTC-USDT bars 1h",
                            "BINANCE.SPOT.BTC-USDT trades");
            MarketStore.Entry trades = entries.get(2);
            assertThat(trades.rows()).isEqualTo(30);
            assertThat(trades.fromNanos()).isEqualTo(START);
            assertThat(trades.toNanos()).isEqualTo(START + 4 * DAY + 9 * HOUR);
            assertThat(trades.provenance()).containsExactlyInAnyOrder(ORIGIN, OTHER);
        }
    }

    @Test
    void aSeriesThatIsNotThereIsAnErrorThatNamesTheNearest() throws IOException {
        try (MarketStore store = store()) {
            store.write(TRADES, trades(START, HOUR, 10, 1), ORIGIN, true);
            SeriesKey typo = SeriesKey.of("BINANCE.SPOT.BTC-USTD", RecordKind.TRADES);
            assertThatThrownBy(() -> store.read(MarketStore.Query.all(typo)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("BTC-USTD")
                    .hasMessageContaining("BINANCE.SPOT.BTC-USDT");
            assertThatThrownBy(() -> store.scan(MarketStore.Query.all(FUNDING))).isInstanceOf(IOException.class);
        }
    }

    @Test
    void timesBeforeNineteenSeventyAndNearTheEndsOfTimeAreKept() throws IOException {
        long[] times = {Long.MIN_VALUE + 1, -DAY - 1, -1, 0, 9_223_286_400_000_000_000L, Long.MAX_VALUE - 1};
        ParquetTable table = ParquetTable.builder(6)
                .times("time", times)
                .doubles("cap", new double[] {1, 2, 3, 4, 5, 6})
                .build();
        try (MarketStore store = store()) {
            store.write(METRICS, table, ORIGIN, true);
            assertSame(store.read(MarketStore.Query.all(METRICS)), table);
            assertSame(store.read(MarketStore.Query.all(METRICS).between(-1, 1)), cut(table, 2, 4));
            assertThat(store.write(METRICS, table, ORIGIN, true).duplicates()).isEqualTo(6);
        }
    }

    /** Random writes, against a map of all versions. */
    @Test
    void randomWritesReadAsTheirModel() throws IOException {
        Rng rng = Seeds.rng(77, 1);
        TreeMap<Long, List<long[]>> model = new TreeMap<>();
        try (MarketStore store = store()) {
            for (int write = 0; write < 25; write++) {
                int rows = 1 + rng.nextInt(12);
                long[] opens = new long[rows];
                long[] known = new long[rows];
                double[] closes = new double[rows];
                for (int i = 0; i < rows; i++) {
                    opens[i] = START + rng.nextInt(40) * HOUR;
                    known[i] = opens[i] + HOUR + rng.nextInt(4) * HOUR;
                    closes[i] = 100 + rng.nextInt(3);
                }
                MarketStore.Written written = store.write(BARS, barsKnown(opens, known, closes), ORIGIN, false);
                assertThat(written.added() + written.duplicates() + written.revisions())
                        .isEqualTo(rows);
                int[] order = java.util.stream.IntStream.range(0, rows)
                        .boxed()
                        .sorted(Comparator.<Integer>comparingLong(i -> opens[i]).thenComparingLong(i -> known[i]))
                        .mapToInt(i -> i)
                        .toArray();
                for (int i = 0, end; i < rows; i = end) {
                    List<Long> together = new ArrayList<>();
                    long open = opens[order[i]];
                    long at = known[order[i]];
                    for (end = i; end < rows && opens[order[end]] == open && known[order[end]] == at; end++) {
                        together.add((long) closes[order[end]]);
                    }
                    add(model.computeIfAbsent(open, time -> new ArrayList<>()), at, together);
                }
            }
            for (int hour = 0; hour < 50; hour += 3) {
                long by = START + hour * HOUR;
                assertThat(flat(store.read(MarketStore.Query.all(BARS).knownBy(by))))
                        .isEqualTo(expected(model, OptionalLong.of(by)));
            }
            assertThat(flat(store.read(MarketStore.Query.all(BARS)))).isEqualTo(expected(model, OptionalLong.empty()));
            long versions = model.values().stream().mapToLong(List::size).sum();
            assertThat(store.catalogue().get(0).rows()).isEqualTo(versions);
        }
    }

    private static List<String> flat(ParquetTable table) {
        List<String> flat = new ArrayList<>();
        for (int i = 0; i < table.rows(); i++) {
            flat.add(table.times("time")[i] + " " + (long) table.doubles("close")[i]);
        }
        return flat;
    }

    /** Adds versions known at one time, but for as many of the first as are the last ones of that time. */
    private static void add(List<long[]> versions, long known, List<Long> values) {
        List<Long> stored = versions.stream()
                .filter(version -> version[0] == known)
                .map(version -> version[1])
                .toList();
        int there = Math.min(stored.size(), values.size());
        while (!stored.subList(stored.size() - there, stored.size()).equals(values.subList(0, there))) {
            there--;
        }
        values.subList(there, values.size()).forEach(value -> add(versions, known, value));
    }

    /** Adds a version, unless the one in force at its time has the same value. */
    private static void add(List<long[]> versions, long known, long value) {
        if (versions.isEmpty()) {
            versions.add(new long[] {known, value});
            return;
        }
        long @Nullable [] inForce = last(versions, known);
        if (inForce == null) {
            inForce = versions.stream().min(Comparator.comparingLong(v -> v[0])).orElseThrow();
        }
        if (inForce[1] != value) {
            versions.add(new long[] {known, value});
        }
    }

    private static long @Nullable [] last(List<long[]> versions, long by) {
        long @Nullable [] last = null;
        for (long[] version : versions) {
            if (version[0] <= by && (last == null || version[0] >= last[0])) {
                last = version;
            }
        }
        return last;
    }

    private static List<String> expected(Map<Long, List<long[]>> model, OptionalLong by) {
        List<String> rows = new ArrayList<>();
        model.forEach((open, versions) -> {
            long @Nullable [] last = last(versions, by.orElse(Long.MAX_VALUE));
            if (last != null) {
                rows.add(open + " " + last[1]);
            }
        });
        return rows;
    }
}
