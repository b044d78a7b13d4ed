package org.lama.core.data;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.lama.core.base.Issue;
import org.lama.core.market.Instrument;
import org.lama.core.market.InstrumentId;
import org.lama.core.store.RecordKind;
import org.lama.core.store.SeriesKey;

/**
 * Tables of trades under the names that venues and their users give the columns: a time, a price and a size, and, where
 * they are there, the venue's number, who took, and the symbol. One instance reads one file.
 */
final class TradeFiles {
    private static final int PIECE = 200_000;
    private static final Identity.Market ANY = new Identity.Market(Identity.UNKNOWN, Instrument.Kind.SPOT);
    private static final String TOGETHER = "agg_trade_id";
    private static final String RECEIVED = "local_ns";
    private static final List<String> NUMBERS = List.of("trade_id", "id", TOGETHER, "tradeid", "tid");
    private static final List<String> SIZES = List.of("qty", "quantity", "amount", "size");
    /** What sizes are called where the other columns tell that the rows are trades. */
    private static final List<String> VOLUMES = List.of("volume", "vol");
    /** What only bars, rankings and books have beside a price and a volume. */
    private static final List<String> OTHERS =
            List.of("open", "high", "low", "close", "market_cap", "marketcap", "u", "bid", "ask");

    private static final List<String> TIMES = List.of(
            "trade_ms",
            "transact_time",
            "time_ms",
            "timestamp_ms",
            "timestamp",
            "time",
            "datetime",
            "date",
            "unix",
            "ts");
    private static final List<String> MAKERS = List.of("buyer_is_maker", "is_buyer_maker", "isbuyermaker");
    private static final List<String> TAKERS = List.of("side", "taker_side", "takerside", "buy_sell");
    /** Who took, or the kind of the order. */
    private static final String TYPE = "type";
    /** What is said of an order; never the name of a subject. */
    private static final Set<String> OF_ORDER =
            Set.of("order_type", "ordertype", "ord_type", "market_limit", "liquidity", "miscellaneous", "misc");

    private final SeriesSink sink;
    private final TableFile table;
    /** Where the venue gives no number: the time before, and how many rows had it. */
    private long timeBefore = Long.MIN_VALUE;

    private long place;

    private TradeFiles(SeriesSink sink, TableFile table) {
        this.sink = sink;
        this.table = table;
    }

    /** Whether a header is of trades: single prices with sizes, not the four prices of bars, nor just volumes. */
    static boolean isHeader(Set<String> names) {
        boolean prices = names.contains("price") && !names.contains("open") && !names.contains("close");
        return prices && has(names, SIZES) && has(names, TIMES);
    }

    /**
     * Whether a header is of trades that call their sizes volumes: a column tells who took, or the name of the file says
     * so; without either the rows may be bars of one price.
     *
     * @param below the cells of the row below the header
     */
    static boolean isOfVolumes(String file, List<String> header, List<String> below) {
        Set<String> names = Set.copyOf(header);
        boolean prices = names.contains("price") && has(names, VOLUMES) && has(names, TIMES) && !has(names, OTHERS);
        int type = header.indexOf(TYPE);
        return prices
                && (has(names, MAKERS)
                        || has(names, TAKERS)
                        || (type >= 0 && type < below.size() && Sides.ofTaker(below.get(type)) != Sides.UNKNOWN)
                        || FileNames.saysTrades(file));
    }

    private static boolean has(Set<String> names, List<String> wanted) {
        return wanted.stream().anyMatch(names::contains);
    }

    static void read(SeriesSink sink) throws IOException {
        TableFile table = TableFile.open(sink, TradeFiles::role).events("price");
        sink.sha256(table.sha256());
        TradeFiles reader = new TradeFiles(sink, table);
        while (table.next(PIECE)) {
            reader.piece();
        }
    }

