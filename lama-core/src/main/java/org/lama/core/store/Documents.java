package org.lama.core.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.lama.core.base.Api;
import org.lama.core.store.internal.JsonText;
import org.lama.core.store.internal.RawDocument;
import org.lama.core.store.internal.YamlText;

/**
 * JSON and YAML for everyone: strict readers with limits and writers whose text is equal on every JDK. Duplicate keys
 * are errors; nesting goes to 100, texts to 5 MB, numbers to 100 digits, documents to 64 MB; YAML goes to 1 MiB, takes no
 * tags, no merge keys and at most 50 aliases, and its unquoted {@code yes}, {@code on} and dates are text. Stateless and
 * thread-safe; cost is linear in the text.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Documents {
    private static final long MAX_BYTES = 256L * 1024 * 1024;

    private Documents() {}

    /**
     * Reads a JSON or YAML file; files ending in {@code .yaml} or {@code .yml} are YAML, all others JSON.
     *
     * @param file UTF-8 text
     * @return the root value
     * @throws IOException if the file cannot be read or its text is wrong, with file, line and column
     */
    public static Node read(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException(file + ": is a folder; give a YAML or JSON file");
        }
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        boolean yaml = name.endsWith(".yaml") || name.endsWith(".yml");
        long bytes = Files.size(file);
        if (bytes > MAX_BYTES) {
            throw new IOException(file + ": larger than the " + MAX_BYTES + " bytes a document may have");
        }
        // before a byte of it is read; one of four-byte characters would be refused a little early
        if (yaml && bytes > YamlText.MAX_CHARACTERS) {
            throw new IOException(file + ": has " + bytes + " bytes; " + YamlText.LIMIT);
        }
        String text = Files.readString(file, StandardCharsets.UTF_8);
        return yaml ? parseYaml(text, file.toString()) : parseJson(text, file.toString());
    }

    /**
     * Reads JSON text.
     *
     * @param text the text
     * @param source its name for messages
     * @return the root value
     * @throws IOException if the text is wrong, with line and column
     */
    public static Node parseJson(String text, String source) throws IOException {
        return node(JsonText.read(text, source));
    }

    /**
     * Reads YAML text.
     *
     * @param text the text; empty text is an empty object
     * @param source its name for messages
     * @return the root value
     * @throws IOException if the text is wrong, with line and column
     */
    public static Node parseYaml(String text, String source) throws IOException {
        return node(YamlText.read(text, source));
    }

    /**
     * Writes JSON over several lines, two spaces deep per level; lists of plain values stay on one line.
     *
     * @param node the value
     * @return the text, ending in a line feed
     */
    public static String json(Node node) {
        return DocumentWriter.json(node) + "\n";
    }

    /**
     * Writes JSON on one line without spaces.
     *
     * @param node the value
     * @return the text, without line feed
     */
    public static String compactJson(Node node) {
        return node.toString();
    }

    /**
     * Writes YAML in block style.
     *
     * @param node the value
     * @return the text, ending in a line feed
     */
    public static String yaml(Node node) {
        return DocumentWriter.yaml(node);
    }

    /**
     * Writes a JSON file at once: readers see the old or the new text, never a part.
     *
     * @param file where to write; replaced if it exists
     * @param node the value
     * @throws IOException if the file cannot be written
     */
    public static void writeJson(Path file, Node node) throws IOException {
        AtomicFiles.write(file, json(node).getBytes(StandardCharsets.UTF_8));
    }

    private static Node node(Object raw) {
        if (raw instanceof Map<?, ?> map) {
            Node.Fields fields = Node.object();
            map.forEach((name, value) -> fields.put((String) name, node(value)));
            return fields.build();
        }
        if (raw instanceof List<?> list) {
            List<Node> items = new ArrayList<>(list.size());
            list.forEach(item -> items.add(node(item)));
            return Node.array(items);
        }
        if (raw instanceof String text) {
            return Node.of(text);
        }
        if (raw instanceof Boolean flag) {
            return Node.of(flag);
        }
        if (raw instanceof Long number) {
            return Node.of(number);
        }
        return raw == RawDocument.NULL ? Node.nothing() : Node.of((Double) raw);
    }
}
