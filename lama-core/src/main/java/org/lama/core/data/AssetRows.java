package org.lama.core.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import org.lama.core.base.Issue;
import org.lama.core.market.InstrumentId;
import org.lama.core.series.QualityReport;
import org.lama.core.series.TimeIndex;
import org.lama.core.store.ParquetTable;
import org.lama.core.store.RecordKind;

/**
 * The bars of one asset among those of its ticker: those of its lives, in its unit of today. Immutable.
 *
 * @param asset from its first life to the end of its last one
 * @param lives when it was traded, in the order of time
 * @param universe what is known to have happened to the ticker
 */
record AssetRows(Universe.Life asset, List<Universe.Life> lives, Universe universe) {
    /** The assets that a ticker meant, at least one. */
    static List<AssetRows> of(InstrumentId ticker, Universe universe) {
        Universe own = Universe.of(universe.announced().events(ticker));
        Map<Integer, List<Universe.Life>> byNumber = new TreeMap<>();
        own.lives(ticker)
                .forEach(life -> byNumber.computeIfAbsent(life.number(), n -> new ArrayList<>())
                        .add(life));
        List<AssetRows> assets = new ArrayList<>();
        byNumber.forEach((number, lives) -> {
            long to = lives.get(lives.size() - 1).toNanos();
            Universe.Life whole = new Universe.Life(ticker, number, lives.get(0).fromNanos(), to);
            assets.add(new AssetRows(whole, List.copyOf(lives), own));
        });
        return assets;
    }

    /** Units of today for one unit of a ticker at each time; 1 where it was not traded. */
    static double[] units(InstrumentId ticker, Universe universe, long[] times) {
        double[] units = new double[times.length];
        Arrays.fill(units, 1);
        for (AssetRows asset : of(ticker, universe)) {
            for (int i = 0; i < units.length && !asset.universe.events().isEmpty(); i++) {
                units[i] = asset.isListed(times[i]) ? asset.universe.unitsNow(asset.asset, times[i]) : units[i];
            }
        }
        return units;
    }

    int number() {
        return asset.number();
    }

    /** How its symbol differs from that of the first asset of the ticker. */
    String suffix() {
        return asset.number() == 1 ? "" : InstrumentId.encode("#" + asset.number());
    }

    /** Its bars in its unit of today; the table itself if those are all as they stand there. */
    ParquetTable take(ParquetTable rows) {
        if (universe.events().isEmpty()) {
            return rows;
        }
        long[] times = rows.times(RecordKind.TIME);
        int[] own = rowsWhere(times, this::isListed);
        double[] units = new double[own.length];
        Arrays.setAll(units, i -> universe.unitsNow(asset, times[own[i]]));
        boolean same = own.length == times.length && Arrays.stream(units).allMatch(unit -> unit == 1);
        return same ? rows : table(rows, own, units);
    }

    private boolean isListed(long time) {
        return lives.stream().anyMatch(life -> life.fromNanos() <= time && time < life.toNanos());
    }

    private static int[] rowsWhere(long[] times, LongPredicate wanted) {
        int[] rows = new int[times.length];
        int count = 0;
        for (int i = 0; i < times.length; i++) {
            if (wanted.test(times[i])) {
                rows[count++] = i;
            }
        }
        return Arrays.copyOf(rows, count);
    }

    private static ParquetTable table(ParquetTable rows, int[] own, double[] units) {
        ParquetTable.Builder out = ParquetTable.builder(own.length);
        for (String name : rows.names()) {
            switch (rows.type(name)) {
                case TIME -> out.times(name, picked(rows.times(name), own));
                case LONG -> out.longs(name, picked(rows.longs(name), own));
                case DOUBLE -> {
                    double[] all = rows.doubles(name);
                    double[] values =
                            Arrays.stream(own).mapToDouble(row -> all[row]).toArray();
                    out.doubles(name, Redenomination.scaled(RecordKind.BARS, name, values, units));
                }
                default -> {
                    // bars are made of numbers
                }
            }
        }
        return out.build();
    }

    private static long[] picked(long[] values, int[] own) {
        return Arrays.stream(own).mapToLong(row -> values[row]).toArray();
    }

    /** What was done to the bars of the ticker, with the number of bars concerned; empty if nothing was. */
    List<QualityReport.Finding> findings(ParquetTable rows) {
        if (universe.events().isEmpty()) {
            return List.of();
        }
        long[] times = rows.times(RecordKind.TIME);
        List<QualityReport.Finding> findings = new ArrayList<>();
        int[] other = rowsWhere(times, time -> !isListed(time));
        if (other.length > 0) {
            findings.add(finding("outside of the times in which " + asset.asset() + " was traded", times, other));
        }
        int[] scaled = rowsWhere(times, time -> isListed(time) && universe.unitsNow(asset, time) != 1);
        if (scaled.length > 0) {
            findings.add(finding(
                    "before a redenomination, put into the new unit"
                            + Redenomination.left(RecordKind.BARS, rows.names()),
                    times,
                    scaled));
        }
        return findings;
    }

    private static QualityReport.Finding finding(String what, long[] times, int[] rows) {
        String bars = rows.length + (rows.length == 1 ? " bar " : " bars ");
        return new QualityReport.Finding(
                Issue.Reason.INSTRUMENT_EVENT,
                rows.length,
                TimeIndex.instant(times[rows[0]]) + ": " + bars + what,
                TimeIndex.instant(times[rows[rows.length - 1]]).toString());
    }
}
