package org.lama.backtest.walkforward;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.lama.backtest.analytics.CapacityCurve;
import org.lama.backtest.analytics.PairedBootstrap;
import org.lama.backtest.analytics.RealityCheck;
import org.lama.backtest.analytics.StationaryBootstrap;
import org.lama.core.base.Seeds;
import org.lama.core.market.Columns;
import org.lama.core.market.Instrument;
import org.lama.core.series.Frame;
import org.lama.core.series.Series;
import org.lama.core.signal.Combiner;
import org.lama.core.signal.RegimeDetector;
import org.lama.core.signal.SignalModel;

/**
 * Runs a study again on the fits it has: rule by rule from naive to honest, without each member, with other capital. What
 * is the same in two of them is computed once.
 */
final class Reruns {
    private static final double[] CAPITALS = {0.1, 0.3, 1, 3, 10, 30, 100, 300, 1000};
    private static final double LARGEST_CASH = 1e9;
    private static final long ABLATION_STREAM = -3;
    private static final long TRIED_STREAM = -5;
    private static final long CAPACITY_STREAM = -6;

    private final StudySettings settings;
    private final StudyTools tools;
    private final StudyParts parts;
    private final PortfolioEngine engine;
    private final Cast cast;

    /** Who takes part: the members, the configured combiner, the regime detector. */
    record Cast(List<SignalModel> models, Combiner combiner, RegimeDetector regime) {}

    Reruns(StudySettings settings, StudyTools tools, StudyParts parts, PortfolioEngine engine, Cast cast) {
        this.settings = settings;
        this.tools = tools;
        this.parts = parts;
        this.engine = engine;
        this.cast = cast;
    }

    /**
     * All of it, beside the study itself.
     *
     * @param tried the portfolios of all ways to combine, the study's own first
     * @param again whether the study is run again at all
     */
    StudyChecks checks(List<PortfolioRun> tried, boolean again) {
        PortfolioRun main = tried.get(0);
        List<Double> own = list(main.returns());
        Ladder ladder = again ? ladder(main) : new Ladder(own, List.of());
        return new StudyChecks(
                ladder.naive,
                ladder.rules,
                own,
                bounds(main, main.totalReturn(settings.cash())),
                capacity(main, again ? CAPITALS : new double[] {1}),
                again ? ablation(main) : List.of(),
                parts.fusion().tracking(settings.combinerSwitching()),
                RealityCheck.of(
                        tried.stream().map(PortfolioRun::returns).toArray(double[][]::new),
                        StationaryBootstrap.of(
                                settings.bootstrapSamples(), Seeds.derive(settings.seed(), TRIED_STREAM))));
    }

    /** Every order of a study is a market order at an open, so no bar can be ambiguous; the engine counts, to be sure. */
    private static StudyChecks.IntrabarBounds bounds(PortfolioRun main, double total) {
        return new StudyChecks.IntrabarBounds(
                main.ambiguousBars(),
                total,
                total,
                "a study trades market orders at the next open, before any price inside the bar, so that both orders of"
                        + " prices give the same result; the engine counted " + main.ambiguousBars()
                        + " ambiguous bars");
    }

    /** Returns after each switch. */
    private record Ladder(List<Double> naive, List<StudyChecks.RuleSwitch> rules) {}

