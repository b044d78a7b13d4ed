package org.lama.core.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Deadline;
import org.lama.core.base.Named;

class SignalTest {
    @Test
    void factoriesFillWhatTheRoleLeavesOpen() {
        Signal directional = Signal.directional(0.5, 0.8, 1.2, 1, 2);
        assertThat(directional.role()).isEqualTo(Signal.Role.DIRECTIONAL);
        assertThat(directional.sizeMultiplier()).isEqualTo(1);
        assertThat(directional.valid()).isTrue();
        Signal risk = Signal.risk(0.4, 0.9, true, 1, 2);
        assertThat(risk.value()).isZero();
        assertThat(risk.confidence()).isEqualTo(1);
        assertThat(risk.alarm()).isTrue();
        Signal missing = Signal.missing(Signal.Role.RISK, 1, 2);
        assertThat(missing.valid()).isFalse();
        assertThat(missing.sizeMultiplier()).isEqualTo(1);
        assertThat(missing.level()).isNaN();
    }

    @Test
    void rangesAreChecked() {
        assertThatThrownBy(() -> Signal.directional(1.01, 1, 0, 0, 0)).hasMessageContaining("value must be in");
        assertThatThrownBy(() -> Signal.directional(Double.NaN, 1, 0, 0, 0)).hasMessageContaining("value must be in");
        assertThatThrownBy(() -> Signal.directional(0, -0.1, 0, 0, 0)).hasMessageContaining("confidence");
        assertThatThrownBy(() -> Signal.risk(2, 0, false, 0, 0)).hasMessageContaining("sizeMultiplier");
        assertThatThrownBy(() -> Signal.directional(0, 0, 0, 5, 4)).hasMessageContaining("availableAt");
    }

    @Test
    void compositesAreCheckedAndCopied() {
        List<String> vetoes = new ArrayList<>(List.of("x"));
        Composite composite = new Composite(-0.5, 0.4, 0.25, RegimeLabel.CRISIS, List.of(), "consensus", vetoes);
        vetoes.clear();
        assertThat(composite.vetoes()).containsExactly("x");
        assertThat(composite.strength()).isEqualTo(-0.2);
        assertThatThrownBy(() -> new Composite(2, 0, 0, RegimeLabel.NORMAL, List.of(), "m", List.of()))
                .hasMessageContaining("signal");
        assertThatThrownBy(() -> new Composite(0, 0, 0, RegimeLabel.NORMAL, List.of(), " ", List.of()))
                .hasMessageContaining("method");
    }

    @Test
    void fitStatusAndContextAreChecked() {
        assertThat(FitStatus.ok(3, 1e-9).converged()).isTrue();
        FitStatus budget = new FitStatus(FitStatus.Outcome.BUDGET, 2_000, 0.1, "budget spent");
        assertThat(budget.converged()).isFalse();
        assertThatThrownBy(() -> FitStatus.ok(-1, 0)).hasMessageContaining("iterations");
        FitContext context = FitContext.backtest(42);
        assertThat(context.maxEvaluations()).isEqualTo(2_000);
        assertThat(context.maxCandidates()).isEqualTo(100);
        assertThatThrownBy(() -> new FitContext(1, 0, 1, Deadline.none())).hasMessageContaining("maxEvaluations");
        assertThatThrownBy(() -> new FitContext(1, 1, 0, Deadline.none())).hasMessageContaining("maxCandidates");
    }

    @Test
    void trainingRowsMustHaveEqualLengths() {
        assertThat(new Combiner.TrainingRows(new double[2][3], new double[3]).signals())
                .hasDimensions(2, 3);
        assertThatThrownBy(() -> new Combiner.TrainingRows(new double[2][3], new double[4]))
                .hasMessage("each member must have 4 rows, got 3");
    }

    @Test
    void summariesCopyAndTabulate() {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("aic", 12.5);
        double[] residuals = {1, 2};
        ModelSummary.ForecastStep step = new ModelSummary.ForecastStep(1, 0, 1, -1.28, 1.28, -1.96, 1.96);
        ModelSummary summary = new ModelSummary(
                "ARIMA(1,0,0)",
                FitStatus.ok(5, 0),
                values,
                List.of(new ModelSummary.Coefficient("ar1", 0.5, 0.1)),
                List.of("note"),
                residuals,
                List.of(step));
        residuals[0] = 9;
        values.clear();
        assertThat(summary.title()).isEqualTo("ARIMA(1,0,0)");
        assertThat(summary.residuals()).containsExactly(1, 2);
        assertThat(summary.values()).containsEntry("aic", 12.5);
        assertThat(summary.coefficients()).hasSize(1);
        assertThat(summary.notes()).containsExactly("note");
        assertThat(summary.forecast()).containsExactly(step);
        assertThat(summary.status().converged()).isTrue();
        assertThat(summary.columns()).hasSize(3);
        assertThat(summary.asText()).contains("ar1").contains("aic");
    }

    @Test
    void providersAreSortedAndFoundByName() {
        assertThat(Providers.models()).isSortedAccordingTo((a, b) -> a.name().compareTo(b.name()));
        assertThat(Providers.combiners()).isEmpty();
        assertThat(Providers.regimes()).isEmpty();
        assertThat(Providers.tools()).isEmpty();
        Named one = () -> "one";
        assertThat(Providers.named(List.of(one), "one", "thing")).isSameAs(one);
        assertThatThrownBy(() -> Providers.named(List.of(one), "two", "thing"))
                .hasMessage("no thing is called 'two'; found: [one]");
        assertThatThrownBy(() -> Providers.named(List.of(one), "ones", "thing"))
                .hasMessage("no thing is called 'ones'; found: [one]; did you mean 'one'?");
    }
}
