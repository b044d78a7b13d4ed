package org.lama.backtest.api;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.lama.backtest.analytics.BenjaminiHochberg;
import org.lama.backtest.analytics.OverfittingProbability;
import org.lama.backtest.analytics.ProbabilisticSharpe;
import org.lama.backtest.analytics.RealityCheck;
import org.lama.backtest.analytics.StationaryBootstrap;
import org.lama.backtest.engine.EngineSettings;
import org.lama.backtest.execution.IntrabarPath;
import org.lama.backtest.sweep.Plateau;
import org.lama.backtest.sweep.SweepResult;
import org.lama.backtest.sweep.SweepTrial;
import org.lama.backtest.sweep.TrialColumns;
import org.lama.backtest.sweep.TrialFinding;
import org.lama.backtest.sweep.TrialFunction;
import org.lama.backtest.verdict.Evidence;
import org.lama.backtest.verdict.Verdict;
import org.lama.backtest.verdict.VerdictRule;
import org.lama.core.data.MarketData;

/** Judges the best trial of a sweep by the rule of studies, with the trials counted against it. */
final class SweepJudge {
    private static final int RESAMPLES = 2000;
    private static final int FEWER_RESAMPLES = 500;
    private static final int MANY = 10_000;
    private static final int MOST_TESTED = 100_000;
    private static final int FEWEST_PERIODS = 2 * OverfittingProbability.DEFAULT_BLOCKS;
    private static final double DAYS_PER_YEAR = 365;
    private static final long DAY_NANOS = 86_400_000_000_000L;
    private static final int MONTH_DAYS = 30;
    /** Share of the trials that may fail on the way beside an edge. */
    private static final double MOST_FAILED = 0.1;

    private final SweepRequest request;
    private final MarketData data;
    private final long seed;

    SweepJudge(SweepRequest request, MarketData data) {
        this.request = request;
        this.data = data;
        seed = request.backtest().settings().seed();
    }

    long fromNanos() {
        return data.frames().stream()
                .mapToLong(frame -> frame.index().at(0))
                .min()
                .orElse(0);
    }

    long toNanos() {
        return data.frames().stream()
                .mapToLong(frame -> frame.availableAt(frame.size() - 1))
                .max()
                .orElse(1);
    }

    /** The rule depends on the request alone. */
    static VerdictRule rule(SweepRequest request) {
        return VerdictRule.standard(
                "The best of the parameter sets " + request.space().canonicalText() + " of "
                        + request.backtest().title() + " by " + request.metric() + ", traded "
                        + request.backtest().data().kind() + " after costs, earns a positive mean return over cash.");
    }

    SweepJudgement judge(
            SweepResult result,
            SweepLedger.Counted counted,
            String path,
            EngineSettings engine,
            Function<EngineSettings, ? extends TrialFunction> trials)
            throws IOException {
        VerdictRule rule = rule(request);
        double[][] matrix = result.returns().matrix();
        Evidence.Trials behind = new Evidence.Trials(
                (int) Math.min(Integer.MAX_VALUE, Math.max(1, counted.all().raw())),
                counted.all().effective(),
                counted.all().variance());
        Optional<SweepTrial> best = result.best();
        Verdict verdict = best.isPresent()
                ? verdict(rule, result, best.get(), behind, engine, trials)
                : nothing(rule, behind, result);
        verdict = unlessFailed(verdict, result);
        Map<String, String> notes = new LinkedHashMap<>();
        notes.put("path", path);
        String about = data.frames().stream()
                .map(frame -> frame.provenance().note())
                .filter(note -> !note.isEmpty())
                .distinct()
                .collect(Collectors.joining("; "));
        if (!about.isEmpty()) {
            notes.put("data", about);
        }
        double[][] compared =
                best.map(each -> result.returns().matrixWith(each.number())).orElse(matrix);
        Optional<OverfittingProbability> overfitting = overfitting(compared, notes);
        Optional<RealityCheck> reality = reality(result, notes);
        Optional<Plateau> plateau = Plateau.find(TrialColumns.of(result), result.direction());
        notes.put("discoveries", discoveries(matrix, rule.falseDiscoveryRate()));
        SweepJudgement judged = new SweepJudgement(
                        rule,
                        verdict,
                        behind,
                        new SweepJudgement.Ledger(counted.started(), counted.onWindow(), counted.tip()),
                        best.map(each -> ProbabilisticSharpe.of(result.returns().of(each.number()))),
                        overfitting,
                        reality,
                        plateau,
                        SweepImportance.of(result, seed),
                        notes,
                        new SweepJudgement.Compared(
                                compared.length, result.statistics().tried()),
                        data.frames().stream()
                                .map(frame -> frame.provenance().kind())
                                .max(Comparator.naturalOrder())
                                .map(Enum::name)
                                .orElse("HISTORICAL"))
                .withDisagreement();
        // what to do next follows from the last word
        return judged.withVerdict(judged.verdict().withNext(next(result, judged.verdict())));
    }

