package org.lama.models.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Seeds;
import org.lama.models.anomaly.AnomalyStream.Refit;
import org.lama.models.anomaly.AnomalyStream.Update;
import org.lama.models.anomaly.IsolationForestOptions.Missing;

class AnomalyStreamTest {
    private static final IsolationForestOptions FOREST = new IsolationForestOptions(25, 64, 9, Missing.SKIP);
    private static final AnomalyStreamSettings SETTINGS =
            new AnomalyStreamSettings(300, 100, 150, 60, 10, 0.001, 0.02, FOREST);

    private static List<Update> run(AnomalyStreamSettings settings, double[][] columns) {
        AnomalyStream stream = AnomalyStream.of(columns.length, settings);
        List<Update> updates = new ArrayList<>();
        for (int r = 0; r < columns[0].length; r++) {
            updates.add(stream.accept(row(columns, r)));
        }
        return updates;
    }

    private static double[] row(double[][] columns, int r) {
        return Arrays.stream(columns).mapToDouble(column -> column[r]).toArray();
    }

    @Test
    void eachScoreIsThatOfAForestOnTheRowsBefore() {
        double[][] columns = IsolationForestTest.gaussian(3, 700, 51);
        List<Update> updates = run(SETTINGS, columns);
        int fits = 0;
        IsolationForestModel model = IsolationForest.fit(new double[3][1], 1, FOREST);
        double threshold = Double.NaN;
        for (int r = 0; r < 700; r++) {
            Update update = updates.get(r);
            assertThat(Double.valueOf(update.threshold())).isEqualTo(Double.valueOf(threshold));
            if (fits == 0) {
                assertThat(update.score()).isNaN();
            } else {
                assertThat(update.score()).isEqualTo(model.score(row(columns, r)));
                assertThat(update.anomaly()).isEqualTo(update.score() > threshold);
            }
            if (update.refit().isPresent()) {
                int from = Math.max(0, r + 1 - 300);
                double[][] window = new double[3][];
                for (int f = 0; f < 3; f++) {
                    window[f] = Arrays.copyOfRange(columns[f], from, r + 1);
                }
                model = IsolationForest.fit(window, r + 1 - from, FOREST.withSeed(Seeds.derive(9, fits++)));
                double[] scores = new double[r + 1 - from];
                model.score(window, 0, scores.length, scores);
                threshold = org.lama.core.math.Quantiles.of(scores, 0.98);
            }
        }
        assertThat(updates.get(99).refit()).contains(Refit.FIRST);
        assertThat(fits).isGreaterThanOrEqualTo(4);
    }

    @Test
    void changingTheFutureLeavesThePastAsItWas() {
        double[][] columns = IsolationForestTest.gaussian(2, 500, 52);
        List<Update> full = run(SETTINGS, columns);
        for (int r = 380; r < 500; r++) {
            columns[0][r] = -50;
        }
        assertThat(run(SETTINGS, columns).subList(0, 380)).isEqualTo(full.subList(0, 380));
        assertThat(run(SETTINGS, columns)).as("two runs").isEqualTo(run(SETTINGS, columns));
    }

    @Test
    void shiftOfTheScoresRenewsTheForestBeforeTheSchedule() {
        double[][] columns = IsolationForestTest.gaussian(2, 700, 53);
        for (int r = 400; r < 700; r++) {
            columns[0][r] += 4;
            columns[1][r] *= 3;
        }
        AnomalyStreamSettings slow = new AnomalyStreamSettings(300, 300, 10_000, 60, 10, 0.001, 0.02, FOREST);
        List<Update> updates = run(slow, columns);
        int drift = 0;
        while (!updates.get(drift).refit().equals(Optional.of(Refit.DRIFT))) {
            drift++;
        }
        // at the latest when all 60 recent scores come from the other regime
        assertThat(drift).isBetween(400, 460);
        double critical = Math.sqrt(-Math.log(0.001 / 2) / 2 * (300 + 60.0) / (300 * 60.0));
        assertThat(ScoreDrift.critical(0.001, 300, 60)).isCloseTo(critical, within(1e-15));
        assertThat(updates.get(drift).drift()).isGreaterThan(critical);
        AnomalyStreamSettings never = new AnomalyStreamSettings(300, 300, 10_000, 60, 10, 0, 0.02, FOREST);
        assertThat(run(never, columns)).noneMatch(update -> update.refit().equals(Optional.of(Refit.DRIFT)));
    }

