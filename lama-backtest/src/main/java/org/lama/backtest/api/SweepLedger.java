package org.lama.backtest.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /** Of copies, so that a sweep of copies alone has something to share out by. */
    private static final double LEAST_WEIGHT = 1e-6;

    private static final double ROUNDING = 1e-6;

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
                        : lines(result, window, variety, settingsHash, shares(window));
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

    private KnownShares shares(Window window) throws IOException {
        try {
            return ledger.shares(window.data(), window.fromNanos(), window.toNanos());
        } catch (IOException unusable) {
            throw LedgerHome.unusable(ledger.folder().orElseThrow(), unusable);
        }
    }

    /**
     * What the sweep amounts to beyond what its outcomes amount to in the ledger is shared out among those that are new, by how
     * little they resemble those before them. What they cannot take, at most one try each, stands on a line of its own.
     */
    private static List<Trial> lines(
            SweepResult result,
            Window window,
            SweepVariety variety,
            Function<Map<String, String>, String> settingsHash,
            KnownShares there)
            throws IOException {
        List<SweepTrial> trials = new ArrayList<>();
        Map<Double, Double> weights = new LinkedHashMap<>();
        result.forEach(trial -> {
            trials.add(trial);
            weights.putIfAbsent(sharpe(trial), Math.max(LEAST_WEIGHT, variety.noveltyOf(trial.number())));
        });
        weights.remove(Double.NaN);
        String sweep = result.identity().settingsSha256();
        KnownShares.Share known = there.of(weights.keySet(), sweep);
        KnownShares.Share lacking = known.lackingTo(variety.effective(), ofNewOnes(result, trials, variety, there));
        if (result.returns().sampled().size() >= result.statistics().tried()) {
            // what was measured on the returns of all is no estimate: the ledger holds at least as much
            lacking = there.raisedTo(variety.effective(), lacking);
        }
        weights.keySet().removeIf(there::has);
        Map<Double, Double> effective = sharedOut(lacking.effective(), weights);
        Map<Double, Double> independent = sharedOut(lacking.independent(), weights);
        List<Trial> lines = new ArrayList<>();
        for (SweepTrial trial : trials) {
            double sharpe = sharpe(trial);
            lines.add(line(
                    window,
                    hash(trial, settingsHash),
                    metrics(sharpe, effective.getOrDefault(sharpe, 0.0), independent.getOrDefault(sharpe, 0.0))));
        }
        double rest = lacking.effective() - sum(effective);
        double more = lacking.independent() - sum(independent);
        if (Math.max(rest, more) > ROUNDING) {
            Map<String, Double> metrics = BegunSweeps.nothing();
            metrics.put(Trial.EFFECTIVE, Math.max(0, rest));
            metrics.put(Trial.INDEPENDENT, Math.max(0, more));
            lines.add(line(window, BegunSweeps.rest(sweep, trials.size()), metrics));
        }
        return lines;
    }

    /** No more than the new ones amount to by themselves is added: of the others the ledger knows what they resemble. */
    private static double ofNewOnes(
            SweepResult result, List<SweepTrial> trials, SweepVariety variety, KnownShares there) {
        long old = trials.stream().filter(trial -> there.has(sharpe(trial))).count();
        long fresh = result.statistics().tried() - old;
        return old == 0
                ? variety.effective()
                : fresh <= 0
                        ? 0
                        : SweepVariety.among(result, trial -> !there.has(sharpe(trial)), fresh)
                                .effective();
    }

    private static Map<String, Double> metrics(double sharpe, double effective, double independent) {
        Map<String, Double> metrics = new HashMap<>();
        metrics.put(Trial.SHARPE_PER_PERIOD, sharpe);
        metrics.put(Trial.EFFECTIVE, effective);
        if (effective != independent) {
            metrics.put(Trial.INDEPENDENT, independent);
        }
        return metrics;
    }

    private static Map<Double, Double> sharedOut(double total, Map<Double, Double> weights) {
        double[] shares = KnownShares.sharedOut(
                total, weights.values().stream().mapToDouble(each -> each).toArray());
        Map<Double, Double> out = new LinkedHashMap<>();
        for (Double outcome : weights.keySet()) {
            out.put(outcome, shares[out.size()]);
        }
        return out;
    }

    private static double sum(Map<Double, Double> shares) {
        return shares.values().stream().mapToDouble(each -> each).sum();
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
