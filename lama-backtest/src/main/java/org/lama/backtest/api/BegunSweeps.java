package org.lama.backtest.api;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lama.core.search.Trial;
import org.lama.core.search.TrialCounts;

/**
 * What lines of a ledger mean that a sweep left. Before a batch is evaluated it says how far it will go; when it ends it says so,
 * and its trials stand there themselves. A sweep that was killed in between has said how many trials were seen, and no more.
 *
 * <p>Lines of one sweep are put together: of several that count the same trials the largest stands, and what was begun counts
 * only as far as nothing later replaces it. So a sweep counts once, however often it was resumed.
 *
 * @param lines those that stand
 * @param unfinished trials that were begun in sweeps that did not end; nothing else is known of them
 */
record BegunSweeps(List<Trial> lines, long unfinished) {
    private static final String SWEEP = "sweep ";
    private static final String BEGUN = " begun ";
    private static final String ENDED = " ended ";
    private static final String DONE = " done";
    private static final String TRIALS = " trials ";
    private static final String REST = " rest ";
    private static final Pattern MARK =
            Pattern.compile(SWEEP + "([0-9a-f]{64})(?:( begun | ended | trials | rest )(\\d{1,18})|( done))");

    /** Name of the line that says how far a sweep goes. */
    static String begun(String sweep, long upTo) {
        return SWEEP + sweep + BEGUN + upTo;
    }

    /** Name of the line that says that a sweep was stopped after so many trials, which are in the ledger. */
    static String ended(String sweep, long count) {
        return SWEEP + sweep + ENDED + count;
    }

    /** Name of the line that says that all trials of a sweep are in the ledger. */
    static String done(String sweep) {
        return SWEEP + sweep + DONE;
    }

    /** Name of the line that stands for all trials of a sweep so far. */
    static String trials(String sweep, long count) {
        return SWEEP + sweep + TRIALS + count;
    }

    /** Name of the line that says what so many trials of a sweep amount to beyond their own lines. */
    static String rest(String sweep, long count) {
        return SWEEP + sweep + REST + count;
    }

    /** Whether a line is such a one of a sweep. */
    static boolean isRest(Trial line, String sweep) {
        return line.settingsHash().startsWith(SWEEP + sweep + REST);
    }

    /** What is known of one sweep on one version, data and window. */
    private static final class Known {
        private long begun;
        private long entered;
        private long pooled;
        private boolean done;
    }

    static BegunSweeps of(List<Trial> all) {
        Map<String, Known> sweeps = new LinkedHashMap<>();
        for (Trial trial : all) {
            Matcher mark = MARK.matcher(trial.settingsHash());
            if (mark.matches()) {
                Known known = sweeps.computeIfAbsent(key(trial, mark.group(1)), any -> new Known());
                if (mark.group(4) != null) {
                    known.done = true;
                } else {
                    long count = Long.parseLong(mark.group(3));
                    switch (mark.group(2)) {
                        case BEGUN -> known.begun = Math.max(known.begun, count);
                        case ENDED -> known.entered = Math.max(known.entered, count);
                        case REST -> {}
                        default -> {
                            known.pooled = Math.max(known.pooled, count);
                            known.entered = Math.max(known.entered, count);
                        }
                    }
                }
            }
        }
        List<Trial> lines = new ArrayList<>();
        for (Trial trial : all) {
            Matcher mark = MARK.matcher(trial.settingsHash());
            boolean stands = !mark.matches()
                    || REST.equals(mark.group(2))
                    || (TRIALS.equals(mark.group(2))
                            && Long.parseLong(mark.group(3)) == known(sweeps, trial, mark).pooled);
            if (stands) {
                lines.add(trial);
            }
        }
        long unfinished = sweeps.values().stream()
                .filter(known -> !known.done)
                .mapToLong(known -> Math.max(0, known.begun - known.entered))
                .sum();
        return new BegunSweeps(List.copyOf(lines), unfinished);
    }

    private static Known known(Map<String, Known> sweeps, Trial trial, Matcher mark) {
        return sweeps.getOrDefault(key(trial, mark.group(1)), new Known());
    }

    private static String key(Trial trial, String sweep) {
        return String.join(
                " ",
                trial.codeVersion(),
                sweep,
                trial.dataChecksum(),
                Long.toString(trial.testFromNanos()),
                Long.toString(trial.testToNanos()));
    }

    /** The figures of a line that counts nothing by itself. */
    static Map<String, Double> nothing() {
        return new HashMap<>(new TrialCounts(0, 0, Double.NaN, 0).asMetrics());
    }

    /** How many trials that is, begun ones with them. */
    long raw() {
        return TrialCounts.of(lines).raw() + unfinished;
    }
}
