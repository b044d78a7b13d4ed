package org.lama.backtest.report;

import java.time.Duration;
import java.util.Arrays;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.book.BookEvents;
import org.lama.core.book.LevelBook;
import org.lama.core.series.Frame;
import org.lama.core.signal.Scorer;
import org.lama.core.signal.Signal;

/**
 * What {@link Figures#book} draws: depth by price and time, best bid and ask, trades, and the scores and alarms of a model.
 * A tape of any length is thinned to some thousand cells. Immutable and thread-safe; O(events) to make, plus the levels in
 * sight for each of 150 columns.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class BookChart {
    /** Columns of time and rows of price of the shading. */
    static final int COLUMNS = 150;

    static final int ROWS = 40;

    private static final double MARGIN = 0.2;

    private final String name;
    private final long from;
    private final long to;
    private final double[] bid;
    private final double[] ask;
    private final double[][] depth;
    private final double[] range;
    private final Trades trades;
    private final Scores scores;

    /** Trades of each column by aggressor: last price (NaN without a trade) and quantity. */
    @SuppressWarnings("ArrayRecordComponent") // a private carrier that is never compared
    record Trades(double[][] price, double[][] quantity) {}

    /** Rows of a model: when each was known, its score, and whether it is an alarm. */
    @SuppressWarnings("ArrayRecordComponent") // a private carrier that is never compared
    record Scores(String model, long[] at, double[] score, boolean[] alarm) {}

    private BookChart(BookChart other, Scores scores) {
        name = other.name;
        from = other.from;
        to = other.to;
        bid = other.bid;
        ask = other.ask;
        depth = other.depth;
        range = other.range;
        trades = other.trades;
        this.scores = scores;
    }

    private BookChart(String name, BookEvents events, long from, long to) {
        this.name = name;
        this.from = from;
        this.to = to;
        bid = missing(COLUMNS);
        ask = missing(COLUMNS);
        trades = new Trades(
                new double[][] {missing(COLUMNS), missing(COLUMNS)},
                new double[][] {new double[COLUMNS], new double[COLUMNS]});
        depth = new double[COLUMNS][ROWS];
        scores = new Scores("", new long[0], new double[0], new boolean[0]);
        play(events, this::touch);
        trade(events);
        double[] seen = Scale.range(bid, ask);
        double pad = Math.max(MARGIN * (seen[1] - seen[0]), events.scale().tickSize() * ROWS / 2);
        range = new double[] {seen[0] - pad, seen[1] + pad};
        play(events, this::shade);
    }

    /**
     * The chart of a stretch of a tape.
     *
     * @param name what is traded, for the title
     * @param events rows in the order in which they came
     * @param fromNanos left end, UTC epoch nanoseconds of the times at which events came
     * @param toNanos right end, after the left one
     * @return the chart, without scores
     */
    public static BookChart of(String name, BookEvents events, long fromNanos, long toNanos) {
        Check.notBlank(name, "name");
        Check.that(toNanos > fromNanos, "toNanos must be > fromNanos, " + fromNanos + ", got " + toNanos);
        return new BookChart(name, events, fromNanos, toNanos);
    }

    /**
     * The chart of a whole tape.
     *
     * @param name what is traded, for the title
     * @param events rows in the order in which they came, at least one
     * @return the chart, without scores
     */
    public static BookChart of(String name, BookEvents events) {
        Check.that(events.size() > 0, "events must have at least one row, got none");
        long first = events.localNanos(0);
        return of(name, events, first, Math.max(first, events.localNanos(events.size() - 1)) + 1);
    }

    /**
     * The chart with the scores of rows, each drawn when its row is known.
     *
     * @param model name of the model, for the legend
     * @param rows the rows that were scored
     * @param scores one per row, NaN where there is none
     * @param alarms one per row
     * @return a copy
     */
    public BookChart withScores(String model, Frame rows, double[] scores, boolean[] alarms) {
        Check.that(
                scores.length == rows.size() && alarms.length == rows.size(),
                "scores and alarms must have " + rows.size() + " rows, got " + scores.length + " and " + alarms.length);
        long[] at = new long[rows.size()];
        Arrays.setAll(at, rows::availableAt);
        return new BookChart(this, new Scores(Check.notBlank(model, "model"), at, scores.clone(), alarms.clone()));
    }

    /**
     * The chart with what a fitted model says of each row, knowing the rows before it alone.
     *
     * @param model name of the model, for the legend
     * @param rows rows to score, after those of the fit
     * @param scorer the fitted model
     * @return a copy
     */
    public BookChart withSignals(String model, Frame rows, Scorer scorer) {
        double[] levels = new double[rows.size()];
        boolean[] alarms = new boolean[rows.size()];
        for (int row = 0; row < levels.length; row++) {
            Signal signal = scorer.score(rows.head(row + 1));
            levels[row] = signal.valid() ? signal.level() : Double.NaN;
            alarms[row] = signal.valid() && signal.alarm();
        }
        return withScores(model, rows, levels, alarms);
    }

    /** Takes the book as it is at the end of a column. */
    private interface Look {
        void at(int column, LevelBook book);
    }

    private void play(BookEvents events, Look look) {
        LevelBook book = LevelBook.of(events.scale());
        int row = 0;
        for (int column = 0; column < COLUMNS; column++) {
            long end = from + (long) ((column + 1) * ((double) (to - from) / COLUMNS));
            while (row < events.size() && events.localNanos(row) < end) {
                events.applyTo(row++, book);
            }
            if (book.isValid()) {
                look.at(column, book);
            }
        }
    }

    private void touch(int column, LevelBook book) {
        bid[column] = book.scale().price(book.bidTicks());
        ask[column] = book.scale().price(book.askTicks());
    }

    private void shade(int column, LevelBook book) {
        for (int ticks = book.bidTicks(); ticks != 0; ticks = book.nextBid(ticks)) {
            if (!add(column, book.scale().price(ticks), book.scale().quantity(book.bidLots(ticks)))) {
                break;
            }
        }
        for (int ticks = book.askTicks(); ticks != 0; ticks = book.nextAsk(ticks)) {
            if (!add(column, book.scale().price(ticks), book.scale().quantity(book.askLots(ticks)))) {
                break;
            }
        }
    }

    private boolean add(int column, double price, double quantity) {
        double row = (price - range[0]) / (range[1] - range[0]) * ROWS;
        boolean seen = row >= 0 && row < ROWS;
        if (seen) {
            depth[column][(int) row] += quantity;
        }
        return seen;
    }

    private void trade(BookEvents events) {
        for (int row = 0; row < events.size(); row++) {
            byte kind = events.kind(row);
            long at = events.localNanos(row);
            if ((kind == BookEvents.BUY || kind == BookEvents.SELL) && at >= from && at < to) {
                int side = kind == BookEvents.BUY ? 0 : 1;
                int column = (int) Math.min(COLUMNS - 1, (double) (at - from) / (to - from) * COLUMNS);
                trades.price[side][column] = events.scale().price(events.ticks(row));
                trades.quantity[side][column] += events.scale().quantity(events.lots(row));
            }
        }
    }

    private static double[] missing(int length) {
        double[] values = new double[length];
        Arrays.fill(values, Double.NaN);
        return values;
    }

    String name() {
        return name;
    }

    Duration span() {
        return Duration.ofNanos(to - from);
    }

    long from() {
        return from;
    }

    /** Seconds from the left end to the middle of a column. */
    double seconds(double column) {
        return column / COLUMNS * (to - from) / 1e9;
    }

    double[] bid() {
        return bid;
    }

    double[] ask() {
        return ask;
    }

    /** Quantity by column and row of price. */
    double[][] depth() {
        return depth;
    }

    /** Prices at the lower and at the upper end. */
    double[] range() {
        return range;
    }

    Trades trades() {
        return trades;
    }

    Scores scores() {
        return scores;
    }

    /** Whether there is a book to draw. */
    boolean hasBook() {
        return Arrays.stream(bid).anyMatch(Double::isFinite);
    }

    /** Alarms within the stretch. */
    int alarms() {
        int count = 0;
        for (int row = 0; row < scores.at.length; row++) {
            count += scores.alarm[row] && scores.at[row] >= from && scores.at[row] <= to ? 1 : 0;
        }
        return count;
    }
}
