package org.lama.backtest.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lama.backtest.cost.FeeSchedule;
import org.lama.backtest.matching.OrderLatency;
import org.lama.backtest.order.Fill;
import org.lama.backtest.strategies.Strategies;
import org.lama.backtest.strategy.Context;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.book.BookEvents;
import org.lama.core.book.BookScale;
import org.lama.core.book.MemoryFeed;
import org.lama.core.market.Side;

class PnlSplitPropertyTest {
    private static final BookScale SCALE = new BookScale(0.1, 0.001);
    private static final long SECOND = 1_000_000_000L;

    private static OwnFills randomFills(BookEvents events, long seed) {
        Rng rng = Seeds.rng(seed, 1);
        OwnFills fills = new OwnFills();
        long time = events.exchangeNanos(0);
        for (int i = 0; i < 300; i++) {
            time += rng.nextInt(400_000_000);
            Side side = rng.nextInt(2) == 0 ? Side.BUY : Side.SELL;
            long fee = rng.nextInt(2001) - 1000L;
            fills.add(new Fill(i + 1, time, 0, side, 1 + rng.nextInt(50), 1900 + rng.nextInt(200), fee));
        }
        return fills;
    }

    @Test
    void spreadAndInventoryAddUpToTheProfitExactlyWhateverFilled() throws IOException {
        for (long seed = 0; seed < 20; seed++) {
            BookEvents events = RandomFeed.of(SCALE, seed, 60, seed % 2 == 0);
            OwnFills fills = randomFills(events, seed);
            MidPath mids = MidPath.of(MemoryFeed.of(events));
            PnlSplit split = PnlSplit.of(SCALE, fills, mids, SECOND, 10 * SECOND);
            long cash = 0;
            long position = 0;
            for (int i = 0; i < fills.size(); i++) {
                cash -= 2 * fills.signedLots(i) * fills.ticks(i);
                position += fills.signedLots(i);
            }
            assertThat(split.spreadUnits() + split.inventoryUnits())
                    .as("seed %d", seed)
                    .isEqualTo(cash + position * mids.last());
            assertThat(split.inventoryUnits()).as("seed %d", seed).isEqualTo(positionTimesMoves(fills, mids));
        }
    }

    /** The other way to the inventory: step by step, what was held times what the mid did. */
    private static long positionTimesMoves(OwnFills fills, MidPath mids) {
        long sum = 0;
        long position = 0;
        int fill = 0;
        for (int step = 0; step < mids.size(); step++) {
            // a fill at the time of a step came before it
            while (fill < fills.size() && fills.nanos(fill) <= mids.nanos(step)) {
                position += fills.signedLots(fill++);
            }
            sum += step == 0 ? 0 : position * (mids.halfTicks(step) - mids.halfTicks(step - 1));
        }
        return sum;
    }

    @Test
    void minutesAddUpToTheWhole() throws IOException {
        for (long seed = 0; seed < 5; seed++) {
            BookEvents events = RandomFeed.of(SCALE, seed, 150);
            OwnFills fills = randomFills(events, seed);
            PnlSplit split = PnlSplit.of(SCALE, fills, MidPath.of(MemoryFeed.of(events)), SECOND);
            PnlMinutes minutes = split.minutes();
            assertThat(minutes.size()).isEqualTo(3);
            // sums of three doubles of about 1,000
            assertThat(Arrays.stream(minutes.spread()).sum()).isCloseTo(split.spread(), within(1e-9));
            assertThat(Arrays.stream(minutes.inventory()).sum()).isCloseTo(split.inventory(), within(1e-9));
            assertThat(Arrays.stream(minutes.fees()).sum()).isCloseTo(split.fees(), within(1e-9));
            assertThat(Arrays.stream(minutes.profit()).sum()).isCloseTo(split.profit(), within(1e-9));
            assertThat(Arrays.stream(minutes.drift(0)).sum()).isCloseTo(split.drift(0), within(1e-9));
        }
    }

