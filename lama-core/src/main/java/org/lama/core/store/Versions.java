package org.lama.core.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.lama.core.series.TimeIndex;
import org.lama.core.store.internal.RawColumn;

/**
 * Which of some new rows are new, which are there already, and which are other versions of rows that are there. A row is
 * there already if the version in force at the time when it was known has the same values; its availability alone makes no
 * version, nor does a value that it lacks: a new version keeps that of the one that was known by then, and takes none of
 * one that was known later. Values that were in force once and were replaced are a version again. Several new versions of
 * one row that were known at one time are there already, as many of the first of them as the last ones in force at that
 * time, in their order. Used once; not thread-safe.
 */
final class Versions {
    private final Rows old;
    private final Rows fresh;
    private final List<Pair> pairs = new ArrayList<>();
    private final int[] accepted;
    private final long[] revisions;
    private int count;
    private long duplicates;
    private long revised;
    private int firstRevised = -1;
    private String firstChange = "";
    /** Versions of the row looked at: places of old rows, and complements of places of new ones. */
    private int[] group = new int[4];

    private long[] groupRevisions = new long[4];
    private int groupSize;

    /** A column of both sides; a side that lacks it holds missing values only. */
    private static final class Pair {
        private final String name;
        private final RawColumn.Kind kind;
        private final @Nullable Object old;
        private @Nullable Object fresh;
        private boolean completed;

        Pair(String name, RawColumn.Kind kind, @Nullable RawColumn old, @Nullable RawColumn fresh) {
            this.name = name;
            this.kind = kind;
            this.old = old == null ? null : Missing.as(old, kind).values();
            this.fresh = fresh == null ? null : Missing.as(fresh, kind).values();
        }

        /** Whether a new row says nothing else than a version: what it lacks says nothing. */
        boolean isSame(int version, int row) {
            Object values = version >= 0 ? old : fresh;
            int place = version >= 0 ? version : ~version;
            return isMissing(fresh, row)
                    || switch (kind) {
                        case TIME, LONG -> whole(values, place) == whole(fresh, row);
                        case DOUBLE -> bits(values, place) == bits(fresh, row);
                        case TEXT -> text(values, place).equals(text(fresh, row));
                    };
        }

        /** Such as {@code close 10.5 -> 10.6}. */
        String change(int version, int row) {
            Object before = version >= 0 ? old : fresh;
            return name + " " + shown(before, version >= 0 ? version : ~version) + " -> " + shown(fresh, row);
        }

        private String shown(@Nullable Object values, int row) {
            if (isMissing(values, row)) {
                return "none";
            }
            return switch (kind) {
                case TIME -> TimeIndex.instant(whole(values, row)).toString();
                case LONG -> Long.toString(whole(values, row));
                case DOUBLE -> Double.toString(Double.longBitsToDouble(bits(values, row)));
                case TEXT -> "'" + text(values, row) + "'";
            };
        }

        private boolean isMissing(@Nullable Object values, int row) {
            return switch (kind) {
                case TIME, LONG -> whole(values, row) == RecordKind.MISSING;
                case DOUBLE -> Double.isNaN(Double.longBitsToDouble(bits(values, row)));
                case TEXT -> text(values, row).isEmpty();
            };
        }

        /** Gives a new row the value of a version where it has none itself. */
        void complete(int version, int row, int rows) {
            Object values = version >= 0 ? old : fresh;
            int place = version >= 0 ? version : ~version;
            if (values != null && isMissing(fresh, row) && !isMissing(values, place)) {
                Object own = own(rows);
                System.arraycopy(values, place, own, row, 1);
            }
        }

        private Object own(int rows) {
            Object own = fresh;
            if (!completed || own == null) {
                Object copy = Missing.array(kind, rows);
                Missing.fill(kind, copy, 0, rows);
                if (own != null) {
                    System.arraycopy(own, 0, copy, 0, rows);
                }
                own = copy;
                fresh = copy;
                completed = true;
            }
            return own;
        }

        private static long whole(@Nullable Object values, int row) {
            return values == null ? RecordKind.MISSING : ((long[]) values)[row];
        }

        private static long bits(@Nullable Object values, int row) {
            return Double.doubleToLongBits(values == null ? Double.NaN : ((double[]) values)[row]);
        }

        private static String text(@Nullable Object values, int row) {
            return values == null ? "" : ((String[]) values)[row];
        }
    }

    /**
     * Judges new rows.
     *
     * @param old all versions of rows in the same range of time
     * @param fresh the new rows
     */
    Versions(Rows old, Rows fresh) {
        this.old = old;
        this.fresh = fresh;
        this.accepted = new int[fresh.size()];
        this.revisions = new long[fresh.size()];
        pair();
        int before = 0;
        int row = 0;
        while (row < fresh.size()) {
            while (before < old.size() && old.compareKeys(before, fresh, row) < 0) {
                before++;
            }
            groupSize = 0;
            while (before < old.size() && old.compareKeys(before, fresh, row) == 0) {
                join(before, old.revision(before));
                before++;
            }
            int key = row;
            while (row < fresh.size() && fresh.compareKeys(row, fresh, key) == 0) {
                int end = row + 1;
                while (end < fresh.size()
                        && fresh.compareKeys(end, fresh, key) == 0
                        && fresh.available(end) == fresh.available(row)) {
                    end++;
                }
                row = end - row > 1 ? row + there(row, end) : row;
                while (row < end) {
                    judge(row++);
                }
            }
        }
    }

