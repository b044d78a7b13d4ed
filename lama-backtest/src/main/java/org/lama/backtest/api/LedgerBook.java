package org.lama.backtest.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lama.backtest.walkforward.StudySettings;
import org.lama.backtest.walkforward.TrialBook;
import org.lama.backtest.walkforward.WalkForwardStudy;
import org.lama.core.search.DataMark;
import org.lama.core.search.Trial;
import org.lama.core.store.Checksums;
import org.lama.core.store.Documents;

/**
 * Counts all trials on the same data and an overlapping window, those of the ledger and this study's, and enters the latter once the
 * study is whole.
 */
final class LedgerBook implements TrialBook {
    private final StudyRequest request;
    private final DataMark data;
    private final LedgerUse ledger;
    private List<Trial> own = List.of();
    private @Nullable IOException failure;

    LedgerBook(StudyRequest request, DataMark data, LedgerUse ledger) {
        this.request = request;
        this.data = data;
        this.ledger = ledger;
    }

    @Override
    public Count count(Tried tried, long testFromNanos, long testToNanos) {
        if (ledger.folder().isEmpty()) {
            return TrialBook.ofThisStudyOnly().count(tried, testFromNanos, testToNanos);
        }
        own = trials(tried, testFromNanos, testToNanos);
        try {
            LedgerUse.Known known = ledger.count(own, data, testFromNanos, testToNanos, tried.observations());
            return new Count(
                    known.raw(),
                    (int) Math.min(known.raw(), Math.max(1, known.onWindow())),
                    known.spread().effective(),
                    known.spread().variance(),
                    known.started());
        } catch (IOException unusable) {
            failure = unusable;
            return TrialBook.ofThisStudyOnly().count(tried, testFromNanos, testToNanos);
        }
    }

    /** Keeps the trials that were counted: of whole studies only, since a part of one has no result on its window. */
    void enter() throws IOException {
        try {
            ledger.enter(own, data);
        } catch (IOException unusable) {
            throw LedgerHome.unusable(ledger.folder().orElseThrow(), unusable);
        }
    }

    /** A study whose trials could not be counted is not reported. */
    void orThrow() throws IOException {
        if (failure != null) {
            throw LedgerHome.unusable(ledger.folder().orElseThrow(), failure);
        }
    }

    private List<Trial> trials(Tried tried, long testFromNanos, long testToNanos) {
        List<Trial> trials = new ArrayList<>();
        for (Entry entry : tried.entries()) {
            trials.add(new Trial(
                    Versions.lama(),
                    settingsHash(entry.combiner()),
                    data.dataChecksum(),
                    testFromNanos,
                    testToNanos,
                    tried.metrics(entry)));
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
