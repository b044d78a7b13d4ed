package org.lama.backtest.api;

import java.util.Optional;
import org.lama.backtest.analytics.Perturbation;
import org.lama.backtest.analytics.TradeResampling;
import org.lama.backtest.analytics.TradeRisk;
import org.lama.core.store.Node;

/** Writes how a run holds when its trips are drawn anew, and when its parameters or prices are shaken. */
final class RobustnessManifest {
    private RobustnessManifest() {}

    /** Numbers, or {@code notAvailable} with the reason. */
    static Node trades(TradeRisk risk) {
        TradeResampling again = risk.drawnAgain();
        Node.Fields fields = Node.object().put("trips", again.trips());
        Optional<String> reason = again.reason();
        if (reason.isPresent()) {
            return fields.put("notAvailable", reason.get()).build();
        }
        return fields.put("endEquity", band(again.rows().get(0)))
                .put("deepestDrawdown", band(again.rows().get(1)))
                .put("deepestDrawdownInOtherOrder", band(risk.reordered().rows().get(1)))
                .put("longestLosingStreak", band(again.rows().get(2)))
                .put("lossProbability", again.lossProbability())
                .put("ruinProbability", again.ruinProbability())
                .put("ruinShare", TradeResampling.RUIN_SHARE)
                .build();
    }

    private static Node band(TradeResampling.Row row) {
        return Node.object()
                .put("observed", row.observed())
                .put("p05", row.p05())
                .put("median", row.median())
                .put("p95", row.p95())
                .build();
    }

    static Node shaken(Perturbation shaken) {
        return Node.array(shaken.rows().stream().map(RobustnessManifest::row).toList());
    }

    private static Node row(Perturbation.Row row) {
        Node.Fields fields = Node.object()
                .put("strength", row.strength())
                .put("defined", row.defined())
                .put("undefined", row.undefined());
        return row.reason().isPresent()
                ? fields.put("notAvailable", row.reason().get()).build()
                : fields.put("p05", row.p05())
                        .put("median", row.median())
                        .put("p95", row.p95())
                        .put("sameSign", Double.isFinite(row.sameSign()) ? Node.of(row.sameSign()) : Node.nothing())
                        .build();
    }
}
