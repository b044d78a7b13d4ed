package org.lama.models.arima;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.signal.FitStatus;
import org.lama.core.signal.ModelSummary.ForecastStep;

class SeasonalArimaTest {
    private static final ArimaSpec AIRLINE = new ArimaSpec(0, 1, 1, new ArimaSpec.Seasonal(0, 1, 1, 4), false, false);
    private static final ArimaOptions DEFAULTS = ArimaOptions.defaults();

    private static double[] airline(int n, long seed) {
        return Arima.simulate(AIRLINE, new double[] {-0.4, -0.6}, 1, n, seed);
    }

    private static Regressors noise(int rows, int columns, long seed) {
        Rng rng = Seeds.rng(seed, 7);
        Regressors x = Regressors.none();
        for (int j = 0; j < columns; j++) {
            double[] column = new double[rows];
            for (int t = 0; t < rows; t++) {
                column[t] = rng.nextGaussian();
            }
            x = x.and(Regressors.of("x" + (j + 1), column));
        }
        return x;
    }

    private static void finite(ArimaFit fit) {
        for (ForecastStep step : fit.forecast(6)) {
            assertThat(step.mean()).isFinite();
            assertThat(step.standardError()).isFinite().isNotNegative();
        }
    }

    @Test
    void simulatedCoefficientsAreFoundAgain() {
        double[] y = airline(600, 3);
        ArimaFit fit = Arima.fit(y, AIRLINE);
        assertThat(fit.status().outcome()).isEqualTo(FitStatus.Outcome.OK);
        assertThat(fit.ma()[0]).isCloseTo(-0.4, within(0.12));
        assertThat(fit.sma()[0]).isCloseTo(-0.6, within(0.12));
        assertThat(fit.sar()).isEmpty();
        assertThat(fit.sigma2()).isCloseTo(1, within(0.15));
        assertThat(fit.coefficient("sma1")).isEqualTo(fit.sma()[0]);
        assertThatThrownBy(() -> fit.coefficient("ar9")).hasMessageContaining("[ma1, sma1]");
        assertThat(fit.maRoots()).hasSize(5);
        for (ArimaFit.Root root : fit.maRoots()) {
            assertThat(root.modulus()).isGreaterThan(1);
        }
        assertThat(fit.maRoots().get(0).modulus()).isCloseTo(Math.pow(-fit.sma()[0], -0.25), within(1e-12));
        assertThat(fit.toString()).contains("(0,1,1)[4]");
    }

    @Test
    void gapsWithRegressorsInDoubleDifferencesAgreeWhicheverWayTheyAreComputed() {
        double[] y = airline(160, 4);
        Regressors x = noise(160, 2, 4);
        for (int t = 0; t < 160; t++) {
            y[t] += 2 * x.at(0, t) - x.at(1, t);
        }
        double[] sparse = y.clone();
        y[2] = Double.NaN;
        y[77] = Double.NaN;
        ArimaFit few = Arima.fit(y, x, AIRLINE, DEFAULTS);
        assertThat(few.coefficient("x1")).isCloseTo(2, within(0.2));
        assertThat(few.coefficients()).allMatch(c -> c.standardError() > 0);
        for (int t = 1; t < 160; t += 3) {
            sparse[t] = Double.NaN;
        }
        ArimaFit closed = Arima.fit(sparse, x, AIRLINE, DEFAULTS);
        double[] u = {closed.ma()[0], closed.sma()[0], closed.coefficient("x1"), closed.coefficient("x2")};
        RegressionSample sample = RegressionSample.of(sparse, x, AIRLINE);
        SeasonalKalman kalman = new SeasonalKalman(sample, AIRLINE);
        double[] beta = {u[2], u[3]};
        double filtered = kalman.logLikelihood(kalman.valueAt(Arrays.copyOf(u, 2), sample.gamma(beta)));
        assertThat(closed.logLikelihood()).isCloseTo(filtered, within(1e-6));
        assertThat(Arima.logLikelihood(sparse, x, AIRLINE, u)).isCloseTo(filtered, within(1e-6));
        assertThat(closed.residuals()[1]).isNaN();
        assertThat(closed.predictions()[151]).isFinite();
        assertThat(closed.observations()).isEqualTo(160 - 53 - 5);
    }

