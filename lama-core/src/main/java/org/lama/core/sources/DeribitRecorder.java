package org.lama.core.sources;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Issue;
import org.lama.core.net.HttpCall;
import org.lama.core.net.MessageStream;
import org.lama.core.net.RateLimit;
import org.lama.core.net.SequenceGuard;
import org.lama.core.net.StreamEvent;
import org.lama.core.net.StreamSettings;
import org.lama.core.series.Provenance;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;
import org.lama.core.store.RecordKind;
import org.lama.core.store.SeriesKey;

/**
 * Records trades and books of Deribit as they come. A book begins with a snapshot within the stream; each change names the
 * one before ({@code prev_change_id}). A hole, a lost connection or a bid that is not below its ask makes the book stale
 * at once, and its channel is subscribed anew, which brings another snapshot. Only changes of a book without holes are
 * recorded. Holes in the numbers of trades are counted; a fetch of the same range fills them. Times are the venue's; a row
 * is available when we had it. Never run against the real host. One thread.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class DeribitRecorder implements AutoCloseable {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);
    private static final Duration KEEP_AT_MOST = Duration.ofSeconds(10);
    private static final Duration PATIENCE_FOR_SNAPSHOTS = Duration.ofSeconds(2);

    private final SourceSettings settings;
    private final Reading reading;
    private final DeribitReplies replies;
    private final MessageStream stream;
    private final Map<String, One> instruments = new LinkedHashMap<>();
    private long messages;

    /**
     * What came of a recording so far.
     *
     * @param messages messages of the stream
     * @param trades trades recorded
     * @param changes changes of books recorded
     * @param snapshots snapshots that books were begun with
     * @param holes holes in the numbers of books
     * @param crossings books given up because their sides crossed
     * @param connections connections made
     */
    public record Report(
            long messages, long trades, long changes, long snapshots, long holes, long crossings, int connections) {
        /**
         * Keeps the counts.
         *
         * @param messages at least 0
         * @param trades at least 0
         * @param changes at least 0
         * @param snapshots at least 0
         * @param holes at least 0
         * @param crossings at least 0
         * @param connections at least 0
         */
        public Report {
            Check.that(messages >= 0 && connections >= 0, "counts must be >= 0, got " + messages);
        }
    }

    private DeribitRecorder(SourceSettings settings, StreamSettings streams) {
        this.settings = settings;
        Host host = new Host(Deribit.NAME, "https://www.deribit.com", RateLimit.perMinute(600), settings);
        reading = host.reading();
        replies = new DeribitReplies(host);
        HttpCall call = HttpCall.get("/ws/api/v2").build();
        stream = MessageStream.over(settings.stream("wss://www.deribit.com"), call, streams, settings.clock(), 1);
    }

    /**
     * Prepares a recording; nothing is sent.
     *
     * @param names the venue's names of instruments, at least one
     * @param settings what all sources share
     * @param streams patience and limits of the stream
     * @return the recorder; close it
     * @throws SourceException if one is no name of an instrument
     */
    public static DeribitRecorder of(List<String> names, SourceSettings settings, StreamSettings streams)
            throws SourceException {
        Check.that(!names.isEmpty(), "names must hold at least one name");
        DeribitRecorder recorder = new DeribitRecorder(settings, streams);
        for (String text : names) {
            DeribitName name = DeribitName.parse(text)
                    .orElseThrow(() -> new SourceException(
                            SourceException.Reason.UNKNOWN_SYMBOL,
                            Deribit.NAME,
                            text,
                            "'" + text + "' is no name of an instrument, such as BTC-PERPETUAL"));
            One one = recorder.new One(name);
            recorder.instruments.put(name.name(), one);
            recorder.stream.subscribe(message("subscribe", "trades." + name.name() + ".100ms"));
            recorder.stream.subscribe(one.bookMessage("subscribe"));
        }
        return recorder;
    }

    private static String message(String what, String channel) {
        return Node.object()
                .put("jsonrpc", "2.0")
                .put("id", 1)
                .put("method", "public/" + what)
                .put(
                        "params",
                        Node.object()
                                .put("channels", Node.texts(List.of(channel)))
                                .build())
                .build()
                .toString();
    }

    /**
     * Whether the book of an instrument is without holes now.
     *
     * @param name the venue's name
     * @return false while it is stale
     */
    public boolean stands(String name) {
        One one = instruments.get(name);
        return one != null && one.book.touch().isPresent();
    }

    /**
     * Records for some time. May be called again to go on.
     *
     * @param receiver takes batches every ten seconds, or when they are full, and at the end; they claim no cover
     * @param howLong by the steady clock
     * @return what came of it, since the beginning
     * @throws IOException if the venue bans us or changed its messages, or the receiver fails
     */
    public Report run(Source.Receiver receiver, Duration howLong) throws IOException {
        instruments.values().forEach(one -> one.into(receiver));
        long end = settings.clock().steadyNanos() + howLong.toNanos();
        long flushed = settings.clock().steadyNanos();
        try {
            while (settings.clock().steadyNanos() < end) {
                step(LOOK_AGAIN);
                if (settings.clock().steadyNanos() - flushed >= KEEP_AT_MOST.toNanos()) {
                    flushed = settings.clock().steadyNanos();
                    flush();
                }
            }
            boolean more = true;
            while (more) {
                more = step(Duration.ZERO); // what had come before the end
            }
        } finally {
            flush();
        }
        return report();
    }

    private void flush() throws IOException {
        for (One one : instruments.values()) {
            one.flush();
        }
    }

    private Report report() {
        long[] sums = new long[5];
        for (One one : instruments.values()) {
            sums[0] += one.trades;
            sums[1] += one.changes;
            sums[2] += one.snapshots;
            sums[3] += one.book.gaps();
            sums[4] += one.book.crossings();
        }
        return new Report(messages, sums[0], sums[1], sums[2], sums[3], sums[4], stream.connections());
    }

    private boolean step(Duration patience) throws IOException {
        Optional<StreamEvent> event = stream.next(patience);
        if (event.isPresent() && event.get() instanceof StreamEvent.Text text) {
            messages++;
            message(text);
        } else if (event.isPresent() && event.get() instanceof StreamEvent.Lost lost) {
            for (One one : instruments.values()) {
                one.lost(lost.reason());
            }
        }
        for (One one : instruments.values()) {
            one.resync();
        }
        return event.isPresent();
    }

    private void message(StreamEvent.Text text) throws IOException {
        Node root;
        try {
            root = Documents.parseJson(text.text(), "the message");
        } catch (IOException e) {
            throw new SourceException(
                    SourceException.Reason.WRONG_VALUE,
                    Deribit.NAME,
                    "message",
                    "a message of the stream is no JSON (" + e.getMessage() + ")");
        }
        Optional<Node> error = reading.find(root, "error");
        if (error.isPresent()) {
            throw new SourceException(
                    SourceException.Reason.REFUSED,
                    Deribit.NAME,
                    "subscription",
                    "the venue refused a subscription: " + error.get());
        }
        if (reading.find(root, "params").isEmpty()) {
            return; // the answer to a subscription
        }
        Node parameters = reading.field(root, "params");
        String[] channel = reading.text(parameters, "channel").split("\\.", -1);
        One one = channel.length < 2 ? null : instruments.get(channel[1]);
        if (one == null) {
            return;
        }
        Node data = reading.field(parameters, "data");
        if (channel[0].equals("book")) {
            one.change(data, text.receivedNanos());
        } else if (channel[0].equals("trades")) {
            one.trades(data, text.receivedNanos());
        }
    }

    /** One instrument. */
    private final class One implements BinanceBook.Recorder {
        private final DeribitName name;
        private final BinanceBook book = new BinanceBook(SequenceGuard.Linking.IN_STREAM, this);
        private Optional<Feeds> feeds = Optional.empty();
        private long lastTrade = -1;
        private long trades;
        private long changes;
        private long snapshots;
        private long askedNanos;
        private boolean begun;

        private record Feeds(SeriesFeed trades, SeriesFeed changes, SeriesFeed snapshots) {}

        One(DeribitName name) {
            this.name = name;
        }

        String bookMessage(String what) {
            return DeribitRecorder.message(what, "book." + name.name() + ".100ms");
        }

        void into(Source.Receiver receiver) {
            askedNanos = settings.clock().steadyNanos();
            feeds = Optional.of(new Feeds(
                    feed(RecordKind.TRADES, DeribitReplies.TRADES, receiver).known(SeriesFeed.Identity.CONSECUTIVE),
                    feed(RecordKind.BOOK_UPDATES, BookRows.CHAINED_UPDATES, receiver)
                            .known(SeriesFeed.Identity.NUMBER),
                    feed(RecordKind.BOOK_SNAPSHOTS, DeribitReplies.LEVELS, receiver)));
        }

        private SeriesFeed feed(RecordKind kind, List<String> columns, Source.Receiver receiver) {
            return new SeriesFeed(
                    new SeriesKey(name.id(), kind, 0),
                    columns,
                    settings.honest(new Provenance(
                            Provenance.Kind.EXCHANGE,
                            "www.deribit.com/ws/api/v2 " + name.name(),
                            "",
                            "recorded as it came")),
                    new SeriesFeed.Span(Long.MIN_VALUE, Long.MAX_VALUE, settings.batchRows()),
                    receiver);
        }

        void flush() throws IOException {
            Feeds all = feeds.orElseThrow();
            all.trades().flushUnclaimed();
            all.snapshots().flushUnclaimed();
            all.changes().flushUnclaimed();
        }

        void trades(Node list, long receivedNanos) throws IOException {
            List<Row> rows = new ArrayList<>();
            for (Node trade : reading.items(list)) {
                Row row = replies.trade(trade, name);
                if (row.seq() > lastTrade) {
                    lastTrade = row.seq();
                    trades++;
                    rows.add(new Row(row.time(), Math.max(row.time(), receivedNanos), row.seq(), row.values()));
                }
            }
            feeds.orElseThrow().trades().take(rows);
        }

        void change(Node data, long receivedNanos) throws IOException {
            replies.about(data, name);
            String type = reading.text(data, "type");
            long number = reading.whole(data, "change_id");
            boolean whole = type.equals("snapshot");
            if (!whole && !type.equals("change")) {
                throw reading.wrong(reading.field(data, "type"), "snapshot or change");
            }
            long before = whole ? -1 : reading.whole(data, "prev_change_id");
            if (!whole && before >= number) {
                throw reading.wrong(data, "a change after the one that it names");
            }
            long time = reading.millis(reading.field(data, "timestamp"));
            BinanceBook.Change change =
                    new BinanceBook.Change(time, receivedNanos, number, number, before, levels(data));
            if (whole) {
                begun = true;
                book.snapshot(change);
            } else {
                book.change(change);
            }
        }

        /** Levels as kind of change, price, amount; an amount of 0 goes with "delete". */
        private List<BinanceBook.Level> levels(Node data) throws SourceException {
            List<BinanceBook.Level> levels = new ArrayList<>();
            for (int side = 0; side < 2; side++) {
                for (Node level : reading.items(reading.field(data, side == 0 ? "bids" : "asks"))) {
                    Node kind = reading.item(level, 0, "kind of change");
                    double price = reading.decimal(reading.item(level, 1, "price"));
                    double amount = reading.decimal(reading.item(level, 2, "amount"));
                    boolean gone =
                            kind.kind() == Node.Kind.STRING && kind.asText().equals("delete");
                    boolean good = price > 0 && price < Double.POSITIVE_INFINITY;
                    if (!good || !(amount >= 0 && amount < Double.POSITIVE_INFINITY) || gone != (amount == 0)) {
                        throw reading.wrong(level, "a price above 0 and an amount, which is 0 to delete");
                    }
                    levels.add(new BinanceBook.Level(side, price, name.size(amount, price)));
                }
            }
            return levels;
        }

        void lost(String reason) {
            begun = false;
            askedNanos = settings.clock().steadyNanos(); // subscribed again with the connection
            book.lost(reason);
        }

        /** Subscribes the book anew when it was lost, or when no snapshot came for some time. */
        void resync() {
            long now = settings.clock().steadyNanos();
            boolean waited = now - askedNanos >= PATIENCE_FOR_SNAPSHOTS.toNanos();
            if (book.needsSnapshot() && stream.connections() > 0 && (begun || waited)) {
                begun = false;
                askedNanos = now;
                stream.unsubscribe(bookMessage("subscribe"), bookMessage("unsubscribe"));
                stream.subscribe(bookMessage("subscribe"));
            }
        }

        @Override
        public void snapshot(BinanceBook.Change snapshot, long timeNanos) throws IOException {
            snapshots++;
            feeds.orElseThrow().snapshots().take(BookRows.snapshot(snapshot, timeNanos));
        }

        @Override
        public void change(BinanceBook.Change change) throws IOException {
            changes++;
            feeds.orElseThrow().changes().take(BookRows.change(change, true));
        }

        @Override
        public void stands(boolean stands, String reason) {
            if (!stands) {
                feeds.orElseThrow()
                        .changes()
                        .count(
                                Issue.Reason.SEQUENCE_GAP,
                                name.id().toString(),
                                "the book was lost and begun anew: " + reason);
            }
        }
    }

    /** Says good-bye. */
    @Override
    public void close() {
        stream.close();
    }
}
