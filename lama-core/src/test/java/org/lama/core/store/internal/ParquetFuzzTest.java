package org.lama.core.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

class ParquetFuzzTest {
    private static final int ROWS = 1_500;

    @TempDir
    Path folder;

    private Path file = Path.of("");
    private int refused;
    private int equal;

    /** Flips bits, overwrites, cuts out, doubles or cuts off bytes: never more than a reader may meet on a disk. */
    private static byte[] damaged(byte[] bytes, Rng rng) {
        int at = rng.nextInt(bytes.length);
        int length = Math.min(bytes.length - at, 1 + rng.nextInt(1 << rng.nextInt(9)));
        byte[] out = bytes.clone();
        switch (rng.nextInt(6)) {
            case 0, 1 -> out[at] ^= (byte) (1 << rng.nextInt(8));
            case 2 -> {
                for (int i = at; i < at + length; i++) {
                    out[i] = (byte) rng.nextLong();
                }
            }
            case 3 -> Arrays.fill(out, at, at + length, (byte) 0);
            case 4 -> out = Arrays.copyOf(bytes, at);
            default -> {
                out = Arrays.copyOf(bytes, bytes.length - length);
                System.arraycopy(bytes, at + length, out, at, bytes.length - at - length);
            }
        }
        return out;
    }

    private void sealed(int trials, long seed) throws IOException {
        List<RawColumn> columns = Specimens.market(ROWS, seed);
        file = folder.resolve("fuzz.parquet");
        ParquetWriting.write(file, columns, ROWS, Map.of("symbol", "X"));
        byte[] bytes = Files.readAllBytes(file);
        Rng rng = Seeds.rng(seed, 1);
        for (int trial = 0; trial < trials; trial++) {
            byte[] broken = damaged(bytes, rng);
            if (!Arrays.equals(broken, bytes)) {
                Files.write(file, broken);
                one(columns, trial);
            }
        }
        assertThat(refused).as("%d of %d were read without harm", equal, trials).isGreaterThan(trials * 9 / 10);
    }

    private void one(List<RawColumn> columns, int trial) {
        ParquetSource.Range range =
                new ParquetSource.Range("time", Specimens.START, Specimens.START + 700 * Specimens.SECOND);
        try (ParquetSource source = ParquetSource.open(file)) {
            // a part may still be whole while another is broken, but never wrong
            Specimens.assertRows(source.read(List.of(), range), columns, 0, 700);
            Specimens.assertRows(source.read(List.of()), columns, 0, ROWS);
            assertThat(source.metadata()).isEqualTo(Map.of("symbol", "X"));
            equal++;
        } catch (IOException e) {
            assertThat(e).as("trial %d", trial).hasMessageContaining("fuzz.parquet");
            refused++;
        }
        boolean whole = true;
        try (ParquetSource source = ParquetSource.open(file)) {
            source.verify();
        } catch (IOException e) {
            whole = false;
        }
        assertThat(whole).as("trial %d: every byte is covered", trial).isFalse();
    }

    @Test
    void damageIsFoundOrHarmless() throws IOException {
        sealed(2_000, 11);
    }

    @Test
    @Tag("slow")
    void damageIsFoundOrHarmlessInManyFiles() throws IOException {
        for (int seed = 100; seed < 150; seed++) {
            refused = 0;
            equal = 0;
            sealed(2_000, seed);
        }
    }

    @Test
    void everySingleByteOfATinyFileIsCovered() throws IOException {
        List<RawColumn> columns = Specimens.market(3, 2);
        file = folder.resolve("tiny.parquet");
        ParquetWriting.write(file, columns, 3, Map.of());
        byte[] bytes = Files.readAllBytes(file);
        for (int at = 0; at < bytes.length; at++) {
            byte[] broken = bytes.clone();
            broken[at] ^= (byte) (1 << at % 8);
            Files.write(file, broken);
            boolean whole = true;
            try (ParquetSource source = ParquetSource.open(file)) {
                source.verify();
            } catch (IOException e) {
                whole = false;
            }
            assertThat(whole).as("byte %d", at).isFalse();
        }
    }

    @Test
    void brokenFilesOfOthersFailWithTheirNameAtMost() throws IOException {
        for (String name :
                List.of("foreign_dictionary", "foreign_packed", "foreign_fixed", "foreign_duckdb", "bars_gzip_int96")) {
            byte[] bytes = Files.readAllBytes(Specimens.resource(name));
            file = folder.resolve(name);
            Rng rng = Seeds.rng(21, name.length());
            for (int trial = 0; trial < 150; trial++) {
                Files.write(file, damaged(bytes, rng));
                try (ParquetSource source = ParquetSource.open(file)) {
                    source.read(List.of());
                    source.batches(List.of(), Optional.empty(), 100).next();
                } catch (IOException e) {
                    assertThat(e).hasMessageContaining(name);
                }
            }
        }
    }
}
