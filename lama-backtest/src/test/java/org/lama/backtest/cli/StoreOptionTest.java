package org.lama.backtest.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What a command proposes to type next can be pasted into a shell. */
class StoreOptionTest {
    @Test
    void aStoreIsNamedAsAShellNeedsIt() {
        StoreOption store = new StoreOption();
        assertThat(store.flag()).isEqualTo(" --store lama-store");
        store.folder = Path.of("sp ace", "märkt");
        assertThat(store.flag()).isEqualTo(" --store 'sp ace/märkt'");
        assertThatThrownBy(store::existing).hasMessageContaining("data import FILES --store 'sp ace/märkt'");
        store.folder = null;
        store.database = "postgresql://me@host/db?ssl=true&a=b";
        assertThat(store.flag()).isEqualTo(" --db 'postgresql://me@host/db?ssl=true&a=b'");
    }

    @Test
    void aSealIsNamedAsAShellNeedsIt() {
        SealedOption sealed = new SealedOption();
        sealed.database = "postgresql://me@host/db?a=b&c=d";
        assertThat(sealed.flag()).isEqualTo("--db 'postgresql://me@host/db?a=b&c=d'");
    }
}
