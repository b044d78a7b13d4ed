package org.lama.core.store;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.lama.core.base.Check;
import org.lama.core.store.internal.RawColumn;

/**
 * What all partitions of a series have in common: whose it is, and which columns it has besides time, sequence and
 * availability. Partitions may lack some of them. Immutable.
 *
 * @param name the key as text
 * @param columns what each column holds, in the order in which readers get them
 */
record SeriesFile(String name, Map<String, RawColumn.Kind> columns) {
    /** Name of its file. */
    static final String FILE = "series.json";

    /** A series as its first rows make it. */
    static SeriesFile of(SeriesKey key, Map<String, RawColumn.Kind> columns) {
        return new SeriesFile(key.toString(), ordered(key.kind(), columns));
    }

    /** With columns that come later; integers and numbers in one column are numbers. */
    SeriesFile with(RecordKind kind, Map<String, RawColumn.Kind> more) {
        Map<String, RawColumn.Kind> all = new LinkedHashMap<>(columns);
        more.forEach((column, type) -> all.merge(column, type, (a, b) -> widest(column, a, b)));
        return new SeriesFile(name, ordered(kind, all));
    }

    private static RawColumn.Kind widest(String column, RawColumn.Kind a, RawColumn.Kind b) {
        boolean numbers = isNumber(a) && isNumber(b);
        Check.that(
                a == b || numbers,
                "column " + column + " holds " + a + " in the store and " + b + " now; write it under another name");
        return a == b ? a : RawColumn.Kind.DOUBLE;
    }

    private static boolean isNumber(RawColumn.Kind kind) {
        return kind == RawColumn.Kind.DOUBLE || kind == RawColumn.Kind.LONG;
    }

    /** The kind's own columns in their order, then the others as they came. */
    private static Map<String, RawColumn.Kind> ordered(RecordKind kind, Map<String, RawColumn.Kind> columns) {
        Map<String, RawColumn.Kind> ordered = new LinkedHashMap<>();
        for (RecordKind.Field field : kind.fields()) {
            RawColumn.Kind type = columns.get(field.name());
            if (type != null) {
                ordered.put(field.name(), type);
            }
        }
        columns.forEach(ordered::putIfAbsent);
        return ordered;
    }

    byte[] json() {
        Node.Fields types = Node.object();
        columns.forEach((column, type) -> types.put(column, type.name()));
        return SealedJson.bytes(SealedJson.start().put("series", name).put("columns", types.build()));
    }

    static SeriesFile read(Path folder, SeriesKey key) throws IOException {
        try {
            return SealedJson.read(folder.resolve(FILE), root -> {
                Check.that(
                        root.get("series").asText().equals(key.toString()),
                        "it belongs to " + root.get("series").asText() + ", not to " + key
                                + "; put the folder back to its place");
                Map<String, RawColumn.Kind> columns = new LinkedHashMap<>();
                Node types = root.get("columns");
                types.names()
                        .forEach(column -> columns.put(
                                column, RawColumn.Kind.valueOf(types.get(column).asText())));
                return new SeriesFile(key.toString(), columns);
            });
        } catch (NoSuchFileException e) {
            throw new IOException(
                    folder.resolve(FILE)
                            + ": is missing; put it back from a backup, or remove the folder and import the"
                            + " series again",
                    e);
        }
    }
}
