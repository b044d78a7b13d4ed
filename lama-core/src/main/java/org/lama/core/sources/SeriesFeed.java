package org.lama.core.sources;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.lama.core.base.Issue;
import org.lama.core.series.Provenance;
import org.lama.core.store.ParquetTable;
import org.lama.core.store.RecordKind;
import org.lama.core.store.SeriesKey;

/**
 * Makes batches of one series out of pages: sorts each page, drops what was there before and what lies outside of the
 * range, refuses rows that break the rules of their kind, and counts all of it. Not thread-safe.
 */
final class SeriesFeed {
    private static final Comparator<Row> ORDER =
            Comparator.comparingLong(Row::time).thenComparingLong(Row::seq);

    private static final Comparator<Row> NUMBERS = Comparator.comparingLong(Row::seq);

    private final SeriesKey key;
    private final List<String> columns;
    private final RowRules rules;
    private final Span span;
    private final Source.Receiver receiver;
    private final List<Row> rows = new ArrayList<>();
    private final IssueCounts issues = new IssueCounts();
    private Source.Refused refused = Source.Refused.NONE;
    private final MessageDigest digest = sha256();
    private Provenance origin;
    private boolean fixed;
    private Identity identity = Identity.TIME_AND_NUMBER;
    private boolean failed;
    private boolean claiming = true;
    private long lateNanos;
    private boolean digested;
    private boolean beyond;
    private long coveredNanos;
    private long lastTime = Long.MIN_VALUE;
    private long lastSeq = Long.MIN_VALUE;

    /** From, inclusive, to, exclusive, up to where all may be claimed to be there, and how many rows make a batch. */
    record Span(long from, long to, long claimTo, int batchRows) {
        Span(long from, long to, int batchRows) {
            this(from, to, to, batchRows);
        }
    }

    /** What a page brought: its rows, how many were new, its first and last time (0 without rows). */
    record Taken(int rows, int fresh, long firstTime, long lastTime) {}

    SeriesFeed(SeriesKey key, List<String> columns, Provenance origin, Span span, Source.Receiver receiver) {
        this.key = key;
        this.columns = List.copyOf(columns);
        rules = new RowRules(key.kind(), columns);
        this.origin = origin;
        this.span = span;
        this.receiver = receiver;
        coveredNanos = span.from();
    }

    /** Time of the newest row that was seen; the smallest long before the first. */
    long lastTime() {
        return lastTime;
    }

    /** Number of the newest row that was seen. */
    long lastSeq() {
        return lastSeq;
    }

    SeriesKey key() {
        return key;
    }

    /** By what rows are known. */
    enum Identity {
        /** By time, and by number where several share a time. */
        TIME_AND_NUMBER,
        /** By the venue's numbers alone, since times may step back a little. */
        NUMBER,
        /** By the venue's numbers, which follow each other without holes. */
        CONSECUTIVE
    }

    /** Sets by what rows are known. */
    SeriesFeed known(Identity by) {
        identity = by;
        return this;
    }

    /** Rows of which nobody says when they appeared are known so long after their time. */
    void late(long nanos) {
        lateNanos = nanos;
    }

    /** Whether full batches say that all before them was given; not within a file that is taken as a whole. */
    void claiming(boolean claim) {
        claiming = claim;
    }

    /** Counts something that the pages cannot tell. */
    void count(Issue.Reason reason, String where, String sentence) {
        issues.count(reason, where, sentence);
    }

    /** Adds an issue as it is. */
    void note(Issue issue) {
        issues.add(issue);
    }

    /** From now on rows come from somewhere else; a checksum that is given stands for all of it. */
    void from(Provenance other) throws IOException {
        if (!rows.isEmpty()) {
            flush(claiming ? lastTime : coveredNanos);
        }
        origin = other;
        fixed = !other.sha256().isEmpty();
    }

    /** Adds bytes to the checksum of the batch. */
    void digest(byte[] reply) {
        digest.update(reply);
        digested = true;
    }

    /** Takes a page in any order. */
    Taken take(List<Row> page) throws IOException {
        List<Row> sorted = new ArrayList<>(page);
        sorted.sort(isNumbered() ? NUMBERS : ORDER);
        if (!sorted.equals(page)) {
            issues.count(Issue.Reason.OUT_OF_ORDER, shown(page.get(0)), "a page was not in order and was sorted");
        }
        int fresh = 0;
        for (int i = 0; i < sorted.size(); i++) {
            Optional<Row> before = i == 0 ? Optional.empty() : Optional.of(sorted.get(i - 1));
            fresh += take(sorted.get(i), before);
        }
        if (rows.size() >= span.batchRows()) {
            flush(claiming ? lastTime : coveredNanos);
        }
        return sorted.isEmpty()
                ? new Taken(0, 0, 0, 0)
                : new Taken(
                        sorted.size(),
                        fresh,
                        sorted.get(0).time(),
                        sorted.get(sorted.size() - 1).time());
    }

