package org.lama.backtest.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.backtest.analytics.CapacityCurve;
import org.lama.backtest.honesty.Waterfall;
import org.lama.backtest.order.OrderRequest;
import org.lama.backtest.report.BacktestRecord;
import org.lama.backtest.strategies.Parameters;
import org.lama.backtest.strategy.Context;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.data.MarketData;
import org.lama.core.market.Side;
import org.lama.core.series.Frame;
import org.lama.core.store.Node;

/** A backtest from naive to honest rules: what applies is run, what does not says why, nothing is run twice. */
class BacktestWaterfallTest {
    private static final AtomicInteger STARTS = new AtomicInteger();
    private static Dataset bars;

    @TempDir
    private Path folder;

    @BeforeAll
    static void load() throws IOException {
        bars = Lama.load(DataRequest.synthetic(3, 500));
    }

    /** Holds what rose over five bars, in weights. */
    static final class Rising implements Strategy {
        Rising(Parameters parameters) {
            parameters.integer("unused", 1, 1, 2);
        }

        @Override
        public void onStart(Context context) {
            STARTS.incrementAndGet();
        }

        @Override
        public void onBar(Context now) {
            for (int i = 0; i < now.symbols().size(); i++) {
                if (now.isTradable(i) && now.bars(i) > 5) {
                    now.target(i, now.close(i, 0) > now.close(i, 5) ? 0.3 : 0);
                }
            }
        }
    }

    /** Buys by limit orders below the close, sells by market orders. */
    static final class Patient implements Strategy {
        Patient(Parameters parameters) {
            parameters.integer("unused", 1, 1, 2);
        }

        @Override
        public void onBar(Context now) {
            if (now.bars(0) % 10 == 1) {
                double quantity = Math.max(0.001, 0.5 * now.equity() / now.close(0, 0));
                now.submit(OrderRequest.limit(0, Side.BUY, quantity, now.low(0, 0)));
            } else if (now.bars(0) % 10 == 9 && now.position(0) > 0) {
                now.submit(OrderRequest.market(0, Side.SELL, now.position(0)));
            }
        }
    }

    private static BacktestRequest rising() {
        return BacktestRequest.of(Rising.class, Rising::new);
    }

    private static Waterfall waterfall(BacktestRequest request, Dataset data) throws IOException {
        return Lama.backtest(request, data, Lama.Options.defaults().withoutLedger())
                .record()
                .orElseThrow()
                .waterfall()
                .orElseThrow();
    }

    @Test
    void aStrategyOfWeightsOnSurvivorsCostsOneRunMore() throws IOException {
        STARTS.set(0);
        Backtest backtest =
                Lama.backtest(rising(), bars, Lama.Options.defaults().withoutLedger());
        Waterfall waterfall = backtest.record().orElseThrow().waterfall().orElseThrow();
        // the run, three at other costs and as many as the break-even cost asks for, up to five of them between two
        // whole
        // multiples, eight with other capital, and one in the deciding bar
        double breakEven = backtest.metrics().getOrDefault("breakEvenCost", Double.NaN);
        int forBreakEven = Double.isNaN(breakEven) || breakEven <= 3 ? 0 : (int) Math.min(10, Math.ceil(breakEven)) - 3;
        int least = 1 + 3 + forBreakEven + 8 + 1;
        assertThat(STARTS.get()).isBetween(least, least + (Double.isFinite(breakEven) ? 5 : 0));
        assertThat(waterfall.steps().stream().filter(Waterfall.Step::applies).map(Waterfall.Step::rule))
                .containsExactly("fill", "costs");
        assertThat(waterfall.steps().get(1).after().sharpe())
                .isCloseTo(backtest.metrics().getOrDefault("sharpe", Double.NaN), within(1e-9));
        assertThat(waterfall.steps().get(1).change().sharpe()).isNegative();
        assertThat(waterfall.asText())
                .contains("n/a: the strategy sends no orders of its own")
                .contains("n/a: no asset of these data ends before the last 30 days")
                .contains("n/a: a backtest of bars fits nothing on windows")
                .contains("n/a: no other trial was counted");
    }

    @Test
    void limitOrdersAreFilledAtATouchFirst() throws IOException {
        Waterfall waterfall = waterfall(BacktestRequest.of(Patient.class, Patient::new), bars);
        Waterfall.Step limits = waterfall.steps().get(2);
        assertThat(limits.applies()).isTrue();
        assertThat(limits.after().sharpe()).isFinite();
        assertThat(waterfall.steps().get(0).reason()).contains("sends its own orders");
    }

