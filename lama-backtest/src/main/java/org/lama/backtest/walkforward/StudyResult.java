package org.lama.backtest.walkforward;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lama.backtest.cost.SlippageModel;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.data.MarketData;
import org.lama.core.series.Provenance;
import org.lama.core.series.QualityReport;
import org.lama.core.series.Series;
import org.lama.core.signal.FitStatus;
import org.lama.core.signal.ModelSummary;
import org.lama.core.signal.RegimeLabel;

/**
 * What a walk-forward study found, in plain values: everything a report, a manifest or a notebook shows, and nothing
 * that needs computing again. All returns and Sharpe ratios are net of costs unless a name says gross; times are UTC
 * epoch nanoseconds.
 *
 * @param settings what was asked
 * @param barNanos length of one bar
 * @param data one line per series
 * @param curve equity and what goes with it, one row per bar close from the first decision on
 * @param strategy metrics of the strategy by name, in the order in which they should be shown
 * @param benchmark the same metrics of the equal-weight buy-and-hold of the same universe with the same entry costs
 * @param significance probabilities, intervals and trial counts
 * @param sensitivity the study again at 0, 1, 2 and 3 times its costs
 * @param slippageModels the study under each model of slippage, its own among them
 * @param folds one line per asset and fold
 * @param combiners all four combiners out of sample
 * @param assets one line per asset that was ever active
 * @param regimes one line per regime
 * @param trades all round trips, by entry time and symbol
 * @param dropped assets that were never active, with the reason
 * @param planted truths built into generated data; empty for real data
 * @param activity per member: the role it played and what it contributed
 * @param vetoes why members were left out or decisions were flat
 * @param delisting the study again with other losses on assets that disappear
 * @param models the momentum model of each asset's last fold; without the assets whose last fold was not reached
 * @param checks the study again under other rules, without each member, with other capital, and the combiners' tracking
 * @param partial true if the study was interrupted; everything holds for the part that was done
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record StudyResult(
        StudySettings settings,
        long barNanos,
        List<SeriesInfo> data,
        EquityCurve curve,
        Map<String, Double> strategy,
        Map<String, Double> benchmark,
        Significance significance,
        List<CostPoint> sensitivity,
        List<SlippagePoint> slippageModels,
        List<FoldOutcome> folds,
        List<CombinerOutcome> combiners,
        List<AssetOutcome> assets,
        List<RegimeOutcome> regimes,
        List<TradeRow> trades,
        List<Dropped> dropped,
        List<MarketData.Planted> planted,
        List<MemberActivity> activity,
        List<Veto> vetoes,
        List<DelistingPoint> delisting,
        List<LastModel> models,
        StudyChecks checks,
        boolean partial) {
    /**
     * Copies the collections.
     *
     * @param settings what was asked
     * @param barNanos length of one bar
     * @param data one line per series
     * @param curve equity and what goes with it, one row per bar close from the first decision on
     * @param strategy metrics of the strategy by name, in the order in which they should be shown
     * @param benchmark the same metrics of the equal-weight buy-and-hold of the same universe with the same entry costs
     * @param significance probabilities, intervals and trial counts
     * @param sensitivity the study again at 0, 1, 2 and 3 times its costs
     * @param slippageModels the study under each model of slippage, its own among them
     * @param folds one line per asset and fold
     * @param combiners all four combiners out of sample
     * @param assets one line per asset that was ever active
     * @param regimes one line per regime
     * @param trades all round trips, by entry time and symbol
     * @param dropped assets that were never active, with the reason
     * @param planted truths built into generated data; empty for real data
     * @param activity per member: the role it played and what it contributed
     * @param vetoes why members were left out or decisions were flat
     * @param delisting the study again with other losses on assets that disappear
     * @param models the momentum model of each asset's last fold
     * @param checks the study again under other rules, without each member, with other capital, and the combiners'
     *     tracking
     * @param partial true if the study was interrupted; everything holds for the part that was done
     */
    public StudyResult {
        data = List.copyOf(data);
        strategy = new LinkedHashMap<>(strategy);
        benchmark = new LinkedHashMap<>(benchmark);
        sensitivity = List.copyOf(sensitivity);
        slippageModels = List.copyOf(slippageModels);
        folds = List.copyOf(folds);
        combiners = List.copyOf(combiners);
        assets = List.copyOf(assets);
        regimes = List.copyOf(regimes);
        trades = List.copyOf(trades);
        dropped = List.copyOf(dropped);
        planted = List.copyOf(planted);
        activity = List.copyOf(activity);
        vetoes = List.copyOf(vetoes);
        delisting = List.copyOf(delisting);
        models = List.copyOf(models);
    }

    /**
     * Whether any series was generated: then the verdict is about the machinery only.
     *
     * @return true if so
     */
    public boolean isSynthetic() {
        return data.stream().anyMatch(series -> series.provenance().kind() == Provenance.Kind.SYNTHETIC);
    }

    /**
     * One series of the study.
     *
     * @param symbol its symbol
     * @param instrument canonical id
     * @param rows rows on the regular grid, gaps included
     * @param from open of the first bar
     * @param to close of the last bar
     * @param provenance where it came from, with path and checksum
     * @param quality what is right and wrong with it
     */
    public record SeriesInfo(
            String symbol,
            String instrument,
            int rows,
            long from,
            long to,
            Provenance provenance,
            QualityReport quality) {}

    /**
     * Sharpe ratios with their uncertainty, and how many trials were counted. All probabilities in [0, 1].
     *
     * @param days calendar days of the out-of-sample period
     * @param observations returns used
     * @param sharpe annualised Sharpe ratio of the strategy
     * @param sharpeLow lower end of its 95 % stationary-bootstrap interval
     * @param sharpeHigh upper end
     * @param meanReturn mean net excess return a year
     * @param meanLow lower end of its 95 % stationary-bootstrap interval
     * @param meanHigh upper end
     * @param blockLength mean block length of the bootstrap, in observations
     * @param probabilistic probability that the true Sharpe ratio is above 0
     * @param deflated the same above the best of N trials without skill
     * @param overfitting probability of backtest overfitting, NaN with fewer than 10 configurations
     * @param minimumDays minimum track record length in days, infinite if the Sharpe ratio is not positive
     * @param rawTrials distinct trials counted for these data and overlapping windows
     * @param trialsOnWindow how many of them are on this very window
     * @param effectiveTrials how many independent ones they amount to
     * @param ledgerStarted when the trial ledger began, ISO-8601 UTC, empty if none was used
     * @param breakEvenCost multiple of the costs at which the net return is gone; NaN if nothing was earned before costs,
     *     infinite if it is still positive at 10 times the costs
     * @param meanLowerBound one-sided 95 % lower bound of the mean net return a year: what the verdict looks at
     * @param trialVariance variance of the trials' unannualised Sharpe ratios
     */
    public record Significance(
            double days,
            int observations,
            double sharpe,
            double sharpeLow,
            double sharpeHigh,
            double meanReturn,
            double meanLow,
            double meanHigh,
            double blockLength,
            double probabilistic,
            double deflated,
            double overfitting,
            double minimumDays,
            int rawTrials,
            int trialsOnWindow,
            double effectiveTrials,
            String ledgerStarted,
            double breakEvenCost,
            double meanLowerBound,
            double trialVariance) {}

    /**
     * The study at a multiple of its costs.
     *
     * @param multiple 0, 1, 2 or 3
     * @param totalReturn simple return over the period
     * @param sharpe annualised
     * @param maxDrawdown at most 0
     * @param costs commission and slippage paid, in quote currency
     */
    public record CostPoint(double multiple, double totalReturn, double sharpe, double maxDrawdown, double costs) {}

    /**
     * The study under one model of slippage: same signals, sizing, limits and commission.
     *
     * @param model the model
     * @param assumes the costs in one line
     * @param configured whether it is the one the study was asked for
     * @param totalReturn simple return over the period
     * @param sharpe annualised
     * @param maxDrawdown at most 0
     * @param costs commission and slippage paid, in quote currency
     */
    public record SlippagePoint(
            SlippageModel model,
            String assumes,
            boolean configured,
            double totalReturn,
            double sharpe,
            double maxDrawdown,
            double costs) {}

    /**
     * One fold of one asset. In and out of sample are measured alike: annualised gross Sharpe ratio of holding the mean
     * directional signal for the next bar; NaN if there is none.
     *
     * @param asset symbol
     * @param trainFrom open of the first training bar
     * @param trainTo close of the last training bar
     * @param testFrom close of the first decision bar
     * @param testTo close of the last decision bar
     * @param complete false for a last fold that ended before its time
     * @param status how the momentum fit ended
     * @param model the fitted momentum model, such as {@code ARIMA(1,1,0)}
     * @param inSample score on the training rows
     * @param outOfSample score on the decision rows
     */
    public record FoldOutcome(
            String asset,
            long trainFrom,
            long trainTo,
            long testFrom,
            long testTo,
            boolean complete,
            FitStatus.Outcome status,
            String model,
            double inSample,
            double outOfSample) {}

    /**
     * The momentum model as it was fitted on the last training window of an asset.
     *
     * @param asset symbol
     * @param observed logarithms of the closes of the window, NaN where missing
     * @param model what was fitted, with residuals and forecast
     */
    public record LastModel(String asset, Series observed, ModelSummary model) {}

    /**
     * One combiner out of sample, same signals, sizing and costs.
     *
     * @param name its name
     * @param totalReturn simple return over the period
     * @param sharpe annualised
     * @param maxDrawdown at most 0
     * @param turnover traded notional a year over mean equity
     * @param configured whether it is the one the study was asked for
     * @param best whether its Sharpe ratio is the highest
     */
    public record CombinerOutcome(
            String name,
            double totalReturn,
            double sharpe,
            double maxDrawdown,
            double turnover,
            boolean configured,
            boolean best) {}

    /**
     * One asset that was active. It is found when its one-sided bootstrap test of a positive mean net return survives
     * Benjamini-Hochberg at 10 % over all assets and it made at least 30 round trips alone.
     *
     * @param symbol its symbol
     * @param activeDays days in the universe
     * @param okFolds folds whose momentum fit ended OK
     * @param folds all folds
     * @param nonZeroDays days with a target other than zero
     * @param roundTrips closed round trips
     * @param pnl net profit and loss, in quote currency
     * @param sharpe annualised Sharpe ratio of the asset traded alone at its own weights, net
     * @param pValue one-sided
     * @param adjusted Benjamini-Hochberg adjusted p-value
     * @param found whether the test finds an edge
     * @param planted whether an edge was built in (generated data)
     */
    public record AssetOutcome(
            String symbol,
            double activeDays,
            int okFolds,
            int folds,
            double nonZeroDays,
            int roundTrips,
            double pnl,
            double sharpe,
            double pValue,
            double adjusted,
            boolean found,
            boolean planted) {}

    /**
     * One regime.
     *
     * @param label the regime
     * @param share share of the bars, in [0, 1]
     * @param annualReturn mean net return a year while it held
     * @param sharpe annualised Sharpe ratio while it held, NaN with fewer than 20 bars
     */
    public record RegimeOutcome(RegimeLabel label, double share, double annualReturn, double sharpe) {}

    /**
     * One closed round trip, from flat to flat; a position that is still open at the end is none.
     *
     * @param symbol its symbol
     * @param side LONG or SHORT
     * @param entryTime first fill
     * @param exitTime last fill
     * @param entryPrice mean price of the fills that opened
     * @param exitPrice mean price of the fills that closed
     * @param quantity total quantity taken in, in base currency
     * @param fees commissions, in quote currency
     * @param slippage cost of slippage, in quote currency
     * @param pnl net profit and loss, in quote currency
     */
    public record TradeRow(
            String symbol,
            String side,
            long entryTime,
            long exitTime,
            double entryPrice,
            double exitPrice,
            double quantity,
            double fees,
            double slippage,
            double pnl) {}

    /**
     * An asset that was never active.
     *
     * @param asset its symbol
     * @param reason why, as one sentence
     */
    public record Dropped(String asset, String reason) {}

    /**
     * What role a member played.
     *
     * @param member its name
     * @param directionalFolds folds in which it gave directional signals
     * @param riskFolds folds in which it only shrank sizes
     * @param neutralFolds folds in which it said nothing
     * @param meanWeight its mean weight over all decisions of the configured combiner, in [0, 1]
     * @param meanContribution mean absolute amount it added to the combined signal (log-odds for Bayesian fusion)
     * @param fits what its fits were, the most frequent first and three at most, such as {@code Isolation forest (BOOK
     *     profile): 12 of 37}
     */
    public record MemberActivity(
            String member,
            int directionalFolds,
            int riskFolds,
            int neutralFolds,
            double meanWeight,
            double meanContribution,
            List<String> fits) {
        /**
         * Copies the list.
         *
         * @param member its name
         * @param directionalFolds folds in which it gave directional signals
         * @param riskFolds folds in which it only shrank sizes
         * @param neutralFolds folds in which it said nothing
         * @param meanWeight its mean weight over all decisions of the configured combiner, in [0, 1]
         * @param meanContribution mean absolute amount it added to the combined signal (log-odds for Bayesian fusion)
         * @param fits what its fits were, the most frequent first and three at most
         */
        public MemberActivity {
            fits = List.copyOf(fits);
        }
    }

    /**
     * Why members were left out or decisions were flat, over all decisions of the configured combiner.
     *
     * @param reason the reason in words
     * @param decisions how many decisions it concerned
     */
    public record Veto(String reason, int decisions) {}

    /**
     * The study with another loss when an asset disappears while it is held.
     *
     * @param haircut share of the last price lost: 0, 0.5 (the study itself) or 1
     * @param totalReturn simple return over the period
     * @param sharpe annualised
     */
    public record DelistingPoint(double haircut, double totalReturn, double sharpe) {}

    /** Equity and what goes with it, one row per bar close. Immutable: arrays are copied in and out. */
    public static final class EquityCurve {
        private final long[] times;
        private final double[] equity;
        private final double[] benchmark;
        private final double[] exposure;
        private final RegimeLabel[] regimes;

        /**
         * Copies the columns.
         *
         * @param times bar closes, increasing
         * @param equity equity of the strategy in quote currency
         * @param benchmark equity of the benchmark, from the same cash
         * @param exposure gross exposure as a share of equity
         * @param regimes regime that held
         */
        public EquityCurve(
                long[] times, double[] equity, double[] benchmark, double[] exposure, RegimeLabel[] regimes) {
            Check.that(
                    times.length == equity.length
                            && times.length == benchmark.length
                            && times.length == exposure.length
                            && times.length == regimes.length,
                    "all columns must have the same number of rows");
            this.times = times.clone();
            this.equity = equity.clone();
            this.benchmark = benchmark.clone();
            this.exposure = exposure.clone();
            this.regimes = regimes.clone();
        }

        /**
         * Number of rows.
         *
         * @return at least 0
         */
        public int size() {
            return times.length;
        }

        /**
         * Bar closes.
         *
         * @return a copy, UTC epoch nanoseconds
         */
        public long[] times() {
            return times.clone();
        }

        /**
         * Equity of the strategy.
         *
         * @return a copy, in quote currency
         */
        public double[] equity() {
            return equity.clone();
        }

        /**
         * Equity of the benchmark.
         *
         * @return a copy, in quote currency
         */
        public double[] benchmark() {
            return benchmark.clone();
        }

        /**
         * Gross exposure.
         *
         * @return a copy, share of equity
         */
        public double[] exposure() {
            return exposure.clone();
        }

        /**
         * Regimes that held.
         *
         * @return a copy
         */
        public RegimeLabel[] regimes() {
            return regimes.clone();
        }

        /**
         * Drawdown from the running maximum of equity.
         *
         * @return a new array, at most 0
         */
        public double[] drawdown() {
            double[] drawdown = new double[equity.length];
            double peak = equity.length == 0 ? 0 : equity[0];
            for (int i = 0; i < equity.length; i++) {
                peak = Math.max(peak, equity[i]);
                drawdown[i] = equity[i] / peak - 1;
            }
            return drawdown;
        }
    }
}
