package org.lama.core.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * Where secrets come from: a variable of the environment, and where there is none a file that only its owner may read
 * and write (mode 0600). Never the command line, which every process of the machine can see. The file has lines
 * {@code NAME=value}; empty lines and lines that begin with {@code #} are skipped. Immutable and thread-safe; the file is
 * read, and its mode checked, at every question.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Secrets {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final long MAX_FILE_BYTES = 1 << 16;

    private final Map<String, String> environment;
    private final Optional<Path> file;

    private Secrets(Map<String, String> environment, Optional<Path> file) {
        this.environment = environment;
        this.file = file;
    }

    /**
     * The environment of this process, then a file.
     *
     * @param file lines {@code NAME=value}, mode 0600; need not exist
     * @return the sources
     */
    public static Secrets ofEnvironmentAnd(Path file) {
        return of(System.getenv(), file);
    }

    /**
     * The environment of this process only.
     *
     * @return the source
     */
    public static Secrets ofEnvironment() {
        return new Secrets(System.getenv(), Optional.empty());
    }

    /**
     * Some variables, then a file.
     *
     * @param environment names and values
     * @param file lines {@code NAME=value}, mode 0600; need not exist
     * @return the sources
     */
    public static Secrets of(Map<String, String> environment, Path file) {
        return new Secrets(Map.copyOf(environment), Optional.of(file));
    }

    /**
     * Looks for a secret.
     *
     * @param name its name, such as {@code THEGRAPH_API_KEY}: capitals, digits and underscores
     * @return the secret; empty if no source has it
     * @throws IOException if the file may be read by others, is a link, or holds a line that is none; values are not shown
     */
    public Optional<Secret> find(String name) throws IOException {
        Check.that(
                name.matches("[A-Z][A-Z0-9_]{0,63}"), "name of a secret must be capitals, digits and _, got " + name);
        String set = environment.get(name);
        if (set != null && !set.isBlank()) {
            return Optional.of(make(set.strip().toCharArray(), "variable " + name));
        }
        return file.isPresent() && Files.exists(file.get(), LinkOption.NOFOLLOW_LINKS)
                ? inFile(file.get(), name)
                : Optional.empty();
    }

    /**
     * A secret that must be there.
     *
     * @param name its name
     * @return the secret
     * @throws IOException if no source has it, naming the sources, or the file is refused
     */
    public Secret get(String name) throws IOException {
        Optional<Secret> found = find(name);
        if (found.isEmpty()) {
            throw new IOException("secret " + name + " is missing; set the environment variable " + name
                    + file.map(f -> " or add the line " + name + "=… to " + f + " (mode 0600)")
                            .orElse(""));
        }
        return found.get();
    }

    private static Optional<Secret> inFile(Path file, String name) throws IOException {
        checkMode(file);
        if (Files.size(file) > MAX_FILE_BYTES) {
            throw new IOException(file + ": larger than the " + MAX_FILE_BYTES + " bytes a file of secrets may have");
        }
        byte[] bytes = Files.readAllBytes(file);
        CharBuffer text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
        } catch (CharacterCodingException e) {
            throw new IOException(file + ": is not UTF-8 text; write lines NAME=value", e);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
        try {
            return search(text, file, name);
        } finally {
            Arrays.fill(text.array(), '\0');
        }
    }

    private static Optional<Secret> search(CharBuffer text, Path file, String name) throws IOException {
        int line = 0;
        int from = 0;
        Optional<Secret> found = Optional.empty();
        while (from < text.limit()) {
            int to = from;
            while (to < text.limit() && text.get(to) != '\n') {
                to++;
            }
            line++;
            CharSequence row = text.subSequence(from, to);
            from = to + 1;
            int equals = indexOf(row, '=');
            if (isNothing(row)) {
                continue;
            }
            if (equals <= 0) {
                throw new IOException(file + ", line " + line + ": is not NAME=value; correct it");
            }
            if (name.contentEquals(row.subSequence(0, equals).toString().strip())) {
                if (found.isPresent()) {
                    throw new IOException(file + ", line " + line + ": " + name + " is set twice; remove one");
                }
                found = Optional.of(make(stripped(row, equals + 1), file + ", line " + line));
            }
        }
        return found;
    }

    private static int indexOf(CharSequence row, char wanted) {
        int at = 0;
        while (at < row.length() && row.charAt(at) != wanted) {
            at++;
        }
        return at == row.length() ? -1 : at;
    }

    private static boolean isNothing(CharSequence row) {
        return row.chars().allMatch(Character::isWhitespace) || row.charAt(0) == '#';
    }

    private static char[] stripped(CharSequence row, int start) {
        int from = start;
        int to = row.length();
        while (from < to && Character.isWhitespace(row.charAt(from))) {
            from++;
        }
        while (to > from && Character.isWhitespace(row.charAt(to - 1))) {
            to--;
        }
        char[] value = new char[to - from];
        for (int i = 0; i < value.length; i++) {
            value[i] = row.charAt(from + i);
        }
        return value;
    }

    private static Secret make(char[] value, String where) throws IOException {
        try {
            return Secret.of(value);
        } catch (IllegalArgumentException e) {
            throw new IOException(where + ": " + e.getMessage(), e);
        } finally {
            Arrays.fill(value, '\0');
        }
    }

    private static void checkMode(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(file + ": is a link or no file; secrets are read from a plain file only");
        }
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            throw new IOException(
                    file + ": this file system cannot say who may read it; use variables of the environment");
        }
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
        if (!mode.equals(OWNER_ONLY)) {
            throw new IOException(file + ": mode is " + PosixFilePermissions.toString(mode)
                    + ", must be rw-------; run chmod 600 on it, and change the keys if others could read them");
        }
    }
}
