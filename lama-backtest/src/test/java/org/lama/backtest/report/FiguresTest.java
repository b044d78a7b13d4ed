package org.lama.backtest.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.core.series.Series;
import org.lama.core.series.TimeIndex;
import org.lama.core.signal.ModelSummary;
import org.w3c.dom.Document;

class FiguresTest {
    @TempDir
    Path folder;

    private static Map<String, Figure> all(int rows) {
        EquityCurve curve = Samples.curve(rows);
        double[] residuals = Samples.model(rows, 0).residuals();
        Map<String, Figure> figures = new LinkedHashMap<>();
        figures.put("tear sheet", Figures.tearSheet(curve));
        figures.put("equity", Figures.equity(curve));
        figures.put("under water", Figures.underWater(curve));
        figures.put("rolling", Figures.rollingSharpe(curve));
        figures.put("monthly", Figures.monthlyReturns(curve));
        figures.put("acf", Figures.acf(residuals, 12));
        figures.put("qq", Figures.qq(residuals));
        figures.put("histogram", Figures.histogram(residuals));
        figures.put("diagnostics", Figures.diagnostics(Samples.model(rows, 3), 10));
        figures.put("fan", Figures.forecastFan(Samples.model(20, rows), curve.growth()));
        putModels(figures, rows);
        figures.put("lines", Figures.lines("Two", curve.times(), columns(curve)));
        figures.put("folds", Figures.folds("Sharpe", rows == 0 ? List.of() : folds()));
        figures.put("bars", Figures.bars("Bars", names(rows), growth(rows)));
        figures.put("percent", Figures.percentBars("Shares", names(rows), growth(rows)));
        return figures;
    }

    private static void putModels(Map<String, Figure> figures, int rows) {
        ModelSummary arma = Samples.arma(rows);
        Series times = Series.of("x", TimeIndex.regular(Samples.START, Samples.DAY, rows), new double[rows]);
        figures.put("pacf", Figures.pacf(arma.residuals(), 12));
        figures.put("portmanteau", Figures.portmanteau(arma, 12));
        figures.put("residuals", Figures.residuals(arma, Optional.of(times)));
        figures.put("roots", Figures.roots(arma));
        figures.put("no roots", Figures.roots(Samples.model(rows, 0)));
        figures.put("fan over time", Figures.forecastFan(arma, times, 50, 80, 99));
        figures.put("volatility", Figures.volatility(Samples.garch(rows), Optional.of(times)));
        figures.put("volatility forecast", Figures.volatilityForecast(Samples.garch(rows), Optional.of(times)));
        figures.put("no volatility", Figures.volatility(arma, Optional.empty()));
        figures.put("no volatility forecast", Figures.volatilityForecast(arma, Optional.empty()));
        figures.put("scores", Figures.scores(Samples.forest(rows), Optional.of(times)));
        figures.put("score distribution", Figures.scoreDistribution(Samples.forest(rows)));
        figures.put("attribution", Figures.attribution(Samples.forest(rows)));
        figures.put("no scores", Figures.scores(arma, Optional.empty()));
        figures.put("no attribution", Figures.attribution(arma));
    }

    private static Map<String, double[]> columns(EquityCurve curve) {
        Map<String, double[]> columns = new LinkedHashMap<>();
        columns.put("a & b", curve.growth());
        columns.put(Samples.HOSTILE, curve.benchmarkGrowth());
        return columns;
    }

    private static List<String> names(int rows) {
        return List.of("one", "two < three", "a very long name that does not fit")
                .subList(0, Math.min(3, rows));
    }

    private static double[] growth(int rows) {
        return Arrays.copyOf(new double[] {0.3, -0.2, Double.NaN}, Math.min(3, rows));
    }

    private static List<FoldFigures.FoldMark> folds() {
        return List.of(
                new FoldFigures.FoldMark(Samples.START, Samples.START + 30 * Samples.DAY, 1.5, -0.2, Map.of("OK", 3.0)),
                new FoldFigures.FoldMark(
                        Samples.START + 30 * Samples.DAY,
                        Samples.START + 60 * Samples.DAY,
                        Double.NaN,
                        0.4,
                        Map.of("BUDGET", 1.0)));
    }

    private static List<String> texts(Map<String, Figure> figures) {
        return figures.values().stream().map(Figure::svg).toList();
    }

