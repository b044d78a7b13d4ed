package org.lama.backtest.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lama.backtest.cost.FlatCost;
import org.lama.backtest.engine.EngineSettings.MarginMode;
import org.lama.backtest.order.OrderEvent;
import org.lama.backtest.order.OrderEvent.Reason;
import org.lama.backtest.order.OrderRequest;
import org.lama.backtest.risk.RiskLimits;
import org.lama.backtest.strategy.Context;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.data.MarketData;
import org.lama.core.market.Columns;
import org.lama.core.market.Contract;
import org.lama.core.market.Contract.Option;
import org.lama.core.market.Contract.Right;
import org.lama.core.market.Instrument;
import org.lama.core.market.Instrument.Kind;
import org.lama.core.market.MarginTiers;
import org.lama.core.market.Side;
import org.lama.core.market.TradingRules;
import org.lama.core.series.Frame;

class EngineMarketTest {
    private static final long UNIT = 100_000_000L;
    private static final long HOUR = Markets.DAY / 24;
    private static final EngineSettings FREE =
            EngineSettings.builder().cost(FlatCost.NONE).cash(1000).build();
    private static final Contract PERPETUAL = Contract.linearPerpetual(
            new Instrument("X", Kind.PERP, "A", "USD", 8, 8),
            TradingRules.NONE,
            MarginTiers.of(new double[] {0}, new double[] {0.05}, 20, 0.01),
            Duration.ofHours(8));

    private static Frame bars(String symbol, double... close) {
        double[] open = close.clone();
        System.arraycopy(close, 0, open, 1, close.length - 1);
        double[] high = new double[close.length];
        double[] low = new double[close.length];
        Arrays.setAll(high, i -> Math.max(open[i], close[i]));
        Arrays.setAll(low, i -> Math.min(open[i], close[i]));
        return Markets.frame(symbol, open, close).with(Columns.HIGH, high).with(Columns.LOW, low);
    }

    /** Asks for one weight at the first bar. */
    private static Strategy once(double weight) {
        boolean[] done = {false};
        return context -> {
            if (!done[0]) {
                done[0] = true;
                context.target(0, weight);
            }
        };
    }

    private static BacktestResult run(Market market, Strategy strategy, EngineSettings settings) {
        return BarEngine.run(market, StrategyBook.of(strategy), settings, EngineObserver.SILENT);
    }

    private static EngineSettings margin(MarginMode mode, double leverage) {
        return FREE.toBuilder()
                .contracts(List.of(PERPETUAL))
                .marginMode(mode)
                .leverage(leverage)
                .limits(new RiskLimits(20, 20, 1))
                .build();
    }

    @Test
    void fundingIsPaidByLongsAtItsOwnTimes() {
        MarketData data = Markets.of(bars("A", 10, 10, 10, 10));
        long[] times = new long[9];
        double[] rates = new double[9];
        for (int i = 0; i < 9; i++) {
            times[i] = Markets.DAY + i * 8L * HOUR;
            rates[i] = 0.001;
        }
        rates[4] = Double.NaN;
        Market market = Market.builder(data).funding("A", times, rates).build();
        BacktestResult result = run(market, once(0.5), margin(MarginMode.ISOLATED, 5));
        // the payment at the close that decided comes before the fill of the next open
        assertThat(result.funding()).hasSize(7);
        assertThat(result.fundingPaid()).isCloseTo(7 * 0.5, within(1e-8));
        assertThat(result.endEquityUnits()).isEqualTo(1000 * UNIT - 7 * UNIT / 2);
        assertThat(result.profit().funding()).isEqualTo(result.fundingPaid());
        assertThat(result.audit()).isEmpty();
        BacktestResult plain =
                run(market, once(-0.5), FREE.toBuilder().kind(Kind.PERP).build());
        assertThat(plain.fundingPaid()).isCloseTo(-3.5, within(1e-8));
    }

    @Test
    void fundingOfASpotMarketIsRefused() {
        Market market = Market.builder(Markets.of(bars("A", 10, 10)))
                .funding("A", new long[] {1}, new double[] {0.1})
                .build();
        EngineSettings spot = FREE.toBuilder()
                .instruments(List.of(Instrument.of("X", Kind.SPOT, "A", "USD")))
                .build();
        assertThatThrownBy(() -> run(market, once(0), spot)).hasMessageContaining("funding of A needs a contract");
    }

