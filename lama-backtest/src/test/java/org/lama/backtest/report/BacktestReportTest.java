package org.lama.backtest.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.lama.backtest.analytics.CapacityCurve;
import org.lama.backtest.engine.BacktestResult;
import org.lama.backtest.engine.BarEngine;
import org.lama.core.base.Tabular;
import org.lama.core.data.MarketData;
import org.lama.core.series.Provenance;
import org.lama.core.signal.RegimeLabel;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

class BacktestReportTest {
    private static final long DAY = 24 * Runs.HOUR;
    private static final MarketData DAILY = Runs.market(3, 500, DAY, Provenance.Kind.HISTORICAL);
    private static final BacktestRecord RUN = Runs.record("Cross <40>", DAILY, 40);
    private static final MarketData HOURLY = Runs.market(1, 24 * 60, Runs.HOUR, Provenance.Kind.SYNTHETIC);
    private static final BacktestRecord FAST = Runs.record("fast", HOURLY, 48);

    private static String page(BacktestRecord record) {
        return BacktestReport.of(
                        record, new BacktestReport.Statement(Map.of("version", "1"), "./lama rerun result.json"))
                .html();
    }

    @Test
    void everyPartHasItsSectionAndHostileNamesStayText() {
        String html = page(RUN);
        assertThat(html)
                .contains(">Performance<", ">Worst drawdowns<", ">Month by month, year by year<", ">Risk over time<")
                .contains(">Trades<", ">What the profit is made of<", ">By side, hour and weekday<", ">Costs<")
                .contains(">Capacity<", ">What the simulation assumes<", ">Settings, data and how to run it again<")
                .contains("./lama rerun result.json", "Cross &lt;40&gt;", "commission 0.10 %")
                .contains("No bar allowed more than one order of fills", "buy and hold ")
                .doesNotContain("<script")
                .doesNotContain("<img")
                .doesNotContain("<up>")
                .doesNotContain("SYNTHETIC</strong>")
                .doesNotContain("NaN");
        assertThat(page(FAST)).contains("SYNTHETIC</strong>", "Net profit by hour of entry");
    }

    @Test
    void everyDrawingIsWellFormedAndThePageBalances() throws Exception {
        String html = page(FAST);
        Matcher drawings = Pattern.compile("<svg.*?</svg>", Pattern.DOTALL).matcher(html);
        int count = 0;
        while (drawings.find()) {
            parse(drawings.group());
            count++;
        }
        assertThat(count).isGreaterThan(20);
        for (String tag : List.of("section", "table", "figure", "div", "dl", "ul", "details", "tr", "td")) {
            assertThat(Samples.count(html, "<" + tag + ">") + Samples.count(html, "<" + tag + " "))
                    .as(tag)
                    .isEqualTo(Samples.count(html, "</" + tag + ">"));
        }
    }

