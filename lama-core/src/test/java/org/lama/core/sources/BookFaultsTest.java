package org.lama.core.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.book.BookEvents;
import org.lama.core.book.BookScale;
import org.lama.core.book.LevelBook;
import org.lama.core.sources.BookTape.Flaw;

/** What goes wrong in feeds of books: faults 33 to 36 and broken fields, on small feeds written by hand. */
class BookFaultsTest {
    private static final BookScale SCALE = new BookScale(0.1, 0.001);
    private static final long START_MILLIS = 1_700_000_000_000L;
    private static final TapeSettings PLAIN = TapeSettings.DEFAULT;

    @TempDir
    Path folder;

    private final List<String> lines = new ArrayList<>();
    private long millis = START_MILLIS;

    private BookFaultsTest say(String json) {
        millis += 100;
        lines.add((millis + 5) * 1_000_000 + " " + json);
        return this;
    }

    private BookFaultsTest change(long first, long last, long previous, String bids, String asks) {
        return say("{\"stream\":\"x@depth@0ms\",\"data\":{\"T\":" + (millis + 100) + ",\"U\":" + first + ",\"u\":"
                + last + ",\"pu\":" + previous + ",\"b\":[" + bids + "],\"a\":[" + asks + "]}}");
    }

    private BookFaultsTest snapshot(long last, String bids, String asks) {
        return say("{\"lastUpdateId\":" + last + ",\"T\":" + (millis + 100) + ",\"bids\":[" + bids + "],\"asks\":["
                + asks + "]}");
    }

    private BookFaultsTest quote(long number, String bid, String ask) {
        return say("{\"stream\":\"x@bookTicker\",\"data\":{\"T\":" + (millis + 100) + ",\"u\":" + number + ",\"b\":\""
                + bid + "\",\"B\":\"1\",\"a\":\"" + ask + "\",\"A\":\"2\"}}");
    }

    private static String level(String price, String size) {
        return "[\"" + price + "\",\"" + size + "\"]";
    }

    private BookTape read(TapeSettings settings) throws IOException {
        return BookTapes.binance(zipped(lines), BinanceMarket.USD_M, SCALE, settings);
    }

