package org.lama.backtest.walkforward;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.lama.backtest.analytics.BootstrapResult;
import org.lama.backtest.analytics.BreakEven;
import org.lama.backtest.analytics.Metric;
import org.lama.backtest.analytics.PerformanceMetrics;
import org.lama.backtest.analytics.ProbabilisticSharpe;
import org.lama.backtest.analytics.StationaryBootstrap;
import org.lama.backtest.cost.SlippageModel;
import org.lama.core.base.Seeds;
import org.lama.core.data.MarketData;
import org.lama.core.market.Columns;
import org.lama.core.series.Frame;
import org.lama.core.series.QualityReport;
import org.lama.core.series.Series;
import org.lama.core.signal.RegimeLabel;

/** Trades the fused signals and gathers everything a {@link StudyResult} holds. */
final class StudySummary {
    private static final double[] COST_MULTIPLES = {0, 1, 2, 3};
    private static final int LARGEST_MULTIPLE = 10;
    private static final long BOOTSTRAP_STREAM = -1;
    private static final double CONFIDENCE = 0.95;
    private static final int FEW_BARS = 20;
    private static final int VETOES_KEPT = 20;
    private static final int FITS_KEPT = 3;

    private final MarketData data;
    private final StudySettings settings;
    private final StudyTools tools;
    private final StudyParts parts;
    private final PortfolioEngine engine;

    StudySummary(MarketData data, StudySettings settings, StudyTools tools, StudyParts parts, PortfolioEngine engine) {
        this.data = data;
        this.settings = settings;
        this.tools = tools;
        this.parts = parts;
        this.engine = engine;
    }

    StudyResult result(AssetRates assetRates, Reruns reruns, boolean again) {
        List<PortfolioRun> byCombiner = tools.executor().map(parts.combiners().size(), c -> engine.trade(c, 1));
        List<PortfolioRun> byCost = tools.executor()
                .map(
                        COST_MULTIPLES.length,
                        i -> COST_MULTIPLES[i] == 1 ? byCombiner.get(0) : engine.trade(0, COST_MULTIPLES[i]));
        PortfolioRun main = byCombiner.get(0);
        PortfolioRun benchmark = engine.benchmark();
        tools.monitor().progress("portfolios", 1, 1);
        StudyResult.Significance significance = significance(main, byCombiner, byCost);
        return new StudyResult(
                settings,
                data.barNanos(),
                series(),
                curve(main, benchmark),
                metrics(main, benchmark),
                metrics(benchmark, benchmark),
                significance,
                costPoints(byCost),
                slippageModels(main),
                folds(),
                combiners(byCombiner),
                new AssetReview(data, settings, tools, parts, engine, main).assets(assetRates),
                regimes(main),
                main.trades(),
                dropped(),
                data.planted(),
                activity(),
                vetoes(),
                delisting(main),
                models(),
                reruns.checks(byCombiner, again),
                parts.fits().partial);
    }

    private List<StudyResult.SeriesInfo> series() {
        List<StudyResult.SeriesInfo> all = new ArrayList<>();
        for (Frame frame : data.frames()) {
            QualityReport quality = data.quality().stream()
                    .filter(report -> report.symbol().equals(frame.symbol()))
                    .findFirst()
                    .orElseGet(() -> new QualityReport(
                            frame.symbol(),
                            frame.provenance().source(),
                            frame.size(),
                            frame.size(),
                            frame.size(),
                            0,
                            0,
                            frame.barNanos(),
                            List.of()));
            all.add(new StudyResult.SeriesInfo(
                    frame.symbol(),
                    tools.instruments().apply(frame.symbol()).id(),
                    frame.size(),
                    frame.size() == 0 ? 0 : frame.index().at(0),
                    frame.size() == 0 ? 0 : frame.availableAt(frame.size() - 1),
                    frame.provenance(),
                    quality));
        }
        return all;
    }

    private StudyResult.EquityCurve curve(PortfolioRun main, PortfolioRun benchmark) {
        RegimeLabel[] regimes = Arrays.copyOfRange(
                parts.fusion().regimes,
                parts.fusion().regimes.length - main.closes().length,
                parts.fusion().regimes.length);
        return new StudyResult.EquityCurve(main.closes(), main.equity(), benchmark.equity(), main.exposure(), regimes);
    }

