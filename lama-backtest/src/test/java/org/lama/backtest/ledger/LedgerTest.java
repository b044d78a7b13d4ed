package org.lama.backtest.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lama.core.market.Instrument;
import org.lama.core.market.Instrument.Kind;
import org.lama.core.market.Side;

class LedgerTest {
    private static final long E8 = 100_000_000L;
    private static final Instrument BTC = Instrument.of("x", Kind.SPOT, "BTC", "USD");
    private static final Instrument PERP = Instrument.of("x", Kind.PERP, "BTC", "USD");

    private static Ledger spot() {
        Ledger ledger = Ledger.cashOnly(List.of(BTC), 0);
        ledger.deposit(0, Money.of(1000, "USD"));
        return ledger;
    }

    private static Ledger perp() {
        Ledger ledger = Ledger.onMargin(List.of(PERP), 0);
        ledger.deposit(0, Money.of(1000, "USD"));
        return ledger;
    }

    @Test
    void aRoundTripAtAFlatPriceLosesExactlyThirtyBasisPoints() {
        Ledger ledger = spot();
        // P = 100: bought at 100.05 with fee 0.10005, sold at 99.95 with fee 0.09995
        ledger.fill(1, 0, E8, 10_005 * E8 / 100, 100 * E8, 10_005_000);
        ledger.fill(2, 0, -E8, 9_995 * E8 / 100, 100 * E8, 9_995_000);
        assertThat(1000 * E8 - ledger.equityUnits()).isEqualTo(30_000_000L);
        assertThat(ledger.slippageUnits()).isEqualTo(10_000_000L);
        assertThat(ledger.feeUnits()).isEqualTo(20_000_000L);
        assertThat(ledger.tradedUnits()).isEqualTo(200 * E8);
        assertThat(ledger.audit()).isEmpty();
    }

    @Test
    void whatWasTradedMayOutgrowSixtyFourBitsOfMoney() {
        Ledger ledger = perp();
        ledger.deposit(1, Money.of(1e9, "USD"));
        // 20 billion there and back, six times: 240 billion, while 64 bits hold 92
        for (int i = 0; i < 6; i++) {
            ledger.fill(2, 0, 2_000_000 * E8, 10_000 * E8, 10_000 * E8, 0);
            ledger.fill(3, 0, -2_000_000 * E8, 10_000 * E8, 10_000 * E8, 0);
        }
        assertThat(ledger.tradedNotional()).isEqualTo(240e9);
        assertThatThrownBy(ledger::tradedUnits).isInstanceOf(ArithmeticException.class);
        assertThat(ledger.audit()).isEmpty();
    }

    @Test
    void realisedAndUnrealisedFollowAverageCost() {
        Ledger ledger = spot();
        ledger.fill(1, 0, 2 * E8, 10 * E8, 10 * E8, 0);
        ledger.fill(2, 0, 2 * E8, 20 * E8, 20 * E8, 0);
        ledger.mark(0, 30 * E8);
        assertThat(ledger.unrealisedUnits(0)).isEqualTo(60 * E8);
        ledger.fill(4, 0, -E8, 30 * E8, 30 * E8, 0);
        assertThat(ledger.realisedUnits(0)).isEqualTo(15 * E8);
        assertThat(ledger.unrealisedUnits(0)).isEqualTo(45 * E8);
        assertThat(ledger.valueUnits(0)).isEqualTo(90 * E8);
        assertThat(ledger.cashUnits(0)).isEqualTo(970 * E8);
        assertThat(ledger.equity("USD").amount()).isEqualTo(1060);
        assertThat(ledger.roundTrips(List.of("BTC"))).isEmpty();
    }

    @Test
    void aShortEarnsWhenThePriceFalls() {
        Ledger ledger = perp();
        ledger.fill(1, 0, -5 * E8, 100 * E8, 100 * E8, E8);
        ledger.mark(0, 90 * E8);
        assertThat(ledger.equityUnits()).isEqualTo(1049 * E8);
        ledger.fill(3, 0, 5 * E8, 80 * E8, 80 * E8, E8);
        assertThat(ledger.equityUnits()).isEqualTo(1098 * E8);
        RoundTrip trip = ledger.roundTrips(List.of("BTC")).get(0);
        assertThat(trip.side()).isEqualTo(Side.SELL);
        assertThat(trip.entryPrice()).isEqualTo(100);
        assertThat(trip.exitPrice()).isEqualTo(80);
        assertThat(trip.pnl()).isEqualTo(98);
        assertThat(trip.fees()).isEqualTo(2);
    }

