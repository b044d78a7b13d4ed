package org.lama.backtest.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lama.backtest.analytics.ProbabilisticSharpe;
import org.lama.backtest.cost.FeeSchedule;
import org.lama.backtest.matching.FillRules;
import org.lama.backtest.matching.QueueModel;
import org.lama.backtest.replay.MarketResult;
import org.lama.backtest.replay.MidPath;
import org.lama.backtest.replay.PnlSplit;
import org.lama.backtest.replay.Replay;
import org.lama.backtest.replay.ReplayMarket;
import org.lama.backtest.replay.ReplayRecorder;
import org.lama.backtest.replay.ReplaySettings;
import org.lama.backtest.report.ReplayRun;
import org.lama.backtest.strategies.Blueprint;
import org.lama.core.base.Check;
import org.lama.core.data.DataException;
import org.lama.core.search.DataMark;
import org.lama.core.search.Trial;
import org.lama.core.series.TimeIndex;
import org.lama.core.store.Checksums;

/** Replays the strategy of a request over a book under each queue model, and as the fiction of fills by touch. */
final class ReplayRunner {
    private static final long[] HORIZONS = {1_000_000_000L, 10_000_000_000L};
    private static final String TOUCH = "fills by touch";

    private final ReplayRequest request;
    private final Book book;
    private final Blueprint blueprint;

    private ReplayRunner(ReplayRequest request, Book book) throws IOException {
        this.request = request;
        this.book = book;
        blueprint = request.blueprint();
    }

    static BookReplay run(ReplayRequest request, Book book, LedgerUse ledger) throws IOException {
        Check.that(
                !book.request().format().equals("sampled-levels"),
                "format sampled-levels gives features but no fills: samples say nothing about what happened between"
                        + " them; replay a feed of changes");
        Check.that(
                !book.request().format().equals("binance-coinm"),
                "format binance-coinm holds inverse contracts, whose profit is in the coin, and the replay knows linear"
                        + " ones only; use 'lama book show' and 'lama book features' there");
        if (!(book.validShare() > 0)) {
            throw new DataException(
                    book.request()
                            .file()
                            .map(String::valueOf)
                            .orElse(book.request().symbol()),
                    0,
                    "",
                    "the book must be valid for some time, it never was: nothing can fill",
                    "see what 'lama book show' says is wrong, and record from a snapshot on");
        }
        return new ReplayRunner(request, book).run(ledger);
    }

    private BookReplay run(LedgerUse ledger) throws IOException {
        Map<String, String> parameters = blueprint.effective(request.parameters());
        MidPath mids = MidPath.of(book.feed());
        List<ReplayRun> runs = new ArrayList<>();
        for (String queue : request.queues()) {
            runs.add(one(queue, ReplayRequest.queue(queue), request.rules(), mids));
        }
        Optional<ReplayRun> touch = blueprint.isRepeatable()
                ? Optional.of(one(TOUCH, new QueueModel.Touch(), FillRules.whole(), mids))
                : Optional.empty();
        return new BookReplay(request, parameters, blueprint.codeSha256(), book, runs, touch, count(ledger, runs));
    }

    private ReplayRun one(String name, QueueModel queue, FillRules rules, MidPath mids) throws IOException {
        ReplayMarket market = ReplayMarket.of(book.request().symbol(), book.feed())
                .withQueue(queue)
                .withRules(rules)
                .withLatency(request.latency())
                .withFees(FeeSchedule.makerTaker(request.makerFee(), request.takerFee()));
        ReplayRecorder recorder = ReplayRecorder.of(blueprint.create(request.parameters()));
        MarketResult result =
                Replay.run(recorder, market, ReplaySettings.DEFAULT).market(0);
        PnlSplit split = PnlSplit.of(book.feed().scale(), recorder.fills(0), mids, HORIZONS);
        return new ReplayRun(name, result, split, recorder.fills(0), recorder.quotes(0), recorder.lengthNanos());
    }

    /** One trial, whatever the number of queue models: they are views of one choice. */
    private BookReplay.Trials count(LedgerUse ledger, List<ReplayRun> runs) throws IOException {
        double[] profit = runs.get(0).split().minutes().profit();
        double sharpe =
                profit.length < 2 ? Double.NaN : ProbabilisticSharpe.of(profit).sharpePerPeriod();
        if (ledger.folder().isEmpty()) {
            return new BookReplay.Trials(1, 1, "", Optional.empty());
        }
        DataMark mark = DataMark.of(book.checksum());
        long from = TimeIndex.nanos(book.from());
        long to = TimeIndex.nanos(book.to()) + 1;
        Trial trial = new Trial(
                Versions.lama(),
                settingsHash(),
                book.checksum(),
                from,
                to,
                Map.of(Trial.SHARPE_PER_PERIOD, Double.isInfinite(sharpe) ? Double.NaN : sharpe));
        try {
            ledger.enter(List.of(trial), mark);
            LedgerUse.Known known = ledger.count(List.of(trial), mark, from, to, profit.length);
            return new BookReplay.Trials(known.raw(), known.spread().effective(), known.started(), ledger.tip());
        } catch (IOException unusable) {
            throw LedgerHome.unusable(ledger.folder().get(), unusable);
        }
    }

    /** The code, the parameters and all rules. */
    private String settingsHash() {
        String text = "replay " + blueprint.codeSha256() + " " + blueprint.effective(request.parameters()) + " "
                + request.queues() + " " + request.orderLatency() + " " + request.answerLatency() + " "
                + request.makerFee() + " " + request.takerFee() + " " + request.participation();
        return Checksums.sha256(text.getBytes(StandardCharsets.UTF_8));
    }
}
