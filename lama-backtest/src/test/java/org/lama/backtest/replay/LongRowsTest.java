package org.lama.backtest.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lama.backtest.order.Fill;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.book.BookEvents;
import org.lama.core.book.BookScale;
import org.lama.core.book.MemoryFeed;
import org.lama.core.market.Side;

class LongRowsTest {
    private static final int ROWS = 3 * LongRows.ROWS_IN_MEMORY + 17;

    private static void holds(LongRows rows, long[][] expected) {
        for (int row = 0; row < expected.length; row++) {
            for (int column = 0; column < expected[row].length; column++) {
                if (rows.get(row, column) != expected[row][column]) {
                    assertThat(rows.get(row, column))
                            .as("row %d, column %d", row, column)
                            .isEqualTo(expected[row][column]);
                }
            }
        }
    }

    @Test
    void rowsAreReadAndChangedWhereverTheyLie() {
        for (int inMemory : new int[] {0, 1, 4}) {
            Rng rng = Seeds.rng(5, inMemory);
            LongRows rows = new LongRows(3, inMemory);
            long[][] expected = new long[ROWS][3];
            for (int row = 0; row < ROWS; row++) {
                assertThat(rows.add()).isEqualTo(row);
                for (int column = 0; column < 3; column++) {
                    expected[row][column] = rng.nextLong();
                    rows.set(row, column, expected[row][column]);
                }
                // an old row, in a file or not, is changed while others are added
                int old = rng.nextInt(row + 1);
                expected[old][1] = -row;
                rows.set(old, 1, -row);
            }
            assertThat(rows.size()).isEqualTo(ROWS);
            holds(rows, expected);
        }
    }

    @Test
    void moreFillsAndStepsThanMemoryHoldsGiveTheFiguresOfPlainArrays() throws IOException {
        BookScale scale = new BookScale(0.5, 0.1);
        BookEvents events = new BookEvents(scale, 0);
        OwnFills fills = new OwnFills();
        Rng rng = Seeds.rng(11, 2);
        int count = 2 * LongRows.ROWS_IN_MEMORY + 5;
        long[] mids = new long[count];
        long spread = 0;
        long position = 0;
        long cash = 0;
        long drift = 0;
        long[][] own = new long[count][];
        for (int i = 0; i < count; i++) {
            int bid = 1000 + 2 * (i & 1) + rng.nextInt(2);
            long now = 1_000_000L * i;
            events.add(BookEvents.CLEAR, now, now, 0, 0);
            events.add(BookEvents.BID, now, now, bid, 10);
            events.add(BookEvents.ASK, now, now, bid + 4, 10);
            events.add(BookEvents.WHOLE, now, now, 0, 0);
            mids[i] = 2L * bid + 4;
            Side side = rng.nextInt(2) == 0 ? Side.BUY : Side.SELL;
            own[i] = new long[] {side.sign() * (1L + rng.nextInt(9)), 990 + rng.nextInt(30)};
            fills.add(new Fill(i + 1, now + 1, 0, side, Math.abs(own[i][0]), own[i][1], 3));
        }
        for (int i = 0; i < count; i++) {
            spread += own[i][0] * (mids[i] - 2 * own[i][1]);
            cash -= 2 * own[i][0] * own[i][1];
            position += own[i][0];
            // 10 ms after a fill is one nanosecond after the tenth step behind it
            drift += own[i][0] * (mids[Math.min(count - 1, i + 10)] - mids[i]);
        }
        PnlSplit split = PnlSplit.of(scale, fills, MidPath.of(MemoryFeed.of(events)), 10_000_000L);
        assertThat(split.spreadUnits()).isEqualTo(spread);
        assertThat(split.inventoryUnits()).isEqualTo(cash + position * mids[count - 1] - spread);
        assertThat(split.driftUnits(0)).isEqualTo(drift);
        assertThat(split.feeUnits()).isEqualTo(-3L * count);
        assertThat(split.marks(count - 2, count).columns().get(2).cells())
                .isEqualTo(List.of(scale.price(own[count - 2][1]), scale.price(own[count - 1][1])));
    }
}