    @Test
    void aLeveragedPositionIsLiquidatedWhereItsMarginIsReached() {
        // bought 400 at 10 on margin 800 (leverage 5); maintenance 5 %: due at 10·(1 − 0.2)/(1 − 0.05) = 8.42
        MarketData data = Markets.of(bars("A", 10, 10, 9, 7, 12));
        BacktestResult result = run(Market.of(data), once(4), margin(MarginMode.ISOLATED, 5));
        OrderEvent.Forced forced = (OrderEvent.Forced) result.exceptions().get(0);
        assertThat(forced.reason()).isEqualTo(Reason.LIQUIDATED);
        assertThat(forced.fill().priceTicks() * 1e-8).isCloseTo(8 / 0.95, within(1e-6));
        assertThat(forced.tsNanos()).isEqualTo(4 * Markets.DAY);
        // what is left is cash without the margin, plus what the margin had left after loss and fee
        double loss = 400 * (10 - 8 / 0.95) + 0.01 * 400 * 8 / 0.95;
        assertThat(result.equity()[4]).isCloseTo(1000 - loss, within(1e-4)); // price in ticks times 400
        assertThat(result.exposure()[4]).isZero();
        assertThat(result.audit()).isEmpty();
    }

    @Test
    void thePositionThatAloneMovesACrossAccountIsLiquidatedWhereItsEquityMeetsTheMaintenance() {
        // bought 400 at 10 with 1000 of equity: 1000 + 400·(p − 10) = 0.05·400·p at 3000/380
        MarketData falling = Markets.of(bars("A", 10, 10, 9, 7, 12));
        EngineSettings cross = margin(MarginMode.CROSS, 5);
        OrderEvent.Forced forced = (OrderEvent.Forced)
                run(Market.of(falling), once(4), cross).exceptions().get(0);
        assertThat(forced.fill().priceTicks() * 1e-8).isCloseTo(3000.0 / 380, within(1e-7));
        assertThat(forced.tsNanos()).isEqualTo(4 * Markets.DAY);
        // sold short: 1000 + 400·(10 − p) = 20·p at 5000/420
        OrderEvent.Forced rising =
                (OrderEvent.Forced) run(Market.of(Markets.of(bars("A", 10, 10, 11, 13))), once(-4), cross)
                        .exceptions()
                        .get(0);
        assertThat(rising.fill().priceTicks() * 1e-8).isCloseTo(5000.0 / 420, within(1e-7));
        EngineSettings slipping = cross.toBuilder().cost(new FlatCost(0, 0.01)).build();
        BacktestResult slipped = run(Market.of(falling), once(3), slipping);
        OrderEvent.Forced worse = (OrderEvent.Forced) slipped.exceptions().get(0);
        // bought 300 at 10.1: 1000 + 300·(p − 10.1) = 15·p, and one percent below it is what is got
        assertThat(worse.fill().priceTicks() * 1e-8).isCloseTo(0.99 * 2030 / 285, within(1e-6));
        assertThat(slipped.audit()).isEmpty();
        // the bar opened beyond it: at the open
        MarketData gap = Markets.of(Markets.frame("A", new double[] {10, 10, 7.5, 7}, new double[] {10, 10, 7.2, 7})
                .with(Columns.HIGH, new double[] {10, 10, 8, 7})
                .with(Columns.LOW, new double[] {10, 10, 7, 7}));
        OrderEvent.Forced jumped = (OrderEvent.Forced)
                run(Market.of(gap), once(4), cross).exceptions().get(0);
        assertThat(jumped.fill().priceTicks()).isEqualTo(750_000_000);
    }

