package org.lama.models.arima;

import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.signal.ModelProvider;
import org.lama.core.signal.SignalModel;

/**
 * Offers the momentum model. Stateless and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.INTERNAL)
public final class ArimaProvider implements ModelProvider {
    /** The provider. */
    public ArimaProvider() {}

    @Override
    public List<SignalModel> offers() {
        return List.of(new ArimaMomentum());
    }
}