    private Path zipped(List<String> text) throws IOException {
        Path file = folder.resolve("feed.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(String.join("\n", text).getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    /** The book after each message, as the strategy would see it. */
    private static List<String> states(BookTape tape) {
        BookEvents events = tape.events();
        LevelBook book = LevelBook.keepingCrossings(events.scale());
        List<String> states = new ArrayList<>();
        for (int row = 0; row < events.size(); row++) {
            events.applyTo(row, book);
            boolean last = row + 1 == events.size() || events.localNanos(row + 1) != events.localNanos(row);
            if (last) {
                states.add(book.isValid() ? book.bidTicks() + "/" + book.askTicks() : "stale");
            }
            assertThat(last && book.isWhole() && book.isCrossed())
                    .as("a whole book is never crossed")
                    .isFalse();
        }
        return states;
    }

    private BookFaultsTest joined() {
        change(1, 10, 0, level("99.0", "1"), "");
        snapshot(12, level("99.0", "1") + "," + level("98.9", "4"), level("101.0", "2"));
        return change(11, 15, 10, level("99.1", "3"), level("101.0", "0") + "," + level("101.1", "2"));
    }

    @Test
    void aSnapshotIsJoinedWithTheChangeThatTouchesItAndNotShownBefore() throws IOException {
        BookTape tape = joined().read(PLAIN);
        assertThat(states(tape)).containsExactly("stale", "991/1011");
        assertThat(tape.flaws()).isEqualTo(Map.of(Flaw.STALE_CHANGE, 1L));
        assertThat(tape.messages()).isEqualTo(3);
        assertThat(tape.shiftNanos()).isZero();
    }

    @Test
    void aHoleInTheNumbersMakesTheBookStaleAtOnceUntilANewSnapshotIsJoined() throws IOException {
        joined().change(18, 20, 17, level("99.2", "1"), ""); // 16 and 17 are missing
        change(21, 25, 20, level("99.3", "1"), "");
        snapshot(22, level("99.2", "1"), level("101.5", "1"));
        change(26, 30, 25, "", level("101.4", "1"));
        BookTape tape = read(PLAIN);
        assertThat(states(tape)).containsExactly("stale", "991/1011", "stale", "993/1015", "993/1014");
        assertThat(tape.count(Flaw.GAP)).isOne();
    }

    @Test
    void aSnapshotOlderThanTheFirstChangeIsNotJoinedWithAHole() throws IOException {
        change(20, 25, 19, level("99.0", "1"), "");
        snapshot(10, level("98.0", "1"), level("102.0", "1"));
        change(26, 30, 25, level("99.1", "1"), "");
        assertThat(states(read(PLAIN))).isEmpty();
        assertThat(read(PLAIN).count(Flaw.SNAPSHOT_TOO_OLD)).isOne();
        snapshot(26, level("98.0", "1"), level("102.0", "1"));
        assertThat(states(read(PLAIN))).containsExactly("991/1020");
    }

    @Test
    void aCrossedOrLockedBookIsGivenUpAndCounted() throws IOException {
        joined().change(16, 20, 15, level("101.1", "1"), ""); // locked
        change(21, 25, 20, level("99.0", "7"), "");
        snapshot(22, level("99.0", "1"), level("101.0", "2"));
        change(26, 30, 25, "", level("98.9", "1")); // crossed
        BookTape tape = read(PLAIN);
        assertThat(states(tape)).containsExactly("stale", "991/1011", "stale", "990/1010", "stale");
        assertThat(tape.count(Flaw.CROSSED)).isEqualTo(2);
    }

    @Test
    void aCrossedSnapshotIsNeverShown() throws IOException {
        change(1, 10, 0, "", "");
        snapshot(10, level("99.0", "1"), level("99.0", "2"));
        change(11, 12, 10, level("98.0", "1"), "");
        BookTape tape = read(PLAIN);
        assertThat(states(tape)).containsOnly("stale");
        assertThat(tape.count(Flaw.CROSSED)).isPositive();
    }

    @Test
    void sidesThatMeetOnlyWithinAMessageAreNoCrossing() throws IOException {
        joined().change(16, 20, 15, level("101.1", "1"), level("101.1", "0") + "," + level("101.3", "1"));
        assertThat(states(read(PLAIN))).containsExactly("stale", "991/1011", "1011/1013");
    }

    @Test
    void aSilentFeedIsLostAfterItsPatience() throws IOException {
        joined();
        millis += 60_000;
        change(16, 20, 15, level("99.2", "1"), "");
        BookTape tape = read(PLAIN);
        assertThat(states(tape)).containsExactly("stale", "991/1011", "stale");
        assertThat(tape.count(Flaw.SILENCE)).isOne();
        BookEvents events = tape.events();
        int last = events.size() - 1;
        assertThat(events.kind(last)).isEqualTo(BookEvents.CLEAR);
        assertThat(events.localNanos(last)).isEqualTo((START_MILLIS + 305 + 10_000) * 1_000_000);
        TapeSettings patient = new TapeSettings(Duration.ofMinutes(2), Duration.ofMillis(1), true);
        assertThat(states(read(patient))).containsExactly("stale", "991/1011", "992/1011");
    }

    @Test
    void aBookAboutWhichNothingComesIsLostHoweverManyTradesAndQuotesCome() throws IOException {
        joined();
        for (int i = 0; i < 15; i++) {
            millis += 900;
            say("{\"stream\":\"x@trade\",\"data\":{\"T\":" + (millis + 100)
                    + ",\"p\":\"100.0\",\"q\":\"0.5\",\"m\":true}}");
            quote(100 + i, "99.1", "101.1");
        }
        BookTape tape = read(PLAIN);
        assertThat(tape.count(Flaw.SILENCE)).isOne();
        BookEvents events = tape.events();
        List<Long> cleared = new ArrayList<>();
        for (int row = 0; row < events.size(); row++) {
            if (events.kind(row) == BookEvents.CLEAR) {
                cleared.add(events.localNanos(row));
            }
        }
        assertThat(cleared).endsWith((START_MILLIS + 305 + 10_000) * 1_000_000);
        assertThat(tape.firstNanos()).containsEntry(Flaw.SILENCE, (START_MILLIS + 305 + 10_000) * 1_000_000);
        assertThat(states(tape)).endsWith("stale");
        change(16, 20, 15, level("99.2", "1"), "");
        assertThat(states(read(PLAIN))).as("only a snapshot brings it back").endsWith("stale");
    }

    @Test
    void aWholeBookThatComesAgainUnchangedIsNewsOfTheBook() throws IOException {
        for (int i = 0; i < 5; i++) {
            millis += 6_000;
            say(
                    "{\"channel\":\"l2Book\",\"data\":{\"coin\":\"BTC\",\"time\":" + (millis + 100)
                            + ",\"levels\":[[{\"px\":\"99.0\",\"sz\":\"1\",\"n\":1}],[{\"px\":\"101.0\",\"sz\":\"3\",\"n\":1}]]}}");
        }
        BookTape tape = BookTapes.hyperliquid(zipped(lines), "BTC", SCALE, PLAIN);
        assertThat(tape.flaws()).isEmpty();
        assertThat(states(tape)).hasSize(5).containsOnly("990/1010");
        BookEvents events = tape.events();
        assertThat(events.kind(events.size() - 1)).isEqualTo(BookEvents.WHOLE);
        assertThat(events.localNanos(events.size() - 1)).isEqualTo((millis + 5) * 1_000_000);
    }

    @Test
    void aLevelWithoutPriceOrSizeMakesTheBookStale() throws IOException {
        joined().change(16, 20, 15, level("99.2", "-1"), "");
        assertThat(states(read(PLAIN))).endsWith("stale");
        assertThat(read(PLAIN).count(Flaw.BAD_SIZE)).isOne();
        lines.set(lines.size() - 1, lines.get(lines.size() - 1).replace("99.2", "0.0"));
        assertThat(states(read(PLAIN))).endsWith("stale");
        assertThat(read(PLAIN).count(Flaw.BAD_PRICE)).isOne();
    }

    @Test
    void brokenLinesAreCountedAndAHoleShowsByTheNumbers() throws IOException {
        joined().change(16, 20, 15, level("99.2", "1"), "").change(21, 25, 20, level("99.3", "1"), "");
        lines.set(3, lines.get(3).substring(0, 60));
        lines.add("not a time {}");
        lines.add("");
        say("{\"stream\":\"x@depth\",\"data\":{\"u\":\"text\"}}");
        say("{\"result\":null,\"id\":1}");
        change(31, 30, 25, "", "");
        BookTape tape = read(PLAIN);
        assertThat(states(tape)).containsExactly("stale", "991/1011", "stale");
        assertThat(tape.count(Flaw.UNREADABLE)).isEqualTo(4);
        assertThat(tape.count(Flaw.OTHER_MESSAGE)).isOne();
        assertThat(tape.count(Flaw.GAP)).isEqualTo(2);
    }

    @Test
    void clocksThatStepBackStandStillAndAreCounted() throws IOException {
        joined();
        millis -= 250;
        change(16, 20, 15, level("99.2", "1"), "");
        BookTape tape = read(PLAIN);
        BookEvents events = tape.events();
        assertThat(tape.count(Flaw.LOCAL_STEPS_BACK)).isOne();
        assertThat(tape.count(Flaw.EXCHANGE_STEPS_BACK)).isOne();
        for (int row = 1; row < events.size(); row++) {
            assertThat(events.localNanos(row)).isGreaterThanOrEqualTo(events.localNanos(row - 1));
            assertThat(events.exchangeNanos(row)).isGreaterThanOrEqualTo(events.exchangeNanos(row - 1));
        }
    }

    @Test
    void aReceiverWhoseClockIsBehindIsMovedSoThatTheQuickestMessageTookTheLeastLatency() throws IOException {
        joined();
        lines.replaceAll(line -> (Long.parseLong(line.substring(0, line.indexOf(' '))) - 1_270_000_000L)
                + line.substring(line.indexOf(' ')));
        BookTape tape = read(PLAIN);
        assertThat(tape.count(Flaw.RECEIVED_EARLY)).isEqualTo(3);
        assertThat(tape.shiftNanos()).isEqualTo(1_270_000_000L - 5_000_000 + 1_000_000);
        BookEvents events = tape.events();
        for (int row = 0; row < events.size(); row++) {
            assertThat(events.localNanos(row) - events.exchangeNanos(row)).isEqualTo(1_000_000);
        }
    }

    @Test
    void aBestQuoteRunsAheadOfChangesAndOlderLevelsDoNotUndoIt() throws IOException {
        joined().quote(40, "101.2", "101.3");
        change(16, 30, 15, level("99.4", "1"), level("101.2", "9") + "," + level("105.0", "1"));
        quote(35, "90.0", "91.0");
        change(31, 45, 30, "", level("101.3", "5"));
        BookTape tape = read(PLAIN);
        assertThat(states(tape)).containsExactly("stale", "991/1011", "1012/1013", "1012/1013", "1012/1013");
        assertThat(tape.count(Flaw.OLDER_THAN_QUOTE)).isOne();
        assertThat(tape.count(Flaw.OLD_QUOTE)).isOne();
        assertThat(states(read(PLAIN.withoutQuotes()))).containsExactly("stale", "991/1011", "994/1011", "994/1011");
    }

    @Test
    void aCrossedQuoteMakesTheBookStale() throws IOException {
        joined().quote(40, "101.3", "101.3");
        assertThat(states(read(PLAIN))).endsWith("stale");
        assertThat(read(PLAIN).count(Flaw.CROSSED)).isOne();
    }

    @Test
    void tradesWithoutSizeOrPriceAreLeftOut() throws IOException {
        String trade = "{\"stream\":\"x@trade\",\"data\":{\"T\":%d,\"p\":\"%s\",\"q\":\"%s\",\"m\":%s}}";
        say(String.format(trade, millis + 100, "100.0", "0.5", "true"));
        say(String.format(trade, millis + 100, "100.05", "0.5", "false"));
        say(String.format(trade, millis + 100, "100.0", "0", "false"));
        say(String.format(trade, millis + 100, "0", "0.1", "false"));
        say(String.format(trade, START_MILLIS, "100.0", "0.1", "false"));
        BookTape tape = read(PLAIN);
        assertThat(tape.events().size()).isEqualTo(2);
        assertThat(tape.events().kind(0)).isEqualTo(BookEvents.SELL);
        assertThat(tape.events().kind(1)).isEqualTo(BookEvents.BUY);
        assertThat(tape.flaws())
                .containsEntry(Flaw.BAD_SIZE, 1L)
                .containsEntry(Flaw.BAD_PRICE, 1L)
                .containsEntry(Flaw.OFF_GRID, 1L)
                .containsEntry(Flaw.BEFORE_START, 1L);
    }

    @Test
    void wholeBooksAreWrittenAsWhatDiffersAndACrossedOneIsNotShown() throws IOException {
        String book = "{\"channel\":\"l2Book\",\"data\":{\"coin\":\"BTC\",\"time\":%d,\"levels\":[[%s],[%s]]}}";
        String level = "{\"px\":\"%s\",\"sz\":\"%s\",\"n\":1}";
        String bids = String.format(level, "99.0", "1") + "," + String.format(level, "98.0", "2");
        String asks = String.format(level, "101.0", "3");
        say(String.format(book, millis + 100, bids, asks));
        say(String.format(book, millis + 100, String.format(level, "99.0", "1"), asks));
        say(String.format(book, millis + 100, bids, String.format(level, "99.0", "3")));
        say(String.format(book, millis + 100, bids, asks));
        say("{\"channel\":\"trades\",\"data\":[{\"coin\":\"BTC\",\"px\":\"99.0\",\"sz\":\"1\",\"side\":\"?\",\"time\":"
                + millis
                + "},{\"coin\":\"ETH\",\"px\":\"99.0\",\"sz\":\"1\",\"side\":\"A\",\"time\":" + millis
                + "},{\"coin\":\"BTC\",\"px\":\"99.0\",\"sz\":\"1\",\"side\":\"A\",\"time\":" + millis + "}]}");
        say("{\"channel\":\"pong\",\"data\":{}}");
        BookTape tape = BookTapes.hyperliquid(zipped(lines), "BTC", SCALE, PLAIN);
        assertThat(states(tape)).containsExactly("990/1010", "990/1010", "stale", "990/1010", "990/1010");
        assertThat(tape.count(Flaw.CROSSED)).isOne();
        assertThat(tape.count(Flaw.UNKNOWN_SIDE)).isOne();
        assertThat(tape.count(Flaw.OTHER_MESSAGE)).isOne();
        assertThat(tape.count(Flaw.OTHER_SYMBOL)).isOne();
        assertThat(tape.events().kind(tape.events().size() - 1)).isEqualTo(BookEvents.SELL);
    }

    /** Fault 35 as a property: whatever a feed says, no valid book has its sides meet, and rows run on in both times. */
    @Test
    void noRandomFeedEverShowsABookWhoseSidesMeet() throws IOException {
        for (int seed = 0; seed < 20; seed++) {
            lines.clear();
            randomFeed(Seeds.rng(35, seed));
            BookTape tape = read(PLAIN);
            List<String> states = states(tape);
            assertThat(states).isNotEmpty();
            assertThat(tape.count(Flaw.CROSSED)).as("the feed crosses").isPositive();
            assertThat(states).contains("stale").anyMatch(state -> !state.equals("stale"));
        }
    }

    private void randomFeed(Rng rng) {
        long number = 100;
        for (int i = 0; i < 400; i++) {
            int mid = 1000 + rng.nextInt(20);
            String price = String.format("%.1f", mid / 10.0);
            String size = String.valueOf(rng.nextInt(3));
            double kind = rng.nextDouble();
            if (kind < 0.1) {
                snapshot(number - rng.nextInt(20) + 5, level("99.9", "1"), level("102.1", "1"));
            } else if (kind < 0.3) {
                quote(number + rng.nextInt(5), price, String.format("%.1f", (mid + rng.nextInt(4)) / 10.0));
            } else {
                long first = kind > 0.98 ? number + 2 : number + 1;
                boolean bid = rng.nextDouble() < 0.5;
                change(first, first + 3, first - 1, bid ? level(price, size) : "", bid ? "" : level(price, size));
                number = first + 3;
            }
        }
    }

    @Test
    void aMissingFileOrColumnIsNamed() throws IOException {
        assertThatIOException()
                .isThrownBy(() -> BookTapes.binance(folder.resolve("none.gz"), BinanceMarket.SPOT, SCALE, PLAIN))
                .withMessageContaining("none.gz");
        Path file = zipped(List.of("time_ms,bids_distance_0"));
        assertThatIOException()
                .isThrownBy(() -> BookTapes.sampledLevels(file, 1, SCALE, PLAIN))
                .withMessageContaining("midpoint");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TapeSettings(Duration.ZERO, Duration.ofMillis(1), true))
                .withMessageContaining("silence");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TapeSettings(Duration.ofSeconds(1), Duration.ZERO, true))
                .withMessageContaining("leastLatency");
    }

