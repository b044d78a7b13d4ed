package org.lama.core.sources;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.lama.core.book.BookEvents;
import org.lama.core.book.BookScale;
import org.lama.core.book.LevelBook;
import org.lama.core.net.SequenceGuard;
import org.lama.core.sources.BookTape.Flaw;

/**
 * Turns messages into rows of a tape: joins snapshots with changes, and clears the book at once where it can no longer be
 * trusted. A message is begun with its times, then says one thing. Not thread-safe.
 */
final class TapeWriter {
    /** A time that a message does not tell. */
    static final long UNTOLD = FeedClocks.UNTOLD;

    private static final int MOST_CHANGES_ASIDE = 10_000;
    private static final int FEED_ROWS = 1 << 16;

    private BookEvents events;
    private final BookScale scale;
    private final TapeSettings settings;
    private final LevelBook book;
    private final SequenceGuard<LevelChange> guard;
    private final boolean chained;
    private final Map<Flaw, Long> flaws = new EnumMap<>(Flaw.class);
    private final Map<Flaw, Long> firstSeen = new EnumMap<>(Flaw.class);
    /** Of a feed whose messages come in one row; a store has clocks for each of its series. */
    private final FeedClocks clocks;

    private final Latencies latencies;
    private final Steps steps = new Steps();
    /** What the last messages with both times took, for those without the venue's. */
    private final RecentLatency recent = new RecentLatency();

    private long toldExchange = UNTOLD;
    private long lastTrade = UNTOLD;
    private boolean wasWhole;
    private boolean hasChanges;
    /** How far the book that came last goes on each side. */
    private int lowestBid;

    private int highestAsk;
    private long following = UNTOLD;
    private long messages;
    private long local = UNTOLD;
    private long exchange = UNTOLD;
    private long firstExchange = UNTOLD;
    private long saidExchange = UNTOLD;
    /** When something came about the book last; UNTOLD while there is no book that could grow old. */
    private long bookLocal = UNTOLD;

    private long countedGaps;
    private long countedStale;
    private long quoteNumber = UNTOLD;
    private int quoteBid;
    private int quoteAsk;

    /**
     * Levels of a change or a whole book; the first ones are bids.
     *
     * @param bids how many of them are bids
     * @param ticks prices
     * @param lots sizes, 0 takes a level away
     * @param last number of its last update
     */
    @SuppressWarnings("ArrayRecordComponent") // a carrier within this package, never compared
    record LevelChange(int bids, int[] ticks, long[] lots, long last) {}

    /** A writer of a feed whose messages usually take so long, {@link #UNTOLD} if that is not known. */
    TapeWriter(BookScale scale, SequenceGuard.Linking linking, TapeSettings settings, long usualLatency) {
        this.scale = scale;
        clocks = new FeedClocks(usualLatency);
        latencies = new Latencies(usualLatency);
        this.settings = settings;
        events = new BookEvents(scale, FEED_ROWS);
        book = LevelBook.keepingCrossings(scale);
        chained = linking != SequenceGuard.Linking.CONTIGUOUS;
        guard = new SequenceGuard<>(linking, MOST_CHANGES_ASIDE, new Target());
    }

    BookScale scale() {
        return scale;
    }

    /** Where rows go from now on. */
    void into(BookEvents rows) {
        events = rows;
    }

    void count(Flaw flaw) {
        count(flaw, 1);
    }

    private void count(Flaw flaw, long times) {
        flaws.merge(flaw, times, Long::sum);
        if (local != UNTOLD) {
            firstSeen.putIfAbsent(flaw, local);
        }
    }

    /** The message behind the next one came then; {@link #UNTOLD} if there is none. */
    void follows(long localNanos) {
        following = localNanos;
    }

    /** A message came that is not of this feed. */
    void other(Flaw what) {
        messages++;
        count(what);
    }

    /** A message came, by its own word. */
    void begin(long localNanos, long exchangeNanos) {
        latencies.add(localNanos, exchangeNanos);
        clocks.take(localNanos, exchangeNanos, following);
        begin(clocks);
    }

