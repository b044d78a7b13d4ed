package org.lama.backtest.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.backtest.BarTexts;
import org.lama.backtest.strategies.Parameters;
import org.lama.backtest.strategy.Context;
import org.lama.backtest.strategy.Strategy;

/** A strategy that knows from its first run what its second run has yet to see. */
class SweepAgainTest {
    private static final String SOURCE = """
            import java.util.concurrent.ConcurrentHashMap;
            import org.lama.backtest.strategies.Parameters;
            import org.lama.backtest.strategy.Context;
            import org.lama.backtest.strategy.Strategy;

            public final class %s implements Strategy {
                %s final ConcurrentHashMap<Long, Double> seen = new ConcurrentHashMap<>();
                private final int k;

                public %s(Parameters parameters) {
                    k = parameters.integer("k", 5);
                }

                @Override
                public void onBar(Context now) {
                    seen.put(now.timeNanos(), now.close(0, 0));
                    Double next = seen.get(now.timeNanos() + 86_400_000_000_000L);
                    boolean up = now.bars(0) > k && now.close(0, 0) > now.close(0, k);
                    now.target(0, (next == null ? up : next > now.close(0, 0)) ? 0.5 : 0);
                }
            }
            """;

    @TempDir
    private Path folder;

    private SweepOutcome sweep(BacktestRequest request, int threads) throws IOException {
        return Lama.sweep(
                SweepRequest.of(request, "k=1..12").withBatch(4),
                Lama.load(folder.resolve("BTCUSDT.csv")),
                Lama.Options.defaults().withoutLedger().withThreads(threads),
                Optional.empty());
    }

    private BacktestRequest of(String name, String modifier) throws IOException {
        Path bars = BarTexts.write(folder.resolve("BTCUSDT.csv"), BarTexts.walk(5, 300));
        Path source = Files.writeString(folder.resolve(name + ".java"), SOURCE.formatted(name, modifier, name));
        return BacktestRequest.of(bars, source.toString());
    }

    @Test
    void aStaticFieldThatRemembersIsFoundAndGivesNoVerdict() throws IOException {
        BacktestRequest memo = of("Memo", "static");
        assertThatThrownBy(() -> sweep(memo, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        "the strategy remembers earlier runs, or draws random numbers without a seed: trial ")
                .hasMessageContaining("when it runs alone, so there is no verdict")
                .hasMessageContaining("lama check");
    }

    @Test
    void theSameStrategyWithAFieldOfItsOwnIsJudged() throws IOException {
        assertThat(sweep(of("Own", "private"), 2).result().statistics().count()).isEqualTo(12);
    }

    /** Code of this process has one class loader: its first trial did not know what it knows now. */
    public static final class Here implements Strategy {
        private static final ConcurrentHashMap<Long, Double> SEEN = new ConcurrentHashMap<>();
        private final int k;

        /** One parameter. */
        public Here(Parameters parameters) {
            k = parameters.integer("k", 5);
        }

        @Override
        public void onBar(Context now) {
            SEEN.put(now.timeNanos(), now.close(0, 0));
            Double next = SEEN.get(now.timeNanos() + 86_400_000_000_000L);
            boolean up = now.bars(0) > k && now.close(0, 0) > now.close(0, k);
            now.target(0, (next == null ? up : next > now.close(0, 0)) ? 0.5 : 0);
        }
    }

    @Test
    void codeOfThisProcessIsRunAgainAsItIs() throws IOException {
        Path bars = BarTexts.write(folder.resolve("BTCUSDT.csv"), BarTexts.walk(5, 300));
        BacktestRequest here = BacktestRequest.of(Here.class, Here::new);
        assertThat(bars).exists();
        // with one thread the first trial has nothing to remember
        assertThatThrownBy(() -> sweep(here, 1)).hasMessageContaining("the strategy remembers earlier runs");
    }
}
