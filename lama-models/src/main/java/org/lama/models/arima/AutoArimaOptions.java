package org.lama.models.arima;

import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.signal.FitContext;

/**
 * Settings of the automatic choice of an order.
 *
 * @param maxP largest order of the autoregression, 0 to 20 (default 5)
 * @param maxQ largest order of the moving average, 0 to 20 (default 5)
 * @param maxOrder largest p + q + P + Q in the full search, at least 0 (default 5)
 * @param difference how d is chosen (default: ADF, at most 2)
 * @param criterion what is minimised (default: AICC)
 * @param search which orders are tried (default: STEPWISE)
 * @param maxCandidates candidates that may be fitted, at least 1 (default 100)
 * @param fit budget of each candidate
 * @param seasonal period and seasonal orders (default: none)
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record AutoArimaOptions(
        int maxP,
        int maxQ,
        int maxOrder,
        DifferenceRule difference,
        Criterion criterion,
        Search search,
        int maxCandidates,
        ArimaOptions fit,
        SeasonalOptions seasonal) {
    /**
     * Checks the ranges.
     *
     * @param maxP largest order of the autoregression, 0 to 20 (default 5)
     * @param maxQ largest order of the moving average, 0 to 20 (default 5)
     * @param maxOrder largest p + q + P + Q in the full search, at least 0 (default 5)
     * @param difference how d is chosen (default: ADF, at most 2)
     * @param criterion what is minimised (default: AICC)
     * @param search which orders are tried (default: STEPWISE)
     * @param maxCandidates candidates that may be fitted, at least 1 (default 100)
     * @param fit budget of each candidate
     * @param seasonal period and seasonal orders (default: none)
     */
    public AutoArimaOptions {
        Check.inRange(maxP, 0, 20, "maxP");
        Check.inRange(maxQ, 0, 20, "maxQ");
        Check.atLeast(maxOrder, 0, "maxOrder");
        Check.notNull(difference, "difference");
        Check.notNull(criterion, "criterion");
        Check.notNull(search, "search");
        Check.atLeast(maxCandidates, 1, "maxCandidates");
        Check.notNull(fit, "fit");
        Check.notNull(seasonal, "seasonal");
    }

    /**
     * Settings without a season.
     *
     * @param maxP largest order of the autoregression, 0 to 20
     * @param maxQ largest order of the moving average, 0 to 20
     * @param maxOrder largest p + q in the full search, at least 0
     * @param difference how d is chosen
     * @param criterion what is minimised
     * @param search which orders are tried
     * @param maxCandidates candidates that may be fitted, at least 1
     * @param fit budget of each candidate
     */
    public AutoArimaOptions(
            int maxP,
            int maxQ,
            int maxOrder,
            DifferenceRule difference,
            Criterion criterion,
            Search search,
            int maxCandidates,
            ArimaOptions fit) {
        this(maxP, maxQ, maxOrder, difference, criterion, search, maxCandidates, fit, SeasonalOptions.NONE);
    }

    /** Which orders are tried. */
    public enum Search {
        /** From five starting orders by single steps to the next better one (Hyndman and Khandakar 2008). */
        STEPWISE,
        /** All orders with p + q up to the limit. */
        FULL
    }

    /**
     * Orders up to (5,5), d by ADF, AICc, stepwise.
     *
     * @return the defaults
     */
    public static AutoArimaOptions defaults() {
        return new AutoArimaOptions(
                5, 5, 5, DifferenceRule.adf(2), Criterion.AICC, Search.STEPWISE, 100, ArimaOptions.defaults());
    }

    /**
     * A copy with the budget of a study.
     *
     * @param context the budget
     * @return the copy
     */
    public AutoArimaOptions within(FitContext context) {
        return new AutoArimaOptions(
                maxP,
                maxQ,
                maxOrder,
                difference,
                criterion,
                search,
                Math.min(maxCandidates, context.maxCandidates()),
                ArimaOptions.of(context).withEffort(fit.effort()),
                seasonal);
    }

    /**
     * A copy with other largest orders.
     *
     * @param newMaxP largest order of the autoregression
     * @param newMaxQ largest order of the moving average
     * @return the copy
     */
    public AutoArimaOptions withOrders(int newMaxP, int newMaxQ) {
        return new AutoArimaOptions(
                newMaxP, newMaxQ, maxOrder, difference, criterion, search, maxCandidates, fit, seasonal);
    }

    /**
     * A copy with another rule for d.
     *
     * @param rule the rule
     * @return the copy
     */
    public AutoArimaOptions withDifference(DifferenceRule rule) {
        return new AutoArimaOptions(maxP, maxQ, maxOrder, rule, criterion, search, maxCandidates, fit, seasonal);
    }

    /**
     * A copy with another criterion.
     *
     * @param newCriterion what is minimised
     * @return the copy
     */
    public AutoArimaOptions withCriterion(Criterion newCriterion) {
        return new AutoArimaOptions(
                maxP, maxQ, maxOrder, difference, newCriterion, search, maxCandidates, fit, seasonal);
    }

    /**
     * A copy with another search.
     *
     * @param newSearch which orders are tried
     * @return the copy
     */
    public AutoArimaOptions withSearch(Search newSearch) {
        return new AutoArimaOptions(
                maxP, maxQ, maxOrder, difference, criterion, newSearch, maxCandidates, fit, seasonal);
    }

    /**
     * A copy with another cap on the candidates.
     *
     * @param newMaxCandidates candidates that may be fitted
     * @return the copy
     */
    public AutoArimaOptions withMaxCandidates(int newMaxCandidates) {
        return new AutoArimaOptions(
                maxP, maxQ, maxOrder, difference, criterion, search, newMaxCandidates, fit, seasonal);
    }

    /**
     * A copy with another budget per candidate.
     *
     * @param newFit budget and deadline
     * @return the copy
     */
    public AutoArimaOptions withFit(ArimaOptions newFit) {
        return new AutoArimaOptions(
                maxP, maxQ, maxOrder, difference, criterion, search, maxCandidates, newFit, seasonal);
    }

    /**
     * A copy with a season.
     *
     * @param newSeasonal period and seasonal orders
     * @return the copy
     */
    public AutoArimaOptions withSeasonal(SeasonalOptions newSeasonal) {
        return new AutoArimaOptions(
                maxP, maxQ, maxOrder, difference, criterion, search, maxCandidates, fit, newSeasonal);
    }
}
