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
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
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
    private static final BookScale SCALE = new BookScale(0.1, 0.001);

    @TempDir
    private Path folder;

    /** A walk of quotes and prints, made anew each time it is read; a row comes to us 1 to 20 ms after it happened. */
    private record Walk(long rows, int stretch) implements BookFeed {
        @Override
        public BookScale scale() {
            return SCALE;
        }

        @Override
        public Chunks open() {
            Rng rng = Seeds.rng(8, 77);
            return new Chunks() {
                private long made;
                private long nanos;
                private long local;
                private int mid = 100_000;

                @Override
                public boolean next(BookEvents into) {
                    into.clear();
                    if (made == 0) {
                        into.add(BookEvents.CLEAR, 0, 0, 0, 0);
                        for (int i = 1; i <= 50; i++) {
                            into.add(BookEvents.BID, 0, 0, mid - i, 1_000);
                            into.add(BookEvents.ASK, 0, 0, mid + i, 1_000);
                        }
                        into.add(BookEvents.WHOLE, 0, 0, 0, 0);
                    }
                    for (int i = 0; i < stretch && made < rows; i++) {
                        add(into);
                        made++;
                    }
                    return into.size() > 0;
                }

                private void add(BookEvents into) {
                    long bits = rng.nextLong();
                    nanos += 50_000 + (bits & 0xffff);
                    local = Math.max(local, nanos + 1_000_000 + ((bits >>> 16) & 0xffffff));
                    boolean bid = (bits >>> 40 & 1) == 0;
                    int away = 1 + (int) (bits >>> 41 & 7);
                    if ((bits >>> 44 & 0xff) == 0) {
                        mid += bid ? 1 : -1;
                    }
                    long lots = (bits >>> 52 & 0x7ff);
                    if ((bits >>> 63) == 1 && away == 1) {
                        into.add(bid ? BookEvents.SELL : BookEvents.BUY, nanos, local, mid + (bid ? -1 : 1), 1 + lots);
                    } else {
                        into.add(bid ? BookEvents.BID : BookEvents.ASK, nanos, local, mid + (bid ? -away : away), lots);
                    }
                }
            };
        }

        BookEvents whole() {
            BookEvents all = new BookEvents(SCALE, 0);
            BookEvents part = new BookEvents(SCALE, 0);
            try (Chunks chunks = open()) {
                while (chunks.next(part)) {
                    all.append(part, 0, part.size());
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            return all;
        }
    }

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
        Walk walk = new Walk(200_000, 1_000);
        MarketResult whole = run(MemoryFeed.of(walk.whole()));
        assertThat(whole.trades()).isGreaterThan(200);
        assertThat(whole.cancelled()).isGreaterThan(20);
        assertThat(whole.rows()).isEqualTo(200_102);
        assertThat(run(walk)).isEqualTo(whole);
        assertThat(run(new Walk(200_000, 7))).isEqualTo(whole);
        assertThat(run(new Walk(200_000, 50_000))).isEqualTo(whole);
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
    @Tag("slow")
    void aDayOfAHundredMillionRowsNeedsNoMoreMemoryThanAShortOne() throws IOException {
        long[] most = new long[2];
        run(new Walk(1_000_000, BookFeed.USUAL_ROWS));
        for (int i = 0; i < 2; i++) {
            resetPeaks();
            MarketResult result = run(new Walk(i == 0 ? 1_000_000 : 100_000_000, BookFeed.USUAL_ROWS));
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
