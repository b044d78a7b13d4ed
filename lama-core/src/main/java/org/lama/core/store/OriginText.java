package org.lama.core.store;

import org.lama.core.series.Provenance;

/** Origins as JSON. Static and thread-safe. */
final class OriginText {
    private OriginText() {}

    static Node node(Provenance origin) {
        return Node.object()
                .put("kind", origin.kind().name())
                .put("source", origin.source())
                .put("sha256", origin.sha256())
                .put("note", origin.note())
                .build();
    }

    static Provenance parse(Node node) {
        return new Provenance(
                Provenance.Kind.valueOf(node.get("kind").asText()),
                node.get("source").asText(),
                node.get("sha256").asText(),
                node.get("note").asText());
    }
}
