package org.lama.core.sources;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.lama.core.net.SequenceGuard;

/**
 * The book of one symbol out of a snapshot and changes. A change is recorded only once it was applied to a book without
 * holes whose bid lies below its ask; everything else is put aside or dropped. Not thread-safe.
 */
final class BinanceBook {
    private static final int MOST_CHANGES_ASIDE = 10_000;

    private final NavigableMap<Double, Double> bids = new TreeMap<>();
    private final NavigableMap<Double, Double> asks = new TreeMap<>();
    private final SequenceGuard<Change> guard;
    private final boolean chained;
    private final Recorder recorder;
    private final List<Change> applied = new ArrayList<>();
    private Optional<Change> snapshot = Optional.empty();
    private boolean stands;
    private boolean told;
    private boolean crossed;
    private long crossings;

    /** Keeps what was applied. */
    interface Recorder {
        void snapshot(Change snapshot, long timeNanos) throws IOException;

        void change(Change change) throws IOException;

        void stands(boolean stands, String reason);
    }

    /** One level; size 0 removes it. */
    record Level(int side, double price, double size) {}

    /**
     * A change or a whole book.
     *
     * @param timeNanos when it was so at the venue; 0 where the venue does not say
     * @param receivedNanos when we had it
     * @param first number of its first update
     * @param last number of its last update
     * @param previous number of the last update of the change before; -1 where the venue does not say
     * @param levels bids and asks
     */
    record Change(long timeNanos, long receivedNanos, long first, long last, long previous, List<Level> levels) {}

    /** A book that waits for its first snapshot. */
    BinanceBook(boolean chained, Recorder recorder) {
        this(chained ? SequenceGuard.Linking.CHAINED : SequenceGuard.Linking.CONTIGUOUS, recorder);
    }

    /** A book whose changes follow each other in another way. */
    BinanceBook(SequenceGuard.Linking linking, Recorder recorder) {
        chained = linking != SequenceGuard.Linking.CONTIGUOUS;
        this.recorder = recorder;
        guard = new SequenceGuard<>(linking, MOST_CHANGES_ASIDE, new Target());
    }

    /** What the guard tells; failures of the recorder wait until the guard is done. */
    private final class Target implements SequenceGuard.Target<Change> {
        @Override
        public void reset(Change content) {
            bids.clear();
            asks.clear();
            applied.clear();
            snapshot = Optional.of(content);
            put(content);
        }

        @Override
        public void apply(Change change) {
            put(change);
            applied.add(change);
            crossed |= stands && isCrossed();
        }

        @Override
        public void valid() {
            stands = !isCrossed();
            crossed |= !stands;
        }

        @Override
        public void invalid(String reason) {
            stands = false;
            applied.clear();
            tell(false, reason);
        }
    }

    private void put(Change change) {
        for (Level level : change.levels()) {
            NavigableMap<Double, Double> side = level.side() == 0 ? bids : asks;
            if (level.size() == 0) {
                side.remove(level.price());
            } else {
                side.put(level.price(), level.size());
            }
        }
    }

    private boolean isCrossed() {
        return !bids.isEmpty() && !asks.isEmpty() && bids.lastKey() >= asks.firstKey();
    }

    void change(Change change) throws IOException {
        if (chained) {
            guard.change(change.first(), change.last(), change.previous(), change);
        } else {
            guard.change(change.first(), change.last(), change);
        }
        settle();
    }

    /** A whole book; says whether it was too old to be of use. */
    boolean snapshot(Change whole) throws IOException {
        boolean tooOld = guard.snapshot(whole.last(), whole) == SequenceGuard.Splice.TOO_OLD;
        settle();
        return tooOld;
    }

    /** Records what was applied, or gives the book up if its sides cross. */
    private void settle() throws IOException {
        if (crossed) {
            crossed = false;
            crossings++;
            lost("the best bid is not below the best ask");
            return;
        }
        if (!stands) {
            return;
        }
        if (snapshot.isPresent()) {
            Change whole = snapshot.get();
            snapshot = Optional.empty();
            // spot does not say when its snapshot was so: it was before the first change behind it
            long time = whole.timeNanos() > 0 || applied.isEmpty()
                    ? whole.timeNanos()
                    : applied.get(0).timeNanos();
            recorder.snapshot(whole, time > 0 ? time : whole.receivedNanos());
            tell(true, "");
        }
        for (Change change : applied) {
            recorder.change(change);
        }
        applied.clear();
    }

    /** The connection was lost, or the book is wrong. */
    void lost(String reason) {
        stands = false;
        applied.clear();
        snapshot = Optional.empty();
        guard.lost(reason);
        tell(false, reason);
    }

    /** Once for each turn. */
    private void tell(boolean standsNow, String reason) {
        if (told != standsNow) {
            told = standsNow;
            recorder.stands(standsNow, reason);
        }
    }

    boolean needsSnapshot() {
        return guard.needsSnapshot();
    }

    long gaps() {
        return guard.gaps();
    }

    long crossings() {
        return crossings;
    }

    /** Bid, its size, ask, its size; empty while the book is stale or a side is empty. */
    Optional<double[]> touch() {
        if (!stands || bids.isEmpty() || asks.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new double[] {
            bids.lastKey(),
            bids.lastEntry().getValue(),
            asks.firstKey(),
            asks.firstEntry().getValue()
        });
    }
}
