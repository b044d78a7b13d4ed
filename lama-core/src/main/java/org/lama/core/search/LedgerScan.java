package org.lama.core.search;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** One reading of a ledger's file from its first byte: the sound lines, and how it ends. Single-threaded. */
final class LedgerScan {
    private final List<Trial> trials = new ArrayList<>();
    private final List<Seal.Kept> seals = new ArrayList<>();
    private final List<DataMark> marks = new ArrayList<>();
    private final List<String> sealLines = new ArrayList<>();
    private final List<String> hashes = new ArrayList<>();
    private @Nullable Instant started;
    private String head = LedgerText.NO_LINE;
    private int soundLines;
    private long soundBytes;
    private boolean lacksLineEnd;
    private @Nullable String torn;
    private String damage = "";

    private LedgerScan() {}

    static LedgerScan of(Path file) throws IOException {
        LedgerScan scan = new LedgerScan();
        try {
            scan.read(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return scan;
        }
        return scan;
    }

    List<Trial> trials() {
        return trials;
    }

    List<Seal.Kept> seals() {
        return seals;
    }

    /** What the data of the trials are, as far as it was entered. */
    List<DataMark> marks() {
        return marks;
    }

    /** The lines that set and break seals, as they stand. */
    List<String> sealLines() {
        return sealLines;
    }

    /** SHA-256 of the first line, which no other ledger shares unless one is a copy; empty if there is no line. */
    String identity() {
        return hashes.isEmpty() ? "" : hashes.get(0);
    }

    /** SHA-256 of a sound line, counted from 1. */
    String hash(int line) {
        return hashes.get(line - 1);
    }

    /** How many trials stand behind all lines. */
    long rawTrials() {
        return TrialCounts.of(trials).raw();
    }

    Optional<Instant> started() {
        return Optional.ofNullable(started);
    }

    String head() {
        return head;
    }

    int soundLines() {
        return soundLines;
    }

    /** Bytes up to and including the last sound line. */
    long soundBytes() {
        return soundBytes;
    }

    /** Whether the last sound line was written whole except for its line feed. */
    boolean lacksLineEnd() {
        return lacksLineEnd;
    }

    Optional<String> torn() {
        return Optional.ofNullable(torn);
    }

    String damage() {
        return damage;
    }

    OptionalInt brokenLine() {
        return damage.isEmpty() ? OptionalInt.empty() : OptionalInt.of(soundLines + 1);
    }

    void orThrow(Path file) throws IOException {
        if (!damage.isEmpty()) {
            throw new IOException("trial ledger " + file + ", line " + (soundLines + 1) + " is damaged: " + damage
                    + "; restore the file from a copy, or move it away to start a new ledger with today's date");
        }
    }

    private void read(byte[] bytes) {
        int from = 0;
        for (int i = 0; i < bytes.length && damage.isEmpty(); i++) {
            if (bytes[i] == '\n') {
                damage = take(bytes, from, i);
                from = i + 1;
                if (damage.isEmpty()) {
                    soundBytes = from;
                }
            }
        }
        if (damage.isEmpty() && from < bytes.length) {
            // Without a line feed the last write did not finish: a whole line still counts, half a line does not.
            if (take(bytes, from, bytes.length).isEmpty()) {
                soundBytes = bytes.length;
                lacksLineEnd = true;
            } else {
                torn = new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
            }
        }
    }

    /** Takes one line in; returns what is wrong with it, or an empty text. */
    private String take(byte[] bytes, int from, int to) {
        try {
            String line = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, to - from))
                    .toString();
            if (started == null) {
                started = LedgerText.parseHeader(line);
            } else if (SealText.isSeal(line)) {
                seals.add(SealText.parseSeal(line, head, seals.size() + 1));
                sealLines.add(line);
            } else if (SealText.isUnseal(line)) {
                SealText.parseUnseal(line, head, seals);
                sealLines.add(line);
            } else if (SealText.isMark(line)) {
                marks.add(SealText.parseMark(line, head));
            } else {
                trials.add(LedgerText.parseTrial(line, head));
            }
            head = LedgerText.sha256(line);
            hashes.add(head);
            soundLines++;
            return "";
        } catch (CharacterCodingException e) {
            return "it is not UTF-8 text";
        } catch (IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
