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
            description = "Steps to look ahead; 0 for none. Default: ${DEFAULT-VALUE}.")
    int horizon;

    @Option(
            names = "--level",
            split = ",",
            paramLabel = "80,95",
            defaultValue = "80,95",
            description = "Levels of the forecast intervals in percent. Default: ${DEFAULT-VALUE}.")
    List<Double> levels = List.of();

    List<Double> levels() {
        for (double level : levels) {
            Check.that(level > 0 && level < 100, "--level must be in (0, 100), got " + level);
        }
        Check.that(levels.stream().distinct().count() == levels.size(), "--level must name each level once");
        return levels;
    }
}
