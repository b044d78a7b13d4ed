package org.lama.backtest.api;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lama.backtest.replay.PnlSplit;
import org.lama.core.base.Tabular;
import org.lama.core.store.MarketStore;
import org.lama.core.store.ParquetTable;

/** The fills of a replay with their mid and the drifts after it, some thousand at a time. Not thread-safe. */
final class FillRows implements MarketStore.Batches {
    private static final int MOST = 1 << 14;

    private final PnlSplit split;
    private int next;
    private boolean begun;

    FillRows(PnlSplit split) {
        this.split = split;
    }

    @Override
    public @Nullable ParquetTable next() {
        if (begun && next == split.size()) {
            return null;
        }
        begun = true; // without fills there is one batch without rows, for the names of the columns
        int from = next;
        next = Math.min(split.size(), from + MOST);
        ParquetTable.Builder table = ParquetTable.builder(next - from);
        for (Tabular.Column column : split.marks(from, next).columns()) {
            if (column.name().equals("tsNanos")) {
                table.times("time", longs(column.cells()));
            } else {
                table.doubles(column.name().replace(' ', '_'), doubles(column.cells()));
            }
        }
        return table.build();
    }

    private static long[] longs(List<?> cells) {
        return cells.stream().mapToLong(cell -> ((Number) cell).longValue()).toArray();
    }

    private static double[] doubles(List<?> cells) {
        return cells.stream().mapToDouble(cell -> ((Number) cell).doubleValue()).toArray();
    }

    @Override
    public void close() {}
}
