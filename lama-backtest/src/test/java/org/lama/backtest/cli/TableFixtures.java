package org.lama.backtest.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;

/** Tables and reference values beside the tests of the statistics commands; see make_fixtures.py there. */
final class TableFixtures {
    private TableFixtures() {}

    /** Copies a resource into a folder, where a command can read it. */
    static String copy(Path folder, String name) {
        Path file = folder.resolve(name);
        try {
            Files.write(file, bytes(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.toString();
    }

    static Node expected() throws IOException {
        return Documents.parseJson(new String(bytes("expected.json"), StandardCharsets.UTF_8), "expected.json");
    }

    static byte[] bytes(String name) throws IOException {
        try (InputStream in = TableFixtures.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException(name + ": no such resource");
            }
            return in.readAllBytes();
        }
    }

    /** Runs something while standard input holds some bytes. */
    static <T> T piped(byte[] input, Supplier<T> work) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(input));
        try {
            return work.get();
        } finally {
            System.setIn(before);
        }
    }

    /** The first item whose fields have the given texts, in pairs of name and text; the text null stands for null. */
    static Node pick(Node list, String... pairs) {
        for (Node item : list.items()) {
            boolean right = true;
            for (int i = 0; i < pairs.length; i += 2) {
                String text = item.find(pairs[i])
                        .map(node -> node.kind() == Node.Kind.STRING ? node.asText() : node.toString())
                        .orElse("null");
                right &= text.equals(pairs[i + 1]);
            }
            if (right) {
                return item;
            }
        }
        throw new IllegalArgumentException("no item with " + List.of(pairs));
    }

    static double[] numbers(Node list) {
        List<Double> numbers = new ArrayList<>();
        list.items().forEach(item -> numbers.add(item.isNull() ? Double.NaN : item.asDouble()));
        return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
