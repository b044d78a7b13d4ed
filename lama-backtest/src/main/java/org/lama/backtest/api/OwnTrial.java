package org.lama.backtest.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.lama.backtest.analytics.ProbabilisticSharpe;
import org.lama.backtest.strategies.Blueprint;
import org.lama.core.base.TimeSource;
import org.lama.core.data.MarketData;
import org.lama.core.search.Trial;
import org.lama.core.search.TrialCounts;
import org.lama.core.search.TrialLedger;
import org.lama.core.series.TimeIndex;
import org.lama.core.store.Checksums;
import org.lama.core.store.Documents;

/** Enters a backtest into the trial ledger. */
record OwnTrial(BacktestRequest request, Blueprint blueprint, StrategyMembers members, MarketData data) {
    /** How often these data were tried, with this one; without a ledger it is the only one known. */
    BacktestOutcome.TrialCount count(
            String checksum, ProbabilisticSharpe sharpe, Optional<Path> ledger, TimeSource clock) throws IOException {
        if (ledger.isEmpty()) {
            return new BacktestOutcome.TrialCount(1, 0, sharpe.deflated(1, 0), "");
        }
        double perPeriod = Double.isInfinite(sharpe.sharpePerPeriod()) ? Double.NaN : sharpe.sharpePerPeriod();
        long from = data.frames().stream()
                .mapToLong(frame -> frame.index().at(0))
                .min()
                .orElse(0);
        long to = data.frames().stream()
                .mapToLong(frame -> frame.availableAt(frame.size() - 1))
                .max()
                .orElse(1);
        Trial own = new Trial(
                Versions.lama(), settingsHash(), checksum, from, to, Map.of(Trial.SHARPE_PER_PERIOD, perPeriod));
        TrialLedger book = TrialLedger.in(ledger.get(), TimeSource.fixed(clock.nowNanos()));
        try {
            book.append(own);
            TrialLedger.Contents contents = book.contents();
            TrialCounts all = TrialCounts.of(contents.on(checksum, from, to));
            double variance = all.variance();
            int raw = (int) Math.min(Integer.MAX_VALUE, Math.max(1, all.raw()));
            return new BacktestOutcome.TrialCount(
                    raw,
                    variance,
                    sharpe.deflated(raw, variance),
                    contents.started()
                            .orElse(TimeIndex.instant(clock.nowNanos()))
                            .toString());
        } catch (IOException unusable) {
            throw LedgerBook.unusable(ledger.get(), unusable);
        }
    }

    /** The strategy's code, its parameters and all settings, wherever the data and the code lie. */
    private String settingsHash() {
        return settingsHash(blueprint.effective(request.parameters()));
    }

    /** The same with other effective parameters. */
    String settingsHash(Map<String, String> parameters) {
        BacktestRequest anywhere = request.withData(DataRequest.synthetic()).withQuick(false);
        BacktestTerms terms = request.terms().anywhere();
        String more = terms.equals(BacktestTerms.NONE) ? "" : " " + terms;
        String text = members.codeSha256() + " " + request.data().kind() + " " + parameters + " "
                + Documents.compactJson(BacktestConfig.document(anywhere).get("backtest"))
                + more;
        return Checksums.sha256(text.getBytes(StandardCharsets.UTF_8));
    }
}