    /** A message came. Times run on: where one steps back, the one above stands. */
    void begin(FeedClocks message) {
        messages++;
        long localNanos = message.localNanos();
        long exchangeNanos = message.exchangeNanos();
        if (bookLocal != UNTOLD && localNanos - bookLocal > settings.silence().toNanos()) {
            local = Math.max(local, bookLocal + settings.silence().toNanos());
            count(Flaw.SILENCE);
            lost("nothing came about the book for " + settings.silence());
        }
        if (message.isLocalWrong()) {
            count(Flaw.LOCAL_WRONG);
        } else if (localNanos < local) {
            count(Flaw.LOCAL_STEPS_BACK);
        }
        local = Math.max(local, localNanos);
        saidExchange = message.saidNanos();
        if (message.isExchangeWrong()) {
            count(Flaw.EXCHANGE_WRONG);
        }
        if (exchangeNanos == UNTOLD) {
            count(Flaw.NO_EXCHANGE_TIME);
            exchange = Math.max(exchange, local - recent.median());
            return;
        }
        if (localNanos < exchangeNanos) {
            count(Flaw.RECEIVED_EARLY);
        }
        if (exchangeNanos < toldExchange) {
            count(Flaw.EXCHANGE_STEPS_BACK);
        }
        if (!message.isLocalWrong() && !message.isExchangeWrong()) {
            recent.add(localNanos - exchangeNanos);
        }
        toldExchange = Math.max(toldExchange, exchangeNanos);
        exchange = Math.max(exchange, exchangeNanos);
        firstExchange = firstExchange == UNTOLD ? exchange : firstExchange;
    }

    private void row(byte kind, int ticks, long lots) {
        events.add(kind, exchange, local, ticks, lots);
    }

    /** What the guard tells. */
    private final class Target implements SequenceGuard.Target<LevelChange> {
        @Override
        public void reset(LevelChange whole) {
            reaches(whole);
            if (guard.state() == SequenceGuard.State.VALID) {
                replace(whole); // a stream that says it all again
            } else {
                clear();
                put(whole);
            }
        }

        @Override
        public void apply(LevelChange change) {
            put(change);
        }

        @Override
        public void valid() {
            complete();
        }

        @Override
        public void invalid(String reason) {
            clear();
        }
    }

    private void clear() {
        book.clear();
        quoteNumber = UNTOLD;
        row(BookEvents.CLEAR, 0, 0);
    }

    private void complete() {
        wasWhole = true;
        book.complete(lowestBid, highestAsk);
        row(BookEvents.WHOLE, lowestBid, highestAsk);
    }

    /** Behind the last level of each side nothing is known; a side that is empty is known nowhere. */
    private void reaches(LevelChange whole) {
        lowestBid = BookScale.MOST_TICKS;
        highestAsk = 1;
        for (int i = 0; i < whole.ticks().length; i++) {
            if (i < whole.bids()) {
                lowestBid = Math.min(lowestBid, whole.ticks()[i]);
            } else {
                highestAsk = Math.max(highestAsk, whole.ticks()[i]);
            }
        }
    }

    /** A book that stands is told to another reader: all of its levels as they are. */
    void tellBook() {
        if (!book.isWhole()) {
            return;
        }
        row(BookEvents.CLEAR, 0, 0);
        for (int ticks = book.bidTicks(); ticks != 0; ticks = book.nextBid(ticks)) {
            row(BookEvents.BID, ticks, book.bidLots(ticks));
        }
        for (int ticks = book.askTicks(); ticks != 0; ticks = book.nextAsk(ticks)) {
            row(BookEvents.ASK, ticks, book.askLots(ticks));
        }
        row(BookEvents.WHOLE, book.knownBidTicks(), book.knownAskTicks());
    }

    /** What was found wrong so far is forgotten: it lies before the part that is read. */
    void forgetFlaws() {
        flaws.clear();
        firstSeen.clear();
        messages = 0;
        wasWhole = book.isWhole();
    }

    /** What lies between the steps of the scale, and which steps would fit. */
    Steps steps() {
        return steps;
    }

    /** What goes is written before what comes, so that the sides do not meet on the way. */
    private void put(LevelChange change) {
        for (int pass = 0; pass < 2; pass++) {
            for (int i = 0; i < change.ticks().length; i++) {
                boolean bid = i < change.bids();
                if ((change.lots()[i] == 0) == (pass == 0)) {
                    level(bid, change.ticks()[i], change.lots()[i], change.last());
                }
            }
        }
    }

    private void level(boolean bid, int ticks, long lots, long number) {
        if (number < quoteNumber && (bid ? ticks >= quoteBid : ticks <= quoteAsk)) {
            count(Flaw.OLDER_THAN_QUOTE);
            return;
        }
        long before = bid ? book.setBid(ticks, lots) : book.setAsk(ticks, lots);
        if (before != 0 || lots != 0) {
            row(bid ? BookEvents.BID : BookEvents.ASK, ticks, lots);
        }
    }

