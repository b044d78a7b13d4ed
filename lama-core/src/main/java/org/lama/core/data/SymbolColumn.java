package org.lama.core.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.lama.core.data.RawTable.RawSeries;

/** Checks the symbols of one file that has a symbol column; rare symbols take the spacing of the others. Stateless. */
final class SymbolColumn {
    private SymbolColumn() {}

    static List<Checked> check(RawTable table, LoadOptions.Quarantine quarantine) {
        List<RawSeries> all = split(table);
        long step = commonStep(all);
        List<Checked> checked = new ArrayList<>();
        for (RawSeries series : all) {
            checked.add(QualityCheck.check(series, quarantine, step, checked.isEmpty()));
        }
        return checked;
    }

    /** The series in the order of their symbols, in one pass over the rows. */
    private static List<RawSeries> split(RawTable table) {
        int[] counts = new int[table.symbols.size()];
        for (int i = 0; i < table.size; i++) {
            counts[table.symbolIds[i]]++;
        }
        int[][] rows = new int[counts.length][];
        for (int id = 0; id < counts.length; id++) {
            rows[id] = new int[counts[id]];
            counts[id] = 0;
        }
        for (int i = 0; i < table.size; i++) {
            int id = table.symbolIds[i];
            rows[id][counts[id]++] = i;
        }
        List<RawSeries> all = new ArrayList<>();
        for (int id = 0; id < rows.length; id++) {
            String symbol = table.symbols.get(id);
            if (rows[id].length > 0) {
                all.add(new RawSeries(table, symbol.isBlank() ? "UNKNOWN" : symbol, rows[id]));
            }
        }
        all.sort(Comparator.comparing(RawSeries::symbol));
        return all;
    }

    /** The spacing that most symbols have. */
    private static long commonStep(List<RawSeries> all) {
        Map<Long, Integer> votes = new TreeMap<>();
        for (RawSeries series : all) {
            long[] times = new long[series.rows().length];
            int count = 0;
            for (int row : series.rows()) {
                long time = series.table().times[row];
                if (time != TimeText.NONE) {
                    times[count++] = time;
                }
            }
            long[] distinct =
                    java.util.Arrays.stream(times, 0, count).sorted().distinct().toArray();
            if (distinct.length > 1) {
                votes.merge(Spacing.of(distinct).stepNanos(), 1, Integer::sum);
            }
        }
        long best = 0;
        int most = 0;
        for (Map.Entry<Long, Integer> vote : votes.entrySet()) {
            if (vote.getValue() > most) {
                most = vote.getValue();
                best = vote.getKey();
            }
        }
        return best;
    }
}
