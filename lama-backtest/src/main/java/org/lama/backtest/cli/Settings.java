package org.lama.backtest.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;

/** Settings from flags and files as documents. */
final class Settings {
    private Settings() {}

    /** What a file makes of settings; whatever is wrong in it is said with its name. */
    static <T> T read(Path file, Function<Node, T> applied) throws IOException {
        try {
            return applied.apply(document(file));
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(file + ": " + wrong.getMessage(), wrong);
        }
    }

    /** Whether a file of settings says which market the data are of. */
    static boolean saysInstrument(@Nullable Path file) throws IOException {
        return file != null
                && document(file)
                        .find("data")
                        .flatMap(data -> data.find("instrument"))
                        .isPresent();
    }

    /** Settings that only say the market. */
    static Node instrument(String market) {
        return Node.object()
                .put("data", Node.object().put("instrument", market).build())
                .build();
    }

    /** Settings that only name symbols. */
    static Node symbols(List<String> symbols) {
        return Node.object()
                .put("data", Node.object().put("symbols", Node.texts(symbols)).build())
                .build();
    }

    /** The same for a study, which trades that kind. */
    static Node study(String market) {
        return Node.object()
                .put("data", Node.object().put("instrument", market).build())
                .put("study", Node.object().build())
                .build();
    }

    private static Node document(Path file) throws IOException {
        Node document = Documents.read(file);
        if (document.kind() != Node.Kind.OBJECT) {
            throw new IllegalArgumentException("settings are keys with values, such as those of --print-config, got "
                    + Documents.compactJson(document).strip());
        }
        return document;
    }

    static void put(Node.Fields fields, String key, @Nullable String text) {
        if (text != null) {
            fields.put(key, text);
        }
    }

    static void put(Node.Fields fields, String key, @Nullable Double number) {
        if (number != null) {
            fields.put(key, number);
        }
    }

    static void put(Node.Fields fields, String key, @Nullable Long number) {
        if (number != null) {
            fields.put(key, number);
        }
    }
}
