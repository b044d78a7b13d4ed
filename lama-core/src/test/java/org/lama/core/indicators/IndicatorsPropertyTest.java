package org.lama.core.indicators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

/** What holds for every indicator, with default, least and long windows. */
class IndicatorsPropertyTest {
    private static final int LONGER_THAN_A_BLOCK = 21;

    /** Every indicator with its whole parameters as they are, at their least and many times longer. */
    static Stream<String> every() {
        List<String> texts = new ArrayList<>();
        for (String name : Indicators.names()) {
            Indicators.Description description = Indicators.describe(name);
            texts.add(with(description, 1, false));
            texts.add(with(description, 1, true));
            texts.add(with(description, LONGER_THAN_A_BLOCK, false));
        }
        return texts.stream().distinct();
    }

    private static String with(Indicators.Description description, int times, boolean least) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (Indicators.Parameter parameter : description.parameters()) {
            if (parameter.whole()) {
                values.put(parameter.name(), least ? parameter.least() : times * parameter.defaultValue());
            }
        }
        return Indicators.of(description.name(), values).label();
    }

    private static double[][] compute(Indicator indicator, double[][] in) {
        double[][] out = new double[indicator.lines().size()][in[0].length];
        indicator.compute(in, out);
        return out;
    }

    private static double[][] stream(Indicator indicator, double[][] in) {
        double[][] out = new double[indicator.lines().size()][in[0].length];
        indicator.reset();
        for (int t = 0; t < in[0].length; t++) {
            double first = update(indicator, in, t);
            for (int line = 0; line < out.length; line++) {
                out[line][t] = indicator.value(line);
            }
            assertThat(Double.doubleToLongBits(first)).isEqualTo(Double.doubleToLongBits(indicator.value()));
        }
        return out;
    }

    private static double update(Indicator indicator, double[][] in, int t) {
        return switch (in.length) {
            case 1 -> indicator.update(in[0][t]);
            case 2 -> indicator.update(in[0][t], in[1][t]);
            case 3 -> indicator.update(in[0][t], in[1][t], in[2][t]);
            default -> indicator.update(in[0][t], in[1][t], in[2][t], in[3][t]);
        };
    }

    private static void assertSameBits(double[][] ours, double[][] other, int rows) {
        for (int line = 0; line < ours.length; line++) {
            for (int t = 0; t < rows; t++) {
                if (Double.doubleToLongBits(ours[line][t]) != Double.doubleToLongBits(other[line][t])) {
                    assertThat(ours[line][t]).as("line %d row %d", line, t).isEqualTo(other[line][t]);
                }
            }
        }
    }

    private static double[][] head(double[][] in, int rows) {
        return Arrays.stream(in).map(x -> Arrays.copyOf(x, rows)).toArray(double[][]::new);
    }

    /** Holes at the head, in the middle, at the tail, alone and in rows, each in one column. */
    private static double[][] withHoles(double[][] in, long seed) {
        double[][] holes = Arrays.stream(in).map(double[]::clone).toArray(double[][]::new);
        Rng rng = Seeds.rng(seed, 0);
        double[] kinds = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
        for (int k = 0; k < 6; k++) {
            holes[rng.nextInt(in.length)][rng.nextInt(in[0].length)] = kinds[k % kinds.length];
        }
        holes[0][0] = Double.NaN;
        holes[in.length - 1][700] = Double.NaN;
        holes[0][701] = Double.NaN;
        holes[in.length - 1][in[0].length - 1] = Double.NaN;
        return holes;
    }

    @ParameterizedTest
    @MethodSource("every")
    void aStreamGivesTheBitsOfABatch(String text) {
        Indicator indicator = Indicators.parse(text);
        double[][] in = OracleBars.inputs(indicator);
        assertSameBits(stream(indicator, in), compute(indicator, in), in[0].length);
        double[][] holes = withHoles(in, 5);
        assertSameBits(stream(indicator, holes), compute(indicator, holes), in[0].length);
    }

    @ParameterizedTest
    @MethodSource("every")
    void theFutureDoesNotMoveThePast(String text) {
        Indicator indicator = Indicators.parse(text);
        double[][] in = OracleBars.inputs(indicator);
        double[][] whole = compute(indicator, in);
        for (int cut : new int[] {1, 37, 511, 513, 1203}) {
            assertSameBits(compute(indicator, head(in, cut)), whole, cut);
        }
        double[][] other = Arrays.stream(in).map(double[]::clone).toArray(double[][]::new);
        for (double[] column : other) {
            Arrays.fill(column, 1203, column.length, Double.NaN);
        }
        assertSameBits(compute(indicator, other), whole, 1203);
    }

    @ParameterizedTest
    @MethodSource("every")
    void theDeclaredWarmUpIsTheFirstRowWithEveryLine(String text) {
        Indicator indicator = Indicators.parse(text);
        double[][] in = OracleBars.inputs(indicator);
        double[][] out = compute(indicator, in);
        int first = indicator.warmUpBars() - 1;
        boolean everyLine = true;
        for (double[] line : out) {
            everyLine &= first == 0 || Double.isNaN(line[first - 1]);
            assertThat(line[first]).isFinite();
            assertThat(Arrays.stream(line, first, line.length)).allMatch(Double::isFinite);
        }
        // lines of one indicator may begin apart, but the last of them begins here
        boolean anyLine = first == 0;
        for (double[] line : out) {
            anyLine |= first > 0 && Double.isNaN(line[first - 1]);
        }
        assertThat(anyLine).isTrue();
        assertThat(everyLine || text.startsWith("adx")).isTrue();
        indicator.reset();
        for (int t = 0; t <= first; t++) {
            assertThat(indicator.isReady()).isFalse();
            update(indicator, in, t);
        }
        assertThat(indicator.isReady()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("every")
    void behindAMissingRowAnIndicatorBeginsAnew(String text) {
        Indicator indicator = Indicators.parse(text);
        boolean carries = List.of("obv", "ad", "vwap").contains(text);
        double[][] in = OracleBars.inputs(indicator);
        int hole = 600;
        double[][] holes = Arrays.stream(in).map(double[]::clone).toArray(double[][]::new);
        holes[in.length - 1][hole] = Double.NaN;
        double[][] out = compute(indicator, holes);
        assertSameBits(out, compute(indicator, in), hole);
        for (double[] line : out) {
            assertThat(line[hole]).isNaN();
        }
        double[][] behind = Arrays.stream(in)
                .map(x -> Arrays.copyOfRange(x, hole + 1, x.length))
                .toArray(double[][]::new);
        double[][] rest = Arrays.stream(out)
                .map(x -> Arrays.copyOfRange(x, hole + 1, x.length))
                .toArray(double[][]::new);
        if (carries) {
            assertThat(Arrays.stream(rest[0])).allMatch(Double::isFinite);
            assertThat(Math.abs(rest[0][0] - out[0][hole - 1])).isLessThan(1e-2 * Math.abs(out[0][hole - 1]) + 2e2);
        } else {
            assertSameBits(rest, compute(indicator, behind), rest[0].length);
        }
    }

    @ParameterizedTest
    @MethodSource("every")
    void shortSeriesHaveNoValueAndNoError(String text) {
        Indicator indicator = Indicators.parse(text);
        double[][] in = OracleBars.inputs(indicator);
        for (int rows : new int[] {0, 1, 2, 3, Math.min(indicator.warmUpBars() - 1, in[0].length)}) {
            double[][] out = compute(indicator, head(in, rows));
            if (rows < indicator.warmUpBars()) {
                boolean oneLineMissing = rows == 0;
                for (double[] line : out) {
                    oneLineMissing |= rows > 0 && Double.isNaN(line[rows - 1]);
                }
                assertThat(oneLineMissing).as("%d rows", rows).isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("every")
    void equalPricesGiveFiniteValuesThatStayThere(String text) {
        Indicator indicator = Indicators.parse(text);
        double[][] in = new double[indicator.inputs().size()][2000];
        for (double[] column : in) {
            Arrays.fill(column, 0.1);
        }
        for (double[] line : compute(indicator, in)) {
            double last = line[line.length - 1];
            assertThat(last).isFinite();
            if (!List.of("obv").contains(text)) {
                assertThat(line[line.length - 2]).isCloseTo(last, within(1e-15));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-60, 1e-8, 1e60})
    void ratiosDoNotFeelTheUnitOfPrices(double unit) {
        for (String name : List.of(
                "rsi",
                "cmo",
                "roc",
                "ppo",
                "trix",
                "ultosc",
                "stoch",
                "stochf",
                "willr",
                "cci",
                "natr",
                "adx",
                "aroon",
                "mfi",
                "correl",
                "beta",
                "stochrsi")) {
            Indicator indicator = Indicators.of(name);
            double[][] in = OracleBars.inputs(indicator);
            double[][] scaled = Arrays.stream(in)
                    .map(x -> Arrays.stream(x).map(v -> v * unit).toArray())
                    .toArray(double[][]::new);
            double[][] expected = compute(indicator, in);
            double[][] found = compute(indicator, scaled);
            for (int line = 0; line < found.length; line++) {
                for (int t = indicator.warmUpBars() - 1; t < found[line].length; t++) {
                    assertThat(found[line][t])
                            .as("%s line %d row %d", name, line, t)
                            .isCloseTo(expected[line][t], within(1e-7 * Math.max(1, Math.abs(expected[line][t]))));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("every")
    void hugeAndTinyPricesRaiseNothing(String text) {
        Indicator indicator = Indicators.parse(text);
        for (double unit : new double[] {1e300, 1e-300, 0, -1}) {
            double[][] in = Arrays.stream(OracleBars.inputs(indicator))
                    .map(x -> Arrays.stream(x).limit(700).map(v -> v * unit).toArray())
                    .toArray(double[][]::new);
            assertSameBits(stream(indicator, in), compute(indicator, in), 700);
        }
    }
}
