package org.lama.core.net;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.lama.core.base.Api;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;

/**
 * Looks at the body of a good reply before anyone uses or keeps it. Implementations are stateless.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
@FunctionalInterface
public interface BodyCheck {
    /**
     * What is wrong with a body.
     *
     * @param body the expanded body; must not be changed
     * @return one sentence that names the field; empty if nothing is wrong
     */
    Optional<String> complaint(byte[] body);

    /**
     * The body must be a JSON object with some fields; further ones are fine.
     *
     * @param fields names of fields that must be there; {@code a.b} is a field of a field
     * @return the check
     */
    static BodyCheck jsonObject(String... fields) {
        List<String> wanted = List.of(fields);
        return body -> complaint(body, Node.Kind.OBJECT)
                .or(() -> wanted.stream()
                        .filter(field -> !has(read(body), field))
                        .findFirst()
                        .map(field -> "required field '" + field + "' is missing"));
    }

    /**
     * The body must be a JSON list.
     *
     * @return the check
     */
    static BodyCheck jsonList() {
        return body -> complaint(body, Node.Kind.ARRAY);
    }

    private static Optional<String> complaint(byte[] body, Node.Kind kind) {
        try {
            Node node = Documents.parseJson(new String(body, StandardCharsets.UTF_8), "the reply");
            return node.kind() == kind
                    ? Optional.empty()
                    : Optional.of("the reply must be a JSON " + kind + ", got " + node.kind());
        } catch (IOException e) {
            return Optional.of("the reply is no JSON (" + e.getMessage() + ")");
        }
    }

    private static Node read(byte[] body) {
        try {
            return Documents.parseJson(new String(body, StandardCharsets.UTF_8), "the reply");
        } catch (IOException e) {
            throw new IllegalStateException("was read before", e);
        }
    }

    private static boolean has(Node node, String path) {
        Node at = node;
        for (String name : List.of(path.split("\\.", -1))) {
            if (at.kind() != Node.Kind.OBJECT || !at.has(name)) {
                return false;
            }
            at = at.get(name);
        }
        return true;
    }
}
