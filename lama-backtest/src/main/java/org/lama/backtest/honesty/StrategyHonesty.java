package org.lama.backtest.honesty;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import org.lama.backtest.engine.BarEngine;
import org.lama.backtest.engine.EngineObserver;
import org.lama.backtest.engine.EngineSettings;
import org.lama.backtest.honesty.Recording.Column;
import org.lama.backtest.honesty.StrategyHonestyReport.Finding;
import org.lama.backtest.honesty.StrategyHonestyReport.Spoiling;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.data.MarketData;
import org.lama.core.series.Frame;
import org.lama.core.series.TimeIndex;

/**
 * Checks that a whole strategy, with everything it fits and looks up, cannot see the future: its data are spoilt from a
 * time on, it is built and run again, and every target decided and every fill made before that time must be the same by
 * bits. Done for each {@link Spoiling} at each of at least 20 cuts spread evenly over the bars.
 *
 * <p>At a cut T: targets of closes at or before T and fills before T must not change. With {@link Spoiling#INTRABAR} the
 * fills at T must not change either, though the bar that opens at T shows nothing but its open: this catches fills
 * on the bar that made the decision. {@link Spoiling#SHIFT} moves all times by one bar: it catches what was smuggled in
 * past the factory and is looked up by time.
 *
 * <p>What it cannot catch: a strategy that ignores the data it is given and replays a list of actions by row number; a
 * leak that only shows on other data. A strategy that draws random numbers must seed them from its settings.
 *
 * <p>Stateless and thread-safe; deterministic. Cost: about cuts · 6 half runs; a run ends at its cut.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class StrategyHonesty {
    private static final List<Spoiling> AT_CUTS = List.of(
            Spoiling.POISON_NAN,
            Spoiling.POISON_SCALE,
            Spoiling.POISON_OWN,
            Spoiling.POISON_REVERSED,
            Spoiling.TRUNCATE,
            Spoiling.INTRABAR);

    private final Runner runner;
    private final Factory factory;
    private final EngineSettings settings;

    private StrategyHonesty(Runner runner, Factory factory, EngineSettings settings) {
        this.runner = runner;
        this.factory = factory;
        this.settings = settings;
    }

    /** Builds a strategy for given data: a study passes the data that the run will use, spoilt or not. */
    @FunctionalInterface
    public interface Factory {
        /**
         * Builds a new strategy without memory of earlier runs.
         *
         * @param data the data of the run; whatever the strategy prepares in advance must come from here
         * @return the strategy
         */
        Strategy create(MarketData data);
    }

    /** Something that runs strategies, so that engines can be checked as well. */
    @FunctionalInterface
    public interface Runner {
        /**
         * Runs to the end of the data or until the observer throws.
         *
         * @param data bars
         * @param strategy decides
         * @param settings capital, costs, limits
         * @param observer hears every target and fill
         */
        void run(MarketData data, Strategy strategy, EngineSettings settings, EngineObserver observer);
    }

    /**
     * Checks a strategy in LAMA's own engine.
     *
     * @param data true data; spoilt copies are made of them
     * @param factory builds the strategy
     * @param settings of the runs
     * @param honesty how many cuts, and from where
     * @return what was found
     */
    public static StrategyHonestyReport check(
            MarketData data, Factory factory, EngineSettings settings, HonestySettings honesty) {
        return check(BarEngine::run, data, factory, settings, honesty);
    }

    /**
     * Checks a strategy together with the engine that runs it.
     *
     * @param runner the engine
     * @param data true data
     * @param factory builds the strategy
     * @param settings of the runs
     * @param honesty how many cuts, and from where
     * @return what was found
     */
    public static StrategyHonestyReport check(
            Runner runner, MarketData data, Factory factory, EngineSettings settings, HonestySettings honesty) {
        return new StrategyHonesty(runner, factory, settings).all(data, honesty);
    }

    /**
     * One kind of spoiling at given cuts.
     *
     * @param experiment the strategy, its engine and the run on the true data
     * @param how the spoiling; of {@link Spoiling#SHIFT} there is one whatever the cuts
     * @param cuts first spoilt times
     * @param most findings after which the rest is left out
     */
    static StrategyHonestyReport check(Known experiment, Spoiling how, long[] cuts, int most) {
        StrategyHonesty one = new StrategyHonesty(experiment.runner, experiment.factory, experiment.settings);
        Tally tally = new Tally();
        for (long cut : how == Spoiling.SHIFT ? new long[] {afterAll(experiment.data)} : cuts) {
            tally.add(one.new Comparison(experiment.data, how, cut, experiment.truth));
            if (tally.findings.size() >= most) {
                break;
            }
        }
        return tally.report();
    }

    /** What is checked, with what it does on the true data. */
    record Known(Runner runner, MarketData data, Factory factory, EngineSettings settings, Recording truth) {}

    private StrategyHonestyReport all(MarketData given, HonestySettings honesty) {
        MarketData data = SpoiltData.of(given.frames());
        long[] grid = grid(data);
        Check.that(
                grid.length > honesty.firstBar(),
                "data must hold more bars than firstBar=" + honesty.firstBar() + ", got " + grid.length);
        Recording truth = new Recording(Long.MAX_VALUE);
        runner.run(data, factory.create(data), settings, truth);
        Tally tally = new Tally();
        for (int cut : cuts(grid.length, honesty)) {
            for (Spoiling how : AT_CUTS) {
                tally.add(new Comparison(data, how, grid[cut], truth));
            }
        }
        if (!honesty.calendar()) {
            tally.add(new Comparison(data, Spoiling.SHIFT, afterAll(data), truth));
        }
        return tally.report();
    }

    private static long afterAll(MarketData data) {
        long[] grid = grid(data);
        return grid[grid.length - 1] + data.barNanos();
    }

    /** Counts what was compared. */
    private static final class Tally {
        private final List<Finding> findings = new ArrayList<>();
        private long targets;
        private long fills;
        private int runs;

        void add(Comparison one) {
            one.run(findings);
            targets += one.targets;
            fills += one.fills;
            runs++;
        }

        StrategyHonestyReport report() {
            return new StrategyHonestyReport(findings, runs, targets, fills);
        }
    }

    private static int[] cuts(int bars, HonestySettings honesty) {
        int room = bars - honesty.firstBar();
        int count = Math.min(honesty.cuts(), room);
        int[] cuts = new int[count];
        Arrays.setAll(cuts, i -> honesty.firstBar() + (int) ((long) i * room / count));
        return cuts;
    }

    /** The opens of all bars of all symbols, ascending. */
    static long[] grid(MarketData data) {
        TreeSet<Long> times = new TreeSet<>();
        for (Frame frame : data.frames()) {
            for (int i = 0; i < frame.size(); i++) {
                times.add(frame.index().at(i));
            }
        }
        return times.stream().mapToLong(Long::longValue).toArray();
    }

    /** One spoilt run beside the true one. */
    private final class Comparison {
        private final MarketData data;
        private final Spoiling how;
        private final long cut;
        private final Recording truth;
        private final long shift;
        private int targets;
        private int fills;

        Comparison(MarketData data, Spoiling how, long cut, Recording truth) {
            this.data = data;
            this.how = how;
            this.cut = cut;
            this.truth = truth;
            this.shift = how == Spoiling.SHIFT ? data.barNanos() : 0;
        }

        void run(List<Finding> findings) {
            MarketData spoilt = SpoiltData.from(data, how, cut);
            Recording recording = new Recording(how == Spoiling.SHIFT ? Long.MAX_VALUE : cut);
            try {
                runner.run(spoilt, factory.create(spoilt), settings, recording);
            } catch (Recording.Enough over) {
                // all that is compared has been heard
            } catch (RuntimeException brokenByPoison) {
                // garbage may break the rest of a run; if it broke the part before the cut, rows are missing below
            }
            long lastFill = how == Spoiling.INTRABAR || how == Spoiling.SHIFT ? cut : cut - 1;
            targets = truth.targets().until(cut);
            fills = truth.fills().until(lastFill);
            boolean same =
                    compare(findings, "target", truth.targets(), recording.targets(), cut, Recording::targetText);
            if (same) {
                compare(findings, "fill", truth.fills(), recording.fills(), lastFill, Recording::fillText);
            }
        }

        private boolean compare(
                List<Finding> findings,
                String what,
                Column expected,
                Column found,
                long until,
                Function<long[], String> text) {
            int expectedRows = expected.until(until);
            int foundRows = shift == 0 ? found.until(until) : found.size();
            for (int i = 0; i < Math.max(expectedRows, foundRows); i++) {
                long[] one = expected.row(i, expectedRows, shift);
                long[] other = found.row(i, foundRows, 0);
                if (!Arrays.equals(one, other)) {
                    findings.add(finding(what, one, other, text));
                    return false;
                }
            }
            return true;
        }

        /** The earlier of two rows tells time and symbol; the other is absent there if it tells something else. */
        private Finding finding(String what, long[] expected, long[] found, Function<long[], String> text) {
            boolean expectedFirst =
                    found.length == 0 || (expected.length > 0 && Arrays.compare(expected, 0, 2, found, 0, 2) <= 0);
            long[] witness = expectedFirst ? expected : found;
            return new Finding(
                    how,
                    TimeIndex.instant(cut),
                    TimeIndex.instant(witness[0]),
                    data.symbols().get((int) witness[1]),
                    what,
                    text.apply(at(witness, expected)),
                    text.apply(at(witness, found)));
        }

        private long[] at(long[] witness, long[] row) {
            boolean here = row.length > 0 && row[0] == witness[0] && row[1] == witness[1];
            return here ? row : new long[0];
        }
    }
}
