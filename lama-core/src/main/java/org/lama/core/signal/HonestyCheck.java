package org.lama.core.signal;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.series.Frame;
import org.lama.core.signal.HonestyReport.Kind;

/**
 * Proves by experiment that a computation does not see the future: it is run on the data as they are, then on data whose
 * future is destroyed behind a cut, and every output up to the cut must keep its bits.
 *
 * <p>Cuts: at least 20, one in each of as many equal parts of the rows at a place drawn from the seed, and always the
 * first and the last possible row and those named by {@link #including}. A leak that lasts for a single bar, such as a
 * training label that reaches one bar past the window, shows only at the cut of that very bar: name the retrain rows.
 *
 * <p>The function is run four times per cut and four times more. Immutable and thread-safe; the functions given are
 * called one after the other on the calling thread.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class HonestyCheck {
    private static final int MINIMUM_CUTS = 20;

    private final long seed;
    private final int cuts;
    private final int first;
    private final List<Integer> including;
    private final Set<Kind> kinds;

    private HonestyCheck(long seed, int cuts, int first, List<Integer> including, Set<Kind> kinds) {
        this.seed = seed;
        this.cuts = cuts;
        this.first = first;
        this.including = including;
        this.kinds = kinds;
    }

    /** Outputs per row, computed from the bars of one symbol. */
    @FunctionalInterface
    public interface RowFunction {
        /**
         * Computes the outputs: decisions, sizes, features.
         *
         * @param bars the rows
         * @return [output][row], as many rows as the bars; NaN where there is none
         */
        double[][] apply(Frame bars);
    }

    /** Outputs per row, computed from the bars of several symbols with the same times. */
    @FunctionalInterface
    public interface UniverseFunction {
        /**
         * Computes the outputs: ranks, weights, memberships.
         *
         * @param bars one frame per symbol
         * @return [output][row], as many rows as the bars; NaN where there is none
         */
        double[][] apply(List<Frame> bars);
    }

    /**
     * All checks at 24 cuts and more.
     *
     * @param seed where the cuts fall
     * @return the check
     */
    public static HonestyCheck of(long seed) {
        return new HonestyCheck(seed, 24, 0, List.of(), EnumSet.allOf(Kind.class));
    }

    /**
     * The same with another number of cuts.
     *
     * @param count at least 20
     * @return a copy
     */
    public HonestyCheck withCuts(int count) {
        return new HonestyCheck(seed, Check.atLeast(count, MINIMUM_CUTS, "cuts"), first, including, kinds);
    }

    /**
     * The same with cuts at given rows besides the others.
     *
     * @param rows last rows that stay as they are, such as the last row before each retrain date
     * @return a copy
     */
    public HonestyCheck including(int... rows) {
        List<Integer> more = IntStream.concat(including.stream().mapToInt(Integer::intValue), Arrays.stream(rows))
                .boxed()
                .toList();
        return new HonestyCheck(seed, cuts, first, more, kinds);
    }

    /**
     * The same with no cut before a row: for functions that need a part of the data as it is, such as an in-sample window.
     *
     * @param row the first cut, at least 0
     * @return a copy
     */
    public HonestyCheck from(int row) {
        return new HonestyCheck(seed, cuts, Check.atLeast(row, 0, "row"), including, kinds);
    }

    /**
     * The same without some kinds; the report says that they were not run. {@link Kind#SHIFT} has no meaning for
     * functions that read the calendar, {@link Kind#DELAY} none for functions anchored to the first row.
     *
     * @param leftOut kinds to leave out
     * @return a copy
     */
    public HonestyCheck without(Kind... leftOut) {
        Set<Kind> fewer = EnumSet.copyOf(kinds);
        fewer.removeAll(List.of(leftOut));
        return new HonestyCheck(seed, cuts, first, including, fewer);
    }

    /**
     * Checks a function whose output in row t is decided at the CLOSE of bar t: it may depend on rows up to t.
     *
     * @param name what is checked, for the report
     * @param bars at least 22 rows
     * @param function the function
     * @return the report
     */
    public HonestyReport rows(String name, Frame bars, RowFunction function) {
        return run(name, List.of(bars), Subject.of(frames -> function.apply(frames.get(0))), false);
    }

    /**
     * Checks a function over several symbols whose output in row t is decided at the CLOSE of bar t.
     *
     * @param name what is checked, for the report
     * @param bars one frame per symbol, all with the same times, at least 22 rows
     * @param function the function
     * @return the report
     */
    public HonestyReport universe(String name, List<Frame> bars, UniverseFunction function) {
        return run(name, bars, Subject.of(function::apply), false);
    }

    /**
     * Checks a function whose output in row t is decided at the OPEN of bar t: it may depend on rows before t and on the
     * column {@code open} of row t. At each cut t the open of row t stays, its other columns and all later rows are
     * poisoned.
     *
     * @param name what is checked, for the report
     * @param bars one frame per symbol, all with the same times and the column {@code open}, at least 22 rows
     * @param function the function
     * @return the report
     */
    public HonestyReport atOpen(String name, List<Frame> bars, UniverseFunction function) {
        return run(name, bars, Subject.of(function::apply), true);
    }

    /**
     * Checks that every column of a feature's frame is causal.
     *
     * @param name what is checked, for the report
     * @param bars at least 22 rows
     * @param feature gives a frame with as many rows
     * @return the report
     */
    public HonestyReport feature(String name, Frame bars, UnaryOperator<Frame> feature) {
        return run(name, List.of(bars), Subject.feature(feature), false);
    }

    /**
     * Checks a model: its indicators, its fit on a window and its scores at every later close, with the training signal.
     * The first cut is the last row of the window, so that a training label that reaches past it is found. DELAY is not
     * run. Each run is one fit and a score per row: give no more rows after the window than needed.
     *
     * @param model the model
     * @param bars at least 21 rows more than the window ends
     * @param trainFrom first row of the training window
     * @param trainTo row after its last
     * @return the report
     */
    public HonestyReport model(SignalModel model, Frame bars, int trainFrom, int trainTo) {
        Check.that(
                0 <= trainFrom && trainFrom < trainTo && trainTo + 21 <= bars.size(),
                "rows must satisfy 0 <= trainFrom < trainTo <= rows - 21, got " + trainFrom + ", " + trainTo + " of "
                        + bars.size());
        HonestyCheck check = from(trainTo - 1).without(Kind.DELAY);
        ModelSubject subject = new ModelSubject(model, trainFrom, trainTo, seed);
        return new HonestyRun(check.plan(bars.size()), List.of(bars), subject, false)
                .report(model.name(), subject::late);
    }

    /**
     * Checks the sessions of a combiner on a made-up stream of signals with gaps, outcomes and training rows.
     * DELAY is not run, since training dates are anchored to the first row.
     *
     * @param combiner the combiner
     * @param members names of the members
     * @param bars length of the stream, at least 22
     * @return the report
     */
    public HonestyReport combiner(Combiner combiner, List<String> members, int bars) {
        return without(Kind.DELAY).sessions(SessionFeed.of(combiner, members), bars);
    }

    /**
     * Checks the sessions of a regime detector on a made-up stream of market states with gaps and crashes.
     *
     * @param detector the detector
     * @param bars length of the stream, at least 22
     * @return the report
     */
    public HonestyReport regimes(RegimeDetector detector, int bars) {
        return sessions(SessionFeed.of(detector), bars);
    }

    private HonestyReport sessions(SessionFeed feed, int bars) {
        Subject subject = (frames, rows) -> {
            // what one session learns of the future reaches the next only through state that they share
            Frame stream = frames.get(0);
            feed.run(call -> stream, stream.size());
            return new Subject.Outputs(feed.outputs(), feed.run(call -> stream, Math.min(rows, stream.size())));
        };
        return run(feed.name(), List.of(feed.stream(seed, bars)), subject, false);
    }

    private HonestyReport run(String name, List<Frame> bars, Subject subject, boolean atOpen) {
        Check.that(!bars.isEmpty(), "bars must hold at least one frame");
        for (Frame frame : bars) {
            Check.that(
                    frame.index().equals(bars.get(0).index()),
                    "all frames must have the same times, but " + frame.symbol() + " differs from "
                            + bars.get(0).symbol());
        }
        HonestyCheck check = without(Kind.AVAILABLE);
        return new HonestyRun(check.plan(bars.get(0).size()), bars, subject, atOpen).report(name, Optional::empty);
    }

    private HonestyRun.Plan plan(int rows) {
        return new HonestyRun.Plan(Cuts.of(seed, cuts, first, rows, including), kinds);
    }
}
