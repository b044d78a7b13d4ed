package org.lama.backtest.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lama.backtest.api.Lama;
import org.lama.backtest.api.StudyConfig;
import org.lama.backtest.api.StudyRequest;
import org.lama.core.base.Check;
import org.lama.core.store.Node;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The flags of a study; what is not given comes from the configuration file, then from the defaults. */
final class StudyOptions {
    @Mixin
    BarOptions bars = new BarOptions();

    @Option(
            names = "--synthetic-books",
            description =
                    "Without --data: the synthetic market with order books, in which anomalies stand that foretell"
                            + " risk (profile BOOK).")
    boolean syntheticBooks;

    @Option(
            names = "--instrument",
            paramLabel = "VENUE.KIND",
            description =
                    "Venue and kind, such as BINANCE.SPOT or BINANCE.PERP. SPOT is long only. Default: that of the store,"
                            + " else UNKNOWN.SPOT.")
    @Nullable
    String instrument;

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
            StudyRequest defaults = base;
            base = Settings.read(config, document -> StudyConfig.apply(defaults, document));
        }
        StudyRequest request = StudyConfig.apply(base, flags());
        Check.that(
                !syntheticBooks || request.data().isSynthetic(),
                "--synthetic-books makes data, but others are named, too; leave one of them out");
        boolean said = instrument != null || Settings.saysInstrument(config);
        Optional<String> market = said ? Optional.empty() : Lama.market(request.data());
        return market.isEmpty() ? request : StudyConfig.apply(request, Settings.study(market.get()));
    }

    private Node flags() {
        Node.Fields dataFields = bars.fields();
        Settings.put(dataFields, "syntheticMarket", syntheticBooks ? "synthetic-books" : null);
        Settings.put(dataFields, "instrument", instrument);
        Node.Fields studyFields = Node.object();
        Settings.put(studyFields, "combiner", combiner);
        Settings.put(studyFields, "sizing", sizing);
        Settings.put(studyFields, "slippageModel", slippageModel);
        Settings.put(studyFields, "cash", cash);
        Settings.put(studyFields, "seed", seed);
        return Node.object()
                .put("data", dataFields.build())
                .put("study", studyFields.build())
                .build();
    }
}
