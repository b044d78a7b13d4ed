package org.lama.core.store.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** Decodes plain bytes of pages of flat columns; keeps the dictionary of one chunk and scratch. Not thread-safe. */
final class PageDecoder {
    private long[] dictionaryLongs = {};
    private double[] dictionaryDoubles = {};
    private String[] dictionaryTexts = {};
    private int dictionarySize;
    private int[] levels = {};
    private int[] codes = {};
    private long[] longs = {};
    private double[] doubles = {};
    private String[] texts = {};
    /** Values that are there; -1 until the levels of a first-version page are read. */
    private int present;

    /** Bytes of the levels of a page of the second version. */
    static int levelBytes(PageHeader header, int bodySize) throws IOException {
        DataPageHeaderV2 page = header.getData_page_header_v2();
        long bytes = (long) page.getRepetition_levels_byte_length() + page.getDefinition_levels_byte_length();
        boolean fits = page.getRepetition_levels_byte_length() >= 0
                && page.getDefinition_levels_byte_length() >= 0
                && bytes <= bodySize;
        if (!fits) {
            throw new IOException("a page claims " + bytes + " bytes of levels");
        }
        return (int) bytes;
    }

    void dictionary(ColumnType type, PageHeader header, byte[] in, int from, int end) throws IOException {
        if (!header.isSetDictionary_page_header()) {
            throw new IOException("a column has no dictionary where it says");
        }
        int size = header.getDictionary_page_header().getNum_values();
        if (size < 0 || size > end - from) {
            throw new IOException("a dictionary claims " + size + " values");
        }
        dictionarySize = size;
        switch (shape(type)) {
            case LONGS -> {
                dictionaryLongs = new long[size];
                plainLongs(type, in, from, end, size, dictionaryLongs, 0);
            }
            case DOUBLES -> {
                dictionaryDoubles = new double[size];
                plainDoubles(type, in, from, end, size, dictionaryDoubles, 0);
            }
            case TEXTS -> {
                dictionaryTexts = new String[size];
                plainTexts(in, from, end, size, dictionaryTexts, 0);
            }
        }
    }

    /** Forgets the dictionary of the chunk before. */
    void noDictionary() {
        dictionarySize = 0;
    }

    /** Reads the levels of a page of the second version, which lie apart from the values. */
    void levels(ColumnType type, PageHeader header, byte[] in, int from, int rows) throws IOException {
        present = type.optional() ? -1 : rows;
        if (type.optional() && header.isSetData_page_header_v2()) {
            DataPageHeaderV2 page = header.getData_page_header_v2();
            int start = from + page.getRepetition_levels_byte_length();
            levels(in, start, start + page.getDefinition_levels_byte_length(), rows);
        }
    }

    private void levels(byte[] in, int from, int end, int rows) throws IOException {
        if (levels.length < rows) {
            levels = new int[rows];
        }
        RunPacking.decode(in, from, end, 1, levels, rows);
        present = 0;
        for (int i = 0; i < rows; i++) {
            present += levels[i];
        }
    }

    /** Decodes the values of a page into its place. */
    void page(ColumnType type, PageHeader header, int rows, byte[] in, int start, int end, ColumnTarget out, int at)
            throws IOException {
        int from = start;
        if (header.isSetData_page_header() && type.optional()) {
            if (header.getData_page_header().getDefinition_level_encoding() != Encoding.RLE) {
                throw new IOException("column " + type.name() + " has levels of an old kind; write the file anew");
            }
            ByteReader reader = new ByteReader(in, from, end);
            int length = reader.nextInt();
            int levelsAt = reader.skip(length);
            levels(in, levelsAt, reader.at(), rows);
            from = reader.at();
        }
        Encoding encoding = header.isSetData_page_header()
                ? header.getData_page_header().getEncoding()
                : header.getData_page_header_v2().getEncoding();
        switch (shape(type)) {
            case LONGS -> longs(type, encoding, rows, in, from, end, out, at);
            case DOUBLES -> doubles(type, encoding, rows, in, from, end, out, at);
            case TEXTS -> texts(type, encoding, rows, in, from, end, out, at);
        }
    }

