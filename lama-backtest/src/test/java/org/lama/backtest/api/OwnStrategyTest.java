package org.lama.backtest.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.lama.backtest.engine.BacktestResult;
import org.lama.backtest.honesty.StrategyHonestyReport;
import org.lama.backtest.report.BacktestRecord;
import org.lama.backtest.report.BacktestTables;
import org.lama.backtest.strategies.Blueprint;
import org.lama.backtest.strategies.Parameters;
import org.lama.backtest.strategy.Context;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.data.MarketData;
import org.lama.core.indicators.Indicator;
import org.lama.core.indicators.Indicators;
import org.lama.core.series.Frame;

/** Strategies of the caller, as objects and as classes, one at a time and together. */
class OwnStrategyTest {
    private static Dataset bars;

    @BeforeAll
    static void load() throws IOException {
        bars = Lama.load(DataRequest.synthetic(2, 400));
    }

    static final class Above implements Strategy {
        private final Indicator mean;

        Above(Parameters parameters) {
            mean = Indicators.of("sma", parameters.integer("days", 10, 2, 1000));
        }

        @Override
        public void onBar(Context now) {
            boolean above = now.close(0) > mean.update(now.close(0));
            if (above != now.position(0) > 0) {
                now.target(0, above ? 0.9 : 0);
            }
        }
    }

    /** Looks up tomorrow's close in bars that it got elsewhere. */
    static final class Prophet implements Strategy {
        private final MarketData stolen;

        Prophet(MarketData stolen) {
            this.stolen = stolen;
        }

        @Override
        public void onBar(Context now) {
            Frame frame = stolen.frames().get(0);
            int tomorrow = frame.index().indexOf(now.timeNanos());
            now.target(0, tomorrow >= 0 && frame.column("close").get(tomorrow) > now.close(0) ? 1 : 0);
        }
    }

    private static List<?> costRuns(BacktestRecord record) {
        return BacktestTables.costs(record).columns().get(0).cells();
    }

    private static BacktestRequest above() {
        return BacktestRequest.of(Above.class, Above::new);
    }

    @Test
    void anObjectGivesTheSameResultAsItsClassButNoFurtherRuns() throws IOException {
        Backtest once = Lama.backtest(new Above(Parameters.of(java.util.Map.of())), bars);
        Backtest whole = Lama.backtest(above(), bars);
        assertThat(once.equity()).isEqualTo(whole.equity());
        assertThat(once.metrics().get("trades")).isGreaterThan(5);
        assertThat(costRuns(once.record().orElseThrow())).isEmpty();
        assertThat(costRuns(whole.record().orElseThrow())).hasSize(4);
        assertThat(once.request().strategy()).isEqualTo(Above.class.getName());
    }

    @Test
    void aLambdaIsAStrategyWithoutAName() throws IOException {
        Backtest held = Lama.backtest(now -> now.target(0, 0.5), bars);
        assertThat(held.request().strategy()).isEqualTo("strategy");
        assertThat(held.metrics().get("exposure")).isBetween(0.4, 0.6);
    }

    @Test
    void anObjectServesOneRun() throws IOException {
        BacktestRequest request = BacktestRequest.of(now -> {});
        assertThat(request.blueprint().isRepeatable()).isFalse();
        Lama.backtest(request, bars);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Lama.backtest(request, bars))
                .withMessageContaining("a strategy object serves one run");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Lama.honesty(BacktestRequest.of(now -> {}), bars))
                .withMessageContaining("a strategy object serves one run");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BacktestRequest.of(now -> {}).with("fast", 3).blueprint())
                .withMessageContaining("fast");
        assertThat(Blueprint.of(Above.class, Above::new).isRepeatable()).isTrue();
    }

    @Test
    void anHonestStrategyPassesAndAProphetIsCaught() throws IOException {
        StrategyHonestyReport honest = Lama.honesty(above(), bars);
        assertThat(honest.passed()).as(honest.asText()).isTrue();
        assertThat(honest.fillsCompared()).isGreaterThan(100);
        MarketData all = bars.data();
        StrategyHonestyReport prophet =
                Lama.honesty(BacktestRequest.of(Prophet.class, parameters -> new Prophet(all)), bars);
        assertThat(prophet.passed()).isFalse();
    }

    @Test
    void aPortfolioSumsToItsStrategiesToTheUnit() throws IOException {
        BacktestRequest crossing =
                BacktestRequest.of("sma-cross").with("fast", 5).with("slow", 20);
        BacktestRecord portfolio = Lama.portfolio(
                List.of(above(), crossing), bars, Lama.Options.defaults().withoutLedger());
        BacktestResult result = portfolio.result();
        assertThat(result.strategies()).containsExactly(Above.class.getName(), "sma-cross {fast=5, slow=20}");
        long sum =
                result.strategies().stream().mapToLong(result::endEquityUnits).sum();
        assertThat(sum).isEqualTo(result.endEquityUnits());
        long net = result.attribution().stream()
                .mapToLong(BacktestResult.Attribution::netUnits)
                .sum();
        assertThat(net + 1_000_000L * 100_000_000L).isEqualTo(result.endEquityUnits());
        assertThat(costRuns(portfolio)).hasSize(4);
        double half = Lama.backtest(
                        above().withSettings(BacktestSettings.defaults().withCash(500_000)), bars)
                .endEquity();
        // alone with half of the capital it makes the same trades
        assertThat(result.endEquityUnits(Above.class.getName()) / 1e8).isCloseTo(half, within(1e-6));
    }

    @Test
    void aPortfolioNeedsOneSetOfSettings() {
        BacktestRequest dearer =
                above().withSettings(BacktestSettings.defaults().withCosts(0.01, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Lama.portfolio(List.of(above(), dearer), bars))
                .withMessageContaining("must have the same settings");
        assertThatIllegalArgumentException().isThrownBy(() -> Lama.portfolio(List.of(), bars));
    }

    @Test
    void theOrderOfPricesInsideBarsIsASetting() {
        assertThat(BacktestSettings.defaults().withPath("ohlc").path()).isEqualTo("ohlc");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BacktestSettings.defaults().withPath("fair"));
    }

    @Test
    void aRecordCanBeRenamed() throws IOException {
        BacktestRecord record = Lama.backtest(above(), bars).record().orElseThrow();
        assertThat(record.withName("slow").name()).isEqualTo("slow");
        assertThat(record.name()).isEqualTo(Above.class.getName());
    }
}
