package org.lama.backtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.backtest.BarTexts;
import org.lama.core.store.Node;

/** A configuration file with everything that has no flag, from the shell to its rerun. */
class BacktestConfigFileTest {
    private static final long FIRST_DAY = 1_577_836_800_000L;
    private static final long DAY = 86_400_000L;

    @TempDir
    private Path folder;

    private Path config = Path.of("");

    @BeforeEach
    void write() throws IOException {
        BarTexts.write(folder.resolve("BTCUSDT.csv"), BarTexts.walk(5, 120));
        StringBuilder funding = new StringBuilder("time_ms,symbol,funding_rate\n");
        for (int day = 1; day < 100; day++) {
            funding.append(FIRST_DAY + day * DAY).append(",BTCUSDT,0.0003\n");
        }
        Files.writeString(folder.resolve("funding.csv"), funding);
        config = Files.writeString(
                folder.resolve("run.yaml"), """
                data: {path: "%1$s/BTCUSDT.csv", instrument: BINANCE.PERP}
                backtest: {cash: 100000, fill: next-close, path: nearest-first, margin: cross}
                costs: {fees: "0:0.0002/0.0005", impact: 0.5}
                limits: {maxWeight: 0.8}
                account: {currency: USDT}
                contracts: {BTCUSDT: {kind: linear, tick: 0.1, lot: 0.001, fundingInterval: 24h}}
                funding: {BTCUSDT: "%1$s/funding.csv"}
                strategies:
                  - {name: quick, strategy: sma-cross, parameters: {fast: 5, slow: 20}, share: 0.5}
                  - {name: hold, strategy: buy-and-hold, share: 0.5}
                """.formatted(folder.toString().replace('\\', '/')));
    }

    private Shell.Outcome backtest(String out, String... more) {
        List<String> args = new ArrayList<>(List.of(
                "backtest",
                "--config",
                config.toString(),
                "--ledger",
                folder.resolve("ledger").toString(),
                "--out",
                folder.resolve(out).toString()));
        args.addAll(List.of(more));
        return Shell.run(args.toArray(String[]::new));
    }

    @Test
    void aFileIsRunPrintedRepeatedAndCompared() throws IOException {
        Shell.Outcome first = backtest("a", "--json");
        assertThat(first.code()).as(first.err()).isZero();
        Node json = first.json();
        assertThat(json.get("settings").names()).contains("costs", "limits", "contracts", "funding", "strategies");
        assertThat(json.get("costs").get("funding").asDouble()).isPositive();
        assertThat(json.get("strategies").size()).isEqualTo(2);
        assertThat(first.err()).contains("quick + hold", "  quick: ", "  hold: ");

        Shell.Outcome printed = backtest("b", "--print-config");
        assertThat(printed.code()).as(printed.err()).isZero();
        Path again = Files.writeString(folder.resolve("printed.yaml"), printed.out());
        config = again;
        assertThat(backtest("b", "--print-config").out()).isEqualTo(printed.out());
        Shell.Outcome second = backtest("b", "--json");
        assertThat(second.json().get("checksums")).isEqualTo(json.get("checksums"));

        String result = folder.resolve("a/result.json").toString();
        Shell.Outcome rerun = Shell.run("rerun", result);
        assertThat(rerun.out() + rerun.err()).startsWith("Same: ");
        Files.writeString(again, printed.out().replace("maxWeight: 0.8", "maxWeight: 0.4"));
        assertThat(backtest("c").code()).isZero();
        Shell.Outcome diff =
                Shell.run("diff", result, folder.resolve("c/result.json").toString());
        assertThat(diff.out()).contains("limits.maxWeight", "0.8", "0.4");

        Files.writeString(
                folder.resolve("funding.csv"), "time_ms,symbol,funding_rate\n" + (FIRST_DAY + DAY) + ",BTCUSDT,0.1\n");
        Shell.Outcome changed = Shell.run("rerun", result);
        assertThat(changed.code()).isNotZero();
        assertThat(changed.err()).contains("checksum", "files of funding");
    }

    private void refused(String from, String to, String... message) throws IOException {
        String text = Files.readString(config);
        Files.writeString(config, text.replace(from, to));
        Shell.Outcome outcome = backtest("refused");
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).startsWith("lama: ").contains(message).doesNotContain("\tat ");
        assertThat(outcome.err().lines().toList()).hasSize(1);
        assertThat(folder.resolve("refused")).doesNotExist();
        Files.writeString(config, text);
    }

    @Test
    void whatIsWrongIsOneLineThatNamesIt() throws IOException {
        refused("maxWeight", "maxWeigth", "run.yaml: unknown key 'maxWeigth' in 'limits'", "maxWeight");
        refused("maxWeight: 0.8", "maxWeight: -0.8", "limits: maxWeight", "-0.8");
        refused("tick: 0.1", "tick: x", "contracts.BTCUSDT.tick must be a number, got \"x\"");
        refused("funding.csv", "missing.csv", "missing.csv: no such file");
        refused("funding: {BTCUSDT", "funding: {BTCUSD", "funding: the data have no symbol 'BTCUSD'", "BTCUSDT");
        refused("contracts: {BTCUSDT", "contracts: {BTCUSD", "contracts: the data have no symbol 'BTCUSD'");
        refused("strategy: sma-cross", "strategy: sma-cros", "sma-cros", "sma-cross");
        Files.writeString(folder.resolve("funding.csv"), "time_ms,symbol\n1,BTCUSDT\n");
        refused("x", "x", "funding.csv: has no column [funding_rate, rate, close]");
        Files.writeString(folder.resolve("funding.csv"), "time_ms,symbol,rate\n" + FIRST_DAY + ",BTCUSDT,much\n");
        refused("x", "x", "funding.csv: row 2: ", "much");
    }

    @Test
    void whatIsNoSettingsFileIsSaidWithItsName() throws IOException {
        Path list = Files.writeString(folder.resolve("list.yaml"), "- a\n");
        Shell.Outcome outcome = Shell.run("backtest", "--config", list.toString());
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err())
                .contains("list.yaml: settings are keys with values")
                .hasLineCount(1);
        Path shorter = Files.writeString(folder.resolve("short.yaml"), "strategy: sma-cross\n");
        Shell.Outcome printed = Shell.run("backtest", "--config", shorter.toString(), "--print-config");
        assertThat(printed.code()).as(printed.err()).isZero();
        assertThat(printed.out()).contains("name: sma-cross", "slippage: 0.0005\n");
    }

    @Test
    void theLineOfOnesOwnSourceStandsInItsFailure() throws IOException {
        Path source = Files.writeString(folder.resolve("Broken.java"), """
                import org.lama.backtest.strategy.*;
                public final class Broken implements Strategy {
                    @Override public void onBar(Context now) {
                        now.close(7);
                    }
                }
                """);
        Shell.Outcome outcome = Shell.run(
                "backtest",
                "--strategy",
                source.toString(),
                "--data",
                folder.resolve("BTCUSDT.csv").toString(),
                "--out",
                folder.resolve("broken").toString());
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err())
                .contains("failed in onBar of bar 1", "(Broken.java, line 4)")
                .doesNotContain("\tat ");
        assertThat(folder.resolve("broken")).doesNotExist();
    }

    @Test
    void aStrategyOnTheCommandLineReplacesTheList() {
        Shell.Outcome outcome = backtest("a", "--strategy", "buy-and-hold", "--print-config");
        assertThat(outcome.out()).contains("buy-and-hold").doesNotContain("strategies:");
        Shell.Outcome wrong = backtest("a", "--param", "fast=3");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).contains("parameters of several strategies stand in their list");
    }
}
