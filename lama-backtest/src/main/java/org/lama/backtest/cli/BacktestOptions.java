package org.lama.backtest.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lama.backtest.api.BacktestConfig;
import org.lama.backtest.api.BacktestRequest;
import org.lama.backtest.api.BacktestSettings;
import org.lama.backtest.api.Lama;
import org.lama.backtest.strategies.Strategies;
import org.lama.core.base.Check;
import org.lama.core.store.Node;
import picocli.CommandLine.Mixin;
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

    @Mixin
    BarOptions bars = new BarOptions();

    @Option(
            names = "--kind",
            paramLabel = "spot|perp",
            description = "spot is long only and without borrowing; perp goes long and short on margin."
                    + " Default: that of the store, else spot.")
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
            names = "--benchmark",
            paramLabel = "SYMBOL,...",
            description = "What is bought once and held beside the strategy, without leverage."
                    + " Default: the underlyings, spot where the data have it.")
    @Nullable
    String benchmark;

    @Option(
            names = "--on-failure",
            paramLabel = "stop|close-and-continue|keep-and-continue",
            description = "What happens when the strategy throws. Default: stop.")
    @Nullable
    String onFailure;

    @Option(
            names = "--quick",
            description =
                    "One run only: no break-even cost, no runs at other costs, on other paths and under naive rules.")
    boolean quick;

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
            BacktestRequest defaults = base;
            named |= Settings.read(config, BacktestConfig::namesStrategy);
            base = Settings.read(config, document -> BacktestConfig.apply(defaults, document));
        }
        Check.that(
                named,
                "name a strategy with --strategy: one of " + Strategies.names()
                        + ", a class with its package, or a file that ends in .java");
        Check.that(
                kind == null || kind.equalsIgnoreCase("spot") || kind.equalsIgnoreCase("perp"),
                "kind must be spot or perp, got '" + kind + "'");
        BacktestRequest request = BacktestConfig.apply(base, flags());
        boolean said = kind != null || Settings.saysInstrument(config);
        Optional<String> market = said ? Optional.empty() : Lama.market(request.data(), true);
        if (market.isEmpty()) {
            return request;
        }
        List<String> both = Lama.mixed(request.data());
        BacktestRequest told = BacktestConfig.apply(request, Settings.instrument(market.get()));
        return both.isEmpty() ? told : BacktestConfig.apply(told, Settings.symbols(both));
    }

    private Node flags() {
        Node.Fields fields = Node.object()
                .put("data", dataFlags())
                .put("strategy", strategyFlags())
                .put("backtest", backtestFlags());
        Settings.put(fields, "benchmark", benchmark);
        return fields.build();
    }

    private Node dataFlags() {
        Node.Fields fields = bars.fields();
        Settings.put(fields, "instrument", kind == null ? null : "UNKNOWN." + kind);
        return fields.build();
    }

    private Node strategyFlags() {
        Node.Fields fields = Node.object();
        Settings.put(fields, "name", strategy);
        Settings.put(fields, "jar", jar == null ? null : jar.toString());
        Node.Fields values = Node.object();
        parameters.forEach(values::put);
        return fields.put("parameters", values.build()).build();
    }

    private Node backtestFlags() {
        Node.Fields fields = Node.object();
        Settings.put(fields, "cash", cash);
        Settings.put(fields, "commission", commission);
        Settings.put(fields, "slippage", slippage);
        Settings.put(fields, "slippageModel", slippageModel);
        Settings.put(fields, "sizing", sizing);
        Settings.put(fields, "quantityMode", quantityMode);
        Settings.put(fields, "fill", fill);
        Settings.put(fields, "path", path);
        Settings.put(fields, "participation", participation);
        Settings.put(fields, "leverage", leverage);
        Settings.put(fields, "margin", margin);
        Settings.put(fields, "onFailure", onFailure);
        Settings.put(fields, "seed", seed);
        if (quick) {
            fields.put("quick", true);
        }
        return fields.build();
    }
}
