package org.lama.core.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
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
 * Tables of numbers over time that are no bars: funding, open interest, pools, rates, rankings, instruments and any
 * other. Values of a period are known at its end. Stateless.
 */
final class MetricFiles {
    private static final Identity.Market ANY = new Identity.Market(Identity.UNKNOWN, Instrument.Kind.SPOT);
    private static final Identity.Market PERPETUAL = new Identity.Market(Identity.UNKNOWN, Instrument.Kind.PERP);
    private static final Identity.Market DERIBIT = new Identity.Market("DERIBIT", Instrument.Kind.OPTION);
    private static final Set<String> TIMES = Set.of(
            "time_ms", "timestamp_ms", "timestamp", "time", "date", "datetime", "unix", "calc_time", "create_time");
    private static final String HOURS = "funding_interval_hours";
    private static final String ENDED = "known when the period ends";
    private static final Set<String> SYMBOLS = Set.of("symbol", "ticker", "pair", "instrument_name");
    private static final Set<String> TEXTS = Set.of(
            "kind",
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
        return SYMBOLS.contains(name)
                ? TableFile.Role.TEXT
                : TEXTS.contains(name) ? TableFile.Role.SKIP : TableFile.Role.NUMBER;
    }

    private static TableFile read(SeriesSink sink) throws IOException {
        String source = sink.file().name();
        TableFile table = TableFile.open(sink, MetricFiles::role);
        sink.sha256(table.sha256());
        if (!table.next(Integer.MAX_VALUE)) {
            throw new DataException(source, 1, "", "the header has no rows below", "give a file with rows");
        }
        return table;
    }

    private static long[] times(TableFile table) {
        for (String name : List.of(
                "time_ms",
                "timestamp_ms",
                "unix",
                "timestamp",
                "time",
                "datetime",
                "date",
                "calc_time",
                "create_time")) {
            if (table.has(name)) {
                return table.wholes(name);
            }
        }
        throw new IllegalArgumentException("a table of numbers needs a column of times");
    }

