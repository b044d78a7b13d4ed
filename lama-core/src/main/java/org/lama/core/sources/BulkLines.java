package org.lama.core.sources;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads the lines of a bulk file: with or without a header, times in milliseconds or, since 2025 for spot, microseconds,
 * told by their size. Not thread-safe.
 */
final class BulkLines {
    private static final DateTimeFormatter TEXT_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    private static final double LEAST_MICROS = 1e14;
    private static final double MOST_MICROS = 9e15;
    private static final long MILLI = 1_000_000L;

    private final String source;
    private final BulkName name;
    private final BulkLayout layout;
    private final double contractSize;
    private final int[] place;
    private String[] fields = {};
    private long line;
    private long rows;

    BulkLines(String source, BulkName name, double contractSize) {
        this.source = source;
        this.name = name;
        layout = name.layout();
        this.contractSize = contractSize;
        place = new int[layout.names().size()];
        Arrays.setAll(place, i -> i);
    }

    long rows() {
        return rows;
    }

    /** The row of a line; empty for a header and for an empty line. */
    Optional<Row> line(String text) throws SourceException {
        line++;
        if (text.isEmpty()) {
            return Optional.empty();
        }
        fields = text.split(",", -1);
        if (line == 1 && isHeader(text)) {
            header();
            return Optional.empty();
        }
        rows++;
        return Optional.of(row());
    }

    private boolean isHeader(String text) {
        char first = text.charAt(0);
        return !(first >= '0' && first <= '9');
    }

    /** A header decides where columns are; those that we do not know are ignored. */
    private void header() throws SourceException {
        List<String> there = new ArrayList<>();
        for (String field : fields) {
            there.add(field.strip().toLowerCase(Locale.ROOT).replace("\uFEFF", ""));
        }
        for (int i = 0; i < place.length; i++) {
            List<String> names = layout.names().get(i);
            int found = names.stream()
                    .mapToInt(there::indexOf)
                    .filter(at -> at >= 0)
                    .findFirst()
                    .orElse(-1);
            if (found < 0) {
                throw new SourceException(
                        SourceException.Reason.MISSING_FIELD,
                        source,
                        names.get(0),
                        "required column '" + names.get(0) + "' is missing in " + name.file() + ", which has " + there
                                + "; the venue may have changed its files");
            }
            place[i] = found;
        }
    }

    private Row row() throws SourceException {
        return switch (layout) {
            case KLINES -> bar();
            case AGG_TRADES -> Row.at(time(5), whole(0), number(1), number(2), side(6));
            case TRADES -> Row.at(time(4), whole(0), number(1), number(2), side(5));
            case FUNDING -> Row.at(time(0), 0, number(2), number(1));
            case METRICS -> metrics();
        };
    }

    private Row bar() throws SourceException {
        double[] values = new double[layout.columns().size()];
        for (int i = 0; i < 5; i++) {
            values[i] = number(i + 1);
        }
        values[5] = number(7);
        values[6] = number(8);
        values[7] = number(9);
        if (contractSize > 0) {
            values[7] = number(10);
            BinanceReplies.swap(values, contractSize);
        }
        return Row.at(time(0), 0, values);
    }

    private Row metrics() throws SourceException {
        String symbol = field(1);
        if (!symbol.equals(name.symbol())) {
            throw wrong(1, "the symbol " + name.symbol());
        }
        return Row.at(textTime(0), 0, number(2), number(3));
    }

    private String field(int column) throws SourceException {
        if (place[column] >= fields.length) {
            throw new SourceException(
                    SourceException.Reason.MISSING_FIELD,
                    source,
                    layout.names().get(column).get(0),
                    "required field '" + layout.names().get(column).get(0) + "' is missing in line " + line + " of "
                            + name.file() + ", which has " + fields.length + " fields");
        }
        return fields[place[column]];
    }

    private double number(int column) throws SourceException {
        String text = field(column);
        if (Decimal.isNothing(text) || Decimal.isNumber(text)) {
            return Decimal.parse(text);
        }
        throw wrong(column, "a number");
    }

    private long whole(int column) throws SourceException {
        double number = number(column);
        if (!(number == Math.rint(number) && Math.abs(number) < MOST_MICROS)) {
            throw wrong(column, "an integer");
        }
        return (long) number;
    }

    private long time(int column) throws SourceException {
        long number = whole(column);
        if (number < 0) {
            throw wrong(column, "a time since 1970");
        }
        return number >= LEAST_MICROS ? number * 1000 : number * MILLI;
    }

    private long textTime(int column) throws SourceException {
        String text = field(column);
        try {
            return LocalDateTime.parse(text, TEXT_TIME).toEpochSecond(ZoneOffset.UTC) * 1_000_000_000L;
        } catch (DateTimeException e) {
            throw wrong(column, "a time such as 2024-01-31 00:05:00");
        }
    }

    private int side(int column) throws SourceException {
        String text = field(column).toLowerCase(Locale.ROOT);
        if (!text.equals("true") && !text.equals("false")) {
            throw wrong(column, "true or false");
        }
        return BinanceReplies.side(text.equals("true"));
    }

    private SourceException wrong(int column, String wanted) throws SourceException {
        String text = field(column);
        String column0 = layout.names().get(column).get(0);
        return new SourceException(
                SourceException.Reason.WRONG_VALUE,
                source,
                column0,
                "field '" + column0 + "' must be " + wanted + " in line " + line + " of " + name.file() + ", got '"
                        + (text.length() > 60 ? text.substring(0, 60) + "…" : text) + "'");
    }
}
