package org.lama.core.search;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The little JSON that the trial ledger needs, read strictly: one object on one line whose values are texts, numbers, null
 * (NaN) or objects of the same kind, at most four deep. This package stands below the one that owns the JSON library.
 */
final class JsonLine {
    private static final int MAXIMUM_DEPTH = 4;
    private final String text;
    private int at;

    private JsonLine(String text) {
        this.text = text;
    }

    /** Values are String, Double (NaN for null) or Map; throws IllegalArgumentException naming the column. */
    static Map<String, Object> parse(String text) {
        JsonLine reader = new JsonLine(text);
        Map<String, Object> object = reader.object(1);
        reader.skipSpace();
        if (reader.at != text.length()) {
            throw reader.wrong("end of the line");
        }
        return object;
    }

    static void appendText(StringBuilder out, String value) {
        out.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < 0x20 || Character.isSurrogate(c)) {
                out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    /** Double.toString reads back to the same bits; JSON has no NaN, so it becomes null. */
    static void appendNumber(StringBuilder out, double value) {
        out.append(Double.isNaN(value) ? "null" : Double.toString(value));
    }

    private Map<String, Object> object(int depth) {
        if (depth > MAXIMUM_DEPTH) {
            throw wrong("at most " + MAXIMUM_DEPTH + " nested objects");
        }
        Map<String, Object> members = new LinkedHashMap<>();
        expect('{');
        skipSpace();
        if (peek() == '}') {
            at++;
            return members;
        }
        while (true) {
            skipSpace();
            String name = string();
            skipSpace();
            expect(':');
            if (members.put(name, value(depth)) != null) {
                throw wrong("no second member \"" + name + "\"");
            }
            skipSpace();
            if (peek() == '}') {
                at++;
                return members;
            }
            expect(',');
        }
    }

    private Object value(int depth) {
        skipSpace();
        char c = peek();
        if (c == '"') {
            return string();
        }
        if (c == '{') {
            return object(depth + 1);
        }
        if (text.startsWith("null", at)) {
            at += 4;
            return Double.NaN;
        }
        return number();
    }

    private String string() {
        expect('"');
        StringBuilder out = new StringBuilder();
        while (true) {
            char c = peek();
            at++;
            if (c == '"') {
                return out.toString();
            }
            if (c < 0x20) {
                at--;
                throw wrong("a closing quote");
            }
            out.append(c == '\\' ? escaped() : c);
        }
    }

    private char escaped() {
        char c = peek();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> hexadecimal();
            default -> throw wrong("an escape of JSON");
        };
    }

    private char hexadecimal() {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(peek(), 16);
            if (digit < 0) {
                throw wrong("four hexadecimal digits");
            }
            code = code * 16 + digit;
            at++;
        }
        return (char) code;
    }

    private double number() {
        int from = at;
        while (at < text.length() && "+-.0123456789eE".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        String digits = text.substring(from, at);
        if (!digits.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?")) {
            at = from;
            throw wrong("a text, a number, null or an object");
        }
        double value = Double.parseDouble(digits);
        if (Double.isInfinite(value)) {
            at = from;
            throw wrong("a number that a double can hold");
        }
        return value;
    }

    private void skipSpace() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
    }

    private void expect(char wanted) {
        if (peek() != wanted) {
            throw wrong("'" + wanted + "'");
        }
        at++;
    }

    /** The end of the line reads as a line feed, which no line holds. */
    private char peek() {
        return at < text.length() ? text.charAt(at) : '\n';
    }

    private IllegalArgumentException wrong(String wanted) {
        String got = at < text.length() ? "'" + text.charAt(at) + "'" : "the end";
        return new IllegalArgumentException("column " + (at + 1) + ": expected " + wanted + ", got " + got);
    }
}
