package org.lama.backtest.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lama.backtest.cost.FlatCost;
import org.lama.backtest.engine.EngineSettings.MarginMode;
import org.lama.backtest.ledger.RoundTrip;
import org.lama.backtest.order.OrderEvent;
import org.lama.backtest.order.OrderEvent.Reason;
import org.lama.backtest.risk.RiskLimits;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.data.MarketData;
import org.lama.core.market.Instrument.Kind;

/** Strategies of one book on leverage, with funding and liquidations: every part of the profit is somebody's, to the unit. */
class AttributionPropertyTest {
    private static final int DAYS = 300;
    private static final int SYMBOLS = 3;
    private static final List<String> NAMES = List.of("a", "b", "c");

    private static Strategy gambler(long seed, int number) {
        Rng rng = Seeds.rng(seed, number);
        return context -> {
            boolean last = context.timeNanos() >= (DAYS - 2) * Markets.DAY;
            for (int s = 0; s < SYMBOLS; s++) {
                if (last) {
                    context.target(s, 0);
                } else if (rng.nextInt(6) == 0) {
                    context.target(s, 3 * rng.nextGaussian());
                }
            }
        };
    }

    private static Market market(long seed) {
        MarketData data = Markets.random(seed, SYMBOLS, DAYS);
        Market.Builder builder = Market.builder(data);
        Rng rng = Seeds.rng(seed, 99);
        long[] times = new long[3 * DAYS];
        double[] rates = new double[times.length];
        Arrays.setAll(times, i -> (i + 1) * (Markets.DAY / 3));
        for (String symbol : data.symbols()) {
            Arrays.setAll(rates, i -> 0.0005 * rng.nextGaussian());
            builder.funding(symbol, times, rates);
        }
        return builder.build();
    }

    @ParameterizedTest
    @EnumSource
    void partsOfTheProfitSumToTheUnit(MarginMode mode) {
        EngineSettings settings = EngineSettings.builder()
                .cost(new FlatCost(0.001, 0.0005))
                .kind(Kind.PERP)
                .marginMode(mode)
                .leverage(10)
                .limits(new RiskLimits(8, 8, 1))
                .build();
        int liquidated = 0;
        double insured = 0;
        for (long seed = 1; seed <= 12; seed++) {
            List<Strategy> strategies = new ArrayList<>();
            for (int k = 0; k < NAMES.size(); k++) {
                strategies.add(gambler(seed, k));
            }
            BacktestResult result = BarEngine.run(
                    market(seed), StrategyBook.equalShares(NAMES, strategies), settings, EngineObserver.SILENT);
            long whole = 0;
            for (String name : NAMES) {
                long capital = Math.round(result.profit(name).total() * -1e8) + result.endEquityUnits(name);
                long earned = result.attribution().stream()
                        .filter(row -> row.strategy().equals(name))
                        .mapToLong(BacktestResult.Attribution::netUnits)
                        .sum();
                assertThat(capital + earned).as("%s of seed %d", name, seed).isEqualTo(result.endEquityUnits(name));
                long trips = 0;
                for (RoundTrip trip : result.roundTrips()) {
                    trips += trip.strategy().equals(name) ? Math.round(trip.pnl() * 1e8) : 0;
                    insured += trip.insurance();
                    double price = trip.pnl() + trip.fees() + trip.funding() - trip.insurance();
                    double sign = trip.side().sign() * trip.quantity();
                    assertThat(price).isCloseTo(sign * (trip.exitPrice() - trip.entryPrice()), withinUnits(trip));
                }
                assertThat(trips).as("trips of %s, seed %d", name, seed).isEqualTo(earned);
                whole += earned;
            }
            assertThat(whole).isEqualTo(Math.round(result.profit().total() * 1e8));
            assertThat(result.audit()).isEmpty();
            for (OrderEvent event : result.exceptions()) {
                liquidated += event instanceof OrderEvent.Forced forced && forced.reason() == Reason.LIQUIDATED ? 1 : 0;
            }
        }
        assertThat(liquidated > 0).as("liquidations").isEqualTo(mode != MarginMode.CREDIT);
        assertThat(insured > 0).as("insurance").isEqualTo(mode != MarginMode.CREDIT);
    }

    /** Each fill's value is rounded to a money unit; sums of the size of 10^5 in floating point to some 10^-10 more. */
    private static org.assertj.core.data.Offset<Double> withinUnits(RoundTrip trip) {
        return org.assertj.core.api.Assertions.within(2e-6 + 1e-12 * Math.abs(trip.quantity() * trip.entryPrice()));
    }
}
