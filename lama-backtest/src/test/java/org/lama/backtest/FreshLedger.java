package org.lama.backtest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Each test begins without trials on the synthetic market: those are entered into a ledger in the working directory, which
 * would otherwise grow from test to test and from build to build. Found by JUnit as a service.
 */
public final class FreshLedger implements BeforeAllCallback, BeforeEachCallback {
    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        clear();
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        clear();
    }

    /** Only below the folder of this module. */
    private static void clear() throws IOException {
        if (Files.isRegularFile(Path.of("pom.xml"))) {
            for (String name : List.of("trials.jsonl", "trials.lock", "trials.torn")) {
                Files.deleteIfExists(Path.of(".lama", name));
            }
        }
    }
}
