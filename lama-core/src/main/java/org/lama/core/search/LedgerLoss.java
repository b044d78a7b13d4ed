package org.lama.core.search;

import java.time.Instant;
import org.lama.core.base.Api;

/**
 * What a ledger has lost. It is never forgotten. Immutable and thread-safe.
 *
 * @param lines lines that are missing, at least 0
 * @param trials trials behind them, at least 0
 * @param since when they were last known to be there
 * @param how {@code cut}, {@code begun anew} or {@code rewritten}; empty if nothing is missing
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record LedgerLoss(long lines, long trials, Instant since, String how) {
    static final LedgerLoss NONE = new LedgerLoss(0, 0, Instant.EPOCH, "");

    LedgerLoss and(long moreLines, long moreTrials, Instant known, String way) {
        return new LedgerLoss(lines + moreLines, trials + moreTrials, how.isEmpty() ? known : since, way);
    }

    /**
     * Whether something is missing.
     *
     * @return true if so
     */
    public boolean happened() {
        return !how.isEmpty();
    }

    /**
     * What is missing, in one sentence without a full stop.
     *
     * @return empty if nothing is
     */
    public String sentence() {
        return switch (how) {
            case "" -> "";
            case "rewritten" ->
                "the ledger was rewritten: it did not grow from the one that was known on " + since
                        + (trials > 0 ? ", and " + trials + " trials are missing" : "");
            default ->
                "the ledger was " + how + ": " + lines + (lines == 1 ? " line is" : " lines are")
                        + " missing, since " + since + ", with " + trials
                        + (trials == 1 ? " trial, which counts" : " trials, which count");
        };
    }
}
