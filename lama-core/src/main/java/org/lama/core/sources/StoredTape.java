package org.lama.core.sources;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
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
 * <p>The store is read once to count flaws and to find by how much the receiver's clock is behind, and once more for each
 * reading. Memory: a batch of the store for each of the four series, whatever their length. Thread-safe as its store.
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
    private final long shiftNanos;
    private final long messages;
    private final long rows;
    private final Map<Flaw, Long> flaws;

    /**
     * Which part of a store is read.
     *
     * @param instrument whose book
     * @param fromNanos first time at the venue, inclusive, UTC epoch nanoseconds
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
        long count = 0;
        BookEvents scratch = new BookEvents(scale, USUAL_ROWS);
        try (Reading survey = new Reading()) {
            while (survey.fill(scratch)) {
                count += scratch.size();
            }
            shiftNanos = survey.writer.shiftNanos();
            messages = survey.writer.messages();
            flaws = Map.copyOf(survey.writer.flaws());
        }
        rows = count;
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
     * @throws IllegalArgumentException if there is no book of the instrument
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
     * What was added to all times of receipt.
     *
     * @return nanoseconds, 0 unless rows came before they happened
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
        return new BookTape(all, flaws, messages, shiftNanos);
    }

    /** A series of the four, and what its next message tells. */
    private abstract static class Series {
        final StoredRows rows;
        final TapeWriter writer;

        Series(StoredRows rows, TapeWriter writer) {
            this.rows = rows;
            this.writer = writer;
        }

        /** When its next message came to us. */
        long nextNanos() {
            return rows.has() ? rows.localNanos() : Long.MAX_VALUE;
        }

        abstract void deliver() throws IOException;
    }

    /** One pass over the store. */
    private final class Reading implements Chunks {
        private final List<StoredRows> opened = new ArrayList<>();
        private final List<Series> series = new ArrayList<>();
        private final TapeWriter writer;

        Reading() throws IOException {
            try {
                Optional<StoredRows> snapshots = rows(RecordKind.BOOK_SNAPSHOTS, Levels.SNAPSHOT, Levels.NUMBERS);
                Optional<StoredRows> trades = rows(RecordKind.TRADES, List.of("side"), Levels.NUMBERS);
                Optional<StoredRows> updates = rows(RecordKind.BOOK_UPDATES, Levels.UPDATE, Levels.NUMBERS);
                Optional<StoredRows> quotes = rows(RecordKind.QUOTES, List.of(RecordKind.SEQUENCE), Quotes.NUMBERS);
                Linking linking = updates.map(Levels::linking).orElse(Linking.CONTIGUOUS);
                writer = new TapeWriter(scale, linking, settings);
                snapshots.ifPresent(found -> series.add(new Snapshots(found, writer)));
                trades.ifPresent(found -> series.add(new Trades(found, writer)));
                updates.ifPresent(found -> series.add(new Updates(found, writer, linking)));
                quotes.ifPresent(found -> series.add(new Quotes(found, writer)));
            } catch (IOException | IllegalArgumentException e) {
                close();
                throw e;
            }
        }

        private Optional<StoredRows> rows(RecordKind kind, List<String> wholes, List<String> numbers)
                throws IOException {
            if (!present.contains(kind) || (kind == RecordKind.QUOTES && !settings.quotes())) {
                return Optional.empty();
            }
            MarketStore.Query query = MarketStore.Query.all(new SeriesKey(part.instrument(), kind, 0))
                    .between(part.fromNanos(), part.toNanos());
            StoredRows rows = StoredRows.open(store, query, wholes, numbers);
            opened.add(rows);
            return Optional.of(rows);
        }

        @Override
        public boolean next(BookEvents into) throws IOException {
            boolean more = fill(into);
            into.shiftLocal(shiftNanos);
            return more;
        }

        boolean fill(BookEvents into) throws IOException {
            into.clear();
            writer.into(into);
            while (into.size() < USUAL_ROWS && step()) {
                // a message after the other
            }
            return into.size() > 0;
        }

        private boolean step() throws IOException {
            Series turn = series.get(0);
            for (Series other : series) {
                if (other.nextNanos() < turn.nextNanos()) {
                    turn = other;
                }
            }
            if (!turn.rows.has()) {
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

        Levels(StoredRows rows, TapeWriter writer) {
            super(rows, writer);
        }

        static Linking linking(StoredRows updates) {
            if (!updates.has() || updates.whole(PREVIOUS) == RecordKind.MISSING) {
                return Linking.CONTIGUOUS;
            }
            return updates.whole(FIRST) == RecordKind.MISSING ? Linking.IN_STREAM : Linking.CHAINED;
        }

        /** Takes all rows of the message that comes next. */
        Optional<LevelChange> message() throws IOException {
            long last = rows.whole(LAST);
            long local = rows.localNanos();
            long time = rows.timeNanos();
            writer.begin(local, time);
            Arrays.fill(count, 0);
            do {
                add((int) rows.whole(SIDE), rows.number(0), rows.number(1));
                rows.next();
            } while (rows.has() && rows.whole(LAST) == last && rows.localNanos() == local && rows.timeNanos() == time);
            int bids = count[0];
            double[] price = Arrays.copyOf(prices[0], bids + count[1]);
            double[] size = Arrays.copyOf(sizes[0], bids + count[1]);
            System.arraycopy(prices[1], 0, price, bids, count[1]);
            System.arraycopy(sizes[1], 0, size, bids, count[1]);
            return writer.levels(bids, price, size, last);
        }

        private void add(int side, double price, double size) {
            int at = count[side]++;
            if (at == prices[side].length) {
                prices[side] = Arrays.copyOf(prices[side], 2 * at);
                sizes[side] = Arrays.copyOf(sizes[side], 2 * at);
            }
            prices[side][at] = price;
            sizes[side][at] = size;
        }
    }

    /** Whole books. */
    private static final class Snapshots extends Levels {
        Snapshots(StoredRows rows, TapeWriter writer) {
            super(rows, writer);
        }

        @Override
        void deliver() throws IOException {
            message().ifPresent(levels -> {
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

        Updates(StoredRows rows, TapeWriter writer, Linking linking) {
            super(rows, writer);
            this.linking = linking;
        }

        @Override
        void deliver() throws IOException {
            long last = rows.whole(LAST);
            long first = linking == Linking.IN_STREAM ? last : rows.whole(FIRST);
            long previous = rows.whole(PREVIOUS);
            message().ifPresent(levels -> {
                if (last == RecordKind.MISSING || first == RecordKind.MISSING) {
                    writer.unnumbered(levels);
                } else {
                    writer.change(first, last, previous, levels);
                }
            });
        }
    }

    /** Prints. */
    private static final class Trades extends Series {
        Trades(StoredRows rows, TapeWriter writer) {
            super(rows, writer);
        }

        @Override
        void deliver() throws IOException {
            writer.begin(rows.localNanos(), rows.timeNanos());
            long side = rows.whole(0);
            if (side == 0 || side == 1) {
                writer.trade(side == 1, rows.number(0), rows.number(1));
            } else {
                writer.count(Flaw.UNKNOWN_SIDE);
            }
            rows.next();
        }
    }

    /** Best quotes. */
    private static final class Quotes extends Series {
        static final List<String> NUMBERS = List.of("bid", "bid_size", "ask", "ask_size");

        Quotes(StoredRows rows, TapeWriter writer) {
            super(rows, writer);
        }

        @Override
        void deliver() throws IOException {
            writer.begin(rows.localNanos(), rows.timeNanos());
            long number = rows.whole(0);
            double[] prices = {rows.number(0), rows.number(2)};
            double[] sizes = {rows.number(1), rows.number(3)};
            rows.next();
            writer.levels(1, prices, sizes, number).ifPresent(best -> writer.quote(number, best));
        }
    }
}