    private static String trade(String symbol, long number, long millis, String price) {
        return "{\"stream\":\"" + symbol + "@trade\",\"data\":{\"T\":" + millis + ",\"t\":" + number + ",\"p\":\""
                + price + "\",\"q\":\"0.5\",\"m\":true}}";
    }

    private static List<Integer> prints(BookTape tape) {
        List<Integer> prints = new ArrayList<>();
        for (int row = 0; row < tape.events().size(); row++) {
            if (tape.events().kind(row) == BookEvents.SELL || tape.events().kind(row) == BookEvents.BUY) {
                prints.add(tape.events().ticks(row));
            }
        }
        return prints;
    }

    @Test
    void messagesOfAnotherSymbolAreLeftOutAndCounted() throws IOException {
        joined().say(trade("x", 7, millis + 100, "99.5"));
        List<BookEvents> alone = List.of(read(PLAIN).events());
        say(trade("y", 1_000, millis + 100, "5.0"));
        say("{\"stream\":\"y@bookTicker\",\"data\":{\"T\":" + millis
                + ",\"u\":99999,\"b\":\"5.0\",\"B\":\"1\",\"a\":\"5.1\",\"A\":\"2\"}}");
        say("{\"stream\":\"y@depth@0ms\",\"data\":{\"T\":" + millis
                + ",\"U\":16,\"u\":20,\"pu\":15,\"b\":[[\"5.0\",\"3\"]],\"a\":[]}}");
        BookTape tape = read(PLAIN);
        assertThat(tape.count(Flaw.OTHER_SYMBOL)).isEqualTo(3);
        assertThat(tape.events().size()).isEqualTo(alone.get(0).size());
        assertThat(prints(tape)).containsExactly(995);
        Path both = zipped(lines);
        assertThat(prints(BookTapes.binance(both, BinanceMarket.USD_M, "Y", SCALE, PLAIN)))
                .containsExactly(50);
    }

