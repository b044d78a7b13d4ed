package org.lama.core.net;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.store.Checksums;

/**
 * Fetches one big file into a place on the disk. A transfer that breaks off, or a process that dies, goes on where it
 * stopped, as long as the source says ({@code If-Range} with its ETag or date) or a checksum will say that it is still the
 * same file. The target appears at once and whole, after its SHA-256 was found right where one is known. Nothing is
 * printed; a listener is told how far it is. Used once, by one thread.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Download {
    private static final int BLOCK_BYTES = 1 << 16;
    private static final long LISTEN_EVERY_NANOS = 200_000_000L;
    private static final Pattern CHECKSUM_LINE = Pattern.compile("\\s*([0-9a-fA-F]{64})(?:\\s+\\*?(\\S+))?\\s*");
    private static final Pattern RANGE = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18})");
    private static final Pattern NO_RANGE = Pattern.compile("bytes \\*/(\\d{1,18})");

    private final HttpFetcher fetcher;
    private final HttpCall call;
    private final Path target;
    private final String shown;
    private final String identity;
    private Optional<String> expected = Optional.empty();
    private Optional<HttpCall> checksumCall = Optional.empty();
    private long maximumBytes = 4L << 30;
    private Progress.Listener listener = progress -> {};
    private long fetchedBytes;
    private long begunNanos;
    private long toldNanos;

    private Download(HttpFetcher fetcher, HttpCall call, Path target) {
        this.fetcher = fetcher;
        this.call = call.with("Accept-Encoding", "identity");
        this.target = target.toAbsolutePath();
        shown = call.shown(fetcher.base());
        identity = call.identity(fetcher.base());
    }

    /**
     * What came of a download. Immutable.
     *
     * @param file the file
     * @param bytes its size
     * @param fetchedBytes bytes that came over the network in this run; less than the size after a resume
     * @param sha256 its checksum, 64 lower-case hexadecimal digits
     * @param verified whether the checksum was held against one of the source or caller
     */
    public record Finished(Path file, long bytes, long fetchedBytes, String sha256, boolean verified) {
        /**
         * Keeps the figures.
         *
         * @param file the file
         * @param bytes at least 0
         * @param fetchedBytes at least 0
         * @param sha256 64 digits
         * @param verified whether it was compared
         */
        public Finished {
            Check.that(bytes >= 0 && fetchedBytes >= 0, "bytes must be >= 0, got " + bytes + " and " + fetchedBytes);
        }
    }

    /**
     * Prepares a download.
     *
     * @param fetcher asks the source
     * @param call what to ask, a read
     * @param target where the file goes; its folder must exist
     * @return the download
     */
    public static Download of(HttpFetcher fetcher, HttpCall call, Path target) {
        Check.that(call.method().equals("GET"), "a download must be a GET, got " + call.method());
        return new Download(fetcher, call, target);
    }

    /**
     * The checksum the file must have.
     *
     * @param hexadecimal SHA-256, 64 digits
     * @return this download
     */
    public Download sha256(String hexadecimal) {
        Check.that(hexadecimal.matches("[0-9a-fA-F]{64}"), "sha256 must be 64 hexadecimal digits, got " + hexadecimal);
        expected = Optional.of(hexadecimal.toLowerCase(Locale.ROOT));
        return this;
    }

    /**
     * Where the source has the checksum: a text {@code DIGITS  NAME}, as Binance has beside each bulk file.
     *
     * @param checksum what to ask for it
     * @return this download
     */
    public Download checksumFrom(HttpCall checksum) {
        checksumCall = Optional.of(checksum);
        return this;
    }

    /**
     * The largest file.
     *
     * @param bytes at least 1; 4 GiB if not set
     * @return this download
     */
    public Download maximumBytes(long bytes) {
        Check.that(bytes >= 1, "maximumBytes must be >= 1, got " + bytes);
        maximumBytes = bytes;
        return this;
    }

    /**
     * Who is told how far it is.
     *
     * @param told called by the thread that downloads
     * @return this download
     */
    public Download progress(Progress.Listener told) {
        listener = told;
        return this;
    }

    /**
     * Downloads, or finds that the file is there already: with the right checksum where one is known, else by its name.
     *
     * @return what came of it
     * @throws NetException if the source does not give the file or its checksum is wrong
     * @throws IOException if the file cannot be written, or something else downloads it
     */
    public Finished run() throws IOException {
        if (checksumCall.isPresent()) {
            expected = Optional.of(checksum(checksumCall.get()));
        }
        if (Files.exists(target)) {
            String there = Checksums.sha256(target);
            if (expected.isEmpty() || expected.get().equals(there)) {
                return new Finished(target, Files.size(target), 0, there, expected.isPresent());
            }
        }
        try (PartFile part = PartFile.open(target, identity)) {
            begunNanos = fetcher.clock().steadyNanos();
            toldNanos = begunNanos - LISTEN_EVERY_NANOS;
            fetch(part);
            tell(part, true);
            String sha256 = part.sha256();
            if (expected.isPresent() && !expected.get().equals(sha256)) {
                part.discard();
                throw new NetException(
                        NetException.Reason.CHECKSUM,
                        shown,
                        "SHA-256 must be " + expected.get() + ", got " + sha256,
                        "what came was removed; fetch it again, and report it to the source if it stays so");
            }
            part.finish();
            return new Finished(target, part.position(), fetchedBytes, sha256, expected.isPresent());
        }
    }

    private String checksum(HttpCall checksum) throws NetException {
        Fetched fetched = fetcher.fetch(checksum);
        Matcher line = CHECKSUM_LINE.matcher(fetched.text());
        String path = call.toString();
        boolean named = line.matches()
                && (line.group(2) == null || path.replaceAll("[?].*", "").endsWith("/" + line.group(2)));
        if (!named) {
            throw new NetException(
                    NetException.Reason.CONTENT,
                    fetched.endpoint(),
                    "the checksum file must be one line of 64 digits and the name of the file",
                    "look at it with a browser; the source may have changed");
        }
        return line.group(1).toLowerCase(Locale.ROOT);
    }

    private void fetch(PartFile part) throws IOException {
        for (int failures = 0; ; ) {
            long before = part.position();
            try {
                IOException[] local = new IOException[1];
                boolean done = fetcher.guarded(call, () -> {
                    try {
                        transfer(part);
                        return true;
                    } catch (NetException e) {
                        throw e;
                    } catch (IOException e) {
                        local[0] = e;
                        return false;
                    }
                });
                if (done) {
                    return;
                }
                throw local[0];
            } catch (NetException e) {
                if (!e.reason().isPassing()) {
                    throw e;
                }
                part.checkpoint();
                failures = part.position() > before ? 1 : failures + 1;
                fetcher.delay(call, e, failures);
            }
        }
    }

    private void transfer(PartFile part) throws IOException {
        long from = part.position();
        if (from > 0 && from == part.state().total()) {
            return;
        }
        try (HttpReply reply = fetcher.send(question(part, from))) {
            if (reply.status() == 416 && from > 0) {
                outOfRange(reply, part, from);
                return;
            }
            if (reply.status() == 206) {
                goOn(reply, part, from);
            } else {
                fetcher.requireGood(reply, call);
                long total = reply.header("Content-Length")
                        .filter(text -> text.matches("\\d{1,18}"))
                        .map(Long::valueOf)
                        .orElse(-1L);
                part.restart(
                        identity,
                        reply.header("ETag").orElse(""),
                        reply.header("Last-Modified").orElse(""),
                        total);
            }
            copy(reply.body(), part);
        }
    }

    /** Asks for the rest, but only if something will tell that it belongs to what is there. */
    private HttpCall question(PartFile part, long from) throws IOException {
        String validator = part.state().validator();
        if (from == 0) {
            return call;
        }
        if (validator.isEmpty() && expected.isEmpty()) {
            part.restart(identity, "", "", -1);
            return call;
        }
        HttpCall rest = call.with("Range", "bytes=" + from + "-");
        return validator.isEmpty() ? rest : rest.with("If-Range", validator);
    }

    private void goOn(HttpReply reply, PartFile part, long from) throws IOException {
        Matcher range = RANGE.matcher(reply.header("Content-Range").orElse(""));
        boolean fits = from > 0
                && range.matches()
                && Long.parseLong(range.group(1)) == from
                && (part.state().total() < 0
                        || Long.parseLong(range.group(3)) == part.state().total());
        if (!fits) {
            part.restart(identity, "", "", -1);
            throw broken("the source sent another part than the one asked for", reply.status());
        }
    }

    private void outOfRange(HttpReply reply, PartFile part, long from) throws IOException {
        Matcher range = NO_RANGE.matcher(reply.header("Content-Range").orElse(""));
        if (!range.matches() || Long.parseLong(range.group(1)) != from) {
            part.restart(identity, "", "", -1);
            throw broken("the file has become shorter", reply.status());
        }
    }

    private NetException broken(String rule, int status) {
        return new NetException(
                NetException.Reason.BROKEN, shown, rule + "; it is fetched from its beginning", status, 0, null);
    }

    private void copy(InputStream body, PartFile part) throws IOException {
        byte[] block = new byte[BLOCK_BYTES];
        while (true) {
            int read;
            try {
                read = body.read(block);
            } catch (NetException e) {
                throw e;
            } catch (IOException e) {
                throw new NetException(
                        NetException.Reason.BROKEN,
                        shown,
                        "the connection broke after " + part.position() + " bytes; fetch it again",
                        0,
                        0,
                        call.redactor().cause(e));
            }
            if (read < 0) {
                break;
            }
            fetchedBytes += read;
            part.write(block, read);
            if (part.position() > maximumBytes) {
                part.discard();
                throw new NetException(
                        NetException.Reason.TOO_LARGE,
                        shown,
                        "the file has more than " + maximumBytes + " bytes",
                        "raise the limit if you trust the source");
            }
            tell(part, false);
        }
        long total = part.state().total();
        if (total >= 0 && part.position() != total) {
            throw new NetException(
                    NetException.Reason.BROKEN,
                    shown,
                    "the body ended after " + part.position() + " of " + total + " bytes",
                    "fetch it again");
        }
    }

    private void tell(PartFile part, boolean last) {
        long now = fetcher.clock().steadyNanos();
        if (last || now - toldNanos >= LISTEN_EVERY_NANOS) {
            toldNanos = now;
            double seconds = (now - begunNanos) * 1e-9;
            long total = part.state().total();
            listener.progress(new Progress(
                    target.getFileName().toString(),
                    part.position(),
                    total < 0 ? OptionalLong.empty() : OptionalLong.of(total),
                    seconds > 0 ? fetchedBytes / seconds : 0));
        }
    }
}
