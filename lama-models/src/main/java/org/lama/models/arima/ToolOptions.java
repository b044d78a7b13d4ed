package org.lama.models.arima;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.lama.core.base.Check;
import org.lama.core.base.Suggestion;

/** Settings by name, with errors that name the option, the rule and the nearest right name. */
final class ToolOptions {
    private final Map<String, String> given;

    ToolOptions(Map<String, String> given, List<String> known) {
        this.given = given;
        given.keySet().stream()
                .sorted()
                .filter(name -> !known.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException("option '" + name + "' is not known; did you mean '"
                            + Suggestion.nearest(name, known) + "'? There are " + known);
                });
    }

    String text(String name, String fallback) {
        return given.getOrDefault(name, fallback).trim();
    }

    int integer(String name, int fallback, int low) {
        String text = text(name, Integer.toString(fallback));
        return Check.atLeast(parse(name, text, text), low, name);
    }

    boolean flag(String name, boolean fallback) {
        String text = text(name, Boolean.toString(fallback));
        Check.that(text.equals("true") || text.equals("false"), name + " must be true or false, got '" + text + "'");
        return text.equals("true");
    }

    <E extends Enum<E>> E choice(String name, E fallback) {
        String text = text(name, fallback.name());
        for (E value : fallback.getDeclaringClass().getEnumConstants()) {
            if (value.name().equalsIgnoreCase(text)) {
                return value;
            }
        }
        List<String> names = Arrays.stream(fallback.getDeclaringClass().getEnumConstants())
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .toList();
        throw new IllegalArgumentException(name + " must be one of " + names + ", got '" + text + "'; did you mean '"
                + Suggestion.nearest(text, names) + "'?");
    }

    static int parse(String name, String text, String whole) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " must hold whole numbers, got '" + whole + "'", e);
        }
    }
}
