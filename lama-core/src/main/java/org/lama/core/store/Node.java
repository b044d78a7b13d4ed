package org.lama.core.store;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.store.internal.JsonText;

/**
 * One value of a document: object, array, text, number, truth value or null. Immutable and thread-safe; fields keep
 * their order. A node knows its path from the root, so that every getter can say which value is wrong; the path is no
 * part of equality.
 *
 * <p>Numbers are {@code long} where the text is an integer that fits, else {@code double}. JSON has no NaN and no
 * infinity: {@link #of(double)} turns them into the texts {@code "NaN"}, {@code "Infinity"} and {@code "-Infinity"},
 * which {@link #asDouble()} reads back, so that writing and reading gives an equal node.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Node {
    private static final Node NULL = new Node(Kind.NULL, "null", "");
    private static final double EXACT_INTEGERS = 0x1p53;

    private final Kind kind;
    private final Object value;
    private final String path;

    private Node(Kind kind, Object value, String path) {
        this.kind = kind;
        this.value = value;
        this.path = path;
    }

    /** Kinds of value. */
    public enum Kind {
        /** Named fields. */
        OBJECT,
        /** A list. */
        ARRAY,
        /** Text. */
        STRING,
        /** An integer or a finite double. */
        NUMBER,
        /** True or false. */
        BOOLEAN,
        /** Nothing. */
        NULL
    }

    /**
     * A text.
     *
     * @param text the text
     * @return the node
     */
    public static Node of(String text) {
        return new Node(Kind.STRING, Check.notNull(text, "text"), "");
    }

    /**
     * An integer.
     *
     * @param number the integer
     * @return the node
     */
    public static Node of(long number) {
        return new Node(Kind.NUMBER, number, "");
    }

    /**
     * A number; NaN and infinities become texts (see the class).
     *
     * @param number the number
     * @return the node
     */
    public static Node of(double number) {
        return Double.isFinite(number) ? new Node(Kind.NUMBER, number, "") : of(Double.toString(number));
    }

    /**
     * A truth value.
     *
     * @param flag the value
     * @return the node
     */
    public static Node of(boolean flag) {
        return new Node(Kind.BOOLEAN, flag, "");
    }

    /**
     * The null value.
     *
     * @return the node
     */
    public static Node nothing() {
        return NULL;
    }

    /**
     * A list.
     *
     * @param items its items, copied
     * @return the node
     */
    public static Node array(List<Node> items) {
        return new Node(Kind.ARRAY, List.copyOf(items), "");
    }

    /**
     * A list of numbers.
     *
     * @param numbers the numbers
     * @return the node
     */
    public static Node array(double... numbers) {
        List<Node> items = new ArrayList<>(numbers.length);
        for (double number : numbers) {
            items.add(of(number));
        }
        return array(items);
    }

    /**
     * A list of texts.
     *
     * @param texts the texts
     * @return the node
     */
    public static Node texts(List<String> texts) {
        return array(texts.stream().map(Node::of).toList());
    }

    /**
     * Starts an object.
     *
     * @return an empty builder
     */
    public static Fields object() {
        return new Fields();
    }

    /** Collects the fields of an object in order. Not thread-safe. */
    public static final class Fields {
        private final Map<String, Node> fields = new LinkedHashMap<>();

        private Fields() {}

        /**
         * Adds a field.
         *
         * @param name its name, not used before
         * @param node its value
         * @return this builder
         */
        public Fields put(String name, Node node) {
            Check.that(
                    fields.put(Check.notNull(name, "name"), Check.notNull(node, name)) == null,
                    "field '" + name + "' is set twice");
            return this;
        }

        /**
         * Adds a text.
         *
         * @param name its name, not used before
         * @param text its value
         * @return this builder
         */
        public Fields put(String name, String text) {
            return put(name, of(text));
        }

        /**
         * Adds an integer.
         *
         * @param name its name, not used before
         * @param number its value
         * @return this builder
         */
        public Fields put(String name, long number) {
            return put(name, of(number));
        }

        /**
         * Adds a number.
         *
         * @param name its name, not used before
         * @param number its value; NaN and infinities become texts
         * @return this builder
         */
        public Fields put(String name, double number) {
            return put(name, of(number));
        }

        /**
         * Adds a truth value.
         *
         * @param name its name, not used before
         * @param flag its value
         * @return this builder
         */
        public Fields put(String name, boolean flag) {
            return put(name, of(flag));
        }

        /**
         * Adds a time as ISO-8601 UTC text.
         *
         * @param name its name, not used before
         * @param time its value
         * @return this builder
         */
        public Fields put(String name, Instant time) {
            return put(name, time.toString());
        }

        /**
         * Makes the object.
         *
         * @return the node
         */
        public Node build() {
            return new Node(Kind.OBJECT, new LinkedHashMap<>(fields), "");
        }
    }

    /**
     * What kind of value this is.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    /**
     * Whether this is the null value.
     *
     * @return true if so
     */
    public boolean isNull() {
        return kind == Kind.NULL;
    }

    /**
     * Whether this is an integer, as opposed to a double or anything else.
     *
     * @return true if so
     */
    public boolean isInteger() {
        return value instanceof Long;
    }

    /**
     * Where this value stands in the document it was reached from.
     *
     * @return for example {@code settings.assets[2].name}; {@code the document} for the root
     */
    public String path() {
        return path.isEmpty() ? "the document" : path;
    }

    /**
     * Number of fields of an object or items of an array.
     *
     * @return at least 0
     */
    public int size() {
        return kind == Kind.OBJECT ? fields().size() : list().size();
    }

    /**
     * The names of the fields of an object, in order.
     *
     * @return the names
     */
    public List<String> names() {
        return List.copyOf(fields().keySet());
    }

    /**
     * Whether an object has a field.
     *
     * @param name the field's name
     * @return true if so, even if its value is null
     */
    public boolean has(String name) {
        return fields().containsKey(name);
    }

    /**
     * A field that must be there.
     *
     * @param name the field's name
     * @return its value
     * @throws IllegalArgumentException if it is missing, naming the path and the fields there are
     */
    public Node get(String name) {
        Node child = fields().get(name);
        if (child == null) {
            throw new IllegalArgumentException(
                    "field '" + name + "' is missing in " + path() + ", which has " + names());
        }
        return child.under(childPath(name));
    }

    /**
     * A field that may be missing.
     *
     * @param name the field's name
     * @return its value; empty if it is missing or null
     */
    public Optional<Node> find(String name) {
        @Nullable Node child = fields().get(name);
        return child == null || child.isNull() ? Optional.empty() : Optional.of(child.under(childPath(name)));
    }

    /**
     * One item of an array.
     *
     * @param position from 0
     * @return the item
     */
    public Node at(int position) {
        List<Node> items = list();
        if (position < 0 || position >= items.size()) {
            throw new IllegalArgumentException(
                    path() + " has " + items.size() + " items, there is none at " + position);
        }
        return items.get(position).under(path + "[" + position + "]");
    }

    /**
     * The items of an array.
     *
     * @return the items in order
     */
    public List<Node> items() {
        List<Node> items = new ArrayList<>(size());
        for (int i = 0; i < list().size(); i++) {
            items.add(at(i));
        }
        return List.copyOf(items);
    }

    /**
     * The text.
     *
     * @return the text
     * @throws IllegalArgumentException if this is something else
     */
    public String asText() {
        return (String) expect(Kind.STRING, "a text");
    }

    /**
     * The truth value.
     *
     * @return true or false
     * @throws IllegalArgumentException if this is something else
     */
    public boolean asBoolean() {
        return (Boolean) expect(Kind.BOOLEAN, "true or false");
    }

    /**
     * The number; the texts {@code NaN}, {@code Infinity} and {@code -Infinity} are numbers too.
     *
     * @return the number; integers beyond 2^53 are rounded
     * @throws IllegalArgumentException if this is something else
     */
    public double asDouble() {
        if (kind == Kind.STRING) {
            String text = (String) value;
            if (text.equals("NaN") || text.equals("Infinity") || text.equals("-Infinity")) {
                return Double.parseDouble(text);
            }
        }
        return ((Number) expect(Kind.NUMBER, "a number")).doubleValue();
    }

    /**
     * The integer; a double such as {@code 3.0} counts when it is whole and exact.
     *
     * @return the integer
     * @throws IllegalArgumentException if this is something else
     */
    public long asLong() {
        Object number = expect(Kind.NUMBER, "an integer");
        if (number instanceof Double real) {
            Check.that(
                    real == Math.rint(real) && Math.abs(real) <= EXACT_INTEGERS,
                    path() + " must be an integer, got " + real);
            return real.longValue();
        }
        return (Long) number;
    }

    /**
     * The integer, if it fits into 32 bits.
     *
     * @return the integer
     * @throws IllegalArgumentException if this is something else or too large
     */
    public int asInt() {
        long number = asLong();
        Check.that(number == (int) number, path() + " must fit into 32 bits, got " + number);
        return (int) number;
    }

    /**
     * The time of an ISO-8601 UTC text.
     *
     * @return the time
     * @throws IllegalArgumentException if this is something else
     */
    public Instant asInstant() {
        String text = asText();
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    path() + " must be a UTC time such as 2024-01-31T00:00:00Z, got '" + text + "'", e);
        }
    }

    /**
     * An array of numbers.
     *
     * @return a new array
     */
    public double[] asDoubles() {
        double[] numbers = new double[list().size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = at(i).asDouble();
        }
        return numbers;
    }

    /**
     * An array of texts.
     *
     * @return the texts in order
     */
    public List<String> asTexts() {
        return items().stream().map(Node::asText).toList();
    }

    /**
     * A copy of an object with one field added at the end or replaced in its place.
     *
     * @param name the field's name
     * @param node its value
     * @return the new object
     */
    public Node with(String name, Node node) {
        Map<String, Node> more = new LinkedHashMap<>(fields());
        more.put(Check.notNull(name, "name"), Check.notNull(node, name));
        return new Node(Kind.OBJECT, more, path);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Node that && kind == that.kind && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return 31 * kind.name().hashCode() + value.hashCode();
    }

    /**
     * The value as compact JSON.
     *
     * @return one line
     */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        appendJson(out);
        return out.toString();
    }

    /** Writes the value as compact JSON. */
    void appendJson(StringBuilder out) {
        switch (kind) {
            case OBJECT -> {
                out.append('{');
                String separator = "";
                for (Map.Entry<String, Node> field : fields().entrySet()) {
                    JsonText.quote(field.getKey(), out.append(separator));
                    field.getValue().appendJson(out.append(':'));
                    separator = ",";
                }
                out.append('}');
            }
            case ARRAY -> {
                out.append('[');
                String separator = "";
                for (Node item : list()) {
                    item.appendJson(out.append(separator));
                    separator = ",";
                }
                out.append(']');
            }
            case STRING -> JsonText.quote(asText(), out);
            case NUMBER -> out.append(isInteger() ? Long.toString(asLong()) : JsonText.shortest(asDouble()));
            default -> out.append(value);
        }
    }

    private Node under(String newPath) {
        return new Node(kind, value, newPath);
    }

    private String childPath(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    @SuppressWarnings("unchecked")
    private Map<String, Node> fields() {
        return (Map<String, Node>) expect(Kind.OBJECT, "an object");
    }

    /** The items without their paths, which a writer of a million numbers does not need. */
    @SuppressWarnings("unchecked")
    List<Node> list() {
        return (List<Node>) expect(Kind.ARRAY, "a list");
    }

    private Object expect(Kind wanted, String words) {
        if (kind != wanted) {
            String text = toString();
            String shown = text.length() > 60 ? text.substring(0, 60) + "…" : text;
            throw new IllegalArgumentException(path() + " must be " + words + ", got " + shown);
        }
        return value;
    }
}
