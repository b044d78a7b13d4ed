package org.lama.core.store.internal;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Expands pages without Hadoop: ZSTD, GZIP, SNAPPY and none. Parquet's own factory would load
 * Hadoop's configuration and file system. Stateless.
 */
final class PlainCodecs implements CompressionCodecFactory {
    private static final int MAX_PAGE_BYTES = 1 << 29;
    /** What the tightest stream of each format can become: its bytes times this, and a little. */
    private static final int ZSTD_RATIO = 1 << 16;

    private static final int GZIP_RATIO = 1_040;
    private static final int SNAPPY_RATIO = 32;
    private static final int SMALL_PAGE_BYTES = 1 << 12;

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName codec) {
        throw new IllegalStateException("nothing is written through Parquet's own writers");
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
        return new Decompressor(codec);
    }

    @Override
    public void release() {
        // nothing is held
    }

    private record Decompressor(CompressionCodecName codec) implements BytesInputDecompressor {
        @Override
        public BytesInput decompress(BytesInput bytes, int size) throws IOException {
            return codec == CompressionCodecName.UNCOMPRESSED ? bytes : BytesInput.from(expand(all(bytes), size));
        }

        @Override
        public void decompress(ByteBuffer input, int inputSize, ByteBuffer output, int size) throws IOException {
            byte[] in = new byte[inputSize];
            input.get(in);
            output.put(codec == CompressionCodecName.UNCOMPRESSED ? in : expand(in, size));
            output.flip();
        }

        private byte[] expand(byte[] bytes, int size) throws IOException {
            checkClaim(codec, bytes.length, size);
            byte[] out = new byte[size];
            PlainCodecs.expand(codec, bytes, 0, bytes.length, out, size);
            return out;
        }

        @Override
        public void release() {
            // nothing is held
        }
    }

    /**
     * Refuses a size that the format cannot reach, before anything of that size is made.
     *
     * @param codec the format
     * @param packed bytes before
     * @param size claimed bytes after
     * @throws IOException if it is too large
     */
    static void checkClaim(CompressionCodecName codec, int packed, int size) throws IOException {
        long ratio = switch (codec) {
            case ZSTD -> ZSTD_RATIO;
            case GZIP -> GZIP_RATIO;
            case SNAPPY -> SNAPPY_RATIO;
            case UNCOMPRESSED -> 1;
            default -> throw unknown(codec);
        };
        long most = Math.min(MAX_PAGE_BYTES, packed * ratio + SMALL_PAGE_BYTES);
        if (size < 0 || size > most) {
            throw new IOException("a page of " + packed + " bytes claims to become " + size + ", more than " + most);
        }
    }

    /**
     * Expands a page.
     *
     * @param codec the format
     * @param in holds the page
     * @param from where it starts
     * @param count its bytes
     * @param out filled from the first place on
     * @param size bytes that it must become
     * @throws IOException if it is broken or becomes something else
     */
    static void expand(CompressionCodecName codec, byte[] in, int from, int count, byte[] out, int size)
            throws IOException {
        switch (codec) {
            case ZSTD -> {
                long written = Zstd.decompressByteArray(out, 0, size, in, from, count);
                if (Zstd.isError(written) || written != size) {
                    throw new IOException("a zstd page is broken");
                }
            }
            case GZIP -> gunzip(in, from, count, out, size);
            case SNAPPY ->
                System.arraycopy(SnappyBlock.expand(Arrays.copyOfRange(in, from, from + count), size), 0, out, 0, size);
            default -> throw unknown(codec);
        }
    }

    private static void gunzip(byte[] in, int from, int count, byte[] out, int size) throws IOException {
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(in, from, count))) {
            int read = gzip.readNBytes(out, 0, size);
            if (read != size || gzip.read() >= 0) {
                throw new IOException("a gzip page is broken");
            }
        }
    }

    private static byte[] all(BytesInput bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream((int) bytes.size());
        bytes.writeAllTo(out);
        return out.toByteArray();
    }

    private static IOException unknown(CompressionCodecName codec) {
        return new IOException("pages are compressed with " + codec
                + ", which is not supported; write the file with ZSTD, SNAPPY, GZIP or no compression");
    }
}
