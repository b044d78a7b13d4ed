package org.lama.core.signal;

import java.util.List;
import java.util.TreeSet;
import org.lama.core.base.Check;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

/** Where the future begins: ascending rows, the last that stay as they are. */
final class Cuts {
    private Cuts() {}

    static int[] of(long seed, int count, int first, int rows, List<Integer> including) {
        int last = rows - 2;
        Check.that(
                last - first + 1 >= 20,
                "honesty needs at least 20 rows to cut at, but rows " + first + " to " + last + " are "
                        + Math.max(0, last - first + 1));
        TreeSet<Integer> cuts = new TreeSet<>(List.of(first, last));
        for (int row : including) {
            cuts.add((int) Check.inRange(row, first, last, "cut"));
        }
        Rng rng = Seeds.rng(seed, 0);
        long span = last - first + 1L;
        for (int i = 0; i < count; i++) {
            int from = first + (int) (span * i / count);
            int to = first + (int) (span * (i + 1) / count);
            cuts.add(to > from ? from + rng.nextInt(to - from) : from);
        }
        // Narrow data: draws may coincide with the ends, so fill up from the front.
        for (int row = first; cuts.size() < 20; row++) {
            cuts.add(row);
        }
        return cuts.stream().mapToInt(Integer::intValue).toArray();
    }
}
