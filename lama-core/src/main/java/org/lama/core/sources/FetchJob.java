package org.lama.core.sources;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Issue;
import org.lama.core.net.NetClock;
import org.lama.core.net.NetException;
import org.lama.core.store.MarketStore;
import org.lama.core.store.SeriesKey;

/**
 * Fetches a request into a store. What a former run wrote is not fetched again, even if it was killed: after each batch
 * the store is written first, then a small journal of the covered stretches; at worst the last batch comes twice, and its
 * rows are dropped as equal. What was refused is asked for again. The journal counts only while the store has the series. A symbol that fails does not stop
 * the others, unless the source does not want to hear from us. Used once, by one thread.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class FetchJob {
    private static final Set<NetException.Reason> HOPELESS =
            Set.of(NetException.Reason.BANNED, NetException.Reason.INTERRUPTED, NetException.Reason.TLS);

    private final Source source;
    private final MarketStore store;
    private final FetchRequest request;
    private final Path journalFolder;
    private NetClock clock = NetClock.system();
    private Listener listener = progress -> {};
    private boolean strict;
    private boolean again;
    private long begunNanos;
    private double doneNanos;
    private double toDoNanos;
    private long rows;

    private FetchJob(Source source, MarketStore store, FetchRequest request, Path journalFolder) {
        this.source = source;
        this.store = store;
        this.request = request;
        this.journalFolder = journalFolder;
    }

    /** Is told how far a job is. */
    @FunctionalInterface
    public interface Listener {
        /**
         * Called after each batch, by the thread of the job.
         *
         * @param progress how far it is
         */
        void progress(Progress progress);
    }

    /**
     * How far a job is.
     *
     * @param symbol what is fetched now
     * @param position number of the symbol, from 1
     * @param symbols how many there are
     * @param fraction share of the time to be fetched in this run that is done, 0 to 1
     * @param rows rows so far in this run
     * @param secondsLeft time the rest takes at the speed so far; empty before anything is done
     */
    public record Progress(
            String symbol, int position, int symbols, double fraction, long rows, OptionalDouble secondsLeft) {
        /**
         * Checks the figures.
         *
         * @param symbol what is fetched now
         * @param position from 1
         * @param symbols at least 1
         * @param fraction 0 to 1
         * @param rows at least 0
         * @param secondsLeft may be empty
         */
        public Progress {
            Check.inRange(fraction, 0, 1, "fraction");
            Check.notNull(secondsLeft, "secondsLeft");
        }
    }

    /**
     * What became of one symbol.
     *
     * @param symbol as in the request
     * @param series the series that were written, more than one after a fallback
     * @param fetchedRows rows that the source gave in this run
     * @param written what became of them, summed up; refused are those that broke the rules of their kind, whether the
     *     source's adapter or the store found it
     * @param issues what was wrong, of source and store
     * @param failure why it ended before its end; empty if it did not
     */
    public record Outcome(
            String symbol,
            List<SeriesKey> series,
            long fetchedRows,
            MarketStore.Written written,
            List<Issue> issues,
            Optional<IOException> failure) {
        /**
         * Copies the lists.
         *
         * @param symbol as in the request
         * @param series the series that were written
         * @param fetchedRows rows that the source gave in this run
         * @param written what became of them in the store
         * @param issues what was wrong
         * @param failure why it ended before its end
         */
        public Outcome {
            series = List.copyOf(series);
            issues = List.copyOf(issues);
            Check.notNull(failure, "failure");
        }
    }

    /**
     * Prepares a job.
     *
     * @param source whom to ask
     * @param store where rows go
     * @param request what is wanted
     * @param journalFolder where the journal lies, best beside the store; made when missing
     * @return the job
     */
    public static FetchJob of(Source source, MarketStore store, FetchRequest request, Path journalFolder) {
        return new FetchJob(
                Check.notNull(source, "source"),
                Check.notNull(store, "store"),
                Check.notNull(request, "request"),
                Check.notNull(journalFolder, "journalFolder"));
    }

    /**
     * By which clock the time left is reckoned.
     *
     * @param other the clock; the machine's if not set
     * @return this job
     */
    public FetchJob clock(NetClock other) {
        clock = other;
        return this;
    }

    /**
     * Who is told how far it is.
     *
     * @param told called by the thread of the job
     * @return this job
     */
    public FetchJob progress(Listener told) {
        listener = told;
        return this;
    }

    /**
     * Whether a row with other values than the one in the store stops the job.
     *
     * @param stop true to stop; by default such rows are kept as revisions
     * @return this job
     */
    public FetchJob strict(boolean stop) {
        strict = stop;
        return this;
    }

    /**
     * Whether to ask for all of the range, also for what was fetched before: so a venue's revisions come.
     *
     * @param all true to ask again
     * @return this job
     */
    public FetchJob again(boolean all) {
        again = all;
        return this;
    }

    /**
     * Fetches all symbols.
     *
     * @return what became of each of them, in order
     * @throws IOException if the store or the journal cannot be written
     */
    public List<Outcome> run() throws IOException {
        begunNanos = clock.steadyNanos();
        Set<String> there = new TreeSet<>();
        for (MarketStore.Entry entry : store.catalogue()) {
            there.add(entry.key().toString());
        }
        List<One> all = new ArrayList<>();
        for (String symbol : request.symbols()) {
            FetchJournal journal = FetchJournal.open(journalFolder, source.journal(), request.only(symbol));
            One one = new One(symbol, all.size() + 1, believed(journal, there));
            toDoNanos += one.missingNanos();
            all.add(one);
        }
        List<Outcome> outcomes = new ArrayList<>();
        Optional<IOException> stop = Optional.empty();
        for (One one : all) {
            outcomes.add(stop.isPresent() ? one.outcome(stop) : one.run());
            Optional<IOException> failure = outcomes.get(outcomes.size() - 1).failure();
            if (failure.isPresent() && failure.get() instanceof NetException net && HOPELESS.contains(net.reason())) {
                stop = failure;
            }
        }
        return List.copyOf(outcomes);
    }

    /** A journal says nothing about a store that was emptied since. */
    private static FetchJournal believed(FetchJournal journal, Set<String> there) {
        if (journal.series().isEmpty() || there.contains(journal.series())) {
            return journal;
        }
        return journal.forgotten(new Issue(
                Issue.Reason.NOT_COVERED,
                journal.series(),
                "the journal of fetches names this series, but the store does not have it; it is fetched again"));
    }

    /** The store said no: not the fault of the source. */
    private static final class StoreFailed extends IOException {
        private static final long serialVersionUID = 1L;

        StoreFailed(IOException cause) {
            super(cause);
        }
    }

    /** One symbol. */
    private final class One {
        private final String symbol;
        private final int position;
        private final List<TimeRanges.Range> missing;
        private final Set<SeriesKey> series = new LinkedHashSet<>();
        private final List<Issue> issues = new ArrayList<>();
        private FetchJournal journal;
        private TimeRanges without = TimeRanges.NONE;
        private MarketStore.Written written = new MarketStore.Written(0, 0, 0, 0, List.of());
        private long fetched;

        One(String symbol, int position, FetchJournal journal) {
            this.symbol = symbol;
            this.position = position;
            this.journal = journal;
            TimeRanges covered = again ? TimeRanges.NONE : journal.covered();
            missing = covered.missing(request.fromNanos(), request.toNanos());
            journal.issue().ifPresent(issues::add);
        }

        double missingNanos() {
            return missing.stream()
                    .mapToDouble(range -> (double) range.to() - range.from())
                    .sum();
        }

        Outcome run() throws IOException {
            double before = doneNanos;
            Optional<IOException> failure = Optional.empty();
            try {
                for (TimeRanges.Range range : missing) {
                    source.fetch(request.only(symbol).between(range.from(), range.to()), this::take);
                }
            } catch (StoreFailed e) {
                throw e.getCause() instanceof IOException cause ? cause : e;
            } catch (IOException e) {
                failure = Optional.of(e);
            }
            doneNanos = before + missingNanos();
            tell();
            return outcome(failure);
        }

        Outcome outcome(Optional<IOException> failure) {
            return new Outcome(symbol, List.copyOf(series), fetched, written, issues, failure);
        }

        private void take(Source.Batch batch) throws IOException {
            try {
                keep(batch);
            } catch (IOException e) {
                throw new StoreFailed(e);
            }
            doneNanos += (double) batch.coveredToNanos() - batch.coveredFromNanos();
            tell();
        }

        private void keep(Source.Batch batch) throws IOException {
            issues.addAll(batch.issues());
            boolean full = batch.rows().rows() > 0;
            Source.Refused refused = batch.refused();
            fetched += refused.rows();
            written = sum(written, new MarketStore.Written(0, 0, 0, refused.rows(), List.of()));
            if (full) {
                series.add(batch.key());
                fetched += batch.rows().rows();
                rows += batch.rows().rows();
                MarketStore.Written more = store.write(batch.key(), batch.rows(), batch.provenance(), strict);
                issues.addAll(more.issues());
                written = sum(written, more);
            }
            // a batch may claim the time of a row that the batch before refused
            without = without.plus(refused.fromNanos(), refused.toNanos());
            TimeRanges claimed = TimeRanges.NONE.plus(batch.coveredFromNanos(), batch.coveredToNanos());
            for (TimeRanges.Range hole : without.ranges()) {
                claimed = claimed.minus(hole.from(), hole.to());
            }
            if (!claimed.ranges().isEmpty()) {
                journal = journal.plus(full ? batch.key().toString() : "", claimed);
            }
        }

        private void tell() {
            double fraction = toDoNanos > 0 ? Math.min(1, doneNanos / toDoNanos) : 1;
            double seconds = (clock.steadyNanos() - begunNanos) * 1e-9;
            OptionalDouble left = fraction > 0 && seconds > 0
                    ? OptionalDouble.of(seconds * (1 - fraction) / fraction)
                    : OptionalDouble.empty();
            listener.progress(new Progress(symbol, position, request.symbols().size(), fraction, rows, left));
        }
    }

    private static MarketStore.Written sum(MarketStore.Written a, MarketStore.Written b) {
        return new MarketStore.Written(
                a.added() + b.added(),
                a.duplicates() + b.duplicates(),
                a.revisions() + b.revisions(),
                a.refused() + b.refused(),
                List.of());
    }
}
