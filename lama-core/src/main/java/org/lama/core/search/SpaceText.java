package org.lama.core.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lama.core.base.Check;

/** Reads the text of a parameter space: items between commas or line ends, each a parameter or a constraint. */
final class SpaceText {
    /** How to write it, for messages. */
    static final String FORMS = "write name=low..high, name=low..high:step, name=low..high:log or name=a|b|c, with"
            + " ?other=value behind it for a condition, and constraints such as fast<slow";

    private final List<Parameter> parameters = new ArrayList<>();
    private final List<String> constraints = new ArrayList<>();

    private SpaceText() {}

    static SpaceText parse(String text) {
        SpaceText parsed = new SpaceText();
        for (String raw : text.split("[,\\r\\n]", -1)) {
            String item = raw.strip();
            if (!item.isEmpty()) {
                parsed.add(item);
            }
        }
        return parsed;
    }

    List<Parameter> parameters() {
        return parameters;
    }

    List<String> constraints() {
        return constraints;
    }

    private void add(String item) {
        int equals = item.indexOf('=');
        boolean isParameter = equals > 0
                && item.substring(0, equals).strip().matches("[A-Za-z0-9_.\\- ]+")
                && !item.startsWith("=", equals + 1);
        if (isParameter) {
            parameters.add(parameter(item, item.substring(0, equals).strip(), item.substring(equals + 1)));
        } else {
            Check.that(item.matches(".*[<>=].*"), "space item '" + item + "' is not understood; " + FORMS);
            constraints.add(item);
        }
    }

    private static Parameter parameter(String item, String name, String rest) {
        int question = rest.indexOf('?');
        String values = (question < 0 ? rest : rest.substring(0, question)).strip();
        Optional<Parameter.Condition> condition =
                question < 0 ? Optional.empty() : Optional.of(condition(item, rest.substring(question + 1)));
        Check.that(!values.isEmpty(), "space item '" + item + "' has no values; " + FORMS);
        int dots = values.indexOf("..");
        if (dots < 0) {
            return listed(name, values, condition);
        }
        String low = values.substring(0, dots).strip();
        String[] end = values.substring(dots + 2).split(":", -1);
        Check.that(end.length <= 2, "space item '" + item + "' has more than one ':'; " + FORMS);
        String high = end[0].strip();
        String step = end.length == 1 ? "" : end[1].strip();
        Check.that(end.length == 1 || !step.isEmpty(), "space item '" + item + "' has no step behind ':'; " + FORMS);
        return ranged(item, new Range(name, low, high, step), condition);
    }

    private record Range(String name, String low, String high, String step) {
        boolean isWhole() {
            return SpaceText.isWhole(low) && SpaceText.isWhole(high);
        }
    }

    private static Parameter ranged(String item, Range range, Optional<Parameter.Condition> condition) {
        double low = number(item, range.low);
        double high = number(item, range.high);
        if (range.step.equals("log")) {
            return new Parameter.Logarithmic(range.name, low, high, range.isWhole(), condition);
        }
        if (range.isWhole() && (range.step.isEmpty() || isWhole(range.step))) {
            long step = range.step.isEmpty() ? 1 : whole(item, range.step);
            return new Parameter.Whole(range.name, whole(item, range.low), whole(item, range.high), step, condition);
        }
        double step = range.step.isEmpty() ? 0 : number(item, range.step);
        Check.that(
                range.step.isEmpty() || step > 0,
                "step of parameter " + range.name + " must be > 0, got " + range.step);
        return new Parameter.Real(range.name, low, high, step, condition);
    }

    private static Parameter listed(String name, String values, Optional<Parameter.Condition> condition) {
        List<String> choices = new ArrayList<>();
        for (String choice : values.split("\\|", -1)) {
            choices.add(choice.strip());
        }
        return new Parameter.Categorical(name, choices, condition);
    }

    private static Parameter.Condition condition(String item, String text) {
        int equals = text.indexOf('=');
        Check.that(equals > 0, "space item '" + item + "' must have ?name=value as its condition; " + FORMS);
        List<String> values = new ArrayList<>();
        for (String value : text.substring(equals + 1).split("\\|", -1)) {
            values.add(value.strip());
        }
        return new Parameter.Condition(text.substring(0, equals).strip(), values);
    }

    private static boolean isWhole(String text) {
        return text.matches("[+-]?[0-9]+");
    }

    private static long whole(String item, String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException wrong) {
            throw new IllegalArgumentException(
                    "space item '" + item + "' holds " + text + ", which is too large", wrong);
        }
    }

    private static double number(String item, String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException wrong) {
            throw new IllegalArgumentException(
                    "space item '" + item + "' holds '" + text + "' where a number must stand; " + FORMS, wrong);
        }
    }
}
