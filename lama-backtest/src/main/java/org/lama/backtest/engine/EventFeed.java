package org.lama.backtest.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The streams of a market, merged by time, kind and instrument; deterministic, O(log streams) per event. */
final class EventFeed {
    private final PriorityQueue<Head> heads;
    private final List<InstrumentEvent> events;

    /** Hears the events in order. */
    interface Listener {
        void event(InstrumentEvent event);

        void conversion(long tsNanos, String currency, double rate);

        void funding(long tsNanos, int instrument, double rate);

        void trade(long tsNanos, int instrument, double price, double quantity);

        void book(long tsNanos, int instrument, double[][] levels, int row);
    }

    /** A stream and its next row. */
    private static final class Head {
        final Market.Stream stream;
        int row;

        Head(Market.Stream stream) {
            this.stream = stream;
        }

        long time() {
            return stream.times()[row];
        }
    }

    EventFeed(Market market) {
        events = market.events();
        List<Market.Stream> streams = new ArrayList<>(market.streams());
        if (!events.isEmpty()) {
            long[] times = events.stream().mapToLong(InstrumentEvent::tsNanos).toArray();
            streams.add(new Market.Stream(Market.Kind.EVENT, -1, "", times, new double[0][]));
        }
        heads = new PriorityQueue<>(
                Math.max(1, streams.size()),
                Comparator.comparingLong(Head::time)
                        .thenComparing(head -> head.stream.kind())
                        .thenComparingInt(head -> head.stream.instrument())
                        .thenComparing(head -> head.stream.name()));
        for (Market.Stream stream : streams) {
            if (stream.times().length > 0) {
                heads.add(new Head(stream));
            }
        }
    }

    /** When the next event comes; never, if there is none. */
    long nextNanos() {
        Head head = heads.peek();
        return head == null ? Long.MAX_VALUE : head.time();
    }

    /** Tells the next event. */
    void next(Listener listener) {
        Head head = heads.remove();
        Market.Stream stream = head.stream;
        int row = head.row;
        long now = head.time();
        if (++head.row < stream.times().length) {
            heads.add(head);
        }
        switch (stream.kind()) {
            case EVENT -> listener.event(events.get(row));
            case CONVERSION -> listener.conversion(now, stream.name(), stream.values()[0][row]);
            case FUNDING -> listener.funding(now, stream.instrument(), stream.values()[0][row]);
            case TRADE -> listener.trade(now, stream.instrument(), stream.values()[0][row], stream.values()[1][row]);
            case BOOK -> listener.book(now, stream.instrument(), stream.values(), row);
        }
    }
}
