package org.lama.models.garch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Deadline;
import org.lama.core.base.Seeds;
import org.lama.core.signal.FitStatus.Outcome;
import org.lama.core.signal.ModelSummary;

class GarchTest {
    static final List<GarchSpec> FAMILY = List.of(
            GarchSpec.arch(1),
            GarchSpec.garch(1, 1),
            GarchSpec.gjr(1, 1, 1),
            GarchSpec.egarch(1, 1, 1),
            GarchSpec.garch(1, 1).with(GarchSpec.Distribution.STUDENT_T),
            GarchSpec.egarch(1, 1, 1).with(GarchSpec.Distribution.STUDENT_T).with(GarchSpec.Mean.ZERO));

    static double[] returns(int rows, long seed) {
        return Garch.simulate(GarchSpec.garch(1, 1), new double[] {0.05, 0.05, 0.1, 0.85}, rows, seed);
    }

    @Test
    void documentedExampleRuns() {
        double[] returns = returns(500, 1);
        GarchSpec spec = GarchSpec.garch(1, 1).with(GarchSpec.Distribution.STUDENT_T);
        GarchFit fit = Garch.fit(returns, spec);
        double[] variances = fit.forecastVariance(5);
        GarchFilter filter = fit.filter();
        filter.update(0.4); // a new return, no refit
        double tomorrow = Math.sqrt(filter.variance());
        assertThat(fit.status().converged()).isTrue();
        assertThat(variances).hasSize(5);
        assertThat(tomorrow).isPositive();
    }

    @Test
    void fitTellsWhatItFound() {
        GarchFit fit = Garch.fit(returns(800, 3), GarchSpec.gjr(1, 1, 1));
        assertThat(fit.coefficients())
                .extracting(ModelSummary.Coefficient::name)
                .containsExactly("mu", "omega", "alpha[1]", "gamma[1]", "beta[1]");
        double persistence = fit.parameter("alpha[1]") + 0.5 * fit.parameter("gamma[1]") + fit.parameter("beta[1]");
        assertThat(fit.persistence()).isCloseTo(persistence, within(1e-15));
        assertThat(fit.halfLife()).isCloseTo(Math.log(0.5) / Math.log(persistence), within(1e-12));
        assertThat(fit.aic()).isEqualTo(-2 * fit.logLikelihood() + 10);
        assertThat(fit.bic()).isCloseTo(-2 * fit.logLikelihood() + 5 * Math.log(800), within(1e-9));
        assertThat(fit.observations()).isEqualTo(800);
        assertThat(fit.columns()).hasSize(4);
        assertThat(fit.toString()).startsWith("GJR-GARCH(1,1,1) OK");
        assertThat(fit.evaluations()).isPositive();
        assertThat(fit.distinctOptima()).isPositive();
        assertThat(fit.start()).isIn("grid", "nested");
        assertThatThrownBy(() -> fit.parameter("nu"))
                .hasMessageContaining("gamma[1]")
                .hasMessageContaining("'nu'");
        double[] z = fit.standardisedResiduals();
        double square = 0;
        for (double value : z) {
            square += value * value / z.length;
        }
        assertThat(square).isCloseTo(1, within(0.02));
    }

    @Test
    void halfLifeHelperAgreesWithTheBook() {
        // 0.9196: ln 0.5 / ln 0.9196
        double[] theta = {1e-5, 0.3696, 0.55};
        GarchSpec spec = GarchSpec.garch(1, 1).with(GarchSpec.Mean.ZERO);
        GarchFit fit = Garch.fit(Garch.simulate(spec, theta, 3000, 5), spec);
        assertThat(Math.log(0.5) / Math.log(0.9196)).isCloseTo(8.27, within(0.01));
        assertThat(fit.halfLife()).isBetween(5.0, 14.0);
    }

