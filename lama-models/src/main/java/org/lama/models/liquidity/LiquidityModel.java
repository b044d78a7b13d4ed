package org.lama.models.liquidity;

import java.util.Arrays;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.series.Frame;
import org.lama.core.signal.FitContext;
import org.lama.core.signal.FitStatus;
import org.lama.core.signal.Scorer;
import org.lama.core.signal.SignalModel;

/**
 * The directional signal of changing liquidity. A level of liquidity has no sign as a signal, so only its change over
 * seven days is used: z is that change, standardised by its mean and standard deviation in the training window, and
 *
 * <pre>signal = tanh(z / 2),   confidence = coverage, but 0 where coverage is below the least coverage</pre>
 *
 * <p>The level of the signal is the liquidity score itself, for regimes and reports. A row without a score has no valid
 * signal; a row with a score but no change yet is valid with value and confidence 0. With fewer than 30 changes in the
 * window, or changes that do not vary, the status is not OK and value and confidence are 0. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class LiquidityModel implements SignalModel {
    /** The weight that combiners give this model where nothing else is set. */
    public static final double DEFAULT_WEIGHT = 0.15;

    private static final int LEAST_CHANGES = 30;

    private final LiquiditySettings settings;

    private LiquidityModel(LiquiditySettings settings) {
        this.settings = settings;
    }

    /**
     * A model with given settings.
     *
     * @param settings the settings
     * @return the model, not fitted yet
     */
    public static LiquidityModel of(LiquiditySettings settings) {
        return new LiquidityModel(Check.notNull(settings, "settings"));
    }

    @Override
    public String name() {
        return "liquidity";
    }

    @Override
    public Frame indicators(Frame bars) {
        return LiquidityScore.addTo(bars, settings);
    }

    @Override
    public Scorer fit(Frame train, FitContext context) {
        LiquidityProfile profile = settings.profile().orElseGet(() -> LiquidityProfile.of(train));
        double[] change = values(train, LiquidityScore.CHANGE_7D);
        double[] coverage = values(train, LiquidityScore.COVERAGE);
        int n = 0;
        double mean = 0;
        double squares = 0;
        double covered = 0;
        for (int t = 0; t < change.length; t++) {
            covered += Double.isFinite(coverage[t]) ? coverage[t] : 0;
            if (usable(change[t], coverage[t])) {
                double delta = change[t] - mean;
                mean += delta / ++n;
                squares += delta * (change[t] - mean);
            }
        }
        double deviation = n < 2 ? Double.NaN : Math.sqrt(squares / (n - 1));
        LiquidityFit fit =
                new LiquidityFit(profile, n, mean, deviation, change.length == 0 ? 0 : covered / change.length);
        FitStatus status = status(n, deviation);
        double[] signal = new double[change.length];
        for (int t = 0; t < signal.length; t++) {
            signal[t] = status.converged() && usable(change[t], coverage[t]) ? fit.signal(change[t]) : Double.NaN;
        }
        return new LiquidityScorer(settings, fit, signal, status);
    }

    private boolean usable(double change, double coverage) {
        return Double.isFinite(change) && coverage >= settings.minimumCoverage();
    }

    private static FitStatus status(int n, double deviation) {
        if (n >= LEAST_CHANGES && deviation > 0) {
            return FitStatus.ok(1, Double.NaN);
        }
        String reason = n < LEAST_CHANGES
                ? n + " rows have a change over seven days with enough coverage, but " + LEAST_CHANGES + " are needed"
                : "the change over seven days does not vary in the training window";
        return new FitStatus(FitStatus.Outcome.FALLBACK_RW, 0, Double.NaN, reason);
    }

    private static double[] values(Frame train, String column) {
        if (train.has(column)) {
            return train.column(column).toArray();
        }
        double[] missing = new double[train.size()];
        Arrays.fill(missing, Double.NaN);
        return missing;
    }
}
