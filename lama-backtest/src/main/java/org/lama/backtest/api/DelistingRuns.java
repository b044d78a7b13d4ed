package org.lama.backtest.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.lama.backtest.engine.BacktestResult;
import org.lama.backtest.engine.EngineSettings;
import org.lama.backtest.order.FixedPoint;
import org.lama.backtest.order.OrderEvent;
import org.lama.core.store.Node;

/** What a run would be had the positions that silence ended lost nothing, half or all. */
final class DelistingRuns {
    private static final String KEY = "delisting";
    private static final double[] HAIRCUTS = {0, 0.5, 1};

    private DelistingRuns() {}

    /** As it stands in the manifest; empty where no position was closed so. */
    static List<Node> of(BacktestResult result, EngineSettings settings, Function<EngineSettings, BacktestResult> run) {
        List<Node> points = new ArrayList<>();
        if (!result.exceptions().stream().anyMatch(DelistingRuns::isDelisting)) {
            return points;
        }
        for (double haircut : HAIRCUTS) {
            BacktestResult other = haircut == settings.delistingHaircut()
                    ? result
                    : run.apply(settings.toBuilder().delistingHaircut(haircut).build());
            double end = FixedPoint.toDouble(other.endEquityUnits(), FixedPoint.MONEY_DECIMALS);
            points.add(Node.object()
                    .put("haircut", haircut)
                    .put("endEquity", end)
                    .put("totalReturn", end / other.capital() - 1)
                    .build());
        }
        return points;
    }

    private static boolean isDelisting(OrderEvent event) {
        return event instanceof OrderEvent.Forced forced
                && (forced.reason() == OrderEvent.Reason.DELISTED || forced.reason() == OrderEvent.Reason.NEW_SEGMENT);
    }

    /** With the points among the other checks. */
    static Node addTo(Node checks, List<Node> points) {
        if (points.isEmpty()) {
            return checks;
        }
        Node.Fields fields = Node.object();
        checks.names().forEach(name -> fields.put(name, checks.get(name)));
        return fields.put(KEY, Node.array(points)).build();
    }

    /** A sentence; empty where there is nothing to say. */
    static String words(Node checks) {
        return checks.find(KEY).map(node -> sentence(node.items())).orElse("");
    }

    static String sentence(List<Node> points) {
        return "Total return by the haircut of positions that a delisting ended: "
                + points.stream()
                        .map(each -> String.format(
                                Locale.ROOT,
                                "%.1f %% at %.0f %%",
                                100 * each.get("totalReturn").asDouble(),
                                100 * each.get("haircut").asDouble()))
                        .collect(Collectors.joining(", "));
    }
}
