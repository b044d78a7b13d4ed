package org.lama.backtest.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.backtest.BarTexts;
import org.lama.backtest.api.CalibrationOutcome;
import org.lama.backtest.api.CalibrationRequest;
import org.lama.backtest.api.DataRequest;
import org.lama.backtest.api.Lama;
import org.lama.backtest.api.StudyConfig;
import org.lama.backtest.api.StudyRequest;
import org.lama.backtest.honesty.Calibration;
import org.lama.backtest.honesty.CalibrationResult;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;

/** The calibration from the shell: five markets without an edge always, two hundred in the slow run. */
final class CalibrateCommandTest {
    private static final String TINY = """
            data:
              syntheticAssets: 2
              syntheticDays: 420
            study:
              trainDays: 120
              stepDays: 120
              bootstrapSamples: 100
            """;

    @TempDir
    private Path folder;

    private Shell.Outcome calibrate(String... more) throws IOException {
        Path config = folder.resolve("tiny.yaml");
        Files.writeString(config, TINY);
        List<String> args = new ArrayList<>(List.of(
                "calibrate",
                "--config",
                config.toString(),
                "--markets",
                "5",
                "--planted",
                "2",
                "--strengths",
                "0.8",
                "--free",
                "3",
                "--rising",
                "2",
                "--rise",
                "2.5",
                "--years",
                "1",
                "--ledger",
                folder.resolve("ledger").toString()));
        args.addAll(List.of(more));
        return Shell.run(args.toArray(String[]::new));
    }

    @Test
    void fiveMarketsGiveARateACurveAndAReport() throws IOException {
        Path out = folder.resolve("one");
        Shell.Outcome run = calibrate("--out", out.toString(), "--threads", "2");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("False alarms: ")
                .contains(" of 5 markets without an edge were called EDGE")
                .contains("  block bootstrap: ")
                .contains("  GARCH: ")
                .contains("  without costs: ")
                .contains(" of 3 (standard error")
                .contains("Rising markets without anything to forecast: ")
                .contains("the verdict compares with cash")
                .contains("Planted 0.80: found in ")
                .contains("Smallest edge found in 80 %")
                .contains("calibration.html");
        assertThat(run.err()).contains("markets: 12 of 12", "streams: ");
        assertThat(Files.readString(out.resolve("calibration.html")))
                .contains("False alarms")
                .contains("verdict alone")
                .endsWith("</html>\n");
        assertThat(Files.readString(out.resolve("power.svg")))
                .startsWith("<svg")
                .contains("Power");
        Node result = Documents.read(out.resolve("result.json"));
        assertThat(result.get("markets").size()).isEqualTo(12);
        assertThat(result.get("withoutCosts").get("markets").asInt()).isEqualTo(3);
        assertThat(result.get("rising").get("markets").asInt()).isEqualTo(2);
        assertThat(result.get("rising").get("edgesAboveHolding").asInt()).isBetween(0, 2);
        assertThat(result.get("levels").at(0).get("markets").asInt()).isEqualTo(5);
        assertThat(result.get("settings").get("riseSharpe").asDouble()).isEqualTo(2.5);
        assertThat(Files.readString(out.resolve("calibration.html")))
                .contains("both, no costs")
                .contains("both, rising")
                .contains("which is no skill");
        assertThat(result.get("levels").size()).isEqualTo(2);
        assertThat(result.get("verdictAlone").at(0).get("sharpe").asDouble()).isZero();
        assertThat(result.get("years").asDouble()).isEqualTo(1);
        assertThat(result.get("bound").asDouble()).isCloseTo(1.5 * 2.487, within(1e-12));
    }

