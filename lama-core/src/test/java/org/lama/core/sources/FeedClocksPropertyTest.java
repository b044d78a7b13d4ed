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
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
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
                boolean isQuickest = i % 50 == 20; // more than one, since the least latency is that of a message
                now += rng.nextInt(40) == 0 ? 1_500 + rng.nextInt(1_500) : 1 + rng.nextInt(200);
                now += isQuickest ? 100 : 0;
                venue[i] = now;
                long came = (now + SKEW_MILLIS + 2) * MILLI + (isQuickest ? 0 : rng.nextInt(30_000_000));
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
                            ? "{\"stream\":\"x@trade\",\"data\":{\"T\":" + times.venue[i] + ",\"p\":\"99.0\",\"q\":\""
                                    + size + "\",\"m\":true}}"
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
    private static void assertNothingElseMoved(
            BookEvents planted, BookEvents clean, Set<Integer> messages, String what) {
        int at = 0;
        for (int row = 0; row < clean.size(); row++) {
            long lots = clean.lots(row);
            boolean own = messages.contains((int) lots - 1)
                    || (lots == 0 && messages.contains((int) clean.lots(Math.max(0, row - 1)) - 1))
                    || (row < 6 && messages.stream().anyMatch(message -> message <= 2)); // CLEAR and WHOLE say no size
            boolean print = clean.kind(row) == BookEvents.SELL;
            if (own && print && (at == planted.size() || planted.lots(at) != lots)) {
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
            assertThat(clean.shiftNanos()).isEqualTo(1_269 * MILLI);
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
            assertNothingElseMoved(tape.events(), clean.events(), Set.of(message), what);
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
    void fiveWrongTimesMoveNothingElse() throws IOException {
        for (long seed = 100; seed < 120; seed++) {
            Rng rng = Seeds.rng(74, seed);
            BookTape clean = read(new Times(seed));
            Times times = new Times(seed);
            Set<Integer> messages = new TreeSet<>();
            for (int k = 0; k < 5; k++) {
                int message = 60 * k + 3 + rng.nextInt(50);
                messages.add(message);
                if (rng.nextInt(2) == 0) {
                    times.local[message] = planted(rng, times.local[message], MILLI);
                } else {
                    times.venue[message] = planted(rng, times.venue[message], 1);
                }
            }
            BookTape tape = read(times);
            String what = "seed " + seed + ", messages " + messages + ", " + tape.flaws();
            assertThat(tape.shiftNanos()).as(what).isEqualTo(clean.shiftNanos());
            assertNothingElseMoved(tape.events(), clean.events(), messages, what);
        }
    }

    /** A store has its rows in the order of the venue's times: a print with a wrong one stands out of place, alone. */
    @Test
    void aPrintWithAWrongTimeAtTheVenueInAStoreMovesNothingElse() throws IOException {
        for (long seed = 0; seed < 10; seed++) {
            Rng rng = Seeds.rng(75, seed);
            Times times = new Times(seed);
            int message = seed == 0 ? 3 : 3 * (1 + rng.nextInt(99));
            message = message % 10 == 0 ? message + 3 : message;
            BookEvents clean;
            try (ParquetStore store = ParquetStore.open(folder.resolve("clean" + seed))) {
                store(store, times);
                clean = tape(store, Long.MIN_VALUE, Long.MAX_VALUE).tape().events();
            }
            times.venue[message] = planted(rng, times.venue[message], 1);
            try (ParquetStore store = ParquetStore.open(folder.resolve("bad" + seed))) {
                store(store, times);
                BookTape tape = tape(store, Long.MIN_VALUE, Long.MAX_VALUE).tape();
                assertThat(rows(tape.events(), message))
                        .as("seed %d, message %d at %d, %s", seed, message, times.venue[message], tape.flaws())
                        .isEqualTo(rows(clean, message));
            }
        }
    }

    private static List<String> rows(BookEvents events, int without) {
        List<String> rows = new ArrayList<>();
        for (int row = 0; row < events.size(); row++) {
            if (events.lots(row) != without + 1 && events.kind(row) < BookEvents.CLEAR) {
                rows.add(events.kind(row) + " " + events.lots(row) + " " + events.localNanos(row) + " "
                        + events.exchangeNanos(row));
            }
        }
        return rows;
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

    @Test
    void samplesHaveOneClockAndOneWrongSampleMovesNoOther() throws IOException {
        List<String> lines = new ArrayList<>(
                List.of("time_ms,midpoint,bids_distance_0,bids_notional_0,asks_distance_0," + "asks_notional_0"));
        for (int i = 0; i < 30; i++) {
            lines.add((START + 60_000L * i) + ",100,-0.01," + (99 + i) + ",0.01,101");
        }
        BookEvents clean = samples(lines);
        for (String wrong : List.of("9700000000000", "0", String.valueOf(START + 7_200_000))) {
            for (int message : new int[] {1, 12, 30}) {
                List<String> planted = new ArrayList<>(lines);
                String row = planted.get(message);
                planted.set(message, wrong + row.substring(row.indexOf(',')));
                if (wrong.equals("0") && message == 1) {
                    continue; // a feed may begin whenever it likes
                }
                if (message == 30 && !wrong.equals("0")) {
                    continue; // nothing comes behind it that could tell
                }
                BookEvents events = samples(planted);
                assertThat(events.size()).isEqualTo(clean.size());
                for (int at = 0; at < clean.size(); at++) {
                    boolean isOwn = clean.localNanos(at) == (START + 60_000L * (message - 1)) * MILLI;
                    assertThat(isOwn || events.localNanos(at) == clean.localNanos(at))
                            .as(wrong + " at " + message)
                            .isTrue();
                }
            }
        }
    }

    private BookEvents samples(List<String> lines) throws IOException {
        Path file = folder.resolve("samples.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
        }
        TapeSettings patient = new TapeSettings(Duration.ofMinutes(5), Duration.ofMillis(1), false);
        return BookTapes.sampledLevels(file, 1, SCALE, patient).events();
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
                    .times(
                            RecordKind.AVAILABLE,
                            longs(rows, row -> Math.max(times.local[row[0]], times.venue[row[0]] * MILLI)))
                    .longs("received", longs(rows, row -> times.local[row[0]]))
                    .longs("side", longs(rows, row -> row[1]))
                    .doubles(
                            "price",
                            rows.stream()
                                    .mapToDouble(row -> row[1] == 0 ? 99 : 101)
                                    .toArray())
                    .doubles(
                            "size",
                            rows.stream()
                                    .mapToDouble(row -> SCALE.quantity(row[0] + 1))
                                    .toArray());
            if (kind == 0) {
                table.longs("level", longs(rows, row -> 0));
            }
            RecordKind[] kinds = {RecordKind.BOOK_SNAPSHOTS, RecordKind.BOOK_UPDATES, RecordKind.TRADES};
            store.write(SeriesKey.of(SYMBOL, kinds[kind]), table.build(), MADE, true);
        }
    }

    private static long[] longs(List<int[]> rows, ToLongFunction<int[]> value) {
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
            int message = seed < 4 ? (int) seed : rng.nextInt(MESSAGES);
            times.local[message] = planted(rng, times.local[message], MILLI);
            try (ParquetStore store = ParquetStore.open(folder.resolve("bad" + seed))) {
                store(store, times);
                BookTape tape = tape(store, Long.MIN_VALUE, Long.MAX_VALUE).tape();
                String what = "seed " + seed + ", message " + message + ", " + tape.flaws();
                assertThat(tape.count(Flaw.LOCAL_WRONG)).as(what).isOne();
                assertThat(tape.shiftNanos()).as(what).isEqualTo(clean.shiftNanos());
                assertThat(rows(tape.events(), message)).as(what).isEqualTo(rows(clean.events(), message));
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
