package org.lama.models.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.signal.Combiner;
import org.lama.core.signal.Composite;
import org.lama.core.signal.RegimeLabel;

class BayesianSessionTest {
    private static final int ROWS = 20_000;

    private static Combiner.Session open(int members) {
        return Combiners.bayesian(Fixture.EQUAL, BayesianSettings.defaults())
                .open(List.of("a", "b", "c").subList(0, members), 1);
    }

    /** P(up | s) = sigmoid(slope·s); the second member is a copy, the third is noise. */
    private static Combiner.TrainingRows rows(int n, double slope, double shift) {
        double[][] signals = new double[3][n];
        double[] returns = new double[n];
        Rng rng = Seeds.rng(11, n);
        for (int r = 0; r < n; r++) {
            signals[0][r] = 2 * rng.nextDouble() - 1;
            signals[1][r] = signals[0][r];
            signals[2][r] = 2 * rng.nextDouble() - 1;
            returns[r] = rng.nextDouble() < LogisticCalibration.sigmoid(shift + slope * signals[0][r]) ? 0.01 : -0.01;
        }
        return new Combiner.TrainingRows(signals, returns);
    }

    private static Composite ask(Combiner.Session session, double... values) {
        return session.combine(
                java.util.Arrays.stream(values)
                        .mapToObj(v -> Double.isNaN(v) ? Fixture.missing() : Fixture.of(v, 1))
                        .toList(),
                RegimeLabel.NORMAL);
    }

    @Test
    void probabilitiesAreCalibrated() {
        Combiner.Session session = open(3);
        session.train(rows(ROWS, 1.5, 0));
        double expected = 2 * LogisticCalibration.sigmoid(1.5 * 0.6) - 1;
        // Standard error of the slope at 20,000 rows is about 0.03.
        Composite out = ask(session, 0.6, Double.NaN, Double.NaN);
        assertThat(out.signal()).isCloseTo(expected, within(0.04));
        assertThat(out.confidence()).isEqualTo(Math.abs(out.signal()));
    }

    @Test
    void copiesCountOnce() {
        Combiner.Session session = open(3);
        session.train(rows(ROWS, 1.5, 0));
        double one = ask(session, 0.6, Double.NaN, Double.NaN).signal();
        double two = ask(session, 0.6, 0.6, Double.NaN).signal();
        assertThat(two).isCloseTo(one, within(1e-9));
    }

    @Test
    void noiseSaysAlmostNothing() {
        Combiner.Session session = open(3);
        session.train(rows(ROWS, 1.5, 0));
        assertThat(ask(session, Double.NaN, Double.NaN, 1).signal()).isCloseTo(0, within(0.05));
    }

    @Test
    void theBaseRateIsThePrior() {
        Combiner.Session session = open(3);
        session.train(rows(ROWS, 0, 1));
        double expected = 2 * LogisticCalibration.sigmoid(1) - 1;
        assertThat(ask(session, 0, 0, 0).signal()).isCloseTo(expected, within(0.03));
    }

    @Test
    void aMemberThatIsAlwaysWrongIsSilencedNotTurned() {
        Combiner.Session session = open(3);
        session.train(rows(ROWS, -2, 0));
        assertThat(ask(session, 1, Double.NaN, Double.NaN).signal()).isCloseTo(0, within(0.03));
    }

    @Test
    void fewRowsGiveThePriorAndUntrainedIsFlat() {
        Combiner.Session session = open(3);
        assertThat(ask(session, 1, 1, 1).signal()).isZero();
        session.train(rows(99, 5, 3));
        assertThat(ask(session, 1, 1, 1).signal()).isZero();
    }

    @Test
    void perfectSeparationAndOneSidedReturnsStayInsideTheClamp() {
        int n = 500;
        double[][] signals = new double[1][n];
        double[] returns = new double[n];
        for (int r = 0; r < n; r++) {
            signals[0][r] = r < n / 2 ? -1 : 1;
            returns[r] = signals[0][r] * 1e-300;
        }
        Combiner.Session session = open(1);
        session.train(new Combiner.TrainingRows(signals, returns));
        assertThat(ask(session, 1).signal()).isBetween(0.9, 0.96);
        java.util.Arrays.fill(returns, 1e300);
        session.train(new Combiner.TrainingRows(signals, returns));
        assertThat(ask(session, -1).signal()).isCloseTo(0.96, within(1e-12));
    }

    @Test
    void missingInfiniteAndZeroRowsAreSkipped() {
        Combiner.TrainingRows clean = rows(400, 2, 0);
        double[][] signals = new double[3][403];
        double[] returns = new double[403];
        for (int m = 0; m < 3; m++) {
            System.arraycopy(clean.signals()[m], 0, signals[m], 3, 400);
        }
        System.arraycopy(clean.nextReturns(), 0, returns, 3, 400);
        returns[0] = Double.NaN;
        returns[1] = Double.NEGATIVE_INFINITY;
        Combiner.Session one = open(3);
        Combiner.Session two = open(3);
        one.train(clean);
        signals[0][0] = Double.NaN;
        two.train(new Combiner.TrainingRows(signals, returns));
        assertThat(ask(two, 0.5, Double.NaN, 0.2).signal())
                .isCloseTo(ask(one, 0.5, Double.NaN, 0.2).signal(), within(0.01));
    }

    @Test
    void newtonFindsTheStationaryPoint() {
        Combiner.TrainingRows rows = rows(1_000, 3, 0.5);
        double[] up = new double[1_000];
        for (int r = 0; r < up.length; r++) {
            up[r] = rows.nextReturns()[r] > 0 ? 1 : 0;
        }
        LogisticCalibration fit = LogisticCalibration.fit(rows.signals()[0], up, up.length, 0.5, 1);
        double gradient = -fit.slope();
        for (int r = 0; r < up.length; r++) {
            gradient += (up[r] - LogisticCalibration.sigmoid(fit.logOdds(rows.signals()[0][r]))) * rows.signals()[0][r];
        }
        assertThat(gradient).isCloseTo(0, within(1e-8));
    }
}