    @Test
    void manyGapsGoThroughTheFilter() {
        double[] y = airline(420, 5);
        for (int t = 1; t < 420; t += 3) {
            y[t] = Double.NaN;
        }
        RegressionSample sample = RegressionSample.of(y, Regressors.none(), AIRLINE);
        assertThat(sample.closed).isFalse();
        ArimaFit fit = Arima.fit(y, AIRLINE);
        assertThat(fit.status().outcome()).isEqualTo(FitStatus.Outcome.OK);
        assertThat(fit.ma()[0]).isCloseTo(-0.4, within(0.25));
        assertThat(fit.coefficients().get(0).standardError()).isBetween(0.02, 0.3);
        finite(fit);
    }

    @Test
    void aSeasonThatIsNeverObservedIsLeftOpen() {
        double[] y = Arima.simulate(
                new ArimaSpec(0, 0, 0, new ArimaSpec.Seasonal(0, 1, 0, 4), false, false), new double[0], 1, 80, 6);
        for (int t = 2; t < 80; t += 4) {
            y[t] = Double.NaN;
        }
        ArimaSpec spec = new ArimaSpec(0, 0, 1, new ArimaSpec.Seasonal(0, 1, 0, 4), false, false);
        ArimaFit fit = Arima.fit(y, spec);
        assertThat(fit.logLikelihood()).isFinite();
        assertThat(fit.observations()).isEqualTo(60 - 3);
        List<ForecastStep> steps = fit.forecast(4);
        assertThat(steps.get(0).standardError()).isFinite();
        assertThat(steps.get(2).standardError()).isInfinite();
    }

    @Test
    void theFilterCarriesOnWithRegressorsAndEqualsAFitOfAllRows() {
        double[] y = airline(200, 8);
        Regressors x = noise(200, 1, 8);
        for (int t = 0; t < 200; t++) {
            y[t] += 5 * x.at(0, t);
        }
        ArimaFit head = Arima.fit(Arrays.copyOf(y, 150), x.slice(0, 150), AIRLINE, DEFAULTS);
        ArimaFilter filter = head.filter();
        for (int t = 150; t < 200; t++) {
            filter.update(y[t], x.row(t));
        }
        double[] given = {head.ma()[0], head.sma()[0], head.coefficient("x1")};
        ArimaFit all = Arima.at(y, x, AIRLINE, given);
        Regressors later = noise(5, 1, 9);
        List<ForecastStep> carried = filter.forecast(later);
        List<ForecastStep> anew = all.forecast(later);
        for (int h = 0; h < 5; h++) {
            assertThat(carried.get(h).mean()).isCloseTo(anew.get(h).mean(), within(1e-6));
        }
        assertThat(all.coefficients().get(0).standardError()).isNaN();
        assertThatThrownBy(filter::mean).hasMessageContaining("x must have 1 regressors, got 0");
        assertThatThrownBy(() -> head.forecast(3)).hasMessageContaining("future of Fourier columns only");
        assertThatThrownBy(() -> head.forecast(noise(3, 2, 1))).hasMessageContaining("future must have rows of [x1]");
        assertThatThrownBy(() -> head.predict(new double[3])).hasMessageContaining("without regressors");
        assertThat(head.simulate(later, 4)).hasSize(5);
    }

    @Test
    void fourierRegressorsForecastByThemselves() {
        double[] y = new double[120];
        Rng rng = Seeds.rng(10, 0);
        for (int t = 0; t < 120; t++) {
            y[t] = 10 + 3 * Math.sin(2 * Math.PI * (t + 1) / 24) + 0.1 * rng.nextGaussian();
        }
        ArimaFit fit = Arima.fit(y, Regressors.fourier(120, 24, 2), ArimaSpec.of(1, 0, 0), DEFAULTS);
        assertThat(fit.coefficient("s1-24")).isCloseTo(3, within(0.05));
        assertThat(fit.forecast(6).get(5).mean()).isCloseTo(10 + 3 * Math.sin(2 * Math.PI * 126 / 24), within(0.3));
        assertThat(fit.simulate(24, 1)).hasSize(24);
        assertThat(fit.summary(3, List.of()).forecast()).hasSize(3);
    }

