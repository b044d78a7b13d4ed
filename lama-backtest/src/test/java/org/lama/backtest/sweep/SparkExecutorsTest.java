package org.lama.backtest.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SparkExecutorsTest {
    /** A class path whose only Spark is a class that does not exist, as a quick build leaves it. */
    private static final class Without extends ClassLoader {
        private final boolean silent;

        Without(boolean silent) {
            super("without-spark", SparkExecutorsTest.class.getClassLoader());
            this.silent = silent;
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            return silent ? Collections.emptyEnumeration() : super.getResources(name);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("org.lama.backtest.sweep.internal.")) {
                throw new ClassNotFoundException(name);
            }
            return super.loadClass(name, resolve);
        }
    }

    @Test
    void missingSparkIsNamedWithWhatToDo() {
        for (boolean silent : new boolean[] {true, false}) {
            assertThatThrownBy(() -> SparkExecutors.start(ClusterSettings.of("local[2]"), new Without(silent)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("Apache Spark is not on the class path")
                    .hasMessageContaining("docs/sweeps-spark.md");
        }
        // beside LAMA's tests lie a few jars of Spark, too few to start
        assertThatThrownBy(() -> SparkExecutors.start("local[2]"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("docs/sweeps-spark.md");
    }

    @Test
    void settingsAreCheckedAndCopied() {
        ClusterSettings settings = ClusterSettings.of("local[2]")
                .withJars(List.of(Path.of("a.jar")))
                .with("spark.executor.memory", "4g")
                .withChunk(8);
        assertThat(settings)
                .isEqualTo(new ClusterSettings(
                        "local[2]", List.of(Path.of("a.jar")), Map.of("spark.executor.memory", "4g"), 8));
        assertThatThrownBy(() -> ClusterSettings.of(" ")).hasMessageContaining("master");
        assertThatThrownBy(() -> settings.withChunk(-1)).hasMessageContaining("chunk must be >= 0, got -1");
    }
}