    @Test
    void severalPositionsOfACrossAccountAreLiquidatedAtTheirWorstPrices() {
        MarketData data = Markets.of(bars("A", 10, 10, 9, 7, 12), bars("B", 10, 10, 10, 9, 9));
        EngineSettings settings = margin(MarginMode.CROSS, 5).toBuilder()
                .contracts(List.of(PERPETUAL, PERPETUAL))
                .build();
        Strategy both = context -> {
            if (context.bars(0) == 1) {
                context.target(0, 3);
                context.target(1, 1);
            }
        };
        BacktestResult result = run(Market.of(data), both, settings);
        assertThat(((OrderEvent.Forced) result.exceptions().get(0)).fill().priceTicks())
                .isEqualTo(7 * UNIT);
        assertThat(result.exceptions()).hasSize(2);
        assertThat(result.audit()).isEmpty();
    }

    @Test
    void aGapThroughTheLiquidationPriceIsBorneByInsuranceBeyondTheMargin() {
        MarketData data = Markets.of(Markets.frame("A", new double[] {10, 10, 5, 5}, new double[] {10, 10, 5, 5}));
        BacktestResult result = run(Market.of(data), once(4), margin(MarginMode.ISOLATED, 5));
        assertThat(result.equity()[3]).isCloseTo(200, within(1e-6)); // the margin of 800 is gone, no more
        assertThat(result.profit().rest()).isGreaterThan(0);
        BacktestResult cross = run(Market.of(data), once(4), margin(MarginMode.CROSS, 5));
        assertThat(cross.equity()[3]).isCloseTo(0, within(1e-6)); // all that the account owned
    }

    @Test
    void unleveragedMarginLosesWhatSpotLoses() {
        MarketData data = Markets.of(bars("A", 10, 10, 7, 8, 11));
        BacktestResult perp = run(Market.of(data), once(0.9), margin(MarginMode.ISOLATED, 1));
        BacktestResult spot = run(Market.of(data), once(0.9), FREE);
        assertThat(perp.equity()).containsExactly(spot.equity());
        assertThat(perp.exposure()).containsExactly(spot.exposure());
    }

    @Test
    void anInversePerpetualPaysInBaseCurrency() {
        Contract inverse = Contract.inversePerpetual(
                new Instrument("X", Kind.PERP, "BTC", "USD", 2, 0),
                100,
                TradingRules.NONE,
                MarginTiers.DEFAULT,
                Duration.ofHours(8));
        MarketData data = Markets.of(bars("BTC", 50_000, 50_000, 62_500));
        EngineSettings settings = EngineSettings.builder()
                .cash(1)
                .currency("BTC")
                .cost(FlatCost.NONE)
                .contracts(List.of(inverse))
                .marginMode(MarginMode.ISOLATED)
                .build();
        BacktestResult result = run(Market.of(data), once(0.5), settings);
        // 250 contracts of 100 USD: 25,000 · (1/50,000 − 1/62,500) = 0.1 BTC
        assertThat(result.fills().get(0).lots()).isEqualTo(250);
        assertThat(result.endEquityUnits()).isEqualTo(UNIT + UNIT / 10);
        assertThat(result.currency()).isEqualTo("BTC");
    }

    @Test
    void aStrangleIsHeldToItsExpiry() {
        Instrument put = new Instrument("D", Kind.OPTION, "BTC", "USD", 8, 8);
        long expiry = 4 * Markets.DAY;
        Contract spot = Contract.spot(new Instrument("D", Kind.SPOT, "BTC", "USD", 8, 8), TradingRules.NONE);
        Contract call = Contract.option(put, TradingRules.NONE, new Option(Right.CALL, 110, expiry, "BTC", false));
        Contract down = Contract.option(put, TradingRules.NONE, new Option(Right.PUT, 90, expiry, "BTC", false));
        MarketData data = Markets.of(
                bars("BTC", 100, 100, 110, 130, 130, 130), bars("C", 5, 5, 9, 20, 20), bars("P", 4, 4, 2, 1, 1));
        Strategy buyer = new Strategy() {
            private boolean done;

            @Override
            public void onBar(Context context) {
                if (!done) {
                    done = true;
                    context.submit(OrderRequest.market(1, Side.BUY, 2));
                    context.submit(OrderRequest.market(2, Side.BUY, 2));
                }
            }
        };
        EngineSettings settings = FREE.toBuilder()
                .contracts(List.of(spot, call, down))
                .marginMode(MarginMode.ISOLATED)
                .build();
        BacktestResult result = run(Market.of(data), buyer, settings);
        // premium 2 · 9, payoff 2 · 20 at 130
        assertThat(result.endEquityUnits()).isEqualTo((1000 - 18 + 40) * UNIT);
        assertThat(result.exceptions())
                .filteredOn(e -> e instanceof OrderEvent.Forced)
                .extracting(e -> ((OrderEvent.Forced) e).reason())
                .containsExactly(Reason.EXPIRED, Reason.EXPIRED);
        assertThat(result.audit()).isEmpty();
    }