    @Test
    void theSplitOfAReplayIsItsProfit() throws IOException {
        for (long seed = 0; seed < 6; seed++) {
            BookEvents events = RandomFeed.of(SCALE, seed, 120);
            ReplayMarket market = ReplayMarket.of("X", MemoryFeed.of(events))
                    .withLatency(new OrderLatency.Constant(5_000_000, 5_000_000))
                    .withFees(FeeSchedule.makerTaker(-0.00005, 0.0007));
            ReplayRecorder recorder = ReplayRecorder.of(
                    Strategies.maker("touch-quoter").create(Map.of("quantity", "1", "inventory", "5")));
            MarketResult result =
                    Replay.run(recorder, market, ReplaySettings.DEFAULT).market(0);
            PnlSplit split = PnlSplit.of(SCALE, recorder.fills(0), MidPath.of(market.feed()), SECOND, 10 * SECOND);
            assertThat(result.trades()).isEqualTo(split.size()).isGreaterThan(50);
            // fees are rounded to 1e-8 in each of some hundred fills
            assertThat(split.profit()).isCloseTo(result.profit(), within(1e-5));
            assertThat(recorder.quotes(0).size()).isEqualTo((int) result.orders());
            assertThat(recorder.quotes(0).fillRatio()).isBetween(0.01, 1.0);
            assertThat(recorder.quotes(0).bothNanos()).isBetween(SECOND, recorder.lengthNanos());
            assertThat(recorder.quotes(0).anyNanos())
                    .isGreaterThanOrEqualTo(recorder.quotes(0).bothNanos());
        }
    }

    @Test
    void writingDownChangesNothing() throws IOException {
        BookEvents events = RandomFeed.of(SCALE, 9, 120, true);
        ReplayMarket market = ReplayMarket.of("X", MemoryFeed.of(events))
                .withLatency(new OrderLatency.Constant(5_000_000, 5_000_000));
        var plain = Replay.run(
                Strategies.maker("touch-quoter").create(Map.of("quantity", "1", "inventory", "5")),
                market,
                ReplaySettings.DEFAULT);
        var recorded = Replay.run(
                ReplayRecorder.of(Strategies.maker("touch-quoter").create(Map.of("quantity", "1", "inventory", "5"))),
                market,
                ReplaySettings.DEFAULT);
        assertThat(recorded).isEqualTo(plain);
    }

    /** Quotes once and then changes its price by a tick each second. */
    private static final class Mover implements Strategy {
        private long order;

        @Override
        public void onBar(Context context) {}

        @Override
        public void onStart(Context context) {
            context.timer("go", context.timeNanos() + SECOND);
        }

        @Override
        public void onTimer(Context context, String name) {
            if (order == 0) {
                order = context.quote(0, Side.BUY, 0.01, 190);
            } else {
                context.amend(order, 0.01, 190 + (context.timeNanos() / SECOND % 2) * 0.1);
            }
            context.timer("go", context.timeNanos() + SECOND);
        }
    }

    @Test
    void anOrderThatIsChangedGoesOnAsARowOfItsOwn() throws IOException {
        ReplayMarket market = ReplayMarket.of("X", MemoryFeed.of(RandomFeed.of(SCALE, 1, 10)));
        ReplayRecorder recorder = ReplayRecorder.of(new Mover());
        MarketResult result =
                Replay.run(recorder, market, ReplaySettings.DEFAULT).market(0);
        QuoteLog quotes = recorder.quotes(0);
        assertThat(result.orders()).isEqualTo(1);
        assertThat(quotes.size()).isBetween(8, 10);
        for (int i = 1; i < quotes.size(); i++) {
            assertThat(quotes.acceptedNanos(i)).isEqualTo(quotes.endedNanos(i - 1));
            // the first change may ask for the price that stands
            assertThat(i == 1 || quotes.price(i) != quotes.price(i - 1)).isTrue();
        }
        assertThat(quotes.anyNanos()).isGreaterThan(8 * SECOND);
        assertThat(quotes.bothNanos()).isZero();
        assertThat(quotes.fillRatio()).isZero();
    }

    @Test
    void longFeedsHaveIntervalsAroundEachPart() throws IOException {
        BookEvents events = RandomFeed.of(SCALE, 3, 35 * 60);
        ReplayMarket market = ReplayMarket.of("X", MemoryFeed.of(events));
        ReplayRecorder recorder =
                ReplayRecorder.of(Strategies.maker("touch-quoter").create(Map.of("quantity", "1", "inventory", "5")));
        Replay.run(recorder, market, ReplaySettings.DEFAULT);
        PnlSplit split = PnlSplit.of(SCALE, recorder.fills(0), MidPath.of(market.feed()), SECOND);
        assertThat(split.parts())
                .filteredOn(part -> !part.name().equals("fees"))
                .allSatisfy(part -> {
                    assertThat(part.whyNoInterval()).isEmpty();
                    assertThat(part.low()).isLessThan(part.value());
                    assertThat(part.high()).isGreaterThan(part.value());
                });
    }
}
