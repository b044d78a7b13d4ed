package org.lama.models.ensemble;

import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * How weights follow the members' out-of-sample skill.
 *
 * @param windowDays days over which skill is measured (default 30), above 0
 * @param minimumObservations outcomes that a member needs in the window before its skill counts (default 20), at least 2
 * @param shrinkage weight of the prior against skill (default 0.5), in [0, 1]
 * @param limits smallest and largest share and the largest change
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record DynamicSettings(double windowDays, int minimumObservations, double shrinkage, Limits limits) {
    /**
     * Checks ranges.
     *
     * @param windowDays days over which skill is measured (default 30), above 0
     * @param minimumObservations outcomes that a member needs in the window before its skill counts (default 20), at least 2
     * @param shrinkage weight of the prior against skill (default 0.5), in [0, 1]
     * @param limits smallest and largest share and the largest change
     */
    public DynamicSettings {
        Check.positive(windowDays, "windowDays");
        Check.atLeast(minimumObservations, 2, "minimumObservations");
        Check.inRange(shrinkage, 0, 1, "shrinkage");
        Check.notNull(limits, "limits");
    }

    /**
     * Bounds of a member's share among those whose skill is known. A prior share outside of floor and cap widens them,
     * so that bounds never push a member away from its prior.
     *
     * @param floor smallest share (default 0.05), in [0, 1]
     * @param cap largest share (default 0.6), in [floor, 1]
     * @param maximumChange largest change of a share in one update (default 0.1), in (0, 1]
     */
    public record Limits(double floor, double cap, double maximumChange) {
        /**
         * Checks ranges.
         *
         * @param floor smallest share (default 0.05), in [0, 1]
         * @param cap largest share (default 0.6), in [floor, 1]
         * @param maximumChange largest change of a share in one update (default 0.1), in (0, 1]
         */
        public Limits {
            Check.inRange(floor, 0, 1, "floor");
            Check.inRange(cap, floor, 1, "cap");
            Check.inRange(Check.positive(maximumChange, "maximumChange"), 0, 1, "maximumChange");
        }
    }

    /**
     * 30 days, 20 outcomes, shrinkage 0.5, floor 0.05, cap 0.6, change 0.1.
     *
     * @return the settings
     */
    public static DynamicSettings defaults() {
        return new DynamicSettings(30, 20, 0.5, new Limits(0.05, 0.6, 0.1));
    }
}
