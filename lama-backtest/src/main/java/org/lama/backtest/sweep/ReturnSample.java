package org.lama.backtest.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.lama.core.base.Seeds;

/**
 * An even sample of trials without knowing how many will come: each has a pseudo-random rank that depends on seed and number
 * alone, and the lowest ranks are kept. Whoever could still belong to it is known before it is evaluated. For one thread.
 */
final class ReturnSample {
    private final int capacity;
    private final long seed;
    /** Rank to trial number; ties of 64 bits are settled by adding the number. */
    private final TreeMap<Long, Long> kept = new TreeMap<>();

    private final Map<Long, double[]> returns = new TreeMap<>();

    ReturnSample(int capacity, long seed) {
        this.capacity = capacity;
        this.seed = seed;
    }

    private long rank(long number) {
        return Seeds.derive(seed, number);
    }

    /** Whether a trial belongs to the sample of the trials that were offered so far and itself. */
    boolean wants(long number) {
        return kept.size() < capacity || (capacity > 0 && rank(number) < kept.lastKey());
    }

    /** Offers a trial with a defined metric, or one that was stopped; its returns may be empty if they are not at hand. */
    void offer(long number, double[] series) {
        if (!wants(number)) {
            return;
        }
        kept.put(rank(number), number);
        if (series.length > 0) {
            returns.put(number, series);
        }
        if (kept.size() > capacity) {
            returns.remove(kept.remove(kept.lastKey()));
        }
    }

    /** The numbers of the sample in ascending order. */
    List<Long> numbers() {
        List<Long> numbers = new ArrayList<>(kept.values());
        numbers.sort(null);
        return numbers;
    }

    /** The returns of a trial, empty if they are not at hand. */
    double[] returns(long number) {
        return returns.getOrDefault(number, new double[0]);
    }
}
