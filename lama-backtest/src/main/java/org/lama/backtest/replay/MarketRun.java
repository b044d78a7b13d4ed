package org.lama.backtest.replay;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.lama.backtest.matching.OrderLatency;
import org.lama.backtest.matching.VenueBook;
import org.lama.backtest.matching.VenueBook.Terms;
import org.lama.backtest.order.Fill;
import org.lama.backtest.order.OrderEvent;
import org.lama.backtest.order.OrderEvent.Reason;
import org.lama.backtest.order.OrderState;
import org.lama.backtest.strategy.Context;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.book.BookEvents;
import org.lama.core.book.BookMeasures;
import org.lama.core.book.BookView;
import org.lama.core.book.LevelBook;
import org.lama.core.market.Side;

/**
 * One market in its four clocks: data that come to us, answers that come to us, data at the venue, orders that arrive
 * there; of equal times in this order. Not thread-safe.
 */
final class MarketRun implements Closeable {
    static final long NEVER = MessageBus.NEVER;
    private static final double FEE_UNITS = 1e8;

    private final int instrument;
    private final String symbol;
    private final Strategy strategy;
    private final Context context;
    private final Clock clock;
    private final LocalSide side;
    private final MessageBus toUs;
    private final MessageBus toVenue;
    private final LevelBook book;
    private final boolean cancelsWhenStale;
    private final OrderLatency latency;
    private final LevelBook venueLevels;
    private final VenueBook venue;
    private final FeedWindow window;

    private @Nullable BookEvents localRows;
    private int localRow;
    private long localNanos;
    private @Nullable BookEvents venueRows;
    private int venueRow;
    private long venueNanos;
    private long venueHeardNanos = Long.MIN_VALUE;

    /** Our next data are that nothing came for too long. */
    private boolean silent;

    /** All rows have come to us. */
    private boolean over;

    private boolean changed;
    private long refused;
    private long cancelled;
    private long lateCancels;

    MarketRun(LocalSide side, ReplayMarket market, boolean cancelsWhenStale, Caller caller) throws IOException {
        this.side = side;
        this.cancelsWhenStale = cancelsWhenStale;
        instrument = side.instrument;
        symbol = market.symbol();
        strategy = caller.strategy();
        context = caller.context();
        clock = caller.clock();
        toUs = side.toUs;
        toVenue = side.toVenue;
        book = side.book;
        latency = market.latency();
        venueLevels = LevelBook.of(market.feed().scale(), market.windowTicks());
        venue = new VenueBook(venueLevels, market.queue(), new Answering());
        window = new FeedWindow(symbol, market.feed());
    }

    /** Who hears of what happens. */
    record Caller(Strategy strategy, Context context, Clock clock) {}

    void begin() throws IOException {
        localRows = window.next(FeedWindow.LOCAL);
        venueRows = window.next(FeedWindow.VENUE);
        over = localRows == null;
        localNanos = localRows == null ? NEVER : localRows.localNanos(0);
        venueNanos = venueRows == null ? NEVER : venueRows.exchangeNanos(0);
    }

    /** When something happens next; if nothing is left, when we will have heard nothing for too long. */
    long nextNanos() {
        return Math.min(Math.min(localNanos, venueNanos), Math.min(toUs.nextNanos(), toVenue.nextNanos()));
    }

    /** Nothing is left of the feed and nothing is on its way. */
    boolean isDone() {
        return over && venueNanos == NEVER && toUs.nextNanos() == NEVER && toVenue.nextNanos() == NEVER;
    }

    /** Goes on while it is this market's turn and something is left. */
    void run() throws IOException {
        while (true) {
            long answer = toUs.nextNanos();
            long order = toVenue.nextNanos();
            if (localNanos <= venueNanos && localNanos <= Math.min(answer, order)) {
                if (localNanos > clock.until() || (over && isDone())) {
                    return;
                }
                localData();
            } else if (venueNanos < answer && venueNanos <= order) {
                if (venueNanos > clock.until()) {
                    return;
                }
                venueData();
            } else if (Math.min(answer, order) > clock.until()) {
                return;
            } else if (answer <= order) {
                answer();
            } else {
                arrive();
            }
        }
    }

