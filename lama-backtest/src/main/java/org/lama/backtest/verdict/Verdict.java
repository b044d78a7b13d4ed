package org.lama.backtest.verdict;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Tabular;

/**
 * The answer of a study. Immutable and thread-safe.
 *
 * @param outcome one of four
 * @param missingDays further calendar days of data that would be needed; present only for NOT ENOUGH DATA
 * @param why the reason in one sentence
 * @param next the command to run next
 * @param figures the figures behind the verdict by name, in a fixed order; NaN or infinite where not defined
 * @since 0.1.0
 */
@Api(Api.Status.STABLE)
public record Verdict(Outcome outcome, OptionalLong missingDays, String why, String next, Map<String, Double> figures)
        implements Tabular {
    private static final long CENTURY_DAYS = 36_525;

    /**
     * Checks the parts and copies the figures in their order.
     *
     * @param outcome one of four
     * @param missingDays further calendar days of data that would be needed; present only for NOT ENOUGH DATA
     * @param why the reason in one sentence
     * @param next the command to run next
     * @param figures the figures behind the verdict by name, in a fixed order; NaN or infinite where not defined
     */
    public Verdict {
        Check.notBlank(why, "why");
        Check.notBlank(next, "next");
        Check.that(
                missingDays.isPresent() == (outcome == Outcome.NOT_ENOUGH_DATA),
                "missingDays must be present exactly for NOT_ENOUGH_DATA, got " + missingDays + " for " + outcome);
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    }

    /** What a study can end with. */
    public enum Outcome {
        /** The claim stands, as far as these data can tell. */
        EDGE("EDGE", "./lama rerun result.json"),
        /** The claim does not stand on these data. */
        NO_EDGE("NO EDGE", "./lama models"),
        /** The data are too short to tell. */
        NOT_ENOUGH_DATA("NOT ENOUGH DATA", "./lama study --data PATH"),
        /** Bars do not hold what the claim depends on. */
        NOT_DECIDABLE_ON_BARS("NOT DECIDABLE ON BARS", "./lama study --data PATH --interval 1h");

        private final String label;
        private final String defaultNext;

        Outcome(String label, String defaultNext) {
            this.label = label;
            this.defaultNext = defaultNext;
        }

        /**
         * The outcome as it is printed.
         *
         * @return capital letters and spaces
         */
        public String label() {
            return label;
        }

        /**
         * The command that helps next when the study names none.
         *
         * @return a command line
         */
        public String defaultNext() {
            return defaultNext;
        }
    }

    /**
     * The verdict with another next command, for example one with the study's own paths.
     *
     * @param command a command line
     * @return the verdict
     */
    public Verdict withNext(String command) {
        return new Verdict(outcome, missingDays, why, command, figures);
    }

    /**
     * The verdict with one more figure that the reader should see beside it, such as the break-even cost.
     *
     * @param name name of the figure
     * @param value its value
     * @return the verdict
     */
    public Verdict withFigure(String name, double value) {
        Map<String, Double> more = new LinkedHashMap<>(figures);
        more.put(Check.notBlank(name, "name"), value);
        return new Verdict(outcome, missingDays, why, next, more);
    }

    /**
     * The verdict in words. Beyond a century the number of days is left out: it extrapolates a Sharpe ratio or a pace that
     * is next to nothing, and {@link #missingDays} still has it.
     *
     * @return for example {@code NOT ENOUGH DATA (120 more days)}
     */
    public String headline() {
        if (missingDays.isEmpty()) {
            return outcome.label();
        }
        long days = missingDays.getAsLong();
        return outcome.label()
                + (days > CENTURY_DAYS
                        ? " (more than a century of such days is missing)"
                        : String.format(Locale.ROOT, " (%,d more %s)", days, days == 1 ? "day" : "days"));
    }

    /**
     * The three lines with which a study closes.
     *
     * @return verdict, why and next command
     */
    public List<String> closingLines() {
        return List.of("Verdict: " + headline(), "Why: " + why, "Next: " + next);
    }

    @Override
    public List<Column> columns() {
        return List.of(
                new Column("figure", new ArrayList<>(figures.keySet())),
                new Column("value", new ArrayList<>(figures.values())));
    }
}
