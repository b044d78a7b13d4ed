package org.lama.backtest.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.lama.backtest.cost.FeeSchedule;
import org.lama.backtest.cost.FlatCost;
import org.lama.backtest.cost.SquareRootCost;
import org.lama.backtest.execution.FillPricing;
import org.lama.backtest.order.Fill;
import org.lama.backtest.risk.RiskLimits;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.data.MarketData;
import org.lama.core.features.TradingConditions;
import org.lama.core.market.Columns;
import org.lama.core.series.Frame;

/** What fills and limits see of the market: spread, volatility and traded value of the row before the fill. */
class MarketCostTest {
    private static final int ROWS = 6;
    private static final int FILL = 3;

    private static Strategy buyAt(int bar) {
        int[] now = {0};
        return context -> {
            if (now[0]++ == bar) {
                context.target(0, 0.5);
            }
        };
    }

    private static double[] column(double value) {
        double[] all = new double[ROWS];
        Arrays.fill(all, value);
        return all;
    }

    private static Frame market() {
        double[] spread = column(0.0040);
        double[] volatility = column(0.05);
        double[] volume = column(1e6);
        // only the row before the fill counts: neither the fill's own nor an older one
        spread[FILL] = 0.4;
        volatility[FILL] = 9;
        volume[FILL] = 1;
        volume[0] = 1;
        return Markets.frame("A", column(100), column(100))
                .with(Columns.VOLUME, volume)
                .with(TradingConditions.SPREAD, spread)
                .with(TradingConditions.VOLATILITY_DAY, volatility);
    }

    private static EngineSettings settings(SquareRootCost cost) {
        return EngineSettings.DEFAULT.toBuilder()
                .cost(cost)
                .limits(new RiskLimits(1, 1, 1))
                .build();
    }

    private static double slipped(Frame frame, SquareRootCost cost) {
        BacktestResult result = BarEngine.run(Markets.of(frame), buyAt(FILL - 1), settings(cost));
        Fill fill = result.fills().get(0);
        assertThat(fill.tsNanos()).isEqualTo(FILL * Markets.DAY);
        return fill.priceTicks() / 1e10 - 1;
    }

    @Test
    void aFillPaysHalfTheSpreadAndTheImpactOfItsOwnSizeAsKnownBefore() {
        // half a million of a hundred million traded: ½ · 40 bp + 5 % · √0.005 = 20 bp + 35.36 bp
        double expected = 0.0020 + 0.05 * Math.sqrt(0.005);
        assertThat(slipped(market(), SquareRootCost.DEFAULT)).isCloseTo(expected, within(1e-9));
    }

    @Test
    void whatIsNotKnownLeavesOutItsPart() {
        Frame plain = Markets.frame("A", column(100), column(100));
        assertThat(slipped(plain, SquareRootCost.DEFAULT)).isCloseTo(0.0005, within(1e-12));
        Frame quoted = plain.with(TradingConditions.SPREAD, column(0.0040));
        assertThat(slipped(quoted, SquareRootCost.DEFAULT)).isCloseTo(0.0020, within(1e-12));
    }

    @Test
    void aSegmentKnowsNothingOfTheOneBefore() {
        double[] segment = {0, 0, 0, 1, 1, 1};
        Frame frame = market().with(BarEngine.SEGMENT, segment);
        BacktestResult result = BarEngine.run(Markets.of(frame), buyAt(FILL), settings(SquareRootCost.DEFAULT));
        // decided in the first bar of the segment, filled in its second: the row before is its first, with a mad market
        assertThat(result.fills().get(0).priceTicks() / 1e10).isCloseTo(FillPricing.MOST_TIMES, within(1e-12));
        double[] early = {0, 0, 0, 0, 1, 1};
        Frame gone = market().with(BarEngine.SEGMENT, early);
        // decided in the last bar of a segment: the order ends with it
        assertThat(BarEngine.run(Markets.of(gone), buyAt(FILL), settings(SquareRootCost.DEFAULT))
                        .fills())
                .isEmpty();
    }

    @Test
    void withoutImpactAndSpreadTheModelTradesAsTheFlatOneBitForBit() {
        MarketData data = Markets.random(11, 12, 400);
        EngineSettings flat =
                EngineSettings.DEFAULT.toBuilder().cost(FlatCost.DEFAULT).build();
        EngineSettings other = EngineSettings.DEFAULT.toBuilder()
                .cost(new SquareRootCost(FeeSchedule.DEFAULT, 0.0005, 0, 0))
                .build();
        double[] expected = BarEngine.run(data, new Momentum(20, true), flat).equity();
        assertThat(BarEngine.run(data, new Momentum(20, true), other).equity()).isEqualTo(expected);
        EngineSettings dear =
                EngineSettings.DEFAULT.toBuilder().cost(SquareRootCost.DEFAULT).build();
        BacktestResult paid = BarEngine.run(data, new Momentum(20, true), dear);
        assertThat(paid.equity()[399]).isLessThan(expected[399]);
    }

    @Test
    void columnsInTheDataGiveTheSameAsTheEnginesOwn() {
        MarketData data = Markets.random(12, 6, 300);
        MarketData ready = Markets.of(
                data.frames().stream().map(TradingConditions.DEFAULT::addTo).toArray(Frame[]::new));
        EngineSettings settings = EngineSettings.DEFAULT.toBuilder()
                .cost(SquareRootCost.DEFAULT)
                .limits(RiskLimits.builder().maxSlippage(0.0025).build())
                .build();
        assertThat(BarEngine.run(data, new Momentum(20, true), settings).equity())
                .isEqualTo(
                        BarEngine.run(ready, new Momentum(20, true), settings).equity());
    }

    @Test
    void theSlippageLimitCapsAPositionByWhatIsKnownAtTheDecision() {
        RiskLimits limits = RiskLimits.builder().maxSlippage(0.0025).build();
        EngineSettings capped = EngineSettings.DEFAULT.toBuilder()
                .cost(FlatCost.NONE)
                .limits(limits)
                .build();
        BacktestResult result = BarEngine.run(Markets.of(market()), buyAt(FILL - 1), capped);
        // (25 bp - ½ · 40 bp) / 5 % = 0.01, squared 1e-4 of a hundred million
        assertThat(result.fills().get(0).lots() * 1e-8 * 100).isCloseTo(1e4, within(1e-4));
    }
}
