package org.lama.backtest.matching;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.lama.backtest.matching.Venue.Terms;
import org.lama.core.book.BookEvents;
import org.lama.core.book.BookScale;

/** A venue to which rows and requests come one after the other, and what it said. */
final class VenueScript implements Venue.Answers {
    static final BookScale SCALE = new BookScale(0.1, 0.001);
    final List<String> said = new ArrayList<>();
    final Venue venue;
    private final BookEvents events;
    private long now;

    VenueScript(QueueModel queue, FillRules rules) {
        this(SCALE, queue, rules);
    }

    VenueScript(BookScale scale, QueueModel queue, FillRules rules) {
        events = new BookEvents(scale, 1);
        venue = Venues.of(scale, 256, queue, rules, this);
    }

    VenueScript row(byte kind, int ticks, long lots) {
        events.clear();
        events.add(kind, ++now, now, ticks, lots);
        venue.row(events, 0, now);
        return this;
    }

    VenueScript order(byte kind, int ticks, long lots, long number) {
        events.clear();
        events.addOrder(kind, ++now, now, ticks, lots, number);
        venue.row(events, 0, now);
        return this;
    }

    VenueScript place(int slot, boolean buy, int ticks, long lots, Terms terms) {
        venue.place(slot, buy, ticks, lots, terms, ++now);
        return this;
    }

    VenueScript amend(int slot, int ticks, long lots) {
        venue.amend(slot, ticks, lots, ++now);
        return this;
    }

    VenueScript cancel(int slot) {
        venue.cancel(slot, ++now);
        return this;
    }

    /** What was said since the last time. */
    List<String> heard() {
        List<String> out = List.copyOf(said);
        said.clear();
        return out;
    }

    @Override
    public void accepted(int slot, long tsNanos) {
        said.add(slot + " accepted");
    }

    @Override
    public void refused(int slot, long tsNanos) {
        said.add(slot + " refused");
    }

    @Override
    public void cancelled(int slot, long tsNanos) {
        said.add(slot + " cancelled");
    }

    @Override
    public void notCancelled(int slot, long tsNanos) {
        said.add(slot + " not cancelled");
    }

    @Override
    public void amended(int slot, long tsNanos, int ticks, long lots) {
        said.add(slot + " amended to " + lots + " at " + ticks);
    }

    @Override
    public void notAmended(int slot, long tsNanos) {
        said.add(slot + " not amended");
    }

    @Override
    public void filled(int slot, long tsNanos, int ticks, long lots, long left, boolean maker) {
        assertThat(tsNanos).as("a fill happens now").isEqualTo(now);
        assertThat(venue.book().isValid())
                .as("nothing fills on a book that is not valid")
                .isTrue();
        said.add(slot + (maker ? " made " : " took ") + lots + " at " + ticks + ", " + left + " left");
    }
}
