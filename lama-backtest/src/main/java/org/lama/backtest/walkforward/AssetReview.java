package org.lama.backtest.walkforward;

import java.util.ArrayList;
import java.util.List;
import org.lama.backtest.analytics.BenjaminiHochberg;
import org.lama.backtest.analytics.BootstrapResult;
import org.lama.backtest.analytics.PerformanceMetrics;
import org.lama.backtest.analytics.StationaryBootstrap;
import org.lama.core.base.Seeds;
import org.lama.core.data.MarketData;
import org.lama.core.signal.FitStatus;

/**
 * Judges each asset by itself: its own strengths traded alone with the same costs, a one-sided bootstrap test of its mean
 * daily net return, and Benjamini-Hochberg over all assets.
 */
final class AssetReview {
    private static final long STREAM = -2;

    private final MarketData data;
    private final StudySettings settings;
    private final StudyTools tools;
    private final StudyParts parts;
    private final PortfolioEngine engine;
    private final PortfolioRun portfolio;

    AssetReview(
            MarketData data,
            StudySettings settings,
            StudyTools tools,
            StudyParts parts,
            PortfolioEngine engine,
            PortfolioRun portfolio) {
        this.data = data;
        this.settings = settings;
        this.tools = tools;
        this.parts = parts;
        this.engine = engine;
        this.portfolio = portfolio;
    }

    private record Judged(int listing, double sharpe, double pValue, double nonZeroDays, int roundTrips) {}

    List<StudyResult.AssetOutcome> assets(AssetRates test) {
        List<Integer> active = new ArrayList<>();
        for (int l = 0; l < parts.listings().size(); l++) {
            int listing = l;
            if (parts.fits().byRetrain.stream()
                    .anyMatch(date -> date.stream().anyMatch(fit -> fit.listing == listing))) {
                active.add(l);
            }
        }
        List<Judged> judged = tools.executor()
                .map(
                        active.size(),
                        i -> judge(active.get(i)),
                        (done, total) -> tools.monitor().progress("assets", done, total));
        double[] pValues = judged.stream()
                // Too few round trips decide nothing, as in the verdict of the whole study.
                .mapToDouble(asset -> Double.isNaN(asset.pValue()) || asset.roundTrips() < test.minimumRoundTrips()
                        ? 1
                        : asset.pValue())
                .toArray();
        BenjaminiHochberg correction = BenjaminiHochberg.of(pValues, test.falseDiscoveryRate());
        List<StudyResult.AssetOutcome> outcomes = new ArrayList<>();
        for (int i = 0; i < judged.size(); i++) {
            outcomes.add(outcome(judged.get(i), correction.adjusted(i), correction.isRejected(i)));
        }
        return outcomes;
    }

    private Judged judge(int listing) {
        PortfolioRun alone = engine.alone(listing);
        BootstrapResult test = StationaryBootstrap.of(
                        settings.bootstrapSamples(), Seeds.derive(Seeds.derive(settings.seed(), STREAM), listing))
                .run(alone.returns());
        double[] strength = parts.strengths().get(0)[listing];
        int nonZero = 0;
        for (int row = 0; row < strength.length; row++) {
            boolean wanted = settings.kind() == org.lama.core.market.Instrument.Kind.SPOT
                    ? strength[row] > 0
                    : strength[row] != 0;
            nonZero += wanted ? 1 : 0;
        }
        return new Judged(
                listing,
                PerformanceMetrics.of(alone.returns(), 365).sharpe(),
                test.pValue(),
                nonZero / parts.grid().barsPerDay(),
                alone.trades().size());
    }

    private StudyResult.AssetOutcome outcome(Judged asset, double adjusted, boolean found) {
        Listing listing = parts.listings().get(asset.listing());
        int folds = 0;
        int ok = 0;
        int rows = 0;
        int momentum = Math.max(0, settings.models().indexOf("momentum"));
        for (List<FoldFit> date : parts.fits().byRetrain) {
            for (FoldFit fit : date) {
                if (fit.listing == asset.listing()) {
                    folds++;
                    ok += fit.outcomes[momentum] == FitStatus.Outcome.OK ? 1 : 0;
                    rows += fit.fold.testTo() - fit.fold.testFrom();
                }
            }
        }
        List<StudyResult.TradeRow> trades = portfolio.trades().stream()
                .filter(trade -> trade.symbol().equals(listing.symbol()))
                .toList();
        return new StudyResult.AssetOutcome(
                listing.symbol(),
                rows / parts.grid().barsPerDay(),
                ok,
                folds,
                asset.nonZeroDays(),
                trades.size(),
                trades.stream().mapToDouble(StudyResult.TradeRow::pnl).sum(),
                asset.sharpe(),
                asset.pValue(),
                adjusted,
                found,
                data.planted().stream().anyMatch(truth -> truth.symbol().equals(listing.asset())));
    }
}
