package org.lama.models.arima;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.signal.FitStatus;
import org.lama.core.signal.ModelSummary.ForecastStep;

class ArimaTest {
    private static final ArimaSpec S111 = new ArimaSpec(1, 1, 1, false);

    static double[] walk(int n, long seed) {
        double[] x = DenseLikelihood.simulate(Seeds.rng(seed, 1), new double[] {0.5}, new double[] {0.3}, n);
        for (int t = 1; t < n; t++) {
            x[t] += x[t - 1];
        }
        return x;
    }

    private static void finite(ArimaFit fit) {
        for (ForecastStep step : fit.forecast(5)) {
            assertThat(step.mean()).isFinite();
            assertThat(step.standardError()).isFinite().isNotNegative();
            assertThat(step.lower95()).isLessThanOrEqualTo(step.lower80());
            assertThat(step.upper80()).isLessThanOrEqualTo(step.upper95());
        }
    }

    @Test
    void difficultSeriesHaveADefinedStatus() {
        double[] constant = new double[50];
        Arrays.fill(constant, 7.25);
        double[] infinite = walk(50, 1);
        infinite[20] = Double.POSITIVE_INFINITY;
        double[] line = new double[40];
        for (int t = 0; t < 40; t++) {
            line[t] = 3 + 2.0 * t;
        }
        for (double[] y : List.of(constant, infinite, line, new double[] {1}, new double[] {1, 2, 4})) {
            for (ArimaSpec spec : List.of(S111, ArimaSpec.of(1, 0, 0), new ArimaSpec(0, 1, 0, true))) {
                ArimaFit fit = Arima.fit(y, spec);
                finite(fit);
                if (fit.status().outcome() == FitStatus.Outcome.FALLBACK_RW) {
                    assertThat(fit.status().reason()).isNotEmpty();
                }
            }
        }
        assertThat(Arima.fit(constant, ArimaSpec.of(1, 0, 1)).status().reason()).contains("constant");
        assertThat(Arima.fit(infinite, S111).status().reason()).contains("row 21");
        assertThat(Arima.fit(new double[0], S111).status().outcome()).isEqualTo(FitStatus.Outcome.FALLBACK_RW);
        double[] missing = new double[30];
        Arrays.fill(missing, Double.NaN);
        assertThat(Arima.fit(missing, S111).status().outcome()).isEqualTo(FitStatus.Outcome.FALLBACK_RW);
        assertThat(Arima.fit(line, new ArimaSpec(0, 1, 0, true))
                        .forecast(1)
                        .get(0)
                        .mean())
                .isCloseTo(83, within(1e-9));
    }

    @Test
    void borderCasesStayFiniteAndVerified() {
        Rng rng = Seeds.rng(3, 3);
        double[] e = new double[200];
        for (int t = 0; t < 200; t++) {
            e[t] = rng.nextGaussian();
        }
        double[] overDifferenced = new double[199];
        for (int t = 0; t < 199; t++) {
            overDifferenced[t] = e[t + 1] - e[t];
        }
        ArimaFit unitMa = Arima.fit(overDifferenced, new ArimaSpec(0, 0, 1, false));
        assertThat(unitMa.ma()[0]).isCloseTo(-1, within(0.06));
        double[] walk = new double[200];
        for (int t = 1; t < 200; t++) {
            walk[t] = walk[t - 1] + e[t];
        }
        ArimaFit unitAr = Arima.fit(walk, ArimaSpec.of(1, 0, 0));
        assertThat(unitAr.ar()[0]).isBetween(0.9, 1.0);
        ArimaFit cancelling = Arima.fit(e, ArimaSpec.of(2, 0, 2));
        ArimaFit tiny = Arima.fit(new double[] {1, 3, 2, 5, 4, 6}, ArimaSpec.of(1, 0, 0));
        for (ArimaFit fit : List.of(unitMa, unitAr, cancelling, tiny)) {
            finite(fit);
            assertThat(fit.logLikelihood()).isFinite();
        }
    }

