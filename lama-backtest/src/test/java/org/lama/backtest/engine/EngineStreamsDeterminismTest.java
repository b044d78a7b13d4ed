package org.lama.backtest.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lama.backtest.cost.FlatCost;
import org.lama.backtest.engine.EngineSettings.MarginMode;
import org.lama.backtest.order.OrderEvent;
import org.lama.backtest.order.OrderRequest;
import org.lama.backtest.strategy.Context;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.market.Columns;
import org.lama.core.market.Contract;
import org.lama.core.market.Instrument;
import org.lama.core.market.Instrument.Kind;
import org.lama.core.market.MarginTiers;
import org.lama.core.market.Side;
import org.lama.core.market.TradingRules;
import org.lama.core.series.Frame;

/** Assets are spread over threads, each with orders of all kinds, prints, books and funding. */
class EngineStreamsDeterminismTest {
    private static final int ASSETS = 12;
    private static final int DAYS = 300;

    /** Brackets, pairs, trailing stops and cancels, drawn from a seed; answers events too. */
    private static final class Busy implements Strategy {
        private final Rng rng;
        private final StringBuilder told = new StringBuilder();
        private long last;

        Busy(int asset) {
            rng = Seeds.rng(77, asset);
        }

        @Override
        public void onBar(Context context) {
            double price = context.close(0);
            Side side = rng.nextInt(2) == 0 ? Side.BUY : Side.SELL;
            Side other = side == Side.BUY ? Side.SELL : Side.BUY;
            double sign = side.sign();
            switch (rng.nextInt(6)) {
                case 0 ->
                    last = context.submitBracket(
                                    OrderRequest.market(0, side, 1),
                                    OrderRequest.limit(0, other, 1, price * (1 + 0.03 * sign)),
                                    OrderRequest.stop(0, other, 1, price * (1 - 0.03 * sign)))[0];
                case 1 -> last = context.submit(OrderRequest.limit(0, side, 2, price * (1 - 0.01 * sign)));
                case 2 -> context.submit(OrderRequest.trailingStop(0, side, 1, 0.02));
                case 3 -> context.target(0, 0.3 * sign);
                case 4 -> context.cancel(last);
                default -> context.timer("late", context.timeNanos() + Markets.DAY / 3);
            }
        }

        @Override
        public void onTimer(Context context, String name) {
            context.submit(OrderRequest.market(0, Side.BUY, 0.5));
        }

        @Override
        public void onOrder(Context context, OrderEvent event) {
            told.append(event).append('\n');
        }
    }

    private static Market market(int asset) {
        Rng rng = Seeds.rng(5, asset);
        double[][] bars = new double[4][DAYS];
        int prints = 4 * DAYS;
        long[] times = new long[prints];
        double[] prices = new double[prints];
        double[] sizes = new double[prints];
        double price = 100;
        for (int i = 0; i < DAYS; i++) {
            double[] path = new double[4];
            for (int k = 0; k < 4; k++) {
                path[k] = price;
                times[4 * i + k] = i * Markets.DAY + k * Markets.DAY / 5 + 1;
                prices[4 * i + k] = price;
                sizes[4 * i + k] = rng.nextGaussian() * 3;
                price *= StrictMath.exp(0.01 * rng.nextGaussian());
            }
            bars[0][i] = path[0];
            bars[1][i] = Math.max(Math.max(path[0], path[1]), Math.max(path[2], path[3]));
            bars[2][i] = Math.min(Math.min(path[0], path[1]), Math.min(path[2], path[3]));
            bars[3][i] = path[3];
        }
        Frame frame = Markets.frame("A" + asset, bars[0], bars[3])
                .with(Columns.HIGH, bars[1])
                .with(Columns.LOW, bars[2]);
        Market.Builder builder = Market.builder(Markets.of(frame));
        double[] rates = new double[prints];
        double[] bids = new double[prints];
        double[] asks = new double[prints];
        for (int i = 0; i < prints; i++) {
            rates[i] = 1e-4 * rng.nextGaussian();
            bids[i] = prices[i] * 0.999;
            asks[i] = prices[i] * 1.001;
        }
        builder.funding("A" + asset, times, rates);
        if (asset % 3 != 0) {
            builder.trades("A" + asset, times, prices, sizes);
        }
        if (asset % 3 == 2) {
            double[] depth = sizes.clone();
            builder.books("A" + asset, times, bids, depth, asks, depth);
        }
        return builder.build();
    }

    private static String run(int asset) {
        Contract contract = Contract.linearPerpetual(
                new Instrument("X", Kind.PERP, "A" + asset, "USD", 6, 6),
                TradingRules.NONE,
                MarginTiers.DEFAULT,
                Duration.ofHours(8));
        EngineSettings settings = EngineSettings.builder()
                .cash(10_000)
                .cost(FlatCost.DEFAULT)
                .contracts(List.of(contract))
                .marginMode(MarginMode.ISOLATED)
                .build();
        Busy busy = new Busy(asset);
        BacktestResult result = BarEngine.run(market(asset), StrategyBook.of(busy), settings, EngineObserver.SILENT);
        assertThat(result.audit()).isEmpty();
        assertThat(result.fillCount()).isGreaterThan(50);
        assertThat(result.funding()).isNotEmpty();
        StringBuilder text = new StringBuilder();
        for (double equity : result.equity()) {
            text.append(Long.toHexString(Double.doubleToLongBits(equity))).append('\n');
        }
        return text.append(result.fills())
                .append(result.roundTrips())
                .append(result.funding())
                .append(busy.told)
                .toString();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void runsWithOrdersAndStreamsHaveEqualBitsOnAnyNumberOfThreads(int threads) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<String>> runs = new ArrayList<>();
            for (int k = 0; k < ASSETS; k++) {
                int asset = k;
                runs.add(pool.submit(() -> run(asset)));
            }
            for (int k = 0; k < ASSETS; k++) {
                assertThat(runs.get(k).get()).isEqualTo(run(k));
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
