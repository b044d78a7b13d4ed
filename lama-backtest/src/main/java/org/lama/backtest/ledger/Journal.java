package org.lama.backtest.ledger;

import java.util.Arrays;
import org.lama.core.base.Api;

/**
 * The book of original entry: one row per transfer between two accounts, in the order of booking. Rows are only ever
 * appended; an entry is its own counter-entry, so the sum over all accounts is zero by construction. Rows are kept in
 * one growing array. Only the ledger writes; single-threaded while it does. Reading is O(1) per cell.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Journal {
    /** Time, both accounts, units: one row is one line of the cache, not four. */
    private static final int COLUMNS = 3;

    private static final int HALF = 32;

    private long[] cells;
    private int size;

    Journal(int capacity) {
        cells = new long[Math.multiplyExact(capacity, COLUMNS)];
    }

    void append(long tsNanos, int debit, int credit, long units) {
        int at = size * COLUMNS;
        if (at == cells.length) {
            cells = Arrays.copyOf(cells, Math.multiplyExact(size + (size >> 1) + 16, COLUMNS));
        }
        cells[at] = tsNanos;
        cells[at + 1] = ((long) debit << HALF) | credit;
        cells[at + 2] = units;
        size++;
    }

    /**
     * Number of entries.
     *
     * @return at least 0
     */
    public int size() {
        return size;
    }

    /**
     * When an entry was booked.
     *
     * @param entry 0 up to, not including, {@link #size()}
     * @return UTC epoch nanoseconds
     */
    public long tsNanos(int entry) {
        return cells[checked(entry)];
    }

    /**
     * The account that the entry adds to.
     *
     * @param entry 0 up to, not including, {@link #size()}
     * @return number of the account, see {@link Ledger#accountName(int)}
     */
    public int debit(int entry) {
        return (int) (cells[checked(entry) + 1] >>> HALF);
    }

    /**
     * The account that the entry takes from.
     *
     * @param entry 0 up to, not including, {@link #size()}
     * @return number of the account, see {@link Ledger#accountName(int)}
     */
    public int credit(int entry) {
        return (int) cells[checked(entry) + 1];
    }

    /**
     * What moves from the credited to the debited account.
     *
     * @param entry 0 up to, not including, {@link #size()}
     * @return money units of 10^-8, or lots between accounts of lots; a negative amount moves the other way
     */
    public long units(int entry) {
        return cells[checked(entry) + 2];
    }

    private int checked(int entry) {
        if (entry < 0 || entry >= size) {
            throw new IndexOutOfBoundsException("entry " + entry + " of " + size);
        }
        return entry * COLUMNS;
    }
}
