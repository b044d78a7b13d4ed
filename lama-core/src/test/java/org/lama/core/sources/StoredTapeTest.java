package org.lama.core.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.core.book.BookEvents;
import org.lama.core.book.BookFeed;
import org.lama.core.book.BookScale;
import org.lama.core.book.LevelBook;
import org.lama.core.data.FileImport;
import org.lama.core.data.ImportOptions;
import org.lama.core.data.SharedData;
import org.lama.core.market.InstrumentId;
import org.lama.core.series.Provenance;
import org.lama.core.series.TimeIndex;
import org.lama.core.sources.BookTape.Flaw;
import org.lama.core.store.MarketStore;
import org.lama.core.store.ParquetStore;
import org.lama.core.store.ParquetTable;
import org.lama.core.store.RecordKind;
import org.lama.core.store.SeriesKey;

/** A book read out of a store is the book that was recorded. */
class StoredTapeTest {
    private static final Provenance MADE = new Provenance(Provenance.Kind.SYNTHETIC, "made", "", "");
    private static final String SYMBOL = "EX.SPOT.BTC-USD";

    @TempDir
    private Path folder;

    /** Messages that are left out before they reach a store. */
    private static Map<Flaw, Long> ofRows(Map<Flaw, Long> flaws) {
        Map<Flaw, Long> kept = new EnumMap<>(Flaw.class);
        kept.putAll(flaws);
        kept.keySet().removeAll(Set.of(Flaw.OTHER_MESSAGE, Flaw.UNREADABLE));
        return kept;
    }

    private StoredTape imported(String file, BookScale scale, TapeSettings settings) throws IOException {
        try (ParquetStore store = ParquetStore.open(folder)) {
            FileImport.run(SharedData.path("data/l2/" + file), store, ImportOptions.defaults());
            InstrumentId instrument = store.keys().get(0).instrument();
            return StoredTape.of(store, StoredTape.Part.all(instrument), scale, settings);
        }
    }

    private static void assertSame(BookEvents stored, BookEvents recorded) {
        for (int row = 0; row < Math.min(stored.size(), recorded.size()); row++) {
            if (!isSame(stored, recorded, row)) {
                assertThat(words(stored, row)).as("row " + row).isEqualTo(words(recorded, row));
            }
        }
        assertThat(stored.size()).isEqualTo(recorded.size());
    }

    private static boolean isSame(BookEvents a, BookEvents b, int row) {
        return a.kind(row) == b.kind(row)
                && a.ticks(row) == b.ticks(row)
                && a.lots(row) == b.lots(row)
                && a.exchangeNanos(row) == b.exchangeNanos(row)
                && a.localNanos(row) == b.localNanos(row);
    }

    private static String words(BookEvents events, int row) {
        return events.kind(row) + " " + events.ticks(row) + " " + events.lots(row) + " " + events.exchangeNanos(row)
                + " " + events.localNanos(row);
    }

    private static void assertSame(StoredTape stored, BookTape recorded) throws IOException {
        assertThat(stored.shiftNanos()).isEqualTo(recorded.shiftNanos());
        assertThat(ofRows(stored.flaws())).isEqualTo(ofRows(recorded.flaws()));
        assertThat(stored.rows()).isEqualTo(recorded.events().size());
        assertSame(stored.tape().events(), recorded.events());
    }

    @Test
    void binanceUsdMarginedComesOutOfTheStoreAsItWasRecorded() throws IOException {
        String file = "raw_usdm_btcusdt_20240808.gz";
        BookScale scale = new BookScale(0.1, 0.001);
        BookTape recorded =
                BookTapes.binance(SharedData.path("data/l2/" + file), BinanceMarket.USD_M, scale, TapeSettings.DEFAULT);
        StoredTape stored = imported(file, scale, TapeSettings.DEFAULT);
        assertSame(stored, recorded);
        assertThat(stored.messages()).isEqualTo(recorded.messages());
    }

