package org.lama.backtest.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lama.backtest.walkforward.StudyResult;
import org.lama.core.base.Tabular;
import org.lama.core.series.Provenance;

class StudyReportTest {
    private static String page(int rows, Provenance.Kind kind, String verdict) {
        return StudyReport.of(Samples.study(rows, kind), Samples.waterfall(), Samples.statement(verdict))
                .html();
    }

    private static List<Object> cells(Tabular table, String name) {
        return table.columns().stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .orElseThrow()
                .cells()
                .stream()
                .map(cell -> (Object) cell)
                .toList();
    }

    @Test
    void syntheticStudyOpensWithItsBannerAndNamesThePlantedTruths() {
        String html = page(800, Provenance.Kind.SYNTHETIC, "NO EDGE");
        assertThat(html.indexOf("SYNTHETIC")).isLessThan(html.indexOf("<h1>")).isPositive();
        assertThat(html)
                .contains(
                        "planted Sharpe ratio 1.20 a year: found (",
                        "SYN2, planted Sharpe ratio 1.00 a year: missed (");
        assertThat(html).contains("<span class=\"label careful\">missed</span>", "false alarm");
    }

    @Test
    void realDataHaveNeitherBannerNorTruths() {
        String html = page(800, Provenance.Kind.HISTORICAL, "EDGE");
        assertThat(html)
                .doesNotContain("SYNTHETIC</strong>")
                .doesNotContain("planted Sharpe")
                .contains("verdict good");
    }

    @Test
    void everyPartOfTheStudyHasItsSection() {
        String html = page(800, Provenance.Kind.SYNTHETIC, "NO_EDGE");
        assertThat(html)
                .contains("verdict neutral", ">What was asked<", ">Performance<", ">Month by month<", ">Costs<")
                .contains(
                        ">Asset by asset<", ">Four ways to combine<", ">Models, fold by fold<", ">Regimes<", ">Trades<")
                .contains(
                        ">Data quality<",
                        ">Run it again<",
                        "./lama rerun result.json",
                        "Best by Sharpe ratio: bayesian.")
                .contains("3.2 effective of 5 trials", "95 %: −0.31 to 1.13", "Costs take 48% of the gross return.")
                .contains("Trial ledger started 2026-01-01T00:00:00Z.", "shorter than one window", "no advice");
    }

    @Test
    void whatTheStudySaysAboutItselfHasItsSections() {
        String html = page(800, Provenance.Kind.HISTORICAL, "NO EDGE");
        assertThat(html)
                .contains(">From naive to honest<", "n/a: a study trades market orders only", ">Capacity<")
                .contains(">Inside the bars<", "Both orders of prices give the same result.")
                .contains(">Which way to combine led<", "Reported only", ">With and without each member<")
                .contains("reality check and Hansen", "SPA over them: n/a, ")
                .contains("n/a: without it no trade is made", ">Rolling score of each combiner<");
        // title and heading, on wide and on narrow paper
        assertThat(Samples.count(html, ">What each member adds<")).isEqualTo(4);
    }

    @Test
    void theWaterfallIsDrawnWithEveryRuleAndItsNumbers() {
        Figure figure = WaterfallReport.figure(Samples.waterfall());
        assertThat(figure.svg())
                .contains(">naive<", ">fill<", ">costs<", ">trials<", ">honest<", "n/a: limit orders")
                .doesNotContain(">n/a<", ">limit orders<");
        assertThat(figure.description()).startsWith("The Sharpe ratio is ").contains(" with every rule naive and ");
        assertThat(figure.at(300).svg()).contains(">costs<").doesNotContain(">limit orders<", ">n/a<");
        Figure nothing = WaterfallReport.figure(Samples.flatWaterfall());
        assertThat(nothing.svg()).contains("No Sharpe ratio is defined");
    }

    @Test
    void theTablesOfTheChecksHoldTheirRows() {
        StudyResult result = Samples.study(120, Provenance.Kind.HISTORICAL);
        assertThat(cells(StudyChecksReport.ablation(result), "member")).isEqualTo(List.of("momentum", "liquidity"));
        assertThat(cells(StudyChecksReport.tracking(result), "combiner")).isEqualTo(List.of("weighted", "bayesian"));
        assertThat(cells(StudyChecksReport.switches(result), "to")).isEqualTo(List.of("bayesian"));
    }