    @Test
    void anOptionThatExpiresInsideABarSettlesAtTheLastPriceBeforeAndNotAtTheCloseAfter() {
        long expiry = 3 * Markets.DAY + 6 * HOUR;
        Contract spot = Contract.spot(new Instrument("D", Kind.SPOT, "BTC", "USD", 8, 8), TradingRules.NONE);
        Contract call = Contract.option(
                new Instrument("D", Kind.OPTION, "BTC", "USD", 8, 8),
                TradingRules.NONE,
                new Option(Right.CALL, 110, expiry, "BTC", false));
        MarketData data = Markets.of(bars("BTC", 100, 100, 115, 130, 130), bars("C", 5, 5, 9, 20, 20));
        EngineSettings settings = FREE.toBuilder()
                .contracts(List.of(spot, call))
                .marginMode(MarginMode.ISOLATED)
                .build();
        Strategy buyer = context -> {
            if (context.bars(1) == 1) {
                context.submit(OrderRequest.market(1, Side.BUY, 2));
            }
        };
        BacktestResult result = run(Market.of(data), buyer, settings);
        // premium 2 · 5, payoff 2 · 5 at 115, the close of the bar before; the bar of the expiry closes at 130
        assertThat(result.endEquityUnits()).isEqualTo(1000 * UNIT);
        assertThat(result.exceptions().get(0).tsNanos()).isEqualTo(expiry);
        // a print inside the bar, before the expiry, is the last price; one after it is not
        Market printed = Market.builder(data)
                .trades("BTC", new long[] {expiry - HOUR, expiry + HOUR}, new double[] {118, 140}, new double[] {1, 1})
                .build();
        assertThat(run(printed, buyer, settings).endEquityUnits()).isEqualTo((1000 - 10 + 16) * UNIT);
    }

    /** Two calls and two puts bought at the first open, settled by events at the price 130. */
    private static BacktestResult settledStrangle(boolean inverse, double cash, double... premiums) {
        long expiry = 4 * Markets.DAY;
        Instrument listed = new Instrument("D", Kind.OPTION, "BTC", "USD", 8, 8);
        Contract call = Contract.option(listed, TradingRules.NONE, new Option(Right.CALL, 110, expiry, "BTC", inverse));
        Contract put = Contract.option(listed, TradingRules.NONE, new Option(Right.PUT, 90, expiry, "BTC", inverse));
        double up = premiums[0];
        double down = premiums[1];
        Market market = Market.builder(Markets.of(
                        bars("C", up, up, 1.5 * up, 3 * up, 3 * up),
                        bars("P", down, down, down / 2, down / 4, down / 4)))
                .event(new InstrumentEvent.Settled(expiry, "C", 130))
                .event(new InstrumentEvent.Settled(expiry, "P", 130))
                .build();
        Strategy buyer = new Strategy() {
            private boolean done;

            @Override
            public void onBar(Context context) {
                if (!done) {
                    done = true;
                    context.submit(OrderRequest.market(0, Side.BUY, 2));
                    context.submit(OrderRequest.market(1, Side.BUY, 2));
                }
            }
        };
        EngineSettings settings = EngineSettings.builder()
                .cash(cash)
                .currency(inverse ? "BTC" : "USD")
                .cost(new FlatCost(0.001, 0))
                .contracts(List.of(call, put))
                .marginMode(MarginMode.ISOLATED)
                .build();
        return run(market, buyer, settings);
    }

