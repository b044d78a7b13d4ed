package org.lama.core.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParameterTest {
    private static Parameter only(String text) {
        return ParameterSpace.parse(text).parameters().get(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=5..60:5",
                "a=-3..4",
                "a=7..7",
                "a=0.1..0.9",
                "a=0.1..0.9:0.1",
                "a=-1.0..1.0:0.25",
                "a=1.0E-5..1.0:log",
                "a=1..1000:log",
                "a=u|v|w",
                "a=0.5..2.0:log",
                "a=3|5|8"
            })
    void textIndexAndShareLeadBackToTheValue(String text) {
        Parameter parameter = only(text);
        assertThat(parameter.canonicalText()).isEqualTo(text);
        assertThat(only(parameter.canonicalText())).isEqualTo(parameter);
        for (int i = 0; i <= 40; i++) {
            double value = parameter.fromUnit(i / 40.0);
            assertThat(parameter.parse(parameter.text(value))).isEqualTo(value);
            assertThat(parameter.toUnit(value)).isBetween(0.0, 1.0);
            if (parameter.count().isPresent()) {
                assertThat(parameter.at(parameter.indexOf(value))).isEqualTo(value);
                assertThat(parameter.fromUnit(parameter.toUnit(value))).isEqualTo(value);
            }
        }
    }

    @Test
    void equalSharesHoldEquallyManyValues() {
        int[] counts = new int[12];
        Parameter parameter = only("a=5..60:5");
        for (int i = 0; i < 1200; i++) {
            counts[(int) parameter.indexOf(parameter.fromUnit((i + 0.5) / 1200))]++;
        }
        assertThat(counts).containsOnly(100);
    }

    @Test
    void stepsAreCountedInDecimals() {
        Parameter parameter = only("a=0.0..1.0:0.1");
        assertThat(parameter.count()).isEqualTo(OptionalLong.of(11));
        assertThat(parameter.text(parameter.at(3))).isEqualTo("0.3");
        assertThat(parameter.text(parameter.at(10))).isEqualTo("1");
    }

    @Test
    void theHighEndIsTheLastStep() {
        assertThat(only("a=5..63:5").canonicalText()).isEqualTo("a=5..60:5");
        assertThat(only("a=0.1..0.95:0.3").canonicalText()).isEqualTo("a=0.1..0.7:0.3");
    }

    @Test
    void aLogarithmHasItsMiddleAtTheGeometricMean() {
        assertThat(only("a=1e-4..1:log").fromUnit(0.5)).isCloseTo(1e-2, org.assertj.core.data.Offset.offset(1e-15));
        assertThat(only("a=1..10000:log").fromUnit(0)).isEqualTo(1);
        assertThat(only("a=1..10000:log").fromUnit(1)).isEqualTo(10_000);
    }

    @Test
    void continuousRangesCannotBeCounted() {
        Parameter real = only("a=0.1..0.9");
        assertThat(real.count()).isEmpty();
        assertThatThrownBy(() -> real.at(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("parameter a is continuous and has no countable values; give it a step, such as"
                        + " a=0.1..0.9:0.1");
        assertThatThrownBy(() -> only("a=1e-3..1:log").indexOf(0.5)).hasMessageContaining("continuous");
    }

    @Test
    void valuesOutsideAreRefused() {
        assertThatThrownBy(() -> only("a=5..60:5").parse("7"))
                .hasMessage("parameter a must be 5 plus a multiple of 5, got 7");
        assertThatThrownBy(() -> only("a=5..60:5").parse("65")).hasMessage("parameter a must be in [5, 60], got 65");
        assertThatThrownBy(() -> only("a=5..60:5").parse("5.5"))
                .hasMessage("parameter a must be a whole number, got '5.5'");
        assertThatThrownBy(() -> only("a=5..60:5").parse("many"))
                .hasMessage("parameter a must be a whole number, got 'many'");
        assertThatThrownBy(() -> only("a=0.1..0.9").parse("NaN")).hasMessageContaining("in [0.1, 0.9], got NaN");
        assertThatThrownBy(() -> only("a=0.1..0.9:0.2").parse("0.4"))
                .hasMessage("parameter a must be 0.1 plus a multiple of 0.2, got 0.4");
        assertThatThrownBy(() -> only("a=linear|cubic").parse("cubik"))
                .hasMessage("parameter a must be one of [linear, cubic], got 'cubik'; did you mean 'cubic'?");
        assertThatThrownBy(() -> only("a=1..5").at(5)).hasMessage("index of parameter a must be in [0, 5), got 5");
    }

    @Test
    void rangesThatAreNoneAreRefused() {
        Optional<Parameter.Condition> always = Optional.empty();
        assertThatThrownBy(() -> new Parameter.Whole("a", 3, 2, 1, always))
                .hasMessage("parameter a must have low <= high within 2^53, got 3..2");
        assertThatThrownBy(() -> new Parameter.Whole("a", 1, 2, 0, always))
                .hasMessage("step of parameter a must be >= 1, got 0");
        assertThatThrownBy(() -> new Parameter.Real("a", 1, 1, 0, always)).hasMessageContaining("low < high");
        assertThatThrownBy(() -> new Parameter.Real("a", Double.NaN, 1, 0, always))
                .hasMessageContaining("finite");
        assertThatThrownBy(() -> new Parameter.Real("a", 0, 1, Double.NaN, always))
                .hasMessageContaining("step");
        assertThatThrownBy(() -> new Parameter.Real("a", 0, 1e300, 1e-300, always))
                .hasMessageContaining("2^53");
        assertThatThrownBy(() -> new Parameter.Real("a", -1.7e308, 1.7e308, 0, always))
                .hasMessageContaining("low < high");
        assertThatThrownBy(() -> new Parameter.Logarithmic("a", 0, 1, false, always))
                .hasMessageContaining("> 0");
        assertThatThrownBy(() -> new Parameter.Logarithmic("a", 2, 1, false, always))
                .hasMessageContaining("low < high");
        assertThatThrownBy(() -> new Parameter.Logarithmic("a", 1.5, 3, true, always))
                .hasMessageContaining("whole");
        assertThatThrownBy(() -> new Parameter.Categorical("a", List.of(), always))
                .hasMessageContaining("one choice");
        assertThatThrownBy(() -> new Parameter.Categorical("a", List.of("u", "u"), always))
                .hasMessage("parameter a must name each choice once, got 'u' twice");
        assertThatThrownBy(() -> new Parameter.Categorical("a", List.of("u,v"), always))
                .hasMessageContaining("'u,v'");
        assertThatThrownBy(() -> new Parameter.Whole("1a", 1, 2, 1, always)).hasMessageContaining("'1a'");
        assertThatThrownBy(() -> new Parameter.Condition("a", List.of())).hasMessageContaining("at least one value");
    }
}
