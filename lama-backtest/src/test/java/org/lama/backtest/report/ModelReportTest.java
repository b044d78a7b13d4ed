package org.lama.backtest.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.core.base.Tabular;
import org.lama.core.series.Series;
import org.lama.core.series.TimeIndex;
import org.lama.core.signal.FitStatus;
import org.lama.core.signal.ModelSummary;
import org.lama.core.stats.TestResult;
import tech.tablesaw.api.Table;

class ModelReportTest {
    @TempDir
    Path folder;

    private static Optional<Series> observed(int rows) {
        return Optional.of(
                Series.of(Samples.HOSTILE, TimeIndex.regular(Samples.START, Samples.DAY, rows), new double[rows]));
    }

    @Test
    void everyFigureOfAModelIsAFileBesideThePage() throws IOException {
        Path here = folder.resolve("new/deep");
        List<Path> files = ModelReport.write(here, Samples.arma(200), observed(200));
        assertThat(files.stream().map(file -> file.getFileName().toString()))
                .containsExactly(
                        "model.html",
                        "fitted.svg",
                        "diagnostics.svg",
                        "roots.svg",
                        "forecast.svg",
                        "residuals.svg",
                        "residual-acf.svg",
                        "residual-pacf.svg",
                        "residual-acf-of-squares.svg",
                        "residual-tests.svg",
                        "residual-quantiles.svg",
                        "residual-histogram.svg");
        for (Path file : files.subList(1, files.size())) {
            Samples.xml(Files.readString(file));
        }
        try (var all = Files.list(here)) {
            assertThat(all).hasSize(files.size());
        }
    }

    @Test
    void modelsOfVarianceAndForestsHaveTheirOwnFigures() {
        assertThat(ModelReport.figures(Samples.garch(60), Optional.empty()).keySet())
                .contains("volatility", "volatility-forecast", "diagnostics")
                .doesNotContain("roots", "scores", "forecast");
        assertThat(ModelReport.figures(Samples.forest(60), Optional.empty()).keySet())
                .containsExactly("scores", "score-histogram", "attribution");
        assertThat(ModelReport.figures(Samples.model(0, 0), Optional.empty())).isEmpty();
    }

