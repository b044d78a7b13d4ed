package org.lama.backtest.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Suggestion;
import org.lama.core.split.WalkForward;

/**
 * How the choice of a sweep is walked forward: in every fold all sets of the sweep are judged on the training window alone, and
 * the best of them trades the days that follow. Immutable and thread-safe.
 *
 * @param plan days of training and of test, bars of purge and embargo, rolling or anchored
 * @param innerFolds validation blocks inside each training window, 1 to 20
 * @param warmupDays days that a strategy sees before it may trade, so that its averages are filled, 0 to 3,650
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record SweepWalk(WalkForward plan, int innerFolds, int warmupDays) {
    private static final String ANCHORED = "anchored";

    /**
     * Checks the ranges.
     *
     * @param plan days of training and of test, bars of purge and embargo, rolling or anchored
     * @param innerFolds validation blocks inside each training window, 1 to 20
     * @param warmupDays days that a strategy sees before it may trade, 0 to 3,650
     */
    public SweepWalk {
        Check.notNull(plan, "plan");
        Check.inRange(innerFolds, 1, 20, "inner");
        Check.inRange(warmupDays, 0, 3_650, "warmup");
    }

    /**
     * Reads {@code train=730,test=90,purge=0,embargo=0,inner=3,warmup=365,anchored}. What is left out: a year of training, 90
     * days of test, no purge and no embargo (a rule has no labels that reach ahead), three inner folds, a warm-up as long as the
     * training window.
     *
     * @param text days for train, test and warmup, bars for purge and embargo
     * @return the walk
     * @throws IllegalArgumentException if a word is unknown, given twice, or out of range
     */
    public static SweepWalk parse(String text) {
        Map<String, Integer> values = new LinkedHashMap<>();
        values.put("train", 365);
        values.put("test", 90);
        values.put("purge", 0);
        values.put("embargo", 0);
        values.put("inner", 3);
        values.put("warmup", -1);
        List<String> known = List.copyOf(values.keySet());
        boolean anchored = false;
        Map<String, String> given = new LinkedHashMap<>();
        for (String part : text.split(",", -1)) {
            String[] sides = part.strip().split("=", 2);
            String name = sides[0].strip();
            Check.that(given.put(name, part) == null, "walkForward must give " + name + " once, got " + text);
            if (name.equals(ANCHORED) && sides.length == 1) {
                anchored = true;
                continue;
            }
            Check.that(
                    known.contains(name) && sides.length == 2,
                    "walkForward must be made of " + String.join("=N, ", known) + "=N and " + ANCHORED + ", got '"
                            + part.strip() + "'" + Suggestion.alike(name, known));
            values.put(name, whole(name, sides[1].strip()));
        }
        int train = values.get("train");
        int warmup = values.get("warmup");
        return new SweepWalk(
                new WalkForward(train, values.get("test"), values.get("purge"), values.get("embargo"), anchored),
                values.get("inner"),
                warmup < 0 ? Math.min(3_650, train) : warmup);
    }

    private static int whole(String name, String text) {
        Check.that(
                text.matches("\\d{1,7}"), "walkForward must have a whole number for " + name + ", got '" + text + "'");
        return Integer.parseInt(text);
    }

    /**
     * The walk as {@link #parse} reads it.
     *
     * @return the text, equal for equal walks
     */
    public String canonicalText() {
        return "train=" + plan.trainDays() + ",test=" + plan.stepDays() + ",purge=" + plan.purgeBars() + ",embargo="
                + plan.embargoBars() + ",inner=" + innerFolds + ",warmup=" + warmupDays
                + (plan.anchored() ? "," + ANCHORED : "");
    }
}
