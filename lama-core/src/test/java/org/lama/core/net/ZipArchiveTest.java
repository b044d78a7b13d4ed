package org.lama.core.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.net.NetException.Reason;

class ZipArchiveTest {
    @TempDir
    Path folder;

    private Path zip(Object... namesAndContents) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (int i = 0; i < namesAndContents.length; i += 2) {
                zip.putNextEntry(new ZipEntry((String) namesAndContents[i]));
                zip.write((byte[]) namesAndContents[i + 1]);
                zip.closeEntry();
            }
        }
        Path file = folder.resolve("a.zip");
        Files.write(file, out.toByteArray());
        return file;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> read(Path file, BodyLimits limits) throws IOException {
        List<String> found = new ArrayList<>();
        ZipArchive.read(
                file,
                limits,
                10,
                (name, in) -> found.add(name + "=" + new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        return found;
    }

    private static NetException refusal(Path file, BodyLimits limits) {
        return catchThrowableOfType(NetException.class, () -> read(file, limits));
    }

    @Test
    void entriesComeInOrder() throws IOException {
        Path file = zip("b.csv", text("1,2"), "dir/", new byte[0], "dir/a.csv", text(""));
        assertThat(read(file, BodyLimits.defaults())).containsExactly("b.csv=1,2", "dir/a.csv=");
        List<Integer> firsts = new ArrayList<>();
        ZipArchive.read(file, BodyLimits.defaults(), ZipArchive.DEFAULT_ENTRIES, (name, in) -> {
            assertThat(in.markSupported()).isFalse();
            assertThat(in.skip(0)).isZero();
            firsts.add(in.read());
            assertThat(in.skip(1)).isBetween(0L, 1L);
        });
        assertThat(firsts).as("what is not read is passed over").containsExactly((int) '1', -1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../evil", "a/../../evil", "/etc/passwd", "a\\..\\evil", "C:evil", " ", "a\u0001b", "a/..", ".."
            })
    void namesThatClimbAreRefusedBeforeAnythingIsRead(String name) throws IOException {
        Path file = zip("good", text("x"), name, text("y"));
        List<String> seen = new ArrayList<>();
        NetException refusal = catchThrowableOfType(
                NetException.class,
                () -> ZipArchive.read(file, BodyLimits.defaults(), 10, (entry, in) -> seen.add(entry)));
        assertThat(refusal.reason()).isEqualTo(Reason.ARCHIVE);
        assertThat(refusal).hasMessageContaining("a.zip: has an entry whose name leads out of its folder");
        assertThat(seen).isEmpty();
    }

    @Test
    void bombsAreStoppedOnTheirWay() throws IOException {
        Path bomb = zip("zeros", new byte[20 << 20]);
        assertThat(refusal(bomb, BodyLimits.defaults()))
                .hasMessageContaining("a.zip!zeros: expands to more than 100 times its size");
        assertThat(refusal(bomb, new BodyLimits(1 << 20, 1000, 100_000)))
                .hasMessageContaining("expands to more than 1000 bytes");
        assertThat(refusal(bomb, new BodyLimits(10, 1000, 100))).hasMessageContaining("has more than 10 bytes");
        Path many = zip("a", new byte[600], "b", new byte[600]);
        NetException sum = refusal(many, new BodyLimits(1 << 20, 1000, 100));
        assertThat(sum.reason()).isEqualTo(Reason.TOO_LARGE);
        assertThat(sum).hasMessageContaining("a.zip!b: expands, with the entries before it, to more than 1000 bytes");
        Object[] entries = new Object[22];
        for (int i = 0; i < 22; i += 2) {
            entries[i] = "e" + i;
            entries[i + 1] = new byte[1];
        }
        assertThat(refusal(zip(entries), BodyLimits.defaults())).hasMessageContaining("has 11 entries, more than 10");
    }

    @Test
    void doubleNamesAreRefused() throws IOException {
        Path file = zip("aa", text("1"), "ab", text("2"));
        byte[] bytes = Files.readAllBytes(file);
        for (int i = 0; i + 1 < bytes.length; i++) {
            if (bytes[i] == 'a' && bytes[i + 1] == 'b') {
                bytes[i + 1] = 'a';
            }
        }
        Files.write(file, bytes);
        assertThat(refusal(file, BodyLimits.defaults())).hasMessageContaining("has two entries named 'aa'");
    }

    @Test
    void anyDamageIsFoundOrDoesNoHarm() throws IOException {
        byte[] content = new byte[3000];
        Rng rng = Seeds.rng(1, 0);
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) ('a' + rng.nextInt(8));
        }
        byte[] good = Files.readAllBytes(zip("a.csv", content));
        String expected = new String(content, StandardCharsets.UTF_8);
        Path file = folder.resolve("bad.zip");
        int refused = 0;
        for (int at = 0; at < good.length; at += 3) {
            byte[] bad = good.clone();
            bad[at] ^= (byte) (1 << rng.nextInt(8));
            Files.write(file, bad);
            try {
                List<String> found = read(file, BodyLimits.defaults());
                assertThat(found).allMatch(entry -> entry.endsWith("=" + expected), "byte " + at);
            } catch (IOException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(good.length / 4);
        for (int length = 0; length < good.length; length += 17) {
            Files.write(file, Arrays.copyOf(good, length));
            assertThatIOException().isThrownBy(() -> read(file, BodyLimits.defaults()));
        }
    }
}
