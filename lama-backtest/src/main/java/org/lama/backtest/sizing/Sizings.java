package org.lama.backtest.sizing;

import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Suggestion;

/**
 * The two sizing rules. With strength s, size multiplier m, volatility estimate σ̂ and its target σ*:
 *
 * <ul>
 *   <li>{@code equal-weight}: {@code w = (1/N_active) · s · m · min(1, σ*∕σ̂)};
 *   <li>{@code equal-risk}: the same with 1/N_active replaced by the share {@code (1/σ̂)/Σ_active(1/σ̂)}, so that every
 *       symbol would carry the same stand-alone risk at equal signals. Symbols without a usable σ̂ have no share.
 * </ul>
 *
 * Shares sum to at most 1 and all other factors are at most 1 in size, so gross exposure is at most 1.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Sizings {
    private Sizings() {}

    /**
     * The same share for every active symbol.
     *
     * @param settings volatility target and direction
     * @return the rule
     */
    public static Sizing equalWeight(SizingSettings settings) {
        return new Rule("equal-weight", Check.notNull(settings, "settings"), false);
    }

    /**
     * Shares in proportion to inverse volatility.
     *
     * @param settings volatility target and direction
     * @return the rule
     */
    public static Sizing equalRisk(SizingSettings settings) {
        return new Rule("equal-risk", Check.notNull(settings, "settings"), true);
    }

    /**
     * A rule by its name.
     *
     * @param name {@code equal-weight} or {@code equal-risk}
     * @param settings volatility target and direction
     * @return the rule
     * @throws IllegalArgumentException if there is no such rule, naming those that exist
     */
    public static Sizing named(String name, SizingSettings settings) {
        List<Sizing> all = List.of(equalWeight(settings), equalRisk(settings));
        List<String> names = all.stream().map(Sizing::name).toList();
        return all.stream()
                .filter(rule -> rule.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "no sizing is called '" + name + "'; found: " + names + Suggestion.alike(name, names)));
    }

    private record Rule(String name, SizingSettings settings, boolean inverseVolatility) implements Sizing {
        @Override
        public void weights(
                double[] strength, double[] sizeMultiplier, double[] volatilityAnnual, boolean[] active, double[] out) {
            double total = 0;
            for (int i = 0; i < out.length; i++) {
                total += active[i] ? rawShare(volatilityAnnual[i]) : 0;
            }
            for (int i = 0; i < out.length; i++) {
                double volatility = volatilityAnnual[i];
                if (!active[i] || !usable(volatility)) {
                    out[i] = 0;
                    continue;
                }
                double signal = within(strength[i], settings.longOnly() ? 0 : -1) * within(sizeMultiplier[i], 0);
                double damping = Math.min(1, settings.targetVolatilityAnnual() / volatility);
                out[i] = rawShare(volatility) / total * signal * damping;
            }
        }

        private double rawShare(double volatility) {
            if (!inverseVolatility) {
                return 1;
            }
            return usable(volatility) ? 1 / volatility : 0;
        }

        private static boolean usable(double volatility) {
            // below 1e-150 the reciprocal and its sum would no longer be safe numbers
            return volatility > 1e-150 && volatility < Double.POSITIVE_INFINITY;
        }

        /** The value cut to [low, 1]; NaN and minus zero become 0. */
        private static double within(double value, double low) {
            return Double.isNaN(value) || value == 0 ? 0 : Math.min(1, Math.max(low, value));
        }
    }
}