    private Ladder ladder(PortfolioRun main) {
        boolean[] survives = survivors();
        boolean allSurvive = allActiveSurvive(survives);
        StudyFits leaking = parts.fits().onAllRows(parts.listings(), cast.models(), settings, tools);
        PortfolioEngine.Positions fullSample = positions(leaking, all());
        PortfolioEngine.Positions naive = allSurvive ? fullSample : positions(leaking, rows(survives));
        List<PortfolioRun> runs = tools.executor().map(allSurvive ? 3 : 4, i -> switch (i) {
            case 0 -> engine.trade(naive, 0, true);
            case 1 -> engine.trade(naive, 0, false);
            case 2 -> engine.trade(naive, 1, false);
            default -> engine.trade(fullSample, 1, false);
        });
        tools.monitor().progress("waterfall", 1, 1);
        List<StudyChecks.RuleSwitch> rules = new ArrayList<>();
        rules.add(applied("fill", "in the bar that decided", "at the next open", runs.get(1)));
        rules.add(applied("costs", "none", settings.cost().describe(), runs.get(2)));
        rules.add(new StudyChecks.RuleSwitch(
                "limit orders",
                "filled at a touch",
                "filled when traded through",
                List.of(),
                "a study trades market orders only"));
        rules.add(
                allSurvive
                        ? new StudyChecks.RuleSwitch(
                                "universe",
                                "survivors",
                                "point in time",
                                List.of(),
                                "no asset of these data ends before the last " + silenceDays()
                                        + " days, so the survivors are the whole universe")
                        : applied("universe", "survivors", "point in time", runs.get(3)));
        rules.add(applied("fits and scalers", "on all rows", "on the window before", main));
        return new Ladder(list(runs.get(0).returns()), rules);
    }

    private static StudyChecks.RuleSwitch applied(String rule, String naive, String honest, PortfolioRun run) {
        return new StudyChecks.RuleSwitch(rule, naive, honest, list(run.returns()), "");
    }

    private long silenceDays() {
        return engine.delistingAfter().toDays();
    }

    /** The listings whose last price is not older than the silence after which an asset counts as gone. */
    private boolean[] survivors() {
        long end = parts.grid().close(parts.grid().size() - 1);
        boolean[] survives = new boolean[parts.listings().size()];
        for (int l = 0; l < survives.length; l++) {
            Frame bars = parts.listings().get(l).bars();
            Series close = bars.column(Columns.CLOSE);
            int last = bars.size() - 1;
            while (last >= 0 && Double.isNaN(close.get(last))) {
                last--;
            }
            survives[l] = last >= 0
                    && end - bars.availableAt(last) < engine.delistingAfter().toNanos();
        }
        return survives;
    }

    private boolean allActiveSurvive(boolean[] survives) {
        return parts.fits().byRetrain.stream().allMatch(date -> date.stream().allMatch(fit -> survives[fit.listing]));
    }

    private int[] all() {
        return IntStream.range(0, parts.listings().size()).toArray();
    }

    private static int[] rows(boolean[] chosen) {
        return IntStream.range(0, chosen.length).filter(l -> chosen[l]).toArray();
    }

    /** What the configured combiner wants when it knows some listings only; the others are never active. */
    private PortfolioEngine.Positions positions(StudyFits fits, int[] chosen) {
        int[] members = IntStream.range(0, cast.models().size()).toArray();
        Fusion fusion = fuse(fits, chosen, members);
        int count = parts.listings().size();
        double[][] strength = new double[count][];
        double[][] volatility = new double[count][];
        SignalPanel[][] panels = new SignalPanel[count][];
        for (int l = 0; l < count; l++) {
            int rows = parts.listings().get(l).bars().size();
            int at = Arrays.binarySearch(chosen, l);
            strength[l] = at < 0 ? new double[rows] : fusion.strength[0][at];
            volatility[l] = parts.fusion().volatilityAnnual[l];
            panels[l] = at < 0 ? new SignalPanel[] {new SignalPanel(rows)} : fits.panels[l];
        }
        return new PortfolioEngine.Positions(strength, volatility, panels);
    }

    private Fusion fuse(StudyFits fits, int[] chosen, int[] members) {
        List<Listing> listings = new ArrayList<>();
        SignalPanel[][] panels = new SignalPanel[chosen.length][members.length];
        for (int i = 0; i < chosen.length; i++) {
            listings.add(parts.listings().get(chosen[i]));
            for (int m = 0; m < members.length; m++) {
                panels[i][m] = fits.panels[chosen[i]][members[m]];
            }
        }
        List<List<FoldFit>> dates = new ArrayList<>();
        for (List<FoldFit> date : fits.byRetrain) {
            List<FoldFit> kept = new ArrayList<>();
            for (FoldFit fit : date) {
                int at = Arrays.binarySearch(chosen, fit.listing);
                if (at >= 0) {
                    kept.add(fit.restricted(at, members));
                }
            }
            dates.add(kept);
        }
        TimeGrid grid = chosen.length == parts.listings().size()
                ? parts.grid()
                : TimeGrid.of(listings.stream().map(Listing::bars).toList());
        List<String> names =
                Arrays.stream(members).mapToObj(m -> settings.models().get(m)).toList();
        return new Fusion(new Fusion.Inputs(
                        listings,
                        grid,
                        panels,
                        dates,
                        parts.fits().retrainTimes,
                        names,
                        List.of(cast.combiner()),
                        cast.regime(),
                        settings.kind() == Instrument.Kind.SPOT))
                .run();
    }

