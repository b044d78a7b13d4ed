package org.lama.backtest.honesty;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.lama.backtest.honesty.CheckReport.Line;
import org.lama.backtest.honesty.CheckReport.Outcome;
import org.lama.core.series.Frame;

/** Figures that warn: what a delay costs, and what a later start changes. Only an impossible loss by delay is a failure. */
final class Sensitivity {
    /** Share of decisions that may differ before it is worth a warning. */
    private static final double DIFFERING = 0.001;
    /** Below this share of the Sharpe ratio a delay of one bar is worth a warning. */
    private static final double KEPT = 0.5;
    /** A net Sharpe ratio a year above this that one bar of delay takes to less than a fifth is taken for a look-ahead. */
    private static final double IMPOSSIBLE = 5;

    private static final double IMPOSSIBLE_KEPT = 0.2;

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
        List<SharpeLoss> losses = new ArrayList<>();
        for (int bars = 1; bars <= 3; bars++) {
            Recording later = new Recording(Long.MAX_VALUE);
            experiment.run(bars, later);
            losses.add(SharpeLoss.of(
                    experiment.truth().returns(),
                    later.returns(),
                    experiment.data().barNanos(),
                    seed));
        }
        SharpeLoss first = losses.get(0);
        boolean impossible = first.before() > IMPOSSIBLE && first.keepsLessThan(IMPOSSIBLE_KEPT);
        boolean collapses = first.keepsLessThan(KEPT);
        String figures = String.format(
                Locale.ROOT,
                "Sharpe ratio a year %.2f; decided 1, 2 and 3 bars later %.2f, %.2f and %.2f; 1 bar costs %.2f"
                        + " (95 %%: %.2f to %.2f)",
                first.before(),
                first.after(),
                losses.get(1).after(),
                losses.get(2).after(),
                first.loss(),
                first.leastLoss(),
                first.mostLoss());
        String words = impossible
                ? ": nobody earns so much after costs and loses it to one bar, but who knows that bar"
                : collapses ? ": it lives on the very next bar, as a look-ahead would" : "";
        Outcome mild = collapses ? Outcome.WARNING : Outcome.PASSED;
        return new Line("DELAY", impossible ? Outcome.FAILED : mild, 3, figures + words);
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
        Agreement agreement = Agreement.of(
                experiment.truth(), run, grid, from, experiment.data().symbols());
        boolean warns = agreement.differing() > DIFFERING * agreement.compared();
        int last = agreement.last();
        String words = "begun " + later + " bars later, " + agreement.percent()
                + " of the targets after the declared warm-up of " + declared + " bars agree";
        String end = last < 0 ? "" : "; all agree from " + (last - from + 1) + " bars after it on";
        end = last == grid.length - 1 ? "; some differ to the end" : end;
        return new Line(
                "WARM_UP",
                warns ? Outcome.WARNING : Outcome.PASSED,
                1,
                words + end + (warns ? ": what it decides depends on where the data begin" : ""));
    }
}
