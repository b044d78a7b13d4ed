package org.lama.core.features;

import java.util.Arrays;
import org.lama.core.book.BookScale;
import org.lama.core.book.LevelBook;

/** What {@link BookSampler} remembers, and how a row is made of it. Mutable, single-threaded. */
final class BookParts {
    private static final int DEPTHS = 3;
    /** Columns of the bar, which do not need the book. */
    private static final int BAR = 5;

    private final RollingWindow window;
    private final long staleNanos;
    private final int buckets;
    /** After these steps usual volume is known, as medians are. */
    private final int leastSteps;

    private final BookFlow flow;
    private final TradeFlow trades;
    private final Vpin vpin;
    private final Resilience resilience;
    private final BookLevels bids = new BookLevels(true);
    private final BookLevels asks = new BookLevels(false);
    private final RollingMedian[] bidMedians = new RollingMedian[DEPTHS];
    private final RollingMedian[] askMedians = new RollingMedian[DEPTHS];
    private final BlockMoments returns;
    private final BlockComoments impacts;
    private final BarStream amihud;
    private final BarStream roll;
    private final BarStream corwinSchultz;

    /** Best bid and ask, and their sizes, of the row before and of this one. */
    private final double[][] prices = {{Double.NaN, Double.NaN}, {Double.NaN, Double.NaN}};

    private final double[][] sizes = {{Double.NaN, Double.NaN}, {Double.NaN, Double.NaN}};
    private long rows;
    /** When something came about the book last, and when anything did; prints say nothing about the book. */
    private long heardNanos = Long.MIN_VALUE;

    private long cameNanos = Long.MIN_VALUE;
    private double midReturn;
    private int column;

    BookParts(BookScale scale, BookSampling settings) {
        window = settings.sumWindow();
        staleNanos = settings.staleAfter().toNanos();
        buckets = settings.buckets();
        leastSteps = settings.medianWindow().minimumPresent();
        flow = new BookFlow(settings);
        trades = new TradeFlow(scale, settings);
        vpin = new Vpin(buckets);
        resilience = new Resilience(settings);
        for (int i = 0; i < DEPTHS; i++) {
            bidMedians[i] = new RollingMedian(settings.medianWindow());
            askMedians[i] = new RollingMedian(settings.medianWindow());
        }
        returns = new BlockMoments(window.lengthBars());
        impacts = new BlockComoments(window.lengthBars());
        amihud = BarEstimator.AMIHUD.stream(window);
        roll = BarEstimator.ROLL_RELATIVE_SPREAD.stream(window);
        corwinSchultz = BarEstimator.CORWIN_SCHULTZ.stream(window);
    }

    void changed(boolean bid, int ticks, long before, long after) {
        flow.changed(before, after);
        (bid ? bids : asks).changed(ticks, before, after);
        resilience.changed(bid, ticks, before, after);
    }

    /** The book has a hole: what comes does not follow what was, even if it comes at the same time. */
    void lost() {
        flow.lost();
        bids.lost();
        asks.lost();
        resilience.lost();
    }

    void trade(LevelBook book, boolean buy, int ticks, long lots, long exchange, long now) {
        cameNanos = now;
        trades.trade(buy, ticks, lots);
        vpin.trade(buy, ticks, lots);
        resilience.trade(book, buy, ticks, lots, exchange, now);
    }

    void settle(LevelBook book, long now) {
        heardNanos = now;
        cameNanos = now;
        flow.settle(book, now);
        resilience.settle(book, now);
    }

    /** Ends a step and writes its row. */
    void close(LevelBook book, long closeNanos, double[] row) {
        rows++;
        boolean usable = isYoung(heardNanos, closeNanos) && book.isValid();
        trades.close();
        flow.close();
        resilience.close();
        column = 0;
        writeBar(row, isYoung(cameNanos, closeNanos));
        readBook(book, usable);
        writeBook(row);
        writeSnapshot(row);
        writeDepths(row);
        writeVolatility(row);
        writeFlow(row, closeNanos);
        writeTrades(row);
        if (!usable) {
            Arrays.fill(row, BAR, row.length, Double.NaN);
        }
        resilience.usual(bidMedians[0].median(), askMedians[0].median());
        if (rows >= leastSteps && trades.usualLots() > 0) {
            vpin.resize((long) (trades.usualLots() / buckets));
        }
    }

    private boolean isYoung(long nanos, long closeNanos) {
        return nanos != Long.MIN_VALUE && closeNanos - nanos <= staleNanos;
    }

    private void put(double[] row, double value) {
        row[column++] = value;
    }