    @Test
    void binanceSpotComesOutOfTheStoreAsItWasRecordedThoughItsQuotesHaveNoTime() throws IOException {
        String file = "raw_spot_btcusdt_20240808.gz";
        BookScale scale = new BookScale(0.01, 0.00001);
        BookTape recorded =
                BookTapes.binance(SharedData.path("data/l2/" + file), BinanceMarket.SPOT, scale, TapeSettings.DEFAULT);
        assertSame(imported(file, scale, TapeSettings.DEFAULT), recorded);
    }

    /** The store counts sizes in base currency: a contract is worth 100 dollars. */
    @Test
    void binanceCoinMarginedComesOutOfTheStoreInBaseCurrency() throws IOException {
        String file = "raw_cm_btcusd_perp_20240808.gz";
        BookScale base = new BookScale(0.1, 1e-8);
        BookEvents recorded = BookTapes.binance(
                        SharedData.path("data/l2/" + file),
                        BinanceMarket.COIN_M,
                        new BookScale(0.1, 1),
                        TapeSettings.DEFAULT)
                .events();
        BookEvents expected = new BookEvents(base, recorded.size());
        for (int row = 0; row < recorded.size(); row++) {
            boolean isWhole = recorded.kind(row) == BookEvents.WHOLE; // that row tells two prices
            long lots = isWhole
                    ? recorded.lots(row)
                    : base.lots(recorded.lots(row) * 100 / base.price(Math.max(1, recorded.ticks(row))));
            expected.add(
                    recorded.kind(row),
                    recorded.exchangeNanos(row),
                    recorded.localNanos(row),
                    recorded.ticks(row),
                    lots);
        }
        assertSame(imported(file, base, TapeSettings.DEFAULT).tape().events(), expected);
    }

    /**
     * Prints of one message and time have hashes for numbers, by which the store orders them; a book that came twice with
     * one time is there once.
     */
    @Test
    void hyperliquidComesOutOfTheStoreAsItWasRecordedButForTheOrderOfPrintsOfOneMessage() throws IOException {
        String file = "raw_hyperliquid_btcusd_20250126.gz";
        BookScale scale = new BookScale(1, 0.00001);
        BookTape recorded =
                BookTapes.hyperliquid(SharedData.path("data/l2/" + file), "BTC", scale, TapeSettings.DEFAULT);
        assertThat(lines(imported(file, scale, TapeSettings.DEFAULT).tape().events()))
                .isEqualTo(lines(recorded.events()));
    }

    private static List<String> lines(BookEvents events) {
        List<String> lines = new ArrayList<>();
        int from = 0;
        boolean isWhole = false;
        for (int row = 0; row < events.size(); row++) {
            if (isWhole && events.kind(row) == BookEvents.WHOLE) {
                continue;
            }
            isWhole = events.kind(row) == BookEvents.WHOLE || (isWhole && events.kind(row) != BookEvents.CLEAR);
            lines.add(words(events, row));
            boolean print = events.kind(row) == BookEvents.BUY || events.kind(row) == BookEvents.SELL;
            if (!print || row + 1 == events.size() || events.localNanos(row + 1) != events.localNanos(row)) {
                Collections.sort(lines.subList(print ? from : lines.size() - 1, lines.size()));
                from = lines.size();
            }
        }
        return lines;
    }

    private static ParquetTable.Builder rows(long... nanos) {
        return ParquetTable.builder(nanos.length)
                .times(RecordKind.TIME, nanos)
                .times(
                        RecordKind.AVAILABLE,
                        Arrays.stream(nanos).map(t -> t + 5).toArray());
    }

    private static void write(MarketStore store, RecordKind kind, ParquetTable table) throws IOException {
        assertThat(store.write(SeriesKey.of(SYMBOL, kind), table, MADE, true).refused())
                .isZero();
    }

