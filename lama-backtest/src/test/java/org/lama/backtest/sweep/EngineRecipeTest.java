package org.lama.backtest.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.backtest.cost.FlatCost;
import org.lama.backtest.cost.SquareRootCost;
import org.lama.backtest.engine.EngineSettings;
import org.lama.backtest.engine.EngineSettings.MarginMode;
import org.lama.backtest.engine.EngineSettings.QuantityMode;
import org.lama.backtest.engine.InstrumentEvent;
import org.lama.backtest.engine.Market;
import org.lama.backtest.execution.OrderSizing;
import org.lama.backtest.risk.RiskLimits;
import org.lama.backtest.sizing.AllocationSettings;
import org.lama.backtest.sizing.Rebalancing;
import org.lama.backtest.strategies.Strategies;
import org.lama.core.market.CostModel;
import org.lama.core.market.Instrument;
import org.lama.core.market.MarginTiers;
import org.lama.core.search.ParameterSet;
import org.lama.core.search.PortableTask;
import org.lama.core.search.TaskExecutor;
import org.lama.core.search.TaskWorker;
import org.lama.core.search.TaskWorkers;
import org.lama.core.series.Frame;

class EngineRecipeTest {
    private static final String SOURCE = """
            import org.lama.backtest.strategies.Parameters;
            import org.lama.backtest.strategy.Context;
            import org.lama.backtest.strategy.Strategy;

            public final class Steps implements Strategy {
                private final int bars;

                public Steps(Parameters p) {
                    bars = p.integer("bars", 3, 1, 1000);
                }

                @Override
                public void onBar(Context context) {
                    if (context.close(0, 0) > context.close(0, bars)) {
                        context.target(0, 1);
                    } else {
                        context.target(0, 0);
                    }
                }

                @Override
                public int warmUpBars() {
                    return bars;
                }
            }
            """;

    @TempDir
    Path temporary;

    /** A cost model that is nobody's record. */
    private static final class Free implements CostModel {
        @Override
        public double slippage(double participation, double spread, double volatilityDay) {
            return 0;
        }

        @Override
        public double feeRate(Role role, double traded30Days) {
            return 0;
        }

        @Override
        public boolean dependsOnMarket() {
            return false;
        }

        @Override
        public CostModel scaled(double multiple) {
            return this;
        }

        @Override
        public String describe() {
            return "free";
        }
    }

    private static Frame frame() {
        return SweepMarkets.walk(3, 600, SweepMarkets.HOUR, 100, 0.01);
    }

