package org.lama.core.signal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Tabular;

/**
 * What {@link HonestyCheck} found: one line per kind of check, with the first violation of each. Immutable.
 *
 * @param name what was checked
 * @param findings one per kind, in the order of {@link Kind}
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record HonestyReport(String name, List<Finding> findings) implements Tabular {
    /**
     * Copies the list.
     *
     * @param name what was checked
     * @param findings one per kind, in the order of {@link Kind}
     */
    public HonestyReport {
        Check.notBlank(name, "name");
        findings = List.copyOf(findings);
    }

    /** The kinds of check. */
    public enum Kind {
        /** The same data once more: outputs may not depend on earlier calls. */
        REPEAT,
        /** Everything after the cut is NaN. */
        POISON_NAN,
        /** Everything after the cut is 1,000 times as large. */
        POISON_SCALE,
        /** The rows after the cut come in reversed order. */
        POISON_REVERSE,
        /** The data end at the cut. */
        TRUNCATE,
        /** The same values dated one bar later: the same outputs, one bar later. For functions without a calendar. */
        SHIFT,
        /**
         * The same values one row further down behind a row of NaN: the same outputs one row further down. For functions
         * to which a leading row of NaN means no data; it finds what is known beside the frame.
         */
        DELAY,
        /** A signal's times do not lie after the decision. */
        AVAILABLE
    }

    /** How a check ended. */
    public enum Outcome {
        /** No violation. */
        PASSED,
        /** At least one violation. */
        FAILED,
        /** Switched off, or has no meaning for what was checked. */
        NOT_RUN
    }

    /**
     * One kind of check.
     *
     * @param kind what was done
     * @param outcome how it ended
     * @param runs how many times the function was run for it
     * @param violation the first violation; present exactly if the check failed
     */
    public record Finding(Kind kind, Outcome outcome, int runs, Optional<Violation> violation) {}

    /**
     * Where an output changed that had no right to.
     *
     * @param cut last row whose inputs were left as they were; -1 where there is no cut
     * @param row first row whose output changed; -1 if the function failed or changed its shape
     * @param column the output that changed
     * @param expected bits of the output on the untouched data, as {@link Double#doubleToLongBits(double)}
     * @param actual bits of the output now
     * @param detail what happened, in words
     */
    public record Violation(int cut, int row, String column, long expected, long actual, String detail) {}

    /**
     * Whether no check failed.
     *
     * @return true if so
     */
    public boolean passed() {
        return findings.stream().noneMatch(finding -> finding.outcome() == Outcome.FAILED);
    }

    /**
     * The line of one kind.
     *
     * @param kind the kind
     * @return its finding
     */
    public Finding finding(Kind kind) {
        return findings.stream()
                .filter(finding -> finding.kind() == kind)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no finding of kind " + kind));
    }

    /**
     * This report, if nothing failed.
     *
     * @return this
     * @throws IllegalStateException with the table of findings if a check failed
     */
    public HonestyReport orThrow() {
        if (!passed()) {
            throw new IllegalStateException(name + " sees the future or hidden state:\n" + asText());
        }
        return this;
    }

    @Override
    public List<Column> columns() {
        List<List<Object>> cells = new ArrayList<>();
        for (int c = 0; c < 9; c++) {
            cells.add(new ArrayList<>());
        }
        Violation none = new Violation(-1, -1, "", 0, 0, "");
        for (Finding finding : findings) {
            Violation v = finding.violation().orElse(none);
            boolean failed = finding.violation().isPresent();
            cells.get(0).add(finding.kind().name());
            cells.get(1).add(finding.outcome().name());
            cells.get(2).add((long) finding.runs());
            cells.get(3).add(failed ? String.valueOf(v.cut()) : "");
            cells.get(4).add(failed ? String.valueOf(v.row()) : "");
            cells.get(5).add(v.column());
            cells.get(6).add(failed ? bits(v.expected()) : "");
            cells.get(7).add(failed ? bits(v.actual()) : "");
            cells.get(8).add(v.detail());
        }
        List<String> names =
                List.of("check", "outcome", "runs", "cut", "row", "output", "expected", "actual", "detail");
        List<Column> columns = new ArrayList<>();
        for (int c = 0; c < names.size(); c++) {
            columns.add(new Column(names.get(c), cells.get(c)));
        }
        return columns;
    }

    private static String bits(long bits) {
        return String.format(Locale.ROOT, "%016x (%s)", bits, Double.longBitsToDouble(bits));
    }
}
