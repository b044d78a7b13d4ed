package org.lama.core.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import org.lama.core.base.Check;
import org.lama.core.base.Suggestion;

/**
 * One comparison of sums and products of parameters and numbers, such as {@code fast*2<slow}, compiled to a list of
 * operations on a stack. It holds at every point at which one of its parameters does not exist. Immutable.
 */
final class Constraint {
    private record Step(char operation, double number, int parameter) {}

    private final String text;
    private final String comparison;
    private final List<Step> left;
    private final List<Step> right;

    private Constraint(String text, String comparison, List<Step> left, List<Step> right) {
        this.text = text;
        this.comparison = comparison;
        this.left = left;
        this.right = right;
    }

    /** Reads a comparison; names are looked up among those given. */
    static Constraint parse(String text, List<String> names) {
        Reader reader = new Reader(text.replaceAll("\\s", ""), names);
        List<Step> left = reader.side();
        String comparison = reader.comparison();
        List<Step> right = reader.side();
        reader.end();
        return new Constraint(reader.text, comparison, left, right);
    }

    /** Without white space. */
    String canonicalText() {
        return text;
    }

    /** The indices of the parameters it reads. */
    List<Integer> parameters() {
        List<Integer> used = new ArrayList<>();
        for (List<Step> side : List.of(left, right)) {
            for (Step step : side) {
                if (step.operation == 'p' && !used.contains(step.parameter)) {
                    used.add(step.parameter);
                }
            }
        }
        return used;
    }

    /** Whether it holds; a parameter that does not exist here reads as NaN and makes it hold. */
    boolean holds(IntToDoubleFunction value) {
        double a = evaluate(left, value);
        double b = evaluate(right, value);
        if (Double.isNaN(a) || Double.isNaN(b)) {
            return true;
        }
        return switch (comparison) {
            case "<" -> a < b;
            case "<=" -> a <= b;
            case ">" -> a > b;
            case ">=" -> a >= b;
            case "==" -> a == b;
            default -> a != b;
        };
    }

    private static double evaluate(List<Step> steps, IntToDoubleFunction value) {
        double[] stack = new double[steps.size()];
        int top = 0;
        for (Step step : steps) {
            switch (step.operation) {
                case 'n' -> stack[top++] = step.number;
                case 'p' -> stack[top++] = value.applyAsDouble(step.parameter);
                default -> {
                    double second = stack[--top];
                    double first = stack[top - 1];
                    stack[top - 1] = step.operation == '+'
                            ? first + second
                            : step.operation == '-' ? first - second : first * second;
                }
            }
        }
        return stack[0];
    }

    /** Recursive descent: a side is a sum of products of numbers, names and sides in brackets. */
    private static final class Reader {
        private static final List<String> COMPARISONS = List.of("<=", ">=", "==", "!=", "<", ">");

        private final String text;
        private final List<String> names;
        private final List<Step> steps = new ArrayList<>();
        private int at;

        Reader(String text, List<String> names) {
            this.text = text;
            this.names = names;
        }

        List<Step> side() {
            steps.clear();
            sum();
            return List.copyOf(steps);
        }

        private void sum() {
            product();
            while (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
                char operation = text.charAt(at++);
                product();
                steps.add(new Step(operation, 0, 0));
            }
        }

        private void product() {
            factor();
            while (at < text.length() && text.charAt(at) == '*') {
                at++;
                factor();
                steps.add(new Step('*', 0, 0));
            }
        }

        private void factor() {
            char next = at < text.length() ? text.charAt(at) : ' ';
            if (next == '(') {
                at++;
                sum();
                require(at < text.length() && text.charAt(at) == ')', "a closing bracket");
                at++;
            } else if (next == '-') {
                at++;
                steps.add(new Step('n', -1, 0));
                factor();
                steps.add(new Step('*', 0, 0));
            } else if (Character.isDigit(next) || next == '.') {
                steps.add(new Step('n', number(), 0));
            } else {
                steps.add(new Step('p', 0, parameter()));
            }
        }

        private double number() {
            int from = at;
            while (at < text.length() && isOfNumber(from)) {
                at++;
            }
            try {
                return Double.parseDouble(text.substring(from, at));
            } catch (NumberFormatException wrong) {
                throw new IllegalArgumentException(
                        "constraint '" + text + "' holds '" + text.substring(from, at) + "', which is no number",
                        wrong);
            }
        }

        private boolean isOfNumber(int from) {
            char c = Character.toLowerCase(text.charAt(at));
            boolean isSign = c == '-' || c == '+';
            return Character.isDigit(c)
                    || c == '.'
                    || c == 'e'
                    || (isSign
                            && at > from
                            && text.substring(at - 1, at)
                                    .toLowerCase(Locale.ROOT)
                                    .equals("e"));
        }

        private int parameter() {
            int from = at;
            while (at < text.length()
                    && (Character.isLetterOrDigit(text.charAt(at)) || "_.".indexOf(text.charAt(at)) >= 0)) {
                at++;
            }
            String name = text.substring(from, at);
            require(!name.isEmpty(), "a parameter or a number");
            int index = names.indexOf(name);
            Check.that(
                    index >= 0,
                    "constraint '" + text + "' names '" + name + "', which is no parameter; there is " + names
                            + Suggestion.alike(name, names));
            return index;
        }

        String comparison() {
            for (String comparison : COMPARISONS) {
                if (text.startsWith(comparison, at)) {
                    at += comparison.length();
                    return comparison;
                }
            }
            throw new IllegalArgumentException(
                    "constraint '" + text + "' must compare by one of " + COMPARISONS + " at position " + (at + 1));
        }

        void end() {
            require(at == text.length(), "its end");
        }

        private void require(boolean condition, String what) {
            Check.that(
                    condition,
                    "constraint '" + text + "' must have " + what + " at position " + (at + 1)
                            + ": only + - * and brackets stand between names and numbers");
        }
    }
}
