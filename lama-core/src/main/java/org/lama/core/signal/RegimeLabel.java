package org.lama.core.signal;

import org.lama.core.base.Api;

/**
 * The four market regimes, from the calmest to the worst.
 *
 * @since 0.1.0
 */
@Api(Api.Status.STABLE)
public enum RegimeLabel {
    /** None of the others. */
    NORMAL,
    /** Realised volatility is high against the past year. */
    HIGH_VOLATILITY,
    /** Liquidity is low against the past year. */
    LOW_LIQUIDITY,
    /** Both, or a crash, or a burst of anomalies. */
    CRISIS
}
