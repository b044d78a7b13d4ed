package org.lama.models.garch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lama.core.signal.ModelSummary.Coefficient;

class GarchPropertyTest {
    private static final GarchSpec.Distribution STUDENT = GarchSpec.Distribution.STUDENT_T;
    private static final GarchOptions THOROUGH = GarchOptions.defaults().with(GarchOptions.Effort.THOROUGH);

    @Test
    void scaleOfTheReturnsChangesTheModelAsItShould() {
        double[] returns = GarchTest.returns(600, 31);
        for (GarchSpec spec : GarchTest.FAMILY) {
            GarchFit base = Garch.fit(returns, spec);
            for (double factor : new double[] {1e-4, 1e4, 1.0 / 1024, 1e-60, 1e60}) {
                double[] scaled = returns.clone();
                for (int t = 0; t < scaled.length; t++) {
                    scaled[t] *= factor;
                }
                same(base, Garch.fit(scaled, spec), factor);
            }
        }
    }

    private static void same(GarchFit base, GarchFit fit, double factor) {
        GarchSpec spec = base.spec();
        for (String name : spec.parameterNames()) {
            int at = spec.parameterNames().indexOf(name);
            Coefficient one = base.coefficients().get(at);
            Coefficient other = fit.coefficients().get(at);
            double unit =
                    name.equals("mu") ? factor : name.equals("omega") && !spec.logarithmic() ? factor * factor : 1;
            double shift =
                    name.equals("omega") && spec.logarithmic() ? 2 * (1 - base.persistence()) * Math.log(factor) : 0;
            // rounding of the scaled data moves the end of the search within its tolerance
            double tolerance = 1e-4 * one.standardError() + 1e-6 * Math.abs(shift);
            assertThat(other.estimate() / unit)
                    .as("%s %s x %s", spec, name, factor)
                    .isCloseTo(one.estimate() + shift, within(tolerance));
            if (shift == 0) {
                assertThat(other.standardError() / unit)
                        .isCloseTo(one.standardError(), within(1e-4 * one.standardError()));
            }
        }
        double moved = base.logLikelihood() - base.observations() * Math.log(factor);
        assertThat(fit.logLikelihood()).isCloseTo(moved, within(1e-6 + 1e-12 * Math.abs(moved)));
    }

    @Test
    void powersOfTwoChangeNoBit() {
        double[] returns = GarchTest.returns(300, 8);
        double[] scaled = returns.clone();
        for (int t = 0; t < scaled.length; t++) {
            scaled[t] *= 0.0078125;
        }
        GarchFit one = Garch.fit(returns, GarchSpec.gjr(1, 1, 1));
        GarchFit other = Garch.fit(scaled, GarchSpec.gjr(1, 1, 1));
        assertThat(other.parameter("beta[1]")).isEqualTo(one.parameter("beta[1]"));
        assertThat(other.parameter("mu")).isEqualTo(one.parameter("mu") * 0.0078125);
    }

    @Test
    void largerModelsAreNeverBelowNestedOnes() {
        for (long seed = 0; seed < 6; seed++) {
            double[] returns = seed % 2 == 0 ? GarchTest.returns(250, seed) : noise(250, seed);
            for (GarchOptions options : List.of(GarchOptions.defaults(), THOROUGH)) {
                double arch = fit(returns, GarchSpec.arch(1), options);
                double garch = fit(returns, GarchSpec.garch(1, 1), options);
                assertThat(garch).as("seed %d", seed).isGreaterThan(arch - 1e-6);
                double gjr = fit(returns, GarchSpec.gjr(1, 1, 1), options);
                assertThat(gjr).as("seed %d", seed).isGreaterThan(garch - 1e-6);
                assertThat(fit(returns, GarchSpec.garch(2, 1), options)).isGreaterThan(garch - 1e-6);
                assertThat(fit(returns, GarchSpec.garch(1, 2), options)).isGreaterThan(garch - 1e-6);
                double symmetric = fit(returns, GarchSpec.egarch(1, 0, 1), options);
                // kinks in mu
                assertThat(fit(returns, GarchSpec.egarch(1, 1, 1), options)).isGreaterThan(symmetric - 1e-3);
            }
        }
    }

    private static double[] noise(int rows, long seed) {
        return Garch.simulate(GarchSpec.arch(1), new double[] {0, 1, 0}, rows, seed);
    }

    private static double fit(double[] returns, GarchSpec spec, GarchOptions options) {
        return Garch.fit(returns, spec, options).logLikelihood();
    }

    @Test
    void studentIsNeverBelowItsNormalLimit() {
        for (long seed = 0; seed < 6; seed++) {
            double[] returns = GarchTest.returns(300, 50 + seed);
            for (GarchSpec spec : List.of(GarchSpec.garch(1, 1), GarchSpec.gjr(1, 1, 1))) {
                GarchFit normal = Garch.fit(returns, spec);
                double[] limit = java.util.Arrays.copyOf(normal.parameters(), spec.parameters() + 1);
                limit[spec.parameters()] = 500;
                double floor = Garch.logLikelihood(returns, spec.with(STUDENT), limit);
                assertThat(fit(returns, spec.with(STUDENT), GarchOptions.defaults()))
                        .isGreaterThan(floor - 1e-6);
            }
        }
    }

    @Test
    void simulatedParametersAreRecovered() {
        recovered(GarchSpec.arch(1), 0.1, 0.5, 0.4);
        recovered(GarchSpec.garch(1, 1), 0.1, 0.05, 0.1, 0.85);
        recovered(GarchSpec.garch(1, 1).with(STUDENT), 0.1, 0.05, 0.1, 0.85, 6);
        recovered(GarchSpec.gjr(1, 1, 1), 0.1, 0.05, 0.03, 0.12, 0.86);
        recovered(GarchSpec.egarch(1, 1, 1), 0.1, 0.01, 0.2, -0.1, 0.95);
        recovered(GarchSpec.egarch(1, 1, 1).with(STUDENT).with(GarchSpec.Mean.ZERO), 0.01, 0.2, -0.1, 0.95, 8);
    }

    private static void recovered(GarchSpec spec, double... truth) {
        for (long seed = 0; seed < 3; seed++) {
            GarchFit fit = Garch.fit(Garch.simulate(spec, truth, 4000, seed), spec);
            assertThat(fit.status().converged()).isTrue();
            for (int i = 0; i < truth.length; i++) {
                Coefficient coefficient = fit.coefficients().get(i);
                assertThat(coefficient.estimate())
                        .as("%s seed %d %s", spec, seed, coefficient)
                        .isCloseTo(truth[i], within(3 * coefficient.standardError()));
            }
        }
    }

    @Test
    void theFutureDoesNotReachThePastOfTheFilter() {
        double[] all = GarchTest.returns(400, 12);
        GarchFit fit = Garch.fit(java.util.Arrays.copyOf(all, 300), GarchSpec.garch(1, 1));
        GarchFilter filter = fit.filter();
        double first = filter.variance();
        filter.update(all[300]);
        all[300] = 1e3;
        assertThat(fit.filter().variance()).isEqualTo(first);
    }
}