    @Test
    void aStrangleEarnsPayoffLessPremiumLessFeesToTheUnit() {
        BacktestResult linear = settledStrangle(false, 1000, 5, 4);
        // premium 2 · 9, fees a thousandth of it, payoff 2 · (130 − 110)
        assertThat(linear.currency()).isEqualTo("USD");
        assertThat(linear.endEquityUnits()).isEqualTo(1000 * UNIT - 18 * UNIT - 18 * UNIT / 1000 + 40 * UNIT);
        assertThat(linear.roundTrips())
                .extracting(trip -> trip.entryPrice() + " " + trip.exitPrice())
                .containsExactly("5.0 20.0", "4.0 0.0");
        assertThat(linear.audit()).isEmpty();
    }

    @Test
    void anInverseStrangleIsPaidAndSettledInBaseCurrency() {
        BacktestResult inverse = settledStrangle(true, 10, 0.05, 0.04);
        // premium 2 · 0.09 BTC, payoff 2 · 20 / 130 BTC at 8 decimals
        assertThat(inverse.currency()).isEqualTo("BTC");
        assertThat(inverse.equity()[1]).isEqualTo(10 - 0.00018); // bought at the mark
        assertThat(inverse.cash()[1]).isEqualTo(10 - 0.18 - 0.00018);
        assertThat(inverse.endEquityUnits()).isEqualTo(10 * UNIT - 18_000_000 - 18_000 + 2 * 15_384_615);
        assertThat(inverse.profit().fees()).isEqualTo(0.00018);
        assertThat(inverse.rejections()).isEmpty();
        assertThat(inverse.audit()).isEmpty();
    }

    @Test
    void rowsThatCannotBeTradedAreCounted() {
        double nan = Double.NaN;
        MarketData data = Markets.of(Markets.frame(
                "A", new double[] {10, nan, 10, -1, 10, 0, 10}, new double[] {10, 10, nan, 10, 0, 1e-12, 10}));
        BacktestResult result = run(Market.of(data), once(0.5), FREE);
        assertThat(result.issues())
                .extracting(each -> each.where() + ": " + each.reason() + " " + each.detail())
                .containsExactly(
                        "A, column open: NON_FINITE 1 of 7 rows is NaN or infinite: nothing fills at these opens.",
                        "A, column open: NON_POSITIVE 2 of 7 rows are zero or negative: nothing fills at these opens.",
                        "A, column close: NON_FINITE 1 of 7 rows is NaN or infinite: positions keep their last mark.",
                        "A, column close: NON_POSITIVE 1 of 7 rows is zero or negative: positions keep their last mark.",
                        "A, column close: NON_POSITIVE 1 of 7 rows is below half a tick or too large for ticks: "
                                + "positions keep their last mark; give a contract with other decimals.");
        assertThat(run(Market.of(Markets.of(bars("A", 10, 11))), once(0.5), FREE)
                        .issues())
                .isEmpty();
    }

    @Test
    void fundingOffTheContractsIntervalIsTold() {
        long second = 1_000_000_000L;
        long[] times = {8 * HOUR - second, 16 * HOUR + 5 * second, 20 * HOUR, 24 * HOUR};
        Market market = Market.builder(Markets.of(bars("A", 10, 10, 10)))
                .funding("A", times, new double[4])
                .build();
        BacktestResult result = run(market, once(0.5), margin(MarginMode.ISOLATED, 1));
        assertThat(result.issues()).hasSize(1);
        assertThat(result.issues().get(0).where()).isEqualTo("A, funding");
        assertThat(result.issues().get(0).detail())
                .startsWith("1 of 4 rows, the first at 1970-01-01T20:00:00Z, are no multiples")
                .contains("PT8H");
    }

