package org.lama.core.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Splits a stream of text into rows and cells without holding more than one row: comma, semicolon or tab, told by the
 * first row; quotes with doubled quotes and line ends inside (RFC 4180); byte order mark; all three line ends. One
 * instance reads one stream.
 */
final class DelimitedText {
    private static final int BLOCK_BYTES = 1 << 16;
    private static final int LONGEST_ROW_BYTES = 1 << 24;
    private static final byte QUOTE = '"';

    private final InputStream in;
    private final String source;
    private byte[] buffer = new byte[BLOCK_BYTES];
    private int at;
    private int limit;
    private boolean ended;
    private byte delimiter = ',';
    private int rowFrom;
    private long line;
    private long nextLine = 1;
    private int count;
    private Optional<TimeFormat> form = Optional.empty();
    /** Where the cells of the row begin and end, counted from the row's first byte. */
    private int[] from = new int[16];

    private int[] to = new int[16];

    DelimitedText(InputStream in, String source) throws IOException {
        this.in = in;
        this.source = source;
        while (limit < BLOCK_BYTES && refill()) {
            // a pipe gives its bytes in small pieces, and the delimiter is told by the whole header
        }
        boolean mark = limit >= 3 && buffer[0] == (byte) 0xef && buffer[1] == (byte) 0xbb && buffer[2] == (byte) 0xbf;
        at = mark ? 3 : 0;
        rowFrom = at;
        requireText();
        delimiter = likelyDelimiter();
    }

    /** What number the first line has, before any row is read: 0 for a header that the file itself leaves out. */
    void firstLine(long number) {
        nextLine = number;
    }

    /** How times are written, if not in one of the usual forms; before any row is read. */
    void times(Optional<TimeFormat> written) {
        form = written;
    }

    /** Moves to the next row; false behind the last one. */
    boolean next() throws IOException {
        rowFrom = at;
        line = nextLine;
        count = 0;
        if (peek() < 0) {
            return false;
        }
        while (cell()) {
            at++;
        }
        if (peek() == '\r') {
            at++;
        } else if (peek() == '\n') {
            at++;
            nextLine++;
            return true;
        }
        if (peek() == '\n') {
            at++;
        }
        nextLine++;
        return true;
    }

    /** The line of the file, from 1, on which the row begins. */
    long line() {
        return line;
    }

    /** Number of cells of the row, at least 1. */
    int cells() {
        return count;
    }

    /** Whether the row holds nothing but white space, so that it is an empty line; a quoted empty text is a cell. */
    boolean isBlank() {
        return count == 1 && isBlank(0) && (from[0] == 0 || buffer[rowFrom + from[0] - 1] != QUOTE);
    }

    boolean isBlank(int cell) {
        for (int i = rowFrom + from[cell]; i < rowFrom + to[cell]; i++) {
            if (!Decimals.isBlank(buffer[i])) {
                return false;
            }
        }
        return true;
    }

    double number(int cell) {
        return Decimals.parse(buffer, rowFrom + from[cell], rowFrom + to[cell]);
    }

    long time(int cell) {
        return TimeFormat.nanos(form, buffer, rowFrom + from[cell], rowFrom + to[cell]);
    }

    long known(int cell) {
        return Knowledge.parse(buffer, rowFrom + from[cell], rowFrom + to[cell], form);
    }

    String text(int cell) {
        return new String(buffer, rowFrom + from[cell], to[cell] - from[cell], StandardCharsets.UTF_8)
                .replace("\"\"", "\"")
                .trim();
    }

