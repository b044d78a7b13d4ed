package org.lama.core.data;

import java.util.regex.Pattern;

/** What to do about the text of a cell that is no number or no time, by what it looks like. Stateless. */
final class CellText {
    private static final Pattern THOUSANDS = Pattern.compile("[-+]?\\d{1,3}(,\\d{3})+(\\.\\d*)?");
    private static final Pattern COMMA = Pattern.compile("[-+]?\\d*,\\d+");
    private static final Pattern TURNED_DATE = Pattern.compile("\\d{1,2}([./-])\\d{1,2}\\1\\d{2,4}.*");
    private static final Pattern NAMED_MONTH =
            Pattern.compile("(?i).*(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec).*");
    private static final Pattern UNIT = Pattern.compile("[-+$€]?[\\d.]+\\s*[KMB%$€]");

    private CellText() {}

    /** For a cell where a number must stand. */
    static String forNumber(String word) {
        if (THOUSANDS.matcher(word).matches()) {
            return "write numbers without separators of thousands";
        }
        if (COMMA.matcher(word).matches()) {
            return "write decimal points instead of commas";
        }
        return UNIT.matcher(word).matches()
                ? "write plain numbers without units"
                : "write a number, or leave the cell empty where the value is missing";
    }

    /** For a cell where a time must stand. */
    static String forTime(String word) {
        String form = "write times such as 2024-01-31, 2024-01-31T12:00:00Z or epoch milliseconds";
        if (TURNED_DATE.matcher(word).matches()) {
            return form + "; whether the day or the month comes first is not guessed, but an import can be"
                    + " told by --time-format";
        }
        return NAMED_MONTH.matcher(word).matches() ? form + ", the month as a number" : form;
    }
}
