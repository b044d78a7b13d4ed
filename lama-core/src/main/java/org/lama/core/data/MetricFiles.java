package org.lama.core.data;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.lama.core.base.Issue;
import org.lama.core.market.Instrument;
import org.lama.core.market.InstrumentId;
import org.lama.core.store.RecordKind;
import org.lama.core.store.SeriesKey;

/**
 * Tables of numbers over time that are no bars: funding, open interest, pools, rates, rankings and any
 * other. Values of a period are known at its end. Stateless.
 */
final class MetricFiles {
    /** Column with the kind of an instrument, in the venue's words. */
    static final String KIND = "kind";

    private static final Identity.Market ANY = new Identity.Market(Identity.UNKNOWN, Instrument.Kind.SPOT);
    private static final Identity.Market PERPETUAL = new Identity.Market(Identity.UNKNOWN, Instrument.Kind.PERP);
    private static final Set<String> TIMES = Set.of(
            "time_ms",
            "timestamp_ms",
            "timestamp",
            "time",
            "date",
            "datetime",
            "unix",
            "calc_time",
            "create_time",
            "fundingtime",
            "funding_time");
    private static final String HOURS = "funding_interval_hours";
    private static final String ENDED = "known when the period ends";
    private static final Set<String> TEXTS = Set.of(
            "is_active",
            "settlement_period",
            "quote_currency",
            "option_type",
            "base_currency",
            "settlement_currency",
            "counter_currency",
            "future_type",
            "price_index",
            "rfq");

    private static final List<String> FIXED_POINT = List.of("sqrtPriceX96", "sqrt_price_x96", "sqrtPrice");
    private static final String DECIMALS_0 = "pool.token0.decimals";
    private static final String DECIMALS_1 = "pool.token1.decimals";
    private static final double TWO_96 = 0x1p96;
    private static final double LARGEST_ROOT = 0x1p64;

    private MetricFiles() {}

    private static TableFile.Role role(String name) {
        if (TIMES.contains(name)) {
            return TableFile.Role.TIME;
        }
        return name.equals(KIND)
                ? TableFile.Role.TEXT
                : Symbols.isName(name)
                        ? TableFile.Role.NAME
                        : TEXTS.contains(name) ? TableFile.Role.SKIP : TableFile.Role.NUMBER;
    }

    static TableFile read(SeriesSink sink) throws IOException {
        String source = sink.file().name();
        TableFile table = TableFile.open(sink, MetricFiles::role);
        sink.sha256(table.sha256());
        if (!table.next(Integer.MAX_VALUE)) {
            throw new DataException(source, 1, "", "the header has no rows below", "give a file with rows");
        }
        return table;
    }

    static long[] times(TableFile table) {
        for (String name : List.of(
                "time_ms",
                "timestamp_ms",
                "unix",
                "timestamp",
                "time",
                "datetime",
                "date",
                "calc_time",
                "create_time",
                "fundingtime",
                "funding_time")) {
            if (table.has(name)) {
                return table.wholes(name);
            }
        }
        throw new IllegalArgumentException("a table of numbers needs a column of times");
    }

    private static Columnar columns(TableFile table, long[] times, long[] usual) {
        return new Columnar(times, table.known(times, usual));
    }

    /** The column of numbers that the table calls by the first of some names. */
    private static double[] numbers(TableFile table, List<String> names) {
        return table.numbers(names.stream().filter(table::has).findFirst().orElse(names.get(0)));
    }

    /** Rates of funding, one series per symbol of the file. */
    static void funding(SeriesSink sink) throws IOException {
        TableFile table = read(sink);
        long[] times = times(table);
        long[] kept = times.clone();
        long[] known = table.known(kept, times);
        double[] rates = numbers(table, List.of("funding_rate", "fundingrate", "last_funding_rate"));
        for (Map.Entry<String, int[]> group : Symbols.split(sink, table).entrySet()) {
            InstrumentId instrument = sink.instrument(Symbols.orOfFile(sink, group.getKey()), PERPETUAL);
            SeriesKey key = new SeriesKey(instrument, RecordKind.FUNDING, 0);
            long[] own = taken(times, group.getValue());
            Spacing spacing = Grid.check(own, sink.tally());
            long shift = FundingHours.shift(instrument.venue(), own, spacing.stepNanos());
            if (shift != 0) {
                sink.found(
                        Issue.Reason.TIME_ZONE, own.length, () -> FundingHours.words(instrument.venue(), own, shift));
            }
            ImportOptions.Suspects suspects = sink.options().suspects();
            if (shift != 0 && suspects == ImportOptions.Suspects.HOLD) {
                sink.held(key, own.length);
                continue;
            }
            boolean repair = shift != 0 && suspects == ImportOptions.Suspects.REPAIR;
            String note = repair ? "times shifted by " + -shift / 3_600_000_000_000L + " h to UTC" : "";
            long by = repair ? shift : 0;
            Columnar rows = new Columnar(earlier(kept, by), earlier(known, by)).number("rate", rates);
            if (table.has(HOURS)) {
                rows.number("interval_hours", table.numbers(HOURS));
            }
            sink.write(key, rows.table(group.getValue()), note);
        }
    }

