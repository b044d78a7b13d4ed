package org.lama.models.garch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

/** Analytic derivatives against central differences. */
class GarchDerivativesTest {
    static List<GarchSpec> specs() {
        List<GarchSpec> specs = new ArrayList<>();
        for (GarchSpec spec : List.of(
                GarchSpec.arch(1),
                GarchSpec.arch(3),
                GarchSpec.garch(1, 1),
                GarchSpec.garch(2, 2),
                GarchSpec.gjr(1, 1, 1),
                GarchSpec.gjr(1, 1, 0),
                GarchSpec.gjr(1, 2, 1),
                GarchSpec.gjr(3, 1, 2),
                GarchSpec.egarch(1, 0, 1),
                GarchSpec.egarch(1, 1, 1),
                GarchSpec.egarch(1, 1, 0),
                GarchSpec.egarch(2, 1, 3))) {
            specs.add(spec);
            specs.add(spec.with(GarchSpec.Mean.ZERO).with(GarchSpec.Distribution.STUDENT_T));
            specs.add(spec.with(GarchSpec.Distribution.STUDENT_T));
        }
        return specs;
    }

    static GarchSample sample(GarchSpec spec) {
        // never closed, so that samples of one test do not share arrays
        return GarchSample.of(GarchTest.returns(300, 7), spec, GarchArrays.open());
    }

    /** A point well inside the box. */
    static double[] point(GarchSpec spec) {
        Rng rng = Seeds.rng(11, spec.parameters());
        double[] u = new double[spec.parameters()];
        for (int i = 0; i < u.length; i++) {
            u[i] = 0.1 * (rng.nextDouble() - 0.5);
        }
        u[spec.omegaAt()] = spec.logarithmic() ? -0.01 : 0.3;
        return u;
    }

    @ParameterizedTest
    @MethodSource("specs")
    void gradientEqualsDifferencesInNaturalParameters(GarchSpec spec) {
        GarchSample sample = sample(spec);
        double[] theta = new double[spec.parameters()];
        new GarchTransform(spec, sample).apply(point(spec), theta);
        VolatilityLikelihood likelihood = Likelihoods.of(spec, sample);
        double[] gradient = new double[theta.length];
        assertThat(likelihood.evaluate(theta, gradient))
                .isEqualTo(likelihood.value(theta))
                .isFinite();
        Curvature curvature = Curvature.at(spec, sample, theta);
        for (int i = 0; i < theta.length; i++) {
            double step = 1e-6 * Math.max(Math.abs(theta[i]), 0.1);
            double difference = (moved(likelihood, theta, i, step) - moved(likelihood, theta, i, -step)) / (2 * step);
            // truncation and rounding of the difference quotient
            assertThat(gradient[i])
                    .as("%s %d", spec, i)
                    .isCloseTo(difference, within(1e-4 + 1e-6 * Math.abs(difference)));
            // two orders of summation
            assertThat(curvature.gradient[i]).isCloseTo(gradient[i], within(1e-9 * (1 + Math.abs(gradient[i]))));
        }
    }

    private static double moved(VolatilityLikelihood likelihood, double[] theta, int i, double by) {
        double[] other = theta.clone();
        other[i] += by;
        return likelihood.value(other);
    }