    @Test
    void theSameModelGivesTheSameBytesInAnyLocale() throws IOException {
        List<Path> first = ModelReport.write(folder.resolve("a"), Samples.arma(150), observed(150));
        Locale before = Locale.getDefault();
        List<Path> second;
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            second = ModelReport.write(folder.resolve("b"), Samples.arma(150), observed(150));
        } finally {
            Locale.setDefault(before);
        }
        for (int k = 0; k < first.size(); k++) {
            assertThat(Files.mismatch(first.get(k), second.get(k)))
                    .as(first.get(k).toString())
                    .isEqualTo(-1);
        }
    }

    @Test
    void hostileTextsStayTextAndThePageLoadsNothing() {
        String html = ModelReport.page(Samples.arma(200), observed(200)).html();
        assertThat(html)
                .doesNotContain("<img")
                .doesNotContain("<script")
                .doesNotContain("src=\"http")
                .contains("&lt;img src=x onerror=alert(1)&gt;", "Content-Security-Policy");
        assertThat(html)
                .contains(">Fit<", ">Residuals<", ">Roots<", ">Forecast<", ">Fitted values<")
                .contains("Coefficients", "Tests of the residuals", "prefers-color-scheme:dark");
        assertThat(ModelReport.page(Samples.garch(60), Optional.empty()).html())
                .contains("<section id=\"volatility\">", "<section id=\"forecast\">");
        assertThat(ModelReport.page(Samples.forest(60), Optional.empty()).html())
                .contains("<section id=\"scores\">");
    }

    @Test
    void aModelWithoutAnythingIsAPage() {
        ModelSummary bare = new ModelSummary(
                "Nothing",
                new FitStatus(FitStatus.Outcome.FALLBACK_RW, 0, Double.NaN, "no row was known"),
                Map.of(),
                List.of(),
                List.of(),
                new double[0],
                List.of());
        assertThat(ModelReport.page(bare, Optional.empty()).html())
                .contains("<h1>Nothing</h1>", "no row was known")
                .doesNotContain("<nav");
    }

    @Test
    void manyNotesAreFolded() {
        ModelSummary talkative = new ModelSummary(
                "T",
                FitStatus.ok(1, 0),
                Map.of("aic", 1.0),
                List.of(),
                List.of("a", "b", "c", "d", "e", "f", "g"),
                new double[0],
                List.of());
        assertThat(ModelReport.page(talkative, Optional.empty()).html())
                .contains("<summary>Notes", "<td class=\"wrap\">g</td>");
    }

    @Test
    void aFolderThatIsAFileIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("taken"), "x");
        assertThatThrownBy(() -> ModelReport.write(file, Samples.arma(20), Optional.empty()))
                .isInstanceOf(IOException.class);
    }

    private static Object cell(Tabular table, String column, int row) {
        return table.columns().stream()
                .filter(c -> c.name().equals(column))
                .findFirst()
                .orElseThrow()
                .cells()
                .get(row);
    }

    @Test
    void coefficientsCarryErrorsAndPValues() {
        Tabular table = ModelTables.coefficients(Samples.arma(20));
        assertThat(cell(table, "coefficient", 1)).isEqualTo("ar2");
        assertThat((double) cell(table, "z", 0)).isCloseTo(6, within(1e-12));
        // Two-sided normal p-value of -0.3 / 0.2 = -1.5, from tables: 0.13361.
        assertThat((double) cell(table, "p-value", 1)).isCloseTo(0.1336144, within(1e-6));
        assertThat((double) cell(table, "lower 95 %", 0)).isCloseTo(0.404, within(1e-4));
        assertThat((double) cell(table, "upper 95 %", 0)).isCloseTo(0.796, within(1e-4));
        assertThat((double) cell(table, "p-value", 2)).isNaN();
        Table saw = Tables.of("coefficients", table);
        assertThat(saw.rowCount()).isEqualTo(3);
        assertThat(saw.doubleColumn("z").countMissing()).isEqualTo(1);
    }

    @Test
    void valuesNotesAndStepsKeepTheirOrder() {
        ModelSummary model = Samples.arma(20);
        assertThat(cell(ModelTables.values(model), "name", 0)).isEqualTo("aic");
        assertThat(cell(ModelTables.notes(model), "note", 0)).isEqualTo("Look at " + Samples.HOSTILE);
        assertThat(Tables.of(ModelTables.forecast(model)).longColumn("step").get(11))
                .isEqualTo(12L);
    }

    @Test
    void residualTestsTakeOffTheFittedCoefficients() {
        List<TestResult> tests = ModelTables.residualTests(Samples.arma(400));
        assertThat(tests)
                .extracting(TestResult::test)
                .containsExactly("Ljung-Box", "Lobato-Nankervis-Savin", "McLeod-Li", "Jarque-Bera");
        assertThat(tests.get(0).lags()).isEqualTo(13);
        assertThat(tests).allMatch(TestResult::isDefined);
        assertThat(ModelTables.residualTests(Samples.forest(20))).isEmpty();
        assertThat(cell(ModelTables.tests(tests), "test", 3)).isEqualTo("Jarque-Bera");
        assertThat(ModelTables.residualTests(Samples.arma(400).with("seasonalOrder", 0, 1, 1, 12))
                        .get(0)
                        .lags())
                .isEqualTo(24 + 3);
    }

    @Test
    void shocksOfAStudentModelAreTestedAgainstStudent() {
        TestResult right = ModelTables.residualTests(Samples.student(4000, 3.5)).get(3);
        assertThat(right.test()).isEqualTo("Jarque-Bera of normal scores, t(3.50) law");
        assertThat(right.nullHypothesis()).contains("fitted t(3.50) law");
        assertThat(right.pValue()).isGreaterThan(0.9);
        assertThat(right.observations()).isEqualTo(4000);
        // The same shocks under a law with lighter tails.
        ModelSummary light = Samples.student(4000, 20);
        ModelSummary wrong = new ModelSummary(
                        "W",
                        light.status(),
                        light.values(),
                        light.coefficients(),
                        List.of(),
                        Samples.student(4000, 3.5).residuals(),
                        List.of())
                .with("conditionalVolatility", new double[4000]);
        assertThat(ModelTables.residualTests(wrong).get(3).pValue()).isLessThan(1e-6);
        String page =
                ModelReport.page(Samples.student(300, 3.5), Optional.empty()).html();
        assertThat(page)
                .contains("<td>Jarque-Bera of normal scores, t(3.50) law</td>")
                .doesNotContain("normal law");
    }

    @Test
    void testsOfADistributionHaveNoLags() {
        List<TestResult> tests = ModelTables.residualTests(Samples.arma(400));
        Tabular table = ModelTables.tests(tests);
        assertThat(cell(table, "lags", 0)).isEqualTo(13.0);
        assertThat((double) cell(table, "lags", 3)).isNaN();
        assertThat(cell(ModelTables.tests(tests.subList(0, 2)), "lags", 0)).isEqualTo(13L);
        assertThat(Tables.of(table).doubleColumn("lags").countMissing()).isEqualTo(1);
    }

    @Test
    void seasonalModelsShowTwoSeasonsOfLags() {
        assertThat(ResidualFigures.lags(Samples.arma(200))).isEqualTo(23);
        assertThat(ResidualFigures.lags(Samples.arma(200).with("seasonalOrder", 0, 1, 1, 24)))
                .isEqualTo(49);
        assertThat(ResidualFigures.lags(Samples.arma(9))).isEqualTo(8);
        assertThat(ResidualFigures.lags(Samples.arma(0))).isEqualTo(1);
    }
}
