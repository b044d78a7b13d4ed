package org.lama.backtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lama.backtest.walkforward.StudyInterruptedException;
import org.lama.core.base.Issue;
import org.lama.core.data.DataException;
import org.lama.core.store.Node;
import picocli.CommandLine;

class SmallCommandsTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"sweep", "check", "calibrate", "seal", "unseal"})
    void noLineOfTheExamplesIsBrokenByTheWidthOfTheHelp(String command) {
        String[] lines =
                Shell.run(command, "--help").out().split("\nExamples:\n", 2)[1].split("\n", -1);
        for (int i = 1; i < lines.length; i++) {
            boolean goesOn = lines[i - 1].length() > 60 && lines[i].length() > 0 && lines[i].length() < 12;
            assertThat(goesOn).as(lines[i - 1] + " / " + lines[i]).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"study", "rerun", "data", "data verify", "models", "doctor", "notebook"})
    void everyCommandHasHelpWithAnExample(String command) {
        Shell.Outcome outcome = Shell.run((command + " --help").split(" "));
        assertThat(outcome.code()).isZero();
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out())
                .startsWith("Usage: lama " + command)
                .containsPattern("Examples?:\\R+  lama " + command)
                .contains("--help", "--json", "--debug");
    }

    @Test
    void withoutACommandTheHelpListsThemAndTheExitCodes() {
        for (String[] args : new String[][] {{}, {"--help"}, {"-h"}}) {
            Shell.Outcome outcome = Shell.run(args);
            assertThat(outcome.code()).isZero();
            assertThat(outcome.out())
                    .contains("study", "rerun", "data", "models", "doctor", "notebook", "Examples:", "  lama study")
                    .contains("Exit codes: 0 done", "no financial advice");
        }
        assertThat(Shell.run("data").out()).startsWith("Usage: lama data").contains("verify");
    }

    @Test
    void versionIsOneLine() {
        for (String flag : List.of("--version", "-V")) {
            Shell.Outcome outcome = Shell.run(flag);
            assertThat(outcome.code()).isZero();
            assertThat(outcome.out()).matches("lama \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\n");
        }
    }

    @Test
    void mistypedCommandsAndOptionsNameTheNearest() {
        Shell.Outcome command = Shell.run("stduy");
        assertThat(command.code()).isEqualTo(2);
        assertThat(command.out()).isEmpty();
        assertThat(command.err())
                .contains("stduy")
                .contains("; did you mean ")
                .hasLineCount(1)
                .contains("study")
                .contains("--help");
        Shell.Outcome option = Shell.run("study", "--combinr=x");
        assertThat(option.code()).isEqualTo(2);
        assertThat(option.err())
                .contains("Unknown option: '--combinr=x'", "; did you mean --combiner", "; see 'lama study --help'");
        Shell.Outcome missing = Shell.run("data", "verify");
        assertThat(missing.code()).isEqualTo(2);
        assertThat(missing.err()).contains("PATH", "; see 'lama data verify --help'");
        assertThat(Shell.run("study", "--config", "a", "--config", "b").code()).isEqualTo(2);
    }

    @Test
    void modelsListsWhatTheClassPathOffers() throws IOException {
        Shell.Outcome table = Shell.run("models");
        assertThat(table.code()).isZero();
        assertThat(table.out()).contains("momentum", "anomaly", "liquidity", "bayesian", "four-regimes", "synthetic");
        Node json = Shell.run("models", "--json").json();
        assertThat(json.names()).containsExactly("model", "combiner", "regime", "tool", "dataset");
        assertThat(json.get("combiner").asTexts())
                .containsExactlyInAnyOrder("weighted", "dynamic", "consensus", "bayesian");
    }

    @Test
    void doctorChecksWhatEveryStudyNeeds() throws IOException {
        Shell.Outcome table = Shell.run("doctor");
        assertThat(table.code()).as(table.out()).isZero();
        assertThat(table.out())
                .contains("java", "heap", "parquet", "models", "platform")
                .doesNotContain("FAULT");
        Node json = Shell.run("doctor", "--json").json();
        assertThat(json.get("parquet").get("state").asText()).isEqualTo("ok");
    }

    @Test
    void doctorEndsWithOneForAFaultButNotForAMissingProgram() {
        DoctorCommand.Finding fault = DoctorCommand.finding("heap", false, "1 MiB");
        DoctorCommand.Finding absent = DoctorCommand.program("none", "needed for nothing", "lama-no-such-program");
        assertThat(absent.state()).isEqualTo("missing");
        assertThat(absent.detail()).isEqualTo("lama-no-such-program is not on PATH; needed for nothing");
        assertThat(DoctorCommand.program("java", "", javaCommand(), "--no-such-flag")
                        .detail())
                .startsWith("does not run");
        assertThat(DoctorCommand.code(List.of(absent))).isZero();
        assertThat(DoctorCommand.code(List.of(absent, fault))).isEqualTo(1);
    }

    private static String javaCommand() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    @Test
    void aProgramThatIsInterruptedIsMissing() {
        Thread.currentThread().interrupt();
        assertThat(DoctorCommand.program("java", "", javaCommand(), "-version").state())
                .isIn("missing", "ok");
        Thread.interrupted();
    }

    @Test
    void notebookNeedsACheckoutAndPassesTheResultOn() throws IOException {
        String before = System.getProperty("lama.home");
        System.setProperty("lama.home", folder.toString());
        try {
            Shell.Outcome absent = Shell.run("notebook");
            assertThat(absent.code()).isEqualTo(2);
            assertThat(absent.err()).contains("run.sh: not found; 'lama notebook' needs a checkout of LAMA");
            Path script = Files.createDirectories(folder.resolve("notebooks")).resolve("run.sh");
            Files.writeString(script, "[ \"${1:-}\" = --test ] && exit 0\nexit 7\n");
            assertThat(Shell.run("notebook", "--test").code()).isZero();
            assertThat(Shell.run("notebook").code()).isEqualTo(1);
        } finally {
            if (before == null) {
                System.clearProperty("lama.home");
            } else {
                System.setProperty("lama.home", before);
            }
        }
    }

    @Test
    void failuresHaveTheDocumentedExitCodes() {
        assertThat(Errors.code(new IllegalArgumentException("x"))).isEqualTo(2);
        assertThat(Errors.code(new IOException("x"))).isEqualTo(2);
        assertThat(Errors.code(DataException.ofRequest("f", "", "r", "do"))).isEqualTo(2);
        assertThat(Errors.code(new DataException("f", 1, "c", "r", "do"))).isEqualTo(3);
        assertThat(Errors.code(new StudyInterruptedException("x"))).isEqualTo(130);
        assertThat(Errors.code(new IllegalStateException("x"))).isEqualTo(1);
    }

    @Test
    void internalErrorsAskForAReportAndWrappedOnesAreUnwrapped() {
        StringWriter err = new StringWriter();
        CommandLine line = new CommandLine(new RootCommand()).setErr(new PrintWriter(err));
        CommandLine.ParseResult parsed = line.parseArgs();
        assertThat(Errors.execution(new IllegalStateException(), line, parsed)).isEqualTo(1);
        assertThat(err.toString()).contains("lama: IllegalStateException", "fault of LAMA. Run again with --debug");
        assertThat(Errors.execution(new UncheckedIOException(new AccessDeniedException("secret")), line, parsed))
                .isEqualTo(2);
        assertThat(err.toString()).contains("secret: no permission to read or write it");
        assertThat(Errors.memory(new PrintWriter(err))).isEqualTo(2);
        assertThat(err.toString()).contains("set LAMA_HEAP");
    }

    @Test
    void everyErrorAndWarningHasARemedy() {
        for (Issue.Reason reason : Issue.Reason.values()) {
            boolean note = reason.severity() == Issue.Severity.INFO;
            assertThat(Remedies.has(reason)).as(reason.name()).isEqualTo(!note);
        }
    }

    @Test
    void withoutATerminalProgressIsALineForEachTenth() {
        StringWriter err = new StringWriter();
        try (ProgressLine progress = new ProgressLine(new PrintWriter(err), false)) {
            for (int done = 1; done <= 100; done++) {
                progress.progress("fits", done, 100);
            }
            progress.progress("none", 0, 0);
            assertThat(progress.cancelled()).isFalse();
        }
        assertThat(err.toString()).hasLineCount(10).startsWith("fits: 10 of 100\nfits: 20 of 100\n");
    }
}
