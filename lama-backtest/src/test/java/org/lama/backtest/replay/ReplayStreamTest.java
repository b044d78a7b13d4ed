package org.lama.backtest.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.backtest.api.SharedFolder;
import org.lama.backtest.cost.FeeSchedule;
import org.lama.backtest.matching.OrderLatency;
import org.lama.backtest.matching.QueueModel;
import org.lama.backtest.strategy.Context;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.book.BookEvents;
import org.lama.core.book.BookFeed;
import org.lama.core.book.BookScale;
import org.lama.core.book.MemoryFeed;
import org.lama.core.data.FileImport;
import org.lama.core.data.ImportOptions;
import org.lama.core.market.InstrumentId;
import org.lama.core.sources.BinanceMarket;
import org.lama.core.sources.BookTapes;
import org.lama.core.sources.StoredTape;
import org.lama.core.sources.TapeSettings;
import org.lama.core.store.ParquetStore;

/** A feed that passes through in stretches gives what a feed in memory gives, and never lies in memory. */
class ReplayStreamTest {
    private static final BookScale SCALE = MadeFeed.SCALE;
    private static final String SYMBOL = "EX.PERP.BTC-USD";

    @TempDir
    private Path folder;

    /** Quotes at the touch as long as the book says something. */
    private static final class Careful implements Strategy {
        private final TouchQuoter quoter = new TouchQuoter();

        @Override
        public void onStart(Context context) {
            quoter.onStart(context);
        }

        @Override
        public void onBar(Context context) {}

        @Override
        public void onTimer(Context context, String name) {
            if (context.isTradable(0)) {
                quoter.onTimer(context, name);
            } else {
                context.timer(name, context.timeNanos() + 100_000_000);
            }
        }
    }

    private static MarketResult run(BookFeed feed) throws IOException {
        ReplayMarket market = ReplayMarket.of("W", feed)
                .withQueue(new QueueModel.Power(3))
                .withLatency(new OrderLatency.Constant(5_000_000, 5_000_000))
                .withFees(FeeSchedule.makerTaker(-0.00005, 0.0007));
        return Replay.run(new Careful(), market, ReplaySettings.DEFAULT).market(0);
    }

    @Test
    void stretchesOfAnyLengthGiveTheSameBitsAsTheWholeFeed() throws IOException {
        MadeFeed walk = new MadeFeed(200_000, 1_000, true);
        MarketResult whole = run(MemoryFeed.of(walk.whole()));
        assertThat(whole.trades()).isGreaterThan(200);
        assertThat(whole.cancelled()).isGreaterThan(20);
        assertThat(whole.rows()).isEqualTo(200_102);
        assertThat(run(walk)).isEqualTo(whole);
        assertThat(run(new MadeFeed(200_000, 7, true))).isEqualTo(whole);
        assertThat(run(new MadeFeed(200_000, 50_000, true))).isEqualTo(whole);
    }

    @Test
    void aFeedWhoseTwoTimesLieApartByMillionsOfRowsIsRefused() {
        BookFeed late = new BookFeed() {
            @Override
            public BookScale scale() {
                return SCALE;
            }

            @Override
            public Chunks open() {
                return new Chunks() {
                    private long nanos;

                    @Override
                    public boolean next(BookEvents into) {
                        into.clear();
                        for (int i = 0; i < 1 << 19; i++) {
                            into.add(BookEvents.BID, nanos++, 1L << 40, 100, 1);
                        }
                        return true;
                    }
                };
            }
        };
        assertThatIllegalArgumentException()
                .isThrownBy(() -> run(late))
                .withMessageContaining("feed of W")
                .withMessageContaining("check its two times");
    }

    @Test
    void aStoredRecordingIsReplayedAsTheRecordingItself() throws IOException {
        Path file = SharedFolder.require("data/l2/raw_usdm_btcusdt_20240808.gz");
        MarketResult recorded =
                run(MemoryFeed.of(BookTapes.binance(file, BinanceMarket.USD_M, SCALE, TapeSettings.DEFAULT)
                        .events()));
        assertThat(recorded.trades()).isGreaterThan(100);
        try (ParquetStore store = ParquetStore.open(folder)) {
            FileImport.run(file, store, ImportOptions.defaults());
            InstrumentId instrument = store.keys().get(0).instrument();
            StoredTape stored = StoredTape.of(store, StoredTape.Part.all(instrument), SCALE, TapeSettings.DEFAULT);
            assertThat(run(stored)).isEqualTo(recorded);
        }
    }

    @Test
    void aMadeStoreIsReplayedInStretchesAsInMemory() throws IOException {
        storedInStretches(50_000);
    }

    @Test
    @Tag("slow")
    void aStoreOfMillionsOfRowsIsReplayedInStretchesAsInMemory() throws IOException {
        storedInStretches(3_000_000);
    }

    private void storedInStretches(int rows) throws IOException {
        try (ParquetStore store = ParquetStore.open(folder)) {
            new MadeFeed(rows, rows, false).write(store, SYMBOL);
            InstrumentId instrument = InstrumentId.parse(SYMBOL);
            StoredTape stored = StoredTape.of(store, StoredTape.Part.all(instrument), SCALE, TapeSettings.DEFAULT);
            assertThat(stored.shiftNanos()).isZero();
            MarketResult result = run(stored);
            assertThat(result.rows()).isEqualTo(stored.rows()).isGreaterThan(rows / 2);
            assertThat(result.trades()).isGreaterThan(20);
            if (rows < 1_000_000) {
                assertThat(run(MemoryFeed.of(stored.tape().events()))).isEqualTo(result);
            }
        }
    }

    @Test
    @Tag("slow")
    void aDayOfAHundredMillionRowsNeedsNoMoreMemoryThanAShortOne() throws IOException {
        long[] most = new long[2];
        run(new MadeFeed(1_000_000, BookFeed.USUAL_ROWS, true));
        for (int i = 0; i < 2; i++) {
            resetPeaks();
            MarketResult result = run(new MadeFeed(i == 0 ? 1_000_000 : 100_000_000, BookFeed.USUAL_ROWS, true));
            assertThat(result.trades()).isGreaterThan(1_000);
            most[i] = peakOfOldBytes();
        }
        assertThat(most[1] - most[0]).as("bytes that outlived collections").isLessThan(32L << 20);
    }

    private static void resetPeaks() {
        System.gc();
        ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
    }

    private static long peakOfOldBytes() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .filter(pool -> pool.getName().contains("Old") || pool.getName().contains("Tenured"))
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
    }
}
