package org.lama.core.base;

/**
 * One thing that is wrong with some input, counted rather than thrown.
 *
 * @param reason which rule was broken
 * @param where file, row, column or time, in words
 * @param detail what stands there and what to do, as one sentence
 * @since 0.1.0
 */
@Api(Api.Status.STABLE)
public record Issue(Reason reason, String where, String detail) {
    /**
     * Checks the parts.
     *
     * @param reason which rule was broken
     * @param where file, row, column or time, in words
     * @param detail what stands there and what to do, as one sentence
     */
    public Issue {
        Check.notNull(reason, "reason");
        Check.notNull(where, "where");
        Check.notNull(detail, "detail");
    }

    /** How bad an issue is. */
    public enum Severity {
        /** The data break a rule: a study must not use the touched rows as they are. */
        ERROR,
        /** Worth a look: the data may still be right. */
        WARNING,
        /** A note on what was understood or done. */
        INFO
    }

    /** The rules that data can break. */
    public enum Reason {
        /** Bars that the spacing demands and the file does not hold. */
        MISSING_BARS(Severity.ERROR),
        /** A source that failed was replaced by another one: another series of another trust. */
        FALLBACK(Severity.ERROR),
        /** A bar that had not ended by the venue's time, or by that of an import, was left out. */
        UNFINISHED(Severity.INFO),
        /** Numbers of the venue that should follow each other do not. */
        SEQUENCE_GAP(Severity.ERROR),
        /** A part of the range that the source could not give in this way, or at all. */
        NOT_COVERED(Severity.WARNING),
        /** A part of the range that came from the same source, but not in the way that is asked first. */
        OTHER_WAY(Severity.INFO),
        /** Rows with a time that was there before, with equal values. */
        DUPLICATE_EQUAL(Severity.WARNING),
        /** Rows with a time that was there before, with other values. */
        DUPLICATE_DIFFERENT(Severity.ERROR),
        /** Rows that a later delivery brought with other values, of which it is not said when they became known. */
        REVISED(Severity.WARNING),
        /** Rows whose time lies before the row above. */
        OUT_OF_ORDER(Severity.ERROR),
        /** Bars in which nothing traded. */
        ZERO_VOLUME(Severity.WARNING),
        /** Bars whose high or low does not enclose open and close. */
        OHLC_VIOLATION(Severity.ERROR),
        /** NaN, infinity or an empty field where a number must stand. */
        NON_FINITE(Severity.ERROR),
        /** Zero or negative prices, or negative volume. */
        NON_POSITIVE(Severity.ERROR),
        /** A record without time, with a side or level that does not exist, or known before it was complete. */
        BROKEN_RECORD(Severity.ERROR),
        /** Rows kept on disk until the server to which they belong is back. */
        DEFERRED(Severity.WARNING),
        /** A move of more than 10 times that is undone within 3 bars. */
        SPIKE(Severity.WARNING),
        /** A move of more than 20 times from one bar to the next: redenomination, ticker reuse or a wrong price. */
        REDENOMINATION_SUSPECT(Severity.ERROR),
        /** At least 24 bars in a row with equal prices. */
        STALE_RUN(Severity.WARNING),
        /** More than one spacing between rows. */
        MIXED_SPACING(Severity.ERROR),
        /** A row that ends in the middle, or holds more fields than the header. */
        CUT_LINE(Severity.ERROR),
        /** A banner line above the header was skipped. */
        BANNER(Severity.INFO),
        /** The file ran from new to old and was reversed. */
        REVERSED(Severity.INFO),
        /** The series ends in at least 24 flat bars without trade, as after a delisting. */
        DEAD_TAIL(Severity.WARNING),
        /** The file cannot be understood as bars. */
        UNREADABLE(Severity.ERROR),
        /** Bars without a volume, or a file without that column. */
        NO_VOLUME(Severity.INFO),
        /** Bars that would have traded more money a day than the market of the coin does: the volume may be money already. */
        VOLUME_UNIT(Severity.WARNING),
        /** A stretch whose clock runs in another time zone than the rest, told by another source or by funding hours. */
        TIME_ZONE(Severity.ERROR),
        /** Bars whose volumes in base and in quote currency stand in each other's column. */
        SWAPPED_VOLUME(Severity.ERROR),
        /** A series of one venue that equals another venue's, so that one of the labels is wrong. */
        WRONG_VENUE(Severity.ERROR),
        /** A column that holds one value in every row while others move: today's value, not a history. */
        CONSTANT_HISTORY(Severity.ERROR),
        /** A column of few, repeated words that no reader takes; perhaps it says whose each row is. */
        UNREAD_COLUMN(Severity.WARNING),
        /** Rows that were received before they happened: the receiver's clock is behind the venue's. */
        RECEIVED_EARLY(Severity.WARNING),
        /** This machine's clock is far from the venue's. */
        CLOCK_SKEW(Severity.WARNING),
        /** Bars, or corrections of bars, that were known only after the close of the bar: a study must not see them. */
        KNOWN_LATE(Severity.WARNING),
        /** Rows without a time of the venue, which take that of the receiver's clock as far as it is known. */
        RECEIVER_CLOCK(Severity.WARNING),
        /** Bars in a quote currency that is off its peg at the time. */
        QUOTE_OFF_PEG(Severity.WARNING),
        /** Options whose mark lies outside of bid and ask. */
        MARK_OUTSIDE_QUOTES(Severity.WARNING),
        /** Rows with a market capitalisation of zero. */
        ZERO_MARKET_CAP(Severity.WARNING),
        /** A series that equals another one, whose venue is the same, unknown or a vendor that passes it on. */
        SAME_AS_OTHER(Severity.INFO),
        /** A jump of more than 20 times that an event of the instrument explains. */
        INSTRUMENT_EVENT(Severity.INFO),
        /** Rows without a bid. */
        NO_BID(Severity.INFO),
        /** Rows without an ask. */
        NO_ASK(Severity.INFO),
        /** Options priced on a made-up underlying. */
        SYNTHETIC_UNDERLYING(Severity.INFO),
        /** Integers too large for a double, whose remainder stands in a column of its own. */
        INEXACT_INTEGER(Severity.INFO);

        private final Severity severity;

        Reason(Severity severity) {
            this.severity = severity;
        }

        /**
         * How bad this reason is.
         *
         * @return the severity
         */
        public Severity severity() {
            return severity;
        }
    }
}
