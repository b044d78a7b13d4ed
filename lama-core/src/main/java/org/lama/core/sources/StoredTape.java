package org.lama.core.sources;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.book.BookEvents;
import org.lama.core.book.BookFeed;
import org.lama.core.book.BookScale;
import org.lama.core.market.InstrumentId;
import org.lama.core.net.SequenceGuard.Linking;
import org.lama.core.sources.BookTape.Flaw;
import org.lama.core.sources.TapeWriter.LevelChange;
import org.lama.core.store.MarketStore;
import org.lama.core.store.RecordKind;
import org.lama.core.store.SeriesKey;

/**
 * The feed of a book out of a store: its snapshots, changes, trades and best quotes, merged by the time at which they
 * came to us. What is wrong is treated as {@link BookTapes} treats it, and counted; a book that cannot be trusted is
 * cleared until its next snapshot. Of equal times snapshots go first, then trades, changes and quotes.
 *
 * <p>How changes follow each other is told by their columns: {@code first_update} alone (contiguous), with {@code
 * previous_update} (chained), or the latter alone (snapshots within the stream). Without numbers no hole can be seen.
 * Quotes count only where they carry the numbers of the changes in {@code seq}, as those of Binance do.
 *
 * <p>A part begins with the book as it stands there: of a recording with one snapshot at its beginning any part can be read.
 * What came since the last snapshot at or before the part is read for that, and told in one stretch of rows with the times of
 * the last message before the part. Trades from before it are not told, and flaws not counted.
 *
 * <p>The times of all that is stored of the book are read once, to find what messages usually take and by how much the
 * receiver's clock is behind: a part of a feed has the times that it has in the whole. The part is read once to count
 * flaws, and once more for each reading. Memory: a batch of the store for each of the four series, whatever their length. Thread-safe as its store.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class StoredTape implements BookFeed {
    private static final List<RecordKind> KINDS =
            List.of(RecordKind.BOOK_SNAPSHOTS, RecordKind.TRADES, RecordKind.BOOK_UPDATES, RecordKind.QUOTES);

    private final MarketStore store;
    private final Part part;
    private final BookScale scale;
    private final TapeSettings settings;
    private final Set<RecordKind> present = EnumSet.noneOf(RecordKind.class);
    /** What messages of each series usually take. */
    private final Map<RecordKind, Long> usual = new EnumMap<>(RecordKind.class);

    /** The last snapshot at or before the part, if there is one. */
    private long snapshotNanos = Long.MAX_VALUE;

    private final long shiftNanos;
    private final long messages;
    private final long rows;
    private final Map<Flaw, Long> flaws;
    private final Map<Flaw, Long> firstSeen;

    /**
     * Which part of a store is read.
     *
     * @param instrument whose book
     * @param fromNanos first time at the venue, inclusive, UTC epoch nanoseconds; behind a snapshot also what happened
     *     before it and came to us from then on
     * @param toNanos end, exclusive
     * @since 0.1.0
     */
    @Api(Api.Status.EXPERIMENTAL)
    public record Part(InstrumentId instrument, long fromNanos, long toNanos) {
        /**
         * Checks the range.
         *
         * @param instrument whose book
         * @param fromNanos first time at the venue, inclusive, UTC epoch nanoseconds
         * @param toNanos end, exclusive
         */
        public Part {
            Check.notNull(instrument, "instrument");
            Check.that(fromNanos <= toNanos, "from must not lie after to, got " + fromNanos + " and " + toNanos);
        }

        /**
         * All there is of an instrument.
         *
         * @param instrument whose book
         * @return the part
         */
        public static Part all(InstrumentId instrument) {
            return new Part(instrument, Long.MIN_VALUE, Long.MAX_VALUE);
        }
    }

    private StoredTape(MarketStore store, Part part, BookScale scale, TapeSettings settings) throws IOException {
        this.store = Check.notNull(store, "store");
        this.part = Check.notNull(part, "part");
        this.scale = Check.notNull(scale, "scale");
        this.settings = Check.notNull(settings, "settings");
        for (RecordKind kind : KINDS) {
            if (store.entry(new SeriesKey(part.instrument(), kind, 0)).isPresent()) {
                present.add(kind);
            }
        }
        Check.that(
                present.contains(RecordKind.BOOK_SNAPSHOTS) || present.contains(RecordKind.BOOK_UPDATES),
                "the store has no book of " + part.instrument() + ": neither book_snapshots nor book_updates");
        shiftNanos = Latencies.shift(measured(), settings);
        long count = 0;
        BookEvents scratch = new BookEvents(scale, USUAL_ROWS);
        try (Reading survey = new Reading()) {
            while (survey.fill(scratch)) {
                count += scratch.size();
            }
            survey.writer.end();
            survey.writer.steps().requireFit(scale, part.instrument().toString());
            messages = survey.writer.messages();
            flaws = Map.copyOf(survey.writer.flaws());
            firstSeen = Map.copyOf(survey.writer.firstSeen(shiftNanos));
        }
        rows = count;
    }

    /** The least latency of all there is, so that it does not depend on the part that is read. */
    private long measured() throws IOException {
        long least = FeedClocks.UNTOLD;
        for (RecordKind kind : present) {
            Latencies latencies = new Latencies();
            MarketStore.Query all = MarketStore.Query.all(new SeriesKey(part.instrument(), kind, 0));
            long local = FeedClocks.UNTOLD;
            long time = FeedClocks.UNTOLD;
            try (StoredRows times = StoredRows.open(store, all, List.of(), List.of())) {
                for (; times.has(); times.next()) {
                    if (kind == RecordKind.BOOK_SNAPSHOTS && times.storedNanos() <= part.fromNanos()) {
                        snapshotNanos = times.storedNanos();
                    }
                    if (times.localNanos() != local || times.timeNanos() != time) {
                        local = times.localNanos();
                        time = times.timeNanos();
                        latencies.add(local, time);
                    }
                }
            }
            usual.put(kind, latencies.usual());
            boolean isLess =
                    latencies.least() != FeedClocks.UNTOLD && (least == FeedClocks.UNTOLD || latencies.least() < least);
            least = isLess ? latencies.least() : least;
        }
        return least;
    }

    /** Where reading begins: changes that came a little before a snapshot are those that it is joined with. */
    private long begins() {
        return snapshotNanos > part.fromNanos()
                ? part.fromNanos()
                : snapshotNanos - Math.min(settings.silence().toNanos(), snapshotNanos - Long.MIN_VALUE);
    }

    /**
     * The steps of price and quantity that the first changes of a stored book show.
     *
     * @param store where it is
     * @param part which instrument, and from when to when
     * @return the scale; empty where there are too few prices to tell, or sizes have no common step, as those of inverse
     *     contracts in base currency
     * @throws IOException if the store cannot be read, naming the file
     */
    public static Optional<BookScale> scale(MarketStore store, Part part) throws IOException {
        Steps steps = new Steps();
        for (RecordKind kind : List.of(RecordKind.BOOK_SNAPSHOTS, RecordKind.BOOK_UPDATES)) {
            SeriesKey key = new SeriesKey(part.instrument(), kind, 0);
            if (store.entry(key).isPresent()) {
                MarketStore.Query query = MarketStore.Query.all(key).between(part.fromNanos(), part.toNanos());
                try (StoredRows rows = StoredRows.open(store, query, List.of(), Levels.NUMBERS)) {
                    for (; rows.has() && !steps.isFull(); rows.next()) {
                        steps.add(rows.number(0), rows.number(1), true);
                    }
                }
            }
        }
        return steps.scale();
    }

    /**
     * The feed of a stored book. Reads it once.
     *
     * @param store where it is
     * @param part which instrument, and from when to when
     * @param scale what ticks and lots are worth
     * @param settings how to read
     * @return the feed
     * @throws IOException if the store cannot be read, naming the file
     * @throws IllegalArgumentException if there is no book of the instrument, or the scale is not that of the store,
     *     naming the steps that were seen
     */
    public static StoredTape of(MarketStore store, Part part, BookScale scale, TapeSettings settings)
            throws IOException {
        return new StoredTape(store, part, scale, settings);
    }

    @Override
    public BookScale scale() {
        return scale;
    }

    @Override
    public Chunks open() throws IOException {
        return new Reading();
    }

    /**
     * What was wrong, how often.
     *
     * @return in no order; what never was is not in it
     */
    public Map<Flaw, Long> flaws() {
        return flaws;
    }

    /**
     * When each flaw was seen first, by the times of receipt of the rows.
     *
     * @return UTC epoch nanoseconds, in no order; one that was seen before any time is not in it
     */
    public Map<Flaw, Long> firstNanos() {
        return firstSeen;
    }

    /**
     * Messages read.
     *
     * @return at least 0
     */
    public long messages() {
        return messages;
    }

    /**
     * Rows that each reading gives.
     *
     * @return at least 0
     */
    public long rows() {
        return rows;
    }

    /**
     * What was added to all times of receipt; the same for all parts of a feed.
     *
     * @return nanoseconds, 0 unless rows of the feed came before they happened
     */
    public long shiftNanos() {
        return shiftNanos;
    }

    /**
     * Everything in memory, for short feeds.
     *
     * @return the rows with what was wrong
     * @throws IOException if the store cannot be read, naming the file
     */
    public BookTape tape() throws IOException {
        BookEvents all = new BookEvents(scale, (int) Math.min(rows, 1 << 24));
        BookEvents stretch = new BookEvents(scale, USUAL_ROWS);
        try (Chunks chunks = open()) {
            while (chunks.next(stretch)) {
                all.append(stretch, 0, stretch.size());
            }
        }
        return new BookTape(all, flaws, firstSeen, messages, shiftNanos);
    }

    /** A series of the four. Its next message is read ahead: only the one behind it tells whether its time can be right. */
    private abstract static class Series {
        final StoredRows rows;
        final TapeWriter writer;
        private final FeedClocks clocks;
        private boolean has;
        private long stored;

        Series(StoredRows rows, TapeWriter writer, long usual) {
            this.rows = rows;
            this.writer = writer;
            clocks = new FeedClocks(usual);
        }

        /** Reads the next message, if there is one. */
        final void advance() throws IOException {
            has = rows.has();
            if (has) {
                long local = rows.localNanos();
                long time = rows.timeNanos();
                stored = rows.storedNanos();
                read();
                clocks.take(local, time, rows.has() ? rows.localNanos() : FeedClocks.UNTOLD);
            }
        }

        final boolean has() {
            return has;
        }

        /** When its next message came to us. */
        final long nextNanos() {
            return has ? clocks.localNanos() : Long.MAX_VALUE;
        }

        /** When it happened, by which the store is cut. */
        final long storedNanos() {
            return stored;
        }

        /** Writes the message that was read, and reads the next one. */
        final void deliver() throws IOException {
            writer.begin(clocks);
            write();
            advance();
        }

        /** Takes all rows of the message that comes next. */
        abstract void read() throws IOException;

        abstract void write();
    }

    /** One pass over the store. */
    private final class Reading implements Chunks {
        private final List<StoredRows> opened = new ArrayList<>();
        private final List<Series> series = new ArrayList<>();
        private final TapeWriter writer;
        private boolean hasBegun;

        Reading() throws IOException {
            try {
                Optional<StoredRows> snapshots = rows(RecordKind.BOOK_SNAPSHOTS, Levels.SNAPSHOT, Levels.NUMBERS);
                Optional<StoredRows> trades = rows(RecordKind.TRADES, List.of("side"), Levels.NUMBERS);
                Optional<StoredRows> updates = rows(RecordKind.BOOK_UPDATES, Levels.UPDATE, Levels.NUMBERS);
                Optional<StoredRows> quotes = rows(RecordKind.QUOTES, List.of(RecordKind.SEQUENCE), Quotes.NUMBERS);
                Linking linking = updates.map(Levels::linking).orElse(Linking.CONTIGUOUS);
                writer = new TapeWriter(scale, linking, settings, FeedClocks.UNTOLD);
                snapshots.ifPresent(
                        found -> series.add(new Snapshots(found, writer, usual(RecordKind.BOOK_SNAPSHOTS))));
                trades.ifPresent(found -> series.add(new Trades(found, writer, usual(RecordKind.TRADES))));
                updates.ifPresent(
                        found -> series.add(new Updates(found, writer, usual(RecordKind.BOOK_UPDATES), linking)));
                quotes.ifPresent(found -> series.add(new Quotes(found, writer, usual(RecordKind.QUOTES))));
                for (Series one : series) {
                    one.advance();
                }
            } catch (IOException | IllegalArgumentException e) {
                close();
                throw e;
            }
        }

        private long usual(RecordKind kind) {
            return usual.getOrDefault(kind, FeedClocks.UNTOLD);
        }

        private Optional<StoredRows> rows(RecordKind kind, List<String> wholes, List<String> numbers)
                throws IOException {
            if (!present.contains(kind) || (kind == RecordKind.QUOTES && !settings.quotes())) {
                return Optional.empty();
            }
            MarketStore.Query query = MarketStore.Query.all(new SeriesKey(part.instrument(), kind, 0))
                    .between(begins(), part.toNanos());
            StoredRows rows = StoredRows.open(store, query, wholes, numbers);
            opened.add(rows);
            return Optional.of(rows);
        }

        @Override
        public boolean next(BookEvents into) throws IOException {
            boolean more = fill(into);
            Latencies.move(into, shiftNanos, settings);
            return more;
        }

        boolean fill(BookEvents into) throws IOException {
            into.clear();
            writer.into(into);
            if (!hasBegun) {
                hasBegun = true;
                standAt(into);
            }
            while (into.size() < USUAL_ROWS && step()) {
                // a message after the other
            }
            return into.size() > 0;
        }

        /** Reads what lies before the part and tells the book that it leads to. */
        private void standAt(BookEvents into) throws IOException {
            if (begins() >= part.fromNanos()) {
                return;
            }
            for (Series turn = turn(); turn.has() && isBefore(turn); turn = turn()) {
                turn.deliver();
                into.clear();
            }
            writer.forgetFlaws();
            writer.tellBook();
        }

        /** What happened before the part and came in it is told, else its first moments would lack trades and changes. */
        private boolean isBefore(Series turn) {
            return turn.storedNanos() < part.fromNanos() && turn.nextNanos() + shiftNanos < part.fromNanos();
        }

        private Series turn() {
            Series turn = series.get(0);
            for (Series other : series) {
                if (other.nextNanos() < turn.nextNanos()) {
                    turn = other;
                }
            }
            return turn;
        }

        private boolean step() throws IOException {
            Series turn = turn();
            if (!turn.has()) {
                return false;
            }
            turn.deliver();
            return true;
        }

        @Override
        public void close() throws IOException {
            for (StoredRows rows : opened) {
                rows.close();
            }
        }
    }

    /** Levels of one message. */
    private abstract static class Levels extends Series {
        static final List<String> NUMBERS = List.of("price", "size");
        static final List<String> UPDATE = List.of("side", "last_update", "first_update", "previous_update");
        static final List<String> SNAPSHOT = List.of("side", "last_update", "level");
        private static final int SIDE = 0;
        static final int LAST = 1;
        static final int FIRST = 2;
        static final int PREVIOUS = 3;

        private double[][] prices = new double[2][64];
        private double[][] sizes = new double[2][64];
        private final int[] count = new int[2];
        private boolean hasUnknownSide;
        long last;

        Levels(StoredRows rows, TapeWriter writer, long usual) {
            super(rows, writer, usual);
        }

        static Linking linking(StoredRows updates) {
            if (!updates.has() || updates.whole(PREVIOUS) == RecordKind.MISSING) {
                return Linking.CONTIGUOUS;
            }
            return updates.whole(FIRST) == RecordKind.MISSING ? Linking.IN_STREAM : Linking.CHAINED;
        }

        @Override
        void read() throws IOException {
            last = rows.whole(LAST);
            long local = rows.localNanos();
            long time = rows.timeNanos();
            Arrays.fill(count, 0);
            hasUnknownSide = false;
            do {
                add(rows.whole(SIDE), rows.number(0), rows.number(1));
                rows.next();
            } while (rows.has() && rows.whole(LAST) == last && rows.localNanos() == local && rows.timeNanos() == time);
        }

        private void add(long said, double price, double size) {
            if (said != 0 && said != 1) {
                hasUnknownSide = true;
                return;
            }
            int side = (int) said;
            int at = count[side]++;
            if (at == prices[side].length) {
                prices[side] = Arrays.copyOf(prices[side], 2 * at);
                sizes[side] = Arrays.copyOf(sizes[side], 2 * at);
            }
            prices[side][at] = price;
            sizes[side][at] = size;
        }

        /** The levels that were read; empty if the book is unknown by them. */
        Optional<LevelChange> levels() {
            if (hasUnknownSide) {
                writer.count(Flaw.UNKNOWN_SIDE);
                writer.lost("a level is of no side");
                return Optional.empty();
            }
            int bids = count[0];
            double[] price = Arrays.copyOf(prices[0], bids + count[1]);
            double[] size = Arrays.copyOf(sizes[0], bids + count[1]);
            System.arraycopy(prices[1], 0, price, bids, count[1]);
            System.arraycopy(sizes[1], 0, size, bids, count[1]);
            return writer.levels(bids, price, size, last);
        }
    }

    /** Whole books. */
    private static final class Snapshots extends Levels {
        Snapshots(StoredRows rows, TapeWriter writer, long usual) {
            super(rows, writer, usual);
        }

        @Override
        void write() {
            levels().ifPresent(levels -> {
                if (levels.last() == RecordKind.MISSING) {
                    writer.whole(levels);
                } else {
                    writer.snapshot(levels);
                }
            });
        }
    }

    /** Changes. */
    private static final class Updates extends Levels {
        private final Linking linking;
        private long first;
        private long previous;

        Updates(StoredRows rows, TapeWriter writer, long usual, Linking linking) {
            super(rows, writer, usual);
            this.linking = linking;
        }

        @Override
        void read() throws IOException {
            first = rows.whole(FIRST);
            previous = rows.whole(PREVIOUS);
            super.read();
        }

        @Override
        void write() {
            long begins = linking == Linking.IN_STREAM ? last : first;
            levels().ifPresent(levels -> {
                if (last == RecordKind.MISSING || begins == RecordKind.MISSING) {
                    writer.unnumbered(levels);
                } else {
                    writer.change(begins, last, previous, levels);
                }
            });
        }
    }

    /** Prints. */
    private static final class Trades extends Series {
        private long side;
        private double price;
        private double size;

        Trades(StoredRows rows, TapeWriter writer, long usual) {
            super(rows, writer, usual);
        }

        @Override
        void read() throws IOException {
            side = rows.whole(0);
            price = rows.number(0);
            size = rows.number(1);
            rows.next();
        }

        @Override
        void write() {
            if (side == 0 || side == 1) {
                writer.trade(side == 1, price, size);
            } else {
                writer.count(Flaw.UNKNOWN_SIDE);
            }
        }
    }

    /** Best quotes. */
    private static final class Quotes extends Series {
        static final List<String> NUMBERS = List.of("bid", "bid_size", "ask", "ask_size");
        private final double[] prices = new double[2];
        private final double[] sizes = new double[2];
        private long number;

        Quotes(StoredRows rows, TapeWriter writer, long usual) {
            super(rows, writer, usual);
        }

        @Override
        void read() throws IOException {
            number = rows.whole(0);
            prices[0] = rows.number(0);
            sizes[0] = rows.number(1);
            prices[1] = rows.number(2);
            sizes[1] = rows.number(3);
            rows.next();
        }

        @Override
        void write() {
            writer.levels(1, prices, sizes, number).ifPresent(best -> writer.quote(number, best));
        }
    }
}