    private static TableFile.Role role(String name) {
        if (TIMES.contains(name) || name.equals(RECEIVED)) {
            return TableFile.Role.TIME;
        } else if (NUMBERS.contains(name)) {
            return TableFile.Role.WHOLE;
        } else if (OF_ORDER.contains(name)) {
            return TableFile.Role.SKIP;
        } else if (MAKERS.contains(name) || TAKERS.contains(name) || name.equals(TYPE)) {
            return TableFile.Role.TEXT;
        } else if (Symbols.isName(name)) {
            return TableFile.Role.NAME;
        }
        return name.equals("price") || SIZES.contains(name) || VOLUMES.contains(name)
                ? TableFile.Role.NUMBER
                : TableFile.Role.UNREAD;
    }

    private Optional<String> first(List<String> names) {
        return names.stream().filter(table::has).findFirst();
    }

    private void piece() throws IOException {
        long[] time = table.wholes(first(TIMES).orElseThrow());
        int timeless = 0;
        for (long at : time) {
            timeless += at == TimeText.NONE ? 1 : 0;
        }
        sink.found(Issue.Reason.NON_FINITE, timeless, () -> "trades without a time that can be read, left out");
        boolean received = table.has(RECEIVED);
        long[] usual = received ? TickFiles.known(sink, time, table.wholes(RECEIVED)) : time;
        long[] known = table.known(time, usual);
        Columnar rows = new Columnar(time, known)
                .whole(RecordKind.SEQUENCE, numbers(time))
                .whole("side", sides(time.length))
                .number("price", table.numbers("price"))
                .number(
                        "size",
                        table.numbers(first(SIZES).or(() -> first(VOLUMES)).orElseThrow()));
        if (received) {
            rows.whole(TickFiles.RECEIVED, table.wholes(RECEIVED));
        }
        if (table.has("trade_ms") && table.has("time_ms")) {
            rows.whole(TickFiles.SENT, table.wholes("time_ms"));
        }
        write(rows);
    }

    private void write(Columnar rows) throws IOException {
        for (Map.Entry<String, int[]> group : Symbols.split(sink, table).entrySet()) {
            InstrumentId instrument = sink.instrument(Symbols.orOfFile(sink, group.getKey()), ANY);
            String note = table.has(TOGETHER) ? "trades of one order and price taken together" : "";
            sink.write(new SeriesKey(instrument, RecordKind.TRADES, 0), rows.table(group.getValue()), note);
        }
    }

    /** The venue's numbers, or the places among the trades of one time where it gives none that are whole. */
    private long[] numbers(long[] time) {
        Optional<String> column = first(NUMBERS);
        if (column.isPresent()) {
            long[] numbers = table.wholes(column.get());
            boolean whole = true;
            for (long number : numbers) {
                whole &= number != Long.MIN_VALUE;
            }
            if (whole) {
                return numbers;
            }
        }
        long[] places = new long[time.length];
        for (int i = 0; i < places.length; i++) {
            place = time[i] == timeBefore ? place + 1 : 0;
            timeBefore = time[i];
            places[i] = place;
        }
        return places;
    }

    /** The column of types where they tell who took, not the kind of the order. */
    private Optional<String> type() {
        boolean sides =
                table.has(TYPE) && table.texts(TYPE).stream().anyMatch(word -> Sides.ofTaker(word) != Sides.UNKNOWN);
        return sides ? Optional.of(TYPE) : Optional.empty();
    }

    /** Who took; words that do not tell are counted, where no column tells, all are unknown. */
    private long[] sides(int rows) {
        Optional<String> maker = first(MAKERS);
        Optional<String> taker = maker.or(() -> first(TAKERS)).or(this::type);
        long[] sides = new long[rows];
        for (int i = 0; i < rows; i++) {
            String word = taker.isPresent() ? table.texts(taker.get()).get(i) : "";
            sides[i] = maker.isPresent() ? Sides.ofBuyerIsMaker(word) : Sides.ofTaker(word);
            if (sides[i] == Sides.UNKNOWN && taker.isPresent()) {
                sink.found(
                        Issue.Reason.BROKEN_RECORD, 1, () -> "'" + word + "' does not tell who took; kept as unknown");
            }
        }
        return sides;
    }
}
