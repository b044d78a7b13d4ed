package org.lama.backtest.honesty;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.lama.backtest.honesty.CheckReport.Line;
import org.lama.backtest.honesty.CheckReport.Outcome;
import org.lama.backtest.honesty.Experiment.Difference;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.market.Columns;
import org.lama.core.series.Frame;

/**
 * Whether a strategy knows prices by heart: a table, a file or a trained model in which the future is looked up by what is
 * seen today. All prices, past and future, are moved by next to nothing, which no trading rule notices and a table does not
 * survive: once all by one millionth, so that equal prices stay equal and orders of prices stay; once each bar by an own
 * billionth. Then all are doubled, exactly, which a rule about ratios does not notice either. Single-threaded.
 */
final class Fingerprint {
    private static final String NAME = "FINGERPRINT";
    private static final double MILLIONTH = 0x1p-20;
    private static final double BILLIONTH = 0x1p-30;
    private static final double KEPT = 0.5;

    private final Line line;
    private boolean orders;
    private Optional<Difference> found = Optional.empty();

    /** Which factor a bar is moved by. */
    private interface Factor {
        double at(int row);
    }

    /** One moved run. */
    private record Moved(SharpeLoss loss, Agreement agreement) {
        boolean vanishes() {
            return loss.keepsLessThan(KEPT);
        }

        boolean differs() {
            return agreement.share() < KEPT;
        }
    }

    Fingerprint(StrategyExperiment experiment, long seed) {
        if (experiment.truth().fills().size() == 0) {
            line = new Line(NAME, Outcome.NOT_RUN, 0, "it never traded");
            return;
        }
        orders = experiment.truth().targets().size() == 0;
        List<Moved> runs = new ArrayList<>();
        runs.add(moved(experiment, seed, symbol -> row -> 1 + MILLIONTH, 1));
        runs.add(moved(experiment, seed, symbol -> noise(Seeds.rng(seed, symbol)), 1));
        runs.add(moved(experiment, seed, symbol -> row -> 2, 0.5));
        line = judged(runs);
    }

    private interface Factors {
        Factor of(int symbol);
    }

    /** Rows are asked for in ascending order. */
    private static Factor noise(Rng rng) {
        return row -> 1 + BILLIONTH * (2 * rng.nextDouble() - 1);
    }

    private Moved moved(StrategyExperiment experiment, long seed, Factors factors, double volume) {
        List<Frame> frames = new ArrayList<>();
        for (Frame frame : experiment.data().frames()) {
            frames.add(moved(frame, factors.of(frames.size()), volume));
        }
        Recording run = new Recording(Long.MAX_VALUE);
        experiment.run(experiment.like(frames), run, StrategyExperiment.Failures.IGNORED);
        return new Moved(
                SharpeLoss.of(
                        experiment.truth().returns(),
                        run.returns(),
                        experiment.data().barNanos(),
                        seed),
                Agreement.of(
                        experiment.truth(),
                        run,
                        StrategyHonesty.grid(experiment.data()),
                        1,
                        experiment.data().symbols()));
    }

    private static Frame moved(Frame frame, Factor factor, double volume) {
        double[] factors = new double[frame.size()];
        for (int row = 0; row < factors.length; row++) {
            factors[row] = factor.at(row);
        }
        Frame out = frame;
        for (String name : frame.columnNames()) {
            boolean price = OwnFactors.isPrice(name);
            if (price || name.equals(Columns.VOLUME)) {
                double[] values = frame.column(name).toArray();
                for (int row = 0; row < values.length; row++) {
                    values[row] *= price ? factors[row] : volume;
                }
                out = out.with(name, values);
            }
        }
        return out;
    }

    private Line judged(List<Moved> runs) {
        Moved common = runs.get(0);
        Moved own = runs.get(1);
        Moved doubled = runs.get(2);
        boolean fails = common.vanishes() || own.vanishes();
        boolean warns = common.differs() || own.differs() || doubled.vanishes();
        String words = String.format(
                Locale.ROOT,
                "Sharpe ratio a year %.2f; all prices a millionth higher %s; each bar off by a billionth %s; all prices"
                        + " doubled %s",
                common.loss.before(),
                words(common),
                words(own),
                words(doubled));
        if (fails) {
            found = (common.vanishes() ? common : own).agreement.first();
            words += ": it knows these very prices by heart";
        } else if (warns) {
            words += ": what it decides hangs on the very level of prices";
        }
        Outcome mild = warns ? Outcome.WARNING : Outcome.PASSED;
        return new Line(NAME, fails ? Outcome.FAILED : mild, runs.size(), words);
    }

    private String words(Moved moved) {
        String sharpe =
                Double.isNaN(moved.loss.after()) ? "n/a" : String.format(Locale.ROOT, "%.2f", moved.loss.after());
        return orders ? sharpe : sharpe + " (" + moved.agreement.percent() + " of the targets agree)";
    }

    Line line() {
        return line;
    }

    /** The first decision that came from what is known by heart. */
    Optional<Difference> found() {
        return found;
    }
}