    @Test
    void aFillThroughZeroEndsOneTripAndBeginsAnother() {
        Ledger ledger = perp();
        ledger.fill(1, 0, 2 * E8, 100 * E8, 99 * E8, 4 * E8);
        ledger.fill(2, 0, -6 * E8, 110 * E8, 111 * E8, 6 * E8);
        assertThat(ledger.lots(0)).isEqualTo(-4 * E8);
        RoundTrip first = ledger.roundTrips(List.of("BTC")).get(0);
        assertThat(first.side()).isEqualTo(Side.BUY);
        assertThat(first.fees()).isEqualTo(6);
        assertThat(first.slippage()).isEqualTo(4);
        assertThat(first.pnl()).isEqualTo(14);
        ledger.fill(3, 0, 4 * E8, 105 * E8, 105 * E8, 0);
        RoundTrip second = ledger.roundTrips(List.of("BTC")).get(1);
        assertThat(second.side()).isEqualTo(Side.SELL);
        assertThat(second.entryNanos()).isEqualTo(2);
        assertThat(second.exitNanos()).isEqualTo(3);
        assertThat(second.pnl()).isEqualTo(16);
        assertThat(first.pnl() + second.pnl())
                .isCloseTo(ledger.equity("USD").amount() - 1000, within(1e-9)); // sums of exact multiples of 1e-8
        assertThat(ledger.audit()).isEmpty();
    }

