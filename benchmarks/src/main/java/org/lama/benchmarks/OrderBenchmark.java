package org.lama.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.lama.backtest.cost.FlatCost;
import org.lama.backtest.execution.ExecutionSettings;
import org.lama.backtest.execution.ExecutionSink;
import org.lama.backtest.execution.WorkingOrders;
import org.lama.backtest.order.OrderEvent.Reason;
import org.lama.backtest.order.OrderRequest;
import org.lama.backtest.order.OrderState;
import org.lama.core.base.Api;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.market.Contract;
import org.lama.core.market.CostModel.Role;
import org.lama.core.market.Instrument;
import org.lama.core.market.Instrument.Kind;
import org.lama.core.market.Side;
import org.lama.core.market.TradingRules;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Bars against working orders: orders at rest that no bar reaches, a market order with every bar, and, as the baseline,
 * the same orders at rest as objects in a list with an object per bar.
 *
 * @since 0.1.0
 */
@Api(Api.Status.INTERNAL)
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class OrderBenchmark {
    private static final long START = 1_000_000;
    private static final long MINUTE = 60_000_000_000L;

    /** Bars of a run. */
    @Param({"1000000"})
    public int bars = 1000;

    /** Orders at rest; 0 is the path of a strategy that has none. */
    @Param({"0", "1", "4", "20"})
    public int resting = 1;

    private long[] closes = {};
    private final List<OrderRequest> requests = new ArrayList<>();
    private final Position position = new Position();

    /** Called by the harness. */
    public OrderBenchmark() {}

    /** An owner who allows everything and books the position. */
    private static final class Position implements ExecutionSink {
        private long lots;
        private long fills;

        @Override
        public long positionLots(long order, int instrument) {
            return lots;
        }

        @Override
        public long allowedLots(long order, int instrument, long signedLots, long priceTicks, Role role) {
            return signedLots;
        }

        @Override
        public Reason refusal() {
            return Reason.NO_CASH;
        }

        @Override
        public void filled(
                long tsNanos,
                long order,
                int instrument,
                long signedLots,
                long priceTicks,
                long referenceTicks,
                Role role,
                OrderState state) {
            lots += signedLots;
            fills++;
        }

        @Override
        public void moved(long tsNanos, long order, int instrument, OrderState state, Reason reason) {
            // nobody listens
        }

        @Override
        public void rejected(long tsNanos, long order, int instrument, Reason reason) {
            throw new IllegalStateException("order " + order + " was rejected: " + reason);
        }
    }

    /** Makes the bars, which stay within a tenth of their start, and the orders, which stay beyond it. */
    @Setup
    public void prepare() {
        Rng rng = Seeds.rng(1, 0);
        closes = new long[bars];
        long price = START;
        for (int bar = 0; bar < bars; bar++) {
            price += rng.nextInt(201) - 100 + (START - price) / 100;
            closes[bar] = price;
        }
        requests.clear();
        for (int i = 0; i < resting; i++) {
            requests.add(
                    i % 2 == 0
                            ? OrderRequest.limit(0, Side.BUY, 1, START / 2 + i)
                            : OrderRequest.stop(0, Side.SELL, 1, START / 2 - i));
        }
    }

    private WorkingOrders orders() {
        Contract contract = Contract.spot(new Instrument("TEST", Kind.SPOT, "BTC", "USD", 0, 0), TradingRules.NONE);
        return new WorkingOrders(List.of(contract), FlatCost.DEFAULT, ExecutionSettings.DEFAULT, position);
    }

    /**
     * Orders at rest under all bars.
     *
     * @return orders that still rest, and the last close
     */
    @Benchmark
    public long rest() {
        WorkingOrders orders = orders();
        for (OrderRequest request : requests) {
            orders.submit(request, 0, START);
        }
        long open = START;
        for (int bar = 0; bar < bars; bar++) {
            match(orders, bar, open);
            open = closes[bar];
        }
        return orders.size(0) + open;
    }

    /**
     * A market order with every bar, beside the orders at rest.
     *
     * @return fills of the run
     */
    @Benchmark
    public long churn() {
        WorkingOrders orders = orders();
        for (OrderRequest request : requests) {
            orders.submit(request, 0, START);
        }
        position.fills = 0;
        long open = START;
        for (int bar = 0; bar < bars; bar++) {
            orders.submitMarket(0, (bar & 1) == 0 ? 1 : -1, bar * MINUTE, open, false);
            match(orders, bar, open);
            open = closes[bar];
        }
        return position.fills;
    }

    private void match(WorkingOrders orders, int bar, long open) {
        if (orders.isEmpty(0)) {
            return;
        }
        long close = closes[bar];
        long high = Math.max(open, close) + 20;
        long low = Math.min(open, close) - 20;
        orders.openBar(0, bar * MINUTE, (bar + 1) * MINUTE, open, high, low, close, 1000);
        orders.matchOpen(0, Side.SELL);
        orders.matchOpen(0, Side.BUY);
        orders.matchInside(0);
        orders.matchClose(0, Side.SELL);
        orders.matchClose(0, Side.BUY);
    }

    private record Prices(double open, double high, double low, double close) {}

    /**
     * The baseline: a list of requests and an object per bar; it only looks whether any is reached.
     *
     * @return orders that still rest, and the last close
     */
    @Benchmark
    public long objects() {
        List<OrderRequest> alive = new ArrayList<>(requests);
        double open = START;
        for (int bar = 0; bar < bars; bar++) {
            double close = closes[bar];
            Prices prices = new Prices(open, Math.max(open, close) + 20, Math.min(open, close) - 20, close);
            alive.removeIf(request -> isReached(request, prices));
            open = close;
        }
        return alive.size() + (long) open;
    }

    private static boolean isReached(OrderRequest request, Prices prices) {
        boolean down = (request.side() == Side.BUY) == (request.type() == OrderRequest.Type.LIMIT);
        double level = request.type() == OrderRequest.Type.LIMIT ? request.limitPrice() : request.triggerPrice();
        return down ? prices.low() < level : prices.high() > level;
    }
}
