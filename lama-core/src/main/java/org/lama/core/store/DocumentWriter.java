package org.lama.core.store;

import java.util.List;
import java.util.regex.Pattern;
import org.lama.core.store.internal.JsonText;

/** Writes nodes as JSON or YAML text. Stateless. */
final class DocumentWriter {
    /** Texts that YAML 1.1 and 1.2 readers alike take as text without quotes. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9_./-]*");

    private static final Pattern RESERVED = Pattern.compile("(?i)null|true|false|yes|no|on|off|y|n");

    private DocumentWriter() {}

    static String json(Node node, boolean pretty) {
        StringBuilder out = new StringBuilder();
        json(node, pretty ? 0 : -1, out);
        return out.toString();
    }

    static String yaml(Node node) {
        StringBuilder out = new StringBuilder();
        if (isLeaf(node)) {
            yamlLeaf(node, out);
            out.append('\n');
        } else {
            yamlBlock(node, 0, out);
        }
        return out.toString();
    }

    private static void json(Node node, int depth, StringBuilder out) {
        switch (node.kind()) {
            case OBJECT -> {
                List<String> names = node.names();
                out.append('{');
                for (int i = 0; i < names.size(); i++) {
                    separate(i, depth, out);
                    JsonText.quote(names.get(i), out);
                    out.append(depth < 0 ? ":" : ": ");
                    json(node.get(names.get(i)), deeper(depth), out);
                }
                close(names.size(), depth, out);
                out.append('}');
            }
            case ARRAY -> {
                List<Node> items = node.items();
                // a list of leaves stays on one line: columns of numbers would fill pages otherwise
                boolean flat = items.stream().allMatch(DocumentWriter::isLeaf);
                int inner = flat ? -1 : depth;
                out.append('[');
                for (int i = 0; i < items.size(); i++) {
                    separate(i, inner, out);
                    out.append(flat && depth >= 0 && i > 0 ? " " : "");
                    json(items.get(i), deeper(inner), out);
                }
                close(items.size(), inner, out);
                out.append(']');
            }
            default -> leaf(node, out);
        }
    }

    private static int deeper(int depth) {
        return depth < 0 ? -1 : depth + 1;
    }

    private static void separate(int position, int depth, StringBuilder out) {
        out.append(position > 0 ? "," : "");
        if (depth >= 0) {
            indent(depth + 1, out.append('\n'));
        }
    }

    private static void close(int size, int depth, StringBuilder out) {
        if (depth >= 0 && size > 0) {
            indent(depth, out.append('\n'));
        }
    }

    private static void indent(int depth, StringBuilder out) {
        out.append("  ".repeat(depth));
    }

    private static void leaf(Node node, StringBuilder out) {
        switch (node.kind()) {
            case STRING -> JsonText.quote(node.asText(), out);
            case BOOLEAN -> out.append(node.asBoolean());
            case NUMBER ->
                out.append(node.isInteger() ? Long.toString(node.asLong()) : JsonText.shortest(node.asDouble()));
            default -> out.append("null");
        }
    }

    private static boolean isLeaf(Node node) {
        return switch (node.kind()) {
            case OBJECT, ARRAY -> node.size() == 0;
            default -> true;
        };
    }

    private static void yamlBlock(Node node, int depth, StringBuilder out) {
        if (node.kind() == Node.Kind.OBJECT) {
            for (String name : node.names()) {
                indent(depth, out);
                yamlText(name, out);
                out.append(':');
                yamlChild(node.get(name), depth, out);
            }
        } else {
            for (Node item : node.items()) {
                indent(depth, out);
                out.append('-');
                yamlChild(item, depth, out);
            }
        }
    }

    private static void yamlChild(Node child, int depth, StringBuilder out) {
        if (isLeaf(child)) {
            yamlLeaf(child, out.append(' '));
            out.append('\n');
        } else {
            yamlBlock(child, depth + 1, out.append('\n'));
        }
    }

    private static void yamlLeaf(Node node, StringBuilder out) {
        if (node.kind() == Node.Kind.STRING) {
            yamlText(node.asText(), out);
        } else {
            json(node, -1, out);
        }
    }

    private static void yamlText(String text, StringBuilder out) {
        if (PLAIN.matcher(text).matches() && !RESERVED.matcher(text).matches()) {
            out.append(text);
        } else {
            JsonText.quote(text, out);
        }
    }
}
