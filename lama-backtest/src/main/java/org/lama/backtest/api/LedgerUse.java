package org.lama.backtest.api;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lama.backtest.analytics.TrialSpread;
import org.lama.core.base.TimeSource;
import org.lama.core.search.DataMark;
import org.lama.core.search.Seal;
import org.lama.core.search.Trial;
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
    private static final List<String> WARNINGS =
            List.of(Seal.NOT_ENTERED_NOTE, Seal.LOST_NOTE, Seal.UNREMEMBERED_NOTE, Seal.ELSEWHERE_NOTE);

    /** No ledger: the run knows of itself alone. */
    static final LedgerUse NONE = new LedgerUse(Optional.empty(), TimeSource.fixed(0), Optional.empty());

    /** What a ledger knows of some data and a window, with the trials of a run. */
    record Known(TrialSpread spread, long onWindow, String started) {
        /** As reports show it. */
        int raw() {
            return (int) Math.min(Integer.MAX_VALUE, Math.max(1, spread.raw()));
        }
    }

    /** Finds out before the work, not after it, that the ledger is damaged or cannot be written. */
    static LedgerUse named(Path folder, TimeSource clock) throws IOException {
        TimeSource now = TimeSource.fixed(clock.nowNanos());
        try {
            probe(folder);
            LedgerHome.ledger(folder, now).contents();
        } catch (IOException | ReadOnlyFileSystemException unusable) {
            throw LedgerHome.unusable(folder, asIo(unusable));
        }
        return new LedgerUse(Optional.of(folder), now, Optional.empty());
    }

    /** The one beside the data, dated by the clock of the system. */
    static LedgerUse beside(DataRequest request) throws IOException {
        return inDefault(LedgerHome.beside(request), TimeSource.system());
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
            throw LedgerHome.unusable(folder, refused);
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
            LedgerHome.ledger(folder, now).contents();
        } catch (IOException damaged) {
            throw LedgerHome.unusable(folder, damaged);
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

    /**
     * What is there on these data and an overlapping window, with the trials of this run, which are not entered, with those
     * of other ledgers that the user's memory knows, and with those that the ledger lost: what was tried was tried.
     */
    Known count(List<Trial> own, DataMark mark, long fromNanos, long toNanos, int observations) throws IOException {
        TrialLedger.Contents contents = ledger().contents();
        List<Trial> all = joined(
                joined(contents.around(mark, fromNanos, toNanos), own), ledger().elsewhere(mark, fromNanos, toNanos));
        List<Trial> same = all.stream()
                .filter(trial -> trial.isOn(mark.dataChecksum(), fromNanos, toNanos))
                .toList();
        String begun = contents.started().map(Object::toString).orElse("");
        boolean begins = begun.isEmpty() && warning.isEmpty();
        BegunSweeps known = BegunSweeps.of(all);
        return new Known(
                TrialSpread.of(known.lines(), observations)
                        .withLost(contents.lost().trials() + known.unfinished(), observations),
                BegunSweeps.of(same).raw(),
                begins ? TimeIndex.instant(clock.nowNanos()).toString() : begun);
    }

    /** What outcomes amount to by what is there on these data and an overlapping window; nothing without a ledger. */
    KnownShares shares(DataMark mark, long fromNanos, long toNanos) throws IOException {
        return folder.isEmpty()
                ? KnownShares.NONE
                : new KnownShares(BegunSweeps.of(ledger().contents().around(mark, fromNanos, toNanos))
                        .lines());
    }

    /**
     * The lines that stand there, in their places, and behind them those that are new, where they cannot lower the bar of the others. A
     * trial that is repeated counts for what it did, or for more: a batch in which it is one of many that are alike makes none of
     * those untried with which it was compared before.
     */
    private static List<Trial> joined(List<Trial> there, List<Trial> more) {
        Map<Trial.Identity, Trial> all = new LinkedHashMap<>();
        there.forEach(trial -> all.put(trial.identity(), trial));
        more.forEach(trial -> all.merge(trial.identity(), trial, LedgerUse::larger));
        return List.copyOf(all.values());
    }

    private static Trial larger(Trial there, Trial own) {
        double before = there.metrics().getOrDefault(Trial.EFFECTIVE, Double.POSITIVE_INFINITY);
        return own.metrics().getOrDefault(Trial.EFFECTIVE, 0.0) > before ? own : there;
    }

    /** The end of the ledger for a manifest; empty without a ledger. */
    Optional<TrialLedger.Tip> tip() throws IOException {
        return folder.isPresent() ? Optional.of(ledger().contents().tip()) : Optional.empty();
    }

    /** Enters trials, if they can be; those that are there already are not entered twice. */
    void enter(List<Trial> own, DataMark mark) throws IOException {
        if (folder.isPresent() && warning.isEmpty()) {
            ledger().appendAll(own, Optional.of(mark));
        }
    }

    /** What the ledger has lost, in a sentence; empty if nothing is missing. */
    String lost() throws IOException {
        if (folder.isEmpty()) {
            return "";
        }
        try {
            return ledger().contents().lost().sentence();
        } catch (IOException unusable) {
            throw LedgerHome.unusable(folder.get(), unusable);
        }
    }

    /** The warning as the notes of series carry it into results, a line for each; empty if trials were entered. */
    static String warnings(Stream<String> notes) {
        return notes.flatMap(note -> Stream.of(note.split(Pattern.quote(Seal.NOTE_SEPARATOR), -1)))
                .filter(part -> WARNINGS.stream().anyMatch(part::startsWith))
                .distinct()
                .map(part -> part + ".\n")
                .collect(Collectors.joining());
    }

    private TrialLedger ledger() {
        return LedgerHome.ledger(folder.orElseThrow(), clock);
    }
}