    private void writeBar(double[] row, boolean heard) {
        put(row, trades.open);
        put(row, trades.high);
        put(row, trades.low);
        put(row, trades.close);
        put(row, heard ? trades.volume : Double.NaN);
    }

    private void readBook(LevelBook book, boolean usable) {
        for (int side = 0; side < 2; side++) {
            prices[side][0] = prices[side][1];
            sizes[side][0] = sizes[side][1];
        }
        if (usable) {
            bids.read(book);
            asks.read(book);
            bids.leaveOutUnknown(book);
            asks.leaveOutUnknown(book);
        } else {
            bids.forget();
            asks.forget();
        }
        prices[0][1] = usable ? book.scale().price(book.bidTicks()) : Double.NaN;
        prices[1][1] = usable ? book.scale().price(book.askTicks()) : Double.NaN;
        sizes[0][1] = bids.sizes[0];
        sizes[1][1] = asks.sizes[0];
    }

    private void writeBook(double[] row) {
        put(row, prices[0][1]);
        put(row, prices[1][1]);
        for (double size : bids.sizes) {
            put(row, size);
        }
        for (double size : asks.sizes) {
            put(row, size);
        }
        for (double depth : bids.depths) {
            put(row, depth);
        }
        for (double depth : asks.depths) {
            put(row, depth);
        }
    }

    private void writeSnapshot(double[] row) {
        double spread = OrderBook.relativeSpread(prices[0][1], prices[1][1]);
        double last = OrderBook.mid(prices[0][0], prices[1][0]);
        midReturn = Returns.logOrMissing(OrderBook.mid(prices[0][1], prices[1][1])) - Returns.logOrMissing(last);
        put(row, spread);
        put(row, midReturn);
        put(row, 0.5 * OrderBook.imbalance(bids.sizes[0], asks.sizes[0]) * spread);
        for (int i = 0; i < bids.sizes.length; i++) {
            put(row, OrderBook.imbalance(bids.sizes[i], asks.sizes[i]));
        }
        put(row, Double.isNaN(midReturn) ? Double.NaN : OrderBook.flow(prices, sizes, 1));
    }

    private void writeDepths(double[] row) {
        for (int i = 0; i < DEPTHS; i++) {
            put(row, ratio(bids.depths[i], bidMedians[i]));
        }
        for (int i = 0; i < DEPTHS; i++) {
            put(row, ratio(asks.depths[i], askMedians[i]));
        }
        put(
                row,
                OrderBook.depthSlope(
                        bids.depths[0] + asks.depths[0],
                        bids.depths[1] + asks.depths[1],
                        bids.depths[2] + asks.depths[2]));
    }

    private static double ratio(double depth, RollingMedian medians) {
        double median = medians.next(depth);
        return median > 0 ? BarStreams.finite(depth / median) : Double.NaN;
    }

    private void writeVolatility(double[] row) {
        returns.next(midReturn);
        boolean enough = returns.count >= window.minimumPresent();
        put(row, enough ? BarStreams.finite(Math.sqrt(returns.squares / (returns.count - 1))) : Double.NaN);
        double meanSquare = returns.squares / returns.count + returns.mean * returns.mean;
        put(row, enough ? BarStreams.finite(Math.sqrt(window.lengthBars() * meanSquare)) : Double.NaN);
    }

    private void writeFlow(double[] row, long closeNanos) {
        boolean enough = rows >= window.minimumPresent();
        put(row, flow.orderFlow);
        put(row, enough ? flow.windowFlow() : Double.NaN);
        put(row, enough ? flow.cancelInsertRatio(trades.windowLots()) : Double.NaN);
        put(row, flow.quoteAgeSeconds(closeNanos));
        put(row, resilience.seconds());
    }

    private void writeTrades(double[] row) {
        put(row, rows >= window.minimumPresent() ? trades.imbalance() : Double.NaN);
        put(row, trades.sizeZ);
        impacts.next(trades.signedValue, midReturn);
        double lambda = BarStreams.slope(impacts, window, true);
        put(row, lambda);
        put(row, lambda * Math.sqrt(impacts.squaresX / (impacts.count - 1)));
        put(row, amihud.next(trades.open, trades.high, trades.low, trades.close, trades.volume));
        put(row, roll.next(trades.open, trades.high, trades.low, trades.close, trades.volume));
        put(row, corwinSchultz.next(trades.open, trades.high, trades.low, trades.close, trades.volume));
        put(row, vpin.signed());
        put(row, vpin.bulk());
    }
}
