package org.lama.backtest.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lama.backtest.ledger.Contracts.E8;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.market.Contract;
import org.lama.core.market.Contract.Payoff;
import org.lama.core.market.Instrument.Kind;
import org.lama.core.market.MarginTiers;

/** Random sequences of every kind of event over every payoff and mode keep every identity of the books. */
class LedgerEventsPropertyTest {
    private static final MarginTiers TIERS =
            MarginTiers.of(new double[] {0, 5_000, 50_000}, new double[] {0.005, 0.01, 0.05}, 50, 0.004);

    private static final List<Contract> ALL = List.of(
            Contracts.spot("BTC", "USDT"),
            Contracts.linear("ETH", TIERS),
            Contracts.inverse("BTC", MarginTiers.DEFAULT),
            Contracts.small("SOL"),
            Contracts.option("ETH", false, 2000),
            Contracts.option("BTC", true, 50_000));
    private static final List<Contract> PAID = List.of(ALL.get(0), Contracts.spot("ETH", "USD"));

    /** Prices in ticks around which each contract walks. */
    private static final long[] START = {20_000 * E8, 1_500 * E8, 2_000_000, 300, 800_000, 400};

    private static final long[] LOT = {E8 / 100, E8 / 10, 5, 2_000, 50, 100};

    @ParameterizedTest
    @EnumSource
    void randomEventsKeepEveryIdentity(AccountMode mode) {
        for (long seed = 1; seed <= 6; seed++) {
            run(mode, seed, 1_500);
        }
    }

    @Tag("slow")
    @Test
    void manyMoreRandomEventsKeepEveryIdentity() {
        for (AccountMode mode : AccountMode.values()) {
            for (long seed = 100; seed < 200; seed++) {
                run(mode, seed, 4_000);
            }
        }
    }

    private static void run(AccountMode mode, long seed, int events) {
        List<Contract> contracts = mode == AccountMode.CASH ? PAID : ALL;
        Rng rng = Seeds.rng(seed, mode.name().hashCode());
        Ledger ledger = Ledger.of(
                contracts,
                LedgerSettings.of(mode)
                        .withReporting("USD")
                        .withCurrencies(List.of("USDT", "USD", "BTC", "BNB"))
                        .withLeverage(1 + rng.nextInt(20)));
        for (String currency : ledger.currencies()) {
            long units = (currency.equals("BTC") ? 10 : 200_000) * E8;
            ledger.deposit(0, new Money(units, currency));
            ledger.rate(currency, currency.equals("USD") ? 1 : currency.equals("BTC") ? 20_000.5 : 0.999_7);
        }
        long[] price = START.clone();
        int fills = 0;
        for (int k = 1; k <= events; k++) {
            int i = rng.nextInt(contracts.size());
            price[i] = Math.max(2, Math.round(price[i] * (1 + 0.02 * rng.nextGaussian())));
            fills += event(ledger, rng, k, i, price[i]) ? 1 : 0;
            if (k % 50 == 0) {
                assertThat(ledger.audit())
                        .as("%s seed %d event %d", mode, seed, k)
                        .isEmpty();
            }
            for (int j = 0; j < contracts.size(); j++) {
                boolean noShort = contracts.get(j).instrument().kind() == Kind.SPOT;
                assertThat(noShort && ledger.lots(j) < 0).isFalse();
            }
            if (mode == AccountMode.CASH) {
                for (String currency : ledger.currencies()) {
                    assertThat(ledger.cash(currency).units()).isNotNegative();
                }
            }
        }
        assertThat(fills).as("the events must not all be refused").isGreaterThan(events / 10);
        assertThat(ledger.audit()).isEmpty();
    }

    private static boolean event(Ledger ledger, Rng rng, long k, int i, long price) {
        Contract contract = ledger.contracts().get(i);
        ledger.mark(i, price);
        if (ledger.liquidationDue(i)) {
            long fee = ledger.liquidationFeeUnits(i, price);
            ledger.liquidate(k, i, price, fee);
            assertThat(ledger.liquidationDue(i)).isFalse();
            return true;
        }
        switch (rng.nextInt(12)) {
            case 0 -> {
                if (contract.payoff() != Payoff.PAID) {
                    double rate = 0.001 * rng.nextGaussian();
                    long before = ledger.equity(contract.settlement()).units();
                    long paid = ledger.funding(k, i, rate, price);
                    assertThat(ledger.equity(contract.settlement()).units()).isEqualTo(before - paid);
                }
            }
            case 1 -> {
                long before = ledger.cash("USDT").units();
                if (before > 100 * E8) {
                    ledger.convert(k, "USDT", "USD", E8 * (1 + rng.nextInt(100)), 0.9995);
                }
            }
            case 2 -> {
                if (rng.nextInt(4) == 0) {
                    ledger.settle(k, i, price, 7);
                }
            }
            case 3 -> {
                if (rng.nextInt(4) == 0 && contract.option().isEmpty() && i != 2) {
                    long back = rng.nextInt(2);
                    ledger.redenominate(k, i, back == 0 ? 3 : 7, back == 0 ? 7 : 3);
                }
            }
            case 4 -> {
                if (ledger.lots(i) != 0 && ledger.unrealisedUnits(i) > 0) {
                    long lots = 1 + Math.abs(ledger.lots(i)) / 3;
                    ledger.deleverage(k, i, Math.min(lots, Math.abs(ledger.lots(i))), price);
                }
            }
            default -> {
                return fill(ledger, rng, k, i, price);
            }
        }
        return false;
    }

    private static boolean fill(Ledger ledger, Rng rng, long k, int i, long price) {
        long lots = LOT[i] * (1 + rng.nextInt(10)) + (LOT[i] > 1_000 ? rng.nextInt(1_000) : 0);
        long signed = rng.nextInt(2) == 0 ? lots : -lots;
        boolean foreign = rng.nextInt(3) == 0;
        long fee = rng.nextInt(20_000) - 2_000L;
        long paid = Math.max(1, price + rng.nextInt(3) - 1);
        int own = ledger.currency(ledger.contracts().get(i).settlement());
        int currency = foreign ? ledger.currency("BNB") : own;
        int rows = ledger.journal().size();
        if (!ledger.canOpen(i, signed, paid, currency == own ? fee : 0)) {
            assertThatThrownBy(() -> ledger.fill(k, i, signed, paid, price, fee, currency))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(ledger.contracts().get(i).id());
            assertThat(ledger.journal().size()).isEqualTo(rows);
            return false;
        }
        ledger.fill(k, i, signed, paid, price, fee, currency);
        return true;
    }
}
