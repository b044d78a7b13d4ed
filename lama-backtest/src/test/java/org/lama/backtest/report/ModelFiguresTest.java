package org.lama.backtest.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.series.Series;
import org.lama.core.series.TimeIndex;
import org.lama.core.signal.FitStatus;
import org.lama.core.signal.ModelSummary;
import org.lama.core.signal.ShockLaw;

class ModelFiguresTest {
    private static Series daily(int rows) {
        return Series.of("x", TimeIndex.regular(Samples.START, Samples.DAY, rows), new double[rows]);
    }

    private static ModelSummary model(double[] residuals) {
        return new ModelSummary("M", FitStatus.ok(1, 0), Map.of(), List.of(), List.of(), residuals, List.of());
    }

    private static double[] noise(int rows) {
        Rng rng = Seeds.rng(5, rows);
        double[] values = new double[rows];
        Arrays.setAll(values, i -> rng.nextGaussian());
        return values;
    }

    @Test
    void autocorrelationsOfAnAlternatingSeriesAlternate() {
        double[] values = new double[1000];
        Arrays.setAll(values, i -> i % 2 == 0 ? 1 : -1);
        CorrelationPanel acf = CorrelationPanel.autocorrelation(values, 2);
        assertThat(acf.byLag()[0]).isEqualTo(1);
        assertThat(acf.byLag()[1]).isCloseTo(-0.999, within(1e-9));
        assertThat(acf.byLag()[2]).isCloseTo(0.998, within(1e-9));
        assertThat(acf.band()).isCloseTo(1.959964 / Math.sqrt(1000), within(1e-7));
        assertThat(acf.outside()).isEqualTo(2);
        assertThat(CorrelationPanel.partial(values, 2).byLag()[1]).isCloseTo(-0.999, within(1e-9));
    }

    @Test
    void lagsOutsideTheBandAreDrawnInAnotherColour() {
        double[] values = new double[400];
        Arrays.setAll(values, i -> i % 2 == 0 ? 1 : -1);
        String svg = Figures.acf(values, 6).svg();
        assertThat(Samples.count(svg, "r=\"2\" class=\"" + Tone.VERMILLION.fill()))
                .isEqualTo(6);
        assertThat(Figures.acf(noise(400), 6).svg()).contains("r=\"2\" class=\"" + Tone.BLUE.fill());
    }

    @Test
    void infiniteResidualsCountAsMissing() {
        double[] values = noise(100);
        values[50] = Double.POSITIVE_INFINITY;
        assertThat(Figures.acf(values, 5).description()).doesNotContain("–");
        assertThat(Figures.qq(values).description()).startsWith("99 residuals");
    }

    @Test
    void changingVarianceShowsInTheSquaresAlone() {
        double[] values = noise(2000);
        Arrays.setAll(values, i -> values[i] * (i / 50 % 2 == 0 ? 0.3 : 2));
        assertThat(CorrelationPanel.autocorrelation(values, 10).outside()).isLessThanOrEqualTo(3);
        assertThat(CorrelationPanel.ofSquares(values, 10).outside()).isEqualTo(10);
    }

    @Test
    void jointTestsBeginWhereADegreeOfFreedomIsLeft() {
        CorrelationPanel.PValues none = CorrelationPanel.PValues.of(noise(200), 6, 0);
        CorrelationPanel.PValues two = CorrelationPanel.PValues.of(noise(200), 6, 2);
        assertThat(none.plain()[1]).isBetween(0.0, 1.0);
        assertThat(two.plain()[2]).isNaN();
        assertThat(two.robust()[3]).isBetween(0.0, 1.0);
        assertThat(two.describe()).contains("of 4 Ljung-Box p-values", "2 degrees of freedom");
        String svg = Figures.portmanteau(Samples.arma(200), 6).svg();
        assertThat(Samples.count(svg, "r=\"2.4\"")).isEqualTo(2 * 3);
    }

    @Test
    void residualsCarryDatesAndNameTheLargest() {
        double[] values = noise(300);
        values[100] = -7.5;
        String known = Figures.residuals(model(values), Optional.of(daily(300))).description();
        assertThat(known).startsWith("300 residuals; ").contains("the largest is −7.50 on 2019-04-11.");
        assertThat(Figures.residuals(model(values), Optional.empty()).description())
                .contains("the largest is −7.50 in row 101.");
        assertThat(Figures.residuals(model(values), Optional.of(daily(299))).description())
                .contains("in row 101.");
    }

