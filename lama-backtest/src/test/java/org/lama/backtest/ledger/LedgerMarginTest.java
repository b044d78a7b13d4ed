package org.lama.backtest.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lama.backtest.ledger.Contracts.E8;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lama.core.market.Contract;
import org.lama.core.market.MarginTiers;

/** Margins and liquidations against figures worked out by hand; maintenance 0.5 %, liquidation fee 0.5 %. */
class LedgerMarginTest {
    private static final Contract ETH = Contracts.linear("ETH", MarginTiers.DEFAULT);
    private static final Contract SOL = Contracts.linear("SOL", MarginTiers.DEFAULT);
    private static final Contract BTC = Contracts.inverse("BTC", MarginTiers.DEFAULT);

    private static Ledger ledger(AccountMode mode, double leverage, double cash, Contract... contracts) {
        Ledger ledger = Contracts.ledger(mode, leverage, contracts);
        ledger.deposit(0, Money.of(cash, contracts[0].settlement()));
        return ledger;
    }

    @Test
    void anIsolatedLongIsLiquidatedWhereItsMarginIsTheMaintenanceMargin() {
        Ledger ledger = ledger(AccountMode.ISOLATED, 10, 1000, ETH);
        ledger.fill(1, 0, E8, 100 * E8, 100 * E8, 0);
        assertThat(ledger.marginUnits(0)).isEqualTo(10 * E8);
        assertThat(ledger.cashUnits(0)).isEqualTo(990 * E8);
        // 10 + p − 100 = 0.005 p, so p = 90 / 0.995
        assertThat(ledger.liquidationPrice(0)).isCloseTo(90 / 0.995, within(1e-9));
        assertThat(ledger.bankruptcyPrice(0)).isCloseTo(90, within(1e-9));
        ledger.mark(0, 9_046 * E8 / 100);
        assertThat(ledger.liquidationDue(0)).isFalse();
        ledger.mark(0, 9_045 * E8 / 100);
        assertThat(ledger.maintenanceUnits(0)).isEqualTo(45_225_000);
        assertThat(ledger.liquidationDue(0)).isTrue();
    }

    @Test
    void anIsolatedShortIsLiquidatedAbove() {
        Ledger ledger = ledger(AccountMode.ISOLATED, 10, 1000, ETH);
        ledger.fill(1, 0, -E8, 100 * E8, 100 * E8, 0);
        // 10 + 100 − p = 0.005 p
        assertThat(ledger.liquidationPrice(0)).isCloseTo(110 / 1.005, within(1e-9));
        assertThat(ledger.bankruptcyPrice(0)).isCloseTo(110, within(1e-9));
        ledger.mark(0, 10_945 * E8 / 100);
        assertThat(ledger.liquidationDue(0)).isFalse();
        ledger.mark(0, 10_946 * E8 / 100);
        assertThat(ledger.liquidationDue(0)).isTrue();
    }

    @Test
    void inverseContractsAreLiquidatedInBaseCurrency() {
        // 100 contracts of 100 USD at 20,000 are 0.5 BTC; a tenth of it is set aside
        Ledger longs = ledger(AccountMode.ISOLATED, 10, 1, BTC);
        longs.fill(1, 0, 100, 2_000_000, 2_000_000, 0);
        assertThat(longs.marginUnits(0)).isEqualTo(E8 / 20);
        // 0.05 + 0.5 − 10,000 / p = 0.005 · 10,000 / p
        assertThat(longs.liquidationPrice(0)).isCloseTo(10_050 / 0.55, within(1e-6));
        assertThat(longs.bankruptcyPrice(0)).isCloseTo(10_000 / 0.55, within(1e-6));
        longs.mark(0, 1_827_300);
        assertThat(longs.liquidationDue(0)).isFalse();
        longs.mark(0, 1_827_200);
        assertThat(longs.liquidationDue(0)).isTrue();
        Ledger shorts = ledger(AccountMode.ISOLATED, 10, 1, BTC);
        shorts.fill(1, 0, -100, 2_000_000, 2_000_000, 0);
        // 0.05 + 10,000 / p − 0.5 = 0.005 · 10,000 / p
        assertThat(shorts.liquidationPrice(0)).isCloseTo(9_950 / 0.45, within(1e-6));
        shorts.mark(0, 2_211_200);
        assertThat(shorts.liquidationDue(0)).isTrue();
    }

