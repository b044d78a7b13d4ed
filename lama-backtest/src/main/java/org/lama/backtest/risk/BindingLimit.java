package org.lama.backtest.risk;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.lama.core.base.Api;

/**
 * Says which of several limits it was that cut a position or refused an order: the one that alone leaves the least. For
 * messages, so it allocates and asks each limit in turn; O(limits · cost of asking). Stateless and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class BindingLimit {
    private static final double OFF = Double.POSITIVE_INFINITY;
    private static final RiskLimits NONE = new RiskLimits(Double.MAX_VALUE, Double.MAX_VALUE, OFF);
    private static final double ROUNDING = 1e-9;

    private BindingLimit() {}

    /**
     * The names and values of the limits that leave least, in the words of a settings document.
     *
     * @param limits all limits
     * @param left what is left under given limits, at least 0
     * @return such as {@code maxWeight 0.5}, several with commas between where they leave equally little; empty if none binds
     */
    public static String of(RiskLimits limits, ToDoubleFunction<RiskLimits> left) {
        double least = left.applyAsDouble(NONE) * (1 - ROUNDING);
        List<String> names = new ArrayList<>();
        for (One one : each(limits)) {
            double now = left.applyAsDouble(one.alone);
            if (now < least * (1 - ROUNDING)) {
                names.clear();
            }
            if (now <= least) {
                names.add(one.words);
                least = Math.min(least, now * (1 + ROUNDING));
            }
        }
        return String.join(", ", names);
    }

    private record One(String words, RiskLimits alone) {}

    private static List<One> each(RiskLimits limits) {
        List<One> all = new ArrayList<>();
        all.add(one("maxGross", limits.maxGross(), builder().maxGross(limits.maxGross())));
        all.add(one("maxWeight", limits.maxWeight(), builder().maxWeight(limits.maxWeight())));
        all.add(one("maxNet", limits.maxNet(), builder().maxNet(limits.maxNet())));
        all.add(one(
                "maxTopWeight",
                limits.maxTopWeight(),
                builder().maxTopWeight(limits.topCount(), limits.maxTopWeight())));
        all.add(one(
                "maxParticipation", limits.maxParticipation(), builder().maxParticipation(limits.maxParticipation())));
        all.add(one("maxSlippage", limits.maxSlippage(), builder().maxSlippage(limits.maxSlippage())));
        all.add(one("maxLeverage", limits.maxLeverage(), builder().maxLeverage(limits.maxLeverage())));
        return all;
    }

    private static RiskLimits.Builder builder() {
        return NONE.toBuilder();
    }

    private static One one(String name, double value, RiskLimits.Builder alone) {
        return new One(name + " " + number(value), alone.build());
    }

    /** A limit as people write it; one that is off is never said. */
    static String number(double value) {
        return value < OFF ? BigDecimal.valueOf(value).stripTrailingZeros().toPlainString() : "none";
    }
}
