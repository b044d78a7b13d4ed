package org.lama.backtest.engine;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.lama.backtest.cost.FlatCost;
import org.lama.backtest.execution.ExecutionSettings;
import org.lama.backtest.execution.OrderSizing;
import org.lama.backtest.risk.RiskLimits;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.market.Contract;
import org.lama.core.market.Contract.Payoff;
import org.lama.core.market.CostModel;
import org.lama.core.market.Instrument;
import org.lama.core.market.Instrument.Kind;
import org.lama.core.market.MarginTiers;
import org.lama.core.market.TradingRules;

/**
 * Settings of one run. Start from {@link #DEFAULT} or {@link #builder()}; {@link #toBuilder()} makes copies.
 *
 * @param cash capital at the start in reporting currency, above 0 and at most 10^9
 * @param currency reporting currency, and quote currency of all symbols without a contract of their own
 * @param kind what symbols without a contract of their own are: SPOT (no short positions, cash never below 0) or PERP (long
 *     and short on margin)
 * @param contracts explicit contracts, one per symbol in the order of the data; empty: inferred, with scales chosen from the
 *     first price of each symbol
 * @param cost slippage and commission
 * @param execution what is assumed about the way from an order to its fills
 * @param orderSizing when weights become quantities
 * @param quantityMode how finely inferred instruments can be traded; explicit contracts carry their own decimals
 * @param limits bind last
 * @param marginMode what answers for the losses of a position on margin
 * @param leverage leverage at which a position on margin is opened, at least 1 and at most its contract's largest
 * @param delistingHaircut share of the last price lost on a forced exit, in [0, 1]
 * @param delistingAfter how long a held symbol may be silent before it is taken for delisted, above 0
 * @param onFailure what happens when a strategy throws
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record EngineSettings(
        double cash,
        String currency,
        Kind kind,
        List<Contract> contracts,
        CostModel cost,
        ExecutionSettings execution,
        OrderSizing orderSizing,
        QuantityMode quantityMode,
        RiskLimits limits,
        MarginMode marginMode,
        double leverage,
        double delistingHaircut,
        Duration delistingAfter,
        FailurePolicy onFailure) {
    /**
     * One million USD, spot, 0.10 % + 0.05 %, gross 1, 1 % of daily volume, haircut 0.5 after 30 silent days, credit
     * without liquidation, lots, stop on failure.
     */
    public static final EngineSettings DEFAULT = new EngineSettings(
            1_000_000,
            "USD",
            Kind.SPOT,
            List.of(),
            FlatCost.DEFAULT,
            ExecutionSettings.DEFAULT,
            OrderSizing.AT_DECISION,
            QuantityMode.LOTS,
            RiskLimits.DEFAULT,
            MarginMode.CREDIT,
            1,
            0.5,
            Duration.ofDays(30),
            FailurePolicy.STOP);

    /** How finely an instrument can be traded whose venue is unknown. */
    public enum QuantityMode {
        /** In lots of 10^-8 (fewer decimals for prices far from 1, see {@code Scale.forPrice}). */
        LOTS,
        /**
         * As fine as 64 bits allow for the capital of the run: for comparison with engines that trade in floating point.
         * A hundred-thousandfold of the first price, and of what the capital buys at it, still fits.
         */
        FRACTIONAL
    }

    /** What answers for the losses of a position on margin. */
    public enum MarginMode {
        /** Nothing is liquidated: cash may go below zero, and a strategy without equity is closed out and asked no more. */
        CREDIT,
        /** Each position for itself: its loss ends at the margin that was set aside for it. */
        ISOLATED,
        /** All cash of the account answers for all positions. */
        CROSS
    }

    /** What happens when a strategy throws. */
    public enum FailurePolicy {
        /** The run ends with {@link StrategyException}. */
        STOP,
        /** The strategy is halted, its orders are cancelled, its positions are closed; the run goes on. */
        CLOSE_AND_CONTINUE,
        /** The strategy is halted, its orders are cancelled, its positions are kept; the run goes on. */
        KEEP_AND_CONTINUE
    }

    /**
     * Checks ranges.
     *
     * @param cash capital at the start in reporting currency, above 0 and at most 10^9
     * @param currency reporting currency, and quote currency of all symbols without a contract of their own
     * @param kind what symbols without a contract of their own are: SPOT (no short positions, cash never below 0) or PERP (long
     *     and short on margin)
     * @param contracts explicit contracts, one per symbol in the order of the data; empty: inferred, with scales chosen from the
     *     first price of each symbol
     * @param cost slippage and commission
     * @param execution what is assumed about the way from an order to its fills
     * @param orderSizing when weights become quantities
     * @param quantityMode how finely inferred instruments can be traded; explicit contracts carry their own decimals
     * @param limits bind last
     * @param marginMode what answers for the losses of a position on margin
     * @param leverage leverage at which a position on margin is opened, at least 1 and at most its contract's largest
     * @param delistingHaircut share of the last price lost on a forced exit, in [0, 1]
     * @param delistingAfter how long a held symbol may be silent before it is taken for delisted, above 0
     * @param onFailure what happens when a strategy throws
     */
    public EngineSettings {
        Check.positive(cash, "cash");
        Check.that(cash <= 1e9, "cash must be <= 1e9, got " + cash);
        Check.notBlank(currency, "currency");
        Check.that(kind == Kind.SPOT || kind == Kind.PERP, "kind must be SPOT or PERP, got " + kind);
        contracts = List.copyOf(contracts);
        Check.notNull(cost, "cost");
        Check.notNull(execution, "execution");
        Check.notNull(orderSizing, "orderSizing");
        Check.notNull(quantityMode, "quantityMode");
        Check.notNull(limits, "limits");
        Check.notNull(marginMode, "marginMode");
        Check.that(leverage >= 1 && leverage <= 1000, "leverage must be in [1, 1000], got " + leverage);
        Check.inRange(delistingHaircut, 0, 1, "delistingHaircut");
        Check.that(
                delistingAfter.compareTo(Duration.ZERO) > 0 && delistingAfter.compareTo(Duration.ofDays(36_500)) <= 0,
                "delistingAfter must be above 0 and at most 36500 days, got " + delistingAfter);
        Check.notNull(onFailure, "onFailure");
    }

    /**
     * A builder that starts from {@link #DEFAULT}.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder(DEFAULT);
    }

    /**
     * A builder that starts from these settings.
     *
     * @return a new builder
     */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** The contract of an instrument that comes without one: on credit and in spot it is paid in full. */
    static Contract plain(Instrument instrument, MarginMode margin) {
        return instrument.kind() == Kind.SPOT
                ? Contract.spot(instrument, TradingRules.NONE)
                : new Contract(
                        instrument,
                        margin == MarginMode.CREDIT ? Payoff.PAID : Payoff.LINEAR,
                        instrument.quote(),
                        1,
                        TradingRules.NONE,
                        MarginTiers.DEFAULT,
                        Optional.empty(),
                        Optional.empty());
    }

    /** Collects settings; each part that is not set keeps the value that the builder started from. */
    public static final class Builder {
        private double cash;
        private String currency;
        private Kind kind;
        private List<Contract> contracts;
        private CostModel cost;
        private ExecutionSettings execution;
        private OrderSizing orderSizing;
        private QuantityMode quantityMode;
        private RiskLimits limits;
        private MarginMode marginMode;
        private double leverage;
        private double delistingHaircut;
        private Duration delistingAfter;
        private FailurePolicy onFailure;

        private List<Instrument> instruments = List.of();

        private Builder(EngineSettings from) {
            cash = from.cash;
            currency = from.currency;
            kind = from.kind;
            contracts = from.contracts;
            cost = from.cost;
            execution = from.execution;
            orderSizing = from.orderSizing;
            quantityMode = from.quantityMode;
            limits = from.limits;
            marginMode = from.marginMode;
            leverage = from.leverage;
            delistingHaircut = from.delistingHaircut;
            delistingAfter = from.delistingAfter;
            onFailure = from.onFailure;
        }

        /**
         * Sets one part.
         *
         * @param value capital at the start in reporting currency, above 0 and at most 10^9
         * @return this
         */
        public Builder cash(double value) {
            cash = value;
            return this;
        }

        /**
         * Sets one part.
         *
         * @param value reporting currency, and quote currency of all symbols without a contract of their own
         * @return this
         */
        public Builder currency(String value) {
            currency = value;
            return this;
        }

        /**
         * Sets one part.
         *
         * @param value what symbols without a contract of their own are: SPOT (no short positions, cash never below 0) or PERP (long
         *     and short on margin)
         * @return this
         */
        public Builder kind(Kind value) {
            kind = value;
            return this;
        }

        /**
         * Sets one part.
         *
         * @param value explicit contracts, one per symbol in the order of the data; empty: inferred, with scales chosen from the
         *     first price of each symbol
         * @return this
         */
        public Builder contracts(List<Contract> value) {
            contracts = value;
            return this;
        }

        /**
         * Sets one part.
         *
         * @param value slippage and commission
         * @return this
         */
        public Builder cost(CostModel value) {
            cost = value;
            return this;
        }

        /**
         * Sets one part.
         *
         * @param value what is assumed about the way from an order to its fills
         * @return this
         */
        public Builder execution(ExecutionSettings value) {
            execution = value;
            return this;
        }

        /**
         * Sets one part.
         *
         * @param value when weights become quantities
         * @return this
         */
        public Builder orderSizing(OrderSizing value) {
            orderSizing = value;
            return this;
        }

        /**
         * Sets one part.
         *
         * @param value how finely inferred instruments can be traded; explicit contracts carry their own decimals
         * @return this
         */
        public Builder quantityMode(QuantityMode value) {
            quantityMode = value;
            return this;
        }

        /**
         * Sets one part.
         *
         * @param value bind last
         * @return this
         */
        public Builder limits(RiskLimits value) {
            limits = value;
            return this;
        }

        /**
         * Sets one part.
         *
         * @param value what answers for the losses of a position on margin
         * @return this
         */
        public Builder marginMode(MarginMode value) {
            marginMode = value;
            return this;
        }

        /**
         * Sets one part.
         *
         * @param value leverage at which a position on margin is opened, at least 1 and at most its contract's largest
         * @return this
         */
        public Builder leverage(double value) {
            leverage = value;
            return this;
        }

        /**
         * Sets one part.
         *
         * @param value share of the last price lost on a forced exit, in [0, 1]
         * @return this
         */
        public Builder delistingHaircut(double value) {
            delistingHaircut = value;
            return this;
        }

        /**
         * Sets one part.
         *
         * @param value how long a held symbol may be silent before it is taken for delisted, above 0
         * @return this
         */
        public Builder delistingAfter(Duration value) {
            delistingAfter = value;
            return this;
        }

        /**
         * Sets one part.
         *
         * @param value what happens when a strategy throws
         * @return this
         */
        public Builder onFailure(FailurePolicy value) {
            onFailure = value;
            return this;
        }

        /**
         * Sets contracts without rules, margin table and funding for given instruments.
         *
         * @param value one per symbol in the order of the data
         * @return this
         */
        public Builder instruments(List<Instrument> value) {
            instruments = List.copyOf(value);
            return this;
        }

        /**
         * Sets the rule for instruments that end.
         *
         * @param haircut share of the last price lost on a forced exit, in [0, 1]
         * @param after how long a held symbol may be silent before it is taken for delisted, above 0
         * @return this
         */
        public Builder delisting(double haircut, Duration after) {
            return delistingHaircut(haircut).delistingAfter(after);
        }

        /**
         * Checks and builds.
         *
         * @return the settings
         * @throws IllegalArgumentException if a part is out of its range, naming it
         */
        public EngineSettings build() {
            if (!instruments.isEmpty()) {
                contracts = instruments.stream()
                        .map(each -> plain(each, marginMode))
                        .toList();
            }
            return new EngineSettings(
                    cash,
                    currency,
                    kind,
                    contracts,
                    cost,
                    execution,
                    orderSizing,
                    quantityMode,
                    limits,
                    marginMode,
                    leverage,
                    delistingHaircut,
                    delistingAfter,
                    onFailure);
        }
    }
}
