package org.lama.backtest.api;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.lama.core.base.Check;
import org.lama.core.base.Issue;
import org.lama.core.data.BarFiles;
import org.lama.core.data.DataException;
import org.lama.core.data.DatasetProvider;
import org.lama.core.data.Datasets;
import org.lama.core.data.LoadOptions;
import org.lama.core.data.MarketData;
import org.lama.core.data.StoreBars;
import org.lama.core.market.Columns;
import org.lama.core.series.Frame;
import org.lama.core.series.QualityReport;
import org.lama.core.series.TimeIndex;

/** Gets the bars of a request, from files or from the synthetic market, and chooses those that a study runs on. */
final class Loading {
    private static final long DAY_NANOS = 86_400_000_000_000L;
    private static final int QUICK_SYMBOLS = 12;
    private static final int QUICK_DAYS = 3 * 365;

    private Loading() {}

    static MarketData load(DataRequest request, long seed) throws IOException {
        Check.that(
                request.joins().isEmpty() || StoreData.isStore(request),
                "joins needs a store: --store DIR or --db URL, not files of bars");
        long barNanos = request.interval().map(Duration::toNanos).orElse(0L);
        if (request.isSynthetic()) {
            MarketData market = Datasets.named(request.syntheticMarket())
                    .load(new DatasetProvider.Request(
                            seed,
                            request.syntheticAssets(),
                            request.syntheticDays(),
                            barNanos == 0 ? DAY_NANOS : barNanos));
            List<String> wanted = request.symbols().isEmpty() ? market.symbols() : request.symbols();
            List<Frame> frames = new ArrayList<>();
            for (String symbol : wanted) {
                frames.add(between(market.frame(symbol), request));
            }
            return with(market, frames);
        }
        LoadOptions options = LoadOptions.defaults()
                .withSymbols(request.symbols())
                .withRange(request.from(), request.to())
                .withBarNanos(barNanos);
        MarketData loaded = StoreData.isStore(request)
                ? StoreData.load(request, options)
                : BarFiles.load(request.path().orElseThrow(), options);
        return request.volumeInQuote() ? volumeInBase(loaded) : loaded;
    }

    private static Frame between(Frame frame, DataRequest request) throws DataException {
        int first =
                request.from().map(TimeIndex::nanos).map(frame.index()::ceiling).orElse(0);
        int end = request.to().map(TimeIndex::nanos).map(frame.index()::ceiling).orElse(frame.size());
        if (first >= end) {
            throw DataException.ofRequest(
                    request.syntheticMarket(),
                    "time",
                    frame.symbol() + " has no bar in the wanted range; its bars open from "
                            + TimeIndex.instant(frame.index().at(0)) + " to "
                            + TimeIndex.instant(frame.index().at(frame.size() - 1)),
                    "ask for another range");
        }
        return first == 0 && end == frame.size() ? frame : frame.slice(first, end);
    }

    private static MarketData with(MarketData market, List<Frame> frames) {
        List<String> kept = frames.stream().map(Frame::symbol).toList();
        return new MarketData(
                frames,
                market.quality().stream()
                        .filter(report -> kept.contains(report.symbol()))
                        .toList(),
                market.planted().stream()
                        .filter(truth -> kept.contains(truth.symbol()))
                        .toList(),
                market.plantedAnomalies().stream()
                        .filter(anomaly -> kept.contains(anomaly.symbol()))
                        .toList());
    }

    private static MarketData volumeInBase(MarketData market) {
        List<Frame> frames = new ArrayList<>();
        for (Frame frame : market.frames()) {
            String note = frame.provenance().note();
            if (!frame.has(Columns.VOLUME) || note.contains(StoreBars.VOLUME_OF_MONEY)) {
                frames.add(frame);
                continue;
            }
            double[] volume = frame.column(Columns.VOLUME).toArray();
            double[] close = frame.column(Columns.CLOSE).toArray();
            for (int t = 0; t < volume.length; t++) {
                volume[t] /= close[t];
            }
            frames.add(frame.with(Columns.VOLUME, volume)
                    .withProvenance(frame.provenance()
                            .withNote(note + (note.isEmpty() ? "" : "; ")
                                    + "volume converted from quote to base by the close")));
        }
        return new MarketData(
                frames, market.quality().stream().map(Loading::ofMoney).toList(), market.planted());
    }

    /** What is said to be money is no surprise as money. */
    private static QualityReport ofMoney(QualityReport report) {
        return report.withFindings(report.findings().stream()
                .filter(finding -> finding.reason() != Issue.Reason.VOLUME_UNIT)
                .toList());
    }

    /** All data, or for a quick study at most 12 symbols and the last three years: two years of decisions in a minute. */
    static MarketData chosen(MarketData data, boolean quick) {
        if (!quick) {
            return data;
        }
        List<Frame> frames = new ArrayList<>();
        for (Frame frame :
                data.frames().subList(0, Math.min(QUICK_SYMBOLS, data.frames().size()))) {
            int keep = (int) Math.min(frame.size(), QUICK_DAYS * (DAY_NANOS / (double) frame.barNanos()));
            frames.add(frame.slice(frame.size() - keep, frame.size()));
        }
        return with(data, frames);
    }

    /** A study of prices that never move could only say something about itself. */
    static void requireMovement(MarketData data) throws DataException {
        for (Frame frame : data.frames()) {
            if (!isConstant(frame)) {
                return;
            }
        }
        Frame first = data.frames().get(0);
        throw new DataException(
                source(first, data.quality()),
                0,
                Columns.CLOSE,
                "the close of " + (data.frames().size() == 1 ? "" : "every series, such as ") + first.symbol()
                        + " never changes, so there is nothing to trade",
                "look whether the right column is called close, or give other data");
    }

    /** Whether the closes that are there are all the same. */
    static boolean isConstant(Frame frame) {
        double seen = Double.NaN;
        for (double close : frame.column(Columns.CLOSE).toArray()) {
            if (!Double.isNaN(close)) {
                if (!Double.isNaN(seen) && close != seen) {
                    return false;
                }
                seen = close;
            }
        }
        return true;
    }

    private static String source(Frame frame, Collection<QualityReport> reports) {
        return reports.stream()
                .filter(report -> report.symbol().equals(frame.symbol()))
                .map(QualityReport::source)
                .findFirst()
                .orElse(frame.provenance().source());
    }
}
