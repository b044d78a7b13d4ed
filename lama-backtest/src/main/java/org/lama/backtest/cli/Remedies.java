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
        texts.put(Issue.Reason.UNREADABLE, "do what the finding says, or take the file out of the folder");
        return texts;
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
