package org.lama.backtest.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.lama.backtest.cost.FlatCost;
import org.lama.backtest.order.OrderEvent.Reason;
import org.lama.backtest.order.OrderRequest;
import org.lama.backtest.order.OrderRequest.TimeInForce;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.market.Side;

/**
 * Random orders of all kinds against random bars, prints and books on a coarse grid, so that touches, gaps and ties are
 * common. {@link Desk} watches every event: legal steps alone, no fill beyond the quantity, against the limit, after the
 * end of time, of a post-only order as taker, of half a fill-or-kill order, or that makes a position larger against
 * reduce-only.
 */
class WorkingOrdersPropertyTest {
    private static final int STEPS = 60;
    /** The walk stays above what is taken off it for limits, lows and bids, so that no price is below one. */
    private static final long LOWEST = 20;

    /** A group of orders: of a pair the largest quantity, of a bracket the entry, bounds what the exits fill. */
    private record Group(long entry, long first, long quantity) {}

    private Rng rng = Seeds.rng(1, 0);
    private Desk desk = new Desk(ExecutionSettings.DEFAULT, FlatCost.NONE);
    private final List<Group> groups = new ArrayList<>();
    private final List<Long> sent = new ArrayList<>();
    private long now;
    private long last = 100;
    private boolean decoy;

    @Test
    void noSequenceOfOrdersAndMarketsBreaksARule() {
        Set<String> steps = new TreeSet<>();
        for (int seed = 0; seed < 400; seed++) {
            steps.addAll(run(seed));
        }
        assertThat(steps).containsExactlyElementsOf(reachable());
    }

    @Test
    @Tag("slow")
    void noSequenceOfOrdersAndMarketsBreaksARuleHoweverLongWeTry() {
        for (int seed = 10_000; seed < 110_000; seed++) {
            run(seed);
        }
    }

    /**
     * Bars that reach no order are passed over. An order that is on its way for ever forbids that, and nothing else may
     * change.
     */
    @Test
    void barsThatArePassedOverWouldHaveChangedNothing() {
        for (int seed = 0; seed < 300; seed++) {
            run(seed);
            List<String> passing = List.copyOf(desk.log);
            decoy = true;
            run(seed);
            decoy = false;
            List<String> stopping = new ArrayList<>(desk.log);
            assertThat(stopping.remove(60 * Desk.BAR + " #1 CANCELED END_OF_RUN"))
                    .isTrue();
            assertThat(stopping).as("seed %d", seed).isEqualTo(passing);
        }
    }

    /** What a simulation can show: without time-outs there is no UNKNOWN and no NOT_FOUND. */
    private static Set<String> reachable() {
        Set<String> steps = new TreeSet<>();
        for (String end : List.of("ACKED", "CANCELED", "EXPIRED", "FILLED", "PARTIAL", "REJECTED")) {
            steps.add("SENT " + end);
        }
        for (String from : List.of("ACKED", "PARTIAL", "PENDING_CANCEL")) {
            for (String end : List.of("CANCELED", "EXPIRED", "FILLED", "PARTIAL")) {
                steps.add(from + " " + end);
            }
        }
        steps.add("ACKED PENDING_CANCEL");
        steps.add("PARTIAL PENDING_CANCEL");
        return steps;
    }

    private Set<String> run(int seed) {
        rng = Seeds.rng(2026, seed);
        desk = new Desk(settings(), new FlatCost(0, rng.nextInt(2) * 0.02));
        groups.clear();
        sent.clear();
        now = 0;
        last = 100;
        int feed = rng.nextInt(3);
        if (decoy) {
            desk.orders.submitMarket(0, 1, Long.MAX_VALUE / 2, last, false);
        } else {
            desk.orders.refuse(0, 0, Reason.WARM_UP);
            desk.log.clear();
            desk.steps.clear();
        }
        try {
            for (int step = 0; step < STEPS; step++) {
                desk.allowance = rng.nextInt(12) == 0 ? rng.nextInt(4) : Long.MAX_VALUE;
                submitSome();
                move(feed);
            }
            desk.orders.endOfRun(now);
            check();
        } catch (AssertionError | RuntimeException broken) {
            throw new AssertionError("seed " + seed + ": " + desk.log, broken);
        }
        return desk.steps;
    }

    private ExecutionSettings settings() {
        return ExecutionSettings.builder()
                .timing(pick(FillTiming.values()))
                .path(pick(IntrabarPath.values()))
                .touch(pick(TouchRule.values()))
                .participation(rng.nextInt(2) == 0 ? 1 : 0.3)
                .barParticipation(rng.nextInt(2) == 0 ? Double.POSITIVE_INFINITY : 0.3)
                .latency(Duration.ofNanos(rng.nextInt(3) * 700L))
                .build();
    }

    private <T> T pick(T[] values) {
        return values[rng.nextInt(values.length)];
    }

    private void submitSome() {
        switch (rng.nextInt(6)) {
            case 0, 1 -> {
                OrderRequest request = request(pick(OrderRequest.Type.values()), pick(Side.values()), true);
                sent.add(desk.submit(request, now, last));
            }
            case 2 -> pair();
            case 3 -> bracket();
            case 4 -> {
                if (!sent.isEmpty()) {
                    desk.orders.cancel(sent.get(rng.nextInt(sent.size())), now);
                }
            }
            default -> {
                // a bar without new orders
            }
        }
    }

