package org.lama.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.lama.backtest.cost.FeeSchedule;
import org.lama.backtest.matching.OrderLatency;
import org.lama.backtest.matching.QueueModel;
import org.lama.backtest.replay.MarketResult;
import org.lama.backtest.replay.Replay;
import org.lama.backtest.replay.ReplayMarket;
import org.lama.backtest.replay.ReplaySettings;
import org.lama.backtest.strategy.Context;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.base.Check;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.book.BookEvents;
import org.lama.core.book.BookScale;
import org.lama.core.book.MemoryFeed;
import org.lama.core.market.Side;
import org.lama.core.store.ParquetFrames;
import org.lama.core.store.ParquetTable;

/**
 * A market maker over a feed of levels and prints: every 100 ms it cancels all and quotes one unit at the best bid and the
 * best ask, at most five held; 10 ms to the venue and back, a rebate of 0.5 bp. The work of the peers' script.
 */
final class ReplayWork {
    private static final BookScale SCALE = new BookScale(0.1, 0.001);
    private static final long LATENCY_NANOS = 10_000_000;
    private static final int LEVELS = 200;
    private static final double MEAN_GAP_NANOS = 5_000_000;

    private final BookEvents events;
    private final int rows;

    private ReplayWork(BookEvents events, int rows) {
        this.events = events;
        this.rows = rows;
    }

    /** Reads the peers' events: one row for each, kind 1 a level and 2 a print, side 1 a bid or a buyer. */
    static ReplayWork load(Path file) throws IOException {
        ParquetTable table = ParquetFrames.read(file);
        long[] kind = table.longs("kind");
        long[] side = table.longs("side");
        long[] exchange = table.longs("exch_ns");
        long[] local = table.longs("local_ns");
        long[] ticks = table.longs("price_ticks");
        long[] lots = table.longs("qty_lots");
        BookEvents events = new BookEvents(SCALE, kind.length + 1);
        events.add(BookEvents.WHOLE, exchange[0], local[0], 0, 0);
        for (int i = 0; i < kind.length; i++) {
            boolean first = side[i] == 1;
            byte level = first ? BookEvents.BID : BookEvents.ASK;
            byte print = first ? BookEvents.BUY : BookEvents.SELL;
            events.add(kind[i] == 1 ? level : print, exchange[i], local[i], (int) ticks[i], lots[i]);
        }
        return new ReplayWork(events, kind.length);
    }

    /** A seeded feed of the same make: 80 % levels, 20 % prints, a walk of the mid price. */
    static ReplayWork generated(int rows) {
        Rng rng = Seeds.rng(BenchmarkData.SEED, 99);
        BookEvents events = new BookEvents(SCALE, rows + 2 * LEVELS + 1);
        long now = 1_700_000_000_000_000_000L;
        long local = now;
        int mid = 300_000;
        events.add(BookEvents.WHOLE, now, now, 0, 0);
        for (int i = 1; i <= LEVELS; i++) {
            events.add(BookEvents.BID, now, now, mid - i, 1_000);
            events.add(BookEvents.ASK, now, now, mid + i, 1_000);
        }
        for (int i = 0; i < rows; i++) {
            now += 1 + (long) (-MEAN_GAP_NANOS * Math.log(1 - rng.nextDouble()));
            local = Math.max(local, now + 500_000 + (long) (-2e6 * Math.log(1 - rng.nextDouble())));
            boolean bid = rng.nextDouble() < 0.5;
            mid += rng.nextDouble() < 0.02 ? (rng.nextDouble() < 0.5 ? 1 : -1) : 0;
            int away = 1 + (int) (Math.log(1 - rng.nextDouble()) / Math.log(0.75));
            long lots = 1 + (long) (-1_000 * Math.log(1 - rng.nextDouble()));
            if (rng.nextDouble() < 0.2) {
                events.add(bid ? BookEvents.SELL : BookEvents.BUY, now, local, bid ? mid - 1 : mid + 1, lots);
            } else {
                long left = rng.nextDouble() < 0.1 ? 0 : lots;
                events.add(bid ? BookEvents.BID : BookEvents.ASK, now, local, bid ? mid - away : mid + away, left);
            }
        }
        return new ReplayWork(events, rows);
    }

    /** Rows of the feed. */
    int size() {
        return rows;
    }

    /** A run under a queue model: {@code risk}, {@code power} or {@code log}. */
    MarketResult run(String queue) {
        ReplayMarket market = ReplayMarket.of("SYNTH", MemoryFeed.of(events))
                .withQueue(queue(queue))
                .withLatency(new OrderLatency.Constant(LATENCY_NANOS, LATENCY_NANOS))
                .withFees(FeeSchedule.makerTaker(-0.00005, 0.0007));
        try {
            return Replay.run(new Maker(), market, ReplaySettings.DEFAULT).market(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // the feed lies in memory
        }
    }

    static QueueModel queue(String name) {
        return switch (Check.notBlank(name, "queue")) {
            case "risk" -> new QueueModel.RiskAverse();
            case "power" -> new QueueModel.Power(3);
            case "log" -> new QueueModel.Logarithmic();
            default -> throw new IllegalArgumentException("queue must be risk, power or log, got '" + name + "'");
        };
    }

    /** Quotes both sides at the touch. */
    private static final class Maker implements Strategy {
        private static final long STEP_NANOS = 100_000_000;
        private static final double MOST = 5;
        private long bid;
        private long ask;
        private long next;

        @Override
        public void onStart(Context context) {
            next = context.timeNanos() + STEP_NANOS;
            context.timer("quote", next);
        }

        @Override
        public void onBar(Context context) {}

        @Override
        public void onTimer(Context context, String name) {
            context.cancel(bid);
            context.cancel(ask);
            double position = context.position(0);
            if (position < MOST) {
                bid = context.quote(0, Side.BUY, 1, context.bid(0));
            }
            if (position > -MOST) {
                ask = context.quote(0, Side.SELL, 1, context.ask(0));
            }
            next += STEP_NANOS;
            context.timer("quote", next);
        }
    }
}
