package org.lama.backtest.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.data.MarketData;
import org.lama.core.market.Instrument;

/** What a strategy asked for and did not get is counted, symbol by symbol. */
class CutTargetsTest {
    private static final int ROWS = 6;

    private static MarketData market() {
        double[] price = new double[ROWS];
        Arrays.fill(price, 100);
        return Markets.of(Markets.frame("A", price, price), Markets.frame("B", price, price));
    }

    private static BacktestResult run(Strategy strategy, Instrument.Kind kind) {
        return BarEngine.run(
                market(),
                strategy,
                EngineSettings.DEFAULT.toBuilder().kind(kind).build());
    }

    @Test
    void shortTargetsOnSpotAreCountedWithTheirFirstBar() {
        BacktestResult result = run(
                context -> {
                    if (context.bars(0) > 1) {
                        context.target(1, -0.4);
                    }
                },
                Instrument.Kind.SPOT);
        assertThat(result.fills()).isEmpty();
        assertThat(result.cuts())
                .containsExactly(new Cut("B", true, "", ROWS - 1, Instant.parse("1970-01-03T00:00:00Z")));
        assertThat(result.cuts().get(0).words())
                .isEqualTo(
                        "short target on spot taken as 0, B, first 1970-01-03T00:00:00Z: trade perpetuals to sell short"
                                + " (--kind perp)");
    }

    @Test
    void soAreShortQuantities() {
        BacktestResult result = run(context -> context.targetQuantity(0, -3), Instrument.Kind.SPOT);
        assertThat(result.cuts()).singleElement().satisfies(cut -> {
            assertThat(cut.shortOnSpot()).isTrue();
            assertThat(cut.count()).isEqualTo(ROWS);
        });
    }

    @Test
    void whatTheLimitsMakeSmallerIsCounted() {
        BacktestResult result = run(context -> context.target(0, 5), Instrument.Kind.SPOT);
        assertThat(result.cuts()).singleElement().satisfies(cut -> {
            assertThat(cut.shortOnSpot()).isFalse();
            assertThat(cut.count()).isEqualTo(ROWS);
            assertThat(cut.words())
                    .isEqualTo("target cut to the limits (maxGross 1, maxWeight 1), A, first 1970-01-02T00:00:00Z");
        });
    }

    @Test
    void whatIsGrantedIsNotCounted() {
        assertThat(run(context -> context.target(0, 1 + 1e-12), Instrument.Kind.SPOT)
                        .cuts())
                .isEmpty();
        assertThat(run(context -> context.target(0, -0.5), Instrument.Kind.PERP).cuts())
                .isEmpty();
    }
}