    @Test
    void filterCarriesOnLikeALongerFitAtTheSameParameters() {
        double[] all = returns(600, 9);
        for (GarchSpec spec : List.of(GarchSpec.garch(2, 1), GarchSpec.gjr(1, 2, 2), GarchSpec.egarch(2, 1, 1))) {
            GarchFit fit = Garch.fit(Arrays.copyOf(all, 500), spec);
            GarchFilter filter = fit.filter();
            double[] path = Garch.conditionalVolatility(all, spec, fit.parameters());
            GarchFilter untouched = filter.copy();
            for (int t = 500; t < 600; t++) {
                // the longer series has another mean, so another variance before its first row, long forgotten
                assertThat(Math.sqrt(filter.variance()))
                        .as("%s %d", spec, t)
                        .isCloseTo(path[t], within(1e-6 * path[t]));
                filter.update(all[t]);
            }
            assertThat(untouched.variance()).isEqualTo(fit.filter().variance());
            double before = filter.variance();
            filter.update(Double.NaN);
            filter.update(Double.POSITIVE_INFINITY);
            assertThat(filter.variance()).isEqualTo(before);
            assertThat(filter.mean()).isEqualTo(fit.parameter("mu"));
        }
    }

    @Test
    void analyticForecastIsTheMeanOfSimulatedPaths() {
        GarchFit fit = Garch.fit(returns(700, 21), GarchSpec.gjr(1, 1, 1));
        double[] forecast = fit.forecastVariance(10);
        double[] mean = new double[10];
        int paths = 20_000;
        for (int path = 0; path < paths; path++) {
            double[] drawn = fit.simulate(10, path);
            for (int h = 0; h < 10; h++) {
                mean[h] += (drawn[h] - fit.parameter("mu")) * (drawn[h] - fit.parameter("mu")) / paths;
            }
        }
        for (int h = 0; h < 10; h++) {
            // sampling error of 20,000 squares
            assertThat(mean[h]).as("step %d", h + 1).isCloseTo(forecast[h], within(0.05 * forecast[h]));
        }
    }

