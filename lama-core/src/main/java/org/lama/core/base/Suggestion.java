package org.lama.core.base;

import java.util.Collection;
import java.util.Locale;

/**
 * Names the right word that is nearest to a wrong one, for error messages. Stateless and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.STABLE)
public final class Suggestion {
    /** The share of letters that may be wrong: two letters of five may have changed places. */
    private static final double LARGEST_CHANGE = 0.4;

    private Suggestion() {}

    /**
     * The nearest word by edit distance, without regard to case; ties go to the first. O(words · length²).
     *
     * @param wrong what was written
     * @param right the words that exist, at least one
     * @return one of them
     */
    public static String nearest(String wrong, Collection<String> right) {
        Check.that(!right.isEmpty(), "right must hold at least one word");
        String best = "";
        int bestDistance = Integer.MAX_VALUE;
        for (String word : right) {
            int distance = distance(wrong.toLowerCase(Locale.ROOT), word.toLowerCase(Locale.ROOT));
            if (distance < bestDistance) {
                bestDistance = distance;
                best = word;
            }
        }
        return best;
    }

    /**
     * The end of a message about a wrong word: names the nearest right one if it is alike, that is if at most two
     * fifths of the letters of the longer word would have to change. O(words · length²).
     *
     * @param wrong what was written
     * @param right the words that exist
     * @return such as {@code ; did you mean 'adf'?}, or nothing where no word is alike
     */
    public static String alike(String wrong, Collection<String> right) {
        if (right.isEmpty()) {
            return "";
        }
        String best = nearest(wrong, right);
        int changes = distance(wrong.toLowerCase(Locale.ROOT), best.toLowerCase(Locale.ROOT));
        return changes <= LARGEST_CHANGE * Math.max(wrong.length(), best.length())
                ? "; did you mean '" + best + "'?"
                : "";
    }

    /** Levenshtein distance (1966) in which two neighbours that changed places count once (optimal string alignment). */
    private static int distance(String a, String b) {
        int[] beforePrevious = new int[b.length() + 1];
        int[] previous = new int[b.length() + 1];
        int[] current = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(change, Math.min(previous[j], current[j - 1]) + 1);
                if (swapped(a, i, b, j)) {
                    current[j] = Math.min(current[j], beforePrevious[j - 2] + 1);
                }
            }
            int[] oldest = beforePrevious;
            beforePrevious = previous;
            previous = current;
            current = oldest;
        }
        return previous[b.length()];
    }

    private static boolean swapped(String a, int i, String b, int j) {
        return i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    }
}
