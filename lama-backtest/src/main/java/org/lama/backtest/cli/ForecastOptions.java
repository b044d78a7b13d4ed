package org.lama.backtest.cli;

import java.util.List;
import org.lama.core.base.Check;
import picocli.CommandLine.Option;

/** How far to look ahead and how wide the intervals are. */
final class ForecastOptions {
    @Option(
            names = "--horizon",
            paramLabel = "H",
            defaultValue = "12",
            description = "Steps to look ahead, at most 100000; 0 for none. Default: ${DEFAULT-VALUE}.")
    int horizon;

    @Option(
            names = "--level",
            split = ",",
            paramLabel = "80,95",
            defaultValue = "80,95",
            description = "Levels of the forecast intervals in percent. Default: ${DEFAULT-VALUE}.")
    List<Double> levels = List.of();

    /** Forecasts repeat themselves long before this many steps. */
    private static final int MOST_STEPS = 100_000;

    String horizon() {
        Check.that(
                horizon >= 0 && horizon <= MOST_STEPS, "--horizon must be in [0, " + MOST_STEPS + "], got " + horizon);
        return Integer.toString(horizon);
    }

    List<Double> levels() {
        for (double level : levels) {
            Check.that(level > 0 && level < 100, "--level must be in (0, 100), got " + level);
        }
        Check.that(levels.stream().distinct().count() == levels.size(), "--level must name each level once");
        return levels;
    }
}
