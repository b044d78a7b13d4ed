package org.lama.core.sources;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.store.RecordKind;

/**
 * What is wanted of a source. Immutable.
 *
 * @param symbols as the source spells them, such as {@code BTCUSDT}; at least one
 * @param kind what is wanted of them
 * @param barNanos length of bars, whole seconds; 0 for all other kinds
 * @param fromNanos first time, inclusive, UTC epoch nanoseconds
 * @param toNanos end, exclusive, after the first time
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record FetchRequest(List<String> symbols, RecordKind kind, long barNanos, long fromNanos, long toNanos) {
    private static final Pattern SYMBOL = Pattern.compile("[\\p{L}\\p{N}^][\\p{L}\\p{N}._:/@^=-]{0,79}");
    private static final Pattern INTERVAL = Pattern.compile("([1-9][0-9]{0,4})([smhdw])");
    private static final long SECOND = 1_000_000_000L;

    /**
     * Checks the parts. A symbol that could climb out of a folder or carries a command is refused here, before it is put
     * into any path.
     *
     * @param symbols at least one, each of letters, digits and {@code . _ : / @ ^ = -} without {@code ..}
     * @param kind what is wanted
     * @param barNanos whole seconds above 0 for bars, else 0
     * @param fromNanos first time, inclusive
     * @param toNanos end, exclusive, after the first time
     */
    public FetchRequest {
        symbols = List.copyOf(symbols);
        Check.notNull(kind, "kind");
        Check.that(!symbols.isEmpty(), "symbols must hold at least one symbol");
        for (String symbol : symbols) {
            Check.that(
                    SYMBOL.matcher(symbol).matches() && !symbol.contains(".."),
                    "symbol must be letters, digits and . _ : / @ ^ = - without '..', at most 80 characters, got '"
                            + symbol + "'");
        }
        Check.that(
                kind == RecordKind.BARS ? barNanos > 0 && barNanos % SECOND == 0 : barNanos == 0,
                "barNanos must be whole seconds above 0 for bars and 0 for other kinds, got " + barNanos + " for "
                        + kind);
        Check.that(fromNanos < toNanos, "from must lie before to, got " + fromNanos + " and " + toNanos);
    }

    /**
     * Bars of some symbols.
     *
     * @param symbols as the source spells them
     * @param interval their length, such as {@code 1m}, {@code 1h}, {@code 1d}
     * @param fromNanos first time, inclusive
     * @param toNanos end, exclusive
     * @return the request
     */
    public static FetchRequest bars(List<String> symbols, String interval, long fromNanos, long toNanos) {
        return new FetchRequest(symbols, RecordKind.BARS, interval(interval), fromNanos, toNanos);
    }

    /**
     * Anything but bars of some symbols.
     *
     * @param symbols as the source spells them
     * @param kind what is wanted
     * @param fromNanos first time, inclusive
     * @param toNanos end, exclusive
     * @return the request
     */
    public static FetchRequest of(List<String> symbols, RecordKind kind, long fromNanos, long toNanos) {
        return new FetchRequest(symbols, kind, 0, fromNanos, toNanos);
    }

    /**
     * Reads a length of bars.
     *
     * @param text a whole number and one of s, m (minutes), h, d, w; no months, whose length varies
     * @return nanoseconds
     */
    public static long interval(String text) {
        Matcher matcher = INTERVAL.matcher(text.strip().toLowerCase(Locale.ROOT));
        // 1M is a month at most venues, and must not become a minute
        Check.that(
                matcher.matches() && !text.strip().endsWith("M"),
                "interval must be a whole number and one of s, m, h, d, w, such as 1m or 4h, got '" + text + "'");
        long seconds = switch (matcher.group(2)) {
            case "s" -> 1;
            case "m" -> 60;
            case "h" -> 3_600;
            case "d" -> 86_400;
            default -> 604_800;
        };
        return Long.parseLong(matcher.group(1)) * seconds * SECOND;
    }

    /**
     * The same of one symbol.
     *
     * @param symbol the symbol
     * @return the copy
     */
    public FetchRequest only(String symbol) {
        return new FetchRequest(List.of(symbol), kind, barNanos, fromNanos, toNanos);
    }

    /**
     * The same of other symbols.
     *
     * @param others the symbols
     * @return the copy
     */
    public FetchRequest of(List<String> others) {
        return new FetchRequest(others, kind, barNanos, fromNanos, toNanos);
    }

    /**
     * The same over another range.
     *
     * @param from first time, inclusive
     * @param to end, exclusive
     * @return the copy
     */
    public FetchRequest between(long from, long to) {
        return new FetchRequest(symbols, kind, barNanos, from, to);
    }
}
