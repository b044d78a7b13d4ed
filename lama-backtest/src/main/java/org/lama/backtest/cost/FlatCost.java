package org.lama.backtest.cost;

import java.util.Locale;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.market.CostModel;

/**
 * The same fraction for every fill and side: slippage moves the price against us, commission is charged on the slipped
 * notional, whether the fill made or took liquidity. At a flat price P a round trip of one unit loses
 * {@code P·[(1 + s)(1 + c) − (1 − s)(1 − c)] = 2·P·(s + c)}: 0.0030·P with the defaults. Immutable and thread-safe.
 *
 * @param commission fraction of the slipped notional, in [0, 1)
 * @param slippage fraction of the price, in [0, 1)
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record FlatCost(double commission, double slippage) implements CostModel {
    /** Commission 0.10 % and slippage 0.05 % per fill and side. */
    public static final FlatCost DEFAULT = new FlatCost(0.0010, 0.0005);
    /** No costs at all: the naive bound that reports show beside the honest figure. */
    public static final FlatCost NONE = new FlatCost(0, 0);

    /**
     * Checks ranges.
     *
     * @param commission fraction of the slipped notional, in [0, 1)
     * @param slippage fraction of the price, in [0, 1)
     */
    public FlatCost {
        fraction(commission, "commission");
        fraction(slippage, "slippage");
    }

    @Override
    public double slippage(double participation, double spread, double volatilityDay) {
        return slippage;
    }

    @Override
    public double feeRate(Role role, double traded30Days) {
        return commission;
    }

    @Override
    public boolean dependsOnMarket() {
        return false;
    }

    @Override
    public FlatCost scaled(double multiple) {
        Check.notNegative(multiple, "multiple");
        return new FlatCost(commission * multiple, slippage * multiple);
    }

    @Override
    public String describe() {
        return String.format(
                Locale.ROOT,
                "commission %.2f %%, slippage %.2f %% per fill and side",
                100 * commission,
                100 * slippage);
    }

    private static void fraction(double value, String name) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(name + " must be in [0, 1), got " + value);
        }
    }
}