    private static long[] earlier(long[] times, long nanos) {
        return Arrays.stream(times)
                .map(time -> time == TimeText.NONE ? time : time - nanos)
                .toArray();
    }

    private static long[] taken(long[] values, int[] rows) {
        return Arrays.stream(rows).mapToLong(row -> values[row]).toArray();
    }

    static void openInterest(SeriesSink sink) throws IOException {
        TableFile table = read(sink);
        long[] times = times(table);
        Map<String, int[]> groups = Symbols.split(sink, table);
        for (int[] own : groups.values()) {
            Grid.check(taken(times, own), sink.tally());
        }
        Columnar rows = columns(table, times, times)
                .number("open_interest", numbers(table, List.of("open_interest", "sum_open_interest")))
                .number("open_interest_value", numbers(table, List.of("open_interest_usd", "sum_open_interest_value")));
        for (Map.Entry<String, int[]> group : groups.entrySet()) {
            InstrumentId instrument = sink.instrument(Symbols.orOfFile(sink, group.getKey()), PERPETUAL);
            sink.write(new SeriesKey(instrument, RecordKind.OPEN_INTEREST, 0), rows.table(group.getValue()), "");
        }
    }

    /**
     * States of a pool: as delivered, with liquidity, tick and root of the price also under the names and in the units
     * that all pools share.
     */
    static void pools(SeriesSink sink) throws IOException {
        TableFile table = read(sink);
        long[] times = times(table);
        Map<SeriesKey, int[]> pools = subjects(sink, table, RecordKind.POOLS, false);
        Columnar rows = columns(table, times, Periods.ends(sink, table, times, pools));
        boolean shared = table.has("currentLiquidity");
        String renamed = numbers(sink, table, rows, shared ? Set.of("liquidity", "tick") : Set.of());
        if (shared) {
            rows.number("liquidity", table.numbers("currentLiquidity"));
            rows.number("tick", table.numbers("closeTick"));
        }
        roots(table).ifPresent(roots -> rows.number("sqrt_price", roots));
        write(sink, pools, rows, ENDED + renamed);
    }

    /** Roots of the price in raw units: of the chain's fixed-point numbers, or of prices of token 1 in token 0. */
    private static Optional<double[]> roots(TableFile table) throws IOException {
        for (String name : FIXED_POINT) {
            if (table.has(name)) {
                return Optional.of(scaled(table.numbers(name), TWO_96));
            }
        }
        if (table.has("sqrt_price")) {
            double[] roots = table.numbers("sqrt_price");
            // no root is larger than 2^64, so these are fixed-point numbers too
            boolean fixed = Arrays.stream(roots).anyMatch(root -> root > LARGEST_ROOT);
            return Optional.of(scaled(roots, fixed ? TWO_96 : 1));
        }
        if (!table.has("close") || !table.has(DECIMALS_0) || !table.has(DECIMALS_1)) {
            return Optional.empty();
        }
        double[] prices = table.numbers("close");
        double[] decimals0 = table.numbers(DECIMALS_0);
        double[] decimals1 = table.numbers(DECIMALS_1);
        double[] roots = new double[prices.length];
        for (int i = 0; i < roots.length; i++) {
            roots[i] = Math.sqrt(Math.pow(10, decimals1[i] - decimals0[i]) / prices[i]);
        }
        return Optional.of(roots);
    }

    private static double[] scaled(double[] values, double by) {
        return Arrays.stream(values).map(value -> value / by).toArray();
    }

