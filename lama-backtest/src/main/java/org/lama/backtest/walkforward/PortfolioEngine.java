package org.lama.backtest.walkforward;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.lama.backtest.cost.SlippageModel;
import org.lama.backtest.cost.SquareRootCost;
import org.lama.backtest.engine.BacktestResult;
import org.lama.backtest.engine.BarEngine;
import org.lama.backtest.engine.EngineObserver;
import org.lama.backtest.engine.EngineSettings;
import org.lama.backtest.engine.Market;
import org.lama.backtest.engine.StrategyBook;
import org.lama.backtest.ledger.RoundTrip;
import org.lama.backtest.sizing.SizingSettings;
import org.lama.backtest.sizing.Sizings;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.data.MarketData;
import org.lama.core.features.LiquidityCap;
import org.lama.core.features.TradingConditions;
import org.lama.core.market.CostModel;
import org.lama.core.market.Instrument;
import org.lama.core.market.Side;
import org.lama.core.series.Frame;

/** Runs the engine over the listings of a study and cuts the result to the time from the first decision on. */
final class PortfolioEngine {
    private static final double NO_TRADE_BAND = 0.10;

    private final StudyParts parts;
    private final StudySettings settings;
    private final CostModel cost;
    private final EngineSettings engine;
    private final MarketData data;

    PortfolioEngine(StudyParts parts, StudySettings settings) {
        this.parts = parts;
        this.settings = settings;
        cost = settings.cost();
        engine = EngineSettings.DEFAULT.toBuilder()
                .cash(settings.cash())
                .kind(settings.kind())
                .limits(EngineSettings.DEFAULT.limits().toBuilder()
                        .maxSlippage(LiquidityCap.defaults().maxSlippage())
                        .build())
                .build();
        // once for all runs of the study; an engine would estimate spread and volatility for each
        List<Frame> frames = parts.listings().stream()
                .map(listing -> TradingConditions.DEFAULT.addTo(listing.bars()))
                .toList();
        data = new MarketData(frames, List.of(), List.of());
    }

    static SizingSettings sizing(StudySettings settings) {
        return new SizingSettings(settings.targetVolatility(), NO_TRADE_BAND, settings.kind() == Instrument.Kind.SPOT);
    }

    /** Whether no volume is known of more than half of the assets, so that size costs nothing it should. */
    boolean knowsNoVolume() {
        return 2 * data.withoutVolume().size() > data.frames().size();
    }

    /** How long a held asset may be silent before it is taken for gone. */
    Duration delistingAfter() {
        return engine.delistingAfter();
    }

    /** The portfolio of one combiner at a multiple of the costs. */
    PortfolioRun trade(int combiner, double costMultiple) {
        return run(data, strategy(combiner), costMultiple);
    }

    /** The configured portfolio with another model of slippage. */
    PortfolioRun withSlippage(SlippageModel model) {
        CostModel other = settings.withSlippageModel(model).cost();
        return run(data, strategy(0), engine.toBuilder().cost(other).build());
    }

    /** The configured portfolio when an asset that disappears costs another share of its last price. */
    PortfolioRun withDelisting(double haircut) {
        return run(
                data,
                strategy(0),
                engine.toBuilder()
                        .cost(cost)
                        .delisting(haircut, engine.delistingAfter())
                        .build());
    }

    /** Whether the costs asked for grow with the size of an order. */
    boolean growsWithSize() {
        return SquareRootCost.withSize(cost).equals(cost);
    }

    /**
     * The returns of the configured portfolio with another capital under costs that grow with size; empty if it outgrows the
     * numbers of the engine.
     */
    Optional<double[]> withCash(double cash) {
        try {
            return Optional.of(run(
                            data,
                            strategy(0),
                            engine.toBuilder()
                                    .cost(SquareRootCost.withSize(cost))
                                    .cash(cash)
                                    .build())
                    .returns());
        } catch (ArithmeticException tooLarge) {
            return Optional.empty();
        }
    }

