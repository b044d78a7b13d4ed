package org.lama.backtest.honesty;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lama.backtest.engine.BarEngine;
import org.lama.backtest.engine.EngineSettings;
import org.lama.backtest.honesty.CheckReport.Line;
import org.lama.backtest.honesty.CheckReport.Outcome;
import org.lama.backtest.honesty.Experiment.Difference;
import org.lama.backtest.honesty.Experiment.Moment;
import org.lama.backtest.honesty.Garbling.Cells;
import org.lama.backtest.honesty.Garbling.How;
import org.lama.backtest.honesty.StrategyHonestyReport.Finding;
import org.lama.backtest.honesty.StrategyHonestyReport.Spoiling;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.data.MarketData;
import org.lama.core.series.Frame;
import org.lama.core.series.TimeIndex;

/**
 * Everything that can be found out by experiment about the honesty of a strategy, with the place where the future was seen.
 * Beyond {@link StrategyHonesty}: cuts right after decisions; the same data twice; values whose companion column says that
 * they were known late; a bar that is missing or repeated; targets that go out later; a later start; prices that differ by
 * next to nothing; the same moves in another order. What fails is located to the bar, the column and the code that read it.
 *
 * <p>Not thread-safe; deterministic. Cost: about 6 · cuts half runs, as many half runs for single decisions as fit into
 * two million rows, and some hundred runs to locate a leak; a run ends at its cut.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class StrategyCheck {
    private static final List<Spoiling> AT_CUTS = List.of(
            Spoiling.POISON_SCALE,
            Spoiling.POISON_NAN,
            Spoiling.POISON_REVERSED,
            Spoiling.TRUNCATE,
            Spoiling.INTRABAR,
            // last: where others fail too, their findings are easier to locate
            Spoiling.POISON_OWN);
    private static final int FAULTS = 10;

    private final String name;
    private final StrategyExperiment experiment;
    private final CheckSettings settings;
    private final List<Line> lines = new ArrayList<>();
    private final Map<Spoiling, Finding> first = new EnumMap<>(Spoiling.class);
    private Optional<Difference> restated = Optional.empty();
    private long compared;

    private StrategyCheck(String name, StrategyExperiment experiment, CheckSettings settings) {
        this.name = name;
        this.experiment = experiment;
        this.settings = settings;
    }

    /**
     * Checks a strategy in LAMA's own engine.
     *
     * @param name of the strategy, for the report
     * @param data true data; other copies are made of them
     * @param factory builds the strategy for the data of a run
     * @param engine settings of the runs
     * @param settings how thoroughly
     * @return what was found
     */
    public static CheckReport run(
            String name,
            MarketData data,
            StrategyHonesty.Factory factory,
            EngineSettings engine,
            CheckSettings settings) {
        return run(name, new Setting(BarEngine::run, data, engine), factory, settings);
    }

    /**
     * What the strategy runs in.
     *
     * @param runner the engine
     * @param data true data
     * @param engine settings of the runs
     */
    public record Setting(StrategyHonesty.Runner runner, MarketData data, EngineSettings engine) {
        /**
         * Checks the parts.
         *
         * @param runner the engine
         * @param data true data
         * @param engine settings of the runs
         */
        public Setting {
            Check.notNull(runner, "runner");
            Check.notNull(data, "data");
            Check.notNull(engine, "engine");
        }
    }

    /**
     * Checks a strategy together with the engine that runs it.
     *
     * @param name of the strategy, for the report
     * @param setting engine, data, settings of the runs
     * @param factory builds the strategy for the data of a run
     * @param settings how thoroughly
     * @return what was found
     */
    public static CheckReport run(
            String name, Setting setting, StrategyHonesty.Factory factory, CheckSettings settings) {
        StrategyExperiment experiment =
                new StrategyExperiment(setting.runner(), factory, setting.engine(), setting.data());
        return new StrategyCheck(name, experiment, settings).report();
    }

    private CheckReport report() {
        MoneyGrowth.line(experiment).ifPresent(lines::add);
        CutPlan plan = new CutPlan(experiment.data(), experiment.truth(), settings);
        Optional<Difference> repeated = repeat();
        if (repeated.isPresent()) {
            lines.add(new Line(
                    "REST", Outcome.NOT_RUN, 0, "runs on the same data differ, so no comparison says anything"));
            return new CheckReport(name, lines, List.of(state(repeated.get())), Math.max(1, compared));
        }
        for (Spoiling how : AT_CUTS) {
            spoil(how, plan);
        }
        if (settings.calendar()) {
            lines.add(new Line("SHIFT", Outcome.NOT_RUN, 0, "it reads the calendar"));
        } else {
            spoil(Spoiling.SHIFT, plan);
        }
        restated(plan);
        faults(plan);
        Sensitivity sensitivity = new Sensitivity(experiment);
        lines.add(sensitivity.warmUp(experiment.warmUpBars()));
        lines.add(sensitivity.delay(settings.seed()));
        Fingerprint fingerprint = new Fingerprint(experiment, settings.seed());
        lines.add(fingerprint.line());
        Reordered reordered = new Reordered(experiment, settings.calendar());
        lines.add(reordered.line());
        List<Leak> leaks = leaks();
        if (leaks.isEmpty()) {
            fingerprint
                    .found()
                    .ifPresent(moved -> leaks.add(beside(fingerprint.line().check(), moved)));
        }
        if (leaks.isEmpty()) {
            reordered
                    .found()
                    .ifPresent(blind -> leaks.add(beside(reordered.line().check(), blind)));
        }
        return new CheckReport(name, lines, leaks, compared);
    }

    private Optional<Difference> repeat() {
        Moment end = new Moment(Long.MAX_VALUE, true);
        Optional<Difference> other = experiment.differs(experiment.data().frames(), end);
        lines.add(new Line(
                "REPEAT",
                other.isPresent() ? Outcome.FAILED : Outcome.PASSED,
                1,
                other.map(StrategyCheck::words).orElse("the same data give the same decisions")));
        return other;
    }

    private void spoil(Spoiling how, CutPlan plan) {
        StrategyHonestyReport found = StrategyHonesty.check(experiment.known(), how, plan.main(), Integer.MAX_VALUE);
        int runs = found.runs();
        List<Finding> findings = new ArrayList<>(found.findings());
        compared += found.targetsCompared() + found.fillsCompared();
        long[] further = further(how, plan);
        if (findings.isEmpty() && further.length > 0) {
            StrategyHonestyReport more = StrategyHonesty.check(experiment.known(), how, further, 1);
            runs += more.runs();
            findings.addAll(more.findings());
            compared += more.targetsCompared() + more.fillsCompared();
        }
        Optional<Finding> earliest = findings.stream().min(Comparator.comparing(Finding::time));
        earliest.ifPresent(finding -> first.put(how, finding));
        lines.add(new Line(
                how.name(),
                earliest.isPresent() ? Outcome.FAILED : Outcome.PASSED,
                runs,
                earliest.map(finding ->
                                words(finding) + (findings.size() > 1 ? "; so at " + findings.size() + " cuts" : ""))
                        .orElse(how == Spoiling.SHIFT ? "all moved by one bar" : "nothing moved")));
    }

    /** Own factors move all that a common one moves, and ratios too; the common one is for what rises alone move. */
    private static long[] further(Spoiling how, CutPlan plan) {
        return switch (how) {
            case POISON_OWN -> plan.further();
            case POISON_SCALE -> plan.again();
            default -> new long[0];
        };
    }

    private static String again(int findings) {
        return findings > 1 ? "; so in " + findings + " runs" : "";
    }

    /** Values of the past that were written later. */
    private void restated(CutPlan plan) {
        List<Frame> frames = experiment.data().frames();
        if (!Garbling.hasCompanions(frames)) {
            lines.add(new Line(
                    "BACK_FILLED",
                    Outcome.NOT_RUN,
                    0,
                    "no column NAME.availableAt says when values could be known; each counts as known at its close"));
            return;
        }
        Garbling garbling = new Garbling(frames);
        int runs = 0;
        int found = 0;
        for (long cut : plan.main()) {
            Moment moment = new Moment(cut, false);
            Cells late = garbling.unknownAt(moment).within(Long.MIN_VALUE, cut - 1);
            for (How how : List.of(How.SCALED, How.MISSING)) {
                Optional<Difference> moved = experiment.differs(garbling.apply(how, late), moment);
                runs++;
                found += moved.isPresent() ? 1 : 0;
                restated = restated.isPresent() ? restated : moved;
            }
        }
        String times = again(found);
        lines.add(new Line(
                "BACK_FILLED",
                restated.isPresent() ? Outcome.FAILED : Outcome.PASSED,
                runs,
                restated.map(moved -> words(moved) + times).orElse("no value was used before it was known")));
    }

    private void faults(CutPlan plan) {
        List<Frame> frames = experiment.data().frames();
        fault("MISSING_BAR", "gone", plan, (symbol, nanos) -> FaultyBars.missing(frames, symbol, nanos));
        fault(
                "DUPLICATED_BAR",
                "like the one before",
                plan,
                (symbol, nanos) -> FaultyBars.duplicated(frames, symbol, nanos));
    }

    private interface Fault {
        List<Frame> at(int symbol, long nanos);
    }

    /** A faulty bar may change what comes after it, but neither break the run nor change what came before. */
    private void fault(String check, String what, CutPlan plan, Fault fault) {
        long[] cuts = plan.main();
        int symbols = experiment.data().symbols().size();
        List<String> broken = new ArrayList<>();
        int runs = Math.min(FAULTS, cuts.length);
        for (int i = 0; i < runs; i++) {
            long cut = cuts[(int) ((long) i * cuts.length / runs)];
            String symbol = experiment.data().symbols().get(i % symbols);
            String with = " with the bar of " + symbol + " at " + TimeIndex.instant(cut) + " " + what;
            Recording recording = new Recording(Long.MAX_VALUE);
            experiment.run(experiment.like(fault.at(i % symbols, cut)), recording, thrown -> broken.add(thrown + with));
            Optional<Difference> past = experiment.differs(recording, new Moment(cut, false));
            past.ifPresent(difference -> broken.add(words(difference) + with));
        }
        lines.add(new Line(
                check,
                broken.isEmpty() ? Outcome.PASSED : Outcome.FAILED,
                runs,
                broken.isEmpty() ? "no run broke, no earlier decision moved" : broken.get(0) + again(broken.size())));
    }

    /** The first leak of each kind: of decisions, of fills, of late values; what is known beside the data only if alone. */
    private List<Leak> leaks() {
        Locator locator = new Locator(experiment, experiment.data().frames());
        List<Leak> leaks = new ArrayList<>();
        for (String what : List.of("target", "fill")) {
            AT_CUTS.stream()
                    .filter(first::containsKey)
                    .map(how -> first.get(how))
                    .filter(finding -> finding.what().equals(what))
                    .findFirst()
                    .ifPresent(
                            finding -> leaks.add(locator.locate(finding.check().name(), difference(finding))));
        }
        restated.ifPresent(moved -> leaks.add(locator.locate("BACK_FILLED", moved)));
        Finding shift = first.get(Spoiling.SHIFT);
        if (leaks.isEmpty() && shift != null) {
            leaks.add(outside(shift));
        }
        return leaks;
    }

    private static Difference difference(Finding finding) {
        Moment moment =
                new Moment(TimeIndex.nanos(finding.time()), finding.what().equals("fill"));
        return new Difference(moment, finding.symbol(), finding.what(), finding.expected(), finding.found());
    }

    /** Found by the shift of all times alone; the time of the finding is that of the shifted run. */
    private Leak outside(Finding finding) {
        long bar = experiment.data().barNanos();
        Moment then =
                new Moment(TimeIndex.nanos(finding.time()) - bar, finding.what().equals("fill"));
        return beside(
                "SHIFT", new Difference(then, finding.symbol(), finding.what(), finding.expected(), finding.found()));
    }

    private Leak beside(String check, Difference moved) {
        return withoutCell(check, Leak.Cause.OUTSIDE, moved);
    }

    private Leak state(Difference difference) {
        return withoutCell("REPEAT", Leak.Cause.STATE, difference);
    }

    private Leak withoutCell(String check, Leak.Cause cause, Difference difference) {
        long bar = experiment.data().barNanos();
        Moment at = difference.at();
        return new Leak(
                check,
                cause,
                TimeIndex.instant(at.fill() ? at.nanos() : at.nanos() - bar),
                difference.what(),
                difference.symbol(),
                Optional.empty(),
                experiment.decidedIn(difference, experiment.data().frames()),
                Optional.empty());
    }

    private static String words(Finding finding) {
        return "the " + finding.what() + " of " + finding.symbol() + " at " + finding.time() + " was "
                + finding.expected() + ", and " + finding.found() + " with another future from " + finding.cut();
    }

    private static String words(Difference difference) {
        return "the " + difference.what() + " of " + difference.symbol() + " at "
                + TimeIndex.instant(difference.at().nanos()) + " was " + difference.expected() + ", and "
                + difference.found();
    }
}
