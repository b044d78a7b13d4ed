package org.lama.backtest.api;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Text that grows byte by byte and is written out now and then; texts beyond ASCII become UTF-8. Numbers are put down two
 * digits at a time without a division by ten for each.
 */
final class AsciiText {
    private static final int LONGEST_NUMBER = 20;
    private static final byte[] PAIRS = new byte[200];

    private byte[] bytes = new byte[1 << 17];
    private int size;

    static {
        for (int i = 0; i < 100; i++) {
            PAIRS[2 * i] = (byte) ('0' + i / 10);
            PAIRS[2 * i + 1] = (byte) ('0' + i % 10);
        }
    }

    int size() {
        return size;
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(bytes, 0, size);
        size = 0;
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }

    void append(char ascii) {
        reserve(1);
        bytes[size++] = (byte) ascii;
    }

    void append(String text) {
        byte[] more = text.getBytes(StandardCharsets.UTF_8);
        reserve(more.length);
        System.arraycopy(more, 0, bytes, size, more.length);
        size += more.length;
    }

    void append(long number) {
        if (number < 0 || number > Integer.MAX_VALUE) {
            append(Long.toString(number));
            return;
        }
        reserve(LONGEST_NUMBER);
        int rest = (int) number;
        int digits = digits(rest);
        int end = size + digits;
        for (int at = end; at > size; at -= 2) {
            int next = rest / 100;
            int pair = 2 * (rest - 100 * next);
            bytes[at - 1] = PAIRS[pair + 1];
            if (at - 1 > size) {
                bytes[at - 2] = PAIRS[pair];
            }
            rest = next;
        }
        size = end;
    }

    private static int digits(int number) {
        int digits = 1;
        for (long power = 10; power <= number; power *= 10) {
            digits++;
        }
        return digits;
    }

    /** Two digits of a number below 100. */
    void two(int number) {
        reserve(2);
        pair(number);
    }

    /** A fraction in units of 10^-8 without zeros at its end, but at least one digit. */
    void decimals(int units) {
        reserve(8);
        int begin = size;
        int high = units / 10_000;
        int low = units - 10_000 * high;
        pair(high / 100);
        pair(high % 100);
        pair(low / 100);
        pair(low % 100);
        while (size > begin + 1 && bytes[size - 1] == '0') {
            size--;
        }
    }

    private void pair(int number) {
        bytes[size++] = PAIRS[2 * number];
        bytes[size++] = PAIRS[2 * number + 1];
    }

    @Override
    public String toString() {
        return new String(bytes, 0, size, StandardCharsets.UTF_8);
    }
}
