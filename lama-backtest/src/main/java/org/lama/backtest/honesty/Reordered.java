package org.lama.backtest.honesty;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.lama.backtest.honesty.CheckReport.Line;
import org.lama.backtest.honesty.CheckReport.Outcome;
import org.lama.backtest.honesty.Experiment.Difference;
import org.lama.backtest.honesty.Experiment.Moment;
import org.lama.backtest.honesty.Recording.Column;
import org.lama.core.market.Columns;
import org.lama.core.series.Frame;

/**
 * Whether a strategy looks at its bars at all. The moves from bar to bar come in another order: the later part of the history
 * first, so that the whole rises as much as before. Who holds the same sides on that as on the true bars decides by the
 * number of the bar, or by something beside the data, and if it earns, or loses, on no other order what it does on the true
 * one, it knows them. Who buys once and keeps it needs to know nothing. Single-threaded.
 */
final class Reordered {
    private static final String NAME = "REORDERED";
    private static final int ORDERS = 19;
    /** Two honest runs share fewer of their bars, long ones and flat ones. */
    private static final double SAME = 0.95;
    /** Standard deviations over the orders; with 19 of them luck is as far off in one of 1,000 cases. */
    private static final double SURE = 4;

    private static final double YEAR_NANOS = 365 * 86_400e9;

    private final StrategyExperiment experiment;
    private final Line line;
    private Optional<Difference> found = Optional.empty();

    Reordered(StrategyExperiment experiment, boolean calendar) {
        this.experiment = experiment;
        line = experiment.truth().fills().size() == 0
                ? new Line(NAME, Outcome.NOT_RUN, 0, "it never traded")
                : line(calendar);
    }

    Line line() {
        return line;
    }

    /** The first decision that was made without the bars. */
    Optional<Difference> found() {
        return found;
    }

    private Line line(boolean calendar) {
        long[] grid = StrategyHonesty.grid(experiment.data());
        Sides truth =
                Sides.of(experiment.truth(), grid, experiment.data().symbols().size());
        Recording halved = run(ORDERS / 2);
        double shared =
                truth.shared(Sides.of(halved, grid, experiment.data().symbols().size()));
        if (shared < SAME) {
            return new Line(
                    NAME,
                    Outcome.PASSED,
                    1,
                    String.format(
                            Locale.ROOT,
                            "with the same moves in another order it holds other sides (%.0f %% agree)",
                            100 * shared));
        }
        if (truth.isKept()) {
            return new Line(NAME, Outcome.PASSED, 1, "it buys once and keeps it, whatever the bars are");
        }
        return judged(halved, calendar);
    }

    private Line judged(Recording halved, boolean calendar) {
        double[] others = new double[ORDERS];
        for (int i = 0; i < ORDERS; i++) {
            others[i] = sharpe(i == ORDERS / 2 ? halved : run(i));
        }
        double mean = mean(others);
        double squares = 0;
        for (double other : others) {
            squares += (other - mean) * (other - mean);
        }
        double deviation = Math.sqrt(squares / (ORDERS - 1));
        double here = sharpe(experiment.truth());
        boolean knows = !calendar && Math.abs(here - mean) > SURE * deviation;
        if (knows) {
            found = first();
        }
        String words = String.format(
                Locale.ROOT,
                "it holds the same sides whatever the bars are: Sharpe ratio a year %.2f here, %.2f on average"
                        + " (deviation %.2f) with the same moves in %d other orders",
                here,
                mean,
                deviation,
                ORDERS);
        String why = knows
                ? ": it knows these very bars from elsewhere"
                : calendar
                        ? ": it decides by the calendar, as was said, or by a file"
                        : ": it decides by their number, or by something beside them";
        return new Line(NAME, knows ? Outcome.FAILED : Outcome.WARNING, ORDERS, words + why);
    }

    private Recording run(int order) {
        List<Frame> frames = new ArrayList<>();
        for (Frame frame : experiment.data().frames()) {
            frames.add(turned(frame, (order + 1.0) / (ORDERS + 1)));
        }
        Recording run = new Recording(Long.MAX_VALUE);
        experiment.run(experiment.like(frames), run, StrategyExperiment.Failures.IGNORED);
        return run;
    }

