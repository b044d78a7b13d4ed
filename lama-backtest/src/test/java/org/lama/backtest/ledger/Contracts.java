package org.lama.backtest.ledger;

import java.time.Duration;
import java.util.List;
import org.lama.core.market.Contract;
import org.lama.core.market.Contract.Option;
import org.lama.core.market.Contract.Right;
import org.lama.core.market.Instrument;
import org.lama.core.market.Instrument.Kind;
import org.lama.core.market.MarginTiers;
import org.lama.core.market.TradingRules;

/** Contracts of every kind for tests. */
final class Contracts {
    static final long E8 = 100_000_000L;

    private Contracts() {}

    static Contract spot(String base, String quote) {
        return Contract.spot(Instrument.of("X", Kind.SPOT, base, quote), TradingRules.NONE);
    }

    static Contract linear(String base, MarginTiers tiers) {
        return Contract.linearPerpetual(
                Instrument.of("X", Kind.PERP, base, "USDT"), TradingRules.NONE, tiers, Duration.ofHours(8));
    }

    /** Contracts of 100 USD, whole lots, prices to the cent. */
    static Contract inverse(String base, MarginTiers tiers) {
        return Contract.inversePerpetual(
                new Instrument("X", Kind.PERP, base, "USD", 2, 0), 100, TradingRules.NONE, tiers, Duration.ofHours(8));
    }

    /** A thousandth of a unit per contract, as some venues have it. */
    static Contract small(String base) {
        return new Contract(
                new Instrument("X", Kind.PERP, base, "USDT", 1, 0),
                Contract.Payoff.LINEAR,
                "USDT",
                0.001,
                TradingRules.NONE,
                MarginTiers.DEFAULT,
                java.util.Optional.of(Duration.ofHours(1)),
                java.util.Optional.empty());
    }

    static Contract option(String base, boolean inverse, double strike) {
        Option terms = new Option(Right.CALL, strike, 86_400_000_000_000L * 20_000, "X.INDEX", inverse);
        return Contract.option(new Instrument("X", Kind.OPTION, base, "USDT", 4, 2), TradingRules.NONE, terms);
    }

    static Ledger ledger(AccountMode mode, double leverage, Contract... contracts) {
        return Ledger.of(List.of(contracts), LedgerSettings.of(mode).withLeverage(leverage));
    }
}