    @Test
    void rowNumbersInTheClothesOfTimesAreRowNumbers() {
        Series counted = Series.of("x", TimeIndex.regular(0, 1, 300), new double[300]);
        assertThat(Figures.residuals(model(noise(300)), Optional.of(counted)).svg())
                .contains(">row<");
        assertThat(Figures.residuals(model(noise(300)), Optional.of(daily(300))).svg())
                .doesNotContain(">row<")
                .contains(">2019<");
    }

    @Test
    void theTogetherFigureHoldsSevenPanels() {
        String svg = Figures.diagnostics(Samples.arma(300), 20).svg();
        assertThat(svg)
                .contains(
                        ">Standardised residuals<",
                        ">Autocorrelation of residuals<",
                        ">Partial autocorrelation of residuals<",
                        ">P-values of joint tests by lag<",
                        ">Quantiles of residuals against the normal law<",
                        ">Distribution of residuals<",
                        ">Autocorrelation of squared residuals<")
                .doesNotContain("<img");
        assertThat(Figures.diagnostics(model(noise(7)), 20).svg()).contains("Fewer than eight residuals");
        assertThat(Figures.diagnostics(model(noise(7)), 20).height()).isLessThan(200);
    }

    @Test
    void kernelAndNormalDensityHaveAreaOne() {
        DistributionPanel law = DistributionPanel.of(noise(5000), ShockLaw.normal());
        Svg svg = new Svg();
        law.drawHistogram(svg, new Box(0, 0, 400, 200), "residual");
        assertThat(Samples.count(svg.body(), "<path")).isEqualTo(2);
        Bins bins = Bins.of(law.sorted());
        assertThat(Arrays.stream(bins.density()).sum() * bins.width()).isCloseTo(1, within(1e-9));
        double[] kernel = law.kernelDensity(-6, 6);
        assertThat(Arrays.stream(kernel).sum() * 12 / (kernel.length - 1)).isCloseTo(1, within(1e-3));
        // The density of 5,000 normal values in the middle: 0.399, with an error of some hundredths.
        assertThat(kernel[kernel.length / 2]).isCloseTo(0.3989, within(0.03));
    }

    @Test
    void residualsOfAStudentModelAreHeldAgainstStudent() {
        ModelSummary student = Samples.student(4000, 3.5);
        String svg = Figures.diagnostics(student, 20).svg();
        assertThat(svg)
                .contains(
                        ">Quantiles of residuals against the t(3.50) law<",
                        ">t(3.50) law<",
                        ">quantile of the t(3.50) law, variance 1<",
                        ">outside the 95 % band, or Ljung-Box below 5 %<")
                .doesNotContain("normal");
        assertThat(Figures.qq(student).description()).contains("(t(3.50) law infinite)");
        assertThat(Figures.histogram(student).svg()).contains(">t(3.50) law<");
        assertThat(Figures.histogram(Samples.student(100, 7)).description()).contains("(t(7.00) law 2.00)");
        // t(3.5) at 0.975 by interpolation of tables near 2.94, times sqrt(1.5 / 3.5): 1.92.
        assertThat(Figures.residuals(student, Optional.empty()).description())
                .contains(" outside ±1.92 (200 expected under the t(3.50) law)");
        assertThat(Figures.volatility(student, Optional.empty()).svg())
                .contains(">±1.92 conditional volatility<", "under the t(3.50) law");
        assertThat(Figures.qq(model(noise(50))).svg()).contains(">quantile of the normal law<");
    }

    @Test
    void studentValuesLieOnTheLineOfTheirOwnLaw() {
        double[] residuals = Samples.student(4000, 5).residuals();
        ShockLaw law = new ShockLaw(5);
        double[] sorted = DistributionPanel.of(residuals, law).sorted();
        // The sample is made of exact quantiles: each stands on the diagonal.
        for (int i = 0; i < sorted.length; i += 97) {
            assertThat(sorted[i]).isCloseTo(law.quantile((i + 0.5) / sorted.length), within(1e-9));
        }
        Svg svg = new Svg();
        DistributionPanel.of(residuals, law).drawHistogram(svg, new Box(0, 0, 400, 200), "residual");
        assertThat(Samples.count(svg.body(), "<path")).isEqualTo(2);
    }

