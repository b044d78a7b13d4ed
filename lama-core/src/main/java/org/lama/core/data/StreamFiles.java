package org.lama.core.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.lama.core.base.Issue;
import org.lama.core.market.Instrument;
import org.lama.core.series.TimeIndex;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;
import org.lama.core.store.RecordKind;
import org.lama.core.store.SeriesKey;

/**
 * Recorded streams: on each line the time of receipt in nanoseconds, a blank, and the venue's message as JSON. Knows the
 * messages of Binance (depthUpdate, bookTicker, trade, REST snapshots between them) and of Hyperliquid (l2Book, trades).
 * Other messages are counted. One instance reads one file.
 */
final class StreamFiles {
    private static final long MILLI = 1_000_000L;
    private static final Identity.Market BINANCE = new Identity.Market("BINANCE", Instrument.Kind.SPOT);
    private static final Identity.Market HYPERLIQUID = new Identity.Market("HYPERLIQUID", Instrument.Kind.PERP);
    private static final int PIECE = 200_000;

    private final SeriesSink sink;
    private final Map<SeriesKey, Rows> pending = new LinkedHashMap<>();
    private final Map<SeriesKey, TickFiles.UpdateOrder> orders = new LinkedHashMap<>();
    /** The last whole book of each series: venues send it again at once after subscription. */
    private final Map<SeriesKey, Node> books = new HashMap<>();

    private final ReceiverClock clock;
    /** Series with rows that have no time of the venue. */
    private final Set<SeriesKey> unstamped = new HashSet<>();

    /** Numbers of the changes of each symbol, from the first to the last. */
    private final Map<String, long[]> numbers = new LinkedHashMap<>();
    /** Snapshots without a symbol: which one they fit is known at the end. */
    private final List<Unnamed> unnamed = new ArrayList<>();

    private long line;

    /** A snapshot that does not say of what it is. */
    private record Unnamed(long received, Node data, long line) {}

    private StreamFiles(SeriesSink sink, ReceiverClock clock) {
        this.sink = sink;
        this.clock = clock;
    }

    static void read(SeriesSink sink) throws IOException {
        FileBytes.Content content =
                FileBytes.read(sink.file().path(), sink.file().name());
        sink.sha256(content.sha256());
        byte[] text = content.bytes();
        StreamFiles reader = new StreamFiles(sink, ReceiverClock.ofStream(text));
        int from = 0;
        while (from < text.length) {
            int to = from;
            while (to < text.length && text[to] != '\n') {
                to++;
            }
            reader.line++;
            if (to > from) {
                reader.line(new String(text, from, to - from, StandardCharsets.UTF_8));
            }
            from = to + 1;
        }
        for (Unnamed snapshot : reader.unnamed) {
            reader.fit(snapshot);
        }
        reader.flush();
    }

    private void line(String text) throws IOException {
        int blank = text.indexOf(' ');
        long received;
        Node message;
        try {
            received = Long.parseLong(text.substring(0, Math.max(0, blank)));
            message = Documents.parseJson(text.substring(blank + 1), sink.file().name());
        } catch (IOException | IllegalArgumentException broken) {
            broken(broken);
            return;
        }
        try {
            message(received, message);
        } catch (IllegalArgumentException broken) {
            broken(broken);
        }
    }

    private void broken(Exception why) {
        long at = line;
        sink.found(Issue.Reason.CUT_LINE, 1, () -> "row " + at + ": " + why.getMessage());
    }

    private void message(long received, Node message) throws IOException {
        Node data = message.find("data").orElse(message);
        Optional<Node> channel = message.find("channel");
        if (channel.isPresent()) {
            hyperliquid(channel.get().asText(), received, data);
        } else if (data.has("lastUpdateId")) {
            snapshot(received, data);
        } else if (data.has("e") && data.get("e").asText().equals("depthUpdate")) {
            depth(received, data);
        } else if (data.has("e") && data.get("e").asText().equals("trade")) {
            trade(received, data);
        } else if (data.has("u") && data.has("B") && data.has("A")) {
            quote(received, data);
        } else {
            long at = line;
            sink.found(Issue.Reason.UNREADABLE, 1, () -> "row " + at + ": a message of another kind");
        }
    }

