package org.lama.backtest.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.lama.backtest.analytics.TrialSpread;
import org.lama.backtest.sweep.SweepIdentity;
import org.lama.backtest.sweep.SweepResult;
import org.lama.backtest.sweep.SweepStatistics;
import org.lama.backtest.sweep.SweepTrial;
import org.lama.core.search.DataMark;
import org.lama.core.search.Trial;
import org.lama.core.search.TrialCounts;
import org.lama.core.search.TrialLedger;
import org.lama.core.store.Checksums;

/**
 * Counts the trials of a sweep: each one on a line of the ledger, as a single backtest of the same parameters would stand
 * there; of a sweep of more than 10,000 trials, or one whose pruner stopped some, number and spread on one line. Before a
 * batch is evaluated the ledger says how far the sweep goes, so that one that is killed has been counted.
 */
final class SweepLedger {
    static final int MOST_LINES = 10_000;

    private final LedgerUse ledger;
    private long announced;

    SweepLedger(LedgerUse ledger) {
        this.ledger = ledger;
    }

    /** Data and times of the trials. */
    record Window(DataMark data, long fromNanos, long toNanos) {}

    /** What all on the same data and an overlapping window amounts to, and how many are on this very window. */
    record Counted(TrialSpread all, long onWindow, String started, Optional<TrialLedger.Tip> tip) {}

    Counted enter(
            SweepResult result, Window window, SweepVariety variety, Function<Map<String, String>, String> settingsHash)
            throws IOException {
        SweepStatistics statistics = result.statistics();
        List<Trial> entered = statistics.count() == 0
                ? List.of()
                : statistics.count() > MOST_LINES || isPruned(result)
                        ? List.of(whole(result, window, variety))
                        : lines(result, window, variety, settingsHash);
        if (ledger.folder().isEmpty() || entered.isEmpty()) {
            return new Counted(
                    TrialSpread.of(entered, variety.observations()), statistics.count(), "", Optional.empty());
        }
        try {
            String sweep = result.identity().settingsSha256();
            String end = result.isWhole() ? BegunSweeps.done(sweep) : BegunSweeps.ended(sweep, statistics.count());
            List<Trial> lines = new ArrayList<>(entered);
            lines.add(line(window, end, BegunSweeps.nothing()));
            ledger.enter(lines, window.data());
            LedgerUse.Known known =
                    ledger.count(lines, window.data(), window.fromNanos(), window.toNanos(), variety.observations());
            return new Counted(known.spread(), known.onWindow(), known.started(), ledger.tip());
        } catch (IOException unusable) {
            throw LedgerHome.unusable(ledger.folder().get(), unusable);
        }
    }

    /** Whether trials may be stopped; asked of the settings, so that a sweep is entered alike however far it got. */
    private static boolean isPruned(SweepResult result) {
        return !"none".equals(result.identity().settings().get("pruner"));
    }

    /**
     * Says before a batch is evaluated that so many trials will have been seen. Lines are few: each covers at least as many
     * trials as all before it.
     */
    void begins(SweepIdentity identity, int batch, long upTo, long planned, Window window) throws IOException {
        if (ledger.folder().isEmpty() || upTo <= announced) {
            return;
        }
        long covered = batch;
        while (covered < upTo) {
            covered *= 2;
        }
        announced = Math.min(planned, covered);
        try {
            ledger.enter(
                    List.of(line(
                            window, BegunSweeps.begun(identity.settingsSha256(), announced), BegunSweeps.nothing())),
                    window.data());
        } catch (IOException unusable) {
            throw LedgerHome.unusable(ledger.folder().get(), unusable);
        }
    }

    /** A walk-forward is one trial, whatever was compared inside its training windows. */
    void enterWalk(SweepResult result, SweepWalk walk, Window window, double sharpePerPeriod) throws IOException {
        String name =
                Checksums.sha256(("walk-forward " + result.identity().settingsSha256() + " " + walk.canonicalText())
                        .getBytes(StandardCharsets.UTF_8));
        double sharpe = Double.isInfinite(sharpePerPeriod) ? Double.NaN : sharpePerPeriod;
        try {
            ledger.enter(List.of(line(window, name, Map.of(Trial.SHARPE_PER_PERIOD, sharpe))), window.data());
        } catch (IOException unusable) {
            throw LedgerHome.unusable(ledger.folder().orElseThrow(), unusable);
        }
    }

    /** What the sweep amounts to is spread evenly over the outcomes that differ. */
    private static List<Trial> lines(
            SweepResult result, Window window, SweepVariety variety, Function<Map<String, String>, String> settingsHash)
            throws IOException {
        List<SweepTrial> trials = new ArrayList<>();
        Set<Double> outcomes = new HashSet<>();
        result.forEach(trial -> {
            trials.add(trial);
            outcomes.add(sharpe(trial));
        });
        outcomes.remove(Double.NaN);
        double different = Math.max(1, outcomes.size());
        List<Trial> lines = new ArrayList<>();
        for (SweepTrial trial : trials) {
            lines.add(line(
                    window,
                    hash(trial, settingsHash),
                    Map.of(
                            Trial.SHARPE_PER_PERIOD,
                            sharpe(trial),
                            Trial.EFFECTIVE,
                            Math.min(1, variety.effective() / different))));
        }
        return lines;
    }

    private static Trial whole(SweepResult result, Window window, SweepVariety variety) {
        SweepStatistics statistics = result.statistics();
        Map<String, Double> metrics = new HashMap<>(new TrialCounts(
                        statistics.count(), statistics.sharpes(), statistics.sharpeMean(), statistics.sharpeVariance())
                .asMetrics());
        metrics.put(Trial.EFFECTIVE, variety.effective());
        return line(window, name(result), metrics);
    }

    /** A set that the strategy refuses has no effective parameters: it stands there as it was asked for. */
    private static String hash(SweepTrial trial, Function<Map<String, String>, String> settingsHash) {
        try {
            return settingsHash.apply(trial.parameters().values());
        } catch (RuntimeException refused) {
            return Checksums.sha256(("refused " + trial.parameters().canonicalText()).getBytes(StandardCharsets.UTF_8));
        }
    }

    private static double sharpe(SweepTrial trial) {
        double sharpe = trial.figures().sharpePerPeriod();
        return trial.wasStopped() || Double.isInfinite(sharpe) ? Double.NaN : sharpe;
    }

    /** A partial sweep is another line than the whole one, so that what grows is not lost. */
    private static String name(SweepResult result) {
        return BegunSweeps.trials(
                result.identity().settingsSha256(), result.statistics().count());
    }

    private static Trial line(Window window, String settings, Map<String, Double> metrics) {
        return new Trial(
                Versions.lama(), settings, window.data().dataChecksum(), window.fromNanos(), window.toNanos(), metrics);
    }
}
