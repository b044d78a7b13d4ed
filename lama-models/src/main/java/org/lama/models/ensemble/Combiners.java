package org.lama.models.ensemble;

import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.signal.Combiner;

/**
 * The four combiners. They fuse DIRECTIONAL members only; the size multipliers of all members, RISK ones included, and
 * the factor of the regime shrink the size; by {@link FusionSettings#dampsConfidence} the multipliers damp the confidence as
 * well. In a {@link org.lama.core.signal.RegimeLabel#CRISIS} consensus decides
 * whatever is configured. Members that are invalid, stale or have weight 0 are dropped and named; if none is left, or all
 * have confidence 0, the result is neutral.
 *
 * <p>Combiners are immutable and thread-safe, their sessions are not. One combination costs O(members log members).
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Combiners {
    private Combiners() {}

    /**
     * The weighted average, named {@code weighted}: signal Σw·c·s / Σw·c, confidence Σw·c / Σw with prior weights w,
     * confidences c and signals s. It lies in the convex hull of the signals.
     *
     * @param settings weights, factors and the crisis vote
     * @return the combiner
     */
    public static Combiner weighted(FusionSettings settings) {
        Check.notNull(settings, "settings");
        return new Named("weighted", (members, bars) -> new WeightedSession("weighted", settings, members, bars));
    }

    /**
     * The weighted average with weights that follow each member's out-of-sample skill, named {@code dynamic}. Skill is
     * the mean of a member's realised returns over their standard deviation in the window; shares are proportional to
     * its positive part, shrunk to the prior, bounded, and move slowly.
     *
     * @param settings weights, factors and the crisis vote
     * @param skillRules window, shrinkage and bounds
     * @return the combiner
     */
    public static Combiner dynamic(FusionSettings settings, DynamicSettings skillRules) {
        Check.notNull(settings, "settings");
        Check.notNull(skillRules, "skillRules");
        return new Named("dynamic", (members, bars) -> new DynamicSession(settings, skillRules, members, bars));
    }

    /**
     * The vote, named {@code consensus}: with at least max(minimumVotes, half) of the members on one side and no strong
     * member on the other, the median signal of those who agree, with their median confidence times their share of all
     * members; else flat. Fewer than two members are flat.
     *
     * @param settings weights (only 0 matters), factors and the vote
     * @return the combiner
     */
    public static Combiner consensus(FusionSettings settings) {
        Check.notNull(settings, "settings");
        return new Named("consensus", (members, bars) -> new ConsensusSession(settings, members, bars));
    }

    /**
     * The fusion of calibrated probabilities, named {@code bayesian}: logit P = logit p0 + Σ τ (logit p_i − logit p0)
     * with τ = 1 / (1 + (n − 1)·ρ) and ρ the positive part of the mean pairwise correlation of the members' log-odds on
     * the training rows; signal 2P − 1, confidence |2P − 1|. Calibration is in sample and pooled over symbols.
     *
     * @param settings weights (only 0 matters), factors and the crisis vote
     * @param calibration rows, ridge and clamp
     * @return the combiner
     */
    public static Combiner bayesian(FusionSettings settings, BayesianSettings calibration) {
        Check.notNull(settings, "settings");
        Check.notNull(calibration, "calibration");
        return new Named("bayesian", (members, bars) -> new BayesianSession(settings, calibration, members, bars));
    }

    private interface Opener {
        Combiner.Session open(List<String> members, double barsPerDay);
    }

    private record Named(String name, Opener opener) implements Combiner {
        @Override
        public Session open(List<String> members, double barsPerDay) {
            Check.positive(barsPerDay, "barsPerDay");
            Check.that(!members.isEmpty(), "members must hold at least one name");
            Check.that(members.stream().distinct().count() == members.size(), "members must differ, got " + members);
            return opener.open(List.copyOf(members), barsPerDay);
        }
    }
}
