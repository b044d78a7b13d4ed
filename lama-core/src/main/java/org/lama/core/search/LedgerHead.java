package org.lama.core.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What is remembered of a ledger outside of its file: how long it was, its last hash, its seals, and what it has lost. A file
 * of texts: one line of members, then the lines of the seals as they stand in the ledger.
 */
record LedgerHead(
        String identity,
        String place,
        int lines,
        String head,
        Instant recorded,
        long trials,
        LedgerLoss lost,
        List<String> sealLines) {
    static final String SUFFIX = ".head";

    private static final String FORMAT = "lama-ledger-head-1";
    private static final List<String> KEYS = List.of(
            "format",
            "identity",
            "place",
            "lines",
            "head",
            "recorded",
            "trials",
            "lostLines",
            "lostTrials",
            "lostSince",
            "lostHow");

    List<Seal.Kept> seals() {
        return SealText.parseAll(sealLines);
    }

    void write(Path file) throws IOException {
        StringBuilder out = new StringBuilder();
        LedgerText.member(out, '{', "format", FORMAT);
        LedgerText.member(out, ',', "identity", identity);
        LedgerText.member(out, ',', "place", place);
        LedgerText.member(out, ',', "lines", Integer.toString(lines));
        LedgerText.member(out, ',', "head", head);
        LedgerText.member(out, ',', "recorded", recorded.toString());
        LedgerText.member(out, ',', "trials", Long.toString(trials));
        LedgerText.member(out, ',', "lostLines", Long.toString(lost.lines()));
        LedgerText.member(out, ',', "lostTrials", Long.toString(lost.trials()));
        LedgerText.member(out, ',', "lostSince", lost.since().toString());
        LedgerText.member(out, ',', "lostHow", lost.how());
        out.append("}\n");
        sealLines.forEach(line -> out.append(line).append('\n'));
        Path folder = file.toAbsolutePath().getParent();
        Path fresh = Files.createTempFile(folder, "trials", ".tmp");
        try {
            Files.writeString(fresh, out.toString());
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    static LedgerHead read(Path file) throws IOException {
        List<String> all = Files.readAllLines(file);
        try {
            Map<String, Object> members = LedgerText.members(all.isEmpty() ? "" : all.get(0), KEYS);
            LedgerHead head = new LedgerHead(
                    LedgerText.text(members, "identity"),
                    LedgerText.text(members, "place"),
                    Integer.parseInt(LedgerText.text(members, "lines")),
                    LedgerText.text(members, "head"),
                    LedgerText.time(members, "recorded"),
                    Long.parseLong(LedgerText.text(members, "trials")),
                    new LedgerLoss(
                            Long.parseLong(LedgerText.text(members, "lostLines")),
                            Long.parseLong(LedgerText.text(members, "lostTrials")),
                            LedgerText.time(members, "lostSince"),
                            LedgerText.text(members, "lostHow")),
                    List.copyOf(new ArrayList<>(all.subList(1, all.size()))));
            head.seals();
            return head;
        } catch (IllegalArgumentException damaged) {
            throw new IOException(
                    file + ": what is remembered of a trial ledger is damaged: " + damaged.getMessage()
                            + "; delete this file if you know why",
                    damaged);
        }
    }
}