    private static void parse(String svg) throws ParserConfigurationException, SAXException, java.io.IOException {
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    @Test
    void theSameRunGivesTheSamePage() {
        assertThat(page(Runs.record("Cross <40>", DAILY, 40))).isEqualTo(page(RUN));
    }

    @Test
    void theSplitSumsToTheChangeOfEquityToTheUnit() {
        long change = RUN.result().endEquityUnits() - 100_000_000L * 1_000_000;
        assertThat(RUN.split().totalUnits()).isEqualTo(change);
        assertThat(RUN.split().feeUnits()).isPositive();
        double net = BacktestTables.attribution(RUN).columns().get(8).cells().stream()
                .mapToDouble(cell -> (double) cell)
                .sum();
        assertThat(net).isCloseTo(change / 1e8, within(1e-6));
    }

    @Test
    void hourlyBarsAreJudgedByTheDay() {
        assertThat(FAST.returns()).hasSize(60);
        assertThat(FAST.periodsPerYear()).isEqualTo(365);
        double growth = 1;
        for (double r : FAST.returns()) {
            growth *= 1 + r;
        }
        assertThat(growth).isCloseTo(1 + FAST.totalReturn(), within(1e-12));
        double held = 1;
        for (double r : FAST.benchmarkReturns()) {
            held *= 1 + r;
        }
        double[] close = HOURLY.frames().get(0).column("close").toArray();
        assertThat(held).isCloseTo(close[close.length - 1] / close[0], within(1e-12));
        assertThat(RUN.returns()).hasSize(500);
    }

    @Test
    void drawdownsInsideADayCountAndShortRunsAreJudgedByTheBar() {
        double daily = FAST.metrics().maximumDrawdown();
        assertThat(FAST.drawdown().maximum()).isLessThan(daily);
        assertThat(page(FAST)).contains(">" + Numbers.percent(FAST.drawdown().maximum(), 1) + "<");
        MarketData week = Runs.market(1, 24 * 7, Runs.HOUR, Provenance.Kind.SYNTHETIC);
        BacktestRecord few = BacktestRecord.of("few", Runs.run(week, 12, 1, 1e6), week);
        assertThat(few.returns()).hasSize(24 * 7);
        assertThat(few.periodsPerYear()).isEqualTo(8760);
        assertThat(page(few)).contains("returns per bar").doesNotContain("NaN");
    }

    @Test
    void costRunsFallWithTheirMultiple() {
        List<BacktestRecord.CostPoint> points = RUN.costs();
        assertThat(points).extracting(BacktestRecord.CostPoint::multiple).containsExactly(0.0, 1.0, 2.0, 3.0);
        for (int k = 1; k < 4; k++) {
            assertThat(points.get(k).totalReturn()).isLessThan(points.get(k - 1).totalReturn());
        }
        assertThat(points.get(0).costs()).isZero();
        assertThat(points.get(1).totalReturn()).isEqualTo(RUN.totalReturn());
        BacktestRecord bare = BacktestRecord.of("bare", RUN.result(), DAILY);
        assertThat(bare.breakEven()).isEqualTo(bare.linearBreakEven());
        assertThat(page(bare)).contains("Runs at other costs were not asked for.");
    }

    @Test
    void turnoverAndActivityAgreeWithTheResult() {
        double mean = java.util.Arrays.stream(RUN.result().equity()).average().orElseThrow();
        double traded =
                RUN.fills().stream().mapToDouble(f -> f.quantity() * f.price()).sum();
        assertThat(traded).isCloseTo(RUN.result().tradedNotional(), within(1e-4));
        assertThat(RUN.activity().turnoverAnnual()).isBetween(0.3 * traded / mean, 3 * traded / mean);
        assertThat(RUN.activity().timeInMarket()).isBetween(0.5, 1.0);
    }

    @Test
    void moreCapitalEarnsLess() {
        List<Double> sharpes = RUN.capacity().orElseThrow().points().stream()
                .map(p -> p.sharpe())
                .toList();
        assertThat(sharpes).isSortedAccordingTo(java.util.Comparator.reverseOrder());
        assertThat(RUN.capacity().orElseThrow().isOfRecordedFills()).isTrue();
        BacktestRecord again = RUN.withCapacityRuns(cash -> Optional.of(Runs.run(DAILY, 40, 1, cash)));
        assertThat(again.capacity().orElseThrow().points()).hasSize(9);
        assertThat(again.capacity().orElseThrow().isOfRecordedFills()).isFalse();
    }

    @Test
    void sizesThatDoNotFollowTheCapitalLeaveTheCurveOfTheRecordedFills() {
        double cash = RUN.result().capital();
        BacktestRecord fixed = RUN.withCapacityRuns(any -> Optional.of(Runs.run(DAILY, 40, 1, cash)));
        assertThat(fixed.capacity()).isEqualTo(RUN.capacity());
        BacktestRecord beyond = RUN.withCapacityRuns(any -> Optional.empty());
        assertThat(beyond.capacity()).isEqualTo(RUN.capacity());
        BacktestRecord largest =
                RUN.withCapacityRuns(c -> c > cash ? Optional.empty() : Optional.of(Runs.run(DAILY, 40, 1, c)));
        assertThat(largest.capacity().orElseThrow().points()).hasSize(3);
    }

    @Test
    void regimesAndFailuresAndAmbiguityAreSaid() {
        List<RegimeLabel> labels = java.util.stream.IntStream.range(0, 500)
                .mapToObj(i -> i % 100 < 50 ? RegimeLabel.NORMAL : RegimeLabel.CRISIS)
                .toList();
        String html = page(RUN.withRegimes(labels).withAssumptions(List.of("Nobody else trades <here>.")));
        assertThat(html).contains("By regime at the entry", ">crisis<", "Nobody else trades &lt;here&gt;.");
        assertThat(new BacktestRecord.Ambiguity(3, -0.1, 0.2).isDecidable()).isFalse();
        assertThat(new BacktestRecord.Ambiguity(3, 0.1, 0.2).isDecidable()).isTrue();
        assertThat(new BacktestRecord.Ambiguity(3, Double.NaN, 0.2).isDecidable())
                .isTrue();
        assertThatThrownBy(() -> RUN.withRegimes(List.of(RegimeLabel.NORMAL)))
                .hasMessageContaining("labels must have 500 rows");
        assertThatThrownBy(() -> RUN.withBenchmark("x", new double[1])).hasMessageContaining("benchmark must have");
        assertThatThrownBy(() -> BacktestRecord.of("x", RUN.result(), HOURLY)).hasMessageContaining("data must hold");
    }

    @Test
    void aRunThatNeverTradesHasAReportToo() {
        BacktestResult idle = BarEngine.run(DAILY, context -> {}, Runs.SETTINGS);
        BacktestRecord record = BacktestRecord.of("idle", idle, DAILY)
                .withCostRuns(multiple -> idle)
                .withPathRuns(path -> idle);
        assertThat(page(record))
                .contains("Nothing was traded.", "Nothing is earned even without costs.", "none was finished")
                .doesNotContain("NaN");
        MarketData tiny = Runs.market(1, 1, DAY, Provenance.Kind.HISTORICAL);
        assertThat(page(BacktestRecord.of("tiny", BarEngine.run(tiny, context -> {}, Runs.SETTINGS), tiny)))
                .contains("Nothing was traded.")
                .doesNotContain("NaN");
    }

    private static MarketData part(int from, int to) {
        return new MarketData(
                DAILY.frames().stream().map(frame -> frame.slice(from, to)).toList(), List.of(), List.of());
    }

    @Test
    void comparisonsOfDifferentPeriodsSaySo() {
        BacktestRecord early = Runs.record("early", part(0, 200), 40);
        BacktestRecord late = Runs.record("late", part(250, 500), 40);
        String html = ComparisonReport.of(List.of(early, late)).html();
        assertThat(html)
                .contains("early: " + BacktestReport.span(early), "late: " + BacktestReport.span(late))
                .contains("late shares no period with early, so there is no difference to measure.")
                .contains("the times of early; not among them: late.")
                .doesNotContain("late less early");
    }

    @Test
    void comparisonsHoldRunsAgainstTheFirst() {
        BacktestRecord slow = Runs.record("slow", DAILY, 44);
        String html = ComparisonReport.of(List.of(RUN, slow)).html();
        assertThat(html)
                .contains("Cross &lt;40&gt; against slow", "slow less Cross &lt;40&gt;", "Settings that differ", ">44<")
                .contains("The data do not tell them apart.")
                .doesNotContain("NaN");
        assertThat(ComparisonReport.of(
                                List.of(RUN, RUN.withSettings(Map.of()), slow).subList(1, 3))
                        .html())
                .contains("Equity, side by side");
        assertThatThrownBy(() -> ComparisonReport.of(List.of(RUN))).hasMessageContaining("at least 2 runs");
        assertThatThrownBy(() -> ComparisonReport.of(List.of(RUN, RUN))).hasMessageContaining("different names");
        assertThatThrownBy(() -> BacktestFigures.overlaid(List.of())).hasMessageContaining("at least one");
        BacktestRecord weekly = Runs.record("weekly", Runs.market(3, 60, 7 * DAY, Provenance.Kind.HISTORICAL), 8);
        assertThat(ComparisonReport.of(List.of(RUN, weekly)).html()).contains("periods of another length");
        assertThatThrownBy(() -> ComparisonReport.difference(RUN, weekly)).hasMessageContaining("one length");
        assertThat(BacktestTables.differingSettings(List.of(RUN, RUN))
                        .columns()
                        .get(0)
                        .cells())
                .isEmpty();
    }

    @Test
    void theFiguresOfARunReadAsWritten() {
        Map<String, Figure> all = BacktestFigures.overview(FAST);
        assertThat(all.keySet())
                .containsExactly(
                        "tearSheet",
                        "months",
                        "years",
                        "distribution",
                        "rolling",
                        "price",
                        "excursions",
                        "split",
                        "hours",
                        "weekdays",
                        "costs",
                        "capacity");
        Map<String, String> words = new TreeMap<>();
        all.forEach((name, figure) -> words.put(name, figure.title() + " | " + figure.description()));
        assertThat(String.join(
                        "\n", words.entrySet().stream().map(String::valueOf).toList()))
                .isEqualTo(GOLDEN.strip());
        all.values().forEach(figure -> assertThat(figure.at(360).svg()).doesNotContain("NaN"));
        assertThat(BacktestFigures.price(FAST, Samples.HOSTILE).svg()).doesNotContain("<img");
        assertThat(BacktestFigures.excursions(FAST).title()).isEqualTo("What trades lived through");
    }

    @Test
    void tablesHoldEveryRowOfTheRun() {
        assertThat(rows(BacktestTables.equity(RUN))).isEqualTo(500);
        List<Double> net = BacktestTables.attribution(RUN).columns().get(8).cells().stream()
                .map(cell -> -Math.abs((double) cell))
                .toList();
        assertThat(net).isSorted();
        assertThat(rows(BacktestTables.trades(RUN))).isEqualTo(RUN.trades().size());
        assertThat(rows(BacktestTables.fills(RUN))).isEqualTo(RUN.result().fillCount());
        assertThat(rows(BacktestTables.months(RUN))).isEqualTo(2);
        assertThat(rows(BacktestTables.quantiles(RUN))).isEqualTo(5);
        assertThat(rows(BacktestTables.drawdowns(RUN, 4))).isEqualTo(4);
        assertThat(rows(BacktestTables.regimes(RUN))).isZero();
        assertThat(rows(BacktestTables.data(RUN))).isEqualTo(3);
        assertThat(Tables.of(BacktestTables.trades(RUN)).rowCount())
                .isEqualTo(RUN.trades().size());
        assertThat(Tables.of(BacktestTables.metrics(RUN)).column(1).size()).isGreaterThan(80);
    }

    private static int rows(Tabular table) {
        return table.columns().get(0).cells().size();
    }

    private static final String GOLDEN = """
            capacity=How much capital it bears | Nothing is earned at any of these capitals.
            costs=What costs do to the result | 4 bars from −2.44 to −0.52.
            distribution=Distribution of returns | 60 returns from −6.67% to 3.50%.
            excursions=What trades lived through | 31 round trips with known excursions.
            hours=Net profit by hour of entry, UTC | 18 bars from −45.3k to 49.4k.
            months=Monthly returns | 2 of 3 months gained; the worst lost 13.5%, the best gained 4.6%.
            price=Fills on the price of <img src=x onerror=alert(1)> | 32 fills in <img src=x onerror=alert(1)> between 73.99 and 122.6.
            rolling=Rolling volatility and exposure | Volatility at the end 51.4%, gross exposure 56%.
            split=From price to profit | Parts: price −41.6k, fees −30.8k, slippage −15.4k, funding 0, rest 0, total −87.8k.
            tearSheet=Equity, drawdown and rolling Sharpe ratio | From 2019-01-01 to 2019-03-02 the equity ends at 0.91 times its start, buy and hold at 1.11 times; the deepest drawdown is −19.2%.
            weekdays=Net profit by weekday of entry, UTC | 7 bars from −66.9k to 39.6k.
            years=Return of each year, after costs | 1 bar: −8.8%.
            """;

    @Test
    void theCapacityIsSaidInWholeNumbersAndItsIntervalOnlyWhereItSaysMore() {
        double above = Double.POSITIVE_INFINITY;
        assertThat(CapacityReport.words(new CapacityCurve.Zero(13_368_983.3, 185_247.5, 568_301_806)))
                .isEqualTo("13,400,000 (95 % interval: 185,000 to 568,000,000)");
        assertThat(CapacityReport.words(new CapacityCurve.Zero(above, above, above)))
                .isEqualTo("above all that were tried (95 % interval: also above all that were tried)");
        assertThat(CapacityReport.words(new CapacityCurve.Zero(above, 2500, above)))
                .isEqualTo("above all that were tried (95 % interval: 2,500 to above all that were tried)");
        assertThat(CapacityReport.words(new CapacityCurve.Zero(2500, 0, above)))
                .isEqualTo("2,500 (95 % interval: 0 to above all that were tried)");
        assertThat(CapacityReport.words(new CapacityCurve.Zero(2500, Double.NaN, Double.NaN)))
                .isEqualTo("2,500");
        assertThat(CapacityReport.words(new CapacityCurve.Zero(Double.NaN, 0, 0)))
                .isEqualTo("n/a, nothing is earned at any capital");
    }
}
