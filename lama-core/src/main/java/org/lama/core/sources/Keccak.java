package org.lama.core.sources;

import java.nio.charset.StandardCharsets;

/**
 * Keccak-256 as Ethereum uses it: the sponge of SHA-3 with the padding of its first submission (0x01 instead of 0x06), so
 * that the JDK's SHA3-256 gives other values. Bertoni, Daemen, Peeters, Van Assche: The Keccak reference, version 3.0.
 * Stateless.
 */
final class Keccak {
    private static final int RATE = 136;
    private static final int WORDS = 25;
    private static final int ROUNDS = 24;
    private static final int HASH = 32;
    private static final long[] ROUND = new long[ROUNDS];
    private static final int[] ROTATION = new int[WORDS];

    static {
        int register = 1;
        for (int round = 0; round < ROUNDS; round++) {
            for (int j = 0; j < 7; j++) {
                if ((register & 1) != 0) {
                    ROUND[round] ^= 1L << ((1 << j) - 1);
                }
                register = (register << 1) ^ ((register >> 7) * 0x171);
            }
        }
        int x = 1;
        int y = 0;
        for (int t = 0; t < ROUNDS; t++) {
            ROTATION[x + 5 * y] = (t + 1) * (t + 2) / 2 % 64;
            int next = (2 * x + 3 * y) % 5;
            x = y;
            y = next;
        }
    }

    private Keccak() {}

    /** The hash of ASCII text, such as the signature of an event. */
    static byte[] hash(String text) {
        return hash(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** The hash: 32 bytes. */
    static byte[] hash(byte[] message) {
        long[] state = new long[WORDS];
        int blocks = message.length / RATE + 1;
        byte[] padded = new byte[blocks * RATE];
        System.arraycopy(message, 0, padded, 0, message.length);
        padded[message.length] ^= 0x01;
        padded[padded.length - 1] ^= (byte) 0x80;
        for (int block = 0; block < blocks; block++) {
            for (int i = 0; i < RATE; i++) {
                state[i / 8] ^= (padded[block * RATE + i] & 0xffL) << (8 * (i % 8));
            }
            permute(state);
        }
        byte[] hash = new byte[HASH];
        for (int i = 0; i < HASH; i++) {
            hash[i] = (byte) (state[i / 8] >>> (8 * (i % 8)));
        }
        return hash;
    }

    private static void permute(long[] a) {
        long[] c = new long[5];
        long[] b = new long[WORDS];
        for (int round = 0; round < ROUNDS; round++) {
            for (int x = 0; x < 5; x++) {
                c[x] = a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20];
            }
            for (int i = 0; i < WORDS; i++) {
                a[i] ^= c[(i + 4) % 5] ^ Long.rotateLeft(c[(i + 1) % 5], 1);
            }
            for (int y = 0; y < 5; y++) {
                for (int x = 0; x < 5; x++) {
                    b[y + 5 * ((2 * x + 3 * y) % 5)] = Long.rotateLeft(a[x + 5 * y], ROTATION[x + 5 * y]);
                }
            }
            for (int y = 0; y < 5; y++) {
                for (int x = 0; x < 5; x++) {
                    int row = 5 * y;
                    a[x + row] = b[x + row] ^ (~b[(x + 1) % 5 + row] & b[(x + 2) % 5 + row]);
                }
            }
            a[0] ^= ROUND[round];
        }
    }
}
