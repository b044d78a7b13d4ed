package org.lama.core.signal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.lama.core.series.Frame;
import org.lama.core.signal.HonestyReport.Finding;
import org.lama.core.signal.HonestyReport.Kind;
import org.lama.core.signal.HonestyReport.Outcome;
import org.lama.core.signal.HonestyReport.Violation;

/** One check of one subject: runs, compares and collects. */
final class HonestyRun {
    private final Plan plan;
    private final List<Frame> bars;
    private final Subject subject;
    private final boolean atOpen;
    private final int rows;

    /** Which cuts and which kinds. */
    @SuppressWarnings("ArrayRecordComponent") // made for one run, never compared
    record Plan(int[] cuts, Set<Kind> kinds) {}

    HonestyRun(Plan plan, List<Frame> bars, Subject subject, boolean atOpen) {
        this.plan = plan;
        this.bars = bars;
        this.subject = subject;
        this.atOpen = atOpen;
        this.rows = bars.get(0).size();
    }

    /** Runs all kinds; {@code late} is asked once, after the run on the untouched data. */
    HonestyReport report(String name, Supplier<Optional<Violation>> late) {
        Subject.Outputs base = subject.run(bars, rows);
        List<Finding> findings = new ArrayList<>();
        Optional<Violation> broken = shape(base, rows, -1);
        for (Kind kind : Kind.values()) {
            if (!plan.kinds().contains(kind)) {
                findings.add(new Finding(kind, Outcome.NOT_RUN, 0, Optional.empty()));
            } else if (broken.isPresent()) {
                findings.add(new Finding(kind, Outcome.FAILED, 1, broken));
            } else if (kind == Kind.AVAILABLE) {
                findings.add(finding(kind, 1, late.get()));
            } else {
                findings.add(check(kind, base));
            }
        }
        return new HonestyReport(name, findings);
    }

    private Finding check(Kind kind, Subject.Outputs base) {
        if (kind == Kind.REPEAT || kind == Kind.SHIFT || kind == Kind.DELAY) {
            return finding(kind, 1, compare(kind, base, -1, rows));
        }
        int runs = 0;
        for (int cut : plan.cuts()) {
            runs++;
            Optional<Violation> violation = compare(kind, base, cut, cut + 1);
            if (violation.isPresent()) {
                return finding(kind, runs, violation);
            }
        }
        return finding(kind, runs, Optional.empty());
    }

    private static Finding finding(Kind kind, int runs, Optional<Violation> violation) {
        return new Finding(kind, violation.isPresent() ? Outcome.FAILED : Outcome.PASSED, runs, violation);
    }

    /** A function that refuses a poisoned future has looked at it: its exception is a violation, not an error. */
    private Optional<Violation> compare(Kind kind, Subject.Outputs base, int cut, int needed) {
        Subject.Outputs now;
        try {
            now = subject.run(Tampering.apply(kind, bars, cut, atOpen), needed);
        } catch (RuntimeException e) {
            return Optional.of(new Violation(cut, -1, "", 0, 0, "threw " + e));
        }
        Optional<Violation> broken = shape(now, needed, cut);
        if (broken.isPresent()) {
            return broken;
        }
        if (!now.names().equals(base.names())) {
            return Optional.of(
                    new Violation(cut, -1, "", 0, 0, "outputs are " + now.names() + " instead of " + base.names()));
        }
        int delay = kind == Kind.DELAY ? 1 : 0;
        for (int row = delay; row < needed; row++) {
            for (int c = 0; c < now.values().length; c++) {
                long expected = Double.doubleToLongBits(base.values()[c][row - delay]);
                long actual = Double.doubleToLongBits(now.values()[c][row]);
                if (expected != actual) {
                    return Optional.of(new Violation(cut, row, base.names().get(c), expected, actual, "other bits"));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Violation> shape(Subject.Outputs outputs, int needed, int cut) {
        for (int c = 0; c < outputs.values().length; c++) {
            if (outputs.values()[c].length < needed) {
                return Optional.of(new Violation(
                        cut,
                        -1,
                        outputs.names().get(c),
                        0,
                        0,
                        "gave " + outputs.values()[c].length + " rows where " + needed + " are needed"));
            }
        }
        return outputs.values().length > 0
                ? Optional.empty()
                : Optional.of(new Violation(cut, -1, "", 0, 0, "gave no output"));
    }
}
