package org.lama.core.net;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.ZipException;
import org.lama.core.base.GzipStream;

/** Reads and expands a body within its limits, portion by portion, so that a bomb never lies in memory. Stateless. */
final class BodyReader {
    private static final int BLOCK_BYTES = 1 << 14;

    private BodyReader() {}

    /** Counts what came, and stops what is too much before it is expanded. */
    private static final class Counted extends FilterInputStream {
        private long bytes;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            bytes += one < 0 ? 0 : 1;
            return one;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = super.read(into, offset, length);
            bytes += Math.max(0, read);
            return read;
        }
    }

    static byte[] read(HttpReply reply, BodyLimits limits, String shown) throws NetException {
        String encoding = reply.header("Content-Encoding").orElse("identity").toLowerCase(Locale.ROOT);
        boolean gzip = encoding.equals("gzip") || encoding.equals("x-gzip");
        if (!gzip && !encoding.equals("identity")) {
            throw new NetException(
                    NetException.Reason.CONTENT,
                    shown,
                    "Content-Encoding is " + encoding + ", which was not asked for",
                    "report it to the source");
        }
        Counted in = new Counted(reply.body());
        try (InputStream expanded = gzip ? GzipStream.of(in) : in) {
            return drain(in, expanded, limits, shown);
        } catch (NetException e) {
            throw e;
        } catch (EOFException | ZipException e) {
            throw new NetException(
                    NetException.Reason.BROKEN,
                    shown,
                    "the compressed body breaks off or is damaged after " + in.bytes + " bytes; fetch it again",
                    reply.status(),
                    0,
                    e);
        } catch (IOException e) {
            throw new NetException(
                    NetException.Reason.BROKEN,
                    shown,
                    "the connection broke after " + in.bytes + " bytes of the body; fetch it again",
                    reply.status(),
                    0,
                    e);
        }
    }

    private static byte[] drain(Counted in, InputStream expanded, BodyLimits limits, String shown) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] block = new byte[BLOCK_BYTES];
        for (int read = expanded.read(block); read >= 0; read = expanded.read(block)) {
            out.write(block, 0, read);
            String complaint = limits.complaint(in.bytes, out.size());
            if (!complaint.isEmpty()) {
                throw new NetException(
                        NetException.Reason.TOO_LARGE,
                        shown,
                        "the body has or " + complaint,
                        "ask for less at once, or raise the limit if you trust the source");
            }
        }
        return out.toByteArray();
    }

    /** The beginning of an error's body as one line of text; pages and binary content are only named. */
    static String excerpt(HttpReply reply, Redactor redactor) {
        String type = reply.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        if (type.contains("html")) {
            return "an HTML page";
        }
        if (!(type.isEmpty() || type.contains("json") || type.contains("text"))) {
            return "content of type " + redactor.redact(type);
        }
        try {
            byte[] head = read(reply, new BodyLimits(1 << 16, 1 << 16, 100), "");
            String text = new String(head, StandardCharsets.UTF_8).strip();
            String line = redactor.redact(text).replaceAll("\\s+", " ").replaceAll("\\p{Cntrl}", "?");
            if (line.startsWith("<")) {
                return "an HTML page";
            }
            return line.isEmpty() ? "no content" : "'" + line.substring(0, Math.min(200, line.length())) + "'";
        } catch (NetException e) {
            // the status is what counts; its text is a courtesy
            return "a body that could not be read";
        }
    }
}
