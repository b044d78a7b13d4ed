package org.lama.backtest.api;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lama.backtest.sweep.SweepResult;
import org.lama.core.search.Importance;
import org.lama.core.search.ParameterSet;

/** How much each parameter matters to the metric, from evenly chosen trials. */
final class SweepImportance {
    private static final int MOST = 4096;

    private SweepImportance() {}

    /** Shares by parameter; empty if there are too few values, or no spread. */
    static Map<String, Double> of(SweepResult result, long seed) throws IOException {
        long stride = Math.max(1, (result.statistics().defined() + MOST - 1) / MOST);
        List<ParameterSet> sets = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        long[] seen = {0};
        result.forEach(trial -> {
            if (!Double.isNaN(trial.value()) && seen[0]++ % stride == 0) {
                sets.add(trial.parameters());
                values.add(trial.value());
            }
        });
        Importance importance = Importance.of(
                result.space(),
                sets,
                values.stream().mapToDouble(Double::doubleValue).toArray(),
                seed);
        Map<String, Double> shares = new LinkedHashMap<>();
        if (importance.reason().isEmpty()) {
            importance.names().forEach(name -> shares.put(name, importance.share(name)));
        }
        return shares;
    }
}
