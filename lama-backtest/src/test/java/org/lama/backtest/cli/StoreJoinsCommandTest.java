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
import org.lama.core.store.Documents;
import org.lama.core.store.Node;

/** What a store has beside the bars, as runs meet it: funding that perpetuals pay, and series that were asked for. */
final class StoreJoinsCommandTest {
    private static final long FIRST_DAY = 1_577_836_800_000L;
    private static final long HOUR = 3_600_000L;
    private static final int DAYS = 430;

    @TempDir
    private Path folder;

    private Path store;

    @BeforeEach
    void fill() throws IOException {
        store = folder.resolve("market");
        take(BarTexts.write(folder.resolve("BTCUSDT_1d.csv"), BarTexts.walk(7, DAYS)), "BINANCE.PERP");
    }

    private void take(Path file, String market) {
        Shell.Outcome done =
                Shell.run("data", "import", file.toString(), "--market", market, "--store", store.toString());
        assertThat(done.code()).as(done.out() + done.err()).isZero();
    }

    /** Payments every eight hours, stamped some milliseconds late. */
    private void funding(int days) throws IOException {
        StringBuilder text = new StringBuilder("time_ms,symbol,funding_rate\n");
        for (int i = 0; i < 3 * days; i++) {
            text.append(FIRST_DAY + i * (8 * HOUR) + 7).append(",BTCUSDT,0.0004\n");
        }
        take(Files.writeString(folder.resolve("binance_BTCUSDT_funding.csv"), text), "BINANCE.PERP");
    }

    private Shell.Outcome backtest(String flag, Path data, String out, String... more) {
        List<String> args = new ArrayList<>(List.of("backtest", "--quick", flag));
        args.addAll(List.of(data.toString(), "--out", folder.resolve(out).toString()));
        args.addAll(List.of(more));
        if (!args.contains("--strategy")) {
            args.addAll(List.of("--strategy", "buy-and-hold"));
        }
        return Shell.run(args.toArray(String[]::new));
    }

    private Node result(String out) throws IOException {
        return Documents.read(folder.resolve(out).resolve("result.json"));
    }

    @Test
    void aPerpetualOfAStorePaysItsFundingAsIfItStoodBesideTheBars() throws IOException {
        Shell.Outcome without = backtest("--store", store, "without");
        assertThat(without.out()).contains("no funding rates were given: 0 is assumed");
        funding(DAYS + 1);
        Shell.Outcome with = backtest("--store", store, "with");
        assertThat(with.code()).as(with.err()).isZero();
        assertThat(with.out())
                .contains("joined funding of BINANCE.PERP.BTC-USDT")
                .contains("funding paid")
                .doesNotContain("no funding rates were given")
                .doesNotContain("does not reach");
        // three payments a day, the first of a day due to the bar before
        Path beside = folder.resolve("BTCUSDT.csv");
        StringBuilder rows = new StringBuilder(BarTexts.HEADER + ",funding.rate\n");
        BarTexts.walk(7, DAYS).forEach(row -> rows.append(row).append(",0.0012000000000000001\n"));
        Files.writeString(beside, rows);
        assertThat(backtest("--data", beside, "file", "--kind", "perp").code()).isZero();
        double paid = result("with").get("costs").get("funding").asDouble();
        assertThat(paid)
                .isPositive()
                .isEqualTo(result("file").get("costs").get("funding").asDouble());
        assertThat(result("without").get("costs").get("funding").asDouble()).isZero();
        assertThat(result("with").get("data").at(0).get("note").asText())
                .contains("joined funding of BINANCE.PERP.BTC-USDT");
    }

    @Test
    void barsThatTheFundingDoesNotReachAreCounted() throws IOException {
        funding(400);
        Shell.Outcome run = backtest("--store", store, "part");
        assertThat(run.out()).contains("31 times, the first 2021-02-03").contains("funding counts as 0");
    }

    @Test
    void aStudyOfPerpetualsPaysFundingToo() throws IOException {
        double before = study("before");
        funding(DAYS + 1);
        double after = study("after");
        assertThat(after).isNotEqualTo(before);
    }