    @Test
    void printsThatComeTwiceCountOnce() throws IOException {
        joined();
        for (long number : new long[] {7, 7, 8, 7, 8, 9}) {
            say(trade("x", number, millis + 100, number + ".0"));
        }
        BookTape tape = read(PLAIN);
        assertThat(prints(tape)).containsExactly(70, 80, 90);
        assertThat(tape.count(Flaw.TRADE_AGAIN)).isEqualTo(3);
        lines.clear();
        for (long hash : new long[] {900, 12, 900, 500, 12}) {
            say(
                    "{\"channel\":\"trades\",\"data\":[{\"coin\":\"BTC\",\"px\":\"99.0\",\"sz\":\"1\",\"side\":\"A\",\"tid\":"
                            + hash + ",\"time\":" + millis + "}]}");
        }
        BookTape hashed = BookTapes.hyperliquid(zipped(lines), "BTC", SCALE, PLAIN);
        assertThat(prints(hashed)).hasSize(3);
        assertThat(hashed.count(Flaw.TRADE_AGAIN)).isEqualTo(2);
    }

    @Test
    void aFileThatBreaksOffIsReadUpToThereAndAPlainOneAsItIs() throws IOException {
        joined();
        for (int i = 0; i < 2_000; i++) {
            change(16 + i, 16 + i, 15 + i, level("99.1", 1 + i * 7919 % 1000 + ".5"), "");
        }
        BookTape whole = read(PLAIN);
        byte[] zipped = Files.readAllBytes(zipped(lines));
        Path cut = Files.write(folder.resolve("cut.gz"), Arrays.copyOf(zipped, zipped.length * 2 / 3));
        BookTape part = BookTapes.binance(cut, BinanceMarket.USD_M, SCALE, PLAIN);
        assertThat(part.count(Flaw.CUT_OFF)).isOne();
        assertThat(part.count(Flaw.UNREADABLE)).isZero();
        assertThat(part.events().size())
                .isBetween(whole.events().size() / 2, whole.events().size() - 1);
        for (int row = 0; row < part.events().size(); row++) {
            assertThat(part.events().lots(row)).isEqualTo(whole.events().lots(row));
        }
        Path plain = Files.write(folder.resolve("feed.txt"), lines);
        BookTape same = BookTapes.binance(plain, BinanceMarket.USD_M, SCALE, PLAIN);
        assertThat(same.flaws()).isEqualTo(whole.flaws());
        assertThat(same.events().size()).isEqualTo(whole.events().size());
    }

