package org.lama.backtest.risk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

/** Over all limits at once: each holds, none enlarges or turns a position, and a tighter one enlarges nothing. */
class RiskLimitsMonotonePropertyTest {
    private static final double EQUITY = 1e5;
    /** Rounding of sums and quotients of up to 8 weights of order 1. */
    private static final double ROUNDING = 1e-13;

    private double[] wish = {};
    private double[] held = {};
    private MarketLiquidity liquidity = new MarketLiquidity(wish, wish, wish);

    private void draw(Rng rng) {
        int n = 1 + rng.nextInt(8);
        wish = new double[n];
        held = new double[n];
        double[] volume = new double[n];
        double[] volatility = new double[n];
        double[] spread = new double[n];
        boolean keeps = rng.nextInt(2) == 0;
        for (int i = 0; i < n; i++) {
            wish[i] = keeps && rng.nextInt(5) == 0 ? Double.NaN : rng.nextInt(9) == 0 ? 0 : rng.nextGaussian();
            held[i] = rng.nextGaussian() / n;
            volume[i] = rng.nextInt(4) == 0 ? Double.NaN : 1e7 * rng.nextDouble();
            volatility[i] = rng.nextInt(4) == 0 ? Double.NaN : 0.1 * rng.nextDouble();
            spread[i] = rng.nextInt(4) == 0 ? Double.NaN : 0.006 * rng.nextDouble();
        }
        liquidity = new MarketLiquidity(volume, volatility, spread);
    }

    private static RiskLimits any(Rng rng) {
        return RiskLimits.builder()
                .maxGross(4 * rng.nextDouble())
                .maxWeight(rng.nextInt(2) == 0 ? 10 : 1.5 * rng.nextDouble())
                .maxParticipation(either(rng, 0.1))
                .maxSlippage(either(rng, 0.01))
                .maxNet(either(rng, 1.5))
                .maxTopWeight(1 + rng.nextInt(4), either(rng, 3))
                .maxLeverage(either(rng, 4))
                .build();
    }

    private static double either(Rng rng, double most) {
        return switch (rng.nextInt(5)) {
            case 0, 1 -> Double.POSITIVE_INFINITY;
            case 2 -> 0.05 * most * rng.nextDouble();
            default -> most * rng.nextDouble();
        };
    }

    /** One limit made tighter, often a great deal or all the way to 0. */
    private static RiskLimits tighter(RiskLimits limits, Rng rng) {
        double factor = rng.nextInt(6) == 0 ? 0 : rng.nextDouble();
        RiskLimits.Builder builder = limits.toBuilder();
        return switch (rng.nextInt(7)) {
            case 0 -> builder.maxGross(limits.maxGross() * factor).build();
            case 1 -> builder.maxWeight(limits.maxWeight() * factor).build();
            case 2 ->
                builder.maxParticipation(cut(limits.maxParticipation(), factor, 0.1))
                        .build();
            case 3 ->
                builder.maxSlippage(cut(limits.maxSlippage(), factor, 0.01)).build();
            case 4 -> builder.maxNet(cut(limits.maxNet(), factor, 1.5)).build();
            case 5 ->
                builder.maxTopWeight(limits.topCount(), cut(limits.maxTopWeight(), factor, 3))
                        .build();
            default -> builder.maxLeverage(cut(limits.maxLeverage(), factor, 4)).build();
        };
    }

    private static double cut(double limit, double factor, double most) {
        return Math.min(limit, most) * factor;
    }

    private double[] applied(RiskLimits limits) {
        double[] targets = wish.clone();
        limits.apply(targets, held, liquidity, EQUITY);
        return targets;
    }

    @Test
    void aTighterLimitNeverEnlargesAPosition() {
        Rng rng = Seeds.rng(17, 0);
        int changed = 0;
        for (int round = 0; round < 60_000; round++) {
            draw(rng);
            RiskLimits loose = any(rng);
            RiskLimits tight = tighter(loose, rng);
            double[] a = applied(loose);
            double[] b = applied(tight);
            for (int i = 0; i < wish.length; i++) {
                if (Double.isNaN(wish[i])) {
                    assertThat(b[i]).isNaN();
                    continue;
                }
                boolean ordered = Math.abs(b[i]) <= Math.abs(a[i]) + ROUNDING
                        && Math.abs(a[i]) <= Math.abs(wish[i]) + ROUNDING
                        && a[i] * wish[i] >= 0
                        && b[i] * wish[i] >= 0;
                assertThat(ordered)
                        .as("round %d, asset %d: %s gave %s, %s gave %s", round, i, loose, a[i], tight, b[i])
                        .isTrue();
                changed += a[i] == b[i] ? 0 : 1;
            }
        }
        assertThat(changed).isGreaterThan(20_000);
    }

