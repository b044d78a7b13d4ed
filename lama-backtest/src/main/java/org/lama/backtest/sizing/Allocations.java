package org.lama.backtest.sizing;

import java.util.Arrays;
import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Suggestion;
import org.lama.core.signal.FitStatus;

/**
 * The allocations by name. With strength s_i in [−1, 1], G = {@code maxGross}, sums over the N instruments that are wanted
 * and, where returns are needed, can be measured:
 *
 * <ul>
 *   <li>{@code fixed}: {@code s_i · amount / equity}, or {@code s_i · quantity · unitValue_i / equity};
 *   <li>{@code all-in}: {@code G · s_i / Σ|s|}: always fully invested;
 *   <li>{@code equal-weight}: {@code G · s_i / N};
 *   <li>{@code inverse-vol}: {@code G · s_i · (1/σ_i) / Σ(1/σ)};
 *   <li>{@code vol-target}: equal weights times k with {@code √(w'Vw · periodsPerYear) = targetVolatilityAnnual}, gross at
 *       most G;
 *   <li>{@code kelly}: {@code kellyFraction · |s_i| ·} the bets that maximise the growth rate among bets in the wanted
 *       directions, with means shrunk by n/(n + meanPriorRows), gross at most G by scaling: an instrument whose mean goes
 *       against its wish gets 0;
 *   <li>{@code risk-parity}: {@code G · s_i ·} shares with equal contributions to the variance of the directed returns;
 *   <li>{@code hrp}: {@code G · s_i ·} shares of hierarchical risk parity of the directed returns.
 * </ul>
 *
 * Then each weight but the fixed ones is cut to {@code maxWeight}. "Directed" returns are those of the position: −r for a
 * short.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Allocations {
    private Allocations() {}

    /** What differs from mode to mode. */
    private enum Mode {
        FIXED("fixed", false),
        ALL_IN("all-in", false),
        EQUAL_WEIGHT("equal-weight", false),
        INVERSE_VOLATILITY("inverse-vol", true),
        VOLATILITY_TARGET("vol-target", true),
        KELLY("kelly", true),
        RISK_PARITY("risk-parity", true),
        HIERARCHICAL("hrp", true);

        private final String text;
        private final boolean needsReturns;

        Mode(String text, boolean needsReturns) {
            this.text = text;
            this.needsReturns = needsReturns;
        }
    }

    /**
     * The names that {@link #named} knows.
     *
     * @return in the order of the list above
     */
    public static List<String> names() {
        return List.of(Mode.values()).stream().map(mode -> mode.text).toList();
    }

    /**
     * An allocation by its name.
     *
     * @param name one of {@link #names()}
     * @param settings its settings
     * @return the allocation
     * @throws IllegalArgumentException if there is none, naming those that exist and the nearest
     */
    public static Allocation named(String name, AllocationSettings settings) {
        Check.notNull(settings, "settings");
        for (Mode mode : Mode.values()) {
            if (mode.text.equals(name)) {
                return new Rule(mode, settings);
            }
        }
        throw new IllegalArgumentException(
                "no sizing is called '" + name + "'; found: " + names() + Suggestion.alike(name, names()));
    }

    private record Rule(Mode mode, AllocationSettings settings) implements Allocation {
        @Override
        public String name() {
            return mode.text;
        }

        @Override
        public boolean needsReturns() {
            return mode.needsReturns;
        }

        @Override
        public int minRows() {
            return settings.minRows();
        }

        @Override
        public FitStatus weights(AllocationInput input, double[] out) {
            Check.that(out.length == input.size(), "out must hold " + input.size() + " weights, got " + out.length);
            double[] strength = new double[out.length];
            boolean[] wanted = new boolean[out.length];
            for (int i = 0; i < out.length; i++) {
                double value = input.equity() > 0 ? input.strength(i) : 0;
                strength[i] = settings.longOnly() ? Math.max(0, value) : value;
                wanted[i] = strength[i] != 0;
                out[i] = 0;
            }
            FitStatus status =
                    mode.needsReturns ? byReturns(input, strength, wanted, out) : plain(input, strength, out);
            double most = mode == Mode.FIXED ? Double.POSITIVE_INFINITY : settings.maxWeight();
            for (int i = 0; i < out.length; i++) {
                // a zero has no sign
                out[i] = Math.max(-most, Math.min(most, out[i])) + 0.0;
            }
            return status;
        }

        private FitStatus plain(AllocationInput input, double[] strength, double[] out) {
            double total = 0;
            for (double value : strength) {
                total += mode == Mode.ALL_IN ? Math.abs(value) : value != 0 ? 1 : 0;
            }
            for (int i = 0; i < out.length; i++) {
                if (strength[i] != 0) {
                    out[i] = strength[i] * (mode == Mode.FIXED ? fixed(input, i) : settings.maxGross() / total);
                }
            }
            return FitStatus.ok(0, 0);
        }

        /** Weight at strength 1; 0 where the value of a unit is unknown. */
        private double fixed(AllocationInput input, int instrument) {
            double unit = settings.fixedUnit() == AllocationSettings.FixedUnit.AMOUNT ? 1 : input.unitValue(instrument);
            return unit > 0 && unit < Double.POSITIVE_INFINITY ? settings.fixedSize() * unit / input.equity() : 0;
        }

        private FitStatus byReturns(AllocationInput input, double[] strength, boolean[] wanted, double[] out) {
            Covariance covariance = Covariance.of(
                    input.returns(), wanted, settings.covariance(), settings.halfLifeRows(), settings.minRows());
            int n = covariance.size();
            if (n == 0) {
                return FitStatus.ok(0, 0);
            }
            double[] directed = covariance.directed(strength);
            double[] share = new double[n];
            FitStatus status = shares(input, covariance, directed, strength, share);
            double factor = switch (mode) {
                case VOLATILITY_TARGET -> volatilityFactor(covariance, directed, strength, share);
                case KELLY -> within(gross(covariance, strength, share, settings.kellyFraction()));
                default -> settings.maxGross();
            };
            double scale = mode == Mode.KELLY ? settings.kellyFraction() * factor : factor;
            for (int k = 0; k < n; k++) {
                out[covariance.instrument(k)] = scale * strength[covariance.instrument(k)] * share[k];
            }
            return status;
        }

        private FitStatus shares(
                AllocationInput input, Covariance covariance, double[] directed, double[] strength, double[] share) {
            int n = share.length;
            switch (mode) {
                case KELLY -> {
                    return GrowthOptimal.bets(means(input, covariance, strength), directed, share);
                }
                case RISK_PARITY -> {
                    double[] budget = new double[n];
                    Arrays.fill(budget, 1.0 / n);
                    return RiskParity.shares(directed, budget, share);
                }
                case HIERARCHICAL -> HierarchicalRiskParity.shares(directed, n, share);
                case INVERSE_VOLATILITY -> {
                    double total = 0;
                    for (int k = 0; k < n; k++) {
                        share[k] = 1 / covariance.deviation(k);
                        total += share[k];
                    }
                    for (int k = 0; k < n; k++) {
                        share[k] /= total;
                    }
                }
                default -> Arrays.fill(share, 1.0 / n);
            }
            return FitStatus.ok(0, 0);
        }

        /** Means in the wanted directions, shrunk towards 0. */
        private double[] means(AllocationInput input, Covariance covariance, double[] strength) {
            double[] mean = new double[covariance.size()];
            for (int k = 0; k < mean.length; k++) {
                int instrument = covariance.instrument(k);
                double rows = input.returns().present(instrument);
                mean[k] = Math.signum(strength[instrument])
                        * covariance.mean(k)
                        * (rows / (rows + settings.meanPriorRows()));
            }
            return mean;
        }

        private double volatilityFactor(Covariance covariance, double[] directed, double[] strength, double[] share) {
            int n = share.length;
            double variance = 0;
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    variance += size(covariance, strength, share, i)
                            * directed[i * n + j]
                            * size(covariance, strength, share, j);
                }
            }
            double volatility = Math.sqrt(Math.max(0, variance) * settings.periodsPerYear());
            double most = settings.maxGross() / gross(covariance, strength, share, 1);
            return Math.min(most, settings.targetVolatilityAnnual() / volatility);
        }

        private double within(double gross) {
            return gross > settings.maxGross() ? settings.maxGross() / gross : 1;
        }

        private static double gross(Covariance covariance, double[] strength, double[] share, double factor) {
            double sum = 0;
            for (int k = 0; k < share.length; k++) {
                sum += factor * size(covariance, strength, share, k);
            }
            return sum;
        }

        private static double size(Covariance covariance, double[] strength, double[] share, int member) {
            return Math.abs(strength[covariance.instrument(member)]) * share[member];
        }
    }
}
