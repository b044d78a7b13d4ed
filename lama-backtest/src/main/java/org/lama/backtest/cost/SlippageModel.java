package org.lama.backtest.cost;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.lama.core.base.Api;
import org.lama.core.base.Suggestion;
import org.lama.core.market.CostModel;

/**
 * The slippage models by name, as settings and command line have them. Enum, thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public enum SlippageModel {
    /** The larger of a floor and half of the spread plus Y · σ_day · √participation: {@link SquareRootCost}. */
    SQUARE_ROOT,
    /** The same fraction whatever the order and the asset: {@link FlatCost}. */
    FLAT;

    /**
     * The cost model.
     *
     * @param commission fraction of the slipped notional, in [0, 1)
     * @param slippage the flat slippage, or the floor, a fraction of the price in [0, 1)
     * @param impact Y of the square-root law, in [0, 100]; a flat model has no use for it
     * @return slippage by this model with a commission that is the same for everybody
     */
    public CostModel cost(double commission, double slippage, double impact) {
        return this == FLAT
                ? new FlatCost(commission, slippage)
                : new SquareRootCost(FeeSchedule.flat(commission), slippage, 0.5, impact);
    }

    /**
     * The name in settings.
     *
     * @return square-root or flat
     */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The model of a name.
     *
     * @param text square-root or flat
     * @return the model
     * @throws IllegalArgumentException if there is none, naming those that exist
     */
    public static SlippageModel of(String text) {
        List<String> names = Arrays.stream(values()).map(SlippageModel::text).toList();
        int at = names.indexOf(text);
        if (at < 0) {
            throw new IllegalArgumentException(
                    "slippage model must be one of " + names + ", got '" + text + "'" + Suggestion.alike(text, names));
        }
        return values()[at];
    }
}
