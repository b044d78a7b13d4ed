package org.lama.core.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lama.core.math.Distributions;

class ShockLawTest {
    private static ModelSummary model(String coefficient, double estimate) {
        return new ModelSummary(
                "M",
                FitStatus.ok(1, 0),
                Map.of(),
                List.of(new ModelSummary.Coefficient(coefficient, estimate, 1)),
                List.of(),
                new double[0],
                List.of());
    }

    @Test
    void nuOfAModelOfVolatilityMeansStudent() {
        ModelSummary student = model("nu", 4.5).with("conditionalVolatility", 1, 1);
        assertThat(ShockLaw.of(student)).isEqualTo(new ShockLaw(4.5)).hasToString("t(4.50) law");
        assertThat(ShockLaw.of(model("mu", 4.5).with("conditionalVolatility", 1))
                        .isNormal())
                .isTrue();
        assertThat(ShockLaw.of(model("nu", 4.5)).isNormal())
                .as("a regressor called nu")
                .isTrue();
        assertThat(ShockLaw.of(model("nu", Double.NaN).with("conditionalVolatility", 1)))
                .isEqualTo(ShockLaw.normal())
                .hasToString("normal law");
        assertThatThrownBy(() -> new ShockLaw(2)).hasMessage("degreesOfFreedom must be > 2, got 2.0");
    }

    @Test
    void studentIsScaledToUnitVariance() {
        ShockLaw law = new ShockLaw(4);
        assertThat(law.quantile(0.975)).isCloseTo(2.7764451052 * Math.sqrt(0.5), within(1e-9));
        assertThat(law.tail(law.quantile(0.9))).isCloseTo(0.1, within(1e-12));
        double step = 1e-3;
        double mass = 0;
        double variance = 0;
        ShockLaw light = new ShockLaw(12);
        for (double x = -60; x < 60; x += step) {
            mass += law.density(x) * step;
            variance += x * x * light.density(x) * step;
        }
        assertThat(mass).isCloseTo(1, within(1e-5));
        assertThat(variance).isCloseTo(1, within(1e-5));
        assertThat(ShockLaw.normal().density(0)).isCloseTo(0.3989422804, within(1e-9));
        assertThat(ShockLaw.normal().quantile(0.975)).isCloseTo(1.959963985, within(1e-8));
        assertThat(ShockLaw.normal().tail(0)).isEqualTo(0.5);
    }

    @Test
    void normalScoresKeepTheProbability() {
        ShockLaw law = new ShockLaw(3.2);
        for (double x : new double[] {1e-9, 0.4, 2, 9, 200, 1e6}) {
            double score = law.normalScore(x);
            assertThat(Distributions.normalTail(score)).isCloseTo(law.tail(x), within(1e-6 * law.tail(x)));
            assertThat(law.normalScore(-x)).isEqualTo(-score);
        }
        assertThat(law.normalScore(1e300)).isBetween(37.0, 38.0);
        assertThat(law.normalScore(0)).isZero();
        assertThat(law.normalScore(Double.NaN)).isNaN();
        assertThat(law.normalScore(Double.NEGATIVE_INFINITY)).isNaN();
        assertThat(ShockLaw.normal().normalScore(-1.7)).isEqualTo(-1.7);
    }

    @Test
    void intervalsAreTheModelsFor80And95AndTheLawsForOthers() {
        ModelSummary.ForecastStep step = new ModelSummary.ForecastStep(1, 10, 2, 7, 13, 5, 15);
        ShockLaw law = new ShockLaw(5);
        assertThat(law.lower(step, 80)).isEqualTo(7);
        assertThat(law.upper(step, 80)).isEqualTo(13);
        assertThat(law.lower(step, 95)).isEqualTo(5);
        assertThat(law.upper(step, 95)).isEqualTo(15);
        // t(5) at 0.995: 4.032143.
        double half = 2 * 4.032143 * Math.sqrt(0.6);
        assertThat(law.lower(step, 99)).isCloseTo(10 - half, within(1e-5));
        assertThat(law.upper(step, 99)).isCloseTo(10 + half, within(1e-5));
        assertThat(ShockLaw.normal().upper(step, 99)).isCloseTo(10 + 2 * 2.5758293, within(1e-6));
        assertThatThrownBy(() -> law.lower(step, 100))
                .hasMessage("levelPercent must be in (0, 100) per cent, got 100.0");
    }
}
