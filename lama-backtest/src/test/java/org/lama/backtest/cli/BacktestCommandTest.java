package org.lama.backtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.backtest.BarTexts;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;

/** One strategy from the shell, from its help to its rerun, and everything that can be wrong about it. */
class BacktestCommandTest {
    @TempDir
    private Path folder;

    private Path bars() throws IOException {
        return BarTexts.write(folder.resolve("BTCUSDT.csv"), BarTexts.walk(5, 300));
    }

    private Shell.Outcome backtest(String... more) throws IOException {
        List<String> args = new ArrayList<>(List.of(
                "backtest",
                "--data",
                bars().toString(),
                "--ledger",
                folder.resolve("ledger").toString()));
        if (!List.of(more).contains("--out")) {
            args.addAll(List.of("--out", folder.resolve("out").toString(), "--force"));
        }
        args.addAll(List.of(more));
        Shell.Outcome outcome = Shell.run(args.toArray(String[]::new));
        assertThat(outcome.out() + outcome.err()).doesNotContain("\tat ");
        return outcome;
    }

    /** Wrong input: one clear line, code 2, nothing on standard output, nothing written. */
    private void refused(int code, String message, String... args) throws IOException {
        Shell.Outcome outcome = backtest(args);
        assertThat(outcome.err()).startsWith("lama: ").contains(message);
        assertThat(outcome.code()).isEqualTo(code);
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void theDocumentHoldsEverythingThatAProgramNeeds() throws IOException {
        Shell.Outcome outcome = backtest(
                "--strategy",
                "sma-cross",
                "--param",
                "fast=5",
                "--param",
                "slow=20",
                "--cash",
                "50000",
                "--commission",
                "0.001",
                "--slippage",
                "0.0005",
                "--sizing",
                "all-in",
                "--json");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        Node json = outcome.json();
        assertThat(json.get("endEquity").asDouble()).isBetween(1000.0, 1e6);
        assertThat(json.get("provenance").asText()).isEqualTo("HISTORICAL");
        assertThat(json.get("settings").get("backtest").get("cash").asDouble()).isEqualTo(50_000);
        assertThat(json.get("settings").get("backtest").get("slippageModel").asText())
                .isEqualTo("flat");
        assertThat(json.get("seeds").get("master").asInt()).isEqualTo(42);
        assertThat(json.get("checksums").names()).containsExactly("data", "strategy", "equity");
        assertThat(json.get("metrics").names())
                .contains(
                        "sharpe",
                        "sortino",
                        "cagr",
                        "calmar",
                        "maxDrawdown",
                        "ulcerIndex",
                        "omega",
                        "tailRatio",
                        "valueAtRisk95",
                        "conditionalValueAtRisk95",
                        "skewness",
                        "excessKurtosis",
                        "profitFactor",
                        "winRate",
                        "probabilisticSharpe");
        Node trade = json.get("trades").at(0);
        assertThat(trade.names())
                .containsExactly(
                        "symbol",
                        "side",
                        "entryTime",
                        "exitTime",
                        "entryPrice",
                        "exitPrice",
                        "quantity",
                        "fees",
                        "slippage",
                        "pnl",
                        "grossProfit",
                        "funding",
                        "insurance");
        assertThat(trade.get("side").asText()).isEqualTo("LONG");
        assertThat(trade.get("entryTime").asInstant())
                .isBefore(trade.get("exitTime").asInstant());
        assertThat(outcome.err()).contains("End equity", "Report: ");
        assertThat(Documents.read(folder.resolve("out/result.json"))).isEqualTo(json);
        assertThat(folder.resolve("out"))
                .isDirectoryContaining("glob:**report.html")
                .isDirectoryContaining("glob:**trades.csv")
                .isDirectoryContaining("glob:**fills.parquet");
    }

    @Test
    void aPersonReadsWhatHappenedAndWhatToDoNext() throws IOException {
        Shell.Outcome outcome = backtest("--strategy", "donchian");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out())
                .contains("BTCUSDT: 300 bars", "donchian {enter=20, exit=10, short=false}", "buy and hold")
                .contains("Deflated Sharpe ratio", "over 1 trial on these data", "Report: ", "is a trial, not evidence")
                .contains("Next: ./lama study --data ");
    }

