package org.lama.backtest.execution;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.lama.backtest.cost.FlatCost;
import org.lama.backtest.order.OrderRequest;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.market.Side;

/**
 * One bracket trade on a random walk without gaps (with gaps a later jump over the stop can cost a mild path more than the
 * worst one lost before): what it is worth at the end must not fall from the worst path to the fixed ones to the best, and
 * a smaller share of volume must not fill more.
 */
class IntrabarPathPropertyTest {
    private static final int BARS = 12;

    @Test
    void theWorstPathEarnsNoMoreAndTheBestNoLessThanAnyFixedOne() {
        long decided = 0;
        for (int seed = 0; seed < 1500; seed++) {
            long worst = trade(seed, IntrabarPath.PESSIMISTIC);
            long best = trade(seed, IntrabarPath.OPTIMISTIC);
            for (IntrabarPath path : IntrabarPath.values()) {
                assertThat(trade(seed, path)).as("seed %d, %s", seed, path).isBetween(worst, best);
            }
            decided += worst < best ? 1 : 0;
        }
        assertThat(decided).as("trades that the path decides").isGreaterThan(75);
    }

    @Test
    void barsWhosePathDecidesAreCounted() {
        for (int seed = 0; seed < 1500; seed++) {
            if (trade(seed, IntrabarPath.PESSIMISTIC) != trade(seed, IntrabarPath.OPTIMISTIC)) {
                assertThat(ambiguous(seed)).as("seed %d", seed).isPositive();
            }
        }
    }

    @Test
    void aSmallerShareOfTheVolumeNeverFillsMore() {
        for (int seed = 0; seed < 800; seed++) {
            long before = 0;
            for (double share : new double[] {0.01, 0.05, 0.1, 0.5, 1}) {
                long filled = filled(seed, share);
                assertThat(filled).as("seed %d, share %s", seed, share).isGreaterThanOrEqualTo(before);
                before = filled;
            }
            assertThat(filled(seed, Double.POSITIVE_INFINITY)).isGreaterThanOrEqualTo(before);
        }
    }

    private static long trade(int seed, IntrabarPath path) {
        Desk desk = new Desk(ExecutionSettings.DEFAULT.withPath(path), FlatCost.NONE);
        return run(desk, seed);
    }

    private static long ambiguous(int seed) {
        Desk desk = new Desk(ExecutionSettings.DEFAULT, FlatCost.NONE);
        run(desk, seed);
        return desk.orders.ambiguousBars();
    }

    private static long run(Desk desk, int seed) {
        Rng rng = Seeds.rng(7, seed);
        Side side = rng.nextInt(2) == 0 ? Side.BUY : Side.SELL;
        Side exit = side == Side.BUY ? Side.SELL : Side.BUY;
        int sign = side.sign();
        long start = 1000 + sign * (rng.nextInt(11) - 5);
        OrderRequest entry = switch (rng.nextInt(3)) {
            case 0 -> OrderRequest.market(0, side, 1);
            case 1 -> OrderRequest.limit(0, side, 1, start - sign * rng.nextInt(8));
            default -> OrderRequest.stop(0, side, 1, 1000 + sign * (1 + rng.nextInt(8)));
        };
        double middle = Double.isNaN(entry.limitPrice()) ? 1000 : entry.limitPrice();
        OrderRequest profit = OrderRequest.limit(0, exit, 1, middle + sign * (9 + rng.nextInt(12)));
        OrderRequest loss = OrderRequest.stop(0, exit, 1, middle - sign * (1 + rng.nextInt(12)));
        desk.orders.submitBracket(entry, profit, loss, 0, 1000);
        long price = 1000;
        for (int bar = 0; bar < BARS; bar++) {
            long close = price + rng.nextInt(21) - 10;
            long high = Math.max(price, close) + rng.nextInt(12);
            long low = Math.min(price, close) - rng.nextInt(12);
            desk.bar(bar * Desk.BAR, price, high, low, close);
            price = close;
        }
        return desk.worth(price);
    }

    private static long filled(int seed, double share) {
        Rng rng = Seeds.rng(8, seed);
        Desk desk = new Desk(ExecutionSettings.builder().barParticipation(share).build(), FlatCost.NONE);
        long one = desk.submit(OrderRequest.limit(0, Side.BUY, 1 + rng.nextInt(40), 100 - rng.nextInt(4)), 0, 100);
        long two = desk.submit(OrderRequest.market(0, Side.BUY, 1 + rng.nextInt(40)), 0, 100);
        for (int bar = 0; bar < 4; bar++) {
            desk.bar(bar * Desk.BAR, 100, 102, 96 + rng.nextInt(4), 100, rng.nextInt(100));
        }
        return desk.filled(one) + desk.filled(two);
    }
}
