package org.lama.backtest.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lama.core.base.Api;
import org.lama.core.base.Issue;
import org.lama.core.data.MarketData;
import org.lama.core.series.QualityReport;

/**
 * What loading did to rows that could not be used as they are, as issues. Rows without a number are not among them: they
 * stay as gaps, which the engine counts. Stateless and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class DataFindings {
    private DataFindings() {}

    static List<Issue> of(MarketData data) {
        List<Issue> issues = new ArrayList<>();
        for (QualityReport report : data.quality()) {
            if (data.symbols().contains(report.symbol())) {
                for (QualityReport.Finding finding : report.findings()) {
                    outcome(finding.reason())
                            .ifPresent(done -> issues.add(new Issue(
                                    finding.reason(), report.symbol() + ", rows of the data", detail(finding, done))));
                }
            }
        }
        return issues;
    }

    private static String detail(QualityReport.Finding finding, String done) {
        if (finding.first().contains(": " + finding.count() + " bar")) {
            // what a store found counts its bars and says what became of them
            return finding.first() + ".";
        }
        return finding.count() + " " + (finding.count() == 1 ? "time, " : "times, the first ") + finding.first() + ": "
                + done + ".";
    }

    /**
     * What loading does about a finding: the one statement that reports and summaries make.
     *
     * @param reason of the finding
     * @return what is wrong and what was done, in words; empty where the rows are used as they are or the engine says it
     */
    public static Optional<String> outcome(Issue.Reason reason) {
        return Optional.ofNullable(words(reason));
    }

    private static @Nullable String words(Issue.Reason reason) {
        return switch (reason) {
            case MISSING_BARS -> "bars are missing, so nothing is decided and nothing fills in them";
            case DUPLICATE_EQUAL -> "a row repeats the time and the values of another; one of them is kept";
            case DUPLICATE_DIFFERENT ->
                "a row repeats the time of another with other values; neither is believed"
                        + " and the bar is left out as a gap";
            case OUT_OF_ORDER -> "a row lies before the row above it; the rows were sorted by time";
            case OHLC_VIOLATION -> "high or low does not enclose open and close; the bar is left out as a gap";
            case NON_POSITIVE -> "a price is zero or negative, or a volume negative; the bar is left out as a gap";
            case SPIKE -> "a move of more than 10 times is undone at once; its bars are left out as gaps";
            case MIXED_SPACING -> "rows lie beside the grid of the bars; they are left out";
            case CUT_LINE -> "a line ends in the middle or holds too many fields; it is left out";
            case REDENOMINATION_SUSPECT -> "a move of more than 20 times; a new listing begins there";
            case BROKEN_RECORD -> "a record that cannot be; it is left out";
            case SWAPPED_VOLUME ->
                "volumes in base and in quote currency stand in each other's column, as the bars' prices show; they were swapped"
                        + " back";
            case VOLUME_UNIT ->
                "volume times price is more money a day than any market trades, so the volumes may be money"
                        + " already; they were used as quantities, which hides the impact of orders"
                        + " (--volume-unit quote reads them as money)";
            case TIME_ZONE -> "the clock runs in another time zone; the times were used as they stand";
            case WRONG_VENUE -> "the prices are those of another venue";
            case KNOWN_LATE ->
                "bars became known after their close; the values known then are used, and where there were none"
                        + " the bar is left out as a gap";
            case REVISED -> "a later import brought other values, known since nobody says when; the last are used";
            case INSTRUMENT_EVENT ->
                "an event of the instrument parts its bars: those of other assets are left out, older units are"
                        + " put into the new one";
            case FALLBACK -> "a source that failed was replaced by another one";
            case NOT_COVERED ->
                "a series beside the bars does not reach them: its values are missing there, funding counts as 0";
            case UNFINISHED,
                    OTHER_WAY,
                    CONSTANT_HISTORY,
                    SEQUENCE_GAP,
                    UNREAD_COLUMN,
                    RECEIVED_EARLY,
                    CLOCK_SKEW,
                    RECEIVER_CLOCK,
                    QUOTE_OFF_PEG,
                    MARK_OUTSIDE_QUOTES,
                    ZERO_MARKET_CAP,
                    SAME_AS_OTHER,
                    NO_BID,
                    NO_ASK,
                    SYNTHETIC_UNDERLYING,
                    INEXACT_INTEGER,
                    ZERO_VOLUME,
                    NON_FINITE,
                    STALE_RUN,
                    BANNER,
                    REVERSED,
                    DEAD_TAIL,
                    UNREADABLE,
                    NO_VOLUME,
                    DEFERRED -> null;
        };
    }
}
