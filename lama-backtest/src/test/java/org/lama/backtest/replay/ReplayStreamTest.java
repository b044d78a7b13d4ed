package org.lama.backtest.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
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
import org.lama.core.series.Provenance;
import org.lama.core.sources.BinanceMarket;
import org.lama.core.sources.BookTapes;
import org.lama.core.sources.StoredTape;
import org.lama.core.sources.TapeSettings;
import org.lama.core.store.ParquetStore;
import org.lama.core.store.ParquetTable;
import org.lama.core.store.RecordKind;
import org.lama.core.store.SeriesKey;

/** A feed that passes through in stretches gives what a feed in memory gives, and never lies in memory. */
class ReplayStreamTest {
    private static final BookScale SCALE = new BookScale(0.1, 0.001);
    private static final String SYMBOL = "EX.PERP.BTC-USD";

    @TempDir
    private Path folder;

    /** Levels and prints around a mid price that moves or stands, made anew each time they are read; a row comes to us 1 to 20 ms after it happened. */
    private record Walk(long rows, int stretch, boolean moves) implements BookFeed {
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
                    if (moves && (bits >>> 44 & 0xff) == 0) {
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
        Walk walk = new Walk(200_000, 1_000, true);
        MarketResult whole = run(MemoryFeed.of(walk.whole()));
        assertThat(whole.trades()).isGreaterThan(200);
        assertThat(whole.cancelled()).isGreaterThan(20);
        assertThat(whole.rows()).isEqualTo(200_102);
        assertThat(run(walk)).isEqualTo(whole);
        assertThat(run(new Walk(200_000, 7, true))).isEqualTo(whole);
        assertThat(run(new Walk(200_000, 50_000, true))).isEqualTo(whole);
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
            write(store, new Walk(rows, rows, false));
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

    /** Levels as a snapshot and changes, prints as trades. */
    private static void write(ParquetStore store, Walk walk) throws IOException {
        BookEvents part = new BookEvents(SCALE, 0);
        try (BookFeed.Chunks chunks = walk.open()) {
            for (boolean first = true; chunks.next(part); first = false) {
                if (first) {
                    write(store, RecordKind.BOOK_SNAPSHOTS, part, 0, 102);
                }
                write(store, RecordKind.BOOK_UPDATES, part, first ? 102 : 0, part.size());
                write(store, RecordKind.TRADES, part, 0, part.size());
            }
        }
    }

    private static void write(ParquetStore store, RecordKind kind, BookEvents part, int from, int to)
            throws IOException {
        boolean prints = kind == RecordKind.TRADES;
        int[] rows = IntStream.range(from, to)
                .filter(row -> part.kind(row) != BookEvents.CLEAR && part.kind(row) != BookEvents.WHOLE)
                .filter(row -> prints == (part.kind(row) == BookEvents.BUY || part.kind(row) == BookEvents.SELL))
                .toArray();
        byte second = prints ? BookEvents.BUY : BookEvents.ASK;
        ParquetTable.Builder table = ParquetTable.builder(rows.length)
                .times(RecordKind.TIME, longs(rows, part::exchangeNanos))
                .times(RecordKind.AVAILABLE, longs(rows, part::localNanos))
                .longs("side", longs(rows, row -> part.kind(row) == second ? 1 : 0))
                .doubles(
                        "price",
                        Arrays.stream(rows)
                                .mapToDouble(row -> SCALE.price(part.ticks(row)))
                                .toArray())
                .doubles(
                        "size",
                        Arrays.stream(rows)
                                .mapToDouble(row -> SCALE.quantity(part.lots(row)))
                                .toArray());
        if (kind == RecordKind.BOOK_SNAPSHOTS) {
            table.longs("level", longs(rows, row -> row / 2));
        }
        Provenance made = new Provenance(Provenance.Kind.SYNTHETIC, "made", "", "");
        assertThat(store.write(SeriesKey.of(SYMBOL, kind), table.build(), made, true)
                        .refused())
                .isZero();
    }

    private static long[] longs(int[] rows, IntToLongFunction value) {
        return Arrays.stream(rows).mapToLong(value).toArray();
    }

    @Test
    @Tag("slow")
    void aDayOfAHundredMillionRowsNeedsNoMoreMemoryThanAShortOne() throws IOException {
        long[] most = new long[2];
        run(new Walk(1_000_000, BookFeed.USUAL_ROWS, true));
        for (int i = 0; i < 2; i++) {
            resetPeaks();
            MarketResult result = run(new Walk(i == 0 ? 1_000_000 : 100_000_000, BookFeed.USUAL_ROWS, true));
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
