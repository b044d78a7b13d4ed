package org.lama.backtest.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ParametersTest {
    private static Parameters one(String name, String value) {
        return Parameters.of(Map.of(name, value));
    }

    @Test
    void whatIsGivenWinsOverTheDefault() {
        assertThat(one("bars", " 7 ").integer("bars", 20)).isEqualTo(7);
        assertThat(one("x", "1").integer("bars", 20)).isEqualTo(20);
        assertThat(one("z", "-1.5").number("z", 2)).isEqualTo(-1.5);
        assertThat(one("on", "TRUE").flag("on", false)).isTrue();
        assertThat(one("first", "A").text("first", "B")).isEqualTo("A");
    }

    @Test
    void wrongValuesAreNamedWithTheirRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> one("bars", "many").integer("bars", 20))
                .withMessage("parameter bars must be a whole number, got 'many'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> one("bars", "0").integer("bars", 20))
                .withMessage("parameter bars must be >= 1, got 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> one("bars", "11").integer("bars", 2, 1, 10))
                .withMessage("parameter bars must be in [1, 10], got 11");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> one("z", "NaN").number("z", 2, 0, 10))
                .withMessage("parameter z must be in [0, 10], got NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> one("z", "two").number("z", 2))
                .withMessage("parameter z must be a number, got 'two'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> one("on", "yes").flag("on", true))
                .withMessage("parameter on must be true or false, got 'yes'");
    }

    @Test
    void whatWasAskedIsKnownWithTheValuesInForce() {
        Parameters parameters = one("fast", "5");
        parameters.integer("fast", 20);
        parameters.number("stop", 0.5);
        assertThat(parameters.effective()).containsExactly(Map.entry("fast", "5"), Map.entry("stop", "0.5"));
    }
}
