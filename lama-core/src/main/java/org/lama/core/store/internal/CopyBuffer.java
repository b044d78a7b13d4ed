package org.lama.core.store.internal;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes of PostgreSQL's binary COPY format, handed on in pieces. Not thread-safe. */
final class CopyBuffer {
    private static final VarHandle SHORTS = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final byte[] SIGNATURE = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
    };
    private static final int PIECE = 64 * 1024;
    private static final int LONGEST_FIELD = 12;

    private final ServerDriver.Sink sink;
    private byte[] bytes = new byte[PIECE + 1024];
    private int length;

    CopyBuffer(ServerDriver.Sink sink) {
        this.sink = sink;
    }

    void header() {
        System.arraycopy(SIGNATURE, 0, bytes, 0, SIGNATURE.length);
        length = SIGNATURE.length;
    }

    void startRow(int fields) throws IOException {
        if (length > PIECE) {
            flush();
        }
        room(LONGEST_FIELD);
        SHORTS.set(bytes, length, (short) fields);
        length += Short.BYTES;
    }

    void finish() throws IOException {
        startRow(-1);
        flush();
    }

    void missing() {
        rawInt(-1);
    }

    void int2(int value) {
        room(LONGEST_FIELD);
        INTS.set(bytes, length, Short.BYTES);
        SHORTS.set(bytes, length + Integer.BYTES, (short) value);
        length += Integer.BYTES + Short.BYTES;
    }

    void int4(int value) {
        rawInt(Integer.BYTES);
        rawInt(value);
    }

    void int8(long value) {
        room(LONGEST_FIELD);
        INTS.set(bytes, length, Long.BYTES);
        LONGS.set(bytes, length + Integer.BYTES, value);
        length += LONGEST_FIELD;
    }

    void float8(double value) {
        int8(Double.doubleToRawLongBits(value));
    }

    void text(byte[] utf8) {
        rawInt(utf8.length);
        room(utf8.length);
        System.arraycopy(utf8, 0, bytes, length, utf8.length);
        length += utf8.length;
    }

    void text(String text) {
        text(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Starts a one-dimensional array; its elements follow, then {@link #endArray(int)}. */
    int startArray(int elementType, int elements) {
        rawInt(0);
        int start = length;
        rawInt(1);
        rawInt(1);
        rawInt(elementType);
        rawInt(elements);
        rawInt(1);
        return start;
    }

    void endArray(int start) {
        INTS.set(bytes, start - Integer.BYTES, length - start);
    }

    private void rawInt(int value) {
        room(LONGEST_FIELD);
        INTS.set(bytes, length, value);
        length += Integer.BYTES;
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }

    private void flush() throws IOException {
        sink.take(bytes, length);
        length = 0;
    }
}
