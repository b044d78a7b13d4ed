package org.lama.backtest.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the order of an ARIMA model is searched; what is not given is the tool's default. */
final class AutoArimaSettings {
    @Option(names = "--criterion", paramLabel = "aic|aicc|bic", description = "What the winner has least of.")
    @Nullable
    String criterion;

    @Option(names = "--search", paramLabel = "stepwise|full", description = "How many candidates are tried.")
    @Nullable
    String search;

    @Option(names = "--period", paramLabel = "M", description = "Length of a season, such as 12; 1 for none.")
    @Nullable
    Integer period;

    @Option(names = "--d", paramLabel = "kpss|adf|pp|0|1|2", description = "Rule for differences, or their number.")
    @Nullable
    String difference;

    @Option(
            names = "--D",
            paramLabel = "strength|ocsb|ch|0|1",
            description = "Rule for seasonal differences, or their number.")
    @Nullable
    String seasonalDifference;

    @Option(names = "--max-p", paramLabel = "N", description = "Largest autoregressive order.")
    @Nullable
    Integer maxP;

    @Option(names = "--max-q", paramLabel = "N", description = "Largest moving-average order.")
    @Nullable
    Integer maxQ;

    @Option(names = "--max-P", paramLabel = "N", description = "Largest seasonal autoregressive order.")
    @Nullable
    Integer maxSeasonalP;

    @Option(names = "--max-Q", paramLabel = "N", description = "Largest seasonal moving-average order.")
    @Nullable
    Integer maxSeasonalQ;

    Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>();
        Tools.put(options, "criterion", criterion);
        Tools.put(options, "search", search);
        Tools.put(options, "period", period);
        Tools.put(options, "d", difference);
        Tools.put(options, "D", seasonalDifference);
        Tools.put(options, "maxp", maxP);
        Tools.put(options, "maxq", maxQ);
        Tools.put(options, "maxP", maxSeasonalP);
        Tools.put(options, "maxQ", maxSeasonalQ);
        return options;
    }
}
