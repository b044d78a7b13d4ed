package org.lama.backtest.analytics;

import java.util.ArrayList;
import java.util.List;
import org.lama.backtest.order.FixedPoint;
import org.lama.core.base.Api;
import org.lama.core.base.Tabular;

/**
 * What a profit is made of, in money units of 10^-8: total = price - fees - slippage - haircut - funding paid + rest, exactly. Price is
 * what the positions would have earned at the reference prices; rest is what insurance bore, rounding and conversions gave. Immutable and thread-safe; sums that do not fit throw.
 *
 * @param priceUnits profit at reference prices
 * @param feeUnits fees paid; a rebate is negative
 * @param slippageUnits what fills cost against their reference prices
 * @param haircutUnits what forced exits lost against the last price
 * @param fundingUnits funding paid; negative if received
 * @param restUnits borne by insurance, rounding, changes of conversion rates
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record PnlSplit(
        long priceUnits, long feeUnits, long slippageUnits, long haircutUnits, long fundingUnits, long restUnits)
        implements Tabular {
    /** Nothing earned and nothing paid. */
    public static final PnlSplit ZERO = new PnlSplit(0, 0, 0, 0, 0, 0);

    /**
     * The split of a known total: price is what is left when all costs are added back.
     *
     * @param totalUnits change of equity
     * @param feeUnits fees paid
     * @param slippageUnits what fills cost against their reference prices
     * @param fundingUnits funding paid
     * @param restUnits borne by insurance, rounding, changes of conversion rates
     * @return the split
     * @throws ArithmeticException if a sum does not fit
     */
    public static PnlSplit ofTotal(
            long totalUnits, long feeUnits, long slippageUnits, long fundingUnits, long restUnits) {
        long costs = Math.addExact(Math.addExact(feeUnits, slippageUnits), fundingUnits);
        long price = Math.subtractExact(Math.addExact(totalUnits, costs), restUnits);
        return new PnlSplit(price, feeUnits, slippageUnits, 0, fundingUnits, restUnits);
    }

    /**
     * The same total, with a part of the slippage told as the haircut of forced exits.
     *
     * @param units money units of the slippage that are none
     * @return the split
     * @throws ArithmeticException if a part does not fit
     */
    public PnlSplit withHaircut(long units) {
        return new PnlSplit(
                priceUnits,
                feeUnits,
                Math.subtractExact(slippageUnits, units),
                Math.addExact(haircutUnits, units),
                fundingUnits,
                restUnits);
    }

    /**
     * The whole profit.
     *
     * @return money units, the change of equity
     * @throws ArithmeticException if it does not fit
     */
    public long totalUnits() {
        long slipped = Math.addExact(slippageUnits, haircutUnits);
        long costs = Math.addExact(Math.addExact(feeUnits, slipped), fundingUnits);
        return Math.addExact(Math.subtractExact(priceUnits, costs), restUnits);
    }

    /**
     * The sum of two splits, part by part.
     *
     * @param other of the same currency
     * @return the sum
     * @throws ArithmeticException if a part does not fit
     */
    public PnlSplit plus(PnlSplit other) {
        return new PnlSplit(
                Math.addExact(priceUnits, other.priceUnits),
                Math.addExact(feeUnits, other.feeUnits),
                Math.addExact(slippageUnits, other.slippageUnits),
                Math.addExact(haircutUnits, other.haircutUnits),
                Math.addExact(fundingUnits, other.fundingUnits),
                Math.addExact(restUnits, other.restUnits));
    }

    @Override
    public List<Column> columns() {
        List<String> parts = new ArrayList<>(List.of("price", "fees", "slippage"));
        List<Double> amounts =
                new ArrayList<>(List.of(money(priceUnits), 0 - money(feeUnits), 0 - money(slippageUnits)));
        // most runs have none
        if (haircutUnits != 0) {
            parts.add("haircut");
            amounts.add(0 - money(haircutUnits));
        }
        parts.addAll(List.of("funding", "rest", "total"));
        amounts.addAll(List.of(0 - money(fundingUnits), money(restUnits), money(totalUnits())));
        return List.of(new Column("part", parts), new Column("amount", amounts));
    }

    private static double money(long units) {
        return FixedPoint.toDouble(units, FixedPoint.MONEY_DECIMALS);
    }
}
