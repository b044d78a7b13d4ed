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
import org.lama.backtest.strategies.Parameters;
import org.lama.backtest.strategy.Context;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;

class BacktestTermsTest {
    private static final long FIRST_DAY = 1_577_836_800_000L;
    private static final long DAY = 86_400_000L;
    private static final String FREE = "backtest: {commission: 0, slippage: 0, cash: 10000";

    @TempDir
    private Path folder;

    /** Asks for a quantity, or a weight, at the close of the first bar and for nothing at the close of another. */
    public static final class Once implements Strategy {
        private final double quantity;
        private final double weight;
        private final int exit;
        private int bar;

        /** @param p holds quantity, weight and exit */
        public Once(Parameters p) {
            quantity = p.number("quantity", 0, -1e6, 1e6);
            weight = p.number("weight", 0, -10, 10);
            exit = p.integer("exit", 1000, 1, 1000);
        }

        @Override
        public void onBar(Context context) {
            bar++;
            if (bar == 1 || bar == exit) {
                if (quantity != 0) {
                    context.targetQuantity(0, bar == 1 ? quantity : 0);
                } else {
                    context.target(0, bar == 1 ? weight : 0);
                }
            }
        }
    }

    /** Bars that open, stay and close at each price; the next open is the last close. */
    private Path bars(String name, double... prices) throws IOException {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < prices.length; i++) {
            double p = prices[i];
            rows.add(FIRST_DAY + i * DAY + "," + p + "," + p + "," + p + "," + p + ",1000000");
        }
        return BarTexts.write(folder.resolve(name + ".csv"), rows);
    }

    private static BacktestRequest once(Path data, String yaml) throws IOException {
        BacktestRequest request = BacktestRequest.of(data, Once.class, Once::new);
        return BacktestConfig.apply(request, Documents.parseYaml(yaml, "test"));
    }

    private static Node document(String yaml) throws IOException {
        return Documents.parseYaml(yaml, "test");
    }

    private static double price(Backtest run, int fill) {
        return (double) run.fills().columns().get(3).cells().get(fill);
    }

    private static double quantity(Backtest run, int fill) {
        return (double) run.fills().columns().get(4).cells().get(fill);
    }

    private static final String ALL = """
            costs: {fees: "0:0.0002/0.0005,1e6:0/0.0004", impact: 0.8, spreadShare: 0.4}
            execution: {touch: touch, latency: 250ms, participation: 0.2}
            limits: {maxGross: 2, maxWeight: 0.5, maxNet: 1, topCount: 3, maxTopWeight: 1.2, maxParticipation: 0.01,
              maxSlippage: 0.0025, maxLeverage: 3}
            drawdown: {reducing: 0.1, halted: 0.2, resumeBelow: 0.05, coolDown: 30d, maxDailyLoss: 0.04, flattenOnHalt: true}
            sizing: {windowBars: 90, maxWeight: 0.4, covariance: ledoit-wolf, halfLifeRows: 30, minRows: 10, meanPriorRows: 100}
            rebalancing: {calendar: monthly, absoluteBand: 0.01, relativeBand: 0.1, reach: edge}
            delisting: {haircut: 0.25, after: 10d}
            benchmark: [BTCUSD]
            account: {currency: USDT}
            contracts:
              BTCUSD: {kind: inverse, contractSize: 100, tick: 0.5, lot: 1, minQuantity: 1, minNotional: 5, fundingInterval: 8h,
                margin: {floors: [0, 100], rates: [0.005, 0.01], maxLeverage: 100, liquidationFee: 0.002}}
              C1: {kind: option, base: BTC, quote: USD, option: {right: put, strike: 100, expiry: 2020-03-01, underlying: BTCUSD,
                inverse: true}}
            funding: {BTCUSD: f.csv}
            conversions: {USD: 1.0, BTC: btc.csv}
            events: [{time: "2020-02-01", symbol: BTCUSD, kind: renamed, value: XBTUSD}]
            strategies:
              - {name: a, strategy: sma-cross, parameters: {fast: 5}, share: 0.5}
              - {name: b, strategy: buy-and-hold, share: 0.25}
            """.replace("250ms", "PT0.25S");

    @Test
    void everyGroupSurvivesItsDocument() throws IOException {
        BacktestRequest base = BacktestRequest.of("buy-and-hold");
        BacktestRequest request = BacktestConfig.apply(base, document(ALL));
        Node printed = BacktestConfig.document(request);
        assertThat(printed.names()).containsAll(BacktestTerms.GROUPS).doesNotContain("strategy");
        BacktestRequest again = BacktestConfig.apply(base, Documents.parseYaml(Documents.yaml(printed), "printed"));
        assertThat(again.terms()).isEqualTo(request.terms()).hasSameHashCodeAs(request.terms());
        assertThat(Documents.yaml(BacktestConfig.document(again))).isEqualTo(Documents.yaml(printed));
        assertThat(BacktestTerms.of(document(ALL))).hasToString(request.terms().toString());
        BacktestTerms later = request.terms().with(document("limits: {maxNet: 0.3}"));
        assertThat(later.limits(1).maxNet()).isEqualTo(0.3);
        assertThat(later.limits(1).maxGross()).isEqualTo(2);
    }

    private static void refused(String yaml, String... message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BacktestConfig.apply(BacktestRequest.of("buy-and-hold"), document(yaml)))
                .satisfies(wrong -> assertThat(wrong.getMessage()).contains(message));
    }

    @Test
    void whatIsUnknownOrOutOfRangeIsSaidWithKeyRuleAndValue() {
        refused("limit: {}", "unknown key 'limit'", "limits");
        refused("limits: {maxGros: 1}", "unknown key 'maxGros' in 'limits'", "maxGross");
        refused("limits: {maxWeight: -1}", "limits: maxWeight", ">= 0", "-1");
        refused("costs: {fees: 2}", "costs: maker must be in (-1, 1), got 2");
        refused("costs: {impact: 101}", "impact", "101");
        refused("execution: {touch: touches}", "execution: touch must be one of [through, touch], got 'touches'");
        refused("execution: {latency: soon}", "execution: latency must be a time such as", "got 'soon'");
        refused("execution: {participation: 2}", "participation must be in (0, 1], got 2");
        refused("drawdown: {reducing: 0.3, halted: 0.2}", "drawdown: halted must be >= reducing=0.3, got 0.2");
        refused("sizing: {windowBars: 1}", "windowBars must be in [2, 100000], got 1");
        refused("rebalancing: {calendar: yearly}", "rebalancing: no rebalancing is called 'yearly'");
        refused("delisting: {haircut: 2}", "delistingHaircut must be in [0, 1], got 2");
        refused("delisting: {after: 0}", "delistingAfter must be above 0");
        refused("backtest: {kind: perp}", "unknown key 'kind' in 'backtest'", "data.instrument", "--kind");
        refused("contracts: {A: {kind: future}}", "contracts.A: kind must be one of", "got 'future'");
        refused("contracts: {A: {kind: spot, tick: -1}}", "contracts.A: tick", "-1");
        refused("contracts: {A: {kind: spot, margin: {}}}", "margin and fundingInterval belong to kind linear");
        refused("conversions: {BTC: -1}", "conversions: BTC must be", "-1");
        refused("events: [{time: 2020-01-01, symbol: A, kind: halted}]", "kind of an event must be one of", "'halted'");
        refused("events: [{time: 2020-01-01, symbol: A, kind: renamed}]", "value must be given for renamed");
        refused(
                "strategies: [{strategy: sma-cross, share: 2}]",
                "strategies: share of sma-cross must be in (0, 1], got 2");
        refused("strategies: [{strategy: a}, {strategy: a}]", "name must be unique, but 'a' comes twice");
        refused("strategies: [{strategy: a, share: 0.7}, {strategy: b, share: 0.7}]", "share must sum to at most 1");
        refused("{strategy: {name: a}, strategies: [{strategy: a}]}", "strategy and strategies must not both");
    }

    @Test
    void groupsThatCannotWorkTogetherAreRefused() throws IOException {
        Path data = bars("A", 100, 100, 100);
        for (String yaml : List.of(
                FREE + "}\ncosts: {impact: 1}",
                FREE + "}\nrebalancing: {calendar: daily}",
                FREE + "}\nfunding: {B: x.csv}",
                FREE + "}\ncontracts: {B: {kind: spot}}")) {
            assertThatIllegalArgumentException().isThrownBy(() -> Lama.backtest(once(data, yaml)));
        }
    }

    @Test
    void marketOrdersPayTheTakerRate() throws IOException {
        Path data = bars("A", 100, 100, 110, 110);
        Backtest run = Lama.backtest(once(data, FREE + "}\ncosts: {fees: {maker: -0.0001, taker: 0.0005}}")
                .with("quantity", 10));
        // 10 x 100 x 0.0005
        assertThat(run.costs().get("fees")).isCloseTo(0.5, within(1e-9));
        assertThat(run.endEquity()).isCloseTo(10_000 + 100 - 0.5, within(1e-9));
    }

    @Test
    void aLimitBindsTheWeight() throws IOException {
        Path data = bars("A", 100, 100, 110, 110);
        Backtest run =
                Lama.backtest(once(data, FREE + "}\nlimits: {maxWeight: 0.5}").with("weight", 1));
        assertThat(quantity(run, 0)).isCloseTo(50, within(1e-6));
        assertThat(run.endEquity()).isCloseTo(10_500, within(1e-4));
        // the benchmark has no limit
        assertThat(run.benchmark().get("totalReturn")).isCloseTo(0.1, within(1e-6));
    }

    @Test
    void aDrawdownHaltsAndFlattens() throws IOException {
        Path data = bars("A", 100, 100, 80, 80, 60, 60);
        BacktestRequest plain = once(data, FREE + "}").with("weight", 1);
        assertThat(Lama.backtest(plain).endEquity()).isCloseTo(6_000, within(1e-3));
        Backtest halted = Lama.backtest(plain.withTerms(
                BacktestTerms.of(document("drawdown: {halted: 0.15, flattenOnHalt: true, coolDown: 30d}"))));
        // seen at the close at 80, sold at the next open at 80
        assertThat(halted.endEquity()).isCloseTo(8_000, within(1e-3));
        assertThat(halted.benchmark().get("totalReturn")).isCloseTo(-0.4, within(1e-6));
    }

    @Test
    void aGapOfTheDataIsToldAndItsHaircutCanBeSet() throws IOException {
        List<String> rows = new ArrayList<>();
        // the file has another symbol, whose bars let time go on
        for (int i = 0; i < 60; i++) {
            long time = FIRST_DAY + i * DAY;
            if (i < 5 || i >= 45) {
                rows.add(time + ",A,100,100,100,100,1000000");
            }
            rows.add(time + ",B,50,50,50,50,1000000");
        }
        Path data = folder.resolve("gap.csv");
        Files.writeString(data, "time_ms,symbol,open,high,low,close,volume\n" + String.join("\n", rows) + "\n");
        BacktestRequest half = once(data, FREE + ", quick: true}").with("quantity", 50);
        Backtest run = Lama.backtest(half);
        assertThat(run.endEquity()).isCloseTo(10_000 - 2_500, within(1e-6));
        assertThat(run.costs().get("haircut")).isEqualTo(2_500);
        assertThat(run.costs().get("slippage")).isZero();
        assertThat(run.explain())
                .contains("haircut of forced exits 2,500.00")
                .contains("A, column close: silent from 2020-01-06T00:00:00Z while it was held")
                .contains("at 50 % of its last price 100.0; but the data go on at 2020-02-15T00:00:00Z");
        Backtest none = Lama.backtest(half.withTerms(BacktestTerms.of(document("delisting: {haircut: 0}"))));
        assertThat(none.endEquity()).isCloseTo(10_000, within(1e-6));
        Backtest patient = Lama.backtest(half.withTerms(BacktestTerms.of(document("delisting: {after: 60d}"))));
        assertThat(patient.endEquity()).isCloseTo(10_000, within(1e-6));
        assertThat(patient.explain()).doesNotContain("silent from").doesNotContain("haircut");
        assertThat(Lama.backtest(half.withQuick(false)).explain())
                .contains("by the haircut of positions that a delisting ended: 0.0 % at 0 %, -25.0 % at 50 %, -50.0 %");
    }

    @Test
    void anInversePerpetualPaysInBaseCurrency() throws IOException {
        Path data = bars("BTCUSD", 100, 100, 125, 125);
        Backtest run = Lama.backtest(once(
                        data,
                        "backtest: {commission: 0, slippage: 0, cash: 100}\n"
                                + "account: {currency: BTC}\ncontracts: {BTCUSD: {kind: inverse, contractSize: 100}}")
                .with("quantity", 10));
        // 10 x 100 USD x (1/100 - 1/125)
        assertThat(run.endEquity()).isCloseTo(102, within(1e-7));
    }

    @Test
    void feesInAnotherCurrencyCountAtTheRateOfTheirTime() throws IOException {
        Path data = bars("BTCUSD", 20_000, 20_000, 20_000, 25_000, 25_000);
        Path rates = Files.writeString(
                folder.resolve("rates.csv"), "time,rate\n2020-01-01T00:00:00Z,20000\n2020-01-04T00:00:00Z,25000\n");
        Backtest run = Lama.backtest(once(
                        data,
                        "backtest: {commission: 0.001, slippage: 0, cash: 100000, margin: credit, quick: true}\n"
                                + "contracts: {BTCUSD: {kind: inverse, contractSize: 100, settlement: BTC}}\n"
                                + "conversions: {BTC: '" + rates.toString().replace('\\', '/') + "'}")
                .with("quantity", 100));
        // 100 contracts of 100 USD are 10,000 USD whatever the rate is later
        assertThat(run.costs().get("traded")).isCloseTo(10_000, within(1e-6));
        assertThat(run.costs().get("fees")).isCloseTo(10, within(1e-6));
    }

    @Test
    void fundingIsInTheSummaryAndRefusalsHaveAPlace() throws IOException {
        StringBuilder text = new StringBuilder("time_ms,open,high,low,close,volume,funding.rate\n");
        for (int i = 0; i < 5; i++) {
            text.append(FIRST_DAY + i * DAY).append(",100,100,100,100,1000000,0.001\n");
        }
        Path data = Files.writeString(folder.resolve("AUSDPERP.csv"), text);
        Backtest longer = Lama.backtest(once(data, FREE + ", quick: true}").with("quantity", 10));
        assertThat(longer.costs().get("funding")).isCloseTo(4, within(1e-9));
        assertThat(longer.explain()).contains("slippage 0.00, funding paid 4.00;");
        Backtest shorter = Lama.backtest(once(data, FREE + ", quick: true}").with("quantity", -10));
        assertThat(shorter.explain()).contains("slippage 0.00, funding received 4.00;");
        Backtest refused = Lama.backtest(
                once(data, FREE + ", quick: true}\ncontracts: {AUSDPERP: {kind: linear, minQuantity: 100}}")
                        .with("quantity", 10));
        assertThat(refused.explain())
                .contains("rejected TOO_SMALL: 1 time, first AUSDPERP at 2020-01-02T00:00:00Z, order 1\n");
        Backtest unfunded = Lama.backtest(
                once(bars("BUSDPERP", 100, 100, 100), FREE + ", quick: true}").with("quantity", 10));
        assertThat(unfunded.explain()).contains("BUSDPERP, funding: a perpetual, but no funding rates were given");
    }

    @Test
    void slippedPricesLieOnTheTickAgainstUs() throws IOException {
        Path data = bars("AUSD", 100, 100, 100, 100);
        Backtest run = Lama.backtest(once(
                        data,
                        "backtest: {commission: 0, slippage: 0.001, cash: 10000}\n"
                                + "contracts: {AUSD: {kind: spot, tick: 0.5, lot: 0.25}}")
                .with("quantity", "10.1")
                .with("exit", "3"));
        assertThat(price(run, 0)).isEqualTo(100.5);
        assertThat(price(run, 1)).isEqualTo(99.5);
        assertThat(quantity(run, 0)).isEqualTo(10);
        assertThat(run.endEquity()).isCloseTo(10_000 - 10, within(1e-9));
    }

    @Test
    void fundingOfAFileIsPaidWithItsSign() throws IOException {
        Path data = bars("BTCUSDT", 100, 100, 100, 100, 100);
        Path file = Files.writeString(
                folder.resolve("funding.csv"),
                "time_ms,symbol,funding_rate\n" + (FIRST_DAY + 2 * DAY) + ",BTCUSDT,0.001\n" + (FIRST_DAY + 3 * DAY)
                        + ",BTCUSDT,-0.0004\n");
        String yaml =
                FREE + "}\naccount: {currency: USDT}\ncontracts: {BTCUSDT: {kind: linear, fundingInterval: 24h}}\n"
                        + "funding: {BTCUSDT: '" + file.toString().replace('\\', '/') + "'}";
        Backtest longer = Lama.backtest(once(data, yaml).with("quantity", 10));
        // 1000 x 0.001 paid, 1000 x 0.0004 received
        assertThat(longer.costs().get("funding")).isCloseTo(0.6, within(1e-9));
        assertThat(longer.endEquity()).isCloseTo(10_000 - 0.6, within(1e-9));
        Backtest shorter = Lama.backtest(once(data, yaml).with("quantity", -10));
        assertThat(shorter.endEquity()).isCloseTo(10_000 + 0.6, within(1e-9));
    }

    @Test
    void aRedenominationKeepsTheMoney() throws IOException {
        Path data = bars("AUSD", 100, 100, 100, 50, 60);
        String event = "{time: \"2020-01-04\", symbol: AUSD, kind: redenominated, value: 2}";
        Backtest run =
                Lama.backtest(once(data, FREE + "}\nevents: [" + event + "]").with("quantity", 10));
        // 10 at 100 become 20 at 50, which rise to 60
        assertThat(run.endEquity()).isCloseTo(10_200, within(1e-6));
        Path list = Files.writeString(
                folder.resolve("events.csv"), "time,symbol,kind,value\n2020-01-04,AUSD,redenominated,2\n");
        Path yaml = Files.writeString(folder.resolve("events.yaml"), "events: [" + event + "]\n");
        for (Path file : List.of(list, yaml)) {
            BacktestRequest other = once(
                            data, FREE + "}\nevents: '" + file.toString().replace('\\', '/') + "'")
                    .with("quantity", 10);
            assertThat(Lama.backtest(other).endEquity()).isEqualTo(run.endEquity());
        }
    }

    @Test
    void deleveragingTakesAShareOfAWinner() throws IOException {
        Path data = bars("BTCUSDT", 100, 100, 110, 110, 110);
        String market = FREE + "}\naccount: {currency: USDT}\ncontracts: {BTCUSDT: {kind: linear}}\nevents: [";
        String half = "{time: \"2020-01-04\", symbol: BTCUSDT, kind: deleveraged, value: 105, share: 0.5}]";
        String all = "{time: \"2020-01-04\", symbol: BTCUSDT, kind: deleveraged, value: 105}]";
        // 10 at 100: five leave at 105, five reach 110
        assertThat(Lama.backtest(once(data, market + half).with("quantity", 10)).endEquity())
                .isCloseTo(10_075, within(1e-6));
        assertThat(Lama.backtest(once(data, market + all).with("quantity", 10)).endEquity())
                .isCloseTo(10_050, within(1e-6));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Lama.backtest(once(data, market + half.replace("deleveraged", "settled"))))
                .withMessageContaining("share must be given for deleveraged only");
    }

    @Test
    void anotherCurrencyIsConverted() throws IOException {
        Path data = bars("ABTC", 0.01, 0.01, 0.02, 0.02);
        Backtest run = Lama.backtest(once(
                        data,
                        FREE + ", margin: credit}\naccount: {currency: USD}\nconversions: {BTC: 1000}\n"
                                + "contracts: {ABTC: {kind: linear}}")
                .with("quantity", 100));
        // 100 x 0.01 BTC, at 1000 USD
        assertThat(run.endEquity()).isCloseTo(11_000, within(1e-6));
    }

    @Test
    void rebalancingWaitsForItsCalendar() throws IOException {
        double[] prices = new double[70];
        for (int i = 0; i < prices.length; i++) {
            prices[i] = 100 + 3 * (i % 5) + (i % 3);
        }
        Path data = bars("A", prices);
        BacktestRequest request = BacktestConfig.apply(
                BacktestRequest.of(data, "buy-and-hold"),
                document("backtest: {commission: 0, slippage: 0, sizing: 'vol-target:0.3'}\n"
                        + "sizing: {windowBars: 30, minRows: 10}"));
        int every = Lama.backtest(
                        request.withTerms(request.terms().with(document("rebalancing: {calendar: every-bar}"))))
                .fills()
                .columns()
                .get(0)
                .cells()
                .size();
        int monthly = Lama.backtest(
                        request.withTerms(request.terms().with(document("rebalancing: {calendar: monthly}"))))
                .fills()
                .columns()
                .get(0)
                .cells()
                .size();
        int banded = Lama.backtest(
                        request.withTerms(request.terms().with(document("rebalancing: {absoluteBand: 0.9}"))))
                .fills()
                .columns()
                .get(0)
                .cells()
                .size();
        assertThat(every).isGreaterThan(30);
        // the first weights, and the closes that end January and February
        assertThat(monthly).isEqualTo(3);
        assertThat(banded).isLessThan(5);
    }

    @Test
    void strategiesThatShareTheCapitalSumToTheCent() throws IOException {
        Path data = BarTexts.write(folder.resolve("BTCUSDT.csv"), BarTexts.walk(5, 300));
        BacktestRequest request = BacktestConfig.apply(BacktestRequest.of(data, "buy-and-hold"), document("""
                        backtest: {cash: 100000}
                        strategies:
                          - {name: quick, strategy: sma-cross, parameters: {fast: 5, slow: 20}, share: 0.6}
                          - {strategy: buy-and-hold, share: 0.3}
                        """));
        Backtest run = Lama.backtest(request);
        Node manifest = run.manifest();
        double start = 0;
        double end = 0;
        for (Node each : manifest.get("strategies").items()) {
            start += each.get("startEquity").asDouble();
            end += each.get("endEquity").asDouble();
            double made = each.get("price").asDouble()
                    - each.get("slippage").asDouble()
                    - each.get("fees").asDouble()
                    - each.get("funding").asDouble()
                    + each.get("rest").asDouble();
            assertThat(each.get("endEquity").asDouble()
                            - each.get("startEquity").asDouble())
                    .isCloseTo(made, within(1e-6));
        }
        assertThat(manifest.get("strategies").size()).isEqualTo(2);
        assertThat(start).isCloseTo(90_000, within(0.005));
        assertThat(end).isCloseTo(run.endEquity(), within(0.005));
        assertThat(run.explain()).startsWith("quick + buy-and-hold\n").contains("  quick: ", "  buy-and-hold: ");
        OutputFolder out = OutputFolder.prepare(folder.resolve("out"), "backtest", false);
        run.write(out);
        assertThat(Files.readString(out.path().resolve("report.html"))).contains("quick", "By strategy");
        Backtest opened = Backtest.open(out.path());
        assertThat(opened.explain()).isEqualTo(run.explain());
    }
}
