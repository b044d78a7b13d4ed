package org.lama.core.net;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * Keeps a state that is made of a snapshot and numbered changes free of holes. It begins invalid; changes are put aside;
 * a snapshot is joined with them by their numbers; only then it is valid. A hole makes it invalid at once, before anyone
 * can look. Knows neither books nor venues: the content passes through. A change must say what a value is, not by how
 * much it moves, since the first one after a snapshot may repeat some of it. Not thread-safe.
 *
 * <p>States: <b>empty</b> (waiting for a snapshot, changes put aside) → <b>joining</b> (a snapshot is there, the change
 * that touches it is not) → <b>valid</b>; a hole or {@link #lost} leads back to empty. A change that is older than the
 * state is dropped and counted; more than 100 of them in a row count as a hole, since the venue then counts anew.
 *
 * @param <T> content of snapshots and changes
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class SequenceGuard<T> {
    private static final int MOST_STALE_RUN = 100;

    private final Linking linking;
    private final int bufferLimit;
    private final Target<T> target;
    private final ArrayDeque<Change<T>> buffer = new ArrayDeque<>();
    private State state = State.EMPTY;
    private long last;
    private long gaps;
    private long stale;
    private long overflowed;
    private int staleRun;

    /** How changes follow each other. */
    public enum Linking {
        /**
         * Each begins at the last number plus one; the first one after a snapshot holds its number plus one (Binance spot:
         * {@code U}, {@code u}).
         */
        CONTIGUOUS,
        /**
         * Each names the last number of the one before; the first one after a snapshot holds the snapshot's number or names
         * it (Binance futures: {@code pu}).
         */
        CHAINED,
        /**
         * As chained, but the snapshot comes within the same stream, so it is valid by itself (Deribit: {@code
         * prev_change_id}).
         */
        IN_STREAM
    }

    /** Where the guard stands. */
    public enum State {
        /** Waits for a snapshot. */
        EMPTY,
        /** Has a snapshot, waits for the change that touches it. */
        JOINING,
        /** Without holes since the snapshot. */
        VALID
    }

    /** What a snapshot led to. */
    public enum Splice {
        /** The state is valid. */
        JOINED,
        /** The snapshot is newer than all changes: the next ones will tell. */
        WAITING,
        /** The snapshot ends before the first change that was put aside: fetch a newer one. */
        TOO_OLD,
        /** The state was valid already; the snapshot was not needed. */
        IGNORED
    }

    /**
     * The state that is kept.
     *
     * @param <T> content of snapshots and changes
     */
    public interface Target<T> {
        /**
         * Replaces everything. The state is not to be shown before {@link #valid()}.
         *
         * @param snapshot the new content
         */
        void reset(T snapshot);

        /**
         * Applies a change.
         *
         * @param change the change
         */
        void apply(T change);

        /** From now on the state may be shown. */
        void valid();

        /**
         * From now on the state must not be shown.
         *
         * @param reason what happened, with the numbers
         */
        void invalid(String reason);
    }

    private record Change<T>(long first, long last, long previous, T content) {}

    /**
     * A guard that waits for its first snapshot.
     *
     * @param linking how changes follow each other
     * @param bufferLimit most changes put aside, at least 1; beyond it the oldest go
     * @param target the state that is kept
     */
    public SequenceGuard(Linking linking, int bufferLimit, Target<T> target) {
        this.linking = Check.notNull(linking, "linking");
        this.bufferLimit = Check.atLeast(bufferLimit, 1, "bufferLimit");
        this.target = Check.notNull(target, "target");
    }

    /**
     * Takes a change of the contiguous kind.
     *
     * @param first number of its first update
     * @param last number of its last update, at least the first
     * @param content the change
     */
    public void change(long first, long last, T content) {
        Check.that(linking == Linking.CONTIGUOUS, "a change must name the one before where linking is " + linking);
        Check.that(last >= first, "last must be >= first " + first + ", got " + last);
        take(new Change<>(first, last, first - 1, content));
    }

    /**
     * Takes a change of the chained kinds.
     *
     * @param first number of its first update; the same as the last where the venue does not say
     * @param last number of its last update, at least the first
     * @param previous the last number of the change before
     * @param content the change
     */
    public void change(long first, long last, long previous, T content) {
        Check.that(linking != Linking.CONTIGUOUS, "a change must not name the one before where linking is " + linking);
        Check.that(last >= first, "last must be >= first " + first + ", got " + last);
        take(new Change<>(first, last, previous, content));
    }

    private void take(Change<T> change) {
        if (state == State.VALID) {
            if (change.last() <= last) {
                stale++;
                staleRun++;
                if (staleRun > MOST_STALE_RUN) {
                    gap(change, last); // the venue counts from the beginning again
                }
            } else if (change.previous() == last) {
                apply(change);
            } else {
                gap(change, last);
            }
        } else {
            putAside(change);
            if (state == State.JOINING) {
                join();
            }
        }
    }

    private void apply(Change<T> change) {
        target.apply(change.content());
        last = change.last();
        staleRun = 0;
    }

    private void gap(Change<T> change, long expectedAfter) {
        gaps++;
        staleRun = 0;
        boolean shown = state == State.VALID;
        state = State.EMPTY;
        buffer.clear();
        if (shown) {
            target.invalid("update " + change.first() + ".." + change.last() + " does not follow " + expectedAfter);
        }
        putAside(change);
    }

    /** A hole among the changes put aside makes those before it useless. */
    private void putAside(Change<T> change) {
        Change<T> newest = buffer.peekLast();
        if (newest != null && change.last() <= newest.last()) {
            stale++;
            return;
        }
        if (newest != null && change.previous() != newest.last()) {
            gaps++;
            buffer.clear();
        }
        if (buffer.size() == bufferLimit) {
            buffer.removeFirst();
            overflowed++;
        }
        buffer.addLast(change);
    }

    /**
     * Takes a snapshot.
     *
     * @param number number of the last update it holds
     * @param content the whole state
     * @return what it led to; nothing changes where it is too old or not needed
     */
    public Splice snapshot(long number, T content) {
        if (linking == Linking.IN_STREAM) {
            return inStream(number, content);
        }
        if (state == State.VALID) {
            return Splice.IGNORED;
        }
        Change<T> oldest = firstAfter(number);
        if (oldest != null && !touches(oldest, number)) {
            return Splice.TOO_OLD;
        }
        target.reset(content);
        last = number;
        state = State.JOINING;
        join();
        return state == State.VALID ? Splice.JOINED : Splice.WAITING;
    }

    private Splice inStream(long number, T content) {
        buffer.clear();
        target.reset(content);
        last = number;
        if (state != State.VALID) {
            state = State.VALID;
            target.valid();
        }
        return Splice.JOINED;
    }

    private @Nullable Change<T> firstAfter(long number) {
        for (Change<T> change : buffer) {
            if (isAfter(change, number)) {
                return change;
            }
        }
        return null;
    }

    private static boolean isAfter(Change<?> change, long number) {
        return change.last() > number;
    }

    /** Nothing lies between the snapshot and the change. */
    private static boolean touches(Change<?> change, long number) {
        return change.previous() <= number;
    }

    /** Applies what was put aside after the snapshot, if it touches the snapshot. */
    private void join() {
        while (!buffer.isEmpty() && !isAfter(buffer.getFirst(), last)) {
            buffer.removeFirst();
            stale++;
        }
        Change<T> first = buffer.peekFirst();
        if (first == null) {
            return;
        }
        if (!touches(first, last)) {
            gaps++;
            state = State.EMPTY;
            return;
        }
        for (Change<T> change : buffer) {
            apply(change);
        }
        buffer.clear();
        state = State.VALID;
        target.valid();
    }

    /**
     * The connection was lost, or something else makes the state doubtful, such as a crossed book.
     *
     * @param reason what happened
     */
    public void lost(String reason) {
        boolean shown = state == State.VALID;
        state = State.EMPTY;
        buffer.clear();
        if (shown) {
            target.invalid(Check.notBlank(reason, "reason"));
        }
    }

    /**
     * Where the guard stands.
     *
     * @return the state
     */
    public State state() {
        return state;
    }

    /**
     * Whether a snapshot should be fetched now.
     *
     * @return true while none is there and the first change was seen, so that the snapshot can be newer than it; in a
     *     stream that brings its snapshots, whenever there is none
     */
    public boolean needsSnapshot() {
        return state == State.EMPTY && (linking == Linking.IN_STREAM || !buffer.isEmpty());
    }

    /**
     * The number of the last update in the state.
     *
     * @return the number; means something only while joining or valid
     */
    public long lastNumber() {
        return last;
    }

    /**
     * Holes seen so far.
     *
     * @return at least 0
     */
    public long gaps() {
        return gaps;
    }

    /**
     * Changes dropped because the state held them already.
     *
     * @return at least 0
     */
    public long staleChanges() {
        return stale;
    }

    /**
     * Changes dropped because too many were put aside.
     *
     * @return at least 0
     */
    public long overflowedChanges() {
        return overflowed;
    }
}
