package org.lama.backtest.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Tabular;

/**
 * A table in a report: columns of a {@link Tabular} with a caption, a format per column and a limit on the rows shown.
 * It scrolls sideways inside its own box where the paper is narrow. Immutable.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class ReportTable {
    /** Rows from which on a table scrolls in a window of its own. */
    private static final int LONG = 15;

    private static final Set<String> GOOD = Set.of("OK", "FOUND", "TRUE", "EDGE", "YES", "PASS", "PASSED");
    private static final Set<String> BAD = Set.of("ERROR", "FALLBACK_RW", "FAILED", "FALSE ALARM");
    private static final Set<String> CAREFUL =
            Set.of("WARNING", "BUDGET", "TIMEOUT", "FALLBACK_111", "SINGULAR", "MISSED", "PARTIAL");

    /** How the cells of a column read. */
    public enum Format {
        /** Four significant digits, texts and dates as they are. */
        PLAIN,
        /** Eight significant digits, for numbers whose differences matter, such as log-likelihoods. */
        PRECISE,
        /** A fraction in per cent with one decimal. */
        PERCENT,
        /** Two decimals. */
        FIXED_2,
        /** Thousands apart, no decimals. */
        WHOLE,
        /** Thousands apart, two decimals below a thousand. */
        MONEY,
        /** A sentence that may run over several lines. */
        SENTENCE,
        /** A short word as a coloured label, such as OK, WARNING, found, missed. */
        LABEL
    }

    private final String caption;
    private final List<Tabular.Column> columns;
    private final Map<String, Format> formats;
    private final int firstRows;
    private final boolean folded;
    private final boolean stacked;

    private ReportTable(
            String caption,
            List<Tabular.Column> columns,
            Map<String, Format> formats,
            int firstRows,
            boolean folded,
            boolean stacked) {
        this.caption = caption;
        this.columns = columns;
        this.formats = formats;
        this.firstRows = firstRows;
        this.folded = folded;
        this.stacked = stacked;
    }

    /**
     * A table of all rows.
     *
     * @param caption what it shows
     * @param table the columns
     * @return the table
     */
    public static ReportTable of(String caption, Tabular table) {
        return new ReportTable(
                Check.notBlank(caption, "caption"),
                List.copyOf(table.columns()),
                Map.of(),
                Integer.MAX_VALUE,
                false,
                false);
    }

    /**
     * Sets how columns read.
     *
     * @param format the format
     * @param names names of the columns; those that are not there are passed over
     * @return a new table
     */
    public ReportTable format(Format format, String... names) {
        Map<String, Format> all = new LinkedHashMap<>(formats);
        for (String name : names) {
            all.put(name, Check.notNull(format, "format"));
        }
        return new ReportTable(caption, columns, all, firstRows, folded, stacked);
    }

    /**
     * Shows only the first rows and says how many there are.
     *
     * @param rows how many, at least 1
     * @return a new table
     */
    public ReportTable first(int rows) {
        return new ReportTable(caption, columns, formats, Check.atLeast(rows, 1, "rows"), folded, stacked);
    }

    /**
     * Folds the table away below its caption until the reader opens it.
     *
     * @return a new table
     */
    public ReportTable folded() {
        return new ReportTable(caption, columns, formats, firstRows, true, stacked);
    }

    /**
     * Shows all rows at once, and on narrow paper each row as a block with its sentences below: for a few rows of words.
     *
     * @return a new table
     */
    public ReportTable stacked() {
        return new ReportTable(caption, columns, formats, firstRows, folded, true);
    }

    /**
     * Reads the first column in words instead of keys: {@code endEquity} as "end equity".
     *
     * @return a new table
     */
    public ReportTable readable() {
        return new ReportTable(caption, inWords(columns), formats, firstRows, folded, stacked);
    }

    /** The first column in words instead of keys: for pages, not for files. */
    static List<Tabular.Column> inWords(List<Tabular.Column> columns) {
        List<Tabular.Column> words = new ArrayList<>(columns);
        words.set(
                0,
                new Tabular.Column(
                        columns.get(0).name(),
                        columns.get(0).cells().stream()
                                .map(key -> heading(String.valueOf(key)).replace(".", ": "))
                                .toList()));
        return List.copyOf(words);
    }

    int rows() {
        return columns.isEmpty() ? 0 : columns.get(0).cells().size();
    }

    /** Writes the table as HTML. */
    void write(StringBuilder out) {
        int shown = Math.min(rows(), firstRows);
        String count = shown < rows() ? "first " + shown + " of " + rows() + " rows" : rowText(rows());
        String words = Html.escape(caption) + " <span class=\"count\">" + count + "</span>";
        out.append(
                folded
                        ? "<details class=\"table\"><summary>" + words + "</summary>\n"
                        : stacked ? "<div class=\"table stacked\">\n" : "<div class=\"table\">\n");
        out.append("<div class=\"scroll")
                .append(shown > LONG ? " long" : "")
                .append("\" role=\"region\" tabindex=\"0\" aria-label=\"");
        out.append(Html.escape(caption)).append("\"><table>\n");
        out.append(folded ? "" : "<caption>" + words + "</caption>\n").append("<thead><tr>");
        for (Tabular.Column column : columns) {
            out.append("<th scope=\"col\"").append(numeric(column) ? " class=\"n\">" : ">");
            out.append(Html.escape(heading(column.name()))).append("</th>");
        }
        out.append("</tr></thead>\n<tbody>\n");
        for (int row = 0; row < shown; row++) {
            writeRow(out, row);
        }
        out.append("</tbody></table></div>\n").append(folded ? "</details>\n" : "</div>\n");
    }

    private static String rowText(int rows) {
        return rows == 1 ? "1 row" : rows + " rows";
    }

    private void writeRow(StringBuilder out, int row) {
        out.append("<tr>");
        for (Tabular.Column column : columns) {
            boolean sentence = formats.get(column.name()) == Format.SENTENCE;
            boolean time = column.cells().get(row) instanceof Instant;
            String kind = numeric(column) ? "n" : sentence ? "wrap" : time ? "t" : "";
            out.append(kind.isEmpty() ? "<td>" : "<td class=\"" + kind + "\">");
            out.append(cell(column, row)).append("</td>");
        }
        out.append("</tr>\n");
    }

    private String cell(Tabular.Column column, int row) {
        Object value = column.cells().get(row);
        Format format = formats.getOrDefault(column.name(), Format.PLAIN);
        if (format == Format.LABEL) {
            String text = text(value, Format.PLAIN);
            return "<span class=\"label " + kind(text) + "\">" + Html.escape(text) + "</span>";
        }
        return Html.escape(text(value, format));
    }

    static String text(Object value, Format format) {
        if (value instanceof Instant instant) {
            return Words.time(instant);
        }
        if (value instanceof Boolean yes) {
            return yes ? "yes" : "no";
        }
        if (value instanceof Number number) {
            double v = number.doubleValue();
            return switch (format) {
                case PERCENT -> Numbers.percent(v, 1);
                case FIXED_2 -> Numbers.fixed(v, 2);
                case PRECISE -> Numbers.significant(v, 8);
                case WHOLE -> Numbers.fixed(v, 0);
                case MONEY -> Numbers.fixed(v, Math.abs(v) < 1000 && v != Math.rint(v) ? 2 : 0);
                default -> number instanceof Double && !isLarge(v) ? Numbers.significant(v, 4) : Numbers.fixed(v, 0);
            };
        }
        return String.valueOf(value);
    }

    /** Amounts of money and volumes are read in full, not as powers of ten. */
    private static boolean isLarge(double value) {
        return Math.abs(value) >= 1e4 && Math.abs(value) < 1e15;
    }

    private static String kind(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        return GOOD.contains(upper) ? "good" : BAD.contains(upper) ? "bad" : CAREFUL.contains(upper) ? "careful" : "";
    }

    static boolean numeric(Tabular.Column column) {
        return !column.cells().isEmpty() && column.cells().stream().allMatch(Number.class::isInstance);
    }

    /** "inSample" reads "in sample"; names that hold blanks or dots stay. */
    static String heading(String name) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            out.append(hump(name, i) ? " " + Character.toLowerCase(c) : String.valueOf(c));
        }
        return out.toString();
    }

    /** A capital that begins a word: after a small letter, or after a capital that is a word of its own. */
    private static boolean hump(String name, int i) {
        if (i == 0 || !Character.isUpperCase(name.charAt(i))) {
            return false;
        }
        return Character.isLowerCase(name.charAt(i - 1))
                || (Character.isUpperCase(name.charAt(i - 1))
                        && i + 1 < name.length()
                        && Character.isLowerCase(name.charAt(i + 1)));
    }
}
