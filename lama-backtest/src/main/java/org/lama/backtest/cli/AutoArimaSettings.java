package org.lama.backtest.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the order of an ARIMA model is searched; what is not given is the tool's default. */
final class AutoArimaSettings {
    @Option(
            names = "--period",
            paramLabel = "M",
            description = "Rows per season, such as 12 for months. Default: 1, no season.")
    @Nullable
    Integer period;

    @Option(
            names = "--criterion",
            paramLabel = "aic|aicc|bic",
            description = "What the chosen model has least of. Default: aicc.")
    @Nullable
    String criterion;

    @Option(
            names = "--search",
            paramLabel = "stepwise|full",
            description = "Neighbours of the best so far, or all orders. Default: stepwise.")
    @Nullable
    String search;

    @Option(
            names = "--d",
            paramLabel = "kpss|adf|adf1|pp|N",
            description = "Test that chooses the differences, or their number. Default: kpss.")
    @Nullable
    String difference;

    @Option(
            names = "--seasonal-d",
            paramLabel = "strength|ocsb|ch|N",
            description = "Rule that chooses the seasonal differences, or their number. Default: strength.")
    @Nullable
    String seasonalDifference;

    @Option(names = "--max-p", paramLabel = "N", description = "Largest p. Default: 5.")
    @Nullable
    Integer maxP;

    @Option(names = "--max-q", paramLabel = "N", description = "Largest q. Default: 5.")
    @Nullable
    Integer maxQ;

    @Option(names = "--max-seasonal-p", paramLabel = "N", description = "Largest P. Default: 2.")
    @Nullable
    Integer maxSeasonalP;

    @Option(names = "--max-seasonal-q", paramLabel = "N", description = "Largest Q. Default: 2.")
    @Nullable
    Integer maxSeasonalQ;

    @Option(names = "--max-order", paramLabel = "N", description = "Largest p + q + P + Q of a full search.")
    @Nullable
    Integer maxOrder;

    @Option(names = "--max-candidates", paramLabel = "N", description = "Largest number of models to estimate.")
    @Nullable
    Integer maxCandidates;

    Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>();
        Tools.put(options, "period", period);
        Tools.put(options, "criterion", criterion);
        Tools.put(options, "search", search);
        Tools.put(options, "d", difference);
        Tools.put(options, "seasonal-d", seasonalDifference);
        Tools.put(options, "max-p", maxP);
        Tools.put(options, "max-q", maxQ);
        Tools.put(options, "max-seasonal-p", maxSeasonalP);
        Tools.put(options, "max-seasonal-q", maxSeasonalQ);
        Tools.put(options, "max-order", maxOrder);
        Tools.put(options, "max-candidates", maxCandidates);
        return options;
    }
}
