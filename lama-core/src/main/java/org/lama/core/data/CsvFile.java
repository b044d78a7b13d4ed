package org.lama.core.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads one text table of bars straight into primitive columns: comma, semicolon or tab; quotes; byte order mark; both
 * line ends; banner lines above the header. One instance reads one file.
 */
final class CsvFile {
    private static final int BANNER_LINES = 10;
    private static final byte QUOTE = '"';

    private final byte[] text;
    private final String source;
    private final Optional<TimeFormat> form;
    private final String sha256;
    private int at;
    private int line;
    private byte delimiter = ',';

    private CsvFile(FileBytes.Content content, String source, Optional<TimeFormat> form) {
        this.form = form;
        this.text = content.bytes();
        this.source = source;
        this.sha256 = content.sha256();
        // a header that was added is no line of the file
        this.line = content.headed() ? 0 : 1;
        boolean mark = text.length >= 3 && text[0] == (byte) 0xef && text[1] == (byte) 0xbb && text[2] == (byte) 0xbf;
        this.at = mark ? 3 : 0;
    }

    static RawTable read(Path file, String source, Optional<TimeFormat> form) throws IOException {
        FileBytes.Content content = FileBytes.read(file, source);
        RawTable table = new CsvFile(content, source, form).table(false);
        return table.isOfAmounts()
                ? new CsvFile(content, source, form).table(true).withAmounts()
                : table.settled();
    }

    private RawTable table(boolean amounts) throws DataException {
        if (blank(at, text.length)) {
            throw new DataException(source, 0, "", "the file is empty", "give a file with a header and rows");
        }
        List<String> header = header();
        int banners = Math.max(0, line - 2);
        skipBlankLines();
        if (at >= text.length) {
            throw new DataException(source, line, "", "the header has no rows below", "give a file with rows");
        }
        Layout layout = layout(header, amounts);
        String twice = layout.twice(header);
        if (!twice.isEmpty()) {
            throw new DataException(
                    source,
                    Math.max(1, line - 1),
                    twice,
                    "two columns have this name, and nothing says which one is meant; found " + header,
                    "leave one of them out, or give it another name");
        }
        RawTable table = new RawTable(source, sha256, layout.extraNames(), layout.hasVolume(), layout.hasSymbols())
                .withVersions(layout.hasAvailable(), layout.hasRevisions());
        table.bannerLines = banners;
        for (int i = 0; i < layout.columns(); i++) {
            table.words.add(
                    layout.isUnread(i, header)
                            ? Optional.of(new Words(header.get(i).trim()))
                            : Optional.empty());
        }
        new Rows(table, layout, header).read();
        table.requireOneSubject();
        return table;
    }

    /** Finds the header among the first lines and leaves the reader on the line below it. */
    private List<String> header() throws DataException {
        List<String> first = List.of();
        for (int i = 0; i < BANNER_LINES && at < text.length; i++) {
            int end = lineEnd(at);
            delimiter = delimiterOf(at, end);
            List<String> names = fields(at, end);
            advance(end);
            if (Layout.isHeader(names)) {
                return names;
            }
            if (first.isEmpty() && names.size() > 1) {
                first = names;
            }
        }
        String missing = Layout.missing(first);
        throw new DataException(
                source,
                1,
                missing,
                "no header with a time and a price column in the first " + BANNER_LINES + " lines; found " + first,
                "name the columns, for example time_ms,open,high,low,close,volume");
    }

    private Layout layout(List<String> header, boolean amounts) {
        List<String> sample = fields(at, lineEnd(at));
        boolean[] numeric = new boolean[header.size()];
        boolean[] empty = new boolean[header.size()];
        for (int i = 0; i < header.size(); i++) {
            byte[] value = (i < sample.size() ? sample.get(i) : "").getBytes(StandardCharsets.UTF_8);
            double number = Decimals.parse(value, 0, value.length);
            empty[i] = Double.isNaN(number) && !Decimals.isBroken(number);
            numeric[i] = !Double.isNaN(number);
        }
        List<String> cells = new ArrayList<>(sample);
        while (cells.size() < header.size()) {
            cells.add("");
        }
        return Layout.of(header, numeric, empty, Symbols.column(Layout.canonical(header), cells), amounts);
    }

    private boolean blank(int from, int to) {
        for (int i = from; i < to; i++) {
            if (text[i] > ' ' || text[i] < 0) {
                return false;
            }
        }
        return true;
    }

    private void skipBlankLines() {
        while (at < text.length) {
            int end = lineEnd(at);
            if (!blank(at, end)) {
                return;
            }
            advance(end);
        }
    }

    private int lineEnd(int from) {
        int i = from;
        while (i < text.length && text[i] != '\n' && text[i] != '\r') {
            i++;
        }
        return i;
    }

    private void advance(int end) {
        at = end;
        if (at < text.length && text[at] == '\r') {
            at++;
        }
        if (at < text.length && text[at] == '\n') {
            at++;
        }
        line++;
    }