    @Test
    void tiersMoveTheLiquidationPrice() {
        MarginTiers tiers = MarginTiers.of(new double[] {0, 1_000}, new double[] {0.01, 0.02}, 20, 0);
        Ledger ledger = ledger(AccountMode.ISOLATED, 10, 1000, Contracts.linear("ETH", tiers));
        ledger.fill(1, 0, 100 * E8, 20 * E8, 20 * E8, 0);
        // 200 + N − 2000 = 0.02 N − 10
        assertThat(ledger.liquidationPrice(0)).isCloseTo(17.9 / 0.98, within(1e-9));
        Ledger lower = ledger(AccountMode.ISOLATED, 5, 1000, Contracts.linear("ETH", tiers));
        lower.fill(1, 0, 60 * E8, 20 * E8, 20 * E8, 0);
        // in the second tier N would be 969.4, which lies in the first: 240 + N − 1200 = 0.01 N
        assertThat(lower.liquidationPrice(0)).isCloseTo(16 / 0.99, within(1e-9));
    }

    @Test
    void anIsolatedPositionLosesItsMarginAndNoMore() {
        Ledger ledger = ledger(AccountMode.ISOLATED, 10, 1000, ETH);
        ledger.fill(1, 0, E8, 100 * E8, 100 * E8, 0);
        long fee = ledger.liquidationFeeUnits(0, 89 * E8);
        assertThat(fee).isEqualTo(44_500_000);
        assertThat(ledger.liquidate(2, 0, 89 * E8, fee)).isEqualTo(144_500_000);
        assertThat(ledger.equityUnits()).isEqualTo(990 * E8);
        assertThat(ledger.cashUnits(0)).isEqualTo(990 * E8);
        assertThat(ledger.split("USDT").insurance()).isEqualTo(144_500_000);
        RoundTrip trip = ledger.roundTrips(List.of("ETH")).get(0);
        assertThat(trip.pnl()).isEqualTo(-10);
        assertThat(trip.insurance()).isEqualTo(1.445);
        // price (89 − 100), fee, insurance: the figures of the row sum to its profit
        assertThat(trip.fees()).isEqualTo(0.445);
        assertThat(ledger.realisedUnits(0) - 44_500_000 + ledger.insuranceUnits(0))
                .isEqualTo(-10 * E8);
        assertThat(ledger.audit()).isEmpty();
        Ledger early = ledger(AccountMode.ISOLATED, 10, 1000, ETH);
        early.fill(1, 0, E8, 100 * E8, 100 * E8, 0);
        assertThat(early.liquidate(2, 0, 91 * E8, 45_500_000)).isZero();
        assertThat(early.equityUnits()).isEqualTo(1000 * E8 - 9 * E8 - 45_500_000);
        assertThatThrownBy(() -> early.liquidate(3, 0, 1, 0)).hasMessage("there is no position of X.PERP.ETH-USDT");
    }

    @Test
    void crossPositionsStandOnTheWholeAccount() {
        Ledger ledger = ledger(AccountMode.CROSS, 20, 100, ETH, SOL);
        ledger.fill(1, 0, 10 * E8, 100 * E8, 100 * E8, 0);
        // 100 + 10 p − 1000 = 0.005 · 10 p
        assertThat(ledger.liquidationPrice(0)).isCloseTo(90 / 0.995, within(1e-9));
        assertThat(ledger.freeUnits(0)).isEqualTo(50 * E8);
        ledger.fill(2, 1, -5 * E8, 100 * E8, 100 * E8, 0);
        // the other one takes 0.005 · 500 of maintenance
        assertThat(ledger.liquidationPrice(0)).isCloseTo((1000 - 100 + 2.5) / (10 * 0.995), within(1e-9));
        ledger.mark(0, 9_071 * E8 / 100);
        assertThat(ledger.accountLiquidationDue(0)).isFalse();
        ledger.mark(0, 9_070 * E8 / 100);
        assertThat(ledger.accountLiquidationDue(0)).isTrue();
        assertThat(ledger.liquidationDue(1)).isTrue();
        ledger.mark(1, 90 * E8);
        assertThat(ledger.liquidationDue(0)).as("a winner carries a loser").isFalse();
        assertThat(ledger.audit()).isEmpty();
    }