    private Map<String, Double> metrics(PortfolioRun run, PortfolioRun benchmark) {
        PerformanceMetrics metrics = PerformanceMetrics.of(run.returns(), benchmark.returns(), 365);
        Map<String, Double> values = new LinkedHashMap<>();
        for (Metric metric : Metric.values()) {
            if (metric.isInStudies()) {
                values.put(metric.key(), metrics.value(metric));
            }
        }
        double gross = run.equity()[run.equity().length - 1] - settings.cash() + run.costs();
        long wins = run.trades().stream().filter(trade -> trade.pnl() > 0).count();
        double profit =
                run.trades().stream().mapToDouble(StudyResult.TradeRow::pnl).sum();
        int trips = run.trades().size();
        values.put("exposure", Arrays.stream(run.exposure()).average().orElse(Double.NaN));
        values.put("turnoverAnnual", run.turnoverAnnual());
        values.put("costs", run.costs());
        values.put("costShare", gross > 0 ? run.costs() / gross : Double.NaN);
        values.put("roundTrips", (double) trips);
        values.put("tradeWinRate", trips > 0 ? (double) wins / trips : Double.NaN);
        values.put("profitPerTrade", trips > 0 ? profit / trips : Double.NaN);
        return values;
    }

    private StudyResult.Significance significance(
            PortfolioRun main, List<PortfolioRun> byCombiner, List<PortfolioRun> byCost) {
        double[] returns = main.returns();
        ProbabilisticSharpe psr = ProbabilisticSharpe.of(returns);
        double[][] tried = byCombiner.stream().map(PortfolioRun::returns).toArray(double[][]::new);
        long testTo = main.closes()[main.closes().length - 1];
        TrialBook.Count count = tools.trials()
                .count(TrialBook.Tried.of(parts.combiners(), tried), parts.fits().retrainTimes[0], testTo);
        double effective = count.effective();
        BootstrapResult bootstrap = StationaryBootstrap.of(
                        settings.bootstrapSamples(), Seeds.derive(settings.seed(), BOOTSTRAP_STREAM))
                .run(returns);
        double year = 365;
        double root = Math.sqrt(year);
        return new StudyResult.Significance(
                (testTo - parts.fits().retrainTimes[0]) / 86_400e9,
                returns.length,
                psr.sharpePerPeriod() * root,
                bootstrap.sharpePerPeriod().low() * root,
                bootstrap.sharpePerPeriod().high() * root,
                bootstrap.mean().estimate() * year,
                bootstrap.mean().low() * year,
                bootstrap.mean().high() * year,
                bootstrap.blockLength(),
                psr.probability(0),
                psr.deflated(effective, count.variance()),
                Double.NaN,
                psr.minimumTrackRecord(0, CONFIDENCE),
                count.raw(),
                count.onWindow(),
                effective,
                count.ledgerStarted(),
                breakEven(byCost),
                bootstrap.mean().lowerBound() * year,
                count.variance());
    }

    private double breakEven(List<PortfolioRun> byCost) {
        return BreakEven.rerun(
                multiple -> (multiple < byCost.size() ? byCost.get((int) multiple) : engine.trade(0, multiple))
                        .totalReturn(settings.cash()),
                LARGEST_MULTIPLE);
    }

    private List<StudyResult.CostPoint> costPoints(List<PortfolioRun> byCost) {
        List<StudyResult.CostPoint> points = new ArrayList<>();
        for (int i = 0; i < COST_MULTIPLES.length; i++) {
            PortfolioRun run = byCost.get(i);
            PerformanceMetrics metrics = PerformanceMetrics.of(run.returns(), 365);
            points.add(new StudyResult.CostPoint(
                    COST_MULTIPLES[i],
                    run.totalReturn(settings.cash()),
                    metrics.sharpe(),
                    metrics.maximumDrawdown(),
                    run.costs()));
        }
        return points;
    }

