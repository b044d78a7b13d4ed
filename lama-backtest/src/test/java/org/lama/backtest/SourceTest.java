package org.lama.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules that only the sources can tell: sizes, tags and package sentences, in all modules. */
class SourceTest {
    private static final int MOST_FILE_LINES = 800;
    private static final int MOST_METHOD_LINES = 60;
    /** Kernels that read as one formula: file and method to the reason. */
    private static final Map<String, String> LONG_KERNELS = Map.of();

    private static final Pattern PUBLIC_TYPE = Pattern.compile(
            "(?m)^public (?:abstract |final |sealed |non-sealed )*(?:class|interface|record|enum|@interface) ");
    private static final Pattern NOT_A_METHOD =
            Pattern.compile("\\b(class|interface|record|enum|new)\\b|->\\s*$|=\\s*$|,\\s*$|^\\s*$");
    private static final Pattern NAME = Pattern.compile("(\\w+)\\s*(?:\\(|$)");

    @Test
    void publicTypesSaySinceWhen() {
        assertThat(failing(SourceTest::withoutSince)).isEmpty();
        assertThat(withoutSince("/** A type. */\npublic final class A {}")).isNotEmpty();
        assertThat(withoutSince("/** A type.\n * @since 0.1.0\n */\npublic final class A {}"))
                .isEmpty();
    }

    @Test
    void filesAndMethodsStayShort() {
        assertThat(failing(SourceTest::tooLong)).isEmpty();
        assertThat(tooLong("\n".repeat(801))).isNotEmpty();
        String body = "x();\n".repeat(61);
        assertThat(tooLong("class A {\n  void big(int a) throws B {\n" + body + "  }\n}"))
                .containsExactly("big: 62 lines");
        assertThat(tooLong("class A {\n  A() {\n" + body + "  }\n}")).containsExactly("A: 62 lines");
        assertThat(tooLong("class A {\n  int x = 1;\n" + "  void f() { g(); }\n".repeat(70) + "}"))
                .isEmpty();
        assertThat(tooLong("record A(int x) {\n" + "  void f() { if (a) { b('{'); } } // {\n".repeat(70) + "}"))
                .isEmpty();
    }

    @Test
    void everyPackageSaysWhatItOwns() {
        TreeSet<String> silent = new TreeSet<>();
        for (Path file : sources()) {
            Path info = file.resolveSibling("package-info.java");
            if (!Files.exists(info)
                    || !read(info).startsWith("/**")
                    || !read(info).contains("@NullMarked")) {
                silent.add(info.toString());
            }
        }
        assertThat(silent).isEmpty();
        assertThat(sources()).hasSizeGreaterThan(50);
    }

    private interface Rule {
        List<String> breaches(String source);
    }

    private static List<String> failing(Rule rule) {
        List<String> all = new ArrayList<>();
        for (Path file : sources()) {
            String name = file.getFileName().toString();
            for (String breach : rule.breaches(read(file))) {
                String key = name.replace(".java", "") + "#" + breach.replaceAll(":.*", "");
                if (!LONG_KERNELS.containsKey(key)) {
                    all.add(name + ": " + breach);
                }
            }
        }
        return all;
    }

    private static List<String> withoutSince(String source) {
        var type = PUBLIC_TYPE.matcher(source);
        boolean missing = type.find() && !source.substring(0, type.start()).contains("@since ");
        return missing ? List.of("public type without @since") : List.of();
    }

    private static List<String> tooLong(String source) {
        List<String> found = new ArrayList<>();
        long lines = source.lines().count();
        if (lines > MOST_FILE_LINES) {
            found.add("file: " + lines + " lines");
        }
        methods(withoutTexts(source), found);
        return found;
    }

    /** Walks over braces; the outermost block that follows a signature is a method. */
    private static void methods(String source, List<String> found) {
        int depth = 0;
        int methodDepth = -1;
        int methodLine = 0;
        String method = "";
        int line = 1;
        int statement = 0;
        for (int i = 0; i < source.length(); i++) {
            char c = source.charAt(i);
            if (c == '\n') {
                line++;
            } else if (c == '{') {
                String head = source.substring(statement, i);
                if (methodDepth < 0 && depth > 0 && !NOT_A_METHOD.matcher(head).find()) {
                    methodDepth = depth;
                    methodLine = line;
                    method = name(head);
                }
                depth++;
                statement = i + 1;
            } else if (c == '}') {
                depth--;
                statement = i + 1;
                if (depth == methodDepth) {
                    methodDepth = -1;
                    if (line - methodLine > MOST_METHOD_LINES) {
                        found.add(method + ": " + (line - methodLine) + " lines");
                    }
                }
            } else if (c == ';') {
                statement = i + 1;
            }
        }
    }

    private static String name(String head) {
        // annotations before the name may have arguments; the signature's parenthesis follows the last plain word
        var matcher = NAME.matcher(head.replaceAll("@\\w+(\\([^)]*\\))?", ""));
        return matcher.find() ? matcher.group(1) : head.strip();
    }

    /** Comments and literals out, line feeds kept. */
    private static String withoutTexts(String source) {
        StringBuilder out = new StringBuilder();
        var token = Pattern.compile(
                        "(?s)/\\*.*?\\*/|//[^\\n]*|\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\])*\"|'(?:\\\\.|[^'\\\\])'")
                .matcher(source);
        int from = 0;
        while (token.find()) {
            out.append(source, from, token.start());
            token.group().chars().filter(c -> c == '\n').forEach(c -> out.append('\n'));
            from = token.end();
        }
        return out.append(source, from, source.length()).toString();
    }

    private static List<Path> sources() {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(root.resolve("lama-core")) && root.getParent() != null) {
            root = root.getParent();
        }
        List<Path> files = new ArrayList<>();
        try (Stream<Path> modules = Files.list(root)) {
            for (Path module : modules.sorted().toList()) {
                Path main = module.resolve("src/main/java");
                if (Files.isDirectory(main)) {
                    try (Stream<Path> walk = Files.walk(main)) {
                        walk.filter(f -> f.toString().endsWith(".java"))
                                .sorted()
                                .forEach(files::add);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
