package org.lama.backtest.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lama.backtest.ledger.Contracts.E8;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.market.Contract;
import org.lama.core.market.Instrument;
import org.lama.core.market.Instrument.Kind;
import org.lama.core.market.MarginTiers;
import org.lama.core.market.TradingRules;

/** Payoffs, currencies and the events of instruments. */
class LedgerContractsTest {
    private static final Contract ETH = Contracts.linear("ETH", MarginTiers.DEFAULT);
    private static final Contract BTC = Contracts.inverse("BTC", MarginTiers.DEFAULT);

    private static Ledger credit(Contract... contracts) {
        return Ledger.of(
                List.of(contracts),
                LedgerSettings.of(AccountMode.CREDIT)
                        .withCurrencies(List.of("BNB", "USD"))
                        .withReporting("USDT"));
    }

    @Test
    void inverseProfitIsRoundedOnceHalfToEven() {
        Rng rng = Seeds.rng(11, 0);
        int corrected = 0;
        for (int k = 0; k < 3_000; k++) {
            Ledger ledger = credit(BTC);
            long entry = 1_000_000L + rng.nextInt(1_000_000);
            long exit = 1_000_000L + rng.nextInt(1_000_000);
            long lots = 3L + rng.nextInt(50);
            long closed = 1L + rng.nextInt((int) lots - 1);
            ledger.fill(1, 0, lots, entry, entry, 0);
            long cost = ledger.costUnits(0);
            long cash = ledger.cashUnits(0);
            ledger.fill(2, 0, -closed, exit, exit, 0);
            // cost is carried in whole units; the profit of the lots closed is rounded once
            BigDecimal profit = BigDecimal.valueOf(-cost)
                    .multiply(BigDecimal.valueOf(closed))
                    .divide(BigDecimal.valueOf(lots), new MathContext(60))
                    .subtract(BigDecimal.valueOf(closed * 100 * 100)
                            .movePointRight(8)
                            .divide(BigDecimal.valueOf(exit), new MathContext(60)));
            assertThat(ledger.cashUnits(0) - cash)
                    .isEqualTo(profit.setScale(0, RoundingMode.HALF_EVEN).longValueExact());
            corrected += ledger.split("BTC").rounding() == 0 ? 0 : 1;
            assertThat(ledger.audit()).isEmpty();
        }
        // two roundings of their own would differ from one in a quarter of the cases
        assertThat(corrected).isBetween(500, 1_000);
    }

    @Test
    void inverseTripsHaveHarmonicPrices() {
        Ledger ledger = credit(BTC);
        ledger.fill(1, 0, 100, 2_000_000, 2_000_000, 0);
        ledger.fill(2, 0, 100, 4_000_000, 4_000_000, 0);
        assertThat(ledger.averagePrice(0)).isCloseTo(20_000 / 0.75, within(1e-6));
        assertThat(ledger.valueUnits(0)).isEqualTo(-E8);
        ledger.fill(3, 0, -200, 5_000_000, 5_000_000, 0);
        RoundTrip trip = ledger.roundTrips(List.of("BTC")).get(0);
        assertThat(trip.entryPrice()).isCloseTo(20_000 / 0.75, within(1e-6));
        assertThat(trip.exitPrice()).isCloseTo(50_000, within(1e-6));
        assertThat(trip.quantity()).isEqualTo(200);
        assertThat(trip.pnl()).isCloseTo(0.35, within(1e-12));
        assertThat(ledger.averagePrice(0)).isNaN();
        assertThatThrownBy(() -> ledger.fill(4, 0, 1, 0, 0, 0)).hasMessageContaining("must be > 0 ticks");
    }

