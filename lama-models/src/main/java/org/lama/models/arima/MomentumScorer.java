package org.lama.models.arima;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lama.core.market.Columns;
import org.lama.core.math.Distributions;
import org.lama.core.math.Quantiles;
import org.lama.core.series.Frame;
import org.lama.core.series.Series;
import org.lama.core.signal.FitStatus;
import org.lama.core.signal.ModelSummary;
import org.lama.core.signal.Scorer;
import org.lama.core.signal.Signal;
import org.lama.models.fit.Diagnostics;

/**
 * The frozen momentum model: every score copies the filter at the end of the training window and takes the rows after it,
 * so that scores depend on nothing but those rows. Stateless and thread-safe; O(rows after the window).
 */
final class MomentumScorer implements Scorer {
    private static final double LEVEL = 0.05;
    private static final double AUTOCORRELATION_PENALTY = 0.5;
    private static final double BUDGET_PENALTY = 0.8;
    private static final double FALLBACK_PENALTY = 0.5;

    private final ArimaFit fit;
    private final MomentumSettings settings;
    private final long trainEnd;
    private final double variance;
    private final double scale;
    private final double lastZ;
    private final double confidence;
    private final double[] training;
    private final Diagnostics diagnostics;

    private MomentumScorer(ArimaFit fit, MomentumSettings settings, long trainEnd, Training run) {
        this.fit = fit;
        this.settings = settings;
        this.trainEnd = trainEnd;
        variance = run.variance;
        double[] sizes = new double[run.z.length];
        for (int t = 0; t < sizes.length; t++) {
            sizes[t] = Math.abs(run.z[t]);
        }
        double quantile = Quantiles.of(sizes, settings.scaleQuantile());
        scale = quantile > settings.scaleFloor() ? quantile : settings.scaleFloor();
        training = new double[run.z.length];
        for (int t = 0; t < training.length; t++) {
            training[t] = Math.tanh(run.z[t] / scale);
        }
        lastZ = run.z[run.z.length - 1];
        diagnostics =
                Diagnostics.of(fit.residuals(), fit.spec().p() + fit.spec().q());
        confidence = confidence(fit.status().outcome()) * (autocorrelated() ? AUTOCORRELATION_PENALTY : 1);
    }

    /** Forecast z of every training row, and the moving variance after the last. */
    private static final class Training {
        private final double[] z;
        private final double variance;

        Training(double[] z, double variance) {
            this.z = z;
            this.variance = variance;
        }
    }

    static MomentumScorer of(ArimaFit fit, double[] y, long trainEnd, MomentumSettings settings) {
        double[] z = new double[y.length];
        Arrays.fill(z, Double.NaN);
        ArimaFilter filter = fit.beginning();
        double variance = 1;
        for (int t = fit.first(); t < y.length; t++) {
            variance = movingVariance(variance, filter, y[t], settings.lambda());
            filter.update(y[t]);
            if (!Double.isNaN(y[t])) {
                z[t] = forecastZ(filter, y[t], variance, settings.horizon());
            }
        }
        return new MomentumScorer(fit, settings, trainEnd, new Training(z, variance));
    }

    /** NaN for a price that is missing, infinite or not positive. */
    static double logPrice(double price) {
        return price > 0 && price < Double.POSITIVE_INFINITY ? Math.log(price) : Double.NaN;
    }

    /** The exponentially weighted mean of squared standardised residuals after one more row. */
    private static double movingVariance(double before, ArimaFilter filter, double y, double lambda) {
        if (Double.isNaN(y)) {
            return before;
        }
        double residual = (y - filter.mean()) / filter.standardError();
        return lambda * before + (1 - lambda) * residual * residual;
    }

    private static double forecastZ(ArimaFilter filter, double y, double variance, int horizon) {
        ArimaFilter ahead = filter;
        if (horizon > 1) {
            ahead = filter.copy();
            ahead.skip(horizon - 1);
        }
        double z = (ahead.mean() - y) / (ahead.standardError() * Math.sqrt(variance));
        // a moving variance of 0 after a long standstill says nothing about the next row
        return Double.isFinite(z) ? z : 0;
    }

    private static double confidence(FitStatus.Outcome outcome) {
        return switch (outcome) {
            case OK -> 1;
            case BUDGET, TIMEOUT, SINGULAR -> BUDGET_PENALTY;
            case FALLBACK_111 -> FALLBACK_PENALTY;
            case FALLBACK_RW -> 0;
        };
    }

    private boolean autocorrelated() {
        return diagnostics.lobatoNankervisSavin().rejects(LEVEL);
    }

    @Override
    public Signal score(Frame past) {
        int last = past.size() - 1;
        if (last < 0) {
            return Signal.missing(Signal.Role.DIRECTIONAL, trainEnd, trainEnd);
        }
        long time = past.availableAt(last);
        int from = past.index().floor(trainEnd) + 1;
        if (past.index().at(last) < trainEnd || !past.has(Columns.CLOSE)) {
            return Signal.missing(Signal.Role.DIRECTIONAL, time, time);
        }
        Series close = past.column(Columns.CLOSE);
        ArimaFilter filter = fit.filter();
        double moving = variance;
        for (int t = from; t <= last; t++) {
            double y = logPrice(close.get(t));
            moving = movingVariance(moving, filter, y, settings.lambda());
            filter.update(y);
        }
        double now = logPrice(close.get(last));
        if (Double.isNaN(now)) {
            return Signal.missing(Signal.Role.DIRECTIONAL, time, time);
        }
        double z = forecastZ(filter, now, moving, settings.horizon());
        return Signal.directional(Math.tanh(z / scale), confidence, z, time, time);
    }

    @Override
    public double[] trainingSignal() {
        return training.clone();
    }

    @Override
    public FitStatus status() {
        return fit.status();
    }

    @Override
    public ModelSummary summary() {
        ModelSummary plain = fit.summary(settings.horizon(), List.of());
        Map<String, Double> values = new LinkedHashMap<>(plain.values());
        values.put("d", (double) fit.spec().d());
        values.put("ljungBox", diagnostics.ljungBox().statistic());
        values.put("ljungBoxPValue", diagnostics.ljungBox().pValue());
        values.put("lobatoNankervisSavin", diagnostics.lobatoNankervisSavin().statistic());
        values.put(
                "lobatoNankervisSavinPValue", diagnostics.lobatoNankervisSavin().pValue());
        values.put("residualAutocorrelation", autocorrelated() ? 1.0 : 0.0);
        values.put("scale", scale);
        values.put("movingVariance", variance);
        values.put("confidence", confidence);
        values.put("lastZ", lastZ);
        values.put("lastDirectionProbability", Math.abs(2 * Distributions.normalCdf(lastZ) - 1));
        List<String> notes = new ArrayList<>();
        if (autocorrelated()) {
            notes.add("residuals are autocorrelated although changing volatility is allowed for: confidence is halved");
        }
        if (!fit.status().reason().isEmpty()) {
            notes.add(fit.status().reason());
        }
        ModelSummary summary = new ModelSummary(
                "Momentum, " + plain.title(),
                fit.status(),
                values,
                plain.coefficients(),
                notes,
                plain.residuals(),
                plain.forecast());
        for (Map.Entry<String, double[]> vector : plain.vectors().entrySet()) {
            summary = summary.with(vector.getKey(), vector.getValue());
        }
        return summary;
    }
}