    @Test
    void withoutDataTheMarketIsSyntheticAndSaysSo() throws IOException {
        Path config = Files.writeString(
                folder.resolve("small.yaml"),
                "data: {syntheticAssets: 2, syntheticDays: 200}\nstrategy: {name: sma-cross, parameters: {fast: 5, slow: 20}}\n");
        Shell.Outcome outcome = Shell.run(
                "backtest",
                "--config",
                config.toString(),
                "--ledger",
                folder.resolve("l").toString(),
                "--out",
                folder.resolve("out").toString(),
                "--json");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.err()).startsWith("SYNTHETIC market: generated data.");
        assertThat(outcome.json().get("provenance").asText()).isEqualTo("SYNTHETIC");
        assertThat(Files.readString(folder.resolve("out/report.html"))).contains("SYNTHETIC");
    }

    @Test
    void aRerunIsTheSameBitForBit() throws IOException {
        assertThat(backtest("--strategy", "rsi-reversion", "--param", "period=5")
                        .code())
                .isZero();
        Shell.Outcome rerun =
                Shell.run("rerun", folder.resolve("out/result.json").toString());
        assertThat(rerun.code()).as(rerun.out() + rerun.err()).isZero();
        assertThat(rerun.out()).startsWith("Same: ").contains("bit for bit");
        BarTexts.write(folder.resolve("BTCUSDT.csv"), BarTexts.walk(6, 300));
        Shell.Outcome other =
                Shell.run("rerun", folder.resolve("out/result.json").toString());
        assertThat(other.code()).isEqualTo(2);
        assertThat(other.err()).contains("but the manifest was made from");
    }

    @Test
    void aSourceFileIsRunAndRerunFromAnyFolder() throws IOException {
        Path source = Files.writeString(folder.resolve("Mine.java"), """
                import org.lama.backtest.strategies.Parameters;
                import org.lama.backtest.strategy.*;
                public record Mine(int bars) implements Strategy {
                    public Mine(Parameters p) { this(p.integer("bars", 3)); }
                    public void onBar(Context now) { if (now.bars(0) == bars) now.target(0, 1); }
                }
                """);
        Shell.Outcome outcome = backtest("--strategy", source.toString(), "--param", "bars=10", "--json");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.json().get("settings").get("strategy").get("name").asText())
                .isEqualTo("../Mine.java");
        assertThat(outcome.json().get("fills").asInt()).isEqualTo(1);
        assertThat(outcome.json().get("openPositions").at(0).get("symbol").asText())
                .isEqualTo("BTCUSDT");
        assertThat(Shell.run("rerun", folder.resolve("out/result.json").toString())
                        .code())
                .isZero();
    }

    @Test
    void allSizingsFillsPathsAndModelsRun() throws IOException {
        for (String sizing : List.of(
                "fixed:1000",
                "all-in",
                "equal-weight",
                "inverse-vol",
                "vol-target:0.3",
                "kelly",
                "risk-parity",
                "hrp")) {
            Shell.Outcome outcome = backtest("--strategy", "sma-cross", "--param", "slow=30", "--sizing", sizing);
            assertThat(outcome.code()).as(sizing + outcome.err()).isZero();
        }
        for (String path : List.of("optimistic", "ohlc")) {
            Shell.Outcome outcome = backtest(
                    "--strategy",
                    "donchian",
                    "--param",
                    "short=true",
                    "--kind",
                    "perp",
                    "--fill",
                    "next-close",
                    "--path",
                    path,
                    "--participation",
                    "0.2",
                    "--leverage",
                    "2",
                    "--margin",
                    "cross",
                    "--slippage-model",
                    "square-root",
                    "--quantity-mode",
                    "fractional",
                    "--on-failure",
                    "close-and-continue");
            assertThat(outcome.code()).as(outcome.err()).isZero();
        }
    }

    @Test
    void theListAndTheConfigurationExplainThemselves() throws IOException {
        Shell.Outcome list = Shell.run("backtest", "--list");
        assertThat(list.out()).contains("sma-cross\n", "parameters: fast=20, slow=100");
        assertThat(Shell.run("backtest", "--list", "--json")
                        .json()
                        .get("pairs")
                        .get("parameters")
                        .get("look")
                        .asText())
                .isEqualTo("60");
        Shell.Outcome config = backtest("--strategy", "sma-cross", "--param", "fast=7", "--print-config");
        Path file = Files.writeString(folder.resolve("config.yaml"), config.out());
        Shell.Outcome again = Shell.run("backtest", "--config", file.toString(), "--print-config");
        assertThat(again.out()).isEqualTo(config.out()).contains("fast: \"7\"");
        assertThat(Shell.run("backtest", "--help").out()).contains("Examples:", "--quantity-mode", "kelly");
    }

    @Test
    void unknownStrategiesParametersAndWordsNameTheNearest() throws IOException {
        refused(2, "name a strategy with --strategy: one of [buy-and-hold, sma-cross");
        refused(2, "did you mean 'sma-cross'?", "--strategy", "sma-cros");
        refused(2, "did you mean 'fast'?", "--strategy", "sma-cross", "--param", "fst=3");
        refused(2, "parameter fast must be a whole number, got 'x'", "--strategy", "sma-cross", "--param", "fast=x");
        refused(2, "--sizing must be one of [own, fixed", "--strategy", "sma-cross", "--sizing", "hpr");
        refused(2, "--leverage must be in [1, 1000], got 0.0", "--strategy", "sma-cross", "--leverage", "0");
        refused(2, "--slippage-model must be one of", "--strategy", "sma-cross", "--slippage-model", "cubic");
        refused(2, "cash must be above 0", "--strategy", "sma-cross", "--cash", "-5");
        refused(2, "--kind must be spot or perp, got 'future'", "--strategy", "sma-cross", "--kind", "future");
        refused(
                2,
                "option '--param' (NAME=VALUE) must be NAME=VALUE, got fast",
                "--strategy",
                "sma-cross",
                "--param",
                "fast");
        refused(2, "'much' is not a number", "--strategy", "sma-cross", "--cash", "much");
        refused(
                2,
                "the number of sizing kelly must be above 0 and at most 1, got 2",
                "--strategy",
                "sma-cross",
                "--sizing",
                "kelly:2");
        refused(2, "--from must look like 2021-01-01", "--strategy", "sma-cross", "--from", "2024");
        refused(
                2,
                "--from must lie before --to, got",
                "--strategy",
                "sma-cross",
                "--from",
                "2024-01-01",
                "--to",
                "2023-01-01");
        refused(2, "is not on the class path", "--strategy", "my.Crossing");
        refused(
                2,
                "no such jar file",
                "--strategy",
                "my.Crossing",
                "--jar",
                folder.resolve("no.jar").toString());
        refused(2, "symbol", "--strategy", "sma-cross", "--symbols", "ETHUSDT");
        Path config = Files.writeString(folder.resolve("c.yaml"), "backtest: {comission: 0.1}");
        refused(2, "unknown key 'comission' in 'backtest'", "--strategy", "sma-cross", "--config", config.toString());
    }

    @Test
    void aSourceFileThatDoesNotCompileShowsItsOwnLines() throws IOException {
        Path source = Files.writeString(
                folder.resolve("Bad.java"),
                "import org.lama.backtest.strategy.*;\nclass Bad implements Strategy {\n  public void onBar(Context c) { c.targt(0, 1); }\n}\n");
        Shell.Outcome outcome = backtest("--strategy", source.toString());
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err())
                .contains("Bad.java does not compile:\n", "Bad.java:3:35: cannot find symbol\n", "^\n", "1 error")
                .doesNotContain("Exception", "fault of LAMA");
        assertThat(outcome.out()).isEmpty();
    }

    @Test
    void aStrategyThatThrowsIsNamedWithItsTimeAndGoesOnIfAsked() throws IOException {
        Path source = Files.writeString(folder.resolve("Fails.java"), """
                import org.lama.backtest.strategy.*;
                class Fails implements Strategy {
                    public void onBar(Context c) {
                        if (c.bars(0) == 10) c.target(0, 1);
                        if (c.bars(0) == 50) throw new IllegalStateException("no more");
                    }
                }
                """);
        Shell.Outcome stopped = backtest("--strategy", source.toString());
        assertThat(stopped.code()).isEqualTo(2);
        assertThat(stopped.err())
                .contains("Fails", "onBar", "2020-02-20T00:00:00Z", "no more")
                .doesNotContain("fault of LAMA");
        assertThat(folder.resolve("out")).doesNotExist();
        Shell.Outcome closed =
                backtest("--strategy", source.toString(), "--on-failure", "close-and-continue", "--json");
        assertThat(closed.code()).as(closed.err()).isZero();
        assertThat(closed.json().get("trades").size()).isEqualTo(1);
        assertThat(closed.err()).contains("Not everything was done as asked", "no more");
    }

    @Test
    void brokenDataEndWithCodeThreeAndSpoiltRowsAreSaid() throws IOException {
        Path empty = Files.writeString(folder.resolve("EMPTY.csv"), "");
        Shell.Outcome outcome = Shell.run("backtest", "--strategy", "sma-cross", "--data", empty.toString());
        assertThat(outcome.code()).isEqualTo(3);
        assertThat(outcome.err()).startsWith("lama: ").contains("EMPTY.csv: the file is empty");

        List<String> good = BarTexts.walk(1, 200);
        for (List<String> rows : List.of(
                BarTexts.spoiled(good, 50, 4, "NaN"),
                BarTexts.spoiled(good, 50, 1, "-3"),
                BarTexts.spoiled(good, 50, 4, "0"),
                BarTexts.spoiled(good, 50, 0, good.get(49).split(",", -1)[0]))) {
            Path file = BarTexts.write(folder.resolve("SPOILT.csv"), rows);
            Shell.Outcome run = Shell.run(
                    "backtest",
                    "--strategy",
                    "sma-cross",
                    "--param",
                    "slow=30",
                    "--data",
                    file.toString(),
                    "--ledger",
                    folder.resolve("l").toString(),
                    "--out",
                    folder.resolve("spoilt").toString(),
                    "--force");
            assertThat(run.code()).as(run.err()).isZero();
            assertThat(run.out()).contains("findings of severity ERROR", "the bar is left out as a gap");
        }
        Path missing = folder.resolve("nowhere.csv");
        assertThat(Shell.run("backtest", "--strategy", "sma-cross", "--data", missing.toString())
                        .code())
                .isEqualTo(2);
    }

    @Test
    void resultsAreReplacedOnlyWithForce() throws IOException {
        assertThat(backtest("--strategy", "buy-and-hold").code()).isZero();
        Shell.Outcome again = backtest(
                "--strategy", "buy-and-hold", "--out", folder.resolve("out").toString());
        assertThat(again.code()).isEqualTo(2);
        assertThat(again.err()).contains("holds results already");
    }

    @Test
    void volumesThatMayBeMoneyAreSuspectedUntilTheyAreSaidToBe() throws IOException {
        List<String> rows =
                BarTexts.each(BarTexts.walk(3, 60), row -> row.substring(0, row.lastIndexOf(',')) + ",3e12");
        Path bars = BarTexts.write(folder.resolve("WALKUSD.csv"), rows);
        String[] plain = {"backtest", "--strategy", "buy-and-hold", "--data", bars.toString(), "--quick"};
        Shell.Outcome taken = Shell.run(plain);
        assertThat(taken.code()).as(taken.err()).isZero();
        assertThat(taken.out() + taken.err()).contains("the volumes may be money already", "--volume-unit quote");
        String[] said = Arrays.copyOf(plain, plain.length + 2);
        said[plain.length] = "--volume-unit";
        said[plain.length + 1] = "quote";
        Shell.Outcome known = Shell.run(said);
        assertThat(known.code()).as(known.err()).isZero();
        assertThat(known.out() + known.err()).doesNotContain("may be money");
        assertThat(Shell.run("data", "verify", bars.toString()).out()).contains("VOLUME_UNIT");
    }
}
