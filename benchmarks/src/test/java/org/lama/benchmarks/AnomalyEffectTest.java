package org.lama.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.lama.benchmarks.AnomalyEffect.Found;
import org.lama.benchmarks.AnomalyEffect.Outcome;
import org.lama.benchmarks.AnomalyEffect.Way;

class AnomalyEffectTest {
    private static final Outcome TELLING = AnomalyEffect.of("synthetic-books", 1, 2);

    @Test
    void everyWayTradesAndEqualRunsGiveEqualFigures() {
        assertThat(TELLING.figures()).hasSize(Way.values().length);
        assertThat(TELLING.figures())
                .allSatisfy(figures ->
                        assertThat(figures.values()).doesNotContain(Double.NaN).doesNotContain(0.0));
        assertThat(AnomalyEffect.of("synthetic-books", 1, 2)).isEqualTo(TELLING);
    }

    @Test
    void anEmptyBookIsSeenByRatioAndNotByDifference() {
        Found empty = TELLING.found().getOrDefault("VACUUM", new Found(0, 0, 0));
        assertThat(empty.planted()).isGreaterThan(10);
        assertThat(empty.seenByLogarithm()).isGreaterThan(empty.planted() / 2);
        assertThat(empty.seen()).isLessThan(empty.planted() / 4);
    }

    @Test
    void differencesArePairedByMarket() {
        AnomalyEffect.Figures low = new AnomalyEffect.Figures(1, 2, 3, 4);
        List<Outcome> outcomes = new ArrayList<>();
        for (int market = 0; market < 10; market++) {
            List<AnomalyEffect.Figures> figures = new ArrayList<>();
            for (Way way : Way.values()) {
                figures.add(
                        way == Way.WITHOUT ? low : new AnomalyEffect.Figures(2 + (market % 2 == 0 ? 1 : -1), 2, 3, 4));
            }
            outcomes.add(new Outcome(figures, 0, 0, Map.of()));
        }
        double[] sharpe = AnomalyEffect.difference(outcomes, Way.RISK, 0);
        assertThat(sharpe[0]).isEqualTo(1);
        // sd √(10/9), error 1/3, t(9) = 2.262
        assertThat(sharpe[1]).isBetween(0.751, 0.757);
        assertThat(AnomalyEffect.difference(outcomes, Way.RISK, 1)).containsExactly(0, 0);
    }

    /** Where anomalies foretell nothing nobody can gain by heeding them; who knows them all gains where they do. */
    @Test
    @Tag("slow")
    void knowingAllAnomaliesGainsOnlyWhereTheyForetellSomething() {
        List<Outcome> telling = new ArrayList<>();
        List<Outcome> empty = new ArrayList<>();
        for (int seed = 1; seed <= 20; seed++) {
            telling.add(AnomalyEffect.of("synthetic-books", seed, 6));
            empty.add(AnomalyEffect.of("synthetic-books-null", seed, 6));
        }
        double[] known = AnomalyEffect.difference(telling, Way.TRUTH, 0);
        assertThat(known[0] - known[1]).isPositive();
        double[] vain = AnomalyEffect.difference(empty, Way.TRUTH, 0);
        assertThat(vain[0] - vain[1]).isNegative();
    }
}
