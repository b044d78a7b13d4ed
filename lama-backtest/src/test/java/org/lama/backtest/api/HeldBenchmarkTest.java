package org.lama.backtest.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.core.store.Documents;

class HeldBenchmarkTest {
    private static final Instant FIRST = Instant.parse("2023-01-01T00:00:00Z");
    private static final String FREE = "backtest: {commission: 0, slippage: 0, cash: 10000, quick: true";

    @TempDir
    private Path folder;

    /** Daily bars that stay at each price; symbols in the order of the map. */
    private Path bars(Map<String, double[]> prices) throws IOException {
        StringBuilder text = new StringBuilder("time,symbol,open,high,low,close,volume\n");
        int rows = prices.values().iterator().next().length;
        for (int i = 0; i < rows; i++) {
            for (Map.Entry<String, double[]> each : prices.entrySet()) {
                String p = Double.toString(each.getValue()[i]);
                text.append(FIRST.plus(i, ChronoUnit.DAYS)).append(',').append(each.getKey());
                text.append((',' + p).repeat(4)).append(",1000000\n");
            }
        }
        return Files.writeString(folder.resolve("bars.csv"), text);
    }

    private static Backtest run(Path data, String yaml) throws IOException {
        BacktestRequest request = BacktestRequest.of(data, "buy-and-hold");
        return Lama.backtest(BacktestConfig.apply(request, Documents.parseYaml(yaml, "test")));
    }

    @Test
    void theBenchmarkOfALeveredPerpetualIsNeverLiquidated() throws IOException {
        // 40 % down and back up by half of it: ten times leverage is gone at the first fall
        Path data = bars(Map.of("BTCUSD", new double[] {100, 100, 60, 60, 80, 80}));
        String contract = "contracts: {BTCUSD: {kind: linear}}";
        for (String margin : new String[] {"isolated", "cross", "credit"}) {
            Backtest run = run(data, FREE + ", leverage: 10, margin: " + margin + "}\n" + contract);
            assertThat(run.benchmark().get("totalReturn")).as(margin).isCloseTo(-0.2, within(1e-6));
            assertThat(run.benchmark().get("maxDrawdown")).as(margin).isCloseTo(-0.4, within(1e-6));
        }
    }

    @Test
    void theUnderlyingIsHeldNotItsPerpetualAndItsOptions() throws IOException {
        Map<String, double[]> prices = new LinkedHashMap<>();
        prices.put("BTCUSDPERP", new double[] {100, 100, 100, 90});
        prices.put("BTCUSD", new double[] {100, 100, 100, 110});
        prices.put("CALL", new double[] {10, 10, 10, 1});
        prices.put("ETHUSD", new double[] {10, 10, 10, 12});
        String contracts = "contracts: {CALL: {kind: option, base: BTC, quote: USD, option: {right: call, strike: 150,"
                + " expiry: 2024-03-29, underlying: BTCUSD}}}";
        Backtest run = run(bars(prices), FREE + "}\n" + contracts);
        // half of it up by 10 %, half by 20 %
        assertThat(run.benchmark().get("totalReturn")).isCloseTo(0.15, within(1e-6));
        assertThat(run.explain()).contains("buy and hold of BTCUSD, ETHUSD 15.0");
        Path out = folder.resolve("out");
        run.write(OutputFolder.prepare(out, "backtest", false));
        assertThat(Backtest.open(out.resolve("result.json")).explain()).isEqualTo(run.explain());
    }

    @Test
    void theBenchmarkCanBeChosenAndIsNoPartOfTheTrial() throws IOException {
        Map<String, double[]> prices = new LinkedHashMap<>();
        prices.put("BTCUSD", new double[] {100, 100, 100, 110});
        prices.put("ETHUSD", new double[] {10, 10, 10, 12});
        Path data = bars(prices);
        assertThat(run(data, FREE + "}").benchmark().get("totalReturn")).isCloseTo(0.15, within(1e-6));
        assertThat(run(data, FREE + "}").explain()).contains("total return 15.0 %; buy and hold 15.0 %");
        for (String words : List.of("ETHUSD", "[ETHUSD]")) {
            Backtest run = run(data, FREE + "}\nbenchmark: " + words);
            assertThat(run.benchmark().get("totalReturn")).isCloseTo(0.2, within(1e-6));
            assertThat(run.explain()).contains("; buy and hold of ETHUSD 20.0 %");
            assertThat(run.endEquity()).isEqualTo(run(data, FREE + "}").endEquity());
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> run(data, FREE + "}\nbenchmark: ETHUSX"))
                .withMessageContaining("no symbol 'ETHUSX'")
                .withMessageContaining("ETHUSD");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> run(data, FREE + "}\nbenchmark: []"))
                .withMessageContaining("benchmark must name at least one symbol");
    }
}
