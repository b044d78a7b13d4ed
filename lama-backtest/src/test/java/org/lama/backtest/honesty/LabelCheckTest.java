package org.lama.backtest.honesty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.lama.backtest.engine.Markets;
import org.lama.backtest.honesty.CheckReport.Outcome;
import org.lama.backtest.honesty.LabelCheck.Fold;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.series.Frame;

class LabelCheckTest {
    private static final int ROWS = 400;
    private static final int BORDER = 250;
    private static final int HORIZON = 3;
    private static final Frame BARS;
    private static final double[] LABELS = new double[ROWS];

    // a feature that foretells half of the label
    static {
        double[] feature = new double[ROWS];
        Rng rng = Seeds.rng(7, 0);
        for (int i = 0; i < ROWS; i++) {
            feature[i] = rng.nextGaussian();
            LABELS[i] = feature[i] + rng.nextGaussian();
        }
        double[] price = new double[ROWS];
        Arrays.fill(price, 100);
        BARS = Markets.frame("A", price, price).with("feature", feature);
    }

    /** Least squares through the origin on the rows before the border less a purge. */
    private static LabelCheck.Pipeline regression(int purge) {
        return (bars, labels, border) -> {
            double[] x = bars.column("feature").toArray();
            double xy = 0;
            double xx = 0;
            for (int i = 0; i < border - purge; i++) {
                xy += x[i] * labels[i];
                xx += x[i] * x[i];
            }
            double slope = xy / xx;
            return Arrays.stream(x).map(v -> slope * v).toArray();
        };
    }

    private static CheckReport check(LabelCheck.Pipeline pipeline) {
        return LabelCheck.run("regression", pipeline, BARS, LABELS, new Fold(BORDER, HORIZON), 3);
    }

    @Test
    void aPurgedPipelineThatLearnsPassesAndLosesItsSkillWithShuffledLabels() {
        CheckReport report = check(regression(HORIZON));
        assertThat(report.passed()).as(report.explain()).isTrue();
        assertThat(report.line("SHUFFLED").words()).contains("correlation with the labels 0.7");
    }

    @Test
    void labelsThatOverlapTheBorderAreNamedWithTheirRow() {
        CheckReport report = check(regression(HORIZON - 1));
        assertThat(report.line("LABEL_OVERLAP").outcome()).isEqualTo(Outcome.FAILED);
        // the label of row 247 is known at the close of row 250, one bar after the last of training
        assertThat(report.line("LABEL_OVERLAP").words())
                .contains("used the label of " + java.time.Instant.EPOCH.plusSeconds(247 * 86_400L))
                .contains("known 1 bar after the last bar of training: purge 3 rows");
        assertThat(report.line("SHUFFLED").outcome()).isEqualTo(Outcome.PASSED);
    }

    @Test
    void aPipelineThatTrainsOnTheTestRowsIsCaught() {
        assertThat(check((bars, labels, border) -> regression(0).predict(bars, labels, labels.length))
                        .line("LABEL_OVERLAP")
                        .outcome())
                .isEqualTo(Outcome.FAILED);
    }

    @Test
    void aPipelineThatTakesItsSkillFromElsewhereKeepsItWithShuffledLabels() {
        double[] known = LABELS.clone();
        CheckReport report = check((bars, labels, border) -> known);
        assertThat(report.line("LABEL_OVERLAP").outcome()).isEqualTo(Outcome.PASSED);
        assertThat(report.line("SHUFFLED").outcome()).isEqualTo(Outcome.FAILED);
        assertThat(report.line("SHUFFLED").words()).contains("does not come from the labels");
        assertThat(report.passed()).isFalse();
    }

    @Test
    void constantPredictionsCannotBeJudged() {
        assertThat(check((bars, labels, border) -> new double[ROWS])
                        .line("SHUFFLED")
                        .outcome())
                .isEqualTo(Outcome.NOT_RUN);
    }

    @Test
    void randomPipelinesFailTheRepetition() {
        double[] calls = {0};
        CheckReport report = check((bars, labels, border) -> {
            double[] out = new double[ROWS];
            Arrays.fill(out, ++calls[0]);
            return out;
        });
        assertThat(report.line("REPEAT").outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void shapesAreChecked() {
        assertThatThrownBy(
                        () -> LabelCheck.run("short", regression(0), BARS, new double[3], new Fold(BORDER, HORIZON), 1))
                .hasMessageContaining("labels must have 400 rows");
        assertThatThrownBy(() -> check((bars, labels, border) -> new double[2])).hasMessageContaining("must give 400");
        assertThatThrownBy(() -> new Fold(0, 1)).hasMessage("border must be >= 1, got 0");
    }
}
