package org.lama.core.data;

import static org.assertj.core.api.Assertions.fail;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** Finds the folder of real data, which is never part of the repository. */
public final class SharedData {
    private SharedData() {}

    /** A path below the shared folder; skips the test by name where it is missing. */
    public static Path path(String relative) {
        Optional<Path> found = folder().map(folder -> folder.resolve(relative)).filter(Files::exists);
        if (found.isEmpty() && "1".equals(System.getenv("LAMA_REQUIRE_SHARED"))) {
            fail("LAMA_REQUIRE_SHARED=1, but shared/" + relative + " is missing");
        }
        Assumptions.assumeTrue(found.isPresent(), "real data shared/" + relative + " is missing");
        return found.orElseThrow();
    }

    private static Optional<Path> folder() {
        String property = System.getProperty("lama.shared");
        String given = property != null ? property : System.getenv("LAMA_SHARED");
        if (given != null) {
            return Optional.of(Path.of(given));
        }
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            boolean root = Files.exists(at.resolve(".ci/run"))
                    || (Files.exists(at.resolve("pom.xml")) && Files.exists(at.resolve(".mvn")));
            if (root) {
                for (Path candidate : new Path[] {at.resolve("shared"), at.resolveSibling("shared")}) {
                    if (Files.isDirectory(candidate)) {
                        return Optional.of(candidate);
                    }
                }
            }
        }
        return Optional.empty();
    }
}
