package org.lama.backtest.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.backtest.BarTexts;
import org.lama.backtest.walkforward.StudyMonitor;
import org.lama.core.base.TimeSource;
import org.lama.core.search.Trial;
import org.lama.core.search.TrialCounts;

class BegunSweepsTest {
    private static final TimeSource CLOCK = TimeSource.fixed(1_700_000_000_000_000_000L);
    private static final String SHA = "ab".repeat(32);
    private static final String OTHER = "cd".repeat(32);

    @TempDir
    private Path folder;

    private static Trial mark(String name) {
        return new Trial("1", name, "data", 0, 100, BegunSweeps.nothing());
    }

    private static Trial pooled(long count) {
        return new Trial(
                "1",
                BegunSweeps.trials(SHA, count),
                "data",
                0,
                100,
                new TrialCounts(count, count, 0.1, 0.01).asMetrics());
    }

    private static Trial one(String name, double sharpe) {
        return new Trial("1", name, "data", 0, 100, Map.of(Trial.SHARPE_PER_PERIOD, sharpe));
    }

    private static long raw(Trial... lines) {
        return BegunSweeps.of(List.of(lines)).raw();
    }

    @Test
    void whatWasBegunAndNeverEndedCountsOnce() {
        assertThat(raw()).isZero();
        assertThat(raw(mark(BegunSweeps.begun(SHA, 64)), mark(BegunSweeps.begun(SHA, 128))))
                .isEqualTo(128);
        assertThat(raw(mark(BegunSweeps.begun(SHA, 64)), mark(BegunSweeps.begun(OTHER, 32)), one("x", 0.1)))
                .isEqualTo(97);
        assertThat(BegunSweeps.of(List.of(mark(BegunSweeps.begun(SHA, 64)))).unfinished())
                .isEqualTo(64);
    }

    @Test
    void whatEndedIsReplacedByItsTrials() {
        assertThat(raw(mark(BegunSweeps.begun(SHA, 64)), one("a", 1), one("b", 2), mark(BegunSweeps.done(SHA))))
                .isEqualTo(2);
        assertThat(raw(
                        mark(BegunSweeps.begun(SHA, 64)),
                        one("a", 1),
                        mark(BegunSweeps.ended(SHA, 1)),
                        mark(BegunSweeps.begun(SHA, 128))))
                .as("stopped after one, resumed, killed before 128")
                .isEqualTo(128);
        assertThat(raw(pooled(20), pooled(30), mark(BegunSweeps.begun(SHA, 30))))
                .isEqualTo(30);
        assertThat(raw(pooled(20), pooled(30), mark(BegunSweeps.done(SHA)))).isEqualTo(30);
    }

    private SweepOutcome sweep(Optional<Path> where, StudyMonitor monitor, Path ledger) throws IOException {
        Path bars = folder.resolve("BTCUSDT.csv");
        if (!Files.exists(bars)) {
            BarTexts.write(bars, BarTexts.walk(5, 200));
        }
        return Lama.sweep(
                SweepRequest.of(BacktestRequest.of(bars, "sma-cross"), "fast=2..9,slow=10..19")
                        .withBatch(10),
                Lama.load(bars),
                Lama.Options.defaults().withThreads(1).withLedger(ledger, CLOCK).withMonitor(monitor),
                where);
    }

    private int tried(Path ledger) throws IOException {
        Backtest next = Lama.backtest(
                BacktestRequest.of(folder.resolve("BTCUSDT.csv"), "buy-and-hold"),
                Lama.load(folder.resolve("BTCUSDT.csv")),
                Lama.Options.defaults().withLedger(ledger, CLOCK));
        return next.manifest().get("trials").get("raw").asInt() - 1;
    }

    /** Dies as a killed process does: between two batches, without a chance to write anything. */
    private static StudyMonitor deadAfter(int trials) {
        return new StudyMonitor() {
            @Override
            public void progress(String stage, int done, int total) {
                if (done >= trials) {
                    throw new IllegalStateException("killed");
                }
            }

            @Override
            public boolean cancelled() {
                return false;
            }
        };
    }

    @Test
    void aSweepThatWasKilledHasBeenCountedAndAResumeCountsItOnce() throws IOException {
        Path ledger = folder.resolve("ledger");
        Optional<Path> where = Optional.of(folder.resolve("sweep"));
        assertThatThrownBy(() -> sweep(where, deadAfter(30), ledger)).hasMessage("killed");
        // 30 were seen; the ledger says so in powers of two of a batch
        assertThat(tried(ledger)).isEqualTo(40);
        SweepOutcome resumed = sweep(where, deadAfter(Integer.MAX_VALUE), ledger);
        assertThat(tried(ledger)).isEqualTo(80);
        Path fresh = folder.resolve("fresh");
        SweepOutcome whole = sweep(Optional.empty(), deadAfter(Integer.MAX_VALUE), fresh);
        assertThat(tried(fresh)).isEqualTo(80);
        // the backtest between the kill and the resume is one more trial on the same data
        assertThat(resumed.trials().raw()).isEqualTo(whole.trials().raw() + 1);
        assertThat(resumed.realityCheck()).isEqualTo(whole.realityCheck());
        assertThat(resumed.table().asText()).isEqualTo(whole.table().asText());
    }
}