    @Test
    void residualsOutsideTheShadedBandAreMarkedAndNoOthers() {
        double[] values = new double[100];
        values[10] = 1.95;
        values[40] = -1.97;
        values[70] = 2.5;
        String svg = Figures.residuals(model(values), Optional.empty()).svg();
        assertThat(Samples.count(svg, "r=\"2.2\"")).isEqualTo(2);
        assertThat(svg).contains(">outside the 95 % band<", "shaded: ±1.96, where 95 % lie under the normal law");
    }

    @Test
    void fansOfAStudentModelAreWiderFarOut() {
        ModelSummary normal = Samples.arma(30);
        ForecastFigures fan = ForecastFigures.of(RowAxis.rows(0), new double[0], Samples.student(30, 3), 99);
        assertThat(fan.law()).isEqualTo(new ShockLaw(3));
        assertThat(ForecastFigures.of(RowAxis.rows(0), new double[0], normal, 99)
                        .law()
                        .isNormal())
                .isTrue();
    }

    @Test
    void rootsAreInvertedAndListedOncePerPair() {
        RootPanel panel = RootPanel.of(Samples.arma(20).vectors());
        assertThat(panel.roots()).hasSize(3);
        // z = 1 ± 1.5275i has modulus sqrt(10/3), its inverse sqrt(0.3); the angle gives 6.37 rows a turn.
        assertThat(panel.roots().get(0).modulus()).isCloseTo(Math.sqrt(0.3), within(1e-9));
        assertThat(panel.roots().get(0).period()).isCloseTo(2 * Math.PI / Math.atan(1.5275252316519468), within(1e-9));
        assertThat(panel.roots().get(2).moving()).isTrue();
        assertThat(panel.roots().get(2).period()).isEqualTo(2, within(1e-12));
        assertThat(panel.describe())
                .isEqualTo("Autoregression: 2 inverse roots, largest modulus 0.5477. Moving average: 1 inverse root,"
                        + " largest modulus 0.9960. A root on the border hints at one difference too few or too many.");
        String svg = Figures.roots(Samples.arma(20)).svg();
        assertThat(Samples.count(svg, ">AR<")).isEqualTo(1);
        assertThat(Samples.count(svg, ">MA<")).isEqualTo(1);
        assertThat(svg)
                .contains(">6.353<"
                        .replace(
                                "6.353",
                                Numbers.significant(panel.roots().get(0).period(), 4)));
    }

    @Test
    void rootsOfAnySizeStayOnThePaper() {
        ModelSummary odd = model(new double[0])
                .with("arRootsReal", 1e-300, 1e300, 0, Double.NaN, 0.5)
                .with("arRootsImaginary", 0, 1e300, 0, 1, 0);
        RootPanel panel = RootPanel.of(odd.vectors());
        assertThat(panel.roots()).allMatch(root -> Double.isFinite(root.modulus()));
        assertThat(Figures.roots(odd).svg()).doesNotContain("NaN").doesNotContain("Infinity");
        assertThat(Figures.roots(model(new double[0])).description())
                .isEqualTo("The model has no autoregressive and no moving-average roots.");
        Samples.xml(Figures.roots(odd).at(360).svg());
    }

    @Test
    void fansHaveAsManyLevelsAsAskedFor() {
        String three =
                Figures.forecastFan(Samples.arma(30), daily(30), 99, 50, 80).svg();
        assertThat(three).contains(">50 %<", ">80 %<", ">99 %<").doesNotContain(">95 %<");
        assertThat(Samples.count(three, "Z\" class=")).isEqualTo(3);
        assertThat(Figures.forecastFan(Samples.arma(30), daily(30)).svg()).contains(">80 %<", ">95 %<");
        assertThatThrownBy(() -> Figures.forecastFan(Samples.arma(30), daily(30), 100))
                .hasMessage("levels must be in (0, 100) per cent, got 100.0");
    }

    @Test
    void fansGoOnInTheStepOfTheObservations() {
        RowAxis axis = RowAxis.of(Optional.of(daily(30)), 30).extended(2);
        assertThat(axis.at()[31] - axis.at()[29]).isCloseTo(2.0 * Samples.DAY, within(1e6));
        assertThat(RowAxis.rows(0).extended(2).at()).containsExactly(1, 2);
        assertThat(RowAxis.steps(3).at()).containsExactly(-2, -1, 0);
        assertThat(Figures.forecastFan(Samples.arma(30), new double[0]).svg()).contains("M62");
        assertThat(Figures.forecastFan(model(new double[3]), new double[0]).svg())
                .contains("Neither observations nor a forecast");
    }