    private double study(String out) throws IOException {
        Shell.Outcome study = Shell.run(
                "study",
                "--store",
                store.toString(),
                "--out",
                folder.resolve(out).toString());
        assertThat(study.code()).as(study.err()).isZero();
        return result(out).get("metrics").get("strategy").get("totalReturn").asDouble();
    }

    @Test
    void seriesThatAreAskedForStandBesideTheBarsAsTheyWereKnown() throws IOException {
        StringBuilder interest = new StringBuilder("time_ms,open_interest,open_interest_usd\n");
        for (int day = 0; day < 200; day++) {
            interest.append(FIRST_DAY + (day * 24 + 12) * HOUR)
                    .append(",")
                    .append(1000 + day)
                    .append(",")
                    .append(2000 + day)
                    .append("\n");
        }
        take(Files.writeString(folder.resolve("binance_BTCUSDT_oi_1d.csv"), interest), "BINANCE.PERP");
        Path source = folder.resolve("Watcher.java");
        Files.writeString(source, """
                import org.lama.backtest.strategy.Context;
                import org.lama.backtest.strategy.Strategy;

                public class Watcher implements Strategy {
                    @Override
                    public void onBar(Context context) {
                        var past = context.past(0);
                        double interest = past.column("perp.openInterest").get(past.size() - 1);
                        context.target(0, interest > 1100 ? 1 : 0);
                    }
                }
                """);
        Shell.Outcome run =
                backtest("--store", store, "joined", "--strategy", source.toString(), "--join", "open_interest");
        assertThat(run.code()).as(run.out() + run.err()).isZero();
        assertThat(run.out())
                .contains("joined BINANCE.PERP.BTC-USDT open_interest as perp.openInterest, perp.openInterestValue")
                .contains("not older than 72 h");
        // 1101 is known at the close of day 101; it is bought at the open after that
        assertThat(Files.readAllLines(folder.resolve("joined/fills.csv")).get(1))
                .contains("2020-04-12");
    }

    @Test
    void carryOfSpotAndPerpetualRunsOnAStoreThatHasBothAndTheFunding() throws IOException {
        // the perpetual lies a little above, by something else each day
        List<String> spot = new ArrayList<>();
        for (String row : BarTexts.walk(7, DAYS)) {
            String[] fields = row.split(",");
            for (int i = 1; i <= 4; i++) {
                double below = 0.998 + 0.0005 * (spot.size() % 3);
                fields[i] = Double.toString(Double.parseDouble(fields[i]) * below);
            }
            spot.add(String.join(",", fields));
        }
        take(BarTexts.write(folder.resolve("spot_BTCUSDT_1d.csv"), spot), "BINANCE.SPOT");
        funding(DAYS + 1);
        Shell.Outcome run = backtest(
                "--store",
                store,
                "carry",
                "--strategy",
                "funding-carry",
                "--symbols",
                "BINANCE.SPOT.BTC-USDT,BINANCE.PERP.BTC-USDT");
        assertThat(run.code()).as(run.out() + run.err()).isZero();
        assertThat(run.out()).contains("funding received").contains("joined funding of BINANCE.PERP.BTC-USDT");
        assertThat(result("carry").get("metrics").get("totalReturn").asDouble()).isPositive();
        // without names a store of both kinds gives both
        Shell.Outcome all = backtest("--store", store, "all", "--strategy", "funding-carry");
        assertThat(all.code()).as(all.out() + all.err()).isZero();
        assertThat(result("all").get("metrics").get("totalReturn").asDouble())
                .isEqualTo(result("carry").get("metrics").get("totalReturn").asDouble());
    }

    @Test
    void aJoinThatCannotBeIsSaidBeforeAnyWork() {
        assertThat(backtest("--store", store, "x", "--join", "open_interest").err())
                .contains("there is no series BINANCE.PERP.BTC-USDT open_interest, nor any other of that kind");
        assertThat(backtest("--store", store, "x", "--join", "open-intrest").err())
                .contains("joins must be KIND or KIND=ID")
                .contains("did you mean 'open_interest'");
        assertThat(backtest("--data", folder.resolve("BTCUSDT_1d.csv"), "x", "--join", "metrics=A.SPOT.B")
                        .err())
                .contains("joins needs a store");
        assertThat(backtest("--store", store, "x", "--join", "metrics=A.SPOT.B", "--join", "metrics=A.SPOT.C")
                        .err())
                .contains("each kind once");
    }

