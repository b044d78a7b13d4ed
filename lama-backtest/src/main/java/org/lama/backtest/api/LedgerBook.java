package org.lama.backtest.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lama.backtest.walkforward.StudySettings;
import org.lama.backtest.walkforward.TrialBook;
import org.lama.backtest.walkforward.WalkForwardStudy;
import org.lama.core.search.Trial;
import org.lama.core.search.TrialCounts;
import org.lama.core.store.Checksums;
import org.lama.core.store.Documents;

/**
 * Counts all trials on the same data and window, those of the ledger and this study's, and enters the latter once the
 * study is whole.
 */
final class LedgerBook implements TrialBook {
    private final StudyRequest request;
    private final String dataChecksum;
    private final LedgerUse ledger;
    private List<Trial> own = List.of();
    private @Nullable IOException failure;

    LedgerBook(StudyRequest request, String dataChecksum, LedgerUse ledger) {
        this.request = request;
        this.dataChecksum = dataChecksum;
        this.ledger = ledger;
    }

    @Override
    public Count count(List<Entry> entries, long testFromNanos, long testToNanos) {
        if (ledger.folder().isEmpty()) {
            return TrialBook.ofThisStudyOnly().count(entries, testFromNanos, testToNanos);
        }
        own = trials(entries, testFromNanos, testToNanos);
        try {
            LedgerUse.Known known = ledger.count(own, dataChecksum, testFromNanos, testToNanos);
            return new Count(
                    known.raw(),
                    Math.max(1, Math.min(known.raw(), known.counts().effective())),
                    known.counts().variance(),
                    known.started());
        } catch (IOException unusable) {
            failure = unusable;
            return TrialBook.ofThisStudyOnly().count(entries, testFromNanos, testToNanos);
        }
    }

    /** Keeps the trials that were counted: of whole studies only, since a part of one has no result on its window. */
    void enter() throws IOException {
        try {
            ledger.enter(own);
        } catch (IOException unusable) {
            throw LedgerUse.unusable(ledger.folder().orElseThrow(), unusable);
        }
    }

    /** A study whose trials could not be counted is not reported. */
    void orThrow() throws IOException {
        if (failure != null) {
            throw LedgerUse.unusable(ledger.folder().orElseThrow(), failure);
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