    @Test
    void cashAndSpotPositionsStayAboveZeroAndNothingIsBookedOtherwise() {
        Ledger ledger = spot();
        assertThatThrownBy(() -> ledger.fill(1, 0, 11 * E8, 100 * E8, 100 * E8, 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cash must stay >= 0")
                .hasMessageContaining("X.SPOT.BTC-USD");
        assertThatThrownBy(() -> ledger.fill(1, 0, -1, 100 * E8, 100 * E8, 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("position of X.SPOT.BTC-USD must stay >= 0, but the fill would make it -1 lots");
        assertThatThrownBy(() -> ledger.deposit(1, Money.of(-1001, "USD"))).hasMessageContaining("cash must stay >= 0");
        assertThat(ledger.journal().size()).isEqualTo(1);
        assertThat(ledger.equityUnits()).isEqualTo(1000 * E8);
    }

    @Test
    void moneyOfTwoCurrenciesIsNeverAdded() {
        Instrument other = Instrument.of("x", Kind.SPOT, "ETH", "USDT");
        Ledger ledger = Ledger.cashOnly(List.of(BTC, other), 4);
        ledger.deposit(0, Money.of(10, "USD"));
        ledger.deposit(0, Money.of(20, "USDT"));
        assertThatThrownBy(ledger::equityUnits)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("cannot add USDT to USD: no conversion mark of USDT, give one with rate(...)");
        ledger.fill(1, 1, E8, 5 * E8, 5 * E8, 1000);
        assertThat(ledger.equity("USDT").units()).isEqualTo(20 * E8 - 1000);
        assertThat(ledger.equity("USD").amount()).isEqualTo(10);
        assertThat(ledger.cashUnits(1)).isEqualTo(15 * E8 - 1000);
        assertThatThrownBy(() -> ledger.deposit(0, Money.of(1, "EUR")))
                .hasMessage("currency 'EUR' is not in the ledger, which has [USD, USDT]");
    }

    @Test
    void amountsThatDoNotFitThrowInsteadOfWrapping() {
        Ledger ledger = perp();
        assertThatThrownBy(() -> ledger.fill(1, 0, Long.MAX_VALUE, Long.MAX_VALUE, 1, 0))
                .isInstanceOf(ArithmeticException.class);
        Ledger marked = perp();
        marked.fill(1, 0, 1_000_000 * E8, E8, E8, 0);
        assertThatThrownBy(() -> marked.mark(0, 1_000_000 * E8)).isInstanceOf(ArithmeticException.class);
        Ledger rich = perp();
        rich.deposit(1, new Money(Long.MAX_VALUE - 2000 * E8, "USD"));
        assertThatThrownBy(() -> rich.deposit(1, Money.of(2000, "USD"))).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void valuesOfTwoDecimalsAreExactToo() {
        Instrument cents = new Instrument("X", Kind.SPOT, "AAA", "USD", 2, 0);
        Ledger ledger = Ledger.cashOnly(List.of(cents), 0);
        ledger.deposit(0, Money.of(100, "USD"));
        ledger.fill(1, 0, 3, 1050, 1050, 0);
        ledger.mark(0, 1051);
        assertThat(ledger.equity("USD").amount()).isEqualTo(100.03);
    }

    @Test
    void aPositionMayBecomeWorthlessAndBeLeft() {
        Ledger ledger = spot();
        ledger.fill(1, 0, E8, 100 * E8, 100 * E8, 0);
        ledger.mark(0, 0);
        assertThat(ledger.equityUnits()).isEqualTo(900 * E8);
        ledger.fill(3, 0, E8, 50 * E8, 50 * E8, 0);
        assertThat(ledger.equityUnits()).isEqualTo(850 * E8);
        ledger.fill(4, 0, -2 * E8, 0, 0, 0);
        assertThat(ledger.realisedUnits(0)).isEqualTo(-150 * E8);
        assertThat(ledger.audit()).isEmpty();
    }

    @Test
    void feesAreChargedEvenWithoutProceedsAndRebatesArePaid() {
        Ledger ledger = spot();
        ledger.fill(1, 0, E8, 100 * E8, 100 * E8, -E8);
        assertThat(ledger.equityUnits()).isEqualTo(1001 * E8);
        assertThat(ledger.feeUnits()).isEqualTo(-E8);
    }

    @Test
    void nonsenseIsRefused() {
        Ledger ledger = spot();
        assertThatThrownBy(() -> ledger.fill(1, 0, 0, 1, 1, 0)).hasMessage("filledLots must not be 0");
        assertThatThrownBy(() -> ledger.fill(1, 0, 1, -1, 1, 0)).hasMessage("priceTicks must be >= 0, got -1");
        assertThatThrownBy(() -> ledger.mark(0, -1)).hasMessage("priceTicks must be >= 0, got -1");
        assertThatThrownBy(() -> Ledger.cashOnly(List.of(), 0)).hasMessage("instruments must not be empty");
        assertThatThrownBy(() -> Ledger.onMargin(List.of(), 0)).hasMessage("instruments must not be empty");
        assertThatThrownBy(() -> ledger.journal().units(99)).hasMessage("entry 99 of 1");
        assertThatThrownBy(() -> ledger.roundTrips(List.of())).hasMessageContaining("symbols must have 1 names");
        assertThatThrownBy(() -> new RoundTrip("a", Side.BUY, 2, 1, 1, 1, 1, 0, 0, 0, 0, 0, ""))
                .hasMessageContaining("exitNanos must be >= entryNanos");
    }

    @Test
    void eventsAllocateNothingOnceTheBooksAreLargeEnough() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Ledger ledger = Ledger.onMargin(List.of(PERP), 400_000);
        ledger.deposit(0, Money.of(1_000_000, "USD"));
        trade(ledger, 20_000);
        long id = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(id);
        trade(ledger, 20_000);
        long bytes = threads.getThreadAllocatedBytes(id) - before;
        // 40,000 events; the measurement itself may cost a few hundred bytes
        assertThat(bytes).isLessThan(4_000);
    }

    private static void trade(Ledger ledger, int rounds) {
        for (int i = 0; i < rounds; i++) {
            ledger.fill(i, 0, i % 2 == 0 ? E8 : -E8, (100 + i % 7) * E8, 100 * E8, 1000);
            ledger.mark(0, (100 + i % 5) * E8);
        }
    }
}
