package org.lama.backtest.cost;

import java.util.Locale;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.market.CostModel;

/**
 * Slippage that grows with the size of the order: {@code max(floor, spreadShare·spread + impact·σ·√participation)}, with
 * σ the volatility of a day and the participation the notional of the fill over the traded value of 24 hours (the
 * square-root law; Almgren, Thum, Hauptmann and Li 2005, "Direct estimation of equity market impact"; Tóth et al. 2011,
 * doi:10.1103/PhysRevX.1.021006, whose constant of order one is {@code impact}). Fees come from a schedule.
 *
 * <p>An input that is NaN, infinite or below 0 leaves out its part; what remains is at least the floor. Neither the
 * participation nor the slippage has a bound: an order of a hundred times the day's trade pays ten times the impact of one
 * that takes it all. In a market that traded nothing the participation is infinite, and so is the slippage where size
 * matters: no price can be named, and whoever fills orders must let them wait. With impact 0 the model is the spread cost
 * alone; with both shares 0 it is a flat slippage with fee tiers. Immutable and thread-safe; O(1), no allocation.
 *
 * @param fees maker and taker rates
 * @param floor least slippage, a fraction of the price in [0, 1)
 * @param spreadShare share of the quoted spread that is paid, in [0, 10]; 0.5 from the mid price to the touch
 * @param impact Y of the square-root law, in [0, 100]
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record SquareRootCost(FeeSchedule fees, double floor, double spreadShare, double impact) implements CostModel {
    /** Commission 0.10 %, floor 0.05 %, half of the spread, Y = 1. */
    public static final SquareRootCost DEFAULT = new SquareRootCost(FeeSchedule.DEFAULT, 0.0005, 0.5, 1);

    /**
     * Checks ranges.
     *
     * @param fees maker and taker rates
     * @param floor least slippage, a fraction of the price in [0, 1)
     * @param spreadShare share of the quoted spread that is paid, in [0, 10]; 0.5 from the mid price to the touch
     * @param impact Y of the square-root law, in [0, 100]
     */
    public SquareRootCost {
        Check.notNull(fees, "fees");
        Check.that(floor >= 0 && floor < 1, "floor must be in [0, 1), got " + floor);
        Check.inRange(spreadShare, 0, 10, "spreadShare");
        Check.inRange(impact, 0, 100, "impact");
    }

    @Override
    public double slippage(double participation, double spread, double volatilityDay) {
        double sum = 0;
        if (known(spread)) {
            sum += spreadShare * spread;
        }
        // an infinite participation is an order in a market that traded nothing, not an unknown one; 0 · ∞ is no number
        double scale = known(volatilityDay) ? impact * volatilityDay : 0;
        if (participation >= 0 && scale > 0) {
            sum += scale * Math.sqrt(participation);
        }
        return Math.max(floor, sum);
    }

    @Override
    public double feeRate(Role role, double traded30Days) {
        return fees.rate(role, traded30Days);
    }

    @Override
    public boolean dependsOnMarket() {
        return spreadShare > 0 || impact > 0;
    }

    @Override
    public SquareRootCost scaled(double multiple) {
        return new SquareRootCost(fees.scaled(multiple), floor * multiple, spreadShare * multiple, impact * multiple);
    }

    /**
     * A cost model under which size matters, for questions of capacity: one that has square-root impact is returned as it is,
     * to one without it impact with Y = 1 is added, the flat slippage being the floor.
     *
     * @param cost any model; one of another kind is returned as it is
     * @return a model with impact, or the other kind
     */
    public static CostModel withSize(CostModel cost) {
        if (cost instanceof FlatCost flat) {
            return new SquareRootCost(FeeSchedule.flat(flat.commission()), flat.slippage(), 0, 1);
        }
        return cost instanceof SquareRootCost square && square.impact == 0 ? square.withImpact(1) : cost;
    }

    /**
     * The same model with other fees.
     *
     * @param value maker and taker rates
     * @return a copy
     */
    public SquareRootCost withFees(FeeSchedule value) {
        return new SquareRootCost(value, floor, spreadShare, impact);
    }

    /**
     * The same model with another constant of the square-root law.
     *
     * @param value Y, in [0, 100]
     * @return a copy
     */
    public SquareRootCost withImpact(double value) {
        return new SquareRootCost(fees, floor, spreadShare, value);
    }

    @Override
    public String describe() {
        String floorText = String.format(Locale.ROOT, "%.2f %%", 100 * floor);
        String parts = (spreadShare > 0 ? share(spreadShare) + "spread" : "")
                + (spreadShare > 0 && impact > 0 ? " + " : "")
                + (impact > 0 ? share(impact) + "σ·√participation" : "");
        return fees.describe() + ", slippage " + (parts.isEmpty() ? floorText : "max(" + floorText + ", " + parts + ")")
                + " per fill and side";
    }

    private static String share(double value) {
        return value == 0.5 ? "½·" : value == 1 ? "" : String.format(Locale.ROOT, "%.3g·", value);
    }

    private static boolean known(double value) {
        return value >= 0 && value < Double.POSITIVE_INFINITY;
    }
}
