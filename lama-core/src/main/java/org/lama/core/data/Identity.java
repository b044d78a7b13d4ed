package org.lama.core.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lama.core.market.Instrument;
import org.lama.core.market.InstrumentId;

/**
 * Which market and instrument a file speaks of, told by the words of its path, the file's own before those of its
 * folders. The rules stand in {@code docs/data.md}. Stateless.
 */
final class Identity {
    /** Venue of data that do not tell. */
    static final String UNKNOWN = "UNKNOWN";
    /** Those that pass on the data of others, so that equal series are no wonder. */
    static final Set<String> VENDORS = Set.of("CDD", "YAHOO", "COINMARKETCAP", "COINGECKO");

    private static final Set<String> VENUES = Set.of(
            "BINANCE",
            "BINANCEUS",
            "BITFINEX",
            "BITGET",
            "BITMEX",
            "BITSTAMP",
            "BYBIT",
            "CDD",
            "COINBASE",
            "COINGECKO",
            "COINMARKETCAP",
            "DERIBIT",
            "DYDX",
            "FTX",
            "GATE",
            "GEMINI",
            "HITBTC",
            "HTX",
            "HYPERLIQUID",
            "KRAKEN",
            "KUCOIN",
            "MEXC",
            "OKX",
            "POLONIEX",
            "UPBIT",
            "YAHOO");
    private static final Map<String, String> ALIASES = Map.of(
            "CRYPTODATADOWNLOAD",
            "CDD",
            "HUOBI",
            "HTX",
            "GDAX",
            "COINBASE",
            "OKEX",
            "OKX",
            "GATEIO",
            "GATE",
            "USDM",
            "BINANCE",
            "COINM",
            "BINANCE",
            "CM",
            "BINANCE");
    private static final Set<String> PROTOCOLS = Set.of("UNISWAP", "AAVE", "SUSHISWAP", "CURVE", "BALANCER", "SQUEETH");
    private static final Set<String> CHAINS =
            Set.of("V2", "V3", "V4", "POLYGON", "ARBITRUM", "OPTIMISM", "ETHEREUM", "BASE", "BSC");
    private static final Set<String> ONLY_PERPETUALS = Set.of("HYPERLIQUID", "DYDX");
    private static final Map<String, Instrument.Kind> KINDS = Map.ofEntries(
            Map.entry("SPOT", Instrument.Kind.SPOT),
            Map.entry("PERP", Instrument.Kind.PERP),
            Map.entry("PERPETUAL", Instrument.Kind.PERP),
            Map.entry("SWAP", Instrument.Kind.PERP),
            Map.entry("USDM", Instrument.Kind.PERP),
            Map.entry("UM", Instrument.Kind.PERP),
            Map.entry("CM", Instrument.Kind.PERP),
            Map.entry("COINM", Instrument.Kind.PERP),
            Map.entry("FUTURES", Instrument.Kind.PERP),
            Map.entry("CRYPTOFUTURE", Instrument.Kind.PERP),
            Map.entry("OPTION", Instrument.Kind.OPTION),
            Map.entry("OPTIONS", Instrument.Kind.OPTION));
    private static final Pattern ENDINGS = Pattern.compile("(?i)(\\.(csv|tsv|txt|parquet|json|gz|zip))+$");
    private static final Pattern NOISE =
            Pattern.compile("\\d+(S|M|MIN|H|D|W|MO|ROWS|EVENTS)|\\d{4}(-?\\d{2}){0,2}|\\d+MIN"
                    + "|MINUTE|HOURLY|HOUR|DAILY|SECOND|RAW|NOVOLUME");
    private static final Pattern PERPETUAL = Pattern.compile("(.+?)[_-](PERP|PERPETUAL|SWAP)");
    private static final Pattern DATED = Pattern.compile("(.+?)[_-](\\d{6})");
    /** TradingView's {@code BTCUSDT.P} is the perpetual. */
    private static final Pattern CHARTED_PERPETUAL = Pattern.compile("[A-Z0-9]{5,}\\.P(?=[,. _]|$)");

    private static final Set<String> MONEY = Set.of("USD", "USDT", "USDC", "DAI", "BUSD", "EUR");

