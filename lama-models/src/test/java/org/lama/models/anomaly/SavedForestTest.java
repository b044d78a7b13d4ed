package org.lama.models.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.store.Checksums;
import org.lama.models.anomaly.IsolationForestOptions.Missing;
import org.lama.models.anomaly.IsolationForestOptions.Scoring;

class SavedForestTest {
    private static final int HEADER = 24;

    @TempDir
    private Path folder = Path.of("");

    private Path file = Path.of("");

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("forest.bin");
    }

    private byte[] written() throws IOException {
        double[][] columns = IsolationForestTest.gaussian(2, 50, 61);
        IsolationForestModel model =
                IsolationForest.fit(columns, 50, new IsolationForestOptions(2, 8, 1, Missing.MEDIAN));
        new SavedForest(model, List.of("a", "b"), 0.6).write(file);
        return Files.readAllBytes(file);
    }

    @ParameterizedTest
    @CsvSource({
        "1,DEPTH,REFUSE,256,4", "1,DENSITY,SKIP,64,3", "1,BOXED_DENSITY,MEDIAN,100,2", "1,DEPTH,BRANCH,256,5",
        "2,DEPTH,BRANCH,256,4", "3,DENSITY,MEDIAN,37,3", "5,DEPTH,SKIP,2,2", "2,DEPTH,REFUSE,256,1"
    })
    void forestThatWasReadScoresTheSameBits(int width, Scoring scoring, Missing missing, int sample, int features)
            throws IOException {
        double[][] columns = IsolationForestTest.gaussian(features, 500, 62);
        if (missing != Missing.REFUSE) {
            columns[0][3] = Double.NaN;
            columns[features - 1][9] = Double.NaN;
        }
        IsolationForestOptions options = new IsolationForestOptions(30, sample, -77, missing, scoring, width, 0);
        IsolationForestModel model = IsolationForest.fit(columns, 500, options);
        List<String> names = List.of("é", "b b", "", "d", "e").subList(0, features);
        new SavedForest(model, names, 0.625).write(file);
        SavedForest read = SavedForest.read(file);
        assertThat(read.columns()).isEqualTo(names);
        assertThat(read.threshold()).isEqualTo(0.625);
        assertThat(read.model().options()).isEqualTo(options);
        assertThat(read.model().sampleSize()).isEqualTo(model.sampleSize());
        double[] before = new double[500];
        double[] after = new double[500];
        model.score(columns, 0, 500, before);
        read.model().score(columns, 0, 500, after);
        for (int r = 0; r < 500; r++) {
            assertThat(Double.doubleToLongBits(after[r])).isEqualTo(Double.doubleToLongBits(before[r]));
            double[] row = new double[features];
            for (int f = 0; f < features; f++) {
                row[f] = columns[f][r];
            }
            assertThat(read.model().explain(row).contributions())
                    .containsExactly(model.explain(row).contributions());
        }
        byte[] first = Files.readAllBytes(file);
        read.write(file);
        assertThat(Files.readAllBytes(file)).isEqualTo(first);
    }

    @Test
    void everyChangedByteIsNoticed() throws IOException {
        byte[] good = written();
        for (int i = 0; i < good.length; i++) {
            byte[] bad = good.clone();
            bad[i] ^= 0x20;
            Files.write(file, bad);
            assertThatThrownBy(() -> SavedForest.read(file))
                    .as("byte %d", i)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("forest.bin: ");
        }
    }

    @Test
    void everyShorterFileIsNoticed() throws IOException {
        byte[] good = written();
        for (int length = 0; length < good.length; length++) {
            Files.write(file, Arrays.copyOf(good, length));
            assertThatThrownBy(() -> SavedForest.read(file))
                    .as("length %d", length)
                    .isInstanceOf(IOException.class);
        }
        Files.write(file, Arrays.copyOf(good, good.length - 1));
        assertThatThrownBy(() -> SavedForest.read(file))
                .hasMessageEndingWith("is cut short or has something added: " + (good.length - 1) + " bytes instead of "
                        + good.length);
        Files.write(file, Arrays.copyOf(good, 12));
        assertThatThrownBy(() -> SavedForest.read(file)).hasMessageEndingWith("is cut short: it ends after 12 bytes");
    }

    @Test
    void foreignNewerSwappedAndDamagedFilesAreToldApart() throws IOException {
        byte[] good = written();
        Files.writeString(file, "a,b\n1,2\n");
        assertThatThrownBy(() -> SavedForest.read(file))
                .hasMessageEndingWith("is not a saved isolation forest: it does not begin with LAMAFRST");
        Files.write(file, ByteBuffer.wrap(good.clone()).putInt(8, 2).array());
        assertThatThrownBy(() -> SavedForest.read(file))
                .hasMessageContaining("is of version 2, but this library reads version 1");
        Files.write(file, ByteBuffer.wrap(good.clone()).putInt(12, 0x04030201).array());
        assertThatThrownBy(() -> SavedForest.read(file)).hasMessageContaining("bytes in another order");
        byte[] bad = good.clone();
        bad[100]++;
        Files.write(file, bad);
        assertThatThrownBy(() -> SavedForest.read(file)).hasMessageContaining("is damaged: its checksum");
        assertThatThrownBy(() -> SavedForest.read(folder.resolve("none.bin"))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> SavedForest.read(folder)).isInstanceOf(IOException.class);
    }

    /** Whatever stands under a right checksum, reading ends with a forest or a clear error, never out of memory. */
    @Test
    void wrongContentUnderARightChecksumIsRefused() throws IOException {
        byte[] good = written();
        Rng rng = Seeds.rng(63, 1);
        int refused = 0;
        for (int i = 0; i < 400; i++) {
            byte[] bad = good.clone();
            bad[HEADER + rng.nextInt(i < 200 ? 64 : bad.length - HEADER - 64)] = (byte) rng.nextInt(256);
            int end = bad.length - 64;
            String sum = Checksums.sha256(Arrays.copyOf(bad, end));
            System.arraycopy(sum.getBytes(StandardCharsets.US_ASCII), 0, bad, end, 64);
            Files.write(file, bad);
            try {
                SavedForest.read(file).model().score(new double[] {0.5, -0.5});
            } catch (IOException expected) {
                assertThat(expected).hasMessageContaining("holds no valid forest");
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(50);
    }

    @Test
    void namesMustFitTheFeatures() {
        IsolationForestModel model =
                IsolationForest.fit(new double[2][5], 5, new IsolationForestOptions(1, 4, 1, Missing.SKIP));
        assertThatThrownBy(() -> new SavedForest(model, List.of("a", "a"), 0))
                .hasMessage("columns must be 2 different names, got [a, a]");
    }
}
