package org.lama.backtest.walkforward;

import java.util.ArrayList;
import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * Which combiner performed best at each time, as far as it was known then. The score of a combiner over one period is the
 * mean over the assets of (strength at the close before, at least 0 where nothing is sold short, × log return of the period ÷ volatility a period at the close
 * before): the outcome of a period is known at its close and counts from that close on. A challenger takes over when the
 * mean of its lead over the last {@value #WINDOW} periods is above {@value #LEAD} standard errors for {@value #PATIENCE}
 * periods in a row. Immutable and thread-safe.
 *
 * @param active whether the study traded by this choice; else it is reported and changes nothing
 * @param combiners one line per combiner, in the order of the study
 * @param switches the changes, in time order
 * @param points rolling mean scores for a figure, at most {@value #POINTS}, in time order
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record CombinerTracking(
        boolean active,
        List<CombinerTracking.Score> combiners,
        List<CombinerTracking.Switch> switches,
        List<Point> points) {
    /** Periods over which scores are compared. */
    public static final int WINDOW = 90;

    /** Standard errors by which a challenger must lead. */
    public static final double LEAD = 0.5;

    /** Periods in a row for which it must lead. */
    public static final int PATIENCE = 20;

    private static final int POINTS = 400;

    /**
     * Copies the lists.
     *
     * @param active whether the study traded by this choice; else it is reported and changes nothing
     * @param combiners one line per combiner, in the order of the study
     * @param switches the changes, in time order
     * @param points rolling mean scores for a figure, at most {@value #POINTS}, in time order
     */
    public CombinerTracking {
        combiners = List.copyOf(combiners);
        switches = List.copyOf(switches);
        points = List.copyOf(points);
    }

    /** Every so many points are kept that at most {@value #POINTS} are left; the last one always. */
    static List<Point> thinned(List<Point> all) {
        int every = Math.max(1, (all.size() + POINTS - 1) / POINTS);
        List<Point> kept = new ArrayList<>();
        for (int i = (all.size() - 1) % every; i >= 0 && i < all.size(); i += every) {
            kept.add(all.get(i));
        }
        return kept;
    }

    /**
     * One combiner over the whole study.
     *
     * @param combiner its name
     * @param mean mean score a period, NaN if there is none
     * @param standardError of that mean as if periods were independent, NaN with fewer than two
     * @param periods periods that were scored
     * @param ledShare share of the periods at whose end its rolling score was the highest, in [0, 1]
     * @param chosenShare share of the periods for which the rule above chose it, in [0, 1]
     */
    public record Score(
            String combiner, double mean, double standardError, int periods, double ledShare, double chosenShare) {}

    /**
     * A change of the combiner.
     *
     * @param timeNanos close from which the new one holds, UTC epoch nanoseconds
     * @param from name of the old one
     * @param to name of the new one
     * @param leadStandardErrors mean lead over the window in standard errors at that time
     */
    public record Switch(long timeNanos, String from, String to, double leadStandardErrors) {}

    /**
     * The rolling mean scores at one time.
     *
     * @param timeNanos close, UTC epoch nanoseconds
     * @param scores one per combiner, in their order
     */
    public record Point(long timeNanos, List<Double> scores) {
        /**
         * Copies the scores.
         *
         * @param timeNanos close, UTC epoch nanoseconds
         * @param scores one per combiner, in their order
         */
        public Point {
            scores = List.copyOf(Check.notNull(scores, "scores"));
        }
    }
}
