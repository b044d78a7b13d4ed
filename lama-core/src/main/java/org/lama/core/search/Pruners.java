package org.lama.core.search;

import java.util.Arrays;
import java.util.List;
import org.lama.core.base.Api;

/**
 * The pruners of this library. Stateless and thread-safe; the pruners it makes are for one thread each.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Pruners {
    private Pruners() {}

    /**
     * Stops nothing.
     *
     * @return a pruner without rungs
     */
    public static Pruner none() {
        return new Pruner() {
            @Override
            public List<Long> rungs() {
                return List.of();
            }

            @Override
            public boolean[] judge(long step, long[] trials, double[] values) {
                boolean[] keep = new boolean[trials.length];
                Arrays.fill(keep, true);
                return keep;
            }

            @Override
            public String canonicalText() {
                return "none";
            }
        };
    }

    /**
     * Successive halving: at each rung the best 1/factor of all trials that ever reached it go on (Li et al. 2020,
     * arXiv:1810.05934). Of a first wave that is smaller than the factor the best one goes on; of equal values the
     * one with the lower number.
     *
     * @param direction what is good
     * @param from the first rung, at least 1
     * @param to the full resource, at which nothing is decided any more
     * @param factor each rung is so many times the one before, at least 2
     * @return the pruner
     */
    public static Pruner successiveHalving(Direction direction, long from, long to, int factor) {
        return new HalvingPruner(direction, from, to, factor, false);
    }

    /**
     * Hyperband (Li et al. 2018, arXiv:1603.06560): successive halvings side by side that begin at later and later
     * rungs, the last of which stops nothing. A trial's number alone says to which of them it belongs; the shares of
     * trials give each about the same budget.
     *
     * @param direction what is good
     * @param from the first rung, at least 1
     * @param to the full resource, at which nothing is decided any more
     * @param factor each rung is so many times the one before, at least 2
     * @return the pruner
     */
    public static Pruner hyperband(Direction direction, long from, long to, int factor) {
        return new HalvingPruner(direction, from, to, factor, true);
    }

    /**
     * Stops what is worse than the median of all trials at the same step, their own wave included.
     *
     * @param direction what is good
     * @param rungs the steps at which to decide, ascending
     * @param startupTrials before so many trials reached a step none is stopped there, but for failed ones
     * @return the pruner
     */
    public static Pruner median(Direction direction, List<Long> rungs, int startupTrials) {
        return new MedianPruner(direction, rungs, startupTrials);
    }
}
