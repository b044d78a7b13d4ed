package org.lama.core.market;

import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * An instrument with the terms on which it is traded: how a position pays, in which currency, under which rules. With
 * quantity q (base units or contracts, negative if short), contract size c, entry price p and mark m the profit is
 *
 * <ul>
 *   <li>{@link Payoff#PAID}: {@code q · c · (m − p)}, and q · c · p is paid at the fill (spot, options);
 *   <li>{@link Payoff#LINEAR}: {@code q · c · (m − p)}, and only margin is set aside (perpetuals settled in quote);
 *   <li>{@link Payoff#INVERSE}: {@code q · c · (1/p − 1/m)} in base currency (perpetuals settled in base; c is an amount
 *       of quote currency).
 * </ul>
 *
 * @param instrument what it is
 * @param payoff how a position pays
 * @param settlement currency of profits, fees and margin, upper case
 * @param contractSize base units per contract, or quote units for {@link Payoff#INVERSE}; above 0
 * @param rules what the venue asks of an order
 * @param margin margin table; unused for {@link Payoff#PAID} long positions
 * @param fundingInterval time between two funding payments; empty where there is no funding
 * @param option terms of an option; empty for all else
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record Contract(
        Instrument instrument,
        Payoff payoff,
        String settlement,
        double contractSize,
        TradingRules rules,
        MarginTiers margin,
        Optional<Duration> fundingInterval,
        Optional<Option> option) {

    /** How a position pays. */
    public enum Payoff {
        /** Paid in full at the fill: spot and options. */
        PAID,
        /** Profit in quote currency against margin. */
        LINEAR,
        /** Profit in base currency against margin: the position is a fixed amount of quote currency. */
        INVERSE
    }

    /** The right that an option gives. */
    public enum Right {
        /** To buy at the strike. */
        CALL,
        /** To sell at the strike. */
        PUT
    }

    /**
     * Terms of a European option.
     *
     * @param right call or put
     * @param strike in quote currency, above 0
     * @param expiryNanos when it expires, UTC epoch nanoseconds
     * @param underlying id of the instrument or index that settles it
     * @param inverse whether premium and payoff are in base currency (payoff / settlement price), as at Deribit
     */
    public record Option(Right right, double strike, long expiryNanos, String underlying, boolean inverse) {
        /**
         * Checks ranges.
         *
         * @param right call or put
         * @param strike in quote currency, above 0
         * @param expiryNanos when it expires, UTC epoch nanoseconds
         * @param underlying id of the instrument or index that settles it
         * @param inverse whether premium and payoff are in base currency (payoff / settlement price), as at Deribit
         */
        public Option {
            Check.notNull(right, "right");
            Check.positive(strike, "strike");
            Check.notBlank(underlying, "underlying");
        }

        /**
         * What one unit pays at expiry.
         *
         * @param settlementPrice price of the underlying in quote currency, above 0
         * @return in quote currency, or in base currency if inverse; at least 0
         */
        public double payoff(double settlementPrice) {
            double quote = Math.max(0, right == Right.CALL ? settlementPrice - strike : strike - settlementPrice);
            return inverse ? quote / settlementPrice : quote;
        }
    }

    /**
     * Checks the parts.
     *
     * @param instrument what it is
     * @param payoff how a position pays
     * @param settlement currency of profits, fees and margin, upper case
     * @param contractSize base units per contract, or quote units for {@link Payoff#INVERSE}; above 0
     * @param rules what the venue asks of an order
     * @param margin margin table; unused for {@link Payoff#PAID} long positions
     * @param fundingInterval time between two funding payments; empty where there is no funding
     * @param option terms of an option; empty for all else
     */
    public Contract {
        Check.notNull(instrument, "instrument");
        Check.notNull(payoff, "payoff");
        Check.notBlank(settlement, "settlement");
        Check.positive(contractSize, "contractSize");
        Check.notNull(rules, "rules");
        Check.notNull(margin, "margin");
        Check.that(
                fundingInterval.isEmpty() || fundingInterval.get().compareTo(Duration.ZERO) > 0,
                "fundingInterval must be above 0, got " + fundingInterval);
        Check.that(
                option.isPresent() == (instrument.kind() == Instrument.Kind.OPTION),
                "option terms must be given for an option and for nothing else, got " + instrument.kind());
    }

    /**
     * A spot market.
     *
     * @param instrument of kind SPOT
     * @param rules what the venue asks of an order
     * @return the contract, settled in quote currency
     */
    public static Contract spot(Instrument instrument, TradingRules rules) {
        return new Contract(
                instrument,
                Payoff.PAID,
                instrument.quote(),
                1,
                rules,
                MarginTiers.DEFAULT,
                Optional.empty(),
                Optional.empty());
    }

    /**
     * A perpetual settled in quote currency, quantity in base units.
     *
     * @param instrument of kind PERP
     * @param rules what the venue asks of an order
     * @param margin margin table
     * @param fundingInterval time between two funding payments
     * @return the contract
     */
    public static Contract linearPerpetual(
            Instrument instrument, TradingRules rules, MarginTiers margin, Duration fundingInterval) {
        return new Contract(
                instrument,
                Payoff.LINEAR,
                instrument.quote(),
                1,
                rules,
                margin,
                Optional.of(fundingInterval),
                Optional.empty());
    }

    /**
     * A perpetual settled in base currency, quantity in contracts of a fixed amount of quote currency.
     *
     * @param instrument of kind PERP
     * @param contractSize amount of quote currency of one contract, for example 1, 10 or 100 USD
     * @param rules what the venue asks of an order
     * @param margin margin table, notionals in base currency
     * @param fundingInterval time between two funding payments
     * @return the contract
     */
    public static Contract inversePerpetual(
            Instrument instrument,
            double contractSize,
            TradingRules rules,
            MarginTiers margin,
            Duration fundingInterval) {
        return new Contract(
                instrument,
                Payoff.INVERSE,
                instrument.base(),
                contractSize,
                rules,
                margin,
                Optional.of(fundingInterval),
                Optional.empty());
    }

    /**
     * A European option, quantity in base units. An inverse one is quoted, paid and settled in base currency.
     *
     * @param instrument of kind OPTION
     * @param rules what the venue asks of an order
     * @param terms strike, expiry and right
     * @return the contract
     */
    public static Contract option(Instrument instrument, TradingRules rules, Option terms) {
        return new Contract(
                instrument,
                Payoff.PAID,
                terms.inverse() ? instrument.base() : instrument.quote(),
                1,
                rules,
                MarginTiers.DEFAULT,
                Optional.empty(),
                Optional.of(terms));
    }

    /**
     * The canonical id: {@code VENUE.KIND.BASE-QUOTE}, for options {@code VENUE.OPTION.BASE-26JUN26-100000-C}.
     *
     * @return the id
     */
    public String id() {
        return option.map(terms -> instrument.venue() + ".OPTION." + instrument.base() + "-" + expiryText(terms) + "-"
                        + strikeText(terms.strike()) + "-"
                        + terms.right().name().charAt(0))
                .orElseGet(instrument::id);
    }

    private static String expiryText(Option terms) {
        return DateTimeFormatter.ofPattern("dMMMyy", Locale.ENGLISH)
                .format(LocalDate.ofEpochDay(Math.floorDiv(terms.expiryNanos(), 86_400_000_000_000L)))
                .toUpperCase(Locale.ROOT);
    }

    private static String strikeText(double strike) {
        return strike == Math.rint(strike) && strike < 1e15 ? Long.toString((long) strike) : Double.toString(strike);
    }
}
