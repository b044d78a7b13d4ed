package org.lama.backtest.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.market.Contract;
import org.lama.core.market.Instrument;
import org.lama.core.market.Instrument.Kind;
import org.lama.core.market.MarginTiers;
import org.lama.core.market.TradingRules;

class LinearPropertyTest {
    /** A contract on margin and the same thing bought on credit earn the same at every event, to the unit. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void linearContractsEarnWhatSpotOnCreditEarns(long seed) {
        Rng rng = Seeds.rng(seed, 5);
        Instrument a = new Instrument("X", Kind.PERP, "A", "USD", 8, rng.nextInt(9));
        Instrument b = new Instrument("X", Kind.PERP, "B", "USD", rng.nextInt(9), 8);
        Ledger paid = Ledger.onMargin(List.of(a, b), 0);
        Ledger linear = Ledger.of(List.of(contract(a), contract(b)), LedgerSettings.of(AccountMode.CREDIT));
        paid.deposit(0, Money.of(1_000_000, "USD"));
        linear.deposit(0, Money.of(1_000_000, "USD"));
        long[] price = {123_456_789, 98_765};
        for (int k = 1; k <= 3_000; k++) {
            int i = rng.nextInt(2);
            price[i] = Math.max(1, price[i] + rng.nextInt(2_001) - 1_000);
            if (rng.nextInt(2) == 0) {
                paid.mark(i, price[i]);
                linear.mark(i, price[i]);
            } else {
                long lots = (1L + rng.nextInt(1 << (1 + rng.nextInt(20)))) * (rng.nextInt(2) == 0 ? 1 : -1);
                long fee = rng.nextInt(1_000);
                paid.fill(k, i, lots, price[i], price[i] - 1, fee);
                linear.fill(k, i, lots, price[i], price[i] - 1, fee);
            }
            assertThat(linear.equityUnits()).as("seed %d event %d", seed, k).isEqualTo(paid.equityUnits());
            assertThat(linear.realisedUnits(i)).isEqualTo(paid.realisedUnits(i));
            assertThat(linear.unrealisedUnits(i)).isEqualTo(paid.unrealisedUnits(i));
            assertThat(linear.valueUnits(i)).isEqualTo(paid.valueUnits(i));
            assertThat(linear.cashUnits(i) - linear.costUnits(0) - linear.costUnits(1))
                    .isEqualTo(paid.cashUnits(i));
        }
        assertThat(linear.roundTrips(List.of("A", "B"))).isEqualTo(paid.roundTrips(List.of("A", "B")));
        assertThat(linear.slippageUnits()).isEqualTo(paid.slippageUnits());
        assertThat(linear.tradedUnits()).isEqualTo(paid.tradedUnits());
        assertThat(linear.audit()).isEmpty();
    }

    private static Contract contract(Instrument instrument) {
        return Contract.linearPerpetual(
                instrument, TradingRules.NONE, MarginTiers.DEFAULT, java.time.Duration.ofHours(8));
    }
}