    private enum Shape {
        LONGS,
        DOUBLES,
        TEXTS
    }

    private static Shape shape(ColumnType type) {
        return switch (type.physical()) {
            case INT32, INT64 -> Shape.LONGS;
            case FLOAT, DOUBLE -> Shape.DOUBLES;
            default -> Shape.TEXTS;
        };
    }

    private void longs(
            ColumnType type, Encoding encoding, int rows, byte[] in, int from, int end, ColumnTarget out, int at)
            throws IOException {
        boolean direct = present == rows && !type.isDecimal();
        if (!direct && longs.length < present) {
            longs = new long[present];
        }
        long[] into = direct ? out.longs() : longs;
        int to = direct ? at : 0;
        switch (encoding) {
            case PLAIN -> plainLongs(type, in, from, end, present, into, to);
            case DELTA_BINARY_PACKED -> {
                if (present > 0) {
                    DeltaPacking.decode(in, from, end, into, to, present);
                }
                narrow(type, into, to);
            }
            case BYTE_STREAM_SPLIT -> splitLongs(type, in, from, end, into, to);
            default -> {
                codes(encoding, in, from, end);
                for (int i = 0; i < present; i++) {
                    into[to + i] = dictionaryLongs[codes[i]];
                }
            }
        }
        if (type.isDecimal()) {
            decimals(type, rows, out, at);
            return;
        }
        if (type.unitNanos() != 1) {
            for (int i = to; i < to + present; i++) {
                into[i] = Math.multiplyExact(into[i], type.unitNanos());
            }
        }
        if (!direct) {
            int next = 0;
            for (int i = 0; i < rows; i++) {
                if (levels[i] == 0) {
                    out.setMissing(at + i);
                } else {
                    out.longs()[at + i] = longs[next++];
                }
            }
        }
    }

    /** Sums of differences of 32 bits wrap at 32 bits. */
    private void narrow(ColumnType type, long[] values, int from) {
        if (type.physical() == PrimitiveTypeName.INT32) {
            for (int i = from; i < from + present; i++) {
                values[i] = (int) values[i];
            }
        }
    }

    private void decimals(ColumnType type, int rows, ColumnTarget out, int at) {
        boolean exact = true;
        for (int i = 0; i < present; i++) {
            exact &= type.isExact(longs[i]);
        }
        double[] into = out.doubles();
        double power = type.power();
        if (exact && present == rows) {
            divide(longs, power, into, at, rows);
            return;
        }
        int next = 0;
        for (int i = 0; i < rows; i++) {
            if (present < rows && levels[i] == 0) {
                out.setMissing(at + i);
            } else {
                into[at + i] = exact ? longs[next] / power : type.decimal(longs[next]);
                next++;
            }
        }
    }

    private static void divide(long[] values, double power, double[] out, int at, int count) {
        for (int i = 0; i < count; i++) {
            out[at + i] = values[i] / power;
        }
    }

    private void doubles(
            ColumnType type, Encoding encoding, int rows, byte[] in, int from, int end, ColumnTarget out, int at)
            throws IOException {
        boolean direct = present == rows;
        if (!direct && doubles.length < present) {
            doubles = new double[present];
        }
        double[] into = direct ? out.doubles() : doubles;
        int to = direct ? at : 0;
        switch (encoding) {
            case PLAIN -> plainDoubles(type, in, from, end, present, into, to);
            case BYTE_STREAM_SPLIT -> splitDoubles(type, in, from, end, into, to);
            default -> {
                codes(encoding, in, from, end);
                for (int i = 0; i < present; i++) {
                    into[to + i] = dictionaryDoubles[codes[i]];
                }
            }
        }
        if (!direct) {
            int next = 0;
            for (int i = 0; i < rows; i++) {
                if (levels[i] == 0) {
                    out.setMissing(at + i);
                } else {
                    out.doubles()[at + i] = doubles[next++];
                }
            }
        }
    }

