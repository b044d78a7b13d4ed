package org.lama.backtest.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.book.BookEvents;
import org.lama.core.book.BookFeed;
import org.lama.core.book.BookScale;
import org.lama.core.series.Provenance;
import org.lama.core.store.ParquetStore;
import org.lama.core.store.ParquetTable;
import org.lama.core.store.RecordKind;
import org.lama.core.store.SeriesKey;

/**
 * Levels and prints around a mid price that moves or stands, made anew each time they are read; a row comes to us 1 to 20 ms
 * after it happened.
 */
public record MadeFeed(long rows, int stretch, boolean moves) implements BookFeed {
    public static final BookScale SCALE = new BookScale(0.1, 0.001);

    @Override
    public BookScale scale() {
        return SCALE;
    }

    @Override
    public Chunks open() {
        Rng rng = Seeds.rng(8, 77);
        return new Chunks() {
            private long made;
            private long nanos;
            private long local;
            private int mid = 100_000;

            @Override
            public boolean next(BookEvents into) {
                into.clear();
                if (made == 0) {
                    into.add(BookEvents.CLEAR, 0, 0, 0, 0);
                    for (int i = 1; i <= 50; i++) {
                        into.add(BookEvents.BID, 0, 0, mid - i, 1_000);
                        into.add(BookEvents.ASK, 0, 0, mid + i, 1_000);
                    }
                    into.add(BookEvents.WHOLE, 0, 0, 0, 0);
                }
                for (int i = 0; i < stretch && made < rows; i++) {
                    add(into);
                    made++;
                }
                return into.size() > 0;
            }

            private void add(BookEvents into) {
                long bits = rng.nextLong();
                nanos += 50_000 + (bits & 0xffff);
                local = Math.max(local, nanos + 1_000_000 + ((bits >>> 16) & 0xffffff));
                boolean bid = (bits >>> 40 & 1) == 0;
                int away = 1 + (int) (bits >>> 41 & 7);
                if (moves && (bits >>> 44 & 0xff) == 0) {
                    mid += bid ? 1 : -1;
                }
                long lots = (bits >>> 52 & 0x7ff);
                if ((bits >>> 63) == 1 && away == 1) {
                    into.add(bid ? BookEvents.SELL : BookEvents.BUY, nanos, local, mid + (bid ? -1 : 1), 1 + lots);
                } else {
                    into.add(bid ? BookEvents.BID : BookEvents.ASK, nanos, local, mid + (bid ? -away : away), lots);
                }
            }
        };
    }

    BookEvents whole() {
        BookEvents all = new BookEvents(SCALE, 0);
        BookEvents part = new BookEvents(SCALE, 0);
        try (Chunks chunks = open()) {
            while (chunks.next(part)) {
                all.append(part, 0, part.size());
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return all;
    }

    /** Levels as a snapshot and changes, prints as trades. */
    public void write(ParquetStore store, String symbol) throws IOException {
        BookEvents part = new BookEvents(SCALE, 0);
        try (BookFeed.Chunks chunks = open()) {
            for (boolean first = true; chunks.next(part); first = false) {
                if (first) {
                    write(SeriesKey.of(symbol, RecordKind.BOOK_SNAPSHOTS), store, part, 0, 102);
                }
                write(SeriesKey.of(symbol, RecordKind.BOOK_UPDATES), store, part, first ? 102 : 0, part.size());
                write(SeriesKey.of(symbol, RecordKind.TRADES), store, part, 0, part.size());
            }
        }
    }

    private static void write(SeriesKey key, ParquetStore store, BookEvents part, int from, int to) throws IOException {
        boolean prints = key.kind() == RecordKind.TRADES;
        int[] rows = IntStream.range(from, to)
                .filter(row -> part.kind(row) != BookEvents.CLEAR && part.kind(row) != BookEvents.WHOLE)
                .filter(row -> prints == (part.kind(row) == BookEvents.BUY || part.kind(row) == BookEvents.SELL))
                .toArray();
        byte second = prints ? BookEvents.BUY : BookEvents.ASK;
        ParquetTable.Builder table = ParquetTable.builder(rows.length)
                .times(RecordKind.TIME, longs(rows, part::exchangeNanos))
                .times(RecordKind.AVAILABLE, longs(rows, part::localNanos))
                .longs("side", longs(rows, row -> part.kind(row) == second ? 1 : 0))
                .doubles(
                        "price",
                        Arrays.stream(rows)
                                .mapToDouble(row -> SCALE.price(part.ticks(row)))
                                .toArray())
                .doubles(
                        "size",
                        Arrays.stream(rows)
                                .mapToDouble(row -> SCALE.quantity(part.lots(row)))
                                .toArray());
        if (key.kind() == RecordKind.BOOK_SNAPSHOTS) {
            table.longs("level", longs(rows, row -> row / 2));
        }
        Provenance made = new Provenance(Provenance.Kind.SYNTHETIC, "made", "", "");
        assertThat(store.write(key, table.build(), made, true).refused()).isZero();
    }

    private static long[] longs(int[] rows, IntToLongFunction value) {
        return Arrays.stream(rows).mapToLong(value).toArray();
    }
}