    @Test
    void limitsHoldForTheWorstThatOrdersUnderWayCanDoAndStayMonotone() {
        Rng rng = Seeds.rng(17, 5);
        int cut = 0;
        for (int round = 0; round < 20_000; round++) {
            draw(rng);
            double[] working = new double[wish.length];
            for (int i = 0; i < working.length; i++) {
                working[i] = rng.nextInt(2) == 0 ? 0 : rng.nextDouble() / working.length;
            }
            RiskLimits limits =
                    any(rng).toBuilder().maxNet(Double.POSITIVE_INFINITY).build();
            double[] after = wish.clone();
            limits.apply(after, held, working, liquidity, EQUITY);
            double[] tighter = wish.clone();
            tighter(limits, rng).apply(tighter, held, working, liquidity, EQUITY);
            double[] free = applied(limits);
            double gross = 0;
            double alone = 0;
            for (int i = 0; i < wish.length; i++) {
                boolean keeps = Double.isNaN(wish[i]);
                gross += working[i] + Math.abs(keeps ? held[i] : after[i]);
                alone += working[i] + (keeps ? Math.abs(held[i]) : 0);
                if (keeps) {
                    continue;
                }
                assertThat(Math.abs(after[i]) + working[i])
                        .isLessThanOrEqualTo(Math.max(limits.maxWeight(), working[i]) + ROUNDING);
                assertThat(Math.abs(after[i])).isLessThanOrEqualTo(Math.abs(free[i]) + ROUNDING);
                assertThat(Math.abs(tighter[i])).isLessThanOrEqualTo(Math.abs(after[i]) + ROUNDING);
                assertThat(after[i] * wish[i]).isNotNegative();
                cut += Math.abs(after[i]) < Math.abs(free[i]) - ROUNDING ? 1 : 0;
            }
            double room = Math.min(limits.maxGross(), limits.maxLeverage());
            assertThat(gross).isLessThanOrEqualTo(Math.max(room, alone) + ROUNDING);
        }
        assertThat(cut).isGreaterThan(5_000);
    }

    @Test
    void everyLimitHoldsForWhatIsLeft() {
        Rng rng = Seeds.rng(17, 1);
        for (int round = 0; round < 30_000; round++) {
            draw(rng);
            RiskLimits limits = any(rng);
            double[] after = applied(limits);
            double kept = 0;
            double keptNet = 0;
            double gross = 0;
            double net = 0;
            double[] sizes = new double[wish.length];
            for (int i = 0; i < wish.length; i++) {
                if (Double.isNaN(wish[i])) {
                    kept += Math.abs(held[i]);
                    keptNet += held[i];
                    sizes[i] = Math.abs(held[i]);
                    continue;
                }
                gross += Math.abs(after[i]);
                net += after[i];
                sizes[i] = Math.abs(after[i]);
                assertThat(sizes[i]).isLessThanOrEqualTo(limits.maxWeight());
                double most = limits.liquidityNotional(
                        liquidity.dayVolume(i), liquidity.volatilityDay(i), liquidity.spread(i));
                assertThat(sizes[i] * EQUITY).isLessThanOrEqualTo(most * (1 + 1e-12));
            }
            double room = Math.min(limits.maxGross(), limits.maxLeverage());
            assertThat(gross + kept).as("gross, round %d", round).isLessThanOrEqualTo(Math.max(room, kept) + ROUNDING);
            double bound = Math.max(limits.maxNet(), Math.abs(keptNet));
            assertThat(Math.abs(net + keptNet)).as("net, round %d", round).isLessThanOrEqualTo(bound + ROUNDING);
            assertThat(top(sizes, limits.topCount()))
                    .as("top, round %d", round)
                    .isLessThanOrEqualTo(Math.max(limits.maxTopWeight(), top(kept(), limits.topCount())) + ROUNDING);
        }
    }

    private double[] kept() {
        double[] kept = new double[wish.length];
        for (int i = 0; i < wish.length; i++) {
            kept[i] = Double.isNaN(wish[i]) ? Math.abs(held[i]) : 0;
        }
        return kept;
    }

    private static double top(double[] sizes, int count) {
        double[] sorted = sizes.clone();
        Arrays.sort(sorted);
        double sum = 0;
        for (int i = Math.max(0, sorted.length - count); i < sorted.length; i++) {
            sum += sorted[i];
        }
        return sum;
    }

    @Test
    void limitsThatDoNotBindChangeNotOneBit() {
        Rng rng = Seeds.rng(17, 2);
        RiskLimits wide = new RiskLimits(1e6, 1e6, Double.POSITIVE_INFINITY);
        for (int round = 0; round < 1_000; round++) {
            draw(rng);
            assertThat(applied(wide)).containsExactly(wish);
            RiskLimits loose = wide.toBuilder()
                    .maxNet(1e6)
                    .maxTopWeight(3, 1e6)
                    .maxLeverage(1e6)
                    .build();
            double[] after = applied(loose);
            for (int i = 0; i < wish.length; i++) {
                assertThat(after[i] == wish[i] || Double.isNaN(wish[i])).isTrue();
            }
        }
    }

    @Test
    void anOrderIsNeverLargerThanWantedAndNeverLargerForATighterLimit() {
        Rng rng = Seeds.rng(17, 3);
        for (int round = 0; round < 30_000; round++) {
            RiskLimits loose = any(rng);
            RiskLimits tight = tighter(loose, rng);
            double wanted = EQUITY * rng.nextGaussian();
            double position = rng.nextInt(3) == 0 ? 0 : EQUITY * rng.nextGaussian();
            double others = EQUITY * rng.nextDouble();
            double depth = rng.nextInt(2) == 0 ? Double.POSITIVE_INFINITY : EQUITY * rng.nextDouble();
            double a = loose.allowedNotional(wanted, position, others, depth, EQUITY);
            double b = tight.allowedNotional(wanted, position, others, depth, EQUITY);
            assertThat(a * wanted >= 0 && b * wanted >= 0).isTrue();
            assertThat(Math.abs(a)).isLessThanOrEqualTo(Math.abs(wanted));
            assertThat(Math.abs(b)).isLessThanOrEqualTo(Math.abs(a));
            if (wanted * position < 0) {
                // to flat is always allowed, and no order ends beyond the limits on the other side
                assertThat(Math.abs(b)).isGreaterThanOrEqualTo(Math.min(Math.abs(wanted), Math.abs(position)));
            } else if (b != 0) {
                double most = Math.min(tight.maxLeverage(), tight.maxGross()) * EQUITY - others;
                assertThat(Math.abs(position + b)).isLessThanOrEqualTo(most * (1 + 1e-12) + 1e-9);
            }
        }
    }
}