    /** A numbered change of the book. */
    void change(long first, long last, long previous, LevelChange change) {
        hasChanges = true;
        bookLocal = local;
        if (last < first) {
            count(Flaw.GAP);
            lost("the numbers of a change run backwards");
            return;
        }
        if (chained) {
            guard.change(first, last, previous, change);
        } else {
            guard.change(first, last, change);
        }
        settle();
    }

    /** A whole book to be joined with changes by its number. */
    void snapshot(LevelChange whole) {
        SequenceGuard.Splice splice = guard.snapshot(whole.last(), whole);
        if (splice == SequenceGuard.Splice.TOO_OLD) {
            count(Flaw.SNAPSHOT_TOO_OLD);
        } else if (splice != SequenceGuard.Splice.IGNORED) {
            bookLocal = local;
        }
        settle();
    }

    private void settle() {
        if (guard.gaps() > countedGaps) {
            count(Flaw.GAP, guard.gaps() - countedGaps);
            countedGaps = guard.gaps();
        }
        if (guard.staleChanges() > countedStale) {
            count(Flaw.STALE_CHANGE, guard.staleChanges() - countedStale);
            countedStale = guard.staleChanges();
        }
        if (guard.state() == SequenceGuard.State.VALID && book.isCrossed()) {
            count(Flaw.CROSSED);
            lost("the best bid is not below the best ask");
        }
    }

    /** The book can no longer be trusted. */
    void lost(String reason) {
        bookLocal = UNTOLD;
        if (guard.state() == SequenceGuard.State.VALID) {
            guard.lost(reason);
        } else {
            guard.lost(reason);
            if (book.isWhole()) {
                clear(); // a whole book that came without numbers
            }
        }
    }

    /** Levels as ticks and lots, bids first; empty if one of them is none, since then the book is unknown. */
    Optional<LevelChange> levels(int bids, double[] prices, double[] sizes, long last) {
        int[] ticks = new int[prices.length];
        long[] lots = new long[prices.length];
        for (int i = 0; i < prices.length; i++) {
            ticks[i] = scale.ticks(prices[i]);
            lots[i] = scale.lots(sizes[i]);
            fit(prices[i], sizes[i], ticks[i], lots[i]);
            if (ticks[i] == 0 || lots[i] < 0) {
                count(ticks[i] == 0 ? Flaw.BAD_PRICE : Flaw.BAD_SIZE);
                lost("a level has no price or no size");
                return Optional.empty();
            }
        }
        return Optional.of(new LevelChange(bids, ticks, lots, last));
    }

    /** A change without numbers: nothing tells whether one is missing before it. */
    void unnumbered(LevelChange change) {
        hasChanges = true;
        if (!book.isWhole()) {
            return;
        }
        bookLocal = local;
        put(change);
        if (book.isCrossed()) {
            count(Flaw.CROSSED);
            clear();
        }
    }

    /** A best quote with the number of the update that it shows. */
    void quote(long number, LevelChange best) {
        if (!settings.quotes() || guard.state() != SequenceGuard.State.VALID) {
            return;
        }
        if (number <= guard.lastNumber() || number <= quoteNumber) {
            count(Flaw.OLD_QUOTE);
            return;
        }
        int bid = best.ticks()[0];
        int ask = best.ticks()[1];
        if (bid >= ask) {
            count(Flaw.CROSSED);
            lost("the best quote is crossed");
            return;
        }
        quoteNumber = number;
        quoteBid = bid;
        quoteAsk = ask;
        if (bid >= book.askTicks()) {
            touch(false, ask, best.lots()[1]);
            touch(true, bid, best.lots()[0]);
        } else {
            touch(true, bid, best.lots()[0]);
            touch(false, ask, best.lots()[1]);
        }
        settle();
    }

    private void touch(boolean bid, int ticks, long lots) {
        if (bid && (book.bidTicks() != ticks || book.bidLots(ticks) != lots)) {
            book.quoteBid(ticks, lots);
            row(BookEvents.BID_QUOTE, ticks, lots);
        } else if (!bid && (book.askTicks() != ticks || book.askLots(ticks) != lots)) {
            book.quoteAsk(ticks, lots);
            row(BookEvents.ASK_QUOTE, ticks, lots);
        }
    }

