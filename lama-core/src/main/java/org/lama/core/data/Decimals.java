package org.lama.core.data;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Decimal text to the nearest double, exactly as {@link Double#parseDouble} does. Numbers of up to 15 digits and small
 * exponents need one correctly rounded multiplication or division; the rest goes to the JDK. Stateless.
 */
final class Decimals {
    /** What {@link #parse} gives for text that is no number; missing values give the plain NaN. */
    static final double BROKEN = Double.longBitsToDouble(0x7ff8_0000_0000_0b0dL);

    private static final long BROKEN_BITS = Double.doubleToRawLongBits(BROKEN);
    private static final int EXACT_POWER = 22;
    private static final int EXACT_DIGITS = 15;
    private static final double[] POWERS = new double[EXACT_POWER + 1];

    static {
        for (int i = 0; i <= EXACT_POWER; i++) {
            POWERS[i] = Double.parseDouble("1e" + i);
        }
    }

    private Decimals() {}

    static boolean isBroken(double value) {
        return Double.doubleToRawLongBits(value) == BROKEN_BITS;
    }

    /** The number; NaN for an empty field or a word for nothing, {@link #BROKEN} for other text. */
    static double parse(byte[] text, int from, int to) {
        int at = from;
        int last = to;
        while (at < last && isBlank(text[at])) {
            at++;
        }
        while (last > at && isBlank(text[last - 1])) {
            last--;
        }
        int start = at;
        boolean negative = at < last && text[at] == '-';
        if (negative || (at < last && text[at] == '+')) {
            at++;
        }
        long mantissa = 0;
        int digits = 0;
        int scale = 0;
        boolean point = false;
        int first = at;
        for (; at < last; at++) {
            int c = text[at];
            if (c >= '0' && c <= '9') {
                mantissa = mantissa * 10 + (c - '0');
                digits += mantissa == 0 ? 0 : 1;
                scale += point ? 1 : 0;
            } else if (c == '.' && !point) {
                point = true;
            } else {
                return slow(text, start, last);
            }
            if (digits > EXACT_DIGITS) {
                return slow(text, start, last);
            }
        }
        if (at - first == (point ? 1 : 0) || scale > EXACT_POWER) {
            return slow(text, start, last);
        }
        double value = scale == 0 ? mantissa : mantissa / POWERS[scale];
        return negative ? -value : value;
    }

    /** White space and control characters; bytes of other alphabets are negative. */
    static boolean isBlank(byte character) {
        return character >= 0 && character <= ' ';
    }

    private static double slow(byte[] text, int from, int to) {
        // Latin-1 needs no decoding; letters beyond ASCII make no number in any alphabet
        String word = new String(text, from, to - from, StandardCharsets.ISO_8859_1);
        char last = word.isEmpty() ? ' ' : word.charAt(word.length() - 1);
        if (last >= '0' && last <= '9') {
            return number(word);
        }
        switch (word.toLowerCase(Locale.ROOT)) {
            case "", "nan", "null", "none", "na", "n/a", "-", "nil" -> {
                return Double.NaN;
            }
            case "inf", "+inf", "infinity", "+infinity" -> {
                return Double.POSITIVE_INFINITY;
            }
            case "-inf", "-infinity" -> {
                return Double.NEGATIVE_INFINITY;
            }
            default -> {
                return number(word);
            }
        }
    }

    private static double number(String word) {
        for (int i = 0; i < word.length(); i++) {
            // the JDK also takes hexadecimal and type letters (0x1p3, 1d, 1f), which no file of prices means
            char c = word.charAt(i);
            if ((c < '0' || c > '9') && ".eE+-".indexOf(c) < 0) {
                return BROKEN;
            }
        }
        try {
            return Double.parseDouble(word);
        } catch (NumberFormatException e) {
            return BROKEN;
        }
    }
}
