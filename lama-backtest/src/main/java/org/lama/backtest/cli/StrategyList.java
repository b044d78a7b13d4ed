package org.lama.backtest.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import org.lama.backtest.strategies.Blueprint;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;

/** Prints built-in strategies with their parameters and defaults. */
final class StrategyList {
    private StrategyList() {}

    static int print(List<Blueprint> strategies, boolean json, PrintWriter stdout) {
        Node.Fields all = Node.object();
        StringBuilder text = new StringBuilder();
        for (Blueprint each : strategies) {
            Map<String, String> defaults = each.effective(Map.of());
            Node.Fields values = Node.object();
            defaults.forEach(values::put);
            all.put(
                    each.name(),
                    Node.object()
                            .put("description", each.description())
                            .put("parameters", values.build())
                            .build());
            text.append(each.name())
                    .append('\n')
                    .append("  ")
                    .append(each.description())
                    .append('\n');
            if (!defaults.isEmpty()) {
                text.append("  parameters: ");
                text.append(String.join(
                        ", ",
                        defaults.entrySet().stream()
                                .map(entry ->
                                        entry.getKey() + "=" + (entry.getValue().isEmpty() ? "''" : entry.getValue()))
                                .toList()));
                text.append('\n');
            }
        }
        stdout.print(json ? Documents.json(all.build()) : text.toString());
        stdout.flush();
        return ExitCode.DONE;
    }
}
