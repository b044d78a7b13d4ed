package org.lama.core.sources;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.book.BookEvents;
import org.lama.core.book.BookScale;
import org.lama.core.features.BookFrames;
import org.lama.core.features.BookSampling;
import org.lama.core.market.Columns;
import org.lama.core.market.InstrumentId;
import org.lama.core.series.Frame;
import org.lama.core.series.Provenance;
import org.lama.core.sources.BookTape.Flaw;
import org.lama.core.store.MarketStore;
import org.lama.core.store.ParquetStore;
import org.lama.core.store.ParquetTable;
import org.lama.core.store.RecordKind;
import org.lama.core.store.SeriesKey;

/** Wrong clock values are planted into feeds: they move no other row, and are counted by name. */
class FeedClocksPropertyTest {
    private static final BookScale SCALE = new BookScale(0.1, 0.001);
    private static final Provenance MADE = new Provenance(Provenance.Kind.SYNTHETIC, "made", "", "");
    private static final String SYMBOL = "EX.SPOT.BTC-USD";
    private static final long MILLI = 1_000_000L;
    private static final long START = 1_700_000_000_000L;
    private static final int MESSAGES = 300;
    /** Of the receiver's clock, which is behind as that of the recorded feeds. */
    private static final long SKEW_MILLIS = -1_270;

    @TempDir
    private Path folder;

    /** Times of messages in milliseconds: at the venue, and with us in nanoseconds. */
    private static final class Times {
        private final long[] venue = new long[MESSAGES];
        private final long[] local = new long[MESSAGES];

        Times(long seed) {
            Rng rng = Seeds.rng(71, seed);
            long now = START;
            for (int i = 0; i < MESSAGES; i++) {
                now += rng.nextInt(40) == 0 ? 1_500 + rng.nextInt(1_500) : 1 + rng.nextInt(200);
                venue[i] = now;
                long came = (now + SKEW_MILLIS + 2) * MILLI + rng.nextInt(30_000_000);
                local[i] = i == 0 ? came : Math.max(local[i - 1] + 1, came);
            }
        }
    }

