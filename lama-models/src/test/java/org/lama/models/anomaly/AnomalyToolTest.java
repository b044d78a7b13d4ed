package org.lama.models.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.core.series.Frame;
import org.lama.core.series.Provenance;
import org.lama.core.series.TimeIndex;
import org.lama.core.signal.FitContext;
import org.lama.core.signal.FitStatus;
import org.lama.core.signal.ModelSummary;
import org.lama.core.signal.ModelTool.Action;
import org.lama.core.signal.ModelTool.Request;
import org.lama.core.signal.Providers;

class AnomalyToolTest {
    private final AnomalyTool tool = new AnomalyTool();

    private static Frame frame(double[][] columns, double[] label) {
        Provenance origin = new Provenance(Provenance.Kind.HISTORICAL, "test", "", "");
        Frame frame = Frame.of("x", TimeIndex.regular(0, 1, label.length), 1, origin);
        for (int f = 0; f < columns.length; f++) {
            frame = frame.with("x" + f, columns[f]);
        }
        return frame.with("label", label);
    }

    private static Frame labelled() {
        double[][] columns = IsolationForestTest.gaussian(3, 600, 31);
        double[] label = new double[600];
        for (int r = 0; r < 600; r += 60) {
            columns[1][r] += 12;
            label[r] = 1;
        }
        return frame(columns, label);
    }

    private ModelSummary run(Action action, Frame data, Map<String, String> options) {
        return tool.run(action, Request.of(data, options, FitContext.backtest(5)));
    }

    private static double[] vector(ModelSummary summary, String name) {
        return Objects.requireNonNull(summary.vectors().get(name), name);
    }

    @Test
    void fitScoresEveryRowAndRanksByTheLabel() {
        ModelSummary summary =
                run(Action.FIT, labelled(), Map.of("label", "label", "contamination", "0.02", "top", "5"));
        assertThat(summary.title()).isEqualTo("Isolation forest (standard, depth scoring)");
        assertThat(vector(summary, "scores")).hasSize(600);
        assertThat(summary.values().get("auroc")).isGreaterThan(0.99);
        assertThat(summary.values().get("averagePrecision")).isGreaterThan(0.95);
        assertThat(summary.values().get("anomalies")).isEqualTo(12);
        assertThat(summary.vectors())
                .containsOnlyKeys(
                        "scores", "topRows", "topScores", "attribution[x0]", "attribution[x1]", "attribution[x2]");
        assertThat(Arrays.stream(vector(summary, "topRows")).boxed())
                .allMatch(r -> r % 60 == 1, "rows count from 1")
                .hasSize(5);
        double[] strongest = vector(summary, "attribution[x1]");
        double[] other = vector(summary, "attribution[x0]");
        for (int i = 0; i < 5; i++) {
            assertThat(strongest[i]).isGreaterThan(other[i]).isPositive();
        }
        assertThat(summary.notes()).hasSize(5).allMatch(note -> note.contains("by x1 +"));
    }

    @Test
    void labelIsNoFeatureAndColumnsCanBeChosen() {
        Frame data = labelled();
        double[] all = vector(run(Action.FIT, data, Map.of("label", "label", "seed", "7")), "scores");
        assertThat(vector(run(Action.SCORE, data, Map.of("columns", "x0, x1,x2", "seed", "7")), "scores"))
                .containsExactly(all);
        assertThat(run(Action.FIT, data, Map.of("columns", "x0", "label", "label"))
                        .values()
                        .get("auroc"))
                .isLessThan(0.8);
        assertThat(run(Action.FIT, data, Map.of("columns", "x0")).values()).doesNotContainKey("auroc");
    }

