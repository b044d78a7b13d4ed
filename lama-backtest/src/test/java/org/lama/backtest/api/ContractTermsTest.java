package org.lama.backtest.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.backtest.BarTexts;
import org.lama.backtest.strategy.Context;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;

/** Contracts, names, sizing, drawdown and latency as a settings document gives them. */
class ContractTermsTest {
    private static final long FIRST_DAY = 1_577_836_800_000L;
    private static final long DAY = 86_400_000L;
    private static final String FREE = "backtest: {commission: 0, slippage: 0, cash: 10000";

    @TempDir
    private Path folder;

    private static Node document(String yaml) throws IOException {
        return Documents.parseYaml(yaml, "test");
    }

    /** Bars that open, stay and close at each price. */
    private static List<String> rows(String symbol, double... prices) {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < prices.length; i++) {
            String p = Double.toString(prices[i]);
            rows.add(FIRST_DAY + i * DAY + (symbol.isEmpty() ? "" : "," + symbol) + "," + p + "," + p + "," + p + ","
                    + p + ",1000000");
        }
        return rows;
    }

    private Path bars(String name, double... prices) throws IOException {
        return BarTexts.write(folder.resolve(name + ".csv"), rows("", prices));
    }

    private static BacktestRequest once(Path data, String yaml) throws IOException {
        return BacktestConfig.apply(
                BacktestRequest.of(data, BacktestTermsTest.Once.class, BacktestTermsTest.Once::new), document(yaml));
    }

    private static List<Object> column(Backtest run, int column) {
        return List.copyOf(run.fills().columns().get(column).cells());
    }

    @Test
    void anInverseOptionPaysItsValueInBaseCurrencyAtExpiry() throws IOException {
        List<String> lines = new ArrayList<>(List.of("time_ms,symbol,open,high,low,close,volume"));
        lines.addAll(rows("ACALL", 0.05, 0.05, 0.06));
        lines.addAll(rows("BTCUSD", 100, 100, 120, 125, 125));
        Path data = Files.write(folder.resolve("options.csv"), lines);
        String yaml = """
                backtest: {commission: 0, slippage: 0, cash: 1}
                account: {currency: BTC}
                contracts:
                  BTCUSD: {kind: inverse, contractSize: 100}
                  ACALL: {kind: option, base: BTC, quote: USD,
                            option: {right: call, strike: 110, expiry: 2020-01-05, underlying: BTCUSD, inverse: true}}""";
        Backtest run = Lama.backtest(once(data, yaml).with("quantity", 10));
        // ten at 0.05, and at expiry (125 - 110) / 125 each
        assertThat(run.endEquity()).isCloseTo(1 - 10 * 0.05 + 10 * 15 / 125.0, within(1e-7));
        assertThat(run.manifest().get("events").get("forced EXPIRED").asInt()).isEqualTo(1);
        Backtest twice = Lama.backtest(
                once(data, yaml.replace("right: call", "right: put")).with("quantity", 10));
        assertThat(twice.endEquity()).isCloseTo(0.5, within(1e-7));
    }

    @Test
    void anOptionNeedsItsTermsAndOnlyAnOptionHasThem() throws IOException {
        for (String yaml : List.of(
                "contracts: {A: {kind: option}}",
                "contracts: {A: {kind: spot, option: {strike: 1, expiry: 2020-01-05, underlying: B}}}",
                "contracts: {A: {kind: option, option: {right: calls, strike: 1, expiry: 2020-01-05, underlying: B}}}",
                "contracts: {A: {kind: option, option: {strike: -1, expiry: 2020-01-05, underlying: B}}}",
                "contracts: {A: {kind: option, option: {strike: 1, expiry: soon, underlying: B}}}")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> BacktestTerms.of(document(yaml)))
                    .withMessageContaining("contracts.A: ");
        }
    }

    @Test
    void namesThatLookLikeNumbersStayNames() throws IOException {
        Path data = bars("AUSD", 100, 100, 100, 100);
        for (String name : List.of("1000SHIB", "1INCH", "\"123\"", "123", "\"1E5\"")) {
            BacktestRequest request = once(
                    data, FREE + "}\nevents: [{time: 2020-01-03, symbol: AUSD, kind: renamed, value: " + name + "}]");
            assertThat(Lama.backtest(request.with("quantity", 1)).endEquity()).isEqualTo(10_000);
        }
        for (String name : List.of("1000SHIB", "123", "1E5", "007")) {
            Path list = Files.writeString(
                    folder.resolve("events.csv"), "time,symbol,kind,value\n2020-01-03,AUSD,renamed," + name + "\n");
            BacktestRequest request =
                    once(data, FREE + "}\nevents: '" + list.toString().replace('\\', '/') + "'");
            assertThat(Lama.backtest(request.with("quantity", 1)).endEquity()).isEqualTo(10_000);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BacktestTerms.of(
                        document("events: [{time: 2020-01-03, symbol: AUSD, kind: renamed, value: 1.5}]")))
                .withMessageContaining(
                        "value is a name, but without quotes it reads as the number 1.5; put it in quotes");
        BacktestRequest numbered = once(
                bars("123", 100, 100, 100),
                FREE + "}\nevents: [{time: 2020-01-02, symbol: 123, kind: renamed, value: 1}]");
        assertThat(Lama.backtest(numbered.with("quantity", 1)).endEquity()).isEqualTo(10_000);
    }

    @Test
    void contractsHaveTheDecimalsOfTheirPrices() throws IOException {
        Path data = bars("SHIBUSD", 0.000012345678, 0.000012345678, 0.000012345678);
        BacktestRequest plain = once(data, FREE + "}").with("quantity", "1234.5678");
        BacktestRequest contract =
                once(data, FREE + "}\ncontracts: {SHIBUSD: {kind: spot}}").with("quantity", "1234.5678");
        // twelve decimals of the price, four of the quantity, as without a contract
        assertThat(column(Lama.backtest(contract), 3))
                .isEqualTo(column(Lama.backtest(plain), 3))
                .containsExactly(0.000012345678);
        assertThat(column(Lama.backtest(contract), 4)).containsExactly(1234.5678);
        BacktestRequest stepped = once(data, FREE + "}\ncontracts: {SHIBUSD: {kind: spot, lot: 0.000001}}")
                .with("quantity", "1234.567891");
        assertThat(column(Lama.backtest(stepped), 4)).containsExactly(1234.567891);
    }

    @Test
    void fractionalQuantitiesAreAsFineWithContractsAsWithout() throws IOException {
        Path data = bars("AUSD", 3, 3, 7, 7);
        String fractional = "backtest: {commission: 0, slippage: 0, cash: 1000, quantityMode: fractional}";
        Backtest plain = Lama.backtest(once(data, fractional).with("weight", 1));
        Backtest contract = Lama.backtest(
                once(data, fractional + "\ncontracts: {AUSD: {kind: spot}}").with("weight", 1));
        double quantity = (double) column(contract, 4).get(0);
        assertThat(quantity).isEqualTo((double) column(plain, 4).get(0));
        assertThat(quantity).isNotEqualTo(Math.floor(quantity * 1e8) / 1e8).isCloseTo(1000 / 3.0, within(1e-9));
        // the same in lots again for runs at other costs
        assertThat(contract.metrics().get("breakEvenCost"))
                .isEqualTo(plain.metrics().get("breakEvenCost"));
    }

    @Test
    void theAccountHasTheCurrencyOfItsContracts() throws IOException {
        Path data = bars("AUSDT", 100, 100, 110);
        Backtest run = Lama.backtest(
                once(data, FREE + "}\ncontracts: {AUSDT: {kind: linear}}").with("quantity", 10));
        assertThat(run.endEquity()).isCloseTo(10_100, within(1e-6));
        assertThat(run.record().orElseThrow().result().currency()).isEqualTo("USDT");
    }

    /** Buys, sells at the close of the third bar, and wants to be in again from the next on. */
    public static final class Again implements Strategy {
        private int bar;

        @Override
        public void onBar(Context now) {
            bar++;
            now.target(0, bar == 3 ? 0 : 1);
        }
    }

    @Test
    void reducingEndsWithItsCoolDown() throws IOException {
        Path data = bars("A", 100, 100, 80, 80, 80, 80, 80, 100, 100);
        for (String coolDown : List.of("2d", "30d", "0")) {
            BacktestRequest request = BacktestConfig.apply(
                    BacktestRequest.of(data, Again.class, parameters -> new Again()),
                    document(FREE + "}\ndrawdown: {reducing: 0.15, resumeBelow: 0.1, coolDown: " + coolDown + "}"));
            // after two days it may buy at 80 what is worth 100 later; before, and never for 0, it stays in cash
            assertThat(Lama.backtest(request).endEquity())
                    .isCloseTo(coolDown.equals("2d") ? 10_000 : 8_000, within(1e-3));
        }
    }

    @Test
    void anOrderArrivesAfterItsLatency() throws IOException {
        Path data = bars("A", 100, 101, 102, 103, 104);
        BacktestRequest now = once(data, FREE + "}").with("quantity", 1);
        assertThat(column(Lama.backtest(now), 3)).containsExactly(101.0);
        BacktestRequest late = once(data, FREE + "}\nexecution: {latency: 30h}").with("quantity", 1);
        assertThat(column(Lama.backtest(late), 3)).containsExactly(103.0);
        assertThat(String.valueOf(column(Lama.backtest(late), 0).get(0))).startsWith("2020-01-04");
    }

    private Backtest sized(String mode, String sizing) throws IOException {
        Path data = BarTexts.write(folder.resolve("W.csv"), BarTexts.walk(11, 200));
        return Lama.backtest(BacktestConfig.apply(
                BacktestRequest.of(data, "buy-and-hold"),
                document("backtest: {commission: 0, slippage: 0, cash: 10000, sizing: '" + mode
                        + "'}\nrebalancing: {calendar: weekly}\nsizing: {" + sizing + "}")));
    }

    @Test
    void theParametersOfSizingReachTheWeights() throws IOException {
        double capped =
                (double) column(sized("equal-weight", "maxWeight: 0.3"), 4).get(0);
        double free = (double) column(sized("equal-weight", ""), 4).get(0);
        assertThat(capped).isCloseTo(0.3 * free, within(1e-6));
        List<Double> ends = new ArrayList<>();
        for (String sizing : List.of(
                "windowBars: 30, minRows: 10",
                "windowBars: 90, minRows: 10",
                "windowBars: 90, minRows: 80",
                "windowBars: 90, minRows: 10, covariance: ewma, halfLifeRows: 5",
                "windowBars: 90, minRows: 10, covariance: ewma, halfLifeRows: 50")) {
            ends.add(sized("vol-target:0.1", sizing).endEquity());
        }
        assertThat(ends).doesNotHaveDuplicates();
        assertThat(turnover("windowBars: 90, minRows: 10, meanPriorRows: 100000"))
                .isLessThan(turnover("windowBars: 90, minRows: 10, meanPriorRows: 1"));
    }

    private double turnover(String sizing) throws IOException {
        return sized("kelly", sizing).metrics().getOrDefault("turnover", Double.NaN);
    }
}
