package org.lama.core.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The heads of a ledger: one beside it, and one in a folder of the user's if one is given. A chain of hashes shows what was
 * changed in a file, and only what was kept elsewhere shows that its end is missing.
 *
 * @param file of the ledger
 * @param copies folder with a head of every ledger of the user, empty for none
 */
record LedgerMemory(Path file, Optional<Path> copies) {
    private static final String LOCAL = "trials.head";
    private static final String COPY = ".jsonl";

    /** What is remembered of this ledger, wherever it is remembered. */
    List<LedgerHead> heads(LedgerScan scan) throws IOException {
        List<LedgerHead> heads = new ArrayList<>();
        Path local = file.resolveSibling(LOCAL);
        if (Files.exists(local)) {
            heads.add(LedgerHead.read(local));
        }
        if (copies.isPresent()) {
            List<LedgerHead> all = all(copies.get());
            Optional<LedgerHead> own = all.stream()
                    .filter(head -> head.identity().equals(scan.identity()))
                    .findFirst();
            String place = place();
            // a ledger that was begun where another one had been; what that one had lost, it tells itself
            Optional<LedgerHead> before = all.stream()
                    .filter(head -> head.place().equals(place))
                    .reduce((a, b) -> a.recorded().isAfter(b.recorded()) ? a : b);
            own.or(() -> before).ifPresent(heads::add);
        }
        return heads;
    }

    static List<LedgerHead> all(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<LedgerHead> heads = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path each : files.filter(path -> path.toString().endsWith(LedgerHead.SUFFIX))
                    .sorted()
                    .toList()) {
                heads.add(LedgerHead.read(each));
            }
        }
        return heads;
    }

    /** What a ledger has lost, by all that is remembered of it. */
    static LedgerLoss loss(LedgerScan scan, List<LedgerHead> heads) {
        LedgerLoss worst = LedgerLoss.NONE;
        for (LedgerHead head : heads) {
            LedgerLoss loss = loss(scan, head);
            worst = loss.lines() > worst.lines()
                            || loss.trials() > worst.trials()
                            || worst.how().isEmpty()
                    ? loss
                    : worst;
        }
        return worst;
    }

    private static LedgerLoss loss(LedgerScan scan, LedgerHead head) {
        LedgerLoss before = head.lost();
        if (!head.identity().equals(scan.identity())) {
            return before.and(head.lines() - 1L, head.trials(), head.recorded(), "begun anew");
        }
        if (scan.soundLines() < head.lines()) {
            return before.and(
                    head.lines() - scan.soundLines(),
                    Math.max(0, head.trials() - scan.rawTrials()),
                    head.recorded(),
                    "cut");
        }
        if (!scan.hash(head.lines()).equals(head.head())) {
            long fewer = Math.max(0, head.trials() - scan.rawTrials());
            return new LedgerLoss(
                    Math.max(before.lines(), 0), Math.max(before.trials(), fewer), head.recorded(), "rewritten");
        }
        return before;
    }

    /** The seals of the ledger, and those that it has lost; one is broken if it was ever seen broken. */
    static List<Seal.Kept> seals(LedgerScan scan, List<LedgerHead> heads) {
        List<Seal.Kept> seals = new ArrayList<>(scan.seals());
        for (LedgerHead head : heads) {
            for (Seal.Kept kept : head.seals()) {
                int at = indexOf(seals, kept);
                if (at < 0) {
                    seals.add(kept);
                } else if (seals.get(at).holds() && !kept.holds()) {
                    seals.set(at, kept);
                }
            }
        }
        return seals;
    }

    private static int indexOf(List<Seal.Kept> seals, Seal.Kept wanted) {
        for (int i = 0; i < seals.size(); i++) {
            if (seals.get(i).seal().equals(wanted.seal())
                    && seals.get(i).sealedAt().equals(wanted.sealedAt())) {
                return i;
            }
        }
        return -1;
    }

    /** Remembers the ledger as it is now. That the user's folder cannot be written is no reason not to run. */
    void remember(LedgerScan scan, Instant now, LedgerLoss lost, List<String> sealLines) throws IOException {
        LedgerHead head = new LedgerHead(
                scan.identity(), place(), scan.soundLines(), scan.head(), now, scan.rawTrials(), lost, sealLines);
        head.write(file.resolveSibling(LOCAL));
        if (copies.isPresent()) {
            try {
                Files.createDirectories(copies.get());
                head.write(copies.get().resolve(scan.identity() + LedgerHead.SUFFIX));
                // nobody asks for made markets elsewhere, and they are most of what is tried while learning
                if (!scan.marks().isEmpty()) {
                    copy(copies.get(), scan.identity());
                }
            } catch (IOException | UnsupportedOperationException unwritable) {
                // the head beside the ledger remains, and who opens the ledger says that it is the only one
                return;
            }
        }
    }

    private void copy(Path folder, String identity) throws IOException {
        Path fresh = Files.createTempFile(folder, "trials", ".tmp");
        try {
            Files.copy(file, fresh, StandardCopyOption.REPLACE_EXISTING);
            Files.move(
                    fresh,
                    folder.resolve(identity + COPY),
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /**
     * The trials on the same bars that other ledgers hold or held, by the copies in the user's folder. What a ledger in this
     * place lost is told by its head, so an earlier one of the same place is left out here.
     */
    List<Trial> elsewhere(LedgerScan own, DataMark mark, long fromNanos, long toNanos) throws IOException {
        Map<Trial.Identity, Trial> found = new LinkedHashMap<>();
        String place = place();
        for (LedgerHead head : copies.isPresent() ? all(copies.get()) : List.<LedgerHead>of()) {
            boolean isOwn =
                    head.identity().equals(own.identity()) || head.place().equals(place);
            Path copy = copies.orElseThrow().resolve(head.identity() + COPY);
            if (!isOwn && Files.exists(copy) && mentions(Files.readString(copy), mark)) {
                LedgerScan other = LedgerScan.of(copy);
                other.orThrow(copy);
                Set<String> same = new HashSet<>(Set.of(mark.dataChecksum()));
                other.marks().stream().filter(mark::movesLike).forEach(each -> same.add(each.dataChecksum()));
                other.trials().stream()
                        .filter(trial -> same.contains(trial.dataChecksum()) && trial.overlaps(fromNanos, toNanos))
                        .forEach(trial -> found.putIfAbsent(trial.identity(), trial));
            }
        }
        return List.copyOf(found.values());
    }

    /** Far cheaper than the chain of hashes, and false for nearly all ledgers. */
    private static boolean mentions(String text, DataMark mark) {
        return text.contains(mark.dataChecksum())
                || mark.instruments().values().stream().flatMap(List::stream).anyMatch(text::contains);
    }

    /** The seal lines of the ledger, and before them those that it has lost. */
    static List<String> sealLines(LedgerScan scan, List<LedgerHead> heads) {
        List<String> lines = new ArrayList<>(scan.sealLines());
        for (LedgerHead head : heads) {
            // the longest memory is kept: an append after a cut must not forget what the cut took away
            List<String> kept = head.sealLines();
            if (kept.size() > lines.size()
                    && kept.subList(0, scan.sealLines().size()).equals(scan.sealLines())) {
                lines = new ArrayList<>(kept);
            }
        }
        return lines;
    }

    private String place() throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        return folder == null || Files.notExists(folder)
                ? String.valueOf(folder)
                : folder.toRealPath().toString();
    }
}
