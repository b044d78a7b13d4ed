package org.lama.backtest.api;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/** Numbers of documents for people: every digit, no powers of ten, thousands apart. */
final class PlainNumbers {
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?([eE][-+]?\\d{1,3})?");
    private static final BigDecimal SMALLEST = new BigDecimal("1e-12");

    private PlainNumbers() {}

    /** A number as it reads best; every other text as it is. */
    static String of(String json) {
        if (!NUMBER.matcher(json).matches()) {
            return json;
        }
        BigDecimal value = new BigDecimal(json);
        // an error of rounding is not worth its hundred zeros
        if (value.signum() != 0 && value.abs().compareTo(SMALLEST) < 0) {
            return json;
        }
        BigDecimal whole = value.stripTrailingZeros();
        String text = whole.abs().setScale(Math.max(0, whole.scale())).toPlainString();
        int point = text.indexOf('.') < 0 ? text.length() : text.indexOf('.');
        StringBuilder out = new StringBuilder(text);
        for (int at = point - 3; at > 0; at -= 3) {
            out.insert(at, ',');
        }
        return (value.signum() < 0 ? "-" : "") + out;
    }
}