    @Test
    void anImportThatTheStoreStopsSaysWhatWasDoneBefore() throws IOException {
        List<String> other = BarTexts.spoiled(BarTexts.walk(7, DAYS), 3, 4, "100.5");
        Path first = BarTexts.write(folder.resolve("ETHUSDT_1d.csv"), BarTexts.walk(8, DAYS));
        Files.createDirectories(folder.resolve("other"));
        Path second = BarTexts.write(folder.resolve("other/BTCUSDT_1d.csv"), other);
        Shell.Outcome run = Shell.run(
                "data",
                "import",
                first.toString(),
                second.toString(),
                "--market",
                "BINANCE.PERP",
                "--strict",
                "--store",
                store.toString());
        assertThat(run.code()).isEqualTo(ExitCode.DATA_FAULTS);
        assertThat(run.out())
                .contains("ETHUSDT_1d.csv: bars, BINANCE.PERP.ETH-USDT bars 1d, 430 rows")
                .contains("BTCUSDT_1d.csv: left out, the import stopped here: ")
                .contains("430 rows added to " + store);
        assertThat(run.err()).contains("other values than those in the store").contains("the same command goes on");
    }

    private void pool() throws IOException {
        // 1 ETH = 2000 USDC; the pool's token 0 is USDC with 6 decimals, token 1 is ETH with 18
        StringBuilder text = new StringBuilder("time_ms,liquidity,close,feeGrowthGlobal0X128,pool.token0.decimals,")
                .append("pool.token1.decimals\n");
        for (int hour = 0; hour < 24 * DAYS; hour += 24) {
            text.append(FIRST_DAY + (hour + 1) * HOUR)
                    .append(",")
                    .append(1_234_567_890_123L + hour)
                    .append("0000000,2000,1,6,18\n");
        }
        take(Files.writeString(folder.resolve("uniswap_v3_ETHUSDC.csv"), text), "UNISWAP_V3.SPOT");
    }

    @Test
    void slippageOfAPoolIsSaidWithWhatIsKnownOfIt() throws IOException {
        pool();
        String[] command = {
            "data", "slippage", "UNISWAP_V3.SPOT.ETH-USDC", "--terms", "18,6,1,10", "--store", store.toString()
        };
        Shell.Outcome said = Shell.run(command);
        assertThat(said.code()).as(said.err()).isZero();
        // L = 12,345,678.9 in whole tokens: 1e4 / (L·√2000) = 1e4 / 552 million = 0.0018 %
        assertThat(said.out())
                .contains("10,000: 0.0018 % in the last state; over 430 states median 0.0018 %")
                .contains("100,000: at least 0.0100 %, 0.0181 % if the liquidity went on in the last state");
        Shell.Outcome none = Shell.run("data", "slippage", "UNISWAP_V3.SPOT.ETH-USDC", "--store", store.toString());
        assertThat(none.code()).isEqualTo(ExitCode.USAGE);
        assertThat(none.err()).contains("needs its terms");
        assertThat(Shell.run("data", "slippage", "A.SPOT.B", "--store", store.toString())
                        .err())
                .contains("there is no pool A.SPOT.B");
    }

    @Test
    void thePoolOfACoinStandsBesideItsBarsWithTheReservesThatCostTheSame() throws IOException {
        pool();
        Shell.Outcome run = backtest("--store", store, "pool", "--join", "pools=UNISWAP_V3.SPOT.ETH-USDC:18:6:1:10");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("pool.reserveBase, pool.reserveQuote, pool.rangeQuote");
        assertThat(backtest("--store", store, "x", "--join", "pools=UNISWAP_V3.SPOT.ETH-USDC:18:6")
                        .err())
                .contains("BASE_DECIMALS");
    }
}
