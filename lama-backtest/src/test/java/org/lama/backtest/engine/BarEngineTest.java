package org.lama.backtest.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lama.backtest.cost.FlatCost;
import org.lama.backtest.execution.OrderSizing;
import org.lama.backtest.ledger.RoundTrip;
import org.lama.backtest.order.Fill;
import org.lama.backtest.order.OrderEvent;
import org.lama.backtest.order.OrderEvent.Reason;
import org.lama.backtest.risk.RiskLimits;
import org.lama.backtest.strategy.Context;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.data.MarketData;
import org.lama.core.market.Columns;
import org.lama.core.market.Instrument;
import org.lama.core.market.Instrument.Kind;
import org.lama.core.market.Side;
import org.lama.core.series.Frame;

class BarEngineTest {
    private static final EngineSettings FREE =
            EngineSettings.DEFAULT.toBuilder().cost(FlatCost.NONE).cash(1000).build();

    /** Sets given weights of symbol 0 at given bars; NaN sets none. */
    private static Strategy script(double... weights) {
        int[] bar = {0};
        return context -> {
            int now = bar[0]++;
            if (now < weights.length && !Double.isNaN(weights[now])) {
                context.target(0, weights[now]);
            }
        };
    }

    private static double[] flat(int n, double price) {
        double[] all = new double[n];
        java.util.Arrays.fill(all, price);
        return all;
    }

    @Test
    void aDecisionFillsAtTheNextOpenAndNotBefore() {
        MarketData data = Markets.of(Markets.frame("A", new double[] {10, 11, 12}, new double[] {10.5, 11.5, 12.5}));
        BacktestResult result = BarEngine.run(data, script(0.5), FREE);
        Fill fill = result.fills().get(0);
        assertThat(fill.tsNanos()).isEqualTo(Markets.DAY);
        assertThat(fill.priceTicks()).isEqualTo(1_100_000_000L);
        assertThat(fill.side()).isEqualTo(Side.BUY);
        assertThat(result.times().at(0)).isEqualTo(Markets.DAY);
        double quantity = fill.lots() * 1e-8;
        assertThat(quantity).isCloseTo(500 / 10.5, within(1e-8)); // one lot
        assertThat(result.equity()[2]).isCloseTo(1000 + quantity * 1.5, within(1e-7)); // one money unit per product
        assertThat(result.exposure()[0]).isZero();
        assertThat(result.unrealisedPnl()[0]).isCloseTo(quantity * 1.5, within(1e-7)); // as above
        assertThat(result.cash()[2]).isCloseTo(1000 - quantity * 11, within(1e-7)); // as above
    }

    @Test
    void aRoundTripAtAFlatPriceCostsThirtyBasisPointsOfItsNotional() {
        MarketData data = Markets.of(Markets.frame("A", flat(5, 100), flat(5, 100)));
        BacktestResult result = BarEngine.run(
                data,
                script(0.5, Double.NaN, 0),
                EngineSettings.DEFAULT.toBuilder().cash(1000).build());
        assertThat(result.endEquityUnits()).isEqualTo(1000 * 100_000_000L - 150_000_000L);
        RoundTrip trip = result.roundTrips().get(0);
        assertThat(trip.quantity()).isEqualTo(5);
        assertThat(trip.pnl()).isEqualTo(-1.5);
        assertThat(trip.slippage()).isEqualTo(0.5);
        assertThat(result.totalFees()).isEqualTo(1.0);
        assertThat(result.slippageCost()).isEqualTo(0.5);
        assertThat(result.tradedNotional()).isEqualTo(1000);
        assertThat(result.turnover()).isCloseTo(1.0, within(2e-3)); // mean equity is a little below 1000
        assertThat(result.realisedPnl()[0]).isEqualTo(-0.5);
        assertThat(result.audit()).isEmpty();
    }

    @Test
    void allCashIsSpentFeeIncludedWhenOrdersAreSizedAtTheFill() {
        MarketData data = Markets.of(Markets.frame("A", flat(3, 7), flat(3, 7)));
        BacktestResult result = BarEngine.run(
                data,
                script(1),
                EngineSettings.DEFAULT.toBuilder()
                        .cash(1000)
                        .orderSizing(OrderSizing.AT_FILL)
                        .build());
        assertThat(result.fills().get(0).lots() * 1e-8).isCloseTo(1000 / (7.0035 * 1.001), within(1.5e-8)); // one lot
        assertThat(result.cash()[2]).isBetween(0.0, 1e-7);
    }

