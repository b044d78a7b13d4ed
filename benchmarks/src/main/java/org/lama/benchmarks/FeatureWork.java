package org.lama.benchmarks;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.book.BookEvents;
import org.lama.core.book.BookMeasures;
import org.lama.core.book.BookScale;
import org.lama.core.book.LevelBook;
import org.lama.core.features.BookSampler;
import org.lama.core.features.BookSampling;
import org.lama.core.market.Side;
import org.lama.core.sources.BinanceMarket;
import org.lama.core.sources.BookTapes;
import org.lama.core.sources.TapeSettings;
import org.lama.core.store.Node;

/**
 * All features of a book, a row of every column each second, over generated events or a recorded feed of Binance; and the
 * plain way, which measures best prices, sizes and near depth anew after every event and knows neither flow nor windows.
 */
final class FeatureWork {
    private static final BookScale SCALE = new BookScale(0.1, 0.001);
    private static final int DEEPEST = 1_000;
    private static final int GENERATED = 1_000_000;

    private final BookEvents events;

    private FeatureWork(BookEvents events) {
        this.events = events;
    }

    /** A feed: {@code generated}, or one of the recorded ones, whose files lie in the folder. */
    static FeatureWork of(String feed, Path folder) throws IOException {
        return switch (feed) {
            case "generated" -> new FeatureWork(generated(GENERATED));
            case "usdm" -> recorded(folder, "raw_usdm_btcusdt_20240808.gz", BinanceMarket.USD_M, SCALE);
            case "coinm" ->
                recorded(folder, "raw_cm_btcusd_perp_20240808.gz", BinanceMarket.COIN_M, new BookScale(0.1, 1));
            case "spot" ->
                recorded(folder, "raw_spot_btcusdt_20240808.gz", BinanceMarket.SPOT, new BookScale(0.01, 0.00001));
            default ->
                throw new IllegalArgumentException("feed must be generated, usdm, coinm or spot, got '" + feed + "'");
        };
    }

    private static FeatureWork recorded(Path folder, String name, BinanceMarket market, BookScale scale)
            throws IOException {
        return new FeatureWork(BookTapes.binance(folder.resolve(name), market, scale, TapeSettings.DEFAULT)
                .events());
    }

    /** A mid that walks, levels that come and go within 1,000 ticks of it, one event each millisecond, a tenth trades. */
    static BookEvents generated(int count) {
        Rng rng = Seeds.rng(BenchmarkData.SEED, 5);
        BookEvents tape = new BookEvents(SCALE, count + 2 * DEEPEST + 1);
        int mid = 600_000;
        for (int i = 1; i <= DEEPEST; i++) {
            tape.add(BookEvents.BID, 0, 0, mid - i, 1 + rng.nextInt(5_000));
            tape.add(BookEvents.ASK, 0, 0, mid + i, 1 + rng.nextInt(5_000));
        }
        tape.add(BookEvents.WHOLE, 0, 0, 0, 0);
        for (int i = 1; i <= count; i++) {
            long now = i * 1_000_000L;
            mid += i % 50 == 0 ? rng.nextInt(3) - 1 : 0;
            boolean bid = rng.nextInt(2) == 0;
            if (i % 10 == 0) {
                byte kind = bid ? BookEvents.SELL : BookEvents.BUY;
                tape.add(kind, now, now, bid ? mid - 1 : mid + 1, 1 + rng.nextInt(900));
            } else {
                int away = 1 + (rng.nextInt(4) == 0 ? rng.nextInt(DEEPEST) : rng.nextInt(20));
                long lots = rng.nextInt(4) == 0 ? 0 : 1 + rng.nextInt(5_000);
                tape.add(bid ? BookEvents.BID : BookEvents.ASK, now, now, bid ? mid - away : mid + away, lots);
            }
        }
        return tape;
    }

    /** Number of events. */
    int size() {
        return events.size();
    }

    /** Samples the feed: tells the number of rows, that of present numbers, and the bytes that were allocated. */
    void sample(Node.Fields into) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        long[] seen = new long[2];
        BookSampler sampler = BookSampler.of(events.scale(), BookSampling.DEFAULT, (close, row) -> {
            seen[0]++;
            for (double value : row) {
                seen[1] += Double.isNaN(value) ? 0 : 1;
            }
        });
        for (int row = 0; row < events.size(); row++) {
            sampler.accept(events, row);
        }
        into.put("rows", seen[0])
                .put("present", seen[1])
                .put(
                        "bytes",
                        threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before);
    }

    /** Measures after every event of the first so many; the sum of all measures. */
    static double plain(BookEvents events, int count) {
        LevelBook book = LevelBook.of(events.scale());
        double sum = 0;
        for (int row = 0; row < count; row++) {
            events.applyTo(row, book);
            double measured = BookMeasures.relativeSpread(book)
                    + BookMeasures.microprice(book)
                    + BookMeasures.imbalance(book, 5)
                    + BookMeasures.imbalance(book, 10)
                    + BookMeasures.depthWithin(book, Side.BUY, 10)
                    + BookMeasures.depthWithin(book, Side.SELL, 10);
            sum += book.isValid() ? measured : 0; // not before its first snapshot
        }
        return sum;
    }

    /** The plain way over all events. */
    void plain(Node.Fields into) {
        into.put("stat", plain(events, events.size()));
    }
}
