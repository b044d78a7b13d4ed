package org.lama.core.store.internal;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Page compression without Hadoop: ZSTD, GZIP and none both ways, SNAPPY for reading. Parquet's own factory would load
 * Hadoop's configuration and file system. Stateless.
 */
final class PlainCodecs implements CompressionCodecFactory {
    private static final int ZSTD_LEVEL = 1;
    private static final int MAX_PAGE_BYTES = 1 << 29;

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName codec) {
        return new Compressor(codec);
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
        return new Decompressor(codec);
    }

    @Override
    public void release() {
        // nothing is held
    }

    private record Compressor(CompressionCodecName codec) implements BytesInputCompressor {
        @Override
        public BytesInput compress(BytesInput bytes) throws IOException {
            return switch (codec) {
                case UNCOMPRESSED -> bytes;
                case ZSTD -> BytesInput.from(Zstd.compress(all(bytes), ZSTD_LEVEL));
                case GZIP -> BytesInput.from(gzip(all(bytes)));
                default -> throw unknown(codec);
            };
        }

        private static byte[] gzip(byte[] bytes) throws IOException {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
                gzip.write(bytes);
            }
            return out.toByteArray();
        }

        @Override
        public CompressionCodecName getCodecName() {
            return codec;
        }

        @Override
        public void release() {
            // nothing is held
        }
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
            if (size < 0 || size > MAX_PAGE_BYTES) {
                throw new IOException("a page claims " + size + " bytes, more than " + MAX_PAGE_BYTES);
            }
            byte[] out = switch (codec) {
                case ZSTD -> zstd(bytes, size);
                case GZIP -> gunzip(bytes, size);
                case SNAPPY -> SnappyBlock.expand(bytes, size);
                default -> throw unknown(codec);
            };
            if (out.length != size) {
                throw new IOException("a page holds " + out.length + " bytes where its header says " + size);
            }
            return out;
        }

        private static byte[] zstd(byte[] bytes, int size) throws IOException {
            byte[] out = new byte[size];
            long written = Zstd.decompress(out, bytes);
            if (Zstd.isError(written) || written != size) {
                throw new IOException("a zstd page is broken");
            }
            return out;
        }

        private static byte[] gunzip(byte[] bytes, int size) throws IOException {
            try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
                return gzip.readNBytes(size + 1);
            }
        }

        @Override
        public void release() {
            // nothing is held
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