    @Test
    void atTheFillSmallerWeightsAndSalesFollowTheFillPrice() {
        MarketData data = Markets.of(Markets.frame("A", new double[] {10, 20, 20, 20}, flat(4, 20)));
        BacktestResult result = BarEngine.run(
                data,
                script(0.5, 0.25, 0.25),
                FREE.toBuilder().orderSizing(OrderSizing.AT_FILL).build());
        assertThat(result.fills()).extracting(Fill::signedLots).containsExactly(2_500_000_000L, -1_250_000_000L);
    }

    @Test
    void gapsCannotBeTradedAndKeepTheirLastMark() {
        double nan = Double.NaN;
        MarketData data = Markets.of(
                Markets.frame("A", new double[] {10, 10, nan, nan, 14, 14}, new double[] {10, 12, nan, nan, 14, 14}));
        List<Boolean> tradable = new ArrayList<>();
        Strategy script = script(0.5, 0);
        BacktestResult result = BarEngine.run(
                data,
                context -> {
                    tradable.add(context.isTradable(0));
                    script.onBar(context);
                },
                FREE);
        assertThat(tradable).containsExactly(true, true, false, false, true, true);
        assertThat(result.equity()).containsExactly(1000, 1100, 1100, 1100, 1200, 1200);
        assertThat(result.fills().get(1).tsNanos()).isEqualTo(4 * Markets.DAY);
    }

    @Test
    void salesComeBeforePurchasesAndPurchasesInTheOrderOfSymbols() {
        double[] ten = flat(6, 10);
        MarketData data =
                Markets.of(Markets.frame("A", ten, ten), Markets.frame("B", ten, ten), Markets.frame("C", ten, ten));
        int[] bar = {0};
        BacktestResult result = BarEngine.run(
                data,
                context -> {
                    bar[0]++;
                    if (bar[0] == 1) {
                        context.target(2, 1);
                    } else if (bar[0] == 3) {
                        context.target(0, 0.6);
                        context.target(1, 0.4);
                        context.target(2, 0);
                    }
                },
                EngineSettings.DEFAULT.toBuilder().cash(1000).build());
        assertThat(result.fills()).extracting(Fill::symbol).containsExactly(2, 2, 0, 1);
        assertThat(result.cash()[5]).isBetween(0.0, 5.0);
        assertThat(result.ledger().lots(1)).isLessThan(4_000_000_000L);
    }

    @Test
    void anOrderWithoutCashIsReported() {
        double[] ten = flat(5, 10);
        MarketData data = Markets.of(Markets.frame("A", ten, ten), Markets.frame("B", ten, ten));
        EngineSettings loose = EngineSettings.DEFAULT.toBuilder()
                .cash(1000)
                .orderSizing(OrderSizing.AT_FILL)
                .limits(new RiskLimits(2, 1, 1))
                .build();
        int[] bar = {0};
        BacktestResult result = BarEngine.run(
                data,
                context -> {
                    if (bar[0]++ == 0) {
                        context.target(0, 1);
                        context.target(1, 1);
                    }
                },
                loose);
        assertThat(result.fillCount()).isEqualTo(1);
        assertThat(((OrderEvent.Rejected) result.exceptions().get(0)).reason()).isEqualTo(Reason.NO_CASH);
    }

    @Test
    void spotIgnoresShortTargetsAndPerpetualsTakeThem() {
        double[] open = {10, 10, 10, 8, 8};
        MarketData data = Markets.of(Markets.frame("A", open, open));
        assertThat(BarEngine.run(data, script(-0.5), FREE).fillCount()).isZero();
        BacktestResult perp = BarEngine.run(
                data,
                script(-0.5, Double.NaN, Double.NaN, 0),
                FREE.toBuilder().kind(Kind.PERP).build());
        assertThat(perp.equity()[4]).isEqualTo(1100);
        assertThat(perp.netExposure()[1]).isEqualTo(-0.5);
        assertThat(perp.exposure()[1]).isEqualTo(0.5);
        assertThat(perp.roundTrips().get(0).side()).isEqualTo(Side.SELL);
    }

