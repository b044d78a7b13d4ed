package org.lama.models.anomaly;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.math.Quantiles;
import org.lama.core.search.SequentialTaskExecutor;
import org.lama.core.series.Frame;
import org.lama.core.signal.FitContext;
import org.lama.core.signal.FitStatus;
import org.lama.core.signal.ModelSummary;
import org.lama.core.signal.ModelTool;
import org.lama.models.anomaly.IsolationForestOptions.Missing;

/**
 * Isolation forests for the command line and notebooks. {@code fit} and {@code score} both rate every row; {@code score} with
 * {@code model=F} rates by a saved forest, anything else fits one to the rows themselves, without their label. Options:
 *
 * <ul>
 *   <li>{@code columns=a,b}: features (default: all columns but the label, or those of the saved forest, which
 *       may be named in any order and no others)
 *   <li>{@code label=C}: 1 = anomaly, 0 = usual, NaN = unknown; adds {@code auroc} and {@code averagePrecision}
 *   <li>{@code trees} (100), {@code sample} (256), {@code seed} (the context's), {@code depth-limit} (0: the usual one)
 *   <li>{@code variant=standard|extended}, {@code features-per-split} (2, extended only)
 *   <li>{@code scoring=depth|density|boxed-density}, {@code missing=refuse|skip|median|branch}
 *   <li>{@code contamination} (0.01): share of the rows of the fit that lie above {@code threshold}
 *   <li>{@code top} (10): rows whose scores are explained in the vectors {@code topRows} (from 1), {@code topScores} and
 *       {@code attribution[NAME]} for each column, see {@link Attribution}, and in the notes
 *   <li>{@code model-out=F} ({@code fit} only) and {@code model=F} ({@code score} only): see {@link SavedForest}
 * </ul>
 *
 * <p>Vector {@code scores} holds one score per row, NaN where a row is skipped. Stateless and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class AnomalyTool implements ModelTool {
    /** The tool. */
    public AnomalyTool() {}

    @Override
    public String name() {
        return "anomaly";
    }

    @Override
    public List<Action> actions() {
        return List.of(Action.FIT, Action.SCORE);
    }

    /**
     * {@inheritDoc}
     *
     * @throws UncheckedIOException if the forest's file cannot be written or read, or is not one
     */
    @Override
    public ModelSummary run(Action action, Request request) {
        Check.that(actions().contains(action), name() + " can " + actions() + ", not " + action);
        AnomalyRequest asked = AnomalyRequest.of(action, request.options());
        try {
            return asked.model().isEmpty()
                    ? fit(asked, request.data(), request.context())
                    : score(asked, request.data());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure.getMessage(), failure);
        }
    }

    private static ModelSummary fit(AnomalyRequest asked, Frame data, FitContext context) throws IOException {
        IsolationForestOptions options = asked.forest(context.seed());
        List<String> names = asked.featuresOf(data);
        double[][] columns = columns(data, names, options.missing());
        if (usableRows(columns, data.size(), options.missing()) == 0) {
            return nothing(data.size(), options);
        }
        IsolationForestModel model =
                IsolationForest.fit(columns, data.size(), options, context.deadline(), SequentialTaskExecutor.create());
        double[] scores = scores(model, columns, data.size());
        SavedForest forest = new SavedForest(model, names, Quantiles.of(scores, 1 - asked.contamination()));
        if (!asked.modelOut().isEmpty()) {
            forest.write(Path.of(asked.modelOut()));
        }
        return AnomalyReport.of(forest, columns, scores, asked, data);
    }

    private static ModelSummary score(AnomalyRequest asked, Frame data) throws IOException {
        SavedForest forest = SavedForest.read(Path.of(asked.model()));
        requireColumns(forest.columns(), asked.columns(), data);
        double[][] columns =
                columns(data, forest.columns(), forest.model().options().missing());
        double[] scores = scores(forest.model(), columns, data.size());
        return AnomalyReport.of(forest, columns, scores, asked, data);
    }

    /** A forest knows its features by their names; the order in which they are given does not matter. */
    private static void requireColumns(List<String> grown, List<String> asked, Frame data) {
        Set<String> same = new HashSet<>(grown);
        Check.that(
                asked.isEmpty() || (asked.size() == grown.size() && same.containsAll(asked)),
                "columns must be those of the forest, " + grown + ", in any order, got " + asked);
        Check.that(
                data.columnNames().containsAll(grown),
                "the data must have the columns of the forest, " + grown + ", as numbers, got " + data.columnNames());
    }

    private static double[] scores(IsolationForestModel model, double[][] columns, int rows) {
        double[] scores = new double[rows];
        model.score(columns, 0, rows, scores);
        return scores;
    }

    /** The columns, checked here already: only here they have names. */
    private static double[][] columns(Frame data, List<String> names, Missing missing) {
        double[][] columns = new double[names.size()][];
        for (int f = 0; f < columns.length; f++) {
            columns[f] = data.column(names.get(f)).toArray();
            for (int r = 0; r < columns[f].length; r++) {
                double value = columns[f][r];
                if (Double.isInfinite(value) || (missing == Missing.REFUSE && Double.isNaN(value))) {
                    throw new IllegalArgumentException(
                            "column '" + names.get(f) + "' must hold finite values, got " + value + " in row " + (r + 1)
                                    + (Double.isNaN(value) ? "; choose missing=skip, median or branch" : ""));
                }
            }
        }
        return columns;
    }

    private static int usableRows(double[][] columns, int rows, Missing missing) {
        int usable = rows;
        for (int r = 0; r < rows && missing == Missing.SKIP; r++) {
            for (double[] column : columns) {
                if (Double.isNaN(column[r])) {
                    usable--;
                    break;
                }
            }
        }
        return usable;
    }

    /** What is said where no row is left to learn from. */
    private static ModelSummary nothing(int rows, IsolationForestOptions options) {
        double[] scores = new double[rows];
        Arrays.fill(scores, Double.NaN);
        String reason = "no row is without a missing value: " + rows + " rows were given, missing="
                + options.missing().name().toLowerCase(Locale.ROOT);
        return new ModelSummary(
                        "Isolation forest",
                        new FitStatus(FitStatus.Outcome.FALLBACK_RW, 0, Double.NaN, reason),
                        Map.of("threshold", Double.NaN),
                        List.of(),
                        List.of(reason),
                        new double[0],
                        List.of())
                .with("scores", scores);
    }
}
