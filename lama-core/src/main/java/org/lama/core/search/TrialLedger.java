package org.lama.core.search;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.TimeSource;

/**
 * The record of all trials ever run on some data: the file {@code trials.jsonl} in a directory of the caller's choice. It
 * is where the number of trials of the deflated Sharpe ratio comes from, so it only grows.
 *
 * <p>The first line holds the date on which the ledger was started; every further line one distinct trial, what some data
 * are ({@link DataMark}), a {@link Seal} that was set, or one that was broken. Each line names
 * the SHA-256 of the line above, so that a changed, removed or inserted line is found by {@link #verify(Path)}, with its
 * number. What the chain cannot show by itself is a ledger whose last lines were cut off or which was deleted. So the number
 * of lines, the last hash and the seals are kept in {@code trials.head} beside it and, with {@link #withCopies}, in a folder
 * of the user's: {@link Contents#lost()} tells what is missing, from then on for ever, and seals that were cut off hold, or
 * stay broken. Compare {@link Contents#head()} also with the one kept in an earlier result, and {@link Contents#started()}.
 *
 * <p>Writers hold an exclusive lock on the file {@code trials.lock} beside it and force the line to disk before they
 * return. A last line that was cut by a crash is moved to {@code trials.torn} by the next append; damage anywhere else is
 * refused with file and line. Thread-safe, and safe between processes on a local file system. Every call reads the whole
 * file: O(lines).
 *
 * @since 0.1.0
 */
@Api(Api.Status.STABLE)
public final class TrialLedger {
    /** Name of the ledger's file inside its directory. */
    public static final String FILE_NAME = "trials.jsonl";

    private final Path file;
    private final TimeSource clock;
    private final LedgerMemory memory;

    private TrialLedger(Path file, TimeSource clock, Optional<Path> copies) {
        this.file = file;
        this.clock = Check.notNull(clock, "clock");
        this.memory = new LedgerMemory(file, copies);
    }

    /**
     * The ledger in a directory; nothing is created before the first append.
     *
     * @param directory where {@code trials.jsonl} is or will be
     * @param clock dates the start of the ledger and each line
     * @return the ledger
     */
    public static TrialLedger in(Path directory, TimeSource clock) {
        return new TrialLedger(fileIn(directory), clock, Optional.empty());
    }

    /**
     * The same ledger, with a second memory of its length, its last hash, its seals and its lines.
     *
     * @param folder holds a head of each ledger, and a copy of those with trials on bars that were not made; made when it is needed, left
     *     out if it cannot be written
     * @return the ledger
     */
    public TrialLedger withCopies(Path folder) {
        return new TrialLedger(file, clock, Optional.of(folder));
    }

    /**
     * The seals of all ledgers that a folder remembers.
     *
     * @param folder that was given to {@link #withCopies}
     * @return by the folder of the ledger; empty if there is no such folder
     * @throws IOException if it cannot be read or is damaged
     */
    public static SortedMap<String, List<Seal.Kept>> rememberedSeals(Path folder) throws IOException {
        SortedMap<String, List<Seal.Kept>> seals = new TreeMap<>();
        for (LedgerHead head : LedgerMemory.all(folder)) {
            seals.computeIfAbsent(head.place(), place -> new ArrayList<>()).addAll(head.seals());
        }
        return seals;
    }

    /**
     * The trials that other ledgers hold or held on the same bars, under whatever name, and an overlapping window, by the
     * memory of {@link #withCopies}. A copy of the data in another folder, or another ledger, does not make what was tried
     * untried. Another ledger's name of an instrument is no claim: only checksum and fingerprints are. Made markets, whose
     * mark has no instrument, are known to their own ledger alone. O(bytes of all remembered ledgers).
     *
     * @param mark the data
     * @param testFromNanos start of the test window, UTC epoch nanoseconds
     * @param testToNanos end of the test window, exclusive
     * @return distinct trials, in the order of the ledgers' identities; empty without a memory
     * @throws IOException if a ledger or a copy is damaged or cannot be read
     */
    public List<Trial> elsewhere(DataMark mark, long testFromNanos, long testToNanos) throws IOException {
        return mark.instruments().isEmpty()
                ? List.of()
                : memory.elsewhere(LedgerScan.of(file), mark, testFromNanos, testToNanos);
    }