    @Test
    void callersMistakesAreNamed() {
        double[] y = airline(60, 11);
        assertThatThrownBy(() -> Arima.fit(Arrays.copyOf(y, 4), AIRLINE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("period must be below the length of the series, got 4 for 4 rows");
        assertThatThrownBy(() -> Arima.fit(y, noise(59, 1, 1), AIRLINE, DEFAULTS))
                .hasMessageContaining("got 59 for 60");
        Regressors x = noise(60, 2, 1);
        double[] sum = new double[60];
        double[] line = new double[60];
        for (int t = 0; t < 60; t++) {
            sum[t] = 2 * x.at(0, t) - x.at(1, t) + 4;
            line[t] = 3 * t - 7;
        }
        assertThatThrownBy(() -> Arima.fit(y, x.and(Regressors.of("both", sum)), AIRLINE, DEFAULTS))
                .hasMessageContaining("'both' as a combination of [x1, x2] after differencing with d = 1, D = 1");
        assertThatThrownBy(() -> Arima.fit(y, Regressors.of("trend", line), AIRLINE, DEFAULTS))
                .hasMessageContaining("column 'trend' must vary");
        ArimaSpec drifting = new ArimaSpec(1, 0, 0, ArimaSpec.Seasonal.NONE, true, true);
        assertThatThrownBy(() -> Arima.fit(y, Regressors.of("trend", line), drifting, DEFAULTS))
                .hasMessageContaining("'trend' as a combination of [intercept, drift]");
        ArimaSpec weekly = new ArimaSpec(0, 0, 1, new ArimaSpec.Seasonal(0, 0, 2, 168), false, false);
        assertThatThrownBy(() -> Arima.fit(airline(900, 1), weekly)).hasMessageContaining("Regressors.fourier");
        assertThatThrownBy(() -> Arima.logLikelihood(y, AIRLINE, new double[1]))
                .hasMessageContaining("coefficients must have 2 values");
        assertThatThrownBy(() -> Arima.at(y, Regressors.none(), drifting, new double[] {1.2, 0, 0}))
                .hasMessageContaining("stationary");
        assertThatThrownBy(() -> Arima.simulate(AIRLINE, new double[2], 0, 5, 1))
                .hasMessageContaining("sigma");
        assertThat(Arima.logLikelihood(y, drifting, new double[] {1.2, 0, 0})).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(Arima.logLikelihood(new double[60], AIRLINE, new double[2])).isNaN();
        assertThat(Arima.conditionalVariance(new double[60], Regressors.none(), AIRLINE, new double[2]))
                .isNaN();
    }

    @Test
    void difficultSeriesHaveADefinedStatus() {
        double[] constant = new double[40];
        Arrays.fill(constant, 3);
        double[] infinite = airline(40, 2);
        infinite[7] = Double.NEGATIVE_INFINITY;
        double[] line = new double[40];
        for (int t = 0; t < 40; t++) {
            line[t] = 0.1 * t;
        }
        double[] missing = new double[40];
        Arrays.fill(missing, Double.NaN);
        for (double[] y : List.of(constant, infinite, line, missing, airline(7, 3), airline(6, 3))) {
            for (ArimaOptions.Method method : ArimaOptions.Method.values()) {
                ArimaFit fit = Arima.fit(y, AIRLINE, DEFAULTS.withMethod(method));
                assertThat(fit.status().outcome()).isEqualTo(FitStatus.Outcome.FALLBACK_RW);
                assertThat(fit.status().reason()).isNotEmpty();
            }
        }
        assertThat(Arima.fit(infinite, AIRLINE).status().reason()).contains("row 8");
        assertThat(Arima.fit(airline(7, 3), AIRLINE).status().reason()).contains("needs 4 observations");
        ArimaSpec drifting = new ArimaSpec(1, 0, 0, ArimaSpec.Seasonal.NONE, true, true);
        assertThat(Arima.fit(line, drifting).status().reason()).contains("explains the series exactly");
    }

    @Test
    void scaleAndOriginDoNotMatter() {
        double[] y = airline(120, 13);
        Regressors x = noise(120, 1, 13);
        double base = Arima.fit(y, x, AIRLINE, DEFAULTS).logLikelihood();
        for (double factor : new double[] {1e-300, 1e-6, 1e6, 1e300}) {
            double[] scaled = new double[120];
            for (int t = 0; t < 120; t++) {
                scaled[t] = y[t] * factor + (factor == 1e6 ? 1e9 : 0);
            }
            ArimaFit fit = Arima.fit(scaled, x, AIRLINE, DEFAULTS);
            assertThat(fit.logLikelihood()).isCloseTo(base - 115 * Math.log(factor), within(1e-4));
            assertThat(fit.forecast(noise(3, 1, 1)).get(2).mean()).isFinite();
        }
    }

    @Test
    void largerModelsAreNeverLessLikelyAndRunsRepeat() {
        double[] y = airline(90, 14);
        SeasonalFitter fitter = new SeasonalFitter(y, Regressors.none(), DEFAULTS);
        double previous = Double.NEGATIVE_INFINITY;
        int[][] orders = {
            {0, 0, 0, 0}, {0, 1, 0, 0}, {0, 1, 0, 1}, {1, 1, 0, 1}, {1, 1, 1, 1}, {2, 1, 1, 1}, {2, 2, 1, 1}
        };
        for (int[] o : orders) {
            ArimaSpec spec = new ArimaSpec(o[0], 1, o[1], new ArimaSpec.Seasonal(o[2], 1, o[3], 4), false, false);
            SeasonalFit fit = fitter.fit(spec);
            assertThat(fit.logLikelihood).as("%s", spec).isGreaterThanOrEqualTo(previous - 1e-6);
            assertThat(fit.disagreement).isLessThanOrEqualTo(OrderFitter.AGREEMENT);
            previous = fit.logLikelihood;
        }
        ArimaSpec last = new ArimaSpec(1, 1, 1, new ArimaSpec.Seasonal(1, 1, 1, 4), false, false);
        ArimaFit a = Arima.fit(y, last, DEFAULTS.withEffort(ArimaOptions.Effort.THOROUGH));
        ArimaFit b = Arima.fit(y, last, DEFAULTS.withEffort(ArimaOptions.Effort.THOROUGH));
        assertThat(Double.doubleToLongBits(a.logLikelihood())).isEqualTo(Double.doubleToLongBits(b.logLikelihood()));
        assertThat(a.residuals()).containsExactly(b.residuals());
    }

    @Test
    void deadlinesAndBudgetsAreKept() {
        double[] y = airline(200, 15);
        ArimaSpec spec = new ArimaSpec(2, 1, 2, new ArimaSpec.Seasonal(1, 1, 1, 4), false, false);
        ArimaFit late = Arima.fit(y, spec, DEFAULTS.withDeadline(() -> true));
        assertThat(late.status().outcome()).isEqualTo(FitStatus.Outcome.TIMEOUT);
        finite(late);
        ArimaFit poor = Arima.fit(y, spec, DEFAULTS.withMaxEvaluations(5));
        assertThat(poor.status().outcome()).isEqualTo(FitStatus.Outcome.BUDGET);
        finite(poor);
    }

    @Test
    void gapsAtTheStartOfDoubleDifferencesLoseNoObservation() {
        double[] y = new double[60];
        Rng rng = Seeds.rng(16, 0);
        for (int t = 2; t < 60; t++) {
            y[t] = 2 * y[t - 1] - y[t - 2] + rng.nextGaussian();
        }
        y[1] = Double.NaN;
        y[3] = Double.NaN;
        ArimaFit fit = Arima.fit(y, new ArimaSpec(0, 2, 1, false));
        assertThat(fit.observations()).isEqualTo(60 - 2 - 2);
        finite(fit);
    }

    @Test
    void simulationStartsInTheStationaryDistributionAndContinuesAFit() {
        ArimaSpec ar = new ArimaSpec(1, 0, 0, ArimaSpec.Seasonal.NONE, true, true);
        double square = 0;
        for (int seed = 0; seed < 2_000; seed++) {
            double first = Arima.simulate(ar, new double[] {0.9, 7, 0.5}, 1, 1, seed)[0] - 7.5;
            square += first * first / 2_000;
        }
        // variance 1 / (1 - 0.81); standard error of the mean square 3 %
        assertThat(square).isCloseTo(1 / 0.19, within(0.6));
        ArimaFit fit = Arima.fit(airline(100, 17), AIRLINE);
        double mean = 0;
        for (int seed = 0; seed < 400; seed++) {
            mean += fit.simulate(3, seed)[2] / 400;
        }
        ForecastStep third = fit.forecast(3).get(2);
        assertThat(mean).isCloseTo(third.mean(), within(0.25 * third.standardError()));
    }

    @Test
    void conditionalLeastSquaresWithARootInsideStillForecasts() {
        double[] y = new double[60];
        Rng rng = Seeds.rng(18, 0);
        y[0] = 5;
        for (int t = 1; t < 60; t++) {
            y[t] = 1.05 * y[t - 1] + rng.nextGaussian();
        }
        ArimaFit fit = Arima.fit(y, new ArimaSpec(1, 0, 0, false), DEFAULTS.withMethod(ArimaOptions.Method.CSS));
        assertThat(fit.ar()[0]).isGreaterThan(1);
        assertThat(fit.forecast(1).get(0).mean()).isCloseTo(fit.ar()[0] * y[59], within(1e-9));
        assertThat(fit.residuals()[0]).isNaN();
        assertThat(fit.residuals()[1]).isCloseTo(y[1] - fit.ar()[0] * y[0], within(1e-9));
        assertThat(fit.smallestRootModulus()).isLessThan(1);
    }
}