    private List<StudyResult.SlippagePoint> slippageModels(PortfolioRun main) {
        List<StudyResult.SlippagePoint> points = new ArrayList<>();
        for (SlippageModel model : SlippageModel.values()) {
            boolean configured = model == settings.slippageModel();
            PortfolioRun run = configured ? main : engine.withSlippage(model);
            PerformanceMetrics metrics = PerformanceMetrics.of(run.returns(), 365);
            points.add(new StudyResult.SlippagePoint(
                    model,
                    settings.withSlippageModel(model).cost().describe(),
                    configured,
                    run.totalReturn(settings.cash()),
                    metrics.sharpe(),
                    metrics.maximumDrawdown(),
                    run.costs()));
        }
        return points;
    }

    private List<StudyResult.FoldOutcome> folds() {
        int momentum = Math.max(0, settings.models().indexOf("momentum"));
        List<StudyResult.FoldOutcome> outcomes = new ArrayList<>();
        for (List<FoldFit> date : parts.fits().byRetrain) {
            for (FoldFit fit : date) {
                Listing listing = parts.listings().get(fit.listing);
                Frame bars = listing.bars();
                int last = Math.min(fit.fold.testTo(), bars.size()) - 1;
                outcomes.add(new StudyResult.FoldOutcome(
                        listing.symbol(),
                        bars.index().at(fit.fold.trainFrom()),
                        bars.availableAt(fit.fold.trainTo() - 1),
                        bars.availableAt(fit.fold.testFrom()),
                        bars.availableAt(last),
                        fit.fold.complete(),
                        fit.outcomes[momentum],
                        fit.titles[momentum],
                        fit.inSample(bars, settings.kind()),
                        fit.outOfSample(bars, parts.fits().panels[fit.listing], settings.kind())));
            }
        }
        return outcomes;
    }

    /** In the order of the listings; without the assets whose last fold was not reached. */
    private List<StudyResult.LastModel> models() {
        int momentum = Math.max(0, settings.models().indexOf("momentum"));
        Map<Integer, StudyResult.LastModel> byListing = new TreeMap<>();
        for (List<FoldFit> date : parts.fits().byRetrain) {
            for (FoldFit fit : date) {
                if (!fit.summaries.isEmpty()) {
                    Listing listing = parts.listings().get(fit.listing);
                    Frame train = listing.bars().slice(fit.fold.trainFrom(), fit.fold.trainTo());
                    double[] close = train.column(Columns.CLOSE).toArray();
                    Arrays.setAll(close, i -> close[i] > 0 ? Math.log(close[i]) : Double.NaN);
                    byListing.put(
                            fit.listing,
                            new StudyResult.LastModel(
                                    listing.symbol(),
                                    Series.of("log close", train.index(), close),
                                    fit.summaries.get(momentum)));
                }
            }
        }
        return List.copyOf(byListing.values());
    }

    private List<StudyResult.CombinerOutcome> combiners(List<PortfolioRun> runs) {
        List<PerformanceMetrics> metrics = runs.stream()
                .map(run -> PerformanceMetrics.of(run.returns(), 365))
                .toList();
        double[] sharpes =
                metrics.stream().mapToDouble(PerformanceMetrics::sharpe).toArray();
        int best = 0;
        for (int c = 1; c < sharpes.length; c++) {
            best = sharpes[c] > sharpes[best] || Double.isNaN(sharpes[best]) ? c : best;
        }
        List<StudyResult.CombinerOutcome> outcomes = new ArrayList<>();
        for (int c = 0; c < sharpes.length; c++) {
            PortfolioRun run = runs.get(c);
            outcomes.add(new StudyResult.CombinerOutcome(
                    parts.combiners().get(c),
                    run.totalReturn(settings.cash()),
                    sharpes[c],
                    metrics.get(c).maximumDrawdown(),
                    run.turnoverAnnual(),
                    c == 0,
                    c == best));
        }
        return outcomes;
    }

    private List<StudyResult.RegimeOutcome> regimes(PortfolioRun run) {
        double barsPerYear = 365 * parts.grid().barsPerDay();
        int offset = parts.fusion().regimes.length - run.closes().length;
        List<StudyResult.RegimeOutcome> outcomes = new ArrayList<>();
        for (RegimeLabel label : RegimeLabel.values()) {
            double[] held = new double[run.closes().length];
            int count = 0;
            for (int i = 1; i < held.length; i++) {
                if (parts.fusion().regimes[offset + i - 1] == label) {
                    held[count++] = run.equity()[i] / run.equity()[i - 1] - 1;
                }
            }
            double[] returns = Arrays.copyOf(held, count);
            PerformanceMetrics metrics = PerformanceMetrics.of(returns, barsPerYear);
            outcomes.add(new StudyResult.RegimeOutcome(
                    label,
                    held.length > 1 ? (double) count / (held.length - 1) : 0,
                    count > 0 ? metrics.value(Metric.MEAN) * barsPerYear : Double.NaN,
                    count >= FEW_BARS ? metrics.sharpe() : Double.NaN));
        }
        return outcomes;
    }

