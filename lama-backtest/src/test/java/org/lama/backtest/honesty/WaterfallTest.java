package org.lama.backtest.honesty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lama.backtest.analytics.PairedBootstrap;
import org.lama.backtest.analytics.PerformanceMetrics;
import org.lama.backtest.analytics.ProbabilisticSharpe;
import org.lama.backtest.analytics.StationaryBootstrap;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

final class WaterfallTest {
    private static final StationaryBootstrap BOOTSTRAP = StationaryBootstrap.of(400, 3);

    private static double[] returns(double mean) {
        Rng rng = Seeds.rng(1, 1);
        double[] returns = new double[500];
        for (int i = 0; i < returns.length; i++) {
            returns[i] = mean + 0.01 * rng.nextGaussian();
        }
        return returns;
    }

    @Test
    void levelsAreSharpeRatiosAndChangesTheirDifferencesWithPairedIntervals() {
        double[] naive = returns(0.003);
        double[] honest = returns(0.001);
        Waterfall waterfall = Waterfall.from(naive, 365, BOOTSTRAP)
                .switched("costs", "none", "real", honest)
                .trials(1, 1, 0);
        double before = PerformanceMetrics.of(naive, 365).sharpe();
        double after = PerformanceMetrics.of(honest, 365).sharpe();
        assertThat(waterfall.naive().sharpe()).isCloseTo(before, within(1e-12));
        Waterfall.Step step = waterfall.steps().get(0);
        assertThat(step.after().sharpe()).isCloseTo(after, within(1e-12));
        assertThat(step.after().low()).isLessThan(after);
        assertThat(step.after().high()).isGreaterThan(after);
        PairedBootstrap.Difference paired =
                PairedBootstrap.of(naive, honest, 365, BOOTSTRAP).rows().get(0);
        assertThat(step.change()).isEqualTo(new Waterfall.Level(paired.difference(), paired.low(), paired.high()));
        assertThat(step.change().sharpe()).isCloseTo(after - before, within(1e-12));
        // what moves both runs cancels: the interval of the fall is far narrower than that of either level
        assertThat(step.change().high() - step.change().low())
                .isLessThan(0.2 * (step.after().high() - step.after().low()));
        assertThat(waterfall.honest()).isEqualTo(step.after());
    }

    @Test
    void aRuleThatDoesNotApplyHasNoNumberAndKeepsTheLevel() {
        double[] naive = returns(0.003);
        Waterfall waterfall = Waterfall.from(naive, 365, BOOTSTRAP)
                .notApplicable("limit orders", "touch", "through", "no limit orders")
                .switched("costs", "none", "real", returns(0.001))
                .trials(1, 1, 0);
        Waterfall.Step step = waterfall.steps().get(0);
        assertThat(step.applies()).isFalse();
        assertThat(step.after().sharpe()).isNaN();
        assertThat(step.change().sharpe()).isNaN();
        assertThat(waterfall.steps().get(1).change().sharpe())
                .isCloseTo(waterfall.honest().sharpe() - waterfall.naive().sharpe(), within(1e-12));
        assertThat(waterfall.asText()).contains("n/a: no limit orders", "n/a: no other trial was counted");
        assertThatThrownBy(() -> Waterfall.from(naive, 365, BOOTSTRAP).notApplicable("r", "a", "b", " "))
                .hasMessageContaining("reason must not be blank");
    }

    @Test
    void theStepOfTheTrialsSubtractsWhatTheBestOfThemShowsByLuck() {
        double variance = 0.0009;
        Waterfall waterfall = Waterfall.from(returns(0.003), 365, BOOTSTRAP).trials(12, 5.5, variance);
        double luck = ProbabilisticSharpe.expectedMaximum(5.5, variance) * Math.sqrt(365);
        Waterfall.Step step = waterfall.steps().get(0);
        assertThat(step.honest()).isEqualTo("12 trials counted, 5.5 effective");
        assertThat(step.change().sharpe()).isEqualTo(-luck).isNegative();
        assertThat(step.change().low()).isNaN();
        assertThat(waterfall.honest().sharpe()).isEqualTo(waterfall.naive().sharpe() - luck);
        assertThat(waterfall.honest().low()).isEqualTo(waterfall.naive().low() - luck);
    }

    @Test
    void withoutASharpeRatioNothingIsMadeUp() {
        Waterfall waterfall = Waterfall.from(new double[10], 365, BOOTSTRAP)
                .switched("costs", "none", "real", new double[10])
                .trials(4, 2, 0.01);
        assertThat(waterfall.naive().sharpe()).isNaN();
        assertThat(waterfall.honest().sharpe()).isNaN();
        assertThat(waterfall.steps())
                .allSatisfy(step -> assertThat(step.change().sharpe()).isNaN());
    }

    @Test
    void equalSeedsGiveEqualBitsAndOtherPeriodsAreRefused() {
        assertThat(Waterfall.from(returns(0.002), 365, BOOTSTRAP)
                        .trials(3, 2, 0.01)
                        .asText())
                .isEqualTo(Waterfall.from(returns(0.002), 365, BOOTSTRAP)
                        .trials(3, 2, 0.01)
                        .asText());
        assertThatThrownBy(() ->
                        Waterfall.from(returns(0.002), 365, BOOTSTRAP).switched("costs", "none", "real", new double[3]))
                .hasMessageContaining("second must have as many rows as first=500");
    }
}
