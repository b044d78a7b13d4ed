package org.lama.core.sources;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.lama.core.base.Issue;

/** Counts broken rules with the first place of each. Not thread-safe. */
final class IssueCounts {
    private record Count(long number, String where, String sentence) {}

    private final Map<Issue.Reason, Count> counts = new EnumMap<>(Issue.Reason.class);
    private final List<Issue> single = new ArrayList<>();

    /** Counts one; the place and sentence of the first one are kept. */
    void count(Issue.Reason reason, String where, String sentence) {
        counts.merge(
                reason,
                new Count(1, where, sentence),
                (old, one) -> new Count(old.number() + 1, old.where(), old.sentence()));
    }

    /** Adds an issue as it is. */
    void add(Issue issue) {
        single.add(issue);
    }

    /** All so far, which are then forgotten. */
    List<Issue> drain() {
        List<Issue> all = new ArrayList<>(single);
        counts.forEach((reason, count) ->
                all.add(new Issue(reason, count.where(), count.number() + " times: " + count.sentence())));
        single.clear();
        counts.clear();
        return List.copyOf(all);
    }
}
