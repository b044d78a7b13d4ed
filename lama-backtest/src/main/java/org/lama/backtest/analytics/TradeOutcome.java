package org.lama.backtest.analytics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.lama.backtest.ledger.RoundTrip;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.market.Side;

/**
 * A round trip with what its position lived through. Excursions are measured from the average entry price and for the whole
 * quantity taken in, also where the position was built in steps; they are of linear contracts and before costs. Immutable.
 *
 * @param trip the round trip
 * @param bars bars touched from entry to exit, an exit at the open of a bar not counting that bar; 0 without prices
 * @param adverse largest loss on the way in quote currency, at most 0; NaN without prices
 * @param favourable largest gain on the way in quote currency, at least 0; NaN without prices
 * @param stopPrice where the loss was to be cut when the trip began, NaN if there was no stop
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record TradeOutcome(RoundTrip trip, int bars, double adverse, double favourable, double stopPrice) {
    private static final double HOUR_NANOS = 3.6e12;

    /**
     * Checks the parts.
     *
     * @param trip the round trip
     * @param bars bars touched from entry to exit, an exit at the open of a bar not counting that bar; 0 without prices
     * @param adverse largest loss on the way in quote currency, at most 0; NaN without prices
     * @param favourable largest gain on the way in quote currency, at least 0; NaN without prices
     * @param stopPrice where the loss was to be cut when the trip began, NaN if there was no stop
     */
    public TradeOutcome {
        Check.notNull(trip, "trip");
        Check.atLeast(bars, 0, "bars");
        Check.that(!(adverse > 0), "adverse must be <= 0, got " + adverse);
        Check.that(!(favourable < 0), "favourable must be >= 0, got " + favourable);
    }

    /**
     * The outcomes of round trips. O(log n + bars held) per trip.
     *
     * @param trips the round trips
     * @param paths prices by symbol; a symbol without prices has no excursions
     * @return one outcome per trip, in their order
     */
    public static List<TradeOutcome> of(List<RoundTrip> trips, Map<String, PricePath> paths) {
        List<TradeOutcome> all = new ArrayList<>(trips.size());
        for (RoundTrip trip : trips) {
            PricePath path = paths.get(trip.symbol());
            if (path == null) {
                all.add(new TradeOutcome(trip, 0, Double.NaN, Double.NaN, Double.NaN));
            } else {
                PricePath.Range range =
                        path.between(trip.entryNanos(), trip.exitNanos(), trip.entryPrice(), trip.exitPrice());
                double down = (range.low() - trip.entryPrice()) * trip.quantity();
                double up = (range.high() - trip.entryPrice()) * trip.quantity();
                boolean isLong = trip.side() == Side.BUY;
                all.add(new TradeOutcome(
                        trip, range.bars(), isLong ? down : 0 - up, isLong ? up : 0 - down, Double.NaN));
            }
        }
        return List.copyOf(all);
    }

    /**
     * The same with a known stop.
     *
     * @param price where the loss was to be cut when the trip began, above 0
     * @return a copy
     */
    public TradeOutcome withStop(double price) {
        return new TradeOutcome(trip, bars, adverse, favourable, Check.positive(price, "price"));
    }

    /**
     * Capital put in: average entry price times quantity.
     *
     * @return in quote currency
     */
    public double notional() {
        return trip.entryPrice() * trip.quantity();
    }

    /**
     * Net profit as a share of the capital put in.
     *
     * @return a fraction, NaN if nothing was put in
     */
    public double returnFraction() {
        return Ratios.of(trip.pnl(), notional());
    }

    /**
     * Largest loss on the way as a share of the capital put in.
     *
     * @return a fraction, at most 0; NaN without prices
     */
    public double adverseFraction() {
        return Ratios.of(adverse, notional());
    }

    /**
     * Largest gain on the way as a share of the capital put in.
     *
     * @return a fraction, at least 0; NaN without prices
     */
    public double favourableFraction() {
        return Ratios.of(favourable, notional());
    }

    /**
     * Net profit in units of what was at risk: pnl / (|entry price - stop price| · quantity) (Tharp 1998).
     *
     * @return a multiple, NaN without a stop or with one at the entry price
     */
    public double riskMultiple() {
        return Ratios.of(trip.pnl(), Math.abs(trip.entryPrice() - stopPrice) * trip.quantity());
    }

    /**
     * Time from entry to exit.
     *
     * @return hours, at least 0
     */
    public double hours() {
        return (trip.exitNanos() - trip.entryNanos()) / HOUR_NANOS;
    }

    /**
     * What the trip would have earned at its reference prices: pnl + fees + slippage + funding paid − insurance.
     *
     * @return in quote currency
     */
    public double grossProfit() {
        return trip.pnl() + trip.fees() + trip.slippage() + trip.funding() - trip.insurance();
    }
}