    /** The rows from a share of them on come first, each as far from the close before it as it was. */
    static Frame turned(Frame frame, double share) {
        int rows = frame.size();
        int moves = rows - 1;
        if (moves < 2 || !frame.has(Columns.CLOSE)) {
            return frame;
        }
        double[] close = frame.column(Columns.CLOSE).toArray();
        int[] from = new int[rows];
        double[] factors = new double[rows];
        factors[0] = 1;
        double last = close[0];
        for (int t = 1; t < rows; t++) {
            from[t] = 1 + (t - 1 + (int) (share * moves)) % moves;
            double factor = last / close[from[t] - 1];
            boolean usable = factor > 0 && factor < Double.POSITIVE_INFINITY;
            factors[t] = usable ? factor : factors[t - 1];
            double next = close[from[t]] * factors[t];
            last = Double.isNaN(next) ? last : next;
        }
        Frame out = frame;
        for (String name : frame.columnNames()) {
            if (!name.endsWith(Columns.AVAILABLE_AT)) {
                out = out.with(name, turned(name, frame.column(name).toArray(), from, factors));
            }
        }
        return out;
    }

    private static double[] turned(String name, double[] values, int[] from, double[] factors) {
        double[] turned = new double[values.length];
        for (int t = 0; t < turned.length; t++) {
            double value = values[from[t]];
            turned[t] = OwnFactors.isPrice(name)
                    ? value * factors[t]
                    : name.equals(Columns.VOLUME) ? value / factors[t] : value;
        }
        return turned;
    }

    /** A year; 0 where nothing varies. */
    private double sharpe(Recording run) {
        double[] returns = run.returns();
        double mean = mean(returns);
        double squares = 0;
        for (double each : returns) {
            squares += (each - mean) * (each - mean);
        }
        double perYear = YEAR_NANOS / experiment.data().barNanos();
        return squares > 0 ? mean / Math.sqrt(squares / (returns.length - 1)) * Math.sqrt(perYear) : 0;
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return values.length == 0 ? 0 : sum / values.length;
    }

    private Optional<Difference> first() {
        boolean byTargets = experiment.truth().targets().size() > 0;
        Column decisions =
                byTargets ? experiment.truth().targets() : experiment.truth().fills();
        for (int row = 0; row < decisions.size(); row++) {
            long[] cells = decisions.row(row, decisions.size(), 0);
            if (Sides.side(cells, byTargets) != 0) {
                String text = byTargets ? Recording.targetText(cells) : Recording.fillText(cells);
                return Optional.of(new Difference(
                        new Moment(cells[0], !byTargets),
                        experiment.data().symbols().get((int) cells[1]),
                        byTargets ? "target" : "fill",
                        text,
                        text));
            }
        }
        return Optional.empty();
    }

    /** Whether a run was long, flat or short of each symbol at each time. */
    private static final class Sides {
        private static final int KINDS = 3;

        private final int times;
        private final byte[] sides;

        private Sides(int times, byte[] sides) {
            this.times = times;
            this.sides = sides;
        }

        static Sides of(Recording run, long[] grid, int symbols) {
            boolean byTargets = run.targets().size() > 0;
            Column decisions = byTargets ? run.targets() : run.fills();
            byte[] sides = new byte[grid.length * symbols];
            long[] held = new long[symbols];
            int next = 0;
            for (int t = 0; t < grid.length; t++) {
                while (next < decisions.size() && decisions.cell(next, 0) <= grid[t]) {
                    long[] cells = decisions.row(next++, decisions.size(), 0);
                    int symbol = (int) cells[1];
                    held[symbol] = byTargets ? side(cells, true) : held[symbol] + cells[2];
                }
                for (int s = 0; s < symbols; s++) {
                    sides[s * grid.length + t] = (byte) Long.signum(held[s]);
                }
            }
            return new Sides(grid.length, sides);
        }

        static int side(long[] cells, boolean target) {
            return target ? (int) Math.signum(Double.longBitsToDouble(cells[2])) : Long.signum(cells[2]);
        }

        /** Of long, flat and short the least share that both have, of what at least one has. */
        double shared(Sides other) {
            long[] both = new long[KINDS];
            long[] either = new long[KINDS];
            for (int i = 0; i < sides.length; i++) {
                either[1 + sides[i]]++;
                if (sides[i] == other.sides[i]) {
                    both[1 + sides[i]]++;
                } else {
                    either[1 + other.sides[i]]++;
                }
            }
            double least = 1;
            for (int kind = 0; kind < KINDS; kind++) {
                least = either[kind] == 0 ? least : Math.min(least, (double) both[kind] / either[kind]);
            }
            return least;
        }

        /** Whether no symbol changes its side more than once. */
        boolean isKept() {
            for (int start = 0; start < sides.length; start += times) {
                int changes = 0;
                for (int t = start + 1; t < start + times; t++) {
                    changes += sides[t] == sides[t - 1] ? 0 : 1;
                }
                if (changes > 1) {
                    return false;
                }
            }
            return true;
        }
    }
}