    /**
     * The path of the ledger's file.
     *
     * @return the path, whether or not the file exists
     */
    public Path file() {
        return file;
    }

    /**
     * Appends a trial unless the same trial is there already.
     *
     * @param trial the trial
     * @return true if it was appended, false if it had been counted before
     * @throws IOException if the ledger is damaged, cannot be locked or cannot be written
     */
    public boolean append(Trial trial) throws IOException {
        return appendAll(List.of(trial)) == 1;
    }

    /**
     * Appends the trials that are not there already, in their order, under one lock.
     *
     * @param trials the trials
     * @return how many were new
     * @throws IOException if the ledger is damaged, cannot be locked or cannot be written
     */
    public int appendAll(List<Trial> trials) throws IOException {
        return appendAll(trials, Optional.empty());
    }

    /**
     * The same, with what their data are, which is entered once for each checksum if it says more than that.
     *
     * @param trials the trials
     * @param mark of their data; empty if nothing is known of them
     * @return how many trials were new
     * @throws IOException if the ledger is damaged, cannot be locked or cannot be written
     */
    public int appendAll(List<Trial> trials, Optional<DataMark> mark) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        try (LedgerLock lock = LedgerLock.take(file)) {
            lock.check();
            LedgerScan scan = LedgerScan.of(file);
            scan.orThrow(file);
            return write(scan, trials, mark);
        }
    }

    /**
     * Sets a seal.
     *
     * @param seal what is closed
     * @return the seal with its number
     * @throws IOException if the ledger is damaged, cannot be locked or cannot be written
     * @throws IllegalArgumentException if a seal holds over the same window already, or the window was unsealed before and is
     *     spent
     */
    public Seal.Kept seal(Seal seal) throws IOException {
        return change((scan, head, now) -> {
            for (Seal.Kept kept : LedgerMemory.seals(scan, memory.heads(scan))) {
                Check.that(!kept.seal().meets(seal), refusal(kept));
            }
            return SealText.seal(head, now, seal);
        });
    }

    private static String refusal(Seal.Kept kept) {
        String window = LedgerText.instant(kept.seal().fromNanos()) + " to "
                + LedgerText.instant(kept.seal().toNanos());
        return kept.holds()
                ? "seal " + kept.number() + " of " + kept.sealedAt() + " holds over " + window
                        + " already; a window is sealed once"
                : "the window " + window + " was unsealed at "
                        + kept.unsealedAt().orElseThrow() + " and is spent; seal data that came after it";
    }

    /**
     * Breaks a seal, once and for good: its window is spent from then on.
     *
     * @param number number of a seal that holds
     * @param reason why, in the user's words
     * @return the broken seal
     * @throws IOException if the ledger is damaged, cannot be locked or cannot be written
     * @throws IllegalArgumentException if there is no such seal or it is broken already
     */
    public Seal.Kept unseal(int number, String reason) throws IOException {
        Check.notBlank(reason, "reason");
        change((scan, head, now) -> {
            Check.that(
                    number <= scan.seals().size()
                            || number
                                    > LedgerMemory.seals(scan, memory.heads(scan))
                                            .size(),
                    "seal " + number + " stood in a line that the ledger has lost; restore " + file
                            + " from a copy to break it");
            Check.that(
                    number >= 1 && number <= scan.seals().size(),
                    "seal must be one of the " + scan.seals().size() + " in the ledger, got " + number);
            Seal.Kept kept = scan.seals().get(number - 1);
            Check.that(
                    kept.holds(),
                    "seal " + number + " was broken at " + kept.unsealedAt().orElse(kept.sealedAt())
                            + " already; its window is spent");
            return SealText.unseal(head, now, number, reason);
        });
        return contents().seals().get(number - 1);
    }

    /** A line that depends on what the ledger holds. */
    @FunctionalInterface
    private interface Line {
        String after(LedgerScan scan, String head, Instant now) throws IOException;
    }

    /** Appends one line under the lock; the answer is the last seal of the ledger. */
    private Seal.Kept change(Line line) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        try (LedgerLock lock = LedgerLock.take(file)) {
            lock.check();
            LedgerScan scan = LedgerScan.of(file);
            scan.orThrow(file);
            Instant now = LedgerText.instant(clock.nowNanos());
            StringBuilder out = new StringBuilder();
            String head = begin(scan, now, out);
            out.append(line.after(scan, head, now)).append('\n');
            store(scan, out.toString(), now);
        }
        List<Seal.Kept> seals = LedgerScan.of(file).seals();
        return seals.get(seals.size() - 1);
    }

    /** What a new line follows: the missing line feed of the last one, and the header of a new ledger. */
    private static String begin(LedgerScan scan, Instant now, StringBuilder out) {
        out.append(scan.lacksLineEnd() ? "\n" : "");
        if (scan.started().isPresent()) {
            return scan.head();
        }
        String header = LedgerText.header(now);
        out.append(header).append('\n');
        return LedgerText.sha256(header);
    }

    /**
     * What the ledger holds now.
     *
     * @return the contents; empty if there is no file
     * @throws IOException if the ledger is damaged or cannot be read
     */
    public Contents contents() throws IOException {
        LedgerScan scan = LedgerScan.of(file);
        scan.orThrow(file);
        List<LedgerHead> heads = memory.heads(scan);
        return new Contents(
                scan.started(),
                scan.trials(),
                new Tip(scan.soundLines(), scan.head()),
                scan.torn(),
                LedgerMemory.seals(scan, heads),
                scan.marks(),
                LedgerMemory.loss(scan, heads));
    }

    /**
     * The hash of one line, to compare with one that was kept in an earlier result.
     *
     * @param line number of the line, from 1
     * @return its SHA-256; empty if there is no such line
     * @throws IOException if the ledger is damaged or cannot be read
     */
    public Optional<String> hashOf(int line) throws IOException {
        LedgerScan scan = LedgerScan.of(file);
        scan.orThrow(file);
        return line >= 1 && line <= scan.soundLines() ? Optional.of(scan.hash(line)) : Optional.empty();
    }

    /**
     * Checks the chain of a ledger without changing it.
     *
     * @param directory where {@code trials.jsonl} is
     * @return what was found; a missing file is sound and has no lines
     * @throws IOException if the file cannot be read
     */
    public static Verification verify(Path directory) throws IOException {
        LedgerScan scan = LedgerScan.of(fileIn(directory));
        return new Verification(
                scan.soundLines(), scan.brokenLine(), scan.damage(), scan.torn().isPresent());
    }

    private static Path fileIn(Path directory) {
        return Check.notNull(directory, "directory").resolve(FILE_NAME);
    }

    private int write(LedgerScan scan, List<Trial> trials, Optional<DataMark> mark) throws IOException {
        Instant now = LedgerText.instant(clock.nowNanos());
        Set<Trial.Identity> known = new HashSet<>();
        scan.trials().forEach(trial -> known.add(trial.identity()));
        List<Trial> added =
                trials.stream().filter(trial -> known.add(trial.identity())).toList();
        if (added.isEmpty()) {
            return 0;
        }
        StringBuilder out = new StringBuilder();
        String head = begin(scan, now, out);
        Optional<DataMark> unknown = mark.filter(
                each -> !each.instruments().isEmpty() && !scan.marks().contains(each));
        if (unknown.isPresent()) {
            String line = SealText.mark(head, now, unknown.get());
            head = LedgerText.sha256(line);
            out.append(line).append('\n');
        }
        for (Trial trial : added) {
            String line = LedgerText.trial(head, now, trial);
            head = LedgerText.sha256(line);
            out.append(line).append('\n');
        }
        store(scan, out.toString(), now);
        return added.size();
    }

    /** What was lost before is remembered with what is there now. */
    private void store(LedgerScan before, String text, Instant now) throws IOException {
        List<LedgerHead> heads = memory.heads(before);
        LedgerLoss lost = LedgerMemory.loss(before, heads);
        setTornLineAside(before);
        store(before.soundBytes(), text);
        LedgerScan after = LedgerScan.of(file);
        memory.remember(after, now, lost, sealLines(before, after, heads));
    }

    /** What the ledger remembered before, and the seal line that was written now. */
    private static List<String> sealLines(LedgerScan before, LedgerScan after, List<LedgerHead> heads) {
        List<String> lines = LedgerMemory.sealLines(before, heads);
        lines.addAll(after.sealLines()
                .subList(before.sealLines().size(), after.sealLines().size()));
        return lines;
    }

    private void setTornLineAside(LedgerScan scan) throws IOException {
        if (scan.torn().isPresent()) {
            Files.writeString(
                    file.resolveSibling("trials.torn"),
                    scan.torn().get() + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
    }

    /** Writes after the last sound byte, so that a torn line is overwritten, and forces it to disk. */
    private void store(long position, String text) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            channel.truncate(position);
            channel.position(position);
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /**
     * What a ledger holds.
     *
     * @param started when the ledger was started, empty if it has no line yet
     * @param trials the distinct trials in the order in which they were appended
     * @param tip number of lines, and SHA-256 of the last one
     * @param tornLine a last line that was cut by a crash and is not counted, if there is one
     * @param seals the seals in the order in which they were set, broken ones and lost ones included
     * @param marks what the data of the trials are
     * @param lost what is missing
     */
    public record Contents(
            Optional<Instant> started,
            List<Trial> trials,
            Tip tip,
            Optional<String> tornLine,
            List<Seal.Kept> seals,
            List<DataMark> marks,
            LedgerLoss lost) {
        /**
         * Copies the lists.
         *
         * @param started when the ledger was started, empty if it has no line yet
         * @param trials the distinct trials in the order in which they were appended
         * @param tip number of lines, and SHA-256 of the last one
         * @param tornLine a last line that was cut by a crash and is not counted, if there is one
         * @param seals the seals in the order in which they were set, broken ones and lost ones included
         * @param marks what the data of the trials are
         * @param lost what is missing
         */
        public Contents {
            trials = List.copyOf(trials);
            seals = List.copyOf(seals);
            marks = List.copyOf(marks);
        }

        /**
         * The last hash of the chain.
         *
         * @return SHA-256 of the last line, 64 zeros if there is none
         */
        public String head() {
            return tip.head();
        }

        /**
         * The trials on the same data, under whatever checksum, whose test window overlaps a given one by more than half of
         * the shorter of both. Moving the window by a day does not make what was tried on it untried.
         *
         * @param mark the data
         * @param testFromNanos start of the test window, UTC epoch nanoseconds
         * @param testToNanos end of the test window, exclusive
         * @return the trials in the order in which they were appended
         */
        public List<Trial> around(DataMark mark, long testFromNanos, long testToNanos) {
            Set<String> same = new HashSet<>(Set.of(mark.dataChecksum()));
            marks.stream().filter(mark::isLike).forEach(each -> same.add(each.dataChecksum()));
            return trials.stream()
                    .filter(trial -> same.contains(trial.dataChecksum()) && trial.overlaps(testFromNanos, testToNanos))
                    .toList();
        }

        /**
         * The trials on given data and a given window.
         *
         * @param dataChecksum SHA-256 of the data
         * @param testFromNanos start of the test window, UTC epoch nanoseconds
         * @param testToNanos end of the test window, exclusive
         * @return the trials in the order in which they were appended
         */
        public List<Trial> on(String dataChecksum, long testFromNanos, long testToNanos) {
            return trials.stream()
                    .filter(trial -> trial.isOn(dataChecksum, testFromNanos, testToNanos))
                    .toList();
        }

        /**
         * The unannualised Sharpe ratios of the trials on given data and a given window: their number is the raw N, their
         * variance the V of the deflated Sharpe ratio.
         *
         * @param dataChecksum SHA-256 of the data
         * @param testFromNanos start of the test window, UTC epoch nanoseconds
         * @param testToNanos end of the test window, exclusive
         * @return one value per trial, NaN where the trial has none
         */
        public double[] sharpes(String dataChecksum, long testFromNanos, long testToNanos) {
            return on(dataChecksum, testFromNanos, testToNanos).stream()
                    .mapToDouble(Trial::sharpePerPeriod)
                    .toArray();
        }
    }

    /**
     * The end of a ledger.
     *
     * @param lines sound lines, the header included
     * @param head SHA-256 of the last one, 64 zeros if there is none
     */
    public record Tip(int lines, String head) {}

    /**
     * The result of checking a ledger's chain.
     *
     * @param soundLines lines before the first broken one, the header included
     * @param firstBrokenLine number of the first broken line, counted from 1; empty if the chain is sound
     * @param detail what is wrong with that line, empty if nothing
     * @param torn whether the last line was cut by a crash, which is no damage
     */
    public record Verification(int soundLines, OptionalInt firstBrokenLine, String detail, boolean torn) {
        /**
         * Whether every complete line is in its place.
         *
         * @return true if no line is broken
         */
        public boolean isSound() {
            return firstBrokenLine.isEmpty();
        }
    }
}
