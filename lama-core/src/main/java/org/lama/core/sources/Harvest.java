package org.lama.core.sources;

import java.io.IOException;
import java.util.List;
import org.lama.core.base.Issue;
import org.lama.core.net.NetException;
import org.lama.core.series.Provenance;
import org.lama.core.store.RecordKind;
import org.lama.core.store.SeriesKey;

/**
 * Runs the fetch of one series after the other: what came before a failure is handed over whole, only the past is
 * claimed, and a bar that has not ended is fetched again next time.
 *
 * @param source whose rows they are
 * @param settings the size of batches
 * @param request what is wanted
 * @param venue the venue's time when the fetch began
 * @param receiver takes the batches
 */
record Harvest(
        Source source, SourceSettings settings, FetchRequest request, VenueTime venue, Source.Receiver receiver) {
    /** Venues publish what has happened a little later; what is younger is given, and asked for again next time. */
    private static final long LATE_NANOS = 60_000_000_000L;

    /** Samples such as open interest appear some minutes after their time, and count as known only then. */
    private static final long LATE_SAMPLE_NANOS = 15 * LATE_NANOS;

    private static final long DAY = 86_400_000_000_000L;

    /** 1970 began on a Thursday, weeks begin on Monday. */
    private static final long MONDAY = 4 * DAY;

    /** Brings the rows of a series into its feed. */
    @FunctionalInterface
    interface Walk {
        void run(SeriesFeed feed, long from, long to) throws IOException;
    }

    /** Gives the rows of a state of now. */
    @FunctionalInterface
    interface Now {
        List<Row> rows(SeriesFeed feed) throws IOException;
    }

    /**
     * What is fetched.
     *
     * @param key of which series
     * @param columns their columns
     * @param shown host and path
     * @param note what was done on the way, may be empty
     */
    record Crop(SeriesKey key, List<String> columns, String shown, String note) {}

    /** The past, as far as the venue has it. */
    void history(Crop crop, Walk walk) throws IOException {
        long to = end();
        if (opens(request.fromNanos()) >= to) {
            return;
        }
        long claimed = Math.min(to, venue.nanos() - request.barNanos() - late());
        SeriesFeed feed = feed(crop, new SeriesFeed.Span(request.fromNanos(), to, claimed, settings.batchRows()));
        feed.late(request.kind() == RecordKind.OPEN_INTEREST ? LATE_SAMPLE_NANOS : 0);
        try {
            walk.run(feed, request.fromNanos(), to);
        } catch (SourceException | NetException e) {
            feed.flushAfterFailure();
            throw e;
        }
        if (venue.isFinal()) {
            feed.flush(to);
        } else {
            feed.finish();
        }
    }

    /** Rows from here on are not final: bars must have ended by the venue's time. */
    private long end() {
        long finished = request.barNanos() == 0 ? venue.nanos() : venue.nanos() - request.barNanos() + 1;
        return Math.min(request.toNanos(), finished);
    }

    /** When the first bar from a time on opens, where that is known; other rows may come at any time. */
    private long opens(long from) {
        long bar = request.barNanos();
        boolean known = bar > 0 && (DAY % bar == 0 || bar == 7 * DAY);
        long first = bar == 7 * DAY ? MONDAY : 0;
        return known ? first - Math.floorDiv(first - from, bar) * bar : from;
    }

    private long late() {
        boolean sampled = switch (request.kind()) {
            case FUNDING, OPEN_INTEREST, METRICS -> true;
            default -> false;
        };
        return venue.isFinal() ? 0 : sampled ? LATE_SAMPLE_NANOS : LATE_NANOS;
    }

    /** Some recent rows, of which nobody knows whether they are all; says from when on they are. */
    void recent(Crop crop, Walk walk) throws IOException {
        long to = end();
        if (request.fromNanos() >= to) {
            return;
        }
        SeriesFeed feed = feed(crop, span(request.fromNanos(), to));
        try {
            walk.run(feed, request.fromNanos(), to);
            feed.note(new Issue(
                    Issue.Reason.NOT_COVERED,
                    crop.key().toString(),
                    source.name() + " gives the latest rows only; what lies before the first of them is missing"));
        } finally {
            feed.flushUnclaimed();
        }
    }

    /** The present state. */
    void now(Crop crop, Now now) throws IOException {
        SeriesFeed feed = feed(crop, span(Long.MIN_VALUE, Long.MAX_VALUE));
        feed.take(now.rows(feed));
        feed.flushUnclaimed();
    }

    private SeriesFeed.Span span(long from, long to) {
        return new SeriesFeed.Span(from, to, settings.batchRows());
    }

    private SeriesFeed feed(Crop crop, SeriesFeed.Span span) {
        Provenance origin = settings.honest(new Provenance(source.origin(), crop.shown(), "", crop.note()));
        SeriesFeed feed = new SeriesFeed(crop.key(), crop.columns(), origin, span, receiver);
        venue.skew().ifPresent(feed::note);
        return feed;
    }

    /** Whether a bar has ended; one that has not is counted. */
    boolean isFinished(long openNanos, SeriesFeed feed) {
        if (openNanos + request.barNanos() <= venue.nanos()) {
            return true;
        }
        feed.count(Issue.Reason.UNFINISHED, feed.key().toString(), "a bar that has not ended yet was left out");
        return false;
    }
}
