package org.lama.models.anomaly;

import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * Settings of the anomaly model; the seed comes with each fit.
 *
 * @param contamination share of the training rows whose scores lie above the threshold, in (0, 0.5] (default 0.01)
 * @param trees number of trees (default 100)
 * @param sampleSize rows drawn for each tree (default 256)
 * @param minimumRows complete training rows needed, at least 2 (default 100)
 * @param direction whether the model may be directional (default {@link Direction#WHERE_SIGNED})
 * @param logarithms whether spread, depths and volatility of the book profile enter by their logarithm (default true): a depth
 *     of a twentieth lies close to the usual one where depths are compared by difference, and far away by ratio
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record AnomalySettings(
        double contamination, int trees, int sampleSize, int minimumRows, Direction direction, boolean logarithms) {
    /**
     * Checks ranges.
     *
     * @param contamination share of the training rows whose scores lie above the threshold, in (0, 0.5] (default 0.01)
     * @param trees number of trees (default 100)
     * @param sampleSize rows drawn for each tree (default 256)
     * @param minimumRows complete training rows needed, at least 2 (default 100)
     * @param direction whether the model may be directional (default {@link Direction#WHERE_SIGNED})
     * @param logarithms whether spread, depths and volatility of the book profile enter by their logarithm
     */
    public AnomalySettings {
        Check.positive(contamination, "contamination");
        Check.inRange(contamination, 0, 0.5, "contamination");
        Check.inRange(trees, 1, 10_000, "trees");
        Check.inRange(sampleSize, 2, 4_096, "sampleSize");
        Check.atLeast(minimumRows, 2, "minimumRows");
        Check.notNull(direction, "direction");
    }

    /**
     * Settings whose spread, depths and volatility enter by their logarithm.
     *
     * @param contamination share of the training rows whose scores lie above the threshold, in (0, 0.5]
     * @param trees number of trees
     * @param sampleSize rows drawn for each tree
     * @param minimumRows complete training rows needed, at least 2
     * @param direction whether the model may be directional
     */
    public AnomalySettings(double contamination, int trees, int sampleSize, int minimumRows, Direction direction) {
        this(contamination, trees, sampleSize, minimumRows, direction, true);
    }

    /** Whether the model may be directional. An anomaly by itself has no sign. */
    public enum Direction {
        /** Directional by the sign of the book's imbalance where the fitted profile has it, otherwise risk. */
        WHERE_SIGNED,
        /** Directional by the sign of the order-flow imbalance where the fitted profile has it, otherwise risk. */
        BY_FLOW,
        /** Always risk. */
        NEVER
    }

    /**
     * Contamination 0.01, 100 trees of 256 rows, at least 100 complete rows, directional where signed, by logarithm.
     *
     * @return the default settings
     */
    public static AnomalySettings defaults() {
        return new AnomalySettings(0.01, 100, 256, 100, Direction.WHERE_SIGNED);
    }

    /**
     * The same settings with another direction.
     *
     * @param value whether the model may be directional
     * @return a copy
     */
    public AnomalySettings withDirection(Direction value) {
        return new AnomalySettings(contamination, trees, sampleSize, minimumRows, value, logarithms);
    }

    /**
     * The same settings with features by logarithm or as they are.
     *
     * @param value whether spread, depths and volatility of the book profile enter by their logarithm
     * @return a copy
     */
    public AnomalySettings withLogarithms(boolean value) {
        return new AnomalySettings(contamination, trees, sampleSize, minimumRows, direction, value);
    }
}
