package org.lama.backtest.api;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.lama.backtest.strategies.Blueprint;
import org.lama.backtest.strategies.StrategyFinder;
import org.lama.core.base.Check;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;

/** One of several strategies that share the capital. */
record StrategyShare(String name, String strategy, Optional<Path> jar, Map<String, String> parameters, double share) {
    private static final List<String> KEYS = List.of("name", "strategy", "jar", "parameters", "share");

    /** Reads a list; shares that are not given are equal parts of the whole. */
    static List<StrategyShare> list(Node node) {
        List<StrategyShare> list = new ArrayList<>();
        List<String> names = new ArrayList<>();
        double total = 0;
        for (Node each : node.items()) {
            StudyConfig.known(each, KEYS);
            String strategy = each.get("strategy").asText();
            Map<String, String> parameters = new LinkedHashMap<>();
            each.find("parameters")
                    .ifPresent(given -> given.names().forEach(key -> parameters.put(key, text(given.get(key)))));
            StrategyShare share = new StrategyShare(
                    StudyConfig.text(each, "name", strategy),
                    strategy,
                    each.find("jar").map(Node::asText).map(Path::of),
                    parameters,
                    StudyConfig.value(each, "share", Node::asDouble, 1.0 / node.size()));
            Check.that(
                    share.share > 0 && share.share <= 1,
                    "share of " + share.name + " must be in (0, 1], got " + share.share);
            Check.that(!names.contains(share.name), "name must be unique, but '" + share.name + "' comes twice");
            names.add(share.name);
            list.add(share);
            total += share.share;
        }
        Check.that(!list.isEmpty(), "strategies must hold at least one");
        Check.that(total <= 1 + 1e-12, "share must sum to at most 1, got " + total);
        return list;
    }

    /** YAML reads {@code fast: 20} as a number. */
    private static String text(Node value) {
        return value.kind() == Node.Kind.STRING
                ? value.asText()
                : Documents.compactJson(value).strip();
    }

    Blueprint blueprint() throws IOException {
        Blueprint found = StrategyFinder.find(strategy, jar);
        found.effective(parameters);
        return found;
    }

    /** A list with its jars and sources at other places. */
    static Node moved(Node list, UnaryOperator<Path> move) {
        return Node.array(list.items().stream()
                .map(each -> {
                    String strategy = each.get("strategy").asText();
                    Node moved = StrategyFinder.isSource(strategy) ? each.with("strategy", path(strategy, move)) : each;
                    return each.has("jar")
                            ? moved.with("jar", path(each.get("jar").asText(), move))
                            : moved;
                })
                .toList());
    }

    private static Node path(String text, UnaryOperator<Path> move) {
        return Node.of(move.apply(Path.of(text)).toString().replace('\\', '/'));
    }
}
