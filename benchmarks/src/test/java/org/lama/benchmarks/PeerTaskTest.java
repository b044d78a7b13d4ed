package org.lama.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;
import org.lama.models.arima.Arima;
import org.lama.models.arima.ArimaSpec;
import org.lama.models.garch.Garch;
import org.lama.models.garch.GarchSpec;

class PeerTaskTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... args) {
        return PeerTask.run(
                args,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private List<Node> lines() throws IOException {
        List<Node> lines = new ArrayList<>();
        for (String line : out.toString(StandardCharsets.UTF_8).lines().toList()) {
            lines.add(Documents.parseJson(line, "output"));
        }
        return lines;
    }

    private Path values(int n) throws IOException {
        StringBuilder text = new StringBuilder("value\n");
        for (double value : BenchmarkData.logPrices(n)) {
            text.append(value).append('\n');
        }
        return Files.writeString(folder.resolve("values.csv"), text.append('\n'));
    }

    @Test
    void featuresAreSampledEachSecondWithFewBytesForAnEvent() throws IOException {
        assertThat(run(folder.toString(), "1", "0.01", "features:generated", "features-plain:generated"))
                .isZero();
        Node line = lines().get(0);
        assertThat(line.get("rows").asInt()).isEqualTo(1000);
        assertThat(line.get("present").asInt()).isGreaterThan(1000 * 40);
        assertThat(line.get("bytes").asDouble()).isBetween(1.0, 8e6);
        assertThat(lines().get(1).get("n").asInt()).isEqualTo(line.get("n").asInt());
        assertThat(run("-", "1", "0", "features:coffee")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("feed must be generated, usdm, coinm or spot");
    }

    @Test
    void theUnitRootTestTellsStatisticAndLag() throws IOException {
        assertThat(run(values(120).toString(), "2", "0.02", "adf")).isZero();
        Node line = lines().get(0);
        assertThat(line.get("stat").asDouble()).isBetween(-10.0, 10.0);
        assertThat(line.get("lag").asInt()).isBetween(0, 13);
    }

    @Test
    void theStoreReadsWhatItWrote() throws IOException {
        Path file = folder.resolve("store.parquet");
        assertThat(run(file.toString(), "1", "0.01", "store-write:2e5", "store-read:2e5", "store-day:2e5"))
                .isZero();
        List<Node> lines = lines();
        assertThat(lines).extracting(line -> line.get("rows").asInt()).containsExactly(200_000, 200_000, 86_400);
        // eight bytes a value would be 9.6 MB
        assertThat(lines.get(0).get("bytes").asInt()).isBetween(1_000_000, 2_400_000);
        assertThat(run(file.toString(), "1", "0.01", "store-read")).isEqualTo(2);
    }

    @Test
    void thePairsOfASweepEndAtTheSameMoneyWhateverIsAskedBesides() throws IOException {
        StringBuilder text = new StringBuilder("time_ms,open,high,low,close,volume\n");
        double[] price = BenchmarkData.logPrices(2500);
        for (int t = 0; t < price.length; t++) {
            String cents = String.format(java.util.Locale.ROOT, "%.2f", 100 * Math.exp(price[t] - price[0]));
            text.append(1_600_000_000_000L + t * 60_000L)
                    .append((',' + cents).repeat(4))
                    .append(",1\n");
        }
        Path bars = Files.writeString(folder.resolve("bars.csv"), text);
        assertThat(run(bars.toString(), "1", "0.02", "pairs", "pairs-figures", "pairs-2", "signals"))
                .isZero();
        List<Node> lines = lines();
        double money = lines.get(0).get("endEquity").asDouble();
        assertThat(lines.get(1).get("endEquity").asDouble()).isEqualTo(money);
        assertThat(lines.get(2).get("endEquity").asDouble()).isCloseTo(money, within(1e-9 * money));
        assertThat(lines.get(2).get("threads").asInt()).isEqualTo(2);
        // a hundred of the thousand
        assertThat(lines.get(3).get("endEquity").asDouble()).isBetween(0.05 * money, 0.2 * money);
    }

    @Test
    void everyTaskPrintsOneLineWithItsTimesAndItsResult() throws IOException {
        Path file = values(120);
        assertThat(run(file.toString(), "3", "0.02", "fit:1,1,1", "auto")).isZero();
        List<Node> lines = lines();
        assertThat(lines).hasSize(2);
        Node fit = lines.get(0);
        assertThat(fit.get("task").asText()).isEqualTo("fit:1,1,1");
        assertThat(fit.get("n").asInt()).isEqualTo(120);
        assertThat(fit.get("reps").asInt()).isBetween(1, 3);
        assertThat(fit.get("warm_reps").asInt()).isPositive();
        assertThat(fit.get("cpu_min").asDouble())
                .isPositive()
                .isLessThanOrEqualTo(fit.get("cpu_med").asDouble());
        assertThat(fit.get("wall_min").asDouble())
                .isPositive()
                .isLessThanOrEqualTo(fit.get("wall_med").asDouble());
        double expected =
                Arima.fit(BenchmarkData.logPrices(120), ArimaSpec.of(1, 1, 1)).logLikelihood();
        // the file holds every digit, so only the text of the result could lose some
        assertThat(fit.get("loglik").asDouble()).isCloseTo(expected, within(1e-9));
        assertThat(lines.get(1).get("order").asDoubles()).hasSize(3);
    }

    @Test
    void coldRunsExactlyTheRepetitionsWithoutWarmUp() throws IOException {
        assertThat(run("--cold", "-", "4", "0", "forest-fit:300:2", "forest-score:3e2:2"))
                .isZero();
        assertThat(lines()).hasSize(2).allSatisfy(line -> {
            assertThat(line.get("reps").asInt()).isEqualTo(4);
            assertThat(line.get("warm_reps").asInt()).isZero();
            assertThat(line.get("n").asInt()).isEqualTo(300);
        });
        assertThat(lines().get(1).get("mean_score").asDouble()).isBetween(0.3, 0.7);
    }

    @Test
    void walkRefitsEveryThirtyRowsAndExtrapolatesWhenCut() throws IOException {
        Path file = values(PeerWork.WINDOW + 3 * PeerWork.STEP);
        assertThat(run("--cold", file.toString(), "1", "0", "walk", "walk:2", "walk:1"))
                .isZero();
        assertThat(lines()).extracting(line -> line.get("windows").asInt()).containsExactly(3, 3, 3);
        assertThat(lines()).extracting(line -> line.get("windows_run").asInt()).containsExactly(3, 2, 1);
        assertThat(lines().get(0).get("orders").at(0))
                .isEqualTo(lines().get(2).get("orders").at(0));
        assertThat(lines().get(0).get("aiccs").asDoubles()).hasSize(3);
        assertThat(lines().get(0).get("differences").asDoubles()).hasSize(3);
        assertThat(lines().get(0).get("cpu_total_extrapolated").asDouble()).isNotNegative();
    }

    @Test
    void aWarmWalkSeesTheSameWindows() throws IOException {
        Path file = values(PeerWork.WINDOW + 3 * PeerWork.STEP);
        assertThat(run("--cold", file.toString(), "1", "0", "walk", "walk-warm", "walk-warm:2"))
                .isZero();
        assertThat(lines()).extracting(line -> line.get("windows_run").asInt()).containsExactly(3, 3, 2);
        assertThat(lines().get(1).get("orders").at(0))
                .isEqualTo(lines().get(0).get("orders").at(0));
    }

    @Test
    void volatilityModelsTellTheirLikelihood() throws IOException {
        StringBuilder text = new StringBuilder("value\n");
        double[] returns = Garch.simulate(GarchSpec.garch(1, 1), new double[] {0.05, 0.05, 0.1, 0.85}, 400, 3);
        for (double value : returns) {
            text.append(value).append('\n');
        }
        Path file = Files.writeString(folder.resolve("returns.csv"), text);
        assertThat(run("--cold", file.toString(), "1", "0", "garch:garch", "garch:gjr"))
                .isZero();
        double plain = lines().get(0).get("loglik").asDouble();
        assertThat(plain).isCloseTo(Garch.fit(returns, GarchSpec.garch(1, 1)).logLikelihood(), within(1e-9));
        assertThat(lines().get(1).get("loglik").asDouble()).isGreaterThanOrEqualTo(plain);
    }

    @Test
    void anIndicatorTellsItsLastValue() throws IOException {
        Path file = Files.writeString(
                folder.resolve("bars.csv"), "open,high,low,close,volume\n1,3,1,2,5\n2,6,2,4,5\n4,9,3,6,5\n");
        assertThat(run("--cold", file.toString(), "1", "0", "indicator:sma(2)", "indicator:trange"))
                .isZero();
        assertThat(lines()).extracting(line -> line.get("last").asDouble()).containsExactly(5.0, 6.0);
        assertThat(lines().get(0).get("n").asInt()).isEqualTo(3);
        assertThat(run("--cold", file.toString(), "1", "0", "indicator")).isEqualTo(2);
        assertThat(run("--cold", file.toString(), "1", "0", "indicator:smaa(2)"))
                .isEqualTo(2);
        assertThat(run("--cold", values(5).toString(), "1", "0", "indicator:obv"))
                .isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("such as indicator:sma(20), got 'indicator'")
                .contains("did you mean 'sma'?")
                .contains("must begin with a line of [open, high, low, close, volume]");
    }

    @Test
    void aPanelCountsItsChoicesAndTheTimeOfAllThreads() throws IOException {
        assertThat(run("--cold", "-", "1", "0", "panel:3:430", "panel-warm:3:430"))
                .isZero();
        assertThat(lines()).hasSize(2).allSatisfy(line -> {
            assertThat(line.get("choices").asInt()).isEqualTo(6);
            assertThat(line.get("threads").asInt()).isEqualTo(2);
            assertThat(line.get("n").asInt()).isEqualTo(430);
        });
        Panel panel = Panel.of(3, 430);
        assertThat(lines().get(0).get("aicc").asDouble())
                .isCloseTo(panel.run(false).meanAicc(), within(1e-9));
    }

    @Test
    void wrongArgumentsAreNamedWithExitCodeTwo() throws IOException {
        String file = values(50).toString();
        assertThat(run(file, "1", "1")).isEqualTo(2);
        assertThat(run("--cold")).isEqualTo(2);
        assertThat(run(file, "1", "1", "garch")).isEqualTo(2);
        assertThat(run(file, "1", "1", "garch:figarch")).isEqualTo(2);
        assertThat(run(file, "1", "1", "panel:0:430")).isEqualTo(2);
        assertThat(run(file, "1", "1", "arfima")).isEqualTo(2);
        assertThat(run(file, "0", "1", "auto")).isEqualTo(2);
        assertThat(run(file, "1", "1", "fit:1,1")).isEqualTo(2);
        assertThat(run(file, "1", "1", "forest-fit:10")).isEqualTo(2);
        assertThat(run(file, "1", "1", "walk")).isEqualTo(2);
        assertThat(run(folder.resolve("absent.csv").toString(), "1", "1", "auto"))
                .isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("usage: PeerTask")
                .contains("garch must be garch:MODEL, got 'garch'")
                .contains("got 'figarch'")
                .contains("got 'arfima'")
                .contains("assets must be >= 1, got 0")
                .contains("repetitions must be >= 1, got 0")
                .contains("order must be p,d,q, got '1,1'")
                .contains("walk needs 395 values, got 50")
                .contains("absent.csv");
        assertThat(out.size()).isZero();
    }
}
