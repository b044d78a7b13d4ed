package org.lama.core.data;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lama.core.base.Issue;
import org.lama.core.store.RecordKind;
import org.lama.core.store.SeriesKey;

/**
 * Snapshots of option books: Deribit's summaries and tickers. Prices stay in the base currency, as the venue quotes them;
 * volatilities in percent become fractions; a price of 0 is no quote. Stateless.
 */
final class OptionFiles {
    private static final double PERCENT = 100;

    private OptionFiles() {}

    private static TableFile.Role summaryRole(String name) {
        return switch (name) {
            case "time_ms", "timestamp" -> TableFile.Role.TIME;
            case "instrument_name", "underlying_index" -> TableFile.Role.TEXT;
            case "quote_currency", "base_currency", "currency", "expire_date", "option_type", "creation_timestamp" ->
                TableFile.Role.SKIP;
            default -> TableFile.Role.NUMBER;
        };
    }

    private static TableFile.Role tickerRole(String name) {
        return switch (name) {
            case "time_ms", "timestamp", "recv_s" -> TableFile.Role.TIME;
            case "symbol" -> TableFile.Role.TEXT;
            default -> TableFile.Role.NUMBER;
        };
    }

    /** Column of the file to column of the store, in the order in which they are written. */
    private static Map<String, String> names(String... pairs) {
        Map<String, String> names = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            names.put(pairs[i], pairs[i + 1]);
        }
        return names;
    }

    static void summary(SeriesSink sink) throws IOException {
        TableFile table = TableFile.open(sink, OptionFiles::summaryRole);
        sink.sha256(table.sha256());
        if (!table.next(Integer.MAX_VALUE)) {
            return;
        }
        long[] times = table.wholes("time_ms");
        Columnar rows = new Columnar(times, table.known(times, times));
        Map<String, String> known = names(
                "bid_price",
                "bid",
                "ask_price",
                "ask",
                "mark_price",
                "mark",
                "last",
                "last",
                "underlying_price",
                "underlying",
                "open_interest",
                "open_interest",
                "volume",
                "volume");
        known.forEach((from, to) -> rows.number(to, quoted(table, from)));
        for (String name : table.numberNames()) {
            if (!known.containsKey(TableFile.canonical(name))) {
                rows.number(name, table.numbers(name));
            }
        }
        if (table.has("underlying_index")) {
            List<String> underlying = table.texts("underlying_index");
            int made = (int) underlying.stream()
                    .filter(name -> name.toUpperCase(java.util.Locale.ROOT).startsWith("SYN."))
                    .count();
            sink.found(Issue.Reason.SYNTHETIC_UNDERLYING, made, () -> "options on an underlying SYN.");
        }
        judge(sink, quoted(table, "bid_price"), quoted(table, "ask_price"), quoted(table, "mark_price"));
        write(sink, table.texts("instrument_name"), rows);
    }

    static void tickers(SeriesSink sink) throws IOException {
        TableFile table = TableFile.open(sink, OptionFiles::tickerRole);
        sink.sha256(table.sha256());
        if (!table.next(Integer.MAX_VALUE)) {
            return;
        }
        long[] times = table.wholes("time_ms");
        long[] received = table.has("recv_s") ? table.wholes("recv_s") : times;
        Columnar rows = new Columnar(times, TickFiles.known(sink, table, times, received));
        rows.whole(TickFiles.RECEIVED, received);
        Map<String, String> known = names(
                "best_bid_price",
                "bid",
                "best_ask_price",
                "ask",
                "mark_price",
                "mark",
                "underlying_price",
                "underlying",
                "open_interest",
                "open_interest");
        known.forEach((from, to) -> rows.number(to, quoted(table, from)));
        for (String name : List.of("bid_iv", "ask_iv", "mark_iv")) {
            rows.number(
                    name,
                    Arrays.stream(quoted(table, name)).map(v -> v / PERCENT).toArray());
        }
        for (String name : table.numberNames()) {
            if (!known.containsKey(TableFile.canonical(name)) && !name.endsWith("_iv")) {
                rows.number(name, table.numbers(name));
            }
        }
        judge(sink, quoted(table, "best_bid_price"), quoted(table, "best_ask_price"), quoted(table, "mark_price"));
        write(sink, table.texts("symbol"), rows);
    }

    /** Prices and volatilities, of which 0 says that there is none; sizes keep their zeros. */
    private static double[] quoted(TableFile table, String name) {
        boolean size = name.equals("open_interest") || name.equals("volume");
        return Arrays.stream(table.numbers(name))
                .map(value -> value == 0 && !size ? Double.NaN : value)
                .toArray();
    }

    private static void judge(SeriesSink sink, double[] bid, double[] ask, double[] mark) {
        int noBid = 0;
        int noAsk = 0;
        int outside = 0;
        for (int i = 0; i < bid.length; i++) {
            noBid += Double.isNaN(bid[i]) ? 1 : 0;
            noAsk += Double.isNaN(ask[i]) ? 1 : 0;
            // comparisons with a missing quote are false
            outside += (mark[i] < bid[i] && ask[i] > 0) || (mark[i] > ask[i] && bid[i] > 0) ? 1 : 0;
        }
        int rows = bid.length;
        sink.found(Issue.Reason.NO_BID, noBid, () -> "of " + rows + " rows");
        sink.found(Issue.Reason.NO_ASK, noAsk, () -> "of " + rows + " rows");
        sink.found(Issue.Reason.MARK_OUTSIDE_QUOTES, outside, () -> "of " + rows + " rows");
    }

    private static void write(SeriesSink sink, List<String> instruments, Columnar rows) throws IOException {
        for (Map.Entry<String, int[]> option : Columnar.groups(instruments).entrySet()) {
            SeriesKey key = new SeriesKey(TermFiles.derivative(sink, option.getKey()), RecordKind.OPTION_QUOTES, 0);
            sink.write(key, rows.table(option.getValue()), "prices in the base currency");
        }
    }
}