    @Test
    void savedForestScoresTheSameBits(@TempDir Path folder) {
        Frame data = labelled();
        String file = folder.resolve("forest.bin").toString();
        ModelSummary fitted = run(
                Action.FIT,
                data,
                Map.of("columns", "x0,x1,x2", "variant", "extended", "scoring", "density", "model-out", file));
        ModelSummary scored = run(Action.SCORE, data, Map.of("model", file, "label", "label"));
        assertThat(vector(scored, "scores")).containsExactly(vector(fitted, "scores"));
        assertThat(scored.values().get("threshold")).isEqualTo(fitted.values().get("threshold"));
        assertThat(scored.title()).isEqualTo("Isolation forest (extended, 2 features, density scoring)");
        assertThat(vector(run(Action.SCORE, data, Map.of("model", file, "columns", "x2,x1,x0")), "scores"))
                .as("columns are known by name")
                .containsExactly(vector(fitted, "scores"));
        for (String wrong : List.of("x2,x1", "x0,x1,label", "x0,x1,x2,label")) {
            assertThatThrownBy(() -> run(Action.SCORE, data, Map.of("model", file, "columns", wrong)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("columns must be those of the forest, [x0, x1, x2], in any order, got ["
                            + wrong.replace(",", ", ") + "]");
        }
        Frame renamed = Frame.of("x", data.index(), 1, data.provenance())
                .with("x1", data.column("x1").toArray())
                .with("x0", data.column("x0").toArray())
                .with("other", data.column("x2").toArray());
        assertThatThrownBy(() -> run(Action.SCORE, renamed, Map.of("model", file)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the data must have the columns of the forest, [x0, x1, x2], as numbers, "
                        + "got [x1, x0, other]");
        assertThatThrownBy(() -> run(Action.SCORE, data, Map.of("model", file, "trees", "3")))
                .hasMessageContaining("option 'trees' must be left out with model");
        assertThatThrownBy(() -> run(
                        Action.SCORE,
                        data,
                        Map.of("model", folder.resolve("none").toString())))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("none");
    }

    @Test
    void missingValuesFollowTheOption() {
        double[][] columns = IsolationForestTest.gaussian(2, 100, 3);
        columns[1][17] = Double.NaN;
        Frame data = frame(columns, new double[100]);
        assertThatThrownBy(() -> run(Action.FIT, data, Map.of("label", "label")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "column 'x1' must hold finite values, got NaN in row 18; choose missing=skip, median or branch");
        double[] skipped = vector(run(Action.FIT, data, Map.of("missing", "skip")), "scores");
        assertThat(skipped[17]).isNaN();
        assertThat(vector(run(Action.FIT, data, Map.of("missing", "branch")), "scores")[17])
                .isBetween(0.0, 1.0);
        ModelSummary oneKind = run(Action.FIT, data, Map.of("missing", "median", "label", "label"));
        assertThat(oneKind.values().get("auroc")).isNaN();
        Frame gone = frame(new double[][] {{Double.NaN, Double.NaN}}, new double[2]);
        ModelSummary nothing = run(Action.FIT, gone, Map.of("missing", "skip", "label", "label"));
        assertThat(nothing.status().outcome()).isEqualTo(FitStatus.Outcome.FALLBACK_RW);
        assertThat(vector(nothing, "scores")).containsOnly(Double.NaN).hasSize(2);
        assertThat(run(Action.FIT, frame(new double[1][0], new double[0]), Map.of())
                        .status()
                        .converged())
                .isFalse();
    }

    @Test
    void deadlineLeavesFewerTreesAndSaysSo() {
        FitContext late = new FitContext(5, 100, 100, () -> true);
        ModelSummary summary = tool.run(Action.FIT, Request.of(labelled(), Map.of(), late));
        assertThat(summary.status().outcome()).isEqualTo(FitStatus.Outcome.TIMEOUT);
        assertThat(summary.status().reason()).isEqualTo("the deadline came after 1 of 100 trees");
        assertThat(summary.values().get("trees")).isEqualTo(1);
    }

    @Test
    void wrongOptionsAreNamed() {
        Frame data = labelled();
        assertThatThrownBy(() -> run(Action.FIT, data, Map.of("tree", "5")))
                .hasMessageContaining("did you mean 'trees'");
        assertThatThrownBy(() -> run(Action.FIT, data, Map.of("model", "f")))
                .hasMessageContaining("'model' is not known");
        assertThatThrownBy(() -> run(Action.FIT, data, Map.of("variant", "extendet")))
                .hasMessageContaining("did you mean 'extended'");
        assertThatThrownBy(() -> run(Action.FIT, data, Map.of("contamination", "much")))
                .hasMessage("contamination must be a number, got 'much'");
        assertThatThrownBy(() -> run(Action.FIT, data, Map.of("seed", "x")))
                .hasMessage("seed must be a whole number, got 'x'");
        assertThatThrownBy(() -> run(Action.FIT, data, Map.of("features-per-split", "3")))
                .hasMessageContaining("choose variant=extended");
        assertThatThrownBy(() -> run(Action.FIT, data, Map.of("columns", "x0,x0")))
                .hasMessageContaining("columns must be different");
        assertThatThrownBy(() -> run(Action.FIT, data, Map.of("columns", "x0,,x1")))
                .hasMessageContaining("must not be blank");
        assertThatThrownBy(() -> run(Action.FIT, data, Map.of("columns", "x9"))).hasMessageContaining("x9");
        assertThatThrownBy(() ->
                        run(Action.FIT, data, Map.of("label", "x0")).values().get("auroc"))
                .hasMessageContaining("labels must be 0 or 1")
                .hasMessageEndingWith("in row 1");
        assertThatThrownBy(() -> run(Action.AUTO, data, Map.of()))
                .hasMessageContaining("anomaly can [FIT, SCORE], not AUTO");
        assertThatThrownBy(() -> run(Action.FIT, data, Map.of("variant", "extended", "scoring", "boxed-density")))
                .hasMessageContaining(
                        "scoring=boxed-density needs cuts by one column, got 2 columns per cut; choose variant=standard");
    }

    @Test
    void toolIsFoundByItsName() {
        assertThat(Providers.named(Providers.tools(), "anomaly", "tool")).isInstanceOf(AnomalyTool.class);
    }

    @Test
    void rankingCountsTiesHalfAndGroupsThem() {
        Ranking ranking =
                Ranking.of(new double[] {3, 2, 2, 1, Double.NaN, 9}, new double[] {1, 1, 0, 0, 1, Double.NaN});
        assertThat(ranking.auroc()).isEqualTo(0.875); // pairs: 1, 1, 1/2, 1
        assertThat(ranking.averagePrecision()).isCloseTo(0.5 + 0.5 * 2 / 3, within(1e-15));
        assertThat(ranking.rows()).isEqualTo(4);
        assertThat(ranking.anomalies()).isEqualTo(2);
        assertThat(Ranking.of(new double[] {1, 2}, new double[2]).auroc()).isNaN();
    }
}