    @Test
    void changesThatNoSnapshotJoinsAreNamed() throws IOException {
        change(1, 10, 0, level("99.0", "1"), "");
        assertThat(read(PLAIN).count(Flaw.NO_SNAPSHOT)).isOne();
        lines.clear();
        assertThat(joined().read(PLAIN).flaws()).doesNotContainKey(Flaw.NO_SNAPSHOT);
    }

    @Test
    void aBookIsKnownAsFarAsItsSnapshotGoes() throws IOException {
        joined().change(16, 20, 15, level("50.0", "9"), level("150.0", "9"));
        BookEvents events = read(PLAIN).events();
        LevelBook book = LevelBook.of(SCALE);
        for (int row = 0; row < events.size(); row++) {
            events.applyTo(row, book);
        }
        assertThat(book.bidLots(500)).isEqualTo(9_000);
        assertThat(book.knownBidTicks()).isEqualTo(989);
        assertThat(book.knownAskTicks()).isEqualTo(1_010);
    }

    @Test
    void aWholeBookThatGoesAsFarAsBeforeNoLongerSaysSo() throws IOException {
        String level = "{\"px\":\"%s\",\"sz\":\"1\",\"n\":1}";
        String ask = String.format(level, "101.0");
        for (String last : List.of("98.0", "97.0", "98.0")) {
            say(String.format(
                    "{\"channel\":\"l2Book\",\"data\":{\"coin\":\"BTC\",\"time\":%d,\"levels\":[[%s],[%s]]}}",
                    millis + 100, String.format(level, "99.0") + "," + String.format(level, last), ask));
        }
        BookEvents events =
                BookTapes.hyperliquid(zipped(lines), "BTC", SCALE, PLAIN).events();
        List<Integer> known = new ArrayList<>();
        for (int row = 0; row < events.size(); row++) {
            if (events.kind(row) == BookEvents.WHOLE) {
                known.add(events.ticks(row));
            }
        }
        assertThat(known).containsExactly(980, 970, 980);
    }

    /** Spot's best quotes tell no time; they may not stand at that of the message before, which may be long past. */
    @Test
    void aMessageWithoutTheVenuesTimeIsTakenToComeAsFastAsTheLastOnes() throws IOException {
        joined(); // each 5 ms on its way
        millis += 400;
        say("{\"stream\":\"x@bookTicker\",\"data\":{\"u\":40,\"b\":\"99.2\",\"B\":\"1\",\"a\":\"101.0\",\"A\":\"2\"}}");
        BookTape tape = read(PLAIN);
        BookEvents events = tape.events();
        int last = events.size() - 1;
        assertThat(tape.count(Flaw.NO_EXCHANGE_TIME)).isOne();
        assertThat(events.localNanos(last) - events.exchangeNanos(last)).isEqualTo(5_000_000);
    }
}