    @Test
    void everyFigureIsWellFormedAtEveryWidth() {
        for (int rows : new int[] {0, 1, 2, 5, 40, 800}) {
            all(rows).forEach((name, figure) -> {
                for (int width : new int[] {240, 360, 940}) {
                    Document svg = Samples.xml(figure.at(width).svg());
                    String where = name + " with " + rows + " rows at " + width;
                    assertThat(svg.getDocumentElement().getAttribute("role"))
                            .as(where)
                            .isEqualTo("img");
                    assertThat(svg.getElementsByTagName("title").getLength())
                            .as(where)
                            .isPositive();
                    assertThat(svg.getElementsByTagName("desc").item(0).getTextContent())
                            .as(where)
                            .isNotBlank();
                    assertThat(svg.getElementsByTagName("script").getLength())
                            .as(where)
                            .isZero();
                    assertThat(figure.at(width).svg())
                            .as(where)
                            .doesNotContain("NaN")
                            .doesNotContain("Infinity");
                }
            });
        }
    }

    @Test
    void negativeZeroIsNeverShown() {
        all(800).forEach(
                        (name, figure) -> assertThat(figure.svg()).as(name).doesNotContainPattern(">[-−]0(\\.0+)?%?<"));
    }

    @Test
    void theLocaleOfTheMachineChangesNothing() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.ROOT);
            Map<String, Figure> first = all(300);
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            Map<String, Figure> second = all(300);
            assertThat(texts(second)).isEqualTo(texts(first));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void tearSheetHasThreePanelsLegendShadesAndMarkers() {
        String svg = Figures.tearSheet(Samples.curve(800)).svg();
        assertThat(svg)
                .contains(">× start<", ">Drawdown<", ">Sharpe 180d<", ">strategy<", ">buy and hold<", ">buy<", ">sell<")
                .contains(">high volatility<", ">low liquidity<", ">crisis<", ">0%<", ">2020<")
                .contains("class=\"" + Tone.SHADE_CRISIS.fill());
        assertThat(Samples.count(svg, "fill=\"none\"")).isEqualTo(4);
        assertThat(Samples.count(svg, "Z\" class=\"" + Tone.GREEN.fill() + "\""))
                .isGreaterThan(10);
    }

    @Test
    void crowdedTradesAreThinnedToTheirSpotOrLeftOut() {
        EquityCurve curve = Samples.curve(2000);
        String few = Figures.equity(curve.withTrades(trades(300, 1))).svg();
        assertThat(Samples.count(few, "Z\" class=\"" + Tone.GREEN.fill() + "\""))
                .isBetween(10, 30);
        String many = Figures.equity(curve.withTrades(trades(20_000, 10))).svg();
        assertThat(many)
                .contains("20\u202f000 entries and exits, too many to mark")
                .doesNotContain(">buy<");
        assertThat(Samples.count(many, "Z\" class=\"" + Tone.GREEN.fill() + "\""))
                .isZero();
    }

    private static List<EquityCurve.Marker> trades(int count, int perDay) {
        return IntStream.range(0, count)
                .mapToObj(i -> new EquityCurve.Marker(Samples.START + i * Samples.DAY / perDay, i % 2 == 0))
                .toList();
    }

    @Test
    void documentFollowsLightAndDark() {
        String svg = Figures.equity(Samples.curve(50)).svg();
        assertThat(svg).contains("@media (prefers-color-scheme:dark)", Tone.BLUE.light(), "--l-blue:#5cb0f2");
        assertThat(Figures.equity(Samples.curve(50)).inline()).doesNotContain("<style>");
    }

    @Test
    void notebookHtmlIsAnImageOfTheSvg() {
        Figure figure = Figures.equity(Samples.curve(50)).withTitle("A \"quoted\" <title>");
        String html = figure.html();
        assertThat(html)
                .startsWith("<img alt=\"A &quot;quoted&quot; &lt;title&gt;.")
                .endsWith("\">");
        String data = html.replaceAll("(?s).*base64,([^\"]*)\".*", "$1");
        assertThat(new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8))
                .isEqualTo(figure.svg());
        assertThat(figure).hasToString("Figure[A \"quoted\" <title>, 940 x " + figure.height() + "]");
    }

    @Test
    void narrowFiguresAreLaidOutAnew() {
        Figure wide = Figures.diagnostics(Samples.model(200, 3), 10);
        Figure narrow = wide.at(360);
        assertThat(narrow.width()).isEqualTo(360);
        assertThat(narrow.height()).isGreaterThan(wide.height());
        assertThatThrownBy(() -> wide.at(10)).hasMessageContaining("pixels must be in [240, 4000]");
    }

    @Test
    void figureIsWrittenAsAFile() throws IOException {
        Figure figure = Figures.equity(Samples.curve(30));
        Path file = figure.write(folder.resolve("f.svg"));
        assertThat(Files.readString(file)).isEqualTo(figure.svg());
    }

    @Test
    void monthlyReturnsCompoundToTheYear() {
        EquityCurve curve = Samples.curve(800);
        HeatMaps.Grid grid = HeatMaps.months(curve);
        assertThat(grid.rows()).containsExactly("2019", "2020", "2021");
        // the first row is the base and the close at midnight of 1 February 2019 ends January
        double[] growth = curve.growth();
        assertThat(grid.cells()[0][0]).isCloseTo(growth[31] - 1, within(1e-12));
        double product = 1;
        for (int month = 0; month < 12; month++) {
            product *= 1 + grid.cells()[1][month];
        }
        assertThat(product - 1).isCloseTo(grid.cells()[1][12], within(1e-12));
        assertThat(grid.cells()[2][11]).isNaN();
    }

    @Test
    void heatMapColoursAroundZeroOnlyWhenBothSignsOccur() {
        List<String> rows = List.of("r1", "r2");
        List<String> columns = List.of("c1", "c2");
        String both = Figures.heatMap("M", rows, columns, new double[][] {{-1, 1}, {0, Double.NaN}})
                .svg();
        String one = Figures.heatMap("M", rows, columns, new double[][] {{1, 2}, {3, 4}})
                .svg();
        assertThat(both)
                .contains("class=\"" + Tone.DIVERGING_0.fill() + "\"", "class=\"" + Tone.DIVERGING_8.fill() + "\"");
        assertThat(one)
                .contains("class=\"" + Tone.SEQUENTIAL_0.fill() + "\"", "class=\"" + Tone.SEQUENTIAL_8.fill() + "\"");
        assertThat(Samples.count(both, "<rect x=")).isEqualTo(3);
        assertThat(both).contains("<title>r1 c1: −1.00</title>");
    }

    @Test
    void heatMapOfTheWrongShapeIsRefused() {
        assertThatThrownBy(() -> Figures.heatMap("M", List.of("a"), List.of("b"), new double[0][0]))
                .hasMessage("cells must have 1 rows, got 0");
        assertThatThrownBy(() -> Figures.heatMap("M", List.of("a"), List.of("b"), new double[1][2]))
                .hasMessage("cells must have 1 columns in each row, got 2");
        Samples.xml(Figures.heatMap("M", List.of(), List.of(), new double[0][0]).svg());
    }

    @Test
    void costBarsMarkTheAssumedCosts() {
        String svg = Figures.costSensitivity(
                        "Sharpe ratio", new double[] {0, 1, 2, 3}, new double[] {0.82, 0.31, -0.12, -0.6})
                .svg();
        assertThat(svg)
                .contains("font-weight=\"600\" class=\"f-ink\" fill=\"#1d2733\" text-anchor=\"middle\">1× costs<");
        assertThat(svg).contains(">0.310<", ">−0.600<");
        assertThatThrownBy(() -> Figures.costSensitivity("S", new double[2], new double[1]))
                .hasMessage("values must have 2 entries, got 1");
    }

    @Test
    void extremeScalesAreDrawn() {
        for (double scale : new double[] {1e-300, 1e-9, 1e9, 1e300}) {
            double[] values = {scale, 2 * scale, 1.5 * scale, 3 * scale};
            TimeIndex times = TimeIndex.regular(Samples.START, Samples.DAY, 4);
            String equity = Figures.tearSheet(EquityCurve.of(times, values)).svg();
            String lines = Figures.lines("L", times, Map.of("x", values)).svg();
            assertThat(equity + lines).doesNotContain("NaN").doesNotContain("Infinity");
        }
    }

    @Test
    void constantAndUnknownColumnsAreDrawn() {
        double[] flat = {5, 5, 5, 5, 5, 5, 5, 5, 5, 5};
        double[] none = new double[10];
        Arrays.fill(none, Double.NaN);
        TimeIndex times = TimeIndex.regular(Samples.START, Samples.DAY, 10);
        for (double[] values : List.of(flat, none)) {
            for (Figure figure : List.of(
                    Figures.tearSheet(EquityCurve.of(times, values)),
                    Figures.monthlyReturns(EquityCurve.of(times, values)),
                    Figures.acf(values, 3),
                    Figures.qq(values),
                    Figures.histogram(values),
                    Figures.lines("L", times, Map.of("x", values)))) {
                Samples.xml(figure.svg());
                assertThat(figure.svg()).doesNotContain("NaN");
            }
        }
    }

    @Test
    void foldFigureDescribesItsMedians() {
        assertThat(Figures.folds("Sharpe", folds()).description())
                .isEqualTo("2 folds. Median in sample 1.50, out of sample 0.10.");
        assertThat(FoldFigures.median(new double[0])).isNaN();
        assertThatThrownBy(() -> new FoldFigures.FoldMark(5, 5, 0, 0, Map.of()))
                .hasMessageContaining("testToNanos must be > testFromNanos");
    }
}