    /** Another set of positions at a multiple of the costs, at the next open or, as a cheat, in the bar that decided. */
    PortfolioRun trade(Positions positions, double costMultiple, boolean sameBar) {
        EngineSettings how = engine.toBuilder().cost(cost.scaled(costMultiple)).build();
        return sameBar
                ? cut(BarEngine.runInDecidingBar(market(data), StrategyBook.of(strategy(positions)), how))
                : run(data, strategy(positions), how);
    }

    /** What the positions of a run follow from. */
    @SuppressWarnings("ArrayRecordComponent") // package-private, handed over once, never compared
    record Positions(double[][] strength, double[][] volatilityAnnual, SignalPanel[][] panels) {}

    /** The strategy of one combiner, for one run. */
    Strategy strategy(int combiner) {
        return strategy(
                new Positions(parts.strengths().get(combiner), parts.fusion().volatilityAnnual, parts.fits().panels));
    }

    private Strategy strategy(Positions positions) {
        SizingSettings sizing = sizing(settings);
        return new PositionStrategy(
                Sizings.named(settings.sizing(), sizing),
                sizing,
                positions.strength(),
                positions.volatilityAnnual(),
                positions.panels());
    }

    /** One listing traded alone with the configured combiner and costs. */
    PortfolioRun alone(int listing) {
        SizingSettings sizing = sizing(settings);
        Frame bars = data.frames().get(listing);
        PositionStrategy strategy = new PositionStrategy(
                Sizings.equalWeight(sizing),
                sizing,
                new double[][] {parts.strengths().get(0)[listing]},
                new double[][] {parts.fusion().volatilityAnnual[listing]},
                new SignalPanel[][] {parts.fits().panels[listing]});
        return run(new MarketData(List.of(bars), List.of(), List.of()), strategy, 1);
    }

    /** Equal-weight buy-and-hold of the point-in-time universe, in full size whatever the volume. */
    PortfolioRun benchmark() {
        EngineSettings uncapped = engine.toBuilder()
                .cost(cost)
                .limits(engine.limits().withoutLiquidityCap())
                .build();
        return run(data, new BuyAndHold(parts.fits().panels), uncapped);
    }

    private Market market(MarketData bars) {
        return FundedMarket.of(bars, settings.kind() == Instrument.Kind.PERP);
    }

    private PortfolioRun run(MarketData bars, Strategy strategy, double costMultiple) {
        return run(
                bars,
                strategy,
                engine.toBuilder().cost(cost.scaled(costMultiple)).build());
    }

    private PortfolioRun run(MarketData bars, Strategy strategy, EngineSettings how) {
        return cut(BarEngine.run(market(bars), StrategyBook.of(strategy), how, EngineObserver.SILENT));
    }

    private PortfolioRun cut(BacktestResult result) {
        int from = result.times().ceiling(parts.fits().retrainTimes[0]);
        int to = result.times().size();
        long[] closes = result.times().copyRange(from, to);
        double[] equity = Arrays.copyOfRange(result.equity(), from, to);
        return new PortfolioRun(
                closes,
                equity,
                Arrays.copyOfRange(result.exposure(), from, to),
                DailyReturns.of(closes, equity, result.capital()),
                result.totalFees() + result.slippageCost(),
                result.tradedNotional(),
                trades(result),
                result.ambiguousBars());
    }

    private static List<StudyResult.TradeRow> trades(BacktestResult result) {
        List<StudyResult.TradeRow> rows = new ArrayList<>();
        for (RoundTrip trip : result.roundTrips()) {
            rows.add(new StudyResult.TradeRow(
                    trip.symbol(),
                    trip.side() == Side.BUY ? "LONG" : "SHORT",
                    trip.entryNanos(),
                    trip.exitNanos(),
                    trip.entryPrice(),
                    trip.exitPrice(),
                    trip.quantity(),
                    trip.fees(),
                    trip.slippage(),
                    trip.pnl()));
        }
        rows.sort(Comparator.comparingLong(StudyResult.TradeRow::entryTime)
                .thenComparing(StudyResult.TradeRow::symbol)
                .thenComparingLong(StudyResult.TradeRow::exitTime));
        return rows;
    }
}
