package org.lama.models.garch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * Refits one volatility model window after window. A refit starts from the parameters of the window before (warm); it
 * falls back to all starts (cold) for the first window, for every k-th, after a fit that did not end well, and when the
 * log-likelihood per observation, freed of the scale of the window, falls by more than a threshold. Of the warm and the
 * cold end the better is kept. Mutable and single-threaded; the result depends on the windows and their order only.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class RollingGarch {
    private final GarchSpec spec;
    private final GarchOptions options;
    private final Restart restart;

    private Optional<GarchFit> previous = Optional.empty();
    private double previousLevel = Double.NaN;
    private int sinceCold;

    /**
     * When a refit uses all starts.
     *
     * @param everyRefits every this many refits, at least 1 (1: always cold; default 20)
     * @param fall of the log-likelihood per observation from one window to the next, at least 0 (default 0.02)
     */
    public record Restart(int everyRefits, double fall) {
        /**
         * Checks the ranges.
         *
         * @param everyRefits every this many refits, at least 1 (1: always cold; default 20)
         * @param fall of the log-likelihood per observation from one window to the next, at least 0 (default 0.02)
         */
        public Restart {
            Check.atLeast(everyRefits, 1, "everyRefits");
            Check.notNegative(fall, "fall");
        }

        /**
         * Every 20 refits, and at a fall of 0.02.
         *
         * @return the defaults
         */
        public static Restart defaults() {
            return new Restart(20, 0.02);
        }
    }

    /** How a refit came about. */
    public enum Start {
        /** All starts: the first window, or the turn of the k-th. */
        COLD,
        /** From the parameters of the window before. */
        WARM,
        /** Warm first, then all starts because the warm end was not good enough. */
        RESTARTED
    }

    /**
     * One window with its fit.
     *
     * @param from first row of the window
     * @param to row after its last
     * @param start how the fit came about
     * @param fit the fit
     */
    public record Refit(int from, int to, Start start, GarchFit fit) {}

    /**
     * Prepares a sequence of refits.
     *
     * @param spec the form
     * @param options budget and effort of cold fits; warm fits share the budget
     * @param restart when to use all starts
     */
    public RollingGarch(GarchSpec spec, GarchOptions options, Restart restart) {
        this.spec = Check.notNull(spec, "spec");
        this.options = Check.notNull(options, "options");
        this.restart = Check.notNull(restart, "restart");
    }

    /**
     * Fits all windows of a series, oldest first.
     *
     * @param returns the returns, NaN where missing
     * @param window rows of each window, at least 1
     * @param step rows from one window to the next, at least 1
     * @return one refit per window that lies wholly in the series
     */
    public List<Refit> run(double[] returns, int window, int step) {
        Check.atLeast(window, 1, "window");
        Check.atLeast(step, 1, "step");
        List<Refit> refits = new ArrayList<>();
        for (int to = window; to <= returns.length; to += step) {
            refits.add(refit(returns, to - window, to));
        }
        return refits;
    }

    /**
     * Fits the next window.
     *
     * @param returns the returns, NaN where missing
     * @param from first row of the window
     * @param to row after its last
     * @return the refit
     */
    public Refit refit(double[] returns, int from, int to) {
        Check.that(
                from >= 0 && from <= to && to <= returns.length,
                "window must lie in [0, " + returns.length + "), got [" + from + ", " + to + ")");
        try (GarchArrays arrays = GarchArrays.open()) {
            GarchSample.Window window = new GarchSample.Window(returns, from, to, arrays);
            return refit(GarchSample.of(window, spec), from, to);
        }
    }

    private Refit refit(GarchSample sample, int from, int to) {
        Refit refit = next(sample, from, to);
        boolean usable = refit.fit().status().converged();
        sinceCold = refit.start() == Start.WARM ? sinceCold + 1 : 0;
        previous = usable ? Optional.of(refit.fit()) : Optional.empty();
        previousLevel = level(refit.fit(), sample);
        return refit;
    }

    private Refit next(GarchSample sample, int from, int to) {
        if (previous.isEmpty() || sinceCold + 1 >= restart.everyRefits()) {
            return new Refit(from, to, Start.COLD, cold(sample));
        }
        GarchFit warm =
                GarchEstimation.warm(spec, sample, options, previous.get().parameters());
        // a comparison with NaN is false: a warm fit without a likelihood is not good enough
        boolean good = warm.status().converged() && level(warm, sample) >= previousLevel - restart.fall();
        if (good) {
            return new Refit(from, to, Start.WARM, warm);
        }
        GarchFit cold = cold(sample);
        boolean warmIsBetter = warm.logLikelihood() > cold.logLikelihood();
        return new Refit(from, to, Start.RESTARTED, warmIsBetter ? warm : cold);
    }

    private GarchFit cold(GarchSample sample) {
        return GarchEstimation.cold(spec, sample, options);
    }

    /** Log-likelihood per observation of the returns divided by their standard deviation. */
    private static double level(GarchFit fit, GarchSample sample) {
        double deviation = Math.sqrt(sample.variance) * sample.scale;
        return fit.logLikelihood() / fit.observations() + Math.log(deviation);
    }
}
