package org.lama.backtest.api;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.lama.core.base.TimeSource;
import org.lama.core.search.TrialLedger;
import org.lama.core.store.Node;

/** What a manifest remembers of its trial ledger, held against the ledger that is there now. */
final class LedgerWitness {
    private LedgerWitness() {}

    /** The end of the ledger as a manifest keeps it. */
    static Node node(Optional<TrialLedger.Tip> tip) {
        return tip.map(each -> Node.object()
                        .put("lines", each.lines())
                        .put("head", each.head())
                        .build())
                .orElseGet(() -> Node.object().build());
    }

    /** As it was written; empty in manifests that have none. */
    static Optional<TrialLedger.Tip> tip(Node manifest) {
        return manifest.has("ledger") && manifest.get("ledger").has("head")
                ? Optional.of(new TrialLedger.Tip(
                        manifest.get("ledger").get("lines").asInt(),
                        manifest.get("ledger").get("head").asText()))
                : Optional.empty();
    }

    /** What is missing, in one sentence; empty if nothing is, or if the result was made without a ledger. */
    static Optional<String> missing(Node manifest, DataRequest data) {
        Node trials = manifest.get("trials");
        String started = trials.get("ledgerStarted").asText();
        if (started.isEmpty()) {
            return Optional.empty();
        }
        int counted = trials.get("raw").asInt();
        Path folder = LedgerHome.beside(data);
        String known = "its ledger started " + started + " and counted " + counted
                + (counted == 1 ? " trial" : " trials") + " on these data; ";
        try {
            TrialLedger.Contents now =
                    LedgerHome.ledger(folder, TimeSource.fixed(0)).contents();
            String begun = now.started().map(Instant::toString).orElse("");
            if (begun.isEmpty()) {
                return Optional.of(known + "there is none in " + folder + ": it was removed, or is kept elsewhere");
            }
            if (!begun.equals(started)) {
                return Optional.of(
                        known + "the one in " + folder + " started " + begun + ": it was begun anew, or is another");
            }
            Optional<TrialLedger.Tip> then = tip(manifest);
            if (then.isPresent()) {
                Optional<String> hash = LedgerHome.ledger(folder, TimeSource.fixed(0))
                        .hashOf(then.get().lines());
                if (!hash.equals(then.map(TrialLedger.Tip::head))) {
                    return Optional.of(known + "the one in " + folder
                            + (hash.isEmpty()
                                    ? " has " + now.tip().lines() + " lines, and had "
                                            + then.get().lines() + ": it was cut short"
                                    : " did not grow from it: it was rewritten"));
                }
            }
            return then.isEmpty() && now.trials().size() < counted
                    ? Optional.of(known + "the one in " + folder + " holds only "
                            + now.trials().size() + " in all: it was cut short")
                    : Optional.empty();
        } catch (IOException damaged) {
            return Optional.of(known + "the one in " + folder + " cannot be read: " + damaged.getMessage());
        }
    }
}
