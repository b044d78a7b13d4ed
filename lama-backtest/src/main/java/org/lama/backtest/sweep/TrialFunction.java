package org.lama.backtest.sweep;

import java.util.Optional;
import java.util.function.Supplier;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.search.ParameterSet;

/**
 * Evaluates one parameter set. A pure function of its arguments: the same set gives the same bits in every thread, in every
 * run and on every resume. Thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public interface TrialFunction {
    /** The step that means all data. */
    long ALL = Long.MAX_VALUE;

    /**
     * Evaluates a set.
     *
     * @param parameters the set
     * @param step how much of the data may be used, in the unit of the pruner's rungs; {@link #ALL} for all
     * @param wantsReturns whether the finding must hold returns per period, where there are any
     * @return what was found
     * @throws RuntimeException if the evaluation fails; the sweep records it as not defined, with the message
     */
    TrialFinding run(ParameterSet parameters, long step, boolean wantsReturns);

    /**
     * Evaluates a set as a sweep does it: one that has seen data before it fails is tried, and says so. Others fail.
     *
     * @param parameters the set
     * @param step how much of the data may be used, in the unit of the pruner's rungs; {@link #ALL} for all
     * @param wantsReturns whether the finding must hold returns per period, where there are any
     * @return what was found
     * @throws RuntimeException if the set is refused before data were seen
     */
    default TrialFinding attempt(ParameterSet parameters, long step, boolean wantsReturns) {
        return run(parameters, step, wantsReturns);
    }

    /**
     * What is computed, with all settings: equal texts mean equal functions of equal data.
     *
     * @return one line
     */
    String canonicalText();

    /**
     * How another process gets at an equal function.
     *
     * @return empty if only this process can evaluate
     */
    default Optional<Portable> portable() {
        return Optional.empty();
    }

    /**
     * What another process makes an equal function of.
     *
     * @param worker name of the {@link org.lama.core.search.TaskWorker} that makes it
     * @param shared gives data and settings as bytes, the same array each time; asked for only when they travel
     */
    record Portable(String worker, Supplier<byte[]> shared) {
        /**
         * Checks.
         *
         * @param worker name of the {@link org.lama.core.search.TaskWorker} that makes it
         * @param shared gives data and settings as bytes, the same array each time; asked for only when they travel
         */
        public Portable {
            Check.notBlank(worker, "worker");
            Check.notNull(shared, "shared");
        }
    }
}
