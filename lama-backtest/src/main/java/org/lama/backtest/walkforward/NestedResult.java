package org.lama.backtest.walkforward;

import java.util.List;
import org.lama.backtest.engine.BacktestResult;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Tabular;
import org.lama.core.series.TimeIndex;

/**
 * What a nested walk-forward chose and what its choices earned. The stitched out-of-sample returns are those of one account
 * that trades each fold with the candidate chosen before it, so a change of candidate pays its costs. To be judged they are
 * one trial: the candidates were compared inside the training windows only. Immutable; the arrays are copies.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class NestedResult implements Tabular {
    private final List<Choice> choices;
    private final int evaluations;
    private final long[] times;
    private final double[] equity;
    private final double[] returns;
    private final BacktestResult run;

    NestedResult(
            List<Choice> choices,
            int evaluations,
            long[] times,
            double[] equity,
            double[] returns,
            BacktestResult run) {
        this.choices = List.copyOf(choices);
        this.evaluations = evaluations;
        this.times = times;
        this.equity = equity;
        this.returns = returns;
        this.run = run;
    }

    /**
     * The choice of one fold.
     *
     * @param retrainNanos when it was made, UTC epoch nanoseconds; bars that close later played no part
     * @param untilNanos close up to which it holds, inclusive
     * @param candidate name of the chosen one, empty if no candidate had a score: then the fold stays flat
     * @param scores Sharpe ratio a year of each candidate over all its inner validation blocks, in the order of the candidates;
     *     NaN if not defined
     */
    public record Choice(long retrainNanos, long untilNanos, String candidate, List<Double> scores) {
        /**
         * Copies the scores.
         *
         * @param retrainNanos when it was made, UTC epoch nanoseconds; bars that close later played no part
         * @param untilNanos close up to which it holds, inclusive
         * @param candidate name of the chosen one, empty if no candidate had a score: then the fold stays flat
         * @param scores Sharpe ratio a year of each candidate over all its inner validation blocks, in the order of the
         *     candidates; NaN if not defined
         */
        public Choice {
            Check.notNull(candidate, "candidate");
            scores = List.copyOf(scores);
        }
    }

    /**
     * The choices in time order.
     *
     * @return one per fold
     */
    public List<Choice> choices() {
        return choices;
    }

    /**
     * How many runs the choices took: candidates × folds × inner folds.
     *
     * @return at least 1
     */
    public int evaluations() {
        return evaluations;
    }

    /**
     * Closes of the bars out of sample.
     *
     * @return UTC epoch nanoseconds, a copy
     */
    public long[] times() {
        return times.clone();
    }

    /**
     * Equity at each of these closes.
     *
     * @return in quote currency, a copy
     */
    public double[] equity() {
        return equity.clone();
    }

    /**
     * Net return of each day out of sample, or of each bar where bars are longer than a day.
     *
     * @return fractions, a copy
     */
    public double[] returns() {
        return returns.clone();
    }

    /**
     * The run of the stitched account, from the first bar of the data on.
     *
     * @return fills, round trips and costs
     */
    public BacktestResult run() {
        return run;
    }

    @Override
    public List<Column> columns() {
        return List.of(
                new Column(
                        "retrain",
                        choices.stream()
                                .map(choice -> TimeIndex.instant(choice.retrainNanos()))
                                .toList()),
                new Column(
                        "until",
                        choices.stream()
                                .map(choice -> TimeIndex.instant(choice.untilNanos()))
                                .toList()),
                new Column("candidate", choices.stream().map(Choice::candidate).toList()),
                new Column(
                        "score",
                        choices.stream()
                                .map(choice -> choice.scores().stream()
                                        .filter(score -> !score.isNaN())
                                        .max(Double::compare)
                                        .orElse(Double.NaN))
                                .toList()));
    }
}
