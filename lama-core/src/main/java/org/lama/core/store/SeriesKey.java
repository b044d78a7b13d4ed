package org.lama.core.store;

import java.util.Locale;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.market.InstrumentId;

/**
 * Which series: the instrument, what is recorded of it, and for bars how long they are.
 *
 * @param instrument canonical id
 * @param kind what is recorded
 * @param barNanos length of one bar in nanoseconds; 0 for all other kinds
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record SeriesKey(InstrumentId instrument, RecordKind kind, long barNanos) {
    private static final long SECOND = 1_000_000_000L;
    /** So few digits cannot overflow when they are days. */
    private static final int MAX_DIGITS = 6;

    /**
     * Checks that bars, and only bars, have a length.
     *
     * @param instrument canonical id
     * @param kind what is recorded
     * @param barNanos whole seconds for bars, else 0
     */
    public SeriesKey {
        Check.notNull(instrument, "instrument");
        Check.notNull(kind, "kind");
        Check.that(
                kind == RecordKind.BARS ? barNanos > 0 && barNanos % SECOND == 0 : barNanos == 0,
                "barNanos must be whole seconds above 0 for bars and 0 for other kinds, got " + barNanos + " for "
                        + kind);
    }

    /**
     * The key of bars.
     *
     * @param instrument canonical id, for example {@code BINANCE.SPOT.BTC-USDT}
     * @param barNanos their length, whole seconds
     * @return the key
     */
    public static SeriesKey bars(String instrument, long barNanos) {
        return new SeriesKey(InstrumentId.parse(instrument), RecordKind.BARS, barNanos);
    }

    /**
     * The key of anything but bars.
     *
     * @param instrument canonical id
     * @param kind what is recorded
     * @return the key
     */
    public static SeriesKey of(String instrument, RecordKind kind) {
        return new SeriesKey(InstrumentId.parse(instrument), kind, 0);
    }

    /**
     * The bar length as people write it: {@code 1s}, {@code 5m}, {@code 1h}, {@code 1d}; empty without bars.
     *
     * @return the length in the largest whole unit
     */
    public String interval() {
        return barNanos == 0 ? "" : interval(barNanos);
    }

    /**
     * A length as people write it, the way back of {@link #barNanos(String)}.
     *
     * @param barNanos in nanoseconds; what is less than a second is left out
     * @return the length in the largest whole unit, such as {@code 5m}
     */
    public static String interval(long barNanos) {
        long seconds = barNanos / SECOND;
        for (Unit unit : Unit.values()) {
            if (seconds % unit.seconds == 0) {
                return seconds / unit.seconds + unit.name().toLowerCase(Locale.ROOT);
            }
        }
        throw new IllegalStateException("seconds divide everything");
    }

    /**
     * The length of bars as people write it.
     *
     * @param interval a whole number and {@code s}, {@code m}, {@code h} or {@code d}, for example {@code 5m}
     * @return nanoseconds
     * @throws IllegalArgumentException if it is something else
     */
    public static long barNanos(String interval) {
        int last = Check.notNull(interval, "interval").length() - 1;
        for (Unit unit : Unit.values()) {
            if (last > 0
                    && last < MAX_DIGITS
                    && interval.charAt(last)
                            == Character.toLowerCase(unit.name().charAt(0))
                    && interval.chars().limit(last).allMatch(digit -> digit >= '0' && digit <= '9')) {
                return Math.multiplyExact(
                        Math.multiplyExact(Long.parseLong(interval.substring(0, last)), unit.seconds), SECOND);
            }
        }
        throw new IllegalArgumentException(
                "interval must be a whole number and s, m, h or d, for example 5m, got '" + interval + "'");
    }

    private enum Unit {
        D(86_400),
        H(3_600),
        M(60),
        S(1);

        private final long seconds;

        Unit(long seconds) {
            this.seconds = seconds;
        }
    }

    @Override
    public String toString() {
        return instrument + " " + kind.folder() + (barNanos == 0 ? "" : " " + interval());
    }
}
