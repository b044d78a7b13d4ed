package org.lama.backtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.backtest.BarTexts;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;

class RerunCommandTest {
    @TempDir
    private Path folder;

    private Path bars;
    private Path manifest;

    @BeforeEach
    void study() throws IOException {
        bars = BarTexts.write(
                Files.createDirectories(folder.resolve("data")).resolve("WALKUSDT.csv"), BarTexts.walk(3, 300));
        Path out = folder.resolve("results").resolve("first");
        Files.createDirectories(out);
        Shell.Outcome outcome = Shell.study(folder, "--data", bars.toString(), "--out", out.toString());
        assertThat(outcome.code()).as(outcome.err()).isZero();
        manifest = out.resolve("result.json");
    }

    private void edit(String from, String to) throws IOException {
        String text = Files.readString(manifest);
        assertThat(text).contains(from);
        Files.writeString(manifest, text.replace(from, to));
    }

    private Shell.Outcome rerun(String... more) {
        String[] args = new String[2 + more.length];
        args[0] = "rerun";
        args[1] = manifest.toString();
        System.arraycopy(more, 0, args, 2, more.length);
        return Shell.run(args);
    }

    @Test
    void theSameStudyGivesTheSameFigures() throws IOException {
        Shell.Outcome outcome = rerun("--threads", "3");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out()).containsPattern("^Same: \\d{3} figures compared bit for bit\\.\n");
        // the study kept its ledger in another folder than the one beside its data
        assertThat(outcome.out()).containsPattern("\nTrial ledger: .* is kept elsewhere\\.\n$");
        Path results = manifest.getParent();
        Node json = Shell.run("rerun", String.valueOf(results), "--json").json();
        assertThat(json.names()).containsExactlyInAnyOrder("same", "comparison", "compared", "differences", "ledger");
        assertThat(json.get("same").asBoolean()).isTrue();
        assertThat(json.get("comparison").asText()).isEqualTo("BITWISE");
    }

    @Test
    void aManifestOfTheTimeOfOneFlatSlippageKeepsIt() throws IOException {
        Path out = Files.createDirectories(folder.resolve("results").resolve("flat"));
        Shell.Outcome study = Shell.study(
                folder, "--data", bars.toString(), "--slippage-model", "flat", "--force", "--out", out.toString());
        assertThat(study.code()).as(study.err()).isZero();
        manifest = out.resolve("result.json");
        String text = Files.readString(manifest);
        String before = text.replaceAll("\"slippageModel\": \"flat\",\\s*\"impact\": 1(\\.0)?,\\s*", "")
                .replaceAll("(?s)\"slippageModels\": \\[.*?\\],\\s*", "");
        assertThat(before).doesNotContain("slippageModel", "impact").hasSizeLessThan(text.length());
        Files.writeString(manifest, before);
        Shell.Outcome outcome = rerun();
        assertThat(outcome.code()).as(outcome.out() + outcome.err()).isZero();
        assertThat(outcome.out()).startsWith("Same: ");
    }

    @Test
    void eachTamperedFigureIsOneLineAndExitCodeFour() throws IOException {
        Node old = Documents.read(manifest);
        String turnover =
                Documents.compactJson(old.get("metrics").get("strategy").get("turnoverAnnual"));
        edit("\"turnoverAnnual\": " + turnover, "\"turnoverAnnual\": 123.5");
        edit("\"blockLength\": ", "\"blockLength\": 9");
        Shell.Outcome outcome = rerun();
        assertThat(outcome.code()).isEqualTo(4);
        List<String> lines = outcome.out().lines().toList();
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0)).startsWith("Differs: 2 of ");
        assertThat(lines.get(1)).isEqualTo("  metrics.strategy.turnoverAnnual: 123.5 -> " + turnover);
        assertThat(lines.get(2)).startsWith("  significance.blockLength: 9");
        Node json = rerun("--json").json();
        assertThat(json.get("differences").items()).hasSize(2);
        assertThat(json.get("differences").at(0).names()).containsExactly("path", "before", "now");
    }

    @Test
    void fieldsThatWereTakenOutOrAddedDiffer() throws IOException {
        edit("\"multiple\": 0.0", "\"multipel\": 0.0");
        Shell.Outcome outcome = rerun();
        assertThat(outcome.code()).isEqualTo(4);
        assertThat(outcome.out()).contains("sensitivity[0].multipel: 0 -> null");
    }

    @Test
    void anotherRuntimeIsComparedWithATolerance() throws IOException {
        edit("\"java\": \"", "\"java\": \"other ");
        String sharpe = Documents.compactJson(
                Documents.read(manifest).get("significance").get("sharpe"));
        edit("\"sharpe\": " + sharpe, "\"sharpe\": " + Math.nextUp(Double.parseDouble(sharpe)));
        Shell.Outcome outcome = rerun();
        assertThat(outcome.out()).contains("to 1e-9 relative, because the JDK or processor differs");
        assertThat(outcome.code()).isZero();
        assertThat(rerun("--json").json().get("comparison").asText()).isEqualTo("TOLERANCE");
    }

    @Test
    void theDataAreFoundFromTheFolderOfTheManifestAlsoWhenBothMove() throws IOException {
        Path moved = folder.resolve("elsewhere");
        Files.createDirectories(moved);
        Files.move(folder.resolve("data"), moved.resolve("data"));
        Files.move(folder.resolve("results"), moved.resolve("results"));
        manifest = moved.resolve("results/first/result.json");
        assertThat(rerun().code()).isZero();
    }

    @Test
    void movedDataAreNamedByAFlag() throws IOException {
        Path there = Files.createDirectories(folder.resolve("archive")).resolve("WALKUSDT.csv");
        Files.move(bars, there);
        Shell.Outcome lost = rerun();
        assertThat(lost.code()).isEqualTo(2);
        assertThat(lost.err()).contains("its data are not at ", "relative to its folder", "say with --data");
        assertThat(rerun("--data", there.toString()).code()).isZero();
        Path renamed = Files.move(there, there.resolveSibling("OTHERUSDT.csv"));
        Shell.Outcome other = rerun("--data", renamed.toString());
        assertThat(other.code()).isEqualTo(2);
        assertThat(other.err()).contains("have no series WALKUSDT but [OTHERUSDT]", "name of the file is the symbol");
    }

    @Test
    void otherDataAreRefusedBeforeTheWork() throws IOException {
        BarTexts.write(bars, BarTexts.walk(4, 300));
        Shell.Outcome outcome = rerun();
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err())
                .contains("the data of WALKUSDT have SHA-256", "give the original data with --data")
                .doesNotContain("fits:");
        BarTexts.write(bars, BarTexts.walk(3, 300));
        assertThat(rerun().code()).isZero();
        BarTexts.write(bars.resolveSibling("MOREUSDT.csv"), BarTexts.walk(5, 300));
        Shell.Outcome more = rerun("--data", bars.resolveSibling("").toString());
        assertThat(more.code()).isEqualTo(2);
        assertThat(more.err()).contains("have the series [MOREUSDT, WALKUSDT]", "was made from [WALKUSDT]");
    }

    @Test
    void anotherCleaningIsRefused() throws IOException {
        String checksum = Documents.read(manifest).get("dataChecksum").asText();
        edit(checksum, "0".repeat(64));
        Shell.Outcome outcome = rerun();
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains("the cleaned bars have checksum " + checksum, "use that version");
    }

    @Test
    void partialAndForeignManifestsAreRefused() throws IOException {
        edit("\"partial\": false", "\"partial\": true");
        Shell.Outcome partial = rerun();
        assertThat(partial.code()).isEqualTo(2);
        assertThat(partial.err()).contains("was interrupted, so it cannot be repeated; run it whole first");
        Files.writeString(manifest, "{\"schema\": \"other\"}");
        assertThat(rerun().err()).contains("is no manifest of a study", "give a result.json");
        Files.writeString(manifest, "[1]");
        assertThat(rerun().code()).isEqualTo(2);
        Files.writeString(manifest, "{\"schema\": ");
        Shell.Outcome cut = rerun();
        assertThat(cut.code()).isEqualTo(2);
        assertThat(cut.err()).contains(manifest.toString(), "line").doesNotContain("\tat ");
        Files.delete(manifest);
        assertThat(rerun().err()).contains("no such file or directory; check the path");
    }

    @Test
    void zeroThreadsAreRefused() {
        Shell.Outcome outcome = rerun("--threads", "0");
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains("threads must be >= 1, got 0");
    }
}