    @Test
    void anAssetThatDisappearsMakesTheUniverseARule() throws IOException {
        List<Frame> frames = new ArrayList<>(bars.data().frames());
        frames.set(2, frames.get(2).head(frames.get(2).size() - 120));
        Dataset shorter = new Dataset(new MarketData(frames, bars.data().quality(), List.of()));
        Waterfall waterfall = waterfall(rising(), shorter);
        Waterfall.Step universe = waterfall.steps().get(3);
        assertThat(universe.applies()).isTrue();
        assertThat(universe.change().sharpe()).isNotZero();
        assertThat(universe.after().sharpe())
                .isCloseTo(Lama.backtest(rising(), shorter).metrics().getOrDefault("sharpe", Double.NaN), within(1e-9));
    }

    @Test
    void aPortfolioOfStrategiesHasWaterfallBoundsAndCapacityToo() throws IOException {
        List<Frame> frames = new ArrayList<>(bars.data().frames());
        frames.set(2, frames.get(2).head(frames.get(2).size() - 120));
        Dataset shorter = new Dataset(new MarketData(frames, bars.data().quality(), List.of()));
        BacktestRecord both = Lama.portfolio(
                List.of(
                        rising(),
                        BacktestRequest.of("sma-cross").with("fast", 5).with("slow", 20)),
                shorter,
                Lama.Options.defaults().withoutLedger());
        Waterfall waterfall = both.waterfall().orElseThrow();
        assertThat(waterfall.steps().stream().filter(Waterfall.Step::applies).map(Waterfall.Step::rule))
                .contains("fill", "costs", "universe");
        assertThat(waterfall.honest().sharpe()).isCloseTo(both.metrics().sharpe(), within(1e-9));
        assertThat(waterfall.steps().get(5).reason()).contains("no other trial was counted");
        assertThat(both.ambiguity().isDecidable()).isTrue();
        assertThat(both.capacity().orElseThrow().isOfRecordedFills()).isFalse();
        assertThat(both.capacity().orElseThrow().points()).hasSize(9);
        BacktestRecord once = Lama.portfolio(
                List.of(rising(), BacktestRequest.of(now -> now.target(0, 0.5))),
                bars,
                Lama.Options.defaults().withoutLedger());
        assertThat(once.waterfall()).isEmpty();
        assertThat(once.capacity().orElseThrow().isOfRecordedFills()).isTrue();
    }

    @Test
    void underFlatCostsCapacityIsRunWithImpact() throws IOException {
        BacktestRequest flat = rising().withSettings(BacktestSettings.defaults().withCosts(0.001, 0.0005));
        List<CapacityCurve.Point> points = Lama.backtest(flat, bars)
                .record()
                .orElseThrow()
                .capacity()
                .orElseThrow()
                .points();
        assertThat(points.get(8).annualReturn()).isLessThan(points.get(0).annualReturn() - 0.01);
        BacktestRequest fixed =
                rising().withSettings(BacktestSettings.defaults().withSizing("fixed:25000"));
        BacktestRecord same = Lama.backtest(fixed, bars).record().orElseThrow();
        assertThat(same.capacity().orElseThrow().isOfRecordedFills()).isTrue();
    }

    @Test
    void aStrategyObjectHasNoWaterfallAndTheReportSaysWhy() throws IOException {
        Backtest once = Lama.backtest(now -> now.target(0, 0.5), bars);
        assertThat(once.record().orElseThrow().waterfall()).isEmpty();
        OutputFolder out = OutputFolder.prepare(folder.resolve("once"), "backtest", false);
        once.write(out);
        assertThat(Files.readString(folder.resolve("once/report.html")))
                .contains("Runs under naive rules need a strategy that can be made anew for each run.");
    }

    @Test
    void theManifestHoldsTheChecksAndKeepsThemWhenItIsReadBack() throws IOException {
        Backtest backtest =
                Lama.backtest(rising(), bars, Lama.Options.defaults().withoutLedger());
        OutputFolder out = OutputFolder.prepare(folder.resolve("run"), "backtest", false);
        backtest.write(out);
        assertThat(Files.readString(folder.resolve("run/report.html")))
                .contains(">From naive to honest<", "the pessimistic and the optimistic result are the one shown");
        Node checks = backtest.manifest().get("checks");
        assertThat(checks.get("waterfall").get("steps").items()).hasSize(6);
        assertThat(checks.get("intrabarBounds").get("decidable").asBoolean()).isTrue();
        assertThat(checks.get("intrabarBounds").get("pessimisticReturn").asDouble())
                .isEqualTo(checks.get("intrabarBounds").get("optimisticReturn").asDouble());
        Backtest again = Backtest.open(folder.resolve("run/result.json"));
        assertThat(again.manifest().get("checks").get("waterfall").get("honest"))
                .hasToString(checks.get("waterfall").get("honest").toString());
    }
}