    private void localData() throws IOException {
        BookEvents events = localRows;
        if (silent || events == null) {
            fallSilent();
            return;
        }
        long now = localNanos;
        int row = localRow;
        clock.now = now;
        side.heardNanos = now;
        byte kind = events.kind(row);
        if (kind == BookEvents.BUY || kind == BookEvents.SELL) {
            side.lastTradeTicks = events.ticks(row);
            side.lastTradeLots = kind == BookEvents.BUY ? events.lots(row) : -events.lots(row);
            strategy.onTrade(context, instrument);
        } else {
            events.applyTo(row, book);
            changed = true;
        }
        localRow = row + 1;
        long next = localRow < events.size() ? events.localNanos(localRow) : nextLocalStretch();
        if (changed && next != now) {
            changed = false;
            if (cancelsWhenStale && !book.isWhole()) {
                side.cancelAll();
            }
            strategy.onBook(context, instrument);
        }
        silent = next - now > side.staleNanos;
        localNanos = silent ? now + side.staleNanos : next;
    }

    private long nextLocalStretch() throws IOException {
        BookEvents next = window.next(FeedWindow.LOCAL);
        localRows = next;
        localRow = 0;
        over = next == null;
        return next == null ? NEVER : next.localNanos(0);
    }

    /** Nothing came for too long. */
    void fallSilent() {
        clock.now = localNanos;
        silent = false;
        BookEvents events = localRows;
        localNanos = events == null ? NEVER : events.localNanos(localRow);
        if (cancelsWhenStale) {
            side.cancelAll();
        }
        strategy.onBook(context, instrument);
    }

    private void venueData() throws IOException {
        BookEvents events = venueRows;
        if (events == null) {
            return;
        }
        venueHeardNanos = venueNanos;
        venue.row(events, venueRow, venueNanos);
        venueRow++;
        venueNanos = venueRow < events.size() ? events.exchangeNanos(venueRow) : nextVenueStretch();
    }

    private long nextVenueStretch() throws IOException {
        BookEvents next = window.next(FeedWindow.VENUE);
        venueRows = next;
        venueRow = 0;
        return next == null ? NEVER : next.exchangeNanos(0);
    }

    private void arrive() {
        long now = toVenue.nextNanos();
        int slot = toVenue.slot();
        byte what = toVenue.kind();
        toVenue.drop();
        OwnOrders orders = side.orders;
        Terms terms = orders.terms[slot];
        if (what == LocalSide.CANCEL) {
            venue.cancel(slot, now);
        } else if (now - venueHeardNanos >= side.staleNanos && takes(orders.buys[slot], orders.ticks[slot], terms)) {
            toUs.add(LocalSide.CANCELLED, slot, 0, now, now + latency.answerNanos(now));
        } else {
            venue.place(slot, orders.buys[slot], orders.ticks[slot], terms, now);
        }
    }

    /** Whether an order would take from a book, as it must not from one that nobody has confirmed for too long. */
    private boolean takes(boolean buys, int ticks, Terms terms) {
        BookView levels = venue.book();
        int other = buys ? levels.askTicks() : levels.bidTicks();
        boolean meets = other != 0 && (buys ? ticks >= other : ticks <= other);
        return terms == Terms.AT_ONCE || (meets && terms == Terms.REST);
    }

    /** Puts the venue's answers on their way. */
    private final class Answering implements VenueBook.Answers {
        private void send(byte what, int slot, int ticks, long now) {
            toUs.add(what, slot, ticks, now, now + latency.answerNanos(now));
        }

        @Override
        public void accepted(int slot, long now) {
            send(LocalSide.ACCEPTED, slot, 0, now);
        }

        @Override
        public void refused(int slot, long now) {
            send(LocalSide.REFUSED, slot, 0, now);
        }

