package org.lama.backtest.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lama.backtest.walkforward.StudySettings;
import org.lama.backtest.walkforward.TrialBook;
import org.lama.core.base.TimeSource;
import org.lama.core.search.Trial;
import org.lama.core.search.TrialLedger;
import org.lama.core.store.Checksums;
import org.lama.core.store.Documents;

/** Enters a study's trials into the ledger, if one is kept, and counts all trials on the same data and window. */
final class LedgerBook implements TrialBook {
    private final StudyRequest request;
    private final String dataChecksum;
    private final Optional<Path> folder;
    private final TimeSource clock;
    private @Nullable IOException failure;

    LedgerBook(StudyRequest request, String dataChecksum, Optional<Path> folder, TimeSource clock) {
        this.request = request;
        this.dataChecksum = dataChecksum;
        this.folder = folder;
        this.clock = clock;
    }

    @Override
    public Count count(List<Entry> entries, long testFromNanos, long testToNanos) {
        if (folder.isEmpty()) {
            return TrialBook.ofThisStudyOnly().count(entries, testFromNanos, testToNanos);
        }
        try {
            TrialLedger ledger = TrialLedger.in(folder.get(), clock);
            ledger.appendAll(trials(entries, testFromNanos, testToNanos));
            TrialLedger.Contents contents = ledger.contents();
            double[] sharpes = contents.sharpes(dataChecksum, testFromNanos, testToNanos);
            return new Count(
                    sharpes.length,
                    TrialBook.variance(sharpes),
                    contents.started().map(Instant::toString).orElse(""));
        } catch (IOException unusable) {
            failure = unusable;
            return TrialBook.ofThisStudyOnly().count(entries, testFromNanos, testToNanos);
        }
    }

    /** A study whose trials could not be counted is not reported. */
    void orThrow() throws IOException {
        if (failure != null) {
            throw new IOException(
                    "the trial ledger cannot be used, so the trials cannot be counted: " + failure.getMessage()
                            + "; repair it or name another folder with --ledger",
                    failure);
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
                    Map.of(Trial.SHARPE_PER_PERIOD, entry.sharpePerPeriod())));
        }
        return trials;
    }

    private String settingsHash(String combiner) {
        StudySettings study = request.study().withCombiner(combiner);
        StudyRequest anywhere = new StudyRequest(DataRequest.synthetic(), study);
        String text = Documents.compactJson(StudyConfig.document(anywhere).get("study")) + " " + study.kind();
        return Checksums.sha256(text.getBytes(StandardCharsets.UTF_8));
    }
}
