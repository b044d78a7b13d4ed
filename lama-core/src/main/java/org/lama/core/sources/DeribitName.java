package org.lama.core.sources;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lama.core.market.Instrument;
import org.lama.core.market.InstrumentId;

/**
 * What a name of Deribit says: {@code BTC-PERPETUAL}, {@code SOL_USDC-PERPETUAL}, {@code BTC-26JUN26}, {@code
 * BTC-26JUN26-100000-C}, {@code XRP_USDC-30AUG24-0d625-C}, {@code BTC_USDC}.
 *
 * @param name the venue's spelling
 * @param kind what is traded
 * @param base what is bought and sold
 * @param quote in what it is paid
 * @param inverse whether amounts are in quote currency and all is settled in base currency (of options: premiums only)
 */
record DeribitName(String name, Instrument.Kind kind, String base, String quote, boolean inverse) {
    private static final Pattern NAME = Pattern.compile("([A-Z0-9]+)(?:_([A-Z0-9]+))?"
            + "(?:-(?:(PERPETUAL)|([0-9]{1,2}[A-Z]{3}[0-9]{2})(?:-([0-9]+(?:D[0-9]+)?)-([CP]))?))?");

    /** Reads a name; empty if it is none. */
    static Optional<DeribitName> parse(String symbol) {
        Matcher matcher = NAME.matcher(symbol.toUpperCase(Locale.ROOT));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        boolean option = matcher.group(5) != null;
        Instrument.Kind kind = option
                ? Instrument.Kind.OPTION
                : matcher.group(3) != null
                        ? Instrument.Kind.PERP
                        : matcher.group(4) != null ? Instrument.Kind.FUTURE : Instrument.Kind.SPOT;
        boolean bare = matcher.group(2) == null;
        if (bare && kind == Instrument.Kind.SPOT) {
            return Optional.empty(); // a currency
        }
        String name = matcher.group();
        if (option) {
            int strike = matcher.start(5);
            name = name.substring(0, strike) + name.substring(strike).replace('D', 'd');
        }
        return Optional.of(new DeribitName(name, kind, matcher.group(1), bare ? "USD" : matcher.group(2), bare));
    }

    /** The canonical id; dated contracts are told apart by what follows the pair. */
    InstrumentId id() {
        String pair = base + "-" + quote;
        String id = switch (kind) {
            case OPTION -> InstrumentId.encode(name.toUpperCase(Locale.ROOT));
            case FUTURE -> pair + name.substring(name.indexOf('-'));
            default -> pair;
        };
        return new InstrumentId("DERIBIT", kind, id);
    }

    /** Amounts of inverse futures are in quote currency. */
    double size(double amount, double price) {
        return inverse && kind != Instrument.Kind.OPTION ? amount / price : amount;
    }
}
