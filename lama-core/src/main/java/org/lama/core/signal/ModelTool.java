package org.lama.core.signal;

import java.util.Map;
import org.lama.core.base.Api;
import org.lama.core.base.Named;
import org.lama.core.series.Series;

/**
 * Direct access to one model family for the command line, figures and notebooks, without knowing its types.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public interface ModelTool extends Named {
    /**
     * Fits a model with given settings.
     *
     * @param values the observations, NaN where missing
     * @param options settings by name, such as {@code order=1,1,1} or {@code horizon=12}; empty for defaults
     * @param context budget and seed
     * @return the summary with residuals and forecast
     * @throws IllegalArgumentException for an unknown option, naming the nearest right one
     */
    ModelSummary fit(Series values, Map<String, String> options, FitContext context);

    /**
     * Chooses the model's order or settings from the data and fits it.
     *
     * @param values the observations, NaN where missing
     * @param options settings by name; empty for defaults
     * @param context budget and seed
     * @return the summary with residuals and forecast
     */
    ModelSummary auto(Series values, Map<String, String> options, FitContext context);
}
