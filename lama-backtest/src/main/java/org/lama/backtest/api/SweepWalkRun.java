package org.lama.backtest.api;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.lama.backtest.analytics.ProbabilisticSharpe;
import org.lama.backtest.analytics.StationaryBootstrap;
import org.lama.backtest.engine.EngineSettings;
import org.lama.backtest.engine.Market;
import org.lama.backtest.strategy.Strategy;
import org.lama.backtest.sweep.SweepResult;
import org.lama.backtest.verdict.Evidence;
import org.lama.backtest.verdict.Verdict;
import org.lama.backtest.verdict.VerdictRule;
import org.lama.backtest.walkforward.Candidate;
import org.lama.backtest.walkforward.NestedResult;
import org.lama.backtest.walkforward.NestedSettings;
import org.lama.backtest.walkforward.NestedWalkForward;
import org.lama.core.base.Check;
import org.lama.core.data.MarketData;
import org.lama.core.search.TaskExecutor;
import org.lama.core.series.TimeIndex;

/**
 * Walks the sets of a sweep forward. Samplers that do not learn draw them without a look at the data; which is chosen is then a
 * matter of the training windows alone.
 */
final class SweepWalkRun {
    private static final int MOST_CANDIDATES = 10_000;
    private static final int RESAMPLES = 2000;
    private static final long DAY_NANOS = 86_400_000_000_000L;
    private static final double DAYS_PER_YEAR = 365;

    private final SweepRequest request;
    private final MarketData data;
    private final SweepWalk walk;

    SweepWalkRun(SweepRequest request, MarketData data) {
        this.request = request;
        this.data = data;
        walk = request.walk().orElseThrow();
    }

    /** Says before the work what a walk cannot do. */
    void requirePossible(Market market, int sets) {
        Check.that(
                sets <= MOST_CANDIDATES,
                "walkForward tries all sets of the sweep in each fold and takes at most " + MOST_CANDIDATES + ", got "
                        + sets + "; give fewer trials");
        boolean[] streams = new boolean[1];
        market.describe(new Market.StreamListener() {
            @Override
            public void funding(String symbol, long[] times, double[] rates) {
                streams[0] = true;
            }

            @Override
            public void conversion(String currency, long[] times, double[] rates) {
                streams[0] = true;
            }

            @Override
            public void trades(String symbol, long[] times, double[] prices, double[] quantities) {
                streams[0] = true;
            }

            @Override
            public void books(String symbol, long[] times, double[][] levels) {
                streams[0] = true;
            }
        });
        Check.that(
                !streams[0] && market.events().isEmpty(),
                "walkForward trades bars alone, and these data have funding, trades, books or events; leave them out");
        long first = data.frames().stream()
                .mapToLong(frame -> frame.index().at(0))
                .min()
                .orElse(0);
        Check.that(
                walk.plan().retrainTimes(first, last()).length > 0,
                "walkForward must have data longer than its training window of "
                        + walk.plan().trainDays() + " days, got "
                        + (last() - first) / DAY_NANOS + "; give longer data or a smaller train");
    }

    private long last() {
        return data.frames().stream()
                .mapToLong(frame -> frame.availableAt(frame.size() - 1))
                .max()
                .orElse(1);
    }

    /** Chooses and trades fold by fold. */
    Walked run(
            SweepResult result,
            Function<Map<String, String>, Strategy> factory,
            EngineSettings engine,
            TaskExecutor executor)
            throws IOException {
        Map<String, Candidate> candidates = new LinkedHashMap<>();
        result.forEach(trial -> {
            // one that failed anywhere in the history is no candidate before that either: there is no run of it to
            // choose
            if (!trial.hasFailed()) {
                String name = trial.parameters().toString();
                candidates.putIfAbsent(
                        name,
                        Candidate.of(
                                name, () -> factory.apply(trial.parameters().values())));
            }
        });
        Check.that(!candidates.isEmpty(), "walkForward must have a set that the strategy takes; it refused all");
        NestedResult nested = NestedWalkForward.run(
                data,
                List.copyOf(candidates.values()),
                new NestedSettings(walk.plan(), walk.innerFolds(), walk.warmupDays(), engine),
                executor);
        return new Walked(nested, candidates.size(), ProbabilisticSharpe.of(nested.returns()));
    }

    /** What came out, before it is judged: the judgement needs the ledger, and the ledger this. */
    record Walked(NestedResult nested, int candidates, ProbabilisticSharpe sharpe) {}

    SweepWalkOutcome judged(Walked walked, Evidence.Trials trials, UnaryOperator<Verdict> next) {
        NestedResult nested = walked.nested();
        double perDay = (double) DAY_NANOS / Math.max(DAY_NANOS, data.barNanos());
        long first = nested.choices().get(0).retrainNanos();
        int trips = (int) nested.run().roundTrips().stream()
                .filter(trip -> trip.exitNanos() > first)
                .count();
        StationaryBootstrap bootstrap =
                StationaryBootstrap.of(RESAMPLES, request.backtest().settings().seed());
        Verdict verdict = rule().judge(Evidence.of(nested.returns(), trips, perDay, trials, bootstrap));
        return new SweepWalkOutcome(
                walk,
                nested,
                folds(nested),
                walked.candidates(),
                new SweepWalkOutcome.Judged(walked.sharpe(), DAYS_PER_YEAR * perDay, trials, next.apply(verdict)));
    }

    private VerdictRule rule() {
        return VerdictRule.standard("The parameter sets " + request.space().canonicalText() + " of "
                + request.backtest().title() + ", chosen anew by sharpe in each fold of " + walk.canonicalText()
                + " and traded " + request.backtest().data().kind()
                + " after costs, earn a positive mean return over cash.");
    }

    private List<SweepWalkOutcome.Fold> folds(NestedResult nested) {
        TimeIndex times = TimeIndex.of(nested.times());
        double[] equity = nested.equity();
        double perYear = DAYS_PER_YEAR * DAY_NANOS / Math.max(DAY_NANOS, data.barNanos());
        List<SweepWalkOutcome.Fold> folds = new ArrayList<>();
        double before = nested.run().capital();
        for (NestedResult.Choice choice : nested.choices()) {
            int from = times.ceiling(choice.retrainNanos() + 1);
            int to = times.floor(choice.untilNanos()) + 1;
            double[] returns = daily(times, equity, from, to, before);
            double after = to > from ? equity[to - 1] : before;
            folds.add(new SweepWalkOutcome.Fold(
                    choice.retrainNanos(),
                    choice.untilNanos(),
                    choice.candidate(),
                    choice.scores().stream()
                            .filter(score -> !score.isNaN())
                            .max(Double::compare)
                            .orElse(Double.NaN),
                    ProbabilisticSharpe.of(returns).sharpePerPeriod() * Math.sqrt(perYear),
                    after / before - 1));
            before = after;
        }
        return folds;
    }

    /** Returns between the last closes of the days; a close at midnight belongs to the day before. */
    private static double[] daily(TimeIndex times, double[] equity, int from, int to, double start) {
        double[] returns = new double[Math.max(0, to - from)];
        double before = start;
        int count = 0;
        for (int row = from; row < to; row++) {
            if (row == to - 1 || day(times.at(row)) != day(times.at(row + 1))) {
                returns[count++] = before > 0 ? equity[row] / before - 1 : 0;
                before = equity[row];
            }
        }
        return Arrays.copyOf(returns, count);
    }

    private static long day(long close) {
        return Math.floorDiv(close - 1, DAY_NANOS);
    }
}
