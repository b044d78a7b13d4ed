package org.lama.backtest.sweep.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.lama.core.base.Check;

/** The jars of LAMA as this process has them; a folder of classes, as a build leaves it, is packed. For one thread. */
final class OwnJars implements AutoCloseable {
    private final List<Path> jars = new ArrayList<>();
    private final List<Path> packed = new ArrayList<>();

    static OwnJars of(Class<?>... types) throws IOException {
        OwnJars own = new OwnJars();
        try {
            for (Class<?> type : types) {
                own.add(place(type));
            }
            return own;
        } catch (IOException | RuntimeException failed) {
            own.close();
            throw failed;
        }
    }

    private static Path place(Class<?> type) throws IOException {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        URL where = source == null ? null : source.getLocation();
        if (where == null) {
            throw new IOException(type.getName() + " was loaded from nowhere, so its jar cannot be sent");
        }
        try {
            return Path.of(where.toURI());
        } catch (URISyntaxException odd) {
            throw new IOException(where + ": is no path", odd);
        }
    }

    private void add(Path place) throws IOException {
        if (!Files.isDirectory(place)) {
            jars.add(place);
            return;
        }
        Path jar = Files.createTempFile("lama-classes", ".jar");
        packed.add(jar);
        jars.add(jar);
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                Stream<Path> all = Files.walk(place)) {
            for (Path each : all.filter(Files::isRegularFile).sorted().toList()) {
                out.putNextEntry(new JarEntry(place.relativize(each).toString().replace('\\', '/')));
                Files.copy(each, out);
                out.closeEntry();
            }
        }
    }

    /** With more jars at the end. */
    String[] with(List<Path> more) {
        List<String> all = new ArrayList<>();
        Stream.concat(jars.stream(), more.stream())
                .forEach(each -> all.add(each.toAbsolutePath().toString()));
        for (Path each : more) {
            Check.that(Files.isRegularFile(each), each + ": no such jar");
        }
        return all.toArray(String[]::new);
    }

    @Override
    public void close() {
        for (Path each : packed) {
            // a file that cannot be deleted now is the system's to clean up
            each.toFile().delete();
        }
        packed.clear();
    }

    @Override
    public String toString() {
        return Arrays.toString(jars.toArray());
    }
}
