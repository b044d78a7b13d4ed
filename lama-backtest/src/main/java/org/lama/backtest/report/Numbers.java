package org.lama.backtest.report;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Numbers as text that reads the same everywhere: fixed decimals, a point, thin spaces between thousands (1 234 567.8), a
 * true minus sign, and never "-0".
 */
final class Numbers {
    /** What stands where a number is missing. */
    static final String MISSING = "–";

    private static final char MINUS = '\u2212';

    private Numbers() {}

    /** Rounded half to even; NaN gives a dash, infinities a sign. */
    static String fixed(double value, int decimals) {
        if (Double.isNaN(value)) {
            return MISSING;
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "∞" : MINUS + "∞";
        }
        return sign(new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN));
    }

    private static String sign(BigDecimal rounded) {
        String text = apart(rounded.abs().toPlainString());
        return rounded.signum() < 0 ? MINUS + text : text;
    }

    /** Thin spaces between thousands. */
    private static String apart(String digits) {
        int end = digits.indexOf('.') < 0 ? digits.length() : digits.indexOf('.');
        StringBuilder out = new StringBuilder(digits);
        for (int at = end - 3; at > 0; at -= 3) {
            out.insert(at, '\u202f');
        }
        return out.toString();
    }

    /** A fraction as per cent: 0.123 gives "12.3%". */
    static String percent(double fraction, int decimals) {
        String text = fixed(fraction * 100, decimals);
        return Double.isFinite(fraction) ? text + "%" : text;
    }

    /** At most the given significant digits, a whole number in full, trailing zeros cut, powers of ten beyond 1e-5 and 1e9. */
    static String significant(double value, int digits) {
        if (!Double.isFinite(value) || value == 0) {
            return fixed(value, 0);
        }
        double size = Math.abs(value);
        if (size >= 1e9 || size < 1e-4) {
            int exponent = (int) Math.floor(Math.log10(size));
            double mantissa = value / Math.pow(10, exponent);
            return fixed(mantissa, Math.max(0, digits - 1)) + "e" + sign(new BigDecimal(exponent));
        }
        int decimals = Math.max(0, digits - 1 - (int) Math.floor(Math.log10(size)));
        BigDecimal rounded = new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN);
        return sign(decimals > 0 ? strip(rounded) : rounded);
    }

    private static BigDecimal strip(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    /** Decimals that give the largest of several values three digits, so that all of them read alike; 0 to 4. */
    static int decimalsFor(double... values) {
        double largest = 0;
        for (double value : values) {
            largest = Double.isFinite(value) ? Math.max(largest, Math.abs(value)) : largest;
        }
        return largest > 0 ? (int) Math.max(0, Math.min(4, 2 - Math.floor(Math.log10(largest)))) : 0;
    }

    /** Short for axes: 950, 1.2k, 3.4M, 5B. */
    static String compact(double value) {
        double size = Math.abs(value);
        if (!(size >= 1e4)) {
            return significant(value, 4);
        }
        if (size >= 1e12) {
            return significant(value, 3);
        }
        String unit = size >= 1e9 ? "B" : size >= 1e6 ? "M" : "k";
        double scale = size >= 1e9 ? 1e9 : size >= 1e6 ? 1e6 : 1e3;
        return significant(value / scale, 3) + unit;
    }

    /** A pixel coordinate with at most one decimal. */
    static String pixel(double value) {
        long tenths = Math.round(value * 10);
        long whole = Math.abs(tenths) / 10;
        long rest = Math.abs(tenths) % 10;
        return (tenths < 0 ? "-" : "") + whole + (rest == 0 ? "" : "." + rest);
    }
}