    @Test
    void extremeScalesFit() {
        double[] y = walk(120, 9);
        for (double factor : new double[] {1e-300, 1e-6, 1e6, 1e300}) {
            double[] scaled = new double[y.length];
            for (int t = 0; t < y.length; t++) {
                scaled[t] = y[t] * factor;
            }
            finite(Arima.fit(scaled, S111));
        }
    }

    @Test
    void likelihoodIsInvariantToScaleShiftAndReversal() {
        double[] y = walk(300, 5);
        ArimaFit base = Arima.fit(y, S111);
        for (double factor : new double[] {1e-6, 1e6}) {
            double[] scaled = new double[y.length];
            for (int t = 0; t < y.length; t++) {
                scaled[t] = y[t] * factor;
            }
            double expected = base.logLikelihood() - 299 * Math.log(factor);
            assertThat(Arima.fit(scaled, S111).logLikelihood()).isCloseTo(expected, within(1e-5));
        }
        double[] shifted = new double[y.length];
        double[] w = new double[y.length - 1];
        double[] reversed = new double[y.length - 1];
        for (int t = 0; t < y.length; t++) {
            shifted[t] = y[t] + 1e6;
        }
        for (int t = 0; t + 1 < y.length; t++) {
            w[t] = y[t + 1] - y[t];
            reversed[w.length - 1 - t] = w[t];
        }
        // a shift by 1e6 costs six digits of the differences
        assertThat(Arima.fit(shifted, S111).logLikelihood()).isCloseTo(base.logLikelihood(), within(1e-5));
        ArimaSpec arma = ArimaSpec.of(2, 0, 1);
        assertThat(Arima.fit(reversed, arma).logLikelihood())
                .isCloseTo(Arima.fit(w, arma).logLikelihood(), within(1e-5));
    }

    @Test
    void largerModelsAreNeverLessLikelyThanTheirNeighbours() {
        double[] y = walk(150, 8);
        ArimaSample sample = ArimaSample.of(y, 1, false);
        OrderFitter fitter = new OrderFitter(sample, ArimaOptions.defaults(), 4);
        double[][] value = new double[5][5];
        for (int p = 0; p <= 4; p++) {
            for (int q = 0; q <= 4; q++) {
                OrderFit fit = fitter.fit(p, q, Double.NEGATIVE_INFINITY);
                assertThat(fit.disagreement).isLessThanOrEqualTo(OrderFitter.AGREEMENT);
                value[p][q] = fit.logLikelihood;
                if (p > 0) {
                    assertThat(value[p][q]).isGreaterThanOrEqualTo(value[p - 1][q] - 1e-6);
                }
                if (q > 0) {
                    assertThat(value[p][q]).isGreaterThanOrEqualTo(value[p][q - 1] - 1e-6);
                }
            }
        }
    }

    @Test
    void gapsAreIntegratedOutAtDOneAndDTwo() {
        double[] y = walk(200, 21);
        for (int t = 7; t < 200; t += 23) {
            y[t] = Double.NaN;
        }
        y[0] = Double.NaN;
        y[199] = Double.NaN;
        for (int d = 0; d <= 2; d++) {
            ArimaFit fit = Arima.fit(y, new ArimaSpec(1, d, 1, d == 1));
            assertThat(fit.status().outcome()).isEqualTo(FitStatus.Outcome.OK);
            finite(fit);
            assertThat(fit.residuals()[7]).isNaN();
            assertThat(fit.predictions()[7]).isFinite();
        }
        ArimaFit fit = Arima.fit(y, S111);
        double[] coefficients = {fit.ar()[0], fit.ma()[0]};
        // the first row is missing: the likelihood starts at the second, the last row adds nothing
        double dense = DenseLikelihood.logLikelihood(
                Arrays.copyOfRange(y, 1, 199),
                1,
                new double[] {coefficients[0]},
                new double[] {coefficients[1]},
                false);
        assertThat(fit.logLikelihood()).isCloseTo(dense, within(1e-7 * Math.abs(dense)));
        assertThat(Arima.logLikelihood(y, S111, coefficients)).isCloseTo(dense, within(1e-7 * Math.abs(dense)));
    }