    /** Any numbers of one subject. */
    static void metrics(SeriesSink sink) throws IOException {
        TableFile table = read(sink);
        long[] times = times(table);
        Map<SeriesKey, int[]> subjects = subjects(sink, table, RecordKind.METRICS, true);
        Columnar rows = columns(table, times, Periods.ends(sink, table, times, subjects));
        String renamed = numbers(sink, table, rows, Set.of());
        write(sink, subjects, rows, ENDED + renamed);
    }

    private static void write(SeriesSink sink, Map<SeriesKey, int[]> subjects, Columnar rows, String note)
            throws IOException {
        for (Map.Entry<SeriesKey, int[]> subject : subjects.entrySet()) {
            sink.write(subject.getKey(), rows.table(subject.getValue()), note);
        }
    }

    /** The rows of each series, which the words of the file's name tell apart from other figures of the same subject. */
    private static Map<SeriesKey, int[]> subjects(SeriesSink sink, TableFile table, RecordKind kind, boolean withRest)
            throws IOException {
        String words = sink.file().words();
        Map<SeriesKey, int[]> subjects = new LinkedHashMap<>();
        for (Map.Entry<String, int[]> group : Symbols.split(sink, table).entrySet()) {
            String symbol = group.getKey();
            String name = symbol.isEmpty()
                    ? Identity.subject(words, withRest)
                    : withRest ? Identity.subject(words, symbol) : symbol;
            InstrumentId instrument = sink.file()
                    .named(sink.options())
                    .orElseGet(() -> sink.market(ANY).named(name));
            // two spellings of one name are one subject
            subjects.merge(new SeriesKey(instrument, kind, 0), group.getValue(), MetricFiles::joined);
        }
        return subjects;
    }

    private static int[] joined(int[] rows, int[] more) {
        return IntStream.concat(Arrays.stream(rows), Arrays.stream(more))
                .sorted()
                .toArray();
    }

    /** Takes over the columns of numbers and says which of them the store calls otherwise. */
    private static String numbers(SeriesSink sink, TableFile table, Columnar rows, Set<String> own) {
        ColumnNames names = new ColumnNames(own);
        for (String name : table.numberNames()) {
            double[] values = table.numbers(name);
            if (ConstantHistory.isSuspect(values)) {
                double value = values[0];
                sink.found(
                        Issue.Reason.CONSTANT_HISTORY,
                        1,
                        () -> "column " + name + " is " + value + " in all " + values.length + " rows");
                continue;
            }
            rows.number(names.of(name), values);
            double[] rests = table.rests(name);
            if (rests.length > 0) {
                rows.number(names.of(name) + TableFile.REST, rests);
            }
        }
        if (table.isOfAmounts(rows.times())) {
            rows.number(names.of(RecordKind.AVAILABLE), table.numbers(RecordKind.AVAILABLE));
        }
        return names.note().isEmpty() ? "" : "; " + names.note();
    }

    /** A ranking of coins: one series of numbers per coin. */
    static void universe(SeriesSink sink) throws IOException {
        TableFile table = read(sink);
        long[] times = times(table);
        double[] caps = table.numbers("market_cap");
        int zero = (int) Arrays.stream(caps).filter(cap -> cap == 0).count();
        sink.found(Issue.Reason.ZERO_MARKET_CAP, zero, () -> "rows with a market capitalisation of 0");
        Identity.Market market = sink.market(new Identity.Market(Identity.UNKNOWN, Instrument.Kind.SPOT));
        Map<SeriesKey, int[]> coins = new LinkedHashMap<>();
        for (Map.Entry<String, int[]> coin : Symbols.split(sink, table).entrySet()) {
            SeriesKey key = new SeriesKey(market.named(coin.getKey()), RecordKind.METRICS, 0);
            coins.merge(key, coin.getValue(), MetricFiles::joined);
        }
        Columnar rows = columns(table, times, Periods.ends(sink, table, times, coins));
        rows.number("price", table.numbers("price")).number("market_cap", caps);
        if (table.has("volume")) {
            double[] volumes = table.numbers("volume");
            int quiet =
                    (int) Arrays.stream(volumes).filter(volume -> volume == 0).count();
            sink.found(Issue.Reason.ZERO_VOLUME, quiet, () -> "rows without trade");
            rows.number("volume", volumes);
        }
        write(sink, coins, rows, "known when the day ends");
    }
}