    private byte delimiterOf(int from, int to) {
        byte best = ',';
        int most = 0;
        for (byte candidate : new byte[] {',', ';', '\t'}) {
            int count = 0;
            for (int i = from; i < to; i++) {
                count += text[i] == candidate ? 1 : 0;
            }
            if (count > most) {
                most = count;
                best = candidate;
            }
        }
        return best;
    }

    private List<String> fields(int from, int to) {
        List<String> fields = new ArrayList<>();
        int start = from;
        while (start <= to) {
            int end = fieldEnd(start, to);
            fields.add(unquoted(start, end));
            start = end + 1;
        }
        return fields;
    }

    private int fieldEnd(int from, int to) {
        int i = from;
        boolean quoted = false;
        while (i < to && (quoted || text[i] != delimiter)) {
            quoted ^= text[i] == QUOTE;
            i++;
        }
        return i;
    }

    private String unquoted(int from, int to) {
        String field = new String(text, from, to - from, StandardCharsets.UTF_8).trim();
        boolean quoted = field.length() >= 2 && field.charAt(0) == '"' && field.endsWith("\"");
        return quoted ? field.substring(1, field.length() - 1).replace("\"\"", "\"") : field;
    }

    /** The loop over the data lines. */
    private final class Rows {
        private final RawTable table;
        private final Layout layout;
        private final boolean closeOnly;
        private final List<String> header;
        private final Map<String, Integer> ids = new HashMap<>();
        private int symbolFrom = -1;
        private int symbolLength = -1;
        private int symbolId;

        Rows(RawTable table, Layout layout, List<String> header) {
            this.table = table;
            this.layout = layout;
            this.closeOnly = layout.closeOnly();
            this.header = header;
        }

        void read() {
            while (at < text.length) {
                int end = lineEnd(at);
                if (!blank(at, end)) {
                    row(at, end);
                }
                advance(end);
            }
        }

        private void row(int from, int to) {
            int brokenBefore = table.broken.size();
            int row = table.addRow(line);
            int column = 0;
            int start = from;
            while (start <= to && column < layout.columns()) {
                int end = fieldEnd(start, to);
                if (layout.role(column) != Layout.SKIP) {
                    field(row, column, start, end);
                } else if (table.words.get(column).isPresent()) {
                    table.words.get(column).get().look(row, unquoted(start, end));
                }
                column++;
                start = end + 1;
            }
            boolean tooLong = start <= to && !blank(start, to);
            if (column < layout.columns() || tooLong) {
                table.dropLastRow();
                table.broken.subList(brokenBefore, table.broken.size()).clear();
                table.cutLines.add(line);
            } else if (closeOnly) {
                double close = table.prices[RawTable.CLOSE][row];
                for (int field = RawTable.OPEN; field < RawTable.CLOSE; field++) {
                    table.prices[field][row] = close;
                }
            }
        }

        private void field(int row, int column, int start, int end) {
            int from = start;
            int to = end;
            if (to - from >= 2 && text[from] == QUOTE && text[to - 1] == QUOTE) {
                from++;
                to--;
            }
            int role = layout.role(column);
            if (role == Layout.TIME) {
                table.times[row] = TimeFormat.nanos(form, text, from, to);
                if (table.times[row] == TimeText.NONE) {
                    table.addBroken(line, header.get(column), unquoted(start, end));
                }
            } else if (role == Layout.AVAILABLE) {
                known(row, column, from, to);
            } else if (role == Layout.REVISION) {
                table.revisions[row] = (int) Math.max(0, Decimals.parse(text, from, to));
            } else if (role == Layout.SYMBOL) {
                table.symbolIds[row] = symbol(from, to);
            } else {
                number(row, column, from, to);
            }
        }

        private void known(int row, int column, int from, int to) {
            long known = Knowledge.parse(text, from, to, form);
            table.available[row] = known;
            table.isNumeric &= known == TimeText.NONE || !Double.isNaN(Decimals.parse(text, from, to));
            if (known == Knowledge.BROKEN) {
                table.addBroken(line, header.get(column), unquoted(from, to));
            }
        }

        private void number(int row, int column, int from, int to) {
            double value = Decimals.parse(text, from, to);
            int role = layout.role(column);
            if (role >= Layout.FIRST_EXTRA) {
                table.extras[role - Layout.FIRST_EXTRA][row] = value;
                return;
            }
            if (Decimals.isBroken(value)) {
                table.addBroken(line, header.get(column), unquoted(from, to));
                // text in a volume breaks a rule, an empty volume does not
                value = role == RawTable.VOLUME ? Double.POSITIVE_INFINITY : Double.NaN;
            }
            table.prices[role][row] = value;
        }

        /** The number of a symbol; most rows repeat the symbol of the row above. */
        private int symbol(int from, int to) {
            boolean same = symbolLength == to - from;
            for (int i = 0; same && i < symbolLength; i++) {
                same = text[symbolFrom + i] == text[from + i];
            }
            if (!same) {
                symbolFrom = from;
                symbolLength = to - from;
                String name = new String(text, from, to - from, StandardCharsets.UTF_8).trim();
                symbolId = ids.computeIfAbsent(name, key -> {
                    table.symbols.add(key);
                    return table.symbols.size() - 1;
                });
            }
            return symbolId;
        }
    }
}
