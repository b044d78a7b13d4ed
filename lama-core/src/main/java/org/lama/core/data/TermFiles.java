package org.lama.core.data;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.lama.core.base.Issue;
import org.lama.core.market.Instrument;
import org.lama.core.market.InstrumentId;
import org.lama.core.store.RecordKind;
import org.lama.core.store.SeriesKey;

/** Listings of instruments: terms, one row per instrument, and when it was listed and ends. Stateless. */
final class TermFiles {
    private static final Identity.Market DERIBIT = new Identity.Market("DERIBIT", Instrument.Kind.OPTION);
    /** Later times do not fit into nanoseconds; Deribit's for instruments without an end, in the year 3000, is one. */
    private static final double LAST_MILLIS = 9_223_372_036_854d;

    private TermFiles() {}

    static void read(SeriesSink sink) throws IOException {
        TableFile table = MetricFiles.read(sink);
        long[] times = MetricFiles.times(table);
        Columnar rows = new Columnar(times, table.known(times, times));
        ColumnNames stored = new ColumnNames(Set.of());
        table.numberNames().forEach(name -> rows.number(stored.of(name), table.numbers(name)));
        double[] listed = table.numbers("creation_timestamp");
        double[] expiries = table.numbers("expiration_timestamp");
        List<String> kinds = table.has(MetricFiles.KIND) ? table.texts(MetricFiles.KIND) : List.of();
        for (Map.Entry<String, int[]> symbol :
                Columnar.groups(table.texts("symbol")).entrySet()) {
            int row = symbol.getValue()[0];
            InstrumentId instrument = instrument(sink, symbol.getKey(), kinds.isEmpty() ? "" : kinds.get(row));
            sink.write(new SeriesKey(instrument, RecordKind.METRICS, 0), rows.table(symbol.getValue()), "terms");
            if (times[row] != TimeText.NONE) {
                events(sink, instrument, nanos(listed[row]), nanos(expiries[row]), rows.availableAt(row));
            }
        }
    }

    /** A time that is not told, or that stands for never, is no event. */
    private static void events(
            SeriesSink sink, InstrumentId instrument, OptionalLong listed, OptionalLong end, long known) {
        if (listed.isPresent()) {
            sink.event(event(sink, Universe.What.LISTED, instrument, listed.getAsLong(), known));
        }
        if (end.isEmpty() || instrument.kind() == Instrument.Kind.PERP) {
            return;
        }
        if (listed.isPresent() && end.getAsLong() <= listed.getAsLong()) {
            sink.found(
                    Issue.Reason.BROKEN_RECORD, 1, () -> instrument + " ends before it is listed; its end is left out");
            return;
        }
        sink.event(event(sink, Universe.What.DELISTED, instrument, end.getAsLong(), known));
    }

    private static Universe.Event event(
            SeriesSink sink, Universe.What what, InstrumentId instrument, long time, long known) {
        return Universe.Event.of(what, instrument, time)
                .knownAt(Math.min(time, known))
                .from(sink.file().name());
    }

    private static OptionalLong nanos(double millis) {
        boolean told = millis > 0 && millis < LAST_MILLIS;
        return told ? OptionalLong.of(Math.multiplyExact((long) millis, 1_000_000L)) : OptionalLong.empty();
    }

    private static InstrumentId instrument(SeriesSink sink, String name, String kind) {
        return kind.equalsIgnoreCase("spot")
                ? new Identity.Market(sink.market(DERIBIT).venue(), Instrument.Kind.SPOT)
                        .instrument(name.replace('_', '-'))
                : derivative(sink, name);
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
