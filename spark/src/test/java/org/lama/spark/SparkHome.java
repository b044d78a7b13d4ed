package org.lama.spark;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** A Spark installation made of the jars that Maven resolved, which is all that a local cluster needs. */
final class SparkHome {
    private static final List<String> STRANGERS = List.of("lama-", "junit-", "assertj-", "apiguardian-", "opentest4j-");

    private SparkHome() {}

    /** Links the jars of the class path into the folder that the environment calls SPARK_HOME. */
    static Path assemble() throws IOException {
        Path home = Path.of(System.getenv("SPARK_HOME"));
        Path jars = home.resolve("jars");
        Files.createDirectories(jars);
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path jar = Path.of(entry);
            String name = jar.getFileName().toString();
            if (name.endsWith(".jar") && STRANGERS.stream().noneMatch(name::startsWith)) {
                Path link = jars.resolve(name);
                if (!Files.exists(link)) {
                    Files.createSymbolicLink(link, jar.toAbsolutePath());
                }
            }
        }
        return home;
    }

    /** A jar of the classes of these tests, whose workers must exist in the processes of a cluster too. */
    static Path jarOfTests(Path folder) throws IOException, URISyntaxException {
        Path classes = Path.of(SparkHome.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Path jar = folder.resolve("tests.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                Stream<Path> all = Files.walk(classes)) {
            for (Path each : all.filter(Files::isRegularFile).sorted().toList()) {
                out.putNextEntry(new JarEntry(classes.relativize(each).toString()));
                Files.copy(each, out);
                out.closeEntry();
            }
        }
        return jar;
    }

    /** The processes in which a local cluster runs its tasks. */
    static List<ProcessHandle> executors() {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().arguments().map(Arrays::asList).orElse(List.of()).stream()
                        .anyMatch(argument -> argument.contains("CoarseGrainedExecutorBackend")))
                .toList();
    }
}