    private List<StudyResult.Dropped> dropped() {
        boolean[] active = new boolean[parts.listings().size()];
        parts.fits().byRetrain.forEach(date -> date.forEach(fit -> active[fit.listing] = true));
        List<StudyResult.Dropped> dropped = new ArrayList<>();
        for (int l = 0; l < active.length; l++) {
            Listing listing = parts.listings().get(l);
            if (!active[l]) {
                double days = listing.bars().size() / parts.grid().barsPerDay();
                dropped.add(new StudyResult.Dropped(
                        listing.symbol(),
                        String.format(
                                java.util.Locale.ROOT,
                                "%.0f days of history; a training window of %d days and a decision after it are needed",
                                days,
                                settings.trainDays())));
            }
        }
        for (Frame frame : data.frames()) {
            if (parts.listings().stream().noneMatch(listing -> listing.asset().equals(frame.symbol()))) {
                dropped.add(new StudyResult.Dropped(frame.symbol(), "no valid bar"));
            }
        }
        return dropped;
    }

    private List<StudyResult.MemberActivity> activity() {
        List<StudyResult.MemberActivity> activity = new ArrayList<>();
        for (int m = 0; m < settings.models().size(); m++) {
            int directional = 0;
            int risk = 0;
            int neutral = 0;
            for (List<FoldFit> date : parts.fits().byRetrain) {
                for (FoldFit fit : date) {
                    directional += fit.wasDirectional(m) ? 1 : 0;
                    risk += fit.wasRiskOnly(m) ? 1 : 0;
                    neutral += !fit.wasDirectional(m) && !fit.wasRiskOnly(m) ? 1 : 0;
                }
            }
            activity.add(new StudyResult.MemberActivity(
                    settings.models().get(m),
                    directional,
                    risk,
                    neutral,
                    parts.fusion().meanWeight(m),
                    parts.fusion().meanContribution(m),
                    fits(m)));
        }
        return activity;
    }

    /** What a member's fits were, the most frequent first. */
    private List<String> fits(int member) {
        Map<String, Integer> counts = new TreeMap<>();
        int all = 0;
        for (List<FoldFit> date : parts.fits().byRetrain) {
            for (FoldFit fit : date) {
                counts.merge(fit.titles[member], 1, Integer::sum);
                all++;
            }
        }
        int folds = all;
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(FITS_KEPT)
                .map(entry -> entry.getKey() + ": " + entry.getValue() + " of " + folds)
                .toList();
    }

    private List<StudyResult.Veto> vetoes() {
        List<StudyResult.Veto> vetoes = new ArrayList<>();
        parts.fusion().vetoes().forEach((reason, count) -> vetoes.add(new StudyResult.Veto(reason, count)));
        vetoes.sort(Comparator.comparingInt(StudyResult.Veto::decisions)
                .reversed()
                .thenComparing(StudyResult.Veto::reason));
        return vetoes.subList(0, Math.min(VETOES_KEPT, vetoes.size()));
    }

    private List<StudyResult.DelistingPoint> delisting(PortfolioRun main) {
        List<PortfolioRun> runs = tools.executor().map(2, i -> engine.withDelisting(i));
        List<StudyResult.DelistingPoint> points = new ArrayList<>();
        points.add(delistingPoint(0, runs.get(0)));
        points.add(delistingPoint(0.5, main));
        points.add(delistingPoint(1, runs.get(1)));
        return points;
    }

    private StudyResult.DelistingPoint delistingPoint(double haircut, PortfolioRun run) {
        double sharpe = PerformanceMetrics.of(run.returns(), 365).sharpe();
        return new StudyResult.DelistingPoint(haircut, run.totalReturn(settings.cash()), sharpe);
    }
}