    @Test
    void contractsHaveTheirSize() {
        Ledger ledger = credit(Contracts.small("SOL"));
        // 2,000 contracts of 0.001 at 30.0
        ledger.fill(1, 0, 2_000, 300, 300, 0);
        assertThat(ledger.valueUnits(0)).isEqualTo(60 * E8);
        assertThat(ledger.cashUnits(0))
                .as("nothing is paid for a contract on margin")
                .isZero();
        ledger.mark(0, 310);
        assertThat(ledger.equityUnits()).isEqualTo(2 * E8);
        assertThat(ledger.averagePrice(0)).isEqualTo(30);
        Contract odd = Contract.inversePerpetual(
                new Instrument("X", Kind.PERP, "A", "USD", 0, 12),
                0.3,
                TradingRules.NONE,
                MarginTiers.DEFAULT,
                java.time.Duration.ofHours(1));
        assertThatThrownBy(() -> credit(odd)).hasMessageContaining("contractSize of X.PERP.A-USD must fit");
    }

    @Test
    void aFeeIsTakenFromTheBalanceOfItsCurrency() {
        Ledger ledger = credit(ETH);
        int bnb = ledger.currency("BNB");
        ledger.deposit(0, Money.of(2, "BNB"));
        ledger.fill(1, 0, E8, 100 * E8, 100 * E8, E8 / 2, bnb);
        assertThat(ledger.cash("BNB").amount()).isEqualTo(1.5);
        assertThat(ledger.cash("USDT").units()).isZero();
        assertThat(ledger.split("BNB").fees()).isEqualTo(E8 / 2);
        ledger.fill(2, 0, -E8, 100 * E8, 100 * E8, 0);
        RoundTrip unknown = ledger.roundTrips(List.of("ETH")).get(0);
        assertThat(unknown.fees()).as("no conversion mark of BNB was given").isNaN();
        assertThat(unknown.pnl()).isNaN();
        assertThatThrownBy(ledger::equityUnits)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("cannot add BNB to USDT: no conversion mark of BNB, give one with rate(...)");
        ledger.rate("BNB", 600);
        assertThat(ledger.equityUnits()).isEqualTo(900 * E8);
        assertThat(ledger.feeUnits()).isEqualTo(300 * E8);
        ledger.fill(3, 0, E8, 100 * E8, 100 * E8, -E8 / 10, bnb);
        ledger.fill(4, 0, -E8, 110 * E8, 110 * E8, 0);
        assertThat(ledger.roundTrips(List.of("ETH")).get(1).pnl())
                .as("a rebate of 0.1 BNB")
                .isEqualTo(70);
        Ledger poor = Ledger.of(
                List.of(Contracts.spot("ETH", "USDT")),
                LedgerSettings.of(AccountMode.CASH).withCurrencies(List.of("BNB")));
        poor.deposit(0, Money.of(100, "USDT"));
        assertThatThrownBy(() -> poor.fill(1, 0, E8, E8, E8, 1, 1)).hasMessageContaining("BNB");
        assertThat(poor.journal().size()).isEqualTo(1);
    }

    @Test
    void aConversionKeepsEachCurrencysBooks() {
        Ledger ledger = credit(ETH);
        ledger.deposit(0, Money.of(1000, "USDT"));
        assertThat(ledger.convert(1, "USDT", "USD", 500 * E8, 0.999)).isEqualTo(49_950_000_000L);
        assertThat(ledger.cash("USDT").amount()).isEqualTo(500);
        assertThat(ledger.cash("USD").amount()).isEqualTo(499.5);
        assertThat(ledger.split("USD").exchanged()).isEqualTo(49_950_000_000L);
        assertThatThrownBy(ledger::equityUnits).hasMessageContaining("no conversion mark of USD");
        ledger.rate("USD", 1.002);
        assertThat(ledger.equityUnits()).isEqualTo(500 * E8 + 50_049_900_000L);
        assertThat(ledger.audit()).isEmpty();
        assertThatThrownBy(() -> ledger.convert(1, "USD", "USD", 1, 1)).hasMessageContaining("into itself");
        assertThatThrownBy(() -> ledger.convert(1, "USD", "USDT", 0, 1)).hasMessageContaining("units must be > 0");
        assertThatThrownBy(() -> ledger.rate("USDT", 1.1)).hasMessageContaining("reporting currency USDT is 1");
        assertThatThrownBy(() -> ledger.rate("USD", 1e-13)).hasMessageContaining("at least 1e-12");
        assertThatThrownBy(() -> ledger.rate("USD", Double.NaN)).hasMessageContaining("rate must be");
        Ledger cash = Ledger.of(
                List.of(Contracts.spot("ETH", "USDT")),
                LedgerSettings.of(AccountMode.CASH).withCurrencies(List.of("USD")));
        assertThatThrownBy(() -> cash.convert(1, "USDT", "USD", 1, 1)).hasMessageContaining("cash must stay >= 0");
    }