    /** Message i sets the best bid to i + 1 lots, or is a print of i + 1 lots; the first two are a change and a snapshot. */
    private Path feed(Times times) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < MESSAGES; i++) {
            String size = SCALE.quantity(i + 1) + "";
            String text = i == 1
                    ? "{\"lastUpdateId\":10,\"T\":" + times.venue[i] + ",\"bids\":[[\"99.0\",\"" + size
                            + "\"]],\"asks\":[[\"101.0\",\"" + size + "\"]]}"
                    : i % 3 == 0 && i > 1
                            ? "{\"stream\":\"x@trade\",\"data\":{\"T\":" + times.venue[i]
                                    + ",\"p\":\"99.0\",\"q\":\"" + size + "\",\"m\":true}}"
                            : "{\"stream\":\"x@depth\",\"data\":{\"T\":" + times.venue[i] + ",\"U\":" + (10 + i)
                                    + ",\"u\":" + (10 + i) + ",\"pu\":" + previous(i) + ",\"b\":[[\"99.0\",\"" + size
                                    + "\"]],\"a\":[]}}";
            lines.add(times.local[i] + " " + text);
        }
        Path file = folder.resolve("feed.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    private static int previous(int i) {
        int before = i - 1;
        return i <= 2 ? i == 0 ? 9 : 10 : 10 + (before % 3 == 0 ? before - 1 : before);
    }

    private BookTape read(Times times) throws IOException {
        return BookTapes.binance(feed(times), BinanceMarket.USD_M, SCALE, TapeSettings.DEFAULT);
    }

    /**
     * All rows are the same in what they say, and in their times too but for those of one message; if that is a print from
     * before the feed it is missing.
     */
    private static void assertNothingElseMoved(BookEvents planted, BookEvents clean, int message, String what) {
        int at = 0;
        for (int row = 0; row < clean.size(); row++) {
            boolean own = clean.lots(row) == message + 1
                    || (message <= 2 && row < 6); // rows around the snapshot say no size
            boolean print = clean.kind(row) == BookEvents.SELL;
            if (own && print && (at == planted.size() || planted.lots(at) != message + 1)) {
                continue;
            }
            assertThat(planted.kind(at)).as(what).isEqualTo(clean.kind(row));
            assertThat(planted.lots(at)).as(what).isEqualTo(clean.lots(row));
            if (!own) {
                assertThat(planted.localNanos(at))
                        .as("%s, local time of row %d", what, row)
                        .isEqualTo(clean.localNanos(row));
                assertThat(planted.exchangeNanos(at))
                        .as("%s, time at the venue of row %d", what, row)
                        .isEqualTo(clean.exchangeNanos(row));
            }
            at++;
        }
        assertThat(planted.size()).as(what).isEqualTo(at);
    }

    private static long planted(Rng rng, long value, long unit) {
        long[] away = {10_000, 1_800_000, 7_200_000, 86_400_000L, 31_536_000_000L};
        int kind = rng.nextInt(2 * away.length + 1);
        return kind == 2 * away.length ? 0 : value + (kind % 2 == 0 ? 1 : -1) * away[kind / 2] * unit;
    }

    @Test
    void oneWrongTimeMovesNothingElseAndIsNamed() throws IOException {
        int[] counted = new int[2];
        for (long seed = 0; seed < 60; seed++) {
            Rng rng = Seeds.rng(72, seed);
            BookTape clean = read(new Times(seed));
            assertThat(clean.flaws().keySet()).containsOnly(Flaw.STALE_CHANGE, Flaw.RECEIVED_EARLY);
            assertThat(clean.shiftNanos()).isBetween(1_238 * MILLI, 1_271 * MILLI);
            Times times = new Times(seed);
            int message = seed < 8 ? (int) seed / 2 : rng.nextInt(MESSAGES);
            boolean local = seed % 2 == 0;
            if (local) {
                times.local[message] = planted(rng, times.local[message], MILLI);
            } else {
                times.venue[message] = planted(rng, times.venue[message], 1);
            }
            BookTape tape = read(times);
            String what = "seed " + seed + ", " + (local ? "local" : "venue") + " time of message " + message + ": "
                    + (local ? times.local : times.venue)[message] + ", " + tape.flaws();
            assertThat(tape.shiftNanos()).as(what).isEqualTo(clean.shiftNanos());
            assertNothingElseMoved(tape.events(), clean.events(), message, what);
            counted[0] += (int) tape.count(Flaw.LOCAL_WRONG);
            counted[1] += (int) tape.count(Flaw.EXCHANGE_WRONG);
            long back = tape.count(Flaw.EXCHANGE_STEPS_BACK) + tape.count(Flaw.BEFORE_START);
            assertThat(tape.count(local ? Flaw.LOCAL_WRONG : Flaw.EXCHANGE_WRONG) + (local ? 0 : back))
                    .as(what)
                    .isPositive();
            assertThat(tape.count(Flaw.GAP) + tape.count(Flaw.SILENCE)).as(what).isZero();
        }
        assertThat(counted[0]).isGreaterThanOrEqualTo(30);
        assertThat(counted[1]).isGreaterThanOrEqualTo(15);
    }

    @Test
    void aReceiverThatFallsBehindIsBelieved() throws IOException {
        Times times = new Times(3);
        for (int i = 100; i < MESSAGES; i++) {
            times.local[i] += 8_000 * MILLI;
        }
        BookTape tape = read(times);
        assertThat(tape.flaws()).doesNotContainKeys(Flaw.LOCAL_WRONG, Flaw.EXCHANGE_WRONG);
        BookEvents events = tape.events();
        int last = events.size() - 1;
        assertThat(events.localNanos(last)).isEqualTo(times.local[MESSAGES - 1] + tape.shiftNanos());
    }

    /** Books whole every 10 messages, changes, and prints, as a store has them. */
    private void store(ParquetStore store, Times times) throws IOException {
        for (int kind = 0; kind < 3; kind++) {
            int[] sides = kind == 0 ? new int[] {0, 1} : new int[] {0};
            List<int[]> rows = new ArrayList<>();
            for (int i = 0; i < MESSAGES; i++) {
                int is = i % 10 == 0 ? 0 : i % 3 == 0 ? 2 : 1;
                for (int side : is == kind ? sides : new int[0]) {
                    rows.add(new int[] {i, side});
                }
            }
            ParquetTable.Builder table = ParquetTable.builder(rows.size())
                    .times(RecordKind.TIME, longs(rows, row -> times.venue[row[0]] * MILLI))
                    .times(RecordKind.AVAILABLE, longs(rows, row -> Math.max(
                            times.local[row[0]], times.venue[row[0]] * MILLI)))
                    .longs("received", longs(rows, row -> times.local[row[0]]))
                    .longs("side", longs(rows, row -> row[1]))
                    .doubles("price", rows.stream().mapToDouble(row -> row[1] == 0 ? 99 : 101).toArray())
                    .doubles("size", rows.stream().mapToDouble(row -> SCALE.quantity(row[0] + 1)).toArray());
            if (kind == 0) {
                table.longs("level", longs(rows, row -> 0));
            }
            RecordKind[] kinds = {RecordKind.BOOK_SNAPSHOTS, RecordKind.BOOK_UPDATES, RecordKind.TRADES};
            store.write(SeriesKey.of(SYMBOL, kinds[kind]), table.build(), MADE, true);
        }
    }

    private static long[] longs(List<int[]> rows, java.util.function.ToLongFunction<int[]> value) {
        return rows.stream().mapToLong(value).toArray();
    }

    private static StoredTape tape(MarketStore store, long from, long to) throws IOException {
        InstrumentId instrument = InstrumentId.parse(SYMBOL);
        return StoredTape.of(store, new StoredTape.Part(instrument, from, to), SCALE, TapeSettings.DEFAULT);
    }

    @Test
    void oneWrongTimeOfReceiptInAStoreMovesNothingElse() throws IOException {
        for (long seed = 0; seed < 20; seed++) {
            Rng rng = Seeds.rng(73, seed);
            Times times = new Times(seed);
            BookTape clean;
            try (ParquetStore store = ParquetStore.open(folder.resolve("clean" + seed))) {
                store(store, times);
                clean = tape(store, Long.MIN_VALUE, Long.MAX_VALUE).tape();
            }
            int message = 11 + rng.nextInt(MESSAGES - 12);
            times.local[message] = planted(rng, times.local[message], MILLI);
            try (ParquetStore store = ParquetStore.open(folder.resolve("bad" + seed))) {
                store(store, times);
                BookTape tape = tape(store, Long.MIN_VALUE, Long.MAX_VALUE).tape();
                String what = "seed " + seed + ", message " + message + ", " + tape.flaws();
                assertThat(tape.count(Flaw.LOCAL_WRONG)).as(what).isOne();
                assertThat(tape.shiftNanos()).as(what).isEqualTo(clean.shiftNanos());
                assertNothingElseMoved(tape.events(), clean.events(), message, what);
            }
        }
    }

    /** The least latency of the whole feed lies before the cut: a part must be moved by it all the same. */
    @Test
    void aPartOfAFeedHasTheTimesAndFeaturesOfTheWhole() throws IOException {
        for (long seed = 0; seed < 10; seed++) {
            Times times = new Times(seed);
            times.local[5] = times.venue[5] * MILLI + (SKEW_MILLIS - 60) * MILLI;
            times.local[6] = Math.max(times.local[5] + 1, times.venue[6] * MILLI + (SKEW_MILLIS - 60) * MILLI);
            times.local[7] = Math.max(times.local[6] + 1, times.venue[7] * MILLI + (SKEW_MILLIS - 60) * MILLI);
            for (int i = 3; i >= 0; i--) {
                times.local[i] = Math.min(times.local[i], times.local[5] - 5 + i);
            }
            times.local[4] = Math.min(times.local[4], times.local[5] - 1);
            try (ParquetStore store = ParquetStore.open(folder.resolve("cut" + seed))) {
                store(store, times);
                StoredTape whole = tape(store, Long.MIN_VALUE, Long.MAX_VALUE);
                StoredTape part = tape(store, times.venue[100] * MILLI, times.venue[250] * MILLI);
                assertThat(part.shiftNanos()).isEqualTo(whole.shiftNanos());
                assertSameFrom(part.tape().events(), whole.tape().events());
                assertSameFeatures(part.tape().events(), whole.tape().events());
            }
        }
    }

    /** Behind the first book of the part, which is written whole there, all rows are equal. */
    private static void assertSameFrom(BookEvents part, BookEvents whole) {
        int at = 0;
        while (whole.localNanos(at) <= part.localNanos(0)) {
            at++;
        }
        int from = 0;
        while (part.localNanos(from) <= part.localNanos(0)) {
            from++;
        }
        assertThat(part.size() - from).isGreaterThan(100);
        for (int row = from; row < part.size(); row++, at++) {
            assertThat(part.localNanos(row)).isEqualTo(whole.localNanos(at));
            assertThat(part.exchangeNanos(row)).isEqualTo(whole.exchangeNanos(at));
            assertThat(part.kind(row)).isEqualTo(whole.kind(at));
            assertThat(part.lots(row)).isEqualTo(whole.lots(at));
        }
    }

    private static void assertSameFeatures(BookEvents part, BookEvents whole) {
        BookSampling settings = BookSampling.DEFAULT.withSpans(Duration.ofSeconds(5), Duration.ofSeconds(5));
        Frame mine = BookFrames.of("X", part, settings, MADE);
        Frame all = BookFrames.of("X", whole, settings, MADE);
        int first = 0;
        while (all.index().at(first) < mine.index().at(0)) {
            first++;
        }
        assertThat(mine.size()).isGreaterThan(10);
        for (String name : List.of(Columns.BOOK_BID, Columns.BOOK_BID_SIZE + 1, Columns.CLOSE, Columns.VOLUME)) {
            double[] from = Arrays.copyOfRange(all.column(name).toArray(), first + 1, first + mine.size());
            assertThat(Arrays.copyOfRange(mine.column(name).toArray(), 1, mine.size()))
                    .as(name)
                    .containsExactly(from);
        }
    }
}