    /** A whole book without numbers, as some venues send it again and again: what differs is written. */
    void whole(LevelChange levels) {
        bookLocal = local;
        reaches(levels);
        if (!book.isWhole()) {
            clear();
            put(levels);
            complete();
        } else {
            replace(levels);
        }
        if (book.isCrossed()) {
            count(Flaw.CROSSED);
            clear();
        }
    }

    /**
     * What differs; if nothing does, that the book is whole, since that is news too: it is not old. The same where it goes
     * as far as before no longer.
     */
    private void replace(LevelChange levels) {
        int before = events.size();
        dropOthers(levels, true);
        dropOthers(levels, false);
        putChanged(levels);
        boolean reachesElsewhere = book.knownBidTicks() != lowestBid || book.knownAskTicks() != highestAsk;
        if (events.size() == before || reachesElsewhere) {
            complete();
        }
    }

    private void putChanged(LevelChange levels) {
        for (int i = 0; i < levels.ticks().length; i++) {
            boolean bid = i < levels.bids();
            int ticks = levels.ticks()[i];
            if (levels.lots()[i] != (bid ? book.bidLots(ticks) : book.askLots(ticks))) {
                level(bid, ticks, levels.lots()[i], Long.MAX_VALUE);
            }
        }
    }

    private void dropOthers(LevelChange levels, boolean bids) {
        int from = bids ? 0 : levels.bids();
        int to = bids ? levels.bids() : levels.ticks().length;
        int at = bids ? book.bidTicks() : book.askTicks();
        while (at != 0) {
            int next = bids ? book.nextBid(at) : book.nextAsk(at);
            boolean stays = false;
            for (int i = from; i < to && !stays; i++) {
                stays = levels.ticks()[i] == at;
            }
            if (!stays) {
                level(bids, at, 0, Long.MAX_VALUE);
            }
            at = next;
        }
    }

    /** A trade with its number, which rises. */
    void trade(long number, boolean bought, double price, double size) {
        if (number <= lastTrade) {
            count(Flaw.TRADE_AGAIN);
            return;
        }
        lastTrade = number;
        trade(bought, price, size);
    }

    /** A trade. */
    void trade(boolean bought, double price, double size) {
        if (saidExchange != UNTOLD && saidExchange < firstExchange) {
            count(Flaw.BEFORE_START);
            return;
        }
        int ticks = scale.ticks(price);
        long lots = scale.lots(size);
        fit(price, size, ticks, lots);
        if (ticks == 0) {
            count(Flaw.BAD_PRICE);
        } else if (lots <= 0) {
            count(Flaw.BAD_SIZE);
        } else {
            row(bought ? BookEvents.BUY : BookEvents.SELL, ticks, lots);
        }
    }

    private void fit(double price, double size, int ticks, long lots) {
        boolean isSound = ticks != 0 && lots >= 0;
        boolean priceFits = ticks != 0 && scale.isPriceOnGrid(price);
        boolean sizeFits = lots >= 0 && scale.isQuantityOnGrid(size);
        steps.add(price, size, priceFits && (sizeFits || (lots > 0 && Steps.isHarmless(scale.quantity(lots), size))));
        if (isSound && !(priceFits && sizeFits)) {
            count(Flaw.OFF_GRID);
        }
    }

    /** What messages usually took so far; {@link #UNTOLD} if none told both times. */
    long usualLatency() {
        return latencies.usual();
    }

    /** Nothing more comes: changes that never met a snapshot made no book. */
    void end() {
        if (hasChanges && !wasWhole) {
            count(Flaw.NO_SNAPSHOT);
        }
    }

    Map<Flaw, Long> flaws() {
        return flaws;
    }

    /** When each flaw was seen first, by times of receipt that are moved by so much. */
    Map<Flaw, Long> firstSeen(long shiftNanos) {
        Map<Flaw, Long> moved = new EnumMap<>(firstSeen);
        moved.replaceAll((flaw, nanos) -> nanos + shiftNanos);
        return moved;
    }

    long messages() {
        return messages;
    }

    /** All that was written, moved so that nothing came before it happened. */
    BookTape tape() {
        end();
        long shift = Latencies.shift(latencies.least(), settings);
        Latencies.move(events, shift, settings);
        return new BookTape(events, flaws, firstSeen(shift), messages, shift);
    }
}
