package org.lama.core.data;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.market.Instrument;

/**
 * Makes instruments from the bare symbols of files. Stateless and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Instruments {
    /** Known quotes, longer ones before those they end in. */
    static final List<String> QUOTES = List.of(
            "FDUSD", "USDT", "USDC", "BUSD", "TUSD", "USD", "DAI", "EUR", "GBP", "JPY", "KRW", "TRY", "BTC", "ETH",
            "BNB");

    private static final Pattern ID = Pattern.compile("([A-Z0-9_%]+)\\.(?:SPOT|PERP|FUTURE|OPTION)\\.(.+)");

    private Instruments() {}

    /**
     * Splits a symbol into base and quote: at {@code /}, {@code -}, {@code _} or {@code :}, else before a known quote;
     * a symbol without one is quoted in USD.
     *
     * @param market {@code VENUE.KIND}, for example {@code BINANCE.SPOT} or {@code UNKNOWN.SPOT}
     * @param symbol for example {@code BTCUSDT}, {@code BTC/USDT} or {@code BTC}; a whole id such as {@code
     *     KRAKEN.SPOT.BTC-USDT} brings its own venue
     * @return the instrument with eight decimals
     * @throws IllegalArgumentException if the market is not two words of a venue and a known kind
     */
    public static Instrument fromSymbol(String market, String symbol) {
        String[] parts =
                Check.notBlank(market, "market").toUpperCase(Locale.ROOT).split("\\.", -1);
        Check.that(parts.length == 2, "market must be VENUE.KIND, for example BINANCE.SPOT, got '" + market + "'");
        String name = Check.notBlank(symbol, "symbol").trim().toUpperCase(Locale.ROOT);
        Matcher id = ID.matcher(name);
        boolean whole = id.matches();
        String[] pair = split(whole ? id.group(2) : name);
        return Instrument.of(whole ? id.group(1) : parts[0], kind(parts[1]), pair[0], pair[1]);
    }

    private static Instrument.Kind kind(String name) {
        for (Instrument.Kind kind : Instrument.Kind.values()) {
            if (kind.name().equals(name)) {
                return kind;
            }
        }
        throw new IllegalArgumentException(
                "kind of instrument must be one of " + List.of(Instrument.Kind.values()) + ", got '" + name + "'");
    }

    private static String[] split(String symbol) {
        for (int i = 1; i + 1 < symbol.length(); i++) {
            if ("/-_:".indexOf(symbol.charAt(i)) >= 0) {
                return new String[] {symbol.substring(0, i), symbol.substring(i + 1)};
            }
        }
        for (String quote : QUOTES) {
            if (symbol.endsWith(quote) && symbol.length() > quote.length()) {
                return new String[] {symbol.substring(0, symbol.length() - quote.length()), quote};
            }
        }
        return new String[] {symbol, "USD"};
    }
}
