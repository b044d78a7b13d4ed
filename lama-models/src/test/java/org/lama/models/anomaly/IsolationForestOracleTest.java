package org.lama.models.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Quality against scikit-learn; see oracles/iforest/README.md. */
class IsolationForestOracleTest {
    private static final int SEEDS = 10;

    /** The gate allows the sampling error of the reference's own mean (two standard errors) and 0.005 for ours. */
    @ParameterizedTest
    @CsvFileSource(resources = "/oracles/iforest/quality.csv", numLinesToSkip = 1)
    void anomaliesAreFoundAsWellAsByTheReference(String dataset, double mean, double deviation) {
        if (dataset.equals("digits_8_vs_rest")) {
            return; // no plain forest finds these: listed, not a gate
        }
        LabelledData data = LabelledData.load(dataset);
        double[] scores = new double[data.rows()];
        double[] auroc = new double[SEEDS];
        for (int seed = 0; seed < SEEDS; seed++) {
            IsolationForest.fit(
                            data.columns(),
                            data.rows(),
                            IsolationForestOptions.defaults().withSeed(seed))
                    .score(data.columns(), 0, data.rows(), scores);
            auroc[seed] = data.auroc(scores);
        }
        double ours = Arrays.stream(auroc).average().orElseThrow();
        assertThat(ours)
                .as("%s: ours %.4f, reference %.4f ± %.4f", dataset, ours, mean, deviation)
                .isGreaterThanOrEqualTo(mean - 2 * deviation / Math.sqrt(SEEDS) - 0.005);
    }
}