    @Test
    void aRunWithoutEquityIsClosedOutAndNotAskedAgain() {
        double[] open = {10, 10, 35, 40, 40, 40};
        MarketData data = Markets.of(Markets.frame("A", open, open));
        int[] calls = {0};
        BacktestResult result = BarEngine.run(
                data,
                context -> {
                    calls[0]++;
                    context.target(0, -1);
                },
                FREE.toBuilder().kind(Kind.PERP).build());
        assertThat(calls[0]).isEqualTo(2);
        assertThat(result.equity()[5]).isEqualTo(-2000);
        assertThat(result.exposure()[5]).isZero();
        assertThat(result.ledger().lots(0)).isZero();
    }

    @Test
    void aSymbolThatFallsSilentIsSoldAtItsLastPriceLessTheHaircut() {
        MarketData data =
                Markets.of(Markets.frame("A", flat(3, 10), flat(3, 10)), Markets.frame("B", flat(20, 1), flat(20, 1)));
        BacktestResult result = BarEngine.run(
                data,
                script(0.5),
                FREE.toBuilder().delisting(0.5, Duration.ofDays(5)).build());
        assertThat(result.equity()[6]).isEqualTo(1000);
        assertThat(result.equity()[7]).isEqualTo(750);
        OrderEvent.Forced forced = (OrderEvent.Forced) result.exceptions().get(0);
        assertThat(forced.reason()).isEqualTo(Reason.DELISTED);
        assertThat(forced.fill().priceTicks()).isEqualTo(500_000_000);
        assertThat(forced.fill().orderId()).isZero();
        assertThat(result.roundTrips().get(0).exitPrice()).isEqualTo(5);
        BacktestResult free = BarEngine.run(
                data,
                script(0.5),
                FREE.toBuilder().delisting(0, Duration.ofDays(5)).build());
        assertThat(free.equity()[19]).isEqualTo(1000);
        BacktestResult total = BarEngine.run(
                data,
                script(0.5),
                FREE.toBuilder().delisting(1, Duration.ofDays(5)).build());
        assertThat(total.equity()[19]).isEqualTo(500);
    }

    @Test
    void aShortThatFallsSilentPaysTheHaircutToo() {
        MarketData data =
                Markets.of(Markets.frame("A", flat(3, 10), flat(3, 10)), Markets.frame("B", flat(20, 1), flat(20, 1)));
        BacktestResult result = BarEngine.run(
                data,
                script(-0.5),
                FREE.toBuilder()
                        .kind(Kind.PERP)
                        .delisting(0.5, Duration.ofDays(5))
                        .build());
        assertThat(result.equity()[19]).isEqualTo(750);
    }

    @Test
    void aNewSegmentIsANewInstrument() {
        double[] price = {10, 10, 10, 1000, 1000, 1000};
        Frame frame =
                Markets.frame("A", price, price).with(BarEngine.SEGMENT, new double[] {0, 0, Double.NaN, 1, 1, 1});
        List<Integer> rows = new ArrayList<>();
        Strategy script = script(0.5, Double.NaN, 0.6, Double.NaN, 0.5);
        BacktestResult result = BarEngine.run(
                Markets.of(frame),
                context -> {
                    rows.add(context.past(0).size());
                    script.onBar(context);
                },
                FREE);
        assertThat(rows).containsExactly(1, 2, 3, 1, 2, 3);
        // half of the 500 is lost; the pending order of bar 2 ends; the later order is sized at the new price
        assertThat(result.equity()).containsExactly(1000, 1000, 1000, 750, 750, 750);
        assertThat(result.exceptions())
                .extracting(e -> e instanceof OrderEvent.Rejected)
                .containsExactly(true, false);
        assertThat(result.fills().get(2).priceTicks()).isEqualTo(100_000_000_000L);
        assertThat(result.fills().get(2).lots()).isEqualTo(37_500_000);
        assertThat(result.fills().get(1).tsNanos()).isEqualTo(3 * Markets.DAY);
    }

