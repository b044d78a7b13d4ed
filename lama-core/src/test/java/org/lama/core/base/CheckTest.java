package org.lama.core.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckTest {
    @Test
    void whatPassesIsReturned() {
        assertThat(Check.notNull("a", "x")).isEqualTo("a");
        assertThat(Check.notBlank(" a", "x")).isEqualTo(" a");
        assertThat(Check.positive(1e-300, "x")).isEqualTo(1e-300);
        assertThat(Check.notNegative(0, "x")).isZero();
        assertThat(Check.finite(-1e308, "x")).isEqualTo(-1e308);
        assertThat(Check.inRange(2, 2, 3, "x")).isEqualTo(2);
        assertThat(Check.inRange(3, 2, 3, "x")).isEqualTo(3);
        assertThat(Check.atLeast(2, 2, "x")).isEqualTo(2);
        Check.that(true, "never seen");
    }

    @Test
    void messagesHoldNameRuleAndValue() {
        assertThatThrownBy(() -> Check.notNull(null, "prices"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("prices must not be null");
        assertThatThrownBy(() -> Check.notBlank("  ", "symbol")).hasMessage("symbol must not be blank");
        assertThatThrownBy(() -> Check.positive(0, "fee")).hasMessage("fee must be finite and > 0, got 0");
        assertThatThrownBy(() -> Check.notNegative(-1, "fee")).hasMessage("fee must be finite and >= 0, got -1");
        assertThatThrownBy(() -> Check.inRange(-0.25, 0, 1.5e13, "p"))
                .hasMessage("p must be in [0, 1.5E13], got -0.25");
        assertThatThrownBy(() -> Check.inRange(Double.NaN, 0, 1, "p")).hasMessage("p must be in [0, 1], got NaN");
        assertThatThrownBy(() -> Check.inRange(4, 0, 1, "p")).hasMessage("p must be in [0, 1], got 4");
        assertThatThrownBy(() -> Check.atLeast(1, 2, "window")).hasMessage("window must be >= 2, got 1");
        assertThatThrownBy(() -> Check.that(false, "a must be b, got c")).hasMessage("a must be b, got c");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void whatIsNotFiniteNeverPasses(double value) {
        assertThatThrownBy(() -> Check.positive(value, "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Check.notNegative(value, "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Check.finite(value, "x")).hasMessage("x must be finite, got " + value);
        assertThatThrownBy(() -> Check.inRange(value, -1, 1, "x")).isInstanceOf(IllegalArgumentException.class);
    }
}
