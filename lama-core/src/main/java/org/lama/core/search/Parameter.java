package org.lama.core.search;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Suggestion;

/**
 * One dimension of a {@link ParameterSpace}: a range of whole or real numbers, linear or logarithmic, or a list of
 * choices. A value stands in calculations as its coordinate: the number itself, or the index of the choice. Every case
 * is immutable and thread-safe; all methods are O(1), for choices O(choices).
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public sealed interface Parameter {
    /** Whole numbers up to this are exact as coordinates. */
    long LARGEST_WHOLE = 1L << 53;

    /**
     * The name, unique in its space: letters, digits, {@code _} and {@code .}, not beginning with a digit.
     *
     * @return the name
     */
    String name();

    /**
     * When the parameter exists at all.
     *
     * @return the condition on an earlier parameter, empty if it always exists
     */
    Optional<Condition> condition();

    /**
     * How many values there are.
     *
     * @return the number, empty for a continuous range
     */
    OptionalLong count();

    /**
     * The k-th value of a parameter that can be counted.
     *
     * @param index in [0, count)
     * @return its coordinate
     * @throws IllegalArgumentException if the parameter is continuous or the index out of range
     */
    double at(long index);

    /**
     * The number of a value, the inverse of {@link #at}.
     *
     * @param coordinate a coordinate of the parameter
     * @return the index of the nearest value, in [0, count)
     * @throws IllegalArgumentException if the parameter is continuous
     */
    long indexOf(double coordinate);

    /**
     * The value at a share of the range: equal shares hold equally many values, on a logarithmic range equal ratios.
     *
     * @param share in [0, 1]
     * @return a coordinate of the parameter
     */
    double fromUnit(double share);

    /**
     * Where a value stands in the range, on its own scale: the middle of the share that {@link #fromUnit} maps to it.
     *
     * @param coordinate a coordinate of the parameter
     * @return a number in [0, 1]
     */
    double toUnit(double coordinate);

    /**
     * The value as text, from which {@link #parse} makes the same coordinate.
     *
     * @param coordinate a coordinate of the parameter
     * @return whole numbers without a fraction, others in the shortest form that keeps all bits
     */
    String text(double coordinate);

    /**
     * Reads a value.
     *
     * @param text such as {@link #text} writes it
     * @return its coordinate
     * @throws IllegalArgumentException if the text is no value of this parameter
     */
    double parse(String text);

    /**
     * The parameter as the text a space is parsed from: equal texts mean equal parameters.
     *
     * @return such as {@code fast=5..60:5} or {@code depth=1..20?kernel=b|c}
     */
    String canonicalText();

    /**
     * The condition of a parameter that exists for some values of an earlier one only.
     *
     * @param parent name of the earlier parameter
     * @param values texts of its values for which the parameter exists, at least one
     */
    record Condition(String parent, List<String> values) {
        /**
         * Copies the values.
         *
         * @param parent name of the earlier parameter
         * @param values texts of its values for which the parameter exists, at least one
         */
        public Condition {
            checkName(parent);
            values = List.copyOf(values);
            Check.that(!values.isEmpty(), "condition on " + parent + " must name at least one value");
        }

        /**
         * The condition as text.
         *
         * @return such as {@code ?kernel=b|c}
         */
        public String canonicalText() {
            return "?" + parent + "=" + String.join("|", values);
        }
    }

    /**
     * Whole numbers from low to high in steps.
     *
     * @param name unique in its space
     * @param low smallest value
     * @param high largest value; if no whole number of steps above low, the last step below it counts
     * @param step distance of neighbours, at least 1
     * @param condition when the parameter exists
     */
    record Whole(String name, long low, long high, long step, Optional<Condition> condition) implements Parameter {
        /**
         * Checks the range.
         *
         * @param name unique in its space
         * @param low smallest value
         * @param high largest value; if no whole number of steps above low, the last step below it counts
         * @param step distance of neighbours, at least 1
         * @param condition when the parameter exists
         */
        public Whole {
            checkName(name);
            checkWhole(name, low, high);
            Check.that(step >= 1, "step of parameter " + name + " must be >= 1, got " + step);
            high = low + (high - low) / step * step;
        }

        @Override
        public OptionalLong count() {
            return OptionalLong.of((high - low) / step + 1);
        }

        @Override
        public double at(long index) {
            return low + checkIndex(this, index) * (double) step;
        }

        @Override
        public long indexOf(double coordinate) {
            return nearest((coordinate - low) / step, count().getAsLong());
        }

        @Override
        public double fromUnit(double share) {
            return at(cell(share, count().getAsLong()));
        }

        @Override
        public double toUnit(double coordinate) {
            return (indexOf(coordinate) + 0.5) / count().getAsLong();
        }

        @Override
        public String text(double coordinate) {
            return Long.toString((long) coordinate);
        }

        @Override
        public double parse(String text) {
            double value = wholeOf(name, text, low, high);
            Check.that(
                    at(indexOf(value)) == value,
                    "parameter " + name + " must be " + low + " plus a multiple of " + step + ", got " + text);
            return value;
        }

        @Override
        public String canonicalText() {
            return name + "=" + low + ".." + high + (step == 1 ? "" : ":" + step) + suffix(condition);
        }
    }

    /**
     * Real numbers from low to high, continuous or in steps.
     *
     * @param name unique in its space
     * @param low smallest value, finite
     * @param high largest value, finite, above low; with steps the last step below it counts
     * @param step distance of neighbours, 0 for a continuous range; steps are counted in decimals, so that 0.1 three
     *     times above 0 is 0.3
     * @param condition when the parameter exists
     */
    record Real(String name, double low, double high, double step, Optional<Condition> condition) implements Parameter {
        /**
         * Checks the range.
         *
         * @param name unique in its space
         * @param low smallest value, finite
         * @param high largest value, finite, above low; with steps the last step below it counts
         * @param step distance of neighbours, 0 for a continuous range; steps are counted in decimals, so that 0.1
         *     three times above 0 is 0.3
         * @param condition when the parameter exists
         */
        public Real {
            checkName(name);
            Check.finite(low, "low end of parameter " + name);
            Check.finite(high, "high end of parameter " + name);
            Check.that(
                    low < high && high - low < Double.POSITIVE_INFINITY,
                    "parameter " + name + " must have low < high, got " + low + ".." + high);
            Check.notNegative(step, "step of parameter " + name);
            low = low + 0.0;
            if (step > 0) {
                BigDecimal steps = decimal(high).subtract(decimal(low)).divide(decimal(step), 0, RoundingMode.FLOOR);
                Check.that(
                        steps.compareTo(BigDecimal.valueOf(LARGEST_WHOLE)) < 0,
                        "step of parameter " + name + " must leave fewer than 2^53 steps, got " + step);
                high = decimal(low).add(decimal(step).multiply(steps)).doubleValue();
            }
        }

        @Override
        public OptionalLong count() {
            return step == 0 ? OptionalLong.empty() : OptionalLong.of(Math.round((high - low) / step) + 1);
        }

        @Override
        public double at(long index) {
            checkIndex(this, index);
            return decimal(low)
                    .add(decimal(step).multiply(BigDecimal.valueOf(index)))
                    .doubleValue();
        }

        @Override
        public long indexOf(double coordinate) {
            requireSteps(this);
            return nearest((coordinate - low) / step, count().getAsLong());
        }

        @Override
        public double fromUnit(double share) {
            return step == 0 ? Math.min(high, low + share * (high - low)) : at(cell(share, count().getAsLong()));
        }

        @Override
        public double toUnit(double coordinate) {
            return step == 0 ? (coordinate - low) / (high - low) : (indexOf(coordinate) + 0.5) / count().getAsLong();
        }

        @Override
        public String text(double coordinate) {
            return plain(coordinate);
        }

        @Override
        public double parse(String text) {
            double value = realOf(name, text, low, high);
            if (step == 0) {
                return value;
            }
            double nearest = at(indexOf(value));
            Check.that(
                    Math.abs(nearest - value) <= 1e-9 * step,
                    "parameter " + name + " must be " + plain(low) + " plus a multiple of " + plain(step) + ", got "
                            + text);
            return nearest;
        }

        @Override
        public String canonicalText() {
            return name + "=" + real(low) + ".." + real(high) + (step == 0 ? "" : ":" + plain(step))
                    + suffix(condition);
        }
    }

    /**
     * Numbers above zero on a logarithmic scale: equal ratios are equally likely.
     *
     * @param name unique in its space
     * @param low smallest value, above 0, for whole numbers at least 1
     * @param high largest value, above low
     * @param whole whether only whole numbers count
     * @param condition when the parameter exists
     */
    record Logarithmic(String name, double low, double high, boolean whole, Optional<Condition> condition)
            implements Parameter {
        /**
         * Checks the range.
         *
         * @param name unique in its space
         * @param low smallest value, above 0, for whole numbers at least 1
         * @param high largest value, above low
         * @param whole whether only whole numbers count
         * @param condition when the parameter exists
         */
        public Logarithmic {
            checkName(name);
            Check.positive(low, "low end of logarithmic parameter " + name);
            Check.positive(high, "high end of logarithmic parameter " + name);
            Check.that(low < high, "parameter " + name + " must have low < high, got " + low + ".." + high);
            if (whole) {
                Check.that(
                        low == Math.rint(low) && high == Math.rint(high) && high <= LARGEST_WHOLE,
                        "ends of parameter " + name + " must be whole and <= 2^53, got " + low + ".." + high);
            }
        }

        @Override
        public OptionalLong count() {
            return whole ? OptionalLong.of((long) (high - low) + 1) : OptionalLong.empty();
        }

        @Override
        public double at(long index) {
            return low + checkIndex(this, index);
        }

        @Override
        public long indexOf(double coordinate) {
            requireSteps(this);
            return nearest(coordinate - low, count().getAsLong());
        }

        /** A whole number owns the stretch half a step to both sides. */
        private double bottom() {
            return StrictMath.log(whole ? low - 0.5 : low);
        }

        private double top() {
            return StrictMath.log(whole ? high + 0.5 : high);
        }

        @Override
        public double fromUnit(double share) {
            double value = StrictMath.exp(bottom() + share * (top() - bottom()));
            return Math.max(low, Math.min(high, whole ? Math.rint(value) : value));
        }

        @Override
        public double toUnit(double coordinate) {
            return (StrictMath.log(coordinate) - bottom()) / (top() - bottom());
        }

        @Override
        public String text(double coordinate) {
            return plain(coordinate);
        }

        @Override
        public double parse(String text) {
            return whole ? wholeOf(name, text, (long) low, (long) high) : realOf(name, text, low, high);
        }

        @Override
        public String canonicalText() {
            return name + "=" + (whole ? plain(low) + ".." + plain(high) : real(low) + ".." + real(high)) + ":log"
                    + suffix(condition);
        }
    }

    /**
     * One of several texts without an order.
     *
     * @param name unique in its space
     * @param choices at least one, no two equal, without white space and {@code , | = < > ? ! : '} and quotes
     * @param condition when the parameter exists
     */
    record Categorical(String name, List<String> choices, Optional<Condition> condition) implements Parameter {
        private static final Pattern CHOICE = Pattern.compile("[^\\s,|=<>?!:'\"]+");

        /**
         * Copies and checks the choices.
         *
         * @param name unique in its space
         * @param choices at least one, no two equal, without white space and {@code , | = < > ? ! : '} and quotes
         * @param condition when the parameter exists
         */
        public Categorical {
            checkName(name);
            choices = List.copyOf(choices);
            Check.that(!choices.isEmpty(), "parameter " + name + " must have at least one choice");
            for (String choice : choices) {
                Check.that(
                        CHOICE.matcher(choice).matches(),
                        "choice of parameter " + name + " must be without white space and , | = < > ? ! : and quotes,"
                                + " got '" + choice + "'");
                Check.that(
                        choices.indexOf(choice) == choices.lastIndexOf(choice),
                        "parameter " + name + " must name each choice once, got '" + choice + "' twice");
            }
        }

        @Override
        public OptionalLong count() {
            return OptionalLong.of(choices.size());
        }

        @Override
        public double at(long index) {
            return checkIndex(this, index);
        }

        @Override
        public long indexOf(double coordinate) {
            return nearest(coordinate, choices.size());
        }

        @Override
        public double fromUnit(double share) {
            return cell(share, choices.size());
        }

        @Override
        public double toUnit(double coordinate) {
            return (coordinate + 0.5) / choices.size();
        }

        @Override
        public String text(double coordinate) {
            return choices.get((int) coordinate);
        }

        @Override
        public double parse(String text) {
            int index = choices.indexOf(text.strip());
            Check.that(
                    index >= 0,
                    "parameter " + name + " must be one of " + choices + ", got '" + text + "'"
                            + Suggestion.alike(text, choices));
            return index;
        }

        @Override
        public String canonicalText() {
            return name + "=" + String.join("|", choices) + suffix(condition);
        }
    }

    private static void checkName(String name) {
        Check.that(
                Check.notNull(name, "name").matches("[A-Za-z_][A-Za-z0-9_.]*"),
                "parameter name must be letters, digits, _ and ., not beginning with a digit, got '" + name + "'");
    }

    private static void checkWhole(String name, long low, long high) {
        Check.that(
                low <= high && low >= -LARGEST_WHOLE && high <= LARGEST_WHOLE,
                "parameter " + name + " must have low <= high within 2^53, got " + low + ".." + high);
    }

    private static void requireSteps(Parameter parameter) {
        Check.that(
                parameter.count().isPresent(),
                "parameter " + parameter.name() + " is continuous and has no countable values; give it a step, such as "
                        + parameter.name() + "=0.1..0.9:0.1");
    }

    private static long checkIndex(Parameter parameter, long index) {
        requireSteps(parameter);
        long count = parameter.count().getAsLong();
        Check.that(
                index >= 0 && index < count,
                "index of parameter " + parameter.name() + " must be in [0, " + count + "), got " + index);
        return index;
    }

    private static long nearest(double index, long count) {
        return Math.max(0, Math.min(count - 1, Math.round(index)));
    }

    private static long cell(double share, long count) {
        return Math.max(0, Math.min(count - 1, (long) (share * count)));
    }

    private static double wholeOf(String name, String text, long low, long high) {
        double value = number(name, text, "a whole number");
        Check.that(value == Math.rint(value), "parameter " + name + " must be a whole number, got '" + text + "'");
        return Check.inRange(value, low, high, "parameter " + name);
    }

    private static double realOf(String name, String text, double low, double high) {
        return Check.inRange(number(name, text, "a number"), low, high, "parameter " + name) + 0.0;
    }

    private static double number(String name, String text, String kind) {
        try {
            return Double.parseDouble(text.strip());
        } catch (NumberFormatException wrong) {
            throw new IllegalArgumentException(
                    "parameter " + name + " must be " + kind + ", got '" + text + "'", wrong);
        }
    }

    private static BigDecimal decimal(double value) {
        return BigDecimal.valueOf(value);
    }

    private static String plain(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }

    /** An end of a range of real numbers keeps its point, since whole ends mean whole numbers. */
    private static String real(double number) {
        String text = plain(number);
        return text.matches("-?[0-9]+") ? String.format(Locale.ROOT, "%s.0", text) : text;
    }

    private static String suffix(Optional<Condition> condition) {
        return condition.map(Condition::canonicalText).orElse("");
    }
}
