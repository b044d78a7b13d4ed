package org.lama.core.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Small JSON files that say which version of the format they have and carry the SHA-256 of their own content, so that no
 * flipped or cut byte goes unnoticed. Static and thread-safe.
 */
final class SealedJson {
    private static final String VERSION = "version";
    private static final String CHECKSUM = "sha256";
    private static final String TEXT = "text";
    /** Files of this version are written; later ones are refused. */
    private static final long NEWEST = 1;

    private SealedJson() {}

    /** A document to be filled, with its version. */
    static Node.Fields start() {
        return Node.object().put(VERSION, NEWEST);
    }

    /** The bytes of a document. */
    static byte[] bytes(Node.Fields content) {
        String digest = digest(content.build());
        return Documents.json(content.put(CHECKSUM, digest).build()).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The bytes of a text: an object of JSON with version and checksum among its own fields, any other text in a field.
     */
    static byte[] sealed(String text) {
        Optional<Node> object = object(text);
        Node.Fields content = start();
        if (object.isPresent()) {
            object.get().names().forEach(name -> content.put(name, object.get().get(name)));
        } else {
            content.put(TEXT, text);
        }
        return bytes(content);
    }

    /** The object that a text is, if it is written as we write one and has no field of ours. */
    private static Optional<Node> object(String text) {
        try {
            Node node = Documents.parseJson(text, TEXT);
            boolean ours =
                    node.kind() == Node.Kind.OBJECT && (node.has(VERSION) || node.has(CHECKSUM) || node.has(TEXT));
            return node.kind() == Node.Kind.OBJECT
                            && !ours
                            && Documents.json(node).equals(text)
                    ? Optional.of(node)
                    : Optional.empty();
        } catch (IOException noJson) {
            return Optional.empty();
        }
    }

    /**
     * The text of a file. One that has neither version nor checksum was put there by hand, and is taken as it is.
     *
     * @throws IOException if it is broken or too new, naming it
     */
    static String text(Path file) throws IOException {
        Node plain = Documents.read(file);
        if (plain.kind() == Node.Kind.OBJECT && !plain.has(VERSION) && !plain.has(CHECKSUM)) {
            return Files.readString(file);
        }
        return read(file, root -> {
            if (root.has(TEXT)) {
                return root.get(TEXT).asText();
            }
            Node.Fields own = Node.object();
            for (String name : root.names()) {
                if (!name.equals(VERSION) && !name.equals(CHECKSUM)) {
                    own.put(name, root.get(name));
                }
            }
            return Documents.json(own.build());
        });
    }

    /** What a reader makes of a document. */
    interface Reading<T> {
        T of(Node content) throws IOException;
    }

    /**
     * Reads a document.
     *
     * @throws NoSuchFileException if it is not there
     * @throws IOException if it is broken or too new, naming it
     */
    static <T> T read(Path file, Reading<T> reading) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new IOException(file + ": must be an ordinary file; put it back from a backup");
            }
            throw new NoSuchFileException(file.toString());
        }
        try {
            Node root = Documents.read(file);
            long version = root.get(VERSION).asLong();
            if (version > NEWEST) {
                throw new IOException("its format has version " + version + ", this library knows " + NEWEST
                        + "; read it with a newer version of LAMA");
            }
            checkDigest(root);
            return reading.of(root);
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException | IllegalArgumentException e) {
            String reason = String.valueOf(e.getMessage());
            throw new IOException(reason.startsWith(file + ":") ? reason : file + ": " + reason, e);
        }
    }

    private static void checkDigest(Node root) throws IOException {
        Node.Fields rest = Node.object();
        for (String name : root.names()) {
            if (!name.equals(CHECKSUM)) {
                rest.put(name, root.get(name));
            }
        }
        if (!root.get(CHECKSUM).asText().equals(digest(rest.build()))) {
            throw new IOException("its content does not have the checksum written in it; put it back from a backup, or"
                    + " import the data again; if you edited it, take out its lines '" + VERSION + "' and '" + CHECKSUM
                    + "'");
        }
    }

    private static String digest(Node content) {
        return Checksums.sha256(Documents.compactJson(content).getBytes(StandardCharsets.UTF_8));
    }
}
