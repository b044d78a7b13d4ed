package org.lama.core.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.lama.core.store.internal.RawColumn;

/** Columns in pieces, put together. Static and thread-safe. */
final class Pieces {
    private Pieces() {}

    /** Number of rows of columns. */
    static int rows(List<RawColumn> columns) {
        return columns.get(0).longs().length;
    }

    /** Tables of the same columns, put together. */
    static ParquetTable table(List<ParquetTable> pieces) {
        if (pieces.size() == 1) {
            return pieces.get(0);
        }
        int rows = pieces.stream().mapToInt(ParquetTable::rows).sum();
        List<RawColumn> joined = new ArrayList<>();
        for (RawColumn first : pieces.get(0).lendColumns()) {
            joined.add(new RawColumn(first.name(), first.kind(), Missing.array(first.kind(), rows)));
        }
        int at = 0;
        for (ParquetTable piece : pieces) {
            List<RawColumn> columns = piece.lendColumns();
            for (int k = 0; k < joined.size(); k++) {
                System.arraycopy(columns.get(k).values(), 0, joined.get(k).values(), at, piece.rows());
            }
            at += piece.rows();
        }
        return ParquetTable.owning(joined, rows);
    }

    /** One piece as it is, several in new arrays. */
    static List<RawColumn> joined(List<List<RawColumn>> pieces, Wanted wanted) throws IOException {
        if (pieces.size() == 1) {
            return pieces.get(0);
        }
        long rows = 0;
        for (List<RawColumn> piece : pieces) {
            rows += rows(piece);
        }
        if (rows > Integer.MAX_VALUE - 8) {
            throw new IOException("there are " + rows + " such rows, more than one array holds; read a range or scan");
        }
        List<RawColumn> joined = new ArrayList<>();
        joined.add(new RawColumn(RecordKind.TIME, RawColumn.Kind.TIME, new long[(int) rows]));
        wanted.columns()
                .forEach((name, kind) -> joined.add(new RawColumn(
                        name, kind, Missing.array(kind, joined.get(0).longs().length))));
        for (int k = 0; k < joined.size(); k++) {
            int at = 0;
            for (List<RawColumn> piece : pieces) {
                System.arraycopy(piece.get(k).values(), 0, joined.get(k).values(), at, rows(piece));
                at += rows(piece);
            }
        }
        return joined;
    }
}
