package org.lama.backtest.strategies;

/**
 * A mean whose older observations weigh less, by half after each half-life of time: sum(w·x) / sum(w·n) with
 * w = 2^(−age / halfLife). NaN until enough was observed. O(1), allocates nothing. Not thread-safe.
 */
final class FadingMean {
    private final double halfLifeNanos;
    private final int least;
    private double sum;
    private double weight;
    private long lastNanos;
    private int count;

    /** Observations before the mean counts, at least 1. */
    FadingMean(double halfLifeSeconds, int least) {
        halfLifeNanos = halfLifeSeconds * 1e9;
        this.least = least;
    }

    /** Takes what was summed over some units, such as a square over seconds. */
    void add(long nowNanos, double value, double units) {
        double fade = count == 0 ? 0 : Math.pow(0.5, (nowNanos - lastNanos) / halfLifeNanos);
        sum = sum * fade + value;
        weight = weight * fade + units;
        lastNanos = nowNanos;
        count++;
    }

    double value() {
        return count < least ? Double.NaN : sum / weight;
    }
}
