package org.lama.core.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class ImportanceTest {
    private static final String CUBE = "x=0.0..1,y=0.0..1,z=0.0..1";

    private static Importance of(String text, int trials, ToDoubleFunction<ParameterSet> function) {
        ParameterSpace space = ParameterSpace.parse(text);
        List<ParameterSet> sets = Samplers.sobol(space, Direction.MINIMISE, 5).ask(trials);
        return Importance.of(space, sets, sets.stream().mapToDouble(function).toArray(), 1);
    }

    @Test
    void sharesOfASumAreTheSharesOfItsVariance() {
        // Var(3x) : Var(y) = 9 : 1; the trees are steps, hence the tolerance.
        Importance importance = of(CUBE, 512, set -> 3 * set.number("x") + set.number("y"));
        assertThat(importance.share("x")).isCloseTo(0.9, within(0.03));
        assertThat(importance.share("y")).isCloseTo(0.1, within(0.03));
        assertThat(importance.share("z")).isLessThan(0.01);
        assertThat(importance.interplay()).isLessThan(0.03);
        assertThat(importance.spread("x")).isBetween(0.0, 0.05);
        assertThat(importance.trials()).isEqualTo(512);
        assertThat(importance.reason()).isEmpty();
    }

    @Test
    void aPureProductIsInterplay() {
        Importance importance = of(CUBE, 1024, set -> (set.number("x") - 0.5) * (set.number("y") - 0.5));
        assertThat(importance.interplay()).isGreaterThan(0.85);
    }

    @Test
    void choicesCountByTheirMeansNotByTheirOrder() {
        Importance importance = of(
                "kind=a|b|c|d,x=0.0..1",
                512,
                set -> (set.text("kind").equals("b") || set.text("kind").equals("d") ? 1 : 0) + 1.0 * set.number("x"));
        // Variances 1/4 and 1/12.
        assertThat(importance.share("kind")).isCloseTo(0.75, within(0.04));
        assertThat(importance.share("x")).isCloseTo(0.25, within(0.04));
    }

    @Test
    void logarithmsAndStepsCountOnTheirScales() {
        Importance importance =
                of("lr=1e-4..1:log,n=1..10", 512, set -> Math.log10(set.number("lr")) + 4 * (set.whole("n") - 1) / 9.0);
        // A uniform number in [0, 4] has variance 16/12, ten even steps in [0, 4] have 99/12 · 16/81.
        double steps = 99 / 12.0 * 16 / 81;
        assertThat(importance.share("lr")).isCloseTo(16 / 12.0 / (16 / 12.0 + steps), within(0.05));
    }

    @Test
    void aParameterThatDoesNotExistEverywhereHasOneMoreValue() {
        Importance importance = of(
                "kind=a|b,depth=0.0..1?kind=b,other=u|v?kind=b",
                400,
                set -> set.isActive("depth") ? set.number("depth") : 2);
        assertThat(importance.share("kind") + importance.share("depth") + importance.share("other"))
                .isGreaterThan(0.6);
        assertThat(importance.share("other")).isLessThan(0.25);
    }

    @Test
    void theSameInputGivesTheSameBits() {
        Importance a = of(CUBE, 100, set -> Math.sin(9 * set.number("x")) + set.number("z"));
        Importance b = of(CUBE, 100, set -> Math.sin(9 * set.number("x")) + set.number("z"));
        assertThat(a.asText()).isEqualTo(b.asText());
        for (String name : a.names()) {
            assertThat(Double.doubleToLongBits(a.share(name))).isEqualTo(Double.doubleToLongBits(b.share(name)));
        }
    }

    @Test
    void failuresAreLeftOutAndExtremeValuesHoldNoOverflow() {
        Importance importance =
                of(CUBE, 512, set -> set.number("z") > 0.9 ? Double.NaN : 1e308 * (set.number("x") * 3 - 1.5) / 2);
        assertThat(importance.trials()).isLessThan(470);
        assertThat(importance.share("x")).isGreaterThan(0.95);
    }

    @Test
    void manyTrialsAreThinnedEvenly() {
        Importance importance = of(CUBE, 9000, set -> set.number("x"));
        assertThat(importance.trials()).isEqualTo(3000);
        assertThat(importance.share("x")).isGreaterThan(0.99);
    }

    @Test
    void withoutVarianceOrTrialsThereIsAReasonInsteadOfANumber() {
        Importance constant = of(CUBE, 50, set -> 7);
        assertThat(constant.reason()).contains("all 50 values are equal");
        assertThat(constant.share("x")).isNaN();
        assertThat(constant.spread("x")).isNaN();
        assertThat(constant.interplay()).isNaN();
        assertThat(of(CUBE, 9, set -> set.number("x")).reason())
                .contains("fewer than 10 trials have a finite value: 9");
        assertThat(of(CUBE, 40, set -> Double.NaN).reason()).contains("fewer than 10 trials have a finite value: 0");
    }

    @Test
    void theTableBeginsWithTheMostImportant() {
        Importance importance = of(CUBE, 256, set -> set.number("z"));
        assertThat(importance.columns().get(0).cells().get(0)).isEqualTo("z");
        assertThat(importance.columns().get(0).cells().get(3)).isEqualTo("(interplay)");
        assertThatThrownBy(() -> importance.share("w")).hasMessage("parameter must be one of [x, y, z], got 'w'");
        assertThatThrownBy(() -> Importance.of(ParameterSpace.parse(CUBE), List.of(), new double[1], 1))
                .hasMessage("values must be as many as sets=0, got 1");
    }
}
