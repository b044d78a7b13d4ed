package org.lama.models.liquidity;

import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.signal.ModelProvider;
import org.lama.core.signal.SignalModel;

/**
 * Offers the liquidity model with default settings. Stateless and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class LiquidityProvider implements ModelProvider {
    /** For the service loader. */
    public LiquidityProvider() {}

    @Override
    public List<SignalModel> offers() {
        return List.of(LiquidityModel.of(LiquiditySettings.defaults()));
    }
}