    private SeriesKey key(Node data, RecordKind kind) {
        String symbol = data.has("s")
                ? data.get("s").asText()
                : data.has("symbol")
                        ? data.get("symbol").asText()
                        : FileNames.symbol(sink.file().name());
        return new SeriesKey(sink.instrument(symbol, BINANCE), kind, 0);
    }

    private void depth(long received, Node data) throws IOException {
        SeriesKey key = key(data, RecordKind.BOOK_UPDATES);
        TickFiles.UpdateOrder order = orders.computeIfAbsent(key, k -> new TickFiles.UpdateOrder());
        long sent = data.get("E").asLong() * MILLI;
        long time = data.has("T") ? data.get("T").asLong() * MILLI : sent;
        long first = data.get("U").asLong();
        long last = data.get("u").asLong();
        boolean linked = data.has("pu");
        long previous = linked ? data.get("pu").asLong() : first;
        if (data.has("s")) {
            long[] seen = numbers.computeIfAbsent(data.get("s").asText(), k -> new long[] {first, last});
            seen[0] = Math.min(seen[0], first);
            seen[1] = Math.max(seen[1], last);
        }
        for (int side = 0; side < 2; side++) {
            for (Node level : data.get(side == 0 ? "b" : "a").items()) {
                double price = decimal(level.at(0));
                double size = decimal(level.at(1));
                long sequence = order.sequence(last);
                if (order.isBreak(linked, first, last, previous)) {
                    sink.found(
                            Issue.Reason.SEQUENCE_GAP,
                            1,
                            () -> TimeIndex.instant(time).toString());
                }
                rows(key)
                        .row(time, received)
                        .whole(RecordKind.SEQUENCE, sequence)
                        .whole("side", side)
                        .number("price", price)
                        .number("size", size)
                        .whole("first_update", first)
                        .whole("last_update", last)
                        .whole("previous_update", linked ? previous : RecordKind.MISSING)
                        .whole(TickFiles.RECEIVED, received)
                        .whole(TickFiles.SENT, sent);
            }
        }
        flushFull(key);
    }

    private void trade(long received, Node data) throws IOException {
        SeriesKey key = key(data, RecordKind.TRADES);
        long time = data.get("T").asLong() * MILLI;
        long sent = data.get("E").asLong() * MILLI;
        tape(key, time, received, data.get("t").asLong(), data.get("m").asBoolean() ? 0 : 1)
                .print(decimal(data.get("p")), decimal(data.get("q")))
                .whole(TickFiles.SENT, sent);
        flushFull(key);
    }

    private void quote(long received, Node data) throws IOException {
        SeriesKey key = key(data, RecordKind.QUOTES);
        boolean stamped = data.has("E");
        long time = stamped ? data.get(data.has("T") ? "T" : "E").asLong() * MILLI : clock.venueTime(received);
        long update = data.get("u").asLong();
        double bid = decimal(data.get("b"));
        double bidSize = decimal(data.get("B"));
        double ask = decimal(data.get("a"));
        double askSize = decimal(data.get("A"));
        if (!stamped) {
            unstamped(key);
        }
        rows(key)
                .row(time, received)
                .whole(RecordKind.SEQUENCE, update)
                .number("bid", bid)
                .number("bid_size", bidSize)
                .number("ask", ask)
                .number("ask_size", askSize)
                .whole(TickFiles.RECEIVED, received)
                .whole(TickFiles.ESTIMATED, stamped ? RecordKind.MISSING : 1);
        flushFull(key);
    }

