package org.lama.backtest.walkforward;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.lama.backtest.sizing.Sizings;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.data.MarketData;
import org.lama.core.market.Instrument;
import org.lama.core.series.Frame;
import org.lama.core.signal.Combiner;
import org.lama.core.signal.Providers;
import org.lama.core.signal.RegimeDetector;
import org.lama.core.signal.SignalModel;

/**
 * The walk-forward study: every model is fitted on rolling windows, decides on the bars that follow, and its signals are
 * combined, sized and traded with costs. Nothing that is chosen in a window looks past it.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class WalkForwardStudy {
    /** Name of the way to combine that follows the tracking of all combiners. */
    public static final String SWITCHING = "switching";

    private final MarketData data;
    private final StudySettings settings;
    private final StudyTools tools;
    private final List<SignalModel> models;
    private final List<Combiner> combiners;
    private final RegimeDetector regime;

    private WalkForwardStudy(MarketData data, StudySettings settings, StudyTools tools) {
        this.data = data;
        this.settings = settings;
        this.tools = tools;
        List<SignalModel> found = Providers.models();
        models = settings.models().stream()
                .map(name -> Providers.named(found, name, "model"))
                .toList();
        combiners = orderedCombiners(settings.combiner());
        regime = Providers.named(Providers.regimes(), settings.regime(), "regime detector");
        Sizings.named(settings.sizing(), PortfolioEngine.sizing(settings));
    }

    /** All combiners, the configured one first. */
    private static List<Combiner> orderedCombiners(String configured) {
        List<Combiner> all = new ArrayList<>(Providers.combiners());
        Combiner first = Providers.named(all, configured, "combiner");
        all.remove(first);
        all.add(0, first);
        return List.copyOf(all);
    }

    /**
     * Runs a study.
     *
     * @param data cleaned bars
     * @param settings what is asked
     * @param tools executor, monitor, trial book and instruments
     * @return what was found; {@link StudyResult#partial()} if the monitor stopped it
     * @throws IllegalArgumentException if no series is as long as one window and a decision, or a name is unknown
     * @throws StudyInterruptedException if it was stopped before anything was finished
     */
    public static StudyResult run(MarketData data, StudySettings settings, StudyTools tools) {
        return run(data, settings, AssetRates.STANDARD, tools);
    }

    /**
     * Runs a study whose assets are judged at the rates of its rule.
     *
     * @param data cleaned bars
     * @param settings what is asked
     * @param assetRates how each asset is judged by itself
     * @param tools executor, monitor, trial book and instruments
     * @return what was found; {@link StudyResult#partial()} if the monitor stopped it
     * @throws IllegalArgumentException if no series is as long as one window and a decision, or a name is unknown
     * @throws StudyInterruptedException if it was stopped before anything was finished
     */
    public static StudyResult run(MarketData data, StudySettings settings, AssetRates assetRates, StudyTools tools) {
        return new WalkForwardStudy(
                        Check.notNull(data, "data"), Check.notNull(settings, "settings"), Check.notNull(tools, "tools"))
                .run(Check.notNull(assetRates, "assetRates"), true);
    }

    /**
     * Runs a study for its verdict alone: without the runs under other rules, without each member and with other capital.
     * What it gives besides has the same bits. For those who run hundreds of studies.
     *
     * @param data cleaned bars
     * @param settings what is asked
     * @param assetRates how each asset is judged by itself
     * @param tools executor, monitor, trial book and instruments
     * @return what was found; its {@link StudyResult#checks()} hold no rule, no ablation and one capital
     * @throws IllegalArgumentException if no series is as long as one window and a decision, or a name is unknown
     * @throws StudyInterruptedException if it was stopped before anything was finished
     */
    public static StudyResult runOnce(
            MarketData data, StudySettings settings, AssetRates assetRates, StudyTools tools) {
        return new WalkForwardStudy(
                        Check.notNull(data, "data"), Check.notNull(settings, "settings"), Check.notNull(tools, "tools"))
                .run(Check.notNull(assetRates, "assetRates"), false);
    }

    /**
     * Checks the names of models, combiner, regime detector and sizing before any data are opened.
     *
     * @param settings what is asked
     * @throws IllegalArgumentException if a name is unknown, naming the nearest one and those that exist
     */
    public static void requireNames(StudySettings settings) {
        List<SignalModel> found = Providers.models();
        settings.models().forEach(name -> Providers.named(found, name, "model"));
        Providers.named(Providers.combiners(), settings.combiner(), "combiner");
        Providers.named(Providers.regimes(), settings.regime(), "regime detector");
        Sizings.named(settings.sizing(), PortfolioEngine.sizing(settings));
    }

    /**
     * Counts the folds that a study would fit, without fitting any.
     *
     * @param data cleaned bars
     * @param settings what is asked
     * @return number of (asset, window) pairs, each with one fit per model
     */
    public static int folds(MarketData data, StudySettings settings) {
        List<Listing> listings = Universe.listings(data);
        return listings.isEmpty() ? 0 : StudyFits.count(listings, grid(listings), settings);
    }

    /**
     * Fits and combines everything and returns the strategy that trades it: what the honesty kit checks, and the object that
     * an engine runs.
     *
     * @param data cleaned bars without unexplained jumps: one listing per symbol
     * @param settings what is asked
     * @param tools executor and monitor
     * @return a strategy for these data; single-threaded, for one run
     */
    public static Strategy strategy(MarketData data, StudySettings settings, StudyTools tools) {
        StudyParts parts = new WalkForwardStudy(data, settings, tools).parts();
        Check.that(parts.listings().size() == data.symbols().size(), "data must hold one listing per symbol");
        return new PortfolioEngine(parts, settings).strategy(0);
    }

    private StudyResult run(AssetRates assetRates, boolean again) {
        StudyParts parts = parts();
        PortfolioEngine engine = new PortfolioEngine(parts, settings);
        Reruns reruns = new Reruns(settings, tools, parts, engine, new Reruns.Cast(models, combiners.get(0), regime));
        return new StudySummary(data, settings, tools, parts, engine).result(assetRates, reruns, again);
    }

    private StudyParts parts() {
        List<Listing> plain = Universe.listings(data);
        Check.that(!plain.isEmpty(), "the data hold no valid bar");
        TimeGrid grid = grid(plain);
        Check.that(StudyFits.count(plain, grid, settings) > 0, tooShort(plain));
        List<Listing> listings = tools.executor()
                .map(
                        plain.size(),
                        l -> plain.get(l)
                                .withBars(Universe.withIndicators(plain.get(l).bars(), models)));
        StudyFits fits = StudyFits.run(listings, grid, settings, models, tools);
        if (fits.retrainTimes.length == 0) {
            throw new StudyInterruptedException(
                    "interrupted before the first window was finished; nothing was written");
        }
        if (fits.partial) {
            long end = fits.retrainTimes[fits.retrainTimes.length - 1] + settings.stepDays() * 86_400_000_000_000L;
            listings = until(listings, end);
            grid = grid(listings);
        }
        Fusion fusion = new Fusion(new Fusion.Inputs(
                        listings,
                        grid,
                        fits.panels,
                        fits.byRetrain,
                        fits.retrainTimes,
                        settings.models(),
                        combiners,
                        regime,
                        settings.kind() == Instrument.Kind.SPOT))
                .run();
        List<String> ways = new ArrayList<>();
        List<double[][]> strengths = new ArrayList<>();
        if (settings.combinerSwitching()) {
            ways.add(SWITCHING);
            strengths.add(fusion.switched);
        }
        for (int c = 0; c < combiners.size(); c++) {
            ways.add(combiners.get(c).name());
            strengths.add(fusion.strength[c]);
        }
        return new StudyParts(listings, grid, fits, fusion, List.copyOf(ways), List.copyOf(strengths));
    }

    private static List<Listing> until(List<Listing> listings, long end) {
        List<Listing> shorter = new ArrayList<>();
        for (Listing listing : listings) {
            Frame bars = listing.bars();
            int rows = bars.index().floor(end - bars.barNanos()) + 1;
            shorter.add(listing.withBars(bars.head(rows)));
        }
        return shorter;
    }

    private static TimeGrid grid(List<Listing> listings) {
        return TimeGrid.of(listings.stream().map(Listing::bars).toList());
    }

    private String tooShort(List<Listing> listings) {
        Listing longest = listings.stream()
                .max(Comparator.comparingInt(listing -> listing.bars().size()))
                .orElseThrow();
        double days = longest.bars().size() * (double) longest.bars().barNanos() / 86_400e9;
        return "no series is as long as one training window of " + settings.trainDays()
                + " days and a bar to decide on; the longest, " + longest.symbol() + ", has "
                + String.format(java.util.Locale.ROOT, "%.1f", days)
                + " days. Give longer data, or set a smaller study.trainDays in --config";
    }
}
