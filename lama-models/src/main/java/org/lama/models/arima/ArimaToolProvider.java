package org.lama.models.arima;

import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.signal.ModelTool;
import org.lama.core.signal.ModelToolProvider;

/**
 * Offers the ARIMA tool; apart from {@link ArimaProvider} because both contracts name their method alike. Stateless and
 * thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.INTERNAL)
public final class ArimaToolProvider implements ModelToolProvider {
    /** The provider. */
    public ArimaToolProvider() {}

    @Override
    public List<ModelTool> offers() {
        return List.of(new ArimaTool());
    }
}