    private void snapshot(long received, Node data) throws IOException {
        if (data.has("s") || data.has("symbol")) {
            snapshot(received, data, key(data, RecordKind.BOOK_SNAPSHOTS));
        } else {
            unnamed.add(new Unnamed(received, data, line));
        }
    }

    /** A snapshot belongs to the one symbol among whose changes its number lies; else to that of the file's name. */
    private void fit(Unnamed snapshot) throws IOException {
        long number = snapshot.data().get("lastUpdateId").asLong();
        List<String> symbols = new ArrayList<>();
        numbers.forEach((symbol, seen) -> {
            if (number >= seen[0] - 1 && number <= seen[1]) {
                symbols.add(symbol);
            }
        });
        line = snapshot.line();
        boolean fits = symbols.size() == 1;
        String symbol = fits ? symbols.get(0) : FileNames.symbol(sink.file().name());
        if (!fits && !numbers.isEmpty()) {
            sink.found(
                    Issue.Reason.NOT_COVERED,
                    1,
                    () -> "row " + snapshot.line() + ": a snapshot without a symbol, whose number " + number + " lies "
                            + (symbols.isEmpty() ? "among the changes of no symbol" : "among the changes of " + symbols)
                            + "; taken for " + symbol);
        }
        try {
            SeriesKey key = new SeriesKey(sink.instrument(symbol, BINANCE), RecordKind.BOOK_SNAPSHOTS, 0);
            snapshot(snapshot.received(), snapshot.data(), key);
        } catch (IllegalArgumentException broken) {
            broken(broken);
        }
    }

    private void snapshot(long received, Node data, SeriesKey key) throws IOException {
        boolean stamped = data.has("T");
        long time = stamped ? data.get("T").asLong() * MILLI : clock.venueTime(received);
        long update = data.get("lastUpdateId").asLong();
        Book book = new Book(key, time, received, stamped);
        book.levels(0, data.get("bids"), update);
        book.levels(1, data.get("asks"), update);
        if (!stamped) {
            unstamped(key);
        }
    }

    private void unstamped(SeriesKey key) {
        unstamped.add(key);
        sink.found(Issue.Reason.RECEIVER_CLOCK, 1, clock::words);
    }

    /** A whole book at one time. */
    private final class Book {
        private final SeriesKey key;
        private final long time;
        private final long received;
        private final boolean stamped;
        private long sequence;

        Book(SeriesKey key, long time, long received, boolean stamped) {
            this.stamped = stamped;
            this.key = key;
            this.time = time;
            this.received = received;
        }

        void levels(int side, Node levels, long update) {
            int level = 0;
            for (Node item : levels.items()) {
                boolean named = item.kind() == Node.Kind.OBJECT;
                double price = decimal(named ? item.get("px") : item.at(0));
                double size = decimal(named ? item.get("sz") : item.at(1));
                Rows rows = rows(key)
                        .row(time, received)
                        .whole(RecordKind.SEQUENCE, sequence++)
                        .whole("side", side)
                        .whole("level", level++)
                        .number("price", price)
                        .number("size", size);
                if (update >= 0) {
                    rows.whole("last_update", update);
                }
                rows.whole(TickFiles.RECEIVED, received);
                rows.whole(TickFiles.ESTIMATED, stamped ? RecordKind.MISSING : 1);
            }
        }
    }

    private void hyperliquid(String channel, long received, Node data) throws IOException {
        if (channel.equals("l2Book")) {
            SeriesKey key = coin(data, RecordKind.BOOK_SNAPSHOTS);
            if (data.equals(books.put(key, data))) {
                long at = line;
                sink.found(Issue.Reason.DUPLICATE_EQUAL, 1, () -> "row " + at + ": the book of the message before");
                return;
            }
            Book book = new Book(key, data.get("time").asLong() * MILLI, received, true);
            book.levels(0, data.get("levels").at(0), -1);
            book.levels(1, data.get("levels").at(1), -1);
            flushFull(key);
        } else if (channel.equals("trades")) {
            for (Node trade : data.items()) {
                long time = trade.get("time").asLong() * MILLI;
                String word = trade.get("side").asText();
                int side = Sides.ofTaker(word);
                if (side == Sides.UNKNOWN) {
                    sink.found(Issue.Reason.BROKEN_RECORD, 1, () -> "'" + word + "' does not tell who took");
                }
                SeriesKey key = coin(trade, RecordKind.TRADES);
                tape(key, time, received, trade.get("tid").asLong(), side)
                        .print(decimal(trade.get("px")), decimal(trade.get("sz")));
            }
        } else {
            long at = line;
            sink.found(Issue.Reason.UNREADABLE, 1, () -> "row " + at + ": channel " + channel);
        }
    }