    @Test
    void aStoppedCalibrationGoesOnToTheSameBytes() throws IOException {
        Path whole = folder.resolve("whole");
        assertThat(calibrate("--resume", whole.toString(), "--threads", "1").code())
                .isZero();
        String expected = Files.readString(whole.resolve("result.json"));
        List<String> lines = Files.readAllLines(whole.resolve("markets.jsonl"));
        assertThat(lines).hasSize(13);
        // Killed after the header and two markets, in the middle of writing the third.
        Path cut = Files.createDirectories(folder.resolve("cut"));
        Files.writeString(
                cut.resolve("markets.jsonl"),
                String.join("\n", lines.subList(0, 3)) + "\n" + lines.get(3).substring(0, 20));
        Shell.Outcome resumed = calibrate("--resume", cut.toString(), "--threads", "3");
        assertThat(resumed.code()).as(resumed.err()).isZero();
        assertThat(Files.readString(cut.resolve("result.json"))).isEqualTo(expected);
        assertThat(Files.readAllLines(cut.resolve("markets.jsonl"))).hasSize(13);
    }

    @Test
    void aFolderOfOtherSettingsOrDataIsRefusedWithBothChecksums() throws IOException {
        Path kept = folder.resolve("kept");
        assertThat(calibrate("--resume", kept.toString()).code()).isZero();
        Shell.Outcome settings = calibrate("--resume", kept.toString(), "--combiner", "bayesian");
        assertThat(settings.code()).isEqualTo(ExitCode.USAGE);
        assertThat(settings.err())
                .contains("was written for other settings: ")
                .contains(" there, ")
                .contains(" now;");
        Shell.Outcome seed = calibrate("--resume", kept.toString(), "--seed", "43");
        assertThat(seed.code()).isEqualTo(ExitCode.USAGE);
        assertThat(seed.err()).contains("was written for other data: ");
    }

    @Test
    void theUsersOwnDataAreHeldAgainstTheNullMarkets() throws IOException {
        Path bars = BarTexts.write(folder.resolve("own.csv"), BarTexts.walk(8, 500));
        Path out = folder.resolve("own");
        Shell.Outcome run = calibrate("--data", bars.toString(), "--out", out.toString(), "--json");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.err()).contains("Your data: net Sharpe ratio ").contains("empirical p-value");
        double p = run.json().get("own").get("pValue").asDouble();
        assertThat(p).isBetween(1.0 / 6, 1.0);
        assertThat(Files.readString(out.resolve("calibration.html"))).contains("Your result");
        // The study of the own data is a trial; those of made markets are not.
        assertThat(Files.readAllLines(folder.resolve("ledger/trials.jsonl"))).hasSizeBetween(2, 6);
    }

    @Test
    void dataThatAreTooShortAreRefusedBeforeTheWork() throws IOException {
        Path bars = BarTexts.write(folder.resolve("short.csv"), BarTexts.walk(8, 150));
        Shell.Outcome run = calibrate("--data", bars.toString());
        assertThat(run.code()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("at least 200 bars");
    }

    /** What docs/calibration.md states: about ten minutes on two cores. */
    @Test
    @Tag("slow")
    void falseAlarmsAndSmallestEdgeStayWithinTheirBounds() throws IOException {
        StudyRequest study = StudyConfig.apply(
                new StudyRequest(
                        DataRequest.synthetic(4, 1461), StudyRequest.defaults().study()),
                Node.object()
                        .put("study", Node.object().put("stepDays", 90).build())
                        .build());
        CalibrationOutcome outcome = Lama.calibrate(
                CalibrationRequest.of(study).withTestYears(4),
                Lama.load(study.data()),
                Lama.Options.defaults(),
                Optional.empty());
        CalibrationResult result = outcome.result();
        assertThat(result.nulls().markets()).isEqualTo(200);
        assertThat(result.sizeHolds()).isTrue();
        assertThat(result.smallestDetectable()).isPresent();
        assertThat(result.smallestDetectable().getAsDouble()).isLessThanOrEqualTo(result.bound());
        CalibrationResult.Level free = result.beside(Calibration.Batch.FREE).orElseThrow();
        assertThat(free.share()).isLessThanOrEqualTo(0.05 + 2 * Math.sqrt(0.05 * 0.95 / free.markets()));
        assertThat(result.beside(Calibration.Batch.RISING)).isPresent();
        assertThat(outcome.verdict().get(0).share()).isLessThanOrEqualTo(0.05 + 2 * Math.sqrt(0.05 * 0.95 / 400));
    }
}