    private OrderRequest request(OrderRequest.Type type, Side side, boolean anyTime) {
        boolean limited = type == OrderRequest.Type.LIMIT
                || type == OrderRequest.Type.STOP_LIMIT
                || type == OrderRequest.Type.TAKE_PROFIT_LIMIT;
        boolean waits = type != OrderRequest.Type.MARKET
                && type != OrderRequest.Type.LIMIT
                && type != OrderRequest.Type.TRAILING_STOP;
        TimeInForce time = anyTime ? pick(TimeInForce.values()) : TimeInForce.GTC;
        boolean rests = time == TimeInForce.GTC || time == TimeInForce.GTD;
        return new OrderRequest(
                0,
                side,
                type,
                1 + rng.nextInt(9),
                limited ? (double) last - 6 + rng.nextInt(13) : Double.NaN,
                waits ? (double) last - 6 + rng.nextInt(13) : Double.NaN,
                type == OrderRequest.Type.TRAILING_STOP ? 0.01 + 0.05 * rng.nextDouble() : Double.NaN,
                time,
                time == TimeInForce.GTD ? now + rng.nextInt(5000) : Long.MAX_VALUE,
                type == OrderRequest.Type.LIMIT && rests && rng.nextInt(3) == 0,
                rng.nextInt(4) == 0,
                "");
    }

    private void pair() {
        Side side = pick(Side.values());
        OrderRequest one = request(OrderRequest.Type.LIMIT, side, false);
        OrderRequest two =
                request(rng.nextInt(2) == 0 ? OrderRequest.Type.STOP : OrderRequest.Type.TRAILING_STOP, side, false);
        long first = desk.orders.submitOneCancelsOther(one, two, now, last);
        desk.know(first, one);
        desk.know(first + 1, two);
        sent.add(first);
        groups.add(new Group(0, first, (long) Math.max(one.quantity(), two.quantity())));
    }

    private void bracket() {
        Side side = pick(Side.values());
        Side exit = side == Side.BUY ? Side.SELL : Side.BUY;
        OrderRequest.Type[] entries = {
            OrderRequest.Type.MARKET, OrderRequest.Type.LIMIT, OrderRequest.Type.STOP, OrderRequest.Type.STOP_LIMIT
        };
        OrderRequest.Type[] profits = {
            OrderRequest.Type.LIMIT, OrderRequest.Type.TAKE_PROFIT, OrderRequest.Type.TAKE_PROFIT_LIMIT
        };
        OrderRequest.Type[] losses = {
            OrderRequest.Type.STOP, OrderRequest.Type.STOP_LIMIT, OrderRequest.Type.TRAILING_STOP
        };
        OrderRequest entry = request(pick(entries), side, true);
        if (entry.reduceOnly()) {
            return;
        }
        OrderRequest profit = request(pick(profits), exit, false).asReduceOnly();
        OrderRequest loss = request(pick(losses), exit, false).asReduceOnly();
        long first = desk.orders.submitBracket(entry, profit, loss, now, last);
        desk.know(first, entry);
        desk.know(first + 1, profit);
        desk.know(first + 2, loss);
        sent.add(first);
        sent.add(first + 1);
        groups.add(new Group(first, first + 1, (long) Math.max(profit.quantity(), loss.quantity())));
    }

    private void move(int feed) {
        long opens = now;
        now += Desk.BAR;
        if (feed == 0) {
            long open = last + rng.nextInt(7) - 3;
            long close = open + rng.nextInt(11) - 5;
            long high = Math.max(open, close) + rng.nextInt(4);
            long low = Math.min(open, close) - rng.nextInt(4);
            boolean gone = rng.nextInt(20) == 0;
            desk.bar(opens, gone ? 0 : open, high, low, close, rng.nextInt(40) - 1);
            last = Math.max(LOWEST, close);
        } else {
            for (int i = 0; i < 3; i++) {
                last = Math.max(LOWEST, last + rng.nextInt(7) - 3);
                if (feed == 1 || rng.nextInt(2) == 0) {
                    desk.highest = last;
                    desk.lowest = last;
                    desk.orders.matchTrade(0, opens + 300L * i, last, rng.nextInt(30));
                } else {
                    book(opens + 300L * i);
                }
            }
        }
        assertThat(desk.worth(last)).as("the bound of perfect fills").isLessThanOrEqualTo(desk.bestWorth(last));
        long working = desk.orders.size(0);
        assertThat(desk.orders.isEmpty(0)).isEqualTo(working == 0);
        assertThat(desk.orders.isEmpty()).isEqualTo(working == 0);
    }

    private void book(long at) {
        int levels = rng.nextInt(4);
        long[] bidTicks = new long[levels];
        long[] askTicks = new long[levels];
        long[] bidLots = new long[levels];
        long[] askLots = new long[levels];
        for (int level = 0; level < levels; level++) {
            bidTicks[level] = last - 1 - level;
            askTicks[level] = last + 1 + level;
            bidLots[level] = rng.nextInt(8);
            askLots[level] = rng.nextInt(8);
        }
        desk.highest = last - 1;
        desk.lowest = last + 1;
        int fills = desk.log.size();
        desk.orders.matchBook(0, at, bidTicks, bidLots, askTicks, askLots);
        if (levels == 0) {
            assertThat(desk.log.subList(fills, desk.log.size()))
                    .as("an empty book")
                    .noneMatch(line -> line.contains(" at "));
        }
    }

    private void check() {
        assertThat(desk.orders.isEmpty()).isTrue();
        for (long order : sent) {
            assertThat(desk.state(order).isFinal())
                    .as("order %d has ended", order)
                    .isTrue();
        }
        for (Group group : groups) {
            long bound = group.entry == 0 ? group.quantity : Math.min(group.quantity, desk.filled(group.entry));
            assertThat(desk.filled(group.first) + desk.filled(group.first + 1))
                    .as("what the pair from order %d on filled", group.first)
                    .isLessThanOrEqualTo(bound);
        }
    }
}
