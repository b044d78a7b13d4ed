package org.lama.backtest.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.backtest.BarTexts;
import org.lama.backtest.walkforward.StudyMonitor;
import org.lama.backtest.walkforward.StudySettings;
import org.lama.core.base.TimeSource;
import org.lama.core.data.DataException;
import org.lama.core.market.Instrument;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;

class RequestTest {
    @TempDir
    private Path folder;

    private static StudyRequest small(DataRequest data) throws IOException {
        return StudyConfig.apply(
                new StudyRequest(data, StudySettings.defaults()),
                Documents.parseYaml("study: {trainDays: 120, stepDays: 60, bootstrapSamples: 100}", "text"));
    }

    @Test
    void barLengthsAreReadInAllTheirForms() {
        assertThat(StudyConfig.interval("30s")).isEqualTo(Duration.ofSeconds(30));
        assertThat(StudyConfig.interval("5m")).isEqualTo(Duration.ofMinutes(5));
        assertThat(StudyConfig.interval("4H")).isEqualTo(Duration.ofHours(4));
        assertThat(StudyConfig.interval("1d")).isEqualTo(Duration.ofDays(1));
        assertThat(StudyConfig.interval("2w")).isEqualTo(Duration.ofDays(14));
        assertThat(StudyConfig.interval("PT90M")).isEqualTo(Duration.ofMinutes(90));
        assertThatThrownBy(() -> StudyConfig.interval("0h")).hasMessageContaining("got '0h'");
    }

    @Test
    void timesKindsAndUnitsAreRead() {
        assertThat(StudyConfig.time("2021-01-01")).isEqualTo(Instant.parse("2021-01-01T00:00:00Z"));
        assertThat(StudyConfig.kind("perp")).isEqualTo(Instrument.Kind.PERP);
        assertThat(StudyConfig.volumeInQuote("quote")).isTrue();
        assertThatThrownBy(() -> StudyConfig.time("yesterday")).hasMessageContaining("got 'yesterday'");
    }

    @Test
    void aRequestSurvivesItsDocument() {
        StudyRequest request = StudyConfig.apply(
                StudyRequest.of(Path.of("a/b.csv")),
                Node.object()
                        .put(
                                "data",
                                Node.object()
                                        .put("from", "2020-01-01")
                                        .put("interval", "1h")
                                        .build())
                        .build());
        assertThat(StudyConfig.apply(StudyRequest.defaults(), StudyConfig.document(request)))
                .isEqualTo(request);
    }

    @Test
    void impossibleRequestsAreRefused() {
        assertThatThrownBy(() -> DataRequest.synthetic(0, 10)).hasMessageContaining("syntheticAssets must be >= 1");
        assertThatThrownBy(() -> StudyConfig.apply(
                        StudyRequest.defaults(),
                        Node.object()
                                .put(
                                        "data",
                                        Node.object().put("interval", "PT0S").build())
                                .build()))
                .hasMessageContaining("interval must be longer than zero");
    }

    @Test
    void loadedBarsShowTheirQuality() throws IOException {
        Path file =
                BarTexts.write(folder.resolve("WALKUSDT.csv"), BarTexts.spoiled(BarTexts.walk(1, 100), 7, 4, "abc"));
        Dataset bars = Lama.load(file);
        assertThat(bars.isSynthetic()).isFalse();
        assertThat(bars.explain())
                .contains("WALKUSDT: 100 bars")
                .contains(
                        "  WALKUSDT.csv, WALKUSDT: NON_FINITE 1 time, 2020-01-08T00:00:00Z (row 9), column close: 'abc'");
        assertThat(bars.table().asText()).contains("WALKUSDT", "NON_FINITE 1");
        assertThat(bars.findings("WALKUSDT").asText()).contains("NON_FINITE");
        assertThatThrownBy(() -> bars.findings("WALK")).hasMessageContaining("nearest is WALKUSDT");
        assertThatThrownBy(() -> bars.figure("WALK")).hasMessageContaining("nearest of 1 is WALKUSDT");
        assertThat(bars.figure("WALKUSDT").svg()).startsWith("<svg");
        assertThat(Lama.load(DataRequest.synthetic(2, 10)).isSynthetic()).isTrue();
    }

    @Test
    void manySeriesAreNotAllListed() throws IOException {
        assertThat(Lama.load(DataRequest.synthetic(15, 5)).explain())
                .contains("15 series, bars of 1 d, provenance SYNTHETIC", "and 3 more");
    }

    @Test
    void folderNumbersAreTakenOnceAndEmptyFoldersGivenBack() throws IOException {
        OutputFolder first = OutputFolder.prepare(folder, null, "study", false);
        OutputFolder second = OutputFolder.prepare(folder, null, "study", false);
        assertThat(first.path()).isEqualTo(folder.resolve("lama-out").resolve("study-001"));
        assertThat(second.shown("x")).endsWith("lama-out/study-002/x");
        first.discardIfEmpty();
        first.discardIfEmpty();
        assertThat(first.path()).doesNotExist();
        Files.writeString(second.file("kept.txt"), "kept");
        second.discardIfEmpty();
        assertThat(second.path()).exists();
        assertThat(OutputFolder.prepare(folder, null, "study", false).path()).isEqualTo(first.path());
        Path own = Files.createDirectory(folder.resolve("own"));
        OutputFolder.prepare(own, "study", false).discardIfEmpty();
        assertThat(own).as("a folder that was there stays").exists();
    }