    @Test
    void delistingRenameAndRedenominationAreEvents() {
        MarketData data = Markets.of(bars("A", 10, 10, 10, 10, 10), bars("B", 1, 1, 1, 1, 1));
        Market delisted = Market.builder(data)
                .event(new InstrumentEvent.Delisted(3 * Markets.DAY, "A"))
                .build();
        List<Double> held = new ArrayList<>();
        BacktestResult result = run(
                delisted,
                context -> {
                    held.add(context.position(0));
                    context.target(0, 0.5);
                },
                FREE);
        assertThat(result.equity()[4]).isEqualTo(750);
        assertThat(held).containsExactly(0.0, 50.0, 0.0, 0.0, 0.0);
        assertThat(result.rejections()).containsKey(Reason.DELISTED);
        Market renamed = Market.builder(data)
                .event(new InstrumentEvent.Renamed(2 * Markets.DAY, "A", "a-new"))
                .build();
        BacktestResult same = run(renamed, once(0.5), FREE);
        assertThat(same.endEquityUnits()).isEqualTo(1000 * UNIT);
        assertThat(same.ledger().contracts().get(0).instrument().base()).isEqualTo("A.NEW");
        Market split = Market.builder(Markets.of(
                        Markets.frame("A", new double[] {10, 10, 0.01, 0.01}, new double[] {10, 10, 0.01, 0.02})))
                .event(new InstrumentEvent.Redenominated(2 * Markets.DAY, "A", 1000))
                .build();
        BacktestResult doubled = run(split, once(0.5), FREE);
        assertThat(doubled.equity()).containsExactly(1000, 1000, 1000, 1500);
        assertThat(doubled.ledger().lots(0)).isEqualTo(50_000L * UNIT);
        assertThat(doubled.audit()).isEmpty();
    }

    /** Prices fall to a thousandth at row 3, which the quality check takes for another instrument; row 2 may have no price. */
    private static MarketData jumped(double before) {
        return Markets.of(Markets.frame("A", new double[] {10, 10, before, 0.01, 0.01, 0.02}, new double[] {
                    10, 10, before, 0.01, 0.02, 0.02
                })
                .with(BarEngine.SEGMENT, new double[] {0, 0, 0, 1, 1, 1}));
    }

    @Test
    void aDeclaredRedenominationKeepsThePositionThatAJumpWouldEnd() {
        for (double before : new double[] {10, Double.NaN}) {
            for (long time : new long[] {3 * Markets.DAY, 3 * Markets.DAY + HOUR}) {
                Market declared = Market.builder(jumped(before))
                        .event(new InstrumentEvent.Redenominated(time, "A", 1000))
                        .build();
                List<Integer> known = new ArrayList<>();
                Strategy half = once(0.5);
                BacktestResult result = run(
                        declared,
                        context -> {
                            known.add(context.past(0).size());
                            half.onBar(context);
                        },
                        FREE);
                assertThat(result.equity()).containsExactly(1000, 1000, 1000, 1000, 1500, 1500);
                assertThat(result.fillCount()).isOne();
                assertThat(result.exceptions()).isEmpty();
                assertThat(result.ledger().lots(0)).isEqualTo(50_000L * UNIT);
                assertThat(known).as("bars of one unit").containsExactly(1, 2, 3, 1, 2, 3);
                assertThat(result.audit()).isEmpty();
            }
        }
        BacktestResult undeclared = run(Market.of(jumped(10)), once(0.5), FREE);
        assertThat(((OrderEvent.Forced) undeclared.exceptions().get(0)).reason())
                .isEqualTo(Reason.NEW_SEGMENT);
        Market elsewhere = Market.builder(jumped(10))
                .event(new InstrumentEvent.Redenominated(Markets.DAY, "A", 2))
                .build();
        assertThat(run(elsewhere, once(0.5), FREE).exceptions())
                .as("a jump at another time is still another instrument")
                .extracting(OrderEvent::tsNanos)
                .contains(3 * Markets.DAY);
    }

    @Test
    void aSmallRedenominationBeginsAnewWhatCanBeLookedAtTogether() {
        MarketData data = Markets.of(Markets.frame("A", new double[] {10, 10, 5, 5}, new double[] {10, 10, 5, 6}));
        Market split = Market.builder(data)
                .event(new InstrumentEvent.Redenominated(2 * Markets.DAY, "A", 2))
                .event(new InstrumentEvent.Redenominated(9 * Markets.DAY, "A", 2))
                .build();
        List<Integer> known = new ArrayList<>();
        Strategy half = once(0.5);
        BacktestResult result = run(
                split,
                context -> {
                    known.add(context.bars(0));
                    half.onBar(context);
                },
                FREE);
        assertThat(known).containsExactly(1, 2, 1, 2);
        assertThat(result.equity()).containsExactly(1000, 1000, 1000, 1100);
    }

