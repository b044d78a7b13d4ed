package org.lama.models.ensemble;

import java.util.Map;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * Prior weights of the members of an ensemble by name. Weights are relative: only their ratios count. A weight of 0
 * switches a member off wholly, with its size multiplier. Immutable and thread-safe.
 *
 * @param byName weights, each finite and at least 0, of the members named
 * @param others weight of every member that is not named, finite and at least 0
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record MemberWeights(Map<String, Double> byName, double others) {
    /**
     * Checks the weights and copies the map.
     *
     * @param byName weights, each finite and at least 0, of the members named
     * @param others weight of every member that is not named, finite and at least 0
     */
    public MemberWeights {
        byName = Map.copyOf(byName);
        byName.forEach((name, weight) -> Check.notNegative(weight, "weight of " + Check.notBlank(name, "member")));
        Check.notNegative(others, "others");
    }

    /**
     * Equal weights, save liquidity with 0.15 of the others: its direction comes from a change of a rank alone.
     *
     * @return the weights
     */
    public static MemberWeights defaults() {
        return new MemberWeights(Map.of("liquidity", 0.15), 1.0);
    }

    /**
     * The weight of one member.
     *
     * @param member its name
     * @return finite, at least 0
     */
    public double of(String member) {
        return byName.getOrDefault(member, others);
    }
}
