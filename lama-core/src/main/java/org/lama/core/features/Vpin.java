package org.lama.core.features;

import org.lama.core.math.Distributions;

/**
 * Volume-synchronised probability of informed trading (Easley, Lopez de Prado and O'Hara 2012, doi:10.1093/rfs/hhs053):
 * the tape is cut into buckets of equal volume, a trade that is too large goes on in the next one, and over the last n
 * buckets VPIN = Σ |bought - sold| / Σ volume. Bought volume is what aggressors bought (signed), or the volume times
 * Φ(ΔP / σ) with ΔP the change of the last price from bucket to bucket and σ its standard deviation over the n buckets
 * (bulk). Size of later buckets may be changed. Mutable, single-threaded; allocates nothing.
 */
final class Vpin {
    private final int buckets;
    private final LongWindow imbalances;
    private final LongWindow volumes;
    private final BlockMoments changes;
    private final BlockMoments bulkImbalances;
    private final BlockMoments bulkVolumes;
    private long nextSize;
    private long size;
    private long bought;
    private long sold;
    private double lastPrice = Double.NaN;
    private long full;

    Vpin(int buckets) {
        this.buckets = buckets;
        imbalances = new LongWindow(buckets);
        volumes = new LongWindow(buckets);
        changes = new BlockMoments(buckets);
        bulkImbalances = new BlockMoments(buckets);
        bulkVolumes = new BlockMoments(buckets);
    }

    /** Lots of buckets that begin from now on; none begins before this is said. */
    void resize(long lots) {
        nextSize = Math.max(1, lots);
    }

    void trade(boolean buy, int ticks, long lots) {
        long left = lots;
        while (left > 0) {
            if (bought + sold == 0) {
                size = nextSize;
                if (size == 0) {
                    return;
                }
                left -= beyondMemory(left / size) * size;
            }
            long part = Math.min(left, size - bought - sold);
            bought += buy ? part : 0;
            sold += buy ? 0 : part;
            left -= part;
            if (bought + sold == size) {
                fill(ticks);
            }
        }
    }

    /** Buckets of one trade that may be skipped: after twice as many as are remembered, n more leave all as it was. */
    private long beyondMemory(long whole) {
        return Math.max(0, whole / buckets - 2) * buckets;
    }

    private void fill(double price) {
        imbalances.next(Math.abs(bought - sold));
        volumes.next(size);
        changes.next(price - lastPrice);
        double deviation = changes.count < 2 ? Double.NaN : Math.sqrt(changes.squares / (changes.count - 1));
        double share = deviation == 0 ? 0.5 : Distributions.normalCdf((price - lastPrice) / deviation);
        double imbalance = size * Math.abs(2 * share - 1);
        bulkImbalances.next(imbalance);
        bulkVolumes.next(Double.isNaN(imbalance) ? Double.NaN : size);
        lastPrice = price;
        bought = 0;
        sold = 0;
        full++;
    }

    /** By the aggressors' sides, in [0, 1]; NaN before all buckets are full. */
    double signed() {
        return full < buckets ? Double.NaN : (double) imbalances.sum() / volumes.sum();
    }

    /** By changes of price, in [0, 1]; NaN before all buckets have a change and its deviation. */
    double bulk() {
        return bulkVolumes.count < buckets ? Double.NaN : bulkImbalances.mean / bulkVolumes.mean;
    }
}