    private static String told(StoredTape tape) throws IOException {
        BookEvents events = tape.tape().events();
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < events.size(); row++) {
            text.append(events.kind(row)).append(' ').append(events.ticks(row)).append(' ');
            text.append(events.lots(row))
                    .append('@')
                    .append(events.localNanos(row))
                    .append("; ");
        }
        return text.toString();
    }

    private StoredTape made(ParquetStore store, long from, long to) throws IOException {
        InstrumentId instrument = SeriesKey.of(SYMBOL, RecordKind.TRADES).instrument();
        return StoredTape.of(
                store, new StoredTape.Part(instrument, from, to), new BookScale(1, 1), TapeSettings.DEFAULT);
    }

    /** A bid of 1 at 10 and an ask of 1 at 12, at time 100, without a number. */
    private static void snapshot(ParquetStore store) throws IOException {
        write(
                store,
                RecordKind.BOOK_SNAPSHOTS,
                rows(100, 100)
                        .longs("side", new long[] {0, 1})
                        .longs("level", new long[] {0, 0})
                        .doubles("price", new double[] {10, 12})
                        .doubles("size", new double[] {1, 1})
                        .build());
    }

    @Test
    void changesWithoutNumbersCountOnceABookIsWholeAndACrossedBookIsGone() throws IOException {
        try (ParquetStore store = ParquetStore.open(folder)) {
            snapshot(store);
            write(
                    store,
                    RecordKind.BOOK_UPDATES,
                    rows(50, 110, 110, 120)
                            .longs("side", new long[] {0, 1, 0, 0})
                            .doubles("price", new double[] {9, 12, 11, 13})
                            .doubles("size", new double[] {1, 0, 2, 1})
                            .build());
            StoredTape tape = made(store, 0, 1000);
            assertThat(told(tape))
                    .isEqualTo("5 0 0@105; 1 10 1@105; 2 12 1@105; 6 10 12@105; 2 12 0@115; 1 11 2@115; 1 13 1@125; ");
            assertThat(tape.flaws()).isEmpty();
            assertThat(told(made(store, 0, 115))).doesNotContain("@125");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new StoredTape.Part(InstrumentId.parse("X.SPOT.BTC-USD"), 2, 1));
        }
    }

    @Test
    void changesThatNameTheOneBeforeNeedASnapshotOfTheStreamAndAHoleIsSeen() throws IOException {
        try (ParquetStore store = ParquetStore.open(folder)) {
            write(
                    store,
                    RecordKind.BOOK_SNAPSHOTS,
                    rows(100, 100)
                            .longs("side", new long[] {0, 1})
                            .longs("level", new long[] {0, 0})
                            .doubles("price", new double[] {10, 12})
                            .doubles("size", new double[] {1, 1})
                            .longs("last_update", new long[] {7, 7})
                            .build());
            write(
                    store,
                    RecordKind.BOOK_UPDATES,
                    rows(110, 120)
                            .longs("side", new long[] {0, 0})
                            .doubles("price", new double[] {11, 10})
                            .doubles("size", new double[] {1, 2})
                            .longs("last_update", new long[] {9, 12})
                            .longs("previous_update", new long[] {7, 11})
                            .build());
            write(
                    store,
                    RecordKind.TRADES,
                    rows(110, 115)
                            .longs("side", new long[] {1, -1})
                            .doubles("price", new double[] {11, 11})
                            .doubles("size", new double[] {3, 3})
                            .build());
            StoredTape tape = made(store, 0, 1000);
            assertThat(told(tape))
                    .as("the print of a time before the change")
                    .isEqualTo("5 0 0@105; 1 10 1@105; 2 12 1@105; 6 10 12@105; 3 11 3@115; 1 11 1@115; 5 0 0@125; ");
            assertThat(tape.flaws()).isEqualTo(Map.of(Flaw.GAP, 1L, Flaw.UNKNOWN_SIDE, 1L));
            assertThat(tape.messages()).isEqualTo(5);
        }
    }

    @Test
    void stretchesHoldTheSameRowsAndAStoreWithoutABookIsRefused() throws IOException {
        try (ParquetStore store = ParquetStore.open(folder)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> made(store, 0, 1))
                    .withMessageContaining("no book");
            snapshot(store);
            int updates = 40_000;
            long[] times = new long[updates];
            long[] sides = new long[updates];
            double[] prices = new double[updates];
            double[] sizes = new double[updates];
            for (int i = 0; i < updates; i++) {
                times[i] = 200L + i;
                sides[i] = i % 2;
                prices[i] = i % 2 == 0 ? 10 - i % 4 : 12 + i % 3;
                sizes[i] = i % 5;
            }
            write(
                    store,
                    RecordKind.BOOK_UPDATES,
                    rows(times)
                            .longs("side", sides)
                            .doubles("price", prices)
                            .doubles("size", sizes)
                            .build());
            StoredTape tape = made(store, Long.MIN_VALUE, Long.MAX_VALUE);
            BookEvents whole = tape.tape().events();
            assertThat(whole.size()).isGreaterThan(2 * BookFeed.USUAL_ROWS);
            assertThat((long) whole.size()).isEqualTo(tape.rows());
            BookEvents stretch = new BookEvents(tape.scale(), 0);
            int stretches = 0;
            try (BookFeed.Chunks chunks = tape.open()) {
                for (int at = 0; chunks.next(stretch); at += stretch.size()) {
                    stretches++;
                    for (int row = 0; row < stretch.size(); row++) {
                        assertThat(stretch.localNanos(row)).isEqualTo(whole.localNanos(at + row));
                        assertThat(stretch.lots(row)).isEqualTo(whole.lots(at + row));
                    }
                }
            }
            assertThat(stretches).isGreaterThanOrEqualTo(3);
            assertThat(stretch.size()).isZero();
        }
    }

    /** What the book is after each row from a time of receipt on, with the row. */
    private static List<String> seen(BookEvents events, long fromNanos) {
        LevelBook book = LevelBook.of(events.scale());
        List<String> seen = new ArrayList<>();
        for (int row = 0; row < events.size(); row++) {
            events.applyTo(row, book);
            if (events.localNanos(row) >= fromNanos) {
                seen.add(words(events, row) + " " + book.isValid() + " " + book.bidTicks() + " " + book.askTicks() + " "
                        + book.knownBidTicks() + " " + book.knownAskTicks() + " " + book.levels());
            }
        }
        return seen;
    }

    /** One snapshot at the beginning is enough for any part: the book stands there as in the whole. */
    @Test
    void aPartBeginsWithTheBookAsItStands() throws IOException {
        BookScale scale = new BookScale(0.01, 0.00001);
        StoredTape whole = imported("raw_spot_btcusdt_20240808.gz", scale, TapeSettings.DEFAULT);
        long from = TimeIndex.nanos(Instant.parse("2024-08-08T23:57:30Z"));
        try (ParquetStore store = ParquetStore.open(folder)) {
            InstrumentId instrument = store.keys().get(0).instrument();
            StoredTape part = StoredTape.of(
                    store, new StoredTape.Part(instrument, from, Long.MAX_VALUE), scale, TapeSettings.DEFAULT);
            assertThat(StoredTape.scale(store, StoredTape.Part.all(instrument))).contains(scale);
            assertThat(part.flaws()).doesNotContainKey(Flaw.NO_SNAPSHOT);
            assertThat(part.rows()).isBetween(whole.rows() / 4, whole.rows() * 3 / 4);
            BookEvents rows = part.tape().events();
            assertThat(rows.kind(0)).isEqualTo(BookEvents.CLEAR);
            assertThat(rows.exchangeNanos(0)).isBetween(from - 1_000_000_000L, from);
            long after = rows.localNanos(0) + 1;
            List<String> seen = seen(rows, after);
            assertThat(seen)
                    .hasSizeGreaterThan(10_000)
                    .isEqualTo(seen(whole.tape().events(), after));
        }
    }
}
