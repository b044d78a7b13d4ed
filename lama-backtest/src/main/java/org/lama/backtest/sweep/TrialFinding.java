package org.lama.backtest.sweep;

import java.util.Objects;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * What one evaluation of a parameter set found. Immutable and thread-safe; the returns are the caller's array, not copied.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class TrialFinding {
    private static final double[] NONE = {};

    private final double value;
    private final String reason;
    private final Figures figures;
    private final String path;
    private final double[] returns;

    /**
     * What is kept of every trial beside the metric.
     *
     * @param sharpePerPeriod mean / standard deviation of the returns, NaN if there is none
     * @param totalReturn a fraction, NaN if there is none
     * @param maximumDrawdown a fraction, at most 0, NaN if there is none
     * @param roundTrips finished positions, at least 0
     */
    public record Figures(double sharpePerPeriod, double totalReturn, double maximumDrawdown, int roundTrips) {
        /** Nothing is known. */
        public static final Figures NONE = new Figures(Double.NaN, Double.NaN, Double.NaN, 0);
    }

    private TrialFinding(double value, String reason, Figures figures, String path, double[] returns) {
        this.value = value;
        this.reason = reason;
        this.figures = Check.notNull(figures, "figures");
        this.path = Check.notNull(path, "path");
        this.returns = returns;
    }

    /**
     * A trial whose metric is defined.
     *
     * @param value of the metric, finite
     * @param figures what is kept beside it
     * @param path how it was computed, such as {@code engine}
     * @return the finding
     */
    public static TrialFinding of(double value, Figures figures, String path) {
        return new TrialFinding(Check.finite(value, "value"), "", figures, path, NONE);
    }

    /**
     * A trial whose metric is not defined.
     *
     * @param reason why, in a few words
     * @param figures what is known all the same
     * @param path how it was computed
     * @return the finding
     */
    public static TrialFinding undefined(String reason, Figures figures, String path) {
        return new TrialFinding(Double.NaN, Check.notBlank(reason, "reason"), figures, path, NONE);
    }

    /** A trial that threw. */
    static TrialFinding failed(Throwable failure, String path) {
        String message = Objects.requireNonNullElse(
                failure.getMessage(), failure.getClass().getSimpleName());
        return undefined("failed: " + message, Figures.NONE, path);
    }

    /** A trial of a strategy: a metric without trades, spread or bound is not defined. */
    static TrialFinding judged(String metric, double value, int fills, Figures figures, String path) {
        if (fills == 0) {
            return undefined("no trades", figures, path);
        }
        if (Double.isNaN(value)) {
            return undefined(metric + " is not defined: returns without spread", figures, path);
        }
        if (Double.isInfinite(value)) {
            return undefined(metric + " is infinite: returns without a loss", figures, path);
        }
        return of(value, figures, path);
    }

    /**
     * With returns.
     *
     * @param perPeriod finite fractions per period, not copied
     * @return a copy
     */
    public TrialFinding withReturns(double[] perPeriod) {
        return new TrialFinding(value, reason, figures, path, perPeriod);
    }

    /**
     * The metric.
     *
     * @return NaN where it is not defined
     */
    public double value() {
        return value;
    }

    /**
     * Why the metric is not defined.
     *
     * @return empty where it is
     */
    public String reason() {
        return reason;
    }

    /**
     * What is kept beside the metric.
     *
     * @return the figures
     */
    public Figures figures() {
        return figures;
    }

    /**
     * How it was computed.
     *
     * @return one word
     */
    public String path() {
        return path;
    }

    /**
     * The returns, if they were asked for.
     *
     * @return fractions per period; empty if not asked for
     */
    public double[] returns() {
        return returns;
    }
}
