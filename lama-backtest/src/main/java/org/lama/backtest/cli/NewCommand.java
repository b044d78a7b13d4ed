package org.lama.backtest.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.lama.backtest.api.Versions;
import org.lama.core.base.Check;
import org.lama.core.store.AtomicFiles;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Starts a strategy of one's own. */
@Command(
        name = "new",
        description = {
            "Writes a small strategy, its honesty test and a pom.xml into a new folder.",
            "Nothing that exists is overwritten."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  lama new Crossing",
            "  lama backtest --strategy Crossing/src/main/java/Crossing.java --data bars.csv.gz",
            "  lama check Crossing/src/main/java/Crossing.java",
            "  cd Crossing && mvn test                   after 'mvn install -DskipTests' of LAMA"
        })
final class NewCommand implements Callable<Integer> {
    private static final String CLASS = "[A-Z][A-Za-z0-9]{0,63}";

    private static final String STRATEGY = """
            import java.util.HashMap;
            import java.util.Map;
            import org.lama.backtest.strategies.Parameters;
            import org.lama.backtest.strategy.Context;
            import org.lama.backtest.strategy.Strategy;
            import org.lama.core.indicators.Indicator;
            import org.lama.core.indicators.Indicators;

            /** Holds each symbol while its close stands above the mean of its last closes. */
            public final class NAME implements Strategy {
                private final int bars;
                private final Map<Integer, Indicator> means = new HashMap<>();

                public NAME(Parameters p) {
                    bars = p.integer("bars", 50, 2, 10_000);
                }

                @Override
                public void onBar(Context now) {
                    for (int i = 0; i < now.symbols().size(); i++) {
                        if (!now.isTradable(i)) continue;
                        Indicator mean = means.computeIfAbsent(i, symbol -> Indicators.of("sma", bars));
                        boolean above = now.close(i) > mean.update(now.close(i));
                        if (above != now.position(i) > 0) now.target(i, above ? 1.0 / now.symbols().size() : 0);
                    }
                }
            }
            """;

    private static final String TEST = """
            import static org.junit.jupiter.api.Assertions.assertTrue;

            import java.io.IOException;
            import java.util.Map;
            import org.junit.jupiter.api.Test;
            import org.lama.backtest.api.DataRequest;
            import org.lama.backtest.api.Lama;
            import org.lama.backtest.engine.EngineSettings;
            import org.lama.backtest.honesty.HonestySettings;
            import org.lama.backtest.honesty.StrategyHonesty;
            import org.lama.backtest.honesty.StrategyHonestyReport;
            import org.lama.backtest.strategies.Parameters;
            import org.lama.core.data.MarketData;

            class NAMETest {
                /** The future is cut off, poisoned and delayed: no decision may change. */
                @Test
                void decidesFromThePastAlone() throws IOException {
                    MarketData bars = Lama.load(DataRequest.synthetic(3, 400)).data();
                    StrategyHonestyReport report = StrategyHonesty.check(
                            bars, data -> new NAME(Parameters.of(Map.of())), EngineSettings.DEFAULT, HonestySettings.DEFAULT);
                    assertTrue(report.passed(), report.asText());
                    assertTrue(report.fillsCompared() > 0, "it never traded, so nothing was checked");
                }
            }
            """;

    private static final String POM = """
            <?xml version="1.0" encoding="UTF-8"?>
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <modelVersion>4.0.0</modelVersion>
              <groupId>my.strategies</groupId>
              <artifactId>ARTIFACT</artifactId>
              <version>1</version>
              <properties>
                <maven.compiler.release>17</maven.compiler.release>
                <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
              </properties>
              <dependencies>
                <dependency>
                  <groupId>io.github.lamatrading</groupId>
                  <artifactId>lama-backtest</artifactId>
                  <version>VERSION</version>
                </dependency>
                <dependency>
                  <groupId>io.github.lamatrading</groupId>
                  <artifactId>lama-models</artifactId>
                  <version>VERSION</version>
                  <scope>runtime</scope>
                </dependency>
                <dependency>
                  <groupId>org.junit.jupiter</groupId>
                  <artifactId>junit-jupiter</artifactId>
                  <version>5.13.4</version>
                  <scope>test</scope>
                </dependency>
              </dependencies>
              <build>
                <plugins>
                  <plugin>
                    <artifactId>maven-compiler-plugin</artifactId>
                    <version>3.14.1</version>
                  </plugin>
                  <plugin>
                    <artifactId>maven-surefire-plugin</artifactId>
                    <version>3.5.4</version>
                  </plugin>
                </plugins>
              </build>
            </project>
            """;

    @Spec
    CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "Name of the class and of the folder, such as Crossing.")
    String name = "";

    @Option(names = "--in", paramLabel = "DIR", description = "Where the folder is made. Default: here.")
    Path in = Path.of("");

    @Mixin
    CommonOptions common;

    @Override
    public Integer call() throws IOException {
        Check.that(
                name.matches(CLASS),
                "NAME must be the name of a Java class: a capital letter, then letters and digits, such as "
                        + alike(name) + ", got '" + name + "'");
        Check.that(
                !isTaken(name),
                "NAME must not be the name of a class that every strategy uses, got '" + name
                        + "'; choose another, such as My" + name);
        if (Files.exists(in) && !Files.isDirectory(in)) {
            throw new IOException(in + ": is a file, not a folder; choose another --in");
        }
        Path folder = in.resolve(name);
        if (Files.exists(folder)) {
            throw new IOException(folder + ": is there already; choose another name");
        }
        Map<String, String> files = new LinkedHashMap<>();
        files.put("src/main/java/" + name + ".java", STRATEGY.replace("NAME", name));
        files.put("src/test/java/" + name + "Test.java", TEST.replace("NAME", name));
        files.put(
                "pom.xml",
                POM.replace("ARTIFACT", name.toLowerCase(Locale.ROOT)).replace("VERSION", Versions.lama()));
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.toAbsolutePath().getParent());
            AtomicFiles.write(path, file.getValue().getBytes(StandardCharsets.UTF_8));
        }
        String shown = folder.toString().replace('\\', '/');
        String next = "./lama backtest --strategy " + Wording.typed(shown + "/src/main/java/" + name + ".java");
        PrintWriter out = spec.commandLine().getOut();
        if (common.json) {
            out.print(Documents.json(Node.object()
                    .put("folder", shown)
                    .put("files", Node.texts(files.keySet().stream().toList()))
                    .put("next", next)
                    .build()));
        } else {
            files.keySet().forEach(file -> out.println("Wrote " + shown + "/" + file));
            out.println("Next: " + next);
        }
        out.flush();
        return ExitCode.DONE;
    }

    /** The nearest name that is allowed: my-strategy gives MyStrategy. */
    private static String alike(String wrong) {
        String words = Arrays.stream(wrong.split("[^A-Za-z0-9]+", -1))
                .filter(word -> !word.isEmpty())
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
        return words.matches(CLASS) ? words : "Crossing";
    }

    /** A class of this name would hide one that the source needs: it stands in no package. */
    private static boolean isTaken(String name) {
        if (STRATEGY.contains("." + name + ";") || TEST.contains("." + name + ";")) {
            return true;
        }
        try {
            Class.forName("java.lang." + name, false, NewCommand.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError free) {
            return false;
        }
    }
}
