package org.lama.core.data;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lama.core.base.Issue;
import org.lama.core.market.Instrument;
import org.lama.core.series.TimeIndex;
import org.lama.core.store.RecordKind;
import org.lama.core.store.SeriesKey;

/**
 * Tables of best quotes, changes of levels and bars of quotes. A row is known when the table says so, else
 * when it was received, but never before it happened; the time of receipt is kept beside it. Stateless.
 */
final class TickFiles {
    /** Column with the time of receipt by the receiver's own clock. */
    static final String RECEIVED = "received";
    /** Column that is 1 where the venue told no time, so that the row's time was made from that of its receipt. */
    static final String ESTIMATED = "estimated";
    /** Column with the time at which the venue sent the message. */
    static final String SENT = "sent";
    /** Levels of one message are numbered below this factor of its update number. */
    static final long LEVELS = 1 << 16;

    private static final int PIECE = 200_000;
    private static final Identity.Market ANY = new Identity.Market(Identity.UNKNOWN, Instrument.Kind.SPOT);
    private static final Set<String> TIMES = Set.of("local_ns", "time_ms", "trade_ms");
    private static final Set<String> WHOLE = Set.of("update_id", "u", "pu");

    private TickFiles() {}

    private static TableFile.Role role(String name) {
        return TIMES.contains(name)
                ? TableFile.Role.TIME
                : WHOLE.contains(name)
                        ? TableFile.Role.WHOLE
                        : name.equals("side")
                                ? TableFile.Role.TEXT
                                : Symbols.isName(name) ? TableFile.Role.NAME : TableFile.Role.NUMBER;
    }

    private static TableFile open(SeriesSink sink) throws IOException {
        TableFile table = TableFile.open(sink, TickFiles::role);
        sink.sha256(table.sha256());
        return table;
    }

    static void quotes(SeriesSink sink) throws IOException {
        ReceiverClock clock = clock(sink);
        TableFile table = open(sink).events("bid");
        while (table.next(PIECE)) {
            long[] received = table.wholes("local_ns");
            long[] time = table.wholes("time_ms");
            int unstamped = stamp(time, received, clock);
            sink.found(Issue.Reason.RECEIVER_CLOCK, unstamped, clock::words);
            Columnar rows = new Columnar(time, known(sink, table, time, received))
                    .whole(RecordKind.SEQUENCE, table.wholes("update_id"))
                    .number("bid", table.numbers("bid"))
                    .number("bid_size", table.numbers("bid_qty"))
                    .number("ask", table.numbers("ask"))
                    .number("ask_size", table.numbers("ask_qty"))
                    .whole(RECEIVED, received);
            for (Map.Entry<String, int[]> subject : Symbols.split(sink, table).entrySet()) {
                SeriesKey key = key(sink, subject.getKey(), RecordKind.QUOTES);
                sink.write(key, rows.table(subject.getValue()), unstamped > 0 ? clock.words() : "");
            }
        }
    }

    /** The receiver's clock by the rows that have both times; it takes a pass of its own, since any row may tell most. */
    private static ReceiverClock clock(SeriesSink sink) throws IOException {
        TableFile table = TableFile.open(
                sink,
                name -> TIMES.contains(name) ? TableFile.Role.TIME : TableFile.Role.SKIP,
                sink.options().times(),
                new Tally());
        ReceiverClock clock = new ReceiverClock();
        while (table.next(PIECE)) {
            long[] received = table.wholes("local_ns");
            long[] sent = table.wholes("time_ms");
            for (int i = 0; i < sent.length; i++) {
                clock.add(sent[i], received[i]);
            }
        }
        return clock;
    }

    /** Gives rows without a time of the venue that of the receiver, by the venue's clock; how many. */
    private static int stamp(long[] times, long[] received, ReceiverClock clock) {
        int unstamped = 0;
        for (int i = 0; i < times.length; i++) {
            if (times[i] == TimeText.NONE && received[i] != TimeText.NONE) {
                times[i] = clock.venueTime(received[i]);
                unstamped++;
            }
        }
        return unstamped;
    }

    static void depth(SeriesSink sink) throws IOException {
        TableFile table = open(sink).events("price");
        Map<String, UpdateOrder> orders = new HashMap<>();
        while (table.next(PIECE)) {
            long[] time = table.wholes(table.has("trade_ms") ? "trade_ms" : "time_ms");
            long[] received = table.wholes("local_ns");
            long[] first = table.wholes("U");
            long[] last = table.wholes("u");
            long[] side = books(sink, table.texts("side"));
            long[] sequence = new long[time.length];
            boolean linked = table.has("pu");
            long[] previous = linked ? table.wholes("pu") : first;
            Map<String, int[]> books = Symbols.split(sink, table);
            for (Map.Entry<String, int[]> book : books.entrySet()) {
                UpdateOrder order = orders.computeIfAbsent(book.getKey(), key -> new UpdateOrder());
                for (int i : book.getValue()) {
                    sequence[i] = order.sequence(last[i]);
                    if (order.isBreak(linked, first[i], last[i], previous[i])) {
                        long at = time[i];
                        sink.found(
                                Issue.Reason.SEQUENCE_GAP,
                                1,
                                () -> TimeIndex.instant(at).toString());
                    }
                }
            }
            Columnar rows = new Columnar(time, known(sink, table, time, received))
                    .whole(RecordKind.SEQUENCE, sequence)
                    .whole("side", side)
                    .number("price", table.numbers("price"))
                    .number("size", table.numbers("qty"))
                    .whole("first_update", first)
                    .whole("last_update", last);
            if (linked) {
                rows.whole("previous_update", previous);
            }
            rows.whole(RECEIVED, received).whole(SENT, table.wholes("time_ms"));
            for (Map.Entry<String, int[]> book : books.entrySet()) {
                SeriesKey key = key(sink, book.getKey(), RecordKind.BOOK_UPDATES);
                sink.write(key, rows.table(sided(book.getValue(), side)), "");
            }
        }
    }

