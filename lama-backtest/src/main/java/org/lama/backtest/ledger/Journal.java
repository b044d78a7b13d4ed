package org.lama.backtest.ledger;

import java.util.Arrays;
import org.lama.core.base.Api;

/**
 * The book of original entry: one row per transfer between two accounts, in the order of booking. Rows are only ever
 * appended; an entry is its own counter-entry, so the sum over all accounts is zero by construction. Columns are kept
 * in growing parallel arrays. Only the ledger writes; single-threaded while it does. Reading is O(1) per cell.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Journal {
    private long[] times;
    private int[] debits;
    private int[] credits;
    private long[] amounts;
    private int size;

    Journal(int capacity) {
        times = new long[capacity];
        debits = new int[capacity];
        credits = new int[capacity];
        amounts = new long[capacity];
    }

    void append(long tsNanos, int debit, int credit, long units) {
        if (size == times.length) {
            int more = size + (size >> 1) + 16;
            times = Arrays.copyOf(times, more);
            debits = Arrays.copyOf(debits, more);
            credits = Arrays.copyOf(credits, more);
            amounts = Arrays.copyOf(amounts, more);
        }
        times[size] = tsNanos;
        debits[size] = debit;
        credits[size] = credit;
        amounts[size] = units;
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
        return times[checked(entry)];
    }

    /**
     * The account that the entry adds to.
     *
     * @param entry 0 up to, not including, {@link #size()}
     * @return number of the account, see {@link Ledger#accountName(int)}
     */
    public int debit(int entry) {
        return debits[checked(entry)];
    }

    /**
     * The account that the entry takes from.
     *
     * @param entry 0 up to, not including, {@link #size()}
     * @return number of the account, see {@link Ledger#accountName(int)}
     */
    public int credit(int entry) {
        return credits[checked(entry)];
    }

    /**
     * What moves from the credited to the debited account.
     *
     * @param entry 0 up to, not including, {@link #size()}
     * @return money units of 10^-8; a negative amount moves the other way
     */
    public long units(int entry) {
        return amounts[checked(entry)];
    }

    private int checked(int entry) {
        if (entry >= size) {
            throw new IndexOutOfBoundsException("entry " + entry + " of " + size);
        }
        return entry;
    }
}
