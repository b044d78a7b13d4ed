package org.lama.core.data;

import java.util.Arrays;
import org.lama.core.store.SeriesKey;

/** The closes of one series of bars, as much of it as comparisons with other series need. Arrays are lent, not copied. */
final class SeriesProbe {
    private final String source;
    private final SeriesKey key;
    private final boolean stored;
    private final boolean disordered;
    private final long[] times;
    private final double[] closes;

    private SeriesProbe(Builder parts) {
        source = parts.source;
        key = parts.key;
        stored = parts.stored;
        disordered = parts.disordered;
        times = parts.times;
        closes = parts.closes;
    }

    /** Collects the parts. */
    static final class Builder {
        private final String source;
        private final SeriesKey key;
        private boolean stored;
        private boolean disordered;
        private long[] times = {};
        private double[] closes = {};

        Builder(String source, SeriesKey key) {
            this.source = source;
            this.key = key;
        }

        /** Ascending times and their closes; those without a finite close are left out. */
        Builder closes(long[] given, double[] values) {
            times = new long[given.length];
            closes = new double[given.length];
            int size = 0;
            for (int i = 0; i < given.length; i++) {
                if (values[i] > 0 && values[i] < Double.POSITIVE_INFINITY) {
                    times[size] = given[i];
                    closes[size++] = values[i];
                }
            }
            times = Arrays.copyOf(times, size);
            closes = Arrays.copyOf(closes, size);
            return this;
        }

        /** Whether the rows were in disorder: a sign of a clock that was set. */
        Builder disordered(boolean yes) {
            disordered = yes;
            return this;
        }

        /** Whether the series stands in the store already. */
        Builder stored() {
            stored = true;
            return this;
        }

        SeriesProbe build() {
            return new SeriesProbe(this);
        }
    }

    String source() {
        return source;
    }

    SeriesKey key() {
        return key;
    }

    boolean isStored() {
        return stored;
    }

    boolean isDisordered() {
        return disordered;
    }

    long[] times() {
        return times;
    }

    double[] closes() {
        return closes;
    }

    int size() {
        return times.length;
    }

    /** What is priced. */
    String base() {
        String name = key.instrument().name();
        int dash = name.indexOf('-');
        return dash < 0 ? name : name.substring(0, dash);
    }

    /** In what it is priced; empty if the name does not tell. */
    String quote() {
        String name = key.instrument().name();
        int dash = name.indexOf('-');
        return dash < 0 ? "" : name.substring(dash + 1);
    }

    /** Where it is said to be traded. */
    String market() {
        return key.instrument().venue() + "." + key.instrument().kind();
    }

    /** Bars of the series in a range. */
    int barsWithin(long from, long to) {
        return at(to) - at(from);
    }

    private int at(long time) {
        int found = Arrays.binarySearch(times, time);
        return found < 0 ? -found - 1 : found;
    }
}
