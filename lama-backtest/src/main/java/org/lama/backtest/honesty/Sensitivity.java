package org.lama.backtest.honesty;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.lama.backtest.analytics.PairedBootstrap;
import org.lama.backtest.analytics.StationaryBootstrap;
import org.lama.backtest.honesty.CheckReport.Line;
import org.lama.backtest.honesty.CheckReport.Outcome;
import org.lama.core.series.Frame;

/** Figures that warn and prove nothing: what a delay costs, and what a later start changes. */
final class Sensitivity {
    private static final int MOST_ROWS = 20_000;
    private static final int RESAMPLES = 500;
    /** Student's t above which a mean is taken to be there at all. */
    private static final double SIGNIFICANT = 1.96;

    private static final double YEAR_NANOS = 365 * 86_400e9;
    /** Weights that differ by less are equal: recursions without end, such as an EMA, never forget their start wholly. */
    private static final double TOLERANCE = 1e-6;
    /** Share of decisions that may differ before it is worth a warning. */
    private static final double DIFFERING = 0.001;

    private final StrategyExperiment experiment;

    Sensitivity(StrategyExperiment experiment) {
        this.experiment = experiment;
    }

    /**
     * Sends targets one, two and three bars later. A genuine signal fades from bar to bar; one that knows the next bar
     * loses most of its profit at the first. Reported with the 95 % interval of the paired stationary bootstrap.
     */
    Line delay(long seed) {
        if (experiment.truth().targets().size() == 0) {
            return new Line("DELAY", Outcome.NOT_RUN, 0, "it sets no targets; orders are not delayed");
        }
        double[][] returns = new double[4][];
        returns[0] = experiment.truth().returns();
        for (int bars = 1; bars < returns.length; bars++) {
            Recording later = new Recording(Long.MAX_VALUE);
            experiment.run(bars, later);
            returns[bars] = later.returns();
        }
        int rows = Arrays.stream(returns).mapToInt(each -> each.length).min().orElse(0);
        int block = Math.max(1, rows / MOST_ROWS);
        double[][] sums = new double[returns.length][];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = sums(returns[i], rows, block);
        }
        double year = YEAR_NANOS / experiment.data().barNanos() / block;
        StationaryBootstrap bootstrap = StationaryBootstrap.of(RESAMPLES, seed);
        PairedBootstrap.Difference first =
                PairedBootstrap.of(sums[0], sums[1], year, bootstrap).rows().get(0);
        double second = PairedBootstrap.of(sums[0], sums[2], year, bootstrap)
                .rows()
                .get(0)
                .second();
        double third = PairedBootstrap.of(sums[0], sums[3], year, bootstrap)
                .rows()
                .get(0)
                .second();
        boolean earns = first.first() * Math.sqrt(sums[0].length / year) > SIGNIFICANT;
        boolean collapses = earns && first.high() < 0 && first.second() < 0.5 * first.first();
        String figures = String.format(
                Locale.ROOT,
                "Sharpe ratio a year %.2f; decided 1, 2 and 3 bars later %.2f, %.2f and %.2f; 1 bar costs %.2f"
                        + " (95 %%: %.2f to %.2f)",
                first.first(),
                first.second(),
                second,
                third,
                -first.difference(),
                -first.high(),
                -first.low());
        return new Line(
                "DELAY",
                collapses ? Outcome.WARNING : Outcome.PASSED,
                3,
                figures + (collapses ? ": it lives on the very next bar, as a look-ahead would" : ""));
    }

    private static double[] sums(double[] returns, int rows, int block) {
        double[] sums = new double[rows / block];
        for (int i = 0; i < sums.length; i++) {
            for (int k = 0; k < block; k++) {
                double one = returns[i * block + k];
                sums[i] += Double.isFinite(one) ? one : 0;
            }
        }
        return sums;
    }

    /** Starts later, and compares the targets that hold at each decision time after the declared warm-up. */
    Line warmUp(int declared) {
        long[] grid = StrategyHonesty.grid(experiment.data());
        int later = grid.length / 4;
        int from = later + declared + 1;
        if (experiment.truth().targets().size() == 0 || later < 2 || from >= grid.length - 1) {
            return new Line(
                    "WARM_UP", Outcome.NOT_RUN, 0, "too few targets or bars after a warm-up of " + declared + " bars");
        }
        List<Frame> frames = new ArrayList<>();
        for (Frame frame : experiment.data().frames()) {
            int row = frame.index().ceiling(grid[later]);
            frames.add(frame.slice(Math.min(row, frame.size()), frame.size()));
        }
        Recording run = new Recording(Long.MAX_VALUE);
        experiment.run(experiment.like(frames), run, StrategyExperiment.Failures.IGNORED);
        return compared(run, grid, from, later, declared);
    }

    private Line compared(Recording run, long[] grid, int from, int later, int declared) {
        int symbols = experiment.data().symbols().size();
        Held full = new Held(experiment.truth().targets(), symbols);
        Held late = new Held(run.targets(), symbols);
        long total = 0;
        long differing = 0;
        int last = -1;
        for (int bar = from; bar < grid.length; bar++) {
            full.until(grid[bar]);
            late.until(grid[bar]);
            for (int s = 0; s < symbols; s++) {
                total++;
                if (!(Math.abs(full.weights[s] - late.weights[s]) <= TOLERANCE)) {
                    differing++;
                    last = bar;
                }
            }
        }
        boolean warns = differing > DIFFERING * total;
        String words = "begun " + later + " bars later, " + percent(total - differing, total)
                + " of the targets after the declared warm-up of " + declared + " bars agree";
        String end = last < 0 ? "" : "; all agree from " + (last - from + 1) + " bars after it on";
        end = last == grid.length - 1 ? "; some differ to the end" : end;
        return new Line(
                "WARM_UP",
                warns ? Outcome.WARNING : Outcome.PASSED,
                1,
                words + end + (warns ? ": what it decides depends on where the data begin" : ""));
    }

    private static String percent(long part, long whole) {
        return String.format(Locale.ROOT, "%.2f %%", 100.0 * part / Math.max(1, whole));
    }

    /** The targets that hold, as time goes on. */
    private static final class Held {
        private final Recording.Column targets;
        private final double[] weights;
        private int next;

        Held(Recording.Column targets, int symbols) {
            this.targets = targets;
            this.weights = new double[symbols];
        }

        void until(long nanos) {
            while (next < targets.size() && targets.cell(next, 0) <= nanos) {
                weights[(int) targets.cell(next, 1)] = Double.longBitsToDouble(targets.cell(next, 2));
                next++;
            }
        }
    }
}
