package org.lama.backtest.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lama.backtest.cost.FlatCost;
import org.lama.backtest.engine.BacktestResult;
import org.lama.backtest.engine.BarEngine;
import org.lama.backtest.engine.EngineSettings;
import org.lama.backtest.honesty.HonestySettings;
import org.lama.backtest.honesty.StrategyHonesty;
import org.lama.backtest.honesty.StrategyHonestyReport;
import org.lama.backtest.risk.RiskLimits;
import org.lama.backtest.sizing.AllocationSettings;
import org.lama.backtest.sizing.Allocations;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.data.MarketData;
import org.lama.core.market.Columns;
import org.lama.core.market.Instrument.Kind;
import org.lama.core.series.Frame;
import org.lama.core.series.Provenance;
import org.lama.core.series.QualityReport;
import org.lama.core.series.TimeIndex;

class StrategiesTest {
    private static final long DAY = 86_400_000_000_000L;
    private static final EngineSettings PERP = EngineSettings.builder()
            .kind(Kind.PERP)
            .cost(FlatCost.NONE)
            .limits(new RiskLimits(2, 2, Double.POSITIVE_INFINITY))
            .build();

    static Frame frame(String symbol, double... closes) {
        int n = closes.length;
        double[] open = new double[n];
        double[] high = new double[n];
        double[] low = new double[n];
        for (int i = 0; i < n; i++) {
            open[i] = i == 0 ? closes[0] : closes[i - 1];
            high[i] = Math.max(open[i], closes[i]);
            low[i] = Math.min(open[i], closes[i]);
        }
        return Frame.of(
                        symbol,
                        TimeIndex.regular(0, DAY, n),
                        DAY,
                        new Provenance(Provenance.Kind.SYNTHETIC, "test", "", ""))
                .with(Columns.OPEN, open)
                .with(Columns.HIGH, high)
                .with(Columns.LOW, low)
                .with(Columns.CLOSE, closes);
    }

    static MarketData market(Frame... frames) {
        List<QualityReport> quality = new ArrayList<>();
        return new MarketData(List.of(frames), quality, List.of());
    }

    private static double[] walk(long seed, int bars) {
        Rng rng = Seeds.rng(seed, 0);
        double[] closes = new double[bars];
        double price = 100;
        for (int i = 0; i < bars; i++) {
            price *= StrictMath.exp(0.06 * (rng.nextDouble() - 0.5));
            closes[i] = price;
        }
        return closes;
    }

    private static MarketData walks(int bars) {
        double[] second = walk(2, bars);
        double[] first = walk(1, bars);
        double[] funding = new double[bars];
        for (int i = 0; i < bars; i++) {
            // the second is a noisy copy of the first, so that there is a spread to trade
            second[i] = first[i] * (1 + 0.002 * second[i] / 100);
            funding[i] = i / 60 % 2 == 0 ? 0.004 : -0.001;
        }
        return market(
                frame("AAA", first),
                frame("BBB", second).with(FundingColumn.NAME, funding),
                frame("CCC", walk(3, bars)));
    }

