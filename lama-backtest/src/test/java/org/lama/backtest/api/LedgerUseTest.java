package org.lama.backtest.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.backtest.BarTexts;
import org.lama.backtest.sweep.SweepResult;
import org.lama.core.base.TimeSource;
import org.lama.core.search.Seal;
import org.lama.core.search.Trial;
import org.lama.core.search.TrialLedger;

class LedgerUseTest {
    private static final TimeSource CLOCK = TimeSource.fixed(1_700_000_000_000_000_000L);

    /** Part of the JDK, so that nobody can write there, whoever runs the test. */
    private static final Path READ_ONLY = Path.of(URI.create("jrt:/java.base/java/lang"));

    @TempDir
    private Path folder;

    private static Trial trial(String settings, double sharpe) {
        return new Trial("1", settings, "data", 0, 100, Map.of(Trial.SHARPE_PER_PERIOD, sharpe));
    }

    private Path bars() throws IOException {
        return BarTexts.write(folder.resolve("BTCUSDT.csv"), BarTexts.walk(5, 200));
    }

    private int trialsBesideTheData() throws IOException {
        return TrialLedger.in(folder.resolve(".lama"), CLOCK)
                .contents()
                .trials()
                .size();
    }

    @Test
    void aDefaultFolderThatCannotBeWrittenCostsAWarningAndNoRun() throws IOException {
        LedgerUse use = LedgerUse.inDefault(READ_ONLY, CLOCK);
        assertThat(use.warning().orElseThrow())
                .contains("were not entered")
                .contains("/java.base/java/lang cannot be written");
        LedgerUse.Known known = use.count(List.of(trial("a", 0.1), trial("b", 0.3)), "data", 0, 100);
        assertThat(known.raw()).isEqualTo(2);
        assertThat(known.counts().variance()).isCloseTo(0.02, within(1e-15));
        assertThat(known.started()).as("no ledger began").isEmpty();
        use.enter(List.of(trial("a", 0.1)));
        assertThat(LedgerUse.warnings(Stream.of(
                        "x" + Seal.NOTE_SEPARATOR + Seal.NOT_ENTERED_NOTE + "why", Seal.NOT_ENTERED_NOTE + "why", "")))
                .isEqualTo(Seal.NOT_ENTERED_NOTE + "why.\n");
    }

    @Test
    void aNamedFolderThatCannotBeWrittenIsAnError() {
        assertThatThrownBy(() -> LedgerUse.named(READ_ONLY, CLOCK))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the trial ledger cannot be used");
    }

    @Test
    void aDamagedLedgerIsAnErrorWhereverItLies() throws IOException {
        Files.createDirectories(folder.resolve(".lama"));
        Files.writeString(folder.resolve(".lama/trials.jsonl"), "{}\nnothing\n");
        DataRequest data = DataRequest.of(bars());
        assertThatThrownBy(() -> LedgerUse.beside(data)).hasMessageContaining("the trial ledger cannot be used");
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> LedgerUse.inDefault(file, CLOCK)).hasMessageContaining("it is a file, not a folder");
    }

    @Test
    void programsCountBesideTheDataAsCommandsDoAndTheSameTrialOnce() throws IOException {
        BacktestRequest request = BacktestRequest.of(bars(), "sma-cross");
        assertThat(trials(request.with("fast", 3))).isEqualTo(1);
        assertThat(trials(request.with("fast", 4))).isEqualTo(2);
        assertThat(trials(request.with("fast", 3))).as("the same once more").isEqualTo(2);
        assertThat(trialsBesideTheData()).isEqualTo(2);
        // data loaded before remember where they came from, whatever the request says
        Dataset loaded = Lama.load(folder.resolve("BTCUSDT.csv"));
        Backtest other = Lama.backtest(BacktestRequest.of("sma-cross").with("fast", 5), loaded);
        assertThat(trials(other)).isEqualTo(3);
        assertThat(other.manifest().get("trials").get("ledgerStarted").asText()).isNotEmpty();
        assertThat(trialsBesideTheData()).isEqualTo(3);
        Backtest alone = Lama.backtest(request, loaded, Lama.Options.defaults().withoutLedger());
        assertThat(trials(alone)).isEqualTo(1);
        assertThat(alone.explain()).contains("no trial ledger is kept");
        assertThat(trialsBesideTheData()).isEqualTo(3);
    }

    private static int trials(BacktestRequest request) throws IOException {
        return trials(Lama.backtest(request));
    }

    private static int trials(Backtest backtest) {
        return backtest.manifest().get("trials").get("raw").asInt();
    }

    @Test
    void aSweepOfAProgramCountsTooAndItsBestIsTheTrialThatStandsThere() throws IOException {
        BacktestRequest request = BacktestRequest.of(bars(), "sma-cross");
        SweepRequest sweep = SweepRequest.of(request, "fast=2..4,slow=10..12");
        SweepResult result = Lama.sweep(
                        sweep,
                        Lama.load(request.data()),
                        Lama.Options.defaults().withThreads(1),
                        Optional.empty())
                .result();
        // one line before the first trial, and one that says that all are there
        assertThat(trialsBesideTheData()).isEqualTo((int) result.statistics().count() + 2);
        Backtest one = Lama.backtest(request.with("fast", 3).with("slow", 11));
        assertThat(trials(one)).isEqualTo((int) result.statistics().count());
    }

    @Test
    void theGateTakesASealOfANamedLedgerAndNotesWhatWasNotEntered() throws IOException {
        Path data = bars();
        Path ledger = folder.resolve("elsewhere");
        Seals.seal(DataRequest.of(data), java.time.Duration.ofDays(50), ledger, CLOCK);
        assertThat(Lama.load(data).data().frames().get(0).size()).isEqualTo(200);
        Lama.Options options = Lama.Options.defaults().withLedger(ledger, CLOCK);
        Dataset sealed = Lama.load(DataRequest.of(data), 1, options);
        assertThat(sealed.data().frames().get(0).size()).isEqualTo(150);
        assertThat(sealed.notices()).singleElement().asString().contains("elsewhere");
        LedgerUse refused = LedgerUse.inDefault(READ_ONLY, CLOCK);
        Dataset noted = SealGate.again(DataRequest.of(data), Lama.load(data), refused);
        assertThat(noted.data().frames().get(0).provenance().note()).contains(Seal.NOT_ENTERED_NOTE);
    }
}
