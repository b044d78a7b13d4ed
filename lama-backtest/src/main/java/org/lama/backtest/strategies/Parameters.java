package org.lama.backtest.strategies;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Suggestion;

/**
 * The parameters of a strategy: what was given by name, and what the strategy asked for, with its defaults. A strategy
 * asks for all of them in its constructor; what was given and never asked for is an error that names the nearest right
 * one.
 *
 * <pre>{@code
 * public Crossing(Parameters p) {
 *     fast = p.integer("fast", 20, 1, 10_000);
 *     slow = p.integer("slow", 100, 2, 100_000);
 * }
 * }</pre>
 *
 * Mutable while a strategy is built; for one thread.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Parameters {
    private final Map<String, String> given;
    private final Map<String, String> asked = new LinkedHashMap<>();

    private Parameters(Map<String, String> given) {
        this.given = given;
    }

    /**
     * Parameters by name.
     *
     * @param values texts by name, copied; may be empty: then all have their defaults
     * @return the parameters
     */
    public static Parameters of(Map<String, String> values) {
        return new Parameters(new LinkedHashMap<>(values));
    }

    /**
     * A whole number of at least 1.
     *
     * @param name of the parameter
     * @param otherwise its default
     * @return the given value or the default
     * @throws IllegalArgumentException if it is no whole number or below 1
     */
    public int integer(String name, int otherwise) {
        return integer(name, otherwise, 1, Integer.MAX_VALUE);
    }

    /**
     * A whole number in a range.
     *
     * @param name of the parameter
     * @param otherwise its default
     * @param low smallest value
     * @param high largest value
     * @return the given value or the default
     * @throws IllegalArgumentException if it is no whole number or out of range
     */
    public int integer(String name, int otherwise, int low, int high) {
        String text = text(name, Integer.toString(otherwise));
        int value;
        try {
            value = Integer.parseInt(text.strip());
        } catch (NumberFormatException wrong) {
            throw new IllegalArgumentException(
                    "parameter " + name + " must be a whole number, got '" + text + "'", wrong);
        }
        Check.that(
                value >= low && value <= high,
                "parameter " + name + " must be "
                        + (high == Integer.MAX_VALUE ? ">= " + low : "in [" + low + ", " + high + "]") + ", got "
                        + value);
        return value;
    }

    /**
     * A number in a range.
     *
     * @param name of the parameter
     * @param otherwise its default
     * @param low smallest value
     * @param high largest value
     * @return the given value or the default
     * @throws IllegalArgumentException if it is no number or out of range
     */
    public double number(String name, double otherwise, double low, double high) {
        String text = text(name, plain(otherwise));
        double value;
        try {
            value = Double.parseDouble(text.strip());
        } catch (NumberFormatException wrong) {
            throw new IllegalArgumentException("parameter " + name + " must be a number, got '" + text + "'", wrong);
        }
        Check.that(
                value >= low && value <= high,
                "parameter " + name + " must be in [" + plain(low) + ", " + plain(high) + "], got " + text);
        return value;
    }

    /**
     * A finite number.
     *
     * @param name of the parameter
     * @param otherwise its default
     * @return the given value or the default
     * @throws IllegalArgumentException if it is no finite number
     */
    public double number(String name, double otherwise) {
        return number(name, otherwise, -Double.MAX_VALUE, Double.MAX_VALUE);
    }

    /**
     * A truth value.
     *
     * @param name of the parameter
     * @param otherwise its default
     * @return the given value or the default
     * @throws IllegalArgumentException if it is neither true nor false
     */
    public boolean flag(String name, boolean otherwise) {
        String text = text(name, Boolean.toString(otherwise)).strip().toLowerCase(Locale.ROOT);
        Check.that(
                text.equals("true") || text.equals("false"),
                "parameter " + name + " must be true or false, got '" + text + "'");
        return text.equals("true");
    }

    /**
     * A text.
     *
     * @param name of the parameter
     * @param otherwise its default
     * @return the given value or the default
     */
    public String text(String name, String otherwise) {
        String value = given.getOrDefault(Check.notBlank(name, "name"), otherwise);
        asked.put(name, value);
        return value;
    }

    /**
     * All parameters that were asked for so far, with the values in force.
     *
     * @return a copy in the order of asking
     */
    public Map<String, String> effective() {
        return new LinkedHashMap<>(asked);
    }

    /** Complains about what was given and never asked for. */
    void requireAllAsked(String strategy) {
        List<String> known = List.copyOf(asked.keySet());
        for (String name : given.keySet()) {
            Check.that(
                    asked.containsKey(name),
                    "strategy " + strategy + " has no parameter '" + name + "'; "
                            + (known.isEmpty() ? "it has none" : "it has " + known + Suggestion.alike(name, known)));
        }
    }

    private static String plain(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }
}
