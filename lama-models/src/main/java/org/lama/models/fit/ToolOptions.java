package org.lama.models.fit;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Suggestion;

/**
 * Settings of a model tool by name, with errors that name the option, the rule and the nearest right name. Immutable.
 *
 * @since 0.1.0
 */
@Api(Api.Status.INTERNAL)
public final class ToolOptions {
    private final Map<String, String> given;

    /**
     * Takes options and refuses unknown ones.
     *
     * @param given the options
     * @param known all names that the tool knows
     * @throws IllegalArgumentException for an unknown name, with the nearest right one
     */
    public ToolOptions(Map<String, String> given, List<String> known) {
        this.given = given;
        given.keySet().stream()
                .sorted()
                .filter(name -> !known.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException(
                            "option '" + name + "' is not known, there are " + known + Suggestion.alike(name, known));
                });
    }

    /**
     * An option as text.
     *
     * @param name name of the option
     * @param fallback value where it is not given
     * @return the value without blanks around it
     */
    public String text(String name, String fallback) {
        return given.getOrDefault(name, fallback).trim();
    }

    /**
     * An option as a whole number.
     *
     * @param name name of the option
     * @param fallback value where it is not given
     * @param low least value allowed
     * @return the number
     */
    public int integer(String name, int fallback, int low) {
        String text = text(name, Integer.toString(fallback));
        return Check.atLeast(parse(name, text, text), low, name);
    }

    /**
     * An option as true or false.
     *
     * @param name name of the option
     * @param fallback value where it is not given
     * @return the flag
     */
    public boolean flag(String name, boolean fallback) {
        String text = text(name, Boolean.toString(fallback));
        Check.that(text.equals("true") || text.equals("false"), name + " must be true or false, got '" + text + "'");
        return text.equals("true");
    }

    /**
     * An option as one of a few words, in any case; words are joined by a hyphen.
     *
     * @param name name of the option
     * @param fallback value where it is not given
     * @param <E> the words
     * @return the choice
     */
    public <E extends Enum<E>> E choice(String name, E fallback) {
        String text = text(name, fallback.name());
        for (E value : fallback.getDeclaringClass().getEnumConstants()) {
            if (value.name().equalsIgnoreCase(text.replace('-', '_'))) {
                return value;
            }
        }
        List<String> names = Arrays.stream(fallback.getDeclaringClass().getEnumConstants())
                .map(value -> value.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
        throw new IllegalArgumentException(
                name + " must be one of " + names + ", got '" + text + "'" + Suggestion.alike(text, names));
    }

    /**
     * A whole number within a longer option such as {@code order=1,1,1}.
     *
     * @param name name of the option
     * @param text the digits
     * @param whole the whole option, for the message
     * @return the number
     */
    public static int parse(String name, String text, String whole) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " must hold whole numbers, got '" + whole + "'", e);
        }
    }
}
