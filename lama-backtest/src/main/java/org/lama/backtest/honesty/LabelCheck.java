package org.lama.backtest.honesty;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
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
 * <p>Stateless and thread-safe; deterministic. Cost of a fold: 22 runs, and 1 for each row of
 * the horizon and 1 more.
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
        return run(name, pipeline, bars, labels, List.of(fold), seed);
    }

    /**
     * Checks several folds. A line holds what the first fold with a fault showed, or the first fold if none has one.
     *
     * @param name of the pipeline, for the report
     * @param pipeline what is checked
     * @param bars the rows
     * @param labels one per row, NaN where there is none
     * @param folds borders and horizons, at least one
     * @param seed of the shuffles
     * @return what was found, with the earliest label that was used too early
     */
    public static CheckReport run(
            String name, Pipeline pipeline, Frame bars, double[] labels, List<Fold> folds, long seed) {
        Check.that(!folds.isEmpty(), "folds must not be empty");
        for (Fold fold : folds) {
            Check.that(
                    labels.length == bars.size() && fold.border() + 20 <= bars.size(),
                    "labels must have " + bars.size() + " rows like the bars, at least 20 of them from the border "
                            + fold.border() + " on, got " + labels.length);
        }
        List<Line> lines = new ArrayList<>();
        List<Leak> leaks = new ArrayList<>();
        long compared = 0;
        for (Fold fold : folds) {
            FoldRun run = new FoldRun(pipeline, bars, labels, fold);
            merge(lines, run.lines(seed));
            run.leak().ifPresent(leaks::add);
            compared += bars.size() - (long) fold.border();
        }
        return new CheckReport(name, lines, leaks.subList(0, Math.min(1, leaks.size())), compared);
    }

    /** A fault stands before what was found elsewhere; runs add up. */
    private static void merge(List<Line> lines, List<Line> more) {
        for (int i = 0; i < more.size(); i++) {
            Line next = more.get(i);
            if (lines.size() <= i) {
                lines.add(next);
            } else {
                Line known = lines.get(i);
                boolean worse = known.outcome() != Outcome.FAILED && next.outcome() == Outcome.FAILED;
                Line shown = worse ? next : known;
                lines.set(i, new Line(shown.check(), shown.outcome(), known.runs() + next.runs(), shown.words()));
            }
        }
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

    /** One fold. */
    private static final class FoldRun {
        private final Pipeline pipeline;
        private final Frame bars;
        private final double[] labels;
        private final Fold fold;
        private final double[] truth;
        private int early = -1;

        FoldRun(Pipeline pipeline, Frame bars, double[] labels, Fold fold) {
            this.pipeline = pipeline;
            this.bars = bars;
            this.labels = labels;
            this.fold = fold;
            this.truth = predict(labels);
            Check.that(truth.length == bars.size(), "predict must give " + bars.size() + " rows, got " + truth.length);
        }

        private double[] predict(double[] given) {
            return pipeline.predict(bars, given.clone(), fold.border());
        }

        List<Line> lines(long seed) {
            boolean repeats = same(predict(labels));
            Line repeat = new Line(
                    "REPEAT",
                    repeats ? Outcome.PASSED : Outcome.FAILED,
                    1,
                    repeats ? "the same labels give the same predictions" : "predictions differ");
            return List.of(repeat, overlap(), shuffled(seed));
        }

        private boolean same(double[] other) {
            int from = fold.border();
            return other.length == truth.length && Arrays.equals(truth, from, truth.length, other, from, other.length);
        }

        /** Changes each label that is not known at the border and lies before it, the earliest first, then all after it. */
        private Line overlap() {
            int first = Math.max(0, fold.border() - fold.horizon());
            int runs = 0;
            for (int row = first; row <= fold.border(); row++) {
                double[] other = labels.clone();
                int to = row == fold.border() ? labels.length : row + 1;
                for (int i = row; i < to; i++) {
                    other[i] = -1000 * (Double.isNaN(other[i]) || other[i] == 0 ? 1 : other[i]);
                }
                runs++;
                if (matters(other)) {
                    early = row;
                    return new Line("LABEL_OVERLAP", Outcome.FAILED, runs, overlap(row));
                }
            }
            return new Line("LABEL_OVERLAP", Outcome.PASSED, runs, "no label was used before it was known");
        }

        /** A pipeline that refuses a label it may not know has looked at it. */
        private boolean matters(double[] other) {
            try {
                return !same(predict(other));
            } catch (RuntimeException refused) {
                return true;
            }
        }

        private String overlap(int row) {
            long ahead = (long) row + fold.horizon() - (fold.border() - 1);
            return "predictions from " + open(fold.border()) + " on used the label of " + open(row)
                    + ", which is known " + ahead + (ahead == 1 ? " bar" : " bars")
                    + " after the last bar of training: purge " + fold.horizon()
                    + (fold.horizon() == 1 ? " row" : " rows") + " before the border";
        }

        private Instant open(int row) {
            return TimeIndex.instant(bars.index().at(row));
        }

        /** Of the fold's first prediction, decided at the close of the last bar of training. */
        Optional<Leak> leak() {
            if (early < 0) {
                return Optional.empty();
            }
            int decision = fold.border() - 1;
            int known = Math.min(early + fold.horizon(), bars.size() - 1);
            CallSite code = CallSite.of(pipeline.getClass(), "predict");
            return Optional.of(new Leak(
                    "LABEL_OVERLAP",
                    Leak.Cause.VALUE,
                    open(decision),
                    "prediction",
                    bars.symbol(),
                    Optional.of(new Leak.Cell(
                            "label",
                            bars.symbol(),
                            open(early),
                            open(early),
                            (long) early - decision,
                            TimeIndex.instant(bars.availableAt(known)),
                            true)),
                    Optional.of(code),
                    Optional.of(code)));
        }

        private Line shuffled(long seed) {
            double[] skills = new double[SHUFFLES];
            for (int k = 0; k < SHUFFLES; k++) {
                skills[k] = skill(predict(shuffledLabels(Seeds.rng(seed, k))));
            }
            double mean = Arrays.stream(skills).average().orElse(Double.NaN);
            if (Double.isNaN(mean)) {
                return new Line("SHUFFLED", Outcome.NOT_RUN, SHUFFLES, "predictions or labels do not vary");
            }
            double variance =
                    Arrays.stream(skills).map(v -> (v - mean) * (v - mean)).sum() / (SHUFFLES - 1);
            double error = Math.sqrt(variance / SHUFFLES);
            boolean keeps = mean > Math.max(CRITICAL * error, 2 / Math.sqrt(labels.length - fold.border()));
            return new Line(
                    "SHUFFLED",
                    keeps ? Outcome.FAILED : Outcome.PASSED,
                    SHUFFLES,
                    String.format(
                            Locale.ROOT,
                            "correlation with the labels %.3f; with shuffled ones %.3f ± %.3f%s",
                            skill(truth),
                            mean,
                            2 * error,
                            keeps ? ": the skill does not come from the labels it was given" : ""));
        }

        /** Rows without a label stay without one. */
        private double[] shuffledLabels(Rng rng) {
            int[] there = IntStream.range(0, labels.length)
                    .filter(row -> !Double.isNaN(labels[row]))
                    .toArray();
            double[] other = labels.clone();
            for (int i = there.length - 1; i > 0; i--) {
                int j = rng.nextInt(i + 1);
                double swap = other[there[i]];
                other[there[i]] = other[there[j]];
                other[there[j]] = swap;
            }
            return other;
        }

        private double skill(double[] predictions) {
            return ModelCheck.correlation(
                    Arrays.copyOfRange(predictions, fold.border(), predictions.length),
                    Arrays.copyOfRange(labels, fold.border(), labels.length))[0];
        }
    }
}
