package org.lama.models.arima;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.lama.core.base.Check;

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
                            + nearest(name, known) + "'? There are " + known);
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
                + nearest(text.toLowerCase(Locale.ROOT), names) + "'?");
    }

    static int parse(String name, String text, String whole) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " must hold whole numbers, got '" + whole + "'", e);
        }
    }

    /** The name with the fewest edits. */
    static String nearest(String name, List<String> known) {
        String best = known.get(0);
        for (String candidate : known) {
            if (distance(name, candidate) < distance(name, best)) {
                best = candidate;
            }
        }
        return best;
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