    /**
     * Trials of one space depend on each other with either sign (a choice may turn a rule around), so their p-values are
     * corrected by Benjamini and Yekutieli, which holds under any dependence.
     */
    private static String discoveries(double[][] matrix, double rate) {
        double[] p = Arrays.stream(matrix)
                .mapToDouble(row -> 1 - ProbabilisticSharpe.of(row).probability(0))
                .filter(each -> !Double.isNaN(each))
                .toArray();
        if (p.length == 0) {
            return "n/a: no trial with returns";
        }
        return BenjaminiHochberg.underAnyDependence(p, rate).rejections() + " of " + p.length
                + " sampled trials, at a false discovery rate of " + SweepJudgement.fixed(100 * rate, 0)
                + " % (Benjamini and Yekutieli)";
    }

    /** What is left after many trials failed on the way was chosen by the failures, if they know what was lost. */
    private static Verdict unlessFailed(Verdict verdict, SweepResult result) {
        long broken = result.statistics().broken();
        long tried = result.statistics().tried();
        if (verdict.outcome() != Verdict.Outcome.EDGE || broken <= MOST_FAILED * tried) {
            return verdict;
        }
        return new Verdict(
                Verdict.Outcome.NO_EDGE,
                OptionalLong.empty(),
                broken + " of " + tried + " trials failed after they had seen data, more than "
                        + SweepJudgement.fixed(100 * MOST_FAILED, 0)
                        + " %, and the best of the others says nothing of all; otherwise " + verdict.why(),
                verdict.next(),
                verdict.figures());
    }

    private Verdict verdict(
            VerdictRule rule,
            SweepResult result,
            SweepTrial best,
            Evidence.Trials behind,
            EngineSettings engine,
            Function<EngineSettings, ? extends TrialFunction> trials) {
        double[] returns = result.returns().of(best.number());
        StationaryBootstrap bootstrap = StationaryBootstrap.of(RESAMPLES, seed);
        Evidence evidence =
                Evidence.of(returns, best.figures().roundTrips(), perYear() / DAYS_PER_YEAR, behind, bootstrap);
        if (disagrees(best, engine, trials)) {
            evidence = evidence.withDisagreementInsideBars();
        }
        return new SweepCapacity(engine, trials, best.parameters()).addTo(rule.judge(evidence), data, perYear(), seed);
    }

    /** Whether the order of prices inside bars decides on gain or loss of the best trial. */
    private static boolean disagrees(
            SweepTrial best, EngineSettings engine, Function<EngineSettings, ? extends TrialFunction> trials) {
        OptionalDouble first = total(best, engine, trials, IntrabarPath.PESSIMISTIC);
        OptionalDouble second = total(best, engine, trials, IntrabarPath.OPTIMISTIC);
        return first.isPresent() && second.isPresent() && first.getAsDouble() > 0 != second.getAsDouble() > 0;
    }

    private static OptionalDouble total(
            SweepTrial best,
            EngineSettings engine,
            Function<EngineSettings, ? extends TrialFunction> trials,
            IntrabarPath path) {
        EngineSettings settings =
                engine.toBuilder().execution(engine.execution().withPath(path)).build();
        // one that fails on this path has no total there
        TrialFinding found = trials.apply(settings).attempt(best.parameters(), TrialFunction.ALL, false);
        double total = found.figures().totalReturn();
        return Double.isNaN(total) ? OptionalDouble.empty() : OptionalDouble.of(total);
    }

