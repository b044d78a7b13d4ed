package org.lama.core.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    private static final String CANARY = "canary-4711-canary";

    @TempDir
    Path folder;

    private Path file(String text, String mode) throws IOException {
        Path file = folder.resolve("secrets");
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        return file;
    }

    private static String open(Secret secret) {
        return secret.use(String::new);
    }

    @Test
    void aSecretDoesNotShowItself() {
        Secret secret = Secret.of(CANARY.toCharArray());
        assertThat(secret).hasToString("***");
        assertThat(open(secret)).isEqualTo(CANARY);
        char[][] kept = new char[1][];
        secret.use(lent -> kept[0] = lent);
        assertThat(kept[0]).as("the lent copy is wiped").containsOnly('\0');
        secret.close();
        assertThat(open(secret)).isEqualTo("\0".repeat(CANARY.length()));
    }

    @Test
    void whatIsNoSecretIsRefusedWithoutShowingIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Secret.of("short".toCharArray()))
                .withMessage("a secret must have at least 8 characters, got 5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Secret.of("canary\ncanary".toCharArray()))
                .withMessageNotContaining("canary");
    }

    @Test
    void theEnvironmentComesBeforeTheFile() throws IOException {
        Path file = file("# keys\n\nA_KEY = from-the-file-a\r\nB_KEY=from-the-file-b=\n", "rw-------");
        Secrets secrets = Secrets.of(Map.of("A_KEY", " from-outside ", "C_KEY", " "), file);
        assertThat(secrets.find("A_KEY").map(SecretsTest::open)).contains("from-outside");
        assertThat(open(secrets.get("B_KEY"))).isEqualTo("from-the-file-b=");
        assertThat(secrets.find("C_KEY")).isEmpty();
        assertThatIOException()
                .isThrownBy(() -> secrets.get("C_KEY"))
                .withMessageContaining("set the environment variable C_KEY or add the line C_KEY=… to " + file);
    }

    @Test
    void namesWithBlanksAroundTheSignAreNotFoundByAccident() throws IOException {
        Path file = file("A_KEY =value-with-blank-name\n", "rw-------");
        assertThat(Secrets.of(Map.of(), file).find("A_KEY").map(SecretsTest::open))
                .contains("value-with-blank-name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r--r--", "rw-rw----", "rw----r--", "rwx------", "r--------", "rwxrwxrwx"})
    void aFileThatOthersMayReadIsRefused(String mode) throws IOException {
        Path file = file("A_KEY=" + CANARY, mode);
        assertThatIOException()
                .isThrownBy(() -> Secrets.of(Map.of(), file).find("A_KEY"))
                .withMessageContaining("mode is " + mode + ", must be rw-------; run chmod 600")
                .withMessageNotContaining(CANARY);
    }

    @Test
    void linksAndFoldersAreRefused() throws IOException {
        Path file = file("A_KEY=" + CANARY, "rw-------");
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        assertThatIOException()
                .isThrownBy(() -> Secrets.of(Map.of(), link).find("A_KEY"))
                .withMessageContaining("is a link or no file");
        assertThatIOException()
                .isThrownBy(() -> Secrets.of(Map.of(), folder).find("A_KEY"))
                .withMessageContaining("is a link or no file");
    }

    @Test
    void wrongLinesAreNamedByNumberNotByContent() throws IOException {
        assertThatIOException()
                .isThrownBy(() -> Secrets.of(Map.of(), file("\n" + CANARY + "\n", "rw-------"))
                        .find("A_KEY"))
                .withMessageContaining("line 2: is not NAME=value")
                .withMessageNotContaining(CANARY);
        String twice = "A_KEY=" + CANARY + "\nA_KEY=" + CANARY;
        assertThatIOException()
                .isThrownBy(() -> Secrets.of(Map.of(), file(twice, "rw-------")).find("A_KEY"))
                .withMessageContaining("line 2: A_KEY is set twice")
                .withMessageNotContaining(CANARY);
        assertThatIOException()
                .isThrownBy(() ->
                        Secrets.of(Map.of(), file("A_KEY=abc", "rw-------")).find("A_KEY"))
                .withMessageContaining("line 1: a secret must have at least 8 characters, got 3");
        Files.write(folder.resolve("secrets"), new byte[] {'A', '=', (byte) 0xff});
        assertThatIOException()
                .isThrownBy(
                        () -> Secrets.of(Map.of(), folder.resolve("secrets")).find("A_KEY"))
                .withMessageContaining("is not UTF-8 text");
        assertThatIOException()
                .isThrownBy(() -> Secrets.of(Map.of(), file("#".repeat(70_000), "rw-------"))
                        .find("A_KEY"))
                .withMessageContaining("larger than");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Secrets.ofEnvironment().find("a key"))
                .withMessageContaining("name of a secret must be");
    }

    @Test
    void nothingIsFoundWhereNothingIs() throws IOException {
        assertThat(Secrets.ofEnvironment().find("LAMA_NO_SUCH_SECRET")).isEmpty();
        assertThat(Secrets.ofEnvironmentAnd(folder.resolve("none")).find("LAMA_NO_SUCH_SECRET"))
                .isEmpty();
        assertThatIOException()
                .isThrownBy(() -> Secrets.ofEnvironment().get("LAMA_NO_SUCH_SECRET"))
                .withMessage("secret LAMA_NO_SUCH_SECRET is missing; set the environment variable LAMA_NO_SUCH_SECRET");
    }
}
