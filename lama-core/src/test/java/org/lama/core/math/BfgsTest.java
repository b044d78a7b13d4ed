package org.lama.core.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lama.core.base.Deadline;

class BfgsTest {
    private static final Bfgs.Settings SETTINGS = new Bfgs.Settings(1e-14, 10, Double.POSITIVE_INFINITY, 5_000);

    private static double rosenbrock(double[] x, double[] g) {
        double a = 1 - x[0];
        double b = x[1] - x[0] * x[0];
        g[0] = -2 * a - 400 * b * x[0];
        g[1] = 200 * b;
        return a * a + 100 * b * b;
    }

    @Test
    void findsTheValleyOfRosenbrockInPieces() {
        Bfgs run = new Bfgs(BfgsTest::rosenbrock, new double[] {-1.2, 1}, new double[0], SETTINGS);
        while (run.advance(5, Deadline.none()) == Bfgs.State.RUNNING) {
            assertThat(run.value()).isFinite();
        }
        assertThat(run.state()).isIn(Bfgs.State.CONVERGED, Bfgs.State.FLAT);
        assertThat(run.point()).containsExactly(new double[] {1, 1}, within(1e-5));
        assertThat(run.gradientNorm()).isLessThan(1e-4);
        assertThat(run.evaluations()).isGreaterThan(run.iterations());
    }

    @Test
    void aBoundHoldsAndTheOtherCoordinateStillConverges() {
        Bfgs.Objective objective = (x, g) -> {
            g[0] = 2 * (x[0] - 7) + x[1];
            g[1] = 2 * (x[1] - 1) + x[0];
            return (x[0] - 7) * (x[0] - 7) + (x[1] - 1) * (x[1] - 1) + x[0] * x[1];
        };
        Bfgs run = new Bfgs(objective, new double[] {0, 0}, new double[0], new Bfgs.Settings(1e-12, 1, 3, 500));
        assertThat(run.advance(200, Deadline.none())).isEqualTo(Bfgs.State.CONVERGED);
        assertThat(run.point()[0]).isEqualTo(3);
        assertThat(run.point()[1]).isCloseTo(-0.5, within(1e-5));
    }

    @Test
    void infiniteValuesAreSteppedBackFrom() {
        Bfgs.Objective objective = (x, g) -> {
            if (x[0] <= 0) {
                return Double.NaN;
            }
            g[0] = 1 - 1 / x[0];
            return x[0] - Math.log(x[0]);
        };
        Bfgs run = new Bfgs(objective, new double[] {0.05}, new double[] {1}, SETTINGS);
        run.advance(200, Deadline.none());
        assertThat(run.point()[0]).isCloseTo(1, within(1e-5));
        Bfgs outside = new Bfgs(objective, new double[] {-1}, new double[0], SETTINGS);
        assertThat(outside.state()).isEqualTo(Bfgs.State.STUCK);
        assertThat(outside.value()).isInfinite();
    }

    @Test
    void budgetAndDeadlineStopTheRun() {
        Bfgs poor = new Bfgs(
                BfgsTest::rosenbrock, new double[] {-1.2, 1}, new double[0], new Bfgs.Settings(1e-14, 10, 100, 7));
        assertThat(poor.advance(200, Deadline.none())).isEqualTo(Bfgs.State.BUDGET);
        assertThat(poor.evaluations()).isEqualTo(7);
        Bfgs late = new Bfgs(BfgsTest::rosenbrock, new double[] {-1.2, 1}, new double[0], SETTINGS);
        assertThat(late.advance(200, () -> true)).isEqualTo(Bfgs.State.DEADLINE);
        assertThat(late.iterations()).isZero();
        Bfgs empty = new Bfgs((x, g) -> 3, new double[0], new double[0], SETTINGS);
        assertThat(empty.state()).isEqualTo(Bfgs.State.CONVERGED);
    }

    @Test
    void badSettingsAreNamed() {
        assertThatThrownBy(() -> new Bfgs.Settings(0, 1, 1, 1)).hasMessageContaining("tolerance");
        assertThatThrownBy(() -> new Bfgs.Settings(1, 1, -1, 1)).hasMessageContaining("bound must be > 0");
        assertThatThrownBy(() -> new Bfgs((x, g) -> 0, new double[2], new double[3], SETTINGS))
                .hasMessageContaining("initialInverseHessian must have 0 or 4");
    }
}
