package org.lama.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
    @TempDir
    private Path folder;

    @Test
    void aFileHasThePermissionsOfAnyOrdinaryOne() throws IOException {
        Assumptions.assumeTrue(
                folder.getFileSystem().supportedFileAttributeViews().contains("posix"), "needs POSIX permissions");
        Path ordinary = Files.writeString(folder.resolve("ordinary"), "x");
        Path atomic = folder.resolve("atomic");
        AtomicFiles.write(atomic, new byte[] {1});
        assertThat(Files.getPosixFilePermissions(atomic)).isEqualTo(Files.getPosixFilePermissions(ordinary));
    }

    @Test
    void aFailedWriteLeavesTheOldFileAndNothingElse() throws IOException {
        Path file = Files.writeString(folder.resolve("kept"), "old");
        assertThatThrownBy(() -> AtomicFiles.write(file, (Path temporary) -> {
                    Files.writeString(temporary, "half");
                    throw new IOException("stopped");
                }))
                .hasMessage("stopped");
        assertThat(file).hasContent("old");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
        assertThatThrownBy(() -> AtomicFiles.write(folder.resolve("none").resolve("x"), new byte[0]))
                .hasMessageContaining("its folder does not exist; make it first");
    }

    @Test
    void aFolderIsNoDocument() {
        assertThatThrownBy(() -> Documents.read(folder)).hasMessage(folder + ": is a folder; give a YAML or JSON file");
    }
}
