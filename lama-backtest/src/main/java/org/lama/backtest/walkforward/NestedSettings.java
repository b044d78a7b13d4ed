package org.lama.backtest.walkforward;

import org.lama.backtest.engine.EngineSettings;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.split.WalkForward;

/**
 * How a nested walk-forward is done. Immutable and thread-safe.
 *
 * @param plan training windows, steps, purge and embargo of the outer folds; purge and embargo hold inside as well
 * @param innerFolds validation blocks inside each training window, 1 to 20
 * @param runInDays days that a strategy sees before it may trade, so that its averages are filled, 0 to 3,650
 * @param engine capital, costs, fills and limits of all runs
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record NestedSettings(WalkForward plan, int innerFolds, int runInDays, EngineSettings engine) {
    /**
     * Checks the ranges.
     *
     * @param plan training windows, steps, purge and embargo of the outer folds; purge and embargo hold inside as well
     * @param innerFolds validation blocks inside each training window, 1 to 20
     * @param runInDays days that a strategy sees before it may trade, so that its averages are filled, 0 to 3,650
     * @param engine capital, costs, fills and limits of all runs
     */
    public NestedSettings {
        Check.notNull(plan, "plan");
        Check.inRange(innerFolds, 1, 20, "innerFolds");
        Check.inRange(runInDays, 0, 3_650, "runInDays");
        Check.notNull(engine, "engine");
    }

    /**
     * One year of training, a choice every 30 days, a purge and an embargo of one bar, three inner folds, one year of
     * run-in, the engine's defaults.
     *
     * @return the settings
     */
    public static NestedSettings defaults() {
        return new NestedSettings(WalkForward.ofHorizon(1), 3, 365, EngineSettings.DEFAULT);
    }
}