    @ParameterizedTest
    @MethodSource("specs")
    void hessianEqualsDifferencesOfTheGradient(GarchSpec spec) {
        GarchSample sample = sample(spec);
        int k = spec.parameters();
        double[] theta = new double[k];
        new GarchTransform(spec, sample).apply(point(spec), theta);
        VolatilityLikelihood likelihood = Likelihoods.of(spec, sample);
        double[] hessian = Curvature.at(spec, sample, theta).hessian;
        double[] up = new double[k];
        double[] down = new double[k];
        for (int i = 0; i < k; i++) {
            double step = 1e-7 * Math.max(Math.abs(theta[i]), 0.1);
            double[] other = theta.clone();
            other[i] = theta[i] + step;
            likelihood.evaluate(other, up);
            other[i] = theta[i] - step;
            likelihood.evaluate(other, down);
            for (int j = 0; j < k; j++) {
                double difference = (up[j] - down[j]) / (2 * step);
                double size = Math.sqrt(Math.abs(hessian[i * k + i] * hessian[j * k + j]));
                // rounding of the difference quotient
                assertThat(hessian[i * k + j])
                        .as("%s %d %d", spec, i, j)
                        .isCloseTo(difference, within(1e-4 + 1e-5 * (size + Math.abs(difference))));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("specs")
    void jacobianOfTheBoxEqualsDifferencesAndInvertsBack(GarchSpec spec) {
        GarchTransform transform = new GarchTransform(spec, sample(spec));
        int k = spec.parameters();
        double[] u = point(spec);
        double[] theta = new double[k];
        transform.apply(u, theta);
        double[] jacobian = transform.jacobian.clone();
        double[] back = transform.invert(theta);
        double[] up = new double[k];
        double[] down = new double[k];
        for (int j = 0; j < k; j++) {
            assertThat(back[j]).as("%s %d", spec, j).isCloseTo(u[j], within(1e-12));
            double[] other = u.clone();
            other[j] += 1e-6;
            transform.apply(other, up);
            other[j] -= 2e-6;
            transform.apply(other, down);
            for (int i = 0; i < k; i++) {
                double difference = (up[i] - down[i]) / 2e-6;
                assertThat(jacobian[i * k + j])
                        .as("%s d theta[%d] / d u[%d]", spec, i, j)
                        .isCloseTo(difference, within(1e-7 * (1 + Math.abs(difference))));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("specs")
    void bordersOfTheBoxAreReachedExactly(GarchSpec spec) {
        GarchTransform transform = new GarchTransform(spec, sample(spec));
        double[] theta = new double[spec.parameters()];
        for (double side : new double[] {-1, 1}) {
            double[] u = point(spec);
            for (int i = spec.alphaAt(); i < spec.betaAt() + spec.q(); i++) {
                u[i] = side;
            }
            transform.apply(u, theta);
            double persistence = GarchCovariance.persistence(spec, theta);
            if (!spec.logarithmic()) {
                assertThat(persistence).isEqualTo(side < 0 ? 0 : 1);
            } else {
                assertThat(persistence).isLessThan(1);
            }
        }
    }

    @Test
    void fastInformationEqualsTheGeneralOne() {
        for (GarchSpec spec : List.of(GarchSpec.arch(1), GarchSpec.garch(1, 1), GarchSpec.gjr(1, 1, 1))) {
            for (GarchSpec.Distribution distribution : GarchSpec.Distribution.values()) {
                GarchSpec full = spec.with(distribution);
                GarchSample sample = sample(full);
                double[] theta = new double[full.parameters()];
                new GarchTransform(full, sample).apply(point(full), theta);
                double[] fast = Likelihoods.of(full, sample).information(sample, theta);
                Curvature scores = Curvature.scores(full, sample);
                // twice: what one point leaves behind must not show at the next
                scores.run(theta);
                scores.run(theta);
                double[] general = scores.information;
                for (int i = 0; i < fast.length; i++) {
                    assertThat(fast[i])
                            .as("%s %d", full, i)
                            .isCloseTo(general[i], within(1e-9 * (1 + Math.abs(general[i]))));
                }
            }
        }
    }

    @Test
    void gammaFunctionAndItsDerivativesHaveKnownValues() {
        // Abramowitz and Stegun 1964, 6.1.8, 6.3.2, 6.3.4, 6.4.2, 6.4.4; 1e-13: rounding of the recurrence
        assertThat(GammaFunction.logarithm(1.5)).isCloseTo(Math.log(Math.sqrt(Math.PI) / 2), within(1e-13));
        assertThat(GammaFunction.logarithm(20)).isCloseTo(Math.log(121645100408832000.0), within(1e-12));
        assertThat(GammaFunction.digamma(1)).isCloseTo(-0.5772156649015329, within(1e-13));
        assertThat(GammaFunction.digamma(1.5)).isCloseTo(0.03648997397857652, within(1e-13));
        assertThat(GammaFunction.trigamma(1)).isCloseTo(Math.PI * Math.PI / 6, within(1e-13));
        assertThat(GammaFunction.trigamma(1.5)).isCloseTo(Math.PI * Math.PI / 2 - 4, within(1e-13));
    }

    @Test
    void evaluationAllocatesNothing() {
        com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        long id = Thread.currentThread().getId();
        for (GarchSpec spec : specs()) {
            GarchSample sample = sample(spec);
            GarchSearch search = new GarchSearch(spec, sample, GarchOptions.defaults());
            double[] u = point(spec);
            double[] gradient = new double[u.length];
            double sum = search.evaluate(u, gradient) + search.evaluate(u, gradient);
            long before = threads.getThreadAllocatedBytes(id);
            for (int i = 0; i < 100; i++) {
                sum += search.evaluate(u, gradient);
            }
            long each = (threads.getThreadAllocatedBytes(id) - before) / 100;
            assertThat(sum).isFinite();
            // 16 bytes of slack for what the virtual machine itself does
            assertThat(each).as("%s", spec).isLessThan(16);
        }
    }
}
