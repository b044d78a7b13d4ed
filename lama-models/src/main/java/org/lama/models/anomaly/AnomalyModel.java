package org.lama.models.anomaly;

import java.util.Arrays;
import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.features.BarFeatures;
import org.lama.core.features.BookFeatures;
import org.lama.core.math.Quantiles;
import org.lama.core.search.SequentialTaskExecutor;
import org.lama.core.series.Frame;
import org.lama.core.signal.FitContext;
import org.lama.core.signal.FitStatus;
import org.lama.core.signal.Scorer;
import org.lama.core.signal.SignalModel;
import org.lama.models.anomaly.IsolationForestOptions.Missing;

/**
 * Says how unusual the market of one symbol is now, by an isolation forest over causal features. With the order book's
 * columns present in at least half of the training window it reads the book ({@link AnomalyProfile#BOOK}), otherwise the
 * bars ({@link AnomalyProfile#BAR}). Spread, depths and volatility of a book enter by their logarithm, so that an empty book
 * is far from a usual one. Features are standardised by mean and standard deviation of the training window; the threshold is the (1 - contamination) quantile of the training scores.
 *
 * <p>With score s, threshold θ and excess e = clamp((s - θ) / (1 - θ), 0, 1), a row is an anomaly if s &gt; θ, and
 *
 * <pre>sizeMultiplier = (1 - e / 2) · (anomaly ? 1/2 : 1)</pre>
 *
 * <p>An anomaly has no direction, so the role is RISK. Where the profile holds a signed book feature the role is
 * DIRECTIONAL with the value sign(z of the imbalance) · e and the same size multiplier; its confidence is the share of
 * complete training rows while e &gt; 0, else 0: without an excess there is no opinion. By
 * {@link AnomalySettings.Direction#BY_FLOW} the sign is that of the order-flow imbalance.
 *
 * <p>A row with a missing feature has no valid signal. Of a book only spread, sizes of the best level and the signed feature must
 * be there: another that does not exist, such as the slope of a depth of 0, counts as usual, and such rows are scored but not
 * learned from. With too few complete rows the fit ends with a status that is not OK and no signal is valid; where the
 * deadline comes, the trees grown so far make the forest, and the status says so. Immutable
 * and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class AnomalyModel implements SignalModel {
    private final AnomalySettings settings;
    private final BarFeatures barFeatures = BarFeatures.defaults();
    private final BookFeatures bookFeatures = BookFeatures.defaults();

    private AnomalyModel(AnomalySettings settings) {
        this.settings = settings;
    }

    /**
     * A model with given settings.
     *
     * @param settings the settings
     * @return the model, not fitted yet
     */
    public static AnomalyModel of(AnomalySettings settings) {
        return new AnomalyModel(Check.notNull(settings, "settings"));
    }

    @Override
    public String name() {
        String by = switch (settings.direction()) {
            case WHERE_SIGNED -> "anomaly";
            case BY_FLOW -> "anomaly-flow";
            case NEVER -> "anomaly-risk";
        };
        return settings.logarithms() ? by : by + "-plain";
    }

    @Override
    public Frame indicators(Frame bars) {
        return bookFeatures.addTo(barFeatures.addTo(bars));
    }

    @Override
    public Scorer fit(Frame train, FitContext context) {
        AnomalyProfile profile = AnomalyProfile.of(train);
        List<String> features = profile.features(train);
        double[][] columns = new double[features.size()][];
        for (int f = 0; f < columns.length; f++) {
            String name = features.get(f);
            columns[f] = train.column(name).toArray();
            for (int r = 0; r < train.size(); r++) {
                columns[f][r] = AnomalyInputs.shaped(
                        name, columns[f][r], settings.logarithms() && profile == AnomalyProfile.BOOK);
            }
        }
        boolean[] complete = completeRows(columns, train.size());
        AnomalyInputs inputs = AnomalyInputs.of(profile, features, settings, train.size(), count(complete));
        if (features.isEmpty() || inputs.usable() < settings.minimumRows()) {
            return AnomalyScorer.failed(inputs, settings.minimumRows());
        }
        Standardisation scale = Standardisation.of(columns, complete, inputs.usable());
        double[][] partial = partialRows(inputs, columns, complete, scale);
        scale.apply(columns, complete);
        IsolationForestModel forest = IsolationForest.fit(
                columns, train.size(), options(context), context.deadline(), SequentialTaskExecutor.create());
        double[] scores = new double[train.size()];
        forest.score(columns, 0, scores.length, scores);
        double threshold = Quantiles.of(scores, 1 - settings.contamination());
        AnomalyRule rule = new AnomalyRule(scale, forest, threshold);
        double[] signal = trainingSignal(inputs, rule, columns, scores);
        for (int r = 0; r < signal.length; r++) {
            if (partial[r].length > 0 && inputs.directional()) {
                signal[r] = Math.signum(partial[r][inputs.signed()]) * rule.excess(forest.score(partial[r]));
            }
        }
        return new AnomalyScorer(inputs, rule, signal, status(forest.trees()));
    }

    private FitStatus status(int grown) {
        return grown == settings.trees()
                ? FitStatus.ok(grown, Double.NaN)
                : new FitStatus(
                        FitStatus.Outcome.TIMEOUT,
                        grown,
                        Double.NaN,
                        "the deadline came after " + grown + " of " + settings.trees() + " trees");
    }

    private IsolationForestOptions options(FitContext context) {
        return new IsolationForestOptions(settings.trees(), settings.sampleSize(), context.seed(), Missing.SKIP);
    }

    private static double[] trainingSignal(
            AnomalyInputs inputs, AnomalyRule rule, double[][] columns, double[] scores) {
        double[] signal = new double[scores.length];
        for (int r = 0; r < signal.length; r++) {
            signal[r] = inputs.directional()
                    ? Math.signum(columns[inputs.signed()][r]) * rule.excess(scores[r])
                    : Double.NaN;
        }
        return signal;
    }

    /** Standardised rows that lack something that is not needed; empty arrays for all others. */
    private static double[][] partialRows(
            AnomalyInputs inputs, double[][] columns, boolean[] complete, Standardisation scale) {
        double[][] partial = new double[complete.length][];
        for (int r = 0; r < partial.length; r++) {
            boolean enough = !complete[r];
            for (int f = 0; f < columns.length; f++) {
                enough &= !inputs.isNeeded(f) || Double.isFinite(columns[f][r]);
            }
            partial[r] = new double[enough ? columns.length : 0];
            for (int f = 0; f < partial[r].length; f++) {
                partial[r][f] = scale.standardiseOrUsual(f, columns[f][r]);
            }
        }
        return partial;
    }

    private static boolean[] completeRows(double[][] columns, int rows) {
        boolean[] complete = new boolean[rows];
        Arrays.fill(complete, columns.length > 0);
        for (double[] column : columns) {
            for (int r = 0; r < rows; r++) {
                complete[r] &= Double.isFinite(column[r]);
            }
        }
        return complete;
    }

    private static int count(boolean[] complete) {
        int count = 0;
        for (boolean row : complete) {
            count += row ? 1 : 0;
        }
        return count;
    }
}
