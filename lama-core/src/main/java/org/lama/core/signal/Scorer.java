package org.lama.core.signal;

import org.lama.core.base.Api;
import org.lama.core.series.Frame;

/**
 * A fitted, frozen model. Stateless and thread-safe: the same rows give the same bits, in any order of calls.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public interface Scorer {
    /**
     * The signal at the close of the last row. Parameters stay as fitted; states (filters) may be carried forward from
     * the end of the training window.
     *
     * @param past all rows of the symbol known at the decision time, from its first bar on, with the columns of
     *     {@link SignalModel#indicators(Frame)}; it reaches at least to the last row of the training window
     * @return the signal; {@link Signal#valid()} is false if inputs are missing, never an exception
     */
    Signal score(Frame past);

    /**
     * The values the model gives on its own training rows (in sample): what combiners calibrate on.
     *
     * @return one value in [-1, 1] per row of the training window, NaN where there is none; a new array
     */
    double[] trainingSignal();

    /**
     * How the fit ended.
     *
     * @return the status
     */
    FitStatus status();

    /**
     * What was fitted, for people.
     *
     * @return named values, coefficients, residuals
     */
    ModelSummary summary();
}
