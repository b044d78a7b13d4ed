package org.lama.backtest.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.lama.backtest.api.DataRequest;
import org.lama.backtest.api.Lama;
import org.lama.backtest.api.Seals;
import org.lama.core.search.Seal;
import org.lama.core.series.TimeIndex;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;

/** Seals as text or as JSON. */
final class SealLines {
    private SealLines() {}

    /** A table is read whole, whatever its columns are: that a seal holds beside it must be said. Empty if none does. */
    static String beside(Path data) throws IOException {
        return beside(DataRequest.of(data));
    }

    /** As for a table, of data in a file, folder or store; nothing is known of seals over a server. */
    static String beside(DataRequest request) throws IOException {
        if (request.path().isEmpty()) {
            return "";
        }
        Path data = request.path().get();
        StringBuilder out = new StringBuilder();
        for (Seal.Kept kept : Seals.all(Lama.ledgerBeside(request))) {
            if (kept.holds()) {
                out.append("SEALED: seal ")
                        .append(kept.number())
                        .append(" keeps ")
                        .append(String.join(", ", kept.seal().instruments().keySet()))
                        .append(" closed from ")
                        .append(TimeIndex.instant(kept.seal().fromNanos()))
                        .append(" on, and this command reads all rows of ")
                        .append(Errors.printable(data.toString()))
                        .append("; a model chosen by them has seen the hold-out\n");
            }
        }
        return out.toString();
    }

    static String all(List<Seal.Kept> seals, boolean json) {
        return json ? json(seals) : text(seals);
    }

    private static String text(List<Seal.Kept> seals) {
        StringBuilder out = new StringBuilder();
        for (Seal.Kept kept : seals) {
            out.append("seal ")
                    .append(kept.number())
                    .append(": ")
                    .append(String.join(", ", kept.seal().instruments().keySet()))
                    .append(" from ")
                    .append(TimeIndex.instant(kept.seal().fromNanos()))
                    .append(", set ")
                    .append(kept.sealedAt())
                    .append(kept.unsealedAt()
                            .map(at -> ", unsealed " + at + " (" + Errors.printable(kept.reason()) + "): SPENT")
                            .orElse(", holds"))
                    .append('\n');
        }
        return seals.isEmpty() ? "no seal\n" : out.toString();
    }

    private static String json(List<Seal.Kept> seals) {
        List<Node> items = new ArrayList<>();
        for (Seal.Kept kept : seals) {
            Node.Fields fields = Node.object()
                    .put("number", kept.number())
                    .put(
                            "instruments",
                            Node.texts(List.copyOf(kept.seal().instruments().keySet())))
                    .put("from", TimeIndex.instant(kept.seal().fromNanos()))
                    .put("to", TimeIndex.instant(kept.seal().toNanos()))
                    .put("dataChecksum", kept.seal().dataChecksum())
                    .put("sealedAt", kept.sealedAt())
                    .put("holds", kept.holds());
            kept.unsealedAt().ifPresent(at -> fields.put("unsealedAt", at).put("reason", kept.reason()));
            items.add(fields.build());
        }
        return Documents.json(Node.object().put("seals", Node.array(items)).build());
    }
}
