package org.lama.models.garch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lama.models.garch.RollingGarch.Refit;
import org.lama.models.garch.RollingGarch.Restart;
import org.lama.models.garch.RollingGarch.Start;

class RollingGarchTest {
    private static List<Refit> run(double[] returns, GarchSpec spec, Restart restart) {
        return new RollingGarch(spec, GarchOptions.defaults(), restart).run(returns, 365, 30);
    }

    @Test
    void warmRefitsReachTheColdLikelihoodWithFewerEvaluations() {
        double[] returns = GarchTest.returns(1500, 77);
        for (GarchSpec spec : GarchTest.FAMILY) {
            List<Refit> warm = run(returns, spec, Restart.defaults());
            List<Refit> cold = run(returns, spec, new Restart(1, 0));
            assertThat(warm).hasSize(38).hasSameSizeAs(cold);
            int warmWork = 0;
            int coldWork = 0;
            int below = 0;
            for (int i = 0; i < warm.size(); i++) {
                assertThat(cold.get(i).start()).isEqualTo(Start.COLD);
                warmWork += warm.get(i).fit().evaluations();
                coldWork += cold.get(i).fit().evaluations();
                below += warm.get(i).fit().logLikelihood() < cold.get(i).fit().logLikelihood() - 0.1 ? 1 : 0;
            }
            assertThat(warmWork).as("%s", spec).isLessThan(coldWork);
            // a warm start may keep to a lower peak for a while
            assertThat(below).as("%s", spec).isLessThanOrEqualTo(4);
            assertThat(warm.get(0).start()).isEqualTo(Start.COLD);
            assertThat(warm).extracting(Refit::start).contains(Start.WARM);
            assertThat(warm.get(3).from()).isEqualTo(90);
            assertThat(warm.get(3).to()).isEqualTo(455);
        }
    }

    @Test
    void theTurnAndAFallOfTheLikelihoodBringAllStartsBack() {
        double[] returns = GarchTest.returns(1000, 5);
        List<Refit> turn = run(returns, GarchSpec.garch(1, 1), new Restart(3, 1e9));
        assertThat(turn)
                .extracting(Refit::start)
                .startsWith(Start.COLD, Start.WARM, Start.WARM, Start.COLD, Start.WARM, Start.WARM, Start.COLD);
        // heavy tails from row 600 on: less likelihood per observation at the same variance
        for (int t = 600; t < 1000; t += 40) {
            returns[t] = 40;
        }
        List<Refit> fall = run(returns, GarchSpec.garch(1, 1), new Restart(1000, 0.02));
        assertThat(fall).extracting(Refit::start).contains(Start.RESTARTED, Start.WARM);
    }

    @Test
    void hopelessWindowsAreSurvived() {
        double[] returns = GarchTest.returns(1200, 6);
        java.util.Arrays.fill(returns, 300, 800, 0);
        List<Refit> refits = run(returns, GarchSpec.garch(1, 1), Restart.defaults());
        assertThat(refits).anyMatch(refit -> !refit.fit().status().converged());
        assertThat(refits.get(refits.size() - 1).fit().status().converged()).isTrue();
    }

    @Test
    void wrongWindowsAreRefused() {
        RollingGarch rolling = new RollingGarch(GarchSpec.garch(1, 1), GarchOptions.defaults(), Restart.defaults());
        assertThatThrownBy(() -> rolling.refit(new double[10], 5, 11)).hasMessageContaining("[5, 11)");
        assertThatThrownBy(() -> rolling.run(new double[10], 0, 1)).hasMessageContaining("window");
        assertThatThrownBy(() -> new Restart(0, 1)).hasMessageContaining("everyRefits");
        assertThat(rolling.run(new double[10], 11, 1)).isEmpty();
    }
}
