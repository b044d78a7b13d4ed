package org.lama.core.sources;

/**
 * Numbers as venues write them, to the nearest double: the same double as through {@link java.math.BigDecimal}, without
 * the forms that only Java knows (hexadecimal, type letters, blanks). Stateless.
 */
final class Decimal {
    private Decimal() {}

    /** Whether text is a plain decimal number: sign, digits with at most one point, exponent. */
    static boolean isNumber(String text) {
        int at = 0;
        int end = text.length();
        if (at < end && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
            at++;
        }
        int digits = 0;
        boolean point = false;
        for (; at < end; at++) {
            char c = text.charAt(at);
            if (c >= '0' && c <= '9') {
                digits++;
            } else if (c == '.' && !point) {
                point = true;
            } else {
                break;
            }
        }
        return digits > 0 && (at == end || isExponent(text, at));
    }

    private static boolean isExponent(String text, int from) {
        int at = from;
        if (text.charAt(at) != 'e' && text.charAt(at) != 'E') {
            return false;
        }
        at++;
        if (at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
            at++;
        }
        int first = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at > first && at == text.length() && at - first <= 4;
    }

    /** Whether text says that there is no number: empty, or the word for it. */
    static boolean isNothing(String text) {
        return text.isEmpty() || text.equalsIgnoreCase("nan") || text.equalsIgnoreCase("null");
    }

    /** The number; NaN where text says that there is none. */
    static double parse(String text) {
        return isNothing(text) ? Double.NaN : Double.parseDouble(text);
    }
}
