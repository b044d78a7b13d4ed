package org.lama.backtest.api;

import java.util.List;
import org.lama.backtest.analytics.ProbabilisticSharpe;
import org.lama.backtest.verdict.Evidence;
import org.lama.backtest.verdict.Verdict;
import org.lama.backtest.walkforward.NestedResult;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Tabular;
import org.lama.core.series.TimeIndex;

/**
 * What the choice of a sweep earned out of sample, walked forward. As a table: the folds. Immutable.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class SweepWalkOutcome implements Tabular {
    private final SweepWalk walk;
    private final NestedResult nested;
    private final List<Fold> folds;
    private final int candidates;
    private final Judged judged;

    SweepWalkOutcome(SweepWalk walk, NestedResult nested, List<Fold> folds, int candidates, Judged judged) {
        this.walk = walk;
        this.nested = nested;
        this.folds = List.copyOf(folds);
        this.candidates = candidates;
        this.judged = judged;
    }

    /** What was made of the returns out of sample. */
    record Judged(ProbabilisticSharpe sharpe, double perYear, Evidence.Trials trials, Verdict verdict) {}

    /**
     * One fold.
     *
     * @param fromNanos when the choice was made, UTC epoch nanoseconds
     * @param untilNanos close up to which it held
     * @param parameters of the chosen set; empty if none had a score: then the fold stayed flat
     * @param inSample annual Sharpe ratio of the chosen set over the inner validation blocks, by which it was chosen; NaN if none
     * @param outOfSample annual Sharpe ratio of what it earned then; NaN where it is not defined
     * @param totalReturn what it earned then, a fraction
     */
    public record Fold(
            long fromNanos,
            long untilNanos,
            String parameters,
            double inSample,
            double outOfSample,
            double totalReturn) {
        /**
         * Checks the text.
         *
         * @param fromNanos when the choice was made, UTC epoch nanoseconds
         * @param untilNanos close up to which it held
         * @param parameters of the chosen set; empty if none had a score
         * @param inSample annual Sharpe ratio of the chosen set over the inner validation blocks; NaN if none
         * @param outOfSample annual Sharpe ratio of what it earned then; NaN where it is not defined
         * @param totalReturn what it earned then, a fraction
         */
        public Fold {
            Check.notNull(parameters, "parameters");
        }
    }

    /**
     * How it was walked.
     *
     * @return windows, gaps, inner folds
     */
    public SweepWalk walk() {
        return walk;
    }

    /**
     * Choices with the scores of all candidates, and the stitched account.
     *
     * @return the result
     */
    public NestedResult nested() {
        return nested;
    }

    /**
     * The folds in time order.
     *
     * @return at least one
     */
    public List<Fold> folds() {
        return folds;
    }

    /**
     * How many sets each fold chose from: those of the sweep that the strategy took.
     *
     * @return at least 1
     */
    public int candidates() {
        return candidates;
    }

    /**
     * The mean of what the chosen sets promised inside their training windows.
     *
     * @return annual Sharpe ratio; NaN if no fold chose any
     */
    public double inSampleSharpe() {
        return folds.stream()
                .mapToDouble(Fold::inSample)
                .filter(Double::isFinite)
                .average()
                .orElse(Double.NaN);
    }

    /**
     * What they kept, over all folds in one account.
     *
     * @return annual Sharpe ratio; NaN where it is not defined
     */
    public double outOfSampleSharpe() {
        return judged.sharpe().sharpePerPeriod() * Math.sqrt(judged.perYear());
    }

    /**
     * Probability that the true Sharpe ratio out of sample is above 0, as if it were the only trial.
     *
     * @return a probability; NaN where it is not defined
     */
    public double probabilisticSharpe() {
        return judged.sharpe().probability(0);
    }

    /**
     * The same against the best that luck would show among {@link #trials}.
     *
     * @return a probability; NaN where it is not defined
     */
    public double deflatedSharpe() {
        return judged.sharpe()
                .deflated(judged.trials().effective(), judged.trials().variance());
    }

    /**
     * Trials behind it: this walk, and whatever the ledger knows of the same data besides the sets of this sweep, which were
     * compared inside the training windows only.
     *
     * @return number, and variance of their Sharpe ratios
     */
    public Evidence.Trials trials() {
        return judged.trials();
    }

    /**
     * The verdict on the returns out of sample by the rule of studies.
     *
     * @return the verdict
     */
    public Verdict verdict() {
        return judged.verdict();
    }

    @Override
    public List<Column> columns() {
        return List.of(
                new Column(
                        "from",
                        folds.stream()
                                .map(f -> TimeIndex.instant(f.fromNanos()))
                                .toList()),
                new Column(
                        "until",
                        folds.stream()
                                .map(f -> TimeIndex.instant(f.untilNanos()))
                                .toList()),
                new Column("parameters", folds.stream().map(Fold::parameters).toList()),
                new Column("inSample", folds.stream().map(Fold::inSample).toList()),
                new Column("outOfSample", folds.stream().map(Fold::outOfSample).toList()),
                new Column("totalReturn", folds.stream().map(Fold::totalReturn).toList()));
    }
}
