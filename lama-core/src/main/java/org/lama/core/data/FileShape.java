package org.lama.core.data;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.lama.core.store.ParquetFrames;

/** What kind of file it is, told by its ending, its first line and the names of its columns. */
enum FileShape {
    BARS,
    QUOTE_BARS,
    TRADES,
    QUOTES,
    DEPTH,
    STREAM,
    FUNDING,
    OPEN_INTEREST,
    OPTION_SUMMARY,
    OPTION_TICKERS,
    INSTRUMENTS,
    UNIVERSE,
    POOLS,
    METRICS,
    EXPORT,
    EVENTS,
    NONE;

    private static final Pattern RECEIVED = Pattern.compile("\\d{16,19} \\{.*");
    private static final Set<String> TIMES =
            Set.of("time_ms", "timestamp_ms", "timestamp", "time", "date", "datetime", "unix");
    private static final Set<String> POOL_STATES =
            Set.of("feegrowthglobal0x128", "sqrtpricex96", "sqrt_price_x96", "sqrtprice", "sqrt_price", "tick");
    private static final int HEADER_LINES = 10;

    /** The word for reports. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static FileShape of(SourceFile file) throws IOException {
        if (!file.isCandidate()) {
            return NONE;
        }
        if (FileNames.isParquet(file.name())) {
            return ExportFiles.kind(file.name(), ParquetFrames.names(file.path()))
                            .isPresent()
                    ? EXPORT
                    : BARS;
        }
        List<String> lines = file.firstLines(HEADER_LINES);
        if (file.name().toLowerCase(Locale.ROOT).endsWith(".json")) {
            String text = String.join("", lines);
            return text.contains("\"delisted_coins\"")
                            || (text.contains("\"events\"") && text.contains("\"what\""))
                            || (text.contains("\"coins\"") && text.contains("\"title\""))
                    ? EVENTS
                    : NONE;
        }
        if (!lines.isEmpty() && RECEIVED.matcher(lines.get(0)).matches()) {
            return STREAM;
        }
        for (int i = 0; i < lines.size(); i++) {
            List<String> names =
                    cells(lines.get(i)).stream().map(TableFile::canonical).toList();
            if (ExportFiles.kind(file.name(), names).isPresent()) {
                return EXPORT;
            }
            List<String> below = i + 1 < lines.size() ? cells(lines.get(i + 1)) : List.of();
            FileShape shape =
                    TradeFiles.isOfVolumes(file.name(), names, below) ? TRADES : ofHeader(new HashSet<>(names), names);
            if (shape != NONE) {
                return shape;
            }
        }
        return NONE;
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.split("[,;\t]", -1))
                .map(cell -> cell.replace("\"", ""))
                .toList();
    }

    private static FileShape ofHeader(Set<String> names, List<String> ordered) {
        if (has(names, "instrument_name", "mark_price", "bid_price")) {
            return OPTION_SUMMARY;
        } else if (has(names, "mark_iv", "best_bid_price", "symbol")) {
            return OPTION_TICKERS;
        } else if (has(names, "expiration_timestamp", "tick_size", "symbol")) {
            return INSTRUMENTS;
        } else if (has(names, "funding_rate") || has(names, "fundingrate") || has(names, "last_funding_rate")) {
            return FUNDING;
        } else if (isOfPool(names)) {
            return POOLS;
        } else if (has(names, "bid_open", "bid_close", "ask_open", "ask_close")) {
            return QUOTE_BARS;
        }
        return ticksOrBars(names, ordered);
    }

    private static boolean isOfPool(Set<String> names) {
        return has(names, "currentliquidity", "closetick")
                || (names.contains("liquidity") && POOL_STATES.stream().anyMatch(names::contains));
    }

    private static FileShape ticksOrBars(Set<String> names, List<String> ordered) {
        if (has(names, "price", "qty", "side", "u")) {
            return DEPTH;
        } else if (has(names, "bid", "bid_qty", "ask", "ask_qty")) {
            return QUOTES;
        } else if (has(names, "open_interest", "open_interest_usd")
                || has(names, "create_time", "sum_open_interest", "sum_open_interest_value")) {
            return OPEN_INTEREST;
        } else if (has(names, "symbol", "price", "market_cap") && !names.contains("open")) {
            return UNIVERSE;
        } else if (TradeFiles.isHeader(names)) {
            return TRADES;
        } else if (Layout.isHeader(ordered)) {
            return BARS;
        }
        return names.size() > 1 && names.stream().anyMatch(TIMES::contains) ? METRICS : NONE;
    }

    private static boolean has(Set<String> names, String... wanted) {
        return names.containsAll(Arrays.asList(wanted));
    }
}
