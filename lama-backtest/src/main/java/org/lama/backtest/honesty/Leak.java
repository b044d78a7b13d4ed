package org.lama.backtest.honesty;

import java.time.Instant;
import java.util.Optional;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * Where the future was seen: the decision, the cell of the data that it used before that was known, and the code that read
 * it.
 *
 * @param check name of the check that found it
 * @param cause what kind of knowledge it is
 * @param decision the bar at whose close it was decided, or the time of the fill; by its open
 * @param what {@code target}, {@code fill} or the name of an output
 * @param subject whose decision it is
 * @param cell the earliest value that suffices to change the decision; empty unless the cause is {@link Cause#VALUE}
 *     or {@link Cause#EARLIER_SESSION}
 * @param decidedIn the code that decided; empty if that is not known
 * @param readIn the code that took the column, with the method of LAMA that gave it; empty if that is not known
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record Leak(
        String check,
        Cause cause,
        Instant decision,
        String what,
        String subject,
        Optional<Cell> cell,
        Optional<CallSite> decidedIn,
        Optional<CallSite> readIn) {
    /**
     * Checks the parts.
     *
     * @param check name of the check that found it
     * @param cause what kind of knowledge it is
     * @param decision the bar at whose close it was decided, or the time of the fill; by its open
     * @param what {@code target}, {@code fill} or the name of an output
     * @param subject whose decision it is
     * @param cell the earliest value that suffices to change the decision; empty unless the cause is {@link Cause#VALUE}
     *     or {@link Cause#EARLIER_SESSION}
     * @param decidedIn the code that decided; empty if that is not known
     * @param readIn the code that took the column, with the method of LAMA that gave it; empty if that is not known
     */
    public Leak {
        Check.notBlank(check, "check");
        boolean value = cause == Cause.VALUE || cause == Cause.EARLIER_SESSION;
        Check.that(cell.isPresent() == value, "a cell is there exactly where a value was seen");
    }

    /** What kind of knowledge it is. */
    public enum Cause {
        /** A value that was not known yet. */
        VALUE,
        /** A value that was not known yet, which an earlier session had seen and left behind. */
        EARLIER_SESSION,
        /** How far the data reach. */
        LENGTH,
        /** Something beside the data that were given: a file, a captured variable, a static field. */
        OUTSIDE,
        /** What an earlier run left behind, or random numbers without a seed. */
        STATE
    }

    /**
     * Values that were used too early.
     *
     * @param column name of the column; several are joined by a comma where none suffices alone
     * @param symbol of the instrument; several are joined by a comma where none suffices alone
     * @param from first bar, by its open
     * @param to last bar; the same where one suffices
     * @param barsAhead of the last bar, counted from the bar of the decision; 0 for the same bar, negative for a value of
     *     the past that was known late
     * @param knownAt when the value of the last bar could be known
     * @param restated whether it is a value of the past whose companion column says that it was known later
     */
    public record Cell(
            String column,
            String symbol,
            Instant from,
            Instant to,
            long barsAhead,
            Instant knownAt,
            boolean restated) {}

    /** The same place with another cause. */
    Leak with(Cause other) {
        return new Leak(check, other, decision, what, subject, cell, decidedIn, readIn);
    }

    /**
     * The leak in words.
     *
     * @return one sentence
     */
    public String sentence() {
        StringBuilder text = new StringBuilder();
        text.append(what.equals("fill") ? "the fill of " : "at the bar " + decision + " the " + what + " of ")
                .append(subject)
                .append(what.equals("fill") ? " at " + decision : "")
                .append(
                        switch (cause) {
                            case VALUE -> cell.map(Leak::used).orElse("");
                            case EARLIER_SESSION ->
                                cell.map(Leak::used).orElse("")
                                        + ", which an earlier session had been given and left behind";
                            case LENGTH -> " used how far the data reach";
                            case OUTSIDE ->
                                " used something beside the data it was given: a file, a captured variable or a static field";
                            case STATE ->
                                " was another in a second run on the same data: something outlives a run (a static"
                                        + " field), or random numbers have no seed";
                        });
        readIn.ifPresent(site -> text.append(", read in ").append(site));
        decidedIn.ifPresent(site -> text.append(", decided in ").append(site.code()));
        return text.toString();
    }

    private static String used(Cell cell) {
        boolean one = cell.from().equals(cell.to());
        return " used `" + cell.column() + "` of " + cell.symbol() + " of "
                + (one ? cell.to().toString() : "the bars " + cell.from() + " to " + cell.to()) + " ("
                + distance(cell) + ")";
    }

    private static String distance(Cell cell) {
        if (cell.restated()) {
            return "known only from " + cell.knownAt() + " on";
        }
        return cell.barsAhead() == 0
                ? "the same bar, before its close"
                : cell.barsAhead() + (cell.barsAhead() == 1 ? " bar ahead" : " bars ahead");
    }
}