    private static long[] books(SeriesSink sink, List<String> words) {
        long[] sides = new long[words.size()];
        for (int i = 0; i < sides.length; i++) {
            sides[i] = Sides.ofBook(words.get(i));
            if (sides[i] == Sides.UNKNOWN) {
                String word = words.get(i);
                sink.found(Issue.Reason.BROKEN_RECORD, 1, () -> "'" + word + "' is no side of a book; level left out");
            }
        }
        return sides;
    }

    /** A level of neither side belongs to no book. */
    private static int[] sided(int[] rows, long[] sides) {
        return Arrays.stream(rows).filter(i -> sides[i] != Sides.UNKNOWN).toArray();
    }

    /** Numbers the levels of each message and watches whether a message is missing. */
    static final class UpdateOrder {
        private long message = Long.MIN_VALUE;
        private long before = Long.MIN_VALUE;
        private long level;

        /** The number of the next level of a message. */
        long sequence(long last) {
            level = last == message ? level + 1 : 0;
            before = last == message ? before : message;
            message = last;
            return last * LEVELS + level;
        }

        /** Whether a message is missing before the one whose first level was just numbered. */
        boolean isBreak(boolean linked, long first, long last, long previous) {
            if (level > 0 || before == Long.MIN_VALUE || last <= before) {
                return false;
            }
            return linked ? previous != before : first > before + 1;
        }
    }

    /** Bars of quotes: one row per bar at its close with the last bid and ask; the rest of the bar stands beside it. */
    static void quoteBars(SeriesSink sink) throws IOException {
        TableFile table = open(sink);
        if (!table.next(Integer.MAX_VALUE)) {
            return;
        }
        long[] open = table.wholes("time_ms");
        Map<SeriesKey, int[]> subjects = new LinkedHashMap<>();
        for (Map.Entry<String, int[]> subject : Symbols.split(sink, table).entrySet()) {
            subjects.put(key(sink, subject.getKey(), RecordKind.QUOTES), subject.getValue());
        }
        long[] time = Periods.ends(sink, table, open, subjects);
        long[] length = new long[open.length];
        // bars of several lengths that close together are told apart by it
        Arrays.setAll(length, row -> (time[row] - open[row]) / 1_000_000_000L);
        Columnar rows = new Columnar(time, table.known(time, time))
                .whole(RecordKind.SEQUENCE, length)
                .number("bid", table.numbers("bid_close"))
                .number("bid_size", table.numbers("bid_size"))
                .number("ask", table.numbers("ask_close"))
                .number("ask_size", table.numbers("ask_size"));
        for (String name : List.of("bid_open", "bid_high", "bid_low", "ask_open", "ask_high", "ask_low")) {
            rows.number(name, table.numbers(name));
        }
        for (Map.Entry<SeriesKey, int[]> subject : subjects.entrySet()) {
            String note = "bars of quotes at their close; seq is their length in seconds";
            sink.write(subject.getKey(), rows.table(subject.getValue()), note);
        }
    }

    /** When the rows of a table were known: as it says, else at receipt. */
    static long[] known(SeriesSink sink, TableFile table, long[] time, long[] received) {
        return table.known(time, known(sink, time, received));
    }

    /** When rows were known: at receipt, but never before they happened, which is counted. */
    static long[] known(SeriesSink sink, long[] time, long[] received) {
        long[] known = new long[time.length];
        int early = 0;
        long most = 0;
        for (int i = 0; i < known.length; i++) {
            known[i] = Math.max(time[i], received[i]);
            boolean before = received[i] < time[i] && received[i] != TimeText.NONE;
            early += before ? 1 : 0;
            most = before ? Math.max(most, time[i] - received[i]) : most;
        }
        long largest = most / 1_000_000;
        sink.found(Issue.Reason.RECEIVED_EARLY, early, () -> "up to " + largest + " ms before it happened");
        return known;
    }

    private static SeriesKey key(SeriesSink sink, String subject, RecordKind kind) {
        return new SeriesKey(sink.instrument(Symbols.orOfFile(sink, subject), ANY), kind, 0);
    }
}
