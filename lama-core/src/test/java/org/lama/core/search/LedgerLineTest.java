package org.lama.core.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LedgerLineTest {
    private static final Trial TRIAL = new Trial("1", "s", "d", -1, 1_000_000_001L, Map.of("m", 0.5));

    @Test
    void aTrialReadsBackFromItsLine() {
        String line = LedgerText.trial(LedgerText.NO_LINE, Instant.EPOCH, TRIAL);
        assertThat(line)
                .contains("\"testFrom\":\"1969-12-31T23:59:59.999999999Z\"")
                .endsWith("\"metrics\":{\"m\":0.5}}");
        assertThat(LedgerText.parseTrial(line, LedgerText.NO_LINE)).isEqualTo(TRIAL);
    }

    @Test
    void aTrialWithoutMetricsReadsBack() {
        Trial bare = new Trial("1", "s", "d", 0, 1, Map.of());
        String line = LedgerText.trial(LedgerText.NO_LINE, Instant.EPOCH, bare);
        assertThat(LedgerText.parseTrial(line, LedgerText.NO_LINE)).isEqualTo(bare);
    }

    @Test
    void membersOfTheWrongKindAreNamed() {
        String line = LedgerText.trial(LedgerText.NO_LINE, Instant.EPOCH, TRIAL);
        refuses(line.replace("\"codeVersion\":\"1\"", "\"codeVersion\":1"), "codeVersion must be a text");
        refuses(line.replace("{\"m\":0.5}", "3"), "metrics must be an object");
        refuses(line.replace("0.5", "\"x\""), "metric m must be a number or null");
        refuses(line.replace("1970-01-01T00:00:00Z", "yesterday"), "recorded must be an ISO-8601 time");
        refuses(line.replace("1970-01-01T00:00:00Z", "+99999-01-01T00:00:00Z"), "recorded must be an ISO-8601 time");
        refuses(line.replace("\"settingsHash\"", "\"settings\""), "the members must be");
    }

    @Test
    void aHeaderOfAnotherFormatIsRefused() {
        String header = LedgerText.header(Instant.EPOCH);
        assertThat(LedgerText.parseHeader(header)).isEqualTo(Instant.EPOCH);
        assertThatThrownBy(() -> LedgerText.parseHeader(header.replace("trials-1", "trials-9")))
                .hasMessage("format must be lama-trials-1, got lama-trials-9");
    }

    @Test
    void theHashIsSha256OfTheUtf8Bytes() {
        assertThat(LedgerText.sha256("abc"))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void aLockHeldElsewhereIsReportedAfterTheAttempts(@TempDir Path directory) throws IOException {
        Path ledger = directory.resolve("trials.jsonl");
        try (LedgerLock held = LedgerLock.take(ledger)) {
            held.check();
        }
        // A lock taken past LedgerLock stands for another process.
        try (FileChannel channel = FileChannel.open(
                        directory.resolve("trials.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            assertThat(lock.isValid()).isTrue();
            assertThatThrownBy(() -> LedgerLock.take(ledger, 2))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("is locked by another process");
        }
        try (LedgerLock again = LedgerLock.take(ledger)) {
            again.check();
        }
    }

    private static void refuses(String line, String message) {
        assertThatThrownBy(() -> LedgerText.parseTrial(line, LedgerText.NO_LINE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