        @Override
        public void cancelled(int slot, long now) {
            send(LocalSide.CANCELLED, slot, 0, now);
        }

        @Override
        public void notCancelled(int slot, long now) {
            send(LocalSide.NOT_CANCELLED, slot, 0, now);
        }

        @Override
        public void filled(int slot, long now, int ticks, boolean maker) {
            send(maker ? LocalSide.FILLED_MAKER : LocalSide.FILLED_TAKER, slot, ticks, now);
        }
    }

    private void answer() {
        clock.now = toUs.nextNanos();
        int slot = toUs.slot();
        byte what = toUs.kind();
        int ticks = toUs.ticks();
        long sent = toUs.sentNanos();
        toUs.drop();
        OwnOrders orders = side.orders;
        switch (what) {
            case LocalSide.ACCEPTED -> accepted(slot);
            case LocalSide.REFUSED -> {
                refused++;
                rejected(slot, Reason.WOULD_TAKE, "");
            }
            case LocalSide.LOST -> rejected(slot, Reason.HALTED, "lost on its way to the venue");
            case LocalSide.CANCELLED -> {
                cancelled++;
                boolean asked = orders.state[slot] == OwnOrders.CANCELLING;
                move(slot, OwnOrders.ENDED, OrderState.CANCELED, asked ? Reason.ASKED : Reason.TIME_IN_FORCE);
            }
            case LocalSide.NOT_CANCELLED -> notCancelled(slot);
            default -> filled(slot, sent, ticks, what == LocalSide.FILLED_MAKER);
        }
        orders.heard(slot);
    }

    private void rejected(int slot, Reason reason, String words) {
        side.orders.state[slot] = OwnOrders.ENDED;
        long number = side.orders.number[slot];
        strategy.onOrder(
                context,
                words.isEmpty()
                        ? new OrderEvent.Rejected(clock.now, instrument, number, reason)
                        : new OrderEvent.Rejected(clock.now, instrument, number, reason, words));
    }

    private void accepted(int slot) {
        move(slot, OwnOrders.WORKING, OrderState.ACKED, Reason.ACCEPTED);
        if (cancelsWhenStale && (!book.isWhole() || side.isStale())) {
            side.cancelSlot(slot); // it was on its way when the book went
        }
    }

    private void move(int slot, byte state, OrderState shown, Reason reason) {
        side.orders.state[slot] = state;
        strategy.onOrder(context, new OrderEvent.Moved(clock.now, instrument, side.orders.number[slot], shown, reason));
    }

    /** Either the order had filled before, which we know by now, or the request was lost. */
    private void notCancelled(int slot) {
        if (side.orders.state[slot] == OwnOrders.CANCELLING) {
            move(slot, OwnOrders.WORKING, OrderState.ACKED, Reason.ACCEPTED);
        } else {
            lateCancels++;
        }
    }

    private void filled(int slot, long sent, int ticks, boolean maker) {
        OwnOrders orders = side.orders;
        boolean buys = orders.buys[slot];
        long lots = orders.lots[slot];
        double fee = side.account.book(buys, ticks, lots, maker);
        orders.state[slot] = OwnOrders.ENDED;
        long feeUnits = Math.round(fee * FEE_UNITS);
        Fill fill = new Fill(orders.number[slot], sent, instrument, buys ? Side.BUY : Side.SELL, lots, ticks, feeUnits);
        strategy.onOrder(context, new OrderEvent.Filled(fill, OrderState.FILLED));
    }

    MarketResult result() {
        LocalAccount account = side.account;
        return new MarketResult(
                symbol,
                account.position(),
                account.balance(),
                account.fees(),
                account.trades(),
                account.makerTrades(),
                account.quantity(),
                account.notional(),
                BookMeasures.mid(book),
                side.sent,
                refused,
                cancelled,
                lateCancels,
                window.rows(),
                venueLevels.crossings());
    }

    @Override
    public void close() throws IOException {
        window.close();
    }
}
