package org.lama.core.features;

import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.book.BookEvents;
import org.lama.core.book.BookScale;
import org.lama.core.book.BookView;
import org.lama.core.book.LevelBook;
import org.lama.core.market.Columns;

/**
 * Features of a book and its tape, event by event: rows go in as they come, and at the end of each step one row of features
 * comes out, made of what came before that end alone. Changes and trades are counted one by one, best prices are looked at
 * after all that came at one time, levels are read once a step. The rows equal those of a whole tape ({@link BookFrames})
 * in every bit, since both are this class; they equal {@link BookFeatures} over their own book columns too.
 *
 * <p>A row holds a bar of trades (prices NaN where nothing traded), the book at its end, and features. Book and features are
 * NaN where the book is not valid at the end of the step, or nothing came about it for longer than the settings allow; sums over
 * windows go on meanwhile, returns and depths of such rows are missing in them. Windows look back over steps and need a
 * third of them. Times are those at which events came to us; a time that steps back counts as the latest one.
 *
 * <p>Mutable, for one book and one thread. O(1) per event and O(levels within 50 basis points + window) per row; allocates
 * nothing after it is made, but where far levels of the book need room.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class BookSampler {
    /** Order flow of the step: the sum over its events of what came to the bid and left the ask, over the mean best size. */
    public static final String ORDER_FLOW = "feature.orderFlow";
    /** The same of the window. */
    public static final String ORDER_FLOW_WINDOW = "feature.orderFlowWindow";
    /** (bought - sold) / (bought + sold) by aggressors over the window, in [-1, 1]. */
    public static final String TRADE_IMBALANCE = "feature.tradeImbalance";
    /** Largest z-score of the size of a trade of the step among the last trades; 0 where none is above the mean. */
    public static final String TRADE_SIZE_Z = "feature.tradeSizeZ";
    /** Quantity taken away without a trade over quantity added, over the window, at least 0. */
    public static final String CANCEL_INSERT_RATIO = "feature.cancelInsertRatio";
    /** Slope of the mid's log return on signed traded value, steps of the window, per unit of quote currency. */
    public static final String KYLE_LAMBDA = "feature.kyleLambda";
    /** The same slope times the standard deviation of the signed traded value: a fraction of the price. */
    public static final String KYLE_IMPACT = "feature.kyleImpact";
    /** Roll's spread of trades over the window, a fraction of the price. */
    public static final String ROLL_SPREAD = "feature.rollSpread";
    /** VPIN by the aggressors' sides, in [0, 1]. */
    public static final String VPIN = "feature.vpin";
    /** VPIN by changes of price, in [0, 1]. */
    public static final String VPIN_BULK = "feature.vpinBulk";
    /** Root of the sum of squared log returns of the mid over the window; missing ones count as the mean of the others. */
    public static final String REALISED_VOLATILITY = "feature.realisedVolatility";
    /** Seconds since the best prices or their sizes changed. */
    public static final String QUOTE_AGE = "feature.quoteAge";
    /** Mean seconds that a side took to come back after a trade that took a level, over the window. */
    public static final String RESILIENCE = "feature.resilience";

    private static final List<String> NAMES = List.of(
            Columns.OPEN,
            Columns.HIGH,
            Columns.LOW,
            Columns.CLOSE,
            Columns.VOLUME,
            Columns.BOOK_BID,
            Columns.BOOK_ASK,
            Columns.BOOK_BID_SIZE + 1,
            Columns.BOOK_BID_SIZE + 5,
            Columns.BOOK_BID_SIZE + 10,
            Columns.BOOK_ASK_SIZE + 1,
            Columns.BOOK_ASK_SIZE + 5,
            Columns.BOOK_ASK_SIZE + 10,
            Columns.BOOK_BID_DEPTH + 10,
            Columns.BOOK_BID_DEPTH + 25,
            Columns.BOOK_BID_DEPTH + 50,
            Columns.BOOK_ASK_DEPTH + 10,
            Columns.BOOK_ASK_DEPTH + 25,
            Columns.BOOK_ASK_DEPTH + 50,
            BookFeatures.RELATIVE_SPREAD,
            BookFeatures.MID_RETURN,
            BookFeatures.MICROPRICE_OFFSET,
            BookFeatures.IMBALANCE + 1,
            BookFeatures.IMBALANCE + 5,
            BookFeatures.IMBALANCE + 10,
            BookFeatures.FLOW_IMBALANCE,
            BookFeatures.BID_DEPTH_RATIO + 10,
            BookFeatures.BID_DEPTH_RATIO + 25,
            BookFeatures.BID_DEPTH_RATIO + 50,
            BookFeatures.ASK_DEPTH_RATIO + 10,
            BookFeatures.ASK_DEPTH_RATIO + 25,
            BookFeatures.ASK_DEPTH_RATIO + 50,
            BookFeatures.DEPTH_SLOPE,
            BarFeatures.VOLATILITY,
            REALISED_VOLATILITY,
            ORDER_FLOW,
            ORDER_FLOW_WINDOW,
            CANCEL_INSERT_RATIO,
            QUOTE_AGE,
            RESILIENCE,
            TRADE_IMBALANCE,
            TRADE_SIZE_Z,
            KYLE_LAMBDA,
            KYLE_IMPACT,
            BarFeatures.AMIHUD,
            ROLL_SPREAD,
            BarFeatures.CORWIN_SCHULTZ,
            VPIN,
            VPIN_BULK);

    private static final long NOTHING = Long.MIN_VALUE;
    private static final long MOST_ROWS = 10_000_000;
    /** Levels within 50 basis points are read each step: 32,000 ticks or so where a tick is 1/60,000 of the price. */
    private static final int WINDOW_TICKS = 1 << 16;

    private final Sink sink;
    private final long stepNanos;
    private final LevelBook book;
    private final BookParts parts;
    private final double[] row = new double[NAMES.size()];

    private long latest = NOTHING;
    private long close;
    private boolean unsettled;
    private long stepsBack;

    /** Takes the rows. */
    @FunctionalInterface
    public interface Sink {
        /**
         * A step has ended.
         *
         * @param closeNanos its end, UTC epoch nanoseconds: from then on the row may be known
         * @param values one per column of {@link BookSampler#columns()}; the array is used again, so copy what is kept
         */
        void row(long closeNanos, double[] values);
    }

    private BookSampler(BookScale scale, BookSampling settings, Sink sink) {
        this.sink = sink;
        stepNanos = settings.step().toNanos();
        book = LevelBook.of(scale, WINDOW_TICKS);
        parts = new BookParts(scale, settings);
    }

    /**
     * A sampler that has seen nothing.
     *
     * @param scale what ticks and lots are worth
     * @param settings how to sample
     * @param sink takes the rows
     * @return the sampler
     */
    public static BookSampler of(BookScale scale, BookSampling settings, Sink sink) {
        Check.notNull(settings, "settings");
        return new BookSampler(Check.notNull(scale, "scale"), settings, Check.notNull(sink, "sink"));
    }

    /**
     * Names of the columns, in their order.
     *
     * @return bar, book and features, named as in {@link Columns}, {@link BookFeatures} and {@link BarFeatures}
     */
    public static List<String> columns() {
        return NAMES;
    }

    /**
     * The book as it is after the rows so far.
     *
     * @return a live view
     */
    public BookView book() {
        return book;
    }

    /**
     * How often a time was before the one above it.
     *
     * @return at least 0
     */
    public long stepsBack() {
        return stepsBack;
    }

    /**
     * Takes a row of a stretch of events; steps that ended before it are told first.
     *
     * @param events the stretch, of the sampler's scale
     * @param at which row
     */
    public void accept(BookEvents events, int at) {
        long now = Math.max(latest, events.localNanos(at));
        stepsBack += now > events.localNanos(at) ? 1 : 0;
        if (now != latest) {
            advance(now);
        }
        int ticks = events.ticks(at);
        long lots = events.lots(at);
        switch (events.kind(at)) {
            case BookEvents.BID -> changed(true, ticks, book.setBid(ticks, lots), lots);
            case BookEvents.ASK -> changed(false, ticks, book.setAsk(ticks, lots), lots);
            case BookEvents.BUY -> parts.trade(book, true, ticks, lots, events.exchangeNanos(at), now);
            case BookEvents.SELL -> parts.trade(book, false, ticks, lots, events.exchangeNanos(at), now);
            case BookEvents.BID_QUOTE -> quote(true, ticks, lots);
            case BookEvents.ASK_QUOTE -> quote(false, ticks, lots);
            case BookEvents.CLEAR -> {
                events.applyTo(at, book);
                parts.lost();
                unsettled = true;
            }
            default -> {
                events.applyTo(at, book);
                unsettled = true;
            }
        }
    }

    /**
     * Says how late it is where no event does: steps that have ended are told. All events before this time must have come.
     *
     * @param nowNanos UTC epoch nanoseconds; nothing happens if an event was later
     */
    public void advance(long nowNanos) {
        if (latest == NOTHING) {
            close = Math.addExact(Math.floorDiv(nowNanos, stepNanos) * stepNanos, stepNanos);
        }
        if (nowNanos <= latest) {
            return;
        }
        Check.that(
                latest == NOTHING || (nowNanos - latest) / stepNanos < MOST_ROWS,
                "a pause must be shorter than " + MOST_ROWS + " steps; cut the tape there or take longer steps");
        settle();
        while (close <= nowNanos) {
            parts.close(book, close, row);
            sink.row(close, row);
            close += stepNanos;
        }
        latest = nowNanos;
    }

    private void settle() {
        if (unsettled) {
            parts.settle(book, latest);
            unsettled = false;
        }
    }

    private void changed(boolean bid, int ticks, long before, long after) {
        unsettled = true;
        if (book.isWhole()) {
            parts.changed(bid, ticks, before, after);
        }
    }

    /** A best quote takes away all levels before it. */
    private void quote(boolean bid, int ticks, long lots) {
        if (bid) {
            for (int gone = book.bidTicks(); gone > ticks; gone = book.nextBid(gone)) {
                changed(true, gone, book.bidLots(gone), 0);
            }
            long before = book.bidLots(ticks);
            book.quoteBid(ticks, lots);
            changed(true, ticks, before, lots);
        } else {
            for (int gone = book.askTicks(); gone != 0 && gone < ticks; gone = book.nextAsk(gone)) {
                changed(false, gone, book.askLots(gone), 0);
            }
            long before = book.askLots(ticks);
            book.quoteAsk(ticks, lots);
            changed(false, ticks, before, lots);
        }
    }
}
