package org.lama.backtest.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.backtest.BarTexts;
import org.lama.backtest.strategies.Parameters;
import org.lama.backtest.strategy.Context;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.base.TimeSource;
import org.lama.core.search.TrialLedger;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;
import org.lama.core.store.ParquetFrames;
import org.lama.core.store.ParquetTable;

class BacktestTest {
    @TempDir
    private Path folder;

    private Path bars() throws IOException {
        return BarTexts.write(folder.resolve("BTCUSDT.csv"), BarTexts.walk(5, 400));
    }

    private BacktestRequest request() throws IOException {
        return BacktestRequest.of(bars(), "sma-cross").with("fast", 5).with("slow", 20);
    }

    private Path written(Backtest backtest, String name) throws IOException {
        OutputFolder out = OutputFolder.prepare(folder.resolve(name), "backtest", false);
        backtest.write(out);
        return out.path();
    }

    @Test
    void tradesAddUpToTheEndEquity() throws IOException {
        Backtest backtest =
                Lama.backtest(request().withSettings(BacktestSettings.defaults().withCosts(0.001, 0.0005)));
        Node manifest = backtest.manifest();
        double pnl = 0;
        for (Node trade : manifest.get("trades").items()) {
            pnl += trade.get("pnl").asDouble();
            double turn =
                    (trade.get("exitPrice").asDouble() - trade.get("entryPrice").asDouble())
                            * trade.get("quantity").asDouble();
            // averages of prices in ticks times lots: the money is rounded to 1e-8
            assertThat(turn - trade.get("fees").asDouble())
                    .isCloseTo(trade.get("pnl").asDouble(), org.assertj.core.api.Assertions.within(1e-3));
        }
        assertThat(manifest.get("trades").size()).isGreaterThan(3);
        boolean flat = backtest.metrics().getOrDefault("trades", Double.NaN) * 2
                == manifest.get("fills").asInt();
        if (flat) {
            assertThat(1_000_000 + pnl).isCloseTo(backtest.endEquity(), org.assertj.core.api.Assertions.within(1e-4));
        }
        double[] equity = backtest.equity();
        assertThat(equity[equity.length - 1]).isEqualTo(backtest.endEquity());
        assertThat(backtest.times().size()).isEqualTo(equity.length);
        assertThat(backtest.metrics()).containsKeys("sharpe", "maxDrawdown", "probabilisticSharpe", "trades");
        assertThat(backtest.benchmark()).containsKey("sharpe");
        assertThat(backtest.costs().get("fees")).isPositive();
        assertThat(backtest.isSynthetic()).isFalse();
        assertThat(backtest.explain()).contains("sma-cross {fast=5, slow=20}", "End equity", "buy and hold");
        assertThat(backtest.table().columns()).hasSize(3);
        assertThat(backtest.trades().columns()).hasSize(13);
        assertThat(backtest.fills().columns()).hasSize(6);
        assertThat(backtest.figure().svg()).startsWith("<svg");
    }

    @Test
    void aWrittenResultIsOpenedWithoutComputing() throws IOException {
        Backtest backtest = Lama.backtest(request());
        Path out = written(backtest, "out");
        assertThat(out).isDirectoryContaining("glob:**report.html");
        for (String name : List.of("trades", "equity", "fills")) {
            ParquetTable table = ParquetFrames.read(out.resolve(name + ".parquet"));
            List<String> lines = Files.readAllLines(out.resolve(name + ".csv"));
            assertThat(lines).hasSize(table.rows() + 1);
            assertThat(lines.get(0)).isEqualTo(String.join(",", table.names()));
        }
        assertThat(Files.readAllLines(out.resolve("trades.csv")).get(1))
                .contains("BTCUSDT,LONG,20")
                .doesNotContain("E-");
        Files.delete(folder.resolve("BTCUSDT.csv"));
        Backtest opened = Backtest.open(out);
        assertThat(opened.endEquity()).isEqualTo(backtest.endEquity());
        assertThat(opened.metrics()).isEqualTo(backtest.metrics());
        assertThat(opened.equity()).containsExactly(backtest.equity());
        assertThat(opened.explain()).isEqualTo(backtest.explain().replace("BTCUSDT.csv", "BTCUSDT.csv"));
        assertThat(opened.trades().asText()).isEqualTo(backtest.trades().asText());
        assertThat(opened.fills().asText()).isEqualTo(backtest.fills().asText());
        assertThat(opened.request().parameters()).isEqualTo(request().parameters());
    }