    @Test
    void theFilterContinuesWithoutLookingAhead() {
        double[] y = walk(260, 31);
        ArimaFit fit = Arima.fit(Arrays.copyOf(y, 200), new ArimaSpec(2, 1, 1, true));
        double[] following = Arrays.copyOfRange(y, 200, 260);
        double[] predicted = fit.predict(following);
        double[] poisoned = following.clone();
        Arrays.fill(poisoned, 30, 60, 1e9);
        double[] other = fit.predict(poisoned);
        for (int t = 0; t <= 30; t++) {
            assertThat(Double.doubleToLongBits(other[t])).isEqualTo(Double.doubleToLongBits(predicted[t]));
        }
        assertThat(predicted[0]).isEqualTo(fit.forecast(1).get(0).mean());
        double error = 0;
        for (int t = 0; t < 60; t++) {
            error += (following[t] - predicted[t]) * (following[t] - predicted[t]) / 60;
        }
        assertThat(Math.sqrt(error)).isBetween(0.6, 1.6);
        // predictions in sample are those of the same filter
        assertThat(fit.predictions()[150]).isFinite();
        assertThat(y[150] - fit.predictions()[150]).isCloseTo(fit.residuals()[150], within(1e-6));
        ArimaFilter copy = fit.filter();
        copy.update(1);
        assertThat(fit.filter().mean()).isEqualTo(predicted[0]);
        assertThat(copy.widening()).isCloseTo(1, within(1e-6));
    }

    @Test
    void anExpiredDeadlineStopsAtOnceAndABudgetIsKept() {
        double[] y = walk(400, 41);
        ArimaFit late = Arima.fit(
                y, new ArimaSpec(3, 1, 3, false), ArimaOptions.defaults().withDeadline(() -> true));
        assertThat(late.status().outcome()).isEqualTo(FitStatus.Outcome.TIMEOUT);
        assertThat(late.evaluations()).isLessThan(5);
        finite(late);
        AtomicInteger polls = new AtomicInteger();
        ArimaFit cut = Arima.fit(
                y,
                new ArimaSpec(3, 1, 3, false),
                ArimaOptions.defaults().withDeadline(() -> polls.incrementAndGet() > 12));
        assertThat(cut.status().outcome()).isEqualTo(FitStatus.Outcome.TIMEOUT);
        ArimaFit poor = Arima.fit(
                y, new ArimaSpec(3, 1, 3, false), ArimaOptions.defaults().withMaxEvaluations(5));
        assertThat(poor.status().outcome()).isEqualTo(FitStatus.Outcome.BUDGET);
        assertThat(poor.evaluations()).isLessThan(30);
        finite(poor);
    }

    @Test
    void anOptimumAtTheBorderIsFollowedToItsEndAndNamed() {
        double[] y = new double[98];
        double[] walk = walk(98, 52);
        for (int t = 0; t < y.length; t++) {
            y[t] = 579 + walk[t];
        }
        // far from zero a stationary model without a mean ends just inside of a unit root
        for (ArimaSpec spec : List.of(new ArimaSpec(1, 0, 0, false), new ArimaSpec(2, 0, 1, false))) {
            ArimaFit fit = Arima.fit(y, spec);
            assertThat(fit.status().outcome()).as("%s", spec).isIn(FitStatus.Outcome.OK, FitStatus.Outcome.SINGULAR);
            assertThat(fit.smallestRootModulus()).isBetween(1.0, 1.0001);
            assertThat(fit.summary(0, List.of()).notes()).anyMatch(note -> note.contains("limit of stationarity"));
        }
        // an over-differenced series often has a unit root in its moving average
        int named = 0;
        for (int seed = 0; seed < 12; seed++) {
            Rng rng = Seeds.rng(54, seed);
            double[] white = new double[98];
            Arrays.setAll(white, t -> rng.nextGaussian());
            ArimaFit fit = Arima.fit(white, new ArimaSpec(0, 1, 1, false));
            assertThat(fit.status().outcome()).as("%s", fit.status()).isNotEqualTo(FitStatus.Outcome.BUDGET);
            boolean unit = fit.smallestRootModulus() < 1.0001;
            List<String> notes = fit.summary(0, List.of()).notes();
            assertThat(notes.stream().anyMatch(note -> note.contains("limit of invertibility")))
                    .isEqualTo(unit);
            named += unit ? 1 : 0;
        }
        assertThat(named).isPositive();
    }

