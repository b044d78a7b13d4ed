package org.lama.backtest.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ExecutionSettingsTest {
    @Test
    void theySayInWordsWhatTheyAssume() {
        assertThat(ExecutionSettings.DEFAULT.describe())
                .isEqualTo("market orders fill at the first open at or after they arrive; of several fills that a bar"
                        + " allows the worst comes first; a limit order fills when the market trades through it; fills"
                        + " take any share of a bar's volume and at most 10 % of a print; latency none");
        ExecutionSettings other = ExecutionSettings.builder()
                .timing(FillTiming.CLOSE_WITH_LATENCY)
                .path(IntrabarPath.NEAREST_FIRST)
                .touch(TouchRule.TOUCH)
                .participation(0.5)
                .barParticipation(0.02)
                .latency(Duration.ofMillis(250))
                .build();
        assertThat(other.describe())
                .isEqualTo("market orders are sent at the close and fill when they arrive, inside the next bar; prices"
                        + " come as open, the nearer extreme, the other, close; a limit order fills when the market"
                        + " touches it; fills take at most 2 % of a bar's volume and at most 50 % of a print; latency"
                        + " 250.0 ms");
        assertThat(ExecutionSettings.builder().build()).isEqualTo(ExecutionSettings.DEFAULT);
    }

    @Test
    void settingsOutOfRangeAreRefusedByName() {
        ExecutionSettings.Builder builder = ExecutionSettings.builder();
        for (double wrong : new double[] {0, -1, 1.5, Double.NaN}) {
            assertThatThrownBy(() -> builder.participation(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("participation must be in (0, 1], got " + wrong);
            assertThatThrownBy(() -> builder.barParticipation(wrong))
                    .hasMessage("barParticipation must be in (0, 1] or infinite, got " + wrong);
        }
        assertThatThrownBy(() -> builder.latency(Duration.ofNanos(-1)))
                .hasMessage("latency must be between 0 and 365 days, got PT-0.000000001S");
    }
}
