package org.lama.models.arima;

import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * The automatic choice of an ARIMA order for one window after the other, in the order of time: each window starts from the
 * orders and parameters of the one before. The best orders of the window before are fitted first, by one run from their
 * old parameters; then the usual single steps follow, where orders that are known start from their old parameters and
 * others are raced from several starts, as in {@link AutoArima}.
 *
 * <p>Starts that are always inherited would inherit their hill as well. So the search runs from scratch in the first
 * window, every few windows ({@link RollingOptions#refreshEvery()}), when the number of differences changes, and when the
 * log-likelihood per observation, against a model without autoregression and moving average, falls by more than {@link
 * RollingOptions#maxFall()}; {@link Selection#reason()} says which. Over 109 windows of 365 days the warm choice was at
 * most 2 AICc worse than the cold one in 95 % of the windows and equal in the median (docs/models/arima.md has the numbers);
 * nothing bounds the difference of a single window but the next search from scratch.
 *
 * <p>The result is a function of the windows given so far and the options alone. Never throws on data. Mutable and
 * single-threaded: one object per series, different series in parallel.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class RollingArima {
    private final AutoArimaOptions options;
    private final RollingOptions rolling;
    private SearchMemory memory = new SearchMemory();
    private int sinceScratch;
    private int ruleD = -1;
    private int usedD;
    private double gain;

    private RollingArima(AutoArimaOptions options, RollingOptions rolling) {
        this.options = Check.notNull(options, "options");
        int period = options.seasonal().period();
        Check.that(
                period == 1,
                "period must be 1 in a rolling choice, which has no season, got " + period
                        + "; call AutoArima.select on each window instead");
        this.rolling = Check.notNull(rolling, "rolling");
    }

    /**
     * A chain that has not seen a window yet.
     *
     * @param options limits, criterion and budget of every search
     * @param rolling when a window may start from the one before
     * @return the chain
     * @throws IllegalArgumentException if the options have a season, which is not carried from window to window
     */
    public static RollingArima of(AutoArimaOptions options, RollingOptions rolling) {
        return new RollingArima(options, rolling);
    }

    /**
     * A chain with default options.
     *
     * @return the chain
     */
    public static RollingArima of() {
        return of(AutoArimaOptions.defaults(), RollingOptions.defaults());
    }

    /**
     * The choice for one window.
     *
     * @param result the chosen model and all candidates
     * @param warm whether it was found from the window before
     * @param reason why the search ran from scratch, empty if it did not
     * @since 0.1.0
     */
    public record Selection(AutoArimaResult result, boolean warm, String reason) {
        /**
         * Checks the parts.
         *
         * @param result the chosen model and all candidates
         * @param warm whether it was found from the window before
         * @param reason why the search ran from scratch, empty if it did not
         */
        public Selection {
            Check.notNull(result, "result");
            Check.notNull(reason, "reason");
        }
    }

    /**
     * Chooses and fits for the next window.
     *
     * @param window the series, oldest value first, NaN where missing
     * @return the choice
     */
    public Selection select(double[] window) {
        Check.notNull(window, "window");
        try (FitArrays arrays = FitArrays.open()) {
            return select(window, arrays);
        }
    }

    private Selection select(double[] window, FitArrays arrays) {
        int d = options.difference().choose(window);
        String reason = reasonForScratch(d);
        if (reason.isEmpty()) {
            OrderSearch search = new OrderSearch(new OrderSearch.Data(window, usedD, arrays), options, memory);
            reason = warm(search);
            if (reason.isEmpty()) {
                sinceScratch++;
                remember(search);
                return new Selection(
                        new AutoArimaResult(search.best(), options.criterion(), search.candidates()), true, "");
            }
        }
        return scratch(window, d, reason, arrays);
    }

    private String reasonForScratch(int d) {
        if (ruleD < 0) {
            return "no window came before";
        }
        if (sinceScratch + 1 >= rolling.refreshEvery()) {
            return "every " + rolling.refreshEvery() + " windows";
        }
        return d == ruleD ? "" : "d changed from " + ruleD + " to " + d;
    }

    /** Runs the warm search; the reason why its result cannot be used, empty if it can. */
    private String warm(OrderSearch search) {
        if (!search.defect().isEmpty()) {
            return search.defect();
        }
        search.run();
        if (!search.hasBest()) {
            return "no order of the window before could be used";
        }
        if (usedD == ruleD && options.difference().wantsMore(usedD) && search.asksForDifference()) {
            return "the best model has a unit root";
        }
        double fall = gain - search.gainPerObservation();
        return fall > rolling.maxFall() ? "the log-likelihood per observation fell by " + fall : "";
    }

    private Selection scratch(double[] window, int d, String reason, FitArrays arrays) {
        memory = new SearchMemory();
        sinceScratch = 0;
        AutoArima.Outcome outcome = AutoArima.run(window, d, options, arrays);
        OrderSearch search = outcome.search();
        if (search != null && search.hasBest()) {
            ruleD = d;
            usedD = search.differences();
            remember(search);
        } else {
            ruleD = -1;
        }
        return new Selection(outcome.result(), false, reason);
    }

    private void remember(OrderSearch search) {
        search.remember(memory, rolling.candidatesWithin(), rolling.maxWarmCandidates());
        gain = search.gainPerObservation();
    }
}
