package org.lama.backtest.honesty;

import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Tabular;

/**
 * What was found about a strategy or model: a line for each check, and where the future was seen. Immutable.
 *
 * @param name what was checked
 * @param lines one per check
 * @param leaks where the future was seen; empty if no check failed, or if what failed has no place
 * @param compared decisions, fills or outputs compared by bits, over all runs
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record CheckReport(String name, List<Line> lines, List<Leak> leaks, long compared) implements Tabular {
    /**
     * Copies the lists.
     *
     * @param name what was checked
     * @param lines one per check
     * @param leaks where the future was seen; empty if no check failed, or if what failed has no place
     * @param compared decisions, fills or outputs compared by bits, over all runs
     */
    public CheckReport {
        Check.notBlank(name, "name");
        lines = List.copyOf(lines);
        leaks = List.copyOf(leaks);
    }

    /** How a check ended. */
    public enum Outcome {
        /** Nothing was found. */
        PASSED,
        /** The future was seen, or a fault of the data broke the run. */
        FAILED,
        /** A figure to think about; it proves nothing. */
        WARNING,
        /** Left out, or without meaning here; the words say why. */
        NOT_RUN
    }

    /**
     * One check.
     *
     * @param check its name
     * @param outcome how it ended
     * @param runs runs made for it
     * @param words what was found, or why it was not run
     */
    public record Line(String check, Outcome outcome, int runs, String words) {}

    /**
     * How many checks warn.
     *
     * @return their number
     */
    public long warnings() {
        return lines.stream().filter(line -> line.outcome() == Outcome.WARNING).count();
    }

    /**
     * Whether there was something to compare and nothing failed. Warnings do not count.
     *
     * @return true if so
     */
    public boolean passed() {
        return isDecided() && lines.stream().noneMatch(line -> line.outcome() == Outcome.FAILED);
    }

    /**
     * Whether there was anything to compare.
     *
     * @return false for a strategy that never decided anything: nothing can be said of it
     */
    public boolean isDecided() {
        return compared > 0;
    }

    /**
     * The line of one check.
     *
     * @param check its name
     * @return the line
     * @throws IllegalArgumentException if there is none
     */
    public Line line(String check) {
        return lines.stream()
                .filter(line -> line.check().equals(check))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no check is called " + check));
    }

    /**
     * The result in plain words.
     *
     * @return one sentence
     */
    public String verdict() {
        if (!isDecided()) {
            return name + " never decided anything on these data, so nothing can be said of it: give longer data or"
                    + " other parameters.";
        }
        long failed =
                lines.stream().filter(line -> line.outcome() == Outcome.FAILED).count();
        return failed == 0
                ? "No cheat was found in " + name + ": " + compared
                        + " comparisons by bits, none differed. "
                        + (warnings() == 0
                                ? ""
                                : warnings() + (warnings() == 1 ? " check warns" : " checks warn") + ": read on. ")
                        + "This is no proof that there is none."
                : name + " FAILED " + failed + (failed == 1 ? " check" : " checks")
                        + ": what it decided depends on data that were not known then, or on faults of the data.";
    }

    /**
     * This report, if the checks passed.
     *
     * @return this
     * @throws IllegalStateException with verdict and leaks if not
     */
    public CheckReport orThrow() {
        if (!passed()) {
            throw new IllegalStateException(explain());
        }
        return this;
    }

    /**
     * Verdict, leaks and lines.
     *
     * @return text that ends in a line feed
     */
    public String explain() {
        StringBuilder text = new StringBuilder(verdict()).append('\n');
        leaks.forEach(leak -> text.append("  ").append(leak.sentence()).append('\n'));
        return text.append(asText()).toString();
    }

    @Override
    public List<Column> columns() {
        return List.of(
                new Column("check", lines.stream().map(Line::check).toList()),
                new Column(
                        "outcome",
                        lines.stream().map(line -> line.outcome().name()).toList()),
                new Column(
                        "runs", lines.stream().map(line -> (long) line.runs()).toList()),
                new Column("found", lines.stream().map(Line::words).toList()));
    }
}