    @Test
    void severalSegmentsEachStartAnew() {
        double[] price = {1, 2, 3, 4, 5, 6};
        Frame frame = Markets.frame("A", price, price).with(BarEngine.SEGMENT, new double[] {0, 1, 1, 2, 2, 0});
        List<Double> firsts = new ArrayList<>();
        BarEngine.run(
                Markets.of(frame),
                c -> firsts.add(c.past(0).column(Columns.CLOSE).get(0)),
                FREE);
        assertThat(firsts).containsExactly(1.0, 2.0, 2.0, 4.0, 4.0, 6.0);
    }

    @Test
    void symbolsThatStartLaterAreEmptyBeforeAndCannotBeOrdered() {
        MarketData data =
                Markets.of(Markets.frame("A", 3, flat(3, 10), flat(3, 10)), Markets.frame("B", flat(6, 1), flat(6, 1)));
        List<Integer> rows = new ArrayList<>();
        BacktestResult result = BarEngine.run(
                data,
                context -> {
                    rows.add(context.past(0).size());
                    context.target(0, 0.5);
                },
                FREE);
        assertThat(rows).containsExactly(0, 0, 0, 1, 2, 3);
        assertThat(result.exceptions()).hasSize(3);
        assertThat(result.fills().get(0).tsNanos()).isEqualTo(4 * Markets.DAY);
    }

    @Test
    void shiftedGridsNeverFillBeforeTheDecision() {
        Frame a = Markets.frame("A", flat(4, 10), flat(4, 10));
        Frame half = Frame.of(
                        "B",
                        org.lama.core.series.TimeIndex.regular(Markets.DAY / 2, Markets.DAY, 4),
                        Markets.DAY,
                        a.provenance())
                .with(Columns.OPEN, flat(4, 10))
                .with(Columns.CLOSE, flat(4, 10));
        List<Long> decisions = new ArrayList<>();
        BacktestResult result = BarEngine.run(
                Markets.of(a, half),
                context -> {
                    if (context.past(1).size() == 1) {
                        decisions.add(context.timeNanos());
                        context.target(1, 0.5);
                    }
                },
                FREE);
        assertThat(result.fills().get(0).tsNanos()).isGreaterThanOrEqualTo(decisions.get(0));
    }

    @Test
    void aPositionIsCappedByTheVolumeOfADay() {
        Frame frame = Markets.frame("A", flat(4, 10), flat(4, 10)).with(Columns.VOLUME, flat(4, 100));
        BacktestResult result = BarEngine.run(Markets.of(frame), script(1), FREE);
        assertThat(result.fills().get(0).lots()).isEqualTo(100_000_000L);
        Frame unknown = frame.with(Columns.VOLUME, flat(4, Double.NaN));
        assertThat(BarEngine.run(Markets.of(unknown), script(1), FREE)
                        .fills()
                        .get(0)
                        .lots())
                .isEqualTo(10_000_000_000L);
    }

    @Test
    void awkwardPricesDoNotBreakARun() {
        double[] price = {1e-9, 1e-9, 1e300, Double.POSITIVE_INFINITY, -1, 0, 1e-300, 2e-9};
        BacktestResult result = BarEngine.run(Markets.of(Markets.frame("??", price, price)), script(0.5), FREE);
        assertThat(result.equity()[7]).isEqualTo(1500);
        BacktestResult empty =
                BarEngine.run(Markets.of(Markets.frame("A", new double[0], new double[0])), script(1), FREE);
        assertThat(empty.equity()).isEmpty();
        assertThat(empty.endEquityUnits()).isEqualTo(1000 * 100_000_000L);
        BacktestResult gaps = BarEngine.run(
                Markets.of(Markets.frame("A", flat(3, Double.NaN), flat(3, Double.NaN))), script(1), FREE);
        assertThat(((OrderEvent.Rejected) gaps.exceptions().get(0)).reason()).isEqualTo(Reason.NO_PRICE);
    }

    @Test
    void quantitiesThatDoNotFitEndTheOrder() {
        double[] price = {1e6, 1e-4, 1e-4};
        BacktestResult result = BarEngine.run(Markets.of(Markets.frame("A", price, price)), script(0, 1), FREE);
        assertThat(((OrderEvent.Rejected) result.exceptions().get(0)).reason()).isEqualTo(Reason.QUANTITY_TOO_LARGE);
    }

