package org.lama.core.search;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Suggestion;

/**
 * One point of a {@link ParameterSpace}: the values of the parameters that exist at this point, in the order of the
 * space. A parameter whose condition does not hold is not in it. Two sets are equal when names, order and texts of the
 * values are. Immutable and thread-safe; looking up is O(parameters).
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class ParameterSet {
    private final String[] names;
    private final String[] texts;

    private ParameterSet(String[] names, String[] texts) {
        this.names = names;
        this.texts = texts;
    }

    /**
     * A set of given values; {@link ParameterSpace#read} does the same and checks them.
     *
     * @param values texts by name, in the order of the map, copied
     * @return the set
     */
    public static ParameterSet of(Map<String, String> values) {
        String[] names = values.keySet().toArray(new String[0]);
        String[] texts = new String[names.length];
        for (int i = 0; i < names.length; i++) {
            texts[i] = Check.notNull(values.get(Check.notBlank(names[i], "name")), "value of " + names[i]);
        }
        return new ParameterSet(names, texts);
    }

    /** Takes both arrays as its own. */
    static ParameterSet owning(String[] names, String[] texts) {
        return new ParameterSet(names, texts);
    }

    /**
     * The names of the parameters that exist here.
     *
     * @return in the order of the space
     */
    public List<String> names() {
        return List.of(names);
    }

    /**
     * Whether a parameter exists here.
     *
     * @param name of the parameter
     * @return false if its condition does not hold or the space has no such parameter
     */
    public boolean isActive(String name) {
        return indexOf(name) >= 0;
    }

    /**
     * A value as number.
     *
     * @param name of the parameter
     * @return its value
     * @throws IllegalArgumentException if the parameter does not exist here or is no number
     */
    public double number(String name) {
        String text = text(name);
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException wrong) {
            throw new IllegalArgumentException("parameter " + name + " must be a number, got '" + text + "'", wrong);
        }
    }

    /**
     * A value as whole number.
     *
     * @param name of the parameter
     * @return its value
     * @throws IllegalArgumentException if the parameter does not exist here or is no whole number
     */
    public int whole(String name) {
        String text = text(name);
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException wrong) {
            throw new IllegalArgumentException(
                    "parameter " + name + " must be a whole number, got '" + text + "'", wrong);
        }
    }

    /**
     * A value as text.
     *
     * @param name of the parameter
     * @return its value
     * @throws IllegalArgumentException if the parameter does not exist here
     */
    public String text(String name) {
        int index = indexOf(name);
        Check.that(
                index >= 0,
                "parameter '" + name + "' does not exist at this point (" + canonicalText() + ")"
                        + Suggestion.alike(name, names()));
        return texts[index];
    }

    /**
     * All values, as strategies take them.
     *
     * @return texts by name in the order of the space, unmodifiable
     */
    public Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < names.length; i++) {
            values.put(names[i], texts[i]);
        }
        return Collections.unmodifiableMap(values);
    }

    /**
     * The set as text for hashing and for people: equal texts mean equal sets.
     *
     * @return such as {@code fast=5,slow=80}
     */
    public String canonicalText() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < names.length; i++) {
            text.append(i == 0 ? "" : ",").append(names[i]).append('=').append(texts[i]);
        }
        return text.toString();
    }

    private int indexOf(String name) {
        for (int i = 0; i < names.length; i++) {
            if (names[i].equals(name)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ParameterSet that
                && Arrays.equals(names, that.names)
                && Arrays.equals(texts, that.texts);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(names) + Arrays.hashCode(texts);
    }

    @Override
    public String toString() {
        return canonicalText();
    }
}
