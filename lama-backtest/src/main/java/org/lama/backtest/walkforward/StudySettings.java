package org.lama.backtest.walkforward;

import java.util.List;
import org.lama.backtest.cost.SlippageModel;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.market.CostModel;
import org.lama.core.market.Instrument;

/**
 * Everything that decides the outcome of a walk-forward study, apart from the data: equal settings and equal data give
 * equal bits. The number of threads is not among them.
 *
 * @param models names of the members, in order (default momentum, anomaly, liquidity)
 * @param combiner weighted, dynamic, consensus or bayesian (default weighted)
 * @param regime name of the regime detector (default four-regimes)
 * @param sizing equal-weight or equal-risk (default equal-risk)
 * @param kind SPOT is long only, PERP long and short
 * @param cash starting cash in quote currency, above 0 (default 1,000,000)
 * @param commission fraction of notional per fill and side, in [0, 0.1] (default 0.0010)
 * @param slippage fraction of price per fill and side, in [0, 0.1]: all of a flat slippage, the least of another model
 *     (default 0.0005)
 * @param slippageModel how slippage depends on the order and the asset (default square-root)
 * @param impact Y of the square-root law, in [0, 100] (default 1)
 * @param trainDays calendar days of the training window, at least 30 (default 365)
 * @param stepDays calendar days between refits, at least 1 (default 30)
 * @param targetVolatility volatility a year at which a position is not scaled down, above 0 (default 0.40)
 * @param bootstrapSamples resamples of every bootstrap, at least 100 (default 2,000)
 * @param seed master seed (default 42)
 * @param combinerSwitching whether the study trades by the combiner that leads its tracking, see {@link CombinerTracking};
 *     a further trial (default off: the tracking is only reported)
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record StudySettings(
        List<String> models,
        String combiner,
        String regime,
        String sizing,
        Instrument.Kind kind,
        double cash,
        double commission,
        double slippage,
        SlippageModel slippageModel,
        double impact,
        int trainDays,
        int stepDays,
        double targetVolatility,
        int bootstrapSamples,
        long seed,
        boolean combinerSwitching) {
    /**
     * Checks ranges and copies the list.
     *
     * @param models names of the members, in order (default momentum, anomaly, liquidity)
     * @param combiner weighted, dynamic, consensus or bayesian (default weighted)
     * @param regime name of the regime detector (default four-regimes)
     * @param sizing equal-weight or equal-risk (default equal-risk)
     * @param kind SPOT is long only, PERP long and short
     * @param cash starting cash in quote currency, above 0 (default 1,000,000)
     * @param commission fraction of notional per fill and side, in [0, 0.1] (default 0.0010)
     * @param slippage fraction of price per fill and side, in [0, 0.1]: all of a flat slippage, the least of another model
     *     (default 0.0005)
     * @param slippageModel how slippage depends on the order and the asset (default square-root)
     * @param impact Y of the square-root law, in [0, 100] (default 1)
     * @param trainDays calendar days of the training window, at least 30 (default 365)
     * @param stepDays calendar days between refits, at least 1 (default 30)
     * @param targetVolatility volatility a year at which a position is not scaled down, above 0 (default 0.40)
     * @param bootstrapSamples resamples of every bootstrap, at least 100 (default 2,000)
     * @param seed master seed (default 42)
     * @param combinerSwitching whether the study trades by the combiner that leads its tracking, see
     *     {@link CombinerTracking}; a further trial (default off: the tracking is only reported)
     */
    public StudySettings {
        models = List.copyOf(models);
        Check.that(!models.isEmpty(), "models must name at least one model");
        Check.notBlank(combiner, "combiner");
        Check.notBlank(regime, "regime");
        Check.notBlank(sizing, "sizing");
        Check.that(
                kind == Instrument.Kind.SPOT || kind == Instrument.Kind.PERP, "kind must be SPOT or PERP, got " + kind);
        Check.positive(cash, "cash");
        Check.inRange(commission, 0, 0.1, "commission");
        Check.inRange(slippage, 0, 0.1, "slippage");
        Check.notNull(slippageModel, "slippageModel");
        Check.inRange(impact, 0, 100, "impact");
        Check.atLeast(trainDays, 30, "trainDays");
        Check.atLeast(stepDays, 1, "stepDays");
        Check.positive(targetVolatility, "targetVolatility");
        Check.atLeast(bootstrapSamples, 100, "bootstrapSamples");
    }

    /**
     * The defaults of the specification.
     *
     * @return spot, equal risk, weighted average, one year of training, refits every 30 days
     */
    public static StudySettings defaults() {
        return new StudySettings(
                List.of("momentum", "anomaly", "liquidity"),
                "weighted",
                "four-regimes",
                "equal-risk",
                Instrument.Kind.SPOT,
                1_000_000,
                0.0010,
                0.0005,
                SlippageModel.SQUARE_ROOT,
                1,
                365,
                30,
                0.40,
                2_000,
                42,
                false);
    }

    /**
     * The same settings with another seed.
     *
     * @param value the seed
     * @return a copy
     */
    public StudySettings withSeed(long value) {
        return new StudySettings(
                models,
                combiner,
                regime,
                sizing,
                kind,
                cash,
                commission,
                slippage,
                slippageModel,
                impact,
                trainDays,
                stepDays,
                targetVolatility,
                bootstrapSamples,
                value,
                combinerSwitching);
    }

    /**
     * The same settings with another model of slippage.
     *
     * @param value square-root or flat
     * @return a copy
     */
    public StudySettings withSlippageModel(SlippageModel value) {
        return new StudySettings(
                models,
                combiner,
                regime,
                sizing,
                kind,
                cash,
                commission,
                slippage,
                value,
                impact,
                trainDays,
                stepDays,
                targetVolatility,
                bootstrapSamples,
                seed,
                combinerSwitching);
    }

    /**
     * Slippage and commission of these settings.
     *
     * @return the cost model
     */
    public CostModel cost() {
        return slippageModel.cost(commission, slippage, impact);
    }

    /**
     * The same settings with another combiner.
     *
     * @param name weighted, dynamic, consensus or bayesian
     * @return a copy
     */
    public StudySettings withCombiner(String name) {
        return new StudySettings(
                models,
                name,
                regime,
                sizing,
                kind,
                cash,
                commission,
                slippage,
                slippageModel,
                impact,
                trainDays,
                stepDays,
                targetVolatility,
                bootstrapSamples,
                seed,
                combinerSwitching);
    }

    /**
     * The same settings, trading by the combiner that leads the tracking or by the configured one.
     *
     * @param value true to switch
     * @return a copy
     */
    public StudySettings withCombinerSwitching(boolean value) {
        return new StudySettings(
                models,
                combiner,
                regime,
                sizing,
                kind,
                cash,
                commission,
                slippage,
                slippageModel,
                impact,
                trainDays,
                stepDays,
                targetVolatility,
                bootstrapSamples,
                seed,
                value);
    }
}