    private void texts(
            ColumnType type, Encoding encoding, int rows, byte[] in, int from, int end, ColumnTarget out, int at)
            throws IOException {
        if (texts.length < present) {
            texts = new String[present];
        }
        if (encoding == Encoding.PLAIN) {
            plainTexts(in, from, end, present, texts, 0);
        } else {
            codes(encoding, in, from, end);
            for (int i = 0; i < present; i++) {
                texts[i] = dictionaryTexts[codes[i]];
            }
        }
        int next = 0;
        for (int i = 0; i < rows; i++) {
            if (type.optional() && levels[i] == 0) {
                out.setMissing(at + i);
            } else {
                out.texts()[at + i] = texts[next++];
            }
        }
    }

    private void codes(Encoding encoding, byte[] in, int from, int end) throws IOException {
        if (encoding != Encoding.RLE_DICTIONARY && encoding != Encoding.PLAIN_DICTIONARY) {
            throw new IOException("a page is encoded as " + encoding + ", which its column does not announce");
        }
        if (codes.length < present) {
            codes = new int[present];
        }
        if (present == 0) {
            return;
        }
        ByteReader reader = new ByteReader(in, from, end);
        int width = reader.next();
        RunPacking.decode(in, reader.at(), end, width, codes, present);
        for (int i = 0; i < present; i++) {
            if (codes[i] < 0 || codes[i] >= dictionarySize) {
                throw new IOException("a page has a code that is not in its dictionary");
            }
        }
    }

    private static int bytes(ColumnType type) {
        return switch (type.physical()) {
            case INT32, FLOAT -> Integer.BYTES;
            default -> Long.BYTES;
        };
    }

    private static void room(ColumnType type, int from, int end, int count) throws IOException {
        if ((long) count * bytes(type) > end - from) {
            throw new IOException("a page ends in the middle of its values");
        }
    }

    private static ByteBuffer little(byte[] in, int from, int end) {
        return ByteBuffer.wrap(in, from, end - from).slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void plainLongs(ColumnType type, byte[] in, int from, int end, int count, long[] out, int to)
            throws IOException {
        room(type, from, end, count);
        if (type.physical() == PrimitiveTypeName.INT64) {
            little(in, from, end).asLongBuffer().get(out, to, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            out[to + i] = (int) Bytes.INTS.get(in, from + i * Integer.BYTES);
        }
    }

    private static void plainDoubles(ColumnType type, byte[] in, int from, int end, int count, double[] out, int to)
            throws IOException {
        room(type, from, end, count);
        if (type.physical() == PrimitiveTypeName.DOUBLE) {
            little(in, from, end).asDoubleBuffer().get(out, to, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            out[to + i] = Float.intBitsToFloat((int) Bytes.INTS.get(in, from + i * Integer.BYTES));
        }
    }

    private static void plainTexts(byte[] in, int from, int end, int count, String[] out, int to) throws IOException {
        ByteReader reader = new ByteReader(in, from, end);
        for (int i = 0; i < count; i++) {
            int length = reader.nextInt();
            out[to + i] = new String(in, reader.skip(length), length, StandardCharsets.UTF_8);
        }
    }

    private void splitLongs(ColumnType type, byte[] in, int from, int end, long[] out, int to) throws IOException {
        room(type, from, end, present);
        for (int i = 0; i < present; i++) {
            out[to + i] = bytes(type) == Long.BYTES ? split8(in, from + i, present) : split4(in, from + i, present);
        }
    }

    private void splitDoubles(ColumnType type, byte[] in, int from, int end, double[] out, int to) throws IOException {
        room(type, from, end, present);
        for (int i = 0; i < present; i++) {
            out[to + i] = bytes(type) == Long.BYTES
                    ? Double.longBitsToDouble(split8(in, from + i, present))
                    : Float.intBitsToFloat(split4(in, from + i, present));
        }
    }

    private static int split4(byte[] in, int at, int step) {
        return in[at] & 0xff | (in[at + step] & 0xff) << 8 | (in[at + 2 * step] & 0xff) << 16 | in[at + 3 * step] << 24;
    }

    private static long split8(byte[] in, int at, int step) {
        return split4(in, at, step) & 0xffffffffL | (long) split4(in, at + 4 * step, step) << 32;
    }
}