    /** As reports judge it: days where bars are shorter and span a month, else bars. */
    private double perYear() {
        boolean daily = data.barNanos() < DAY_NANOS && spanNanos() >= MONTH_DAYS * DAY_NANOS;
        return DAYS_PER_YEAR * DAY_NANOS / (daily ? DAY_NANOS : data.barNanos());
    }

    private long spanNanos() {
        return data.frames().stream()
                .mapToLong(f -> f.index().at(f.size() - 1) - f.index().at(0))
                .max()
                .orElse(0);
    }

    /** No trial has a value: the data were seen all the same, and show how few trades so many days bring. */
    private Verdict nothing(VerdictRule rule, Evidence.Trials behind, SweepResult result) throws IOException {
        AtomicInteger trips = new AtomicInteger();
        result.forEach(trial -> trips.accumulateAndGet(trial.figures().roundTrips(), Math::max));
        double perDay = perYear() / DAYS_PER_YEAR;
        int observations = (int) Math.min(Integer.MAX_VALUE, Math.round(perDay * spanNanos() / DAY_NANOS));
        ProbabilisticSharpe unknown = new ProbabilisticSharpe(observations, Double.NaN, Double.NaN, Double.NaN);
        return rule.judge(new Evidence(unknown, Double.NaN, trips.get(), perDay, behind, true))
                .withFigure("definedTrials", 0);
    }

    private static Optional<OverfittingProbability> overfitting(double[][] matrix, Map<String, String> notes) {
        if (matrix.length < OverfittingProbability.MINIMUM_CONFIGURATIONS) {
            notes.put(
                    "overfitting",
                    "n/a: " + matrix.length + " configurations with returns, "
                            + OverfittingProbability.MINIMUM_CONFIGURATIONS + " are needed");
            return Optional.empty();
        }
        if (matrix[0].length < FEWEST_PERIODS) {
            notes.put("overfitting", "n/a: " + matrix[0].length + " returns, " + FEWEST_PERIODS + " are needed");
            return Optional.empty();
        }
        return Optional.of(OverfittingProbability.of(matrix));
    }

    /** The resamples of the reality check: fewer for many trials, none beyond {@link #MOST_TESTED}. */
    static Optional<StationaryBootstrap> realityCheck(int planned, long seed) {
        return planned > MOST_TESTED
                ? Optional.empty()
                : Optional.of(StationaryBootstrap.of(planned > MANY ? FEWER_RESAMPLES : RESAMPLES, seed));
    }

    /** Over every trial that was tried, or not at all: the best of a sample is not the best that was found. */
    private static Optional<RealityCheck> reality(SweepResult result, Map<String, String> notes) {
        Optional<RealityCheck> check = result.reality();
        String why = !request(result, "pruner").equals("none")
                ? "trials were stopped early, and the test needs the returns of all; leave out --pruner"
                : result.statistics().broken() > 0
                        ? result.statistics().broken()
                                + " trials failed after they had seen data, and the test needs the returns of all"
                        : result.statistics().count() > MOST_TESTED
                                ? "more than " + MOST_TESTED + " trials"
                                : check.flatMap(RealityCheck::reason)
                                        .orElse(check.isPresent() ? "" : "no trial with returns");
        if (!why.isEmpty()) {
            notes.put("realityCheck", "n/a: " + why);
            return Optional.empty();
        }
        return check;
    }

    private static String request(SweepResult result, String name) {
        return result.identity().settings().getOrDefault(name, "none");
    }

    /** The command that helps after a verdict. */
    String next(SweepResult result, Verdict verdict) {
        String path = DataPaths.flag(request.backtest().data());
        List<String> parameters = new ArrayList<>();
        result.best()
                .ifPresent(best -> best.parameters()
                        .values()
                        .forEach((name, value) -> parameters.add(" --param " + name + "=" + value)));
        return switch (verdict.outcome()) {
            case EDGE, NOT_DECIDABLE_ON_BARS ->
                "./lama backtest --strategy " + request.backtest().strategy() + String.join("", parameters) + path;
            case NO_EDGE -> "./lama study" + path;
            case NOT_ENOUGH_DATA ->
                "./lama sweep --strategy " + request.backtest().strategy() + " --space '" + request.space()
                        + "' --data LONGER_HISTORY";
        };
    }
}
