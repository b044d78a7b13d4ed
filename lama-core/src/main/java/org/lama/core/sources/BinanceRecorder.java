package org.lama.core.sources;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Issue;
import org.lama.core.market.InstrumentId;
import org.lama.core.net.Fetched;
import org.lama.core.net.HttpCall;
import org.lama.core.net.MessageStream;
import org.lama.core.net.StreamEvent;
import org.lama.core.net.StreamSettings;
import org.lama.core.series.Provenance;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;
import org.lama.core.store.RecordKind;
import org.lama.core.store.SeriesKey;

/**
 * Records trades and books of Binance spot or USD-M as they come. A book is a snapshot of the REST interface joined with
 * the changes of the stream by their numbers (spot by {@code U} and {@code u}, futures by {@code pu}); a hole, a lost
 * connection or a bid that is not below its ask makes it stale at once, and it is joined anew: a second snapshot in the
 * series says where. Only changes of a book without holes are recorded. Trades that the stream left out are fetched by
 * their numbers. Times are the venue's; a row is available when we had it. Never run against the real host. One thread.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class BinanceRecorder implements AutoCloseable {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);
    private static final Duration KEEP_AT_MOST = Duration.ofSeconds(10);
    private static final int MOST_FILL_PAGES = 20;

    private final BinanceMarket market;
    private final SourceSettings settings;
    private final BinanceReplies replies;
    private final BinanceRest rest;
    private final MessageStream stream;
    private final Map<String, One> symbols = new LinkedHashMap<>();
    private Watcher watcher = (symbol, stands, reason) -> {};
    private long messages;
    private long flushedNanos;

    /** Is told when a book can be used and when not. */
    @FunctionalInterface
    public interface Watcher {
        /**
         * Called by the thread that records.
         *
         * @param symbol the venue's spelling
         * @param stands whether the book is without holes from now on
         * @param reason why not, empty if it is
         */
        void book(String symbol, boolean stands, String reason);
    }

    /**
     * What came of a recording so far.
     *
     * @param messages messages of the stream
     * @param trades trades recorded
     * @param filledTrades trades that the stream left out and that were fetched
     * @param changes changes of books recorded
     * @param snapshots snapshots joined with the stream
     * @param holes holes in the numbers of books
     * @param crossings books given up because their sides crossed
     * @param connections connections made
     */
    public record Report(
            long messages,
            long trades,
            long filledTrades,
            long changes,
            long snapshots,
            long holes,
            long crossings,
            int connections) {
        /**
         * Keeps the counts.
         *
         * @param messages at least 0
         * @param trades at least 0
         * @param filledTrades at least 0
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

    /**
     * Best bid and ask.
     *
     * @param bid price
     * @param bidSize size there
     * @param ask price, above the bid
     * @param askSize size there
     */
    public record Touch(double bid, double bidSize, double ask, double askSize) {
        /**
         * Checks the prices.
         *
         * @param bid below the ask
         * @param bidSize size there
         * @param ask above the bid
         * @param askSize size there
         */
        public Touch {
            Check.that(bid < ask, "bid must be below ask " + ask + ", got " + bid);
        }
    }

    private BinanceRecorder(BinanceMarket market, SourceSettings settings, StreamSettings streams) throws IOException {
        this.market = market;
        this.settings = settings;
        replies = new BinanceReplies(market);
        rest = new BinanceRest(market, new Host(market.source(), market.host(), market.rate(), settings));
        stream = MessageStream.over(
                settings.stream(market.streams()), HttpCall.get("/stream").build(), streams, settings.clock(), 1);
    }

    /**
     * Prepares a recording; nothing is sent but the question for the venue's listings.
     *
     * @param market spot or USD-M
     * @param symbols the venue's spelling, at least one
     * @param settings what all sources share
     * @param streams patience and limits of the stream
     * @return the recorder; close it
     * @throws IOException if the venue does not know a symbol or does not answer
     */
    public static BinanceRecorder of(
            BinanceMarket market, List<String> symbols, SourceSettings settings, StreamSettings streams)
            throws IOException {
        Check.that(market != BinanceMarket.COIN_M, "COIN-M counts contracts and is not recorded; use SPOT or USD_M");
        Check.that(!symbols.isEmpty(), "symbols must hold at least one symbol");
        BinanceRecorder recorder = new BinanceRecorder(market, settings, streams);
        Map<String, InstrumentId> ids = new LinkedHashMap<>();
        for (Listing listing : recorder.rest.listings()) {
            ids.put(listing.symbol(), listing.id());
        }
        for (String symbol : symbols) {
            String upper = symbol.toUpperCase(Locale.ROOT);
            InstrumentId id = ids.get(upper);
            if (id == null) {
                throw new SourceException(
                        SourceException.Reason.UNKNOWN_SYMBOL, market.source(), symbol, "the venue lists no " + symbol);
            }
            recorder.symbols.put(upper, recorder.new One(upper, id));
        }
        recorder.subscribe();
        return recorder;
    }

    private void subscribe() {
        List<Node> names = new ArrayList<>();
        for (String symbol : symbols.keySet()) {
            String lower = symbol.toLowerCase(Locale.ROOT);
            names.add(Node.of(lower + "@aggTrade"));
            names.add(Node.of(lower + "@depth@100ms"));
        }
        stream.subscribe(Node.object()
                .put("method", "SUBSCRIBE")
                .put("params", Node.array(names))
                .put("id", 1)
                .build()
                .toString());
    }

    /**
     * Who is told about the state of books.
     *
     * @param told called by the thread that records
     * @return this recorder
     */
    public BinanceRecorder watcher(Watcher told) {
        watcher = told;
        return this;
    }

    /**
     * Best bid and ask of a symbol, for use within a {@link Watcher} or between runs.
     *
     * @param symbol the venue's spelling
     * @return the touch; empty while the book is stale
     */
    public Optional<Touch> touch(String symbol) {
        One one = symbols.get(symbol.toUpperCase(Locale.ROOT));
        return one == null
                ? Optional.empty()
                : one.book.touch().map(best -> new Touch(best[0], best[1], best[2], best[3]));
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
        symbols.values().forEach(one -> one.into(receiver));
        long end = settings.clock().steadyNanos() + howLong.toNanos();
        flushedNanos = settings.clock().steadyNanos();
        try {
            while (settings.clock().steadyNanos() < end) {
                step(LOOK_AGAIN);
                if (settings.clock().steadyNanos() - flushedNanos >= KEEP_AT_MOST.toNanos()) {
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

    private boolean step(Duration patience) throws IOException {
        Optional<StreamEvent> event = stream.next(patience);
        if (event.isPresent()) {
            take(event.get());
        }
        for (One one : symbols.values()) {
            one.resync();
        }
        return event.isPresent();
    }

    private void flush() throws IOException {
        flushedNanos = settings.clock().steadyNanos();
        for (One one : symbols.values()) {
            one.flush();
        }
    }

    private Report report() {
        long[] sums = new long[6];
        for (One one : symbols.values()) {
            sums[0] += one.trades;
            sums[1] += one.filled;
            sums[2] += one.changes;
            sums[3] += one.snapshots;
            sums[4] += one.book.gaps();
            sums[5] += one.book.crossings();
        }
        return new Report(messages, sums[0], sums[1], sums[2], sums[3], sums[4], sums[5], stream.connections());
    }

    private void take(StreamEvent event) throws IOException {
        if (event instanceof StreamEvent.Text text) {
            messages++;
            message(text.text(), text.receivedNanos());
        } else if (event instanceof StreamEvent.Lost lost) {
            for (One one : symbols.values()) {
                one.book.lost(lost.reason());
            }
        }
    }

    private void message(String text, long receivedNanos) throws IOException {
        Node root;
        try {
            root = Documents.parseJson(text, "the message");
        } catch (IOException e) {
            throw new SourceException(
                    SourceException.Reason.WRONG_VALUE,
                    market.source(),
                    "message",
                    "a message of the stream is no JSON (" + e.getMessage() + ")");
        }
        Reading reading = replies.reading();
        Optional<Node> error = reading.find(root, "error");
        if (error.isPresent()) {
            throw new SourceException(
                    SourceException.Reason.REFUSED,
                    market.source(),
                    "subscription",
                    "the venue refused a subscription: " + error.get());
        }
        Optional<Node> found = reading.find(root, "data");
        if (found.isEmpty()) {
            return; // the answer to the subscription
        }
        Node data = found.get();
        String kind = reading.text(data, "e");
        One one = symbols.get(reading.text(data, "s"));
        if (one == null) {
            return;
        }
        if (kind.equals("depthUpdate")) {
            one.book.change(change(data, receivedNanos));
        } else if (kind.equals("aggTrade")) {
            one.trade(data, receivedNanos);
        }
    }

    private BinanceBook.Change change(Node data, long receivedNanos) throws SourceException {
        Reading reading = replies.reading();
        Node time = reading.field(data, market.isSpot() ? "E" : "T");
        long first = reading.whole(data, "U");
        long last = reading.whole(data, "u");
        if (last < first) {
            throw reading.wrong(data, "a change whose last update is not before its first");
        }
        long previous = market.isSpot() ? -1 : reading.whole(data, "pu");
        List<BinanceBook.Level> levels = levels(data, "b", "a");
        return new BinanceBook.Change(reading.millis(time), receivedNanos, first, last, previous, levels);
    }

    private List<BinanceBook.Level> levels(Node data, String bids, String asks) throws SourceException {
        Reading reading = replies.reading();
        List<BinanceBook.Level> levels = new ArrayList<>();
        for (int side = 0; side < 2; side++) {
            for (Node level : reading.items(reading.field(data, side == 0 ? bids : asks))) {
                double price = reading.decimal(reading.item(level, 0, "price"));
                double size = reading.decimal(reading.item(level, 1, "quantity"));
                if (!(price > 0 && price < Double.POSITIVE_INFINITY && size >= 0 && size < Double.POSITIVE_INFINITY)) {
                    throw reading.wrong(level, "a price above 0 and a size of at least 0");
                }
                levels.add(new BinanceBook.Level(side, price, size));
            }
        }
        return levels;
    }

    /** One symbol. */
    private final class One implements BinanceBook.Recorder {
        private final String symbol;
        private final InstrumentId id;
        private final BinanceBook book = new BinanceBook(!market.isSpot(), this);
        private Optional<Feeds> feeds = Optional.empty();
        private long lastTrade = -1;
        private long trades;
        private long filled;
        private long changes;
        private long snapshots;
        private long nextSnapshotNanos = Long.MIN_VALUE;

        private record Feeds(SeriesFeed trades, SeriesFeed changes, SeriesFeed snapshots) {}

        One(String symbol, InstrumentId id) {
            this.symbol = symbol;
            this.id = id;
        }

        void into(Source.Receiver receiver) {
            feeds = Optional.of(new Feeds(
                    feed(RecordKind.TRADES, BinanceReplies.TRADES, receiver).known(SeriesFeed.Identity.CONSECUTIVE),
                    feed(
                                    RecordKind.BOOK_UPDATES,
                                    market.isSpot() ? BookRows.UPDATES : BookRows.CHAINED_UPDATES,
                                    receiver)
                            .known(SeriesFeed.Identity.NUMBER),
                    feed(RecordKind.BOOK_SNAPSHOTS, BinanceReplies.LEVELS, receiver)));
        }

        private SeriesFeed feed(RecordKind kind, List<String> columns, Source.Receiver receiver) {
            String from = market.streams().replaceFirst("wss://", "") + "/stream " + symbol;
            return new SeriesFeed(
                    new SeriesKey(id, kind, 0),
                    columns,
                    settings.honest(new Provenance(Provenance.Kind.EXCHANGE, from, "", "recorded as it came")),
                    new SeriesFeed.Span(Long.MIN_VALUE, Long.MAX_VALUE, settings.batchRows()),
                    receiver);
        }

        private Feeds feeds() {
            return feeds.orElseThrow();
        }

        void flush() throws IOException {
            feeds().trades().flushUnclaimed();
            feeds().snapshots().flushUnclaimed();
            feeds().changes().flushUnclaimed();
        }

        void trade(Node data, long receivedNanos) throws IOException {
            Node list = Node.array(List.of(data));
            Row trade = replies.trades(list).get(0);
            if (lastTrade >= 0 && trade.seq() > lastTrade + 1) {
                fill(trade.seq());
            }
            keep(trade, receivedNanos);
        }

        private void keep(Row trade, long receivedNanos) throws IOException {
            if (trade.seq() <= lastTrade) {
                return; // came again after a reconnection
            }
            lastTrade = trade.seq();
            trades++;
            long known = Math.max(trade.time(), receivedNanos);
            feeds().trades().take(List.of(new Row(trade.time(), known, trade.seq(), trade.values())));
        }

        /** What the stream left out is asked by number; what is older than the venue gives stays a hole and is counted. */
        private void fill(long before) throws IOException {
            BinanceSeries series = new BinanceSeries(symbol, "", 0, 0, 0);
            for (int page = 0; page < MOST_FILL_PAGES && lastTrade + 1 < before; page++) {
                long from = lastTrade;
                for (Row row : rest.tradesFrom(series, from + 1, feeds().trades())) {
                    if (row.seq() > from && row.seq() < before) {
                        filled++;
                        keep(row, settings.clock().nowNanos());
                    }
                }
                if (lastTrade == from) {
                    return;
                }
            }
        }

        /** Fetches a snapshot when the book waits for one; after one that was too old, half a second later. */
        void resync() throws IOException {
            long now = settings.clock().steadyNanos();
            if (!book.needsSnapshot() || now < nextSnapshotNanos) {
                return;
            }
            Fetched fetched = rest.depth(symbol);
            Node reply = fetched.json();
            Reading reading = replies.reading();
            long last = reading.whole(reply, "lastUpdateId");
            long time = reading.find(reply, "T").isPresent() ? reading.millis(reading.field(reply, "T")) : 0;
            BinanceBook.Change whole = new BinanceBook.Change(
                    time, fetched.receivedNanos(), last, last, -1, levels(reply, "bids", "asks"));
            if (book.snapshot(whole)) {
                nextSnapshotNanos = now + LOOK_AGAIN.toNanos();
            }
        }

        @Override
        public void snapshot(BinanceBook.Change snapshot, long timeNanos) throws IOException {
            snapshots++;
            feeds().snapshots().take(BookRows.snapshot(snapshot, timeNanos));
        }

        @Override
        public void change(BinanceBook.Change change) throws IOException {
            changes++;
            feeds().changes().take(BookRows.change(change, !market.isSpot()));
        }

        @Override
        public void stands(boolean stands, String reason) {
            if (!stands) {
                feeds().changes()
                        .count(
                                Issue.Reason.SEQUENCE_GAP,
                                id.toString(),
                                "the book was lost and joined anew: " + reason);
            }
            watcher.book(symbol, stands, reason);
        }
    }

    /** Says good-bye. */
    @Override
    public void close() {
        stream.close();
    }
}
