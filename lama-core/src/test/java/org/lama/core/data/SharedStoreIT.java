package org.lama.core.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lama.core.store.MarketStore;
import org.lama.core.store.ParquetStore;
import org.lama.core.store.ParquetTable;
import org.lama.core.store.RecordKind;

/** What the store of files gives back of the real data is bit for bit what a store in memory does. */
class SharedStoreIT {
    @ParameterizedTest
    @ValueSource(strings = {"funding", "defi", "open_interest", "raw_quirks"})
    void aFolderIsReadBackBitForBit(String part, @TempDir Path folder) throws IOException {
        compare(SharedData.path("data/" + part), folder);
    }

    @Test
    @Tag("slow")
    void allRealDataAreReadBackBitForBit(@TempDir Path folder) throws IOException {
        compare(SharedData.path("data"), folder);
    }

    private static void compare(Path data, Path folder) throws IOException {
        MemoryStore memory = new MemoryStore();
        FileImport.run(data, memory, ImportOptions.defaults());
        try (MarketStore files = ParquetStore.open(folder.resolve("store"))) {
            FileImport.run(data, files, ImportOptions.defaults());
            Comparator<MarketStore.Entry> order =
                    Comparator.comparing(entry -> entry.key().toString());
            List<MarketStore.Entry> expected =
                    memory.catalogue().stream().sorted(order).toList();
            assertThat(files.catalogue().stream().sorted(order).map(MarketStore.Entry::key))
                    .containsExactlyElementsOf(
                            expected.stream().map(MarketStore.Entry::key).toList());
            for (MarketStore.Entry entry : expected) {
                ParquetTable mine = memory.read(MarketStore.Query.all(entry.key()));
                ParquetTable theirs = files.read(MarketStore.Query.all(entry.key()));
                String name = entry.key().toString();
                assertThat(theirs.times(RecordKind.TIME)).as(name).isEqualTo(mine.times(RecordKind.TIME));
                assertThat(theirs.times(RecordKind.AVAILABLE)).as(name).isEqualTo(mine.times(RecordKind.AVAILABLE));
                for (String column : mine.names()) {
                    if (mine.type(column) == ParquetTable.Type.DOUBLE) {
                        assertThat(theirs.doubles(column))
                                .as(name + " " + column)
                                .isEqualTo(mine.doubles(column));
                    } else if (mine.type(column) == ParquetTable.Type.LONG) {
                        assertThat(theirs.longs(column)).as(name + " " + column).isEqualTo(mine.longs(column));
                    }
                }
            }
        }
    }
}
