package org.lama.backtest.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lama.backtest.api.StudyConfig;
import org.lama.backtest.api.StudyRequest;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;
import picocli.CommandLine.Option;

/** The flags of a study; what is not given comes from the configuration file, then from the defaults. */
final class StudyOptions {
    @Option(
            names = "--data",
            paramLabel = "FILE|DIR",
            description =
                    "Bars as CSV, CSV.gz or Parquet: one file, or one file per symbol. Default: the synthetic market.")
    @Nullable
    Path data;

    @Option(names = "--symbols", split = ",", paramLabel = "A,B", description = "Keep these symbols only.")
    @Nullable
    List<String> symbols;

    @Option(names = "--from", paramLabel = "TIME", description = "First bar, such as 2020-01-01 (inclusive).")
    @Nullable
    String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Stop before this time (exclusive).")
    @Nullable
    String to;

    @Option(
            names = "--interval",
            paramLabel = "1h|1d|...",
            description = "Bar length; coarser than the file's resamples. Default: the file's own.")
    @Nullable
    String interval;

    @Option(
            names = "--instrument",
            paramLabel = "VENUE.KIND",
            description =
                    "Venue and kind, such as BINANCE.SPOT or BINANCE.PERP. SPOT is long only. Default: UNKNOWN.SPOT.")
    @Nullable
    String instrument;

    @Option(
            names = "--volume-unit",
            paramLabel = "base|quote",
            description = "What the volume column counts. Default: base.")
    @Nullable
    String volumeUnit;

    @Option(names = "--cash", paramLabel = "AMOUNT", description = "Starting cash in quote currency. Default: 1000000.")
    @Nullable
    Double cash;

    @Option(
            names = "--combiner",
            paramLabel = "NAME",
            description = "weighted, dynamic, consensus or bayesian. Default: weighted.")
    @Nullable
    String combiner;

    @Option(names = "--sizing", paramLabel = "NAME", description = "equal-weight or equal-risk. Default: equal-risk.")
    @Nullable
    String sizing;

    @Option(
            names = "--slippage-model",
            paramLabel = "NAME",
            description = "square-root (grows with spread, volatility and size) or flat. Default: square-root.")
    @Nullable
    String slippageModel;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of everything random. Default: 42.")
    @Nullable
    Long seed;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Settings as YAML or JSON; --print-config shows all keys. Flags come first, then the file.")
    @Nullable
    Path config;

    /** Flag over file over default. */
    StudyRequest request() throws IOException {
        StudyRequest base = StudyRequest.defaults();
        if (config != null) {
            Node document = Documents.read(config);
            try {
                base = StudyConfig.apply(base, document);
            } catch (IllegalArgumentException wrong) {
                throw new IllegalArgumentException(config + ": " + wrong.getMessage(), wrong);
            }
        }
        return StudyConfig.apply(base, flags());
    }

    private Node flags() {
        Node.Fields dataFields = Node.object();
        put(dataFields, "path", data == null ? null : data.toString());
        if (symbols != null) {
            dataFields.put("symbols", Node.texts(symbols));
        }
        put(dataFields, "from", from);
        put(dataFields, "to", to);
        put(dataFields, "interval", interval);
        put(dataFields, "instrument", instrument);
        put(dataFields, "volumeUnit", volumeUnit);
        Node.Fields studyFields = Node.object();
        put(studyFields, "combiner", combiner);
        put(studyFields, "sizing", sizing);
        put(studyFields, "slippageModel", slippageModel);
        if (cash != null) {
            studyFields.put("cash", cash);
        }
        if (seed != null) {
            studyFields.put("seed", seed);
        }
        return Node.object()
                .put("data", dataFields.build())
                .put("study", studyFields.build())
                .build();
    }

    private static void put(Node.Fields fields, String key, @Nullable String text) {
        if (text != null) {
            fields.put(key, text);
        }
    }
}