    @Test
    void independentRowsOfOneDistributionSeldomDrift() {
        double[][] columns = IsolationForestTest.gaussian(2, 6_000, 54);
        List<Update> updates = run(SETTINGS, columns);
        long checks =
                updates.stream().filter(update -> !Double.isNaN(update.drift())).count();
        long alarms = updates.stream()
                .filter(update -> update.refit().equals(Optional.of(Refit.DRIFT)))
                .count();
        long scheduled = updates.stream()
                .filter(update -> update.refit().equals(Optional.of(Refit.SCHEDULE)))
                .count();
        assertThat(checks).isGreaterThan(300);
        assertThat(alarms).isLessThanOrEqualTo(checks / 50); // level 0.001; overlapping samples alarm in runs
        assertThat(scheduled).isGreaterThan(30);
    }

    @Test
    void rowsWithGapsAreTreatedAsTheForestSays() {
        double[][] columns = IsolationForestTest.gaussian(2, 200, 55);
        AnomalyStream skipping = AnomalyStream.of(2, SETTINGS);
        for (int r = 0; r < 150; r++) {
            skipping.accept(row(columns, r));
        }
        Update skipped = skipping.accept(new double[] {Double.NaN, 1});
        assertThat(skipped.score()).isNaN();
        assertThat(skipped.anomaly()).isFalse();
        assertThat(skipped.refit()).isEmpty();
        AnomalyStream plain = AnomalyStream.of(2, SETTINGS);
        for (int r = 0; r < 150; r++) {
            plain.accept(row(columns, r));
        }
        assertThat(skipping.accept(row(columns, 150))).isEqualTo(plain.accept(row(columns, 150)));
        AnomalyStream branching = AnomalyStream.of(
                2, new AnomalyStreamSettings(300, 100, 150, 60, 10, 0.001, 0.02, FOREST.withMissing(Missing.BRANCH)));
        for (int r = 0; r < 150; r++) {
            branching.accept(new double[] {r % 7 == 0 ? Double.NaN : columns[0][r], columns[1][r]});
        }
        assertThat(branching.accept(new double[] {Double.NaN, 1}).score()).isBetween(0.0, 1.0);
        AnomalyStream refusing = AnomalyStream.of(
                2, new AnomalyStreamSettings(300, 100, 150, 60, 10, 0.001, 0.02, FOREST.withMissing(Missing.REFUSE)));
        assertThatThrownBy(() -> refusing.accept(new double[] {Double.NaN, 1})).hasMessageContaining("must not be NaN");
    }

    @Test
    void constantRowsAreNeverAnomalies() {
        AnomalyStream stream = AnomalyStream.of(1, SETTINGS);
        for (int r = 0; r < 400; r++) {
            Update update = stream.accept(new double[] {7});
            assertThat(update.anomaly()).isFalse();
            assertThat(update.drift())
                    .satisfiesAnyOf(
                            d -> assertThat(d).isNaN(), d -> assertThat(d).isZero());
        }
        assertThat(stream.fits()).isEqualTo(3);
        assertThat(stream.model()).isPresent();
        assertThat(AnomalyStream.of(1, SETTINGS).model()).isEmpty();
    }

    @Test
    void driftStatisticIsTheLargestGapOfTheDistributions() {
        assertThat(ScoreDrift.statistic(new double[] {1, 2, 3, 4}, new double[] {9, 8, 7}))
                .isEqualTo(1);
        assertThat(ScoreDrift.statistic(new double[] {1, 2, 3, 4}, new double[] {4, 3, 2, 1}))
                .isZero();
        // scipy 1.17.1 ks_2samp([1, 2, 2, 3, 5], [2, 2.5, 4, 6]).statistic
        assertThat(ScoreDrift.statistic(new double[] {1, 2, 2, 3, 5}, new double[] {4, 2, 6, 2.5}))
                .isCloseTo(0.35, within(1e-15));
    }

    @Test
    void settingsAndShapesAreChecked() {
        assertThat(AnomalyStreamSettings.defaults().window()).isEqualTo(2_000);
        assertThatThrownBy(() -> new AnomalyStreamSettings(300, 301, 150, 60, 10, 0.001, 0.02, FOREST))
                .hasMessageContaining("minimumRows must be in");
        assertThatThrownBy(() -> new AnomalyStreamSettings(300, 100, 50, 60, 10, 0.001, 0.02, FOREST))
                .hasMessageContaining("recent must be <= refitEvery, 50, got 60");
        assertThatThrownBy(() -> new AnomalyStreamSettings(300, 100, 150, 60, 10, 0.6, 0.02, FOREST))
                .hasMessageContaining("driftLevel must be in");
        AnomalyStream stream = AnomalyStream.of(2, SETTINGS);
        assertThatThrownBy(() -> stream.accept(new double[3])).hasMessage("row must have 2 values, got 3");
        assertThatThrownBy(() -> stream.accept(new double[] {1, Double.NEGATIVE_INFINITY}))
                .hasMessage("values must be finite, got -Infinity in column 1");
        assertThatThrownBy(() -> AnomalyStream.of(0, SETTINGS)).hasMessage("features must be >= 1, got 0");
    }
}
