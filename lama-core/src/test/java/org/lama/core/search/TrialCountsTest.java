package org.lama.core.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

class TrialCountsTest {
    private static Trial line(int number, Map<String, Double> metrics) {
        return new Trial("1", "settings-" + number, "data", 0, 1, metrics);
    }

    private static Trial one(int number, double sharpe) {
        return line(number, Map.of(Trial.SHARPE_PER_PERIOD, sharpe));
    }

    @Test
    void aLineThatStandsForManyCountsAsTheManyWould() {
        Rng rng = Seeds.rng(1, 0);
        List<Trial> all = new ArrayList<>();
        List<Trial> sweep = new ArrayList<>();
        List<Trial> pooled = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            Trial trial = one(i, i % 10 == 3 ? Double.NaN : rng.nextGaussian());
            all.add(trial);
            (i < 200 ? sweep : pooled).add(trial);
        }
        pooled.add(line(1000, TrialCounts.of(sweep).asMetrics()));
        TrialCounts expected = TrialCounts.of(all);
        TrialCounts counted = TrialCounts.of(pooled);
        assertThat(counted.raw()).isEqualTo(300);
        assertThat(counted.known()).isEqualTo(270);
        assertThat(counted.mean()).isCloseTo(expected.mean(), within(1e-12));
        assertThat(counted.variance()).isCloseTo(expected.variance(), within(1e-12));
    }

    @Test
    void noLineAndOneLineHaveNoSpread() {
        assertThat(TrialCounts.of(List.of())).isEqualTo(new TrialCounts(0, 0, Double.NaN, 0));
        assertThat(TrialCounts.of(List.of(one(1, 0.5)))).isEqualTo(new TrialCounts(1, 1, 0.5, 0));
        assertThat(TrialCounts.of(List.of(one(1, Double.NaN)))).isEqualTo(new TrialCounts(1, 0, Double.NaN, 0));
        assertThatThrownBy(() -> new TrialCounts(1, 2, 0, 0)).hasMessage("known must be in [0, raw=1], got 2");
    }
}