    @Test
    void noEndIsCalledABudgetThatDidNotRunOut() {
        for (int n : new int[] {8, 30, 120}) {
            for (int seed = 60; seed < 66; seed++) {
                double[] y = walk(n, seed);
                for (int d = 0; d <= 2; d++) {
                    for (int[] o : new int[][] {{1, 0}, {0, 1}, {1, 1}, {2, 1}, {2, 2}}) {
                        ArimaFit fit = Arima.fit(y, new ArimaSpec(o[0], d, o[1], false));
                        assertThat(fit.status().outcome())
                                .as("%s at n = %d, seed %d: %s", fit, n, seed, fit.status())
                                .isNotEqualTo(FitStatus.Outcome.BUDGET);
                    }
                }
            }
        }
    }

    @Test
    void twoRunsGiveEqualBits() {
        double[] y = walk(180, 51);
        ArimaFit a = Arima.fit(y, new ArimaSpec(3, 1, 2, true));
        ArimaFit b = Arima.fit(y, new ArimaSpec(3, 1, 2, true));
        assertThat(Double.doubleToLongBits(a.logLikelihood())).isEqualTo(Double.doubleToLongBits(b.logLikelihood()));
        assertThat(a.ar()).containsExactly(b.ar());
        assertThat(a.residuals()).containsExactly(b.residuals());
    }

    @Test
    void rootsBelongToTheCoefficients() {
        // (1 - 0.5 z)(1 - 0.8 z + 0.64 z^2): roots 2 and a pair of modulus 1.25
        double[] phi = {1.3, -1.04, 0.32};
        double[] y = DenseLikelihood.simulate(Seeds.rng(61, 0), phi, new double[0], 4_000);
        ArimaFit fit = Arima.fit(y, new ArimaSpec(3, 0, 0, false));
        assertThat(fit.arRoots()).hasSize(3);
        for (ArimaFit.Root root : fit.arRoots()) {
            double re = 1;
            double im = 0;
            double pr = 1;
            double pi = 0;
            for (double coefficient : fit.ar()) {
                double next = pr * root.real() - pi * root.imaginary();
                pi = pr * root.imaginary() + pi * root.real();
                pr = next;
                re -= coefficient * pr;
                im -= coefficient * pi;
            }
            assertThat(Math.hypot(re, im)).isLessThan(1e-9);
        }
        assertThat(fit.smallestRootModulus()).isCloseTo(1.25, within(0.05));
        assertThat(fit.maRoots()).isEmpty();
        assertThat(fit.asText()).contains("ar3");
        assertThat(fit.toString()).contains("ARIMA(3,0,0)");
    }

    @Test
    void badArgumentsAreNamed() {
        assertThatThrownBy(() -> new ArimaSpec(-1, 0, 0, false)).hasMessageContaining("p must be in");
        assertThatThrownBy(() -> new ArimaSpec(0, 2, 0, true)).hasMessageContaining("drift must be false");
        assertThatThrownBy(() -> Arima.logLikelihood(new double[9], S111, new double[1]))
                .hasMessageContaining("coefficients must have 2 values");
        assertThat(Arima.logLikelihood(walk(30, 1), S111, new double[] {1.2, 0}))
                .isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(Arima.logLikelihood(new double[30], S111, new double[] {0.2, 0}))
                .isNaN();
    }

    @Test
    void highOrdersAndLongFiltersAgreeWithTheKalmanFilter() {
        double[] y = DenseLikelihood.simulate(Seeds.rng(71, 0), new double[] {0.3}, new double[] {0.4}, 120);
        ArimaFit fit =
                Arima.fit(y, ArimaSpec.of(2, 0, 7), ArimaOptions.defaults().withMaxEvaluations(400));
        assertThat(fit.logLikelihood()).isFinite();
        ArimaFit four = Arima.fit(y, ArimaSpec.of(1, 0, 4));
        assertThat(four.status().outcome()).isNotEqualTo(FitStatus.Outcome.FALLBACK_RW);
        assertThat(four.start()).isNotBlank();
        assertThat(four.distinctOptima()).isPositive();
    }
}