    @Test
    void costsAreReportedAtTheMarkOfTheirTime() {
        Ledger ledger = credit(ETH, BTC);
        ledger.deposit(0, Money.of(10_000, "USDT"));
        ledger.fill(1, 1, 100, 2_000_000, 2_000_000, E8 / 100);
        ledger.rate("BTC", 20_000);
        assertThat(ledger.feeUnits())
                .as("paid before the first mark, which it takes")
                .isEqualTo(200 * E8);
        double before = ledger.tradedNotional();
        ledger.fill(2, 1, 100, 2_000_000, 2_000_000, E8 / 100);
        ledger.funding(3, 1, 0.0001, 2_000_000);
        long funding = ledger.fundingUnits();
        long slipped = ledger.slippageUnits();
        double traded = ledger.tradedNotional();
        assertThat(traded).isCloseTo(2 * before, within(1e-9));
        ledger.rate("BTC", 25_000);
        assertThat(ledger.feeUnits()).as("what was paid stays what it was").isEqualTo(400 * E8);
        assertThat(ledger.fundingUnits()).isEqualTo(funding);
        assertThat(ledger.slippageUnits()).isEqualTo(slipped);
        assertThat(ledger.tradedUnits()).isEqualTo(Math.round(ledger.tradedNotional() * 1e8));
    }

    @Test
    void longsPayShortsWhenTheRateIsPositive() {
        Ledger ledger = credit(ETH, BTC);
        assertThat(ledger.funding(1, 0, 0.0001, 100 * E8)).isZero();
        ledger.fill(1, 0, 10 * E8, 100 * E8, 100 * E8, 0);
        assertThat(ledger.funding(2, 0, 0.0001, 110 * E8)).isEqualTo(11_000_000);
        assertThat(ledger.funding(3, 0, -0.0001, 100 * E8)).isEqualTo(-10_000_000);
        ledger.fill(4, 1, -100, 2_000_000, 2_000_000, 0);
        assertThat(ledger.funding(5, 1, 0.0001, 2_500_000)).isEqualTo(-4_000);
        assertThat(ledger.cash("BTC").units()).isEqualTo(4_000);
        assertThat(ledger.fundingUnits(0)).isEqualTo(1_000_000);
        ledger.rate("BTC", 20_000);
        assertThat(ledger.fundingUnits()).isEqualTo(1_000_000 - 80_000_000L);
        Ledger spot = credit(Contracts.spot("ETH", "USDT"));
        assertThatThrownBy(() -> spot.funding(1, 0, 0.1, 1)).hasMessage("X.SPOT.ETH-USDT pays no funding");
    }

    @Test
    void anOptionIsHeldToItsExpiry() {
        Contract call = Contracts.option("ETH", false, 2000);
        Ledger ledger = credit(call);
        ledger.deposit(0, Money.of(1000, "USDT"));
        ledger.fill(1, 0, 300, 500_000, 500_000, 0);
        assertThat(ledger.cashUnits(0)).isEqualTo(850 * E8);
        ledger.settle(2, 0, 1_205_000, E8);
        assertThat(ledger.equityUnits()).isEqualTo(121_050_000_000L);
        ledger.settle(3, 0, 0, 0);
        ledger.fill(4, 0, 100, 500_000, 500_000, 0);
        ledger.settle(5, 0, 0, 0);
        assertThat(ledger.realisedUnits(0)).isEqualTo((3 * 705L * E8 / 10) - 50 * E8);
        assertThatThrownBy(() -> ledger.settle(6, 0, -1, 0)).hasMessage("payoffTicks must be >= 0, got -1");
        assertThat(ledger.audit()).isEmpty();
    }

