package org.lama.backtest.analytics;

import org.lama.core.base.Api;

/**
 * The figures of {@link PerformanceMetrics}, in the order in which they are printed. In the formulas r is the return per
 * period as a fraction, n their number, P the periods per year, b the return of the benchmark. A ratio whose denominator is
 * 0 is NaN.
 *
 * @since 0.1.0
 */
@Api(Api.Status.STABLE)
public enum Metric {
    /** Growth over all periods: product of (1 + r) less 1; fraction. */
    TOTAL_RETURN("totalReturn"),
    /** Compound growth per year: (1 + total return)^(P/n) - 1; fraction, -1 after ruin. */
    COMPOUND_ANNUAL_GROWTH("compoundAnnualGrowth"),
    /** Arithmetic mean of r; fraction per period. */
    MEAN("mean"),
    /** Standard deviation of r with n - 1; fraction per period. */
    STANDARD_DEVIATION("standardDeviation"),
    /** Standard deviation times √P; fraction per year. */
    VOLATILITY_ANNUAL("volatilityAnnual"),
    /** Mean / standard deviation · √P, over a rate of 0 (Sharpe 1994). */
    SHARPE("sharpe"),
    /** Mean / standard deviation, not annualised: what the probabilistic Sharpe ratio works on. */
    SHARPE_PER_PERIOD("sharpePerPeriod"),
    /** Mean / √(mean of min(r, 0)²) · √P, over a target of 0 (Sortino and van der Meer 1991). */
    SORTINO("sortino"),
    /** Compound annual growth / |maximum drawdown|. */
    CALMAR("calmar"),
    /** Lowest equity / highest equity before it - 1; the starting capital counts as a peak; fraction, at most 0. */
    MAXIMUM_DRAWDOWN("maximumDrawdown"),
    /** Longest run of bars below an earlier peak; bars. */
    LONGEST_DRAWDOWN_BARS("longestDrawdownBars"),
    /** √(mean of squared drawdowns) over all bars (Martin and McCann 1989); fraction. */
    ULCER_INDEX("ulcerIndex"),
    /** The 5 % quantile of r with linear interpolation; fraction, a loss is negative. */
    VALUE_AT_RISK_95("valueAtRisk95"),
    /** Mean of the returns at or below the value at risk; fraction. */
    CONDITIONAL_VALUE_AT_RISK_95("conditionalValueAtRisk95"),
    /** Mean + z · standard deviation with the normal 5 % quantile z; fraction. */
    VALUE_AT_RISK_95_NORMAL("valueAtRisk95Normal"),
    /** Mean - standard deviation · φ(z) / 0.05; fraction. */
    CONDITIONAL_VALUE_AT_RISK_95_NORMAL("conditionalValueAtRisk95Normal"),
    /** As the normal one, with z corrected for biased skewness and kurtosis (Cornish and Fisher 1938); fraction. */
    VALUE_AT_RISK_95_CORNISH_FISHER("valueAtRisk95CornishFisher"),
    /** Third central moment / (second)^1.5, both with n. */
    SKEWNESS("skewness"),
    /** Fourth central moment / (second)² - 3, both with n; 0 for normal returns. */
    EXCESS_KURTOSIS("excessKurtosis"),
    /** Skewness · √(n(n - 1)) / (n - 2): unbiased for normal returns; NaN below 3 rows. */
    SKEWNESS_UNBIASED("skewnessUnbiased"),
    /** (n - 1) / ((n - 2)(n - 3)) · ((n + 1) · excess kurtosis + 6); NaN below 4 rows. */
    EXCESS_KURTOSIS_UNBIASED("excessKurtosisUnbiased"),
    /** Sum of gains / sum of losses at a threshold of 0 (Keating and Shadwick 2002). */
    OMEGA("omega"),
    /** |95 % quantile / 5 % quantile|. */
    TAIL_RATIO("tailRatio"),
    /** Share of gains among the periods with a return other than 0. */
    WIN_RATE("winRate"),
    /** Sum of gains / sum of losses over the periods: the same number as omega at 0. */
    PROFIT_FACTOR("profitFactor"),
    /** Mean gain / mean loss. */
    PAYOFF_RATIO("payoffRatio"),
    /** Covariance of r and b / variance of b. NaN without a benchmark, like all below. */
    BETA("beta"),
    /** Mean of r - beta · mean of b; fraction per period. */
    ALPHA_PER_PERIOD("alphaPerPeriod"),
    /** (1 + alpha per period)^P - 1; fraction per year. */
    ALPHA_ANNUAL("alphaAnnual"),
    /** Mean of r - b / its standard deviation with n - 1. */
    INFORMATION_RATIO_PER_PERIOD("informationRatioPerPeriod"),
    /** The same times √P. */
    INFORMATION_RATIO("informationRatio"),
    /** Standard deviation of r - b times √P; fraction per year. */
    TRACKING_ERROR_ANNUAL("trackingErrorAnnual");

    private final String key;

    Metric(String key) {
        this.key = key;
    }

    /**
     * The name of the figure in files.
     *
     * @return a name in camel case
     */
    public String key() {
        return key;
    }
}
