package org.lama.core.features;

import org.lama.core.book.BookView;

/**
 * What changes of the book say: order flow at the best prices (Cont, Kukanov and Stoikov 2014, equation 4, for each event),
 * what was added and taken away, and how old the best quotes are. An event is all that came at one time. Counts whole lots,
 * so sums are exact. Mutable, single-threaded; allocates nothing.
 */
final class BookFlow {
    private final LongWindow flow;
    private final LongWindow best;
    private final LongWindow events;
    private final LongWindow added;
    private final LongWindow taken;

    private int bid;
    private int ask;
    private long bidLots;
    private long askLots;
    private boolean known;
    private long touchedNanos;

    private long stepFlow;
    private long stepBest;
    private long stepEvents;
    private long stepAdded;
    private long stepTaken;

    /** Order flow of the step that was closed last, over the mean size of a best level; NaN without events. */
    double orderFlow = Double.NaN;

    BookFlow(BookSampling settings) {
        int length = settings.sumWindow().lengthBars();
        flow = new LongWindow(length);
        best = new LongWindow(length);
        events = new LongWindow(length);
        added = new LongWindow(length);
        taken = new LongWindow(length);
    }

    /** A level went from one size to another. */
    void changed(long before, long after) {
        long difference = after - before;
        if (difference > 0) {
            stepAdded = Math.addExact(stepAdded, difference);
        } else {
            stepTaken = Math.addExact(stepTaken, -difference);
        }
    }

    /** The next best prices do not follow the last ones. */
    void lost() {
        known = false;
    }

    /** Looks at the best prices after an event. */
    void settle(BookView book, long nanos) {
        if (!book.isValid()) {
            known = false;
            return;
        }
        int newBid = book.bidTicks();
        int newAsk = book.askTicks();
        long newBidLots = book.bidLots(newBid);
        long newAskLots = book.askLots(newAsk);
        if (known) {
            boolean same = newBid == bid && newAsk == ask && newBidLots == bidLots && newAskLots == askLots;
            touchedNanos = same ? touchedNanos : nanos;
            stepFlow += (newBid >= bid ? newBidLots : 0)
                    - (newBid <= bid ? bidLots : 0)
                    - (newAsk <= ask ? newAskLots : 0)
                    + (newAsk >= ask ? askLots : 0);
            stepBest = Math.addExact(stepBest, newBidLots + newAskLots);
            stepEvents++;
        } else {
            touchedNanos = nanos;
        }
        known = true;
        bid = newBid;
        ask = newAsk;
        bidLots = newBidLots;
        askLots = newAskLots;
    }

    /** Ends a step. */
    void close() {
        orderFlow = ratio(stepFlow, stepBest, stepEvents);
        flow.next(stepFlow);
        best.next(stepBest);
        events.next(stepEvents);
        added.next(stepAdded);
        taken.next(stepTaken);
        stepFlow = 0;
        stepBest = 0;
        stepEvents = 0;
        stepAdded = 0;
        stepTaken = 0;
    }

    /** Order flow of the window over the mean size of a best level; NaN without events. */
    double windowFlow() {
        return ratio(flow.sum(), best.sum(), events.sum());
    }

    private static double ratio(long flow, long best, long events) {
        return flow / (0.5 * best / events);
    }

    /** Lots taken away, less those that traded, over lots added, in the window; NaN where none were added. */
    double cancelInsertRatio(long tradedLots) {
        return added.sum() == 0 ? Double.NaN : (double) Math.max(0, taken.sum() - tradedLots) / added.sum();
    }

    /** Seconds since the best prices or their sizes changed. */
    double quoteAgeSeconds(long nowNanos) {
        return (nowNanos - touchedNanos) / 1e9;
    }
}
