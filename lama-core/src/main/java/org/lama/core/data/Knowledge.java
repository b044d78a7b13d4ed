package org.lama.core.data;

import java.util.Locale;
import java.util.Optional;
import org.lama.core.base.Issue;
import org.lama.core.store.RecordKind;

/**
 * When rows could be known, as the column {@code available} of their file says it: in every form that a time may have, an
 * empty cell where the kind of the row says it. A row whose cell is no time is left out, for nobody can tell who knew it; a
 * time before that of the row is none at which it could be known, and the kind's counts instead. If no cell of a column of
 * numbers is a time at or after that of its row, the column holds amounts, such as coins that are available. Stateless.
 */
final class Knowledge {
    /** Stands for a text that is no time; an empty one is {@link TimeText#NONE}. */
    static final long BROKEN = Long.MIN_VALUE + 1;

    private Knowledge() {}

    /** Whether a column of this name says when rows could be known. */
    static boolean isColumn(String name) {
        return name.trim().toLowerCase(Locale.ROOT).equals(RecordKind.AVAILABLE);
    }

    /** UTC epoch nanoseconds, {@link TimeText#NONE} of an empty text, or {@link #BROKEN}. */
    static long parse(byte[] text, int from, int to, Optional<TimeFormat> form) {
        long time = TimeFormat.nanos(form, text, from, to);
        boolean missing = time == TimeText.NONE && isMissing(Decimals.parse(text, from, to));
        return time != TimeText.NONE || missing ? time : BROKEN;
    }

    private static boolean isMissing(double number) {
        return Double.isNaN(number) && !Decimals.isBroken(number);
    }

    /** As {@link #parse} of a number. */
    static long of(double number) {
        long time = TimeText.fromDouble(number);
        return time == TimeText.NONE && !Double.isNaN(number) ? BROKEN : time;
    }

    /** As {@link #parse} of a whole number. */
    static long of(long number) {
        long time = TimeText.fromLong(number);
        return time == TimeText.NONE && number != RecordKind.MISSING ? BROKEN : time;
    }

    /** Whether a column of numbers holds amounts: some are told, and none is a time at or after that of its row. */
    static boolean isAmount(long[] times, long[] told, int rows) {
        boolean any = false;
        for (int i = 0; i < rows; i++) {
            if (told[i] >= times[i] && times[i] != TimeText.NONE && told[i] > BROKEN) {
                return false;
            }
            any |= told[i] != TimeText.NONE;
        }
        return any;
    }

    /**
     * When rows could be known. Rows whose cell is no time lose their own, so that they are left out.
     *
     * @param times when they happened, UTC epoch nanoseconds
     * @param told what the file says, {@link TimeText#NONE} or {@link #BROKEN} where it says no time
     * @param numeric whether it says it in numbers alone
     * @param usual when each could be known if nothing is said
     * @param tally counts what is wrong
     */
    static long[] judged(long[] times, long[] told, boolean numeric, long[] usual, Tally tally) {
        if (numeric && isAmount(times, told, times.length)) {
            tally.add(
                    Issue.Reason.RECEIVED_EARLY,
                    times.length,
                    () -> "column available: no number is a time at or after that of its row, so they are amounts");
            return usual;
        }
        long[] known = usual.clone();
        int early = 0;
        long most = 0;
        for (int i = 0; i < known.length; i++) {
            if (told[i] == BROKEN) {
                times[i] = TimeText.NONE;
            } else if (told[i] >= times[i]) {
                known[i] = told[i] == TimeText.NONE ? usual[i] : told[i];
            } else if (told[i] != TimeText.NONE) {
                early++;
                most = Math.max(most, times[i] - told[i]);
            }
        }
        if (early > 0) {
            long largest = most / 1_000_000;
            tally.add(
                    Issue.Reason.RECEIVED_EARLY,
                    early,
                    () -> "column available: up to " + largest + " ms before it happened; the usual time counts");
        }
        return known;
    }
}
