package org.lama.backtest.honesty;

import java.util.ArrayList;
import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.search.TaskExecutor;

/**
 * The verdict alone, without models and trading: how often it finds an edge in streams of daily returns whose true Sharpe
 * ratio is known. Returns have GARCH(1,1) volatility (0.08, 0.90) and Student-t innovations of 5 degrees of freedom around a
 * constant mean. It is the other half of a calibration: the pipeline's power cannot be better than this. Stateless and
 * thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class VerdictPower {
    private static final double DEVIATION = 0.01;

    private VerdictPower() {}

    /** Judges a stream of returns; pure, called from several threads. */
    @FunctionalInterface
    public interface Judge {
        /**
         * Judges.
         *
         * @param returns net returns per day
         * @return whether the verdict is EDGE
         */
        boolean isEdge(double[] returns);
    }

    /**
     * How often streams of one Sharpe ratio are called EDGE.
     *
     * @param sharpe true Sharpe ratio a year
     * @param streams number of streams
     * @param edges how many were called EDGE
     */
    public record Point(double sharpe, int streams, int edges) {
        /**
         * The share.
         *
         * @return a fraction
         */
        public double share() {
            return (double) edges / streams;
        }

        /**
         * Standard error of the share.
         *
         * @return a fraction
         */
        public double standardError() {
            return Math.sqrt(share() * (1 - share()) / streams);
        }
    }

    /**
     * Measures the power at several Sharpe ratios.
     *
     * @param sharpes true Sharpe ratios a year
     * @param days returns per stream, at least 2
     * @param streams streams per Sharpe ratio, at least 1
     * @param seed master seed; stream j has the same innovations at every Sharpe ratio
     * @param judge the verdict
     * @param executor runs the streams
     * @param progress told after every stream
     * @return one point per Sharpe ratio
     */
    public static List<Point> measure(
            double[] sharpes,
            int days,
            int streams,
            long seed,
            Judge judge,
            TaskExecutor executor,
            TaskExecutor.Progress progress) {
        Check.atLeast(days, 2, "days");
        Check.atLeast(streams, 1, "streams");
        List<Boolean> edges = executor.map(
                sharpes.length * streams,
                k -> judge.isEdge(stream(sharpes[k / streams], days, Seeds.derive(seed, k % streams))),
                progress);
        List<Point> points = new ArrayList<>();
        for (int s = 0; s < sharpes.length; s++) {
            int found = 0;
            for (int j = 0; j < streams; j++) {
                found += edges.get(s * streams + j) ? 1 : 0;
            }
            points.add(new Point(sharpes[s], streams, found));
        }
        return List.copyOf(points);
    }

    private static double[] stream(double sharpe, int days, long seed) {
        Rng rng = Seeds.rng(seed, 0);
        double[] returns = GarchMoves.simulate(DEVIATION * DEVIATION, days, rng);
        double mean = sharpe / Math.sqrt(365) * DEVIATION;
        for (int t = 0; t < days; t++) {
            returns[t] += mean;
        }
        return returns;
    }
}