    private static BacktestResult run(String name, Map<String, String> parameters, MarketData data) {
        return BarEngine.run(data, Strategies.named(name).create(parameters), PERP);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "buy-and-hold",
                "sma-cross",
                "donchian",
                "rsi-reversion",
                "momentum-rotation",
                "pairs",
                "funding-carry"
            })
    void everyStrategyTradesAndKnowsOnlyThePast(String name) {
        Map<String, String> parameters = name.equals("momentum-rotation") ? Map.of("top", "1") : Map.of();
        StrategyHonestyReport report = StrategyHonesty.check(
                walks(300),
                data -> Strategies.named(name).create(parameters),
                PERP,
                new HonestySettings(20, 110, false));
        assertThat(report.findings()).as(report.asText()).isEmpty();
        assertThat(report.fillsCompared()).isPositive();
    }

    @Test
    void unknownNamesAreAnsweredWithTheNearest() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Strategies.named("sma-crosss"))
                .withMessageContaining("no strategy is called 'sma-crosss'")
                .withMessageEndingWith("did you mean 'sma-cross'?");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Strategies.named("donchian").create(Map.of("entr", "5")))
                .withMessage(
                        "strategy donchian has no parameter 'entr'; it has [enter, exit, short]; did you mean 'enter'?");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Strategies.named("buy-and-hold").create(Map.of("x", "5")))
                .withMessage("strategy buy-and-hold has no parameter 'x'; it has none");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Strategies.named("sma-cross").create(Map.of("fast", "100")))
                .withMessage("parameter fast must be below slow=100, got 100");
    }

    @Test
    void everyStrategyDescribesItselfAndItsParameters() {
        for (Blueprint each : Strategies.all()) {
            assertThat(each.description()).isNotBlank();
            assertThat(each.codeSha256()).hasSize(64);
        }
        assertThat(Strategies.named("sma-cross").effective(Map.of("fast", "5")))
                .containsExactly(Map.entry("fast", "5"), Map.entry("slow", "100"));
    }

    @Test
    void equalAveragesAreNotAbove() {
        // binary sums of 0.1 and 0.3 differ in the last bit; their means are the same decimal number
        double[] closes = new double[40];
        for (int i = 0; i < closes.length; i++) {
            closes[i] = i % 3 == 0 ? 0.1 : i % 3 == 1 ? 0.2 : 0.3;
        }
        BacktestResult result = run("sma-cross", Map.of("fast", "3", "slow", "6"), market(frame("AAA", closes)));
        assertThat(result.fillCount()).isZero();
    }

    @Test
    void donchianEntersAboveTheHighsBeforeAndLeavesBelowTheLows() {
        double[] closes = {10, 11, 10, 11, 10, 12, 13, 14, 13.5, 12, 11, 10, 9, 9, 9};
        BacktestResult result = run("donchian", Map.of("enter", "4", "exit", "3"), market(frame("AAA", closes)));
        assertThat(result.roundTrips()).hasSize(1);
        // decided at the close of day 5 (12 > 11), filled at the open of day 6
        assertThat(result.roundTrips().get(0).entryNanos()).isEqualTo(6 * DAY);
        // day 9 closes at 12 below the lows 12, 13, 13.5 of the three days before? no, it equals; day 10 is below
        assertThat(result.roundTrips().get(0).exitNanos()).isEqualTo(11 * DAY);
    }

    @Test
    void reversionBuysWhatFellAndSellsWhatRose() {
        double[] closes = {100, 101, 100, 101, 100, 96, 92, 88, 97, 97, 97};
        BacktestResult result = run("rsi-reversion", Map.of("period", "4"), market(frame("AAA", closes)));
        assertThat(result.roundTrips()).hasSize(1);
        assertThat(result.roundTrips().get(0).pnl()).isPositive();
    }

    @Test
    void carryHoldsBothLegsWhileFundingPaysAndLeavesWhenItStops() {
        int n = 40;
        double[] prices = new double[n];
        double[] rates = new double[n];
        for (int i = 0; i < n; i++) {
            prices[i] = 100;
            rates[i] = i < 20 ? 0.003 : 0;
        }
        MarketData data = market(frame("SPOT", prices), frame("PERP", prices).with(FundingColumn.NAME, rates));
        BacktestResult result = run("funding-carry", Map.of(), data);
        assertThat(result.roundTrips()).hasSize(2);
        assertThat(result.roundTrips().get(0).entryNanos()).isEqualTo(4 * DAY);
        // the mean of three rates falls below 3 % a year only when all three are nothing
        assertThat(result.roundTrips().get(0).exitNanos()).isEqualTo(23 * DAY);
    }

    @Test
    void strategiesOfTwoLegsSayWhatTheyNeed() {
        MarketData one = market(frame("AAA", walk(1, 50)));
        for (String name : List.of("pairs", "funding-carry")) {
            assertThat(failure(() -> run(name, Map.of(), one)))
                    .contains("needs")
                    .contains("[AAA]");
        }
        MarketData two = market(frame("AAA", walk(1, 50)), frame("BBB", walk(2, 50)));
        assertThat(failure(() -> run("funding-carry", Map.of(), two)))
                .contains("needs a column funding.rate in the data of BBB");
    }

    /** The engine may name the strategy and the time around the reason. */
    private static String failure(Runnable work) {
        try {
            work.run();
        } catch (IllegalArgumentException | IllegalStateException thrown) {
            return String.valueOf(thrown.getMessage());
        }
        return "";
    }

    @Test
    void allInSpendsEverythingAndEqualWeightSharesIt() {
        MarketData data = market(frame("AAA", walk(1, 60)), frame("BBB", walk(2, 60)));
        assertThat(weights("all-in", data)).isBetween(0.99, 1.01);
        assertThat(weights("equal-weight", data)).isBetween(0.99, 1.01);
        assertThat(weights("fixed", data)).isBetween(0.015, 0.025);
        assertThat(weights("risk-parity", data)).isBetween(0.97, 1.03);
        assertThat(weights("vol-target", data)).isBetween(0.3, 1.01);
    }

    @Test
    void aWeightOfZeroIsAnAnswerAndNotAskedForAtEveryBar() {
        // one rises and one falls: Kelly says nothing to the second
        double[] up = new double[300];
        double[] down = new double[300];
        for (int i = 0; i < up.length; i++) {
            double wave = 1 + 0.02 * Math.sin(i);
            up[i] = 100 * wave * Math.exp(0.005 * i);
            down[i] = 100 * wave * Math.exp(-0.005 * i);
        }
        Strategy sized = SizedStrategy.of(
                Strategies.named("buy-and-hold").create(Map.of()),
                Allocations.named("kelly", AllocationSettings.DEFAULT));
        BacktestResult result = BarEngine.run(market(frame("AAA", up), frame("BBB", down)), sized, PERP);
        assertThat(result.fillCount()).isBetween(1, 2);
        assertThat(result.exposure()[299]).isGreaterThan(0);
    }

    private static double weights(String mode, MarketData data) {
        Strategy sized = SizedStrategy.of(
                Strategies.named("buy-and-hold").create(Map.of()), Allocations.named(mode, AllocationSettings.DEFAULT));
        BacktestResult result = BarEngine.run(data, sized, PERP);
        double[] exposure = result.exposure();
        return exposure[exposure.length - 1];
    }
}