    @Test
    void volatilityMarksShocksOutside() {
        ModelSummary garch = Samples.garch(100);
        String words = Figures.volatility(garch, Optional.of(daily(100))).description();
        assertThat(words)
                .startsWith("Conditional volatility from 0.01 on 2019-")
                .contains("to 0.02 on 2019-", " shocks lie outside; 5 are expected");
        assertThat(Figures.volatilityForecast(garch, Optional.empty()).description())
                .isEqualTo("Volatility is 0.02 in the next row and 0.0173 in row 3 from now; in the long run 0.015.");
        assertThat(Figures.volatility(model(noise(9)), Optional.empty()).svg())
                .contains(">The model has no conditional volatility.<");
        assertThat(Figures.volatilityForecast(model(noise(9)), Optional.empty()).svg())
                .contains(">The model gives no variance forecast.<");
    }

    @Test
    void attributionsMayLowerAScore() {
        ModelSummary mixed =
                model(new double[0]).with("attribution[up]", 1.5, 2.5).with("attribution[down]", -1, Double.NaN);
        String svg = Figures.attribution(mixed).svg();
        assertThat(svg)
                .contains(">2<", ">−1<", "class=\"" + Tone.VERMILLION.fill())
                .contains("<title>up: 2</title>");
    }

    @Test
    void forecastsOfReturnsStandBehindReturnsEvenIfPricesWereGiven() {
        ModelSummary plain = Samples.garch(50);
        ModelSummary garch = new ModelSummary(
                        plain.title(),
                        plain.status(),
                        plain.values(),
                        plain.coefficients(),
                        plain.notes(),
                        plain.residuals(),
                        Samples.model(1, 2).forecast())
                .with("conditionalVolatility", plain.vectors().getOrDefault("conditionalVolatility", new double[0]));
        assertThat(VolatilityFigures.returns(garch)[7]).isCloseTo(101 + 0.02 * plain.residuals()[7], within(1e-12));
        Series prices = Series.of("p", TimeIndex.regular(Samples.START, Samples.DAY, 50), noise(50));
        assertThat(Figures.forecastFan(garch, prices).svg()).contains(">101<").doesNotContain(">0.0<");
    }

    @Test
    void scoresAtOrAboveTheThresholdAreMarkedAndCounted() {
        Figure figure = Figures.scores(Samples.forest(100), Optional.empty());
        assertThat(figure.description())
                .isEqualTo("90 scores, the highest 0.700 in row 10; 10 rows (11.1%) reach the threshold of 0.600.");
        assertThat(Samples.count(figure.svg(), "r=\"2.2\"")).isEqualTo(10);
        assertThat(Figures.scoreDistribution(Samples.forest(100)).svg())
                .contains("<rect x=", "class=\"" + Tone.VERMILLION.fill());
        assertThat(Figures.scores(model(new double[0]), Optional.empty()).svg()).contains(">The model has no scores.<");
    }

    @Test
    void attributionsPerRowAreMeansOverTheAnomalies() {
        Figure figure = Figures.attribution(Samples.forest(100));
        assertThat(figure.description()).isEqualTo("Most is attributed to " + Samples.HOSTILE + ": 0.6.");
        assertThat(figure.svg()).contains(">0.6<", ">0.25<", ">depth<").doesNotContain("<img");
        assertThat(Figures.attribution(model(new double[0])).svg()).contains(">Nothing is attributed.<");
    }

    @Test
    void degenerateResidualsAreDrawnWithoutNumbersThatAreNone() {
        double[] flat = new double[40];
        double[] gaps = noise(40);
        Arrays.fill(gaps, 3, 37, Double.NaN);
        double[] huge = noise(40);
        Arrays.setAll(huge, i -> huge[i] * 1e300);
        double[] tiny = noise(40);
        Arrays.setAll(tiny, i -> tiny[i] * 1e-300);
        for (double[] residuals : List.of(flat, gaps, huge, tiny, new double[0], new double[1])) {
            ModelReport.figures(model(residuals), Optional.of(daily(residuals.length)))
                    .forEach((name, figure) -> {
                        for (int width : new int[] {240, 940}) {
                            Samples.xml(figure.at(width).svg());
                            assertThat(figure.at(width).svg())
                                    .as(name)
                                    .doesNotContain("NaN")
                                    .doesNotContain("Infinity")
                                    .doesNotContain("9223372036854775807");
                        }
                    });
        }
    }
}
