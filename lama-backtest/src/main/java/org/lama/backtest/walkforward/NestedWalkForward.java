package org.lama.backtest.walkforward;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.lama.backtest.analytics.ProbabilisticSharpe;
import org.lama.backtest.engine.BacktestResult;
import org.lama.backtest.engine.BarEngine;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.data.MarketData;
import org.lama.core.search.TaskExecutor;
import org.lama.core.series.Frame;

/**
 * A walk-forward in which the strategy itself is chosen inside each fold. At every retrain time all candidates are judged on
 * the training window alone: it is cut into {@code innerFolds + 1} parts, and for each part but the first a candidate is
 * made from the bars before it, less purge and embargo, and traded on the part from flat. The candidate with the highest net
 * Sharpe ratio over all its parts is made from the whole training window and trades the bars that follow, until the next choice. Of
 * equals the first wins. The bars of a choice are cut off at its retrain time before any candidate sees them, so nothing
 * that comes later can enter it (Varma and Simon 2006, doi:10.1186/1471-2105-7-91, on why choice must be nested).
 *
 * <p>A candidate that never trades in the training window has no score and is not chosen; a fold without a candidate stays
 * flat. Stateless and thread-safe; candidates run on the executor, equal inputs give equal
 * bits for any number of threads. Cost: candidates · folds · innerFolds runs of about (part + run-in) bars.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class NestedWalkForward {
    private static final long DAY_NANOS = 86_400_000_000_000L;

    private final MarketData data;
    private final List<Candidate> candidates;
    private final NestedSettings settings;
    private final TimeGrid grid;

    private NestedWalkForward(MarketData data, List<Candidate> candidates, NestedSettings settings) {
        this.data = data;
        this.candidates = candidates;
        this.settings = settings;
        grid = TimeGrid.of(data.frames());
    }

    /**
     * Chooses and trades fold by fold.
     *
     * @param data bars, one frame per symbol
     * @param candidates at least one, with different names
     * @param settings plan, inner folds, run-in and engine
     * @param executor runs the candidates
     * @return the choices and the stitched result
     * @throws IllegalArgumentException if there is no candidate, two share a name, or the data hold no whole window
     */
    public static NestedResult run(
            MarketData data, List<Candidate> candidates, NestedSettings settings, TaskExecutor executor) {
        List<Candidate> all = List.copyOf(candidates);
        Check.that(!all.isEmpty(), "candidates must hold at least one strategy");
        Set<String> names = new HashSet<>();
        for (Candidate candidate : all) {
            Check.that(
                    names.add(candidate.name()),
                    "candidates must have different names, but two are called '" + candidate.name() + "'");
        }
        Check.that(
                data.frames().stream().anyMatch(frame -> frame.size() > 0),
                "data must hold at least one bar to walk on");
        return new NestedWalkForward(data, all, settings).run(executor);
    }

    /** One candidate on one inner block of one fold. */
    private record Task(int fold, int candidate, int block) {}

    private NestedResult run(TaskExecutor executor) {
        long end = grid.close(grid.size() - 1);
        long[] retrains = settings.plan().retrainTimes(grid.opens[0], end);
        Check.that(
                retrains.length > 0,
                "the data must be longer than one training window of "
                        + settings.plan().trainDays() + " days; give longer data or a shorter window");
        int inner = settings.innerFolds();
        List<Task> tasks = new ArrayList<>();
        for (int k = 0; k < retrains.length; k++) {
            for (int c = 0; c < candidates.size(); c++) {
                for (int b = 0; b < inner; b++) {
                    tasks.add(new Task(k, c, b));
                }
            }
        }
        List<double[]> returns = executor.map(
                tasks.size(), i -> validated(tasks.get(i), retrains[tasks.get(i).fold()]));
        List<NestedResult.Choice> choices = new ArrayList<>();
        List<RelayStrategy.Leg> legs = new ArrayList<>();
        for (int k = 0; k < retrains.length; k++) {
            int from = k * candidates.size() * inner;
            double[] scores = scores(returns.subList(from, from + candidates.size() * inner));
            int best = best(scores);
            long until = k + 1 < retrains.length ? retrains[k + 1] : end;
            choices.add(new NestedResult.Choice(
                    retrains[k],
                    until,
                    best < 0 ? "" : candidates.get(best).name(),
                    Arrays.stream(scores).boxed().toList()));
            legs.add(leg(k, retrains, best, choices));
        }
        return stitched(retrains[0], choices, tasks.size(), legs);
    }

    /** A chosen candidate that fits nothing and was chosen before goes on as it is. */
    private RelayStrategy.Leg leg(int fold, long[] retrains, int best, List<NestedResult.Choice> choices) {
        long from = retrains[fold];
        if (best < 0) {
            return RelayStrategy.Leg.flat(from);
        }
        Candidate candidate = candidates.get(best);
        boolean again = fold > 0
                && !candidate.fits()
                && choices.get(fold - 1).candidate().equals(candidate.name());
        return again
                ? RelayStrategy.Leg.goesOn(from)
                : new RelayStrategy.Leg(
                        from,
                        from - settings.runInDays() * DAY_NANOS,
                        () -> candidate.maker().apply(trainedOn(from)),
                        false);
    }

    /** The bars known at a time that open in its training window, less purge and embargo at the end. */
    private MarketData trainedOn(long retrain) {
        long from = settings.plan().anchored()
                ? grid.opens[0]
                : retrain - settings.plan().trainDays() * DAY_NANOS;
        return between(from, retrain - gapNanos());
    }

    private long gapNanos() {
        return (settings.plan().purgeBars() + (long) settings.plan().embargoBars()) * grid.barNanos;
    }

    /** Bars that open at or after one time and close at or before another; assets without any are left out. */
    private MarketData between(long fromNanos, long toNanos) {
        List<Frame> frames = new ArrayList<>();
        for (Frame frame : data.frames()) {
            int from = frame.index().ceiling(fromNanos);
            int to = frame.index().floor(toNanos - grid.barNanos) + 1;
            if (from < to) {
                frames.add(from == 0 && to == frame.size() ? frame : frame.slice(from, to));
            }
        }
        return new MarketData(frames, List.of(), List.of());
    }

    /** Net returns of a candidate on one part of a training window, made from what lies before that part. */
    private double[] validated(Task task, long retrain) {
        long window = settings.plan().anchored()
                ? grid.opens[0]
                : retrain - settings.plan().trainDays() * DAY_NANOS;
        int parts = settings.innerFolds() + 1;
        long known = retrain - gapNanos();
        long part = (known - window) / parts;
        long from = window + (task.block() + 1) * part;
        long to = task.block() + 1 == settings.innerFolds() ? known : from + part;
        MarketData past = between(window, from - gapNanos());
        MarketData seen = between(from - settings.runInDays() * DAY_NANOS, to);
        if (past.frames().isEmpty() || seen.frames().isEmpty()) {
            return new double[0];
        }
        RelayStrategy.Leg leg = new RelayStrategy.Leg(
                from,
                Long.MIN_VALUE,
                () -> candidates.get(task.candidate()).maker().apply(past),
                false);
        BacktestResult result = BarEngine.run(seen, new RelayStrategy(List.of(leg)), settings.engine());
        return returns(result, from);
    }

    /** Returns of the bars that close after a time. */
    private static double[] returns(BacktestResult result, long after) {
        int from = result.times().ceiling(after + 1);
        int to = result.times().size();
        return DailyReturns.of(
                result.times().copyRange(from, to),
                Arrays.copyOfRange(result.equity(), from, to),
                from == 0 ? result.capital() : result.equity()[from - 1]);
    }

    /** Sharpe ratio a year of each candidate over all its validation parts. */
    private double[] scores(List<double[]> returns) {
        int inner = settings.innerFolds();
        double perYear = 365.0 * DAY_NANOS / Math.max(DAY_NANOS, grid.barNanos);
        double[] scores = new double[candidates.size()];
        for (int c = 0; c < scores.length; c++) {
            double[] joined = returns.subList(c * inner, (c + 1) * inner).stream()
                    .flatMapToDouble(Arrays::stream)
                    .toArray();
            scores[c] = ProbabilisticSharpe.of(joined).sharpePerPeriod() * Math.sqrt(perYear);
        }
        return scores;
    }

    private static int best(double[] scores) {
        int best = -1;
        for (int c = 0; c < scores.length; c++) {
            if (!Double.isNaN(scores[c]) && (best < 0 || scores[c] > scores[best])) {
                best = c;
            }
        }
        return best;
    }

    private NestedResult stitched(
            long first, List<NestedResult.Choice> choices, int evaluations, List<RelayStrategy.Leg> legs) {
        BacktestResult result = BarEngine.run(data, new RelayStrategy(legs), settings.engine());
        int from = result.times().ceiling(first + 1);
        int to = result.times().size();
        return new NestedResult(
                choices,
                evaluations,
                result.times().copyRange(from, to),
                Arrays.copyOfRange(result.equity(), from, to),
                returns(result, first),
                result);
    }
}