    @Test
    void nothingIsTradedBeforeTheListing() {
        Market market = Market.builder(Markets.of(bars("A", 10, 10, 10, 10)))
                .event(new InstrumentEvent.Listed(2 * Markets.DAY, "A"))
                .build();
        BacktestResult result = run(market, context -> context.target(0, 0.5), FREE);
        assertThat(result.fills().get(0).tsNanos()).isEqualTo(2 * Markets.DAY);
        assertThat(result.rejections()).containsEntry(Reason.NOT_LISTED, 1);
    }

    @Test
    void settlementAndDeleveragingCloseAtTheirPrices() {
        MarketData data = Markets.of(bars("A", 10, 10, 12, 12));
        Market settled = Market.builder(data)
                .event(new InstrumentEvent.Settled(3 * Markets.DAY, "A", 11))
                .build();
        assertThat(run(settled, once(0.5), margin(MarginMode.ISOLATED, 1)).endEquityUnits())
                .isEqualTo(1050 * UNIT);
        Market deleveraged = Market.builder(data)
                .event(new InstrumentEvent.Deleveraged(3 * Markets.DAY, "A", 0.5, 11))
                .build();
        BacktestResult result = run(deleveraged, once(0.5), margin(MarginMode.ISOLATED, 1));
        // half of 50 at 11, the rest marked at 12
        assertThat(result.endEquityUnits()).isEqualTo(1075 * UNIT);
        assertThat(((OrderEvent.Forced) result.exceptions().get(0)).reason()).isEqualTo(Reason.AUTO_DELEVERAGED);
    }

    @Test
    void aSecondCurrencyIsValuedAtItsConversionMark() {
        Contract euro = Contract.linearPerpetual(
                new Instrument("X", Kind.PERP, "A", "EUR", 8, 8),
                TradingRules.NONE,
                MarginTiers.DEFAULT,
                Duration.ofHours(8));
        MarketData data = Markets.of(bars("A", 10, 10, 10, 12), bars("B", 10, 10, 10, 10));
        EngineSettings settings = FREE.toBuilder()
                .contracts(List.of(euro, PERPETUAL))
                .marginMode(MarginMode.CREDIT)
                .build();
        assertThatThrownBy(() -> run(Market.of(data), once(0.5), settings))
                .hasMessage("cannot add EUR to USD: convert at an explicit rate first");
        Market market = Market.builder(data)
                .conversion("EUR", new long[] {0, 3 * Markets.DAY}, new double[] {1.25, 1.5})
                .build();
        BacktestResult result = run(market, once(0.5), settings);
        // 500 USD of value are 40 units at 10 EUR; 80 EUR of profit at 1.5
        assertThat(result.fills().get(0).lots()).isEqualTo(40 * UNIT);
        assertThat(result.endEquityUnits()).isEqualTo(1120 * UNIT);
    }

    @Test
    void anEmptySettlementWalletRefusesWhatOtherCurrenciesCannotBack() {
        Contract euro = Contract.linearPerpetual(
                new Instrument("X", Kind.PERP, "A", "EUR", 8, 8),
                TradingRules.NONE,
                MarginTiers.DEFAULT,
                Duration.ofHours(8));
        Contract cash = Contract.spot(new Instrument("X", Kind.SPOT, "A", "EUR", 8, 8), TradingRules.NONE);
        // at this price a few lots are worth less than half a money unit and need no margin at all
        MarketData data = Markets.of(bars("A", 1e-4, 1e-4, 1e-4, 1e-4), bars("B", 10, 10, 10, 10));
        Market market = Market.builder(data)
                .conversion("EUR", new long[] {0}, new double[] {1.25})
                .build();
        Strategy sender = context -> {
            if (context.bars(0) == 1) {
                context.target(0, 0.5);
                context.submit(OrderRequest.market(0, Side.BUY, 1000));
                context.submit(OrderRequest.market(0, Side.SELL, 1000));
                context.submit(OrderRequest.market(1, Side.BUY, 1));
            }
        };
        for (MarginMode mode : List.of(MarginMode.ISOLATED, MarginMode.CROSS)) {
            for (Contract contract : List.of(euro, cash)) {
                EngineSettings settings = FREE.toBuilder()
                        .contracts(List.of(contract, PERPETUAL))
                        .marginMode(mode)
                        .build();
                BacktestResult result = run(market, sender, settings);
                assertThat(result.fills()).extracting(fill -> fill.symbol()).containsExactly(1);
                assertThat(result.rejections()).containsEntry(Reason.EMPTY_WALLET, contract.equals(euro) ? 3 : 2);
                assertThat(((OrderEvent.Rejected) result.exceptions().get(0)).detail())
                        .isEqualTo("the wallet of EUR is empty, and " + contract.id()
                                + " takes no other currency; begin with EUR or trade on margin credit");
            }
        }
        EngineSettings credit = FREE.toBuilder()
                .contracts(List.of(euro, PERPETUAL))
                .marginMode(MarginMode.CREDIT)
                .build();
        assertThat(run(market, once(0.5), credit).fills().get(0).lots()).isEqualTo(4_000_000L * UNIT);
        Market dollars = Market.builder(data)
                .conversion("USD", new long[] {0}, new double[] {0.8})
                .build();
        EngineSettings funded = credit.toBuilder()
                .currency("EUR")
                .marginMode(MarginMode.ISOLATED)
                .build();
        assertThat(run(dollars, once(0.5), funded).fills().get(0).lots()).isEqualTo(5_000_000L * UNIT);
    }