    @Test
    void aTamperedOrForeignResultIsRefused() throws IOException {
        Path out = written(Lama.backtest(request()), "out");
        Path other = written(Lama.backtest(request().with("fast", 6)), "other");
        Files.copy(
                other.resolve("equity.parquet"),
                out.resolve("equity.parquet"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Backtest.open(out))
                .withMessageContaining("equity.parquet beside it is not the one it was written with");
        Path text = Files.writeString(folder.resolve("x.json"), "{\"schema\": \"lama.study/1\"}");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Backtest.open(text))
                .withMessageContaining("is no result of a backtest");
        Path noise = Files.writeString(folder.resolve("y.json"), "{\"a\": 1}");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Lama.diff(noise, text))
                .withMessageContaining("is no result of a study or a backtest");
    }

    /** Strategy of a program, for the one line that names it. */
    public static final class Half implements Strategy {
        private final double weight;

        /** @param p holds the weight */
        public Half(Parameters p) {
            weight = p.number("weight", 0.5, 0, 1);
        }

        @Override
        public void onBar(Context now) {
            if (now.position(0) == 0) {
                now.target(0, weight);
            }
        }
    }

    @Test
    void aProgramRunsItsOwnStrategyByItsConstructor() throws IOException {
        BacktestRequest request =
                BacktestRequest.of(bars(), Half.class, Half::new).with("weight", "0.25");
        Backtest backtest = Lama.backtest(request);
        assertThat(backtest.metrics().get("exposure")).isBetween(0.15, 0.35);
        Node strategy = backtest.manifest().get("settings").get("strategy");
        assertThat(strategy.get("name").asText()).isEqualTo(Half.class.getName());
        assertThat(strategy.get("parameters").get("weight").asText()).isEqualTo("0.25");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Lama.backtest(request.with("wight", "1")))
                .withMessageContaining("has no parameter 'wight'; it has [weight]; did you mean 'weight'?");
    }

    @Test
    void theSameBacktestHasTheSameBitsAndAnotherIsAttributedToItsCause() throws IOException {
        Path first = written(Lama.backtest(request()), "first");
        Path again = written(Lama.backtest(request()), "again");
        assertThat(Lama.diff(first, again).same()).isTrue();
        assertThat(Lama.diff(first, again).lines()).containsExactly("Same: data, settings, code and all figures.");

        ResultDifference settings =
                Lama.diff(first, written(Lama.backtest(request().with("fast", 6)), "fast"));
        assertThat(settings.items(ResultDifference.Cause.SETTINGS))
                .extracting(ResultDifference.Item::path)
                .containsExactly("settings.strategy.parameters.fast");
        assertThat(settings.items(ResultDifference.Cause.DATA)).isEmpty();
        assertThat(settings.items(ResultDifference.Cause.CODE)).isEmpty();
        assertThat(settings.lines().get(0)).isEqualTo("The figures differ; the change comes from settings.");

        Path otherBars = BarTexts.write(folder.resolve("BTCUSDT.csv"), BarTexts.walk(6, 400));
        assertThat(otherBars).exists();
        ResultDifference data = Lama.diff(
                first,
                written(
                        Lama.backtest(BacktestRequest.of(otherBars, "sma-cross")
                                .with("fast", 5)
                                .with("slow", 20)),
                        "data"));
        assertThat(data.items(ResultDifference.Cause.DATA)).isNotEmpty();
        assertThat(data.items(ResultDifference.Cause.SETTINGS)).isEmpty();
        assertThat(data.document().get("causes").asTexts()).containsExactly("DATA");
    }

    @Test
    void changedCodeIsSeen() throws IOException {
        String code = """
                import org.lama.backtest.strategy.*;
                public class Mine implements Strategy {
                    public void onBar(Context now) { if (now.bars(0) == 10) now.target(0, 0.5); }
                }
                """;
        Path file = Files.writeString(folder.resolve("Mine.java"), code);
        BacktestRequest request = BacktestRequest.of(bars(), file.toString());
        Path first = written(Lama.backtest(request), "first");
        Files.writeString(file, code.replace("0.5", "0.6"));
        ResultDifference difference = Lama.diff(first, written(Lama.backtest(request), "second"));
        assertThat(difference.items(ResultDifference.Cause.CODE))
                .extracting(ResultDifference.Item::path)
                .containsExactly("checksums.strategy");
        assertThat(difference.lines().get(0)).isEqualTo("The figures differ; the change comes from code.");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Rerun.of(
                        first.resolve("result.json"),
                        java.util.Optional.empty(),
                        1,
                        org.lama.backtest.walkforward.StudyMonitor.none()))
                .withMessageContaining("is not the one it was run with");
    }

    @Test
    void comparisonPutsFiguresSideBySide() throws IOException {
        Path first = written(Lama.backtest(request()), "first");
        Path second = written(Lama.backtest(request().with("fast", 6)), "second");
        ResultComparison comparison = Lama.compare(List.of(first, second));
        assertThat(comparison.names()).containsExactly("first", "second");
        assertThat(comparison.value(0, "endEquity"))
                .isEqualTo(Backtest.open(first).endEquity());
        assertThat(comparison.asText()).contains("metric", "first", "second", "difference", "sharpe");
        assertThat(comparison.notes()).isEmpty();
        comparison.writeReport(folder.resolve("comparison.html"));
        assertThat(folder.resolve("comparison.html")).content().contains("Figures side by side", "second");
        Path hourly = BarTexts.write(folder.resolve("ETHUSDT.csv"), BarTexts.walk(9, 300));
        Path third = written(Lama.backtest(BacktestRequest.of(hourly, "buy-and-hold")), "third");
        assertThat(Lama.compare(List.of(first, second, third)).notes().get(0)).contains("different data");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Lama.compare(List.of(first)))
                .withMessage("at least two results are needed to compare, got 1");
    }

    @Test
    void eachConfigurationIsOneTrial() throws IOException {
        Path ledger = folder.resolve("ledger");
        Lama.Options options = Lama.Options.defaults().withLedger(ledger, TimeSource.fixed(0));
        Lama.backtest(request(), options);
        Lama.backtest(request(), options);
        Backtest other = Lama.backtest(request().with("fast", 6), options);
        assertThat(TrialLedger.in(ledger, TimeSource.fixed(0)).contents().trials())
                .hasSize(2);
        assertThat(other.manifest().get("trials").get("raw").asInt()).isEqualTo(2);
        assertThat(other.explain()).contains("over 2 trials");
    }

    @Test
    void settingsRoundTripThroughTheirDocument() throws IOException {
        BacktestRequest request = request()
                .withSettings(new BacktestSettings(
                        5e5,
                        0.002,
                        0.001,
                        "flat",
                        "kelly:0.25",
                        "fractional",
                        "next-close",
                        "ohlc",
                        0.1,
                        3,
                        "cross",
                        "keep-and-continue",
                        7));
        Node document = Documents.parseYaml(Documents.yaml(BacktestConfig.document(request)), "test");
        BacktestRequest back = BacktestConfig.apply(BacktestRequest.of("buy-and-hold"), document);
        assertThat(back.settings()).isEqualTo(request.settings());
        assertThat(back.strategy()).isEqualTo("sma-cross");
        assertThat(back.parameters()).isEqualTo(request.parameters());
        assertThat(back.data().path()).isEqualTo(request.data().path());
    }

    @Test
    void wrongKeysAndValuesAreNamed() throws IOException {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        BacktestConfig.apply(request(), Documents.parseYaml("backtest: {comission: 0.1}", "test")))
                .withMessageContaining("unknown key 'comission' in 'backtest'")
                .withMessageEndingWith("did you mean 'commission'?");
        for (String bad : List.of(
                "sizing: kely",
                "sizing: 'hrp:2'",
                "sizing: 'kelly:x'",
                "sizing: 'kelly:2'",
                "cash: 0",
                "commission: 1",
                "slippage: -1",
                "fill: now",
                "path: fair",
                "participation: 0",
                "leverage: 0",
                "margin: none",
                "onFailure: cry",
                "quantityMode: grams",
                "slippageModel: none")) {
            assertThatIllegalArgumentException()
                    .as(bad)
                    .isThrownBy(() ->
                            BacktestConfig.apply(request(), Documents.parseYaml("backtest: {" + bad + "}", "test")));
        }
    }

    @Test
    void slippageWithoutAModelIsFlat() throws IOException {
        Node given = Documents.parseYaml("backtest: {slippage: 0.002}", "test");
        assertThat(BacktestConfig.apply(request(), given).settings().slippageModel())
                .isEqualTo("flat");
        assertThat(request().settings().slippageModel()).isEqualTo("square-root");
    }
}