    /** Rows of values that are known a while after their time if the table does not say when. */
    private static Columnar columns(TableFile table, long[] times, long nanos) {
        return new Columnar(times, table.known(times, earlier(times, -nanos)));
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
        List<String> symbols = table.has("symbol") ? table.texts("symbol") : repeated(sink, times.length);
        for (Map.Entry<String, int[]> group : Columnar.groups(symbols).entrySet()) {
            InstrumentId instrument = sink.instrument(group.getKey(), PERPETUAL);
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

    private static List<String> repeated(SeriesSink sink, int rows) {
        String[] symbols = new String[rows];
        Arrays.fill(symbols, FileNames.symbol(sink.file().name()));
        return List.of(symbols);
    }

    private static long[] taken(long[] values, int[] rows) {
        return Arrays.stream(rows).mapToLong(row -> values[row]).toArray();
    }

    static void openInterest(SeriesSink sink) throws IOException {
        TableFile table = read(sink);
        long[] times = times(table);
        Grid.check(times, sink.tally());
        InstrumentId instrument = sink.instrument(FileNames.symbol(sink.file().name()), PERPETUAL);
        Columnar rows = columns(table, times, 0)
                .number("open_interest", numbers(table, List.of("open_interest", "sum_open_interest")))
                .number("open_interest_value", numbers(table, List.of("open_interest_usd", "sum_open_interest_value")));
        sink.write(new SeriesKey(instrument, RecordKind.OPEN_INTEREST, 0), rows.table(), "");
    }

    /**
     * States of a pool: as delivered, with liquidity, tick and root of the price also under the names and in the units
     * that all pools share.
     */
    static void pools(SeriesSink sink) throws IOException {
        TableFile table = read(sink);
        long[] times = times(table);
        long step = Grid.check(times, sink.tally()).stepNanos();
        Columnar rows = columns(table, times, step);
        boolean shared = table.has("currentLiquidity");
        String renamed = numbers(sink, table, rows, shared ? Set.of("liquidity", "tick") : Set.of());
        if (shared) {
            rows.number("liquidity", table.numbers("currentLiquidity"));
            rows.number("tick", table.numbers("closeTick"));
        }
        roots(table).ifPresent(roots -> rows.number("sqrt_price", roots));
        InstrumentId instrument = subject(sink, false);
        sink.write(new SeriesKey(instrument, RecordKind.POOLS, 0), rows.table(), ENDED + renamed);
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
        long step = Grid.check(times, sink.tally()).stepNanos();
        Columnar rows = columns(table, times, step);
        String renamed = numbers(sink, table, rows, Set.of());
        sink.write(new SeriesKey(subject(sink, true), RecordKind.METRICS, 0), rows.table(), ENDED + renamed);
    }

    private static InstrumentId subject(SeriesSink sink, boolean withRest) {
        return sink.file()
                .named(sink.options())
                .orElseGet(() ->
                        sink.market(ANY).named(Identity.subject(sink.file().words(), withRest)));
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
        long[] distinct = Arrays.stream(times).distinct().sorted().toArray();
        Columnar rows = columns(table, times, Spacing.of(distinct).stepNanos());
        rows.number("price", table.numbers("price")).number("market_cap", caps);
        if (table.has("volume")) {
            double[] volumes = table.numbers("volume");
            int quiet =
                    (int) Arrays.stream(volumes).filter(volume -> volume == 0).count();
            sink.found(Issue.Reason.ZERO_VOLUME, quiet, () -> "rows without trade");
            rows.number("volume", volumes);
        }
        Identity.Market market = sink.market(new Identity.Market(Identity.UNKNOWN, Instrument.Kind.SPOT));
        for (Map.Entry<String, int[]> coin :
                Columnar.groups(table.texts("symbol")).entrySet()) {
            SeriesKey key = new SeriesKey(market.named(coin.getKey()), RecordKind.METRICS, 0);
            sink.write(key, rows.table(coin.getValue()), "known when the day ends");
        }
    }

    /** Terms of instruments: one row per instrument, and its listing and expiry as events. */
    static void instruments(SeriesSink sink) throws IOException {
        TableFile table = read(sink);
        long[] times = times(table);
        Columnar rows = columns(table, times, 0);
        List<String> names = new ArrayList<>(table.numberNames());
        ColumnNames stored = new ColumnNames(Set.of());
        names.forEach(name -> rows.number(stored.of(name), table.numbers(name)));
        double[] listed = table.numbers("creation_timestamp");
        double[] expiries = table.numbers("expiration_timestamp");
        for (Map.Entry<String, int[]> symbol :
                Columnar.groups(table.texts("symbol")).entrySet()) {
            InstrumentId instrument = derivative(sink, symbol.getKey());
            sink.write(new SeriesKey(instrument, RecordKind.METRICS, 0), rows.table(symbol.getValue()), "terms");
            int row = symbol.getValue()[0];
            if (times[row] == TimeText.NONE) {
                continue;
            }
            long known = rows.availableAt(row);
            sink.event(event(sink, Universe.What.LISTED, instrument, millis(listed[row]), known));
            if (instrument.kind() != Instrument.Kind.PERP) {
                sink.event(event(sink, Universe.What.DELISTED, instrument, millis(expiries[row]), known));
            }
        }
    }

    private static Universe.Event event(
            SeriesSink sink, Universe.What what, InstrumentId instrument, long time, long known) {
        return Universe.Event.of(what, instrument, time)
                .knownAt(Math.min(time, known))
                .from(sink.file().name());
    }

    private static long millis(double value) {
        return ((long) value) * 1_000_000L;
    }

    /** Deribit's names: BTC-PERPETUAL, BTC-24SEP21, BTC-24SEP21-40000-P. */
    static InstrumentId derivative(SeriesSink sink, String name) {
        String venue = sink.market(DERIBIT).venue();
        Instrument.Kind kind = name.endsWith("-PERPETUAL")
                ? Instrument.Kind.PERP
                : name.matches(".*-[CP]") ? Instrument.Kind.OPTION : Instrument.Kind.FUTURE;
        return new Identity.Market(venue, kind).named(name);
    }
}
