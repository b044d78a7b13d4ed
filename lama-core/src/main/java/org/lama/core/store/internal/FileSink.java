package org.lama.core.store.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Writes a file in large blocks, counting its bytes and digesting them as they pass. Not thread-safe. */
final class FileSink extends OutputStream {
    private static final int BLOCK_BYTES = 1 << 18;

    private final FileChannel channel;
    private final MessageDigest digest = Seal.sha256();
    private final byte[] block = new byte[BLOCK_BYTES];
    private int filled;
    private long position;

    FileSink(Path file) throws IOException {
        channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
    }

    long position() {
        return position;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] from, int start, int count) throws IOException {
        digest.update(from, start, count);
        position += count;
        int at = start;
        int left = count;
        while (left > 0) {
            int now = Math.min(left, block.length - filled);
            System.arraycopy(from, at, block, filled, now);
            filled += now;
            at += now;
            left -= now;
            if (filled == block.length) {
                flush();
            }
        }
    }

    @Override
    public void flush() throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(block, 0, filled);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        filled = 0;
    }

    /** SHA-256 of all bytes so far, as hexadecimal digits; to be asked for once. */
    String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            flush();
        }
    }
}
