package org.lama.backtest.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lama.backtest.api.SharedFolder;
import org.lama.backtest.cost.FeeSchedule;
import org.lama.backtest.matching.OrderLatency;
import org.lama.backtest.matching.QueueModel;
import org.lama.backtest.strategies.Strategies;
import org.lama.core.book.BookEvents;
import org.lama.core.book.BookScale;
import org.lama.core.book.MemoryFeed;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;
import org.lama.core.store.ParquetFrames;
import org.lama.core.store.ParquetTable;

/** The market maker of the peers' script on their 2 M events, against hftbacktest 2.4.4. */
class ReplayOracleTest {
    private static final BookScale SCALE = new BookScale(0.1, 0.001);
    private static final long LATENCY_NANOS = 10_000_000;

    @Test
    void theMarketMakerTradesAsWithHftbacktestUnderAllThreeQueueModels() throws IOException {
        Path data = SharedFolder.require("peers/backtest/data/l2_events.parquet");
        Path oracle = SharedFolder.require("oracles/backtest/l2_market_maker.json");
        Node results = Documents.read(oracle).get("results");
        BookEvents events = events(ParquetFrames.read(data));
        check(events, new QueueModel.RiskAverse(), results.get("risk_adverse_queue_model"));
        check(events, new QueueModel.Power(3), results.get("power_prob_queue_model"));
        check(events, new QueueModel.Logarithmic(), results.get("log_prob_queue_model"));
    }

    private static void check(BookEvents events, QueueModel queue, Node expected) throws IOException {
        ReplayMarket market = ReplayMarket.of("SYNTH", MemoryFeed.of(events))
                .withQueue(queue)
                .withLatency(new OrderLatency.Constant(LATENCY_NANOS, LATENCY_NANOS))
                .withFees(FeeSchedule.makerTaker(-0.00005, 0.0007));
        MarketResult result = Replay.run(
                        Strategies.maker("touch-quoter").create(Map.of("quantity", "1", "inventory", "5")),
                        market,
                        ReplaySettings.DEFAULT)
                .market(0);
        assertThat(result.trades()).isEqualTo((long) expected.get("num_trades").asDouble());
        assertThat(result.position()).isEqualTo(expected.get("position").asDouble());
        assertThat(result.quantity()).isEqualTo(expected.get("volume").asDouble());
        // theirs is a sum of 118,000 rounded products, each up to 3e4 and off by 2e-12
        assertThat(result.balance()).isCloseTo(expected.get("balance").asDouble(), within(1e-6));
        assertThat(result.fees()).isCloseTo(expected.get("fee").asDouble(), within(1e-6));
    }

    static BookEvents events(ParquetTable table) {
        long[] kind = table.longs("kind");
        long[] side = table.longs("side");
        long[] exchange = table.longs("exch_ns");
        long[] local = table.longs("local_ns");
        long[] ticks = table.longs("price_ticks");
        long[] lots = table.longs("qty_lots");
        BookEvents events = new BookEvents(SCALE, table.rows() + 1);
        events.add(BookEvents.WHOLE, exchange[0], local[0], 0, 0);
        for (int i = 0; i < kind.length; i++) {
            boolean bid = side[i] == 1;
            byte level = bid ? BookEvents.BID : BookEvents.ASK;
            byte print = bid ? BookEvents.BUY : BookEvents.SELL;
            events.add(kind[i] == 1 ? level : print, exchange[i], local[i], (int) ticks[i], lots[i]);
        }
        return events;
    }
}
