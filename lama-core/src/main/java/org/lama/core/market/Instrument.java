package org.lama.core.market;

import java.util.Locale;
import java.util.regex.Pattern;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * What is traded, where: the identity of a series. Two venues' BTC are two instruments. Prices are kept in units of
 * 10^-priceDecimals quote per base, quantities in units of 10^-quantityDecimals base.
 *
 * @param venue upper-case name of the venue, UNKNOWN if the data do not tell
 * @param kind what is traded
 * @param base what is bought and sold, upper case
 * @param quote in what it is paid, upper case; USDT is not USD
 * @param priceDecimals 0 to 12
 * @param quantityDecimals 0 to 12
 * @since 0.1.0
 */
@Api(Api.Status.STABLE)
public record Instrument(String venue, Kind kind, String base, String quote, int priceDecimals, int quantityDecimals) {
    private static final Pattern PART = Pattern.compile("[A-Z0-9][A-Z0-9._%]{0,31}");

    /** Kinds of instrument. */
    public enum Kind {
        /** Delivery at once. */
        SPOT,
        /** Future without expiry, with funding. */
        PERP,
        /** Future with expiry. */
        FUTURE,
        /** Option. */
        OPTION
    }

    /**
     * Checks the parts.
     *
     * @param venue upper-case name of the venue, UNKNOWN if the data do not tell
     * @param kind what is traded
     * @param base what is bought and sold, upper case
     * @param quote in what it is paid, upper case; USDT is not USD
     * @param priceDecimals 0 to 12
     * @param quantityDecimals 0 to 12
     */
    public Instrument {
        part(venue, "venue");
        part(base, "base");
        part(quote, "quote");
        Check.notNull(kind, "kind");
        Check.inRange(priceDecimals, 0, 12, "priceDecimals");
        Check.inRange(quantityDecimals, 0, 12, "quantityDecimals");
    }

    /**
     * An instrument with eight decimals for price and quantity.
     *
     * @param venue name of the venue
     * @param kind what is traded
     * @param base what is bought and sold
     * @param quote in what it is paid
     * @return the instrument; the names become upper case
     */
    public static Instrument of(String venue, Kind kind, String base, String quote) {
        return new Instrument(upper(venue), kind, upper(base), upper(quote), 8, 8);
    }

    /**
     * The canonical id {@code VENUE.KIND.BASE-QUOTE}.
     *
     * @return the id
     */
    public String id() {
        return venue + "." + kind + "." + base + "-" + quote;
    }

    private static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    private static void part(String text, String name) {
        Check.that(
                PART.matcher(Check.notNull(text, name)).matches(),
                name + " must match " + PART.pattern() + ", got '" + text + "'");
    }
}
