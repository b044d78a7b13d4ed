package org.lama.backtest.api;

import java.time.Duration;
import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.features.BookSampling;
import org.lama.core.signal.Providers;
import org.lama.core.signal.SignalModel;

/**
 * Which anomaly model looks at an order book, and how.
 *
 * @param model name of an anomaly model: {@code anomaly}, or one whose name begins with {@code anomaly-}
 * @param step length of a row, above 0; windows are 100 rows long, the medians of depths 300 rows
 * @param fitShare share of the rows, from the first on, that the model is fitted on; in (0, 1)
 * @param seed of the forest
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record BookAnomalyRequest(String model, Duration step, double fitShare, long seed) {
    private static final String MODEL = "anomaly";
    private static final int WINDOW_STEPS = 100;
    private static final int MEDIAN_STEPS = 300;

    /**
     * Checks name and ranges.
     *
     * @param model name of an anomaly model
     * @param step length of a row, above 0
     * @param fitShare share of the rows that the model is fitted on, in (0, 1)
     * @param seed of the forest
     */
    public BookAnomalyRequest {
        Check.that(step.toNanos() > 0, "step must be > 0, got " + step);
        Check.that(fitShare > 0 && fitShare < 1, "fit must be in (0, 1), got " + fitShare);
        offered(model);
    }

    /**
     * The model {@code anomaly} on rows of 0.2 s, fitted on the first half.
     *
     * @return the usual request
     */
    public static BookAnomalyRequest defaults() {
        return new BookAnomalyRequest(MODEL, Duration.ofMillis(200), 0.5, 42);
    }

    /**
     * With another model.
     *
     * @param name of an anomaly model
     * @return a copy
     */
    public BookAnomalyRequest withModel(String name) {
        return new BookAnomalyRequest(name, step, fitShare, seed);
    }

    /**
     * With rows of another length.
     *
     * @param length above 0
     * @return a copy
     */
    public BookAnomalyRequest withStep(Duration length) {
        return new BookAnomalyRequest(model, length, fitShare, seed);
    }

    /**
     * Fitted on another share of the rows.
     *
     * @param share in (0, 1)
     * @return a copy
     */
    public BookAnomalyRequest withFitShare(double share) {
        return new BookAnomalyRequest(model, step, share, seed);
    }

    /** How the rows are sampled: spans grow with the step, so that a row has as many before it at any step. */
    BookSampling sampling() {
        return BookSampling.DEFAULT
                .withStep(step)
                .withSpans(step.multipliedBy(WINDOW_STEPS), step.multipliedBy(MEDIAN_STEPS));
    }

    /** The model, not fitted yet. */
    SignalModel signalModel() {
        return offered(model);
    }

    private static SignalModel offered(String name) {
        List<SignalModel> offers = Providers.models().stream()
                .filter(each -> each.name().equals(MODEL) || each.name().startsWith(MODEL + "-"))
                .toList();
        return Providers.named(offers, name, "anomaly model");
    }
}