    @Test
    void theLastModelsAreListedAndOneIsDrawn() {
        String html = page(800, Provenance.Kind.HISTORICAL, "NO EDGE");
        assertThat(html)
                .contains(">The last models<", "Last model of each asset", "ar1 0.6, ar2 −0.3, ma1 0.1")
                .contains(">Standardised residuals<", ">Distribution of residuals<", "Inverse roots of", "Forecast of")
                .doesNotContain("Observed and fitted");
        // Drawn for one asset, on wide and on narrow paper: not for every asset.
        assertThat(Samples.count(html, ">Standardised residuals<")).isEqualTo(2);
        StudyResult result = Samples.study(300, Provenance.Kind.HISTORICAL);
        assertThat(cells(StudyTables.models(result), "asset"))
                .hasSize(4)
                .first()
                .isEqualTo(Samples.HOSTILE);
        assertThat(cells(StudyTables.models(result), "robust")).allMatch(p -> (double) p >= 0 && (double) p <= 1);
        assertThat(page(0, Provenance.Kind.HISTORICAL, "NO EDGE")).doesNotContain("The last models");
    }

    @Test
    void hostileSymbolsAndPathsStayText() {
        assertThat(page(800, Provenance.Kind.SYNTHETIC, "NO EDGE"))
                .doesNotContain("<img")
                .doesNotContain("<script");
    }

    @Test
    void interruptedAndEmptyStudiesAreReportedAsSuch() {
        String partial = page(801, Provenance.Kind.SYNTHETIC, "NOT ENOUGH DATA (120 more days)");
        assertThat(partial).contains("PARTIAL</strong>", "verdict careful");
        assertThat(page(0, Provenance.Kind.HISTORICAL, "NO EDGE")).contains("no decision was possible");
    }

    @Test
    void theSameResultGivesTheSamePage() {
        assertThat(page(300, Provenance.Kind.SYNTHETIC, "NO EDGE"))
                .isEqualTo(page(300, Provenance.Kind.SYNTHETIC, "NO EDGE"));
    }

    @Test
    void tablesHoldEveryRowOfTheResult() {
        StudyResult result = Samples.study(120, Provenance.Kind.HISTORICAL);
        assertThat(cells(StudyTables.equity(result), "drawdown")).hasSize(120);
        assertThat(cells(StudyTables.trades(result), "pnl")).hasSize(24);
        assertThat(cells(StudyTables.folds(result), "status")).hasSize(24);
        assertThat(cells(StudyTables.metrics(result), "metric")).contains("maximum drawdown", "sharpe");
        assertThat(cells(StudyTables.assets(result), "asset")).first().isEqualTo(Samples.HOSTILE);
        assertThat(cells(StudyTables.combiners(result), "role")).isEqualTo(List.of("asked for", "tracked, best"));
        assertThat(cells(StudyTables.data(result), "quality")).isEqualTo(List.of("ERROR", "WARNING", "OK", "OK"));
        assertThat(cells(StudyTables.largestTrades(result, 3), "pnl")).isEqualTo(List.of(13.0, 13.0, 13.0));
        assertThat(cells(StudyTables.dropped(result), "asset")).isEqualTo(List.of("TINY"));
        assertThat(Tables.of(StudyTables.equity(result)).rowCount()).isEqualTo(120);
    }

    @Test
    void shortTradesAreMarkedBySaleThenPurchase() {
        EquityCurve curve = StudyFigures.curve(Samples.study(120, Provenance.Kind.HISTORICAL));
        assertThat(curve.markers().get(0).buy()).isFalse();
        assertThat(curve.markers().get(1).buy()).isTrue();
        assertThat(curve.markers()).hasSize(24 * 2);
    }

    @Test
    void foldFigureTakesTheMedianOfAllAssets() {
        assertThat(StudyFigures.folds(Samples.study(120, Provenance.Kind.HISTORICAL))
                        .description())
                .isEqualTo("6 folds. Median in sample 0.85, out of sample 0.10.");
        assertThat(StudyFigures.monthlyReturns(Samples.study(120, Provenance.Kind.HISTORICAL))
                        .title())
                .isEqualTo("Monthly returns");
    }
}
