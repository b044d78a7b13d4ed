package org.lama.core.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParameterSpaceTest {
    @Test
    void builderAndTextMakeTheSameSpace() {
        ParameterSpace built = ParameterSpace.builder()
                .whole("fast", 5, 60, 5)
                .real("x", 0.1, 0.9)
                .logarithmic("lr", 1e-5, 1)
                .categorical("kernel", "a", "b", "c")
                .parameter(new Parameter.Whole(
                        "depth", 1, 20, 1, Optional.of(new Parameter.Condition("kernel", List.of("b", "c")))))
                .constraint("fast < depth * 2 + 30")
                .build();
        String text = "fast=5..60:5,x=0.1..0.9,lr=1.0E-5..1.0:log,kernel=a|b|c,depth=1..20?kernel=b|c,fast<depth*2+30";
        assertThat(built.canonicalText()).isEqualTo(text);
        assertThat(built).isEqualTo(ParameterSpace.parse(text)).hasToString(text);
        assertThat(built.hashCode()).isEqualTo(ParameterSpace.parse(text).hashCode());
        assertThat(built.names()).containsExactly("fast", "x", "lr", "kernel", "depth");
        assertThat(built.parameter("lr")).isInstanceOf(Parameter.Logarithmic.class);
        assertThat(built.constraints()).containsExactly("fast<depth*2+30");
    }

    @Test
    void lineEndsAndSpacesSeparateAsWell() {
        assertThat(ParameterSpace.parse(" fast = 5 .. 60 : 5 \n slow=80..400:20,\r\n fast < slow\n"))
                .isEqualTo(ParameterSpace.parse("fast=5..60:5,slow=80..400:20,fast<slow"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "fast=5..60:5,slow=80..400:20; 204",
                "a=1..3,b=1..3,a<b; 3",
                "a=1..3,b=1..3,a!=b; 6",
                "a=1..3,b=1..3,a==b; 3",
                "a=1..3,b=1..3,a>=b; 6",
                "a=1..3,b=1..3,a<=b-1; 3",
                "a=1..3,b=1..3,2*(a+b)>10; 1",
                "a=1..3,b=1..3,-a<-1e0*2; 3",
                "a=1|2|4,b=1..4,a==b; 3",
                "k=a|b|c,d=1..20?k=b|c; 41",
                "k=a|b,d=1..5?k=b,e=1..3?d=2|4; 10",
                "k=a|b,d=1..5?k=b,d<3; 3",
                "n=1..1000:log; 1000",
                "x=0.1..0.9:0.1; 9"
            })
    void pointsAreCounted(String text, long size) {
        ParameterSpace space = ParameterSpace.parse(text);
        assertThat(space.size()).isEqualTo(OptionalLong.of(size));
        assertThat(Samplers.grid(space, Direction.MINIMISE).ask(2000)).hasSize((int) size);
    }

    @Test
    void whatCannotBeCountedHasNoSize() {
        assertThat(ParameterSpace.parse("x=0.1..0.9,a=1..3").size()).isEmpty();
        assertThat(ParameterSpace.parse("a=1..1000000000,b=1..1000000000,c=1..1000000000")
                        .size())
                .isEmpty();
        assertThat(ParameterSpace.parse("a=1..10000,b=1..10000,a<b").size()).isEmpty();
        assertThat(ParameterSpace.parse("a=1..10000,b=1..10000").size()).hasValue(100_000_000);
    }

    @Test
    void aBoundOnTheSizeIsKept() {
        ParameterSpace space = ParameterSpace.parse("a=1..1000,b=1..1000");
        assertThat(space.requireSizeAtMost(1_000_000)).isEqualTo(1_000_000);
        assertThatThrownBy(() -> space.requireSizeAtMost(999_999))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("space must have at most 999999 points, got 1000000; take larger steps, narrower ranges or"
                        + " another sampler than the grid");
        assertThatThrownBy(() -> ParameterSpace.parse("a=1..3,x=0.1..0.9").requireSizeAtMost(10))
                .hasMessageStartingWith("parameter x is continuous");
        assertThatThrownBy(
                        () -> ParameterSpace.parse("a=1..10000,b=1..10000,a<b").requireSizeAtMost(10))
                .hasMessageContaining("more than 10000000");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "''; space must have at least one parameter, got none",
                "a<b; space must have at least one parameter",
                "a=1..2,a=3..4; space must name each parameter once, got 'a' twice",
                "fast=5..10,slow=1..4,fast<slow; constraints [fast<slow] must leave a point, but none of 24 combinations",
                "x=0.0..1,y=2.0..3,x>y; none of 100000 drawn points",
                "fast=1..5,slow=1..9,fst<slow; there is [fast, slow]; did you mean 'fast'?",
                "kernel=a|b,d=1..3?kernal=a; space has no parameter 'kernal'; it has [kernel, d]; did you mean 'kernel'?",
                "d=1..3?k=a,k=a|b; parameter d must stand behind k, on which it depends",
                "k=a|b,d=1..3?k=z; parameter k must be one of [a, b], got 'z'",
                "x=0.1..0.9,d=1..3?x=0.5; parameter d must depend on a parameter with at most 10000000 values",
                "a=b|c,a<3; constraint a<3 must be about numbers, but a has the choices a=b|c",
                "a=1..x; holds 'x' where a number must stand",
                "a=1..2:3:4; has more than one ':'",
                "a=1..2:; has no step behind ':'",
                "a=; has no values",
                "a=1.0..2:0; step of parameter a must be > 0, got 0",
                "a=1..2?b; must have ?name=value as its condition",
                "a; space item 'a' is not understood",
                "a-b=1..2; got 'a-b'",
                "a=1..99999999999999999999; which is too large",
                "a=1..3,a+<2; must have a parameter or a number at position 3",
                "a=1..3,(a<2; must have a closing bracket",
                "a=1..3,a<2); must have its end",
                "a=1..3,a<1e; holds '1e', which is no number",
                "a=1..3,a+2=3; must compare by one of"
            })
    void mistakesAreNamed(String text, String message) {
        assertThatThrownBy(() -> ParameterSpace.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void pointsAreReadAndChecked() {
        ParameterSpace space = ParameterSpace.parse("k=a|b,d=1..5?k=b,x=0.0..1,d*0.2<=x");
        ParameterSet set = space.read(Map.of("x", "1.0", "k", "b", "d", "3"));
        assertThat(set.canonicalText()).isEqualTo("k=b,d=3,x=1");
        assertThat(space.read(Map.of("x", "0.5", "k", "a")).isActive("d")).isFalse();
        assertThatThrownBy(() -> space.read(Map.of("x", "0.5", "k", "b"))).hasMessage("parameter d must have a value");
        assertThatThrownBy(() -> space.read(Map.of("x", "0.5", "k", "a", "d", "1")))
                .hasMessage("parameter d does not exist unless k=b");
        assertThatThrownBy(() -> space.read(Map.of("x", "0.5", "k", "b", "d", "4")))
                .hasMessageStartingWith("constraint d*0.2<=x does not hold at");
        assertThatThrownBy(() -> space.read(Map.of("x", "0.5", "k", "a", "z", "1")))
                .hasMessageStartingWith("space has no parameter 'z'");
        assertThatThrownBy(() -> space.parameter("kk")).hasMessageContaining("space has no parameter 'kk'");
    }

    @Test
    void aSetGivesItsValuesInEveryForm() {
        ParameterSet set = ParameterSpace.parse("fast=5..60:5,x=0.25..0.75,mode=u|v")
                .read(Map.of("fast", "10", "x", "0.5", "mode", "v"));
        assertThat(set.names()).containsExactly("fast", "x", "mode");
        assertThat(set.whole("fast")).isEqualTo(10);
        assertThat(set.number("x")).isEqualTo(0.5);
        assertThat(set.text("mode")).isEqualTo("v");
        assertThat(set.values())
                .containsExactly(Map.entry("fast", "10"), Map.entry("x", "0.5"), Map.entry("mode", "v"));
        assertThat(set).isEqualTo(ParameterSet.of(set.values())).hasToString("fast=10,x=0.5,mode=v");
        assertThat(set.hashCode()).isEqualTo(ParameterSet.of(set.values()).hashCode());
        assertThat(set).isNotEqualTo(ParameterSet.of(Map.of("fast", "10"))).isNotEqualTo("fast=10");
        assertThatThrownBy(() -> set.number("mode")).hasMessage("parameter mode must be a number, got 'v'");
        assertThatThrownBy(() -> set.whole("x")).hasMessage("parameter x must be a whole number, got '0.5'");
        assertThatThrownBy(() -> set.text("fist"))
                .hasMessage(
                        "parameter 'fist' does not exist at this point (fast=10,x=0.5,mode=v); did you mean 'fast'?");
    }

    @Test
    void directionsKnowWhatIsBetter() {
        assertThat(Direction.MINIMISE.isBetter(1, 2)).isTrue();
        assertThat(Direction.MAXIMISE.isBetter(1, 2)).isFalse();
        assertThat(Direction.MAXIMISE.isBetter(Double.NEGATIVE_INFINITY, Double.NaN))
                .isTrue();
        assertThat(Direction.MINIMISE.isBetter(Double.NaN, 1)).isFalse();
        assertThat(Direction.MINIMISE.isBetter(Double.NaN, Double.NaN)).isFalse();
        assertThat(Direction.MAXIMISE.loss(3)).isEqualTo(-3);
    }
}
