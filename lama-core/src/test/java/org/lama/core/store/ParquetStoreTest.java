package org.lama.core.store;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class ParquetStoreTest extends MarketStoreContract {
    @TempDir
    Path folder;

    @Override
    MarketStore store() throws IOException {
        return ParquetStore.open(folder.resolve("store"));
    }
}
