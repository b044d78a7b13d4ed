package org.lama.backtest.engine;

import java.time.Duration;
import java.util.List;
import org.lama.backtest.cost.FlatCost;
import org.lama.backtest.execution.OrderSizing;
import org.lama.backtest.risk.RiskLimits;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.market.CostModel;
import org.lama.core.market.Instrument;
import org.lama.core.market.Instrument.Kind;

/**
 * Settings of one run over bars. Start from {@link #DEFAULT} and copy with the {@code with} methods.
 *
 * @param cash capital at the start in quote currency, above 0 and at most 10^9
 * @param cost slippage and commission
 * @param kind SPOT (no short positions, cash never below 0) or PERP (long and short on margin; funding and liquidation
 *     are not modelled, a run whose equity reaches 0 is closed out)
 * @param currency quote currency of all symbols without an instrument of their own
 * @param limits bind last
 * @param orderSizing when weights become quantities
 * @param delistingHaircut share of the last price lost on a forced exit, in [0, 1]
 * @param delistingAfter how long a held symbol may be silent before it is taken for delisted, above 0
 * @param instruments explicit instruments, one per symbol in the order of the data; empty: scales are chosen from the
 *     first price of each symbol
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record EngineSettings(
        double cash,
        CostModel cost,
        Kind kind,
        String currency,
        RiskLimits limits,
        OrderSizing orderSizing,
        double delistingHaircut,
        Duration delistingAfter,
        List<Instrument> instruments) {
    /** One million USD, spot, 0.10 % + 0.05 %, gross 1, 1 % of daily volume, haircut 0.5 after 30 silent days. */
    public static final EngineSettings DEFAULT = new EngineSettings(
            1_000_000,
            FlatCost.DEFAULT,
            Kind.SPOT,
            "USD",
            RiskLimits.DEFAULT,
            OrderSizing.AT_DECISION,
            0.5,
            Duration.ofDays(30),
            List.of());

    /**
     * Checks ranges.
     *
     * @param cash capital at the start in quote currency, above 0 and at most 10^9
     * @param cost slippage and commission
     * @param kind SPOT (no short positions, cash never below 0) or PERP (long and short on margin; funding and liquidation
     *     are not modelled, a run whose equity reaches 0 is closed out)
     * @param currency quote currency of all symbols without an instrument of their own
     * @param limits bind last
     * @param orderSizing when weights become quantities
     * @param delistingHaircut share of the last price lost on a forced exit, in [0, 1]
     * @param delistingAfter how long a held symbol may be silent before it is taken for delisted, above 0
     * @param instruments explicit instruments, one per symbol in the order of the data; empty: scales are chosen from the
     *     first price of each symbol
     */
    public EngineSettings {
        Check.positive(cash, "cash");
        Check.that(cash <= 1e9, "cash must be <= 1e9, got " + cash);
        Check.notNull(cost, "cost");
        Check.that(kind == Kind.SPOT || kind == Kind.PERP, "kind must be SPOT or PERP, got " + kind);
        Check.notBlank(currency, "currency");
        Check.notNull(limits, "limits");
        Check.notNull(orderSizing, "orderSizing");
        Check.inRange(delistingHaircut, 0, 1, "delistingHaircut");
        Check.that(
                delistingAfter.compareTo(Duration.ZERO) > 0 && delistingAfter.compareTo(Duration.ofDays(36_500)) <= 0,
                "delistingAfter must be above 0 and at most 36500 days, got " + delistingAfter);
        instruments = List.copyOf(instruments);
    }

    /**
     * A copy with other capital.
     *
     * @param value in quote currency
     * @return new settings
     */
    public EngineSettings withCash(double value) {
        return new EngineSettings(
                value, cost, kind, currency, limits, orderSizing, delistingHaircut, delistingAfter, instruments);
    }

    /**
     * A copy with other costs.
     *
     * @param value slippage and commission
     * @return new settings
     */
    public EngineSettings withCost(CostModel value) {
        return new EngineSettings(
                cash, value, kind, currency, limits, orderSizing, delistingHaircut, delistingAfter, instruments);
    }

    /**
     * A copy with another kind of instrument.
     *
     * @param value SPOT or PERP
     * @return new settings
     */
    public EngineSettings withKind(Kind value) {
        return new EngineSettings(
                cash, cost, value, currency, limits, orderSizing, delistingHaircut, delistingAfter, instruments);
    }

    /**
     * A copy with another quote currency.
     *
     * @param value upper-case name
     * @return new settings
     */
    public EngineSettings withCurrency(String value) {
        return new EngineSettings(
                cash, cost, kind, value, limits, orderSizing, delistingHaircut, delistingAfter, instruments);
    }

    /**
     * A copy with other limits.
     *
     * @param value the limits
     * @return new settings
     */
    public EngineSettings withLimits(RiskLimits value) {
        return new EngineSettings(
                cash, cost, kind, currency, value, orderSizing, delistingHaircut, delistingAfter, instruments);
    }

    /**
     * A copy with another moment at which weights become quantities.
     *
     * @param value at the decision or at the fill
     * @return new settings
     */
    public EngineSettings withOrderSizing(OrderSizing value) {
        return new EngineSettings(
                cash, cost, kind, currency, limits, value, delistingHaircut, delistingAfter, instruments);
    }

    /**
     * A copy with another rule for instruments that end.
     *
     * @param haircut share of the last price lost, in [0, 1]
     * @param after silence after which a held symbol is taken for delisted
     * @return new settings
     */
    public EngineSettings withDelisting(double haircut, Duration after) {
        return new EngineSettings(cash, cost, kind, currency, limits, orderSizing, haircut, after, instruments);
    }

    /**
     * A copy with explicit instruments.
     *
     * @param value one per symbol in the order of the data
     * @return new settings
     */
    public EngineSettings withInstruments(List<Instrument> value) {
        return new EngineSettings(
                cash, cost, kind, currency, limits, orderSizing, delistingHaircut, delistingAfter, value);
    }
}