    private static ParameterSet set(String... pairs) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            values.put(pairs[i], pairs[i + 1]);
        }
        return ParameterSet.of(values);
    }

    /** Evaluates here and behind the bytes of the recipe, through the worker that is found by name. */
    private static void sameOnBothSides(EngineRecipe recipe, TrialCase... cases) {
        EngineTrials trials = recipe.trials();
        TaskExecutor.Task<TrialFinding> task = TrialTask.of(trials, k -> cases[k]);
        assertThat(task).isInstanceOf(PortableTask.class);
        PortableTask<TrialFinding> travelling = (PortableTask<TrialFinding>) task;
        assertThat(travelling.shared()).isSameAs(travelling.shared());
        TaskWorker.Work far = TaskWorkers.named(travelling.worker()).setUp(travelling.shared());
        for (int k = 0; k < cases.length; k++) {
            TrialFinding here = travelling.run(k);
            TrialFinding there = travelling.result(k, far.run(travelling.input(k)));
            assertThat(TrialBytes.ofFinding(there)).as(cases[k].toString()).isEqualTo(TrialBytes.ofFinding(here));
            assertThat(here.returns().length > 0)
                    .isEqualTo(cases[k].wantsReturns() && !here.reason().startsWith("failed"));
        }
    }

    private static TrialCase whole(String... pairs) {
        return new TrialCase(set(pairs), TrialFunction.ALL, true);
    }

    @Test
    void bothPathsPrefixesAndFailuresAreTheSameOnTheFarSide() throws IOException {
        EngineSettings settings = EngineSettings.builder()
                .cost(new FlatCost(0.001, 0.0005))
                .orderSizing(OrderSizing.AT_OPEN)
                .quantityMode(QuantityMode.FRACTIONAL)
                .limits(new RiskLimits(1, 1, Double.POSITIVE_INFINITY))
                .build();
        EngineRecipe recipe = EngineRecipe.builder(
                        "sma-cross", Optional.empty(), Market.of(SweepMarkets.of(frame())), settings)
                .rule("sma-cross")
                .metric(SweepMetric.named("calmar"))
                .parameters(Map.of("slow", "50"))
                .build();
        sameOnBothSides(
                recipe,
                whole("fast", "5"),
                new TrialCase(set("fast", "5"), 200, false),
                new TrialCase(set("fast", "5"), 5000, false),
                whole("fast", "60"),
                whole("fast", "seven"));
        assertThat(recipe.trials()
                        .run(set("fast", "5"), TrialFunction.ALL, false)
                        .path())
                .isEqualTo("windows");
        assertThat(EngineRecipe.fromBytes(recipe.toBytes()).trials().canonicalText())
                .isEqualTo(recipe.trials().canonicalText())
                .contains("metric=calmar");
    }

    @Test
    void streamsEventsSizesAndAllSettingsTravel() throws IOException {
        Frame frame = frame();
        long[] times = {frame.index().at(10), frame.index().at(300)};
        Market market = Market.builder(SweepMarkets.of(frame))
                .funding("BTC", times, new double[] {0.001, -0.002})
                .conversion("EUR", times, new double[] {1.1, 1.2})
                .trades("BTC", times, new double[] {100, 101}, new double[] {1, -2})
                .books("BTC", times, new double[] {99, 99}, new double[] {1, 1}, new double[] {101, 101}, new double[] {
                    2, 2
                })
                .event(new InstrumentEvent.Delisted(frame.index().at(500), "BTC"))
                .build();
        EngineSettings settings = EngineSettings.builder()
                .kind(Instrument.Kind.PERP)
                .marginMode(MarginMode.CROSS)
                .cost(SquareRootCost.DEFAULT)
                .leverage(2)
                .delisting(0.25, Duration.ofHours(7))
                .build();
        EngineRecipe recipe = EngineRecipe.builder("donchian", Optional.empty(), market, settings)
                .sizing(new EngineRecipe.Sizing(
                        "vol-target",
                        AllocationSettings.builder().targetVolatilityAnnual(0.3).build(),
                        60,
                        Optional.of(Rebalancing.EVERY_BAR)))
                .build();
        sameOnBothSides(
                recipe,
                whole("enter", "20", "exit", "10"),
                new TrialCase(set("enter", "20", "exit", "10"), 400, false));
        assertThat(EngineRecipe.fromBytes(recipe.toBytes()).toBytes()).isEqualTo(recipe.toBytes());
    }

    @Test
    void sourceFilesAndTheirChecksumTravel() throws IOException {
        Path source = Files.writeString(temporary.resolve("Steps.java"), SOURCE);
        EngineRecipe recipe = EngineRecipe.builder(
                        source.toString(),
                        Optional.empty(),
                        Market.of(SweepMarkets.of(frame())),
                        EngineSettings.DEFAULT)
                .build();
        byte[] bytes = recipe.toBytes();
        Files.delete(source);
        sameOnBothSides(recipe, whole("bars", "4"), whole("bars", "9"));
        assertThat(EngineRecipe.fromBytes(bytes).trials().canonicalText())
                .isEqualTo(recipe.trials().canonicalText());
    }

    @Test
    void damagedBytesAreRefusedWithBothChecksums() throws IOException {
        EngineRecipe recipe = EngineRecipe.builder(
                        "buy-and-hold", Optional.empty(), Market.of(SweepMarkets.of(frame())), EngineSettings.DEFAULT)
                .build();
        byte[] bytes = recipe.toBytes().clone();
        bytes[bytes.length / 2] ^= 1;
        assertThatThrownBy(() -> EngineRecipe.fromBytes(bytes))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("damaged on its way: checksum")
                .hasMessageContaining("expected");
        assertThatThrownBy(() -> new EngineTrialsWorker().setUp(bytes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("damaged");
        assertThatThrownBy(() -> EngineRecipe.fromBytes(new byte[] {0, 0, 0, 1, 65}))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> EngineRecipe.fromBytes(new byte[3])).isInstanceOf(IOException.class);
    }

    @Test
    void costModelOfAUserIsRefusedByName() throws IOException {
        EngineSettings settings = EngineSettings.builder().cost(new Free()).build();
        EngineRecipe recipe = EngineRecipe.builder(
                        "buy-and-hold", Optional.empty(), Market.of(SweepMarkets.of(frame())), settings)
                .build();
        assertThatThrownBy(recipe::toBytes)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot travel to another process");
    }

    @Test
    void functionWithoutPartsStaysHere() {
        EngineTrials trials = EngineTrials.of(
                step -> Market.of(SweepMarkets.of(frame())),
                Strategies.named("buy-and-hold")::create,
                EngineSettings.DEFAULT,
                SweepMetric.SHARPE,
                "test");
        assertThat(TrialTask.of(trials, k -> whole())).isNotInstanceOf(PortableTask.class);
    }

    @Test
    void valuesKeepTheirBitsAndOthersAreRefused() throws IOException {
        List<Object> values = List.of(
                1.5,
                Double.NaN,
                7,
                8L,
                true,
                "text äß",
                Duration.ofNanos(1_500_000_001L),
                List.of(1, "two"),
                Optional.of(3.0),
                Optional.empty(),
                MarginTiers.of(new double[] {0, 10}, new double[] {0.01, 0.02}, 50, 0.004),
                QuantityMode.LOTS,
                new FlatCost(0.001, 0.002));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        RecordBytes.write(new DataOutputStream(bytes), values);
        assertThat(RecordBytes.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()))))
                .isEqualTo(values);
        assertThatThrownBy(() -> RecordBytes.write(new DataOutputStream(bytes), new AtomicInteger()))
                .hasMessageContaining("java.util.concurrent.atomic.AtomicInteger, which cannot travel");
        assertThatThrownBy(() -> read('e', "java.time.DayOfWeek")).hasMessageContaining("is no type of LAMA");
        assertThatThrownBy(() -> read('e', "org.lama.Nothing")).hasMessageContaining("it lacks org.lama.Nothing");
        assertThatThrownBy(() -> read('r', FlatCost.class.getName())).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> read('x', "")).hasMessageContaining("no value begins with the byte");
    }

    private static Object read(char tag, String type) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeByte(tag);
        RecordBytes.text(out, type);
        RecordBytes.text(out, "");
        return RecordBytes.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    }
}