    private void pair() {
        Map<String, RawColumn> mine = byName(old.values());
        Map<String, RawColumn> theirs = byName(fresh.values());
        Map<String, RawColumn> all = new LinkedHashMap<>(mine);
        theirs.forEach(all::putIfAbsent);
        for (String name : all.keySet()) {
            RawColumn left = mine.get(name);
            RawColumn right = theirs.get(name);
            boolean differ = left != null && right != null && left.kind() != right.kind();
            RawColumn.Kind kind = differ
                    ? RawColumn.Kind.DOUBLE
                    : left != null ? left.kind() : right != null ? right.kind() : RawColumn.Kind.DOUBLE;
            pairs.add(new Pair(name, kind, left, right));
        }
    }

    private static Map<String, RawColumn> byName(List<RawColumn> columns) {
        Map<String, RawColumn> named = new LinkedHashMap<>();
        columns.forEach(column -> named.put(column.name(), column));
        return named;
    }

    private void join(int version, long revision) {
        if (groupSize == group.length) {
            group = Arrays.copyOf(group, 2 * groupSize);
            groupRevisions = Arrays.copyOf(groupRevisions, 2 * groupSize);
        }
        group[groupSize] = version;
        groupRevisions[groupSize++] = revision;
    }

    /** Of new versions known at one time how many of the first are the last ones that are there, in their order. */
    private int there(int first, int end) {
        int[] stored = IntStream.range(0, groupSize)
                .filter(i -> available(group[i]) == fresh.available(first))
                .boxed()
                .sorted(Comparator.comparingLong(i -> groupRevisions[i]))
                .mapToInt(i -> group[i])
                .toArray();
        for (int count = Math.min(stored.length, end - first); count > 0; count--) {
            boolean same = true;
            for (int i = 0; i < count; i++) {
                same &= isSame(stored[stored.length - count + i], first + i);
            }
            if (same) {
                duplicates += count;
                return count;
            }
        }
        return 0;
    }

    private void judge(int row) {
        if (groupSize == 0) {
            accept(row, 0);
            return;
        }
        long known = fresh.available(row);
        long latest = 0;
        int inForce = 0;
        for (int i = 0; i < groupSize; i++) {
            latest = Math.max(latest, groupRevisions[i]);
            inForce = isLater(i, inForce, known) ? i : inForce;
        }
        if (isSame(group[inForce], row)) {
            duplicates++;
            return;
        }
        revised++;
        if (firstRevised < 0) {
            firstRevised = row;
            firstChange = change(group[inForce], row);
        }
        if (available(group[inForce]) <= known) {
            for (Pair pair : pairs) {
                pair.complete(group[inForce], row, fresh.size());
            }
        }
        accept(row, latest + 1);
    }

    /** Whether a version is in force at a time rather than another: the last one known by then, else the first. */
    private boolean isLater(int candidate, int than, long known) {
        long a = available(group[candidate]);
        long b = available(group[than]);
        if ((a <= known) != (b <= known)) {
            return a <= known;
        }
        boolean later = a != b ? a > b : groupRevisions[candidate] > groupRevisions[than];
        return later == (a <= known);
    }

    private void accept(int row, long revision) {
        accepted[count] = row;
        revisions[count++] = revision;
        join(~row, revision);
    }

    private long available(int version) {
        return version >= 0 ? old.available(version) : fresh.available(~version);
    }

    private boolean isSame(int version, int row) {
        for (Pair pair : pairs) {
            if (!pair.isSame(version, row)) {
                return false;
            }
        }
        return true;
    }

    /** What a row says differently, column by column. */
    private String change(int version, int row) {
        return pairs.stream()
                .filter(pair -> !pair.isSame(version, row))
                .map(pair -> pair.change(version, row))
                .collect(Collectors.joining(", "));
    }

    /** The rows to be stored, with their versions. */
    Rows accepted() {
        return completed().pick(Arrays.copyOf(accepted, count)).revised(Arrays.copyOf(revisions, count));
    }

    private Rows completed() {
        Map<String, RawColumn> columns = byName(fresh.values());
        for (Pair pair : pairs) {
            Object values = pair.fresh;
            if (pair.completed && values != null) {
                columns.put(pair.name, new RawColumn(pair.name, pair.kind, values));
            }
        }
        return fresh.with(List.copyOf(columns.values()));
    }

    long duplicates() {
        return duplicates;
    }

    long revised() {
        return revised;
    }

    /** Time of the first row that is another version, with what was there and what it says, in words. */
    String firstRevised() {
        return firstRevised < 0 ? "" : TimeIndex.instant(fresh.time()[firstRevised]) + ": " + firstChange;
    }
}
