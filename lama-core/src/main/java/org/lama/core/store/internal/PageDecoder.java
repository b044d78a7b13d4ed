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

    /** Bytes of an array; {@link DeltaPacking#SLACK_BYTES} more are behind them. */
    static final class Slice {
        private final byte[] in;
        private final int from;
        private final int end;

        Slice(byte[] in, int from, int end) {
            this.in = in;
            this.from = from;
            this.end = end;
        }
    }

    /**
     * Values of a page.
     *
     * @param type of the column
     * @param encoding how they lie there
     * @param rows rows of the page, of which some may have none
     * @param bytes where they are
     */
    private record Values(ColumnType type, Encoding encoding, int rows, Slice bytes) {}

    void dictionary(ColumnType type, PageHeader header, Slice bytes) throws IOException {
        if (!header.isSetDictionary_page_header()) {
            throw new IOException("a column has no dictionary where it says");
        }
        int size = header.getDictionary_page_header().getNum_values();
        if (size < 0 || size > bytes.end - bytes.from) {
            throw new IOException("a dictionary claims " + size + " values");
        }
        dictionarySize = size;
        switch (shape(type)) {
            case LONGS -> {
                dictionaryLongs = new long[size];
                plainLongs(type, bytes, size, dictionaryLongs, 0);
            }
            case DOUBLES -> {
                dictionaryDoubles = new double[size];
                plainDoubles(type, bytes, size, dictionaryDoubles, 0);
            }
            case TEXTS -> {
                dictionaryTexts = new String[size];
                plainTexts(bytes, size, dictionaryTexts);
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
    void page(ColumnType type, PageHeader header, int rows, Slice bytes, ColumnTarget out, int at) throws IOException {
        Slice values = bytes;
        if (header.isSetData_page_header() && type.optional()) {
            if (header.getData_page_header().getDefinition_level_encoding() != Encoding.RLE) {
                throw new IOException("column " + type.name() + " has levels of an old kind; write the file anew");
            }
            ByteReader reader = new ByteReader(bytes.in, bytes.from, bytes.end);
            int length = reader.nextInt();
            int levelsAt = reader.skip(length);
            levels(bytes.in, levelsAt, reader.at(), rows);
            values = new Slice(bytes.in, reader.at(), bytes.end);
        }
        Encoding encoding = header.isSetData_page_header()
                ? header.getData_page_header().getEncoding()
                : header.getData_page_header_v2().getEncoding();
        Values page = new Values(type, encoding, rows, values);
        switch (shape(type)) {
            case LONGS -> longs(page, out, at);
            case DOUBLES -> doubles(page, out, at);
            case TEXTS -> texts(page, out, at);
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

    private void longs(Values page, ColumnTarget out, int at) throws IOException {
        ColumnType type = page.type;
        boolean direct = present == page.rows && !type.isDecimal();
        if (!direct && longs.length < present) {
            longs = new long[present];
        }
        long[] into = direct ? out.longs() : longs;
        int to = direct ? at : 0;
        rawLongs(page, into, to);
        if (type.isDecimal()) {
            decimals(type, page.rows, out, at);
            return;
        }
        if (type.unitNanos() != 1) {
            for (int i = to; i < to + present; i++) {
                into[i] = Math.multiplyExact(into[i], type.unitNanos());
            }
        }
        if (!direct) {
            int next = 0;
            for (int i = 0; i < page.rows; i++) {
                if (levels[i] == 0) {
                    out.setMissing(at + i);
                } else {
                    out.longs()[at + i] = longs[next++];
                }
            }
        }
    }

    private void rawLongs(Values page, long[] into, int to) throws IOException {
        Slice bytes = page.bytes;
        switch (page.encoding) {
            case PLAIN -> plainLongs(page.type, bytes, present, into, to);
            case DELTA_BINARY_PACKED -> {
                if (present > 0) {
                    DeltaPacking.decode(bytes.in, bytes.from, bytes.end, into, to, present);
                }
                narrow(page.type, into, to);
            }
            case BYTE_STREAM_SPLIT -> splitLongs(page.type, bytes, into, to);
            default -> {
                codes(page);
                for (int i = 0; i < present; i++) {
                    into[to + i] = dictionaryLongs[codes[i]];
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

    private void doubles(Values page, ColumnTarget out, int at) throws IOException {
        boolean direct = present == page.rows;
        if (!direct && doubles.length < present) {
            doubles = new double[present];
        }
        double[] into = direct ? out.doubles() : doubles;
        int to = direct ? at : 0;
        switch (page.encoding) {
            case PLAIN -> plainDoubles(page.type, page.bytes, present, into, to);
            case BYTE_STREAM_SPLIT -> splitDoubles(page.type, page.bytes, into, to);
            default -> {
                codes(page);
                for (int i = 0; i < present; i++) {
                    into[to + i] = dictionaryDoubles[codes[i]];
                }
            }
        }
        if (!direct) {
            int next = 0;
            for (int i = 0; i < page.rows; i++) {
                if (levels[i] == 0) {
                    out.setMissing(at + i);
                } else {
                    out.doubles()[at + i] = doubles[next++];
                }
            }
        }
    }

    private void texts(Values page, ColumnTarget out, int at) throws IOException {
        if (texts.length < present) {
            texts = new String[present];
        }
        if (page.encoding == Encoding.PLAIN) {
            plainTexts(page.bytes, present, texts);
        } else {
            codes(page);
            for (int i = 0; i < present; i++) {
                texts[i] = dictionaryTexts[codes[i]];
            }
        }
        int next = 0;
        for (int i = 0; i < page.rows; i++) {
            if (page.type.optional() && levels[i] == 0) {
                out.setMissing(at + i);
            } else {
                out.texts()[at + i] = texts[next++];
            }
        }
    }

    private void codes(Values page) throws IOException {
        if (page.encoding != Encoding.RLE_DICTIONARY && page.encoding != Encoding.PLAIN_DICTIONARY) {
            throw new IOException("a page is encoded as " + page.encoding + ", which its column does not announce");
        }
        if (codes.length < present) {
            codes = new int[present];
        }
        if (present == 0) {
            return;
        }
        ByteReader reader = new ByteReader(page.bytes.in, page.bytes.from, page.bytes.end);
        int width = reader.next();
        RunPacking.decode(page.bytes.in, reader.at(), page.bytes.end, width, codes, present);
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

    private static void room(ColumnType type, Slice bytes, int count) throws IOException {
        if ((long) count * bytes(type) > bytes.end - bytes.from) {
            throw new IOException("a page ends in the middle of its values");
        }
    }

    private static ByteBuffer little(Slice bytes) {
        return ByteBuffer.wrap(bytes.in, bytes.from, bytes.end - bytes.from)
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void plainLongs(ColumnType type, Slice bytes, int count, long[] out, int to) throws IOException {
        room(type, bytes, count);
        if (type.physical() == PrimitiveTypeName.INT64) {
            little(bytes).asLongBuffer().get(out, to, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            out[to + i] = (int) Bytes.INTS.get(bytes.in, bytes.from + i * Integer.BYTES);
        }
    }

    private static void plainDoubles(ColumnType type, Slice bytes, int count, double[] out, int to) throws IOException {
        room(type, bytes, count);
        if (type.physical() == PrimitiveTypeName.DOUBLE) {
            little(bytes).asDoubleBuffer().get(out, to, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            out[to + i] = Float.intBitsToFloat((int) Bytes.INTS.get(bytes.in, bytes.from + i * Integer.BYTES));
        }
    }

    private static void plainTexts(Slice bytes, int count, String[] out) throws IOException {
        ByteReader reader = new ByteReader(bytes.in, bytes.from, bytes.end);
        for (int i = 0; i < count; i++) {
            int length = reader.nextInt();
            out[i] = new String(bytes.in, reader.skip(length), length, StandardCharsets.UTF_8);
        }
    }

    private void splitLongs(ColumnType type, Slice bytes, long[] out, int to) throws IOException {
        room(type, bytes, present);
        for (int i = 0; i < present; i++) {
            int at = bytes.from + i;
            out[to + i] = bytes(type) == Long.BYTES ? split8(bytes.in, at, present) : split4(bytes.in, at, present);
        }
    }

    private void splitDoubles(ColumnType type, Slice bytes, double[] out, int to) throws IOException {
        room(type, bytes, present);
        for (int i = 0; i < present; i++) {
            int at = bytes.from + i;
            out[to + i] = bytes(type) == Long.BYTES
                    ? Double.longBitsToDouble(split8(bytes.in, at, present))
                    : Float.intBitsToFloat(split4(bytes.in, at, present));
        }
    }

    private static int split4(byte[] in, int at, int step) {
        return (in[at] & 0xff)
                | ((in[at + step] & 0xff) << 8)
                | ((in[at + 2 * step] & 0xff) << 16)
                | (in[at + 3 * step] << 24);
    }

    private static long split8(byte[] in, int at, int step) {
        return (split4(in, at, step) & 0xffffffffL) | ((long) split4(in, at + 4 * step, step) << 32);
    }
}
