package org.lama.core.indicators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IndicatorTest {
    private static double last(String text, double[][] in) {
        Indicator indicator = Indicators.parse(text);
        double[][] out = new double[indicator.lines().size()][in[0].length];
        indicator.compute(in, out);
        return out[0][in[0].length - 1];
    }

    @ParameterizedTest
    @CsvSource({
        "sma, 5",
        "ema, 5",
        "wma, 5",
        "dema, 5",
        "tema, 5",
        "trima, 5",
        "kama, 5",
        "t3, 5",
        "ht_trendline, 5",
        "vwap, 5",
        "vwap_rolling, 5",
        "macd, 0",
        "ppo, 0",
        "rsi, 0",
        "cmo, 0",
        "mom, 0",
        "roc, 0",
        "trix, 0",
        "ultosc, 0",
        "stoch, 0",
        "stochf, 0",
        "stochrsi, 0",
        "willr, 0",
        "cci, 0",
        "trange, 0",
        "atr, 0",
        "natr, 0",
        "adx, 0",
        "aroon, 100",
        "psar, 5",
        "donchian, 5",
        "obv, 5",
        "ad, 0",
        "adosc, 0",
        "mfi, 0",
        "stddev, 0",
        "bbands, 5",
        "linreg, 5",
        "linreg_slope, 0",
        "max, 5",
        "min, 5",
        "beta, 0",
        "correl, 0"
    })
    void aConstantBarHasTheObviousValue(String name, double value) {
        double[][] in = new double[Indicators.describe(name).inputs().size()][100];
        for (double[] column : in) {
            Arrays.fill(column, 5);
        }
        // t3's factors add up to 1 up to rounding
        assertThat(last(name, in)).isCloseTo(value, within(name.equals("t3") ? 1e-14 : 1e-15));
    }

    @Test
    void aWindowOfEqualPricesHasNoDeviationWhateverCameBefore() {
        double[] x = new double[200];
        Arrays.setAll(x, t -> t < 60 ? 1e9 * Math.sin(t) : 0.1);
        double[][] in = {x};
        for (String name : new String[] {"stddev", "linreg_slope", "bbands(20,2,2)", "sma"}) {
            for (int n = 2; n < 40; n++) {
                Indicator indicator = Indicators.of(name.replaceAll("\\(.*", ""), n);
                double[][] out = new double[indicator.lines().size()][x.length];
                indicator.compute(in, out);
                double expected = name.equals("sma") || name.startsWith("bbands") ? 0.1 : 0;
                for (int t = 60 + n - 1; t < x.length; t++) {
                    assertThat(out[0][t]).as("%s window %d row %d", name, n, t).isCloseTo(expected, within(1e-16));
                }
            }
        }
    }

    @Test
    void aMissingRowIsInTheWindowAsLongAsItIsOne() {
        double[] x = new double[50];
        Arrays.setAll(x, t -> t);
        x[20] = Double.NaN;
        double[] out = new double[50];
        Indicators.of("sma", 5).compute(x, out);
        for (int t = 0; t < 50; t++) {
            boolean missing = t < 4 || (t >= 20 && t < 25);
            assertThat(Double.isNaN(out[t])).as("row %d", t).isEqualTo(missing);
        }
        assertThat(out[25]).isEqualTo(23);
    }

    @Test
    void totalsGoOnBehindAMissingRow() {
        double[] close = {1, 2, Double.NaN, 3, 2};
        double[] volume = {10, 20, 30, 40, 50};
        Indicator obv = Indicators.of("obv");
        double[][] out = new double[1][5];
        obv.compute(new double[][] {close, volume}, out);
        assertThat(out[0]).containsExactly(10, 30, Double.NaN, 70, 20);
    }

    @Test
    void withoutVolumeThereIsNoVolumeWeightedPrice() {
        double[] price = {1, 2, 3};
        double[] volume = {0, 0, 4};
        double[][] out = new double[1][3];
        Indicators.of("vwap").compute(new double[][] {price, price, price, volume}, out);
        assertThat(out[0]).containsExactly(Double.NaN, Double.NaN, 3);
        Indicators.of("vwap_rolling", 1).compute(new double[][] {price, price, price, volume}, out);
        assertThat(out[0]).containsExactly(Double.NaN, Double.NaN, 3);
    }

    @Test
    void equalExtremesCountFromTheNewest() {
        double[][] out = new double[3][6];
        Indicators.of("aroon", 4).compute(new double[][] {{1, 5, 2, 5, 3, 4}, {1, 0, 2, 0, 3, 4}}, out);
        assertThat(out[1][4]).isEqualTo(75);
        assertThat(out[0][4]).isEqualTo(75);
        assertThat(out[2][5]).isEqualTo(0);
    }

    @Test
    void linesAreReadByNameOrPosition() {
        Indicator bands = Indicators.of("bbands", 2);
        assertThat(bands.value()).isNaN();
        bands.update(1);
        assertThat(bands.isReady()).isFalse();
        assertThat(bands.update(3)).isEqualTo(4);
        assertThat(bands.isReady()).isTrue();
        assertThat(bands.value(bands.line("middle"))).isEqualTo(2);
        assertThat(bands.value(bands.line("lower"))).isEqualTo(0);
        bands.update(Double.NaN);
        assertThat(bands.isReady()).isFalse();
        assertThat(bands.value()).isNaN();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bands.line("uper"))
                .withMessage("bbands(2,2,2) has no line 'uper', only [upper, middle, lower]; did you mean 'upper'?");
    }

    @Test
    void resetForgetsTheStreamAndComputeLeavesItAlone() {
        Indicator ema = Indicators.of("ema", 2);
        ema.update(1);
        ema.update(2);
        ema.compute(new double[] {7, 8, 9}, new double[3]);
        assertThat(ema.value()).isEqualTo(1.5);
        ema.reset();
        assertThat(ema.value()).isNaN();
        assertThat(ema.isReady()).isFalse();
        ema.update(5);
        assertThat(ema.update(7)).isEqualTo(6);
    }

    @Test
    void wrongShapesAreNamed() {
        Indicator atr = Indicators.of("atr");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> atr.update(1))
                .withMessage("atr(14) must be updated with [high, low, close], got 1 values");
        assertThatIllegalArgumentException().isThrownBy(() -> atr.update(1, 2)).withMessageContaining("got 2 values");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> atr.update(1, 2, 3, 4))
                .withMessageContaining("got 4 values");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Indicators.of("sma").update(1, 2, 3))
                .withMessageContaining("must be updated with [close], got 3 values");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> atr.compute(new double[1], new double[1]))
                .withMessage("atr(14) needs the columns [high, low, close], got 1");
        Indicator macd = Indicators.of("macd");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> macd.compute(new double[1], new double[1]))
                .withMessageContaining("gives the lines [macd, signal, histogram], got room for 1");
        Indicator sma = Indicators.of("sma");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sma.compute(new double[2], new double[3]))
                .withMessage("out must have 2 rows like the input, got 3");
        double[] same = new double[3];
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sma.compute(same, same))
                .withMessageContaining("out must not be one of the input columns");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> atr.compute(new double[][] {{1}, {1, 2}, {1}}, new double[1][1]))
                .withMessage("columns must be equally long, got 2 and 1 rows");
    }

    @ParameterizedTest
    @CsvSource({"max(20)", "min(20)", "donchian(20)", "aroon(14)", "willr(14)"})
    void zerosOfEitherSignAreTheSameInAStreamAndABatch(String text) {
        Indicator indicator = Indicators.parse(text);
        double[][] in = new double[indicator.inputs().size()][700];
        for (int t = 0; t < in[0].length; t++) {
            for (int k = 0; k < in.length; k++) {
                in[k][t] = (t * 7 + k) % 5 < 2 ? -0.0 : 0.0;
            }
        }
        double[][] out = new double[indicator.lines().size()][in[0].length];
        indicator.compute(in, out);
        for (int t = 0; t < in[0].length; t++) {
            double value = in.length == 1
                    ? indicator.update(in[0][t])
                    : in.length == 2
                            ? indicator.update(in[0][t], in[1][t])
                            : indicator.update(in[0][t], in[1][t], in[2][t]);
            assertThat(Double.doubleToLongBits(value)).as("row %d", t).isEqualTo(Double.doubleToLongBits(out[0][t]));
        }
    }

    @Test
    void aMissingVolumeOfABarWithoutRangeIsMissing() {
        double[][] in = new double[4][600];
        for (double[] column : in) {
            Arrays.fill(column, 2);
        }
        in[3][300] = Double.NaN;
        double[][] out = new double[1][600];
        Indicators.of("ad").compute(in, out);
        assertThat(out[0][299]).isZero();
        assertThat(out[0][300]).isNaN();
        assertThat(out[0][301]).isZero();
    }
}
