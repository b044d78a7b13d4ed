package org.lama.models.anomaly;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Seeds;
import org.lama.core.math.Quantiles;

/**
 * An isolation forest over a sliding window, row after row. The score of a row comes from a forest fitted on rows before it;
 * the row joins the window afterwards. A fit is renewed
 *
 * <ul>
 *   <li>first, once {@code minimumRows} usable rows are there,
 *   <li>by schedule, {@code refitEvery} rows after the last fit,
 *   <li>by drift: every {@code checkEvery} rows the latest {@code recent} scores since the last fit are compared with the
 *       scores of that fit's own window by the two-sample Kolmogorov-Smirnov statistic D = max |F - F'|, and the fit is renewed
 *       if D exceeds D* = sqrt(-ln(level / 2) / 2) · sqrt((n + m) / (n m)).
 * </ul>
 *
 * <p>D* holds for independent scores. Scores of neighbouring bars depend on each other, so alarms come more often than the
 * level says: read the level as a dial, not as a probability. The comparison needs all {@code recent} scores, so drift is
 * seen that late at the earliest. The same rows give the same bits. A row with a missing value is treated as the forest's
 * options say; under SKIP it scores NaN, does not join the window and counts for no schedule. Mutable, for one thread;
 * O(trees · log ψ) per row, and O(window) scores per fit.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class AnomalyStream {
    private final AnomalyStreamSettings settings;
    /** The window as a ring: row number r lies at r mod window. */
    private final double[][] ring;

    private final double[] recent;
    private @Nullable IsolationForestModel model;
    private double[] reference = new double[0];
    private double threshold = Double.NaN;
    private long rows;
    private int fits;
    private int sinceFit;

    /** Why a forest was fitted. */
    public enum Refit {
        /** The window was long enough for the first time. */
        FIRST,
        /** The schedule said so. */
        SCHEDULE,
        /** The scores drifted. */
        DRIFT
    }

    /**
     * What became of one row.
     *
     * @param score its score by the forest fitted before it, NaN before the first fit or if the row is skipped
     * @param threshold score above which it counts as an anomaly, NaN before the first fit
     * @param anomaly whether the score lies above
     * @param drift the statistic D in [0, 1] if the scores were compared after this row, else NaN
     * @param refit why a forest was fitted after this row, if one was; it scores the next row
     */
    public record Update(double score, double threshold, boolean anomaly, double drift, Optional<Refit> refit) {}

    private AnomalyStream(int features, AnomalyStreamSettings settings) {
        this.settings = settings;
        ring = new double[features][settings.window()];
        recent = new double[settings.recent()];
    }

    /**
     * An empty stream.
     *
     * @param features values of a row, at least 1
     * @param settings window, schedule, drift and forest
     * @return the stream, without a forest until enough rows came
     */
    public static AnomalyStream of(int features, AnomalyStreamSettings settings) {
        return new AnomalyStream(Check.atLeast(features, 1, "features"), Check.notNull(settings, "settings"));
    }

    /**
     * Scores a row, takes it into the window and renews the forest if it is time.
     *
     * @param row one value per feature, finite or NaN; copied
     * @return its score and what happened
     * @throws IllegalArgumentException for a row of another length, an infinite value, or a NaN that the options refuse; the
     *     stream then stands as before
     */
    public Update accept(double[] row) {
        boolean skipped = check(row);
        IsolationForestModel fitted = model;
        double score = skipped || fitted == null ? Double.NaN : fitted.score(row);
        double bar = threshold;
        if (skipped) {
            return new Update(score, bar, false, Double.NaN, Optional.empty());
        }
        int slot = (int) (rows % settings.window());
        for (int f = 0; f < row.length; f++) {
            ring[f][slot] = row[f];
        }
        rows++;
        if (fitted != null) {
            recent[sinceFit % recent.length] = score;
            sinceFit++;
        }
        double drift = drift();
        Optional<Refit> reason = reason(drift);
        if (reason.isPresent()) {
            fit();
        }
        return new Update(score, bar, score > bar, drift, reason);
    }

    /**
     * The forest that scores the next row.
     *
     * @return the forest, empty before the first fit
     */
    public Optional<IsolationForestModel> model() {
        return Optional.ofNullable(model);
    }

    /**
     * How many forests were fitted.
     *
     * @return 0 or more
     */
    public int fits() {
        return fits;
    }

    private boolean check(double[] row) {
        if (row.length != ring.length) {
            throw new IllegalArgumentException("row must have " + ring.length + " values, got " + row.length);
        }
        boolean gap = false;
        for (int f = 0; f < row.length; f++) {
            if (Double.isInfinite(row[f])) {
                throw new IllegalArgumentException("values must be finite, got " + row[f] + " in column " + f);
            }
            gap |= Double.isNaN(row[f]);
        }
        if (gap && settings.forest().missing() == IsolationForestOptions.Missing.REFUSE) {
            throw new IllegalArgumentException("values must not be NaN, got " + Arrays.toString(row)
                    + "; leave the row out or choose the option SKIP, MEDIAN or BRANCH");
        }
        return gap && settings.forest().missing() == IsolationForestOptions.Missing.SKIP;
    }

    private double drift() {
        boolean due = settings.driftLevel() > 0
                && sinceFit >= recent.length
                && (sinceFit - recent.length) % settings.checkEvery() == 0;
        return due ? ScoreDrift.statistic(reference, recent) : Double.NaN;
    }

    private Optional<Refit> reason(double drift) {
        if (model == null) {
            return rows >= settings.minimumRows() ? Optional.of(Refit.FIRST) : Optional.empty();
        }
        double critical = settings.driftLevel() > 0
                ? ScoreDrift.critical(settings.driftLevel(), reference.length, recent.length)
                : Double.NaN;
        if (drift > critical) {
            return Optional.of(Refit.DRIFT);
        }
        return sinceFit >= settings.refitEvery() ? Optional.of(Refit.SCHEDULE) : Optional.empty();
    }

    /** Fits on the window, oldest row first, so that the ring's turn does not matter. */
    private void fit() {
        int n = (int) Math.min(rows, settings.window());
        int oldest = (int) ((rows - n) % settings.window());
        double[][] columns = new double[ring.length][n];
        for (int f = 0; f < columns.length; f++) {
            int tail = Math.min(n, settings.window() - oldest);
            System.arraycopy(ring[f], oldest, columns[f], 0, tail);
            System.arraycopy(ring[f], 0, columns[f], tail, n - tail);
        }
        IsolationForestOptions options = settings.forest();
        IsolationForestModel next =
                IsolationForest.fit(columns, n, options.withSeed(Seeds.derive(options.seed(), fits)));
        reference = new double[n];
        next.score(columns, 0, n, reference);
        Arrays.sort(reference);
        threshold = Quantiles.ofSorted(reference, n, 1 - settings.contamination());
        model = next;
        fits++;
        sinceFit = 0;
    }
}
