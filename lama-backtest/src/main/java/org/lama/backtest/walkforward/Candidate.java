package org.lama.backtest.walkforward;

import java.util.function.Function;
import java.util.function.Supplier;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.data.MarketData;

/**
 * One of the strategies among which a nested walk-forward chooses, such as one point of a parameter space. Immutable; its
 * maker is called from several threads.
 *
 * @param name unique among the candidates, such as {@code fast=20, slow=100}
 * @param maker makes a new strategy for one run from the bars that are known then; a strategy with nothing to fit ignores
 *     them
 * @param fits whether the maker fits anything to the bars: then the strategy is made anew in each fold, else it goes on
 *     when it is chosen again
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record Candidate(String name, Function<MarketData, Strategy> maker, boolean fits) {
    /**
     * Checks the parts.
     *
     * @param name unique among the candidates, such as {@code fast=20, slow=100}
     * @param maker makes a new strategy for one run from the bars that are known then; a strategy with nothing to fit
     *     ignores them
     * @param fits whether the maker fits anything to the bars: then the strategy is made anew in each fold, else it goes
     *     on when it is chosen again
     */
    public Candidate {
        Check.notBlank(name, "name");
        Check.notNull(maker, "maker");
    }

    /**
     * A strategy with fixed parameters.
     *
     * @param name unique among the candidates
     * @param maker makes a new strategy for one run
     * @return the candidate
     */
    public static Candidate of(String name, Supplier<Strategy> maker) {
        Check.notNull(maker, "maker");
        return new Candidate(name, known -> maker.get(), false);
    }

    /**
     * A strategy that is fitted to the bars of the training window.
     *
     * @param name unique among the candidates
     * @param maker fits and makes a new strategy for one run
     * @return the candidate
     */
    public static Candidate fitted(String name, Function<MarketData, Strategy> maker) {
        return new Candidate(name, maker, true);
    }
}
