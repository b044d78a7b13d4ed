package org.lama.models.anomaly;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.lama.core.base.Check;
import org.lama.core.series.Frame;
import org.lama.core.signal.FitStatus;
import org.lama.core.signal.ModelSummary;

/** The summary of a scored frame: scores, threshold, ranking by label, and why the top rows, counted from 1, stand out. */
final class AnomalyReport {
    private static final int FEATURES_IN_NOTE = 3;

    private AnomalyReport() {}

    static ModelSummary of(SavedForest forest, double[][] columns, double[] scores, AnomalyRequest asked, Frame data) {
        IsolationForestModel model = forest.model();
        int[] top = top(scores, asked.top());
        double[][] parts = new double[columns.length][top.length];
        List<String> notes = new ArrayList<>();
        for (int i = 0; i < top.length; i++) {
            double[] row = new double[columns.length];
            for (int f = 0; f < row.length; f++) {
                row[f] = columns[f][top[i]];
            }
            double[] contributions = model.explain(row).contributions();
            for (int f = 0; f < row.length; f++) {
                parts[f][i] = contributions[f];
            }
            notes.add(note(top[i] + 1, scores[top[i]], forest.columns(), contributions));
        }
        ModelSummary summary = new ModelSummary(
                        title(model),
                        status(model),
                        values(forest, scores, asked, data),
                        List.of(),
                        notes,
                        new double[0],
                        List.of())
                .with("scores", scores)
                .with("topRows", IntStream.of(top).mapToDouble(r -> r + 1.0).toArray())
                .with("topScores", IntStream.of(top).mapToDouble(r -> scores[r]).toArray());
        for (int f = 0; f < parts.length; f++) {
            summary = summary.with("attribution[" + forest.columns().get(f) + "]", parts[f]);
        }
        return summary;
    }

    private static String title(IsolationForestModel model) {
        IsolationForestOptions options = model.options();
        return String.format(
                Locale.ROOT,
                "Isolation forest (%s, %s scoring)",
                options.featuresPerSplit() == 1 ? "standard" : "extended, " + options.featuresPerSplit() + " features",
                options.scoring().name().toLowerCase(Locale.ROOT).replace('_', ' '));
    }

    private static FitStatus status(IsolationForestModel model) {
        int asked = model.options().trees();
        return model.trees() == asked
                ? FitStatus.ok(asked, Double.NaN)
                : new FitStatus(
                        FitStatus.Outcome.TIMEOUT,
                        model.trees(),
                        Double.NaN,
                        "the deadline came after " + model.trees() + " of " + asked + " trees");
    }

    private static Map<String, Double> values(SavedForest forest, double[] scores, AnomalyRequest asked, Frame data) {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("threshold", forest.threshold());
        if (!asked.label().isEmpty()) {
            Ranking ranking = Ranking.of(scores, labels(data, asked.label()));
            values.put("auroc", ranking.auroc());
            values.put("averagePrecision", ranking.averagePrecision());
        }
        int above = 0;
        int scored = 0;
        for (double score : scores) {
            above += score > forest.threshold() ? 1 : 0;
            scored += Double.isNaN(score) ? 0 : 1;
        }
        values.put("anomalies", (double) above);
        values.put("nobs", (double) scored);
        values.put("trees", (double) forest.model().trees());
        values.put("sampleSize", (double) forest.model().sampleSize());
        return values;
    }

    /** The labels, checked here already: only here rows have a reader who counts from 1. */
    private static double[] labels(Frame data, String name) {
        double[] labels = data.column(name).toArray();
        for (int r = 0; r < labels.length; r++) {
            double label = labels[r];
            Check.that(
                    label == 0 || label == 1 || Double.isNaN(label),
                    "labels must be 0 or 1 (1 = anomaly), column '" + name + "' has " + label + " in row " + (r + 1));
        }
        return labels;
    }

    /** The rows of the highest scores, the earlier one first among equals. */
    private static int[] top(double[] scores, int most) {
        return IntStream.range(0, scores.length)
                .filter(r -> !Double.isNaN(scores[r]))
                .boxed()
                .sorted((a, b) -> Double.compare(scores[b], scores[a]))
                .limit(most)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static String note(int row, double score, List<String> names, double[] contributions) {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "row %d: score %.4f by", row, score));
        IntStream.range(0, contributions.length)
                .boxed()
                .sorted((a, b) -> Double.compare(contributions[b], contributions[a]))
                .limit(FEATURES_IN_NOTE)
                .forEach(f -> text.append(String.format(Locale.ROOT, " %s %+.2f", names.get(f), contributions[f])));
        return text.toString();
    }
}
