package org.lama.core.base;

import org.jspecify.annotations.Nullable;

/**
 * Argument checks that return their argument and say name, rule and value when they fail. NaN never passes a numeric
 * check. Stateless and thread-safe; O(1).
 *
 * @since 0.1.0
 */
@Api(Api.Status.STABLE)
public final class Check {
    /** From here on whole numbers are written with an exponent. */
    private static final double LARGEST_SHOWN_WHOLE = 1e12;

    private Check() {}

    /**
     * Requires a reference to be present.
     *
     * @param <T> type of the value
     * @param value the value
     * @param name its name in the message
     * @return the value
     * @throws IllegalArgumentException if the value is absent
     */
    public static <T> T notNull(@Nullable T value, String name) {
        if (value == null) {
            throw new IllegalArgumentException(name + " must not be null");
        }
        return value;
    }

    /**
     * Requires text that holds something else than white space.
     *
     * @param value the text
     * @param name its name in the message
     * @return the text
     * @throws IllegalArgumentException if the text is blank
     */
    public static String notBlank(String value, String name) {
        if (notNull(value, name).isBlank()) {
            throw new IllegalArgumentException(name + " must not be blank");
        }
        return value;
    }

    /**
     * Requires a finite number above zero.
     *
     * @param value the number
     * @param name its name in the message
     * @return the number
     * @throws IllegalArgumentException if the number is NaN, infinite, zero or negative
     */
    public static double positive(double value, String name) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " must be finite and > 0, got " + shown(value));
        }
        return value;
    }

    /**
     * Requires a finite number that is not negative.
     *
     * @param value the number
     * @param name its name in the message
     * @return the number
     * @throws IllegalArgumentException if the number is NaN, infinite or negative
     */
    public static double notNegative(double value, String name) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " must be finite and >= 0, got " + shown(value));
        }
        return value;
    }

    /**
     * Requires a finite number.
     *
     * @param value the number
     * @param name its name in the message
     * @return the number
     * @throws IllegalArgumentException if the number is NaN or infinite
     */
    public static double finite(double value, String name) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(name + " must be finite, got " + value);
        }
        return value;
    }

    /**
     * Requires a number inside a closed interval.
     *
     * @param value the number
     * @param low the smallest allowed value
     * @param high the largest allowed value
     * @param name its name in the message
     * @return the number
     * @throws IllegalArgumentException if the number is NaN or outside
     */
    public static double inRange(double value, double low, double high, String name) {
        if (!(value >= low && value <= high)) {
            throw new IllegalArgumentException(
                    name + " must be in [" + shown(low) + ", " + shown(high) + "], got " + shown(value));
        }
        return value;
    }

    /** Many settings are integers: whole numbers stand without a fraction. */
    private static String shown(double value) {
        boolean whole = value == Math.rint(value) && Math.abs(value) < LARGEST_SHOWN_WHOLE;
        return whole ? Long.toString((long) value) : Double.toString(value);
    }

    /**
     * Requires an integer of at least a bound.
     *
     * @param value the integer
     * @param low the smallest allowed value
     * @param name its name in the message
     * @return the integer
     * @throws IllegalArgumentException if the integer is smaller
     */
    public static int atLeast(int value, int low, String name) {
        if (value < low) {
            throw new IllegalArgumentException(name + " must be >= " + low + ", got " + value);
        }
        return value;
    }

    /**
     * Requires a condition.
     *
     * @param condition what must hold
     * @param message name, rule and value, as one sentence
     * @throws IllegalArgumentException if the condition does not hold
     */
    public static void that(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