    /** 1 if the row is new, whether or not it is let in. */
    private int take(Row row, Optional<Row> before) throws SourceException {
        beyond |= row.time() >= span.to();
        if (row.time() < span.from() || row.time() >= span.to()) {
            return 0;
        }
        if (isNumbered() ? row.seq() <= lastSeq : !row.isAfter(lastTime, lastSeq)) {
            boolean differs = before.isPresent()
                    && (isNumbered() || before.get().time() == row.time())
                    && before.get().seq() == row.seq()
                    && !before.get().isSame(row);
            if (differs) {
                issues.count(
                        Issue.Reason.DUPLICATE_DIFFERENT,
                        shown(row),
                        "one page has two rows of one time with different values; the first one was kept");
            } else {
                issues.count(Issue.Reason.DUPLICATE_EQUAL, shown(row), "a row came again and was dropped");
            }
            return 0;
        }
        if (identity == Identity.CONSECUTIVE && lastSeq != Long.MIN_VALUE && row.seq() != lastSeq + 1) {
            issues.count(
                    Issue.Reason.SEQUENCE_GAP,
                    shown(row),
                    "number " + row.seq() + " does not follow " + lastSeq + ", what lies between is missing");
        }
        requireLength(row);
        lastTime = isNumbered() ? Math.max(lastTime, row.time()) : row.time();
        lastSeq = row.seq();
        Optional<Issue.Reason> refusal = rules.refusal(row);
        if (refusal.isPresent()) {
            issues.count(refusal.get(), shown(row), "a row that breaks the rules of its kind was refused");
            refused = refused.plus(row.time(), Math.max(1, key.barNanos()));
            return 1;
        }
        if (rules.isOpenBar(row)) {
            issues.count(Issue.Reason.OHLC_VIOLATION, shown(row), "high and low do not enclose open and close");
        }
        boolean late = lateNanos > 0 && row.available() == Row.UNSAID;
        rows.add(late ? new Row(row.time(), row.time() + lateNanos, row.seq(), row.values()) : row);
        return 1;
    }

    /** Bars that follow each other sooner than they last are of another length than was asked for. */
    private void requireLength(Row row) throws SourceException {
        if (key.kind() == RecordKind.BARS && lastTime != Long.MIN_VALUE && row.time() - lastTime < key.barNanos()) {
            throw new SourceException(
                    SourceException.Reason.WRONG_VALUE,
                    origin.source(),
                    "time",
                    "the bar at " + Instant.ofEpochSecond(0, row.time()) + " follows the one before after "
                            + (row.time() - lastTime) / 1_000_000_000L + " s, but bars of "
                            + key.barNanos() / 1_000_000_000L
                            + " s were asked for; the venue may have changed its replies, nothing from here on was kept");
        }
    }

    private boolean isNumbered() {
        return identity != Identity.TIME_AND_NUMBER;
    }

    private String shown(Row row) {
        return key + " at " + Instant.ofEpochSecond(0, row.time());
    }

    /** Hands over what is there, and says that the source gave all it has before a time. */
    void flush(long coveredTo) throws IOException {
        long cover = Math.max(coveredNanos, Math.min(coveredTo, span.claimTo()));
        hand(coveredNanos, cover);
        coveredNanos = cover;
    }

    /**
     * Hands over the rest after a walk to the end. An empty page proves nothing, so what lies behind the last row is
     * claimed only if the venue showed a row beyond the range.
     */
    void finish() throws IOException {
        boolean nothing = lastTime == Long.MIN_VALUE && coveredNanos == span.from() && !beyond;
        if (nothing) {
            issues.add(new Issue(
                    Issue.Reason.NOT_COVERED,
                    key.toString(),
                    "the source gave no row from " + Instant.ofEpochSecond(0, span.from()) + " to "
                            + Instant.ofEpochSecond(0, span.to()) + "; the range counts as not fetched"));
        }
        long bar = key.kind() == RecordKind.BARS ? key.barNanos() : 0;
        long seen = lastTime == Long.MIN_VALUE ? coveredNanos : lastTime + bar;
        flush(beyond ? span.to() : seen);
    }

    /** After a failure: what came before it is whole, unless it was the receiver that failed. */
    void flushAfterFailure() throws IOException {
        flush(claiming ? lastTime : coveredNanos);
    }

    /** Hands over what is there without saying that it is all. */
    void flushUnclaimed() throws IOException {
        hand(coveredNanos, coveredNanos);
    }

    private void hand(long from, long to) throws IOException {
        if (failed) {
            return; // the receiver did not take the batch before
        }
        List<Issue> found = issues.drain();
        if (rows.isEmpty() && found.isEmpty() && from == to) {
            return;
        }
        Provenance said = origin;
        if (digested && !fixed) {
            String hex = HexFormat.of().formatHex(digest.digest());
            said = new Provenance(origin.kind(), origin.source(), hex, origin.note());
        }
        digested = false;
        digest.reset();
        rows.sort(ORDER);
        ParquetTable table = table();
        rows.clear();
        Source.Refused without = refused;
        refused = Source.Refused.NONE;
        failed = true;
        receiver.batch(new Source.Batch(key, table, said, found, from, to, without));
        failed = false;
    }

    private ParquetTable table() {
        ParquetTable.Builder builder = ParquetTable.builder(rows.size()).times(RecordKind.TIME, longs(Row::time));
        if (!rows.isEmpty() && rows.stream().allMatch(row -> row.available() != Row.UNSAID)) {
            builder.times(RecordKind.AVAILABLE, longs(Row::available));
        }
        if (key.kind().sequenced()) {
            builder.longs(RecordKind.SEQUENCE, longs(Row::seq));
        }
        for (int i = 0; i < columns.size(); i++) {
            int column = i;
            String name = columns.get(i);
            boolean whole = key.kind().fields().stream()
                    .anyMatch(field -> field.whole() && field.name().equals(name));
            if (whole) {
                builder.longs(name, longs(row -> (long) row.values()[column]));
            } else {
                builder.doubles(
                        name,
                        rows.stream().mapToDouble(row -> row.values()[column]).toArray());
            }
        }
        return builder.build();
    }

    private long[] longs(ToLongFunction<Row> value) {
        return rows.stream().mapToLong(value).toArray();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
