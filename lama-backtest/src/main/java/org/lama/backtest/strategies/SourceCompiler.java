package org.lama.backtest.strategies;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.base.Api;

/** Compiles one source file in memory, against LAMA and the class path of this process. Writes no file. */
final class SourceCompiler {
    private static final int MOST_ERRORS = 20;
    private static final int TAB = 8;

    private final JavaCompiler compiler;

    /** @param compiler of the JDK; empty on a run-time without one */
    SourceCompiler(Optional<JavaCompiler> compiler, Path file) throws IOException {
        this.compiler = compiler.orElseThrow(() ->
                new IOException(file + ": a source file needs a JDK to be compiled, but this Java has no compiler;"
                        + " run with a JDK 17 or newer, or compile the file and give the class with --jar"));
    }

    /** The class files by class name, in the order in which the compiler wrote them. */
    Map<String, byte[]> compile(Path file) throws IOException {
        String text;
        try {
            text = Files.readString(file);
        } catch (CharacterCodingException notText) {
            throw new IOException(file + ": is no UTF-8 text; give a Java source file", notText);
        }
        DiagnosticCollector<JavaFileObject> findings = new DiagnosticCollector<>();
        StringWriter rest = new StringWriter();
        try (StandardJavaFileManager standard =
                        compiler.getStandardFileManager(findings, Locale.ROOT, StandardCharsets.UTF_8);
                Memory memory = new Memory(standard)) {
            List<String> options =
                    List.of("-proc:none", "-Xlint:none", "-implicit:none", "-g", "-classpath", classPath());
            boolean done = compiler.getTask(rest, memory, findings, options, null, List.of(new Source(file, text)))
                    .call();
            if (!done) {
                throw new CompilationException(shown(file), lines(file, text, findings.getDiagnostics(), rest));
            }
            return memory.classFiles();
        }
    }

    private static String shown(Path file) {
        return file.toString().replace('\\', '/');
    }

    private static List<String> lines(
            Path file, String text, List<Diagnostic<? extends JavaFileObject>> findings, StringWriter rest) {
        List<String> source = text.lines().toList();
        List<String> lines = new ArrayList<>();
        int errors = 0;
        for (Diagnostic<? extends JavaFileObject> finding : findings) {
            if (finding.getKind() != Diagnostic.Kind.ERROR) {
                continue;
            }
            errors++;
            if (errors > MOST_ERRORS) {
                continue;
            }
            int line = (int) finding.getLineNumber();
            int column = (int) finding.getColumnNumber();
            String place = line < 1 ? shown(file) : shown(file) + ":" + line + ":" + column;
            String[] message = finding.getMessage(Locale.ROOT).split("\\R", -1);
            lines.add(place + ": " + message[0]);
            if (line >= 1 && line <= source.size()) {
                String code = expanded(source.get(line - 1));
                lines.add("    " + code);
                lines.add("    " + " ".repeat(Math.max(0, Math.min(column, code.length() + 1) - 1)) + "^");
            }
            for (int i = 1; i < message.length; i++) {
                lines.add("    " + message[i].strip());
            }
        }
        rest.toString().lines().forEach(lines::add);
        lines.add(errors
                + (errors == 1 ? " error" : " errors")
                + (errors > MOST_ERRORS ? ", the first " + MOST_ERRORS + " are shown" : ""));
        return lines;
    }

    /** Tabs as the compiler counts its columns: up to the next multiple of 8. */
    private static String expanded(String code) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < code.length(); i++) {
            if (code.charAt(i) == '\t') {
                text.append(" ".repeat(TAB - text.length() % TAB));
            } else {
                text.append(code.charAt(i));
            }
        }
        return text.toString();
    }

    /** What this process runs from, and where LAMA's own classes lie if something else loaded them. */
    private static String classPath() {
        Set<String> parts = new LinkedHashSet<>();
        for (Class<?> type : List.of(Strategy.class, Api.class)) {
            CodeSource place = type.getProtectionDomain().getCodeSource();
            if (place != null && place.getLocation() != null) {
                file(place.getLocation()).ifPresent(parts::add);
            }
        }
        parts.addAll(List.of(ManagementFactory.getRuntimeMXBean().getClassPath().split(File.pathSeparator)));
        parts.remove("");
        return String.join(File.pathSeparator, parts);
    }

    /** What is not a file is left out: the class path of the process has to do. */
    private static Optional<String> file(URL place) {
        try {
            return Optional.of(Path.of(place.toURI()).toString());
        } catch (URISyntaxException | IllegalArgumentException unusual) {
            return Optional.empty();
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(Path file, String text) {
            super(file.toAbsolutePath().toUri(), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class Memory extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ByteArrayOutputStream> written = new LinkedHashMap<>();

        Memory(JavaFileManager standard) {
            super(standard);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("memory:///" + className.replace('.', '/') + ".class"), kind) {
                @Override
                public OutputStream openOutputStream() {
                    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                    written.put(className, bytes);
                    return bytes;
                }
            };
        }

        Map<String, byte[]> classFiles() {
            Map<String, byte[]> files = new LinkedHashMap<>();
            written.forEach((name, bytes) -> files.put(name, bytes.toByteArray()));
            return files;
        }
    }
}
