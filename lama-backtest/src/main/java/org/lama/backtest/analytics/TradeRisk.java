package org.lama.backtest.analytics;

import java.util.Arrays;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * The round trips of a run drawn anew in both ways of {@link TradeResampling}: drawn again, which moves the end, and put into
 * another order, which moves the way there. Trips are shares of the equity that they found. Up to 1,000 draws of each way, fewer for more than 20,000 trips, at least 100.
 * Immutable and thread-safe; O(draws · trips).
 *
 * @param drawnAgain as many trips with replacement
 * @param reordered the very trips in another order
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record TradeRisk(TradeResampling drawnAgain, TradeResampling reordered) {
    private static final int MOST_DRAWS = 1_000;
    private static final int FEWEST_DRAWS = 100;
    private static final long MOST_STEPS = 20_000_000;

    /**
     * Checks the parts.
     *
     * @param drawnAgain as many trips with replacement
     * @param reordered the very trips in another order
     */
    public TradeRisk {
        Check.notNull(drawnAgain, "drawnAgain");
        Check.notNull(reordered, "reordered");
    }

    /**
     * Draws.
     *
     * @param profits net profit of each round trip in the order of exits; a trip whose profit is not known (NaN) leaves all
     *     without numbers, with that reason, and so does the loss of the whole account
     * @param startEquity equity before the first trip, above 0
     * @param seed of the draws
     * @return both ways
     */
    public static TradeRisk of(double[] profits, double startEquity, long seed) {
        long unknown =
                Arrays.stream(profits).filter(each -> !Double.isFinite(each)).count();
        if (unknown > 0) {
            TradeResampling none = TradeResampling.undefined(
                    profits.length, "the profit of " + unknown + " of " + profits.length + " round trips is not known");
            return new TradeRisk(none, none);
        }
        int draws = (int) Math.max(FEWEST_DRAWS, Math.min(MOST_DRAWS, MOST_STEPS / Math.max(1, profits.length)));
        return new TradeRisk(
                TradeResampling.compounded(
                        profits, startEquity, new TradeResampling.Settings(TradeResampling.Way.RESAMPLE, draws, seed)),
                TradeResampling.compounded(
                        profits, startEquity, new TradeResampling.Settings(TradeResampling.Way.SHUFFLE, draws, seed)));
    }
}
