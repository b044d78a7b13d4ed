package org.lama.core.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.market.InstrumentId;
import org.lama.core.series.Frame;
import org.lama.core.series.QualityReport;
import org.lama.core.series.Resample;
import org.lama.core.store.MarketStore;
import org.lama.core.store.ParquetTable;
import org.lama.core.store.RecordKind;
import org.lama.core.store.SeriesKey;

/**
 * Bars out of a store, judged and cleaned as those of files are. A ticker that meant two assets gives two frames; prices
 * before a redenomination are put into the new unit. Stateless and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class StoredBars {
    private StoredBars() {}

    /**
     * Loads bars.
     *
     * @param store where they are
     * @param keys series of bars of one length, at least one
     * @param options range, length and policy; its symbols are not used
     * @param universe events of the instruments; {@link Universe#empty()} if none are known
     * @param availableBy only rows known by then, in the revision known by then; empty for the latest
     * @return one frame per asset, named by its id
     * @throws DataException if a series has no usable bar in the range
     * @throws IOException if the store cannot be read
     */
    public static MarketData load(
            MarketStore store, List<SeriesKey> keys, LoadOptions options, Universe universe, OptionalLong availableBy)
            throws IOException {
        Check.that(!keys.isEmpty(), "keys must hold at least one series");
        List<Frame> frames = new ArrayList<>();
        List<QualityReport> reports = new ArrayList<>();
        for (SeriesKey key : keys) {
            Check.that(key.kind() == RecordKind.BARS, "only bars can be loaded as bars, got " + key);
            MarketStore.Query query = new MarketStore.Query(
                    key,
                    options.from().map(StoredBars::nanos).orElse(Long.MIN_VALUE),
                    options.to().map(StoredBars::nanos).orElse(Long.MAX_VALUE),
                    List.of(),
                    availableBy);
            ParquetTable rows = store.read(query);
            for (Universe.Life life : universe.lives(key.instrument())) {
                RawTable table = table(rows, key, life, universe);
                if (table.size > 0) {
                    take(table, life.asset(), key, options, frames, reports);
                }
            }
        }
        if (frames.isEmpty()) {
            throw DataException.ofRequest(
                    keys.get(0).toString(), "time", "there is no bar in the wanted range", "ask for another range");
        }
        return new MarketData(frames, reports, List.of());
    }

    private static long nanos(java.time.Instant time) {
        return org.lama.core.series.TimeIndex.nanos(time);
    }

    private static void take(
            RawTable table,
            InstrumentId asset,
            SeriesKey key,
            LoadOptions options,
            List<Frame> frames,
            List<QualityReport> reports)
            throws DataException {
        Checked checked =
                QualityCheck.checkStated(table.series(asset.toString()), options.quarantine(), key.barNanos(), true);
        Frame frame = Cleaner.clean(checked, options);
        boolean coarser = options.barNanos() > 0 && options.barNanos() != frame.barNanos();
        frames.add(coarser ? Resample.bars(frame, options.barNanos()) : frame);
        reports.add(checked.report());
    }

    /** The rows of one life in today's unit of its asset. */
    private static RawTable table(ParquetTable rows, SeriesKey key, Universe.Life life, Universe universe) {
        List<String> extras = rows.names().stream().filter(StoredBars::isExtra).toList();
        RawTable table = new RawTable(key.toString(), "", extras, rows.names().contains("volume"), false);
        long[] times = rows.times(RecordKind.TIME);
        double[][] prices = new double[RawTable.FIELDS][];
        List<String> names = List.of("open", "high", "low", "close", "volume");
        for (int field = 0; field < prices.length; field++) {
            prices[field] = rows.names().contains(names.get(field)) ? rows.doubles(names.get(field)) : new double[0];
        }
        double[][] others = extras.stream().map(rows::doubles).toArray(double[][]::new);
        boolean scaled = universe.events(key.instrument()).stream()
                .anyMatch(event -> event.what() == Universe.What.REDENOMINATED);
        for (int i = 0; i < times.length; i++) {
            if (times[i] < life.fromNanos() || times[i] >= life.toNanos()) {
                continue;
            }
            double units = scaled ? universe.unitsNow(life, times[i]) : 1;
            int row = table.addRow(i + 1);
            table.times[row] = times[i];
            for (int field = 0; field < prices.length; field++) {
                if (prices[field].length > 0) {
                    boolean volume = field == RawTable.VOLUME;
                    table.prices[field][row] = volume ? prices[field][i] * units : prices[field][i] / units;
                }
            }
            for (int extra = 0; extra < others.length; extra++) {
                table.extras[extra][row] = others[extra][i];
            }
        }
        return table;
    }

    private static boolean isExtra(String name) {
        return switch (name) {
            case RecordKind.TIME, RecordKind.AVAILABLE, RecordKind.SEQUENCE -> false;
            case "open", "high", "low", "close", "volume" -> false;
            default -> true;
        };
    }
}
