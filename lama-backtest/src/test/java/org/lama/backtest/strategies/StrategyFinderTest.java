package org.lama.backtest.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StrategyFinderTest {
    private static final String GOOD = """
            package my;
            import org.lama.backtest.strategies.Parameters;
            import org.lama.backtest.strategy.*;
            public class Good implements Strategy {
                private final int bars;
                public Good(Parameters p) { bars = p.integer("bars", 3, 1, 50); }
                public int warmUpBars() { return new Inner().twice(bars); }
                public void onBar(Context now) { now.target(0, 1); }
                static class Inner { int twice(int x) { return 2 * x; } }
            }
            """;

    @TempDir
    private Path folder;

    private Blueprint source(String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        return StrategyFinder.find(file.toString(), Optional.empty());
    }

    private static int warmUp(Blueprint blueprint, Map<String, String> parameters) {
        return blueprint.create(parameters).warmUpBars();
    }

    @Test
    void aSourceFileIsCompiledInMemory() throws IOException {
        Blueprint good = source("Good.java", GOOD);
        assertThat(good.name()).isEqualTo("Good.java");
        assertThat(warmUp(good, Map.of())).isEqualTo(6);
        assertThat(warmUp(good, Map.of("bars", "5"))).isEqualTo(10);
        assertThat(good.effective(Map.of())).containsExactly(Map.entry("bars", "3"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> good.create(Map.of("bar", "5")))
                .withMessage("strategy Good.java has no parameter 'bar'; it has [bars]; did you mean 'bars'?");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> good.create(Map.of("bars", "99")))
                .withMessage("parameter bars must be in [1, 50], got 99");
        try (var files = Files.list(folder)) {
            assertThat(files).as("nothing is written beside the source").hasSize(1);
        }
    }

    @Test
    void twoFilesWithOneNameStayApart() throws IOException {
        Blueprint first = source("Good.java", GOOD);
        Blueprint second = source("Good.java", GOOD.replace("2 * x", "3 * x"));
        assertThat(warmUp(first, Map.of())).isEqualTo(6);
        assertThat(warmUp(second, Map.of())).isEqualTo(9);
        assertThat(first.codeSha256()).isNotEqualTo(second.codeSha256());
    }

    @Test
    void compileErrorsShowFileLineColumnAndTheLineItself() {
        String broken = GOOD.replace("now.target(0, 1);", "now.targt(0, 1);").replace("return 2 * x", "\treturn y");
        assertThatExceptionOfType(CompilationException.class)
                .isThrownBy(() -> source("Good.java", broken))
                .satisfies(wrong -> assertThat(wrong.getMessage())
                        .contains("Good.java does not compile:\n")
                        .contains("Good.java:8:41: cannot find symbol\n")
                        .contains("        public void onBar(Context now) { now.targt(0, 1); }\n" + " ".repeat(44)
                                + "^\n")
                        .contains("symbol:   method targt(int,int)")
                        .contains("Good.java:9:")
                        .endsWith("2 errors"));
    }

    @Test
    void aFileWithoutStrategyOrWithSeveralIsRefused() throws IOException {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> source("Empty.java", "class Empty {}"))
                .withMessageContaining("Empty.java holds no class that implements org.lama.backtest.strategy.Strategy")
                .withMessageEndingWith("'lama new NAME' writes one to start from");
        String two = """
                class A implements org.lama.backtest.strategy.Strategy {
                    public void onBar(org.lama.backtest.strategy.Context now) {}
                }
                class B extends A {}
                """;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> source("Two.java", two))
                .withMessageEndingWith("Two.java holds several strategies [A, B]; call the one to run Two");
        assertThat(source("B.java", two).create(Map.of())).isNotNull();
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        source("C.java", two.replace("class B extends A {}", "class C extends A { C(int x) {} }")))
                .withMessage("class C needs a constructor that takes org.lama.backtest.strategies.Parameters,"
                        + " or one without arguments");
    }

    @Test
    void aConstructorThatFailsIsNamed() throws IOException {
        Blueprint bad = source("Good.java", GOOD.replace("bars = p.integer(\"bars\", 3, 1, 50)", "bars = 1 / 0"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bad.create(Map.of()))
                .withMessage("the constructor of strategy my.Good failed: java.lang.ArithmeticException: / by zero");
    }

    @Test
    void withoutACompilerASourceFileSaysThatItNeedsAJdk() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> new SourceCompiler(Optional.empty(), Path.of("Good.java")))
                .withMessageStartingWith("Good.java: a source file needs a JDK to be compiled");
    }

    @Test
    void aMissingFileOrOneThatIsNoTextIsRefused() throws IOException {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> StrategyFinder.find("nowhere/Good.java", Optional.empty()))
                .withMessageContaining("no such source file; check the path");
        Path binary = Files.write(folder.resolve("Binary.java"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> StrategyFinder.find(binary.toString(), Optional.empty()))
                .withMessageEndingWith("is no UTF-8 text; give a Java source file");
    }

    @Test
    void aClassIsFoundInAJarAndOnTheClassPath() throws IOException {
        Path jar = jar();
        Blueprint good = StrategyFinder.find("my.Good", Optional.of(jar));
        assertThat(warmUp(good, Map.of())).isEqualTo(6);
        Files.delete(jar); // nothing holds it open
        assertThat(warmUp(good, Map.of("bars", "4"))).isEqualTo(8);
        assertThat(StrategyFinder.find(BuyAndHold.class.getName(), Optional.empty())
                        .create(Map.of()))
                .isInstanceOf(BuyAndHold.class);
    }

    @Test
    void classesThatAreNotThereOrNoStrategiesAreRefused() throws IOException {
        Path jar = jar();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StrategyFinder.find("my.Goood", Optional.of(jar)))
                .withMessageContaining("holds no class my.Goood; did you mean 'my.Good'?");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StrategyFinder.find("java.lang.String", Optional.empty()))
                .withMessageStartingWith("class java.lang.String is no strategy: it must implement");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StrategyFinder.find("my.Nothing", Optional.empty()))
                .withMessageStartingWith("class my.Nothing is not on the class path; give its jar with --jar FILE");
        Path text = Files.writeString(folder.resolve("text.jar"), "no jar");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> StrategyFinder.find("my.Good", Optional.of(text)))
                .withMessageContaining("text.jar: is no jar file");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> StrategyFinder.find("my.Good", Optional.of(folder.resolve("no.jar"))))
                .withMessageContaining("no such jar file; check the path of --jar");
    }

    private Path jar() throws IOException {
        Path file = Files.writeString(folder.resolve("Good.java"), GOOD);
        Map<String, byte[]> classes =
                new SourceCompiler(Optional.ofNullable(ToolProvider.getSystemJavaCompiler()), file).compile(file);
        Path jar = folder.resolve("my.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out)) {
            for (Map.Entry<String, byte[]> each : classes.entrySet()) {
                entries.putNextEntry(new JarEntry(each.getKey().replace('.', '/') + ".class"));
                entries.write(each.getValue());
            }
        }
        return jar;
    }
}
