package org.lama.core.signal;

import org.lama.core.base.Api;
import org.lama.core.base.Named;
import org.lama.core.series.Frame;

/**
 * A model that is fitted on a window and then frozen. It sees nothing but the frames it is given: the training window,
 * and at each decision time a view that ends there.
 *
 * <p>Implementations are immutable and thread-safe: a study fits one model on many windows at the same time.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public interface SignalModel extends Named {
    /**
     * Adds the columns this model reads to the bars of one symbol. Must be causal: row t of every column may depend on
     * rows up to t only. A study proves this by cutting the future off and comparing bits; a model that fails is
     * refused. The default adds nothing.
     *
     * @param bars all bars of a symbol
     * @return the same rows with more columns
     */
    default Frame indicators(Frame bars) {
        return bars;
    }

    /**
     * Fits the model on a window. Never throws on data that are merely difficult (constant, short, full of gaps): the
     * scorer's status says what happened and its signals are neutral.
     *
     * @param train the rows of the window, with the columns of {@link #indicators(Frame)}; rows before the window may
     *     not be reached
     * @param context budget and seed
     * @return the frozen scorer
     */
    Scorer fit(Frame train, FitContext context);
}
