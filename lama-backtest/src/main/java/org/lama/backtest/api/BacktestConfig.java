package org.lama.backtest.api;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;

/**
 * Reads and writes a {@link BacktestRequest} as a document: what stands in a configuration file and in a manifest. Unknown
 * keys are errors that name the nearest right one.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class BacktestConfig {
    private static final String QUICK = "quick";
    private static final List<String> ROOT = Stream.concat(
                    Stream.of("data", "strategy", "backtest"), BacktestTerms.GROUPS.stream())
            .toList();
    private static final List<String> STRATEGY = List.of("name", "jar", "parameters");
    private static final List<String> BACKTEST = List.of(
            "cash",
            "commission",
            "slippage",
            "slippageModel",
            "sizing",
            "quantityMode",
            "fill",
            "path",
            "participation",
            "leverage",
            "margin",
            "onFailure",
            "seed",
            QUICK);

    private BacktestConfig() {}

    /**
     * Applies a document on top of a request: keys that are missing keep their value. Parameters are merged unless the
     * strategy changes. A {@code slippage} without a {@code slippageModel} is flat.
     *
     * @param base what holds without the document
     * @param document an object with the optional keys {@code data}, {@code strategy}, {@code backtest} and those of {@link BacktestTerms}
     * @return the new request
     * @throws IllegalArgumentException for an unknown key or a value out of range, naming its path
     */
    public static BacktestRequest apply(BacktestRequest base, Node document) {
        StudyConfig.known(document, ROOT);
        BacktestRequest request = base.withData(document.find("data")
                .map(node -> StudyConfig.data(base.data(), node))
                .orElse(base.data()));
        Optional<Node> strategy = document.find("strategy").map(BacktestConfig::object);
        if (strategy.isPresent()) {
            boolean names = strategy.get().has("name");
            Check.that(
                    !names || !document.has("strategies"),
                    "strategy and strategies must not both be given: one strategy, or a list that shares the capital");
            BacktestTerms terms = request.terms();
            request = strategy(names ? request.withTerms(terms.withoutStrategies()) : request, strategy.get());
        }
        request = request.withTerms(request.terms().with(document));
        Check.that(
                request.terms().strategies().isEmpty() || request.parameters().isEmpty(),
                "parameters of several strategies stand in their list, got " + request.parameters());
        Optional<Node> settings = document.find("backtest");
        return settings.isEmpty()
                ? request
                : request.withSettings(settings(request.settings(), settings.get()))
                        .withQuick(StudyConfig.value(settings.get(), QUICK, Node::asBoolean, request.isQuick()));
    }

    /**
     * Whether a document names what to run.
     *
     * @param document such as a configuration file
     * @return true if it has a name of a strategy or a list of strategies
     */
    public static boolean namesStrategy(Node document) {
        return document.has("strategies")
                || document.find("strategy")
                        .filter(node -> node.kind() == Node.Kind.STRING || node.has("name"))
                        .isPresent();
    }

    /** A name alone, or an object with it. */
    private static Node object(Node strategy) {
        return strategy.kind() == Node.Kind.STRING
                ? Node.object().put("name", strategy.asText()).build()
                : strategy;
    }

    private static BacktestRequest strategy(BacktestRequest base, Node node) {
        StudyConfig.known(node, STRATEGY);
        String name = StudyConfig.text(node, "name", base.strategy());
        Optional<Path> jar = node.find("jar").map(Node::asText).map(Path::of).or(base::jar);
        boolean same = name.equals(base.strategy());
        Map<String, String> parameters = same ? base.parameters() : new LinkedHashMap<>();
        node.find("parameters").ifPresent(given -> {
            for (String key : given.names()) {
                parameters.put(key, text(given.get(key)));
            }
        });
        return same && jar.equals(base.jar())
                ? parameters.entrySet().stream()
                        .reduce(base, (request, entry) -> request.with(entry.getKey(), entry.getValue()), (a, b) -> b)
                : base.withStrategy(name, jar, parameters);
    }

    /** YAML reads {@code fast: 20} as a number. */
    private static String text(Node value) {
        return value.kind() == Node.Kind.STRING
                ? value.asText()
                : Documents.compactJson(value).strip();
    }

    private static BacktestSettings settings(BacktestSettings base, Node node) {
        Check.that(
                !node.has("kind"),
                "unknown key 'kind' in 'backtest': whether spot or perpetuals are traded stands in data.instrument, such"
                        + " as UNKNOWN.perp, or after --kind");
        StudyConfig.known(node, BACKTEST);
        String model = node.has("slippage") && !node.has("slippageModel") ? "flat" : base.slippageModel();
        return new BacktestSettings(
                StudyConfig.value(node, "cash", Node::asDouble, base.cash()),
                StudyConfig.value(node, "commission", Node::asDouble, base.commission()),
                StudyConfig.value(node, "slippage", Node::asDouble, base.slippage()),
                StudyConfig.text(node, "slippageModel", model),
                StudyConfig.text(node, "sizing", base.sizing()),
                StudyConfig.text(node, "quantityMode", base.quantityMode()),
                StudyConfig.text(node, "fill", base.fill()),
                StudyConfig.text(node, "path", base.path()),
                StudyConfig.value(node, "participation", Node::asDouble, base.participation()),
                StudyConfig.value(node, "leverage", Node::asDouble, base.leverage()),
                StudyConfig.text(node, "margin", base.margin()),
                StudyConfig.text(node, "onFailure", base.onFailure()),
                StudyConfig.value(node, "seed", Node::asLong, base.seed()));
    }

    /**
     * The request as a document that {@link #apply(BacktestRequest, Node)} reads back.
     *
     * @param request the request
     * @return an object with the keys {@code data}, {@code strategy}, {@code backtest} and those of {@link BacktestTerms}
     */
    public static Node document(BacktestRequest request) {
        return document(request, request.parameters());
    }

    /** The same with all parameters of the strategy, given or not. */
    static Node document(BacktestRequest request, Map<String, String> parameters) {
        Node.Fields strategy = Node.object().put("name", request.strategy());
        request.jar().ifPresent(jar -> strategy.put("jar", jar.toString().replace('\\', '/')));
        Node.Fields values = Node.object();
        parameters.forEach(values::put);
        Node.Fields root = Node.object().put("data", StudyConfig.document(request.data()));
        if (request.terms().strategies().isEmpty()) {
            root.put("strategy", strategy.put("parameters", values.build()).build());
        }
        root.put("backtest", document(request.settings(), request.isQuick()));
        Node terms = request.terms().document();
        terms.names().forEach(name -> root.put(name, terms.get(name)));
        return root.build();
    }

    private static Node document(BacktestSettings settings, boolean quick) {
        Node.Fields fields = Node.object()
                .put("cash", settings.cash())
                .put("commission", settings.commission())
                .put("slippage", settings.slippage())
                .put("slippageModel", settings.slippageModel())
                .put("sizing", settings.sizing())
                .put("quantityMode", settings.quantityMode())
                .put("fill", settings.fill())
                .put("path", settings.path())
                .put("leverage", settings.leverage())
                .put("margin", settings.margin())
                .put("onFailure", settings.onFailure())
                .put("seed", settings.seed());
        // no limit is no key: JSON has no number for it
        if (settings.participation() != Double.POSITIVE_INFINITY) {
            fields.put("participation", settings.participation());
        }
        if (quick) {
            fields.put(QUICK, true);
        }
        return fields.build();
    }
}
