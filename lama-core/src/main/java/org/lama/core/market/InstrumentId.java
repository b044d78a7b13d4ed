package org.lama.core.market;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * The canonical name of an instrument, {@code VENUE.KIND.NAME}: {@code BINANCE.SPOT.BTC-USDT},
 * {@code BINANCE.PERP.BTC-USDT}, {@code DERIBIT.OPTION.BTC-26JUN26-100000-C}. It is the key of everything that is
 * stored; a bare symbol of a venue never is, because it would merge venues and kinds. Immutable.
 *
 * @param venue upper-case name of the venue, UNKNOWN if the data do not tell
 * @param kind what is traded
 * @param name {@code BASE-QUOTE}, for dated contracts with what tells them apart; upper case, characters outside of
 *     {@code A-Z 0-9 . _ -} percent-encoded
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record InstrumentId(String venue, Instrument.Kind kind, String name) {
    private static final Pattern VENUE = Pattern.compile("[A-Z0-9][A-Z0-9_%]{0,31}");
    private static final Pattern NAME = Pattern.compile("[A-Z0-9][A-Z0-9._%-]{0,79}");
    private static final int MAX_LENGTH = 80;

    /**
     * Checks the parts.
     *
     * @param venue upper-case name of the venue, UNKNOWN if the data do not tell
     * @param kind what is traded
     * @param name the rest, percent-encoded
     */
    public InstrumentId {
        Check.that(
                VENUE.matcher(Check.notNull(venue, "venue")).matches(),
                "venue must match " + VENUE.pattern() + ", got '" + venue + "'");
        Check.notNull(kind, "kind");
        Check.that(
                NAME.matcher(Check.notNull(name, "name")).matches() && !name.contains(".."),
                "name must match " + NAME.pattern() + " without '..', got '" + name + "'");
        int length = venue.length() + kind.name().length() + name.length() + 2;
        Check.that(length <= MAX_LENGTH, "an instrument id has at most 80 characters, got " + length);
    }

    /**
     * The id of an instrument.
     *
     * @param instrument spot or a contract without expiry, whose base and quote name it
     * @return its id
     */
    public static InstrumentId of(Instrument instrument) {
        return new InstrumentId(
                encode(instrument.venue()).replace(".", "%2E"),
                instrument.kind(),
                encode(instrument.base() + "-" + instrument.quote()));
    }

    /**
     * Reads an id.
     *
     * @param text {@code VENUE.KIND.NAME}
     * @return the id
     * @throws IllegalArgumentException if it is none, saying which rule it breaks
     */
    public static InstrumentId parse(String text) {
        int first = Check.notBlank(text, "instrument id").indexOf('.');
        int second = text.indexOf('.', first + 1);
        Check.that(
                first > 0 && second > first,
                "an instrument id is VENUE.KIND.NAME, for example BINANCE.SPOT.BTC-USDT, got '" + text + "'");
        return new InstrumentId(
                text.substring(0, first), kind(text.substring(first + 1, second)), text.substring(second + 1));
    }

    /**
     * Percent-encodes what may not stand in an id: every byte of its UTF-8 form outside of {@code A-Z 0-9 . _ -}.
     *
     * @param text the venue's own spelling, in upper case
     * @return the encoded text
     */
    public static String encode(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
            if (plain) {
                encoded.append(c);
            } else {
                encoded.append('%').append(String.format("%02X", b & 0xff));
            }
        }
        return encoded.toString();
    }

    private static Instrument.Kind kind(String name) {
        for (Instrument.Kind kind : Instrument.Kind.values()) {
            if (kind.name().equals(name)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("kind of instrument must be one of "
                + java.util.List.of(Instrument.Kind.values()) + ", got '" + name + "'");
    }

    /**
     * The id in one text.
     *
     * @return {@code VENUE.KIND.NAME}
     */
    @Override
    public String toString() {
        return venue + "." + kind + "." + name;
    }
}
