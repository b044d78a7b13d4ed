package org.lama.core.store.internal;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.Util;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * The end of a file, read and checked against its seal. Immutable after reading.
 *
 * @param data as Parquet's format says it
 * @param schema as Parquet's library says it
 * @param columns what its columns become
 * @param lines keys and values without our own line
 * @param pages sizes and checksums of all pages, none in a file of another writer
 * @param digest SHA-256 from the footer to the end, hexadecimal digits
 * @param start where the seal, or without one the footer, starts
 */
record Footer(
        FileMetaData data,
        MessageType schema,
        List<ColumnType> columns,
        Map<String, String> lines,
        Seal.@Nullable Pages pages,
        String digest,
        long start) {
    private static final String OUR_NAME = ParquetStream.CREATED_BY.substring(0, "lama ".length());

    /**
     * Reads the end of a file.
     *
     * @param file the open file
     * @param expectedDigest what its digest must be, if that is known
     * @throws IOException if it is broken, or another than expected
     */
    static Footer read(FileChannel file, Optional<String> expectedDigest) throws IOException {
        long size = file.size();
        if (size < Seal.MAGIC.length + Seal.TAIL_BYTES) {
            throw new IOException("it is too short for one");
        }
        byte[] head = bytes(file, 0, (int) Math.min(Seal.HEAD_BYTES, size));
        byte[] tail = bytes(file, size - Seal.TAIL_BYTES, Seal.TAIL_BYTES);
        if (!Seal.matches(Seal.MAGIC, head, 0) || !Seal.matches(Seal.MAGIC, tail, Integer.BYTES)) {
            throw new IOException("it does not start and end with PAR1");
        }
        long length = (int) Bytes.INTS.get(tail, 0);
        long start = size - Seal.TAIL_BYTES - length;
        if (length < 0 || start < Seal.MAGIC.length) {
            throw new IOException("its footer claims " + length + " of " + size + " bytes");
        }
        long sealStart = Math.max(0, start - Seal.FOOT_BYTES);
        byte[] end = bytes(file, sealStart, Math.toIntExact(size - sealStart));
        int footerAt = (int) (start - sealStart);
        byte[] digest = Seal.sha256(end, footerAt, end.length - footerAt);
        boolean sealed = checkSeal(head, end, footerAt, digest);
        String digits = HexFormat.of().formatHex(digest);
        if (expectedDigest.isPresent() && !expectedDigest.get().equals(digits)) {
            throw new IOException("its footer is not the one that was expected (" + digits + " instead of "
                    + expectedDigest.get() + ")");
        }
        FileMetaData data =
                Util.readFileMetaData(new ByteArrayInputStream(end, footerAt, end.length - footerAt - Seal.TAIL_BYTES));
        return of(data, sealed, digits, sealed ? sealStart : start);
    }

    /** Both marks must be there, or none: a file that lost one of them is broken. */
    private static boolean checkSeal(byte[] head, byte[] end, int footerAt, byte[] digest) throws IOException {
        boolean marked = Seal.matches(Seal.HEAD, head, Seal.MAGIC.length);
        int sealAt = footerAt - Seal.FOOT_BYTES;
        boolean sealed = Seal.matches(Seal.FOOT, end, sealAt);
        if (marked != sealed) {
            throw new IOException("its seal is broken");
        }
        if (sealed && !Seal.matches(digest, end, sealAt + Seal.FOOT.length)) {
            throw new IOException("its footer does not have the checksum of its seal");
        }
        return sealed;
    }

    private static Footer of(FileMetaData data, boolean sealed, String digest, long start) throws IOException {
        String writer = data.getCreated_by();
        if (!sealed && writer != null && writer.startsWith(OUR_NAME)) {
            throw new IOException("its seal is broken");
        }
        MessageType schema = new ParquetMetadataConverter()
                .fromParquetMetadata(data)
                .getFileMetaData()
                .getSchema();
        List<ColumnType> columns = new ArrayList<>();
        for (ColumnDescriptor column : schema.getColumns()) {
            columns.add(ColumnType.of(column));
        }
        Map<String, String> lines = new TreeMap<>();
        if (data.isSetKey_value_metadata()) {
            for (KeyValue line : data.getKey_value_metadata()) {
                lines.put(line.getKey(), line.getValue() == null ? "" : line.getValue());
            }
        }
        String text = lines.remove(Seal.KEY);
        int chunks = Math.multiplyExact(data.getRow_groupsSize(), columns.size());
        return new Footer(data, schema, columns, lines, sealed ? Seal.Pages.parse(text, chunks) : null, digest, start);
    }

    int groups() {
        return data.getRow_groupsSize();
    }

    /** Rows of a row group. */
    int rows(int group) throws IOException {
        long rows = data.getRow_groups().get(group).getNum_rows();
        if (rows < 0 || rows > Integer.MAX_VALUE) {
            throw new IOException("a row group claims " + rows + " rows");
        }
        return (int) rows;
    }

    /** Bytes of a file that must be there. */
    static byte[] bytes(FileChannel file, long from, int count) throws IOException {
        byte[] bytes = new byte[count];
        read(file, from, bytes, count);
        return bytes;
    }

    static void read(FileChannel file, long from, byte[] into, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(into, 0, count);
        long at = from;
        while (buffer.hasRemaining()) {
            int read = file.read(buffer, at);
            if (read < 0) {
                throw new EOFException("it ends in the middle");
            }
            at += read;
        }
    }
}