    private Identity() {}

    /** A venue and what is traded there. */
    record Market(String venue, Instrument.Kind kind) {
        static Market parse(String text) {
            Instrument any = Instruments.fromSymbol(text, "BTC-USD");
            return new Market(any.venue(), any.kind());
        }

        /** The instrument of a venue's symbol: BTCUSDT, BTC/USDT, BTCUSD_PERP, BTCUSDT_240927, binance:btcusdt. */
        InstrumentId instrument(String symbol) {
            String upper = symbol.trim().toUpperCase(Locale.ROOT);
            int colon = upper.indexOf(':');
            if (colon > 0 && VENUES.contains(upper.substring(0, colon))) {
                return new Market(upper.substring(0, colon), kind).instrument(upper.substring(colon + 1));
            }
            Matcher perpetual = PERPETUAL.matcher(upper);
            if (perpetual.matches()) {
                return new Market(venue, Instrument.Kind.PERP).coinMargined(perpetual.group(1));
            }
            Matcher dated = DATED.matcher(upper);
            if (dated.matches() && kind != Instrument.Kind.OPTION) {
                String pair = instrument(dated.group(1)).name();
                return new InstrumentId(venue, Instrument.Kind.FUTURE, pair + "-" + dated.group(2));
            }
            if (isInDollars(upper)) {
                return named(upper.substring(0, upper.length() - 3) + "-USD");
            }
            try {
                return InstrumentId.of(Instruments.fromSymbol(venue + "." + kind, upper));
            } catch (IllegalArgumentException odd) {
                return named(upper);
            }
        }

        /** Of FTTUSD and BNBUSD only Binance could mean TUSD and BUSD; other venues hardly trade in them. */
        private boolean isInDollars(String symbol) {
            boolean doubtful = symbol.endsWith("TUSD") || symbol.endsWith("BUSD");
            return doubtful && !venue.equals("BINANCE") && symbol.matches("[A-Z0-9]{4,}");
        }

        /** Names that end in PERP are of contracts margined in the coin and quoted in dollars. */
        private InstrumentId coinMargined(String symbol) {
            boolean dollars = symbol.matches("[A-Z0-9]+[A-Z0-9]USD");
            return dollars ? named(symbol.substring(0, symbol.length() - 3) + "-USD") : instrument(symbol);
        }

        /** An instrument that the venue calls by a name of its own. */
        InstrumentId named(String name) {
            return new InstrumentId(venue, kind, InstrumentId.encode(name.toUpperCase(Locale.ROOT)));
        }
    }

    /** Whether a word is the name of a venue, so that it hardly is that of an asset. */
    static boolean isVenue(String word) {
        String upper = word.toUpperCase(Locale.ROOT);
        return VENUES.contains(upper) || ALIASES.containsKey(upper) || PROTOCOLS.contains(upper);
    }

    /** The market by the words of a path; what they do not say is taken from the fallback. */
    static Market market(String path, Market fallback) {
        Optional<String> venue = Optional.empty();
        Optional<Instrument.Kind> kind = Optional.empty();
        for (List<String> words : segments(path)) {
            venue = venue.isPresent() ? venue : venue(words);
            kind = kind.isPresent() ? kind : kind(words);
        }
        String name = venue.orElse(fallback.venue());
        Instrument.Kind usual = ONLY_PERPETUALS.contains(name) && fallback.kind() == Instrument.Kind.SPOT
                ? Instrument.Kind.PERP
                : fallback.kind();
        boolean fixed = fallback.kind() == Instrument.Kind.OPTION;
        return new Market(name, fixed ? usual : kind.orElse(usual));
    }

    /**
     * The name of what a table of numbers is about: the pair or asset that the file's name holds, then a dot and the
     * words that are left: {@code BTC-USD.NVT}, {@code WETH-USDC.PRICE}, {@code GAS_PRICE}.
     */
    static String subject(String path, boolean withRest) {
        List<String> assets = new ArrayList<>();
        List<String> rest = new ArrayList<>();
        for (String word : plain(path)) {
            String upper = word.toUpperCase(Locale.ROOT);
            boolean capitals = word.equals(upper) && word.chars().anyMatch(Character::isLetter);
            if (capitals || upper.equals("BTC") || upper.equals("ETH")) {
                assets.add(upper);
            } else {
                rest.add(upper);
            }
        }
        String about = pair(assets);
        String left = withRest || about.isEmpty() ? String.join("_", rest) : "";
        String name = about + (about.isEmpty() || left.isEmpty() ? "" : ".") + left;
        return name.isEmpty() ? UNKNOWN : name;
    }

