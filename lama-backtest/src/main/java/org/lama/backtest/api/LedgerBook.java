package org.lama.backtest.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lama.backtest.walkforward.StudySettings;
import org.lama.backtest.walkforward.TrialBook;
import org.lama.backtest.walkforward.WalkForwardStudy;
import org.lama.core.base.TimeSource;
import org.lama.core.search.Trial;
import org.lama.core.search.TrialCounts;
import org.lama.core.search.TrialLedger;
import org.lama.core.series.TimeIndex;
import org.lama.core.store.Checksums;
import org.lama.core.store.Documents;

/**
 * Counts all trials on the same data and window, those of the ledger and this study's, and enters the latter once the
 * study is whole.
 */
final class LedgerBook implements TrialBook {
    private final StudyRequest request;
    private final String dataChecksum;
    private final Optional<Path> ledgerFolder;
    private final long now;
    private List<Trial> own = List.of();
    private @Nullable IOException failure;

    LedgerBook(StudyRequest request, String dataChecksum, Optional<Path> ledgerFolder, TimeSource clock) {
        this.request = request;
        this.dataChecksum = dataChecksum;
        this.ledgerFolder = ledgerFolder;
        now = clock.nowNanos();
    }

    /** Finds out before the work, not after it, that the ledger is damaged or cannot be written. */
    void requireUsable() throws IOException {
        if (ledgerFolder.isPresent()) {
            requireUsable(ledgerFolder.get(), TimeSource.fixed(now));
        }
    }

    /** The same for any folder. */
    static void requireUsable(Path folder, TimeSource clock) throws IOException {
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, ".trials", ".tmp"));
            TrialLedger.in(folder, clock).contents();
        } catch (IOException unusable) {
            throw unusable(folder, unusable);
        }
    }

    @Override
    public Count count(List<Entry> entries, long testFromNanos, long testToNanos) {
        if (ledgerFolder.isEmpty()) {
            return TrialBook.ofThisStudyOnly().count(entries, testFromNanos, testToNanos);
        }
        own = trials(entries, testFromNanos, testToNanos);
        try {
            TrialLedger.Contents contents = ledger(ledgerFolder.get()).contents();
            List<Trial> all = new ArrayList<>(contents.on(dataChecksum, testFromNanos, testToNanos));
            all.removeIf(earlier -> own.stream().anyMatch(earlier::isSameTrialAs));
            all.addAll(own);
            TrialCounts counts = TrialCounts.of(all);
            int raw = (int) Math.min(Integer.MAX_VALUE, counts.raw());
            return new Count(
                    raw,
                    Math.max(1, Math.min(raw, counts.effective())),
                    counts.variance(),
                    contents.started().orElse(TimeIndex.instant(now)).toString());
        } catch (IOException unusable) {
            failure = unusable;
            return TrialBook.ofThisStudyOnly().count(entries, testFromNanos, testToNanos);
        }
    }

    /** Keeps the trials that were counted: of whole studies only, since a part of one has no result on its window. */
    void enter() throws IOException {
        if (ledgerFolder.isPresent()) {
            Path folder = ledgerFolder.get();
            try {
                ledger(folder).appendAll(own);
            } catch (IOException unusable) {
                throw unusable(folder, unusable);
            }
        }
    }

    /** {@code .lama} beside the data, or in the working directory. */
    static Path beside(DataRequest request) {
        Path beside = request.path()
                .map(path ->
                        Optional.ofNullable(path.toAbsolutePath().getParent()).orElse(path))
                .orElse(Path.of(""));
        Path ledger = beside.resolve(".lama");
        return Files.isWritable(beside) || Files.isWritable(ledger) ? ledger : Path.of(".lama");
    }

    private TrialLedger ledger(Path folder) {
        return TrialLedger.in(folder, TimeSource.fixed(now));
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

    /** A study whose trials could not be counted is not reported. */
    void orThrow() throws IOException {
        if (failure != null) {
            throw unusable(ledgerFolder.orElseThrow(), failure);
        }
    }

    private List<Trial> trials(List<Entry> entries, long testFromNanos, long testToNanos) {
        List<Trial> trials = new ArrayList<>();
        for (Entry entry : entries) {
            trials.add(new Trial(
                    Versions.lama(),
                    settingsHash(entry.combiner()),
                    dataChecksum,
                    testFromNanos,
                    testToNanos,
                    Map.of(Trial.SHARPE_PER_PERIOD, entry.sharpePerPeriod(), TrialCounts.WEIGHT, entry.weight())));
        }
        return trials;
    }

    private String settingsHash(String combiner) {
        boolean switching = combiner.equals(WalkForwardStudy.SWITCHING);
        StudySettings study =
                (switching ? request.study() : request.study().withCombiner(combiner)).withCombinerSwitching(switching);
        StudyRequest anywhere = new StudyRequest(DataRequest.synthetic(), study);
        String text = Documents.compactJson(StudyConfig.document(anywhere).get("study")) + " " + study.kind();
        return Checksums.sha256(text.getBytes(StandardCharsets.UTF_8));
    }
}