    @Test
    void printsAndBooksReachTheStrategyInOrderAndFillItsOrders() {
        MarketData data = Markets.of(bars("A", 10, 10, 10));
        Market market = Market.builder(data)
                .trades(
                        "A",
                        new long[] {Markets.DAY + HOUR, Markets.DAY + 3 * HOUR, Markets.DAY + 4 * HOUR},
                        new double[] {10, 8.9, Double.NaN},
                        new double[] {5, -100, 1})
                .books("A", new long[] {Markets.DAY + 2 * HOUR}, new double[][] {{9.9}, {3}, {10.1}, {4}})
                .build();
        List<String> seen = new ArrayList<>();
        Strategy strategy = new Strategy() {
            @Override
            public void onBar(Context context) {
                seen.add("bar");
            }

            @Override
            public void onTrade(Context context, int instrument) {
                seen.add("print " + context.lastTradePrice(0) + " " + context.lastTradeQuantity(0) + " bars "
                        + context.bars(0));
                if (context.lastTradePrice(0) == 10) {
                    context.submit(OrderRequest.limit(0, Side.BUY, 2, 9));
                }
            }

            @Override
            public void onBook(Context context, int instrument) {
                seen.add("book " + context.bid(0) + " " + context.ask(0));
            }
        };
        BacktestResult result = run(market, strategy, FREE);
        assertThat(seen)
                .containsExactly(
                        "bar", "print 10.0 5.0 bars 1", "book 9.9 10.1", "print 8.9 -100.0 bars 1", "bar", "bar");
        // the print trades through our limit; a tenth of its size may be ours
        assertThat(result.fills()).hasSize(1);
        assertThat(result.fills().get(0).lots()).isEqualTo(2 * UNIT);
        assertThat(result.fills().get(0).priceTicks()).isEqualTo(9 * UNIT);
        assertThat(result.fills().get(0).tsNanos()).isEqualTo(Markets.DAY + 3 * HOUR);
    }

    @Test
    void streamsMustRunForwardAndFit() {
        Market.Builder builder = Market.builder(Markets.of(bars("A", 10, 10)));
        assertThatThrownBy(() -> builder.funding("A", new long[] {2, 1}, new double[2]))
                .hasMessageContaining("FUNDING stream of A must run forward in time, but row 1");
        assertThatThrownBy(() -> builder.funding("A", new long[] {2}, new double[2]))
                .hasMessageContaining("must have one value per time (1), got 2");
        assertThatThrownBy(() -> builder.trades("B", new long[0], new double[0], new double[0]))
                .hasMessageContaining("symbol 'B' is not in the data");
        assertThatThrownBy(() -> builder.conversion("EUR", new long[] {1}, new double[] {0}))
                .hasMessageContaining("conversion rates of EUR must be finite and > 0, got 0.0 in row 0");
    }
}
