package org.lama.core.sources;

import java.util.List;
import java.util.Optional;
import org.lama.core.store.Node;

/**
 * Reads fields of a reply by the rule of boundaries: unknown fields are ignored, a missing one or one of another type is a
 * {@link SourceException} that names it; numbers may stand as numbers or as text. An empty text, null and NaN where a
 * number belongs come out as NaN, for the rules of rows to refuse.
 *
 * @param source name of the source
 */
record Reading(String source) {
    private static final double EXACT_WHOLES = 9_007_199_254_740_992.0;

    /** A field that must be there and not null. */
    Node field(Node object, String name) throws SourceException {
        Node child = nullable(object, name);
        if (child.isNull()) {
            throw wrong(child, "a value");
        }
        return child;
    }

    /** A field that must be there and may be null. */
    Node nullable(Node object, String name) throws SourceException {
        if (object.kind() != Node.Kind.OBJECT) {
            throw wrong(object, "an object with the field '" + name + "'");
        }
        if (!object.has(name)) {
            String where = object.path() + "." + name;
            throw new SourceException(
                    SourceException.Reason.MISSING_FIELD,
                    source,
                    name,
                    "required field '" + name + "' is missing at " + where
                            + "; the venue may have changed its replies, compare them with its documentation");
        }
        return object.get(name);
    }

    /** A field that may be missing. */
    Optional<Node> find(Node object, String name) {
        return object.kind() == Node.Kind.OBJECT ? object.find(name) : Optional.empty();
    }

    /** An item of a list that must be there. */
    Node item(Node list, int position, String name) throws SourceException {
        if (list.kind() != Node.Kind.ARRAY) {
            throw wrong(list, "a list");
        }
        if (position >= list.size()) {
            throw new SourceException(
                    SourceException.Reason.MISSING_FIELD,
                    source,
                    name,
                    "required field '" + name + "' is missing: " + list.path() + " has " + list.size()
                            + " items, it is number " + position);
        }
        return list.at(position);
    }

    /** The items of a list. */
    List<Node> items(Node list) throws SourceException {
        if (list.kind() != Node.Kind.ARRAY) {
            throw wrong(list, "a list");
        }
        return list.items();
    }

    /** A number, as number or text; NaN for nothing. */
    double decimal(Node node) throws SourceException {
        switch (node.kind()) {
            case NULL -> {
                return Double.NaN;
            }
            case NUMBER -> {
                return node.asDouble();
            }
            case STRING -> {
                String text = node.asText();
                if (Decimal.isNothing(text) || Decimal.isNumber(text)) {
                    return Decimal.parse(text);
                }
                throw wrong(node, "a number");
            }
            default -> throw wrong(node, "a number");
        }
    }

    double decimal(Node object, String name) throws SourceException {
        return decimal(nullable(object, name));
    }

    /** A number that may be missing; NaN then. */
    double decimalOrNothing(Node object, String name) throws SourceException {
        Optional<Node> found = find(object, name);
        return found.isEmpty() ? Double.NaN : decimal(found.get());
    }

    /** An integer that a double holds exactly, as number or text. */
    long whole(Node node) throws SourceException {
        double number = decimal(node);
        if (!(number == Math.rint(number) && Math.abs(number) <= EXACT_WHOLES)) {
            throw wrong(node, "an integer");
        }
        return (long) number;
    }

    long whole(Node object, String name) throws SourceException {
        return whole(field(object, name));
    }

    /** A time in milliseconds since 1970 as nanoseconds. */
    long millis(Node node) throws SourceException {
        long millis = whole(node);
        if (millis < 0 || millis > 9_000_000_000_000L) {
            throw wrong(node, "a time in milliseconds since 1970");
        }
        return millis * 1_000_000L;
    }

    String text(Node object, String name) throws SourceException {
        Node node = field(object, name);
        if (node.kind() != Node.Kind.STRING) {
            throw wrong(node, "a text");
        }
        return node.asText();
    }

    boolean truth(Node object, String name) throws SourceException {
        Node node = field(object, name);
        if (node.kind() != Node.Kind.BOOLEAN) {
            throw wrong(node, "true or false");
        }
        return node.asBoolean();
    }

    SourceException wrong(Node node, String wanted) {
        String text = node.toString();
        return new SourceException(
                SourceException.Reason.WRONG_VALUE,
                source,
                node.path(),
                node.path() + " must be " + wanted + ", got "
                        + (text.length() > 60 ? text.substring(0, 60) + "…" : text)
                        + "; the venue may have changed its replies");
    }
}
