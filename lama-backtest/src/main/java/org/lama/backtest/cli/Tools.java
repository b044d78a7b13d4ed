package org.lama.backtest.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lama.core.signal.ModelSummary;
import org.lama.core.signal.ModelTool;
import org.lama.core.signal.Providers;

/** Reaches model tools by name: the command line knows no model family. */
final class Tools {
    private Tools() {}

    /** Runs a tool; files that it reads or writes itself fail as files do. */
    static ModelSummary run(String name, ModelTool.Action action, ModelTool.Request request) throws IOException {
        try {
            return Providers.named(Providers.tools(), name, "model tool").run(action, request);
        } catch (UncheckedIOException failure) {
            throw failure.getCause();
        }
    }

    /** Adds a flag that was given. */
    static void flag(Map<String, String> options, String name, boolean given) {
        if (given) {
            options.put(name, "true");
        }
    }

    /** Adds an option that was given; the tool has its own default for others. */
    static void put(Map<String, String> options, String name, @Nullable Object value) {
        if (value != null) {
            options.put(name, value.toString());
        }
    }
}
