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
    /** Geometric mean: (1 + total return)^(1/n) - 1; fraction per period, -1 after ruin. */
    EXPECTED_RETURN("expectedReturn", false),
    /** Largest r; fraction. */
    BEST_PERIOD("bestPeriod", false),
    /** Smallest r; fraction. */
    WORST_PERIOD("worstPeriod", false),
    /** Share of periods with a return other than 0; fraction. */
    TIME_IN_MARKET("timeInMarket", false),
    /** Most periods in a row with r above 0; periods. */
    LONGEST_WINNING_STREAK("longestWinningStreak", false),
    /** Most periods in a row with r below 0; periods. */
    LONGEST_LOSING_STREAK("longestLosingStreak", false),
    /** √(mean of min(r, 0)²) · √P; fraction per year. */
    DOWNSIDE_DEVIATION_ANNUAL("downsideDeviationAnnual", false),
    /** Sum of r / sum of losses (Schwager 2012): omega less 1. */
    GAIN_TO_PAIN("gainToPain", false),
    /** Profit factor · tail ratio. */
    COMMON_SENSE_RATIO("commonSenseRatio", false),
    /** Total return / |maximum drawdown|. */
    RECOVERY_FACTOR("recoveryFactor", false),
    /** Compound annual growth / ulcer index (Martin and McCann 1989). */
    MARTIN_RATIO("martinRatio", false),
    /** Share of variance of the cumulated log returns explained by a straight line in time, 0 to 1; NaN after ruin. */
    STABILITY("stability", false),
    /** Win rate - (1 - win rate) / payoff ratio: the stake of Kelly (1956) for two outcomes; fraction, can be negative. */
    KELLY("kelly", false),
    /** ((1 - win rate) / (1 + win rate))^n: the gambler's formula with equal stakes, a rough guide only; probability. */
    RISK_OF_RUIN("riskOfRuin", false),
    /** Hill's (1975) tail index of the largest 5 % of rows as losses; below 2 the variance is infinite; NaN below 5 of them. */
    TAIL_INDEX("tailIndex", false),
    /**
     * Sharpe per period · q / √(q + 2 Σ (q - k) ρ[k]), q = P rounded (Lo 2002, equation 20); the sum ends at lag 4 (n/100)^(2/9),
     * beyond which the autocorrelations ρ are taken for 0. NaN if that variance is not above 0.
     */
    SHARPE_AUTOCORRELATION_ADJUSTED("sharpeAutocorrelationAdjusted", false),
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
    TRACKING_ERROR_ANNUAL("trackingErrorAnnual"),
    /** Alpha per period · P; fraction per year. */
    ALPHA_ANNUAL_SIMPLE("alphaAnnualSimple", false),
    /** Correlation of r and b, -1 to 1. */
    CORRELATION("correlation", false),
    /** Mean of r · P / beta (Treynor 1965); fraction per year. */
    TREYNOR("treynor", false),
    /** Annual growth of r over annual growth of b, both over the periods with b above 0. */
    UP_CAPTURE("upCapture", false),
    /** The same over the periods with b below 0. */
    DOWN_CAPTURE("downCapture", false),
    /** Up capture / down capture. */
    CAPTURE_RATIO("captureRatio", false);

    private final String key;
    private final boolean inStudies;

    Metric(String key) {
        this(key, true);
    }

    Metric(String key, boolean inStudies) {
        this.key = key;
        this.inStudies = inStudies;
    }

    /**
     * The name of the figure in files.
     *
     * @return a name in camel case
     */
    public String key() {
        return key;
    }

    /**
     * Whether the figure belongs to the fixed set that a walk-forward study stores. That set does not grow, so that a
     * stored study can be compared with its rerun figure by figure.
     *
     * @return true for the fixed set
     */
    public boolean isInStudies() {
        return inStudies;
    }
}