    @Test
    void aFileInTheWayOfTheOutputFolderIsNamed() throws IOException {
        Files.writeString(folder.resolve("lama-out"), "in the way");
        assertThatThrownBy(() -> OutputFolder.prepare(folder, null, "study", false))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("lama-out: cannot be made (")
                .hasMessageContaining("name another folder with --out");
    }

    @Test
    void pathsOfDataAreRelativeToTheManifestAndQuotedWhereTyped() throws IOException {
        Path results = Files.createDirectories(folder.resolve("results/first"));
        Path bars = Files.createDirectories(folder.resolve("data")).resolve("x.csv");
        Files.writeString(bars, "");
        Path relative = DataPaths.relative(bars, results);
        assertThat(relative).isEqualTo(Path.of("../../data/x.csv"));
        StudyRequest stored = StudyRequest.of(relative);
        StudyRequest found = DataPaths.resolve(stored, results.resolve("result.json"));
        assertThat(found.data().path().orElseThrow().toRealPath()).isEqualTo(bars.toRealPath());
        assertThat(DataPaths.resolve(StudyRequest.defaults(), results)).isEqualTo(StudyRequest.defaults());
        assertThat(DataPaths.typed(Path.of("a/b.csv"))).isEqualTo("a/b.csv");
        assertThat(DataPaths.typed(Path.of("it's.csv"))).isEqualTo("'it'\\''s.csv'");
        assertThat(DataPaths.flag(DataRequest.of(Path.of("x")).withDatabase("postgresql://me@host/db?a=b&c=d")))
                .isEqualTo(" --db 'postgresql://me@host/db?a=b&c=d'");
    }

    @Test
    void anInterruptedStudyIsNoTrialAndAWholeOneIs() throws IOException {
        StudyRequest request = small(DataRequest.synthetic(2, 420));
        Path ledger = folder.resolve("ledger");
        Lama.Options options =
                Lama.Options.defaults().withThreads(1).withLedger(ledger, TimeSource.fixed(1_000_000_000L));
        StudyMonitor stopping = new StudyMonitor() {
            private int finished;

            @Override
            public void progress(String stage, int done, int total) {
                finished = done;
            }

            @Override
            public boolean cancelled() {
                return finished >= 5;
            }
        };
        Study partial = Lama.study(request, options.withMonitor(stopping));
        assertThat(partial.result().partial()).isTrue();
        assertThat(partial.explain()).startsWith("PARTIAL");
        assertThat(ledger.resolve("trials.jsonl")).doesNotExist();
        Study whole = Lama.study(request, options);
        assertThat(whole.result().partial()).isFalse();
        assertThat(whole.result().significance().rawTrials()).isEqualTo(4);
        assertThat(whole.result().significance().ledgerStarted()).isEqualTo("1970-01-01T00:00:01Z");
        List<String> lines = Files.readAllLines(ledger.resolve("trials.jsonl"));
        assertThat(lines).hasSize(5);
        assertThat(lines.get(0)).contains("1970-01-01T00:00:01Z");
        assertThat(Lama.ledgerBeside(request.data())).isEqualTo(Path.of(".lama"));
        assertThat(Lama.ledgerBeside(DataRequest.of(folder.resolve("x.csv")))).isEqualTo(folder.resolve(".lama"));
    }

    @Test
    void anEstimateIsRoundedToWhatIsKnown() throws IOException {
        StudyRequest request = small(DataRequest.synthetic(2, 420));
        Dataset bars = Lama.load(request.data());
        List<Long> ticks = new ArrayList<>(List.of(0L));
        TimeSource halfSeconds = () -> {
            ticks.add(ticks.get(ticks.size() - 1) + 500_000_000L);
            return ticks.get(ticks.size() - 1);
        };
        StudyEstimate measured =
                Lama.estimate(request, bars, Lama.Options.defaults().withThreads(1), halfSeconds);
        assertThat(measured.folds()).isEqualTo(10);
        assertThat(measured.measuredFolds()).isEqualTo(10);
        assertThat(measured.fitSeconds()).isEqualTo(5);
        assertThat(measured.explain()).contains("time: about 5 seconds for the fits, judged by 10 of them");
        assertThat(measured.document().names())
                .isEqualTo(Arrays.stream(StudyEstimate.class.getRecordComponents())
                        .map(component -> component.getName())
                        .toList());
        assertThat(words(Double.NaN)).contains("time: unknown");
        assertThat(words(0.2)).contains("less than a second");
        assertThat(words(1.2)).contains("about 1 second for");
        assertThat(words(47)).contains("about 50 seconds");
        assertThat(words(200)).contains("about 3 minutes");
        assertThat(words(7300)).contains("about 2 hours");
    }

    private static String words(double seconds) {
        return new StudyEstimate(1, 1, 1, 1, 1, 1, 1, seconds).explain();
    }

    @Test
    void aStudyOfTheLibraryRefusesPricesThatNeverMove() throws IOException {
        Path file = BarTexts.write(
                folder.resolve("FLATUSDT.csv"),
                BarTexts.each(BarTexts.walk(1, 300), row -> row.split(",", -1)[0] + ",5,5,5,5,1"));
        assertThatThrownBy(() -> Lama.study(small(DataRequest.of(file))))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("FLATUSDT.csv, column close: the close of FLATUSDT never changes");
    }

    @Test
    void versionsSayWhatRuns() {
        assertThat(Versions.lama()).startsWith("0.");
        assertThat(Versions.java()).contains(System.getProperty("os.arch"));
        assertThat(Versions.home()).isAbsolute();
    }
}
