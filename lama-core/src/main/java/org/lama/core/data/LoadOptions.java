package org.lama.core.data;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.series.Provenance;

/**
 * How files become bars. Immutable; start from {@link #defaults()} and change what differs.
 *
 * @param symbols wanted symbols; empty takes all
 * @param from first bar open wanted, inclusive; empty for all
 * @param to bar open after the last wanted; empty for all
 * @param barNanos bar length wanted in nanoseconds; 0 keeps the file's own, coarser resamples
 * @param policy what happens to missing and broken bars
 * @param maxFill most bars in a row that {@link Policy#FFILL} invents, at least 0
 * @param kind how far the origin can be trusted
 * @param quarantine when a price is not believed
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record LoadOptions(
        List<String> symbols,
        Optional<Instant> from,
        Optional<Instant> to,
        long barNanos,
        Policy policy,
        int maxFill,
        Provenance.Kind kind,
        Quarantine quarantine) {
    /**
     * Copies the list and checks ranges.
     *
     * @param symbols wanted symbols; empty takes all
     * @param from first bar open wanted, inclusive
     * @param to bar open after the last wanted
     * @param barNanos bar length wanted, 0 or above
     * @param policy what happens to missing and broken bars
     * @param maxFill most bars in a row that FFILL invents, at least 0
     * @param kind how far the origin can be trusted
     * @param quarantine when a price is not believed
     */
    public LoadOptions {
        symbols = List.copyOf(symbols);
        Check.that(barNanos >= 0, "barNanos must be >= 0, got " + barNanos);
        Check.atLeast(maxFill, 0, "maxFill");
        Check.that(
                from.isEmpty() || to.isEmpty() || from.get().isBefore(to.get()),
                "from must lie before to, got " + from + " and " + to);
    }

    /** What happens to bars that are missing or break an ERROR rule. */
    public enum Policy {
        /** Any ERROR stops the load. */
        FAIL,
        /** Such bars are left out: the times of the frame are then uneven. */
        DROP,
        /** Such bars are NaN rows on an even grid (default). */
        MARK_GAP,
        /** As MARK_GAP, then at most maxFill bars in a row take the last close and volume 0. */
        FFILL
    }

    /**
     * When a price is not believed.
     *
     * @param spikeRatio a close this many times above or below the one before, undone within spikeBars, is a spike
     * @param spikeBars bars within which a spike must be undone
     * @param splitRatio a close this many times above or below the one before that stays begins a new segment
     * @param staleBars equal bars in a row that make a stale run; at the end without volume, a dead tail
     */
    public record Quarantine(double spikeRatio, int spikeBars, double splitRatio, int staleBars) {
        /**
         * Checks ranges.
         *
         * @param spikeRatio above 1
         * @param spikeBars at least 1
         * @param splitRatio at least spikeRatio
         * @param staleBars at least 2
         */
        public Quarantine {
            Check.that(spikeRatio > 1, "spikeRatio must be > 1, got " + spikeRatio);
            Check.that(splitRatio >= spikeRatio, "splitRatio must be >= spikeRatio, got " + splitRatio);
            Check.atLeast(spikeBars, 1, "spikeBars");
            Check.atLeast(staleBars, 2, "staleBars");
        }

        /**
         * Spike 10 times within 3 bars, split 20 times, stale 24 bars.
         *
         * @return the defaults
         */
        public static Quarantine defaults() {
            return new Quarantine(10, 3, 20, 24);
        }
    }

    /**
     * All symbols and times at the file's own spacing, MARK_GAP, HISTORICAL.
     *
     * @return the defaults
     */
    public static LoadOptions defaults() {
        return new LoadOptions(
                List.of(),
                Optional.empty(),
                Optional.empty(),
                0,
                Policy.MARK_GAP,
                3,
                Provenance.Kind.HISTORICAL,
                Quarantine.defaults());
    }

    /**
     * A copy that takes some symbols only.
     *
     * @param wanted the symbols
     * @return the copy
     */
    public LoadOptions withSymbols(List<String> wanted) {
        return new LoadOptions(wanted, from, to, barNanos, policy, maxFill, kind, quarantine);
    }

    /**
     * A copy that takes some times only.
     *
     * @param first first bar open, inclusive; empty for all
     * @param end bar open after the last; empty for all
     * @return the copy
     */
    public LoadOptions withRange(Optional<Instant> first, Optional<Instant> end) {
        return new LoadOptions(symbols, first, end, barNanos, policy, maxFill, kind, quarantine);
    }

    /**
     * A copy with another bar length.
     *
     * @param nanos nanoseconds; 0 keeps the file's own
     * @return the copy
     */
    public LoadOptions withBarNanos(long nanos) {
        return new LoadOptions(symbols, from, to, nanos, policy, maxFill, kind, quarantine);
    }

    /**
     * A copy with another policy.
     *
     * @param other the policy
     * @param fill most bars in a row that FFILL invents
     * @return the copy
     */
    public LoadOptions withPolicy(Policy other, int fill) {
        return new LoadOptions(symbols, from, to, barNanos, other, fill, kind, quarantine);
    }

    /**
     * A copy with another kind of origin.
     *
     * @param other the kind
     * @return the copy
     */
    public LoadOptions withKind(Provenance.Kind other) {
        return new LoadOptions(symbols, from, to, barNanos, policy, maxFill, other, quarantine);
    }

    /**
     * A copy with other quarantine settings.
     *
     * @param other the settings
     * @return the copy
     */
    public LoadOptions withQuarantine(Quarantine other) {
        return new LoadOptions(symbols, from, to, barNanos, policy, maxFill, kind, other);
    }
}
