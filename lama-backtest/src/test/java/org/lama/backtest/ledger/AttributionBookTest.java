package org.lama.backtest.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lama.backtest.ledger.Contracts.E8;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lama.core.market.Contract;
import org.lama.core.market.MarginTiers;

class AttributionBookTest {
    private static final Contract ETH = Contracts.linear("ETH", MarginTiers.DEFAULT);
    private static final int TREND = 0;
    private static final int REVERSION = 1;

    private final Ledger ledger = Contracts.ledger(AccountMode.CREDIT, 1, ETH);
    private final AttributionBook book = AttributionBook.of(ledger, List.of("trend", "reversion"));

    private void fill(int strategy, long ts, long lots, long price, long fee) {
        ledger.fill(ts, 0, lots * E8, price * E8, (price - 1) * E8, fee * E8);
        book.filled(ts, strategy, 0);
    }

    @Test
    void oppositePositionsKeepTheirOwnProfit() {
        fill(TREND, 1, 10, 100, 2);
        fill(REVERSION, 2, -4, 110, 1);
        assertThat(ledger.lots(0)).isEqualTo(6 * E8);
        assertThat(ledger.realisedUnits(0)).as("the account nets").isEqualTo(40 * E8);
        assertThat(book.realisedUnits(TREND, 0)).isZero();
        assertThat(book.realisedUnits(REVERSION, 0)).isZero();
        ledger.mark(0, 105 * E8);
        assertThat(book.unrealisedUnits(TREND, 0)).isEqualTo(50 * E8);
        assertThat(book.unrealisedUnits(REVERSION, 0)).isEqualTo(20 * E8);
        assertThat(book.split(TREND, "USDT").equity()).isEqualTo(48 * E8);
        assertThat(book.split(REVERSION, "USDT").equity()).isEqualTo(19 * E8);
        assertThat(book.split(TREND, "USDT").slippage()).isEqualTo(10 * E8);
        assertThat(book.tradedUnits(REVERSION, 0)).isEqualTo(440 * E8);
        assertThat(book.audit()).isEmpty();
        fill(REVERSION, 3, 4, 105, 0);
        RoundTrip trip = book.roundTrips(List.of("ETH")).get(0);
        assertThat(trip.strategy()).isEqualTo("reversion");
        assertThat(trip.pnl()).isEqualTo(19);
        assertThat(ledger.roundTrips(List.of("ETH"))).isEmpty();
    }

    @Test
    void fundingPassesBetweenStrategiesThatCancelOut() {
        fill(TREND, 1, 5, 100, 0);
        fill(REVERSION, 1, -5, 100, 0);
        assertThat(ledger.funding(2, 0, 0.01, 100 * E8)).isZero();
        book.funded(0, 0.01, 100 * E8);
        assertThat(book.fundingUnits(TREND, 0)).isEqualTo(5 * E8);
        assertThat(book.fundingUnits(REVERSION, 0)).isEqualTo(-5 * E8);
        ledger.settle(3, 0, 120 * E8, 0);
        book.closed(3, 0, 120 * E8);
        assertThat(book.lots(TREND, 0)).isZero();
        assertThat(book.realisedUnits(TREND, 0)).isEqualTo(100 * E8);
        assertThat(book.realisedUnits(REVERSION, 0)).isEqualTo(-100 * E8);
        assertThat(book.roundTrips(List.of("ETH"))).hasSize(2);
        assertThat(book.audit()).isEmpty();
    }

    @Test
    void aLiquidationIsSharedByLots() {
        Ledger margin = Contracts.ledger(AccountMode.ISOLATED, 10, ETH);
        margin.deposit(0, Money.of(1000, "USDT"));
        AttributionBook shared = AttributionBook.of(margin, List.of("a", "b", "c"));
        margin.fill(1, 0, 2 * E8, 100 * E8, 100 * E8, 0);
        shared.filled(1, 0, 0);
        margin.fill(1, 0, E8, 100 * E8, 100 * E8, 0);
        shared.filled(1, 2, 0);
        assertThat(margin.liquidate(2, 0, 88 * E8, 3 * E8)).isEqualTo(9 * E8);
        shared.closed(2, 0, 88 * E8);
        assertThat(shared.split(0, "USDT").equity()).isEqualTo(-20 * E8);
        assertThat(shared.split(1, "USDT").equity()).isZero();
        assertThat(shared.split(2, "USDT").equity()).isEqualTo(-10 * E8);
        assertThat(shared.split(0, "USDT").fees()).isEqualTo(2 * E8);
        assertThat(shared.split(0, "USDT").insurance()).isEqualTo(6 * E8);
        assertThat(shared.roundTrips(List.of("ETH")).get(0).pnl()).isEqualTo(-20);
        assertThat(shared.audit()).isEmpty();
    }

    @Test
    void aFillThroughZeroEndsOneTripOfItsStrategy() {
        fill(TREND, 1, 2, 100, 1);
        fill(TREND, 2, -6, 110, 3);
        assertThat(book.lots(TREND, 0)).isEqualTo(-4 * E8);
        RoundTrip trip = book.roundTrips(List.of("ETH")).get(0);
        assertThat(trip.fees()).isEqualTo(2);
        assertThat(trip.pnl()).isEqualTo(18);
        assertThat(book.audit()).isEmpty();
    }

    @Test
    void nonsenseIsRefused() {
        assertThatThrownBy(() -> AttributionBook.of(ledger, List.of())).hasMessage("strategies must not be empty");
        assertThatThrownBy(() -> AttributionBook.of(ledger, List.of("a", "a"))).hasMessageContaining("different names");
        assertThatThrownBy(() -> book.filled(1, 2, 0)).hasMessageContaining("strategy");
        fill(TREND, 1, 1, 100, 0);
        assertThatThrownBy(() -> AttributionBook.of(ledger, List.of("a")))
                .hasMessageContaining("before the first fill");
        assertThatThrownBy(() -> book.roundTrips(List.of())).hasMessageContaining("symbols must have 1 names");
        ledger.fill(2, 0, -E8, 50 * E8, 50 * E8, 0);
        assertThatThrownBy(() -> book.closed(2, 0, 51 * E8)).hasMessageContaining("the strategies gave up");
    }
}
