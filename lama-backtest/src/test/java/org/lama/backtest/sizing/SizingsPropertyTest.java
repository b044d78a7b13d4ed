package org.lama.backtest.sizing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.features.Returns;
import org.lama.core.features.Volatility;
import org.lama.core.market.Columns;
import org.lama.core.series.Frame;
import org.lama.core.series.Provenance;
import org.lama.core.series.TimeIndex;
import org.lama.core.signal.HonestyCheck;

/** A sizing rule is a function of what it is given: no memory, no look at anything else, later data least of all. */
class SizingsPropertyTest {
    private static final int ASSETS = 4;
    private static final int ROUNDS = 200;
    private static final long DAY = Duration.ofDays(1).toNanos();

    @SuppressWarnings("ArrayRecordComponent") // compared part by part, never as a record
    private record Input(double[] strength, double[] multiplier, double[] volatility, boolean[] active) {
        static Input drawn(Rng rng) {
            Input input = new Input(new double[ASSETS], new double[ASSETS], new double[ASSETS], new boolean[ASSETS]);
            for (int i = 0; i < ASSETS; i++) {
                input.strength[i] = rng.nextInt(10) == 0 ? Double.NaN : 3 * rng.nextDouble() - 1.5;
                input.multiplier[i] = rng.nextInt(10) == 0 ? Double.NaN : 1.2 * rng.nextDouble();
                input.volatility[i] = rng.nextInt(10) == 0 ? Double.NaN : 2 * rng.nextDouble();
                input.active[i] = rng.nextInt(4) > 0;
            }
            return input;
        }

        Input copy() {
            return new Input(strength.clone(), multiplier.clone(), volatility.clone(), active.clone());
        }

        double[] weights(Sizing rule, double garbage) {
            double[] out = new double[ASSETS];
            Arrays.fill(out, garbage);
            rule.weights(strength, multiplier, volatility, active, out);
            return out;
        }
    }

    static Stream<Sizing> rules() {
        return Stream.of(SizingSettings.SPOT, SizingSettings.PERPETUAL)
                .flatMap(settings -> Stream.of(Sizings.equalWeight(settings), Sizings.equalRisk(settings)));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void equalInputsGiveEqualBitsWhateverWasAskedBefore(Sizing rule) {
        Rng rng = Seeds.rng(51, 0);
        List<Input> inputs = new ArrayList<>();
        List<double[]> first = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            Input input = Input.drawn(rng);
            Input before = input.copy();
            inputs.add(input);
            first.add(input.weights(rule, Double.NaN));
            assertThat(input.strength).as("inputs stay as they are").containsExactly(before.strength);
            assertThat(input.multiplier).containsExactly(before.multiplier);
            assertThat(input.volatility).containsExactly(before.volatility);
            assertThat(input.active).containsExactly(before.active);
        }
        for (int i = ROUNDS - 1; i >= 0; i--) {
            assertThat(inputs.get(i).weights(rule, 1e300)).containsExactly(first.get(i));
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void weightsOverTimeUseNothingLater(Sizing rule) {
        HonestyCheck.of(52)
                .universe(rule.name(), frames(), frames -> weights(rule, frames))
                .orThrow();
    }

    private static List<Frame> frames() {
        List<Frame> frames = new ArrayList<>();
        for (int asset = 0; asset < ASSETS; asset++) {
            Rng rng = Seeds.rng(53, asset);
            double[] close = new double[150];
            double price = 100;
            for (int t = 0; t < close.length; t++) {
                price *= StrictMath.exp(0.03 * rng.nextGaussian());
                close[t] = rng.nextInt(40) == 0 ? Double.NaN : price;
            }
            frames.add(Frame.of(
                            "ASSET" + asset,
                            TimeIndex.regular(0, DAY, close.length),
                            DAY,
                            new Provenance(Provenance.Kind.SYNTHETIC, "test", "", ""))
                    .with(Columns.CLOSE, close));
        }
        return frames;
    }

    /** The way of the layers: trailing volatility, a strength from the last change, one rule call per close. */
    private static double[][] weights(Sizing rule, List<Frame> frames) {
        int rows = frames.get(0).size();
        double[][] close = new double[ASSETS][];
        double[][] volatility = new double[ASSETS][rows];
        for (int i = 0; i < ASSETS; i++) {
            close[i] = frames.get(i).column(Columns.CLOSE).toArray();
            double[] returns = new double[rows];
            Returns.log(close[i], returns);
            Volatility.ewma(returns, 10, volatility[i]);
            for (int t = 0; t < rows; t++) {
                volatility[i][t] *= Math.sqrt(365);
            }
        }
        double[][] out = new double[ASSETS][rows];
        for (int t = 0; t < rows; t++) {
            Input input = new Input(new double[ASSETS], new double[ASSETS], new double[ASSETS], new boolean[ASSETS]);
            for (int i = 0; i < ASSETS; i++) {
                input.strength[i] = t == 0 ? 0 : 10 * Math.log(close[i][t] / close[i][t - 1]);
                input.multiplier[i] = 1;
                input.volatility[i] = volatility[i][t];
                input.active[i] = !Double.isNaN(close[i][t]);
            }
            double[] now = input.weights(rule, Double.NaN);
            for (int i = 0; i < ASSETS; i++) {
                out[i][t] = now[i];
            }
        }
        return out;
    }
}
