package org.lama.backtest.replay;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.lama.backtest.matching.Venue;
import org.lama.backtest.matching.Venues;
import org.lama.backtest.strategy.Context;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.book.BookEvents;
import org.lama.core.book.BookMeasures;

/**
 * One market in its four clocks: data that come to us, answers that come to us, data at the venue, orders that arrive
 * there; of equal times in this order. Not thread-safe.
 */
final class MarketRun implements Closeable {
    static final long NEVER = MessageBus.NEVER;

    private final int instrument;
    private final String symbol;
    private final Strategy strategy;
    private final Context context;
    private final Clock clock;
    private final LocalSide side;
    private final MessageBus toUs;
    private final MessageBus toVenue;
    private final LocalBook book;
    private final boolean cancelsWhenStale;
    private final OrderTraffic traffic;
    private final Venue venue;
    private final FeedWindow window;

    private @Nullable BookEvents localRows;
    private int localRow;
    private long localNanos;
    private @Nullable BookEvents venueRows;
    private int venueRow;
    private long venueNanos;

    /** Our next data are that nothing came about the book for too long. */
    private boolean silent;

    /** That nothing came about the book for too long has been told; something must come before it is told again. */
    private boolean silenceTold;

    /** All rows have come to us. */
    private boolean over;

    private boolean changed;

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
        traffic = new OrderTraffic(side, market.latency(), cancelsWhenStale, caller);
        venue = Venues.of(market.feed().scale(), market.windowTicks(), market.queue(), market.rules(), traffic);
        window = new FeedWindow(symbol, market.feed());
    }

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
                traffic.answer();
            } else {
                traffic.arrive(venue);
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
        if (isPrint(events, row)) {
            side.lastTradeTicks = events.ticks(row);
            side.lastTradeLots = events.kind(row) == BookEvents.BUY ? events.lots(row) : -events.lots(row);
            strategy.onTrade(context, instrument);
        } else {
            side.heard(now);
            silenceTold = false;
            book.apply(events, row);
            changed = true;
        }
        localRow = row + 1;
        long next = localRow < events.size() ? events.localNanos(localRow) : nextLocalStretch();
        if (changed && next != now) {
            changed = false;
            if (cancelsWhenStale && !book.view().isValid()) {
                side.cancelAll();
            }
            strategy.onBook(context, instrument);
        }
        silent = !silenceTold && next > side.staleFrom();
        localNanos = silent ? side.staleFrom() : next;
    }

    private static boolean isPrint(BookEvents events, int row) {
        byte kind = events.kind(row);
        return kind == BookEvents.BUY || kind == BookEvents.SELL;
    }

    private long nextLocalStretch() throws IOException {
        BookEvents next = window.next(FeedWindow.LOCAL);
        localRows = next;
        localRow = 0;
        over = next == null;
        return next == null ? NEVER : next.localNanos(0);
    }

    /** Nothing came about the book for too long. */
    void fallSilent() {
        clock.now = localNanos;
        silent = false;
        silenceTold = true;
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
        if (!isPrint(events, venueRow)) {
            traffic.venueStaleFrom = venueNanos + side.staleNanos;
            venue.row(events, venueRow, venueNanos);
        } else if (venueNanos < traffic.venueStaleFrom) {
            venue.row(events, venueRow, venueNanos); // else it fills nobody: the book beside it is too old
        }
        venueRow++;
        venueNanos = venueRow < events.size() ? events.exchangeNanos(venueRow) : nextVenueStretch();
    }

    private long nextVenueStretch() throws IOException {
        BookEvents next = window.next(FeedWindow.VENUE);
        venueRows = next;
        venueRow = 0;
        return next == null ? NEVER : next.exchangeNanos(0);
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
                BookMeasures.mid(book.view()),
                side.sent,
                traffic.refused(),
                traffic.cancelled(),
                traffic.lateCancels(),
                window.rows(),
                venue.crossings());
    }

    @Override
    public void close() throws IOException {
        window.close();
    }
}
