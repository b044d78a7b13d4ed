package org.lama.core.signal;

import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * What one model says about one symbol at one decision time. A DIRECTIONAL signal has a value, a RISK signal only
 * shrinks size.
 *
 * @param role how combiners may use it
 * @param value direction and strength in [-1, 1]; 0 for RISK
 * @param confidence trust in the value, in [0, 1]
 * @param sizeMultiplier factor on the position, in [0, 1]; 1 for DIRECTIONAL
 * @param level the model's own reading, for regimes and reports: forecast z for momentum, anomaly score in [0, 1] for
 *     anomaly, liquidity score in [0, 1] for liquidity; NaN if there is none
 * @param alarm whether the reading is extreme by the model's own rule (an anomaly)
 * @param eventTime last time that the inputs describe, UTC epoch nanoseconds
 * @param availableAt when the signal could be known, UTC epoch nanoseconds
 * @param valid false if the inputs were missing; combiners drop the signal and record it
 * @since 0.1.0
 */
@Api(Api.Status.STABLE)
public record Signal(
        Role role,
        double value,
        double confidence,
        double sizeMultiplier,
        double level,
        boolean alarm,
        long eventTime,
        long availableAt,
        boolean valid) {
    /**
     * Checks ranges.
     *
     * @param role how combiners may use it
     * @param value direction and strength in [-1, 1]; 0 for RISK
     * @param confidence trust in the value, in [0, 1]
     * @param sizeMultiplier factor on the position, in [0, 1]; 1 for DIRECTIONAL
     * @param level the model's own reading, for regimes and reports: forecast z for momentum, anomaly score in [0, 1] for
     *     anomaly, liquidity score in [0, 1] for liquidity; NaN if there is none
     * @param alarm whether the reading is extreme by the model's own rule (an anomaly)
     * @param eventTime last time that the inputs describe, UTC epoch nanoseconds
     * @param availableAt when the signal could be known, UTC epoch nanoseconds
     * @param valid false if the inputs were missing; combiners drop the signal and record it
     */
    public Signal {
        Check.notNull(role, "role");
        Check.inRange(value, -1, 1, "value");
        Check.inRange(confidence, 0, 1, "confidence");
        Check.inRange(sizeMultiplier, 0, 1, "sizeMultiplier");
        Check.that(availableAt >= eventTime, "availableAt must not lie before eventTime");
    }

    /** How combiners may use a signal. */
    public enum Role {
        /** Enters the combination. */
        DIRECTIONAL,
        /** Multiplies the size. */
        RISK
    }

    /**
     * A directional signal.
     *
     * @param value direction and strength in [-1, 1]
     * @param confidence trust in the value, in [0, 1]
     * @param level the model's own reading, NaN if there is none
     * @param eventTime last time that the inputs describe
     * @param availableAt when the signal could be known
     * @return the signal
     */
    public static Signal directional(double value, double confidence, double level, long eventTime, long availableAt) {
        return new Signal(Role.DIRECTIONAL, value, confidence, 1, level, false, eventTime, availableAt, true);
    }

    /**
     * A risk signal.
     *
     * @param sizeMultiplier factor on the position, in [0, 1]
     * @param level the model's own reading, NaN if there is none
     * @param alarm whether the reading is extreme
     * @param eventTime last time that the inputs describe
     * @param availableAt when the signal could be known
     * @return the signal
     */
    public static Signal risk(double sizeMultiplier, double level, boolean alarm, long eventTime, long availableAt) {
        return new Signal(Role.RISK, 0, 1, sizeMultiplier, level, alarm, eventTime, availableAt, true);
    }

    /**
     * A signal that says nothing because its inputs are missing: value 0, confidence 0, multiplier 1, not valid.
     *
     * @param role the role it would have had
     * @param eventTime decision time
     * @param availableAt when this could be known
     * @return the signal
     */
    public static Signal missing(Role role, long eventTime, long availableAt) {
        return new Signal(role, 0, 0, 1, Double.NaN, false, eventTime, availableAt, false);
    }
}
