package org.lama.core.sources;

import java.io.IOException;
import java.util.List;
import org.lama.core.base.Issue;
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
 * @param venueNanos the venue's time when the fetch began
 * @param receiver takes the batches
 */
record Harvest(
        Source source, SourceSettings settings, FetchRequest request, long venueNanos, Source.Receiver receiver) {

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
        long to = Math.min(request.toNanos(), venueNanos);
        if (request.fromNanos() >= to) {
            return;
        }
        SeriesFeed feed = feed(crop, request.fromNanos(), to);
        try {
            walk.run(feed, request.fromNanos(), to);
            feed.flush(request.kind() == RecordKind.BARS ? Math.min(to, venueNanos - request.barNanos()) : to);
        } finally {
            feed.flushUnclaimed();
        }
    }

    /** Some recent rows, of which nobody knows whether they are all; says from when on they are. */
    void recent(Crop crop, Walk walk) throws IOException {
        long to = Math.min(request.toNanos(), venueNanos);
        if (request.fromNanos() >= to) {
            return;
        }
        SeriesFeed feed = feed(crop, request.fromNanos(), to);
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
        SeriesFeed feed = feed(crop, Long.MIN_VALUE, Long.MAX_VALUE);
        feed.take(now.rows(feed));
        feed.flushUnclaimed();
    }

    private SeriesFeed feed(Crop crop, long from, long to) {
        Provenance origin = new Provenance(source.origin(), crop.shown(), "", crop.note());
        return new SeriesFeed(
                crop.key(), crop.columns(), origin, new SeriesFeed.Span(from, to, settings.batchRows()), receiver);
    }

    /** Whether a bar has ended; one that has not is counted. */
    boolean isFinished(long openNanos, SeriesFeed feed) {
        if (openNanos + request.barNanos() <= venueNanos) {
            return true;
        }
        feed.count(Issue.Reason.UNFINISHED, feed.key().toString(), "a bar that has not ended yet was left out");
        return false;
    }
}
