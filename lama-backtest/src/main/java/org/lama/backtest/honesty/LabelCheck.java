package org.lama.backtest.honesty;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.lama.backtest.honesty.CheckReport.Line;
import org.lama.backtest.honesty.CheckReport.Outcome;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.series.Frame;
import org.lama.core.series.TimeIndex;

/**
 * Checks a pipeline that learns from labels given to it: labels that were not known at the border of the fold may not
 * matter, and with shuffled labels the skill must be gone.
 *
 * <p>A label of row r with horizon h is known at the close of row r + h. A pipeline that predicts from row t on may use
 * labels up to row t − 1 − h. Shuffled labels carry no skill, so that over many shuffles the correlation of predictions and
 * labels scatters around 0: null hypothesis of a t-test over the shuffles, one-sided. What keeps its skill takes it from
 * elsewhere than the labels it was given.
 *
 * <p>Stateless and thread-safe; deterministic. Cost: 2 + shuffles runs, and 1 for each label that overlaps.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class LabelCheck {
    /** Upper 0.1 % of Student's t with 19 degrees of freedom. */
    private static final double CRITICAL = 3.579;

    private static final int SHUFFLES = 20;

    private LabelCheck() {}

    /** Learns from labels and predicts. */
    @FunctionalInterface
    public interface Pipeline {
        /**
         * Learns from the rows before a border and predicts from it on.
         *
         * @param bars all rows
         * @param labels one per row; which of them are known at the border is for the pipeline to decide
         * @param border first row that is predicted, at the close of the row before it
         * @return one prediction per row; those before the border are ignored
         */
        double[] predict(Frame bars, double[] labels, int border);
    }

    /**
     * Checks one fold.
     *
     * @param name of the pipeline, for the report
     * @param pipeline what is checked
     * @param bars the rows
     * @param labels one per row, NaN where there is none
     * @param fold border and horizon
     * @param seed of the shuffles
     * @return what was found
     */
    public static CheckReport run(String name, Pipeline pipeline, Frame bars, double[] labels, Fold fold, long seed) {
        Check.that(
                labels.length == bars.size() && fold.border() + 20 <= bars.size(),
                "labels must have " + bars.size() + " rows like the bars, at least 20 of them from the border "
                        + fold.border() + " on, got " + labels.length);
        double[] truth = pipeline.predict(bars, labels.clone(), fold.border());
        Check.that(truth.length == bars.size(), "predict must give " + bars.size() + " rows, got " + truth.length);
        List<Line> lines = new ArrayList<>();
        double[] again = pipeline.predict(bars, labels.clone(), fold.border());
        lines.add(new Line(
                "REPEAT",
                same(truth, again, fold.border()) ? Outcome.PASSED : Outcome.FAILED,
                1,
                same(truth, again, fold.border())
                        ? "the same labels give the same predictions"
                        : "predictions differ"));
        lines.add(overlap(pipeline, bars, labels, fold, truth));
        lines.add(shuffled(pipeline, bars, labels, fold, seed));
        return new CheckReport(name, lines, List.of(), bars.size() - (long) fold.border());
    }

    /**
     * A border in time.
     *
     * @param border first row that is predicted, at least 1
     * @param horizon rows after its own at whose close a label is known, at least 0
     */
    public record Fold(int border, int horizon) {
        /**
         * Checks ranges.
         *
         * @param border first row that is predicted, at least 1
         * @param horizon rows after its own at whose close a label is known, at least 0
         */
        public Fold {
            Check.atLeast(border, 1, "border");
            Check.atLeast(horizon, 0, "horizon");
        }
    }

    private static boolean same(double[] one, double[] other, int from) {
        return other.length == one.length && Arrays.equals(one, from, one.length, other, from, other.length);
    }

    /** Changes each label that is not known at the border and lies before it, the earliest first, then all after it. */
    private static Line overlap(Pipeline pipeline, Frame bars, double[] labels, Fold fold, double[] truth) {
        int first = Math.max(0, fold.border() - fold.horizon());
        int runs = 0;
        for (int row = first; row <= fold.border(); row++) {
            double[] other = labels.clone();
            int to = row == fold.border() ? labels.length : row + 1;
            for (int i = row; i < to; i++) {
                other[i] = -1000 * (Double.isNaN(other[i]) || other[i] == 0 ? 1 : other[i]);
            }
            runs++;
            if (!same(truth, pipeline.predict(bars, other, fold.border()), fold.border())) {
                return new Line("LABEL_OVERLAP", Outcome.FAILED, runs, overlap(bars, row, fold));
            }
        }
        return new Line("LABEL_OVERLAP", Outcome.PASSED, runs, "no label was used before it was known");
    }

    private static String overlap(Frame bars, int row, Fold fold) {
        long ahead = (long) row + fold.horizon() - (fold.border() - 1);
        return "predictions from " + TimeIndex.instant(bars.index().at(fold.border())) + " on used the label of "
                + TimeIndex.instant(bars.index().at(row)) + ", which is known " + ahead
                + (ahead == 1 ? " bar" : " bars") + " after the last bar of training: purge " + fold.horizon()
                + (fold.horizon() == 1 ? " row" : " rows") + " before the border";
    }

    private static Line shuffled(Pipeline pipeline, Frame bars, double[] labels, Fold fold, long seed) {
        double[] skills = new double[SHUFFLES];
        for (int k = 0; k < SHUFFLES; k++) {
            double[] other = labels.clone();
            Rng rng = Seeds.rng(seed, k);
            for (int i = other.length - 1; i > 0; i--) {
                int j = rng.nextInt(i + 1);
                double swap = other[i];
                other[i] = other[j];
                other[j] = swap;
            }
            skills[k] = skill(pipeline.predict(bars, other, fold.border()), labels, fold.border());
        }
        double asGiven = skill(pipeline.predict(bars, labels.clone(), fold.border()), labels, fold.border());
        double mean = Arrays.stream(skills).average().orElse(Double.NaN);
        double variance =
                Arrays.stream(skills).map(v -> (v - mean) * (v - mean)).sum() / (SHUFFLES - 1);
        if (Double.isNaN(mean)) {
            return new Line("SHUFFLED", Outcome.NOT_RUN, SHUFFLES, "predictions or labels do not vary");
        }
        double error = Math.sqrt(variance / SHUFFLES);
        boolean keeps = mean > Math.max(CRITICAL * error, 2 / Math.sqrt(labels.length - fold.border()));
        return new Line(
                "SHUFFLED",
                keeps ? Outcome.FAILED : Outcome.PASSED,
                SHUFFLES + 1,
                String.format(
                        Locale.ROOT,
                        "correlation with the labels %.3f; with shuffled ones %.3f ± %.3f%s",
                        asGiven,
                        mean,
                        2 * error,
                        keeps ? ": the skill does not come from the labels it was given" : ""));
    }

    private static double skill(double[] predictions, double[] labels, int border) {
        return ModelCheck.correlation(
                Arrays.copyOfRange(predictions, border, predictions.length),
                Arrays.copyOfRange(labels, border, labels.length))[0];
    }
}
