package org.lama.backtest.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lama.backtest.api.BacktestConfig;
import org.lama.backtest.api.BacktestRequest;
import org.lama.backtest.api.BacktestSettings;
import org.lama.backtest.strategies.Strategies;
import org.lama.core.base.Check;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;
import picocli.CommandLine.Option;

/** The flags of a backtest; what is not given comes from the configuration file, then from the defaults. */
final class BacktestOptions {
    @Option(
            names = "--strategy",
            paramLabel = "NAME|CLASS|FILE.java",
            description = "A built-in strategy (see --list), a class with its package, or one Java source file.")
    @Nullable
    String strategy;

    @Option(names = "--jar", paramLabel = "FILE", description = "The jar that holds the class of --strategy.")
    @Nullable
    Path jar;

    @Option(
            names = "--param",
            paramLabel = "NAME=VALUE",
            description = "A parameter of the strategy; may be given several times.")
    Map<String, String> parameters = new LinkedHashMap<>();

    @Option(
            names = "--data",
            paramLabel = "FILE|DIR",
            description =
                    "Bars as CSV, CSV.gz or Parquet: one file, or one file per symbol. Default: the synthetic market.")
    @Nullable
    Path data;

    @Option(
            names = "--symbols",
            split = ",",
            paramLabel = "A,B",
            description = "Keep these symbols only, in this order.")
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
            names = "--kind",
            paramLabel = "spot|perp",
            description = "spot is long only and without borrowing; perp goes long and short on margin. Default: spot.")
    @Nullable
    String kind;

    @Option(names = "--cash", paramLabel = "AMOUNT", description = "Starting cash in quote currency. Default: 1000000.")
    @Nullable
    Double cash;

    @Option(
            names = "--commission",
            paramLabel = "FRACTION",
            description = "Commission of each fill as a fraction of its value. Default: 0.001.")
    @Nullable
    Double commission;

    @Option(
            names = "--slippage",
            paramLabel = "FRACTION",
            description =
                    "Slippage of each fill as a fraction of its price; alone it is flat. Default: 0.0005 and more.")
    @Nullable
    Double slippage;

    @Option(
            names = "--slippage-model",
            paramLabel = "flat|square-root",
            description = "square-root grows with the order's share of the day's volume, --slippage is its floor."
                    + " Default: square-root, but flat where --slippage is given.")
    @Nullable
    String slippageModel;

    @Option(
            names = "--sizing",
            paramLabel = "MODE",
            description = "own (the strategy's weights), fixed, all-in, equal-weight, inverse-vol, vol-target, kelly,"
                    + " risk-parity or hrp. Default: own.")
    @Nullable
    String sizing;

    @Option(
            names = "--quantity-mode",
            paramLabel = "lots|fractional",
            description = "Lots of 1e-8, or as fine as 64 bits allow. Default: lots.")
    @Nullable
    String quantityMode;

    @Option(
            names = "--fill",
            paramLabel = "next-open|next-close|close-with-latency",
            description = "Where market orders fill. Default: next-open.")
    @Nullable
    String fill;

    @Option(
            names = "--path",
            paramLabel = "pessimistic|optimistic|ohlc|olhc|nearest-first",
            description = "Order of the prices inside a bar, where stops and limits lie in it. Default: pessimistic.")
    @Nullable
    String path;

    @Option(
            names = "--participation",
            paramLabel = "FRACTION",
            description = "Largest share of a bar's volume that fills may take. Default: no limit.")
    @Nullable
    Double participation;

    @Option(names = "--leverage", paramLabel = "X", description = "Leverage of positions on margin. Default: 1.")
    @Nullable
    Double leverage;

    @Option(
            names = "--margin",
            paramLabel = "isolated|cross|credit",
            description = "What answers for losses of a perpetual. Default: isolated.")
    @Nullable
    String margin;

    @Option(
            names = "--on-failure",
            paramLabel = "stop|close-and-continue|keep-and-continue",
            description = "What happens when the strategy throws. Default: stop.")
    @Nullable
    String onFailure;

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
    BacktestRequest request() throws IOException {
        BacktestRequest base = BacktestRequest.of("buy-and-hold").withSettings(BacktestSettings.defaults());
        boolean named = strategy != null;
        if (config != null) {
            Node document = Documents.read(config);
            named |= document.has("strategies")
                    || document.find("strategy").map(node -> node.has("name")).orElse(false);
            try {
                base = BacktestConfig.apply(base, document);
            } catch (IllegalArgumentException wrong) {
                throw new IllegalArgumentException(config + ": " + wrong.getMessage(), wrong);
            }
        }
        Check.that(
                named,
                "name a strategy with --strategy: one of " + Strategies.names()
                        + ", a class with its package, or a file that ends in .java");
        return BacktestConfig.apply(base, flags());
    }

    private Node flags() {
        return Node.object()
                .put("data", dataFlags())
                .put("strategy", strategyFlags())
                .put("backtest", backtestFlags())
                .build();
    }

    private Node dataFlags() {
        Node.Fields fields = Node.object();
        put(fields, "path", data == null ? null : data.toString());
        if (symbols != null) {
            fields.put("symbols", Node.texts(symbols));
        }
        put(fields, "from", from);
        put(fields, "to", to);
        put(fields, "interval", interval);
        put(fields, "instrument", kind == null ? null : "UNKNOWN." + kind);
        return fields.build();
    }

    private Node strategyFlags() {
        Node.Fields fields = Node.object();
        put(fields, "name", strategy);
        put(fields, "jar", jar == null ? null : jar.toString());
        Node.Fields values = Node.object();
        parameters.forEach(values::put);
        return fields.put("parameters", values.build()).build();
    }

    private Node backtestFlags() {
        Node.Fields fields = Node.object();
        put(fields, "cash", cash);
        put(fields, "commission", commission);
        put(fields, "slippage", slippage);
        put(fields, "slippageModel", slippageModel);
        put(fields, "sizing", sizing);
        put(fields, "quantityMode", quantityMode);
        put(fields, "fill", fill);
        put(fields, "path", path);
        put(fields, "participation", participation);
        put(fields, "leverage", leverage);
        put(fields, "margin", margin);
        put(fields, "onFailure", onFailure);
        if (seed != null) {
            fields.put("seed", seed);
        }
        return fields.build();
    }

    private static void put(Node.Fields fields, String key, @Nullable String text) {
        if (text != null) {
            fields.put(key, text);
        }
    }

    private static void put(Node.Fields fields, String key, @Nullable Double number) {
        if (number != null) {
            fields.put(key, number);
        }
    }
}