    private Print tape(SeriesKey key, long time, long received, long id, int side) {
        return (price, size) -> rows(key)
                .row(time, received)
                .whole(RecordKind.SEQUENCE, id)
                .whole("side", side)
                .number("price", price)
                .number("size", size)
                .whole(TickFiles.RECEIVED, received);
    }

    /** A print whose fields were all read, so that no half of a row is kept. */
    private interface Print {
        Rows print(double price, double size);
    }

    private SeriesKey coin(Node data, RecordKind kind) {
        return new SeriesKey(sink.instrument(data.get("coin").asText() + "-USD", HYPERLIQUID), kind, 0);
    }

    private static double decimal(Node text) {
        byte[] word = text.asText().getBytes(StandardCharsets.US_ASCII);
        return Decimals.parse(word, 0, word.length);
    }

    private Rows rows(SeriesKey key) {
        return pending.computeIfAbsent(key, k -> new Rows());
    }

    private void flushFull(SeriesKey key) throws IOException {
        Rows rows = pending.get(key);
        if (rows != null && rows.times.size >= PIECE) {
            pending.remove(key);
            write(key, rows);
        }
    }

    private void flush() throws IOException {
        List<Map.Entry<SeriesKey, Rows>> left = new ArrayList<>(pending.entrySet());
        pending.clear();
        for (Map.Entry<SeriesKey, Rows> entry : left) {
            write(entry.getKey(), entry.getValue());
        }
    }

    private void write(SeriesKey key, Rows rows) throws IOException {
        long[] times = rows.times.toArray();
        Columnar columns = new Columnar(times, TickFiles.known(sink, times, rows.received.toArray()));
        rows.wholes.forEach((name, values) -> {
            long[] numbers = values.toArray();
            if (Arrays.stream(numbers).anyMatch(number -> number != RecordKind.MISSING)) {
                columns.whole(name, numbers);
            }
        });
        rows.numbers.forEach((name, values) -> {
            long[] bits = values.toArray();
            double[] numbers = new double[bits.length];
            Arrays.setAll(numbers, i -> Double.longBitsToDouble(bits[i]));
            columns.number(name, numbers);
        });
        sink.write(key, columns.table(), unstamped.contains(key) ? clock.words() : "");
    }

    /** Rows of one series that wait to be written; numbers are kept as their bits. */
    private static final class Rows {
        private final Longs times = new Longs();
        private final Longs received = new Longs();
        private final Map<String, Longs> wholes = new LinkedHashMap<>();
        private final Map<String, Longs> numbers = new LinkedHashMap<>();

        Rows row(long time, long at) {
            times.add(time);
            received.add(at);
            return this;
        }

        Rows whole(String name, long value) {
            wholes.computeIfAbsent(name, key -> new Longs()).add(value);
            return this;
        }

        Rows number(String name, double value) {
            numbers.computeIfAbsent(name, key -> new Longs()).add(Double.doubleToRawLongBits(value));
            return this;
        }
    }

    /** A list of primitive integers. */
    private static final class Longs {
        private long[] values = new long[1024];
        private int size;

        void add(long value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, 2 * size);
            }
            values[size++] = value;
        }

        long[] toArray() {
            return Arrays.copyOf(values, size);
        }
    }
}
