package org.lama.core.store.internal;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.lama.core.base.Api;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;

/**
 * Strict YAML: plain scalars by the core schema of YAML 1.2 (so {@code on}, {@code yes} and dates stay text), no tags,
 * no merge keys, text keys only, duplicate keys are errors, at most 1 MiB of text, 50 aliases and one million nodes after
 * expansion.
 * Built on SnakeYAML's events, so that nothing is ever constructed from a tag. Stateless and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.INTERNAL)
public final class YamlText {
    /** Longest text: people write it, and reading takes far longer than JSON of that size. */
    public static final int MAX_CHARACTERS = 1024 * 1024;

    private static final int MAX_ALIASES = 50;
    /** What may be read, and what to do about more. */
    public static final String LIMIT =
            "YAML may have " + MAX_CHARACTERS + " at most; keep numbers in CSV or Parquet files and name those";

    private static final long MAX_NODES = 1_000_000;
    private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]+");
    private static final Pattern REAL = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    private static final Pattern INFINITE = Pattern.compile("[-+]?\\.(inf|Inf|INF)");

    private YamlText() {}

    /**
     * Reads one document.
     *
     * @param text the YAML text
     * @param source its name for messages
     * @return a tree as {@link RawDocument} says; an empty text gives an empty map
     * @throws IOException if the text is not YAML or breaks a limit, with line and column
     */
    public static Object read(String text, String source) throws IOException {
        if (text.length() > MAX_CHARACTERS) {
            throw RawDocument.broken(source, 1, 1, "the document has " + text.length() + " characters; " + LIMIT);
        }
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MAX_CHARACTERS);
        options.setMaxAliasesForCollections(MAX_ALIASES);
        options.setNestingDepthLimit(RawDocument.MAX_DEPTH);
        options.setAllowDuplicateKeys(false);
        Yaml yaml = new Yaml(new SafeConstructor(options));
        try {
            return new Reader(yaml.parse(new StringReader(text)).iterator(), source).document();
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
            int column = e.getProblemMark() == null ? 0 : e.getProblemMark().getColumn() + 1;
            throw withCause(RawDocument.broken(source, line, column, String.valueOf(e.getProblem())), e);
        } catch (YAMLException e) {
            throw withCause(RawDocument.broken(source, 0, 0, String.valueOf(e.getMessage())), e);
        }
    }

    private static IOException withCause(IOException broken, Exception cause) {
        broken.initCause(cause);
        return broken;
    }

    /** A value and the number of nodes it stands for once aliases are expanded. */
    private record Sized(Object value, long nodes) {}

    /** Turns the events of one document into a tree. */
    private static final class Reader {
        private final Iterator<Event> events;
        private final String source;
        private final Map<String, Sized> anchors = new HashMap<>();
        private int aliases;

        Reader(Iterator<Event> events, String source) {
            this.events = events;
            this.source = source;
        }

        Object document() throws IOException {
            events.next();
            Event start = events.next();
            if (start.is(Event.ID.StreamEnd)) {
                return new LinkedHashMap<String, Object>();
            }
            Object value = value(events.next(), 1).value();
            events.next();
            Event after = events.next();
            if (!after.is(Event.ID.StreamEnd)) {
                throw at(after, "a second document follows; keep one document in a file");
            }
            return value;
        }

        private Sized value(Event event, int depth) throws IOException {
            if (depth > RawDocument.MAX_DEPTH) {
                throw at(event, "nested deeper than " + RawDocument.MAX_DEPTH);
            }
            if (event instanceof AliasEvent alias) {
                return aliased(alias);
            }
            refuseTag(event);
            Sized value = switch (event.getEventId()) {
                case Scalar -> new Sized(scalar((ScalarEvent) event), 1);
                case SequenceStart -> sequence(depth);
                case MappingStart -> mapping(depth);
                default -> throw at(event, "unexpected " + event.getEventId());
            };
            if (value.nodes() > MAX_NODES) {
                throw at(event, "more than " + MAX_NODES + " values after aliases are expanded");
            }
            String anchor = ((NodeEvent) event).getAnchor();
            if (anchor != null) {
                anchors.put(anchor, value);
            }
            return value;
        }

        private Sized aliased(AliasEvent alias) throws IOException {
            aliases++;
            if (aliases > MAX_ALIASES) {
                throw at(alias, "more than " + MAX_ALIASES + " aliases");
            }
            Sized target = anchors.get(alias.getAnchor());
            if (target == null) {
                throw at(alias, "alias *" + alias.getAnchor() + " has no anchor before it");
            }
            return target;
        }

        private void refuseTag(Event event) throws IOException {
            @Nullable String tag = null;
            if (event instanceof ScalarEvent scalar) {
                tag = scalar.getTag();
            } else if (event instanceof CollectionStartEvent collection) {
                tag = collection.getTag();
            }
            if (tag != null) {
                throw at(event, "the tag " + tag + " is not allowed; write the plain value");
            }
        }

        private Sized sequence(int depth) throws IOException {
            List<Object> items = new ArrayList<>();
            long nodes = 1;
            for (Event event = events.next(); !event.is(Event.ID.SequenceEnd); event = events.next()) {
                Sized item = value(event, depth + 1);
                items.add(item.value());
                nodes += item.nodes();
            }
            return new Sized(items, nodes);
        }

        private Sized mapping(int depth) throws IOException {
            Map<String, Object> fields = new LinkedHashMap<>();
            long nodes = 1;
            for (Event event = events.next(); !event.is(Event.ID.MappingEnd); event = events.next()) {
                String key = key(event);
                Sized item = value(events.next(), depth + 1);
                if (fields.put(key, item.value()) != null) {
                    throw at(event, "the key '" + key + "' appears twice; keep one");
                }
                nodes += item.nodes();
            }
            return new Sized(fields, nodes);
        }

        private String key(Event event) throws IOException {
            refuseTag(event);
            if (!(event instanceof ScalarEvent scalar)) {
                throw at(event, "a key must be plain text");
            }
            if (scalar.isPlain() && scalar.getValue().equals("<<")) {
                throw at(event, "merge keys (<<) are not supported; repeat the values");
            }
            return scalar.getValue();
        }

        private Object scalar(ScalarEvent event) throws IOException {
            String text = event.getValue();
            if (!event.isPlain()) {
                return text;
            }
            return switch (text) {
                case "", "~", "null", "Null", "NULL" -> RawDocument.NULL;
                case "true", "True", "TRUE" -> true;
                case "false", "False", "FALSE" -> false;
                case ".nan", ".NaN", ".NAN" -> Double.NaN;
                default -> number(event, text);
            };
        }

        private Object number(ScalarEvent event, String text) throws IOException {
            if (INFINITE.matcher(text).matches()) {
                return text.charAt(0) == '-' ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
            }
            if (text.length() <= 18 && INTEGER.matcher(text).matches()) {
                return Long.parseLong(text);
            }
            if (!REAL.matcher(text).matches()) {
                return text;
            }
            if (INTEGER.matcher(text).matches()) {
                try {
                    return Long.parseLong(text);
                } catch (NumberFormatException beyondLong) {
                    return Double.parseDouble(text);
                }
            }
            double value = Double.parseDouble(text);
            if (Double.isInfinite(value)) {
                throw at(event, "the number " + text + " is beyond the range of a double");
            }
            return value;
        }

        private IOException at(Event event, String message) {
            return RawDocument.broken(
                    source,
                    event.getStartMark().getLine() + 1,
                    event.getStartMark().getColumn() + 1,
                    message);
        }
    }
}
