package org.lama.backtest.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.data.MarketData;
import org.lama.core.series.TimeIndex;

/**
 * All that a run is fed with: bars, and beside them funding rates, conversion rates, trade prints, order books and events
 * of instruments. Streams are merged by time; at equal times instrument events come first, then conversion rates, funding,
 * books and prints, each in the order of the symbols. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Market {
    private final MarketData bars;
    private final List<Stream> streams;
    private final List<InstrumentEvent> events;
    private final KnownFigures figures;

    /** What a stream tells. Their order is their priority at equal times. */
    enum Kind {
        EVENT,
        CONVERSION,
        FUNDING,
        BOOK,
        TRADE
    }

    /** Times and values of one stream of one instrument or currency. Arrays are the stream's own. */
    @SuppressWarnings("ArrayRecordComponent") // package-private, read-only after it is made, never compared
    record Stream(Kind kind, int instrument, String name, long[] times, double[][] values) {}

    private Market(MarketData bars, List<Stream> streams, List<InstrumentEvent> events) {
        this.bars = bars;
        figures = new KnownFigures(bars.frames().size());
        this.streams = List.copyOf(streams);
        this.events = events.stream()
                .sorted(Comparator.comparingLong(InstrumentEvent::tsNanos))
                .toList();
    }

    /**
     * Bars and nothing else.
     *
     * @param bars columns {@code open} and {@code close}; {@code high} and {@code low} serve orders that fill inside bars,
     *     {@code volume} the limits of participation
     * @return the market
     */
    public static Market of(MarketData bars) {
        return new Market(Check.notNull(bars, "bars"), List.of(), List.of());
    }

    /**
     * Bars, to which more can be added.
     *
     * @param bars as in {@link #of}
     * @return a builder
     */
    public static Builder builder(MarketData bars) {
        return new Builder(Check.notNull(bars, "bars"));
    }

    /**
     * The bars.
     *
     * @return as given
     */
    public MarketData bars() {
        return bars;
    }

    /**
     * The events of instruments.
     *
     * @return in the order of time
     */
    public List<InstrumentEvent> events() {
        return events;
    }

    KnownFigures figures() {
        return figures;
    }

    /**
     * Whether there is nothing beside the bars.
     *
     * @return false if there are streams or events
     */
    public boolean hasBarsOnly() {
        return streams.isEmpty() && events.isEmpty();
    }

    List<Stream> streams() {
        return streams;
    }

    /**
     * Tells someone all streams, in the order in which they were added: {@link Builder} can be fed with them again.
     *
     * @param listener gets copies
     */
    public void describe(StreamListener listener) {
        for (Stream each : streams) {
            long[] times = each.times().clone();
            double[][] values = new double[each.values().length][];
            for (int c = 0; c < values.length; c++) {
                values[c] = each.values()[c].clone();
            }
            switch (each.kind()) {
                case CONVERSION -> listener.conversion(each.name(), times, values[0]);
                case FUNDING -> listener.funding(each.name(), times, values[0]);
                case BOOK -> listener.books(each.name(), times, values);
                case TRADE -> listener.trades(each.name(), times, values[0], values[1]);
                case EVENT -> throw new IllegalStateException("events are no stream");
            }
        }
    }

    /** Hears of streams, with the arguments of the methods of {@link Builder} that add them. */
    public interface StreamListener {
        /**
         * Funding rates.
         *
         * @param symbol the instrument
         * @param times UTC epoch nanoseconds
         * @param rates fractions
         */
        void funding(String symbol, long[] times, double[] rates);

        /**
         * Conversion rates.
         *
         * @param currency upper-case name
         * @param times UTC epoch nanoseconds
         * @param rates reporting currency for one unit of the currency
         */
        void conversion(String currency, long[] times, double[] rates);

        /**
         * Trade prints.
         *
         * @param symbol the instrument
         * @param times UTC epoch nanoseconds
         * @param prices above 0
         * @param quantities base units, negative if the aggressor sold
         */
        void trades(String symbol, long[] times, double[] prices, double[] quantities);

        /**
         * Order books.
         *
         * @param symbol the instrument
         * @param times UTC epoch nanoseconds
         * @param levels four columns per level
         */
        void books(String symbol, long[] times, double[][] levels);
    }

    boolean isFunded(int instrument) {
        return streams.stream().anyMatch(each -> each.kind() == Kind.FUNDING && each.instrument() == instrument);
    }

    /** When the unit of an instrument changes. */
    long[] redenominations(String symbol) {
        return events.stream()
                .filter(each -> each instanceof InstrumentEvent.Redenominated
                        && each.symbol().equals(symbol))
                .mapToLong(InstrumentEvent::tsNanos)
                .toArray();
    }

    /** The currencies that have a conversion rate. */
    List<String> conversions() {
        return streams.stream()
                .filter(each -> each.kind() == Kind.CONVERSION)
                .map(Stream::name)
                .toList();
    }

    /** Collects streams; not thread-safe. Arrays are copied. */
    public static final class Builder {
        private final MarketData bars;
        private final List<String> symbols;
        private final List<Stream> streams = new ArrayList<>();
        private final List<InstrumentEvent> events = new ArrayList<>();

        private Builder(MarketData bars) {
            this.bars = bars;
            symbols = bars.symbols();
        }

        /**
         * Funding rates of a perpetual: longs pay rate · value at the mark to shorts, at each time.
         *
         * @param symbol the instrument
         * @param times of the payments, UTC epoch nanoseconds, strictly increasing
         * @param rates of the interval that ends there, fractions; NaN where unknown, which pays nothing
         * @return this
         */
        public Builder funding(String symbol, long[] times, double[] rates) {
            return add(Kind.FUNDING, symbol, times, true, rates);
        }

        /**
         * Rates at which a currency is converted into the reporting currency.
         *
         * @param currency upper-case name
         * @param times from which on a rate holds, UTC epoch nanoseconds, strictly increasing
         * @param rates reporting currency for one unit of the currency, above 0
         * @return this
         */
        public Builder conversion(String currency, long[] times, double[] rates) {
            Check.notBlank(currency, "currency");
            for (int i = 0; i < rates.length; i++) {
                Check.that(
                        rates[i] > 0 && rates[i] < Double.POSITIVE_INFINITY,
                        "conversion rates of " + currency + " must be finite and > 0, got " + rates[i] + " in row "
                                + i);
            }
            streams.add(stream(Kind.CONVERSION, -1, currency, times, true, rates));
            return this;
        }

        /**
         * Prints of the venue's tape.
         *
         * @param symbol the instrument
         * @param times UTC epoch nanoseconds, not decreasing
         * @param prices above 0; a row without a price is left out
         * @param quantities base units, negative if the aggressor sold
         * @return this
         */
        public Builder trades(String symbol, long[] times, double[] prices, double[] quantities) {
            return add(Kind.TRADE, symbol, times, false, prices, quantities);
        }

        /**
         * Snapshots of the best levels of an order book.
         *
         * @param symbol the instrument
         * @param times UTC epoch nanoseconds, not decreasing
         * @param levels for level k the four columns bid price, bid size, ask price, ask size at {@code 4k} to {@code 4k +
         *     3}; best level first; NaN or 0 where a level is missing
         * @return this
         */
        public Builder books(String symbol, long[] times, double[]... levels) {
            Check.that(
                    levels.length > 0 && levels.length % 4 == 0,
                    "levels must hold four columns per level, got " + levels.length);
            return add(Kind.BOOK, symbol, times, false, levels);
        }

        /**
         * An event of an instrument.
         *
         * @param event what happens when
         * @return this
         */
        public Builder event(InstrumentEvent event) {
            bars.frame(event.symbol());
            events.add(event);
            return this;
        }

        /**
         * The market.
         *
         * @return all that was added
         */
        public Market build() {
            return new Market(bars, streams, events);
        }

        private Builder add(Kind kind, String symbol, long[] times, boolean strict, double[]... values) {
            bars.frame(symbol);
            int instrument = symbols.indexOf(symbol);
            streams.add(stream(kind, instrument, symbol, times, strict, values));
            return this;
        }

        private static Stream stream(
                Kind kind, int instrument, String name, long[] times, boolean strict, double[]... values) {
            double[][] copies = new double[values.length][];
            for (int c = 0; c < values.length; c++) {
                Check.that(
                        values[c].length == times.length,
                        kind + " stream of " + name + " must have one value per time (" + times.length + "), got "
                                + values[c].length);
                copies[c] = values[c].clone();
            }
            for (int i = 1; i < times.length; i++) {
                if (times[i] < times[i - 1] || (strict && times[i] == times[i - 1])) {
                    throw new IllegalArgumentException(kind + " stream of " + name
                            + " must run forward in time, but row "
                            + i + " (" + TimeIndex.instant(times[i]) + ") does not lie after row " + (i - 1) + " ("
                            + TimeIndex.instant(times[i - 1]) + ")");
                }
            }
            return new Stream(kind, instrument, name, times.clone(), copies);
        }
    }
}
