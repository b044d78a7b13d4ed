package org.lama.core.base;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Expands gzip (RFC 1952), one member or several that are joined, to the last byte. Whatever lies behind the last whole
 * member is an error: the stream of the JDK takes a damaged header of the next member for the end and says nothing of what it
 * leaves out. Memory: one buffer. Not thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class GzipStream extends InputStream {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int HEADER_CHECK = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int RESERVED = 0xe0;

    private final InputStream in;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final byte[] one = new byte[1];
    private int at;
    private int end;
    private long members;
    private boolean inMember;
    private boolean ended;

    private GzipStream(InputStream in) {
        this.in = in;
    }

    /**
     * Starts to expand.
     *
     * @param in the compressed bytes; closed with this
     * @return the expanded bytes. Reading them fails with a {@link ZipException} where a member is damaged, or something
     *     else follows the last one, and with an {@link EOFException} where one breaks off
     * @throws IOException if they do not begin like gzip
     */
    public static InputStream of(InputStream in) throws IOException {
        GzipStream stream = new GzipStream(Check.notNull(in, "in"));
        try {
            stream.header();
        } catch (IOException e) {
            stream.inflater.end();
            throw e;
        }
        return stream;
    }

    @Override
    public int read() throws IOException {
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] out, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!ended) {
            if (!inMember && !next()) {
                break;
            }
            int count = inflate(out, from, length);
            if (count > 0) {
                checksum.update(out, from, count);
                return count;
            }
            if (inflater.finished()) {
                finish();
            } else if (inflater.needsDictionary()) {
                throw new ZipException("a member needs a dictionary");
            } else if (inflater.needsInput()) {
                if (at == end) {
                    fill();
                }
                inflater.setInput(buffer, at, end - at);
                at = end;
            }
        }
        return -1;
    }

    private int inflate(byte[] out, int from, int length) throws ZipException {
        try {
            return inflater.inflate(out, from, length);
        } catch (DataFormatException e) {
            ZipException damaged = new ZipException(e.getMessage() == null ? "damaged data" : e.getMessage());
            damaged.initCause(e);
            throw damaged;
        }
    }

    /** The sums at the end of a member. */
    private void finish() throws IOException {
        at -= inflater.getRemaining();
        long sum = little(4);
        long size = little(4);
        if (sum != checksum.getValue() || size != (inflater.getBytesWritten() & 0xffffffffL)) {
            throw new ZipException("Corrupt GZIP trailer");
        }
        inflater.reset();
        checksum.reset();
        inMember = false;
    }

    /** Begins the next member, if there is one. */
    private boolean next() throws IOException {
        if (at == end) {
            end = Math.max(0, in.read(buffer));
            at = 0;
            if (end == 0) {
                ended = true;
                return false;
            }
        }
        try {
            header();
        } catch (ZipException | EOFException broken) {
            ZipException behind = new ZipException("behind the end of "
                    + (members == 1 ? "the first member" : "member " + members) + " stands something else: "
                    + broken.getMessage());
            behind.initCause(broken);
            throw behind;
        }
        return true;
    }

    private void header() throws IOException {
        if (next8() != 0x1f || next8() != 0x8b) {
            throw new ZipException("Not in GZIP format");
        }
        if (next8() != 8) {
            throw new ZipException("Unsupported compression method");
        }
        int flags = next8();
        if ((flags & RESERVED) != 0) {
            throw new ZipException("unknown flags " + flags);
        }
        little(4);
        little(2);
        if ((flags & EXTRA) != 0) {
            for (long left = little(2); left > 0; left--) {
                next8();
            }
        }
        for (int text : new int[] {NAME, COMMENT}) {
            while ((flags & text) != 0 && next8() != 0) {
                // up to the zero at its end
            }
        }
        if ((flags & HEADER_CHECK) != 0) {
            little(2);
        }
        members++;
        inMember = true;
    }

    private long little(int bytes) throws IOException {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (long) next8() << (8 * i);
        }
        return value;
    }

    private int next8() throws IOException {
        if (at == end) {
            fill();
        }
        return buffer[at++] & 0xff;
    }

    private void fill() throws IOException {
        int count = in.read(buffer);
        if (count <= 0) {
            throw new EOFException("Unexpected end of ZLIB input stream");
        }
        at = 0;
        end = count;
    }

    @Override
    public int available() {
        return ended ? 0 : 1;
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        ended = true;
        in.close();
    }
}
