package org.lama.backtest.sweep;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.lama.backtest.analytics.StationaryBootstrap;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.search.ParameterSet;
import org.lama.core.search.Pruner;
import org.lama.core.search.Sampler;
import org.lama.core.search.SequentialTaskExecutor;
import org.lama.core.search.TaskExecutor;

/**
 * Tries many parameter sets of one strategy and counts all of them. Sets are asked for in batches of a fixed size, evaluated
 * by all threads, stored and told in the order of their numbers: equal bits for any number of threads.
 *
 * <p>With a folder every finished batch is on the disk before the next one begins. A sweep that was killed is resumed by
 * running it again with the same folder, and ends bit by bit as one that was not; a folder of other data, settings or another
 * version is refused. Memory is bounded: the trials themselves stay in the file.
 *
 * <p>A set whose evaluation fails, or whose metric is not defined, is a trial like any other; the sampler is told that it
 * failed, and so it is of one that the pruner stopped. For one use on one thread.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Sweep {
    private final Sampler sampler;
    private final TrialFunction function;
    private final SweepSettings settings;
    private Optional<Pruner> pruner = Optional.empty();
    private Optional<Path> folder = Optional.empty();
    private SweepMonitor monitor = SweepMonitor.none();
    private Optional<StationaryBootstrap> bootstrap = Optional.empty();
    private TaskExecutor threads = SequentialTaskExecutor.create();
    private String dataSha256 = "unknown";
    private String codeVersion = "unknown";

    private Sweep(Sampler sampler, TrialFunction function, SweepSettings settings) {
        this.sampler = Check.notNull(sampler, "sampler");
        this.function = Check.notNull(function, "function");
        this.settings = Check.notNull(settings, "settings");
        Check.that(sampler.asked() == 0, "sampler must be new, but has handed out " + sampler.asked() + " sets");
    }

    /**
     * A sweep in memory, for at most 100,000 trials.
     *
     * @param sampler a new one
     * @param function evaluates a set
     * @param settings how many trials
     * @return the sweep
     */
    public static Sweep of(Sampler sampler, TrialFunction function, SweepSettings settings) {
        return new Sweep(sampler, function, settings);
    }

    /**
     * With a folder that can be resumed.
     *
     * @param where holds {@code sweep.json} and {@code trials.log}; made if it does not exist
     * @param dataChecksum SHA-256 of the data
     * @param version of the code that computes trials
     * @return this
     */
    public Sweep withFolder(Path where, String dataChecksum, String version) {
        folder = Optional.of(where);
        dataSha256 = Check.notBlank(dataChecksum, "dataChecksum");
        codeVersion = Check.notBlank(version, "version");
        return this;
    }

    /**
     * With a pruner: each batch is a wave that goes through its rungs together.
     *
     * @param other a new one, with rungs in the steps of the function
     * @return this
     */
    public Sweep withPruner(Pruner other) {
        pruner = Optional.of(other);
        return this;
    }

    /**
     * With someone who watches.
     *
     * @param other the monitor
     * @return this
     */
    public Sweep withMonitor(SweepMonitor other) {
        monitor = Check.notNull(other, "monitor");
        return this;
    }

    /**
     * With a reality check over every trial, unless a pruner stops some: their returns are fed to it as they come and not kept.
     *
     * @param resamples number of resamples, seed and block length
     * @param local does the work on this machine
     * @return this
     */
    public Sweep withRealityCheck(StationaryBootstrap resamples, TaskExecutor local) {
        bootstrap = Optional.of(resamples);
        threads = Check.notNull(local, "local");
        return this;
    }

    /**
     * Runs to the end, or until the monitor says stop.
     *
     * @param executor runs the trials of a batch
     * @return what was found
     * @throws IOException if the folder cannot be read or written, or its log is damaged
     * @throws IllegalArgumentException if the folder belongs to another sweep, naming both checksums
     */
    public SweepResult run(TaskExecutor executor) throws IOException {
        SweepIdentity identity = SweepIdentity.of(sampler, pruner, function, settings, dataSha256, codeVersion);
        try (TrialStore store = store(identity)) {
            SweepStatistics statistics = new SweepStatistics(sampler.direction(), settings.best());
            ReturnSample sample = new ReturnSample(settings.sampled(), settings.seed());
            replay(store, statistics, sample);
            RealityFold fold = bootstrap.isPresent() && pruner.isEmpty()
                    ? new RealityFold(bootstrap.get(), threads, folder)
                    : null;
            if (fold != null) {
                catchUp(executor, store, fold);
            }
            boolean whole = goOn(executor, new Books(identity, store, statistics, sample, fold));
            SweepReturns returns = returns(executor, store, statistics, sample);
            return new SweepResult(
                    sampler.space(),
                    sampler.direction(),
                    identity,
                    statistics,
                    store,
                    returns,
                    fold == null ? Optional.empty() : fold.result(),
                    whole);
        }
    }

    private TrialStore store(SweepIdentity identity) throws IOException {
        if (folder.isEmpty()) {
            Check.that(
                    settings.trials() <= MemoryTrials.LARGEST,
                    "trials must be at most " + MemoryTrials.LARGEST + " without a folder, got " + settings.trials());
            return new MemoryTrials();
        }
        identity.claim(folder.get());
        return TrialLog.open(folder.get(), settings.batch(), settings.trials());
    }

    /** Brings sampler and pruner to where they were. */
    private void replay(TrialStore store, SweepStatistics statistics, ReturnSample sample) throws IOException {
        List<SweepTrial> batch = new ArrayList<>();
        store.forEach(trial -> {
            batch.add(trial);
            if (batch.size() == settings.batch() || trial.number() == settings.trials() - 1) {
                replayBatch(batch);
                batch.forEach(each -> count(each, new double[0], statistics, sample));
                batch.clear();
            }
        });
        if (store.size() > 0) {
            monitor.progress(store.size(), settings.trials());
        }
    }

    private void replayBatch(List<SweepTrial> batch) {
        batch.forEach(trial -> sampler.replay(trial.parameters()));
        if (pruner.isPresent()) {
            List<Long> rungs = pruner.get().rungs();
            for (int k = 0; k < rungs.size(); k++) {
                int reached = k;
                List<SweepTrial> there =
                        batch.stream().filter(t -> t.rungs().size() > reached).toList();
                if (!there.isEmpty()) {
                    pruner.get()
                            .judge(
                                    rungs.get(k),
                                    there.stream().mapToLong(SweepTrial::number).toArray(),
                                    there.stream()
                                            .mapToDouble(t -> t.rungs().get(reached))
                                            .toArray());
                }
            }
        }
        batch.forEach(trial -> sampler.tell(trial.number(), trial.value()));
    }

    private static void count(SweepTrial trial, double[] series, SweepStatistics statistics, ReturnSample sample) {
        statistics.add(trial);
        if (trial.state() == SweepTrial.State.DEFINED || trial.wasStopped()) {
            sample.offer(trial.number(), series);
        }
    }

    /** Computes returns again that an earlier process did not feed before it ended. */
    private void catchUp(TaskExecutor executor, TrialStore store, RealityFold fold) throws IOException {
        List<SweepTrial> missing = new ArrayList<>();
        long[] done = {0};
        store.forEach(trial -> {
            done[0]++;
            boolean batchEnds = done[0] % settings.batch() == 0 || done[0] == store.size();
            if (fold.wants(trial.number())) {
                missing.add(trial);
            }
            if (missing.size() == RealityFold.CHUNK || (batchEnds && !missing.isEmpty())) {
                List<TrialFinding> found = executor.map(
                        missing.size(),
                        TrialTask.of(
                                function, k -> new TrialCase(missing.get(k).parameters(), TrialFunction.ALL, true)));
                fold.take(missing.stream().mapToLong(SweepTrial::number).toArray(), found);
                missing.clear();
            }
        });
        fold.commit(store.size());
    }

    /** Where a batch is entered. */
    private record Books(
            SweepIdentity identity,
            TrialStore store,
            SweepStatistics statistics,
            ReturnSample sample,
            @Nullable RealityFold fold) {}

    /** Whether all trials were made, or all that the space has. */
    private boolean goOn(TaskExecutor executor, Books books) throws IOException {
        TrialStore store = books.store();
        while (store.size() < settings.trials()) {
            if (monitor.cancelled() || Thread.currentThread().isInterrupted()) {
                return false;
            }
            int count = (int) Math.min(settings.batch(), settings.trials() - store.size());
            List<ParameterSet> sets = sampler.ask(count);
            if (sets.isEmpty()) {
                return true;
            }
            monitor.begins(books.identity(), store.size() + sets.size(), settings.trials());
            Wave wave;
            try {
                wave = new Wave(store.size(), sets, books).run(executor);
            } catch (CancellationException interrupted) {
                if (books.fold() != null) {
                    books.fold().discard();
                }
                return false;
            }
            store.append(wave.trials());
            for (SweepTrial trial : wave.trials()) {
                sampler.tell(trial.number(), trial.value());
                count(trial, wave.returns(trial.number()), books.statistics(), books.sample());
            }
            if (books.fold() != null) {
                books.fold().commit(store.size());
            }
            monitor.progress(store.size(), settings.trials());
        }
        return true;
    }

    /** The returns of the sample and of the best trial; those that an earlier process computed are computed again. */
    private SweepReturns returns(
            TaskExecutor executor, TrialStore store, SweepStatistics statistics, ReturnSample sample)
            throws IOException {
        Set<Long> numbers = new HashSet<>(sample.numbers());
        statistics.best().stream().findFirst().map(SweepTrial::number).ifPresent(numbers::add);
        List<SweepTrial> trials = new ArrayList<>();
        store.forEach(trial -> {
            if (numbers.contains(trial.number())) {
                trials.add(trial);
            }
        });
        List<SweepTrial> unknown = trials.stream()
                .filter(trial -> sample.returns(trial.number()).length == 0)
                .toList();
        List<TrialFinding> found = executor.map(
                unknown.size(),
                TrialTask.of(function, k -> new TrialCase(unknown.get(k).parameters(), TrialFunction.ALL, true)));
        Set<Long> sampled = new HashSet<>(sample.numbers());
        List<double[]> series = new ArrayList<>();
        double[] sharpes = new double[trials.size()];
        int next = 0;
        for (int k = 0; k < sharpes.length; k++) {
            SweepTrial trial = trials.get(k);
            double[] known = sample.returns(trial.number());
            Optional<TrialFinding> again = known.length > 0 ? Optional.empty() : Optional.of(found.get(next++));
            Optional<TrialFinding> completed = again.filter(any -> trial.wasStopped());
            double sharpe =
                    completed.map(TrialFinding::figures).orElse(trial.figures()).sharpePerPeriod();
            // one that was stopped and does nothing on all data is no configuration to compare
            boolean idle = completed.isPresent() && !Double.isFinite(sharpe);
            series.add(idle ? new double[0] : again.map(TrialFinding::returns).orElse(known));
            sharpes[k] = sampled.contains(trial.number()) ? sharpe : Double.NaN;
        }
        if (statistics.stopped() > 0) {
            statistics.spreadOf(sharpes);
        }
        return new SweepReturns(trials, series, sample.numbers());
    }

    /** A batch on its way through the rungs. */
    private final class Wave {
        private final long first;
        private final List<ParameterSet> sets;
        private final boolean[] wanted;
        private final TrialFinding[] last;
        private final List<List<Double>> rungs = new ArrayList<>();
        private final boolean[] stopped;
        private final long[] stoppedAt;
        private final @Nullable RealityFold fold;

        Wave(long first, List<ParameterSet> sets, Books books) {
            fold = books.fold();
            this.first = first;
            this.sets = sets;
            wanted = new boolean[sets.size()];
            last = new TrialFinding[sets.size()];
            stopped = new boolean[sets.size()];
            stoppedAt = new long[sets.size()];
            for (int i = 0; i < wanted.length; i++) {
                wanted[i] = books.sample().wants(first + i);
                rungs.add(new ArrayList<>());
            }
        }

        Wave run(TaskExecutor executor) {
            for (long step : pruner.map(Pruner::rungs).orElse(List.of())) {
                int[] alive = alive();
                evaluate(executor, alive, step);
                long[] numbers = Arrays.stream(alive).mapToLong(i -> first + i).toArray();
                double[] values =
                        Arrays.stream(alive).mapToDouble(i -> last[i].value()).toArray();
                boolean[] keep = alive.length == 0
                        ? new boolean[0]
                        : pruner.orElseThrow().judge(step, numbers, values);
                for (int k = 0; k < alive.length; k++) {
                    rungs.get(alive[k]).add(values[k]);
                    stopped[alive[k]] = !keep[k];
                    stoppedAt[alive[k]] = step;
                }
            }
            evaluate(executor, alive(), TrialFunction.ALL);
            return this;
        }

        private int[] alive() {
            int[] all = new int[sets.size()];
            int count = 0;
            for (int i = 0; i < all.length; i++) {
                if (!stopped[i]) {
                    all[count++] = i;
                }
            }
            return Arrays.copyOf(all, count);
        }

        /** In parts where returns pass through: a whole batch of them might not fit into memory. */
        private void evaluate(TaskExecutor executor, int[] which, long step) {
            RealityFold reality = fold;
            if (reality == null || step != TrialFunction.ALL) {
                evaluate(executor, which, step, false);
                return;
            }
            for (int from = 0; from < which.length; from += RealityFold.CHUNK) {
                int[] part = Arrays.copyOfRange(which, from, Math.min(which.length, from + RealityFold.CHUNK));
                evaluate(executor, part, step, reality.wants(first + part[part.length - 1]));
                reality.take(
                        Arrays.stream(part).mapToLong(i -> first + i).toArray(),
                        Arrays.stream(part).mapToObj(i -> last[i]).toList());
                for (int i : part) {
                    last[i] = wanted[i] ? last[i] : last[i].withReturns(new double[0]);
                }
            }
        }

        private void evaluate(TaskExecutor executor, int[] which, long step, boolean all) {
            List<TrialFinding> found = executor.map(
                    which.length,
                    TrialTask.of(
                            function,
                            k -> new TrialCase(
                                    sets.get(which[k]), step, (all || wanted[which[k]]) && step == TrialFunction.ALL)));
            for (int k = 0; k < which.length; k++) {
                last[which[k]] = found.get(k);
            }
        }

        List<SweepTrial> trials() {
            List<SweepTrial> trials = new ArrayList<>();
            for (int i = 0; i < sets.size(); i++) {
                TrialFinding found = last[i];
                boolean undefined = Double.isNaN(found.value());
                SweepTrial.State state = stopped[i] && !undefined
                        ? SweepTrial.State.PRUNED
                        : undefined ? SweepTrial.State.UNDEFINED : SweepTrial.State.DEFINED;
                trials.add(new SweepTrial(
                        first + i,
                        sets.get(i),
                        state,
                        state == SweepTrial.State.DEFINED ? found.value() : Double.NaN,
                        found.figures(),
                        found.path(),
                        reason(i, undefined),
                        rungs.get(i)));
            }
            return trials;
        }

        private String reason(int i, boolean undefined) {
            if (!stopped[i]) {
                return last[i].reason();
            }
            return (undefined ? last[i].reason() + " up to step " : "stopped at step ") + stoppedAt[i];
        }

        double[] returns(long number) {
            return last[(int) (number - first)].returns();
        }
    }
}
