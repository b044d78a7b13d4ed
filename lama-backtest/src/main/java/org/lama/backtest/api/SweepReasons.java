package org.lama.backtest.api;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.lama.backtest.sweep.SweepStatistics;

/** Why trials have no value, in one line: the most frequent reasons; the report has more. */
final class SweepReasons {
    private static final int MOST = 3;
    private static final int LONGEST = 100;

    private SweepReasons() {}

    static String words(SweepStatistics statistics) {
        List<String> words = new ArrayList<>();
        if (statistics.pruned() > 0) {
            words.add(statistics.pruned() + " stopped early");
        }
        List<Map.Entry<String, Long>> sorted =
                new ArrayList<>(statistics.reasons().entrySet());
        sorted.sort(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()));
        for (Map.Entry<String, Long> each : sorted.subList(0, Math.min(MOST, sorted.size()))) {
            words.add(each.getValue() + " " + cut(each.getKey()));
        }
        long others = sorted.stream().skip(MOST).mapToLong(Map.Entry::getValue).sum();
        if (others > 0) {
            words.add(others + " for other reasons, which the report lists");
        }
        return String.join("; ", words);
    }

    private static String cut(String reason) {
        return reason.length() <= LONGEST ? reason : reason.substring(0, LONGEST) + "…";
    }
}
