package org.lama.backtest.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lama.backtest.analytics.ProbabilisticSharpe;
import org.lama.backtest.analytics.TrialSpread;
import org.lama.backtest.strategies.Blueprint;
import org.lama.core.data.MarketData;
import org.lama.core.search.DataMark;
import org.lama.core.search.Trial;
import org.lama.core.store.Checksums;
import org.lama.core.store.Documents;

/** Enters a backtest into the trial ledger. */
record OwnTrial(BacktestRequest request, Blueprint blueprint, StrategyMembers members, MarketData data) {
    /** How often these data were tried, with this one; without a ledger it is the only one known. */
    BacktestOutcome.TrialCount count(String checksum, ProbabilisticSharpe sharpe, LedgerUse ledger) throws IOException {
        return count(settingsHash(), data, checksum, sharpe, ledger);
    }

    /** The same for what has no request of its own. */
    static BacktestOutcome.TrialCount count(
            String settings, MarketData data, String checksum, ProbabilisticSharpe sharpe, LedgerUse ledger)
            throws IOException {
        if (ledger.folder().isEmpty()) {
            return new BacktestOutcome.TrialCount(1, 1, 1, 0, sharpe.deflated(1, 0), "", Optional.empty());
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
        DataMark mark = MovePrints.mark(checksum, data.frames());
        List<Trial> own = List.of(
                new Trial(Versions.lama(), settings, checksum, from, to, Map.of(Trial.SHARPE_PER_PERIOD, perPeriod)));
        try {
            ledger.enter(own, mark);
            LedgerUse.Known known = ledger.count(own, mark, from, to, sharpe.observations());
            TrialSpread spread = known.spread();
            return new BacktestOutcome.TrialCount(
                    known.raw(),
                    known.onWindow(),
                    spread.effective(),
                    spread.variance(),
                    sharpe.deflated(spread.effective(), spread.variance()),
                    known.started(),
                    ledger.tip());
        } catch (IOException unusable) {
            throw LedgerHome.unusable(ledger.folder().get(), unusable);
        }
    }

    /** The strategy's code, its parameters and all settings, wherever the data and the code lie. */
    String settingsHash() {
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
