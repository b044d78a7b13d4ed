package org.lama.backtest.honesty;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.lama.backtest.honesty.CheckReport.Line;
import org.lama.backtest.honesty.CheckReport.Outcome;
import org.lama.backtest.honesty.Experiment.Difference;
import org.lama.backtest.honesty.Experiment.Moment;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.market.Columns;
import org.lama.core.series.Frame;
import org.lama.core.series.TimeIndex;
import org.lama.core.signal.Combiner;
import org.lama.core.signal.HonestyCheck;
import org.lama.core.signal.HonestyReport;
import org.lama.core.signal.HonestyReport.Kind;
import org.lama.core.signal.HonestyReport.Violation;
import org.lama.core.signal.RegimeDetector;
import org.lama.core.signal.SessionFeed;
import org.lama.core.signal.SignalModel;

/**
 * {@link HonestyCheck} for models, combiners and regime detectors, with the place where a model saw the future, and with a
 * model trained on shuffled returns: what it earned from training must be gone.
 *
 * <p>Stateless and thread-safe. Cost of a model: about 4 · cuts fits and as many scores of each row after the window, some
 * hundred more to locate a leak.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class ModelCheck {
    private static final int SCORED = 60;
    private static final int SKILL_ROWS = 250;
    private static final int SHUFFLES = 8;
    private static final int LEAST_SKILL_ROWS = 30;
    private static final int COMBINED = 400;
    private static final int LABELLED = 900;
    private static final List<String> MEMBERS = List.of("momentum", "liquidity", "anomaly");
    private static final List<String> PRICES = List.of(Columns.OPEN, Columns.HIGH, Columns.LOW, Columns.CLOSE);

    private ModelCheck() {}

    /**
     * Checks a model on the bars of one symbol: fitted on the first rows, scored on the 60 after them.
     *
     * @param model the model
     * @param bars at least 21 rows more than the window
     * @param trainRows length of the training window, at least 2
     * @param settings cuts, seed; named bars are the last known rows of further cuts
     * @return what was found
     */
    public static CheckReport model(SignalModel model, Frame bars, int trainRows, CheckSettings settings) {
        Check.atLeast(trainRows, 2, "trainRows");
        Check.that(
                trainRows + 21 <= bars.size(),
                "bars must hold at least 21 rows after a window of " + trainRows + ", got " + bars.size() + " of "
                        + bars.symbol());
        Frame used = bars.slice(0, Math.min(bars.size(), trainRows + SCORED));
        HonestyCheck check = honesty(settings).including(rows(settings, used, trainRows));
        HonestyReport report = check.model(model, used, 0, trainRows);
        ModelExperiment experiment = new ModelExperiment(model, used, trainRows, settings.seed());
        List<Line> lines = lines(report);
        lines.add(shuffled(model, bars, trainRows, settings.seed()));
        return new CheckReport(
                model.name(), lines, leaks(report, experiment, used, trainRows), compared(report, experiment.valid()));
    }

    /**
     * Checks a combiner on made-up signals, with members called momentum, liquidity and anomaly.
     *
     * @param combiner the combiner
     * @param settings cuts and seed
     * @return what was found; a combiner gets its inputs one by one, so that it knows the future only if an earlier session
     *     has left it behind: then the bar, the input and the call that brought it
     */
    public static CheckReport combiner(Combiner combiner, CheckSettings settings) {
        HonestyReport report = honesty(settings).combiner(combiner, MEMBERS, COMBINED);
        return sessions(SessionFeed.of(combiner, MEMBERS), report, COMBINED, settings);
    }

    /**
     * Checks a regime detector on made-up states of the market.
     *
     * @param detector the detector
     * @param settings cuts and seed
     * @return what was found, with its place as for a combiner
     */
    public static CheckReport regimes(RegimeDetector detector, CheckSettings settings) {
        HonestyReport report = honesty(settings).regimes(detector, LABELLED);
        return sessions(SessionFeed.of(detector), report, LABELLED, settings);
    }

    private static HonestyCheck honesty(CheckSettings settings) {
        HonestyCheck check = HonestyCheck.of(settings.seed()).withCuts(settings.cuts());
        return settings.calendar() ? check.without(Kind.SHIFT) : check;
    }

    private static CheckReport sessions(SessionFeed feed, HonestyReport report, int bars, CheckSettings settings) {
        List<Leak> leaks = new ArrayList<>();
        failed(report)
                .ifPresent(finding ->
                        leaks.add(sessionLeak(new SessionPlace(feed, feed.stream(settings.seed(), bars)), finding)));
        return new CheckReport(feed.name(), lines(report), leaks, compared(report, bars));
    }

    /** Where sessions are looked into. */
    private record SessionPlace(SessionFeed feed, Frame stream) {}

    private static Leak sessionLeak(SessionPlace place, HonestyReport.Finding finding) {
        Frame stream = place.stream();
        Violation violation = finding.violation().orElseThrow();
        int row = Math.max(0, violation.row() < 0 ? violation.cut() : violation.row());
        String output = violation.column().isEmpty() ? "output" : violation.column();
        Difference found = new Difference(new Moment(stream.availableAt(row), false), stream.symbol(), output, "", "");
        SessionExperiment experiment;
        Optional<Difference> unstable;
        try {
            experiment = new SessionExperiment(place.feed(), stream);
            unstable = experiment.unstable();
        } catch (RuntimeException brokenByEarlierSessions) {
            return sessionLeak(place, finding, Leak.Cause.STATE, found);
        }
        boolean outside = finding.kind() == Kind.SHIFT || finding.kind() == Kind.DELAY;
        if (unstable.isPresent() || finding.kind() == Kind.REPEAT) {
            return sessionLeak(place, finding, Leak.Cause.STATE, unstable.orElse(found));
        }
        if (outside) {
            return sessionLeak(place, finding, Leak.Cause.OUTSIDE, found);
        }
        Leak leak =
                new Locator(experiment, List.of(stream)).locate(finding.kind().name(), found);
        return leak.cause() == Leak.Cause.VALUE ? leak.with(Leak.Cause.EARLIER_SESSION) : leak;
    }

    /** A leak without a cell. */
    private static Leak sessionLeak(
            SessionPlace place, HonestyReport.Finding finding, Leak.Cause cause, Difference first) {
        return new Leak(
                finding.kind().name(),
                cause,
                TimeIndex.instant(first.at().nanos() - place.stream().barNanos()),
                first.what(),
                first.symbol(),
                Optional.empty(),
                Optional.of(SessionExperiment.decision(place.feed())),
                Optional.empty());
    }

    private static Optional<HonestyReport.Finding> failed(HonestyReport report) {
        return report.findings().stream()
                .filter(finding -> finding.violation().isPresent() && finding.kind() != Kind.AVAILABLE)
                .findFirst();
    }

    private static int[] rows(CheckSettings settings, Frame bars, int trainRows) {
        return settings.at().stream()
                .mapToInt(at -> bars.index().indexOf(TimeIndex.nanos(at)))
                .filter(row -> row >= trainRows - 1 && row < bars.size() - 1)
                .toArray();
    }

    private static long compared(HonestyReport report, int rows) {
        return report.findings().stream().mapToLong(HonestyReport.Finding::runs).sum() * rows;
    }

    private static List<Line> lines(HonestyReport report) {
        List<Line> lines = new ArrayList<>();
        for (HonestyReport.Finding finding : report.findings()) {
            Outcome outcome = Outcome.valueOf(finding.outcome().name());
            String words = switch (outcome) {
                case PASSED -> "nothing moved";
                case FAILED -> finding.violation().map(ModelCheck::words).orElse("");
                default -> "without meaning here";
            };
            lines.add(new Line(finding.kind().name(), outcome, finding.runs(), words));
        }
        return lines;
    }

    private static String words(Violation violation) {
        return (violation.column().isEmpty() ? "" : violation.column() + " ")
                + (violation.row() < 0
                        ? violation.detail()
                        : "of row " + violation.row() + " was " + Double.longBitsToDouble(violation.expected())
                                + ", and " + Double.longBitsToDouble(violation.actual()))
                + (violation.cut() < 0 ? "" : " with other rows after " + violation.cut());
    }

    private static List<Leak> leaks(HonestyReport report, ModelExperiment experiment, Frame bars, int trainRows) {
        Optional<HonestyReport.Finding> failed = failed(report);
        if (failed.isEmpty()) {
            return List.of();
        }
        Kind kind = failed.get().kind();
        Violation violation = failed.get().violation().orElseThrow();
        // signals of the window may know all of the window
        int row = Math.max(violation.row() < 0 ? violation.cut() : violation.row(), trainRows - 1);
        if (kind == Kind.REPEAT || kind == Kind.SHIFT) {
            Leak.Cause cause = kind == Kind.REPEAT ? Leak.Cause.STATE : Leak.Cause.OUTSIDE;
            Instant bar = TimeIndex.instant(bars.index().at(row));
            return List.of(new Leak(
                    kind.name(),
                    cause,
                    bar,
                    "signal",
                    bars.symbol(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty()));
        }
        Moment moment = new Moment(bars.availableAt(row), false);
        Difference first = new Difference(moment, bars.symbol(), "signal", "", "");
        return List.of(new Locator(experiment, List.of(bars)).locate(kind.name(), first));
    }

    /**
     * Trains on a window whose returns are shuffled and correlates the signals of the 250 rows after it with the return of
     * the next bar. What was learned is gone then; a skill that stays was not learned: a rule that needs no training, or a
     * leak. A warning, no proof.
     */
    private static Line shuffled(SignalModel model, Frame bars, int trainRows, long seed) {
        Frame used = bars.slice(0, Math.min(bars.size(), trainRows + SKILL_ROWS));
        double[] skill = skill(model, used, trainRows, seed);
        if (!(skill[1] >= LEAST_SKILL_ROWS)) {
            return new Line("SHUFFLED", Outcome.NOT_RUN, 1, "it gives no direction, or too few signals to judge");
        }
        double mean = 0;
        for (int i = 0; i < SHUFFLES; i++) {
            Frame other = shuffledTraining(used, trainRows, Seeds.rng(seed, 100 + i));
            double one = skill(model, other, trainRows, seed)[0];
            mean += (Double.isNaN(one) ? 0 : one) / SHUFFLES;
        }
        double chance = 1 / Math.sqrt(skill[1]);
        boolean keeps = mean > 3 * chance;
        return new Line(
                "SHUFFLED",
                keeps ? Outcome.WARNING : Outcome.PASSED,
                1 + SHUFFLES,
                String.format(
                        Locale.ROOT,
                        "correlation with the next return %.3f; trained on shuffled returns %.3f; chance gives ±%.3f%s",
                        skill[0],
                        mean,
                        2 * chance,
                        keeps ? ": what it knows was not learned in training" : ""));
    }

    /** Correlation of direction and next return, and the number of rows it is made of. */
    private static double[] skill(SignalModel model, Frame bars, int trainRows, long seed) {
        double[] directions = ModelExperiment.directions(model, bars, trainRows, seed);
        double[] close = bars.column(Columns.CLOSE).toArray();
        double[] next = new double[directions.length];
        Arrays.setAll(next, i -> {
            int row = trainRows - 1 + i;
            return row + 1 < close.length ? Math.log(close[row + 1] / close[row]) : Double.NaN;
        });
        return correlation(directions, next);
    }

    static double[] correlation(double[] x, double[] y) {
        int count = 0;
        double meanX = 0;
        double meanY = 0;
        for (int i = 0; i < x.length; i++) {
            if (Double.isFinite(x[i]) && Double.isFinite(y[i])) {
                count++;
                meanX += (x[i] - meanX) / count;
                meanY += (y[i] - meanY) / count;
            }
        }
        double xx = 0;
        double yy = 0;
        double xy = 0;
        for (int i = 0; i < x.length; i++) {
            if (Double.isFinite(x[i]) && Double.isFinite(y[i])) {
                xx += (x[i] - meanX) * (x[i] - meanX);
                yy += (y[i] - meanY) * (y[i] - meanY);
                xy += (x[i] - meanX) * (y[i] - meanY);
            }
        }
        return xx > 0 && yy > 0 ? new double[] {xy / Math.sqrt(xx * yy), count} : new double[] {Double.NaN, 0};
    }

    /** The bars of the window in another order, each as it moved from the close before; the last close stays. */
    private static Frame shuffledTraining(Frame bars, int trainRows, Rng rng) {
        int[] order = new int[trainRows];
        Arrays.setAll(order, i -> i);
        for (int i = trainRows - 1; i > 1; i--) {
            int j = 1 + rng.nextInt(i);
            int swap = order[i];
            order[i] = order[j];
            order[j] = swap;
        }
        double[] close = bars.column(Columns.CLOSE).toArray();
        double[] scale = new double[trainRows];
        double last = close[0];
        for (int i = 1; i < trainRows; i++) {
            double before = close[order[i] - 1];
            scale[i] = last / before;
            double moved = close[order[i]] * scale[i];
            last = Double.isFinite(moved) && moved > 0 ? moved : last;
        }
        Frame out = bars;
        for (String column : bars.columnNames()) {
            double[] values = bars.column(column).toArray();
            double[] other = values.clone();
            boolean price = PRICES.contains(column);
            for (int i = 1; i < trainRows; i++) {
                other[i] = values[order[i]] * (price ? scale[i] : 1);
            }
            out = out.with(column, other);
        }
        return out;
    }
}