    List<String> texts() {
        List<String> texts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            texts.add(text(i));
        }
        return texts;
    }

    /** Reads one cell and stops behind it; true if a delimiter follows, so that there is one more. */
    private boolean cell() throws IOException {
        while (peek() != delimiter && (peek() == ' ' || peek() == '\t')) {
            at++;
        }
        int start = at - rowFrom;
        if (peek() == QUOTE) {
            quotedCell(start);
        } else {
            toDelimiter();
            add(start, at - rowFrom);
        }
        return peek() == delimiter;
    }

    private void quotedCell(int start) throws IOException {
        long lines = nextLine;
        boolean inside = true;
        at++;
        while (inside || peek() == QUOTE) {
            int c = peek();
            if (c < 0) {
                throw new DataException(
                        source, line, "", "a quote is opened and never closed", "close it, or double quotes in texts");
            }
            if (c == QUOTE) {
                inside = !inside;
            } else if (c == '\n') {
                nextLine++;
            }
            at++;
        }
        int end = at - rowFrom - 1;
        toDelimiter();
        boolean more = false;
        for (int i = rowFrom + end + 1; i < at; i++) {
            more |= !Decimals.isBlank(buffer[i]);
        }
        if (more && nextLine > lines) {
            // a stray quote would otherwise swallow whole rows
            throw new DataException(
                    source, line, "", "text follows a closing quote", "double the quotes that belong to a text");
        }
        add(more ? start : start + 1, more ? at - rowFrom : end);
    }

    private void toDelimiter() throws IOException {
        do {
            while (at < limit && buffer[at] != delimiter && buffer[at] != '\n' && buffer[at] != '\r') {
                at++;
            }
        } while (at == limit && refill());
    }

    private void add(int start, int end) {
        if (count == from.length) {
            from = Arrays.copyOf(from, 2 * count);
            to = Arrays.copyOf(to, 2 * count);
        }
        from[count] = start;
        to[count] = end;
        count++;
    }

    /** The byte here, -1 at the end of the stream. */
    private int peek() throws IOException {
        return at < limit || refill() ? buffer[at] & 0xff : -1;
    }

    /** Gets more bytes behind those of the present row; false at the end of the stream. */
    private boolean refill() throws IOException {
        if (ended) {
            return false;
        }
        if (rowFrom > 0) {
            System.arraycopy(buffer, rowFrom, buffer, 0, limit - rowFrom);
            at -= rowFrom;
            limit -= rowFrom;
            rowFrom = 0;
        }
        if (limit == buffer.length) {
            if (limit >= LONGEST_ROW_BYTES) {
                throw new DataException(
                        source,
                        line,
                        "",
                        "the row has more than " + LONGEST_ROW_BYTES + " bytes",
                        "give a table with line ends, and look for a quote that is not closed");
            }
            buffer = Arrays.copyOf(buffer, 2 * limit);
        }
        int read = in.read(buffer, limit, buffer.length - limit);
        ended = read < 0;
        limit += Math.max(0, read);
        return read > 0 || (!ended && refill());
    }

    /** Tables of other programs would otherwise end in strange words about columns. */
    private void requireText() throws DataException {
        boolean wide = limit >= 2 && (buffer[0] & 0xff) + (buffer[1] & 0xff) == 0xff + 0xfe && buffer[0] < 0;
        if (wide) {
            throw new DataException(source, 0, "", "the text is UTF-16", "save it as CSV in UTF-8");
        }
        for (int i = 0; i < Math.min(limit, 512); i++) {
            if (buffer[i] >= 0 && buffer[i] < 9) {
                throw new DataException(
                        source,
                        0,
                        "",
                        "this is no text but a binary file",
                        "give a CSV file with a header, plain or gzip");
            }
        }
    }

    private byte likelyDelimiter() throws IOException {
        byte best = ',';
        int most = 0;
        for (byte candidate : new byte[] {',', ';', '\t'}) {
            int found = 0;
            boolean quoted = false;
            boolean named = false;
            for (int i = at; i < limit; i++) {
                byte c = buffer[i];
                if ((c == '\n' || c == '\r') && !quoted && named) {
                    break;
                }
                named |= !Decimals.isBlank(c);
                quoted ^= c == QUOTE;
                found += c == candidate && !quoted ? 1 : 0;
            }
            if (found > most) {
                most = found;
                best = candidate;
            }
        }
        return best;
    }
}
