package org.lama.backtest.api;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lama.core.base.TimeSource;
import org.lama.core.search.Seal;
import org.lama.core.search.Trial;
import org.lama.core.search.TrialCounts;
import org.lama.core.search.TrialLedger;
import org.lama.core.series.TimeIndex;

/**
 * The trial ledger of one run. One that was named must be usable. The one beside the data is used without being asked for,
 * so a folder that cannot be written costs a warning in the result and not the run; a damaged ledger always costs the run.
 *
 * @param folder where {@code trials.jsonl} lies or will lie; empty if none is kept
 * @param clock dates new lines, fixed
 * @param warning why trials are counted but cannot be entered; empty if they can
 */
record LedgerUse(Optional<Path> folder, TimeSource clock, Optional<String> warning) {
    private static final String NAME = ".lama";

    /** No ledger: the run knows of itself alone. */
    static final LedgerUse NONE = new LedgerUse(Optional.empty(), TimeSource.fixed(0), Optional.empty());

    /** What a ledger knows of some data and a window, with the trials of a run. */
    record Known(TrialCounts counts, String started) {
        /** As reports show it. */
        int raw() {
            return (int) Math.min(Integer.MAX_VALUE, Math.max(1, counts.raw()));
        }
    }

    /** Finds out before the work, not after it, that the ledger is damaged or cannot be written. */
    static LedgerUse named(Path folder, TimeSource clock) throws IOException {
        TimeSource now = TimeSource.fixed(clock.nowNanos());
        try {
            probe(folder);
            TrialLedger.in(folder, now).contents();
        } catch (IOException | ReadOnlyFileSystemException unusable) {
            throw unusable(folder, asIo(unusable));
        }
        return new LedgerUse(Optional.of(folder), now, Optional.empty());
    }

    /** The one beside the data, dated by the clock of the system. */
    static LedgerUse beside(DataRequest request) throws IOException {
        return inDefault(folderBeside(request), TimeSource.system());
    }

    static LedgerUse inDefault(Path folder, TimeSource clock) throws IOException {
        try {
            probe(folder);
        } catch (AccessDeniedException | ReadOnlyFileSystemException refused) {
            return readOnly(folder, clock);
        } catch (FileSystemException refused) {
            if (String.valueOf(refused.getReason()).contains("Read-only")) {
                return readOnly(folder, clock);
            }
            throw unusable(folder, refused);
        }
        return named(folder, clock);
    }

    private static void probe(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.delete(Files.createTempFile(folder, ".trials", ".tmp"));
    }

    private static LedgerUse readOnly(Path folder, TimeSource clock) throws IOException {
        TimeSource now = TimeSource.fixed(clock.nowNanos());
        try {
            TrialLedger.in(folder, now).contents();
        } catch (IOException damaged) {
            throw unusable(folder, damaged);
        }
        return new LedgerUse(
                Optional.of(folder),
                now,
                Optional.of("the trials of this run were not entered, because the ledger's folder " + folder
                        + " cannot be written; later results on these data will not count them"));
    }

    private static IOException asIo(Exception failure) {
        return failure instanceof IOException io ? io : new IOException("it cannot be written", failure);
    }

    /** {@code .lama} beside the data, or in the working directory. */
    static Path folderBeside(DataRequest request) {
        Path ledger = nextTo(request);
        Path folder = Optional.ofNullable(ledger.getParent()).orElse(Path.of(""));
        return Files.isWritable(folder) || Files.isWritable(ledger) ? ledger : Path.of(NAME);
    }

    /** {@code .lama} beside the data even where nothing can be written: a seal may have been set there. */
    static Path nextTo(DataRequest request) {
        return request.path()
                .map(path ->
                        Optional.ofNullable(path.toAbsolutePath().getParent()).orElse(path))
                .orElse(Path.of(""))
                .resolve(NAME);
    }

    static IOException unusable(Path folder, IOException failure) {
        String reason = failure instanceof FileSystemException system && system.getReason() != null
                ? system.getReason()
                : failure instanceof FileAlreadyExistsException
                        ? "it is a file, not a folder"
                        : String.valueOf(failure.getMessage()).equals(String.valueOf(folder))
                                ? failure.getClass().getSimpleName()
                                : String.valueOf(failure.getMessage());
        return new IOException(
                folder + ": the trial ledger cannot be used, so the trials cannot be counted: " + reason
                        + "; repair it or name another folder with --ledger",
                failure);
    }

    /** What is there, with the trials of this run, which are not entered. */
    Known count(List<Trial> own, String checksum, long fromNanos, long toNanos) throws IOException {
        TrialLedger.Contents contents = ledger().contents();
        List<Trial> all = new ArrayList<>(contents.on(checksum, fromNanos, toNanos));
        for (Trial trial : own) {
            if (all.stream().noneMatch(trial::isSameTrialAs)) {
                all.add(trial);
            }
        }
        String begun = contents.started().map(Object::toString).orElse("");
        boolean begins = begun.isEmpty() && warning.isEmpty();
        return new Known(
                BegunSweeps.of(all).counts(),
                begins ? TimeIndex.instant(clock.nowNanos()).toString() : begun);
    }

    /** Enters trials, if they can be; those that are there already are not entered twice. */
    void enter(List<Trial> own) throws IOException {
        if (folder.isPresent() && warning.isEmpty()) {
            ledger().appendAll(own);
        }
    }

    /** The warning as the notes of series carry it into results, a line for each; empty if trials were entered. */
    static String warnings(Stream<String> notes) {
        return notes.flatMap(note -> Stream.of(note.split(Pattern.quote(Seal.NOTE_SEPARATOR), -1)))
                .filter(part -> part.startsWith(Seal.NOT_ENTERED_NOTE))
                .distinct()
                .map(part -> part + ".\n")
                .collect(Collectors.joining());
    }

    private TrialLedger ledger() {
        return TrialLedger.in(folder.orElseThrow(), clock);
    }
}
