package org.lama.core.store;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.lama.core.base.Check;
import org.lama.core.market.InstrumentId;
import org.lama.core.series.Provenance;
import org.lama.core.store.internal.RawColumn;
import org.lama.core.store.internal.RowBlock;

/** Reads the bytes of a spool file. Every byte is covered by a checksum. Used once. */
final class SpoolReader {
    private final ByteBuffer file;
    private final List<String> names = new ArrayList<>();
    private final List<RawColumn.Kind> kinds = new ArrayList<>();
    private final List<RowBlock> blocks = new ArrayList<>();

    private SpoolReader(byte[] bytes) {
        this.file = ByteBuffer.wrap(bytes);
    }

    static SpoolPart read(byte[] bytes, byte[] magic) throws IOException {
        if (bytes.length < magic.length || !Arrays.equals(magic, 0, magic.length, bytes, 0, magic.length)) {
            throw new IOException("it does not begin as a spool file of this version");
        }
        SpoolReader reader = new SpoolReader(bytes);
        reader.file.position(magic.length);
        try {
            return reader.part();
        } catch (BufferUnderflowException e) {
            throw new IOException("it ends too early", e);
        }
    }

    private SpoolPart part() throws IOException {
        ByteBuffer head = record();
        SeriesKey key = new SeriesKey(InstrumentId.parse(word(head)), RecordKind.valueOf(word(head)), head.getLong());
        Provenance provenance = new Provenance(Provenance.Kind.valueOf(word(head)), text(head), text(head), text(head));
        boolean strict = head.get() != 0;
        int columns = head.getInt();
        for (int i = 0; i < columns; i++) {
            names.add(word(head));
            kinds.add(RawColumn.Kind.valueOf(word(head)));
        }
        ByteBuffer record = record();
        while (record.hasRemaining()) {
            blocks.add(rows(record));
            record = record();
        }
        if (file.hasRemaining()) {
            throw new IOException("it goes on after its end");
        }
        return new SpoolPart(key, provenance, strict, joined());
    }

    private ByteBuffer record() throws IOException {
        int length = file.getInt();
        int expected = file.getInt();
        if (length < 0 || length > file.remaining()) {
            throw new IOException("a record is cut at byte " + file.position());
        }
        ByteBuffer record = file.slice(file.position(), length);
        CRC32C crc = new CRC32C();
        crc.update(record.duplicate());
        if ((int) crc.getValue() != expected) {
            throw new IOException("the checksum of the record at byte " + file.position() + " differs");
        }
        file.position(file.position() + length);
        return record;
    }

    private static String word(ByteBuffer from) {
        byte[] utf8 = new byte[from.getShort() & 0xffff];
        from.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }

    private static String text(ByteBuffer from) {
        byte[] utf8 = new byte[Check.atLeast(from.getInt(), 0, "length")];
        from.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }

    private RowBlock rows(ByteBuffer from) {
        int rows = from.getInt();
        long[] times = longs(from, rows);
        long[] sequences = longs(from, rows);
        long[] available = longs(from, rows);
        int[] levels = new int[rows];
        for (int i = 0; i < rows; i++) {
            levels[i] = from.getInt();
        }
        List<RawColumn> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            columns.add(new RawColumn(names.get(i), kinds.get(i), values(from, kinds.get(i), rows)));
        }
        return new RowBlock(rows, times, sequences, available, levels, columns);
    }

    private static Object values(ByteBuffer from, RawColumn.Kind kind, int rows) {
        return switch (kind) {
            case TIME, LONG -> longs(from, rows);
            case DOUBLE -> {
                double[] numbers = new double[rows];
                for (int i = 0; i < rows; i++) {
                    numbers[i] = Double.longBitsToDouble(from.getLong());
                }
                yield numbers;
            }
            case TEXT -> {
                String[] texts = new String[rows];
                for (int i = 0; i < rows; i++) {
                    texts[i] = text(from);
                }
                yield texts;
            }
        };
    }

    private static long[] longs(ByteBuffer from, int rows) {
        long[] numbers = new long[rows];
        for (int i = 0; i < rows; i++) {
            numbers[i] = from.getLong();
        }
        return numbers;
    }

    private RowBlock joined() {
        return RowBlock.joined(names, kinds, blocks);
    }
}
