package org.lama.core.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.lama.core.search.Objectives.Objective;

/**
 * The median best of 100 trials over 20 seeds is not above the upper quartile that Optuna 5.0.0 reached: a sampler of the
 * same strength stays below it with a probability well above 0.9. Settings were fixed on seeds from 1,000 on; seeds 0 to
 * 19 are the test, 20 to 39 confirmed it.
 */
class OptunaOracleTest {
    private static final int SEEDS = 20;
    private static final int TRIALS = 100;

    @Test
    void parzenEstimatorIsNotWorseThanOptunasUpperQuartile() throws IOException {
        assertBelowUpperQuartile("tpe", "TPE_multivariate", 0);
    }

    @Test
    void covarianceAdaptationIsNotWorseThanOptunasUpperQuartile() throws IOException {
        assertBelowUpperQuartile("cmaes", "CmaEs", 0);
    }

    @Test
    @Tag("slow")
    void otherSeedsConfirmIt() throws IOException {
        assertBelowUpperQuartile("tpe", "TPE_multivariate", SEEDS);
        assertBelowUpperQuartile("cmaes", "CmaEs", SEEDS);
    }

    private static void assertBelowUpperQuartile(String sampler, String rival, int firstSeed) throws IOException {
        Map<String, Double> quartiles = upperQuartiles(rival);
        assertThat(quartiles).hasSize(4);
        for (Objective objective : Objectives.all().values()) {
            double[] best = new double[SEEDS];
            for (int i = 0; i < SEEDS; i++) {
                best[i] = objective.best(
                        Samplers.named(sampler, objective.space(), Direction.MINIMISE, firstSeed + i, TRIALS), TRIALS);
            }
            Arrays.sort(best);
            double median = (best[SEEDS / 2 - 1] + best[SEEDS / 2]) / 2;
            assertThat(median)
                    .as(String.format(
                            Locale.ROOT, "%s on %s, seeds from %d", sampler, objective.name(), firstSeed))
                    .isLessThanOrEqualTo(Objects.requireNonNull(quartiles.get(objective.name())));
        }
    }

    private static Map<String, Double> upperQuartiles(String rival) throws IOException {
        Map<String, Double> quartiles = new TreeMap<>();
        try (InputStream in = OptunaOracleTest.class.getResourceAsStream("/oracles/search/optuna.csv")) {
            String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            for (String line : text.split("\n")) {
                String[] cells = line.split(",");
                if (cells.length == 6 && cells[1].equals(rival)) {
                    quartiles.put(cells[0], Double.parseDouble(cells[4]));
                }
            }
        }
        return quartiles;
    }
}
