package org.lama.backtest.cli;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.lama.core.base.Issue;
import org.lama.core.series.QualityReport;

/** What to do about each rule that data can break. */
final class Remedies {
    private static final Map<Issue.Reason, String> TEXTS = texts();

    private Remedies() {}

    private static Map<Issue.Reason, String> texts() {
        Map<Issue.Reason, String> texts = new EnumMap<>(Issue.Reason.class);
        texts.put(
                Issue.Reason.MISSING_BARS,
                "fetch the missing bars; a study treats them as gaps, in which nothing is decided");
        texts.put(Issue.Reason.DUPLICATE_EQUAL, "nothing: one of the rows is kept");
        texts.put(
                Issue.Reason.DUPLICATE_DIFFERENT,
                "delete the wrong row; a study believes neither and leaves the bar out");
        texts.put(Issue.Reason.OUT_OF_ORDER, "sort the file by time; a study sorts the rows itself");
        texts.put(
                Issue.Reason.ZERO_VOLUME, "look whether the symbol really traded; prices without trade are no prices");
        texts.put(
                Issue.Reason.OHLC_VIOLATION,
                "look whether columns are swapped; high must be the largest price of its row and low the smallest");
        texts.put(Issue.Reason.NON_FINITE, "write a number there, or delete the row; a study leaves the bar out");
        texts.put(Issue.Reason.NON_POSITIVE, "correct the price or volume, or delete the row; a study leaves it out");
        texts.put(Issue.Reason.SPIKE, "compare with another source; a study leaves the bars of the spike out");
        texts.put(
                Issue.Reason.REDENOMINATION_SUSPECT,
                "look whether the coin was redenominated or its ticker used again; a study starts a new listing there");
        texts.put(Issue.Reason.STALE_RUN, "look whether the source stood still; a study uses the bars as they are");
        texts.put(
                Issue.Reason.MIXED_SPACING,
                "give each bar length a file of its own; rows beside the grid are left out");
        texts.put(Issue.Reason.CUT_LINE, "fetch the file again, or delete the line; a study leaves it out");
        texts.put(Issue.Reason.DEAD_TAIL, "nothing: the listing ends where trading ended");
        texts.put(Issue.Reason.BROKEN_RECORD, "correct the record in its file; it is not stored");
        texts.put(Issue.Reason.DEFERRED, "nothing: the rows wait on the disk, and are written when the server is back");
        texts.put(
                Issue.Reason.FALLBACK,
                "look why the source failed, and fetch again; do not join what two sources gave");
        texts.put(Issue.Reason.NOT_COVERED, "ask another source, or a shorter range");
        texts.put(
                Issue.Reason.VOLUME_UNIT,
                "look whether the volumes count money, as Yahoo's do; then run with --volume-unit quote");
        texts.put(Issue.Reason.UNREADABLE, "do what the finding says, or take the file out of the folder");
        ofImports(texts);
        return texts;
    }

    private static void ofImports(Map<Issue.Reason, String> texts) {
        texts.put(
                Issue.Reason.TIME_ZONE,
                "fetch the stretch again from the venue; imports hold it back, or shift it if told to repair");
        texts.put(
                Issue.Reason.SWAPPED_VOLUME,
                "swap the two columns in the named stretches; runs and imports swap them back");
        texts.put(Issue.Reason.WRONG_VENUE, "find out where the file came from and name its market");
        texts.put(Issue.Reason.CONSTANT_HISTORY, "ask the source for the history; the column is left out");
        texts.put(
                Issue.Reason.UNREAD_COLUMN,
                "if its words are names of instruments, call the column symbol; else nothing");
        texts.put(Issue.Reason.SEQUENCE_GAP, "rebuild the book from the next snapshot on");
        texts.put(Issue.Reason.RECEIVED_EARLY, "set the receiver's clock; such rows count as known when they happened");
        texts.put(Issue.Reason.CLOCK_SKEW, "set this machine's clock, best by NTP, and fetch states of now again");
        texts.put(Issue.Reason.KNOWN_LATE, "nothing: a study sees what was known at the close of each bar");
        texts.put(
                Issue.Reason.REVISED,
                "find out which values are right; a column 'available' in the file says when the new ones became known");
        texts.put(Issue.Reason.RECEIVER_CLOCK, "record messages with the venue's time beside those without one");
        texts.put(Issue.Reason.QUOTE_OFF_PEG, "value these bars through conversion marks");
        texts.put(Issue.Reason.MARK_OUTSIDE_QUOTES, "nothing: marks are models, bids and asks are offers");
        texts.put(Issue.Reason.ZERO_MARKET_CAP, "nothing: a ranking leaves such rows out");
    }

    static boolean has(Issue.Reason reason) {
        return TEXTS.containsKey(reason);
    }

    /** One line for each error or warning that was found, below a heading; none if there is none. */
    static List<String> of(List<QualityReport> reports) {
        List<String> lines = new ArrayList<>();
        for (Map.Entry<Issue.Reason, String> entry : TEXTS.entrySet()) {
            if (reports.stream().anyMatch(report -> report.count(entry.getKey()) > 0)) {
                lines.add("  " + entry.getKey() + ": " + entry.getValue());
            }
        }
        if (!lines.isEmpty()) {
            lines.add(0, "What to do:");
        }
        return lines;
    }
}
