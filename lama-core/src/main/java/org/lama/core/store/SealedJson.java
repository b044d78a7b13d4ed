package org.lama.core.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Small JSON files that say which version of the format they have and carry the SHA-256 of their own content, so that no
 * flipped or cut byte goes unnoticed. Static and thread-safe.
 */
final class SealedJson {
    private static final String VERSION = "version";
    private static final String CHECKSUM = "sha256";
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
                    + " import the data again");
        }
    }

    private static String digest(Node content) {
        return Checksums.sha256(Documents.compactJson(content).getBytes(StandardCharsets.UTF_8));
    }
}
