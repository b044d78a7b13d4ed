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

    /** JSON over several lines; {@link Node#toString()} is the compact form. */
    static String json(Node node) {
        StringBuilder out = new StringBuilder();
        json(node, 0, out);
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
        if (isLeaf(node)) {
            node.appendJson(out);
        } else if (node.kind() == Node.Kind.OBJECT) {
            String separator = "{\n";
            for (String name : node.names()) {
                indent(depth + 1, out.append(separator));
                JsonText.quote(name, out);
                json(node.get(name), depth + 1, out.append(": "));
                separator = ",\n";
            }
            indent(depth, out.append('\n'));
            out.append('}');
        } else {
            list(node.list(), depth, out);
        }
    }

    /** A list of leaves stays on one line: columns of numbers would fill pages otherwise. */
    private static void list(List<Node> items, int depth, StringBuilder out) {
        boolean flat = items.stream().allMatch(DocumentWriter::isLeaf);
        for (int i = 0; i < items.size(); i++) {
            out.append(i == 0 ? "[" : ",");
            if (flat) {
                items.get(i).appendJson(out.append(i == 0 ? "" : " "));
            } else {
                indent(depth + 1, out.append('\n'));
                json(items.get(i), depth + 1, out);
            }
        }
        if (!flat) {
            indent(depth, out.append('\n'));
        }
        out.append(']');
    }

    private static void indent(int depth, StringBuilder out) {
        out.append("  ".repeat(depth));
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
            node.appendJson(out);
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
