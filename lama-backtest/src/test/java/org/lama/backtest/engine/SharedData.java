package org.lama.backtest.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** Finds the folder of shared data, which is no part of the repository. */
final class SharedData {
    private SharedData() {}

    /** A file of the shared data; skips the test by name where it is missing, fails where it must be there. */
    static Path require(String relative) {
        Path found = find().resolve(relative);
        boolean there = Files.exists(found);
        if ("1".equals(System.getenv("LAMA_REQUIRE_SHARED"))) {
            Assertions.assertTrue(there, "LAMA_REQUIRE_SHARED=1, but " + relative + " is missing");
        }
        Assumptions.assumeTrue(there, "shared data are missing: " + relative);
        return found;
    }

    private static Path find() {
        String property = System.getProperty("lama.shared", System.getenv().getOrDefault("LAMA_SHARED", ""));
        if (!property.isEmpty()) {
            return Path.of(property);
        }
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null) {
            if (Files.exists(folder.resolve(".ci/run"))) {
                Path inside = folder.resolve("shared");
                return Files.isDirectory(inside) ? inside : folder.resolveSibling("shared");
            }
            folder = folder.getParent();
        }
        return Path.of("shared");
    }
}
