package org.lama.core.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;

/** Nothing that lies behind a member is lost without a word. */
class GzipStreamTest {
    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private static byte[] bytes(int count, long seed) {
        Rng rng = Seeds.rng(seed, 0);
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) rng.nextInt(7);
        }
        return bytes;
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static byte[] expand(byte[] packed) throws IOException {
        try (InputStream in = GzipStream.of(new ByteArrayInputStream(packed))) {
            return in.readAllBytes();
        }
    }

    /** Gives few bytes at a time and never says that there are more, as connections do. */
    private static InputStream dripping(byte[] packed, int most) {
        return new ByteArrayInputStream(packed) {
            @Override
            public synchronized int read(byte[] out, int from, int length) {
                return super.read(out, from, Math.min(most, length));
            }

            @Override
            public synchronized int available() {
                return 0;
            }
        };
    }

    @Test
    void membersOfAnySizeAreExpandedOneAfterTheOther() throws IOException {
        for (int size : new int[] {0, 1, 100, 65_536, 300_000}) {
            byte[] first = bytes(size, 1);
            byte[] second = bytes(size / 2 + 3, 2);
            assertThat(expand(gzip(first))).isEqualTo(first);
            byte[] packed = joined(gzip(first), gzip(new byte[0]), gzip(second));
            assertThat(expand(packed)).isEqualTo(joined(first, second));
            for (int most : new int[] {1, 7, 1000}) {
                try (InputStream in = GzipStream.of(dripping(packed, most))) {
                    assertThat(in.readAllBytes()).isEqualTo(joined(first, second));
                    assertThat(in.available()).isZero();
                    assertThat(in.read()).isEqualTo(-1);
                }
            }
        }
    }

    @Test
    void namesCommentsAndExtraFieldsOfAHeaderAreSkipped() throws IOException {
        byte[] packed = gzip("abc".getBytes(StandardCharsets.UTF_8));
        byte[] header = {0x1f, (byte) 0x8b, 8, 2 | 4 | 8 | 16, 0, 0, 0, 0, 0, 3, 2, 0, 9, 9, 'n', 0, 'c', 'd', 0, 1, 2};
        byte[] named = joined(header, Arrays.copyOfRange(packed, 10, packed.length));
        try (InputStream in = GzipStream.of(new ByteArrayInputStream(named))) {
            assertThat(in.read()).isEqualTo('a');
            assertThat(in.read(new byte[0], 0, 0)).isZero();
            assertThat(in.available()).isEqualTo(1);
            assertThat(in.readAllBytes()).asString().isEqualTo("bc");
        }
    }

    @Test
    void aNextMemberWithADamagedHeaderIsNoEnd() throws IOException {
        byte[] first = gzip(bytes(500, 1));
        byte[] second = gzip(bytes(500, 2));
        for (int place : new int[] {0, 1, 2}) {
            byte[] damaged = second.clone();
            damaged[place] ^= 1;
            assertThatThrownBy(() -> expand(joined(first, damaged)))
                    .isInstanceOf(ZipException.class)
                    .hasMessageContaining("behind the end of the first member");
        }
        byte[] flags = second.clone();
        flags[3] = (byte) 0x80;
        assertThatThrownBy(() -> expand(joined(first, first, flags)))
                .isInstanceOf(ZipException.class)
                .hasMessageContaining("behind the end of member 2");
    }

    @Test
    void anythingBehindTheEndIsRefused() throws IOException {
        byte[] whole = gzip(bytes(500, 1));
        for (byte[] more : new byte[][] {{0}, {0x1f}, {0x1f, (byte) 0x8b}, "ad".getBytes(StandardCharsets.UTF_8)}) {
            assertThatThrownBy(() -> expand(joined(whole, more)))
                    .isInstanceOf(ZipException.class)
                    .hasMessageContaining("stands something else");
        }
    }

    @Test
    void everyDamagedBitIsNoticedOrChangesNothing() throws IOException {
        byte[] plain = bytes(60, 3);
        byte[] packed = joined(gzip(plain), gzip(plain));
        byte[] both = joined(plain, plain);
        for (int bit = 0; bit < 8 * packed.length; bit++) {
            byte[] damaged = packed.clone();
            damaged[bit / 8] ^= (byte) (1 << (bit % 8));
            byte[] out;
            try {
                out = expand(damaged);
            } catch (ZipException | EOFException noticed) {
                continue;
            }
            assertThat(out).as("bit %d", bit).isEqualTo(both);
        }
    }

    @Test
    void aMemberThatBreaksOffIsNamed() throws IOException {
        byte[] packed = gzip(bytes(500, 1));
        for (int length = 0; length < packed.length; length++) {
            byte[] cut = Arrays.copyOf(packed, length);
            assertThatThrownBy(() -> expand(cut)).as("%d bytes", length).isInstanceOf(EOFException.class);
        }
        assertThatThrownBy(() -> expand("plain text".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(ZipException.class)
                .hasMessage("Not in GZIP format");
    }
}
