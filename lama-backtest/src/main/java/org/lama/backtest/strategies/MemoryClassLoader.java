package org.lama.backtest.strategies;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Classes of one user from memory: what two files call by one name stays apart, no file stays open, and LAMA's own classes
 * are those of this process.
 */
final class MemoryClassLoader extends ClassLoader {
    private static final String CLASS = ".class";

    private final Map<String, byte[]> files;

    /** @param files contents by path inside the jar, such as {@code my/Crossing.class} */
    MemoryClassLoader(Map<String, byte[]> files, @Nullable ClassLoader parent) {
        super("strategy", parent);
        this.files = files;
    }

    static MemoryClassLoader ofClasses(Map<String, byte[]> classes, @Nullable ClassLoader parent) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        classes.forEach((name, bytes) -> files.put(path(name), bytes));
        return new MemoryClassLoader(files, parent);
    }

    static MemoryClassLoader ofJar(Path jar, @Nullable ClassLoader parent) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (JarFile open = new JarFile(jar.toFile())) {
            Enumeration<JarEntry> entries = open.entries();
            while (entries.hasMoreElements()) {
                JarEntry entry = entries.nextElement();
                if (!entry.isDirectory()) {
                    try (InputStream in = open.getInputStream(entry)) {
                        files.put(entry.getName(), in.readAllBytes());
                    }
                }
            }
        } catch (ZipException broken) {
            throw new IOException(jar + ": is no jar file (" + broken.getMessage() + ")", broken);
        }
        return new MemoryClassLoader(files, parent);
    }

    /** Class names, in the order of the jar. */
    Iterable<String> classNames() {
        return files.keySet().stream()
                .filter(name -> name.endsWith(CLASS) && !name.startsWith("META-INF/"))
                .map(name -> name.substring(0, name.length() - CLASS.length()).replace('/', '.'))
                .toList();
    }

    private static String path(String className) {
        return className.replace('.', '/') + CLASS;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = files.get(path(name));
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, bytes, 0, bytes.length);
    }

    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
        byte[] bytes = files.get(name);
        return bytes == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(bytes);
    }
}
