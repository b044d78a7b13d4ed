package org.lama.models.ensemble;

import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * What all combiners share.
 *
 * @param weights prior weights of the members
 * @param factors what each regime leaves of a position
 * @param consensus the vote that decides in a crisis, and always in the consensus combiner
 * @param maximumAgeBars a signal whose inputs end more bars before the decision than this is stale and dropped (default
 *     3), at least 1
 * @param dampsConfidence whether the members' size multipliers damp the confidence of the composite too (default false: they
 *     act on the size alone; with both, a position shrinks by their square)
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record FusionSettings(
        MemberWeights weights,
        RegimeFactors factors,
        ConsensusSettings consensus,
        int maximumAgeBars,
        boolean dampsConfidence) {
    /**
     * Checks the parts.
     *
     * @param weights prior weights of the members
     * @param factors what each regime leaves of a position
     * @param consensus the vote that decides in a crisis, and always in the consensus combiner
     * @param maximumAgeBars a signal whose inputs end more bars before the decision than this is stale and dropped (default
     *     3), at least 1
     * @param dampsConfidence whether the members' size multipliers damp the confidence of the composite too
     */
    public FusionSettings {
        Check.notNull(weights, "weights");
        Check.notNull(factors, "factors");
        Check.notNull(consensus, "consensus");
        Check.atLeast(maximumAgeBars, 1, "maximumAgeBars");
    }

    /**
     * Settings whose risk acts on the size alone.
     *
     * @param weights prior weights of the members
     * @param factors what each regime leaves of a position
     * @param consensus the vote that decides in a crisis, and always in the consensus combiner
     * @param maximumAgeBars a signal whose inputs end more bars before the decision than this is stale and dropped
     */
    public FusionSettings(
            MemberWeights weights, RegimeFactors factors, ConsensusSettings consensus, int maximumAgeBars) {
        this(weights, factors, consensus, maximumAgeBars, false);
    }

    /**
     * The same settings with or without damping of the confidence.
     *
     * @param value whether the members' size multipliers damp the confidence of the composite too
     * @return a copy
     */
    public FusionSettings withDampedConfidence(boolean value) {
        return new FusionSettings(weights, factors, consensus, maximumAgeBars, value);
    }

    /**
     * The defaults of every part.
     *
     * @return the settings
     */
    public static FusionSettings defaults() {
        return new FusionSettings(MemberWeights.defaults(), RegimeFactors.defaults(), ConsensusSettings.defaults(), 3);
    }
}