    @Test
    void egarchForecastIsExactAtOneStepAndSeededBeyond() {
        GarchFit fit = Garch.fit(returns(700, 22), GarchSpec.egarch(1, 1, 1));
        double[] forecast = fit.forecastVariance(5);
        assertThat(forecast[0]).isEqualTo(fit.filter().variance());
        assertThat(fit.forecastVariance(5)).containsExactly(forecast);
        double[] other = fit.filter().forecastVariance(5, 10_000, 1);
        for (int h = 1; h < 5; h++) {
            assertThat(other[h]).isNotEqualTo(forecast[h]).isCloseTo(forecast[h], within(0.03 * forecast[h]));
        }
        // E exp(alpha (|z| - c) + gamma z) by quadrature, Nelson 1991
        double alpha = fit.parameter("alpha[1]");
        double gamma = fit.parameter("gamma[1]");
        double expected = 0;
        for (double z = -10; z < 10; z += 1e-3) {
            double weight = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI) * 1e-3;
            expected += weight * Math.exp(alpha * (Math.abs(z) - Math.sqrt(2 / Math.PI)) + gamma * z);
        }
        double beta = fit.parameter("beta[1]");
        double second = Math.exp(fit.parameter("omega")) * Math.pow(forecast[0], beta) * expected;
        assertThat(forecast[1]).isCloseTo(second, within(0.02 * second));
    }

    @Test
    void missingRowsAreLeftOutAndCounted() {
        double[] full = returns(400, 4);
        double[] gaps = new double[405];
        int[] missing = {0, 1, 100, 250, 404};
        int next = 0;
        for (int t = 0, m = 0; t < 405; t++) {
            gaps[t] = m < 5 && missing[m] == t ? Double.NaN : full[next++];
            m += m < 5 && missing[m] == t ? 1 : 0;
        }
        for (GarchSpec spec : FAMILY) {
            GarchFit with = Garch.fit(gaps, spec);
            GarchFit without = Garch.fit(full, spec);
            assertThat(with.parameters()).containsExactly(without.parameters());
            assertThat(with.missing()).isEqualTo(5);
            assertThat(with.conditionalVolatility()).hasSize(405);
            assertThat(with.conditionalVolatility()[100]).isNaN();
            assertThat(with.standardisedResiduals()[404]).isNaN();
            assertThat(with.summary(1, List.of()).notes()).anyMatch(note -> note.startsWith("5 missing"));
        }
    }

    @Test
    void hopelessDataGiveAConstantVarianceWithTheReason() {
        double[] constant = new double[100];
        Arrays.fill(constant, 0.3);
        double[] infinite = returns(100, 1);
        infinite[7] = Double.NEGATIVE_INFINITY;
        double[] huge = returns(100, 1);
        for (int t = 0; t < huge.length; t++) {
            huge[t] *= 1e300;
        }
        double[] tiny = returns(100, 1);
        for (int t = 0; t < tiny.length; t++) {
            tiny[t] *= 1e-300;
        }
        double[] missing = new double[50];
        Arrays.fill(missing, Double.NaN);
        for (GarchSpec spec : FAMILY) {
            fallsBack(constant, spec, "equal to 0.3");
            fallsBack(infinite, spec, "1 of 100");
            fallsBack(huge, spec, "range of double");
            fallsBack(tiny, spec, "range of double");
            fallsBack(missing, spec, "got 0");
            fallsBack(new double[0], spec, "got 0");
            fallsBack(new double[] {0.1}, spec, "got 1");
        }
        assertThat(Garch.fit(constant, GarchSpec.garch(1, 1)).forecastVariance(2))
                .containsExactly(0, 0);
        assertThat(Garch.fit(infinite, GarchSpec.egarch(1, 1, 1)).forecastVariance(2)[0])
                .isPositive();
    }

    private static void fallsBack(double[] data, GarchSpec spec, String reason) {
        GarchFit fit = Garch.fit(data, spec);
        assertThat(fit.status().outcome()).isEqualTo(Outcome.FALLBACK_RW);
        assertThat(fit.status().reason()).contains(reason);
        assertThat(fit.logLikelihood()).isNaN();
        assertThat(fit.conditionalVolatility()).hasSize(data.length);
        assertThat(fit.summary(3, List.of()).forecast()).hasSize(3);
        assertThat(fit.coefficients()).allMatch(coefficient -> Double.isNaN(coefficient.standardError()));
        assertThat(Garch.logLikelihood(data, spec, valid(spec))).isNaN();
        fit.filter().update(0.1);
        assertThat(fit.simulate(3, 1)).hasSize(3);
        assertThat(fit.halfLife()).isZero();
    }

    private static double[] valid(GarchSpec spec) {
        double[] theta = new double[spec.parameters()];
        theta[spec.omegaAt()] = 0.1;
        if (spec.student()) {
            theta[spec.nuAt()] = 5;
        }
        return theta;
    }

    @Test
    void fewOrOddRowsGiveAnAnswer() {
        for (GarchSpec spec : FAMILY) {
            for (int rows = 2; rows <= 12; rows++) {
                for (long seed = 0; seed < 4; seed++) {
                    answers(Arrays.copyOf(returns(12, seed), rows), spec);
                }
            }
            double[] zeros = new double[200];
            zeros[50] = 1;
            answers(zeros, spec);
            double[] steps = new double[200];
            for (int t = 0; t < 200; t++) {
                steps[t] = t % 2 == 0 ? 1 : -1;
            }
            answers(steps, spec);
            double[] line = new double[200];
            Arrays.setAll(line, t -> t);
            answers(line, spec);
            double[] outlier = returns(200, 2);
            outlier[120] = 1e6;
            answers(outlier, spec);
        }
    }

    @Test
    void fewestRowsAreFiveForEachParameterAndTheLongestLag() {
        assertThat(GarchSpec.arch(1).with(GarchSpec.Mean.ZERO).minimumRows()).isEqualTo(11);
        for (GarchSpec spec : FAMILY) {
            int needed = spec.minimumRows();
            assertThat(needed).isEqualTo(5 * spec.parameters() + 1);
            GarchFit enough = Garch.fit(returns(needed, 3), spec);
            assertThat(enough.status().outcome()).isNotEqualTo(Outcome.FALLBACK_RW);
            GarchFit less = Garch.fit(Arrays.copyOf(returns(needed, 3), needed - 1), spec);
            assertThat(less.status().outcome()).isEqualTo(Outcome.FALLBACK_RW);
            assertThat(less.status().reason()).isEqualTo(spec + " needs " + needed + " returns, got " + (needed - 1));
        }
    }

    @Test
    void aFitLeavesNoGarbageOfTheSizeOfItsWorkArrays() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        double[] returns = returns(1000, 5);
        for (GarchSpec spec : FAMILY) {
            Garch.fit(returns, spec);
            long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            Garch.fit(returns, spec);
            long bytes = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
            // interpreted code boxes and spreads a little more than compiled code, hence 16 KiB above the promise
            assertThat(bytes).as(spec.toString()).isLessThan(16 * 1000 + (64 + 16) * 1024);
        }
    }

    @Test
    void aFitInsideOfAFitHasArraysOfItsOwn() {
        double[] returns = returns(300, 8);
        GarchSpec spec = GarchSpec.gjr(1, 1, 1);
        GarchFit alone = Garch.fit(returns, spec);
        double[] other = returns(300, 9);
        GarchOptions nested = new GarchOptions(
                GarchOptions.defaults().maxEvaluations(),
                () -> Double.isNaN(Garch.fit(other, GarchSpec.garch(1, 1)).logLikelihood()),
                GarchOptions.Effort.NORMAL,
                true);
        GarchFit fit = Garch.fit(returns, spec, nested);
        assertThat(fit.parameters()).containsExactly(alone.parameters());
        assertThat(fit.conditionalVolatility()).containsExactly(alone.conditionalVolatility());
    }

    private static void answers(double[] data, GarchSpec spec) {
        GarchFit fit = Garch.fit(data, spec);
        boolean fallback = fit.status().outcome() == Outcome.FALLBACK_RW;
        assertThat(Double.isFinite(fit.logLikelihood()))
                .as("%s %s", spec, fit.status())
                .isEqualTo(!fallback);
        assertThat(Arrays.stream(fit.forecastVariance(3)).allMatch(variance -> variance >= 0))
                .isTrue();
        assertThat(fit.persistence()).isLessThanOrEqualTo(1 + 1e-12);
    }

    @Test
    void budgetAndDeadlineAreKept() {
        double[] returns = returns(400, 6);
        GarchFit short1 = Garch.fit(
                returns, GarchSpec.garch(1, 1), GarchOptions.defaults().withMaxEvaluations(2));
        assertThat(short1.status().outcome()).isEqualTo(Outcome.BUDGET);
        GarchOptions late = new GarchOptions(100, () -> true, GarchOptions.Effort.NORMAL, true);
        assertThat(Garch.fit(returns, GarchSpec.garch(1, 1), late).status().outcome())
                .isEqualTo(Outcome.TIMEOUT);
        assertThat(Garch.fit(returns, GarchSpec.egarch(1, 1, 1), late).status().outcome())
                .isEqualTo(Outcome.TIMEOUT);
        assertThat(late.deadline()).isNotSameAs(Deadline.none());
        GarchFit plain = Garch.fit(
                returns, GarchSpec.garch(1, 1), GarchOptions.defaults().withStandardErrors(false));
        assertThat(plain.coefficients()).allMatch(coefficient -> Double.isNaN(coefficient.standardError()));
        assertThat(plain.status().converged()).isTrue();
    }

    @Test
    void noVolatilityClusteringEndsAtTheBorderAndSaysSo() {
        int borders = 0;
        for (long seed = 0; seed < 20; seed++) {
            double[] noise = new double[300];
            var rng = Seeds.rng(99, seed);
            Arrays.setAll(noise, t -> rng.nextGaussian());
            GarchFit fit = Garch.fit(noise, GarchSpec.arch(1));
            if (fit.atBorder().contains("alpha[1]")) {
                assertThat(fit.parameter("alpha[1]")).isZero();
                assertThat(fit.summary(1, List.of()).notes()).anyMatch(note -> note.contains("border"));
                borders++;
            }
        }
        // alpha is estimated at 0 about every other time
        assertThat(borders).isBetween(4, 16);
    }

    @Test
    void likelihoodOutsideOfTheAllowedParametersIsMinusInfinity() {
        double[] returns = returns(100, 1);
        GarchSpec garch = GarchSpec.garch(1, 1);
        assertThat(Garch.logLikelihood(returns, garch, new double[] {0, 0.1, 0.5, 0.6}))
                .isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(Garch.logLikelihood(returns, garch, new double[] {0, -0.1, 0.1, 0.6}))
                .isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(Garch.logLikelihood(returns, garch, new double[] {0, 0.1, -0.1, 0.6}))
                .isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(Garch.logLikelihood(returns, garch, new double[] {0, 0.1, 0.1, -0.1}))
                .isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(Garch.logLikelihood(returns, garch, new double[] {0, 0.1, 0.1, Double.NaN}))
                .isEqualTo(Double.NEGATIVE_INFINITY);
        GarchSpec student = garch.with(GarchSpec.Distribution.STUDENT_T);
        assertThat(Garch.logLikelihood(returns, student, new double[] {0, 0.1, 0.1, 0.5, 2}))
                .isEqualTo(Double.NEGATIVE_INFINITY);
        GarchSpec gjr = GarchSpec.gjr(1, 1, 1);
        assertThat(Garch.logLikelihood(returns, gjr, new double[] {0, 0.1, 0.1, -0.2, 0.5}))
                .isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(Garch.logLikelihood(returns, gjr, new double[] {0, 0.1, 0.1, -0.05, 0.5}))
                .isFinite();
        GarchSpec egarch = GarchSpec.egarch(1, 1, 1);
        assertThat(Garch.logLikelihood(returns, egarch, new double[] {0, 100, 0, 0, 0}))
                .isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(Garch.conditionalVolatility(returns, egarch, new double[] {0, 100, 0, 0, 0}))
                .containsOnly(Double.NaN);
        assertThatThrownBy(() -> Garch.logLikelihood(returns, garch, new double[2]))
                .hasMessageContaining("4 values");
        assertThatThrownBy(() -> Garch.simulate(garch, new double[] {0, 1, 1, 1}, 5, 1))
                .hasMessageContaining("allowed");
    }

    @Test
    void wrongOrdersAreRefused() {
        assertThatThrownBy(() -> GarchSpec.garch(0, 1)).hasMessageContaining("p must be in [1");
        assertThatThrownBy(() -> GarchSpec.gjr(1, 0, 1)).hasMessageContaining("o must be in [1");
        assertThatThrownBy(() -> GarchSpec.garch(1, 11)).hasMessageContaining("q must be in [0");
        assertThatThrownBy(() ->
                        new GarchSpec(GarchSpec.Kind.ARCH, 1, 0, 1, GarchSpec.Distribution.NORMAL, GarchSpec.Mean.ZERO))
                .hasMessageContaining("q must be 0 for ARCH");
        assertThatThrownBy(() -> new GarchSpec(
                        GarchSpec.Kind.GARCH, 1, 1, 1, GarchSpec.Distribution.NORMAL, GarchSpec.Mean.ZERO))
                .hasMessageContaining("o must be 0 for GARCH");
        assertThat(GarchSpec.garch(2, 1).with(GarchSpec.Mean.ZERO)).hasToString("GARCH(2,1) with zero mean");
        assertThat(GarchSpec.arch(2)).hasToString("ARCH(2)");
    }
}