    @Test
    void explicitInstrumentsSetTickLotAndCurrency() {
        Instrument cents = new Instrument("X", Kind.SPOT, "A", "USDT", 2, 0);
        MarketData data = Markets.of(Markets.frame("A", flat(3, 9.999), flat(3, 9.999)));
        BacktestResult result = BarEngine.run(
                data,
                script(0.5),
                EngineSettings.DEFAULT.toBuilder()
                        .cash(1000)
                        .instruments(List.of(cents))
                        .build());
        assertThat(result.fills().get(0).lots()).isEqualTo(50);
        assertThat(result.fills().get(0).priceTicks()).isEqualTo(1001);
        assertThat(result.accountName(0)).isEqualTo("cash USDT");
        assertThatThrownBy(() -> BarEngine.run(
                        data,
                        script(1),
                        FREE.toBuilder().instruments(List.of(cents, cents)).build()))
                .hasMessage("contracts must be empty or one per symbol (1), got 2");
    }

    @Test
    void twoCurrenciesAreRefused() {
        MarketData data =
                Markets.of(Markets.frame("A", flat(3, 1), flat(3, 1)), Markets.frame("B", flat(3, 1), flat(3, 1)));
        EngineSettings mixed = FREE.toBuilder()
                .instruments(
                        List.of(Instrument.of("X", Kind.SPOT, "A", "USD"), Instrument.of("X", Kind.SPOT, "B", "USDT")))
                .build();
        assertThatThrownBy(() -> BarEngine.run(data, script(1), mixed))
                .hasMessage("cannot add USDT to USD: convert at an explicit rate first");
    }

    @Test
    void targetsMustBeNumbersOfKnownSymbols() {
        MarketData data = Markets.of(Markets.frame("A", flat(3, 1), flat(3, 1)));
        assertThatThrownBy(() -> BarEngine.run(data, script(Double.POSITIVE_INFINITY), FREE))
                .isInstanceOf(StrategyException.class)
                .hasMessage("strategy 'strategy' failed in onBar of bar 1 at 1970-01-02T00:00:00Z:"
                        + " weight must be finite, got Infinity")
                .hasRootCauseMessage("weight must be finite, got Infinity");
        assertThatThrownBy(() -> BarEngine.run(data, c -> c.target(1, 0), FREE))
                .hasMessageContaining("instrument 1 is not in the run");
    }

    @Test
    void theContextShowsThePresentAndNothingElse() {
        MarketData data = Markets.of(Markets.frame("A", new double[] {10, 10, 10}, new double[] {10, 20, 10}));
        List<Double> seen = new ArrayList<>();
        Strategy script = script(0.5);
        BarEngine.run(
                data,
                (Context c) -> {
                    seen.add(c.equity());
                    seen.add(c.weight(0));
                    assertThatThrownBy(() -> c.past(0)
                                    .column(Columns.CLOSE)
                                    .get(c.past(0).size()))
                            .isInstanceOf(IndexOutOfBoundsException.class);
                    script.onBar(c);
                },
                FREE);
        assertThat(seen).containsExactly(1000.0, 0.0, 1500.0, 2.0 / 3, 1000.0, 0.5);
    }

    @Test
    void settingsAreChecked() {
        EngineSettings base = EngineSettings.DEFAULT;
        assertThat(base.toBuilder().currency("EUR").build().currency()).isEqualTo("EUR");
        assertThatThrownBy(() -> base.toBuilder().cash(0).build()).hasMessageContaining("cash must be finite and > 0");
        assertThatThrownBy(() -> base.toBuilder().cash(1e10).build()).hasMessageContaining("cash must be <= 1e9");
        assertThatThrownBy(() -> base.toBuilder().kind(Kind.OPTION).build())
                .hasMessage("kind must be SPOT or PERP, got OPTION");
        assertThatThrownBy(
                        () -> base.toBuilder().delisting(2, Duration.ofDays(1)).build())
                .hasMessageContaining("delistingHaircut");
        assertThatThrownBy(() -> base.toBuilder().delisting(1, Duration.ZERO).build())
                .hasMessageContaining("delistingAfter");
    }
}