    /** As {@link #subject(String, boolean)} of a symbol that a column tells; the words of the name that tell it are left out. */
    static String subject(String path, String symbol) {
        String about = pair(List.of(symbol.trim().toUpperCase(Locale.ROOT)));
        String plain = letters(symbol);
        List<String> rest = new ArrayList<>();
        for (String word : plain(path)) {
            if (!letters(word).equals(plain)) {
                rest.add(word.toUpperCase(Locale.ROOT));
            }
        }
        return rest.isEmpty() ? about : about + "." + String.join("_", rest);
    }

    private static String letters(String word) {
        return word.toUpperCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
    }

    private static String pair(List<String> assets) {
        if (assets.size() == 2) {
            boolean turned = MONEY.contains(assets.get(0)) && !MONEY.contains(assets.get(1));
            return turned ? assets.get(1) + "-" + assets.get(0) : assets.get(0) + "-" + assets.get(1);
        }
        if (assets.size() == 1) {
            Instrument split = Instruments.fromSymbol("UNKNOWN.SPOT", assets.get(0));
            boolean whole = split.base().equals(assets.get(0));
            return whole ? assets.get(0) : split.base() + "-" + split.quote();
        }
        return String.join("_", assets);
    }

    /** The words of the file's name that are neither venue, kind, interval nor date. */
    private static List<String> plain(String path) {
        String stem = ENDINGS.matcher(path.substring(path.lastIndexOf('/') + 1)).replaceAll("");
        List<String> words = Arrays.asList(stem.split("[_, ]+"));
        List<String> left = new ArrayList<>();
        boolean protocol = false;
        for (String word : words) {
            String upper = word.toUpperCase(Locale.ROOT);
            boolean ofProtocol = PROTOCOLS.contains(upper) || (protocol && CHAINS.contains(upper));
            protocol = ofProtocol;
            boolean known =
                    ofProtocol || VENUES.contains(upper) || ALIASES.containsKey(upper) || KINDS.containsKey(upper);
            if (!known && !NOISE.matcher(upper).matches() && !upper.isEmpty()) {
                left.add(word);
            }
        }
        return left;
    }

    private static List<List<String>> segments(String path) {
        List<List<String>> segments = new ArrayList<>();
        String[] parts = path.split("/", 0);
        for (int i = parts.length - 1; i >= 0; i--) {
            String stem = ENDINGS.matcher(parts[i]).replaceAll("").toUpperCase(Locale.ROOT);
            List<String> words = new ArrayList<>(Arrays.asList(stem.split("[^A-Z0-9]+", 0)));
            if (CHARTED_PERPETUAL.matcher(stem).find()) {
                words.add("PERP");
            }
            segments.add(words);
        }
        return segments;
    }

    private static Optional<String> venue(List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (PROTOCOLS.contains(word)) {
                StringBuilder name = new StringBuilder(word);
                for (int j = i + 1; j < words.size() && CHAINS.contains(words.get(j)); j++) {
                    name.append('_').append(words.get(j));
                }
                return Optional.of(name.toString());
            }
            if (VENUES.contains(word)) {
                return Optional.of(word);
            }
        }
        return words.stream().filter(ALIASES::containsKey).map(ALIASES::get).findFirst();
    }

    private static Optional<Instrument.Kind> kind(List<String> words) {
        Optional<Instrument.Kind> found = Optional.empty();
        for (String word : words) {
            Instrument.Kind kind = KINDS.get(word);
            // a comparison of perpetual and spot is a figure of the perpetual
            if (kind != null && (found.isEmpty() || kind == Instrument.Kind.PERP)) {
                found = Optional.of(kind);
            }
        }
        return found;
    }
}