    private List<StudyChecks.Ablation> ablation(PortfolioRun main) {
        int count = settings.models().size();
        return tools.executor()
                .map(
                        count,
                        m -> without(m, main),
                        (done, total) -> tools.monitor().progress("ablation", done, total));
    }

    private StudyChecks.Ablation without(int member, PortfolioRun main) {
        String name = settings.models().get(member);
        int count = settings.models().size();
        if (count == 1) {
            return nothing(name, "it is the only member: without it nothing is left to combine");
        }
        int[] others = IntStream.range(0, count).filter(m -> m != member).toArray();
        Fusion fusion = fuse(parts.fits(), all(), others);
        SignalPanel[][] panels = parts.fits().panels;
        PortfolioRun run = engine.trade(
                new PortfolioEngine.Positions(fusion.strength[0], fusion.volatilityAnnual, panels), 1, false);
        StationaryBootstrap bootstrap = StationaryBootstrap.of(
                settings.bootstrapSamples(), Seeds.derive(Seeds.derive(settings.seed(), ABLATION_STREAM), member));
        List<PairedBootstrap.Difference> rows = PairedBootstrap.of(run.returns(), main.returns(), 365, bootstrap)
                .rows();
        PairedBootstrap.Difference sharpe = rows.get(0);
        PairedBootstrap.Difference mean = rows.get(1);
        String reason = Double.isNaN(sharpe.first())
                ? run.tradedNotional() == 0
                        ? "without it no trade is made, so there is no Sharpe ratio to compare with"
                        : "without it the returns have no spread"
                : Double.isNaN(sharpe.second()) ? "the study itself has no Sharpe ratio" : "";
        boolean defined = reason.isEmpty();
        return new StudyChecks.Ablation(
                name,
                sharpe.second(),
                sharpe.first(),
                sharpe.difference(),
                defined ? sharpe.low() : Double.NaN,
                defined ? sharpe.high() : Double.NaN,
                defined ? sharpe.pValue() : Double.NaN,
                mean.difference(),
                reason);
    }

    private static StudyChecks.Ablation nothing(String member, String reason) {
        double none = Double.NaN;
        return new StudyChecks.Ablation(member, none, none, none, none, none, none, none, reason);
    }

    /** Sizes that the engine cannot hold are left out. */
    private CapacityCurve capacity(PortfolioRun main, double[] multiples) {
        if (engine.knowsNoVolume()) {
            return CapacityCurve.unknown(
                    "No volume is known of most assets, so nothing says how much a larger order would"
                            + " move the price.");
        }
        double[] wanted = Arrays.stream(multiples)
                .map(k -> k * settings.cash())
                .filter(c -> c <= LARGEST_CASH)
                .toArray();
        List<Optional<double[]>> runs = tools.executor()
                .map(
                        wanted.length,
                        i -> wanted[i] == settings.cash() && engine.growsWithSize()
                                ? Optional.of(main.returns())
                                : engine.withCash(wanted[i]),
                        (done, total) -> tools.monitor().progress("capacity", done, total));
        int[] held = IntStream.range(0, wanted.length)
                .filter(i -> runs.get(i).isPresent())
                .toArray();
        double[] capitals = Arrays.stream(held).mapToDouble(i -> wanted[i]).toArray();
        return CapacityCurve.rerun(
                capitals,
                capital -> runs.get(Arrays.binarySearch(wanted, capital)).orElseThrow(),
                365,
                StationaryBootstrap.of(settings.bootstrapSamples(), Seeds.derive(settings.seed(), CAPACITY_STREAM)));
    }

    private static List<Double> list(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }
}
