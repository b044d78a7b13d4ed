package org.lama.models.liquidity;

import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.market.Columns;
import org.lama.core.series.Frame;

/**
 * Which components a liquidity score is configured with: the whole that its coverage is measured against.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
@SuppressWarnings("ImmutableEnumChecker") // the list is made by List.of
public enum LiquidityProfile {
    /** Pools and chain, and the exchange side. */
    ON_CHAIN(List.of(
            LiquidityComponent.POOL_TVL,
            LiquidityComponent.POOL_TVL_CHANGE,
            LiquidityComponent.POOL_TURNOVER,
            LiquidityComponent.POOL_COUNT,
            LiquidityComponent.POOL_CONCENTRATION,
            LiquidityComponent.SLIPPAGE_10K,
            LiquidityComponent.SLIPPAGE_100K,
            LiquidityComponent.AMIHUD,
            LiquidityComponent.DEPTH_50,
            LiquidityComponent.SPREAD,
            LiquidityComponent.VOLUME_TO_CAP,
            LiquidityComponent.TRANSFERS)),
    /** The exchange side alone; bars give three of the four components, a book the fourth. */
    EXCHANGE_ONLY(List.of(
            LiquidityComponent.AMIHUD,
            LiquidityComponent.DEPTH_50,
            LiquidityComponent.SPREAD,
            LiquidityComponent.VOLUME));

    private final List<LiquidityComponent> components;

    LiquidityProfile(List<LiquidityComponent> components) {
        this.components = components;
    }

    /**
     * The configured components.
     *
     * @return at least one
     */
    public List<LiquidityComponent> components() {
        return components;
    }

    /**
     * The profile that fits a frame: decided by which columns exist, never by their values, so that no row can see
     * another one through it.
     *
     * @param bars the frame
     * @return {@link #ON_CHAIN} if there is a column of value locked in pools, else {@link #EXCHANGE_ONLY}
     */
    public static LiquidityProfile of(Frame bars) {
        return bars.has(Columns.POOL_TVL) ? ON_CHAIN : EXCHANGE_ONLY;
    }
}