    @Test
    void newUnitsKeepTheValueAndRoundingIsNamed() {
        Ledger ledger = credit(Contracts.spot("LUNA", "USDT"), ETH);
        ledger.deposit(0, Money.of(1000, "USDT"));
        ledger.fill(1, 0, 7 * E8, 10 * E8, 10 * E8, 0);
        ledger.fill(1, 1, 7 * E8, 10 * E8, 10 * E8, 0);
        for (int i = 0; i < 2; i++) {
            ledger.redenominate(2, i, 1000, 1);
            assertThat(ledger.lots(i)).isEqualTo(7000 * E8);
            assertThat(ledger.markTicks(i)).isEqualTo(E8 / 100);
        }
        assertThat(ledger.equityUnits()).isEqualTo(1000 * E8);
        ledger.redenominate(3, 0, 1, 3);
        ledger.redenominate(3, 1, 1, 3);
        ProfitSplit split = ledger.split("USDT");
        // 2333.33333333 lots at 0.03 are worth 1e-10 less, which is not a unit
        assertThat(split.price()).isZero();
        assertThat(split.rounding()).isEqualTo(ledger.equityUnits() - 1000 * E8).isBetween(-1L, 1L);
        ledger.fill(4, 0, -ledger.lots(0), 6_000_000, 6_000_000, 0);
        RoundTrip trip = ledger.roundTrips(List.of("LUNA", "ETH")).get(0);
        assertThat(trip.entryPrice()).isCloseTo(0.03, within(1e-9));
        assertThat(trip.pnl()).isCloseTo(70, within(1e-6));
        ledger.redenominate(5, 1, 1, 1_000_000_000_000L);
        assertThat(ledger.lots(1)).as("less than a lot is closed at the mark").isZero();
        assertThat(ledger.audit()).isEmpty();
        assertThatThrownBy(() -> ledger.redenominate(6, 0, 0, 1)).hasMessageContaining("must be > 0");
    }

    @Test
    void aRenamedInstrumentGoesOn() {
        Ledger ledger = credit(Contracts.spot("LUNA", "USDT"));
        ledger.fill(1, 0, E8, E8, E8, 0);
        ledger.rename(0, Contracts.spot("LUNC", "USDT"));
        assertThat(ledger.contracts().get(0).id()).isEqualTo("X.SPOT.LUNC-USDT");
        assertThat(ledger.accountName(ledger.journal().debit(0))).isEqualTo("cost X.SPOT.LUNC-USDT");
        assertThat(ledger.lots(0)).isEqualTo(E8);
        assertThatThrownBy(() -> ledger.rename(0, ETH)).hasMessageContaining("must keep payoff");
    }

    @Test
    void aDeadMarketIsLeftWithAHaircutAgainstUs() {
        Ledger ledger = credit(ETH);
        ledger.mark(0, 101);
        assertThat(ledger.haircutTicks(0, 0.5)).isEqualTo(50);
        ledger.fill(1, 0, -E8, 101, 101, 0);
        assertThat(ledger.haircutTicks(0, 0.5)).isEqualTo(152);
        assertThat(ledger.haircutTicks(0, 0)).isEqualTo(101);
        assertThatThrownBy(() -> ledger.haircutTicks(0, 2)).hasMessageContaining("haircut");
    }

    @Test
    void settingsAreChecked() {
        assertThatThrownBy(() -> LedgerSettings.of(AccountMode.CROSS).withLeverage(0.5))
                .hasMessage("leverage must be in [1, 1000], got 0.5");
        assertThatThrownBy(() -> LedgerSettings.of(AccountMode.CROSS).withCapacity(-1))
                .hasMessageContaining("capacity");
        assertThat(Contracts.ledger(AccountMode.CROSS, 1, ETH, BTC).currencies())
                .containsExactly("USDT", "BTC");
    }
}