    @Test
    void theLastCrossPositionCannotLoseMoreThanTheAccount() {
        Ledger ledger = ledger(AccountMode.CROSS, 20, 100, ETH, SOL);
        ledger.fill(1, 0, 10 * E8, 100 * E8, 100 * E8, 0);
        ledger.fill(1, 1, E8, 100 * E8, 100 * E8, 0);
        ledger.mark(0, 80 * E8);
        assertThat(ledger.liquidate(2, 0, 80 * E8, E8))
                .as("another position is left")
                .isZero();
        assertThat(ledger.equityUnits()).isEqualTo(-101 * E8);
        assertThat(ledger.liquidate(3, 1, 99 * E8, 0)).isEqualTo(102 * E8);
        assertThat(ledger.equityUnits()).isZero();
        assertThat(ledger.audit()).isEmpty();
    }

    @Test
    void anOrderNeedsItsInitialMargin() {
        Ledger ledger = ledger(AccountMode.ISOLATED, 10, 100, ETH);
        assertThat(ledger.canOpen(0, 10 * E8, 100 * E8, 0)).isTrue();
        assertThat(ledger.canOpen(0, 10 * E8, 100 * E8, 1)).isFalse();
        assertThat(ledger.canOpen(0, -10 * E8 - 1, 100 * E8, 0)).isFalse();
        ledger.fill(1, 0, 10 * E8, 100 * E8, 100 * E8, 0);
        assertThat(ledger.freeUnits(0)).isZero();
        assertThatThrownBy(() -> ledger.fill(2, 0, E8, 100 * E8, 100 * E8, 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("margin of X.PERP.ETH-USDT does not suffice");
        // closing sets 100 free, which is enough for as much on the other side, and not for more
        assertThat(ledger.canOpen(0, -20 * E8, 100 * E8, 0)).isTrue();
        assertThat(ledger.canOpen(0, -21 * E8, 100 * E8, 0)).isFalse();
        assertThat(ledger.canOpen(0, -E8, 100 * E8, E8)).isTrue();
        Ledger cross = ledger(AccountMode.CROSS, 10, 100, ETH, SOL);
        assertThat(cross.canOpen(0, 10 * E8, 100 * E8, 0)).isTrue();
        assertThat(cross.canOpen(0, 10 * E8 + 1, 100 * E8, 0)).isFalse();
        cross.fill(1, 0, 5 * E8, 100 * E8, 100 * E8, 0);
        assertThat(cross.canOpen(1, 5 * E8, 100 * E8, 0)).isTrue();
        assertThat(cross.canOpen(1, 6 * E8, 100 * E8, 0)).isFalse();
    }

    @Test
    void marginIsReleasedWithTheLotsAndMayBeMoved() {
        Ledger ledger = ledger(AccountMode.ISOLATED, 4, 1000, ETH);
        ledger.fill(1, 0, 8 * E8, 100 * E8, 100 * E8, 0);
        assertThat(ledger.marginUnits(0)).isEqualTo(200 * E8);
        ledger.fill(2, 0, -2 * E8, 110 * E8, 110 * E8, 0);
        assertThat(ledger.marginUnits(0)).isEqualTo(150 * E8);
        assertThat(ledger.cashUnits(0)).isEqualTo(870 * E8);
        double before = ledger.liquidationPrice(0);
        ledger.moveMargin(3, 0, 30 * E8);
        assertThat(ledger.liquidationPrice(0)).isCloseTo(before - 5 / 0.995, within(1e-9));
        assertThatThrownBy(() -> ledger.moveMargin(3, 0, 841 * E8)).hasMessageContaining("units must be in");
        assertThatThrownBy(() -> ledger.leverage(0, 5)).hasMessageContaining("open position");
        ledger.fill(4, 0, -6 * E8, 100 * E8, 100 * E8, 0);
        assertThat(ledger.marginUnits(0)).isZero();
        assertThat(ledger.cashUnits(0)).isEqualTo(1020 * E8);
        assertThatThrownBy(() -> ledger.leverage(0, 21)).hasMessage("leverage must be in [1, 20.0], got 21.0");
        ledger.leverage(0, 5);
        assertThat(ledger.audit()).isEmpty();
    }

    @Test
    void aWinnerIsDeleveragedAtTheBankruptcyPriceOfTheLoser() {
        Ledger ledger = ledger(AccountMode.ISOLATED, 10, 1000, ETH);
        ledger.fill(1, 0, -4 * E8, 100 * E8, 100 * E8, 0);
        ledger.mark(0, 101 * E8);
        assertThatThrownBy(() -> ledger.deleverage(2, 0, E8, 90 * E8)).hasMessageContaining("only a winning position");
        ledger.mark(0, 88 * E8);
        ledger.deleverage(2, 0, E8, 90 * E8);
        assertThat(ledger.lots(0)).isEqualTo(-3 * E8);
        assertThat(ledger.realisedUnits(0)).isEqualTo(10 * E8);
        assertThatThrownBy(() -> ledger.deleverage(2, 0, 4 * E8, 90 * E8)).hasMessageContaining("closedLots must be");
    }

    @Test
    void aShortOptionStandsOnItsStrike() {
        Contract call = Contracts.option("ETH", false, 2000);
        Ledger ledger = ledger(AccountMode.CROSS, 10, 1000, call);
        // 5 calls at 100: 10,000 of strike, initial 1000, maintenance 50; the premium of 500 comes in and is owed
        assertThat(ledger.canOpen(0, -500, 1_000_000, 0)).isTrue();
        assertThat(ledger.canOpen(0, -500, 1_000_000, 1)).isFalse();
        ledger.fill(1, 0, -500, 1_000_000, 1_000_000, 0);
        assertThat(ledger.cashUnits(0)).isEqualTo(1500 * E8);
        assertThat(ledger.equityUnits()).isEqualTo(1000 * E8);
        assertThat(ledger.maintenanceUnits(0)).isEqualTo(50 * E8);
        ledger.mark(0, 2_899_000);
        assertThat(ledger.liquidationDue(0)).isFalse();
        ledger.mark(0, 2_900_000);
        assertThat(ledger.liquidationDue(0)).isTrue();
        Ledger paid = ledger(AccountMode.CASH, 1, 1000, call);
        assertThat(paid.canOpen(0, -1, 1_000_000, 0)).isFalse();
        assertThat(paid.canOpen(0, 1000, 1_000_000, 0)).isTrue();
    }

    @Test
    void fundingEatsTheMarginOfAPosition() {
        Ledger ledger = ledger(AccountMode.ISOLATED, 10, 1000, ETH);
        ledger.fill(1, 0, E8, 100 * E8, 100 * E8, 0);
        assertThat(ledger.funding(2, 0, 0.01, 100 * E8)).isEqualTo(E8);
        assertThat(ledger.marginUnits(0)).isEqualTo(9 * E8);
        assertThat(ledger.cashUnits(0)).isEqualTo(990 * E8);
        assertThat(ledger.liquidationPrice(0)).isCloseTo(91 / 0.995, within(1e-9));
        ledger.fill(3, 0, -E8, 100 * E8, 100 * E8, 0);
        assertThat(ledger.cashUnits(0)).isEqualTo(999 * E8);
        RoundTrip trip = ledger.roundTrips(List.of("ETH")).get(0);
        assertThat(trip.funding()).isEqualTo(1);
        assertThat(trip.pnl()).isEqualTo(-1);
    }

    @Test
    void whatStandsOnNothingIsRefused() {
        assertThatThrownBy(() -> Contracts.ledger(AccountMode.CASH, 1, ETH))
                .hasMessage("X.PERP.ETH-USDT is traded on margin, which an account of mode CASH does not have");
        Ledger credit = Contracts.ledger(AccountMode.CREDIT, 1, ETH);
        credit.fill(1, 0, E8, 100 * E8, 100 * E8, 0);
        assertThat(credit.liquidationDue(0)).isFalse();
        assertThat(credit.liquidationPrice(0)).isNaN();
        assertThat(credit.bankruptcyPrice(0)).isNaN();
        assertThatThrownBy(() -> credit.moveMargin(1, 0, 1)).hasMessageContaining("has no margin of its own");
        Ledger rich = ledger(AccountMode.CROSS, 1, 1000, ETH);
        rich.fill(1, 0, E8, 100 * E8, 100 * E8, 0);
        assertThat(rich.liquidationPrice(0)).as("the account can lose it all").isNaN();
    }
}
