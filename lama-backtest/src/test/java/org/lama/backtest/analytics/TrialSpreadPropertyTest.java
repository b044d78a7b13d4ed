package org.lama.backtest.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.search.Trial;
import org.lama.core.search.TrialCounts;

final class TrialSpreadPropertyTest {
    private static final int ROWS = 1500;
    private static final ProbabilisticSharpe BEST = new ProbabilisticSharpe(ROWS, 0.05, 0, 4);

    private static Trial trial(double sharpe) {
        return new Trial("1", "s", "d", 0, 1, Map.of(Trial.SHARPE_PER_PERIOD, sharpe));
    }

    private static Trial trial(double sharpe, double effective) {
        return new Trial("1", "s", "d", 0, 1, Map.of(Trial.SHARPE_PER_PERIOD, sharpe, Trial.EFFECTIVE, effective));
    }

    private static double deflated(List<Trial> lines) {
        TrialSpread spread = TrialSpread.of(lines, ROWS);
        return BEST.deflated(spread.effective(), spread.variance());
    }

    private static List<Trial> real(int n, double spread, long seed) {
        Rng rng = Seeds.rng(seed, 0);
        List<Trial> lines = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            lines.add(trial(spread * rng.nextGaussian()));
        }
        return lines;
    }

    @Test
    void addingTrialsNeverRaisesTheDeflatedSharpeRatio() {
        for (long seed = 0; seed < 12; seed++) {
            Rng rng = Seeds.rng(seed, 1);
            List<Trial> lines = new ArrayList<>(real(3 + rng.nextInt(60), 0.02, seed));
            double before = deflated(lines);
            for (int round = 0; round < 8; round++) {
                double width = Math.pow(10, -1 - 2 * rng.nextInt(5));
                int more = 1 + rng.nextInt(200);
                double centre = 0.02 * rng.nextGaussian();
                for (int i = 0; i < more; i++) {
                    lines.add(
                            rng.nextInt(2) == 0
                                    ? trial(centre + width * rng.nextGaussian())
                                    : trial(centre, rng.nextDouble()));
                }
                double after = deflated(lines);
                assertThat(after).isLessThanOrEqualTo(before + 1e-12);
                before = after;
            }
        }
    }

    @Test
    void paddingWithATwinOfTheMeanChangesNothing() {
        List<Trial> lines = real(300, 0.02, 1);
        TrialSpread alone = TrialSpread.of(lines, ROWS);
        List<Trial> padded = new ArrayList<>(lines);
        for (int i = 0; i < 4000; i++) {
            padded.add(lines.get(7));
        }
        TrialSpread spread = TrialSpread.of(padded, ROWS);
        assertThat(spread.raw()).isEqualTo(4300);
        assertThat(spread.effective()).isEqualTo(alone.effective());
        assertThat(spread.variance()).isCloseTo(alone.variance(), within(1e-15));
    }

    @Test
    void paddingWithNearTwinsBeforeOrAfterBarelyHelps() {
        List<Trial> lines = real(300, 0.02, 1);
        double alone = bar(lines);
        List<Trial> padding = real(4000, 1e-6, 2);
        List<Trial> after = new ArrayList<>(lines);
        after.addAll(padding);
        assertThat(bar(after)).isGreaterThanOrEqualTo(alone * (1 - 1e-12));
        List<Trial> before = new ArrayList<>(padding);
        before.addAll(lines);
        assertThat(bar(before)).isGreaterThan(0.9 * alone);
    }

    private static double bar(List<Trial> lines) {
        TrialSpread spread = TrialSpread.of(lines, ROWS);
        return ProbabilisticSharpe.expectedMaximum(spread.effective(), spread.variance());
    }

    @Test
    void withoutPaddingTheVarianceIsTheSampleVarianceOrALittleMore() {
        double ratio = 0;
        for (int seed = 0; seed < 40; seed++) {
            List<Trial> lines = real(100, 0.02, seed);
            double plain = TrialCounts.of(lines).variance();
            double used = TrialSpread.of(lines, ROWS).variance();
            assertThat(used).isGreaterThanOrEqualTo(plain * (1 - 1e-12));
            ratio += used / plain / 40;
        }
        assertThat(ratio).isLessThan(1.1);
    }

    @Test
    void independentTriesAreWorthAtLeastWhatLuckGivesSoMany() {
        List<Trial> lines = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            lines.add(trial(1e-9 * i, 1));
        }
        assertThat(bar(lines)).isCloseTo(ProbabilisticSharpe.expectedMaximum(10, 1.0 / (ROWS - 1)), within(1e-12));
    }

    @Test
    void batchesAddUpWhicheverCameFirst() {
        List<Trial> many = new ArrayList<>();
        Rng rng = Seeds.rng(3, 3);
        for (int i = 0; i < 6000; i++) {
            many.add(trial(0.02 * rng.nextGaussian(), 40.0 / 6000));
        }
        List<Trial> few = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            few.add(trial(0.02 * rng.nextGaussian(), 3.0 / 16));
        }
        List<Trial> one = new ArrayList<>(many);
        one.addAll(few);
        List<Trial> other = new ArrayList<>(few);
        other.addAll(many);
        assertThat(TrialSpread.of(one, ROWS).effective()).isCloseTo(43, within(1e-9));
        assertThat(TrialSpread.of(other, ROWS).effective()).isCloseTo(43, within(1e-9));
        assertThat(bar(one) / bar(other)).isBetween(0.95, 1.05);
    }

    @Test
    void lostTrialsCountAndSpreadAsLuckDoes() {
        TrialSpread one = TrialSpread.of(List.of(trial(0.05)), ROWS);
        assertThat(one).isEqualTo(new TrialSpread(1, 1, 0));
        TrialSpread more = one.withLost(99, ROWS);
        assertThat(more.raw()).isEqualTo(100);
        assertThat(more.effective()).isEqualTo(100);
        assertThat(more.variance()).isCloseTo(1.0 / (ROWS - 1), within(1e-15));
        assertThat(one.withLost(0, ROWS)).isEqualTo(one);
        assertThat(TrialSpread.of(List.of(), 0).withLost(5, ROWS).effective()).isEqualTo(5);
        assertThatThrownBy(() -> one.withLost(-1, ROWS)).hasMessage("lost must be >= 0, got -1");
    }

    @Test
    void linesThatStandForManyAndUndefinedOnesAreRead() {
        List<Trial> lines = real(200, 0.04, 5);
        Map<String, Double> whole =
                new java.util.HashMap<>(TrialCounts.of(lines).asMetrics());
        Trial plain = new Trial("1", "all", "d", 0, 1, whole);
        assertThat(TrialSpread.of(List.of(plain), ROWS).effective()).isEqualTo(200);
        whole.put(Trial.EFFECTIVE, 12.5);
        TrialSpread spread = TrialSpread.of(List.of(new Trial("1", "all", "d", 0, 1, whole)), ROWS);
        assertThat(spread.raw()).isEqualTo(200);
        assertThat(spread.effective()).isEqualTo(12.5);
        assertThat(spread.variance()).isCloseTo(TrialCounts.of(lines).variance(), within(1e-12));
        TrialSpread undefined = TrialSpread.of(List.of(trial(Double.NaN), trial(Double.NaN)), ROWS);
        assertThat(undefined).isEqualTo(new TrialSpread(2, 1, 0));
        assertThatThrownBy(() -> new TrialSpread(5, 6, 0)).hasMessageContaining("effective");
    }
}
