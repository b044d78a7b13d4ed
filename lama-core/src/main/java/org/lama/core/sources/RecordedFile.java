package org.lama.core.sources;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.lama.core.base.GzipStream;

/**
 * The lines of a recorded file, gzip or plain. A file that breaks off is read up to there, but for the line that it breaks
 * off in. Not thread-safe.
 */
final class RecordedFile implements Closeable {
    private static final int GZIP_FIRST = 0x1f;
    private static final int GZIP_SECOND = 0x8b;

    private final Cut bytes;
    private final BufferedReader lines;
    private @Nullable String ahead;

    private RecordedFile(Cut bytes) throws IOException {
        this.bytes = bytes;
        lines = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8));
        ahead = lines.readLine();
    }

    static RecordedFile open(Path file) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file));
        try {
            in.mark(2);
            boolean isGzip = in.read() == GZIP_FIRST && in.read() == GZIP_SECOND;
            in.reset();
            return new RecordedFile(new Cut(isGzip ? GzipStream.of(in) : in));
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /** The next line; null at the end. */
    @Nullable
    String line() throws IOException {
        String line = ahead;
        ahead = line == null ? null : lines.readLine();
        return ahead == null && bytes.isCut ? null : line;
    }

    /** Whether the file breaks off, once the last line was read. */
    boolean isCut() {
        return bytes.isCut && ahead == null;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }

    /** Ends where the bytes break off. */
    private static final class Cut extends FilterInputStream {
        private boolean isCut;

        Cut(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            try {
                return isCut ? -1 : super.read();
            } catch (EOFException e) {
                isCut = true;
                return -1;
            }
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            try {
                return isCut ? -1 : super.read(into, from, length);
            } catch (EOFException e) {
                isCut = true;
                return -1;
            }
        }
    }
}
